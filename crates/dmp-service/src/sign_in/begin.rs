//! The means with which somebody begins who has just proved who they are.

use dmp_core::account::{Identifier, VerifiedMail};
use dmp_store::NoteKind;

use super::change::Myself;
use crate::{Error, Service};

impl Service {
    /// Gives an account the identifier that its person has chosen, and the address at which they have read a code.
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
}
