//! What is kept of an account beside a record, forgotten with the record: the codes of its opening, and how its person signs in.

use dmp_core::access::{Caller, CallerKind};
use dmp_core::account::Credentials;
use dmp_core::identity::Ins;
use dmp_store::NoteKind;

use super::{passkeys, subject};
use crate::{Error, PersonRef, Service};

impl Service {
    /// Forgets a person whose record is destroyed and whose number leads nowhere any more. Who acts for somebody else keeps their means: they
    /// are a child's parent or a helper still. Done twice it does no harm; the means themselves go last, so that what is broken off is finished.
    pub(crate) async fn forget_person(&self, ins: &Ins) -> Result<(), Error> {
        if self.find_record(&PersonRef::Ins(ins.clone())).await?.is_some() {
            return Ok(());
        }
        let account = ins.account();
        self.forget(NoteKind::OpeningCode, &account).await?;
        let Some(means) = self.credentials(&account).await? else { return Ok(()) };
        let person = Caller { name: Some(means.name.clone()), ..Caller::bare(account.clone(), CallerKind::Patient) };
        if self.acts_for(&person).await?.iter().any(|one| one.may_act || one.may_answer) {
            return Ok(());
        }
        self.forget_means(&means).await
    }

    async fn forget_means(&self, means: &Credentials) -> Result<(), Error> {
        if let Some(identifier) = &means.identifier {
            self.forget(NoteKind::SignInIdentifier, identifier.as_str()).await?;
        }
        for passkey in &means.passkeys {
            self.forget(NoteKind::SignInPasskey, &passkeys::handle(&passkey.id)).await?;
        }
        for one in &means.subjects {
            self.forget(NoteKind::SignInSubject, &subject::handle(&one.issuer, &one.subject)).await?;
        }
        self.forget(NoteKind::SignInStarts, &means.account).await?;
        self.forget(NoteKind::SignInAccount, &means.account).await
    }
}
