//! The values of search parameters: tokens, dates with prefix and precision, texts, sealed references.

use dmp_core::Moment;
use dmp_core::document::Code;
use dmp_core::ids::EntryId;

use crate::nos;

/// Which code systems a token accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSystem {
    /// `code`
    Any,
    /// `|code`: no system at all.
    None,
    /// `system|code`: dotted OID when known, else as written.
    Named(String),
}

/// A token: `code`, `system|code`, `system|`, `|code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub system: TokenSystem,
    /// `None` for `system|`: any code of the system.
    pub code: Option<String>,
}

impl Token {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (system, code) = match text.split_once('|') {
            None => (TokenSystem::Any, text),
            Some(("", code)) => (TokenSystem::None, code),
            Some((system, code)) => (TokenSystem::Named(nos::oid_of(system).unwrap_or_else(|| system.to_owned())), code),
        };
        let token = Token { system, code: (!code.is_empty()).then(|| code.to_owned()) };
        (token.code.is_some() || matches!(token.system, TokenSystem::Named(_))).then_some(token)
    }

    /// Whether a coded value is meant.
    pub fn accepts(&self, code: &Code) -> bool {
        self.accepts_parts(&code.system, &code.code)
    }

    /// Whether a value under a system (dotted OID or URI) is meant.
    pub fn accepts_parts(&self, system: &str, code: &str) -> bool {
        let system_fits = match &self.system {
            TokenSystem::Any => true,
            TokenSystem::None => system.is_empty(),
            TokenSystem::Named(named) => named == system || nos::oid_of(system).as_deref() == Some(named),
        };
        system_fits && self.code.as_deref().is_none_or(|wanted| wanted == code)
    }
}

/// Comparison of a date parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    StartsAfter,
    EndsBefore,
    Approximately,
}

/// A date with its prefix; the written precision makes it a range (FHIR R4 3.1.1.5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTest {
    pub prefix: Prefix,
    pub from: Moment,
    /// First moment after the range.
    pub until: Moment,
}

const PREFIXES: [(&str, Prefix); 9] = [
    ("eq", Prefix::Equal),
    ("ne", Prefix::NotEqual),
    ("gt", Prefix::Greater),
    ("lt", Prefix::Less),
    ("ge", Prefix::GreaterOrEqual),
    ("le", Prefix::LessOrEqual),
    ("sa", Prefix::StartsAfter),
    ("eb", Prefix::EndsBefore),
    ("ap", Prefix::Approximately),
];

impl DateTest {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let known = PREFIXES.iter().find_map(|(word, prefix)| text.strip_prefix(word).map(|rest| (*prefix, rest)));
        let (prefix, date) = known.unwrap_or((Prefix::Equal, text));
        let (from, until) = range(date)?;
        Some(DateTest { prefix, from, until })
    }

    /// Whether an instant is meant.
    pub fn accepts(&self, moment: Moment) -> bool {
        self.accepts_range(moment, Some(Moment::from_micros(moment.as_micros().saturating_add(1))))
    }

    /// Whether a period is meant; one without end goes on for ever.
    pub fn accepts_range(&self, start: Moment, end: Option<Moment>) -> bool {
        let end = end.unwrap_or(Moment::from_micros(i64::MAX));
        let contained = self.from <= start && end <= self.until;
        match self.prefix {
            Prefix::Equal => contained,
            Prefix::NotEqual => !contained,
            Prefix::Greater => end > self.until,
            Prefix::Less => start < self.from,
            Prefix::GreaterOrEqual => contained || end > self.until,
            Prefix::LessOrEqual => contained || start < self.from,
            Prefix::StartsAfter => start >= self.until,
            Prefix::EndsBefore => end <= self.from,
            Prefix::Approximately => {
                // The width of the range on each side, at least a day: core knows no "now" to take a tenth of.
                let width = self.until.as_micros().saturating_sub(self.from.as_micros()).max(DAY_MICROS);
                start.as_micros() < self.until.as_micros().saturating_add(width) && end.as_micros() > self.from.as_micros().saturating_sub(width)
            }
        }
    }
}

const DAY_MICROS: i64 = 86_400_000_000;

