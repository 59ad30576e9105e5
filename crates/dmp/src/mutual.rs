//! `dmp serve --mtls-listen`: a second listener, over TLS, for software that shows a certificate. Handshakes are done beside, so that one that
//! never ends keeps nobody waiting.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::{Connected, IntoMakeServiceWithConnectInfo};
use axum::extract::{ConnectInfo, Request};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::serve::{IncomingStream, Listener};
use dmp_server::{App, PeerCertificate};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::peers::{Peers, Shown};

/// A handshake that takes longer is none.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Handshakes at once.
const HANDSHAKES_MAX: usize = 256;

/// Gives connections whose certificate was checked.
#[derive(Debug)]
pub struct MutualListener {
    shaken: mpsc::Receiver<(TlsStream<TcpStream>, Peer)>,
    address: SocketAddr,
}

/// The other side: its certificate, its address, and what judges it at each request.
#[derive(Debug, Clone)]
pub struct Peer {
    certificate: PeerCertificate,
    address: SocketAddr,
    shown: Arc<Shown>,
    peers: Arc<Peers>,
}

impl MutualListener {
    /// Accepts on a bound listener from these.
    ///
    /// # Errors
    /// In words.
    pub fn over(listener: TcpListener, peers: Arc<Peers>) -> Result<Self, String> {
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let (give, shaken) = mpsc::channel(HANDSHAKES_MAX);
        tokio::spawn(accept(listener, peers, give));
        Ok(MutualListener { shaken, address })
    }
}

async fn accept(listener: TcpListener, peers: Arc<Peers>, give: mpsc::Sender<(TlsStream<TcpStream>, Peer)>) {
    let places = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    while !give.is_closed() {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, whence)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (peers, give) = (Arc::clone(&peers), give.clone());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            if let Some((stream, peer)) = shake(stream, whence, &peers).await {
                let _ = give.send((stream, peer)).await;
            }
            drop(place);
        });
    }
}

/// A handshake. `None`: there was none in time, or nothing was shown that stands.
async fn shake(stream: TcpStream, address: SocketAddr, peers: &Arc<Peers>) -> Option<(TlsStream<TcpStream>, Peer)> {
    let acceptor = TlsAcceptor::from(peers.config()?);
    let stream = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await.ok()?.ok()?;
    let chain = stream.get_ref().1.peer_certificates();
    let certificate = PeerCertificate::of(chain.and_then(<[_]>::first)?);
    let shown = Arc::new(peers.shown(chain)?);
    Some((stream, Peer { certificate, address, shown, peers: Arc::clone(peers) }))
}

impl Listener for MutualListener {
    type Io = TlsStream<TcpStream>;
    type Addr = Peer;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.shaken.recv().await {
            Some(shaken) => shaken,
            // The task that accepts is gone: nothing comes any more.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Err(std::io::Error::other(format!("over TLS on {}", self.address)))
    }
}

impl Connected<IncomingStream<'_, MutualListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, MutualListener>) -> Self {
        stream.remote_addr().clone()
    }
}

/// The application over this listener: each request is told the certificate of its connection, and its address as over the plain one.
pub fn told(app: App) -> IntoMakeServiceWithConnectInfo<Router, Peer> {
    dmp_server::router(app).layer(axum::middleware::from_fn(tell)).into_make_service_with_connect_info::<Peer>()
}

/// SECURITY: a connection outlives the list under which it was made: each request is judged by the one in force.
async fn tell(ConnectInfo(peer): ConnectInfo<Peer>, mut request: Request, next: Next) -> Response {
    if !peer.peers.stands(&peer.shown) {
        return (StatusCode::UNAUTHORIZED, [(header::CONNECTION, "close")]).into_response();
    }
    request.extensions_mut().insert(peer.certificate);
    request.extensions_mut().insert(ConnectInfo(peer.address));
    next.run(request).await
}
