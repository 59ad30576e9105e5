//! Who may put which documents in.

use super::ADVANCE_DIRECTIVES;
use crate::access::{Act, CallerKind, EntryFacts, Question, Reason, Verdict, ground};
use crate::document::class_of;

/// Basis: CSP L.1111-15 (professionals feed, no authorisation needed), R.1111-42; TD2.1, RPLC, EX113 (who sets which visibility); L.1111-11 (advance directives).
/// Means: Les professionnels et les établissements qui vous soignent alimentent votre dossier ; vous y déposez vos propres documents ; chacun ne remplace que les siens.
/// Example: A biologist publishes a report without being on the person's list; they may not deposit advance directives.
pub fn feeding(question: &Question<'_>) -> Verdict {
    if !question.act.is_feeding() {
        return Verdict::Silent;
    }
    // Without the document's type nothing can be judged, so nothing is permitted.
    let Some(entry) = &question.facts.entry else { return Verdict::Silent };
    if let Err(reason) = right_side(question.caller.kind, entry) {
        return Verdict::Forbid(reason);
    }
    if question.act == Act::Publish && !may_hide_so(question, entry) {
        return Verdict::Forbid(Reason::NotThisKindOfCaller);
    }
    if question.act == Act::Replace && !may_replace(question) {
        return Verdict::Forbid(Reason::NotItsAuthor);
    }
    if is_known_feeder(question, entry) { Verdict::Permit } else { Verdict::Silent }
}

/// Whether a document of this kind comes from this side.
fn right_side(kind: CallerKind, entry: &EntryFacts) -> Result<(), Reason> {
    if (entry.type_code == REIMBURSEMENT) != (kind == CallerKind::ReimbursementFeed) {
        return Err(Reason::ReimbursementDocument);
    }
    let persons = is_persons_type(&entry.type_code);
    match kind {
        CallerKind::ReimbursementFeed => Ok(()),
        CallerKind::Patient | CallerKind::Representative | CallerKind::Helper if persons => Ok(()),
        CallerKind::Patient | CallerKind::Representative | CallerKind::Helper => Err(Reason::ProfessionalDocument),
        CallerKind::Professional | CallerKind::Organization if persons || entry.patient_authored => Err(Reason::PatientDocument),
        CallerKind::Professional | CallerKind::Organization => Ok(()),
        CallerKind::Agent | CallerKind::Insurer | CallerKind::Mutual | CallerKind::Employer | CallerKind::Operator | CallerKind::Automaton => {
            Err(Reason::NotThisKindOfCaller)
        }
    }
}

/// Whether this caller sets these visibilities on a new document: a professional lets it wait for its announcement, nobody else
/// does; secret from representatives are documents of minors; the insurer's feed hides nothing.
fn may_hide_so(question: &Question<'_>, entry: &EntryFacts) -> bool {
    let kind = question.caller.kind;
    // What the person's side asks for is `announcement_clock`'s to refuse.
    let waits = !entry.invisible_to_patient || kind == CallerKind::Professional || kind.is_on_the_persons_side();
    let secret = !entry.invisible_to_representatives || question.facts.record.minor;
    let fed = kind == CallerKind::ReimbursementFeed && (entry.masked || entry.invisible_to_representatives);
    waits && secret && !fed
}

fn may_replace(question: &Question<'_>) -> bool {
    ground::is_author(question) || (ground::holds_the_rights(question) && ground::is_own_work(question))
}

fn is_known_feeder(question: &Question<'_>, entry: &EntryFacts) -> bool {
    let known_type = class_of(&entry.type_code).is_some();
    let feeder = match question.caller.kind {
        CallerKind::Patient => ground::is_their_record(question) && !(entry.type_code == ADVANCE_DIRECTIVES && question.facts.record.minor),
        CallerKind::Representative | CallerKind::Helper => ground::is_their_record(question) && entry.type_code != ADVANCE_DIRECTIVES,
        CallerKind::Professional => ground::is_practising(question),
        CallerKind::Organization | CallerKind::ReimbursementFeed => true,
        CallerKind::Agent | CallerKind::Insurer | CallerKind::Mutual | CallerKind::Employer | CallerKind::Operator | CallerKind::Automaton => false,
    };
    known_type && feeder
}

/// Whether only the person's side deposits this type: class 90, and what they file under a clinical class (DOCPAT).
fn is_persons_type(type_code: &str) -> bool {
    class_of(type_code) == Some("90") || type_code.starts_with("DOCPAT")
}

/// Fed by the compulsory insurance alone.
const REIMBURSEMENT: &str = "REMB";
