//! From what fonts call their glyphs to what people type: ligatures apart, accents on their letters, no private signs.

use unicode_normalization::UnicodeNormalization;

/// Appends one character of a document to text.
pub(super) fn push(text: &mut String, one: char) {
    match one {
        'ﬀ' => text.push_str("ff"),
        'ﬁ' => text.push_str("fi"),
        'ﬂ' => text.push_str("fl"),
        'ﬃ' => text.push_str("ffi"),
        'ﬄ' => text.push_str("ffl"),
        'ﬅ' | 'ﬆ' => text.push_str("st"),
        // Bullets of the Symbol and Wingdings fonts, as office programs write them.
        '\u{f0b7}' | '\u{f0a7}' => text.push('•'),
        '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => {}
        _ if one.is_control() => {}
        _ => text.push(one),
    }
}

/// Letter and accent as the one sign that people type (Unicode NFC).
pub(super) fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Reads a text string of a PDF: UTF-16 or UTF-8 with its mark, else one byte a character.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(u16::from_be_bytes));
            char::decode_utf16(units).filter_map(Result::ok).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|one| push(&mut out, one));
        composed(&out)
    }

    #[test]
    fn ligatures_come_apart_and_accents_go_on_their_letters() {
        assert_eq!(pushed("inﬂammation eﬃcace"), "inflammation efficace");
        assert_eq!(pushed("he\u{301}patite, franc\u{327}ais, E\u{301}tat, nai\u{308}f"), "hépatite, français, État, naïf");
        assert_eq!(pushed("œdème, N°, ≥ 5 µg"), "œdème, N°, ≥ 5 µg");
    }

    #[test]
    fn bullets_of_office_programs_are_bullets_and_other_private_signs_nothing() {
        assert_eq!(pushed("\u{f0b7} a\u{e123}b\u{0}c\u{200b}"), "• abc");
    }

    #[test]
    fn text_strings_are_read_in_their_three_encodings() {
        assert_eq!(decode(b"\xfe\xff\x00\xe9\x01\x53"), "éœ");
        assert_eq!(decode("\u{feff}é".as_bytes()), "é");
        assert_eq!(decode(b"\xe9t\xe9"), "été");
        assert_eq!(decode(b"\xfe\xff\xd8"), "");
    }
}
