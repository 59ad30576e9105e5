//! What a move of a patient asks of the record, given where the stay stands. Pure: the same moves in any order, each once or twice, end in
//! the same unit, or in no stay.

use dmp_interop::hl7v2::{Change, Consultation, Move, MoveKind};
use serde_json::{Value, json};

use super::ledger::StayState;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `POST /fhir/Encounter`; the number tells a stay begun again from the first.
    Declare { begun: u32 },
    /// `PUT`, under way.
    Change { encounter: String },
    /// `PUT`, finished.
    End { encounter: String },
    /// Nothing to ask, but to remember: a stay that ended before it was known.
    Remember,
    /// It is known already, or a later move says otherwise.
    Old,
}

/// The order of moves: when they happened, then when they were said.
pub fn order(one: &Move, said_at: i64) -> (i64, i64) {
    (one.at.as_micros(), said_at)
}

/// The step that a move asks for.
pub fn step(state: Option<&StayState>, one: &Move, key: (i64, i64)) -> Step {
    let ends = one.kind.leaves() == Change::Over;
    let Some(state) = state else { return if ends { Step::Remember } else { Step::Declare { begun: 0 } } };
    if ends {
        // SECURITY: an end that comes late still ends, unless a later message took it back: who reads too long is worse off than who calls.
        let taken_back = state.reopened.is_some_and(|reopened| key < reopened);
        return match &state.encounter {
            _ if state.over || taken_back => Step::Old,
            Some(encounter) => Step::End { encounter: encounter.clone() },
            None => Step::Remember,
        };
    }
    let begins = matches!(one.kind, MoveKind::DischargeCancelled | MoveKind::Admitted);
    match &state.encounter {
        _ if state.over && key > state.latest && begins => Step::Declare { begun: state.begun + 1 },
        _ if state.over || key < state.latest => Step::Old,
        Some(encounter) => Step::Change { encounter: encounter.clone() },
        None => Step::Declare { begun: state.begun },
    }
}

/// Where the stay stands once the step is done. `encounter`: its address, when one was answered.
pub fn after(state: Option<&StayState>, one: &Move, key: (i64, i64), step: &Step, encounter: Option<String>) -> StayState {
    let before = state.cloned().unwrap_or_default();
    let dated = one.kind != MoveKind::Updated || one.movement.is_some();
    let latest = if dated || state.is_none() { before.latest.max(key) } else { before.latest };
    let reopened = if one.kind == MoveKind::DischargeCancelled { Some(before.reopened.map_or(key, |known| known.max(key))) } else { before.reopened };
    let encounter = encounter.or_else(|| before.encounter.clone());
    match step {
        Step::Declare { begun } => StayState { encounter, begun: *begun, latest, over: false, reopened },
        Step::Change { .. } => StayState { encounter, latest, reopened, ..before },
        Step::End { .. } | Step::Remember => StayState { encounter, latest, over: true, ..before },
        // A discharge that was cancelled before it was known is remembered as cancelled.
        Step::Old => StayState { reopened, ..before },
    }
}

/// The Encounter of a step. `name` names the stay for the server, so that the same declaration twice is one.
pub fn encounter(one: &Move, name: &str, over: bool) -> Value {
    let mut value = json!({
        "resourceType": "Encounter",
        "identifier": [{ "value": name }],
        "extension": [{ "url": "urn:dmp:extension:dmp-information-patient", "valueBoolean": one.consultation == Consultation::Agreed }],
        "status": if over { "finished" } else { "in-progress" },
        "subject": { "identifier": { "system": format!("urn:oid:{}", one.patient.ins.authority().oid()), "value": one.patient.ins.matricule() } },
        "period": { "start": one.at.to_instant() },
    });
    if let (Some(unit), Some(value)) = (&one.unit, value.as_object_mut()) {
        value.insert("serviceType".to_owned(), json!({ "text": unit }));
    }
    value
}

