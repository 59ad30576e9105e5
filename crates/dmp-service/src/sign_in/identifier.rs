//! The word under which an account signs in: each is one account's.

use dmp_core::Moment;
use dmp_core::account::{Credentials, Identifier, VerifiedMail};
use dmp_store::NoteKind;

use super::change::Myself;
use crate::{Error, Service};

impl Service {
    /// Chooses an identifier, or another one.
    ///
    /// # Errors
    /// [`Error::Conflict`] `identifier-taken`; refusals of the law.
    pub async fn choose_identifier(&self, myself: &Myself, identifier: &Identifier) -> Result<(), Error> {
        self.begin_means(myself, identifier, |_, _| Ok(())).await
    }

    /// Gives an account that has no means yet the identifier that its person has chosen, and the address at which they have read a code, when
    /// there is one. An account that has this identifier already keeps its means as they are.
    ///
    /// # Errors
    /// [`Error::Conflict`] `identifier-taken`; `means-exist` for an account that has other means; refusals of the law.
    pub(crate) async fn first_means(&self, myself: &Myself, identifier: &Identifier, mail: Option<&str>) -> Result<(), Error> {
        let with_mail = |next: &mut Credentials, now: Moment| {
            // The same form, sent twice: the other one was faster.
            if next.identifier.as_ref() == Some(identifier) {
                return Ok(());
            }
            if !next.means().is_empty() {
                return Err(Error::Conflict("means-exist"));
            }
            next.mail = mail.map(|address| VerifiedMail { address: address.to_owned(), at: now });
            Ok(())
        };
        self.begin_means(myself, identifier, with_mail).await
    }

    /// Claims an identifier and puts it into the means, with what else changes.
    async fn begin_means(
        &self,
        myself: &Myself,
        identifier: &Identifier,
        more: impl Fn(&mut Credentials, Moment) -> Result<(), Error> + Send + Sync,
    ) -> Result<(), Error> {
        let before = self.credentials(myself.account()).await?.and_then(|one| one.identifier);
        if before.as_ref() == Some(identifier) {
            return Ok(());
        }
        if !self.claim_identifier(identifier, myself.account()).await? {
            return Err(Error::Conflict("identifier-taken"));
        }
        let changed = self.change_means(myself, |next, now| {
            more(next, now)?;
            next.identifier = Some(identifier.clone());
            Ok(())
        });
        let (kept, let_go) = match changed.await {
            Ok(_) => (Ok(()), before),
            Err(error) => (Err(error), Some(identifier.clone())),
        };
        if let Some(free) = let_go {
            self.let_go_of(&free, myself.account()).await?;
        }
        kept
    }

    /// Makes a word free for others, unless the account signs in by it: another form of its own may have taken it meanwhile.
    async fn let_go_of(&self, identifier: &Identifier, account: &str) -> Result<(), Error> {
        let held = self.credentials(account).await?.and_then(|one| one.identifier);
        if held.as_ref() == Some(identifier) {
            return Ok(());
        }
        self.forget(NoteKind::SignInIdentifier, identifier.as_str()).await
    }

    /// Takes an identifier for an account; `false`: it is another one's. One that it took before and did not use is its own.
    pub(super) async fn claim_identifier(&self, identifier: &Identifier, account: &str) -> Result<bool, Error> {
        if self.put(NoteKind::SignInIdentifier, identifier.as_str(), None, &account).await?.is_some() {
            return Ok(true);
        }
        let holder: Option<String> = self.seen(NoteKind::SignInIdentifier, identifier.as_str()).await?.map(|seen| seen.value);
        Ok(holder.as_deref() == Some(account))
    }

    /// Takes a fresh identifier for an account.
    pub(super) async fn given_identifier(&self, account: &str) -> Result<Identifier, Error> {
        for attempt in 0..GIVEN_TRIES {
            let identifier = Identifier::given(&self.random.bytes16(&format!("identifier {attempt} {account}")));
            if self.claim_identifier(&identifier, account).await? {
                return Ok(identifier);
            }
        }
        Err(Error::Busy)
    }
}

/// Of 30⁸ words, finding so many taken in a row means that something else is wrong.
const GIVEN_TRIES: usize = 8;
