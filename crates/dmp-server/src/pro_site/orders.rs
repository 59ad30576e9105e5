//! Before ordering an exam: was it done lately, by what this professional may read. Nothing is refused.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use dmp_core::access::Caller;
use dmp_core::record::Record;
use dmp_core::redundancy::{Exam, Ordered, Table};
use dmp_core::summary::{Proof, Source};
use dmp_pages::{ExamChoice, ExamDone, ExamFound, PatientPage, ProOrders, ProofLink, Said, when_words};
use dmp_service::{CheckedOrders, DoneLately, Error};

use super::frame::{Spot, answered, patient_shell};
use super::{caller_for, opened, person};
use crate::App;
use crate::clinical::{self, Place};
use crate::site::{SignedIn, done};

/// The form.
pub(crate) async fn form(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = match opened(&app, &pid) {
        Ok(key) => {
            let caller = caller_for(&signed_in, key);
            let found = app.service.search(&person(key), &caller, |_| false).await;
            found.map(|found| shown(&app, &signed_in, &pid, (&found.record, &caller), &[], None))
        }
        Err(error) => Err(error),
    };
    answered(&app, &signed_in, &pid, made)
}

/// The answers.
pub(crate) async fn check(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Response {
    let csrf = sent.iter().find(|(name, _)| name == "csrf").map_or("", |(_, value)| value);
    if !signed_in.owns(csrf) {
        return done(&format!("/pro/patients/{pid}/orders"), Said::FormExpired);
    }
    let wanted: Vec<&Exam> = exams().into_iter().filter(|exam| sent.iter().any(|(name, value)| name == "exam" && *value == exam.exam)).collect();
    let made = checked(&app, &signed_in, &pid, &wanted).await;
    answered(&app, &signed_in, &pid, made)
}

async fn checked(app: &App, signed_in: &SignedIn, pid: &str, wanted: &[&Exam]) -> Result<ProOrders, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    // An exam has several codes: any of them finds it, and the first answer counts.
    let orders: Vec<(usize, Ordered)> =
        wanted.iter().enumerate().flat_map(|(place, exam)| exam.codes.iter().map(move |code| (place, Ordered::from(code)))).collect();
    let codes: Vec<Ordered> = orders.iter().map(|(_, order)| order.clone()).collect();
    let checked = app.service.check_orders(&person(key), &caller, &codes).await?;
    let of = |place: usize| checked.done.iter().find(|one| orders.get(one.order).is_some_and(|(exam, _)| *exam == place));
    let found = wanted
        .iter()
        .enumerate()
        .map(|(place, exam)| ExamFound { label: exam.label_fr.clone(), done: of(place).and_then(|one| answer(app, signed_in, pid, &checked, one)) })
        .collect();
    Ok(shown(app, signed_in, pid, (&checked.record, &caller), wanted, Some(found)))
}

fn answer(app: &App, signed_in: &SignedIn, pid: &str, checked: &CheckedOrders, one: &DoneLately) -> Option<ExamDone> {
    let (lang, place) = (signed_in.visitor.lang, Place::of_patient(pid));
    let entry = checked.record.entry(one.finding.entry)?;
    let source = Source {
        entry: entry.id,
        title: entry.title.clone(),
        type_code: entry.type_code.as_str().to_owned(),
        author: entry.authors.first().map(|author| author.name.display()).unwrap_or_default(),
        when: one.finding.last,
        stage: None,
        proof: Proof::default(),
    };
    let proof = |source: &Source| place.proof(app, checked.record.key, source);
    Some(ExamDone {
        when: when_words(one.finding.last, lang),
        days: one.finding.days,
        basis: one.finding.exam.basis.clone(),
        source: one.finding.exam.source.clone(),
        document: ProofLink::of(&source, &proof, lang),
    })
}

fn shown(
    app: &App,
    signed_in: &SignedIn,
    pid: &str,
    (record, caller): (&Record, &Caller),
    wanted: &[&Exam],
    found: Option<Vec<ExamFound>>,
) -> ProOrders {
    let choice = |exam: &Exam| ExamChoice {
        code: exam.exam.clone(),
        label: exam.label_fr.clone(),
        chosen: wanted.iter().any(|known| known.exam == exam.exam),
    };
    ProOrders {
        shell: patient_shell(app, signed_in, record, caller, Spot::new(pid, "/orders", PatientPage::Orders)),
        pid: pid.to_owned(),
        person: clinical::person(record),
        exams: exams().into_iter().map(choice).collect(),
        found,
    }
}

/// The exams of the table, each once, by name.
fn exams() -> Vec<&'static Exam> {
    let mut exams: Vec<&Exam> = Table::built_in().exams().iter().collect();
    exams.sort_by(|one, other| (&one.label_fr, std::cmp::Reverse(one.valid_from)).cmp(&(&other.label_fr, std::cmp::Reverse(other.valid_from))));
    exams.dedup_by(|one, other| one.exam == other.exam);
    exams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exam_is_offered_once_and_has_a_code() {
        let all = exams();
        assert!(all.len() > 20 && all.iter().all(|exam| !exam.codes.is_empty()));
        assert!(all.windows(2).all(|pair| pair[0].exam != pair[1].exam));
    }
}
