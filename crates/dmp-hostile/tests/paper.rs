//! What the program prints it reads back, in the order in which people read it.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

use dmp_core::record::Language;
use dmp_core::summary::samples;
use dmp_hostile::{Reader, ReaderOptions, Reading};
use dmp_paper::{CardCodes, SummaryOptions, emergency_card, summary};

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