/// The range of a date of any precision; a time without zone is UTC, as every answer is.
fn range(text: &str) -> Option<(Moment, Moment)> {
    // An unescaped `+` of a zone was decoded as a space.
    let text = text.replace(' ', "+");
    let from_date = |text: &str| Moment::parse_fhir(text);
    let next_month = |year: i32, month: i32| if month == 12 { format!("{:04}-01", year + 1) } else { format!("{year:04}-{:02}", month + 1) };
    match text.len() {
        4 => Some((from_date(&text)?, from_date(&format!("{:04}", text.parse::<i32>().ok()? + 1))?)),
        7 => {
            let (year, month) = text.split_once('-')?;
            Some((from_date(&text)?, from_date(&next_month(year.parse().ok()?, month.parse().ok()?))?))
        }
        10 => from_date(&text).map(|from| (from, from.plus_days(1))),
        _ => {
            let (_, time) = text.split_once('T')?;
            let clock = time.split(['Z', '+', '-']).next()?;
            let zoned = if clock.len() == time.len() { format!("{text}Z") } else { text.clone() };
            let from = from_date(&zoned)?;
            let width = match clock.split_once('.') {
                Some((_, fraction)) => 10_i64.checked_pow(6_u32.saturating_sub(u32::try_from(fraction.len()).ok()?))?,
                None if clock.matches(':').count() == 1 => 60_000_000,
                None => 1_000_000,
            };
            Some((from, Moment::from_micros(from.as_micros().saturating_add(width))))
        }
    }
}

/// How a text is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMatch {
    /// Starts with, without case or accents: the default of FHIR.
    Starts,
    /// `:contains`
    Contains,
    /// `:exact`
    Exact,
}

/// A text to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTest {
    wanted: String,
    matching: TextMatch,
}

impl TextTest {
    pub(super) fn new(text: &str, matching: TextMatch) -> Self {
        let wanted = if matching == TextMatch::Exact { text.to_owned() } else { fold(text) };
        TextTest { wanted, matching }
    }

    /// Whether a text is meant. Each word of a name may be the start.
    pub fn accepts(&self, text: &str) -> bool {
        match self.matching {
            TextMatch::Exact => text == self.wanted,
            TextMatch::Contains => fold(text).contains(&self.wanted),
            TextMatch::Starts => {
                let folded = fold(text);
                folded.starts_with(&self.wanted) || folded.split([' ', '-']).any(|word| word.starts_with(&self.wanted))
            }
        }
    }
}

/// Lower case without the accents of French and its neighbours.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => out.push('a'),
            'ç' | 'č' | 'ć' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ñ' | 'ń' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => out.push('o'),
            'š' | 'ś' => out.push('s'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            'ł' => out.push('l'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            '’' => out.push('\''),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

/// A server's own id in a search. It matches nothing until the door has opened it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedReference {
    /// The id, without the resource type.
    pub id: String,
    pub entry: Option<EntryId>,
}

impl SealedReference {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let id = text.rsplit('/').next()?;
        (!id.is_empty()).then(|| SealedReference { id: id.to_owned(), entry: None })
    }

    pub(super) fn is(&self, entry: EntryId) -> bool {
        self.entry == Some(entry)
    }
}

/// Splits at a sign that is not escaped with `\`, and unescapes (`\,` `\|` `\$` `\\`).
pub(super) fn split_unescaped(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => parts.last_mut().map(|part| part.extend(letters.next())).unwrap_or_default(),
            _ if letter == separator => parts.push(String::new()),
            _ => parts.last_mut().map(|part| part.push(letter)).unwrap_or_default(),
        }
    }
    parts
}

