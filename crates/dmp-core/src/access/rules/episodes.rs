//! Which team takes care of the person now: who says so, who ends it, who objects.

use crate::access::{Act, Question, Verdict, ground};

/// Basis: CSP L.1110-12, R.1111-46 (information at each new episode, objection); Conseil d'État, 15 October 2025, n° 490409 (initial consent); FHIR Encounter.
/// Means: Le service qui vous prend en charge déclare son équipe, dit quand la prise en charge se termine et recueille d'abord votre accord ; vous pouvez refuser cette équipe à tout moment.
/// Example: A doctor of the cardiology ward declares the stay and its staff; the person refuses the team, which reads nothing from then on.
pub fn episodes(question: &Question<'_>) -> Verdict {
    let caller = question.caller;
    let permitted = match question.act {
        Act::DeclareEpisode => is_of_a_structure(question),
        Act::EndEpisode => is_of_a_structure(question) && question.facts.relation.own_structures_episode,
        Act::OpposeEpisode => ground::holds_the_rights(question),
        // What opens the record to a whole team is heard by a health professional in person, at that moment.
        Act::RecordTeamConsent => {
            ground::is_health_professional(question) && caller.consent_collected_by.is_none() && ground::has_consent_now(question)
        }
        _ => false,
    };
    ground::permit_if(permitted)
}

/// Whether the caller is a professional, not in training, who practises in a structure.
fn is_of_a_structure(question: &Question<'_>) -> bool {
    let student = question.caller.profession.as_ref().is_some_and(crate::identity::Profession::is_student);
    ground::is_practising(question) && !student && question.caller.structure.is_some()
}
