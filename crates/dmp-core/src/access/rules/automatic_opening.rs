//! A record opens by itself six weeks after the letter, unless the person objects.

use crate::access::{Act, CallerKind, Question, Reason, RecordState, Verdict, ground};
use crate::record::{OBJECTION_DAYS, Regime};

/// Basis: CSP R.1111-28, R.1111-40 (information, six weeks, objection), L.1111-14; before 2022 only by explicit consent.
/// Means: Une lettre vous annonce l'ouverture de votre dossier ; sans refus de votre part, il s'ouvre six semaines plus tard ; votre refus est retenu, et rien d'autre.
/// Example: A letter of 3 June opens the record from 15 July on; who refused in between gets none, and may still ask for one later.
pub fn automatic_opening(question: &Question<'_>) -> Verdict {
    let record = &question.facts.record;
    if record.state != RecordState::None || record.regime != Regime::B {
        return Verdict::Silent;
    }
    let kind = question.caller.kind;
    match question.act {
        Act::RecordLetter => ground::permit_if(kind == CallerKind::Agent && !record.objected),
        Act::ObjectToOpening => {
            let own = ground::holds_the_rights(question) && !ground::is_not_alone(question);
            ground::permit_if(own || (kind == CallerKind::Agent && ground::has_consent_now(question)))
        }
        Act::CreateRecord if kind == CallerKind::Automaton => opens_by_itself(question),
        _ => Verdict::Silent,
    }
}

fn opens_by_itself(question: &Question<'_>) -> Verdict {
    let record = &question.facts.record;
    if record.objected {
        return Verdict::Forbid(Reason::OpeningRefused);
    }
    let over = record.letter_sent_at.is_some_and(|sent| sent.plus_days(OBJECTION_DAYS) <= question.now);
    if over { Verdict::Permit } else { Verdict::Forbid(Reason::TooEarly) }
}
