//! From the difference of two versions of a record, and from leaves, to deeds.

use std::collections::BTreeMap;

use super::deed::{Deed, DeedKind, DocumentOrigin, Gauge, Origin, Payee, Read};
use crate::access::{Act, CallerKind};
use crate::audit::{Leaf, Outcome};
use crate::calendar::paris_day;
use crate::document::{AvailabilityStatus, DocumentEntry, class_of};
use crate::moment::Moment;
use crate::record::{Creation, Head, Record, RecordStatus};
use crate::territory::{Caisse, Department};

/// What a commit did that brought a record from `base` (`None`: it is made) to `next`, with the leaves that it carries.
pub fn deeds(base: Option<&Record>, next: &Record, leaves: &[Leaf]) -> Vec<Deed> {
    let at = match (base, leaves.first()) {
        (Some(_), Some(leaf)) => leaf.at,
        (None, _) | (_, None) => next.head.creation.at,
    };
    let origin = origin(&next.head.creation);
    let mut kinds: Vec<(Moment, DeedKind)> = Vec::new();
    lived(base.map(|base| &base.head), &next.head, at, &mut kinds);
    deposited(base, next, &mut kinds);
    moved(base, next, at, &mut kinds);
    let own = kinds.into_iter().map(|(at, kind)| Deed { at, origin: origin.clone(), kind });
    own.chain(deeds_of_leaves(leaves)).collect()
}

/// What leaves alone tell: that professionals read.
pub fn deeds_of_leaves(leaves: &[Leaf]) -> Vec<Deed> {
    let read = |leaf: &Leaf| {
        let what = match leaf.act {
            Act::Consult => Read::Document,
            Act::List => Read::Record,
            _ => return None,
        };
        let counts = leaf.outcome == Outcome::Done && leaf.caller.kind == CallerKind::Professional;
        counts.then(|| Deed { at: leaf.at, origin: Origin::default(), kind: DeedKind::Consulted { reader: leaf.caller.account.clone(), what } })
    };
    leaves.iter().filter_map(read).collect()
}

/// Whether an opening was taken back, as a mistake.
fn is_cancelled(head: &Head) -> bool {
    matches!(head.status, RecordStatus::Cancelled { .. })
}

fn origin(creation: &Creation) -> Origin {
    let caisse = creation.caisse.as_deref().and_then(|code| Caisse::parse(code).ok());
    let told = creation.department.as_deref().and_then(Department::of);
    let department = told.or_else(|| caisse.as_ref().and_then(Caisse::department));
    Origin {
        channel: Some(creation.channel),
        department: department.map(|one| one.code.to_owned()).unwrap_or_default(),
        caisse: caisse.map(|one| one.code().to_owned()).unwrap_or_default(),
    }
}

fn payee(creation: &Creation) -> Payee {
    Payee { account: creation.recorded_by.clone(), structure: creation.structure.clone() }
}

/// Steps in the life of the record.
fn lived(before: Option<&Head>, next: &Head, at: Moment, kinds: &mut Vec<(Moment, DeedKind)>) {
    let (creation, receipt) = (&next.creation, next.creation.receipt.clone());
    let Some(before) = before else {
        kinds.push((creation.at, DeedKind::Opened { payee: payee(creation), receipt }));
        return;
    };
    if is_cancelled(next) && !is_cancelled(before) {
        kinds.push((at, DeedKind::Cancelled { opened_at: creation.at, payee: payee(creation), receipt }));
        return;
    }
    match (in_use(before), in_use(next)) {
        (true, false) => kinds.push((at, DeedKind::Closed)),
        (false, true) => kinds.push((at, DeedKind::Reopened)),
        (true, true) | (false, false) => {}
    }
    if is_destroyed(next) && !is_destroyed(before) {
        kinds.push((at, DeedKind::Destroyed));
    }
}

