//! Plain text and RTF as documents of their own, and numbers written in words.

use dmp_core::summary::{Extraction, TextPart, Value};

use super::words::fold;
use super::{Reading, rtf};

/// Longest plain text that is kept to search in; real ones stay under 100 kB.
const TEXT_MAX_BYTES: usize = 5_000_000;

/// A document of plain text: UTF-8, or else ISO-8859-1.
pub(super) fn reading(bytes: &[u8]) -> Reading {
    of_words(&decoded(bytes))
}

/// A document of RTF.
pub(super) fn rtf_reading(bytes: &[u8]) -> Reading {
    of_words(&rtf::plain(bytes))
}

/// The text part of an unstructured document.
pub(super) fn part(words: &str) -> Option<TextPart> {
    let text = fold(words);
    (!text.is_empty()).then(|| TextPart { place: String::new(), title: String::new(), text })
}

fn of_words(words: &str) -> Reading {
    match part(words) {
        Some(part) => Reading { text: vec![part], ..Reading::without_facts(Extraction::Read) },
        None => Reading::without_facts(Extraction::NothingReadable),
    }
}

/// Bytes as text; control signs other than blanks are dropped.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.get(..bytes.len().min(TEXT_MAX_BYTES)).unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let words = match std::str::from_utf8(bytes) {
        Ok(words) => words.to_owned(),
        // A cut at the bound may fall inside a character.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    words.chars().filter(|sign| !sign.is_control() || sign.is_whitespace()).collect()
}

/// A text that is nothing but a number with its comparator and unit: `<1.0 mg/L`, `100 000 /mL`.
pub(super) fn as_quantity(text: &str) -> Option<Value> {
    let text = text.trim();
    let (comparator, rest) = ["<=", ">=", "<", ">", "≤", "≥"]
        .into_iter()
        .find_map(|sign| text.strip_prefix(sign).map(|rest| (sign.replace('≤', "<=").replace('≥', ">="), rest)))
        .unwrap_or_else(|| (String::new(), text));
    let rest = rest.trim_start();
    let end = rest.find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}'))).unwrap_or(rest.len());
    let number: String = rest.get(..end)?.chars().filter(|sign| !sign.is_whitespace()).collect();
    let unit = rest.get(end..)?.trim();
    let is_number = number.starts_with(|sign: char| sign.is_ascii_digit()) && number.replace(',', ".").parse::<f64>().is_ok();
    // A unit follows after a blank, or is a sign of its own (`%`, `/mL`); `17-hydroxy…` is a name.
    let blank_before = rest.get(..end)?.ends_with(char::is_whitespace) || unit.starts_with(['%', '/', '°', 'µ', '[', '{']);
    let is_unit = unit.is_empty() || (unit.chars().count() <= 16 && !unit.contains(' ') && blank_before);
    (is_number && is_unit).then(|| Value::Quantity { comparator, number, unit: unit.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<(String, String, String)> {
        match as_quantity(text)? {
            Value::Quantity { comparator, number, unit } => Some((comparator, number, unit)),
            _ => None,
        }
    }

    #[test]
    fn a_number_with_its_unit_is_read_and_a_name_is_not() {
        let of = |comparator: &str, number: &str, unit: &str| Some((comparator.to_owned(), number.to_owned(), unit.to_owned()));
        assert_eq!(shown("<1.0 mg/L"), of("<", "1.0", "mg/L"));
        assert_eq!(shown("100 000 /mL"), of("", "100000", "/mL"));
        assert_eq!(shown("7,5%"), of("", "7,5", "%"));
        assert_eq!(shown("12"), of("", "12", ""));
        for text in ["17-hydroxyprogestérone", "5-FU", "2 à 4 comprimés par jour", "", ".", "A 12", "1.2.3 mg"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn text_is_read_in_both_encodings_and_nothing_is_nothing() {
        assert_eq!(reading("Bilan  thyroïdien\n".as_bytes()).text[0].text, "Bilan thyroïdien");
        assert_eq!(reading(b"thyro\xefdien").text[0].text, "thyroïdien");
        assert_eq!(reading(b" \n").extraction, Extraction::NothingReadable);
    }
}
