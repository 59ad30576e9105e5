//! The discovery document: what the provider says of itself (OpenID Connect Discovery 1.0 §3 and §4, RFC 8414 §2).

use serde::Deserialize;
use url::Url;

use crate::config::is_safe;
use crate::keys::KeySet;

/// A provider that may be spoken to, with the keys that it signs with (OpenID Connect Discovery 1.0 §3).
pub(crate) struct Metadata {
    pub endpoints: Endpoints,
    pub keys: KeySet,
}

/// Addresses of the provider (OpenID Connect Discovery 1.0 §3): each is https, or on this very machine.
pub(crate) struct Endpoints {
    pub authorization: Url,
    pub token: Url,
    pub userinfo: Url,
    pub keys: Url,
    pub secret_place: SecretPlace,
    /// Whether it says with each answer from whom the answer is (RFC 9207 §3): then one that does not is of somebody else.
    pub says_issuer: bool,
}

/// Where our secret is shown when a code is exchanged (OpenID Connect Core 1.0 §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretPlace {
    /// `client_secret_basic`: what a provider takes that says nothing of it.
    Header,
    /// `client_secret_post`.
    Body,
}

/// The fields that are read. A provider that leaves one of the addresses out cannot sign anybody in.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// Where the document lies (OpenID Connect Discovery 1.0 §4.1): under the issuer, whose last `/` falls away.
pub(crate) fn address(issuer: &Url) -> Result<Url, url::ParseError> {
    Url::parse(&format!("{}/.well-known/openid-configuration", issuer.as_str().trim_end_matches('/')))
}

/// Reads the document and judges it (OpenID Connect Discovery 1.0 §4.3).
/// SECURITY: its issuer is the configured one, letter by letter, or one provider could speak for another.
///
/// # Errors
/// What is wrong with it. The document is public and names no person.
pub(crate) fn read(document: &[u8], issuer: &str) -> Result<Endpoints, String> {
    let document: Document = serde_json::from_slice(document).map_err(|error| error.to_string())?;
    if document.issuer != issuer {
        return Err("issuer: is not the one configured".to_owned());
    }
    let basic = document.token_endpoint_auth_methods_supported.is_none_or(|methods| methods.iter().any(|one| one == "client_secret_basic"));
    Ok(Endpoints {
        authorization: endpoint("authorization_endpoint", &document.authorization_endpoint)?,
        token: endpoint("token_endpoint", &document.token_endpoint)?,
        userinfo: endpoint("userinfo_endpoint", &document.userinfo_endpoint)?,
        keys: endpoint("jwks_uri", &document.jwks_uri)?,
        secret_place: if basic { SecretPlace::Header } else { SecretPlace::Body },
        says_issuer: document.authorization_response_iss_parameter_supported,
    })
}

fn endpoint(name: &str, text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{name}: {error}"))?;
    if is_safe(&url) { Ok(url) } else { Err(format!("{name}: neither https nor on this machine")) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ISSUER: &str = "https://auth.example/realms/esante-wallet";

    fn document() -> Value {
        json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://auth.example/auth",
            "token_endpoint": "https://auth.example/token",
            "userinfo_endpoint": "https://auth.example/userinfo",
            "jwks_uri": "https://auth.example/jwks",
        })
    }

    fn read_with(name: &str, value: Value) -> Result<Endpoints, String> {
        let mut document = document();
        document[name] = value;
        read(document.to_string().as_bytes(), ISSUER)
    }

    #[test]
    fn a_document_of_another_issuer_is_refused() {
        assert!(read(document().to_string().as_bytes(), ISSUER).is_ok());
        for other in ["https://other.example", "https://auth.example/realms/esante-wallet/", "https://AUTH.example/realms/esante-wallet", ""] {
            assert_eq!(read_with("issuer", json!(other)).err().as_deref(), Some("issuer: is not the one configured"), "{other}");
        }
    }

    #[test]
    fn an_endpoint_in_clear_is_on_this_machine_or_refused() {
        for name in ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"] {
            assert!(read_with(name, json!("http://127.0.0.1:3000/x")).is_ok());
            for unsafe_address in ["http://auth.example/x", "file:///etc/passwd", "javascript:alert(1)", "/x"] {
                assert!(read_with(name, json!(unsafe_address)).is_err_and(|error| error.starts_with(name)), "{name} {unsafe_address}");
            }
            assert!(read_with(name, Value::Null).is_err(), "{name} is demanded");
        }
    }

    #[test]
    fn the_secret_goes_into_the_header_unless_the_provider_wants_it_in_the_body() {
        let place = |methods: Value| read_with("token_endpoint_auth_methods_supported", methods).unwrap().secret_place;
        assert_eq!(place(Value::Null), SecretPlace::Header);
        assert_eq!(place(json!(["client_secret_post", "client_secret_basic"])), SecretPlace::Header);
        assert_eq!(place(json!(["client_secret_post"])), SecretPlace::Body);
    }

    #[test]
    fn the_document_lies_under_the_issuer() {
        for issuer in ["https://auth.example/realms/one", "https://auth.example/realms/one/"] {
            let address = address(&Url::parse(issuer).unwrap()).unwrap();
            assert_eq!(address.as_str(), "https://auth.example/realms/one/.well-known/openid-configuration");
        }
    }
}
