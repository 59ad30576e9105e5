//! The text of a DICOM value, cleaned of what fills it up.

/// Most characters of a value that is shown: a long string has 64 (PS3.5 6.2).
const WORDS_MAX: usize = 200;
/// Most characters of an identifier (UI of PS3.5 6.2).
const UID_MAX: usize = 64;
/// Most characters of an address.
const LINK_MAX: usize = 2048;

/// The characters of a value: UTF-8 where it is that (ISO_IR 192, and ASCII with it), else one byte a character (ISO_IR 100). Those are the
/// character sets of French makers, and letters with accents of the second are never valid in the first.
pub(super) fn decode(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    text.trim_matches([' ', '\0']).to_owned()
}

/// Words to be read by people, on one line.
pub(super) fn words(text: &str) -> String {
    let kept = text.chars().map(|one| if one == '^' || one.is_whitespace() { ' ' } else { one }).filter(|one| !one.is_control());
    let kept: String = kept.take(WORDS_MAX).collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A number that somebody gave (accession): without blanks at its ends and no longer than an identifier.
pub(super) fn number(text: &str) -> Option<String> {
    let text = words(text);
    (!text.is_empty() && text.chars().count() <= UID_MAX).then_some(text)
}

/// A unique identifier (PS3.5 9.1): digits and dots.
pub(super) fn uid(text: &str) -> Option<String> {
    let is_one = !text.is_empty() && text.len() <= UID_MAX && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_one.then(|| text.to_owned())
}

/// An address that may be followed.
///
/// SECURITY: `https` alone, and no name before the host that would look like one.
pub(super) fn link(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_at_checked("https://".len())?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = text.len() <= LINK_MAX && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'\\'));
    (scheme.eq_ignore_ascii_case("https://") && is_plain && !host.is_empty() && !host.contains('@')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_https_address_is_one() {
        assert!(link("https://pacs.example.fr/wado?studyUID=1.2").is_some());
        for bad in [
            "http://a.fr",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https:///x",
            "https://a.fr\\@b.fr",
            "https://a@b.fr",
            "https://a b",
            "é",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn letters_with_accents_come_in_two_character_sets() {
        assert_eq!(decode(b"\xe9paule \0"), "épaule");
        assert_eq!(decode("épaule ".as_bytes()), "épaule");
        assert_eq!(words("TDM^\u{1}thorax\r\n  épaule"), "TDM thorax épaule");
    }

    #[test]
    fn an_identifier_is_digits_and_dots() {
        assert!(uid("1.2.840.1").is_some());
        assert_eq!((uid(""), uid("1.2 3"), uid(&"1".repeat(65))), (None, None, None));
    }
}
