//! Acts on the record as a whole: the person's list, choices, mandates, teams, its life.

use dmp_core::access::{Act, CallerKind, RecordState};
use dmp_core::record::{INVITATION_DAYS, MandateState, RepresentativeKind, Scope};
use serde_json::json;

use super::Run;
use super::acts::{FHIR, identifier, structure_of};
use super::cast::{Asker, GUARDIAN, HELPERS, PARENTS, PROFESSIONALS, account, now};
use super::mirror::{Episode, Mandate, Mirror, Opening};
use crate::api::invented_ins;

impl Run {
    /// The person's list of professionals.
    pub(super) fn line(&mut self, place: usize, asker: &Asker) {
        let handle = if asker.caller.kind == CallerKind::Professional && !self.draw.once_in(4) { asker.handle } else { self.draw.of(&PROFESSIONALS) };
        let (who, profession) = (account(handle), dmp_synth::identity(handle).unwrap().profession);
        let line = self.people[place].line(&who).cloned();
        let mut possible =
            vec![(Act::Authorise, "$dmp-authorise"), (Act::DeclareMedecinTraitant, "$dmp-medecin-traitant"), (Act::Block, "$dmp-block")];
        match &line {
            Some(line) if line.blocked => possible.extend([(Act::Unblock, "$dmp-unblock"), (Act::Unblock, "$dmp-unblock")]),
            Some(line) => {
                possible.extend([(Act::Revoke, "$dmp-revoke"), (Act::NameAdministrator, "$dmp-administrator")]);
                let ends = (Act::EndMedecinTraitant, "$dmp-end-medecin-traitant");
                possible.extend(line.medecin_traitant.then_some([ends, ends]).into_iter().flatten());
            }
            None => {}
        }
        let (act, operation) = self.draw.of(&possible);
        let named = self.draw.once_in(2);
        let mut parameters = vec![("professional", json!(who.trim_start_matches("ps:")))];
        if act == Act::NameAdministrator {
            parameters.push(("administrator", json!(named)));
        }
        let answer = asker.http.operation(operation, &self.people[place].ins, &parameters);
        let mut facts = self.facts(place, asker);
        facts.subject = Some(self.people[place].subject(&who, profession.as_ref(), &asker.caller));
        if self.judge(place, act, asker, facts, answer).is_none() {
            return;
        }
        let person = &mut self.people[place];
        match act {
            Act::Authorise => person.put(&who).medecin_traitant = false,
            Act::DeclareMedecinTraitant => {
                person.lines.iter_mut().for_each(|line| line.medecin_traitant = false);
                person.put(&who).medecin_traitant = true;
            }
            Act::Block => {
                let line = person.put(&who);
                (line.blocked, line.medecin_traitant, line.administrator) = (true, false, false);
            }
            Act::Unblock | Act::Revoke => person.lines.retain(|line| line.account != who),
            Act::NameAdministrator => person.put(&who).administrator = named,
            _ => person.put(&who).medecin_traitant = false,
        }
    }

    pub(super) fn choices(&mut self, place: usize, asker: &Asker) {
        let (on, which) = (self.draw.once_in(2), self.draw.below(4));
        let (act, operation, parameters) = match which {
            0 => (
                Act::SetEmergencyChoices,
                "$dmp-emergency-choices",
                vec![("break-glass", json!(on)), ("regulation-centre", json!(!on)), ("masked-in-emergency", json!(on))],
            ),
            1 => (Act::MaskAll, "$dmp-mask-all", vec![("masked", json!(on))]),
            2 => (Act::SetConsents, "$dmp-team-consent", vec![("consent", json!(on))]),
            _ => (Act::SetConsents, "$dmp-occupational-consent", vec![("consent", json!(on))]),
        };
        let answer = asker.http.operation(operation, &self.people[place].ins, &parameters);
        let facts = self.facts(place, asker);
        if self.judge(place, act, asker, facts, answer).is_none() {
            return;
        }
        let forgets = self.forgets_masks;
        let person = &mut self.people[place];
        match which {
            0 => person.emergency = [on, !on, on],
            1 => person.all_masked = on && !forgets,
            2 => person.team_consent = on,
            _ => person.occupational_consent = on,
        }
    }

