//! Where to look: leaves in the chain of an account that lead to records. Each is written before the commit that it announces, and says
//! nothing by itself: the record is loaded and asked.

use std::collections::BTreeSet;

use dmp_core::RecordKey;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::audit::Leaf;
use dmp_core::record::Record;

use crate::judge::Asked;
use crate::{Error, Service};

/// What the account is led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pointer {
    /// A record that names the account as representative or helper, or did.
    Mandate,
    /// A record with a report about an access.
    Report,
    /// A record with a request to correct a document of the account's.
    Correction,
}

impl Pointer {
    /// Stands in place of a rule in the leaf.
    fn mark(self) -> &'static str {
        match self {
            Pointer::Mandate => "mandate_told",
            Pointer::Report => "access_report_told",
            Pointer::Correction => "correction_told",
        }
    }
}

/// Leads an account to a record.
pub(crate) async fn tell(service: &Service, account: &str, pointer: Pointer, record: &Record, asked: &Asked<'_>) -> Result<(), Error> {
    tell_key(service, account, pointer, record.key, asked).await
}

/// The same for a record that is being made.
pub(crate) async fn tell_key(service: &Service, account: &str, pointer: Pointer, key: RecordKey, asked: &Asked<'_>) -> Result<(), Error> {
    let named = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
    // Nobody is named: the chain of an account outlives a record.
    let nobody = Caller::bare(POINTING.to_owned(), CallerKind::Automaton);
    let asked = Asked { act: asked.act, caller: &nobody, now: asked.now };
    let leaf = Leaf { about: Some(named), ..service.bare_leaf(&asked, vec![pointer.mark().to_owned()]) };
    service.store.append_account_leaf(account, leaf).await?;
    Ok(())
}

/// The records to which an account was led, each once.
pub(crate) async fn found(service: &Service, account: &str, pointer: Pointer) -> Result<BTreeSet<RecordKey>, Error> {
    let (mut keys, mut before) = (BTreeSet::new(), None);
    for _ in 0..PAGES_MAX {
        let leaves = service.store.account_journal(account, before, PAGE).await?;
        keys.extend(leaves.iter().filter(|kept| kept.leaf.rules.iter().any(|rule| rule == pointer.mark())).filter_map(|kept| key_of(&kept.leaf)));
        before = leaves.last().map(|kept| kept.sequence);
        if leaves.len() < PAGE as usize {
            break;
        }
    }
    Ok(keys)
}

fn key_of(leaf: &Leaf) -> Option<RecordKey> {
    let text = leaf.about.as_deref().filter(|text| text.len() == 32)?;
    Some(RecordKey(u128::from_str_radix(text, 16).ok()?.to_be_bytes()))
}

/// Who writes a pointer: the software.
const POINTING: &str = "system:pointers";
/// Leaves read at once, and how often: accounts of people sign in a few times a day.
const PAGE: u32 = 1_000;
const PAGES_MAX: usize = 50;
