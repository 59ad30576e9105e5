//! OperationOutcome out of findings, in the reader's language.

use dmp_core::catalogue;
use dmp_core::{Issue, Severity};

use super::urls;
use super::write::{JsonText, resource};

/// The language of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    French,
    English,
}

impl Language {
    /// From `Accept-Language`: the first of `fr` and `en` that stands in it with the highest weight; French otherwise.
    pub fn from_accept(header: Option<&str>) -> Self {
        let weighted = header.unwrap_or_default().split(',').filter_map(|range| {
            let mut parts = range.trim().split(';');
            let tag = parts.next()?.trim().to_ascii_lowercase();
            let language = if tag.starts_with("fr") || tag == "*" {
                Language::French
            } else if tag.starts_with("en") {
                Language::English
            } else {
                return None;
            };
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            Some((language, weight))
        });
        let best = weighted.fold(None, |best: Option<(Language, f32)>, next| if best.is_none_or(|best| next.1 > best.1) { Some(next) } else { best });
        best.map_or(Language::French, |(language, _)| language)
    }
}

/// Whether the answer may repeat what was received. SECURITY: only a sandbox shows values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    Shown,
    Hidden,
}

/// An OperationOutcome (FHIR R4; `interop.md` 3.2). Without findings it says that all is well.
pub fn render_outcome(issues: &[Issue], language: Language, values: Values) -> Vec<u8> {
    resource("OperationOutcome", 256 + issues.len() * 512, |out| {
        out.list("issue", |out| {
            for issue in issues {
                out.object(|out| one(out, issue, language, values));
            }
            if issues.is_empty() {
                out.object(|out| {
                    out.text("severity", "information");
                    out.text("code", "informational");
                });
            }
        });
    })
}

fn one(out: &mut JsonText, issue: &Issue, language: Language, values: Values) {
    out.text("severity", match issue.severity {
        Severity::Information => "information",
        Severity::Warning => "warning",
        Severity::Error => "error",
    });
    out.text("code", issue_type(&issue.code));
    out.member("details", |out| {
        out.list_of_one("coding", |out| {
            out.text("system", urls::CATALOGUE);
            out.text("code", &issue.code);
        });
        let text = catalogue::message(&issue.code).map_or(issue.code.as_str(), |line| match language {
            Language::French => line.fr,
            Language::English => line.en,
        });
        out.text("text", text);
    });
    out.text_if("diagnostics", diagnostics(issue, language, values).as_deref());
    if let Some(path) = issue.path.as_deref().filter(|path| !path.is_empty()) {
        out.list("expression", |out| out.string(path));
    }
}

fn diagnostics(issue: &Issue, language: Language, values: Values) -> Option<String> {
    let (line_word, column_word, received_word, expected_word) = match language {
        Language::French => ("ligne", "colonne", "reçu", "attendu"),
        Language::English => ("line", "column", "received", "expected"),
    };
    let mut parts = Vec::new();
    if let Some(line) = issue.line {
        parts.push(format!("{line_word} {line}, {column_word} {}", issue.column.unwrap_or(1)));
    }
    if values == Values::Shown {
        parts.extend(issue.received.as_deref().map(|value| format!("{received_word} `{}`", shortened(value))));
        parts.extend(issue.expected.as_deref().map(|value| format!("{expected_word} `{}`", shortened(value))));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Long values are cut: an answer is not an echo of the request.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(VALUE_CHARACTERS_MAX) {
        Some((at, _)) => format!("{}…", value.get(..at).unwrap_or_default()),
        None => value.to_owned(),
    }
}

const VALUE_CHARACTERS_MAX: usize = 200;

/// The FHIR issue type (`http://hl7.org/fhir/issue-type`) of a catalogue code.
pub fn issue_type(code: &str) -> &'static str {
    match code {
        "element-required" | "unique-id-missing" | "ins-missing" | "content-missing" | "search-parameter-missing" => "required",
        "element-value" | "unique-id-format" | "ins-format" | "ins-key" | "ins-oid-unknown" | "size-mismatch" | "hash-mismatch" => "value",
        "type-unknown" | "format-unknown" | "facility-unknown" | "setting-unknown" | "confidentiality-unknown" => "code-invalid",
        "patch-element-not-allowed" | "relates-to-unsupported" | "mime-unsupported" | "fhir-document-not-supported" | "language-unsupported"
        | "search-parameter-unknown" | "patch-media-type-unsupported" | "not-acceptable" | "method-not-allowed" => "not-supported",
        "class-mismatch" | "confidentiality-combination" | "bundle-mixes-patients" | "source-patient-mismatch" => "business-rule",
        "reference-unresolved" | "record-not-found" | "document-not-found" | "not-found" | "patch-path-not-found" => "not-found",
        "gone" => "deleted",
        "duplicate" | "unique-id-duplicate" => "duplicate",
        "conflict" | "patch-test-failed" | "version-conflict" => "conflict",
        "too-large" | "json-too-large" | "xml-too-large" | "bundle-too-large" | "patch-too-large" | "record-too-large" => "too-long",
        "json-too-deep" | "xml-too-deep" | "search-too-complex" => "too-costly",
        "busy" => "throttled",
        "unavailable" => "transient",
        "fault" => "exception",
        "not-authenticated" => "login",
        _ => prefix_type(code),
    }
}

fn prefix_type(code: &str) -> &'static str {
    const PREFIXES: [(&str, &str); 6] =
        [("access-", "forbidden"), ("json-", "structure"), ("xml-", "structure"), ("bundle-", "structure"), ("token-", "login"), ("cda-", "invariant")];
    PREFIXES.iter().find(|(prefix, _)| code.starts_with(prefix)).map_or("invalid", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(issue: Issue, language: Language, values: Values) -> serde_json::Value {
        serde_json::from_slice(&render_outcome(&[issue], language, values)).unwrap()
    }

    #[test]
    fn a_finding_says_where_and_what_but_values_only_in_a_sandbox() {
        let issue = Issue::error("element-required").at("DocumentReference.type").received("secret").at_line(3, 7);
        let shown = outcome(issue.clone(), Language::English, Values::Shown);
        assert_eq!(shown["issue"][0]["code"], "required");
        assert_eq!(shown["issue"][0]["expression"][0], "DocumentReference.type");
        assert_eq!(shown["issue"][0]["details"]["coding"][0]["code"], "element-required");
        assert_eq!(shown["issue"][0]["diagnostics"], "line 3, column 7; received `secret`");
        assert!(!outcome(issue, Language::French, Values::Hidden).to_string().contains("secret"));
    }

    #[test]
    fn the_language_is_the_heaviest_that_is_spoken() {
        assert_eq!(Language::from_accept(None), Language::French);
        assert_eq!(Language::from_accept(Some("de, en;q=0.8, fr;q=0.5")), Language::English);
        assert_eq!(Language::from_accept(Some("fr-FR,fr;q=0.9,en;q=0.8")), Language::French);
    }

    #[test]
    fn no_finding_is_an_outcome_too() {
        let value: serde_json::Value = serde_json::from_slice(&render_outcome(&[], Language::French, Values::Hidden)).unwrap();
        assert_eq!(value["issue"][0]["severity"], "information");
    }
}