    /// Who acts for the person.
    pub(super) fn mandates(&mut self, place: usize, asker: &Asker) {
        let minor = self.people[place].minor;
        let helper = self.draw.once_in(2);
        let handle = match (helper, minor) {
            (true, _) => self.draw.of(&HELPERS),
            (false, true) => self.draw.of(&PARENTS),
            (false, false) => GUARDIAN,
        };
        let (who, kind) = (
            account(handle),
            if helper {
                RepresentativeKind::Helper
            } else if minor {
                RepresentativeKind::Parent
            } else {
                RepresentativeKind::Guardian
            },
        );
        let there = self.people[place].mandate(&who, helper).map(|one| one.state);
        let acting = matches!(there, Some(MandateState::Accepted | MandateState::Pending));
        if there == Some(MandateState::Pending) && self.draw.once_in(2) {
            let invited = self.cast.plain(handle);
            return self.answer_invitation(place, &invited, helper);
        }
        let own = json!({ "system": format!("urn:oid:{}", dmp_synth::identity(handle).unwrap().ins.unwrap().authority().oid()), "value": who.trim_start_matches("person:") });
        // An invitation is for whom it names.
        let family = || json!(dmp_synth::identity(handle).unwrap().name.family);
        let scope = self.draw.of(&[Scope::Person, Scope::Person, Scope::Property]);
        let word = if scope == Scope::Person { "person" } else { "property" };
        let kind_word = if minor { "parent" } else { "guardian" };
        let (act, operation, more) = match (helper, acting) {
            (true, false) => (Act::InviteHelper, "$dmp-invite-helper", vec![("helper", own), ("family", family())]),
            (true, true) => (Act::EndHelper, "$dmp-end-helper", vec![("helper", own)]),
            (false, false) => (
                Act::DeclareRepresentative,
                "$dmp-represent",
                vec![
                    ("representative", own),
                    ("family", family()),
                    ("kind", json!(kind_word)),
                    ("scope", json!(word)),
                    ("proof", json!("jugement fictif")),
                ],
            ),
            (false, true) => (Act::EndRepresentation, "$dmp-end-representation", vec![("representative", own), ("kind", json!(kind_word))]),
        };
        let answer = self.operation(asker, operation, place, &more);
        let mut facts = self.facts(place, asker);
        facts.subject = Some(self.people[place].subject(&who, None, &asker.caller));
        if self.judge(place, act, asker, facts, answer).is_none() {
            return;
        }
        if acting {
            return self.set_mandate(place, &who, helper, MandateState::Ended);
        }
        let invited = helper || asker.caller.kind == CallerKind::Representative;
        self.people[place].mandates.push(Mandate {
            account: who,
            kind,
            scope: if helper { Scope::Person } else { scope },
            state: if invited { MandateState::Pending } else { MandateState::Accepted },
            from: now().plus_days(-1),
            answer_by: invited.then(|| now().plus_days(INVITATION_DAYS)),
        });
    }

    fn answer_invitation(&mut self, place: usize, asker: &Asker, helper: bool) {
        let accepts = !self.draw.once_in(3);
        let answer = asker.http.operation("$dmp-answer-invitation", &self.people[place].ins, &[("accepted", json!(accepts))]);
        let facts = self.facts(place, asker);
        let act = if accepts { Act::AcceptInvitation } else { Act::DeclineInvitation };
        if self.judge(place, act, asker, facts, answer).is_some() {
            let state = if accepts { MandateState::Accepted } else { MandateState::Refused };
            self.set_mandate(place, &asker.caller.account.clone(), helper, state);
        }
    }

    fn set_mandate(&mut self, place: usize, who: &str, helper: bool, state: MandateState) {
        let acting = |one: &&mut Mandate| {
            one.account == who
                && (one.kind == RepresentativeKind::Helper) == helper
                && matches!(one.state, MandateState::Accepted | MandateState::Pending)
        };
        if let Some(one) = self.people[place].mandates.iter_mut().rev().find(acting) {
            one.state = state;
        }
    }

    pub(super) fn episodes(&mut self, place: usize, asker: &Asker) {
        let running: Vec<usize> = (0..self.people[place].episodes.len()).filter(|at| !self.people[place].episodes[*at].ended).collect();
        if running.is_empty() || (running.len() < 3 && self.draw.once_in(3)) {
            return self.declare_episode(place, asker);
        }
        let at = self.draw.of(&running);
        let episode = self.people[place].episodes[at].clone();
        let opposes = asker.caller.kind != CallerKind::Professional || self.draw.once_in(4);
        if opposes && episode.opposed {
            return;
        }
        let (act, operation) = if opposes { (Act::OpposeEpisode, "$dmp-oppose") } else { (Act::EndEpisode, "$dmp-end-episode") };
        let answer = asker.http.send("POST", &format!("/fhir/Encounter/{}/{operation}", episode.id), Some((FHIR, Vec::new())));
        let mut facts = self.facts(place, asker);
        facts.relation.own_structures_episode = act == Act::EndEpisode && structure_of(asker) == episode.structure;
        if self.judge(place, act, asker, facts, answer).is_some() {
            let episode = &mut self.people[place].episodes[at];
            if opposes { episode.opposed = true } else { episode.ended = true }
        }
    }

