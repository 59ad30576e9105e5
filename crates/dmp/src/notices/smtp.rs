//! The mail server: one at a time, no faster than it was agreed. Nothing of a mail is ever logged, not even its address.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use dmp_core::Moment;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{PoolConfig, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::commands::MailOptions;

/// How long the server may take for one answer.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// A mail ready to go.
pub struct Mail {
    pub id: String,
    pub to: String,
    pub subject: &'static str,
    pub body: String,
    pub at: Moment,
}

/// Why a mail was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The server says: later (4xx), or the conversation broke.
    Later,
    /// There is no server to talk to.
    Unreachable,
    /// The server says: never (5xx), or the address is none.
    Never,
}

/// A mail server and the way to speak with it.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Time between two mails.
    pace: Duration,
    next: Mutex<Option<Instant>>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Smtp(…)")
    }
}

impl Smtp {
    /// The server that options name; `None` without one.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub fn of(options: &MailOptions) -> Result<Option<Self>, String> {
        let (Some(url), Some(from)) = (&options.smtp, &options.mail_from) else { return Ok(None) };
        let from: Mailbox = from.parse().map_err(|_| "--mail-from wants an address".to_owned())?;
        let (scheme, place) = url.split_once("://").ok_or("--smtp wants smtps://HOST, starttls://HOST or smtp://HOST")?;
        let (host, port) = host_and_port(place)?;
        let (tls, usual_port) = match scheme {
            "smtps" => (Tls::Wrapper(tls(&host, options.smtp_ca.as_deref())?), SUBMISSIONS_PORT),
            "starttls" => (Tls::Required(tls(&host, options.smtp_ca.as_deref())?), SUBMISSION_PORT),
            // SECURITY: addresses of people do not cross a network in clear.
            "smtp" if is_local(&host) => (Tls::None, SMTP_PORT),
            "smtp" => return Err("--smtp smtp:// is for a mail server on this machine alone: use starttls:// or smtps://".to_owned()),
            _ => return Err("--smtp wants smtps://HOST, starttls://HOST or smtp://HOST".to_owned()),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host).port(port.unwrap_or(usual_port)).tls(tls);
        builder = builder.timeout(Some(ANSWER_MAX)).pool_config(PoolConfig::new().max_size(1));
        if let Some(credentials) = credentials_of_environment() {
            builder = builder.credentials(credentials);
        }
        let pace = Duration::from_secs(60) / options.mails_per_minute.max(1);
        Ok(Some(Smtp { transport: builder.build(), from, pace, next: Mutex::new(None) }))
    }

    /// Sends one mail, once its turn has come.
    ///
    /// # Errors
    /// [`Refusal`]; the mail may have been taken all the same when the conversation broke.
    pub async fn send(&self, mail: &Mail) -> Result<(), Refusal> {
        let message = self.message(mail).ok_or(Refusal::Never)?;
        self.turn().await;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let refusal = if error.is_permanent() {
                    Refusal::Never
                } else if error.is_transient() || error.is_timeout() || error.is_response() {
                    Refusal::Later
                } else {
                    Refusal::Unreachable
                };
                // The server's own words may repeat the address: its code alone is told.
                let code = error.status().map(|status| status.to_string());
                tracing::warn!(smtp.code = code, smtp.refusal = ?refusal, "the mail server did not take a mail");
                Err(refusal)
            }
        }
    }

    fn message(&self, mail: &Mail) -> Option<Message> {
        let to: Address = mail.to.parse().ok()?;
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(mail.at.as_seconds()).ok()?);
        let builder = Message::builder().from(self.from.clone()).to(Mailbox::new(None, to)).subject(mail.subject).date(at);
        let builder = builder.message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())));
        builder.header(AutoSubmitted).header(ContentType::TEXT_PLAIN).body(mail.body.clone()).ok()
    }

    /// Waits until the next mail may go.
    async fn turn(&self) {
        let now = Instant::now();
        let until = match self.next.lock() {
            Ok(mut next) => {
                let until = next.filter(|next| *next > now).unwrap_or(now);
                *next = Some(until + self.pace);
                until
            }
            Err(_) => now + self.pace,
        };
        tokio::time::sleep(until.saturating_duration_since(now)).await;
    }
}

/// No answering machine answers this (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

fn host_and_port(place: &str) -> Result<(String, Option<u16>), String> {
    let place = place.trim_end_matches('/');
    if place.contains('@') {
        return Err("--smtp holds no user or password: use DMP_SMTP_USER and DMP_SMTP_PASSWORD".to_owned());
    }
    match place.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') => {
            Ok((host.trim_matches(['[', ']']).to_owned(), Some(port.parse().map_err(|_| "--smtp wants HOST:PORT".to_owned())?)))
        }
        _ if place.is_empty() => Err("--smtp wants a host".to_owned()),
        _ => Ok((place.to_owned(), None)),
    }
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn tls(host: &str, authorities: Option<&Path>) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = authorities {
        let pem = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| format!("{}: {error}", path.display()))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|error| format!("TLS for the mail server: {error}"))
}

/// SECURITY: a secret on the command line stands in the list of processes.
#[expect(clippy::disallowed_methods, reason = "an edge of the process: a secret has no place among the options")]
fn credentials_of_environment() -> Option<Credentials> {
    Some(Credentials::new(std::env::var("DMP_SMTP_USER").ok()?, std::env::var("DMP_SMTP_PASSWORD").ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(url: &str) -> Result<Option<Smtp>, String> {
        let options = MailOptions { smtp: Some(url.to_owned()), mail_from: Some("no-answer@dmp.example".to_owned()), ..MailOptions::default() };
        Smtp::of(&options)
    }

    #[tokio::test]
    async fn mail_crosses_a_network_in_tls_alone() {
        assert!(with("smtp://mail.example").unwrap_err().contains("on this machine alone"));
        for url in ["smtp://127.0.0.1:2525", "smtp://localhost", "smtps://mail.example", "starttls://mail.example:587"] {
            assert!(with(url).unwrap().is_some(), "{url}");
        }
    }

    #[tokio::test]
    async fn a_password_has_no_place_in_the_address() {
        let why = with("smtps://user:hush@mail.example").unwrap_err();
        assert!(why.contains("DMP_SMTP_PASSWORD") && !why.contains("hush"), "{why}");
    }
}
