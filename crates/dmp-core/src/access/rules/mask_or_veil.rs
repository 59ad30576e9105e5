//! A document is not hidden from both sides at once.

use crate::access::{Act, Question, Reason, Verdict, ground};

/// Basis: EX113, platform parameter `cumul-invisible_patient-masque_ps` = false (MASQUE_PS and INVISIBLE_PATIENT exclude each other).
/// Means: Un document en attente d'annonce ne peut pas être masqué en plus aux professionnels : il faut bien que quelqu'un puisse vous l'annoncer.
/// Example: A biologist may not deposit a result that is both masked and waiting for its announcement.
pub fn mask_or_veil(question: &Question<'_>) -> Verdict {
    let Some(entry) = &question.facts.entry else { return Verdict::Silent };
    let waits = ground::awaits_announcement(question);
    let would_be_masked = question.act == Act::Mask || (question.act.is_feeding() && entry.masked);
    if waits && would_be_masked { Verdict::Forbid(Reason::NoRulePermits) } else { Verdict::Silent }
}
