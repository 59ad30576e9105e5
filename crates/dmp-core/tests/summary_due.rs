//! What falls due and what is missing. Today is 3 July 2026.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::document::Code;
use dmp_core::identity::Sex;
use dmp_core::summary::{Concept, Due, Fact, FactKind, ImagingKind, MedicineStage, MissingKind, Party, ProblemState, Summary, SummaryPerson, What};
use summary_support::*;

fn due_of(papers: &[Paper], person: SummaryPerson) -> Vec<Due> {
    summary_of(papers, person, None).due
}

fn find<'a>(due: &'a [Due], word: &str) -> Option<&'a Due> {
    let mut found = due.iter().filter(|due| due.what.text.contains(word));
    let first = found.next();
    assert!(found.next().is_none(), "{word} twice");
    first
}

fn by(due: &[Due], word: &str) -> Option<(String, bool)> {
    find(due, word).map(|due| (due.by.to_iso(), due.late))
}

fn man(birth: &str) -> SummaryPerson {
    born(birth, Sex::Male)
}

fn some(day: &str, late: bool) -> Option<(String, bool)> {
    Some((day.to_owned(), late))
}

#[test]
fn the_tetanus_booster_follows_the_ages_of_the_calendar() {
    let vaccinated = |day: &str| [paper(1, "87273-9", day).says(vaccination("REVAXIS", day))];
    let booster = |birth: &str, day: &str| by(&due_of(&vaccinated(day), man(birth)), "tétanos");
    assert_eq!(booster("1980-05-01", "2005-05-20"), some("2025-05-01", true), "at 45, last year");
    assert_eq!(booster("1980-05-01", "2024-05-20"), None, "done a year before its age; the next one is far");
    assert_eq!(booster("1981-10-01", "2006-10-20"), some("2026-10-01", false), "at 45, this autumn");
    assert_eq!(booster("1981-10-01", "2022-10-20"), None, "four years before 45 counts for 45");
    assert_eq!(booster("1951-01-01", "2016-02-01"), some("2026-01-01", true), "at 75, ten years after 65");
    assert_eq!(booster("1980", "2005-05-20"), some("2025", true), "a birth date without a day");
    assert_eq!(booster("2000-02-29", "2015-05-20"), some("2025-02-28", true), "no 29 February at 25");
}

#[test]
fn nothing_is_called_late_of_which_no_date_is_known() {
    let due = due_of(&[], man("1980-05-01"));
    let booster = find(&due, "tétanos").unwrap();
    assert_eq!((booster.by.to_iso().as_str(), booster.late, booster.source.is_none()), ("2026-07-03", false, true));
    assert!(booster.basis.contains("rien de tel reconnu dans les documents visibles"), "{}", booster.basis);
}

#[test]
fn a_minor_and_a_child_without_birthday_get_no_reminders_of_adults() {
    for birth in ["2015-05-01", "2008-07-04", "2008", "2026-07-03"] {
        assert_eq!(due_of(&[], man(birth)), [], "{birth}");
    }
}

#[test]
fn a_refused_vaccine_was_not_given_and_haemophilus_is_no_flu() {
    let mut refused = vaccination("Revaxis", "2025-05-06");
    if let What::Vaccination { refused, .. } = &mut refused.what {
        *refused = true;
    }
    let papers = [paper(1, "87273-9", "2025-05-06").says(refused).says(vaccination("Haemophilus influenzae b", "2026-01-06"))];
    let due = due_of(&papers, man("1951-01-01"));
    assert!(find(&due, "tétanos").unwrap().source.is_none() && find(&due, "grippe").unwrap().source.is_none());
}

#[test]
fn the_flu_vaccine_is_due_each_autumn_from_65_on() {
    let flu = |birth: &str, last: &str| by(&due_of(&[paper(1, "87273-9", last).says(vaccination("VAXIGRIP", last))], man(birth)), "grippe");
    assert_eq!(flu("1951-01-01", "2025-10-20"), some("2026-12-31", false));
    assert_eq!(flu("1971-01-01", "2025-10-20"), None, "not before 65");
}

