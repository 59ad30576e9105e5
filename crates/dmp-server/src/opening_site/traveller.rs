//! Who is on the way: the random word of a browser, and the journey that it leads to.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{Said, Shell, Site};
use dmp_service::{Error, OpeningDesk, SeenJourney, Stage};

use super::{go_to, path_of, shell_of};
use crate::App;
use crate::caller::is_veiled;
use crate::site::{self, Visitor, cookie};

const COOKIE: &str = "dmp_opening";

/// Somebody on the way.
pub(crate) struct Traveller {
    pub visitor: Visitor,
    pub desk: Arc<OpeningDesk>,
    pub seen: SeenJourney,
    pub word: String,
    pub stage: Stage,
}

impl std::fmt::Debug for Traveller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Traveller({:?})", self.stage)
    }
}

/// The journey of a browser, when it has one.
pub(super) async fn journey_of(app: &App, headers: &axum::http::HeaderMap) -> Result<Option<(String, SeenJourney)>, Error> {
    let (Some(desk), Some(word)) = (&app.opening, cookie(headers, COOKIE)) else { return Ok(None) };
    // Longer than any word of ours: nothing is looked for.
    if word.len() > 64 {
        return Ok(None);
    }
    Ok(desk.journey(word).await?.map(|seen| (word.to_owned(), seen)))
}

/// Where somebody is sent whose question or form is not the next one.
#[derive(Debug)]
pub(crate) struct Elsewhere {
    stage: Stage,
    /// Whether the form was not made by a page of this journey: it is said.
    expired: bool,
}

impl IntoResponse for Elsewhere {
    fn into_response(self) -> Response {
        if self.expired { site::done(path_of(self.stage), Said::FormExpired) } else { go_to(self.stage) }
    }
}

impl FromRequestParts<App> for Traveller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        let to_start = || Redirect::to("/opening").into_response();
        let desk = app.opening.clone().ok_or_else(to_start)?;
        match journey_of(app, &parts.headers).await {
            Ok(Some((word, seen))) => {
                let stage = seen.journey.stage(app.service.now());
                Ok(Traveller { visitor, desk, seen, word, stage })
            }
            Ok(None) => Err(to_start()),
            Err(error) => Err(site::fail(app, &visitor, Site::Public, "/opening", &error)),
        }
    }
}

impl Traveller {
    /// The frame of a page of theirs.
    pub fn shell(&self, app: &App) -> Shell {
        shell_of(app, &self.visitor, &self.seen.journey.csrf, path_of(self.stage))
    }

    /// Refuses a form that was not made by a page of this journey, and one of a question that is not there yet or no more.
    pub fn check(&self, csrf: &str, from: Stage, to: Stage) -> Result<(), Elsewhere> {
        if !is_veiled(csrf, &self.seen.journey.csrf) {
            return Err(Elsewhere { stage: self.stage, expired: true });
        }
        self.reached(from, to)
    }

    /// Sends on who asks for a question that is not there yet or no more.
    pub fn reached(&self, from: Stage, to: Stage) -> Result<(), Elsewhere> {
        if (from..=to).contains(&self.stage) { Ok(()) } else { Err(Elsewhere { stage: self.stage, expired: false }) }
    }

    /// The way on after a form was taken: to the next question, as the journey now stands. What somebody else changed meanwhile is asked again.
    pub async fn on(&self, app: &App, done: Result<(), Error>) -> Response {
        match done {
            Ok(()) | Err(Error::Conflict("record-changed")) => match self.desk.journey(&self.word).await {
                Ok(Some(seen)) => go_to(seen.journey.stage(app.service.now())),
                Ok(None) => Redirect::to("/opening").into_response(),
                Err(error) => self.fail(app, &error),
            },
            Err(error) => self.fail(app, &error),
        }
    }

    /// The error page.
    pub fn fail(&self, app: &App, error: &Error) -> Response {
        site::fail(app, &self.visitor, Site::Public, "/opening", error)
    }
}

/// Sets the word of a browser: for as long as it is open, or for so many seconds.
pub(super) fn set_word(app: &App, word: &str, seconds: Option<i64>) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    let age = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    HeaderValue::from_str(&format!("{COOKIE}={word}; Path=/; HttpOnly; SameSite=Strict{age}{secure}")).ok()
}
