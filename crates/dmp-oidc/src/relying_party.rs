//! The two halves of a sign-in: sending the browser away, and judging what it brings back
//! (OpenID Connect Core 1.0 section 3.1; PKCE, RFC 7636; `iss`, RFC 9207).

use chrono::{DateTime, Utc};
use dmp_core::Moment;
use dmp_core::access::Caller;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, SubjectIdentifier, TokenResponse, UserInfoClaims, UserInfoError,
};
use serde::Deserialize;

use crate::claims::{self, PscClaims};
use crate::logins::{Login, Logins};
use crate::provider::{Provider, whole};
use crate::transport::Transport;
use crate::{OidcConfig, Refusal, assurance};

type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// SECURITY: public-key signatures only. `none` and signatures under the client secret are never a provider's.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

/// Where the browser is sent, and the cookie value that ties the login to it.
#[derive(Debug)]
pub struct Departure {
    pub location: String,
    pub browser: String,
}

/// What the browser brings back in the query.
#[derive(Default, Deserialize)]
pub struct Callback {
    pub state: Option<String>,
    pub code: Option<String>,
    pub iss: Option<String>,
    pub error: Option<String>,
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callback(…)")
    }
}

/// This server, to one provider.
pub struct RelyingParty {
    config: OidcConfig,
    redirect: RedirectUrl,
    provider: Provider,
    logins: Logins,
}

impl std::fmt::Debug for RelyingParty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelyingParty").field("config", &self.config).finish_non_exhaustive()
    }
}

/// What the ID token vouches for.
struct Vouched {
    subject: SubjectIdentifier,
    acr: Option<String>,
}

impl RelyingParty {
    /// A relying party whose browsers come back to `redirect`. Nothing is sent yet.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn new(config: OidcConfig, redirect: &str) -> Result<Self, String> {
        config.check()?;
        let issuer = IssuerUrl::new(config.issuer.clone()).map_err(|error| format!("issuer: {error}"))?;
        let redirect = RedirectUrl::new(redirect.to_owned()).map_err(|error| format!("base URL: {error}"))?;
        let transport = Transport::new(config.ca_file.as_deref()).map_err(|error| format!("ca_file: {error}"))?;
        Ok(RelyingParty { config, redirect, provider: Provider::new(issuer, transport), logins: Logins::default() })
    }

    /// Name of the provider, as shown on the button.
    pub fn name(&self) -> &str {
        &self.config.name
    }

    /// Reads the provider's addresses and keys ahead of the first login. A failure here is tried again then.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn discover(&self, now: Moment) -> Result<(), Refusal> {
        self.provider.metadata(now).await.map(drop)
    }

    /// Begins a login.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn start(&self, now: Moment) -> Result<Departure, Refusal> {
        let client = self.client(&*self.provider.metadata(now).await?);
        let (state, nonce, verifier, browser) = (fresh()?, fresh()?, fresh()?, fresh()?);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let (csrf, once) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || csrf, move || once)
            .set_pkce_challenge(challenge)
            .add_auth_context_value(AuthenticationContextClass::new(self.config.acr.clone()));
        for scope in self.config.scope.split_ascii_whitespace().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.to_owned()));
        }
        let (location, _, _) = request.url();
        self.logins.begin(state, Login { browser: browser.clone(), nonce, verifier, began: now });
        Ok(Departure { location: location.into(), browser })
    }

    /// Ends a login: the professional who signed in, as a caller in normal mode.
    ///
    /// # Errors
    /// Why nobody is signed in. The login is spent in any case.
    pub async fn finish(&self, callback: Callback, browser: &str, now: Moment) -> Result<Caller, Refusal> {
        let state = callback.state.as_deref().unwrap_or_default();
        let login = self.logins.end(state, browser, now).ok_or(Refusal::UnknownLogin)?;
        if callback.iss.as_ref().is_some_and(|issuer| *issuer != self.config.issuer) {
            return Err(Refusal::TokenInvalid("issuer"));
        }
        if let Some(error) = &callback.error {
            return Err(Refusal::Denied(known_error(error)));
        }
        let code = callback.code.ok_or(Refusal::Denied("no code"))?;
        let client = self.client(&*self.provider.metadata(now).await?);
        let tokens = self.exchange(&client, code, login.verifier).await?;
        let vouched = self.verify(client, &tokens, &Nonce::new(login.nonce), now).await?;
        let acr = vouched.acr.as_deref().ok_or(Refusal::ClaimMissing("acr"))?;
        if !assurance::reaches(acr, &self.config.acr) {
            return Err(Refusal::AssuranceTooLow);
        }
        self.userinfo(&*self.provider.metadata(now).await?, &tokens, vouched.subject).await
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        let basic = metadata.token_endpoint_auth_methods_supported().is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let secret = ClientSecret::new(self.config.client_secret.clone());
        CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(self.config.client_id.clone()), Some(secret))
            .set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody })
            .set_redirect_uri(self.redirect.clone())
    }

    async fn exchange(&self, client: &Client, code: String, verifier: String) -> Result<CoreTokenResponse, Refusal> {
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| Refusal::Unavailable(error.to_string()))?;
        let answer = request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&self.provider.transport).await;
        answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(answer) if *answer.error() == CoreErrorResponseType::InvalidClient => {
                Refusal::Unavailable("it does not accept our client_id with our client_secret".to_owned())
            }
            RequestTokenError::ServerResponse(_) => Refusal::CodeRefused,
            RequestTokenError::Request(error) => Refusal::Unavailable(error.to_string()),
            // The bytes that could not be read may hold a token: they are not told.
            RequestTokenError::Parse(_, _) | RequestTokenError::Other(_) => Refusal::Unavailable("its token answer cannot be read".to_owned()),
        })
    }

    /// Signature, issuer, audience, expiry, nonce; with the keys read anew when the token's key is not among those known.
    async fn verify(&self, client: Client, tokens: &CoreTokenResponse, nonce: &Nonce, now: Moment) -> Result<Vouched, Refusal> {
        match vouched(&client, tokens, nonce, now) {
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let client = self.client(&*self.provider.metadata_again(now).await?);
                vouched(&client, tokens, nonce, now)
            }
            judged => judged,
        }
        .map_err(|error| Refusal::TokenInvalid(fault(&error)))
    }

    async fn userinfo(&self, metadata: &CoreProviderMetadata, tokens: &CoreTokenResponse, subject: SubjectIdentifier) -> Result<Caller, Refusal> {
        let client = self.client(metadata);
        // SECURITY: the subject of the ID token is demanded again, or another's claims could be slipped in.
        let request = client.user_info(tokens.access_token().clone(), Some(subject)).map_err(|error| Refusal::Unavailable(error.to_string()))?;
        let answer: UserInfoClaims<PscClaims, CoreGenderClaim> =
            request.request_async(&self.provider.transport).await.map_err(|error| match error {
                UserInfoError::ClaimsVerification(error) => Refusal::TokenInvalid(fault(&error)),
                UserInfoError::Request(error) => Refusal::Unavailable(whole(&error)),
                UserInfoError::Response(status, _, _) => Refusal::Unavailable(format!("userinfo answered {status}")),
                _ => Refusal::TokenInvalid("userinfo"),
            })?;
        let family_name = answer.family_name().and_then(|names| names.get(None)).map(|name| name.as_str());
        let given_name = answer.given_name().and_then(|names| names.get(None)).map(|name| name.as_str());
        claims::caller(family_name, given_name, answer.additional_claims())
    }
}

