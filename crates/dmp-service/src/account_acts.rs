//! Acts that concern no record: signing in.

use dmp_core::access::{Act, Caller};

use crate::judge::Asked;
use crate::{Error, Service};

impl Service {
    /// Remembers in the account's own chain that it signed in.
    ///
    /// # Errors
    /// A fault of the store: without a leaf nobody is signed in.
    pub async fn signed_in(&self, caller: &Caller) -> Result<(), Error> {
        let asked = Asked { act: Act::CheckAccess, caller, now: self.clock.now() };
        self.store.append_account_leaf(&caller.account, self.bare_leaf(&asked, Vec::new())).await?;
        Ok(())
    }
}
