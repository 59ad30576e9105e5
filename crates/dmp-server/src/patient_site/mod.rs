//! The person's site: their record first, then who may read and who looked.

mod access;
mod document;
mod documents;
mod easy;
mod expected;
mod home;
mod info;
mod journal;
mod notices;
mod opening;
mod preview;
mod reading;
mod relatives;
mod settings;
mod sign_in;
mod timeline;
mod who;

pub(crate) use access::habilitation;
pub(crate) use access::{
    administrator, authorise, block, emergency, mask_all, medecin_traitant, refuse_team, revoke, show as access, team_consent, unblock,
};
pub(crate) use document::{body, hide, opened, original, original_response, show as document, unhide};
pub(crate) use documents::documents;
pub(crate) use easy::{health as easy_health, rights as easy_rights, who_looked as easy_who_looked, who_may_look as easy_who_may_look};
pub(crate) use expected::expected;
pub(crate) use home::home;
pub(crate) use info::{accessibility, display, help, privacy, save_display};
pub(crate) use journal::journal;
pub(crate) use notices::{save as save_notices, show as notices};
pub(crate) use opening::{open, reopen};
pub(crate) use preview::show as preview;
pub(crate) use reading::{allergies, analyte, card, card_pdf, history, measures, results, search, search_form, summary_pdf, treatments, vaccines};
pub(crate) use relatives::{
    end as end_helper, invite as invite_helper, respond as answer_invitation, show as relatives, stop as stop_helping, switch as switch_record,
};
pub(crate) use settings::settings;
pub(crate) use sign_in::{language, show as sign_in, sign_in as sign_in_post, sign_in_page, sign_out};
pub(crate) use timeline::timeline;
pub(crate) use who::{block as block_who, report as report_who, show as who};

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
