//! The feeder's line to the server: connections, tokens of the structure, requests bounded in time.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use dmp_service::{Clock, SystemClock};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio_rustls::rustls::ClientConfig;

use super::key::SigningKey;
use super::options::ServerOptions;
use crate::http::{Answer, Connection, form_value};
use crate::tls;

/// A server that says nothing for so long is away.
const ANSWER_SECONDS: u64 = 60;
/// A token is asked for anew so long before it ends.
const RENEW_SECONDS: i64 = 120;
/// Connections kept for later.
const KEPT_MAX: usize = 64;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// In whose name something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The structure: it deposits.
    Structure,
    /// Who answers for the stays.
    Responsible,
    /// The structure, about its users.
    Directory,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum NoAnswer {
    /// The server is away, or says that it cannot: try again.
    Away(String),
    /// The structure is not let in: try again, and say so.
    NotLetIn(String),
}

/// The line.
#[derive(Debug)]
pub struct Link {
    server: String,
    /// What the server calls itself: a signature is meant for that address.
    public_url: String,
    client_id: String,
    /// `None`: the certificate alone says who it is.
    key: Option<SigningKey>,
    tls: Option<Arc<ClientConfig>>,
    responsible: Option<Value>,
    idle: Mutex<Vec<Connection>>,
    tokens: Mutex<Tokens>,
}

#[derive(Debug, Default)]
struct Tokens {
    /// By who: the token and when it ends.
    held: [Option<(String, i64)>; 3],
}

impl Link {
    /// Prepares the line; nothing is sent. `responsible`: `PS_IdNat;PROFESSION;Given FAMILY`.
    ///
    /// # Errors
    /// What is wrong with the options, in words.
    pub fn new(options: &ServerOptions, responsible: Option<&str>) -> Result<Self, String> {
        let own = options.cert.as_deref().zip(options.cert_key.as_deref());
        let secure = options.server.starts_with("https://");
        if !secure && !is_on_this_machine(&options.server) {
            return Err(format!("{}: only https:// leaves this machine", options.server));
        }
        let tls = if secure { Some(tls::client(options.ca.as_deref(), own)?) } else { None };
        let responsible = responsible.map(named).transpose()?;
        // With a certificate the key is needed for naming somebody alone.
        let key = if own.is_some() && !options.key.exists() { None } else { Some(SigningKey::read(&options.key)?) };
        if key.is_none() && responsible.is_some() {
            return Err("--responsible needs --key: a certificate alone names nobody".to_owned());
        }
        let public = options.public_url.as_deref().unwrap_or(&options.server);
        Ok(Link {
            public_url: public.trim_end_matches('/').to_owned(),
            server: options.server.trim_end_matches('/').to_owned(),
            client_id: options.client_id.clone(),
            key,
            tls,
            responsible,
            idle: Mutex::default(),
            tokens: Mutex::default(),
        })
    }

    /// Whether somebody answers for stays.
    pub fn has_responsible(&self) -> bool {
        self.responsible.is_some()
    }

