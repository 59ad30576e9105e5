//! The professional's site: find a patient, read what one may, ask for what one may not, and put down what was done.

mod apps;
mod authorise;
mod call;
mod corrections;
mod denied;
mod deposit;
mod deposits;
mod documents;
mod frame;
mod mine;
mod oidc;
mod orders;
mod reading;
mod search;
mod sent;
mod sign_summary;
mod structure_oidc;
mod synthesis;
mod ticket;

pub(crate) use apps::{launch as launch_app, show as apps};
pub(crate) use authorise::{form as authorise_form, send as authorise};
pub(crate) use call::{call, open as open_call};
pub(crate) use corrections::{refuse as refuse_correction, replace as replace_corrected, show as correction};
pub(crate) use denied::{break_glass, consent, leave, regulation};
pub(crate) use deposit::{check as deposit_check, form as deposit_form, send as deposit_send};
pub(crate) use deposits::Deposits;
pub(crate) use documents::{announce, document, list as documents, mask, original, print, unmask};
pub(crate) use frame::keys_script;
pub(crate) use mine::{mine, news};
pub(crate) use oidc::{browser_of, callback as oidc_callback, depart, let_in, refused_by, start as oidc_start};
pub(crate) use orders::{check as orders, form as orders_form};
pub(crate) use reading::{analyte, imaging, results, search as search_texts, search_form, summary, summary_pdf, timeline};
pub(crate) use search::{find, find_by_identity, read_ins, show as search};
pub(crate) use sent::{find as find_sent, show as sent};
pub(crate) use sign_summary::{show as sign_summary_form, sign as sign_summary};
pub(crate) use structure_oidc::{StructureProvider, callback as structure_oidc_callback, start as structure_oidc_start};
pub(crate) use synthesis::show as patient;
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