#[test]
fn diabetes_brings_its_checks_by_code_by_words_and_by_treatment() {
    let hba1c = paper(2, "11502-2", "2025-11-10").says(result(loinc("4548-4", "HbA1c"), "7", "%", "2025-11-10"));
    let insulin = || medicine_with(MedicineStage::Stated, Concept { text: "LANTUS".into(), codes: vec![Code::new("A10AE04", ATC, "")] }, |_| {});
    for fact in [problem(icd("E11.9", "x"), ProblemState::Active), active("Diabète de type 2"), insulin()] {
        let due = due_of(&[paper(1, "SYNTH", "2026-01-05").says(fact), hba1c.clone()], man("1980-05-01"));
        assert_eq!(by(&due, "HbA1c"), some("2026-05-10", true), "six months after the last one");
        assert!(find(&due, "Créatinine").is_some() && find(&due, "Fond d'œil").is_some());
        assert_eq!(find(&due, "HbA1c").unwrap().source.as_ref().unwrap().entry, hba1c.entry.id);
    }
    for words in ["Diabète insipide", "Diabète gestationnel", "Prédiabète"] {
        assert_eq!(find(&due_of(&[paper(1, "SYNTH", "2026-01-05").says(active(words))], man("1980-05-01")), "HbA1c"), None, "{words}");
    }
    let past = problem(icd("E11", "x"), ProblemState::Past);
    assert_eq!(find(&due_of(&[paper(1, "SYNTH", "2026-01-05").says(past)], man("1980-05-01")), "HbA1c"), None);
}

#[test]
fn the_eye_is_looked_at_each_year_with_insulin_and_every_two_years_without() {
    let fundus = || dated(fact(What::Act, Concept::coded(Code::new("BGQP002", "1.2.250.1.215.200.3.4", "EXAMEN"))), "2025-05-01", "2025-05-01");
    let insulin = || medicine(MedicineStage::Stated, "Insuline glargine");
    let with = [paper(1, "SYNTH", "2026-01-05").says(active("Diabète")).says(insulin()), paper(2, "REMB", "2025-06-01").says(fundus())];
    assert_eq!(by(&due_of(&with, man("1980-05-01")), "Fond d'œil"), some("2026-05-01", true));
    let without = [paper(1, "SYNTH", "2026-01-05").says(active("Diabète")), paper(2, "REMB", "2025-06-01").says(fundus())];
    assert_eq!(by(&due_of(&without, man("1980-05-01")), "Fond d'œil"), None, "in 2027");
}

#[test]
fn hypertension_asks_for_the_kidneys_and_pulmonary_hypertension_does_not() {
    let kidney = |words: &str| find(&due_of(&[paper(1, "SYNTH", "2026-01-05").says(active(words))], man("1980-05-01")), "Créatinine").is_some();
    assert!(kidney("HTA") && kidney("Hypertension artérielle essentielle") && !kidney("Hypertension artérielle pulmonaire") && !kidney("Asthme"));
}

#[test]
fn a_vitamin_k_antagonist_asks_for_an_inr_each_month() {
    let papers = [
        paper(1, "57833-6", "2026-06-05").says(medicine(MedicineStage::Prescribed, "PREVISCAN 20 mg")),
        paper(2, "11502-2", "2026-05-20").says(result(loinc("6301-6", "INR"), "2.4", "", "2026-05-20")),
    ];
    assert_eq!(by(&due_of(&papers, man("1980-05-01")), "INR"), some("2026-06-20", true));
    let stopped = [papers[0].clone().with(|entry| entry.service_start = at("2023-06-05"))];
    assert_eq!(find(&due_of(&stopped, man("1980-05-01")), "INR"), None, "it is taken no more");
}

#[test]
fn screening_is_for_its_age_and_sex() {
    let names = |person: SummaryPerson| {
        let due = due_of(&[], person);
        ["Mammographie", "colorectal", "col de l'utérus"].map(|word| find(&due, word).is_some())
    };
    assert_eq!(names(born("1970-05-01", Sex::Female)), [true, true, true]);
    assert_eq!(names(born("1970-05-01", Sex::Male)), [false, true, false]);
    assert_eq!(names(born("1998-05-01", Sex::Female)), [false, false, true]);
    assert_eq!(names(born("1958-05-01", Sex::Female)), [true, true, false]);
    assert_eq!(names(born("1940-05-01", Sex::Female)), [false, false, false]);
    assert_eq!(names(born("1970-05-01", Sex::Unknown)), [false, true, false]);
}

#[test]
fn what_was_done_puts_screening_off() {
    let imaging = What::Imaging { kind: ImagingKind::Report, modality: "MG".into(), region: String::new(), accession: None, study: None, link: None };
    let act = |words: &str, day: &str| dated(fact(What::Procedure, Concept::words(words)), day, day);
    let papers = [paper(1, "18748-4", "2024-06-01")
        .says(dated(fact(imaging, Concept::words("Mammographie bilatérale")), "2024-06-01", "2024-06-01"))
        .says(act("Coloscopie totale", "2023-06-01"))
        .says(act("Frottis cervico-utérin", "2020-06-01"))];
    let due = due_of(&papers, born("1970-05-01", Sex::Female));
    assert_eq!(
        (by(&due, "Mammographie"), by(&due, "colorectal"), by(&due, "col de l'utérus")),
        (some("2026-06-01", true), None, some("2025-06-01", true))
    );
}

