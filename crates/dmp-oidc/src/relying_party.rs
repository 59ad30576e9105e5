//! The two halves of a sign-in: sending the browser away, and judging what it brings back
//! (OpenID Connect Core 1.0 section 3.1; PKCE, RFC 7636; `iss`, RFC 9207).

use dmp_core::Moment;
use dmp_core::access::Caller;
use dmp_core::identity::Ins;
use serde::Deserialize;
use url::Url;

use crate::agent::{Agent, Said, agent};
use crate::assurance::Assurance;
use crate::code::{Code, Tokens, challenge};
use crate::id_token::{Expected, IdTokenClaims, Vouched};
use crate::logins::{Login, Logins};
use crate::provider::Provider;
use crate::signed_token::SignedToken;
use crate::transport::Transport;
use crate::{CounterOidcConfig, OidcConfig, Refusal, StructureOidcConfig, userinfo};

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

/// A person, as a provider knows them.
#[derive(Clone)]
pub struct PersonSubject {
    pub issuer: String,
    pub subject: String,
    /// Vouched for by a claim that the configuration trusts.
    pub ins: Option<Ins>,
}

impl std::fmt::Debug for PersonSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonSubject(…)")
    }
}

/// This server, to one provider.
pub struct RelyingParty {
    config: OidcConfig,
    /// Where browsers come back to.
    redirect: String,
    provider: Provider,
    assurance: Assurance,
    logins: Logins,
}

/// The claim by which a structure knows its users, as refusals name it: which one it is stands in the configuration.
const USER_CLAIM: &str = "claim of the user";
/// As long as what it is compared with.
const USER_CLAIM_CHARS_MAX: usize = 200;

impl std::fmt::Debug for RelyingParty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelyingParty").field("config", &self.config).finish_non_exhaustive()
    }
}

