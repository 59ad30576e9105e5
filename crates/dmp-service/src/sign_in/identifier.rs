//! The word under which an account signs in: each is one account's.

use dmp_core::account::{Identifier, VerifiedMail};
use dmp_store::NoteKind;

use super::change::Myself;
use crate::{Error, Service};

impl Service {
    /// Chooses an identifier, or another one.
    ///
    /// # Errors
    /// [`Error::Conflict`] `identifier-taken`; refusals of the law.
    pub async fn choose_identifier(&self, myself: &Myself, identifier: &Identifier) -> Result<(), Error> {
        self.begin_means(myself, identifier, None).await
    }

    /// Gives an account the identifier that its person has chosen, and the address at which they have read a code, when there is one. An
    /// account that has this identifier already keeps its means as they are.
    ///
    /// # Errors
    /// [`Error::Conflict`] `identifier-taken`; refusals of the law.
    pub(crate) async fn begin_means(&self, myself: &Myself, identifier: &Identifier, mail: Option<&str>) -> Result<(), Error> {
        let before = self.credentials(myself.account()).await?.and_then(|one| one.identifier);
        if before.as_ref() == Some(identifier) {
            return Ok(());
        }
        if !self.claim_identifier(identifier, myself.account()).await? {
            return Err(Error::Conflict("identifier-taken"));
        }
        let changed = self.change_means(myself, |next, now| {
            next.identifier = Some(identifier.clone());
            if let Some(address) = mail {
                next.mail = Some(VerifiedMail { address: address.to_owned(), at: now });
            }
            Ok(())
        });
        let (kept, let_go) = match changed.await {
            Ok(_) => (Ok(()), before),
            Err(error) => (Err(error), Some(identifier.clone())),
        };
        if let Some(free) = let_go {
            self.forget(NoteKind::SignInIdentifier, free.as_str()).await?;
        }
        kept
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