    fn declare_episode(&mut self, place: usize, asker: &Asker) {
        let (member, informed) = (account(self.draw.of(&PROFESSIONALS)), !self.draw.once_in(3));
        let body = json!({
            "resourceType": "Encounter",
            "extension": [{ "url": "urn:dmp:extension:dmp-information-patient", "valueBoolean": informed }],
            "status": "in-progress",
            "serviceType": { "text": "Cardiologie" },
            "subject": { "identifier": identifier(&self.people[place]) },
            "participant": [{ "individual": { "identifier": { "system": "urn:oid:1.2.250.1.71.4.2.1", "value": member.trim_start_matches("ps:") } } }],
        });
        let answer = asker.http.send("POST", "/fhir/Encounter", Some((FHIR, body.to_string().into_bytes())));
        let facts = self.facts(place, asker);
        if let Some(done) = self.judge(place, Act::DeclareEpisode, asker, facts, answer) {
            let id = done.json()["id"].as_str().unwrap().to_owned();
            let structure = structure_of(asker);
            let members = vec![asker.caller.account.clone(), member];
            self.people[place].episodes.push(Episode {
                id,
                structure,
                members,
                from: now().plus_seconds(-1),
                informed,
                opposed: false,
                ended: false,
            });
        }
    }

    pub(super) fn open(&mut self, place: usize, asker: &Asker) {
        // What opens by itself does so on silence.
        let consent = if asker.caller.kind == CallerKind::Automaton { "no-objection" } else { "oral" };
        let parameters = [("consent", json!(consent)), ("reason", json!("perte d'autonomie"))];
        let answer = asker.http.operation("$dmp-open", &self.people[place].ins, &parameters);
        let facts = self.facts(place, asker);
        let Some(done) = self.judge(place, Act::CreateRecord, asker, facts, answer) else { return };
        let person = &mut self.people[place];
        let opening = Some(Opening { by: asker.caller.account.clone(), at: now(), untouched: true });
        *person = Mirror { state: RecordState::Open, opening, ..Mirror::new(person.handle, person.minor) };
        person.id = done.json()["parameter"][0]["valueReference"]["reference"].as_str().unwrap().trim_start_matches("Patient/").to_owned();
    }

    pub(super) fn reactivate(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.operation("$dmp-reactivate", &self.people[place].ins, &[("consent", json!(true))]);
        let facts = self.facts(place, asker);
        if self.judge(place, Act::ReactivateRecord, asker, facts, answer).is_some() {
            (self.people[place].state, self.people[place].destruction_requested) = (RecordState::Open, false);
        }
    }

    /// The letter that announces an opening, and its refusal.
    pub(super) fn notice(&mut self, place: usize, asker: &Asker) {
        let (act, operation) = self.draw.of(&[(Act::RecordLetter, "$dmp-letter"), (Act::ObjectToOpening, "$dmp-object")]);
        let answer = asker.http.operation(operation, &self.people[place].ins, &[]);
        let facts = self.facts(place, asker);
        if self.judge(place, act, asker, facts, answer).is_some() {
            let person = &mut self.people[place];
            (person.letter, person.refused_opening) = if act == Act::RecordLetter { (Some(now()), false) } else { (None, true) };
        }
    }

