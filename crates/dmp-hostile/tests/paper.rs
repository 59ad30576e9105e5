//! What the program prints it reads back, in the order in which people read it.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

use dmp_core::Moment;
use dmp_core::calendar::{Month, day_of};
use dmp_core::record::Language;
use dmp_core::remuneration::{Statement, StatementLine};
use dmp_core::summary::samples;
use dmp_hostile::{Reader, ReaderOptions, Reading};
use dmp_paper::{CardCodes, StatementSheet, SummaryOptions, emergency_card, statement, summary};

async fn text(pdf: &[u8]) -> String {
    let reader = Reader::new(ReaderOptions::new(env!("CARGO_BIN_EXE_dmp-read-hostile").into()));
    match reader.read(pdf).await {
        Ok(Reading::Text(parts)) => parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join(" ").replace('\n', " "),
        other => panic!("{other:?}"),
    }
}

/// Each of these stands in the text, after the one before.
fn assert_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = text[from..].find(word).unwrap_or_else(|| panic!("{word:?} does not come after the one before in {text}"));
        from += at + word.len();
    }
}

#[tokio::test]
async fn a_summary_on_paper_is_read_back_in_order() {
    let options = SummaryOptions { language: Language::French, continued: false, printed_for: "Dr Boris IMAGINAIRE" };
    let read = text(&summary(&samples::rich(), &options).unwrap()).await;
    assert_order(
        &read,
        &[
            "Synthèse médicale",
            "au 3 mars 2026 à 14 h 05",
            "Camille SPECIMEN",
            "Née le 28 mars 1979 (46 ans), femme · INS 2 79 03 51 215 189 89",
            "Médecin traitant : Dr Anne EXEMPLE, Médecin généraliste, Cabinet de l'Île",
            "Allergies et intolérances",
            "Amoxicilline (grave) : Urticaire géante, depuis le 17 mai 2019",
            "Problèmes de santé en cours",
            "Syndrome d'apnées du sommeil (suspecté)",
            "Traitements en cours",
            "Médicament Posologie Depuis Dernière trace",
            "Metformine 1000 mg",
            "1 comprimé matin et soir",
            "Paracétamol 1 g",
            "Résultats et mesures",
            "6,8 %",
            "Tirée automatiquement de 41 documents",
            "Imprimée pour Dr Boris IMAGINAIRE.",
        ],
    );
}

#[tokio::test]
async fn a_card_says_everything_twice_and_nothing_of_the_ins() {
    let read = text(
        &emergency_card(
            &samples::rich(),
            &[Language::French, Language::English],
            Some(CardCodes { sheet: "https://dmp.example/u/1", card: "https://dmp.example/u/1" }),
        )
        .unwrap(),
    )
    .await;
    assert_order(
        &read,
        &[
            "Fiche d'urgence · Emergency sheet",
            "Camille SPECIMEN",
            "Amoxicilline",
            "Stimulateur cardiaque",
            "URGENCE",
            "Amoxicilline",
            "+33102030405",
        ],
    );
    assert!(!read.contains("279035121518989") && !read.contains("2 79 03"), "{read}");
}

/// Openings of December 2018, and one of November that was taken back.
fn december(openings: usize) -> Statement {
    let day = |text: &str| day_of(text).expect("a day");
    let opening = |number: usize| StatementLine { day: day("2018-12-03"), opened: day("2018-12-03"), receipt: format!("R-{number:05}"), cents: 100 };
    let reversal = StatementLine { day: day("2018-12-04"), opened: day("2018-11-30"), receipt: "R-99999".to_owned(), cents: -100 };
    Statement { payee: "1990000123".into(), name: "Pharmacie de l'Île".into(), lines: (0..openings).map(opening).chain([reversal]).collect() }
}

#[tokio::test]
async fn a_statement_has_every_line_once_its_reversals_and_its_total() {
    let closed_at = Moment::parse_fhir("2019-01-04T09:00:00Z").unwrap();
    for (openings, total) in [(3, "2,00 €"), (0, "−1,00 €"), (1_300, "1 299,00 €")] {
        let due = december(openings);
        let sheet = StatementSheet { statement: &due, month: Month::parse("2018-12").unwrap(), closed_at };
        let pdf = statement(&sheet).unwrap();
        assert_eq!(pdf, statement(&sheet).unwrap(), "the same statement gives the same bytes");
        let read = text(&pdf).await;
        let title = ["Relevé de rémunération des ouvertures", "du 1er décembre 2018 au 31 décembre 2018", "Pharmacie de l'Île", "1990000123"];
        assert_order(&read, &[title.as_slice(), &["Mois clos le 4 janvier 2019.", "Total dû", total, "Lignes"]].concat());
        assert_order(&read, &["04/12/2018 R-99999 Reprise de l'ouverture du 30/11/2018 −1,00 €", &format!("Total {total}")]);
        for number in 0..openings {
            assert_eq!(read.matches(&format!("03/12/2018 R-{number:05} Ouverture 1,00 €")).count(), 1, "{number}");
        }
        assert_eq!(read.contains("est négatif"), openings == 0);
    }
}
