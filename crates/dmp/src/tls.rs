//! TLS: towards the server with the structure's certificate, and of the listener, which asks senders for theirs.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use tokio_rustls::rustls::server::danger::ClientCertVerifier;
use tokio_rustls::rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};

use crate::peers::{ExpiredList, InForce, PeerFiles};

/// The public authorities, or those of a file alone.
///
/// # Errors
/// What is wrong with the file, in words.
fn roots(ca: Option<&Path>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let Some(path) = ca else {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(roots);
    };
    for certificate in certificates(path)? {
        roots.add(certificate).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(roots)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let read = CertificateDer::pem_file_iter(path).map_err(|error| wrong(&error))?;
    let all = read.collect::<Result<Vec<_>, _>>().map_err(|error| wrong(&error))?;
    if all.is_empty() { Err(wrong(&"holds no certificate")) } else { Ok(all) }
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, String> {
    PrivateKeyDer::from_pem_file(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Towards a server; `own`: the certificate to show and its key.
///
/// # Errors
/// What is wrong with a file, in words.
pub fn client(ca: Option<&Path>, own: Option<(&Path, &Path)>) -> Result<Arc<ClientConfig>, String> {
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots(ca)?);
    let config = match own {
        Some((certificate, key)) => {
            builder.with_client_auth_cert(certificates(certificate)?, private_key(key)?).map_err(|error| error.to_string())?
        }
        None => builder.with_no_client_auth(),
    };
    Ok(Arc::new(config))
}

/// Of a listener that talks to nobody without a certificate of the authorities that is not on their list.
///
/// # Errors
/// What is wrong with a file, in words.
pub fn listener(files: &PeerFiles) -> Result<InForce, String> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots(Some(&files.client_ca))?), Arc::clone(&provider));
    if let Some(path) = &files.revoked {
        let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let lists = CertificateRevocationListDer::pem_file_iter(path).map_err(|error| wrong(&error))?;
        let lists = lists.collect::<Result<Vec<_>, _>>().map_err(|error| wrong(&error))?;
        if lists.is_empty() {
            return Err(wrong(&"holds no list"));
        }
        verifier = verifier.with_crls(lists);
        if files.expired == ExpiredList::Refuse {
            verifier = verifier.enforce_revocation_expiration();
        }
    }
    let verifier: Arc<dyn ClientCertVerifier> = verifier.build().map_err(|error| error.to_string())?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_client_cert_verifier(Arc::clone(&verifier))
        .with_single_cert(certificates(&files.certificate)?, private_key(&files.key)?)
        .map_err(|error| error.to_string())?;
    // SECURITY: a session that is taken up again shows its certificate to nobody.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(InForce { config: Arc::new(config), verifier })
}
