//! What the provider says of a professional when shown the access token (OpenID Connect Core 1.0 §5.3).

use bytes::Bytes;
use dmp_core::access::Caller;
use dmp_core::identity::Ins;
use http::StatusCode;
use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::claims::{self, PscClaims};
use crate::id_token::Audience;
use crate::metadata::Metadata;
use crate::signed_token::SignedToken;
use crate::transport::{Answer, Transport, is_of_type};
use crate::{OidcConfig, Refusal};

/// OpenID Connect Core 1.0 §5.3.2: of whom it speaks, and what it says. SECURITY: no `Debug`, so that claims never show themselves in a log.
#[derive(Deserialize)]
struct About<T> {
    sub: String,
    #[serde(flatten)]
    info: T,
}

/// Of a professional (§5.1). SECURITY: no `Debug` either.
#[derive(Deserialize)]
struct UserInfo {
    family_name: Option<String>,
    given_name: Option<String>,
    #[serde(flatten)]
    claims: PscClaims,
}

/// Of a person, whatever the provider says. SECURITY: no `Debug` either.
#[derive(Deserialize)]
struct PersonInfo {
    #[serde(flatten)]
    claims: serde_json::Map<String, serde_json::Value>,
}

/// A signed answer says also from whom and for whom it is (OpenID Connect Core 1.0 §5.3.2).
#[derive(Deserialize)]
struct SignedUserInfo<T> {
    iss: String,
    aud: Audience,
    #[serde(flatten)]
    said: About<T>,
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
    let info: UserInfo = asked(transport, metadata, config, access_token, subject).await?;
    claims::caller(info.family_name.as_deref(), info.given_name.as_deref(), &info.claims)
}

/// The number of a person by the claim that the configuration trusts.
///
/// # Errors
/// As above; the claim that is missing or cannot be understood.
pub(crate) async fn number(
    transport: &Transport,
    metadata: &Metadata,
    config: &OidcConfig,
    access_token: &str,
    subject: &str,
    claim: &str,
) -> Result<Option<Ins>, Refusal> {
    let Some(value) = said(transport, metadata, config, access_token, subject, claim).await? else { return Ok(None) };
    let (oid, matricule) = value.as_str().and_then(|text| text.split_once('|')).ok_or(Refusal::ClaimUnreadable("INS"))?;
    Ins::parse(oid, matricule).map(Some).map_err(|_| Refusal::ClaimUnreadable("INS"))
}

/// All that the provider says of a subject.
///
/// # Errors
/// As above.
pub(crate) async fn claims_of(
    transport: &Transport,
    metadata: &Metadata,
    config: &OidcConfig,
    access_token: &str,
    subject: &str,
) -> Result<serde_json::Map<String, serde_json::Value>, Refusal> {
    let info: PersonInfo = asked(transport, metadata, config, access_token, subject).await?;
    Ok(info.claims)
}

/// What the provider says under one claim.
///
/// # Errors
/// No answer, or one of which the signature or the subject does not hold.
pub(crate) async fn said(
    transport: &Transport,
    metadata: &Metadata,
    config: &OidcConfig,
    access_token: &str,
    subject: &str,
    claim: &str,
) -> Result<Option<serde_json::Value>, Refusal> {
    Ok(claims_of(transport, metadata, config, access_token, subject).await?.get(claim).cloned())
}

/// What the provider answers to an access token, of nobody but the subject of the ID token.
async fn asked<T: DeserializeOwned>(
    transport: &Transport,
    metadata: &Metadata,
    config: &OidcConfig,
    access_token: &str,
    subject: &str,
) -> Result<T, Refusal> {
    let mut request = http::Request::new(Bytes::new());
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    request.headers_mut().insert(AUTHORIZATION, bearer(access_token)?);
    let answer = transport.send(&metadata.endpoints.userinfo, request).await?;
    let about: About<T> = read(&answer, metadata, config)?;
    // SECURITY: the subject of the ID token is demanded again, or another's claims could be slipped in (§5.3.2).
    if about.sub == subject { Ok(about.info) } else { Err(Refusal::TokenInvalid("subject")) }
}

/// RFC 6750 §2.1.
fn bearer(access_token: &str) -> Result<HeaderValue, Refusal> {
    let value = HeaderValue::from_str(&format!("Bearer {access_token}"));
    let mut value = value.map_err(|_| Refusal::Unavailable("its access token cannot be shown".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn read<T: DeserializeOwned>(answer: &Answer, metadata: &Metadata, config: &OidcConfig) -> Result<About<T>, Refusal> {
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
    let signed: SignedUserInfo<T> = SignedToken::read(text)?.claims(&metadata.keys)?;
    if signed.iss != config.issuer {
        return Err(Refusal::TokenInvalid("issuer"));
    }
    if !signed.aud.is_only(&config.client_id) {
        return Err(Refusal::TokenInvalid("audience"));
    }
    Ok(signed.said)
}
