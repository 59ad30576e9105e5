//! Apps that a professional launched (SMART App Launch 2.2, EHR launch): what each may read, in whose name, until when.

use dmp_core::access::{AppCaller, AppPass, Caller, Purpose};
use dmp_core::record::{AppName, AppReads, CodeProof, IssuedCode};
use dmp_core::{GrantId, Moment, RecordKey};
use serde::{Deserialize, Serialize};

use crate::{Error, Service};

/// An app works for an hour at most; who works longer launches it again.
const ACCESS_SECONDS: i64 = 3_600;
/// An authorization code lasts so long (RFC 6749 4.1.2 allows ten minutes).
const CODE_SECONDS: i64 = 60;

/// What a professional opened an app for.
#[derive(Debug, Clone)]
pub struct NewPracticeApp {
    pub client_id: String,
    pub name: AppName,
    pub reads: AppReads,
    /// SMART scopes, as the app will hear them.
    pub scope: String,
    /// The record that it was opened on: its context.
    pub record: RecordKey,
    /// Whether it reads that record alone (`patient/…`), or each that the professional may read (`user/…`).
    pub alone: bool,
    pub redirect_uri: String,
    pub challenge: String,
}

/// An access as it stands in the note of its account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Grant {
    id: GrantId,
    client_id: String,
    name: AppName,
    reads: AppReads,
    scope: String,
    record: RecordKey,
    alone: bool,
    code: IssuedCode,
    redeemed: bool,
    since: Moment,
    pub until: Moment,
    /// Who launched it, as JSON: the words of a caller are for formats that name their fields.
    caller: String,
}

/// An app that may ask now.
#[derive(Debug, Clone)]
pub struct PracticeAccess {
    /// The professional, through the app.
    pub caller: Caller,
    pub client_id: String,
    pub scope: String,
    pub record: RecordKey,
    pub until: Moment,
}

/// What an app shows for its first key.
#[derive(Debug, Clone)]
pub struct PracticeProof(pub CodeProof);

/// Why a code gives no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFault {
    /// It never was, is over, or its access ended.
    Over,
    /// It came a second time: the access has ended (RFC 9700).
    UsedTwice,
    OtherClient,
    OtherRedirect,
    WrongVerifier,
}

impl Service {
    /// Lets an app in that a professional launched, in their name. Emergency modes stay theirs: an app gets the normal one.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn allow_practice_app(&self, new: &NewPracticeApp, caller: &Caller) -> Result<GrantId, Error> {
        let (id, now) = (GrantId(self.random.bytes16("practice app")), self.clock.now());
        let named = Caller { purpose: Purpose::Normal, app: None, ..caller.clone() };
        let grant = Grant {
            id,
            client_id: new.client_id.clone(),
            name: new.name.clone(),
            reads: new.reads,
            scope: new.scope.clone(),
            record: new.record,
            alone: new.alone,
            code: IssuedCode { redirect_uri: new.redirect_uri.clone(), challenge: new.challenge.clone(), until: now.plus_seconds(CODE_SECONDS) },
            redeemed: false,
            since: now,
            until: now.plus_seconds(ACCESS_SECONDS),
            caller: serde_json::to_string(&named).map_err(|error| Error::Fault(format!("caller of an app: {error}")))?,
        };
        self.change_practice(&caller.account, |practice| practice.grants.push(grant.clone())).await?;
        Ok(id)
    }

    /// Exchanges a code for an access. Of many who come at once one gets it; a code that comes a second time ends the access.
    ///
    /// # Errors
    /// The inner fault says what does not do. Faults of the store.
    pub async fn redeem_practice_code(&self, account: &str, id: GrantId, proof: &PracticeProof) -> Result<Result<PracticeAccess, CodeFault>, Error> {
        let now = self.clock.now();
        let taken = self.change_practice(account, |practice| {
            let grant = practice.grants.iter_mut().find(|grant| grant.id == id && now < grant.until).ok_or(CodeFault::Over)?;
            let PracticeProof(shown) = proof;
            if grant.client_id != shown.client_id {
                return Err(CodeFault::OtherClient);
            }
            if grant.code.redirect_uri != shown.redirect_uri {
                return Err(CodeFault::OtherRedirect);
            }
            if grant.code.challenge != shown.challenge {
                return Err(CodeFault::WrongVerifier);
            }
            if grant.redeemed {
                practice.grants.retain(|grant| grant.id != id);
                return Err(CodeFault::UsedTwice);
            }
            if grant.code.until <= now {
                return Err(CodeFault::Over);
            }
            grant.redeemed = true;
            Ok(grant.clone())
        });
        let access = match taken.await? {
            Ok(grant) => access(&grant)?,
            Err(fault) => return Ok(Err(fault)),
        };
        // Its coming is in the chain of the professional's account, as each sign-in is.
        self.signed_in(&access.caller).await?;
        Ok(Ok(access))
    }

    /// The access of an app that stands. `None`: it is over or was laid down. No leaf: what it asks for has its own.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn practice_access(&self, account: &str, id: GrantId) -> Result<Option<PracticeAccess>, Error> {
        let (practice, now) = (self.practice_of(account).await?, self.clock.now());
        practice.grants.iter().find(|grant| grant.id == id && grant.redeemed && now < grant.until).map(access).transpose()
    }

    /// An app lays its access down (RFC 7009). What does not stand any more is laid down already.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn lay_practice_app_down(&self, account: &str, id: GrantId, client_id: &str) -> Result<(), Error> {
        self.change_practice(account, |practice| practice.grants.retain(|grant| grant.id != id || grant.client_id != client_id)).await
    }

    /// Ends whatever an account opened: who leaves takes their apps and tickets along.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn end_practice(&self, account: &str) -> Result<(), Error> {
        let practice = self.practice_of(account).await?;
        if practice.tickets.is_empty() && practice.grants.is_empty() {
            return Ok(());
        }
        self.change_practice(account, |practice| *practice = super::Practice::default()).await
    }
}

fn access(grant: &Grant) -> Result<PracticeAccess, Error> {
    let caller: Caller = serde_json::from_str(&grant.caller).map_err(|error| Error::Fault(format!("caller of an app: {error}")))?;
    let pass = AppPass { reads: grant.reads, until: grant.until, only: grant.alone.then_some(grant.record) };
    let app = AppCaller { grant: grant.id, name: grant.name.clone(), since: grant.since, pass: Some(pass) };
    Ok(PracticeAccess {
        caller: Caller { software: Some(grant.name.fr.clone()), app: Some(app), ..caller },
        client_id: grant.client_id.clone(),
        scope: grant.scope.clone(),
        record: grant.record,
        until: grant.until,
    })
}
