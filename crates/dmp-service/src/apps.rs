//! Apps of the person: letting one in, its keys, and its end. What stands is in the record's head, so that several programs on one store agree and
//! a code or a refresh token is good once.

use std::sync::Arc;

use dmp_core::access::{Act, AppCaller, Caller};
use dmp_core::audit::Chain;
use dmp_core::identity::PersonName;
use dmp_core::record::{AppGrant, AppName, AppReads, CodeProof, GivenBy, GrantEnd, Head, IssuedCode, KeyRefusal, NoticeKind, Record};
use dmp_core::{GrantId, Moment, RecordKey};

use crate::head_act::{About, tell};
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// What the person agreed to.
#[derive(Debug, Clone)]
pub struct NewGrant {
    pub client_id: String,
    pub name: AppName,
    pub publisher: String,
    pub reads: AppReads,
    /// SMART scopes, as the app will hear them.
    pub scope: String,
    /// Whether the app may come back without the person.
    pub comes_back: bool,
    /// Seconds that the consent lasts.
    pub seconds: i64,
    /// Where the app waits for its code.
    pub redirect_uri: String,
    /// What its verifier must hash to (RFC 7636).
    pub challenge: String,
}

/// What an app shows for a key.
#[derive(Debug, Clone)]
pub enum AppProof {
    Code(CodeProof),
    Refresh { client_id: String, number: u32 },
}

/// An app that may ask now.
#[derive(Debug, Clone)]
pub struct AppAccess {
    pub caller: Caller,
    pub grant: AppGrant,
}

/// What an app read, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AppUse {
    pub readings: u32,
    pub last: Option<Moment>,
}

/// An authorization code lasts so long (RFC 6749 4.1.2 allows ten minutes).
const CODE_SECONDS: i64 = 60;
/// Leaves of one account looked at to count what its apps read.
const LEAVES_LOOKED_AT: u32 = 500;

impl Service {
    /// Lets an app in, and tells the person.
    ///
    /// # Errors
    /// [`Error::Conflict`] `too-many-apps`; refusals of the law.
    pub async fn allow_app(&self, person: &PersonRef, new: &NewGrant, caller: &Caller) -> Result<GrantId, Error> {
        let id = GrantId(self.random.bytes16("app grant"));
        let about = About { words: Some(&new.name.fr), ..About::default() };
        self.change_head(Act::AllowApp, person, caller, about, |head, now| {
            head.allow_app(granted(id, new, caller, now), now)?;
            tell(head, NoticeKind::AppAllowed, caller, now);
            Ok(())
        })
        .await?;
        Ok(id)
    }

    /// Takes the access of an app back, at once: each of its requests looks whether it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] `app-not-found`; refusals of the law.
    pub async fn withdraw_app(&self, person: &PersonRef, id: GrantId, caller: &Caller) -> Result<Head, Error> {
        let known = self.find_record(person).await?;
        let name = known.as_ref().and_then(|record| record.head.app(id)).map(|grant| grant.name.fr.clone());
        let about = About { words: name.as_deref(), ..About::default() };
        self.change_head(Act::WithdrawApp, person, caller, about, |head, now| Ok(head.end_app(id, GrantEnd::Withdrawn, now)?)).await
    }

