//! Sheets of printed codes: by oneself, or handed out at a counter. The codes are told once, here; what stays are hashes.

use aws_lc_rs::hmac;
use dmp_core::Moment;
use dmp_core::access::{Act, Caller};
use dmp_core::account::{CodeSheet, Credentials, Identifier, PrintedCode, SHEET_CODES, read_printed, shown_printed};
use dmp_core::identity::{Ins, PersonName};
use dmp_core::record::{Head, Language, NoticeKind, RepresentativeKind, Standing};
use dmp_store::NoteKind;

use super::change::Myself;
use crate::head_act::{About, tell};
use crate::judge::STALE_RETRIES;
use crate::{Error, PersonRef, Service};

/// A sheet with its codes, to be printed now and never again.
#[derive(Clone)]
pub struct PrintedSheet {
    /// Account that it is for.
    pub account: String,
    pub name: PersonName,
    pub identifier: Identifier,
    pub codes: Vec<String>,
    pub issued_at: Moment,
}

/// SECURITY: codes stay out of logs.
impl std::fmt::Debug for PrintedSheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrintedSheet(…)")
    }
}

/// The hash of a printed code, as it is read, under the salt of its sheet.
pub(super) fn printed_hash(salt: &[u8; 16], code: &str) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), code.as_bytes());
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    out
}

impl Service {
    /// A new sheet for oneself; the one before ends.
    ///
    /// # Errors
    /// Refusals of the law; a fault of the store.
    pub async fn print_codes(&self, myself: &Myself) -> Result<PrintedSheet, Error> {
        let identifier = self.own_identifier(myself.account()).await?;
        let (codes, sheet) = self.fresh_sheet(None);
        let changed = self.change_means(myself, |next, _| {
            next.identifier.get_or_insert_with(|| identifier.clone());
            next.sheet = Some(sheet.clone());
            Ok(())
        });
        Ok(printed(changed.await?, codes, &sheet, identifier))
    }

    /// An agent hands a sheet to who stands at the counter: the person of the record (`holder` is `None`), or somebody whom it names as
    /// acting for them. The one before ends. An account without an identifier gets one. `proof` says by what the agent knew them, for the journal.
    ///
    /// # Errors
    /// [`Error::NotFound`] `mandate-not-found`; refusals of the law.
    pub async fn hand_out_codes(&self, person: &PersonRef, holder: Option<&Ins>, proof: Option<&str>, agent: &Caller) -> Result<PrintedSheet, Error> {
        let record = self.find_record(person).await?;
        // Without a record the law has the word, as for every act.
        let head = record.as_ref().map(|record| &record.head);
        let (account, name) = match (head, holder) {
            (Some(head), Some(ins)) if *ins != head.ins => (ins.account(), self.named(head, &ins.account())?),
            (Some(head), _) => (head.ins.account(), head.traits.shown_name().clone()),
            (None, _) => (String::new(), PersonName::default()),
        };
        let words = name.display();
        let about = About { words: Some(&words), reason: proof.map(str::trim).filter(|proof| !proof.is_empty()), ..About::default() };
        let told = self.change_head(Act::HandOutCodes, person, agent, about, |head, now| {
            tell(head, NoticeKind::CredentialsChanged, agent, now);
            Ok(())
        });
        told.await?;
        let identifier = self.own_identifier(&account).await?;
        let (codes, sheet) = self.fresh_sheet(Some(agent.shown_name()));
        // Who acts for the person does not read the notice of this record, and may have none of their own.
        let elsewhere = head.is_some_and(|head| head.ins.account() != account);
        let (mut mailed, language) = (false, head.map_or(Language::French, |head| head.notice_settings.language));
        for _ in 0..STALE_RETRIES {
            let seen = self.means_of(&account, &name).await?;
            let mut next = seen.value;
            if elsewhere && !mailed {
                self.mail_of_change(next.mail.clone().map(|mail| mail.address), language).await?;
                mailed = true;
            }
            next.identifier.get_or_insert_with(|| identifier.clone());
            next.sheet = Some(sheet.clone());
            if self.put(NoteKind::SignInAccount, &account, seen.version, &next).await?.is_some() {
                return Ok(printed(next, codes, &sheet, identifier));
            }
        }
        Err(Error::Busy)
    }

    /// Ends the sheet of an account.
    ///
    /// # Errors
    /// [`Error::Conflict`] `last-means`; refusals of the law.
    pub async fn end_sheet(&self, myself: &Myself) -> Result<(), Error> {
        self.change_means(myself, |next, _| Ok(next.remove_sheet()?)).await.map(drop)
    }

    /// Forgets the address of an account.
    ///
    /// # Errors
    /// [`Error::Conflict`] `last-means`; refusals of the law.
    pub async fn remove_mail(&self, myself: &Myself) -> Result<(), Error> {
        self.change_means(myself, |next, _| Ok(next.remove_mail()?)).await.map(drop)
    }

    /// Who acts for the person of a record, by their account.
    fn named(&self, head: &Head, account: &str) -> Result<PersonName, Error> {
        let kinds = [RepresentativeKind::Parent, RepresentativeKind::Guardian, RepresentativeKind::Helper];
        let now = self.clock.now();
        let line = head.representative(account, &kinds, now);
        let acts = line.filter(|line| matches!(line.standing(now), Standing::InForce | Standing::NotYet | Standing::Invited));
        acts.map(|line| line.name.clone()).ok_or(Error::NotFound("mandate-not-found"))
    }

    /// The identifier that an account has, or a fresh one.
    async fn own_identifier(&self, account: &str) -> Result<Identifier, Error> {
        match self.credentials(account).await?.and_then(|one| one.identifier) {
            Some(identifier) => Ok(identifier),
            None => self.given_identifier(account).await,
        }
    }

    fn fresh_sheet(&self, issued_by: Option<String>) -> (Vec<String>, CodeSheet) {
        let salt = self.random.bytes16("sheet of codes");
        let codes: Vec<String> = (0..SHEET_CODES).map(|number| shown_printed(&self.random.bytes16(&format!("printed code {number}")))).collect();
        let hashed = codes.iter().map(|code| PrintedCode { hash: printed_hash(&salt, &read_printed(code)), used_at: None }).collect();
        (codes, CodeSheet { salt, issued_at: self.clock.now(), issued_by, codes: hashed })
    }
}

fn printed(credentials: Credentials, codes: Vec<String>, sheet: &CodeSheet, identifier: Identifier) -> PrintedSheet {
    PrintedSheet {
        account: credentials.account,
        name: credentials.name,
        identifier: credentials.identifier.unwrap_or(identifier),
        codes,
        issued_at: sheet.issued_at,
    }
}
