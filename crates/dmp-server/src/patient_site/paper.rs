//! The record on paper: the order at `/paper`, and the same sheets as files to print oneself.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::{Act, CallerKind};
use dmp_core::record::{Language, PaperKind, PaperWay, Record, RecordStatus};
use dmp_pages::{Lang, LetterHelpPage, PaperForm, PaperPage, PaperProblem, Said, Site};
use dmp_service::{Error, PaperWish};

use super::perspective;
use crate::App;
use crate::clinical;
use crate::site::{SignedIn, Visitor, done, page, page_with};

/// Lines of the journal in a file.
const JOURNAL_LINES: u32 = 200;

/// Shows the form and earlier orders.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    shown(&app, &signed_in, StatusCode::OK, None).await
}

async fn shown(app: &App, signed_in: &SignedIn, status: StatusCode, typed: Option<PaperForm>) -> Response {
    let caller = &signed_in.session.caller;
    let loaded = match signed_in.person() {
        Ok(person) => app.service.administrative(&person, caller).await,
        Err(error) => Err(error),
    };
    match loaded {
        Ok(record) if matches!(record.head.status, RecordStatus::Closed(_)) => Redirect::to("/").into_response(),
        Ok(record) => {
            let reader = if caller.kind == CallerKind::Representative { caller.account.clone() } else { record.head.ins.account() };
            let mut orders: Vec<_> = record.head.paper_orders.iter().filter(|order| order.reader == reader).cloned().collect();
            orders.reverse();
            let page = PaperPage {
                shell: signed_in.visitor.acting_shell(app, "/paper", &record),
                own: perspective(caller.kind) == dmp_pages::Perspective::Person,
                may: app.service.would_permit(Act::OrderPaper, &record, None, caller),
                form: typed.unwrap_or_else(|| untouched(signed_in, &record)),
                orders,
            };
            page_with(status, &page)
        }
        Err(error) => signed_in.fail(app, &error),
    }
}

/// The form as it is first shown: the address of the person is theirs to see.
fn untouched(signed_in: &SignedIn, record: &Record) -> PaperForm {
    let own = signed_in.session.caller.kind == CallerKind::Patient;
    let address = record.head.contact.as_ref().filter(|_| own).and_then(|contact| contact.address.clone()).unwrap_or_default();
    let language = match signed_in.visitor.lang {
        Lang::Fr => Language::French,
        Lang::En => Language::English,
    };
    PaperForm { what: vec![PaperKind::Summary, PaperKind::Access, PaperKind::Journal], way: PaperWay::Post, address, language, problem: None }
}

/// Orders.
pub(crate) async fn order(State(app): State<App>, signed_in: SignedIn, Form(form): Form<HashMap<String, String>>) -> Response {
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if !signed_in.owns(field("csrf")) {
        return done("/paper", Said::FormExpired);
    }
    let typed = PaperForm {
        what: PaperKind::ALL.into_iter().filter(|kind| form.contains_key(kind.code())).collect(),
        way: PaperWay::from_code(field("way")).unwrap_or(PaperWay::Post),
        address: field("address").to_owned(),
        language: Language::from_code(field("language")).unwrap_or_default(),
        problem: None,
    };
    let address = typed.address.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let wish = PaperWish { what: typed.what.clone(), way: typed.way, language: typed.language, address };
    let ordered = match signed_in.person() {
        Ok(person) => app.service.order_paper(&person, &wish, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    let problem = match ordered {
        Ok(_) => return done("/paper", Said::PaperOrdered),
        Err(Error::Conflict("record-changed")) => return done("/paper", Said::TryAgain),
        Err(Error::Conflict("paper-address-missing")) => PaperProblem::AddressMissing,
        Err(Error::Conflict("paper-limit")) => PaperProblem::Limit,
        Err(Error::Invalid(issues)) if issues.iter().any(|issue| issue.code == "paper-nothing") => PaperProblem::Nothing,
        Err(Error::Invalid(_)) => PaperProblem::AddressTooLong,
        Err(error) => return signed_in.fail(&app, &error),
    };
    shown(&app, &signed_in, StatusCode::UNPROCESSABLE_ENTITY, Some(PaperForm { problem: Some(problem), ..typed })).await
}

/// Who looked, in large letters.
pub(crate) async fn journal_pdf(State(app): State<App>, signed_in: SignedIn) -> Response {
    let caller = &signed_in.session.caller;
    let read = match signed_in.person() {
        Ok(person) => app.service.journal(&person, caller, None, JOURNAL_LINES).await,
        Err(error) => Err(error),
    };
    let made = read.and_then(|read| {
        let bytes = crate::paper::journal(&read.leaves, read.older.is_some(), caller, signed_in.visitor.lang, app.service.now())?;
        clinical::pdf_answer(bytes, "journal.pdf")
    });
    made.unwrap_or_else(|error| signed_in.fail(&app, &error))
}

/// Who may look, in large letters.
pub(crate) async fn access_pdf(State(app): State<App>, signed_in: SignedIn) -> Response {
    let caller = &signed_in.session.caller;
    let read = match signed_in.person() {
        Ok(person) => app.service.administrative(&person, caller).await,
        Err(error) => Err(error),
    };
    let made = read.and_then(|record| {
        let bytes = crate::paper::access(&record.head, caller, signed_in.visitor.lang, app.service.now())?;
        clinical::pdf_answer(bytes, "access.pdf")
    });
    made.unwrap_or_else(|error| signed_in.fail(&app, &error))
}

/// The summary in large letters.
pub(crate) async fn summary_large_pdf(State(app): State<App>, signed_in: SignedIn) -> Response {
    let made = match signed_in.person() {
        Ok(person) => app.service.summarize(&person, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    let made = made.and_then(|made| {
        let bytes = crate::paper::summary(&made.summary, signed_in.visitor.lang)?;
        clinical::pdf_answer(bytes, "synthese.pdf")
    });
    made.unwrap_or_else(|error| signed_in.fail(&app, &error))
}

/// The letter by which each right is exercised.
pub(crate) async fn letter_help(State(app): State<App>, visitor: Visitor) -> Response {
    let site = if visitor.session.is_some() { Site::Person } else { Site::Public };
    page(&LetterHelpPage { shell: visitor.shell(&app, site, "/help/letter") })
}
