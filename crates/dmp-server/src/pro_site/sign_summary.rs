//! The medical summary (VSM) that the *médecin traitant* edits and signs, starting from the record's own.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::summary::edition::{Edition, KeptLine, SignedHeading};
use dmp_pages::{PatientPage, Said, SignSummaryPage, SignSummaryProblem};
use dmp_service::Error;

use super::frame::{Spot, answered, patient_shell, refused};
use super::{caller_for, opened, person};
use crate::App;
use crate::clinical::{self, Place};
use crate::site::{SignedIn, done, page_with_script};

/// The form.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = form(&app, &signed_in, &pid, None, None).await;
    answered(&app, &signed_in, &pid, made)
}

/// Signs what the form says. What is wrong with it is told on the form, with what was typed.
pub(crate) async fn sign(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Response {
    let csrf = sent.iter().find(|(name, _)| name == "csrf").map_or("", |(_, value)| value);
    if !signed_in.owns(csrf) {
        return done(&format!("/pro/patients/{pid}"), Said::FormExpired);
    }
    let edition = edition(&sent);
    let signed = match opened(&app, &pid) {
        Ok(key) => app.service.sign_summary(&person(key), &caller_for(&signed_in, key), &edition, &*app.formats).await,
        Err(error) => Err(error),
    };
    let (status, problem) = match &signed {
        Ok(_) => return done(&format!("/pro/patients/{pid}"), Said::SummarySigned),
        Err(error @ Error::Conflict("summary-changed")) => (StatusCode::CONFLICT, (error.code(), None)),
        Err(error @ Error::Invalid(issues)) => {
            let place = issues.iter().find_map(|issue| issue.path.as_deref());
            (StatusCode::UNPROCESSABLE_ENTITY, (error.code(), place.and_then(SignedHeading::from_code)))
        }
        Err(error) => return refused(&app, &signed_in, &pid, error),
    };
    match form(&app, &signed_in, &pid, Some(&edition), Some(problem)).await {
        Ok(form) => page_with_script(status, &form),
        Err(error) => refused(&app, &signed_in, &pid, &error),
    }
}

async fn form(
    app: &App,
    signed_in: &SignedIn,
    pid: &str,
    sent: Option<&Edition>,
    problem: Option<(&str, Option<SignedHeading>)>,
) -> Result<SignSummaryPage, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    let made = app.service.draft_summary(&person(key), &caller).await?;
    if !app.service.signs_summary(&made.record, &caller) {
        return Err(Error::Conflict("summary-not-medecin-traitant"));
    }
    let (place, lang) = (Place::of_patient(pid), signed_in.visitor.lang);
    let problem = problem.map(|(code, heading)| {
        let words = dmp_core::catalogue::message(code).map_or_else(|| code.to_owned(), |line| lang.pick(line.fr, line.en).to_owned());
        SignSummaryProblem { words, heading }
    });
    Ok(SignSummaryPage {
        shell: patient_shell(app, signed_in, &made.record, &caller, Spot::new(pid, "/sign-summary", PatientPage::Other)),
        person: clinical::person(&made.record),
        action: format!("/pro/patients/{pid}/sign-summary"),
        home: place.home.clone(),
        headings: SignSummaryPage::offered(&made.summary, sent, &|source| place.proof(app, key, source), lang),
        problem,
    })
}

/// The form in the terms of the act. Fields that are none of ours are passed over.
fn edition(sent: &[(String, String)]) -> Edition {
    let mut edition = Edition::default();
    let words = |named: &str| sent.iter().find(|(name, _)| name.strip_prefix("words:") == Some(named)).map(|(_, words)| words.clone());
    for (name, value) in sent {
        match name.as_str() {
            "keep" => edition.kept.extend(value.split_once(':').and_then(|(heading, key)| {
                Some(KeptLine { heading: SignedHeading::from_code(heading)?, key: key.to_owned(), words: words(value)? })
            })),
            "none" => edition.none_known.extend(SignedHeading::from_code(value)),
            _ => {
                let heading = name.strip_prefix("add:").and_then(SignedHeading::from_code);
                let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
                edition.added.extend(heading.into_iter().flat_map(|heading| lines.clone().map(move |line| (heading, line.to_owned()))));
            }
        }
    }
    edition
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_an_edition() {
        let sent = [
            ("csrf", "x"),
            ("keep", "problems:00aa"),
            ("words:problems:00aa", "Asthme"),
            ("words:problems:00bb", "écartée"),
            ("keep", "unknown:00cc"),
            ("none", "allergies"),
            ("add:risks", "Tabac\r\n\r\n  Chutes \n"),
            ("add:unknown", "x"),
        ];
        let sent: Vec<(String, String)> = sent.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let read = edition(&sent);
        assert_eq!(read.kept, [KeptLine { heading: SignedHeading::Problems, key: "00aa".to_owned(), words: "Asthme".to_owned() }]);
        assert_eq!(read.added, [(SignedHeading::Risks, "Tabac".to_owned()), (SignedHeading::Risks, "Chutes".to_owned())]);
        assert!(read.none_known.contains(&SignedHeading::Allergies) && read.none_known.len() == 1);
    }
}
