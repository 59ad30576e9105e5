//! The form of one statement.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use dmp_core::record::Record;
use dmp_core::statement::{Draft, Field, Flaw, Statement, StatementKind};
use dmp_core::summary::{Summary, When};
use dmp_pages::{AddForm, Said};
use dmp_service::{Added, Addition, Error};

use super::{FormName, WRONG, answered, draft, fresh_form, opened_form, record, this_minute, value};
use crate::App;
use crate::site::{SignedIn, done, page, page_with};

/// The form.
pub(crate) async fn statement_form(State(app): State<App>, signed_in: SignedIn, Path(kind): Path<String>) -> Response {
    let Some(kind) = StatementKind::from_code(&kind) else { return signed_in.fail(&app, &Error::NotFound("form-not-found")) };
    let made = match offered(&app, &signed_in, kind).await {
        Ok(made) => made,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let (record, suggestions) = made;
    let now = this_minute(app.service.now());
    page(&form(&app, &signed_in, &record, kind, (begun(kind, now), Vec::new()), suggestions))
}

/// A measure was taken now unless somebody says otherwise; whether a reaction is severe is not known until somebody does.
fn begun(kind: StatementKind, now: When) -> Draft {
    let mut draft = Draft::default();
    match kind {
        StatementKind::Measure(_) => {
            let minute = now.minute.unwrap_or_default();
            draft.put(Field::Day, When { minute: None, ..now }.to_iso());
            draft.put(Field::Time, format!("{:02}:{:02}", minute / 60, minute % 60));
        }
        StatementKind::Allergy => draft.put(Field::Severity, "unknown"),
        _ => {}
    }
    draft
}

/// The record and the words that the first field offers.
async fn offered(app: &App, signed_in: &SignedIn, kind: StatementKind) -> Result<(std::sync::Arc<Record>, Vec<String>), Error> {
    if !matches!(kind, StatementKind::Allergy | StatementKind::Medicine | StatementKind::Family) {
        return Ok((record(app, signed_in).await?, Vec::new()));
    }
    let made = app.service.summarize(&signed_in.person()?, &signed_in.session.caller).await?;
    let suggestions = suggestions(kind, &made.summary);
    Ok((made.record, suggestions))
}

/// What the record knows first, then what people say most.
fn suggestions(kind: StatementKind, summary: &Summary) -> Vec<String> {
    let known = |heading: &dmp_core::summary::Heading| heading.lines.iter().map(|line| line.fact.concept.text.clone()).collect::<Vec<_>>();
    let (mut words, usual): (Vec<String>, &[&str]) = match kind {
        StatementKind::Allergy => ([known(&summary.treatments), known(&summary.past_treatments)].concat(), &ALLERGENS),
        StatementKind::Medicine => ([known(&summary.past_treatments), known(&summary.treatments)].concat(), &MEDICINES),
        StatementKind::Family => (Vec::new(), &RELATIVES),
        _ => (Vec::new(), &[]),
    };
    words.retain(|word| !word.trim().is_empty() && word.chars().count() <= Field::Substance.length_max());
    words.truncate(SUGGESTED_MAX);
    words.extend(usual.iter().map(|word| (*word).to_owned()));
    let mut seen = std::collections::BTreeSet::new();
    words.retain(|word| seen.insert(word.to_lowercase()));
    words
}

/// Words of the record that are offered.
const SUGGESTED_MAX: usize = 20;
const ALLERGENS: [&str; 18] = [
    "Pénicilline",
    "Amoxicilline",
    "Aspirine",
    "Ibuprofène",
    "Codéine",
    "Produits de contraste iodés",
    "Anesthésique local",
    "Latex",
    "Arachide",
    "Fruits à coque",
    "Lait",
    "Œuf",
    "Poisson",
    "Crustacés",
    "Venin d'abeille ou de guêpe",
    "Pollen",
    "Acariens",
    "Poils de chat",
];
const MEDICINES: [&str; 8] =
    ["Paracétamol", "Ibuprofène", "Aspirine", "Millepertuis", "Mélatonine", "Magnésium", "Vitamine D", "Levure de riz rouge"];
const RELATIVES: [&str; 10] = ["Mère", "Père", "Frère", "Sœur", "Grand-mère", "Grand-père", "Tante", "Oncle", "Fille", "Fils"];

pub(super) fn form(
    app: &App,
    signed_in: &SignedIn,
    record: &Record,
    kind: StatementKind,
    (draft, flaws): (Draft, Vec<(Field, Flaw)>),
    suggestions: Vec<String>,
) -> AddForm {
    let action = format!("/add/{}", kind.code());
    AddForm {
        shell: signed_in.visitor.acting_shell(app, &action, record),
        kind,
        action,
        form: fresh_form(app),
        draft,
        flaws,
        suggestions,
        correcting: false,
    }
}

/// Saves what was said.
pub(crate) async fn statement(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(kind): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    let Some(kind) = StatementKind::from_code(&kind) else { return signed_in.fail(&app, &Error::NotFound("form-not-found")) };
    let name = opened_form(&app, value(&sent, "form")).filter(|_| signed_in.owns(value(&sent, "csrf")));
    let Some(FormName { name, shown_at }) = name else { return done("/add", Said::FormExpired) };
    let draft = draft(&sent);
    let said = match Statement::parse(kind, &draft, this_minute(app.service.now())) {
        Ok(said) => said,
        Err(flaws) => return again(&app, &signed_in, kind, draft, flaws).await,
    };
    let addition = Addition { content: Added::Said(said), form: name, shown_at, replaces: None };
    let published = match signed_in.person() {
        Ok(person) => app.service.add(&person, &addition, &signed_in.session.caller, &*app.formats).await,
        Err(error) => Err(error),
    };
    answered(&app, &signed_in, published, Said::AdditionSaved)
}

async fn again(app: &App, signed_in: &SignedIn, kind: StatementKind, draft: Draft, flaws: Vec<(Field, Flaw)>) -> Response {
    match offered(app, signed_in, kind).await {
        Ok((record, suggestions)) => page_with(WRONG, &form(app, signed_in, &record, kind, (draft, flaws), suggestions)),
        Err(error) => signed_in.fail(app, &error),
    }
}
