//! Passkeys of an account. The signatures are judged before, by who speaks with the browser (`dmp-passkey`).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::account::{Credentials, Passkey};
use dmp_store::NoteKind;

use super::change::Myself;
use crate::judge::STALE_RETRIES;
use crate::{Error, Service};

/// Under what the holder of a passkey is found.
pub(super) fn handle(id: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

impl Service {
    /// The account of a passkey, with its means.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn passkey_holder(&self, id: &[u8]) -> Result<Option<Credentials>, Error> {
        let account: Option<String> = self.seen(NoteKind::SignInPasskey, &handle(id)).await?.map(|seen| seen.value);
        let Some(account) = account else { return Ok(None) };
        Ok(self.credentials(&account).await?.filter(|one| one.passkeys.iter().any(|passkey| passkey.id == id)))
    }

    /// What a browser is to know an account by, before a passkey is made in it.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn passkey_user(&self, myself: &Myself) -> Result<Credentials, Error> {
        let seen = self.means_of(myself.account(), &myself.name()).await?;
        // Kept, so that every passkey of the account knows it by the same word.
        if seen.version.is_none() && self.put(NoteKind::SignInAccount, myself.account(), None, &seen.value).await?.is_none() {
            return self.credentials(myself.account()).await?.ok_or(Error::Busy);
        }
        Ok(seen.value)
    }

    /// Adds a passkey.
    ///
    /// # Errors
    /// [`Error::Conflict`] `passkey-exists`, `too-many-passkeys`; refusals of the law.
    pub async fn add_passkey(&self, myself: &Myself, passkey: &Passkey) -> Result<(), Error> {
        let account = myself.account();
        if self.put(NoteKind::SignInPasskey, &handle(&passkey.id), None, &account).await?.is_none()
            && self.passkey_holder(&passkey.id).await?.is_some()
        {
            return Err(Error::Conflict("passkey-exists"));
        }
        let added = self.change_means(myself, |next, _| Ok(next.add_passkey(passkey.clone())?)).await;
        if added.is_err() {
            self.forget(NoteKind::SignInPasskey, &handle(&passkey.id)).await?;
        }
        added.map(drop)
    }

    /// Takes a passkey away.
    ///
    /// # Errors
    /// [`Error::Conflict`] `last-means`; [`Error::NotFound`] `means-not-found`; refusals of the law.
    pub async fn remove_passkey(&self, myself: &Myself, id: &[u8]) -> Result<(), Error> {
        self.change_means(myself, |next, _| Ok(next.remove_passkey(id)?)).await?;
        self.forget(NoteKind::SignInPasskey, &handle(id)).await
    }

    /// Keeps the counter of a passkey that was used. `false`: it has counted back meanwhile, so that it may be a copy.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn passkey_used(&self, account: &str, id: &[u8], counter: u32) -> Result<bool, Error> {
        for _ in 0..STALE_RETRIES {
            let Some(seen) = self.seen::<Credentials>(NoteKind::SignInAccount, account).await? else { return Ok(false) };
            let mut next = seen.value;
            let Some(passkey) = next.passkeys.iter_mut().find(|one| one.id == id) else { return Ok(false) };
            let counts = counter != 0 || passkey.counter != 0;
            if counts && counter <= passkey.counter {
                return Ok(false);
            }
            (passkey.counter, passkey.used_at) = (counter, Some(self.clock.now()));
            if self.put(NoteKind::SignInAccount, account, Some(seen.version), &next).await?.is_some() {
                return Ok(true);
            }
        }
        Err(Error::Busy)
    }

    /// The person does not want to be offered a passkey again. No change of means: nobody is told.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn decline_passkey(&self, myself: &Myself) -> Result<(), Error> {
        for _ in 0..STALE_RETRIES {
            let seen = self.means_of(myself.account(), &myself.name()).await?;
            let next = Credentials { passkey_declined_at: Some(self.clock.now()), ..seen.value };
            if self.put(NoteKind::SignInAccount, myself.account(), seen.version, &next).await?.is_some() {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }
}