    /// The app of a grant that stands. `None`: it is over, taken back, or was never given. No leaf: the acts that it asks for have theirs.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn app_access(&self, key: RecordKey, id: GrantId) -> Result<Option<AppAccess>, Error> {
        let Some(record) = self.load(key).await? else { return Ok(None) };
        let standing = record.head.app(id).filter(|grant| grant.stands(self.clock.now()));
        Ok(standing.map(|grant| AppAccess { caller: caller_of(grant), grant: grant.clone() }))
    }

    /// Gives an app its next key against a code or a refresh token. What comes a second time ends the grant, and the person is told.
    ///
    /// # Errors
    /// The inner refusal says that the proof does not do; refusals of the law.
    pub async fn connect_app(&self, key: RecordKey, id: GrantId, proof: &AppProof) -> Result<Result<AppGrant, KeyRefusal>, Error> {
        judged_again_when_stale!(self.connect_once(key, id, proof).await)
    }

    async fn connect_once(&self, key: RecordKey, id: GrantId, proof: &AppProof) -> Result<Result<AppGrant, KeyRefusal>, Error> {
        let Some(record) = self.load(key).await? else { return Ok(Err(KeyRefusal::Wrong)) };
        let Some(grant) = record.head.app(id) else { return Ok(Err(KeyRefusal::Wrong)) };
        let now = self.clock.now();
        let mut next = grant.clone();
        let taken = match proof {
            AppProof::Code(proof) => next.redeem(proof, now),
            AppProof::Refresh { client_id, number } => next.refresh(client_id, *number, now),
        };
        match taken {
            Ok(()) => {
                let caller = caller_of(grant);
                let asked = Asked { act: Act::ConnectApp, caller: &caller, now };
                self.change_loaded(&record, &asked, About::default(), |head, _| put(head, &next)).await?;
                Ok(Ok(next))
            }
            Err(KeyRefusal::UsedTwice) => {
                self.end_by_app(&record, grant, GrantEnd::UsedTwice).await?;
                Ok(Err(KeyRefusal::UsedTwice))
            }
            Err(KeyRefusal::Wrong) => Ok(Err(KeyRefusal::Wrong)),
        }
    }

    /// An app lays its own access down (RFC 7009). What does not stand any more is laid down already.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn lay_app_down(&self, key: RecordKey, id: GrantId, client_id: &str) -> Result<(), Error> {
        judged_again_when_stale!(self.lay_down_once(key, id, client_id).await)
    }

    async fn lay_down_once(&self, key: RecordKey, id: GrantId, client_id: &str) -> Result<(), Error> {
        let Some(record) = self.load(key).await? else { return Ok(()) };
        let standing = record.head.app(id).filter(|grant| grant.client_id == client_id && grant.stands(self.clock.now()));
        match standing {
            Some(grant) => self.end_by_app(&record, grant, GrantEnd::LaidDown).await,
            None => Ok(()),
        }
    }

    async fn end_by_app(&self, record: &Arc<Record>, grant: &AppGrant, why: GrantEnd) -> Result<(), Error> {
        let caller = caller_of(grant);
        let asked = Asked { act: Act::WithdrawApp, caller: &caller, now: self.clock.now() };
        let about = About { words: Some(&grant.name.fr), reason: Some(why.code()), ..About::default() };
        self.change_loaded(record, &asked, about, |head, now| {
            head.end_app(grant.id, why, now)?;
            if why == GrantEnd::UsedTwice {
                tell(head, NoticeKind::AppStopped, &caller, now);
            }
            Ok(())
        })
        .await?;
        Ok(())
    }

    /// How often each app of a record read lately, for its page: counted in the journal of whoever may read that. No leaf: it shows nothing that
    /// the page's own reading did not.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn app_uses(&self, record: &Record, caller: &Caller) -> Result<Vec<(GrantId, AppUse)>, Error> {
        if !self.would_permit(Act::ReadJournal, record, None, caller) {
            return Ok(Vec::new());
        }
        let mut accounts: Vec<&str> = record.head.apps.iter().map(|grant| grant.given_by.account.as_str()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let mut uses: Vec<(GrantId, AppUse)> = record.head.apps.iter().map(|grant| (grant.id, AppUse::default())).collect();
        for account in accounts {
            for kept in self.store.leaves_of(record.key, Chain::Main, account, LEAVES_LOOKED_AT).await? {
                let leaf = &kept.leaf;
                let by = leaf.caller.app.as_ref().filter(|_| leaf.act.is_reading() && leaf.outcome == dmp_core::audit::Outcome::Done);
                let Some(app) = by else { continue };
                let Some((_, used)) = uses.iter_mut().find(|(id, _)| *id == app.grant) else { continue };
                used.readings += 1;
                used.last = used.last.max(Some(leaf.at));
            }
        }
        Ok(uses)
    }
}

fn granted(id: GrantId, new: &NewGrant, caller: &Caller, now: Moment) -> AppGrant {
    AppGrant {
        id,
        client_id: new.client_id.clone(),
        name: new.name.clone(),
        publisher: new.publisher.clone(),
        given_by: GivenBy { account: caller.account.clone(), kind: caller.kind, name: caller.shown_name() },
        reads: new.reads,
        scope: new.scope.clone(),
        comes_back: new.comes_back,
        since: now,
        until: now.plus_seconds(new.seconds),
        last_used: None,
        code: IssuedCode { redirect_uri: new.redirect_uri.clone(), challenge: new.challenge.clone(), until: now.plus_seconds(CODE_SECONDS) },
        keys: 0,
        end: None,
    }
}

fn put(head: &mut Head, next: &AppGrant) -> Result<(), Error> {
    let kept = head.apps.iter_mut().find(|grant| grant.id == next.id).ok_or(Error::NotFound("app-not-found"))?;
    *kept = next.clone();
    Ok(())
}

/// Who asks when an app does: whoever let it in, through it.
fn caller_of(grant: &AppGrant) -> Caller {
    let app = AppCaller { grant: grant.id, name: grant.name.clone(), since: grant.since, pass: None };
    Caller {
        name: Some(PersonName::new("", &grant.given_by.name)),
        software: Some(grant.name.fr.clone()),
        app: Some(app),
        ..Caller::bare(grant.given_by.account.clone(), grant.given_by.kind)
    }
}
