//! Connections to the database: a bounded pool, TLS, and what every session is told at its beginning.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{Config, Statement};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use super::failure::{Failure, failed, no_connection};
use crate::StoreError;

/// Connections of one process. More would only wait for the same cores of the database.
const CONNECTIONS_MAX: usize = 16;
/// How long a request waits for a free connection.
const TURN_MAX: Duration = Duration::from_secs(5);
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// A server that is gone without a word is noticed after this.
const SILENCE_MAX: Duration = Duration::from_secs(15);
/// What a session is told. SECURITY: no statement may hold a chain of leaves or a record for long, nor a transaction whose client is gone.
const SESSION: &str = "SET statement_timeout = '30s'; SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '20s'";

/// A pool over a database.
pub(crate) fn pool(mut config: Config, tls: Arc<ClientConfig>) -> Result<Pool, StoreError> {
    config.application_name("dmp").connect_timeout(CONNECT_MAX);
    config.keepalives(true).keepalives_idle(SILENCE_MAX).keepalives_interval(Duration::from_secs(5)).keepalives_retries(3);
    config.tcp_user_timeout(SILENCE_MAX);
    let manager = Manager::from_config(config, Tls(tls), ManagerConfig { recycling_method: RecyclingMethod::Fast });
    let begin_session = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) })
    });
    let builder = Pool::builder(manager).max_size(CONNECTIONS_MAX).runtime(Runtime::Tokio1).wait_timeout(Some(TURN_MAX));
    builder.post_create(begin_session).build().map_err(|error| StoreError::fault("postgres.pool", error))
}

/// Whether every host is this machine: a socket, or a loopback address.
pub(crate) fn is_local(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback()),
    })
}

/// SECURITY: what goes over a network goes encrypted, and to a server whose name is proved.
pub(crate) fn demand_tls(config: &mut Config) -> Result<(), StoreError> {
    if is_local(config) {
        // Nothing is gained on one machine, and a distribution's certificate for itself proves nothing.
        if config.get_ssl_mode() == SslMode::Prefer {
            config.ssl_mode(SslMode::Disable);
        }
        return Ok(());
    }
    if config.get_ssl_mode() == SslMode::Disable {
        return Err(StoreError::Refused("sslmode=disable is for a database on this machine alone".to_owned()));
    }
    config.ssl_mode(SslMode::Require);
    Ok(())
}

/// A connection out of the pool. One that is dropped inside of a transaction is closed, which undoes the transaction.
#[derive(Debug)]
pub(crate) struct Session {
    client: Option<Object>,
    open: bool,
}

impl Session {
    /// Takes a connection.
    pub async fn take(pool: &Pool) -> Result<Self, Failure> {
        Ok(Session { client: Some(pool.get().await.map_err(no_connection)?), open: false })
    }

    /// Takes a connection for work that may last: counting and verifying go over whole tables. It is closed afterwards.
    pub async fn without_limit(pool: &Pool) -> Result<Self, Failure> {
        let mut session = Session::take(pool).await?;
        session.opened();
        session.client()?.batch_execute("SET statement_timeout = 0").await.map_err(failed("postgres.session"))?;
        Ok(session)
    }

    /// The connection.
    pub fn client(&self) -> Result<&Object, Failure> {
        self.client.as_ref().ok_or_else(|| Failure::Final(StoreError::fault("postgres.session", "the connection was given back")))
    }

    /// A prepared statement, from the connection's own cache when it was prepared before.
    pub async fn prepare(&self, sql: &'static str) -> Result<Statement, Failure> {
        self.client()?.prepare_cached(sql).await.map_err(failed("postgres.prepare"))
    }

    /// A transaction is open from here on: dropping closes the connection.
    pub fn opened(&mut self) {
        self.open = true;
    }

    /// The transaction has ended: dropping gives the connection back.
    pub fn closed(&mut self) {
        self.open = false;
    }

    /// Undoes what the transaction did. Nothing was acknowledged, so a failure of this is nobody's.
    pub async fn roll_back(mut self) {
        if let Ok(client) = self.client()
            && client.batch_execute("ROLLBACK").await.is_ok()
        {
            self.closed();
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.open
            && let Some(client) = self.client.take()
        {
            drop(Object::take(client));
        }
    }
}

/// What one request waits for, in a row of requests.
pub(crate) type Sent<'a, T> = Pin<Box<dyn Future<Output = Result<T, tokio_postgres::Error>> + Send + 'a>>;

/// Sends requests in the order given without waiting between them, then waits for all. The first error, in that order, is the one that
/// is told: in a transaction every later one follows from it.
pub(crate) async fn in_order<T>(requests: Vec<Sent<'_, T>>) -> Result<Vec<T>, tokio_postgres::Error> {
    let mut waiting: Vec<Option<Sent<'_, T>>> = requests.into_iter().map(Some).collect();
    let mut answers: Vec<Option<Result<T, tokio_postgres::Error>>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut ready = true;
        for (request, answer) in waiting.iter_mut().zip(&mut answers) {
            let Some(future) = request else { continue };
            match future.as_mut().poll(context) {
                Poll::Ready(result) => (*request, *answer) = (None, Some(result)),
                Poll::Pending => ready = false,
            }
        }
        if ready { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    answers.into_iter().flatten().collect()
}

/// TLS for a connection to the database.
#[derive(Clone)]
pub(crate) struct Tls(Arc<ClientConfig>);

impl MakeTlsConnect<tokio_postgres::Socket> for Tls {
    type Stream = Encrypted;
    type TlsConnect = TlsTo;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> io::Result<TlsTo> {
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        Ok(TlsTo { connector: TlsConnector::from(Arc::clone(&self.0)), name })
    }
}

/// TLS to one host.
pub(crate) struct TlsTo {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl TlsConnect<tokio_postgres::Socket> for TlsTo {
    type Stream = Encrypted;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted>> + Send>>;

    fn connect(self, socket: tokio_postgres::Socket) -> Self::Future {
        Box::pin(async move { self.connector.connect(self.name, socket).await.map(|stream| Encrypted(Box::new(stream))) })
    }
}

/// An encrypted connection.
pub(crate) struct Encrypted(Box<tokio_rustls::client::TlsStream<tokio_postgres::Socket>>);

impl TlsStream for Encrypted {
    fn channel_binding(&self) -> ChannelBinding {
        // The certificate's name is checked; binding would add nothing that the program relies on.
        ChannelBinding::none()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Encrypted {
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
