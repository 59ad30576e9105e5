//! Requests to the provider: one connection each, bounded in time and size, no redirect followed.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, HeaderValue};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};
use url::{Position, Url};

use crate::Refusal;
use crate::config::is_safe;

/// A person waits for the answer in front of a blank page.
const ANSWER_SECONDS: u64 = 10;
/// Discovery documents and key sets are some kilobytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Why there is no answer. Says nothing of what was sent.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct TransportError(String);

fn failed(what: &str, error: impl std::fmt::Display) -> TransportError {
    TransportError(format!("{what}: {error}"))
}

impl From<TransportError> for Refusal {
    fn from(error: TransportError) -> Self {
        Refusal::Unavailable(error.0)
    }
}

/// An answer with all its bytes.
pub(crate) type Answer = http::Response<Bytes>;

/// How to reach the provider.
pub(crate) struct Transport {
    tls: TlsConnector,
}

impl Transport {
    /// Trusts the public authorities, or those of a file alone.
    ///
    /// # Errors
    /// What is wrong with the file, in words.
    pub fn new(ca_file: Option<&Path>) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        match ca_file {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(path) => {
                let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
                for certificate in CertificateDer::pem_file_iter(path).map_err(|error| wrong(&error))? {
                    let certificate = certificate.map_err(|error| wrong(&error))?;
                    roots.add(certificate).map_err(|error| wrong(&error))?;
                }
                if roots.is_empty() {
                    return Err(wrong(&"holds no certificate"));
                }
            }
        }
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Transport { tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Sends a request to an address and reads the whole answer.
    pub async fn send(&self, url: &Url, request: http::Request<Bytes>) -> Result<Answer, TransportError> {
        let limit = Duration::from_secs(ANSWER_SECONDS);
        match tokio::time::timeout(limit, self.exchange(url, request)).await {
            Ok(answer) => answer,
            Err(_) => Err(TransportError(format!("no answer within {ANSWER_SECONDS} seconds"))),
        }
    }

    async fn exchange(&self, url: &Url, request: http::Request<Bytes>) -> Result<Answer, TransportError> {
        if !is_safe(url) {
            return Err(TransportError("address: neither https nor on this machine".to_owned()));
        }
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or(443);
        let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.map_err(|error| failed("connection", error))?;
        let request = origin_form(request, url)?;
        if url.scheme() == "http" {
            return speak(stream, request).await;
        }
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(|error| failed("host name", error))?;
        let stream = self.tls.connect(name, stream).await.map_err(|error| failed("TLS", error))?;
        speak(stream, request).await
    }
}

/// Whether an answer is of a media type (RFC 9110 §8.3.1). One that names no type is believed to be what was asked for.
pub(crate) fn is_of_type(answer: &Answer, media_type: &str) -> bool {
    let essence = |value: &HeaderValue| Some(value.to_str().ok()?.split(';').next()?.trim().eq_ignore_ascii_case(media_type));
    answer.headers().get(CONTENT_TYPE).is_none_or(|value| essence(value) == Some(true))
}

/// The request as HTTP/1.1 sends it: path in the line, host in a header.
fn origin_form(request: http::Request<Bytes>, url: &Url) -> Result<http::Request<Full<Bytes>>, TransportError> {
    let (mut parts, body) = request.into_parts();
    parts.uri = url[Position::BeforePath..Position::AfterQuery].parse().map_err(|error| failed("path", error))?;
    let authority = &url[Position::BeforeHost..Position::AfterPort];
    parts.headers.insert(HOST, HeaderValue::from_str(authority).map_err(|error| failed("host", error))?);
    Ok(http::Request::from_parts(parts, Full::new(body)))
}

async fn speak<S>(stream: S, request: http::Request<Full<Bytes>>) -> Result<Answer, TransportError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|error| failed("connection", error))?;
    tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(|error| failed("request", error))?;
    let (parts, body) = answer.into_parts();
    let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(|error| failed("answer", error))?;
    Ok(http::Response::from_parts(parts, body.to_bytes()))
}
