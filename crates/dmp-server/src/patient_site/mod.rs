//! The person's site: their record first, then who may read and who looked.

mod access;
mod add;
mod closing;
mod come_back;
mod corrections;
mod document;
mod documents;
mod download;
mod easy;
mod expected;
mod home;
mod info;
mod journal;
mod notices;
mod opening;
mod paper;
mod preview;
mod reading;
mod relatives;
mod settings;
mod share;
mod sign_in;
mod sign_in_settings;
pub(crate) mod timeline;
mod undo_opening;
mod who;

pub(crate) use access::{
    administrator, authorise, block, emergency, habilitation, mask_all, medecin_traitant, refuse_team, revoke, show as access, team_consent, unblock,
};
pub(crate) use add::{
    FORM_BYTES_MAX, Intake, Taken, added, added_list, choose as add, correct as correct_added, correct_form as correct_added_form, file as add_file,
    file_form as add_file_form, statement as add_statement, statement_form as add_statement_form, take, withdraw as withdraw_added,
};
pub(crate) use closing::{close, destruction, leaflet, show as closing};
pub(crate) use come_back::keep as keep_for_later;
pub(crate) use corrections::{
    form as correction_form, list as corrections, opened_request, sealed, send as send_correction, withdraw as withdraw_correction,
};
pub(crate) use document::{body, hide, opened, original, original_response, show as document, unhide, whole_body};
pub(crate) use documents::documents;
pub(crate) use download::{download as download_post, show as download};
pub(crate) use easy::{health as easy_health, rights as easy_rights, who_looked as easy_who_looked, who_may_look as easy_who_may_look};
pub(crate) use expected::expected;
pub(crate) use home::home;
pub(crate) use info::{accessibility, display, help, privacy, save_display};
pub(crate) use journal::journal;
pub(crate) use notices::{save as save_notices, show as notices};
pub(crate) use opening::{open, reopen};
pub(crate) use preview::show as preview;
pub(crate) use reading::{
    allergies, analyte, analyte_csv, card, card_pdf, history, measures, results, search, search_form, summary_pdf, treatments, vaccines,
};
pub(crate) use relatives::{
    end as end_helper, invite as invite_helper, respond as answer_invitation, show as relatives, stop as stop_helping, switch as switch_record,
};
pub(crate) use settings::settings;
pub(crate) use share::{
    documents as share_documents, emergency as share_emergency, link as share_link, send as share_send, show as share, show_now as share_show,
    stop as share_stop,
};
pub(crate) use sign_in::{language, show as sign_in, sign_in as sign_in_post, sign_in_answer, sign_in_page, sign_out};
pub(crate) use timeline::timeline;
pub(crate) use undo_opening::{show as undo_opening, undo, until as undo_until};
pub(crate) use who::{block as block_who, report as report_who, show as who};

/// The routes of signing in as a person, and of the means that one signs in with.
pub(crate) fn signing_in() -> axum::Router<crate::App> {
    use axum::routing::{get, post};
    axum::Router::new()
        .route("/signin/start", post(sign_in::start))
        .route("/signin/code", get(sign_in::show_code).post(sign_in::check_code))
        .route("/signin/passkey", post(sign_in::passkey))
        .route("/signin/oidc/start", get(sign_in::oidc_start))
        .route("/signin/oidc/callback", get(sign_in::oidc_callback))
        .route("/signin/oidc/enter", get(sign_in::oidc_enter))
        .route("/signin/back", get(come_back::show))
        .route("/signin/as", get(sign_in::show_ways).post(sign_in::choose_way))
        .route("/settings/signin", get(sign_in_settings::show))
        .route("/settings/signin/identifier", post(sign_in_settings::identifier))
        .route("/settings/signin/mail", post(sign_in_settings::mail))
        .route("/settings/signin/mail/check", get(sign_in_settings::show_check).post(sign_in_settings::check))
        .route("/settings/signin/mail/remove", post(sign_in_settings::remove_mail))
        .route("/settings/signin/codes", get(sign_in_settings::show_codes).post(sign_in_settings::codes))
        .route("/settings/signin/codes/remove", post(sign_in_settings::end_codes))
        .route("/settings/signin/passkey", get(sign_in_settings::show_passkey).post(sign_in_settings::add_passkey))
        .route("/settings/signin/passkey/later", post(sign_in_settings::later))
        .route("/settings/signin/passkey/remove", post(sign_in_settings::remove_passkey))
        .route("/settings/signin/oidc/link", post(sign_in_settings::link))
        .route("/settings/signin/oidc/unlink", post(sign_in_settings::unlink))
        .route("/settings/signin/session", post(sign_in_settings::session))
        .route("/settings/signin/end-others", post(sign_in_settings::end_others))
}
pub(crate) use paper::{access_pdf, journal_pdf, letter_help, order as paper_post, show as paper, summary_large_pdf};

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