fn vouched(client: &Client, tokens: &CoreTokenResponse, nonce: &Nonce, now: Moment) -> Result<Vouched, ClaimsVerificationError> {
    let token = tokens.id_token().ok_or_else(|| ClaimsVerificationError::Other("no ID token".to_owned()))?;
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || utc(now));
    let claims = token.claims(&verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let unsigned = |_| ClaimsVerificationError::Other("signature".to_owned());
        let key = token.signing_key(&verifier).map_err(ClaimsVerificationError::SignatureVerification)?;
        let algorithm = token.signing_alg().map_err(|_| ClaimsVerificationError::Other("algorithm".to_owned()))?;
        if AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(unsigned)? != *expected {
            return Err(ClaimsVerificationError::Other("access token".to_owned()));
        }
    }
    Ok(Vouched { subject: claims.subject().clone(), acr: claims.auth_context_ref().map(|acr| acr.as_str().to_owned()) })
}

fn utc(now: Moment) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(now.as_micros()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// What was wrong, without the value that was.
fn fault(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expiry",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::InvalidSubject(_) => "subject",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "other",
    }
}

/// Codes that the provider may send; whatever else it sends is not repeated.
fn known_error(error: &str) -> &'static str {
    const KNOWN: [&str; 9] = [
        "access_denied",
        "login_required",
        "interaction_required",
        "unmet_authentication_requirements",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "server_error",
        "temporarily_unavailable",
    ];
    KNOWN.into_iter().find(|known| *known == error).unwrap_or("another error")
}

/// 256 random bits in hexadecimal: also a PKCE verifier (RFC 7636 4.1 wants 43 to 128 such characters).
fn fresh() -> Result<String, Refusal> {
    let mut bytes = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Refusal::Unavailable("no random numbers".to_owned()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn can_be_spawned<T: Send>(_: T) {}

    #[test]
    fn a_sign_in_can_be_served_by_any_thread() {
        let text = r#"{"issuer":"https://auth.example","client_id":"dmp","client_secret":"s","acr":"eidas1","name":"PSC"}"#;
        let party = RelyingParty::new(serde_json::from_str(text).unwrap(), "https://dmp.example/pro/oidc/callback").unwrap();
        let now = Moment::from_seconds(0);
        can_be_spawned(party.discover(now));
        can_be_spawned(party.start(now));
        can_be_spawned(party.finish(Callback::default(), "", now));
    }
}
