//! What of two answers is compared: everything, once what is random by design is set aside.

use crate::ask::Answer;

/// Where a search leads to: the words, sealed for the session, follow.
pub const FOUND: &str = "/search?for=";

/// An answer without what is random by design: the moment it was sent, session cookies and their hidden fields, and the
/// sealed words of a search, the hashes of journal leaves (they chain sealed bytes, which are never the same twice) with the paging tokens that stand on
/// their sequence.
pub fn plain(answer: &Answer) -> Answer {
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| name != "date" && name != "set-cookie" && name != "content-length");
    let mut text = String::from_utf8_lossy(&answer.body).into_owned();
    text = without_after(&text, "name=\"csrf\" value=\"", |c| c != '"');
    text = without_after(&text, FOUND, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if text.contains("AuditEvent") {
        text = without_after(&text, "/AuditEvent/", |c| c.is_ascii_alphanumeric() || c == '-');
        text = without_after(&text, "\"resourceType\":\"AuditEvent\",\"id\":\"", |c| c != '"');
        text = without_after(&text, "<AuditEvent><id value=\"", |c| c != '"');
        text = without_after(&text, "_page=", |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    }
    if text.contains("/journal?page=") {
        text = without_after(&text, "/journal?page=", |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    }
    Answer { status: answer.status, headers, body: if is_text(answer) { text.into_bytes() } else { answer.body.clone() } }
}

fn is_text(answer: &Answer) -> bool {
    answer.header("content-type").is_some_and(|value| value.contains("json") || value.contains("xml") || value.contains("html"))
}

/// The text with what follows each mark taken out.
fn without_after(text: &str, mark: &str, gone: impl Fn(char) -> bool) -> String {
    let mut parts = text.split(mark);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(mark);
        out.push('…');
        out.push_str(part.trim_start_matches(&gone));
    }
    out
}

/// The address of the next page, as a path of this server.
pub fn next_page(answer: &Answer) -> Option<String> {
    let text = String::from_utf8_lossy(&answer.body);
    if let Ok(bundle) = serde_json::from_slice::<serde_json::Value>(&answer.body) {
        let links = bundle["link"].as_array()?;
        let next = links.iter().find(|link| link["relation"] == "next")?["url"].as_str()?;
        return Some(next.trim_start_matches("http://twin.invalid").to_owned());
    }
    let place = text.find("/journal?page=")?;
    Some(text[place..].chars().take_while(|c| !matches!(c, '"' | '\'' | '<')).collect())
}

/// The part of two texts where they first differ.
pub fn first_difference(left: &[u8], right: &[u8]) -> String {
    let place = left.iter().zip(right).position(|(one, other)| one != other).unwrap_or(left.len().min(right.len()));
    let window = |bytes: &[u8]| {
        let from = place.saturating_sub(160);
        String::from_utf8_lossy(&bytes[from.min(bytes.len())..(place + 240).min(bytes.len())]).into_owned()
    };
    format!("    without: …{}…\n    with:    …{}…", window(left), window(right))
}
