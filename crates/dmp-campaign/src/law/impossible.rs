//! Pairs of rules that can never speak in the same question, each with its reason.

use std::collections::BTreeMap;

use super::rules::Rules;

/// Rules of the first list never meet rules of the second.
type Never = (&'static [&'static str], &'static [&'static str], &'static str);

/// Who may read in the normal mode, each on one tie.
const TIES: &[&str] = &["authorisation", "consent_now", "medecin_traitant", "care_team"];
/// Rules that speak to professionals alone.
const TO_PROFESSIONALS: &[&str] =
    &["occupational_medicine", "supervised_student", "authorisation", "consent_now", "medecin_traitant", "care_team", "matrix", "masking"];
/// Rules that speak to the person, to who represents them and to who helps them alone.
const TO_THE_PERSONS_SIDE: &[&str] = &["own_record", "announcement_clock", "representatives"];
/// Rules about acts that are not about a document, each about its own.
const WITHOUT_DOCUMENT: &[&str] = &[
    "check_access",
    "administration",
    "episodes",
    "representation",
    "helpers",
    "automatic_opening",
    "record_life",
    "identity_acts",
    "access_reports",
    "copies",
    "cancel_opening",
    "invitation_campaigns",
];
/// The same without those that are silent on the person's side.
const NEVER_THE_PERSONS_SIDE: &[&str] = &["identity_acts", "copies", "invitation_campaigns"];
/// Rules of which no professional asks.
const NO_PROFESSIONALS_ACT: &[&str] =
    &["representation", "helpers", "automatic_opening", "record_life", "identity_acts", "access_reports", "copies", "invitation_campaigns"];

#[rustfmt::skip]
const NEVER: &[Never] = &[
    (&["forbidden_purpose"], &["never_content", "visibility"], "an insurer, a mutual or an employer is no agent, and changes no document"),
    (&["forbidden_purpose"], TO_THE_PERSONS_SIDE, "an insurer, a mutual or an employer is not on the person's side"),
    (&["forbidden_purpose"], TO_PROFESSIONALS, "an insurer, a mutual or an employer is no professional"),
    (&["forbidden_purpose"], WITHOUT_DOCUMENT, "these permit nothing to an insurer, a mutual or an employer, and are silent"),
    (&["never_content"], TO_THE_PERSONS_SIDE, "an agent, a technician or a machine is not on the person's side"),
    (&["never_content"], TO_PROFESSIONALS, "an agent, a technician or a machine is no professional"),
    (&["never_content"], &["blocked_professional", "visibility"], "an agent, a technician or a machine is on no list and changes no document"),
    (&["never_content"], WITHOUT_DOCUMENT, "the first is about documents, the second is not"),
    (TO_THE_PERSONS_SIDE, TO_PROFESSIONALS, "the caller is on the person's side or a professional"),
    (&["own_record"], &["check_access", "administration", "episodes", "representation", "automatic_opening", "record_life", "identity_acts", "access_reports", "copies", "cancel_opening", "invitation_campaigns"],
        "what the second permits to the person's side it permits on their own record, where the first speaks of reading alone"),
    (&["announcement_clock"], &["blocked_professional"], "the person's side is on no list"),
    (&["announcement_clock", "matrix", "masking", "life_cycle"], WITHOUT_DOCUMENT, "the first is about documents, the second is not"),
    (&["representatives"], &["check_access", "episodes", "representation", "helpers", "automatic_opening", "record_life", "identity_acts", "access_reports", "copies", "cancel_opening", "invitation_campaigns"],
        "the first hides what tells of secret care, or refuses to a helper what the second permits to others alone"),
    (&["apps"], &["forbidden_purpose", "never_content"], "only the person's side has apps, or lets one in"),
    (&["apps"], TO_PROFESSIONALS, "no professional lets an app in"),
    (&["apps"], NEVER_THE_PERSONS_SIDE, "the second permits nothing to the person's side"),
    (&["leaving"], &["never_content"], "the first is about links, paper and apps, the second about acts of others on documents"),
    (&["leaving"], TIES, "reading is another act, but for an app, which no professional has"),
    (&["leaving"], &["matrix", "masking"], "no professional asks through an app"),
    (&["leaving"], &["author_only_deletion", "feeding", "mask_or_veil", "visibility", "corrections"], "each speaks of its own acts"),
    (&["leaving"], &["check_access", "episodes", "representation", "helpers", "automatic_opening", "record_life", "identity_acts", "access_reports", "cancel_opening", "invitation_campaigns"],
        "each speaks of its own acts"),
    (&["corrections"], &["forbidden_purpose", "never_content"], "the second permits nothing to those of whom the first speaks"),
    (&["corrections"], TIES, "reading is another act"),
    (&["corrections"], &["own_record"], "the holder's own record, where the first speaks of reading alone"),
    (&["corrections"], &["author_only_deletion", "feeding", "mask_or_veil", "visibility"], "each speaks of its own acts"),
    (&["corrections"], WITHOUT_DOCUMENT, "the first is about documents, the second is not"),
    (TIES, &["access_mode"], "one speaks in the normal mode, the other in an emergency"),
    (TIES, &["author_only_deletion", "feeding", "mask_or_veil", "visibility"], "reading is another act"),
    (TIES, WITHOUT_DOCUMENT, "reading is another act"),
    (&["occupational_medicine"], &["author_only_deletion", "check_access"], "the first is silent on taking back one's own document and on asking for the status"),
    (&["occupational_medicine", "supervised_student", "blocked_professional"], NO_PROFESSIONALS_ACT, "the second permits nothing to a professional"),
    (&["supervised_student", "blocked_professional"], &["check_access"], "the first is silent on asking for the status"),
    (&["supervised_student"], &["medecin_traitant", "episodes"], "someone in training is no doctor yet, and neither declares nor hears for a team"),
    (&["supervised_student"], &["cancel_opening"], "someone in training opens no record, and takes none back"),
    (&["medecin_traitant"], &["blocked_professional", "masking"], "the role stands on a line that is no block, and sees what is masked"),
    (&["matrix"], &["feeding"], "the matrix is about reading and changing, not about depositing"),
    (&["active_record"], &["check_access", "automatic_opening"], "the first is silent on asking for the status and on what leads to a record"),
    (&["active_record"], &["access_reports"], "the second speaks of open and closed records alone, where the first is silent on reports"),
    (&["author_only_deletion", "feeding", "visibility"], &["author_only_deletion", "feeding", "visibility"], "each speaks of its own acts"),
    (&["mask_or_veil"], &["author_only_deletion"], "each speaks of its own acts"),
    (&["author_only_deletion", "feeding", "visibility", "mask_or_veil"], WITHOUT_DOCUMENT, "the first is about documents, the second is not"),
    (WITHOUT_DOCUMENT, WITHOUT_DOCUMENT, "each speaks of its own acts, and of closing one to the automaton alone, the other to others"),
];

/// The pairs by place, the smaller one first.
pub fn impossible(rules: &Rules) -> BTreeMap<(usize, usize), &'static str> {
    let mut pairs = BTreeMap::new();
    for (firsts, seconds, reason) in NEVER {
        for first in *firsts {
            for second in *seconds {
                let (one, other) = (rules.place(first), rules.place(second));
                if one != other {
                    pairs.insert((one.min(other), one.max(other)), *reason);
                }
            }
        }
    }
    pairs
}
