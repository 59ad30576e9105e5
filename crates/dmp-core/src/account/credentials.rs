//! The means of an account, and the steps that change them. Whoever takes the last one away would be locked out: that step is refused.

use serde::{Deserialize, Serialize};

use super::{CodeSheet, Identifier};
use crate::identity::{Ins, PersonName};
use crate::moment::Moment;
use crate::record::Impossible;

/// A kind of means: by which somebody signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Means {
    /// A code sent to the verified address.
    Mail,
    /// A code of a printed sheet.
    Printed,
    Passkey,
    /// An identity provider.
    Provider,
}

impl Means {
    /// A word for logs and leaves.
    pub fn code(self) -> &'static str {
        match self {
            Means::Mail => "mail",
            Means::Printed => "printed",
            Means::Passkey => "passkey",
            Means::Provider => "provider",
        }
    }
}

/// An address at which the person has read a code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedMail {
    pub address: String,
    pub at: Moment,
}

/// A public key of a telephone, a computer or a token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// As the authenticator names it.
    pub id: Vec<u8>,
    /// SubjectPublicKeyInfo.
    pub key: Vec<u8>,
    /// COSE algorithm: -7, -8, -257.
    pub algorithm: i32,
    /// Of the last use; 0 where the authenticator does not count.
    pub counter: u32,
    pub added_at: Moment,
    pub used_at: Option<Moment>,
}

/// Somebody at an identity provider whom the person proved to be.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedSubject {
    pub issuer: String,
    pub subject: String,
    pub at: Moment,
}

/// What is kept of an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// `person:…`.
    pub account: String,
    /// The person's own number; `None` only for somebody of a demonstration without one.
    pub ins: Option<Ins>,
    pub name: PersonName,
    pub identifier: Option<Identifier>,
    pub mail: Option<VerifiedMail>,
    pub sheet: Option<CodeSheet>,
    pub passkeys: Vec<Passkey>,
    /// What an authenticator knows the account by: random, says nothing.
    pub passkey_user: [u8; 16],
    pub subjects: Vec<LinkedSubject>,
    /// The person does not want to be offered a passkey again.
    pub passkey_declined_at: Option<Moment>,
}

/// SECURITY: nothing of them in a log.
macro_rules! silent {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })+
    };
}

silent!(Credentials, VerifiedMail, Passkey, LinkedSubject);

/// Passkeys of one account: a telephone, a computer, a tablet and tokens, with room.
pub const PASSKEYS_MAX: usize = 8;

impl Credentials {
    /// An account that has no means yet.
    pub fn new(account: String, ins: Option<Ins>, name: PersonName, passkey_user: [u8; 16]) -> Self {
        Credentials {
            account,
            ins,
            name,
            identifier: None,
            mail: None,
            sheet: None,
            passkeys: Vec::new(),
            passkey_user,
            subjects: Vec::new(),
            passkey_declined_at: None,
        }
    }

    /// The means that would let the person in now.
    pub fn means(&self) -> Vec<Means> {
        let named = self.identifier.is_some();
        let sheet = self.sheet.as_ref().is_some_and(|sheet| sheet.left() > 0);
        let held = [
            (Means::Mail, named && self.mail.is_some()),
            (Means::Printed, named && sheet),
            (Means::Passkey, !self.passkeys.is_empty()),
            (Means::Provider, !self.subjects.is_empty()),
        ];
        held.into_iter().filter(|(_, held)| *held).map(|(means, _)| means).collect()
    }

    /// Takes means away, unless nothing would be left where there was something.
    fn take_away(&mut self, change: impl FnOnce(&mut Self)) -> Result<(), Impossible> {
        let mut next = self.clone();
        change(&mut next);
        if next.means().is_empty() && !self.means().is_empty() {
            return Err(Impossible("last-means"));
        }
        *self = next;
        Ok(())
    }

    /// Forgets the address.
    ///
    /// # Errors
    /// [`Impossible`] `means-not-found`, `last-means`.
    pub fn remove_mail(&mut self) -> Result<(), Impossible> {
        self.mail.as_ref().ok_or(Impossible("means-not-found"))?;
        self.take_away(|next| next.mail = None)
    }

