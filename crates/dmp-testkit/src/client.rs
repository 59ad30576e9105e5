//! One request on one connection, read to its end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// A request to build and send.
#[derive(Debug, Clone)]
pub struct Request {
    url: String,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Lower-case names.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// A request to `http://host:port`.
    pub fn new(url: &str, method: &str, path: &str) -> Self {
        Request { url: url.to_owned(), method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a bearer token.
    pub fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Sets a body with its media type.
    pub fn body(self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut request = self.header("content-type", media_type);
        request.body = body.into();
        request
    }

    /// Sends, and reads the whole answer. `None` when the connection breaks: the server ended meanwhile.
    pub fn try_send(&self) -> Option<Answer> {
        let host = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
        let mut head =
            format!("{} {} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n", self.method, self.path, self.body.len());
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&self.body).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        Answer::read(&bytes)
    }

    /// Sends, and reads the whole answer.
    pub fn send(&self) -> Answer {
        self.try_send().unwrap_or_else(|| panic!("no answer to {} {}", self.method, self.path))
    }
}

impl Answer {
    /// Of the bytes of a whole answer; `None` when they are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        let raw = &bytes[end + 4..];
        let body = if chunked { unchunk(raw)? } else { raw.to_vec() };
        let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse::<usize>().ok());
        length.is_none_or(|length| length == body.len()).then_some(Answer { status, headers, body })
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{} is not JSON ({error}): {}", self.status, self.text()))
    }

    /// The catalogue codes of an OperationOutcome, errors only.
    pub fn codes(&self) -> Vec<String> {
        let outcome = self.json();
        let issues = outcome["issue"].as_array().cloned().unwrap_or_default();
        let errors = issues.iter().filter(|issue| issue["severity"] == "error" || issue["severity"] == "fatal");
        errors.filter_map(|issue| issue["details"]["coding"][0]["code"].as_str().map(str::to_owned)).collect()
    }
}

fn unchunk(mut raw: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = raw.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&raw[..end]).ok()?.split(';').next()?, 16).ok()?;
        raw = &raw[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(raw.get(..size)?);
        raw = raw.get(size + 2..)?;
    }
}

/// Percent-encodes a value of a form or query.
pub fn form_value(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
