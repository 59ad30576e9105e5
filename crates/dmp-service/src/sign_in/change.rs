//! Changing one's own means: judged, told to the person, then put.
//!
//! The leaf and the notice come first, in one commit of the record (or, without a record, the leaf in the chain of the account and a mail to
//! the address that is known), then the means. A program that ends in between has told of a change that was not made; none is ever made untold.

use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind, Facts};
use dmp_core::account::Credentials;
use dmp_core::identity::{Ins, PersonName};
use dmp_core::record::{CodePurpose, Language, NoticeKind};
use dmp_store::NoteKind;

use super::notes::Seen;
use crate::head_act::{About, tell};
use crate::judge::{Asked, STALE_RETRIES};
use crate::{CodeMail, Error, PersonRef, Service};

/// Who changes their own means: the account that is signed in, in whatever quality, as itself.
#[derive(Debug, Clone)]
pub struct Myself {
    caller: Caller,
    /// What they read.
    language: Language,
}

impl Myself {
    /// The account of a caller. One's means are one's own: also who signed in as a child's parent asks here in their own name.
    ///
    /// # Errors
    /// [`Error::NotFound`] for whoever is no person.
    pub fn of(caller: &Caller) -> Result<Self, Error> {
        if !caller.kind.is_on_the_persons_side() {
            return Err(Error::NotFound("means-not-found"));
        }
        let plain = Caller::bare(caller.account.clone(), CallerKind::Patient);
        let caller = Caller { name: caller.name.clone(), software: caller.software.clone(), ..plain };
        Ok(Myself { caller, language: Language::French })
    }

    /// The same, told of a change in another language.
    #[must_use]
    pub fn reading(self, language: Language) -> Self {
        Myself { language, ..self }
    }

    /// The account.
    pub fn account(&self) -> &str {
        &self.caller.account
    }

    pub(super) fn name(&self) -> PersonName {
        self.caller.name.clone().unwrap_or_default()
    }
}

impl Service {
    /// Changes the means of an account. `edit` says what cannot be done before anything is told.
    pub(super) async fn change_means(
        &self,
        myself: &Myself,
        edit: impl Fn(&mut Credentials, Moment) -> Result<(), Error> + Send + Sync,
    ) -> Result<Credentials, Error> {
        let mut told = false;
        for _ in 0..STALE_RETRIES {
            let now = self.clock.now();
            let seen = self.means_of(myself.account(), &myself.name()).await?;
            let mut next = seen.value;
            let known = next.mail.clone();
            edit(&mut next, now)?;
            if !told {
                self.tell_of_change(myself, known.map(|mail| mail.address)).await?;
                told = true;
            }
            if self.put(NoteKind::SignInAccount, myself.account(), seen.version, &next).await?.is_some() {
                return Ok(next);
            }
        }
        Err(Error::Busy)
    }

    /// The means of an account, or those of one that never had any.
    pub(super) async fn means_of(&self, account: &str, name: &PersonName) -> Result<Means, Error> {
        Ok(match self.seen::<Credentials>(NoteKind::SignInAccount, account).await? {
            Some(Seen { version, value }) => Means { version: Some(version), value },
            None => {
                let user = self.random.bytes16(&format!("passkey user {account}"));
                let ins = self.number_of(account).await?;
                Means { version: None, value: Credentials::new(account.to_owned(), ins, name.clone(), user) }
            }
        })
    }

    /// The number behind an account: the one that leads to a record before any other. `None` for an account of a demonstration without one.
    pub(super) async fn number_of(&self, account: &str) -> Result<Option<Ins>, Error> {
        let mut first = None;
        for ins in Ins::of_account(account, self.config.mode).collect::<Vec<_>>() {
            if self.find_record(&PersonRef::Ins(ins.clone())).await?.is_some() {
                return Ok(Some(ins));
            }
            first = first.or(Some(ins));
        }
        Ok(first)
    }

    /// `known`: the address at which the person read codes until now.
    async fn tell_of_change(&self, myself: &Myself, known: Option<String>) -> Result<(), Error> {
        let (act, caller) = (Act::ChangeCredentials, &myself.caller);
        let ins = self.number_of(myself.account()).await?;
        if let Some(person) = ins.clone().map(PersonRef::Ins)
            && self.find_record(&person).await?.is_some()
        {
            let notice = NoticeKind::CredentialsChanged;
            self.change_head(act, &person, caller, About::default(), |head, now| {
                tell(head, notice, caller, now);
                Ok(())
            })
            .await?;
            return Ok(());
        }
        let asked = Asked { act, caller, now: self.clock.now() };
        let decision = self.ask(&asked, &Facts::without_record(self.config.regime).of_their_own());
        if let Some(reason) = decision.reason() {
            self.refuse_without_record(&asked, reason).await?;
            return Err(Error::Forbidden(reason));
        }
        let rules = decision.rules().iter().map(|name| (*name).to_owned()).collect();
        self.store.append_account_leaf(myself.account(), self.bare_leaf(&asked, rules)).await?;
        self.mail_of_change(known, myself.language).await
    }

    /// Tells somebody without an inbox by mail: nobody changes their means in silence.
    ///
    /// # Errors
    /// [`Error::Busy`] when the mail is not taken: the change is not made then.
    pub(super) async fn mail_of_change(&self, known: Option<String>, language: Language) -> Result<(), Error> {
        let (Some(mailer), Some(to)) = (&self.mailer, known) else { return Ok(()) };
        let now = self.clock.now();
        let mail = CodeMail { to, purpose: CodePurpose::MeansChanged, code: String::new(), sent_at: now, valid_until: now, language };
        mailer.send(mail).await.map_err(|_| Error::Busy)
    }
}

/// Means with the version that they were seen in; `None`: of nothing.
pub(super) struct Means {
    pub version: Option<u64>,
    pub value: Credentials,
}
