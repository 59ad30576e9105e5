//! A small HTTP client over one connection, for commands that speak to a server: on this machine, or over TLS.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// A kept-alive connection.
#[derive(Debug)]
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

impl Connection {
    /// Connects to `http://host:port`.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub async fn open(server: &str) -> Result<Self, String> {
        Self::open_over(server, None).await
    }

    /// Connects to `https://host[:port]` with this configuration of TLS, or to `http://host:port` without one.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub async fn open_over(server: &str, tls: Option<&Arc<ClientConfig>>) -> Result<Self, String> {
        let host = server.strip_prefix("https://").or(server.strip_prefix("http://")).unwrap_or(server).trim_end_matches('/').to_owned();
        let address = if tls.is_some() && !host.contains(':') { format!("{host}:443") } else { host.clone() };
        let stream = tokio::net::TcpStream::connect(&address).await.map_err(|error| format!("no server at {host}: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let Some(config) = tls else { return Self::over(stream, host).await };
        let name = address.rsplit_once(':').map_or(address.as_str(), |(name, _)| name).to_owned();
        let name = ServerName::try_from(name).map_err(|error| format!("{host}: {error}"))?;
        let stream = TlsConnector::from(Arc::clone(config)).connect(name, stream).await.map_err(|error| format!("{host}: {error}"))?;
        Self::over(stream, host).await
    }

    async fn over<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(stream: S, host: String) -> Result<Self, String> {
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        Ok(Connection { sender, host })
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Bytes) -> Result<Answer, String> {
        let mut request = Request::builder().method(method).uri(path).header("host", &self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body)).map_err(|error| error.to_string())?;
        self.sender.ready().await.map_err(|error| error.to_string())?;
        let answer = self.sender.send_request(request).await.map_err(|error| error.to_string())?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
        Ok(Answer { status: parts.status, body })
    }
}

/// Percent-encodes a form value.
pub fn form_value(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
