//! The code that was sent, and the card in hand.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use dmp_pages::{OpeningProblem, OpeningStep};
use dmp_service::{CardProof, CodeProof, Stage};
use serde::Deserialize;

use super::traveller::Traveller;
use super::{again, shown};
use crate::App;

/// The page for the code.
pub(crate) async fn code(State(app): State<App>, traveller: Traveller) -> Response {
    match traveller.reached(Stage::Code, Stage::Code) {
        Ok(()) => shown(traveller.shell(&app), OpeningStep::Code { code: String::new() }, None),
        Err(elsewhere) => elsewhere.into_response(),
    }
}

/// A form with a code.
#[derive(Debug, Deserialize)]
pub(crate) struct CodeForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    code: String,
}

/// Tries a code.
pub(crate) async fn try_code(State(app): State<App>, traveller: Traveller, Form(form): Form<CodeForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Code, Stage::Code) {
        return elsewhere.into_response();
    }
    let problem = match traveller.desk.try_code(&traveller.seen, &form.code).await {
        Ok(CodeProof::Right) => return traveller.on(&app, Ok(())).await,
        Ok(CodeProof::Malformed) => OpeningProblem::CodeMalformed,
        Ok(CodeProof::Wrong) => OpeningProblem::CodeWrong,
        Err(error) => return traveller.fail(&app, &error),
    };
    shown(traveller.shell(&app), OpeningStep::Code { code: again(&form.code) }, Some(problem))
}

/// The page for the card.
pub(crate) async fn card(State(app): State<App>, traveller: Traveller) -> Response {
    match traveller.reached(Stage::Card, Stage::Card) {
        Ok(()) => shown(traveller.shell(&app), OpeningStep::Card { serial: String::new() }, None),
        Err(elsewhere) => elsewhere.into_response(),
    }
}

/// A form with the number of a card.
#[derive(Debug, Deserialize)]
pub(crate) struct CardForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    serial: String,
}

/// Tries the number of a card.
pub(crate) async fn try_card(State(app): State<App>, traveller: Traveller, Form(form): Form<CardForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Card, Stage::Card) {
        return elsewhere.into_response();
    }
    let problem = match traveller.desk.try_card(&traveller.seen, &form.serial).await {
        Ok(CardProof::Right) => return traveller.on(&app, Ok(())).await,
        Ok(CardProof::Malformed) => OpeningProblem::SerialMalformed,
        Ok(CardProof::Wrong) => OpeningProblem::SerialWrong,
        Ok(CardProof::Over) => OpeningProblem::SerialOver,
        Err(error) => return traveller.fail(&app, &error),
    };
    shown(traveller.shell(&app), OpeningStep::Card { serial: again(&form.serial) }, Some(problem))
}
