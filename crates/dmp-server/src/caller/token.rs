//! Access tokens of this server: short-lived, one algorithm, one audience, tied to the mode.

use std::sync::Arc;

use dmp_core::access::{Attestation, Caller, CallerKind, Colleague, EMERGENCY_SECONDS, Purpose};
use dmp_core::identity::{PersonName, Profession, StructIdNat, Structure};
use dmp_core::{Mode, Moment};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};

/// Seconds that a token lasts.
pub const TOKEN_SECONDS: i64 = 3_600;

/// What a token says. Named as in SMART and the IUA extension where those have a name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub exp: i64,
    pub iat: i64,
    /// Account of the caller.
    pub sub: String,
    pub mode: Mode,
    pub scope: String,
    /// Registered client that asked for the token.
    pub client_id: String,
    pub kind: CallerKind,
    pub name: Option<PersonName>,
    pub profession: Option<String>,
    pub specialty: Option<String>,
    pub structure_id: Option<String>,
    pub structure_name: Option<String>,
    pub purpose: String,
    pub reason: Option<String>,
    pub unable_to_consent: bool,
    pub immediate_risk: bool,
    pub regulating_physician: bool,
    pub supervised: bool,
    pub secret_connection: bool,
    pub consent_now: bool,
    /// Account of the colleague who collected that consent.
    #[serde(default)]
    pub consent_collected_by: Option<String>,
    pub software: Option<String>,
}

/// A caller with what the token lets them use.
#[derive(Debug, Clone)]
pub struct Grant {
    pub caller: Arc<Caller>,
    pub scope: Arc<str>,
    /// The registered client that got it.
    pub client_id: Arc<str>,
    issued: i64,
    expires: i64,
}

impl Grant {
    /// Whether a token that says so is in force.
    fn is_current(&self, now: Moment) -> bool {
        self.issued <= now.as_seconds() + CLOCK_SKEW_SECONDS && now.as_seconds() < self.expires
    }
}

/// Tokens whose signature was checked, by their hash: software asks many times with one token. Bounded.
const CHECKED_MAX: usize = 10_000;

/// Issues and checks tokens.
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    issuer: String,
    mode: Mode,
    checked: Cache<[u8; 32], Grant>,
}

impl std::fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessTokens(…)")
    }
}

impl AccessTokens {
    /// Tokens under a key derived for this use alone.
    pub fn new(key: &[u8; 32], issuer: &str, mode: Mode) -> Self {
        AccessTokens {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            issuer: issuer.to_owned(),
            mode,
            checked: Cache::new(CHECKED_MAX),
        }
    }

    /// Issues a token for a caller.
    ///
    /// # Errors
    /// The library's own when it cannot sign.
    pub fn issue(&self, caller: &Caller, scope: &str, client_id: &str, now: Moment) -> Result<String, jsonwebtoken::errors::Error> {
        let claims = self.claims(caller, scope, client_id, now);
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
    }

    fn claims(&self, caller: &Caller, scope: &str, client_id: &str, now: Moment) -> Claims {
        let (reason, attested) = match &caller.purpose {
            Purpose::BreakGlass { reason, attested, .. } => (Some(reason.clone()), *attested),
            Purpose::Normal | Purpose::RegulationCentre => (None, Attestation::default()),
        };
        Claims {
            iss: self.issuer.clone(),
            aud: self.issuer.clone(),
            exp: now.as_seconds() + TOKEN_SECONDS,
            iat: now.as_seconds(),
            sub: caller.account.clone(),
            mode: self.mode,
            scope: scope.to_owned(),
            client_id: client_id.to_owned(),
            kind: caller.kind,
            name: caller.name.clone(),
            profession: caller.profession.as_ref().map(Profession::key),
            specialty: caller.specialty.clone(),
            structure_id: caller.structure.as_ref().map(|structure| structure.id.as_str().to_owned()),
            structure_name: caller.structure.as_ref().map(|structure| structure.name.clone()),
            purpose: caller.purpose.code().to_owned(),
            reason,
            unable_to_consent: attested.unable_to_consent,
            immediate_risk: attested.immediate_risk,
            regulating_physician: caller.regulating_physician,
            supervised: caller.supervised,
            secret_connection: caller.secret_connection,
            consent_now: caller.consent_now,
            consent_collected_by: caller.consent_collected_by.as_ref().map(|colleague| colleague.account.clone()),
            software: caller.software.clone(),
        }
    }

    /// Checks a token and gives its caller. `None` for any token that is not ours, of this mode, and current.
    pub fn check(&self, token: &str, now: Moment) -> Option<Grant> {
        let hash = hash_of(token)?;
        let grant = match self.checked.get(&hash) {
            Some(grant) => grant,
            None => {
                let grant = self.verify(token)?;
                self.checked.insert(hash, grant.clone());
                grant
            }
        };
        // SECURITY: time passes between two uses of a token, so it is judged at each.
        grant.is_current(now).then_some(grant)
    }

    /// Checks signature, issuer, audience and mode.
    fn verify(&self, token: &str) -> Option<Grant> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[&self.issuer]);
        validation.set_issuer(&[&self.issuer]);
        // The library reads the machine's clock; expiry is judged by `check`, with the clock of the installation.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation).ok()?.claims;
        if claims.mode != self.mode {
            return None;
        }
        let (scope, client_id) = (Arc::from(claims.scope.as_str()), Arc::from(claims.client_id.as_str()));
        let (issued, expires) = (claims.iat, claims.exp);
        Some(Grant { caller: Arc::new(caller_of(claims)?), scope, client_id, issued, expires })
    }
}

const CLOCK_SKEW_SECONDS: i64 = 60;

fn hash_of(token: &str) -> Option<[u8; 32]> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes()).as_ref().try_into().ok()
}

/// The caller that claims describe. `None` when a claim does not parse: a token is understood whole or not at all.
pub(crate) fn caller_of(claims: Claims) -> Option<Caller> {
    let profession = match claims.profession {
        Some(key) => Some(Profession::parse(&key).ok()?),
        None => None,
    };
    let structure = match (claims.structure_id, claims.structure_name) {
        (Some(id), name) => Some(Structure { id: StructIdNat::parse(&id).ok()?, name: name.unwrap_or_default() }),
        (None, _) => None,
    };
    let attested = Attestation { unable_to_consent: claims.unable_to_consent, immediate_risk: claims.immediate_risk };
    let until = Moment::from_seconds(claims.iat).plus_seconds(EMERGENCY_SECONDS);
    let purpose = match claims.purpose.as_str() {
        "normal" => Purpose::Normal,
        "bris_de_glace" => Purpose::BreakGlass { reason: claims.reason.unwrap_or_default(), attested, until },
        "centre_15" => Purpose::RegulationCentre,
        _ => return None,
    };
    Some(Caller {
        account: claims.sub,
        kind: claims.kind,
        name: claims.name,
        profession,
        specialty: claims.specialty,
        supervised: claims.supervised,
        structure,
        purpose,
        regulating_physician: claims.regulating_physician,
        secret_connection: claims.secret_connection,
        consent_now: claims.consent_now,
        consent_collected_by: claims.consent_collected_by.map(|account| Colleague { account }),
        software: claims.software,
        units: Vec::new(),
        app: None,
    })
}
