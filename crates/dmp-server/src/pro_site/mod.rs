//! The professional's site: find a patient, read what one may, ask for what one may not.

mod apps;
mod call;
mod corrections;
mod denied;
mod oidc;
mod patient;
mod reading;
mod search;
mod sign_summary;
mod ticket;

pub(crate) use apps::{launch as launch_app, show as apps};
pub(crate) use call::{call, open as open_call};
pub(crate) use corrections::{refuse as refuse_correction, replace as replace_corrected, show as correction};
pub(crate) use denied::{break_glass, consent, leave};
pub(crate) use oidc::{callback as oidc_callback, start as oidc_start};
pub(crate) use patient::{document, original, show as patient};
pub(crate) use reading::{analyte, results, search as search_texts, search_form, summary_pdf};
pub(crate) use search::{find, show as search};
pub(crate) use sign_summary::{show as sign_summary_form, sign as sign_summary};
pub(crate) use ticket::make as make_ticket;

use dmp_core::RecordKey;
use dmp_core::access::Caller;
use dmp_service::{Error, IdKind, PersonRef};

use crate::App;
use crate::site::SignedIn;

/// The record that a page's address names.
pub(crate) fn opened(app: &App, pid: &str) -> Result<RecordKey, Error> {
    app.service.ids().open_record(IdKind::Patient, pid).ok_or(Error::NotFound("record-not-found"))
}

/// The person and the caller in the mode that this session opened for them.
pub(crate) fn caller_for(signed_in: &SignedIn, key: RecordKey) -> Caller {
    let mut caller = signed_in.session.caller.clone();
    if let Some((_, purpose)) = signed_in.session.emergencies.iter().find(|(record, _)| *record == key) {
        caller.purpose = purpose.clone();
    }
    caller.consent_now = signed_in.session.consents.contains(&key);
    caller
}

/// The person of an address.
pub(crate) fn person(key: RecordKey) -> PersonRef {
    PersonRef::Record(key)
}