#[test]
fn a_vaccine_against_hpv_is_no_cervical_screening() {
    let papers = [paper(1, "87273-9", "2026-01-01").says(vaccination("Gardasil 9 (HPV)", "2026-01-01"))];
    assert!(find(&due_of(&papers, born("1998-05-01", Sex::Female)), "col de l'utérus").unwrap().source.is_none());
}

#[test]
fn a_doctor_owes_a_synthesis_each_year() {
    let person = || SummaryPerson { medecin_traitant: Some(Party { name: "Dr Anne EXEMPLE".into(), ..Party::default() }), ..man("1980-05-01") };
    let old = [paper(1, "SYNTH", "2025-03-05").says(active("Asthme"))];
    assert_eq!(by(&due_of(&old, person()), "synthèse"), some("2026-03-05", true));
    assert_eq!(find(&due_of(&[], man("1980-05-01")), "synthèse"), None, "who has no doctor is owed none");
}

fn planned(words: &str, day: &str) -> Fact {
    dated(fact(What::Plan, Concept::words(words)), day, day)
}

#[test]
fn planned_acts_are_told_until_they_are_done_or_long_forgotten() {
    let papers = [paper(1, "18776-5", "2026-01-05")
        .says(planned("Échographie cardiaque", "2027-09-01"))
        .says(planned("Consultation de cardiologie", "2026-06-01"))
        .says(planned("Scanner thoracique", "2026-05-01"))
        .says(planned("Prise de sang", "2025-12-01"))];
    let done = paper(2, "18748-4", "2026-05-02").says(dated(fact(What::Procedure, Concept::words("scanner thoracique")), "2026-05-02", "2026-05-02"));
    let due = due_of(&[papers[0].clone(), done], man("2000-05-01"));
    assert_eq!(by(&due, "Échographie"), some("2027-09-01", false), "however far ahead");
    assert_eq!(by(&due, "Consultation"), some("2026-06-01", true));
    assert_eq!((find(&due, "Scanner"), find(&due, "Prise de sang")), (None, None));
    let days: Vec<_> = due.iter().map(|due| due.by).collect();
    assert!(days.is_sorted(), "the soonest first: {days:?}");
}

// What is missing.

fn missing(papers: &[Paper]) -> Vec<(MissingKind, String, String)> {
    let found: Summary = summary(papers);
    found.missing.iter().map(|missing| (missing.kind, missing.what.text.clone(), missing.when.to_iso())).collect()
}

fn stay(from: &str, to: &str) -> Fact {
    dated(fact(What::Stay, Concept::words("Séjour d'essai")), from, to)
}

/// By its words: the same code for every label of the TSH.
fn analysis(words: &str, day: &str) -> Fact {
    let code = if words.replace('.', "").starts_with("TSH") { "1208" } else { "0552" };
    dated(fact(What::Act, Concept::coded(Code::new(code, NABM, words))), day, day)
}

fn insurer(facts: Vec<Fact>) -> Paper {
    facts.into_iter().fold(paper(9, "REMB", "2026-07-01"), Paper::says)
}

#[test]
fn a_reimbursed_stay_without_its_letter_is_missing() {
    let fed = insurer(vec![stay("2026-03-02", "2026-03-09")]);
    assert_eq!(missing(std::slice::from_ref(&fed)), [(MissingKind::Stay, "Séjour d'essai".to_owned(), "2026-03-02".to_owned())]);
    let letter = |type_code: &str, from: &str, to: &str| paper(1, type_code, from).stay(from, to);
    for (paper, found) in [
        (letter("34112-3", "2026-03-02", "2026-03-09"), true),
        (letter("11490-0", "2026-03-18", "2026-03-18"), true),
        (letter("11490-0", "2026-03-20", "2026-03-20"), false),
        (letter("34112-3", "2026-01-01", "2026-05-01"), true),
        (letter("34112-3", "2026-02-01", "2026-02-19"), false),
        (letter("11488-4", "2026-03-05", "2026-03-05"), false),
    ] {
        let left = missing(&[paper.clone(), fed.clone()]);
        assert_eq!(left.is_empty(), found, "{:?} {left:?}", paper.entry.service_start);
    }
}

#[test]
fn a_long_stay_covers_a_short_one_whatever_came_in_between() {
    let long = paper(1, "34112-3", "2026-01-01").stay("2026-01-01", "2026-05-01");
    let between = paper(2, "15507-7", "2026-01-20");
    assert_eq!(missing(&[long, between, insurer(vec![stay("2026-03-02", "2026-03-09")])]), []);
}

