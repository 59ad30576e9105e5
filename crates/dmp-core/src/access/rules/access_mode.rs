//! Break-glass and regulation centre: entering without the person's authorisation, in an emergency.

use crate::access::{Act, CallerKind, Purpose, Question, Reason, Verdict, ground};
use crate::moment::Moment;

/// Basis: CSP L.1111-17 (emergency, regulation centre), R.1111-48; TRE_R248; EX_1.1-1050 (the two oppositions are independent).
/// Means: En urgence, un professionnel de santé peut lire et compléter votre dossier si vous ne pouvez pas vous exprimer et si votre santé est en danger immédiat, et le médecin du 15 qui reçoit l'appel peut le lire, sauf si vous vous y êtes opposé ; cet accès est court, compté, et vous en êtes informé.
/// Example: An emergency doctor breaks the glass for an unconscious person, gives the reason, reads, publishes the report, can change nothing else, and is out again an hour later.
pub fn access_mode(question: &Question<'_>) -> Verdict {
    let conditions = match &question.caller.purpose {
        Purpose::Normal => return Verdict::Silent,
        Purpose::BreakGlass { reason, until, .. } => break_glass(question, reason, *until),
        Purpose::RegulationCentre => regulation_centre(question),
    };
    if question.caller.kind != CallerKind::Professional {
        return Verdict::Forbid(Reason::NotThisKindOfCaller);
    }
    if question.act == Act::CheckAccess {
        return Verdict::Silent;
    }
    // Who breaks the glass also writes down what was done; the regulating doctor only reads.
    let feeds = question.act.is_feeding() && matches!(question.caller.purpose, Purpose::BreakGlass { .. });
    if !question.act.is_reading() && !feeds {
        return Verdict::Forbid(Reason::EmergencyReadsOnly);
    }
    match conditions {
        Err(reason) => Verdict::Forbid(reason),
        // `feeding` says what may be fed.
        Ok(()) if feeds => Verdict::Silent,
        Ok(()) if ground::names_its_document(question) => Verdict::Permit,
        Ok(()) => Verdict::Silent,
    }
}

fn break_glass(question: &Question<'_>, words: &str, until: Moment) -> Result<(), Reason> {
    let relation = &question.facts.relation;
    if !ground::is_health_professional(question) {
        return Err(Reason::NotThisKindOfCaller);
    }
    if !question.facts.record.allow_break_glass {
        return Err(Reason::BreakGlassOpposed);
    }
    if words.trim().is_empty() {
        return Err(Reason::BreakGlassReasonMissing);
    }
    if !relation.unable_to_consent || !relation.immediate_risk {
        return Err(Reason::BreakGlassConditions);
    }
    if until <= question.now {
        return Err(Reason::EmergencyOver);
    }
    if relation.break_glass_quota_reached { Err(Reason::EmergencyQuota) } else { Ok(()) }
}

fn regulation_centre(question: &Question<'_>) -> Result<(), Reason> {
    let doctor = question.caller.profession.as_ref().is_some_and(crate::identity::Profession::is_doctor);
    if !doctor || !question.caller.regulating_physician {
        return Err(Reason::NotRegulatingPhysician);
    }
    if question.facts.record.allow_regulation_centre { Ok(()) } else { Err(Reason::RegulationCentreOpposed) }
}
