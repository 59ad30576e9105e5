//! The MLLP listener: a message is answered once it is on the disk, or refused with its reason. TLS asks senders for a certificate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dmp_interop::hl7v2::{Limits, acknowledge, mllp};
use dmp_service::{Clock, SystemClock};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;

use super::desk::Desk;
use super::options::MllpTls;
use crate::peers::{PeerFiles, Peers};

/// Senders at once.
const CONNECTIONS_MAX: usize = 64;
/// A sender that says nothing for so long is gone; it connects again when it has something to say.
const IDLE: Duration = Duration::from_secs(1_800);
/// For the handshake of TLS.
const HANDSHAKE: Duration = Duration::from_secs(20);
const PIECE: usize = 64 << 10;

/// A bound listener.
#[derive(Debug)]
pub struct Listener {
    listener: TcpListener,
    peers: Option<Arc<Peers>>,
}

impl Listener {
    /// Binds. Without TLS on this machine alone.
    ///
    /// # Errors
    /// In words.
    pub async fn bind(address: SocketAddr, options: &MllpTls) -> Result<Self, String> {
        let peers = match (&options.mllp_cert, &options.mllp_cert_key, &options.mllp_client_ca) {
            (Some(certificate), Some(key), Some(ca)) => Some(Arc::new(Peers::open(PeerFiles {
                certificate: certificate.clone(),
                key: key.clone(),
                client_ca: ca.clone(),
                revoked: options.mllp_crl.clone(),
                expired: options.mllp_crl_expired,
            })?)),
            _ if address.ip().is_loopback() => None,
            _ => {
                return Err(
                    "--mllp listens on another address than this machine's only with --mllp-cert, --mllp-cert-key and --mllp-client-ca".to_owned()
                );
            }
        };
        let listener = TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
        Ok(Listener { listener, peers })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// In words.
    pub fn address(&self) -> Result<SocketAddr, String> {
        self.listener.local_addr().map_err(|error| error.to_string())
    }

    /// Answers senders until a stop is asked.
    pub async fn run(self, desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                _ = stop.changed() => return,
            };
            let Ok((stream, _)) = accepted else { continue };
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
            let (desk, peers) = (Arc::clone(&desk), self.peers.clone());
            tokio::spawn(async move {
                if let Err(why) = talk(stream, peers.as_deref(), &desk).await {
                    tracing::info!(mllp.end = %why, "a sender is gone");
                }
                drop(place);
            });
        }
    }
}

async fn talk(stream: TcpStream, peers: Option<&Peers>, desk: &Desk) -> Result<(), String> {
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    match peers {
        None => answer_all(stream, desk, &|| true).await,
        Some(peers) => {
            let config = peers.config().ok_or("no configuration")?;
            let shaken = tokio::time::timeout(HANDSHAKE, TlsAcceptor::from(config).accept(stream)).await;
            let stream = shaken.map_err(|_| "no handshake".to_owned())?.map_err(|error| error.to_string())?;
            let shown = peers.shown(stream.get_ref().1.peer_certificates()).ok_or("the certificate does not stand")?;
            answer_all(stream, desk, &|| peers.stands(&shown)).await
        }
    }
}

/// `stands`: whether the sender may still be talked to, asked before each message: engines keep a connection for days.
async fn answer_all<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, desk: &Desk, stands: &(dyn Fn() -> bool + Sync)) -> Result<(), String> {
    let mut frames = mllp::Frames::default();
    let mut piece = vec![0_u8; PIECE];
    loop {
        while let Some(bytes) = frames.next(Limits::default().bytes).map_err(|_| "not MLLP".to_owned())? {
            if !stands() {
                return Err("the certificate was taken back".to_owned());
            }
            let (message, answer) = tokio::task::block_in_place(|| desk.receive(&bytes));
            let now = SystemClock.now();
            let ack = acknowledge(message.as_ref(), &answer, &now.as_micros().to_string(), now);
            stream.write_all(&mllp::frame(&ack)).await.map_err(|error| error.to_string())?;
            stream.flush().await.map_err(|error| error.to_string())?;
        }
        let read = tokio::time::timeout(IDLE, stream.read(&mut piece)).await.map_err(|_| "silent".to_owned())?;
        match read.map_err(|error| error.to_string())? {
            0 => return Ok(()),
            count => frames.push(piece.get(..count).unwrap_or_default()),
        }
    }
}
