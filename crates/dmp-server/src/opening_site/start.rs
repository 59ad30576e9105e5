//! The first question: whose record. SECURITY: the answer is the same, and takes as long, whoever the number belongs to.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::Mode;
use dmp_core::identity::{Ins, InsAuthority, InsError};
use dmp_core::record::Language;
use dmp_pages::{Lang, OpeningProblem, OpeningStep, Site};
use dmp_service::Wish;
use serde::Deserialize;

use super::traveller::{journey_of, set_word};
use super::{again, path_of, shell_of, shown};
use crate::App;
use crate::caller::fresh_word;
use crate::site::{self, Visitor, query_value};
use crate::strangers::turned_away;

/// The page; `?wish=refuse` for who wants no record.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap, uri: Uri) -> Response {
    let refuses = query_value(uri.query().unwrap_or_default(), "wish") == Some("refuse");
    if app.opening.is_none() {
        return shown(shell_of(&app, &visitor, "", "/opening"), OpeningStep::Closed, None);
    }
    let journey = match journey_of(&app, &headers).await {
        Ok(found) => found.map(|(_, seen)| seen.journey),
        Err(error) => return site::fail(&app, &visitor, Site::Public, "/", &error),
    };
    let resume = journey.as_ref().map(|journey| path_of(journey.stage(app.service.now())));
    let csrf = journey.map(|journey| journey.csrf).unwrap_or_default();
    shown(
        shell_of(&app, &visitor, &csrf, "/opening"),
        OpeningStep::Number { nir: String::new(), refuses, resume, days: crate::phase::lines(&app, visitor.lang) },
        None,
    )
}

/// The form of the first question.
#[derive(Debug, Deserialize)]
pub(crate) struct NumberForm {
    #[serde(default)]
    nir: String,
    #[serde(default)]
    wish: String,
    #[serde(default, rename = "do")]
    wanted: String,
}

/// Begins a journey, and has a code sent when one was asked for.
pub(crate) async fn begin(State(app): State<App>, visitor: Visitor, Form(form): Form<NumberForm>) -> Response {
    let Some(desk) = &app.opening else { return StatusCode::NOT_FOUND.into_response() };
    let refuses = form.wish == "refuse";
    let ins = match read_number(&form.nir, app.service.config().mode) {
        Ok(ins) => ins,
        Err(problem) => {
            let step = OpeningStep::Number { nir: again(&form.nir), refuses, resume: None, days: crate::phase::lines(&app, visitor.lang) };
            return shown(shell_of(&app, &visitor, "", "/opening"), step, Some(problem));
        }
    };
    if let Some(seconds) = app.strangers.about("/opening", ins.matricule(), None, app.service.now()) {
        return turned_away(&app, &visitor, seconds);
    }
    let language = match visitor.lang {
        Lang::Fr => Language::French,
        Lang::En => Language::English,
    };
    let (Some(word), Some(csrf)) = (fresh_word(), fresh_word()) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let wish = if refuses { Wish::Refuse } else { Wish::Open };
    let begun = match desk.begin(&word, csrf, ins.clone(), wish, language).await {
        Ok(()) if form.wanted == "have" => Ok(()),
        Ok(()) => desk.ask_code(ins, language),
        Err(error) => Err(error),
    };
    if let Err(error) = begun {
        return site::fail(&app, &visitor, Site::Public, "/opening", &error);
    }
    let mut response = Redirect::to("/opening/code").into_response();
    set_word(&app, &word, None).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// Reads a social security number with its key, however it is spaced.
fn read_number(typed: &str, mode: Mode) -> Result<Ins, OpeningProblem> {
    let separates = |sign: &char| sign.is_whitespace() || matches!(sign, '.' | '-' | '/');
    let number: String = typed.chars().filter(|sign| !separates(sign)).take(64).collect::<String>().to_ascii_uppercase();
    if number.is_empty() {
        return Err(OpeningProblem::NirMissing);
    }
    let authority = match mode {
        Mode::Sandbox => InsAuthority::Test,
        Mode::Production => InsAuthority::Nir,
    };
    Ins::parse(authority.oid(), &number).map_err(|error| match error {
        InsError::Key { .. } => OpeningProblem::NirKey,
        InsError::Format | InsError::UnknownAuthority => OpeningProblem::NirMalformed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_spaced() {
        for typed in ["279035121518989", " 2 79 03 51 215 189 89 ", "2.79.03.51.215.189-89", "2\u{a0}79\u{202f}03 51 215 189 89"] {
            assert_eq!(read_number(typed, Mode::Sandbox).unwrap().matricule(), "279035121518989", "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_number_is_told() {
        assert_eq!(read_number("  ", Mode::Sandbox), Err(OpeningProblem::NirMissing));
        assert_eq!(read_number("279035121518988", Mode::Sandbox), Err(OpeningProblem::NirKey));
        let endless = "1".repeat(100_000);
        for typed in ["2790351215189", "279035121518989 0", "bonjour", "２７９０３５１２１５１８９８９", "\0", endless.as_str()] {
            assert_eq!(read_number(typed, Mode::Sandbox), Err(OpeningProblem::NirMalformed));
        }
    }
}