impl RelyingParty {
    /// A relying party whose browsers come back to `redirect`. Nothing is sent yet.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn new(config: OidcConfig, redirect: &str) -> Result<Self, String> {
        config.check()?;
        let assurance = Assurance::level(&config.acr);
        Self::judging(config, redirect, assurance)
    }

    /// The same to the provider of a structure.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn of_structure(config: &StructureOidcConfig, redirect: &str) -> Result<Self, String> {
        config.check()?;
        let provider = config.provider();
        provider.check_provider()?;
        Self::judging(provider, redirect, Assurance::of(&config.acr, &config.amr))
    }

    /// The same to the provider of the insurer.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn of_counter(config: &CounterOidcConfig, redirect: &str) -> Result<Self, String> {
        config.check()?;
        Self::of_structure(&config.of_structure(), redirect)
    }

    fn judging(config: OidcConfig, redirect: &str, assurance: Assurance) -> Result<Self, String> {
        Url::parse(redirect).map_err(|error| format!("base URL: {error}"))?;
        let transport = Transport::new(config.ca_file.as_deref()).map_err(|error| format!("ca_file: {error}"))?;
        let provider = Provider::new(config.issuer.clone(), transport).map_err(|error| format!("issuer: {error}"))?;
        Ok(RelyingParty { config, redirect: redirect.to_owned(), provider, assurance, logins: Logins::default() })
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

    /// Begins a login: the authorization request (OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3).
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn start(&self, now: Moment) -> Result<Departure, Refusal> {
        let metadata = self.provider.metadata(now).await?;
        let (state, nonce, verifier, browser) = (fresh()?, fresh()?, fresh()?, fresh()?);
        let mut location = metadata.endpoints.authorization.clone();
        location
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("scope", &self.scope())
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &challenge(&verifier))
            .append_pair("code_challenge_method", "S256");
        if let Some(levels) = self.assurance.acr_values() {
            location.query_pairs_mut().append_pair("acr_values", &levels);
        }
        self.logins.begin(state, Login { browser: browser.clone(), nonce, verifier, began: now });
        Ok(Departure { location: location.into(), browser })
    }

    /// `openid` (OpenID Connect Core 1.0 §3.1.2.1), then what the configuration asks for.
    fn scope(&self) -> String {
        let asked = self.config.scope.split_ascii_whitespace().filter(|scope| *scope != "openid");
        std::iter::once("openid").chain(asked).collect::<Vec<_>>().join(" ")
    }

    /// Ends a login: the professional who signed in, as a caller in normal mode.
    ///
    /// # Errors
    /// Why nobody is signed in. The login is spent in any case.
    pub async fn finish(&self, callback: Callback, browser: &str, now: Moment) -> Result<Caller, Refusal> {
        let (tokens, vouched) = self.arrive(callback, browser, now).await?;
        let metadata = self.provider.metadata(now).await?;
        userinfo::caller(&self.provider.transport, &metadata, &self.config, &tokens.access_token, &vouched.subject).await
    }

    /// Ends a login of a person: who they are to the provider, and their number when the configuration trusts a claim of it. What else the
    /// provider would say is not asked for.
    ///
    /// # Errors
    /// The same.
    pub async fn finish_person(&self, callback: Callback, browser: &str, now: Moment) -> Result<PersonSubject, Refusal> {
        let (tokens, vouched) = self.arrive(callback, browser, now).await?;
        let ins = match &self.config.ins_claim {
            Some(claim) => {
                let metadata = self.provider.metadata(now).await?;
                userinfo::number(&self.provider.transport, &metadata, &self.config, &tokens.access_token, &vouched.subject, claim).await?
            }
            None => None,
        };
        Ok(PersonSubject { issuer: self.config.issuer.clone(), subject: vouched.subject, ins })
    }

    /// Ends a login of a user of a structure: what the provider says under the claim by which its directory knows them, and nothing else of them.
    /// The ID token is asked before the userinfo.
    ///
    /// # Errors
    /// The same.
    pub async fn finish_user(&self, callback: Callback, browser: &str, claim: &str, now: Moment) -> Result<String, Refusal> {
        let (tokens, vouched) = self.arrive(callback, browser, now).await?;
        if claim == "sub" {
            return user_claim(&vouched.subject.into());
        }
        if let Some(value) = vouched.others.get(claim) {
            return user_claim(value);
        }
        let metadata = self.provider.metadata(now).await?;
        let said = userinfo::said(&self.provider.transport, &metadata, &self.config, &tokens.access_token, &vouched.subject, claim).await?;
        user_claim(&said.ok_or(Refusal::ClaimMissing(USER_CLAIM))?)
    }

    /// Ends a login of an agent of the insurer: `None` when the provider does not say that they are one.
    ///
    /// # Errors
    /// The same.
    pub async fn finish_agent(&self, callback: Callback, browser: &str, counter: &CounterOidcConfig, now: Moment) -> Result<Option<Agent>, Refusal> {
        let (tokens, vouched) = self.arrive(callback, browser, now).await?;
        let metadata = self.provider.metadata(now).await?;
        let userinfo = userinfo::claims_of(&self.provider.transport, &metadata, &self.config, &tokens.access_token, &vouched.subject).await?;
        agent(counter, &Said { subject: vouched.subject, token: vouched.others, userinfo })
    }

    /// The provider, as it names itself.
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    async fn arrive(&self, callback: Callback, browser: &str, now: Moment) -> Result<(Tokens, Vouched), Refusal> {
        let state = callback.state.as_deref().unwrap_or_default();
        let login = self.logins.end(state, browser, now).ok_or(Refusal::UnknownLogin)?;
        // SECURITY: an answer is of whom it says, and of a provider that always says it an answer that does not is none (RFC 9207 §2.4).
        let metadata = self.provider.metadata(now).await?;
        if callback.iss.as_ref().map_or(metadata.endpoints.says_issuer, |issuer| *issuer != self.config.issuer) {
            return Err(Refusal::TokenInvalid("issuer"));
        }
        if let Some(error) = &callback.error {
            return Err(Refusal::Denied(known_error(error)));
        }
        let code = callback.code.ok_or(Refusal::Denied("no code"))?;
        let code = Code { code: &code, verifier: &login.verifier, redirect: &self.redirect };
        let tokens = code.exchange(&self.provider.transport, &metadata.endpoints, &self.config).await?;
        let vouched = self.verify(&tokens, &login.nonce, now).await?;
        self.assurance.judge(&vouched)?;
        Ok((tokens, vouched))
    }

    /// Signature and claims of the ID token (OpenID Connect Core 1.0 §3.1.3.7), with the keys read anew when the token's key is not
    /// among those known (§10.1.1).
    async fn verify(&self, tokens: &Tokens, nonce: &str, now: Moment) -> Result<Vouched, Refusal> {
        let token = SignedToken::read(tokens.id_token.as_deref().ok_or(Refusal::TokenInvalid("missing"))?)?;
        let mut metadata = self.provider.metadata(now).await?;
        if !token.may_be_of(&metadata.keys) {
            metadata = self.provider.metadata_again(now).await?;
        }
        let claims: IdTokenClaims = token.claims(&metadata.keys)?;
        claims.judge(&Expected {
            issuer: &self.config.issuer,
            client_id: &self.config.client_id,
            nonce,
            access_token: &tokens.access_token,
            algorithm: token.algorithm,
            now,
        })
    }
}

/// A claim as the text that a directory holds; directories number people too.
pub(crate) fn user_claim(value: &serde_json::Value) -> Result<String, Refusal> {
    let text = match value {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Number(number) if number.is_u64() => number.to_string(),
        _ => return Err(Refusal::ClaimUnreadable(USER_CLAIM)),
    };
    if text.is_empty() || text.chars().count() > USER_CLAIM_CHARS_MAX { Err(Refusal::ClaimUnreadable(USER_CLAIM)) } else { Ok(text) }
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