#[cfg(test)]
mod tests {
    use dmp_core::Moment;
    use dmp_core::identity::Ins;
    use dmp_interop::hl7v2::PatientIds;

    use super::*;

    fn one(kind: MoveKind, unit: &str, minute: i64) -> Move {
        let base = "2770763220829";
        let ins = Ins::parse("1.2.250.1.213.1.4.10", &format!("{base}{:02}", dmp_core::identity::ins_key(base).unwrap())).unwrap();
        Move {
            patient: PatientIds { ins, local: None },
            stay: "1@x".into(),
            kind,
            unit: Some(unit.into()),
            at: Moment::from_seconds(minute * 60),
            movement: Some(minute.to_string()),
            expected_end: None,
            consultation: Consultation::Agreed,
        }
    }

    /// Plays moves, each said as many minutes after the epoch as told, and gives the unit of the stay in the end; `None`: no stay.
    fn unit_after(moves: &[(Move, i64)]) -> Option<String> {
        let (mut state, mut unit): (Option<StayState>, Option<String>) = (None, None);
        for (one, said) in moves {
            let key = order(one, *said);
            let step = step(state.as_ref(), one, key);
            let answered = matches!(step, Step::Declare { .. }).then(|| "Encounter/1".to_owned());
            match step {
                Step::Declare { .. } | Step::Change { .. } => unit = one.unit.clone(),
                Step::End { .. } | Step::Remember => unit = None,
                Step::Old => {}
            }
            state = Some(after(state.as_ref(), one, key, &step, answered));
        }
        unit
    }

    /// Moves, each with the second in which it was told.
    type Story = Vec<(Move, i64)>;

    #[test]
    fn moves_in_any_order_and_twice_end_in_the_same_unit() {
        use MoveKind::*;
        let stories: [(Story, Option<&str>); 5] = [
            (vec![(one(Admitted, "A", 10), 11), (one(Transferred, "B", 20), 21), (one(Transferred, "C", 30), 31)], Some("C")),
            (vec![(one(Admitted, "A", 10), 11), (one(Transferred, "B", 20), 21), (one(Discharged, "B", 30), 31)], None),
            (vec![(one(Admitted, "A", 10), 11), (one(Transferred, "B", 20), 21), (one(TransferCancelled, "A", 20), 22)], Some("A")),
            (vec![(one(Admitted, "A", 10), 11), (one(AdmissionCancelled, "A", 10), 12)], None),
            (vec![(one(Admitted, "A", 10), 11), (one(Discharged, "A", 30), 31), (one(DischargeCancelled, "A", 30), 32)], Some("A")),
        ];
        for (place, (story, expected)) in stories.iter().enumerate() {
            for order in orders(story.len()) {
                let told: Vec<_> = order.iter().map(|at| story[*at].clone()).collect();
                assert_eq!(unit_after(&told).as_deref(), *expected, "story {place} in the order {order:?}");
                let twice: Vec<_> = told.iter().chain(&told).cloned().collect();
                assert_eq!(unit_after(&twice).as_deref(), *expected, "story {place} twice in the order {order:?}");
            }
        }
    }

    fn orders(count: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return vec![Vec::new()];
        }
        let last = count - 1;
        let mut all = Vec::new();
        for shorter in orders(last) {
            for place in 0..=last {
                let mut one = shorter.clone();
                one.insert(place, last);
                all.push(one);
            }
        }
        all
    }

    #[test]
    fn a_discharge_said_late_still_ends_the_stay() {
        use MoveKind::*;
        let update = Move { movement: None, ..one(Updated, "A", 50) };
        assert_eq!(unit_after(&[(one(Admitted, "A", 10), 11), (update, 50), (one(Discharged, "A", 30), 60)]), None);
        assert_eq!(unit_after(&[(one(Admitted, "A", 10), 11), (one(Transferred, "B", 40), 41), (one(Discharged, "A", 30), 60)]), None);
    }
}
