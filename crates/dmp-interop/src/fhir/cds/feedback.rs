//! What the professional made of a card (`POST /cds-services/{id}/feedback`).

use dmp_core::{Issue, Moment};
use serde_json::Value;

use super::is_uuid;
use super::reasons::{OVERRIDE_REASONS, OverrideReason, REASON_SYSTEM};
use crate::fhir::coding::Coding;
use crate::fhir::element::{Element, Findings};

/// Most cards of one feedback.
const FEEDBACK_MAX: usize = 100;

/// What was made of one card. The comment that a user may write is not read: it may name somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// UUID of the card.
    pub card: String,
    pub outcome: Outcome,
    /// When, by the client's clock.
    pub at: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The draft was withdrawn: UUIDs of the suggestions taken.
    Accepted { suggestions: Vec<String> },
    /// The exam is ordered all the same; the reason when it is one of ours.
    Overridden { reason: Option<&'static OverrideReason> },
}

/// Reads the body.
///
/// # Errors
/// Every finding, when there is one.
pub fn read_feedback(body: &Value) -> Result<Vec<Feedback>, Vec<Issue>> {
    let findings = Findings::default();
    let root = Element::root(body, "$", &findings);
    let items = root.items("feedback");
    if items.is_empty() {
        root.child("feedback").finding(Issue::error("element-required"));
    }
    if items.len() > FEEDBACK_MAX {
        root.child("feedback").finding(Issue::error("bundle-too-large").expected(FEEDBACK_MAX.to_string()));
    }
    let read: Vec<Feedback> = items.iter().take(FEEDBACK_MAX).filter_map(feedback).collect();
    let issues = findings.into_issues();
    if issues.is_empty() { Ok(read) } else { Err(issues) }
}

fn feedback(item: &Element<'_>) -> Option<Feedback> {
    let card = required(item, "card");
    if card.as_deref().is_some_and(|card| !is_uuid(card)) {
        item.child("card").finding(Issue::error("element-value").expected("UUID"));
    }
    let outcome = outcome(item);
    let timestamp = item.child("outcomeTimestamp");
    if !timestamp.exists() {
        timestamp.finding(Issue::error("element-required"));
    }
    let at = timestamp.when().and_then(|when| when.moment);
    Some(Feedback { card: card?, outcome: outcome?, at: at? })
}

fn required(item: &Element<'_>, name: &str) -> Option<String> {
    let child = item.child(name);
    if !child.exists() {
        child.finding(Issue::error("element-required"));
    }
    child.text()
}

fn outcome(item: &Element<'_>) -> Option<Outcome> {
    match required(item, "outcome")?.as_str() {
        "accepted" => {
            let accepted = item.items("acceptedSuggestions");
            if accepted.is_empty() {
                item.child("acceptedSuggestions").finding(Issue::error("element-required"));
            }
            Some(Outcome::Accepted { suggestions: accepted.iter().take(FEEDBACK_MAX).filter_map(|one| required(one, "id")).collect() })
        }
        "overridden" => {
            let coding = Coding::read(&item.child("overrideReason").child("reason"));
            let ours = coding.filter(|coding| coding.system.as_deref() == Some(REASON_SYSTEM)).and_then(|coding| coding.code);
            Some(Outcome::Overridden { reason: ours.and_then(|code| OVERRIDE_REASONS.iter().find(|reason| reason.code == code)) })
        }
        _ => {
            item.child("outcome").finding(Issue::error("element-value").expected("accepted | overridden"));
            None
        }
    }
}
