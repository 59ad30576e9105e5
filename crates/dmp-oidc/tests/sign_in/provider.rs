//! A provider that answers what the test gave it, and keeps what it was asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// Status line, media type and body, by path.
type Answers = Arc<Mutex<HashMap<&'static str, (&'static str, &'static str, String)>>>;

/// A request as it came: the lines of its head, and its body.
#[derive(Clone, Debug)]
pub struct Asked {
    pub head: Vec<String>,
    pub body: String,
}

impl Asked {
    /// A header by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    }
}

/// Listens until the test ends.
pub struct Provider {
    pub issuer: String,
    answers: Answers,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Provider {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Provider { issuer, answers: Answers::default(), asked: Arc::default() };
        let (answers, asked) = (Arc::clone(&provider.answers), Arc::clone(&provider.asked));
        std::thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(|stream| serve(&stream, &answers, &asked)));
        provider.answer_json("/.well-known/openid-configuration", &provider.document());
        provider
    }

    /// The discovery document.
    pub fn document(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({
            "issuer": self.issuer, "authorization_endpoint": at("/auth?realm=test"), "token_endpoint": at("/token"), "userinfo_endpoint": at("/me"),
            "jwks_uri": at("/jwks"),
        })
    }

    pub fn answer_json(&self, path: &'static str, body: &Value) {
        self.answer(path, "200 OK", "application/json; charset=utf-8", &body.to_string());
    }

    pub fn answer(&self, path: &'static str, status: &'static str, media_type: &'static str, body: &str) {
        self.answers.lock().unwrap().insert(path, (status, media_type, body.to_owned()));
    }

    /// What a path was asked so far.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|one| one.head[0].split(' ').nth(1) == Some(path)).cloned().collect()
    }
}

fn serve(mut stream: &TcpStream, answers: &Answers, asked: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream);
    let head: Vec<String> = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let mut request = Asked { head, body: String::new() };
    let size = request.header("content-length").and_then(|size| size.parse().ok()).unwrap_or(0);
    reader.take(size).read_to_string(&mut request.body).unwrap();
    let path = request.head[0].split(' ').nth(1).unwrap().to_owned();
    asked.lock().unwrap().push(request);
    let (status, media_type, body) = answers.lock().unwrap().get(path.as_str()).cloned().unwrap_or(("404 Not Found", "text/plain", String::new()));
    let size = body.len();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {size}\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).unwrap();
}
