//! What the provider says of a professional when shown the access token (OpenID Connect Core 1.0 §5.3).

use bytes::Bytes;
use dmp_core::access::Caller;
use http::StatusCode;
use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use serde::Deserialize;

use crate::claims::{self, PscClaims};
use crate::id_token::Audience;
use crate::metadata::Metadata;
use crate::signed_token::SignedToken;
use crate::transport::{Answer, Transport, is_of_type};
use crate::{OidcConfig, Refusal};

/// OpenID Connect Core 1.0 §5.1 and §5.3.2. SECURITY: no `Debug`, so that claims never show themselves in a log.
#[derive(Deserialize)]
struct UserInfo {
    sub: String,
    family_name: Option<String>,
    given_name: Option<String>,
    #[serde(flatten)]
    claims: PscClaims,
}

/// A signed answer says also from whom and for whom it is (OpenID Connect Core 1.0 §5.3.2).
#[derive(Deserialize)]
struct SignedUserInfo {
    iss: String,
    aud: Audience,
    #[serde(flatten)]
    info: UserInfo,
}

/// The caller that the provider describes, plain or signed (OpenID Connect Core 1.0 §5.3).
///
/// # Errors
/// No answer, or one of which the signature, the subject or a claim does not hold.
pub(crate) async fn caller(
    transport: &Transport,
    metadata: &Metadata,
    config: &OidcConfig,
    access_token: &str,
    subject: &str,
) -> Result<Caller, Refusal> {
    let mut request = http::Request::new(Bytes::new());
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    request.headers_mut().insert(AUTHORIZATION, bearer(access_token)?);
    let answer = transport.send(&metadata.endpoints.userinfo, request).await?;
    let info = read(&answer, metadata, config)?;
    // SECURITY: the subject of the ID token is demanded again, or another's claims could be slipped in (§5.3.2).
    if info.sub != subject {
        return Err(Refusal::TokenInvalid("subject"));
    }
    claims::caller(info.family_name.as_deref(), info.given_name.as_deref(), &info.claims)
}

/// RFC 6750 §2.1.
fn bearer(access_token: &str) -> Result<HeaderValue, Refusal> {
    let value = HeaderValue::from_str(&format!("Bearer {access_token}"));
    let mut value = value.map_err(|_| Refusal::Unavailable("its access token cannot be shown".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn read(answer: &Answer, metadata: &Metadata, config: &OidcConfig) -> Result<UserInfo, Refusal> {
    if answer.status() != StatusCode::OK {
        return Err(Refusal::Unavailable(format!("userinfo answered {}", answer.status())));
    }
    if is_of_type(answer, "application/json") {
        return serde_json::from_slice(answer.body()).map_err(|_| Refusal::TokenInvalid("userinfo"));
    }
    if !is_of_type(answer, "application/jwt") {
        return Err(Refusal::Unavailable("userinfo is neither JSON nor a signed token".to_owned()));
    }
    let text = std::str::from_utf8(answer.body()).map_err(|_| Refusal::TokenInvalid("userinfo"))?;
    let signed: SignedUserInfo = SignedToken::read(text)?.claims(&metadata.keys)?;
    if signed.iss != config.issuer {
        return Err(Refusal::TokenInvalid("issuer"));
    }
    if !signed.aud.is_only(&config.client_id) {
        return Err(Refusal::TokenInvalid("audience"));
    }
    Ok(signed.info)
}
