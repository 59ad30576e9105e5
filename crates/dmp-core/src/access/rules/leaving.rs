//! What leaves the record by the person's own hand: by a link, through an app, on paper.

use crate::access::{Act, EntryFacts, Question, Reason, Verdict};

/// Basis: CSP R.1111-49 (who is not to see what the person hides), L.1111-5, L.1111-5-1, R.1111-50 (a minor's secret care). That what is hidden from professionals is kept from links and apps too is the stricter reading.
/// Means: Ce que vous sortez de votre dossier par un lien ou une application ne contient pas les documents que vous avez cachés aux professionnels ; les soins secrets d'un mineur ne sortent ni par un lien, ni par une application, ni sur papier.
/// Example: A person who masked a report sends their doctor a link: the report is not in it. A girl of sixteen orders her record on paper: the consultation that her parents must not know of is not printed.
pub fn leaving(question: &Question<'_>) -> Verdict {
    let Some(entry) = &question.facts.entry else { return Verdict::Silent };
    match way_out(question) {
        Some(_) if is_a_minors_secret(question, entry) => Verdict::Forbid(Reason::HiddenFromRepresentatives),
        Some(Way::ToOthers) if entry.masked || question.facts.record.all_masked => Verdict::Forbid(Reason::Masked),
        Some(Way::ToOthers | Way::OnPaper) | None => Verdict::Silent,
    }
}

/// How something leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Whoever opens a link and whoever runs an app are others, as professionals are.
    ToOthers,
    /// For the person themself or who represents them; but whoever empties the letter box of a minor may be a parent.
    OnPaper,
}

/// SECURITY: every way out by the person's hand is named here; each document is asked about when it leaves.
fn way_out(question: &Question<'_>) -> Option<Way> {
    match question.act {
        Act::Share => Some(Way::ToOthers),
        Act::SendPaper => Some(Way::OnPaper),
        act if act.is_reading() && question.caller.app.is_some() => Some(Way::ToOthers),
        _ => None,
    }
}

fn is_a_minors_secret(question: &Question<'_>, entry: &EntryFacts) -> bool {
    question.facts.record.minor && entry.invisible_to_representatives
}