    /// Ends the sheet.
    ///
    /// # Errors
    /// [`Impossible`] `means-not-found`, `last-means`.
    pub fn remove_sheet(&mut self) -> Result<(), Impossible> {
        self.sheet.as_ref().ok_or(Impossible("means-not-found"))?;
        self.take_away(|next| next.sheet = None)
    }

    /// Adds a passkey.
    ///
    /// # Errors
    /// [`Impossible`] `too-many-passkeys`, `passkey-exists`.
    pub fn add_passkey(&mut self, passkey: Passkey) -> Result<(), Impossible> {
        if self.passkeys.iter().any(|one| one.id == passkey.id) {
            return Err(Impossible("passkey-exists"));
        }
        if self.passkeys.len() >= PASSKEYS_MAX {
            return Err(Impossible("too-many-passkeys"));
        }
        self.passkeys.push(passkey);
        Ok(())
    }

    /// Takes a passkey away.
    ///
    /// # Errors
    /// [`Impossible`] `means-not-found`, `last-means`.
    pub fn remove_passkey(&mut self, id: &[u8]) -> Result<(), Impossible> {
        if !self.passkeys.iter().any(|one| one.id == id) {
            return Err(Impossible("means-not-found"));
        }
        self.take_away(|next| next.passkeys.retain(|one| one.id != id))
    }

    /// Links somebody of an identity provider; one a provider.
    pub fn link(&mut self, subject: LinkedSubject) {
        self.subjects.retain(|one| one.issuer != subject.issuer);
        self.subjects.push(subject);
    }

    /// Takes a link away.
    ///
    /// # Errors
    /// [`Impossible`] `means-not-found`, `last-means`.
    pub fn unlink(&mut self, issuer: &str) -> Result<(), Impossible> {
        if !self.subjects.iter().any(|one| one.issuer == issuer) {
            return Err(Impossible("means-not-found"));
        }
        self.take_away(|next| next.subjects.retain(|one| one.issuer != issuer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::PrintedCode;

    const NOW: Moment = Moment::from_seconds(1_772_543_100);

    fn with_mail() -> Credentials {
        let mut one = Credentials::new("person:test".to_owned(), None, PersonName::new("Nadia", "EXEMPLE"), [7; 16]);
        one.identifier = Identifier::parse("nadia-exemple").ok();
        one.mail = Some(VerifiedMail { address: "nadia@exemple.invalid".to_owned(), at: NOW });
        one
    }

    fn passkey(id: u8) -> Passkey {
        Passkey { id: vec![id], key: Vec::new(), algorithm: -7, counter: 0, added_at: NOW, used_at: None }
    }

    #[test]
    fn the_last_means_stays_and_with_another_it_goes() {
        let mut one = with_mail();
        assert_eq!(one.remove_mail(), Err(Impossible("last-means")));
        one.add_passkey(passkey(1)).unwrap();
        assert_eq!(one.remove_mail(), Ok(()));
        assert_eq!(one.remove_passkey(&[1]), Err(Impossible("last-means")));
        assert_eq!(one.remove_passkey(&[2]), Err(Impossible("means-not-found")));
        one.link(LinkedSubject { issuer: "https://a.example".to_owned(), subject: "s".to_owned(), at: NOW });
        assert_eq!(one.remove_passkey(&[1]), Ok(()));
        assert_eq!(one.unlink("https://a.example"), Err(Impossible("last-means")));
    }

    #[test]
    fn a_sheet_whose_codes_are_used_up_is_no_means_and_can_be_put_away() {
        let mut one = with_mail();
        let used = PrintedCode { hash: [1; 32], used_at: Some(NOW) };
        one.sheet = Some(CodeSheet { salt: [0; 16], issued_at: NOW, issued_by: None, codes: vec![used] });
        assert_eq!(one.means(), vec![Means::Mail]);
        assert_eq!(one.remove_mail(), Err(Impossible("last-means")));
        assert_eq!(one.remove_sheet(), Ok(()));
    }

    #[test]
    fn passkeys_are_few_and_each_stands_once() {
        let mut one = with_mail();
        for id in 0..8 {
            one.add_passkey(passkey(id)).unwrap();
        }
        assert_eq!(one.add_passkey(passkey(0)), Err(Impossible("passkey-exists")));
        assert_eq!(one.add_passkey(passkey(9)), Err(Impossible("too-many-passkeys")));
    }
}
