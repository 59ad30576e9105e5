//! What was deleted is gone for everybody.

use crate::access::{Question, Reason, Verdict};

/// Basis: JDV_J52 (StatusType:Deleted), TD3.3c: deletion is logical, final, and hides the document from all.
/// Means: Un document supprimé par son auteur n'est plus visible de personne.
/// Example: The author of a deleted report cannot read it again.
pub fn life_cycle(question: &Question<'_>) -> Verdict {
    let deleted = question.facts.entry.as_ref().is_some_and(|entry| entry.status.is_deleted());
    if deleted && question.act.is_clinical() { Verdict::Forbid(Reason::Deleted) } else { Verdict::Silent }
}
