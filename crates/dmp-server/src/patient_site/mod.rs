//! The person's site: their record first, then who may read and who looked.

mod access;
mod closing;
mod document;
mod download;
mod home;
mod journal;
mod notices;
mod opening;
mod paper;
mod reading;
mod sign_in;

pub(crate) use access::habilitation;
pub(crate) use access::{administrator, authorise, block, emergency, mask_all, medecin_traitant, revoke, show as access, team_consent, unblock};
pub(crate) use closing::{close, destruction, leaflet, show as closing};
pub(crate) use document::{body, hide, opened, original, original_response, show as document, unhide};
pub(crate) use download::{download as download_post, show as download};
pub(crate) use home::home;
pub(crate) use journal::journal;
pub(crate) use notices::{save as save_notices, show as notices};
pub(crate) use opening::{open, reopen};
pub(crate) use paper::{access_pdf, journal_pdf, letter_help, order as paper_post, show as paper, summary_large_pdf};
pub(crate) use reading::{allergies, analyte, card, card_pdf, history, results, search, search_form, summary_pdf, treatments, vaccines};
pub(crate) use sign_in::{language, show as sign_in, sign_in as sign_in_post, sign_in_page, sign_out};

use dmp_core::access::CallerKind;
use dmp_pages::Perspective;
use serde::Deserialize;

/// A form with nothing but its token.
#[derive(Debug, Deserialize)]
pub(crate) struct BareForm {
    #[serde(default)]
    pub csrf: String,
}

/// Whether the reader of a page is the person themself.
pub(crate) fn perspective(kind: CallerKind) -> Perspective {
    if kind == CallerKind::Patient { Perspective::Person } else { Perspective::Other }
}
