//! The insurer's counter, at `/accueil`: agents open and close, hand out codes, and record what the person asks for. SECURITY: no page and no answer
//! here holds anything of a document, not even that there is one; what an agent may do is asked of the law each time.

mod campaigns;
mod day;
mod oidc;
mod pages;
mod tasks;

pub(crate) use campaigns::{campaigns, confirm_campaign, propose, stop_campaign};
pub(crate) use day::journal;
pub(crate) use oidc::{CounterProvider, callback as oidc_callback, start as oidc_start};
pub(crate) use pages::{done_page as done, explain, home, sheet};
pub(crate) use tasks::{confirm_close, confirm_codes, confirm_rights, confirm_unblock, find_close, find_codes, find_rights, find_unblock};
pub(crate) use tasks::{show_close, show_codes, show_rights, show_unblock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Redirect;
use dmp_core::access::{Caller, CallerKind};
use dmp_pages::{Shell, Site};

use crate::App;
use crate::site::SignedIn;

/// An agent at work.
#[derive(Debug)]
pub(crate) struct AtCounter(SignedIn);

impl FromRequestParts<App> for AtCounter {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Redirect> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        if signed_in.session.caller.kind == CallerKind::Agent { Ok(AtCounter(signed_in)) } else { Err(Redirect::to("/")) }
    }
}

impl AtCounter {
    fn shell(&self, app: &App, back: &str) -> Shell {
        self.0.visitor.shell(app, Site::Counter, back)
    }

    fn agent(&self) -> &Caller {
        &self.0.session.caller
    }

    /// The agent, who records what the person before them asks for now.
    fn asked_now(&self) -> Caller {
        Caller { consent_now: true, ..self.agent().clone() }
    }
}
