//! Searches for document references and lists (ITI-67, ITI-66): a query string becomes a typed query that judges
//! core words. Unknown parameters and modifiers are refused by name (`interop.md` 3.2, 3.4).

mod documents;
mod lists;
mod value;

use dmp_core::Issue;

use super::document_reference::SubjectIns;

pub use documents::DocumentQuery;
pub use lists::ListQuery;
pub use value::{DateTest, Prefix, SealedReference, TextMatch, TextTest, Token, TokenSystem};

/// Longest query or form body.
const QUERY_BYTES_MAX: usize = 16 * 1024;
/// Most parameters of one search.
const PARAMETERS_MAX: usize = 100;
/// Most alternatives of one parameter.
const ALTERNATIVES_MAX: usize = 100;
/// Page size when nothing is asked.
pub const COUNT_DEFAULT: usize = 50;
/// Largest page; a larger wish is cut to it.
pub const COUNT_MAX: usize = 200;

/// Who a search is about. INVARIANT: a parsed query names at least one; all of them must lead to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatientKey {
    /// `patient=…`: sealed Patient id.
    Sealed(String),
    /// `patient.identifier=system|value`.
    Ins(SubjectIns),
}

/// What every search carries beside its criteria.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchFrame {
    pub patients: Vec<PatientKey>,
    /// From 1 to [`COUNT_MAX`].
    pub count: usize,
    /// `_format`, as received.
    pub format: Option<String>,
    /// `_page`: the server's own paging token.
    pub page: Option<String>,
}

/// One parameter of a search: name, and alternatives still escaped.
struct Parameter {
    name: String,
    value: String,
}

impl Parameter {
    /// The alternatives, unescaped, each non-empty.
    fn alternatives(&self) -> Result<Vec<String>, Issue> {
        let found = value::split_unescaped(&self.value, ',');
        if found.len() > ALTERNATIVES_MAX {
            return Err(Issue::error("search-too-complex").at(self.name.as_str()).expected(ALTERNATIVES_MAX.to_string()));
        }
        if found.iter().any(String::is_empty) { Err(self.invalid("")) } else { Ok(found) }
    }

    fn invalid(&self, expected: &str) -> Issue {
        Issue::error("search-parameter-value").at(self.name.as_str()).received(self.value.as_str()).expected(expected)
    }

    fn unknown(&self) -> Issue {
        Issue::error("search-parameter-unknown").at(safe_name(&self.name)).received(self.name.as_str())
    }

    /// Each alternative read by `read`.
    fn each<T>(&self, expected: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Issue> {
        self.alternatives()?.iter().map(|text| read(text).ok_or_else(|| self.invalid(expected))).collect()
    }

    fn tokens(&self) -> Result<Vec<Token>, Issue> {
        self.each("[system|]code", Token::parse)
    }

    fn dates(&self) -> Result<Vec<DateTest>, Issue> {
        self.each("[eq|ne|gt|lt|ge|le|sa|eb|ap]date", DateTest::parse)
    }

    fn texts(&self, matching: TextMatch) -> Result<Vec<TextTest>, Issue> {
        self.each("", |text| Some(TextTest::new(text, matching)))
    }

    fn flags(&self) -> Result<Vec<bool>, Issue> {
        self.each("true | false", |text| text.parse().ok())
    }
}

/// A parameter name that may stand in an answer in production: letters and the signs of FHIR, cut short.
fn safe_name(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')).take(64).collect()
}

/// Splits a query string or form body; `+` and `%XX` are decoded.
fn parameters(query: &str) -> Result<Vec<Parameter>, Issue> {
    if query.len() > QUERY_BYTES_MAX {
        return Err(Issue::error("search-too-complex").expected(QUERY_BYTES_MAX.to_string()));
    }
    let mut found = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let invalid = || Issue::error("search-parameter-value").expected("application/x-www-form-urlencoded");
        found.push(Parameter { name: value::decode_form(name).ok_or_else(invalid)?, value: value::decode_form(value).ok_or_else(invalid)? });
    }
    if found.len() > PARAMETERS_MAX {
        return Err(Issue::error("search-too-complex").expected(PARAMETERS_MAX.to_string()));
    }
    Ok(found)
}

/// Reads a search: frame parameters here, the others by `criterion`, which says `None` for a name it does not know.
fn read<T>(query: &str, criterion: impl Fn(&Parameter) -> Option<Result<T, Issue>>) -> Result<(SearchFrame, Vec<T>), Vec<Issue>> {
    let mut frame = SearchFrame { count: COUNT_DEFAULT, ..SearchFrame::default() };
    let (mut criteria, mut issues) = (Vec::new(), Vec::new());
    let mut has_status = false;
    for parameter in parameters(query).map_err(|issue| vec![issue])? {
        has_status |= parameter.name == "status";
        let outcome = match frame_parameter(&parameter, &mut frame) {
            Some(outcome) => outcome,
            None => match criterion(&parameter) {
                Some(read) => read.map(|found| criteria.push(found)),
                None => Err(parameter.unknown()),
            },
        };
        issues.extend(outcome.err());
    }
    if frame.patients.is_empty() && !issues.iter().any(|issue| issue.path.as_deref().is_some_and(|path| path.starts_with("patient"))) {
        issues.push(Issue::error("search-parameter-missing").at("patient").expected("patient | patient.identifier"));
    }
    if !has_status {
        issues.push(Issue::error("search-parameter-missing").at("status").expected("status"));
    }
    if issues.is_empty() { Ok((frame, criteria)) } else { Err(issues) }
}

/// `None` when the parameter is not one of the frame.
fn frame_parameter(parameter: &Parameter, frame: &mut SearchFrame) -> Option<Result<(), Issue>> {
    let value = parameter.value.as_str();
    let read = match parameter.name.as_str() {
        "patient" | "patient:Patient" => sealed_patient(value).map(|key| frame.patients.push(key)).ok_or("Patient/<id>"),
        "patient.identifier" | "patient:identifier" | "patient:Patient.identifier" => {
            patient_by_ins(value).map(|key| frame.patients.push(key)).ok_or("urn:oid:<OID>|<INS>")
        }
        "_count" => value.parse().ok().filter(|count| *count >= 1).map(|count: usize| frame.count = count.min(COUNT_MAX)).ok_or("1..200"),
        "_format" => {
            frame.format = Some(value.to_owned());
            Ok(())
        }
        "_page" => {
            frame.page = Some(value.to_owned());
            Ok(())
        }
        _ => return None,
    };
    Some(read.map_err(|expected| parameter.invalid(expected)))
}

fn sealed_patient(value: &str) -> Option<PatientKey> {
    let id = value.rsplit('/').next()?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    is_id.then(|| PatientKey::Sealed(id.to_owned()))
}

fn patient_by_ins(value: &str) -> Option<PatientKey> {
    let (system, number) = value.split_once('|')?;
    let oid = system.strip_prefix("urn:oid:")?.to_owned();
    (!number.is_empty()).then(|| PatientKey::Ins(SubjectIns { oid, value: number.to_owned() }))
}

/// The name without a text modifier, and what the modifier means.
fn text_parameter(name: &str) -> (&str, TextMatch) {
    for (modifier, matching) in [(":exact", TextMatch::Exact), (":contains", TextMatch::Contains)] {
        if let Some(bare) = name.strip_suffix(modifier) {
            return (bare, matching);
        }
    }
    (name, TextMatch::Starts)
}
