//! The file of `dmp serve --oidc FILE`.

use std::path::PathBuf;

use serde::Deserialize;
use url::{Host, Url};

/// Which provider, and who we are to it. An unknown key is refused.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// As in the provider's own discovery document, without `/.well-known/openid-configuration`.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// Lowest level of authentication accepted: `eidas1` for Pro Santé Connect.
    pub acr: String,
    /// Shown on the button: `Pro Santé Connect`.
    pub name: String,
    /// Asked for beside `openid`; `scope_all` brings the professional's claims.
    #[serde(default = "scope_all")]
    pub scope: String,
    /// Certificate authorities (PEM) of the provider, when its certificate comes from no public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Of a provider of persons: the claim that holds their INS as `OID|matricule`, believed as proof of who they are. Absent: no claim is.
    #[serde(default)]
    pub ins_claim: Option<String>,
}

fn scope_all() -> String {
    "scope_all".to_owned()
}

/// A secret never shows itself in a log.
impl std::fmt::Debug for OidcConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OidcConfig").field("issuer", &self.issuer).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Whether an address may be spoken to: over TLS, or on this very machine.
/// SECURITY: the provider's own metadata name addresses too, so this is asked for each request.
pub(crate) fn is_safe(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => url.has_host(),
        "http" => loopback,
        _ => false,
    }
}

impl OidcConfig {
    /// Refuses what would never work or never be safe.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn check(&self) -> Result<(), String> {
        let issuer = Url::parse(&self.issuer).map_err(|error| format!("issuer: {error}"))?;
        if !is_safe(&issuer) {
            return Err("issuer: must be an https address (http on this machine only)".to_owned());
        }
        let filled = [("client_id", &self.client_id), ("client_secret", &self.client_secret), ("acr", &self.acr), ("name", &self.name)];
        match filled.iter().find(|(_, value)| value.trim().is_empty()) {
            Some((field, _)) => Err(format!("{field}: is empty")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(issuer: &str) -> OidcConfig {
        let text = format!(r#"{{"issuer":"{issuer}","client_id":"dmp","client_secret":"s3cret","acr":"eidas1","name":"PSC"}}"#);
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_provider_in_clear_is_on_this_machine_or_refused() {
        assert!(config("https://auth.example/realms/esante-wallet").check().is_ok());
        assert!(config("http://127.0.0.1:3000").check().is_ok());
        assert!(config("http://auth.example").check().is_err());
        assert!(config("http://127.0.0.1.auth.example").check().is_err());
        assert!(config("file:///etc/passwd").check().is_err());
    }

    #[test]
    fn the_secret_never_shows_itself_and_unknown_keys_are_refused() {
        assert!(!format!("{:?}", config("https://auth.example")).contains("s3cret"));
        assert!(
            serde_json::from_str::<OidcConfig>(r#"{"issuer":"https://a","client_id":"b","client_secret":"c","acr":"d","name":"e","acrr":"f"}"#)
                .is_err()
        );
    }
}
