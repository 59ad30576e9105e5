//! The pages on which a person opens their record themself, or refuses it, before they have an account: `/opening` and what follows.

mod answers;
mod end;
mod proof;
mod start;
mod traveller;

pub(crate) use answers::{consent, contact, read_email, read_mobile, save_consent, save_contact};
pub(crate) use end::{keep_not_now, later, not_now, open, put_off, receipt, refusal, refuse, security, turn};
pub(crate) use proof::{card, code, try_card, try_code};
pub(crate) use start::{begin, invitation, show as start};

use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{OpeningPage, OpeningProblem, OpeningStep, Shell, Site};
use dmp_service::Stage;

use crate::App;
use crate::caller::veiled;
use crate::site::{Visitor, page, page_with};

/// Most signs of a field that are shown again.
const SHOWN_MAX: usize = 260;

/// The page of the next question.
fn path_of(stage: Stage) -> &'static str {
    match stage {
        Stage::Code => "/opening/code",
        Stage::Refusal | Stage::Refused => "/opening/refuse",
        Stage::NotNow => "/opening/not-now",
        Stage::Card => "/opening/card",
        Stage::Consent => "/opening/consent",
        Stage::Contact => "/opening/contact",
        Stage::Security => "/opening/security",
        Stage::Opened => "/opening/receipt",
    }
}

/// Sends on to the next question.
fn go_to(stage: Stage) -> Response {
    Redirect::to(path_of(stage)).into_response()
}

/// A step as a page, or as the answer to a form that was wrong.
fn shown(shell: Shell, step: OpeningStep, problem: Option<OpeningProblem>) -> Response {
    let page_of = OpeningPage { shell, step, problem };
    match problem {
        None => page(&page_of),
        Some(_) => page_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page_of),
    }
}

/// The frame before there is a session: the token is the journey's.
fn shell_of(app: &App, visitor: &Visitor, csrf: &str, back: &str) -> Shell {
    let mut shell = visitor.shell(app, Site::Public, back);
    (shell.site, shell.viewer, shell.csrf) = (Site::Public, None, veiled(csrf));
    shell
}

/// What was typed, to be shown again: never longer than a field.
fn again(typed: &str) -> String {
    typed.chars().take(SHOWN_MAX).collect()
}