/// New documents. What came with another record of the same person was deposited there.
fn deposited(base: Option<&Record>, next: &Record, kinds: &mut Vec<(Moment, DeedKind)>) {
    // INVARIANT: both lists are in the order of their ids, so that one walk along both finds what is new, however many there are.
    let mut known = base.map(|base| base.entries.as_slice()).unwrap_or_default().iter().map(|entry| entry.id).peekable();
    for entry in &next.entries {
        while known.next_if(|id| *id < entry.id).is_some() {}
        if known.next_if_eq(&entry.id).is_some() || entry.content.home.is_some() {
            continue;
        }
        let days = paris_day(entry.submitted_at) - paris_day(entry.service_stop.unwrap_or(entry.service_start));
        let feeds = entry.deposited_by.starts_with("ps:") || entry.deposited_by.starts_with("org:");
        let kind = DeedKind::Document {
            origin: origin_of_document(entry),
            delay_days: u16::try_from(days.max(0)).unwrap_or(u16::MAX),
            feeder: feeds.then(|| entry.deposited_by.clone()),
        };
        kinds.push((entry.submitted_at, kind));
    }
}

fn moved(base: Option<&Record>, next: &Record, at: Moment, kinds: &mut Vec<(Moment, DeedKind)>) {
    let mut change: BTreeMap<Gauge, i64> = BTreeMap::new();
    for (sign, record) in [(-1, base), (1, Some(next))] {
        for (gauge, level) in record.map(levels).unwrap_or_default() {
            *change.entry(gauge).or_default() += sign * level;
        }
    }
    kinds.extend(change.into_iter().filter(|(_, by)| *by != 0).map(|(gauge, by)| (at, DeedKind::Moved { gauge, by })));
}

/// What a record adds to the gauges; a record out of use adds nothing.
fn levels(record: &Record) -> Vec<(Gauge, i64)> {
    if !in_use(&record.head) {
        return Vec::new();
    }
    let mut levels = vec![(Gauge::Open, 1)];
    let held: Vec<&DocumentEntry> = record.entries.iter().map(AsRef::as_ref).filter(|entry| is_held(entry)).collect();
    if let Some(day) = held.iter().map(|entry| entry.submitted_at).max().map(paris_day) {
        levels.extend([(Gauge::Filled, 1), (Gauge::Documents, i64::try_from(held.len()).unwrap_or(i64::MAX)), (Gauge::Newest { day }, 1)]);
    }
    if held.iter().any(|entry| origin_of_document(entry).is_professional()) {
        levels.push((Gauge::FilledByProfessionals, 1));
    }
    levels
}

/// Current documents and those put away; neither replaced nor deleted ones.
fn is_held(entry: &DocumentEntry) -> bool {
    match entry.status {
        AvailabilityStatus::Approved(_) | AvailabilityStatus::Archived(_) => true,
        AvailabilityStatus::Deprecated(_) | AvailabilityStatus::Deleted(_) => false,
    }
}

/// A suspended record still is its person's record; that of a dead person, a closed one and one that became part of another are out of use.
fn in_use(head: &Head) -> bool {
    match head.status {
        RecordStatus::Open | RecordStatus::Suspended(_) => true,
        RecordStatus::Closed(_)
        | RecordStatus::Deceased { .. }
        | RecordStatus::Destroyed { .. }
        | RecordStatus::Cancelled { .. }
        | RecordStatus::Merged { .. } => false,
    }
}

fn is_destroyed(head: &Head) -> bool {
    matches!(head.status, RecordStatus::Destroyed { .. })
}

/// By the author's side, then by the kind of facility (JDV_J02) that the document names.
pub(super) fn origin_of_document(entry: &DocumentEntry) -> DocumentOrigin {
    if entry.is_patient_authored() {
        return DocumentOrigin::Person;
    }
    if class_of(entry.type_code.as_str()) == Some(REIMBURSEMENTS) {
        return DocumentOrigin::Insurer;
    }
    match entry.facility_type.code.as_str() {
        code if LABORATORIES.contains(&code) => DocumentOrigin::Laboratory,
        code if HOSPITALS.contains(&code) => DocumentOrigin::Hospital,
        _ if entry.deposited_by.starts_with("person:") => DocumentOrigin::Person,
        _ => DocumentOrigin::Professional,
    }
}

/// Class of the insurer's lines (TRE_A03).
const REIMBURSEMENTS: &str = "60";
/// Medical laboratories (TRE_R02).
const LABORATORIES: [&str; 2] = ["SA25", "SA29"];
/// Hospitals, public, military and private, other health establishments and cancer centres (TRE_R02).
const HOSPITALS: [&str; 6] = ["SA01", "SA02", "SA03", "SA04", "SA30", "SA36"];
