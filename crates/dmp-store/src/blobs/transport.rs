//! What carries requests to an object store: HTTP/1.1 with kept connections, TLS over the crypto library already here.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use async_trait::async_trait;
use http::Uri;
use http_body_util::{BodyExt, Limited};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use object_store::ClientOptions;
use object_store::client::{HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpService};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

const CONNECT_MAX: Duration = Duration::from_secs(5);
/// One request with its answer: the largest content over a slow line.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// Connections that nothing used for so long are closed.
const IDLE_MAX: Duration = Duration::from_secs(60);
/// Larger than any content that the doors take, and than any page of a listing.
const ANSWER_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Makes clients for an object store.
#[derive(Debug)]
pub(crate) struct Transport {
    tls: Arc<ClientConfig>,
}

impl Transport {
    pub fn new(tls: Arc<ClientConfig>) -> Self {
        Transport { tls }
    }
}

impl HttpConnector for Transport {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_idle_timeout(IDLE_MAX).pool_timer(TokioTimer::new());
        Ok(HttpClient::new(Pooled(builder.build(Dialler { tls: TlsConnector::from(Arc::clone(&self.tls)) }))))
    }
}

/// A client with its kept connections.
#[derive(Debug)]
struct Pooled(Client<Dialler, HttpRequestBody>);

#[async_trait]
impl HttpService for Pooled {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let exchange = async {
            let answer = self.0.request(request).await.map_err(|error| HttpError::new(kind_of(&error), error))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, io::Error::other(error)))?;
            Ok(HttpResponse::from_parts(parts, body.to_bytes().into()))
        };
        let late = |error| HttpError::new(HttpErrorKind::Timeout, error);
        tokio::time::timeout(ANSWER_MAX, exchange).await.map_err(late)?
    }
}

fn kind_of(error: &hyper_util::client::legacy::Error) -> HttpErrorKind {
    if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request }
}

/// Opens connections.
#[derive(Clone)]
struct Dialler {
    tls: TlsConnector,
}

impl std::fmt::Debug for Dialler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dialler(…)")
    }
}

impl Dialler {
    async fn dial(self, address: Uri) -> io::Result<Stream> {
        let secure = address.scheme_str() != Some("http");
        let host = address.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = address.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let stream = TcpStream::connect((host.as_str(), port)).await?;
        stream.set_nodelay(true)?;
        if !secure {
            return Ok(Stream(TokioIo::new(Box::new(stream))));
        }
        let name = ServerName::try_from(host).map_err(io::Error::other)?;
        Ok(Stream(TokioIo::new(Box::new(self.tls.connect(name, stream).await?))))
    }
}

impl tower::Service<Uri> for Dialler {
    type Response = Stream;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        let dial = tokio::time::timeout(CONNECT_MAX, self.clone().dial(address));
        Box::pin(async { dial.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) })
    }
}

/// Bytes both ways, in clear or not.
trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connection, as the client wants it.
struct Stream(TokioIo<Box<dyn Duplex>>);

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for Stream {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
