//! Sheets of sentences: tagged, as long as they have to be, and nothing of a person in what the file says of itself.

mod people;

use dmp_core::Moment;
use dmp_core::record::Language;
use dmp_core::summary::samples;
use dmp_paper::{Booklet, BookletSection, booklet, cover, large_summary};

const AT: Moment = Moment::from_seconds(1_772_543_100);

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn pages(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    text.matches("/Type /Page").count() + text.matches("/Type/Page").count()
        - text.matches("/Type /Pages").count()
        - text.matches("/Type/Pages").count()
}

fn of(lines: Vec<String>) -> Booklet {
    let sections = vec![BookletSection { heading: "3 mars 2026".to_owned(), lines }];
    Booklet { title: "Qui a regardé votre dossier", language: Language::French, at: AT, lead: vec!["Chaque accès est noté.".to_owned()], sections }
}

#[test]
fn a_booklet_is_tagged_and_as_long_as_it_has_to_be() {
    let line = "À 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a lu votre document.".to_owned();
    for (count, least, most) in [(0, 1, 1), (3, 1, 1), (400, 20, 60)] {
        let pdf = booklet(&of(vec![line.clone(); count])).unwrap();
        assert!((least..=most).contains(&pages(&pdf)), "{count} lines on {} sheets", pages(&pdf));
        for word in ["%PDF-1.7", "/StructTreeRoot", "pdfuaid:part"] {
            assert!(holds(&pdf, word.as_bytes()), "{word}");
        }
    }
    assert_eq!(booklet(&of(vec![line.clone()])).unwrap(), booklet(&of(vec![line])).unwrap());
}

#[test]
fn hostile_sentences_stay_on_their_sheets() {
    let lines = vec!["W".repeat(50_000), String::new(), "漢字 \u{202e}a 🙂".to_owned(), "é ".repeat(20_000)];
    assert!(pages(&booklet(&of(lines)).unwrap()) < 10);
}

#[test]
fn a_cover_names_its_reader_on_the_sheet_and_nowhere_else() {
    let address = ["Nadia EXEMPLE", "1 rue du Port", "99000 FICTIVE"].map(str::to_owned);
    let pdf = cover("Courrier personnel", &address, &["À ouvrir par son destinataire."], Language::French, AT).unwrap();
    assert_eq!(pages(&pdf), 1);
    for word in ["EXEMPLE", "FICTIVE"] {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(!holds(&pdf, word.as_bytes()) && !holds(&pdf, &wide), "{word}");
    }
}

#[test]
fn a_summary_at_large_leaves_nothing_out() {
    for (name, person) in samples::every() {
        for language in [Language::French, Language::English] {
            let pdf = large_summary(&person, language).expect(name);
            assert!(pages(&pdf) >= 1, "{name}");
        }
    }
    let sheets = |person| pages(&large_summary(&person, Language::French).unwrap());
    assert!(sheets(people::old(40)) > 3 && sheets(people::young()) >= 1);
}
