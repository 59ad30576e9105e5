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
    out.text(
        "severity",
        match issue.severity {
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
    );
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
        "element-required"
        | "search-parameter-missing"
        | "person-missing"
        | "consent-missing"
        | "reason-missing"
        | "unique-id-missing"
        | "ins-missing"
        | "content-missing" => "required",
        "element-value"
        | "unique-id-format"
        | "ins-format"
        | "ins-key"
        | "ins-oid-unknown"
        | "size-mismatch"
        | "hash-mismatch"
        | "search-parameter-value" => "value",
        "type-unknown" | "format-unknown" | "facility-unknown" | "setting-unknown" | "confidentiality-unknown" => "code-invalid",
        "patch-element-not-allowed"
        | "relates-to-unsupported"
        | "mime-unsupported"
        | "fhir-document-not-supported"
        | "language-unsupported"
        | "search-parameter-unknown"
        | "media-type-unsupported"
        | "accept-unsupported" => "not-supported",
        "class-mismatch"
        | "confidentiality-combination"
        | "bundle-mixes-patients"
        | "source-patient-mismatch"
        | "replace-target-not-current"
        | "transition-impossible"
        | "ins-production-oid-in-sandbox"
        | "ins-test-oid-in-production" => "business-rule",
        "reference-unresolved" | "replace-target-unknown" => "not-found",
        "unique-id-taken" | "unique-id-other-content" | "unique-id-duplicate" | "record-exists" => "duplicate",
        "record-changed" | "version-stale" | "patch-test-failed" => "conflict",
        "element-unknown" | "resource-type-unexpected" => "structure",
        "scope-missing" | "professional-blocked" => "forbidden",
        "not-authenticated" => "login",
        "search-too-complex" => "too-costly",
        "busy" => "throttled",
        "unavailable" => "transient",
        "fault" => "exception",
        _ => by_pattern(code),
    }
}

/// Families of codes, by how they end or begin.
fn by_pattern(code: &str) -> &'static str {
    const ENDINGS: [(&str, &str); 3] = [("-not-found", "not-found"), ("-too-large", "too-long"), ("-too-deep", "too-costly")];
    const BEGINNINGS: [(&str, &str); 5] =
        [("access-", "forbidden"), ("json-", "structure"), ("xml-", "structure"), ("bundle-", "structure"), ("cda-", "invariant")];
    let ending = ENDINGS.iter().find(|(ending, _)| code.ends_with(ending));
    let beginning = BEGINNINGS.iter().find(|(beginning, _)| code.starts_with(beginning));
    ending.or(beginning).map_or("invalid", |(_, kind)| kind)
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
