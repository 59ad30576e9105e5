//! What an account may come in as: itself, or who acts for somebody. Where it gets to is asked of the law again by each page.

use dmp_core::RecordKey;
use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::account::Means;
use dmp_core::audit::Leaf;
use dmp_core::identity::Ins;

use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

/// One way in: as whom, to whose record.
#[derive(Debug, Clone)]
pub struct Quality {
    pub caller: Caller,
    /// Whose record it is.
    pub person: Option<Ins>,
    /// Name of that person, as shown.
    pub shown: String,
    /// The record; `None`: there is none yet.
    pub record: Option<RecordKey>,
}

impl Service {
    /// The ways in of an account: itself first, then whom it acts for, as their records say now.
    ///
    /// # Errors
    /// A fault of the store; [`Error::NotFound`] for an account that has no means.
    pub async fn qualities(&self, account: &str) -> Result<Vec<Quality>, Error> {
        let credentials = self.credentials(account).await?.ok_or(Error::NotFound("means-not-found"))?;
        let own = match &credentials.ins {
            Some(ins) => self.find_record(&PersonRef::Ins(ins.clone())).await?,
            None => None,
        };
        let name = own.as_ref().map_or(credentials.name.clone(), |record| record.head.traits.shown_name().clone());
        let caller = Caller { name: Some(name.clone()), ..Caller::bare(account.to_owned(), CallerKind::Patient) };
        let own_way =
            Quality { caller: caller.clone(), person: credentials.ins.clone(), shown: name.display(), record: own.map(|record| record.key) };
        let mut ways = vec![own_way];
        for one in self.acts_for(&caller).await?.into_iter().filter(|one| one.may_act) {
            let caller = Caller { name: Some(name.clone()), ..Caller::bare(account.to_owned(), one.kind()) };
            let shown = one.record.head.traits.shown_name().display();
            ways.push(Quality { caller, person: Some(one.record.head.ins.clone()), shown, record: Some(one.record.key) });
        }
        Ok(ways)
    }

    /// Remembers in the account's own chain that it signed in, and by what.
    ///
    /// # Errors
    /// A fault of the store: without a leaf nobody is signed in.
    pub async fn signed_in_by(&self, caller: &Caller, means: Means) -> Result<(), Error> {
        let asked = Asked { act: Act::CheckAccess, caller, now: self.clock.now() };
        let leaf = Leaf { about: Some(means.code().to_owned()), ..self.bare_leaf(&asked, Vec::new()) };
        self.store.append_account_leaf(&caller.account, leaf).await?;
        Ok(())
    }
}
