//! The token of a CDS client (CDS Hooks 2.0, "Trusting CDS Clients"): it signs one for each request, with a key that is registered here.

use dmp_core::Moment;
use dmp_core::access::Caller;
use jsonwebtoken::Algorithm;
use serde::Deserialize;

use crate::caller::{Client, Clients, Extensions, Permission, Rules, SIGNED_SECONDS_MAX, verify};

/// Who stands behind a request: the software, and the user whom it names (`extensions.ihe_iua`), or its bare organisation.
#[derive(Debug)]
pub(crate) struct CdsClient<'a> {
    pub client: &'a Client,
    pub caller: Caller,
}

/// Why a token is refused. Every one is a 401 but the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenFault {
    /// No `Authorization: Bearer …`.
    Missing,
    /// Which check failed, in words for the developer.
    Refused(&'static str),
    /// The user is not named in a way that can be understood.
    UserUnknown,
    /// The software is not registered for reading documents: 403.
    ScopeMissing,
}

/// SECURITY: CDS Hooks forbids `none` and HMAC, and recommends these two; no others are taken.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::ES384, Algorithm::RS384];
/// Seconds by which a client's clock may be ahead of ours.
const SKEW_SECONDS: i64 = 60;
/// An answer tells of documents: the registration must let the software search them.
const NEEDED: Permission = Permission { resource: "DocumentReference", action: 's' };

#[derive(Deserialize)]
struct CdsClaims {
    iat: i64,
    #[serde(default)]
    extensions: Extensions,
}

/// Checks the `Authorization` header of a request to the service at `service_url`. A `jku` in the token is not followed: keys are registered.
///
/// # Errors
/// [`TokenFault`]. A token that was refused for its user or scope is used up all the same.
pub(crate) fn authenticate<'a>(
    clients: &'a Clients,
    authorization: Option<&str>,
    service_url: &str,
    now: Moment,
) -> Result<CdsClient<'a>, TokenFault> {
    let jwt = authorization.and_then(bearer).ok_or(TokenFault::Missing)?;
    let rules = Rules { algorithms: &ALGORITHMS, wrong_algorithm: "the algorithm must be ES384 or RS384", audience: service_url, skew: SKEW_SECONDS };
    let seconds = now.as_seconds();
    let signed = verify::<CdsClaims>(clients, jwt, rules, seconds).map_err(TokenFault::Refused)?;
    if !signed.header.typ.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("JWT")) {
        return Err(TokenFault::Refused("typ must be JWT"));
    }
    let issued = signed.claims.iat;
    if issued > seconds + SKEW_SECONDS || signed.expires.saturating_sub(issued) > SIGNED_SECONDS_MAX {
        return Err(TokenFault::Refused("iat must be now, and exp at most five minutes after it"));
    }
    let caller = signed.claims.extensions.caller(signed.client, now).ok_or(TokenFault::UserUnknown)?;
    if !NEEDED.is_granted_by(&signed.client.scope) {
        return Err(TokenFault::ScopeMissing);
    }
    Ok(CdsClient { client: signed.client, caller })
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests;
