//! The files of `dmp serve --oidc FILE`, `--structure-oidc FILE` and `--counter-oidc FILE`.

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

/// The provider of one structure, for the users of its directory.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StructureOidcConfig {
    /// Names it in our addresses: `/pro/oidc/ID/callback`. Small letters, digits, hyphens.
    pub id: String,
    /// As in the provider's own discovery document, without `/.well-known/openid-configuration`.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// Shown on the button.
    pub name: String,
    /// National identifier of the structure, `1` and its FINESS, which keeps a directory of its users here.
    pub structure: String,
    /// The claim that says which user of the directory it is.
    pub claim: String,
    /// What of a user the claim is.
    #[serde(default)]
    pub matches: DirectoryField,
    /// Levels of which one must be reached.
    #[serde(default)]
    pub acr: Vec<String>,
    /// Methods (RFC 8176) of which one must have been used. Without levels and methods: `mfa`.
    #[serde(default)]
    pub amr: Vec<String>,
    /// Whom somebody asks who is not in the directory: a desk, a telephone.
    pub contact: String,
    /// Asked for beside `openid`.
    #[serde(default = "profile")]
    pub scope: String,
    /// Certificate authorities (PEM) of the provider, when its certificate comes from no public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// The provider of the insurer, for agents at its counters.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CounterOidcConfig {
    /// Names it in our addresses: `/accueil/oidc/ID/callback`. Small letters, digits, hyphens.
    pub id: String,
    /// As in the provider's own discovery document, without `/.well-known/openid-configuration`.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// Shown on the button.
    pub name: String,
    /// National identifier of the *caisse*.
    pub structure: String,
    /// Its name, as receipts and journals show it.
    pub structure_name: String,
    /// The claim that is the agent's number with the insurer.
    pub claim: String,
    /// The claim that says what somebody may do: a word, or a list of words.
    pub right_claim: String,
    /// The word without which nobody is an agent of the counter.
    pub right: String,
    /// Levels of which one must be reached.
    #[serde(default)]
    pub acr: Vec<String>,
    /// Methods (RFC 8176) of which one must have been used. Without levels and methods: `mfa`.
    #[serde(default)]
    pub amr: Vec<String>,
    /// Whom somebody asks who is no agent of the counter: a desk, a telephone.
    pub contact: String,
    /// Asked for beside `openid`.
    #[serde(default = "profile")]
    pub scope: String,
    /// Certificate authorities (PEM) of the provider, when its certificate comes from no public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

impl CounterOidcConfig {
    /// What it has in common with the provider of any structure.
    pub(crate) fn of_structure(&self) -> StructureOidcConfig {
        StructureOidcConfig {
            id: self.id.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            name: self.name.clone(),
            structure: self.structure.clone(),
            claim: self.claim.clone(),
            matches: DirectoryField::default(),
            acr: self.acr.clone(),
            amr: self.amr.clone(),
            contact: self.contact.clone(),
            scope: self.scope.clone(),
            ca_file: self.ca_file.clone(),
        }
    }

    /// Refuses what would never work or never be safe, besides what holds of the provider of any structure.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn check(&self) -> Result<(), String> {
        if NOT_OF_ONE_PERSON.contains(&self.right_claim.as_str()) {
            return Err(format!("right_claim: {} may be what its owner likes (OpenID Connect Core 1.0, 5.7)", self.right_claim));
        }
        if [&self.right_claim, &self.right, &self.structure_name].iter().any(|text| text.trim().is_empty()) {
            return Err("right_claim, right and structure_name: are not empty".to_owned());
        }
        Ok(())
    }
}

/// A secret never shows itself in a log.
impl std::fmt::Debug for CounterOidcConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CounterOidcConfig").field("id", &self.id).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// What of a user of a directory a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryField {
    /// Their identifier in the structure's own directory, compared letter by letter.
    #[default]
    ExternalId,
    /// Their name there, compared without case, as it is kept unique.
    UserName,
}

fn profile() -> String {
    "profile".to_owned()
}

/// Claims that a provider does not promise to keep to one person (OpenID Connect Core 1.0 §5.7): whoever may change their own would be whom they like.
const NOT_OF_ONE_PERSON: [&str; 7] = ["email", "preferred_username", "name", "nickname", "given_name", "family_name", "phone_number"];

