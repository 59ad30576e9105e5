//! Files that wait to be deposited: between the page that takes one and the one that confirms what it is. In memory, for a quarter of an hour;
//! sessions live no longer than the process either.

use std::collections::HashMap;
use std::sync::Mutex;

use bytes::Bytes;
use dmp_core::{Moment, RecordKey};
use dmp_service::NewDocument;

/// A file that was looked at and waits.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    /// Who brought it, and for whose record: nobody else finds it, and it goes nowhere else.
    pub account: String,
    pub record: RecordKey,
    pub at: Moment,
    pub file: WaitingFile,
}

/// What waits.
#[derive(Debug, Clone)]
pub(crate) enum WaitingFile {
    /// A CDA document that says itself what it is.
    Cda(Box<NewDocument>),
    /// A PDF, a picture, a text.
    File { mime_type: &'static str, bytes: Bytes },
}

impl WaitingFile {
    pub fn bytes(&self) -> &Bytes {
        match self {
            WaitingFile::Cda(document) => &document.bytes,
            WaitingFile::File { bytes, .. } => bytes,
        }
    }

    pub fn mime_type(&self) -> &str {
        match self {
            WaitingFile::Cda(_) => "text/xml",
            WaitingFile::File { mime_type, .. } => mime_type,
        }
    }
}

/// All that waits.
#[derive(Debug, Default)]
pub(crate) struct Deposits {
    waiting: Mutex<HashMap<[u8; 16], Waiting>>,
}

/// How long a file waits.
const WAITS_SECONDS: i64 = 15 * 60;
/// Files of one account; past it the oldest goes.
const OF_ACCOUNT_MAX: usize = 3;
/// Bytes of all; past it the oldest go.
const BYTES_MAX: usize = 256 * 1024 * 1024;

impl Deposits {
    /// Keeps a file under its name.
    pub fn keep(&self, name: [u8; 16], one: Waiting) {
        let Ok(mut waiting) = self.waiting.lock() else { return };
        let now = one.at;
        waiting.retain(|_, known| now < known.at.plus_seconds(WAITS_SECONDS));
        while waiting.values().filter(|known| known.account == one.account).count() >= OF_ACCOUNT_MAX {
            let own = |(name, known): (&[u8; 16], &Waiting)| (known.account == one.account).then_some((known.at, *name));
            let Some((_, oldest)) = waiting.iter().filter_map(own).min() else { break };
            waiting.remove(&oldest);
        }
        while waiting.values().map(|known| known.file.bytes().len()).sum::<usize>() + one.file.bytes().len() > BYTES_MAX {
            let Some((_, oldest)) = waiting.iter().map(|(name, known)| (known.at, *name)).min() else { break };
            waiting.remove(&oldest);
        }
        waiting.insert(name, one);
    }

    /// The file of this name, when this account brought it for this record and it still waits.
    pub fn find(&self, name: [u8; 16], account: &str, record: RecordKey, now: Moment) -> Option<Waiting> {
        let waiting = self.waiting.lock().ok()?;
        let one = waiting.get(&name)?;
        let own = one.account == account && one.record == record && now < one.at.plus_seconds(WAITS_SECONDS);
        own.then(|| one.clone())
    }

    /// It was deposited.
    pub fn forget(&self, name: [u8; 16]) {
        if let Ok(mut waiting) = self.waiting.lock() {
            waiting.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(account: &str, at: i64, size: usize) -> Waiting {
        let file = WaitingFile::File { mime_type: "application/pdf", bytes: Bytes::from(vec![0; size]) };
        Waiting { account: account.to_owned(), record: RecordKey([1; 16]), at: Moment::from_seconds(at), file }
    }

    #[test]
    fn only_who_brought_it_finds_it_for_that_record_and_for_a_quarter_of_an_hour() {
        let deposits = Deposits::default();
        deposits.keep([7; 16], one("ps:1", 0, 10));
        let find =
            |account: &str, record: u8, now: i64| deposits.find([7; 16], account, RecordKey([record; 16]), Moment::from_seconds(now)).is_some();
        assert!(find("ps:1", 1, 899));
        assert!(!find("ps:2", 1, 1) && !find("ps:1", 2, 1) && !find("ps:1", 1, 900));
        deposits.forget([7; 16]);
        assert!(!find("ps:1", 1, 1));
    }

    #[test]
    fn an_account_keeps_three_and_the_oldest_goes() {
        let deposits = Deposits::default();
        for place in 0..5_u8 {
            deposits.keep([place; 16], one("ps:1", i64::from(place), 10));
        }
        let kept = (0..5_u8).filter(|place| deposits.find([*place; 16], "ps:1", RecordKey([1; 16]), Moment::from_seconds(10)).is_some());
        assert_eq!(kept.collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn however_many_send_no_more_than_the_bound_is_kept() {
        let deposits = Deposits::default();
        for place in 0..9_u8 {
            deposits.keep([place; 16], one(&format!("ps:{place}"), i64::from(place), BYTES_MAX / 4));
        }
        assert_eq!(deposits.waiting.lock().map(|waiting| waiting.len()).unwrap_or_default(), 4);
    }
}
