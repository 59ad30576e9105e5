//! What the summary block must say, whatever the record holds.

use askama::Template;
use dmp_core::summary::samples as core_samples;

use super::*;
use crate::samples::{block, many};

fn html(summary: &Summary, reader: Reader, lang: Lang) -> String {
    block(summary, reader, lang).render().unwrap().replace('\u{a0}', " ")
}

#[test]
fn the_first_blocks_stand_in_the_order_of_a_phone() {
    let html = html(&core_samples::rich(), Reader::Person, Lang::Fr);
    let place = |id: &str| html.find(&format!("id=\"s-{id}\"")).unwrap();
    let places = ["allergies", "treatments", "problems", "results", "due", "new"].map(place);
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn an_empty_heading_says_that_nothing_is_known_and_never_that_there_is_nothing() {
    let empty = html(&core_samples::empty(), Reader::Person, Lang::Fr);
    assert!(empty.contains("Aucune information reconnue sur les allergies. Cela ne veut pas dire"));
    assert!(!empty.contains("Aucune allergie connue"));
    assert!(empty.contains("les vaccinations"), "headings without anything are named");
}

#[test]
fn a_denial_has_its_author_and_its_date_and_beside_a_line_it_is_a_contradiction() {
    let denied = html(&core_samples::denials(), Reader::Person, Lang::Fr);
    assert!(denied.contains("Aucun traitement en cours <span class=\"meta\">(dit par Dr Anne EXEMPLE, 20 mai 2025"), "{denied}");
    assert!(denied.contains("À vérifier") && denied.contains("Pénicillines"));
    assert!(denied.contains("Aucune vaccination connue"));
    assert_eq!(denied.matches("À vérifier").count(), 1);
}

#[test]
fn a_treatment_says_when_it_was_prescribed_dispensed_and_reimbursed_each_with_its_proof() {
    let html = html(&core_samples::rich(), Reader::Person, Lang::Fr);
    for words in [
        ">prescrit<span class=\"unseen\"> le 20/05/2024</span></a>",
        ">remboursé le 20/05/2026</a>",
        "<li>délivré – <a",
        "1 comprimé matin et soir",
        "au long cours",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn every_line_leads_to_its_proof() {
    let summary = core_samples::rich();
    let html = html(&summary, Reader::Person, Lang::Fr);
    for (_, heading) in other_headings(&summary) {
        for line in &heading.lines {
            assert!(html.contains(&dates::when(line.sources[0].when, Lang::Fr).replace('\u{a0}', " ")), "{:?}", line.fact.kind());
        }
    }
    let lines = html.matches("<li><p").count();
    assert!(html.matches("href=\"/documents/a1#proof-p1\"").count() >= lines, "{lines} lines");
}

#[test]
fn the_person_and_the_professional_are_spoken_to_in_their_own_words() {
    let person = html(&core_samples::rich(), Reader::Person, Lang::Fr);
    let professional = html(&core_samples::rich(), Reader::Professional, Lang::Fr);
    assert!(person.contains("Vos allergies") && person.contains("Carte d&#39;urgence"));
    assert!(!professional.contains("Vos ") && !professional.contains("Carte d&#39;urgence") && professional.contains("Problèmes de santé actifs"));
    let other = html(&core_samples::rich(), Reader::Other, Lang::Fr);
    assert!(!other.contains("Vos allergies"));
}

#[test]
fn what_is_new_is_a_word_and_the_late_too() {
    let html = html(&core_samples::rich(), Reader::Person, Lang::Fr);
    assert!(html.contains("<span class=\"label new\">nouveau</span>") && html.contains("en retard"));
}

#[test]
fn sixty_treatments_are_folded_and_none_is_lost() {
    let html = html(&many(), Reader::Person, Lang::Fr);
    assert!(html.contains("<summary>53 autres<span"), "seven show at once");
    for number in [0, 6, 7, 59] {
        assert!(html.contains(&format!("EXEMPLE {number} 160 mg")), "{number}");
    }
}

#[test]
fn hostile_words_are_escaped_and_cannot_turn_the_page() {
    for lang in Lang::ALL {
        let html = html(&core_samples::hostile(), Reader::Professional, lang);
        assert!(!html.contains("<script") && html.contains("&#60;script&#62;") && html.contains("漢字 🙂"));
        assert!(!html.contains('\u{202e}') && !html.contains('\u{1}'));
    }
}

#[test]
fn a_huge_summary_is_rendered_whole() {
    let html = html(&core_samples::huge(), Reader::Professional, Lang::En);
    assert!(html.matches("<li><p").count() >= 2_000);
}

#[test]
fn the_reading_state_is_told_in_words() {
    assert_eq!(made_words(1, 0, 0, Lang::Fr), "Synthèse faite automatiquement à partir de 1 document lisible.");
    let words = made_words(41, 1, 2, Lang::Fr);
    assert!(words.ends_with("1 document attend d'être lu\u{a0}; 2 documents n'ont pas pu être lus."), "{words}");
}

#[test]
fn what_ten_sources_deny_is_said_once_and_all_of_them_are_one_activation_away() {
    let mut summary = core_samples::denials();
    summary.allergies.lines.clear();
    let newest = summary.allergies.denials[0].clone();
    summary.allergies.denials = vec![newest; 10];
    let page = html(&summary, Reader::Person, Lang::Fr);
    let said = page.split("s-attention").next().unwrap();
    assert_eq!(said.matches("<p class=\"denial\">Aucune allergie connue").count(), 1, "{said}");
    assert!(said.contains("9 autres sources le disent"));
}

#[test]
fn a_problem_that_nobody_repeated_for_years_is_told_with_its_year() {
    let mut summary = core_samples::rich();
    summary.problems.lines[1].old = Some(2019);
    let page = html(&summary, Reader::Person, Lang::Fr);
    assert_eq!(page.matches("dit en 2019").count(), 1, "{page}");
}