#[test]
fn what_was_hidden_counts_as_not_there_and_what_was_archived_came() {
    let fed = insurer(vec![stay("2026-03-02", "2026-03-09")]);
    let letter = paper(1, "34112-3", "2026-03-02");
    assert_eq!(missing(&[letter.clone().with(|entry| entry.status = approved().archive()), fed.clone()]), []);
    assert_eq!(missing(&[letter.with(|entry| entry.status = approved().delete()), fed]).len(), 1);
}

#[test]
fn analyses_are_missing_until_any_report_of_those_days_came() {
    let fed = insurer(vec![analysis("T.S.H.", "2026-05-11"), analysis("GLYCEMIE", "2026-05-11"), analysis("FORFAIT DE SECURITE", "2026-05-11")]);
    assert_eq!(missing(std::slice::from_ref(&fed)).len(), 2, "a lump sum is no analysis");
    for (day, found) in [("2026-05-11", true), ("2026-05-26", true), ("2026-05-28", false), ("2026-05-01", false)] {
        assert_eq!(missing(&[paper(1, "11502-2", day), fed.clone()]).is_empty(), found, "{day}");
    }
    let quoted = paper(1, "34112-3", "2026-06-20").says(result(loinc("3016-3", "TSH"), "2", "mUI/L", "2026-05-11"));
    assert_eq!(missing(&[quoted, fed]), [], "a result that a letter quotes is there");
}

#[test]
fn an_act_of_radiology_is_missing_until_its_report_came_and_a_consultation_never_is() {
    let act = |section: &str, title: &str, words: &str| {
        in_section(dated(fact(What::Act, Concept::words(words)), "2026-05-11", "2026-05-11"), section, title)
    };
    let fed = insurer(vec![act("18726-0", "Radiologie", "Scanner"), act("67803-7", "Soins médicaux et dentaires", "Consultation")]);
    assert_eq!(missing(std::slice::from_ref(&fed)), [(MissingKind::Imaging, "Scanner".to_owned(), "2026-05-11".to_owned())]);
    assert_eq!(missing(&[paper(1, "18748-4", "2026-05-12"), fed]), []);
}

#[test]
fn what_is_ten_days_old_may_still_come_and_what_has_no_day_is_never_missing() {
    let of = |day: &str| missing(&[insurer(vec![dated(analysis("T.S.H.", "2026-01-01"), day, day)])]).len();
    assert_eq!((of("2026-06-23"), of("2026-06-22"), of(""), of("2026-06"), of("2026-07")), (0, 1, 0, 0, 0));
    assert_eq!(of("2026-05"), 1, "all of May is long over");
}

#[test]
fn a_line_that_two_feeds_tell_is_missing_once() {
    let again = paper(8, "REMB", "2026-06-01").says(analysis("T.S.H.", "2026-05-11"));
    assert_eq!(missing(&[insurer(vec![analysis("TSH (SANG)", "2026-05-11")]), again]).len(), 1, "by its code, whatever its label");
}

#[test]
fn a_report_that_names_it_in_its_title_is_one_and_an_order_is_none() {
    let diabetic = || paper(1, "60591-5", "2026-01-10").says(problem(icd("E11", "Diabète de type 2"), ProblemState::Active));
    let named = |code: &str| paper(2, code, "2026-05-06").with(|entry| entry.title = "CR d'ophtalmologie : fond d'œil".into());
    let fundus = |papers: &[Paper]| find(&due_of(papers, man("1960-05-01")), "Fond d'œil").map(|due| due.basis.contains("rien de tel"));
    assert_eq!(fundus(&[diabetic()]), Some(true));
    assert_eq!(fundus(&[diabetic(), named("11488-4")]), None, "done in May, the next one is far");
    assert_eq!(fundus(&[diabetic(), named("57833-6")]), Some(true), "an order");
}

#[test]
fn themes_are_told_of_which_there_are_documents_without_a_fact() {
    let titled = |number, code: &str, title: &str| paper(number, code, "2026-05-06").with(|entry| entry.title = title.into());
    let papers = [
        titled(1, "18748-4", "Scanner du thorax"),
        titled(2, "EXPPAT_3", "Mes directives anticipées"),
        titled(3, "11488-4", "Consultation prénatale du troisième mois"),
        titled(4, "REMB", "Historique des remboursements : vaccin"),
    ];
    let found = summary_of(&papers, man("1960-05-01"), None).papers;
    assert_eq!(found, [(FactKind::Directive, 1), (FactKind::Imaging, 1), (FactKind::Pregnancy, 1)]);
}
