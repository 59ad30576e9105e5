//! Somebody at an identity provider: linked to an account once it is proved by another means, or by a number that the provider vouches for.

use dmp_core::account::LinkedSubject;
use dmp_core::identity::Ins;
use dmp_store::NoteKind;

use super::change::Myself;
use crate::{Error, PersonRef, Service};

/// Under what the account of somebody at a provider is found.
pub(super) fn handle(issuer: &str, subject: &str) -> String {
    format!("{issuer}\n{subject}")
}

impl Service {
    /// The account that somebody at a provider is linked to.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn subject_holder(&self, issuer: &str, subject: &str) -> Result<Option<String>, Error> {
        let account: Option<String> = self.seen(NoteKind::SignInSubject, &handle(issuer, subject)).await?.map(|seen| seen.value);
        let Some(account) = account else { return Ok(None) };
        let links = |one: &LinkedSubject| one.issuer == issuer && one.subject == subject;
        Ok(self.credentials(&account).await?.filter(|one| one.subjects.iter().any(links)).map(|one| one.account))
    }

    /// The person whose number a trusted provider vouches for, as who changes their own means: they have a record here, or an account.
    ///
    /// # Errors
    /// A fault of the store; [`Error::Invalid`] for a number of the other mode.
    pub async fn vouched_person(&self, ins: &Ins) -> Result<Option<Myself>, Error> {
        let record = self.find_record(&PersonRef::Ins(ins.clone())).await?;
        let name = match record {
            Some(record) => Some(record.head.traits.shown_name().clone()),
            None => self.credentials(&ins.account()).await?.map(|one| one.name),
        };
        let Some(name) = name else { return Ok(None) };
        let caller = dmp_core::access::Caller::bare(ins.account(), dmp_core::access::CallerKind::Patient);
        Ok(Some(Myself::of(&dmp_core::access::Caller { name: Some(name), ..caller })?))
    }

    /// Links somebody at a provider; one a provider.
    ///
    /// # Errors
    /// [`Error::Conflict`] `subject-taken`; refusals of the law.
    pub async fn link_subject(&self, myself: &Myself, issuer: &str, subject: &str) -> Result<(), Error> {
        let handle = handle(issuer, subject);
        if self.put(NoteKind::SignInSubject, &handle, None, &myself.account()).await?.is_none() {
            match self.subject_holder(issuer, subject).await? {
                Some(account) if account == myself.account() => return Ok(()),
                Some(_) => return Err(Error::Conflict("subject-taken")),
                // Taken and never used, by a program that ended meanwhile.
                None => {
                    self.forget(NoteKind::SignInSubject, &handle).await?;
                    return Err(Error::Busy);
                }
            }
        }
        let before = self.credentials(myself.account()).await?.and_then(|one| one.subjects.into_iter().find(|one| one.issuer == issuer));
        let linked = self.change_means(myself, |next, now| {
            next.link(LinkedSubject { issuer: issuer.to_owned(), subject: subject.to_owned(), at: now });
            Ok(())
        });
        if let Err(error) = linked.await {
            self.forget(NoteKind::SignInSubject, &handle).await?;
            return Err(error);
        }
        if let Some(before) = before {
            self.forget(NoteKind::SignInSubject, &self::handle(issuer, &before.subject)).await?;
        }
        Ok(())
    }

    /// Takes a link away.
    ///
    /// # Errors
    /// [`Error::Conflict`] `last-means`; [`Error::NotFound`] `means-not-found`; refusals of the law.
    pub async fn unlink_subject(&self, myself: &Myself, issuer: &str) -> Result<(), Error> {
        let before = self.credentials(myself.account()).await?.and_then(|one| one.subjects.into_iter().find(|one| one.issuer == issuer));
        self.change_means(myself, |next, _| Ok(next.unlink(issuer)?)).await?;
        match before {
            Some(before) => self.forget(NoteKind::SignInSubject, &handle(issuer, &before.subject)).await,
            None => Ok(()),
        }
    }
}