impl StructureOidcConfig {
    /// The part of it that speaks to the provider.
    pub(crate) fn provider(&self) -> OidcConfig {
        OidcConfig {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            acr: String::new(),
            name: self.name.clone(),
            scope: self.scope.clone(),
            ca_file: self.ca_file.clone(),
            ins_claim: None,
        }
    }

    /// Refuses what would never work or never be safe.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn check(&self) -> Result<(), String> {
        let plain = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
        if self.id.is_empty() || self.id.len() > 40 || !self.id.bytes().all(plain) {
            return Err("id: small letters, digits and hyphens, at most 40".to_owned());
        }
        if NOT_OF_ONE_PERSON.contains(&self.claim.as_str()) {
            return Err(format!("claim: {} is not kept to one person (OpenID Connect Core 1.0, 5.7); let the provider send one that is", self.claim));
        }
        if [&self.claim, &self.contact].iter().any(|text| text.trim().is_empty()) {
            return Err("claim and contact: are not empty".to_owned());
        }
        if self.acr.iter().chain(&self.amr).any(|one| one.trim().is_empty()) {
            return Err("acr and amr: hold no empty word".to_owned());
        }
        Ok(())
    }
}

/// A secret never shows itself in a log.
impl std::fmt::Debug for StructureOidcConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StructureOidcConfig").field("id", &self.id).field("issuer", &self.issuer).finish_non_exhaustive()
    }
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
        self.check_provider()?;
        if self.acr.trim().is_empty() { Err("acr: is empty".to_owned()) } else { Ok(()) }
    }

    /// The same of a provider of which the level is judged by other words.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn check_provider(&self) -> Result<(), String> {
        let issuer = Url::parse(&self.issuer).map_err(|error| format!("issuer: {error}"))?;
        if !is_safe(&issuer) {
            return Err("issuer: must be an https address (http on this machine only)".to_owned());
        }
        let filled = [("client_id", &self.client_id), ("client_secret", &self.client_secret), ("name", &self.name)];
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

    fn of_a_structure(name: &str, value: serde_json::Value) -> Result<(), String> {
        let mut config = serde_json::json!({
            "id": "chu", "issuer": "https://auth.example", "client_id": "dmp", "client_secret": "s3cret", "name": "CHU", "structure": "1120456789",
            "claim": "employee_number", "contact": "DSI",
        });
        config[name] = value;
        serde_json::from_value::<StructureOidcConfig>(config).map_err(|error| error.to_string())?.check()
    }

    #[test]
    fn a_claim_that_somebody_may_change_names_no_user() {
        use serde_json::json;
        assert_eq!(of_a_structure("claim", json!("sub")), Ok(()));
        for claim in ["email", "preferred_username", "name", ""] {
            assert!(of_a_structure("claim", json!(claim)).is_err(), "{claim}");
        }
        for (name, value) in
            [("id", json!("../x")), ("id", json!("")), ("contact", json!(" ")), ("amr", json!([""])), ("matches", json!("national_id"))]
        {
            assert!(of_a_structure(name, value.clone()).is_err(), "{name} {value}");
        }
    }

    #[test]
    fn an_agent_is_one_by_a_word_that_nobody_gives_themself() {
        let counter = |name: &str, value: &str| {
            let mut config = serde_json::json!({
                "id": "cpam", "issuer": "https://auth.example", "client_id": "dmp", "client_secret": "s3cret", "name": "CPAM", "structure": "1120456789",
                "structure_name": "CPAM", "claim": "employee_number", "right_claim": "groups", "right": "guichet", "contact": "DSI",
            });
            config[name] = value.into();
            let config = serde_json::from_value::<CounterOidcConfig>(config).unwrap();
            assert!(!format!("{config:?}").contains("s3cret"));
            config.check().and_then(|()| config.of_structure().check())
        };
        assert_eq!(counter("right", "guichet"), Ok(()));
        for (name, value) in
            [("right", ""), ("right_claim", " "), ("right_claim", "nickname"), ("structure_name", ""), ("claim", "email"), ("id", "A")]
        {
            assert!(counter(name, value).is_err(), "{name} {value}");
        }
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