/// Decodes `application/x-www-form-urlencoded`; `None` for a broken `%` or text that is not UTF-8.
pub(super) fn decode_form(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let (high, low) = (hex(bytes.next()?)?, hex(bytes.next()?)?);
                out.push(high * 16 + low);
            }
            other => out.push(other),
        }
    }
    String::from_utf8(out).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, moment: &str) -> bool {
        DateTest::parse(text).unwrap().accepts(Moment::parse_fhir(moment).unwrap())
    }

    #[test]
    fn a_partial_date_is_a_range() {
        assert!(date("2026", "2026-12-31T23:59:59Z") && !date("2026", "2027-01-01T00:00:00Z"));
        assert!(date("2026-12", "2026-12-31T23:59:59Z") && !date("2026-12", "2027-01-01T00:00:00Z"));
        assert!(date("eq2026-06-12", "2026-06-12T10:00:00Z") && !date("2026-06-12", "2026-06-13T00:00:00Z"));
        assert!(date("2026-06-12T10:00Z", "2026-06-12T10:00:59Z") && !date("2026-06-12T10:00Z", "2026-06-12T10:01:00Z"));
        assert!(date("2026-06-12T10:00:00 02:00", "2026-06-12T08:00:00.5Z"));
        assert!(date("2026-06-12T10:00:00", "2026-06-12T10:00:00Z"));
        for wrong in ["", "12/06/2026", "2026-13", "xx2026", "2026-06-12T", "20266"] {
            assert_eq!(DateTest::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn each_prefix_compares_as_fhir_says() {
        for (test, before, inside, after) in [
            ("eq", false, true, false),
            ("ne", true, false, true),
            ("gt", false, false, true),
            ("lt", true, false, false),
            ("ge", false, true, true),
            ("le", true, true, false),
            ("sa", false, false, true),
            ("eb", true, false, false),
            ("ap", true, true, true),
        ] {
            let test = format!("{test}2026-06-12");
            assert_eq!(date(&test, "2026-06-11T12:00:00Z"), before, "{test} before");
            assert_eq!(date(&test, "2026-06-12T12:00:00Z"), inside, "{test} inside");
            assert_eq!(date(&test, "2026-06-13T12:00:00Z"), after, "{test} after");
        }
        assert!(!date("ap2026-06-12", "2026-07-12T12:00:00Z"));
    }

    #[test]
    fn a_period_overlaps_or_is_contained() {
        let moment = |text: &str| Moment::parse_fhir(text).unwrap();
        let june = |prefix: &str| DateTest::parse(&format!("{prefix}2026-06")).unwrap();
        let (start, end) = (moment("2026-05-20"), Some(moment("2026-06-10")));
        assert!(!june("eq").accepts_range(start, end) && june("le").accepts_range(start, end) && !june("ge").accepts_range(start, end));
        assert!(june("gt").accepts_range(start, None));
    }

    #[test]
    fn tokens_have_four_forms() {
        let loinc = Code::new("11488-4", "2.16.840.1.113883.6.1", "");
        for (text, accepted) in [
            ("11488-4", true),
            ("http://loinc.org|11488-4", true),
            ("urn:oid:2.16.840.1.113883.6.1|11488-4", true),
            ("http://loinc.org|", true),
            ("|11488-4", false),
            ("http://snomed.info/sct|11488-4", false),
            ("http://nowhere|", false),
            ("11490-0", false),
        ] {
            assert_eq!(Token::parse(text).unwrap().accepts(&loinc), accepted, "{text}");
        }
        assert_eq!(Token::parse("|"), None);
    }

    #[test]
    fn texts_ignore_case_and_accents_unless_exact() {
        assert!(TextTest::new("helene", TextMatch::Starts).accepts("Hélène Marie"));
        assert!(TextTest::new("marie", TextMatch::Starts).accepts("Hélène Marie"));
        assert!(!TextTest::new("lene", TextMatch::Starts).accepts("Hélène"));
        assert!(TextTest::new("LÈN", TextMatch::Contains).accepts("Hélène"));
        assert!(!TextTest::new("helene", TextMatch::Exact).accepts("Hélène"));
        assert!(TextTest::new("coeur", TextMatch::Starts).accepts("Cœur"));
    }

    #[test]
    fn escapes_and_percent_signs_are_undone() {
        assert_eq!(split_unescaped(r"a\,b,c\\", ','), ["a,b", r"c\"]);
        assert_eq!(decode_form("a%7Cb+c%C3%A9").as_deref(), Some("a|b cé"));
        assert_eq!(decode_form("%zz"), None);
        assert_eq!(decode_form("%ff"), None);
    }
}
