//! What the sheets promise: the same bytes for the same summary, a structure, nothing of the person in the properties of the file.

mod people;

use dmp_core::record::Language;
use dmp_core::summary::{Summary, samples};
use dmp_paper::{CardCodes, PaperError, SummaryOptions, emergency_card, summary};

const FRENCH: SummaryOptions<'static> = SummaryOptions { language: Language::French, continued: false, printed_for: "" };
const BOTH: [Language; 2] = [Language::French, Language::English];

fn everybody() -> Vec<(&'static str, Summary)> {
    let mut everybody = samples::every();
    everybody.extend([("old", people::old(14)), ("forty", people::old(40)), ("young", people::young())]);
    everybody
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// Objects `/Type /Page` of a file.
fn pages(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    text.matches("/Type /Page").count() + text.matches("/Type/Page").count()
        - text.matches("/Type /Pages").count()
        - text.matches("/Type/Pages").count()
}

#[test]
fn everybody_has_a_sheet_and_a_card_on_one_page_that_is_tagged() {
    for (name, person) in everybody() {
        for pdf in [summary(&person, &FRENCH).expect(name), emergency_card(&person, &BOTH, None).expect(name)] {
            assert_eq!(pages(&pdf), 1, "{name}");
            for word in ["%PDF-1.7", "/StructTreeRoot", "/MarkInfo", "pdfuaid:part", "/Lang(fr)", "/DisplayDocTitle true"] {
                assert!(holds(&pdf, word.as_bytes()) || holds(&pdf, word.replace(['(', ' '], "").as_bytes()), "{name}: {word}");
            }
        }
    }
}

#[test]
fn a_second_page_comes_only_when_it_is_allowed_and_needed() {
    let continued = SummaryOptions { continued: true, ..FRENCH };
    assert_eq!(pages(&summary(&samples::huge(), &continued).unwrap()), 2);
    assert_eq!(pages(&summary(&samples::rich(), &continued).unwrap()), 1);
    assert_eq!(pages(&summary(&samples::huge(), &FRENCH).unwrap()), 1);
}

#[test]
fn the_same_summary_gives_the_same_bytes() {
    let person = people::old(14);
    assert_eq!(summary(&person, &FRENCH).unwrap(), summary(&person, &FRENCH).unwrap());
    let card = || emergency_card(&person, &BOTH, Some(CardCodes { sheet: "https://dmp.example/u/1", card: "https://dmp.example/u/1" })).unwrap();
    assert_eq!(card(), card());
    let mut later = person.clone();
    later.at = later.at.plus_days(1);
    assert_ne!(summary(&person, &FRENCH).unwrap(), summary(&later, &FRENCH).unwrap());
}

#[test]
fn properties_and_outline_name_nobody() {
    let person = people::old(14);
    for pdf in [summary(&person, &FRENCH).unwrap(), emergency_card(&person, &BOTH, None).unwrap()] {
        // Text of pages is compressed and written by glyph: what can be found in the bytes stands in properties, outline or structure.
        for word in ["ESSAI", "Marie", "279035121518989", "Amoxicilline", "ELIQUIS", "EXEMPLE"] {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert!(!holds(&pdf, word.as_bytes()) && !holds(&pdf, &wide), "{word}");
        }
    }
}

#[test]
fn an_address_becomes_a_code_and_one_that_is_too_long_is_refused() {
    let person = people::young();
    let with = emergency_card(&person, &BOTH, Some(CardCodes { sheet: "https://dmp.example/u/1", card: "https://dmp.example/u/1" })).unwrap();
    assert!(holds(&with, b"/Figure"));
    assert!(!holds(&emergency_card(&person, &BOTH, None).unwrap(), b"/Figure"));
    assert_eq!(emergency_card(&person, &BOTH, Some(CardCodes { sheet: &"a".repeat(5000), card: "a" })), Err(PaperError::AddressTooLong));
    assert_eq!(emergency_card(&person, &[], None), Err(PaperError::NoLanguage));
}
