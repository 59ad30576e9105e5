//! Whom a listener over TLS talks to: who shows a certificate of its authorities that is not on their list. The list is read again when its file
//! changes, without a new start, and is asked again about connections that stand already.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use clap::ValueEnum;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::server::danger::ClientCertVerifier;

use crate::tls;

/// What a list is worth whose authority has promised another one by now (`nextUpdate`, RFC 5280 §5.1.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ExpiredList {
    /// Nobody whom it is about is talked to: who was taken back since then is not on it.
    #[default]
    Refuse,
    /// What it says still holds.
    Accept,
}

/// The files of a listener.
#[derive(Debug, Clone)]
pub struct PeerFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
    pub client_ca: PathBuf,
    /// Certificates that the authorities took back.
    pub revoked: Option<PathBuf>,
    pub expired: ExpiredList,
}

/// What is in force.
#[derive(Debug, Clone)]
pub struct InForce {
    pub config: Arc<ServerConfig>,
    pub verifier: Arc<dyn ClientCertVerifier>,
}

/// The listener's word on who is talked to.
#[derive(Debug)]
pub struct Peers {
    files: PeerFiles,
    inside: Mutex<Inside>,
}

#[derive(Debug)]
struct Inside {
    in_force: InForce,
    /// How the file of the list looked when it was last read, whether it could be understood or not.
    seen: Option<Stamp>,
    /// Goes up with each list.
    generation: u64,
}

/// How a file looks from outside: another list under the same name differs in one of these.
type Stamp = (SystemTime, u64, u64);

/// A connection's certificate and those beside it, and when they were last judged.
#[derive(Debug)]
pub struct Shown {
    chain: Vec<CertificateDer<'static>>,
    judged: Mutex<(u64, Instant)>,
}

/// A connection is judged again after so long, for a list may end without a new one.
const JUDGED: Duration = Duration::from_secs(60);

impl Peers {
    /// Reads all files.
    ///
    /// # Errors
    /// What is wrong with one, in words.
    pub fn open(files: PeerFiles) -> Result<Self, String> {
        let seen = files.revoked.as_deref().and_then(stamp);
        let in_force = tls::listener(&files)?;
        Ok(Peers { files, inside: Mutex::new(Inside { in_force, seen, generation: 0 }) })
    }

    /// What a new connection is made under.
    pub fn config(&self) -> Option<Arc<ServerConfig>> {
        self.current().map(|(in_force, _)| in_force.config)
    }

    /// What a connection showed, judged just now by its handshake. `None`: nothing.
    pub fn shown(&self, chain: Option<&[CertificateDer<'static>]>) -> Option<Shown> {
        let chain = chain.filter(|chain| !chain.is_empty())?.to_vec();
        // SECURITY: judged once more, by the list in force now: another one may have come during the handshake.
        let shown = Shown { chain, judged: Mutex::new((u64::MAX, Instant::now())) };
        self.stands(&shown).then_some(shown)
    }

    /// Whether a connection that stands may go on: its certificate was not taken back meanwhile, and the list that says so is none of yesterday's.
    pub fn stands(&self, shown: &Shown) -> bool {
        let (Some((in_force, generation)), Ok(mut judged)) = (self.current(), shown.judged.lock()) else { return false };
        if judged.0 == generation && judged.1.elapsed() < JUDGED {
            return true;
        }
        let Some((first, others)) = shown.chain.split_first() else { return false };
        let Some(now) = in_force.config.time_provider.current_time() else { return false };
        let stands = in_force.verifier.verify_client_cert(first, others, now).is_ok();
        if stands {
            *judged = (generation, Instant::now());
        }
        stands
    }

    /// What is in force, once the file was looked at. A list that cannot be understood changes nothing and is told: the last one stays in force,
    /// until it ends itself.
    fn current(&self) -> Option<(InForce, u64)> {
        let mut inside = self.inside.lock().ok()?;
        if let Some(path) = &self.files.revoked {
            let now = stamp(path);
            if now != inside.seen {
                inside.seen = now;
                match tls::listener(&self.files) {
                    Ok(in_force) => {
                        inside.in_force = in_force;
                        inside.generation += 1;
                        tracing::info!(tls.list = inside.generation, "another list of certificates that were taken back");
                    }
                    Err(why) => tracing::error!(tls.problem = %why, "the list of certificates that were taken back stays the last one"),
                }
            }
        }
        Some((inside.in_force.clone(), inside.generation))
    }
}

/// How a file looks; `None`: it is not there.
fn stamp(path: &Path) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len(), found.ino()))
}
