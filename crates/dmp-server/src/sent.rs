//! What came of a deposit, told by the doors where documents come in: to who sent it, and to the staff of the structure whose software did.

use axum::http::HeaderMap;
use dmp_core::access::{Caller, CallerKind};
use dmp_service::{Error, SentFate, SentLine, SentReason};
use serde_json::Value;

use crate::App;

/// The sender's own reference for what it sends (FHIR R4, 3.1.0.1.5: `X-Correlation-Id`): a feeder gives the control id of the message.
const REFERENCE: &str = "x-correlation-id";
/// As long as identifiers of documents are.
const REFERENCE_CHARS_MAX: usize = 128;

/// Whose page shows what a caller sends: their own, and that of their structure's staff.
///
/// SECURITY: the staff of a structure is who its directory here names. Without one the word of another provider on where somebody works would show
/// them what the structure sends.
pub(crate) fn owners(app: &App, caller: &Caller) -> Vec<String> {
    let own = (caller.kind == CallerKind::Professional).then(|| caller.account.clone());
    let sends = matches!(caller.kind, CallerKind::Professional | CallerKind::Organization);
    let structure = caller.structure.as_ref().filter(|structure| sends && app.clients.keeps_directory(structure.id.as_str()));
    own.into_iter().chain(structure.map(|structure| format!("structure:{}", structure.id.as_str()))).collect()
}

/// The sender's reference, when it is one: a name of somebody in it would be for others to read.
fn reference(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(REFERENCE)?.to_str().ok()?;
    is_reference(text).then(|| text.to_owned())
}

/// Signs of identifiers alone: no blank, so no sentence and no full name.
fn is_reference(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'/' | b'^' | b'#');
    (1..=REFERENCE_CHARS_MAX).contains(&text.len()) && text.bytes().all(sign)
}

/// The identifiers of the documents in what came, whether it could be taken or not: a DocumentReference, or a Bundle of them.
pub(crate) fn named(value: &Value) -> Vec<String> {
    let id = |resource: &Value| {
        let text = resource.pointer("/masterIdentifier/value").and_then(Value::as_str).filter(|text| is_reference(text));
        (resource.pointer("/resourceType").and_then(Value::as_str) == Some("DocumentReference")).then(|| text.unwrap_or_default().to_owned())
    };
    let entries = value.pointer("/entry").and_then(Value::as_array).into_iter().flatten();
    let all: Vec<String> = entries.filter_map(|entry| entry.get("resource")).chain([value]).filter_map(id).take(DOCUMENTS_MAX).collect();
    if all.is_empty() { vec![String::new()] } else { all }
}

/// Documents of one lot that are told.
const DOCUMENTS_MAX: usize = 50;

/// Tells what came of documents. Faults of ours are no word on a document: the sender sends it again.
pub(crate) async fn tell<T>(app: &App, caller: &Caller, headers: Option<&HeaderMap>, documents: Vec<String>, came: &Result<T, Error>) {
    let Some(fate) = fate(came) else { return };
    let owners = owners(app, caller);
    let reference = headers.and_then(reference);
    let by = match (&caller.kind, &caller.software) {
        (CallerKind::Organization, Some(software)) => software.clone(),
        _ => caller.shown_name(),
    };
    let at = app.service.now();
    for document in documents {
        let line = SentLine { at, first_at: at, document, reference: reference.clone(), by: by.clone(), tries: 1, fate: fate.clone() };
        app.service.tell_sent(&owners, line).await;
    }
}

fn fate<T>(came: &Result<T, Error>) -> Option<SentFate> {
    let one = |code: &str| SentFate::Refused(vec![SentReason { code: code.to_owned(), place: String::new() }]);
    match came {
        Ok(_) => Some(SentFate::Taken),
        // SECURITY: of a finding its code and its place; what was received stays out of it.
        Err(Error::Invalid(issues)) => {
            let wrong = issues.iter().filter(|issue| issue.is_error());
            let reasons: Vec<_> = wrong.map(|issue| SentReason { code: issue.code.clone(), place: issue.path.clone().unwrap_or_default() }).collect();
            Some(if reasons.is_empty() { one("invalid") } else { SentFate::Refused(reasons) })
        }
        Err(Error::NotAuthenticated | Error::Busy | Error::Unavailable(_) | Error::Fault(_) | Error::Conflict("record-changed")) => None,
        Err(error) => Some(one(error.code())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_no_reference_is_not_kept() {
        for good in ["17042", "urn:oid:2.25.1", "RIS^0042#1", "a/b_c-d"] {
            assert!(is_reference(good), "{good}");
        }
        for bad in ["", "Jean EXEMPLE", "é", "<b>", &"1".repeat(129)] {
            assert!(!is_reference(bad), "{bad}");
        }
        let document = |id: &str| json!({ "resourceType": "DocumentReference", "masterIdentifier": { "value": id } });
        assert_eq!(named(&document("urn:oid:1.2")), ["urn:oid:1.2"]);
        assert_eq!(
            named(&json!({ "entry": [{ "resource": document("1") }, { "resource": { "resourceType": "List" } }, { "resource": document("2 3") }] })),
            ["1", ""]
        );
        assert_eq!(named(&json!([])), [""]);
    }
}
