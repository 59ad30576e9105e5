//! Comparing the metadata that were sent with the header of the document.
//!
//! The header is signed with the document, the metadata are not: when they differ, the sender is told
//! every difference and nothing is stored (`interop.md` 6).

use dmp_core::document::Confidentiality;
use dmp_core::identity::Ins;
use dmp_core::{Issue, Moment};

use super::derive::derive;
use super::header::{Found, Header, HlTime, InstanceId, Place};

const CODE: &str = "cda-metadata-incoherent";

/// The metadata that a door received; what was not sent is `None` and not compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claimed {
    /// `urn:oid:…`, or the bare OID.
    pub unique_id: Option<String>,
    pub type_code: Option<String>,
    pub ins: Option<Ins>,
    pub created_at: Option<Moment>,
    pub service_start: Option<Moment>,
    pub service_stop: Option<Moment>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub confidentiality: Option<Confidentiality>,
    /// A difference here is a warning: the header does not name its format, ASS_A11 does.
    pub format: Option<String>,
    pub facility_type: Option<String>,
    pub practice_setting: Option<String>,
    /// National identifiers (PS_IdNat), bare RPPS numbers, or INS of patient authors.
    pub author_ids: Vec<String>,
    pub legal_authenticator: Option<String>,
    /// uniqueId of the document that is replaced.
    pub replaces: Option<String>,
}

/// Every difference between the metadata and the header: `received` is the metadata, `expected` the header.
pub fn check(header: &Header, claimed: &Claimed) -> Vec<Issue> {
    let mut issues = Vec::new();
    identity(header, claimed, &mut issues);
    times(header, claimed, &mut issues);
    codes(header, claimed, &mut issues);
    people(header, claimed, &mut issues);
    issues
}

fn differ(place: &Place, received: impl Into<String>, expected: impl Into<String>) -> Issue {
    place.locate(Issue::error(CODE)).received(received).expected(expected)
}

/// Pushes a difference when both sides are there and unlike.
fn compare(claimed: Option<&str>, header: Option<(&str, &Place)>, issues: &mut Vec<Issue>) {
    if let (Some(claimed), Some((value, place))) = (claimed, header)
        && claimed != value
    {
        issues.push(differ(place, claimed, value));
    }
}

fn identity(header: &Header, claimed: &Claimed, issues: &mut Vec<Issue>) {
    if let (Some(sent), Some(id)) = (&claimed.unique_id, &header.id) {
        unique_id(sent, id, issues);
    }
    let parent = header.related.iter().find(|related| related.kind == "RPLC").and_then(|related| related.parent.as_ref());
    if let (Some(sent), Some(id)) = (&claimed.replaces, parent) {
        unique_id(sent, id, issues);
    }
    if let Some((ins, id)) = claimed.ins.as_ref().zip(header.patient().and_then(|patient| patient.ins_id())) {
        let same = id.value.root == ins.authority().oid() && id.value.extension.as_deref() == Some(ins.matricule());
        if !same {
            let written = format!("{} ({})", id.value.local(), id.value.root);
            issues.push(differ(&id.place, format!("{} ({})", ins.matricule(), ins.authority().oid()), written));
        }
    }
    let title = header.title.as_ref().map(|title| (title.value.as_str(), &title.place));
    let sent = claimed.title.as_ref().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    compare(sent.as_deref(), title, issues);
}

/// `urn:oid:1.2` and `1.2` are the same identifier.
fn unique_id(sent: &str, id: &Found<InstanceId>, issues: &mut Vec<Issue>) {
    let Some(written) = id.value.to_urn() else { return };
    let bare = |urn: &str| urn.trim().trim_start_matches("urn:oid:").trim_start_matches("urn:uuid:").to_ascii_lowercase();
    if bare(sent) != bare(&written) {
        issues.push(differ(&id.place, sent, written));
    }
}

fn times(header: &Header, claimed: &Claimed, issues: &mut Vec<Issue>) {
    let event = header.main_event();
    let pairs = [
        (claimed.created_at, header.effective_time.as_ref()),
        (claimed.service_start, event.and_then(|event| event.low.as_ref())),
        (claimed.service_stop, event.and_then(|event| event.high.as_ref())),
    ];
    for (sent, written) in pairs {
        if let (Some(sent), Some(written)) = (sent, written) {
            time(sent, written, issues);
        }
    }
}

/// Compared at the precision of the header; an unreadable header time is told by the inspection.
fn time(sent: Moment, written: &Found<HlTime>, issues: &mut Vec<Issue>) {
    if written.value.moment.is_some() && !written.value.covers(sent) {
        issues.push(differ(&written.place, sent.to_rfc3339(), written.value.raw.clone()));
    }
}

fn codes(header: &Header, claimed: &Claimed, issues: &mut Vec<Issue>) {
    let event = header.main_event();
    let facility = header.encounter.as_ref().and_then(|encounter| encounter.facility.as_ref());
    let setting = event.and_then(|event| event.setting());
    let pairs = [
        (claimed.type_code.as_deref(), header.code.as_ref()),
        (claimed.confidentiality.map(Confidentiality::code), header.confidentiality.as_ref()),
        (claimed.language.as_deref(), header.language.as_ref()),
        (claimed.facility_type.as_deref(), facility),
        (claimed.practice_setting.as_deref(), setting),
    ];
    for (sent, written) in pairs {
        compare(sent, written.map(|found| (found.value.code.as_str(), &found.place)), issues);
    }
    if let Some(format) = &claimed.format {
        let derived = derive(header).format.code;
        let says_nothing = [crate::nos::FORMAT_MIME_TYPE_SUFFICIENT, crate::nos::FORMAT_UNREFERENCED];
        if *format != derived && !says_nothing.contains(&derived.as_str()) && !says_nothing.contains(&format.as_str()) {
            issues.push(header.place.locate(Issue::warning(CODE)).received(format.clone()).expected(derived));
        }
    }
}

fn people(header: &Header, claimed: &Claimed, issues: &mut Vec<Issue>) {
    let written: Vec<&str> =
        header.authors.iter().filter_map(|author| author.entity.as_ref()).flat_map(|entity| &entity.ids).map(|id| id.value.local()).collect();
    let place = header.authors.first().map_or(&header.place, |author| &author.place);
    for sent in &claimed.author_ids {
        if !written.iter().any(|written| same_person(sent, written)) {
            issues.push(differ(place, sent.clone(), written.join(", ")));
        }
    }
    let legal = header.legal_authenticator().and_then(|legal| legal.entity.as_ref()).and_then(|entity| entity.id());
    if let (Some(sent), Some(id)) = (&claimed.legal_authenticator, legal)
        && !same_person(sent, id.value.local())
    {
        issues.push(differ(&id.place, sent.clone(), id.value.local()));
    }
}

/// A bare RPPS number is the national identifier without its prefix `8`.
fn same_person(sent: &str, written: &str) -> bool {
    sent == written || (sent.len() == 11 && written.strip_prefix('8') == Some(sent))
}
