//! What the person hides from professionals.

use crate::access::{Act, CallerKind, EntryFacts, Purpose, Question, Reason, Verdict, ground};

/// Basis: CSP R.1111-49 (the author still sees), L.1111-16 (the médecin traitant too); supplement 2 (administrators, third emergency switch, whole record).
/// Means: Un document que vous masquez n'est plus visible des professionnels, sauf de son auteur, de votre médecin traitant et des administrateurs que vous avez désignés.
/// Example: A masked report is hidden from a nurse, and from the emergency doctor unless the person chose otherwise.
pub fn masking(question: &Question<'_>) -> Verdict {
    let Some(entry) = &question.facts.entry else { return Verdict::Silent };
    // The whole-record choice hides what exists; a new document is its author's own, so feeding stays free.
    let touches = question.act.is_reading() || question.act.is_about_an_entry() || question.act == Act::Replace;
    let masked = entry.masked || question.facts.record.all_masked;
    if question.caller.kind != CallerKind::Professional || !touches || !masked || still_sees(question, entry) {
        return Verdict::Silent;
    }
    Verdict::Forbid(Reason::Masked)
}

fn still_sees(question: &Question<'_>, entry: &EntryFacts) -> bool {
    let emergency = match question.caller.purpose {
        Purpose::Normal => false,
        Purpose::BreakGlass { .. } | Purpose::RegulationCentre => question.facts.record.masked_in_emergency,
    };
    entry.written_by_caller || ground::is_medecin_traitant(question) || ground::is_administrator(question) || emergency
}