    /// Sends a request with a token. A token that is not taken is asked for anew, once.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn send(&self, who: Who, method: Method, path: &str, media_type: &str, body: Vec<u8>) -> Result<Answer, NoAnswer> {
        self.send_named(who, method, path, media_type, body, None).await
    }

    /// The same under a reference of the sender's own, which the server tells its staff (`X-Correlation-Id`). SECURITY: the control id of a message
    /// and no name of a file, which may be that of a person.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn send_named(
        &self,
        who: Who,
        method: Method,
        path: &str,
        media_type: &str,
        body: Vec<u8>,
        reference: Option<&str>,
    ) -> Result<Answer, NoAnswer> {
        // What is no text of a header is left out: a reference is for people.
        let reference = reference.filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
        let body = Bytes::from(body);
        for fresh in [false, true] {
            let bearer = format!("Bearer {}", self.token(who, fresh).await?);
            let mut headers = vec![("authorization", bearer.as_str()), ("content-type", media_type), ("accept", "application/json")];
            headers.extend(reference.map(|reference| ("x-correlation-id", reference)));
            let answer = self.exchange(method.clone(), path, &headers, body.clone()).await?;
            match answer.status {
                StatusCode::UNAUTHORIZED => {}
                status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                    return Err(NoAnswer::Away(format!("the server answers {}", status.as_u16())));
                }
                _ => return Ok(answer),
            }
        }
        Err(NoAnswer::NotLetIn("the server takes no token of ours".to_owned()))
    }

    async fn token(&self, who: Who, fresh: bool) -> Result<String, NoAnswer> {
        let now = SystemClock.now().as_seconds();
        let mut tokens = self.tokens.lock().await;
        let place = match who {
            Who::Structure => 0,
            Who::Responsible => 1,
            Who::Directory => 2,
        };
        let held = tokens.held.get_mut(place).ok_or_else(|| NoAnswer::Away("no place for a token".to_owned()))?;
        if let Some((token, _)) = held.as_ref().filter(|(_, end)| !fresh && now + RENEW_SECONDS < *end) {
            return Ok(token.clone());
        }
        let (scope, iua) = match who {
            Who::Structure => ("system/DocumentReference.c", None),
            Who::Responsible => ("user/Encounter.cu", self.responsible.as_ref()),
            Who::Directory => ("system/User.cruds", None),
        };
        let mut form = format!("grant_type=client_credentials&scope={}&client_id={}", form_value(scope), form_value(&self.client_id));
        if let Some(key) = &self.key {
            let audience = format!("{}/oauth/token", self.public_url);
            let assertion = key.assertion(&self.client_id, &audience, iua, now).map_err(NoAnswer::Away)?;
            form.push_str(&format!("&client_assertion_type={}&client_assertion={assertion}", form_value(ASSERTION_TYPE)));
        }
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let answer = self.exchange(Method::POST, "/oauth/token", &headers, form.into()).await?;
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let text = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        if answer.status != StatusCode::OK {
            let what = format!("no token: {} {} {}", answer.status.as_u16(), text("error"), text("error_description"));
            return Err(if answer.status.is_server_error() { NoAnswer::Away(what) } else { NoAnswer::NotLetIn(what) });
        }
        let seconds = said.get("expires_in").and_then(Value::as_i64).unwrap_or(0);
        *held = Some((text("access_token"), now + seconds));
        Ok(text("access_token"))
    }

    async fn exchange(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Bytes) -> Result<Answer, NoAnswer> {
        let kept = self.idle.lock().await.pop();
        // A connection that was kept may have been closed meanwhile: what is asked is the same when it is asked twice.
        if let Some(mut connection) = kept
            && let Ok(answer) = self.over(&mut connection, method.clone(), path, headers, body.clone()).await
        {
            self.keep(connection).await;
            return Ok(answer);
        }
        let opened = tokio::time::timeout(Duration::from_secs(ANSWER_SECONDS), Connection::open_over(&self.server, self.tls.as_ref())).await;
        let mut connection = opened.map_err(|_| NoAnswer::Away("the server does not answer".to_owned()))?.map_err(NoAnswer::Away)?;
        let answer = self.over(&mut connection, method, path, headers, body).await.map_err(NoAnswer::Away)?;
        self.keep(connection).await;
        Ok(answer)
    }

    async fn over(&self, connection: &mut Connection, method: Method, path: &str, headers: &[(&str, &str)], body: Bytes) -> Result<Answer, String> {
        let sent = connection.send(method, path, headers, body);
        tokio::time::timeout(Duration::from_secs(ANSWER_SECONDS), sent).await.map_err(|_| "the server does not answer".to_owned())?
    }

    async fn keep(&self, connection: Connection) {
        let mut idle = self.idle.lock().await;
        if idle.len() < KEPT_MAX {
            idle.push(connection);
        }
    }
}

/// Whether an address without TLS stays here.
fn is_on_this_machine(server: &str) -> bool {
    let host = server.trim_start_matches("http://").trim_end_matches('/');
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host).trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The extension that names who answers for the stays.
fn named(text: &str) -> Result<Value, String> {
    let parts: Vec<&str> = text.split(';').map(str::trim).collect();
    let [id, profession, name] = parts.as_slice() else {
        return Err("--responsible is `PS_IdNat;PROFESSION;Given FAMILY`".to_owned());
    };
    dmp_core::identity::PsIdNat::parse(id).map_err(|_| format!("--responsible: `{id}` is no national identifier"))?;
    dmp_core::identity::Profession::parse(profession).map_err(|_| format!("--responsible: `{profession}` is no profession, `G15/10` is"))?;
    Ok(json!({ "subject_id": id, "subject_name": name, "subject_role": [profession] }))
}