    /// Acts on the record as a whole that take no word but the person's name.
    pub(super) fn head_act(&mut self, place: usize, asker: &Asker, act: Act) {
        let reason = vec![("reason", json!("à la demande"))];
        let (operation, parameters) = match act {
            Act::CloseRecord => ("$dmp-close", reason),
            Act::SuspendRecord => ("$dmp-suspend", reason),
            Act::ReportDeath => ("$dmp-report-death", vec![]),
            Act::WithdrawDeathReport => ("$dmp-withdraw-death-report", vec![]),
            Act::ObjectToSuspension => ("$dmp-object-to-suspension", vec![]),
            Act::LiftSuspension => ("$dmp-lift-suspension", vec![]),
            Act::RequestDestruction => ("$dmp-request-destruction", vec![]),
            Act::DestroyRecord => ("$dmp-destroy", vec![]),
            Act::CancelOpening => ("$dmp-cancel-opening", vec![]),
            Act::UpdateContact => ("$dmp-update-contact", vec![("email", json!("personne@exemple.invalid"))]),
            _ => ("$dmp-record-team-consent", vec![]),
        };
        let answer = asker.http.operation(operation, &self.people[place].ins, &parameters);
        let mut facts = self.facts(place, asker);
        if act == Act::CancelOpening {
            facts.relation.own_opening = self.people[place].opening_of(&asker.caller.account);
        }
        if self.judge(place, act, asker, facts, answer).is_none() {
            return;
        }
        let person = &mut self.people[place];
        match act {
            Act::CloseRecord => (person.state, person.since) = (RecordState::Closed, Some(now())),
            Act::SuspendRecord => (person.state, person.since, person.suspension_objected) = (RecordState::Suspended, Some(now()), false),
            Act::ReportDeath => person.died(true, now()),
            Act::WithdrawDeathReport => person.died(false, now()),
            Act::ObjectToSuspension => person.suspension_objected = true,
            Act::LiftSuspension => person.state = RecordState::Open,
            Act::RequestDestruction => person.destruction_requested = true,
            Act::DestroyRecord => *person = Mirror::new(person.handle, person.minor),
            Act::CancelOpening => {
                *person = Mirror::new(person.handle, person.minor);
                // Whoever was signed in is signed out.
                self.sessions.remove(self.people[place].handle);
            }
            Act::UpdateContact => {}
            _ => person.team_consent = true,
        }
    }

    /// An opening is taken back: at once, after somebody else has tried, or after somebody else has come in.
    pub(super) fn take_back(&mut self, place: usize, opener: &Asker) {
        match self.draw.below(4) {
            0 => {
                let doctor = self.cast.consenting("dr-hopital");
                self.act(place, &doctor);
            }
            1 => {
                let other = self.cast.consenting("agent-verif");
                self.head_act(place, &other, Act::CancelOpening);
            }
            _ => {}
        }
        self.head_act(place, opener, Act::CancelOpening);
    }

    /// The first word of two about the identity of a record.
    pub(super) fn propose(&mut self, place: usize, asker: &Asker) {
        let other = (place + 1) % self.people.len();
        if self.people[other].state != RecordState::Open || (asker.caller.kind == CallerKind::Agent && self.people[place].proposed) {
            return;
        }
        let answer = self.operation(asker, "$dmp-merge", place, &[("other", identifier(&self.people[other]))]);
        let facts = self.facts(place, asker);
        if self.judge(place, Act::ProposeIdentityChange, asker, facts, answer).is_some() {
            self.people[place].proposed = true;
        }
    }

    /// Two named agents put two records together, take them apart again, and give one the right number.
    pub(super) fn identities(&mut self) {
        let (one, other) = (0, 1);
        for place in [one, other] {
            for _ in 0..3 {
                self.recover(place);
            }
        }
        let (first, second) = (self.cast.consenting("agent-cpam"), self.cast.consenting("agent-verif"));
        for (operation, act, state) in
            [("$dmp-merge", Act::MergeRecords, RecordState::Open), ("$dmp-unmerge", Act::UnmergeRecords, RecordState::Merged)]
        {
            if !self.people[one].proposed {
                let answer = self.operation(&first, operation, one, &[("other", identifier(&self.people[other]))]);
                let facts = self.facts(one, &first);
                self.judge(one, Act::ProposeIdentityChange, &first, facts, answer);
            }
            let answer = self.operation(&second, operation, one, &[("other", identifier(&self.people[other]))]);
            let mut facts = self.facts(one, &second);
            (facts.other, facts.relation.seconded) = (Some(state), true);
            self.judge(one, act, &second, facts, answer);
            self.people[one].proposed = false;
        }
        let right = invented_ins(1);
        let right = json!({ "system": format!("urn:oid:{}", right.authority().oid()), "value": right.matricule() });
        for (asker, seconded) in [(&first, false), (&second, true)] {
            let answer = self.operation(asker, "$dmp-correct-ins", one, &[("ins", right.clone())]);
            let mut facts = self.facts(one, asker);
            (facts.other, facts.relation.seconded) = (Some(RecordState::None), seconded);
            self.judge(one, if seconded { Act::CorrectIns } else { Act::ProposeIdentityChange }, asker, facts, answer);
        }
    }
}
