//! Makes a link to a part of the record: the person alone, or who exercises their rights (`rules/administration.rs`).

use dmp_core::access::{Act, Caller, Facts};
use dmp_core::audit::shared;
use dmp_core::document::DocumentEntry;
use dmp_core::record::{LABEL_CHARACTERS, Passcode, Record, SHARED_DOCUMENTS_MAX, Share, ShareKind, Shared, Sharer, TRIES, add_share};
use dmp_core::{Issue, Moment};

use super::secret::{code_mac, fresh_code, fresh_key, fresh_name};
use super::{NewLink, ShareWish};
use crate::head_act::About;
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

impl Service {
    /// Makes a link. One that is sent gets a code.
    ///
    /// # Errors
    /// [`Error::Invalid`] `share-empty`, `share-too-many-documents`, `share-period`; [`Error::Conflict`] `too-many-shares`;
    /// [`Error::NotFound`] `document-not-found` for a document that the caller may not read or that is hidden; refusals of the law.
    pub async fn create_share(&self, person: &PersonRef, wish: &ShareWish, caller: &Caller) -> Result<NewLink, Error> {
        let code = if wish.kind == ShareKind::Sent { Some(fresh_code()?) } else { None };
        let share = draft(wish, code.as_deref(), caller, self.clock.now())?;
        let record = judged_again_when_stale!(self.create_share_once(person, &share, caller).await)?;
        Ok(NewLink { record, share, passcode: code })
    }

    async fn create_share_once(&self, person: &PersonRef, share: &Share, caller: &Caller) -> Result<dmp_core::RecordKey, Error> {
        let asked = Asked { act: Act::Share, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let about = About { words: Some(shared::CREATED), reason: Some(&share.label), ..About::default() };
        self.change_loaded(&record, &asked, about, |head, now| {
            if let Shared::Documents(chosen) = &share.what {
                let offered = self.shareable(&record, &self.facts(&record, &asked), &asked);
                if chosen.iter().any(|id| !offered.iter().any(|entry| entry.id == *id)) {
                    return Err(Error::NotFound("document-not-found"));
                }
            }
            if add_share(&mut head.shares, share.clone(), now) { Ok(()) } else { Err(Error::Conflict("too-many-shares")) }
        })
        .await?;
        Ok(record.key)
    }

    /// The documents that a caller's link may give at this moment: what they may list and read, and may let others read; the current ones.
    pub(super) fn shareable<'r>(&self, record: &'r Record, facts: &Facts, asked: &Asked<'_>) -> Vec<&'r DocumentEntry> {
        let (listing, sharing) = (Asked { act: Act::List, ..*asked }, Asked { act: Act::Share, ..*asked });
        let may_leave = |entry: &&DocumentEntry| self.ask(&sharing, &facts.about(entry, asked.caller)).is_permitted();
        self.readable_documents(record, facts, &listing).filter(|entry| entry.status.is_latest()).filter(may_leave).collect()
    }

    /// The same for the page on which documents are chosen.
    pub fn offered_documents<'r>(&self, record: &'r Record, caller: &Caller) -> Vec<&'r DocumentEntry> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        self.shareable(record, &self.facts(record, &asked), &asked)
    }
}

fn draft(wish: &ShareWish, code: Option<&str>, caller: &Caller, now: Moment) -> Result<Share, Error> {
    check(wish)?;
    let id = fresh_key()?;
    Ok(Share {
        key: fresh_key()?,
        name: fresh_name()?,
        kind: wish.kind,
        what: wish.what.clone(),
        label: label(&wish.label),
        passcode: code.map(|code| Passcode { mac: code_mac(&id, code), tries_left: TRIES }),
        by: Sharer { account: caller.account.clone(), kind: caller.kind, name: caller.name.clone().unwrap_or_default() },
        created_at: now,
        expires_at: now.plus_seconds(wish.seconds),
        openings_max: wish.openings_max,
        openings: 0,
        stopped_at: None,
        opened: Vec::new(),
        id,
    })
}

fn check(wish: &ShareWish) -> Result<(), Error> {
    let fault = |code: &'static str, at: &'static str| Err(Error::invalid(Issue::error(code).at(at)));
    match &wish.what {
        Shared::Documents(chosen) if chosen.is_empty() => return fault("share-empty", "document"),
        Shared::Documents(chosen) if chosen.len() > SHARED_DOCUMENTS_MAX => return fault("share-too-many-documents", "document"),
        Shared::Documents(_) | Shared::Summary | Shared::Emergency => {}
    }
    if !(1..=wish.kind.seconds_max()).contains(&wish.seconds) || !(1..=wish.kind.openings_max()).contains(&wish.openings_max) {
        return fault("share-period", "until");
    }
    Ok(())
}

/// A label as the format takes it: one line, eighty characters.
pub(super) fn label(typed: &str) -> String {
    line(typed, LABEL_CHARACTERS)
}

/// One line of so many characters, without what a screen does not show.
pub(super) fn line(typed: &str, characters: usize) -> String {
    let words = typed.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    // Marks that turn the direction of a line would turn the sentence that it stands in.
    let turning = |letter: &char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    joined.chars().filter(|letter| !turning(letter)).take(characters).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_line_of_eighty_characters() {
        assert_eq!(label("  Dr\r\n Essai\t\u{0} "), "Dr Essai");
        assert_eq!(label(&"é".repeat(200)).chars().count(), LABEL_CHARACTERS);
        assert_eq!(label("a\u{202e}b\u{2066}"), "ab");
    }

    #[test]
    fn a_link_that_is_empty_or_lasts_too_long_is_refused() {
        let wish = ShareWish { kind: ShareKind::Sent, what: Shared::Summary, label: String::new(), seconds: 3_600, openings_max: 1 };
        assert!(check(&wish).is_ok());
        let wrong = [
            ShareWish { seconds: 0, ..wish.clone() },
            ShareWish { seconds: ShareKind::Sent.seconds_max() + 1, ..wish.clone() },
            ShareWish { openings_max: 0, ..wish.clone() },
            ShareWish { openings_max: ShareKind::Sent.openings_max() + 1, ..wish.clone() },
            ShareWish { what: Shared::Documents(Vec::new()), ..wish.clone() },
            ShareWish { what: Shared::Documents(vec![dmp_core::EntryId([0; 16]); SHARED_DOCUMENTS_MAX + 1]), ..wish.clone() },
        ];
        for wish in wrong {
            assert!(check(&wish).is_err(), "{wish:?}");
        }
    }
}
