//! The acts by their routes: the request, the question that describes it, and what the record is like once it is done.

use base64::Engine;
use dmp_core::access::{Act, CallerKind, EntryFacts, RecordState};
use dmp_core::document::AvailabilityStatus;
use dmp_core::record::{INVITATION_DAYS, MandateState, RepresentativeKind, Scope};
use dmp_testkit::Answer;
use serde_json::{Value, json};

use super::Run;
use super::cast::{Asker, GUARDIAN, HELPERS, PARENTS, PROFESSIONALS, account, now};
use super::mirror::{Document, Episode, Mandate, Mirror};
use crate::api::places;

const FHIR: &str = "application/fhir+json";
const JSON_PATCH: &str = "application/json-patch+json";
const ARCHIVED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";
/// Documents of one person: more are not needed.
const DOCUMENTS_MAX: usize = 30;

/// Acts that the FHIR door carries.
pub const WITH_ROUTE: [Act; 46] = [
    Act::CheckAccess,
    Act::List,
    Act::Consult,
    Act::Publish,
    Act::Replace,
    Act::Mask,
    Act::Unmask,
    Act::ShowToPatient,
    Act::ShowToRepresentatives,
    Act::Delete,
    Act::Archive,
    Act::Unarchive,
    Act::Authorise,
    Act::Revoke,
    Act::Block,
    Act::Unblock,
    Act::DeclareMedecinTraitant,
    Act::NameAdministrator,
    Act::SetEmergencyChoices,
    Act::SetConsents,
    Act::ReadJournal,
    Act::CreateRecord,
    Act::ReactivateRecord,
    Act::CloseRecord,
    Act::DeclareEpisode,
    Act::EndEpisode,
    Act::OpposeEpisode,
    Act::RecordTeamConsent,
    Act::DeclareRepresentative,
    Act::EndRepresentation,
    Act::InviteHelper,
    Act::AcceptInvitation,
    Act::DeclineInvitation,
    Act::EndHelper,
    Act::EndMedecinTraitant,
    Act::UpdateContact,
    Act::ReportDeath,
    Act::WithdrawDeathReport,
    Act::SuspendRecord,
    Act::ObjectToSuspension,
    Act::LiftSuspension,
    Act::RequestDestruction,
    Act::DestroyRecord,
    Act::ProposeIdentityChange,
    Act::MergeRecords,
    Act::UnmergeRecords,
];

impl Run {
    /// One act of somebody, drawn.
    pub(super) fn act(&mut self, place: usize, asker: &Asker) {
        match self.draw.below(60) {
            0..=3 => self.check(place, asker),
            4..=7 => self.list(place, asker),
            8..=15 => self.show_one(place, asker),
            16..=23 => self.consult(place, asker),
            24..=26 => self.journal(place, asker),
            27..=30 => self.publish(place, asker, None),
            31 => self.replace(place, asker),
            32..=39 => self.patch(place, asker),
            40..=45 => self.line(place, asker),
            46 | 47 => self.choices(place, asker),
            48 | 49 => self.mandates(place, asker),
            50..=52 => self.episodes(place, asker),
            53 => self.open(place, asker),
            54 => self.reactivate(place, asker),
            55 => self.notice(place, asker),
            56 => self.propose(place, asker),
            _ => {
                let acts = [
                    Act::CloseRecord,
                    Act::ReportDeath,
                    Act::WithdrawDeathReport,
                    Act::SuspendRecord,
                    Act::ObjectToSuspension,
                    Act::LiftSuspension,
                    Act::RequestDestruction,
                    Act::DestroyRecord,
                    Act::UpdateContact,
                    Act::RecordTeamConsent,
                ];
                let act = self.draw.of(&acts);
                self.head_act(place, asker, act);
            }
        }
    }

    fn check(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.check_access(&self.people[place].ins);
        let facts = self.facts(place, asker);
        self.judge(Act::CheckAccess, asker, facts, answer);
    }

    fn list(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.list(&self.people[place].ins, "");
        let facts = self.facts(place, asker);
        self.judge(Act::List, asker, facts, answer);
    }

    fn document(&mut self, place: usize) -> Option<usize> {
        let count = self.people[place].documents.len();
        (count > 0).then(|| self.draw.below(count))
    }

    fn show_one(&mut self, place: usize, asker: &Asker) {
        let Some(at) = self.document(place) else { return };
        let answer = asker.http.get(&format!("/fhir/DocumentReference/{}", self.people[place].documents[at].id));
        self.judge_document(place, at, Act::List, asker, answer);
    }

    fn consult(&mut self, place: usize, asker: &Asker) {
        let Some(at) = self.document(place) else { return };
        let answer = asker.http.get(&format!("/fhir/{}", self.people[place].documents[at].binary));
        self.judge_document(place, at, Act::Consult, asker, answer);
    }

    fn judge_document(&mut self, place: usize, at: usize, act: Act, asker: &Asker, answer: Option<Answer>) -> Option<Answer> {
        let mut facts = self.facts(place, asker);
        facts.entry = Some(self.people[place].documents[at].facts_for(&asker.caller));
        self.judge(act, asker, facts, answer)
    }

    fn journal(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.journal(&self.people[place].ins, 1);
        let facts = self.facts(place, asker);
        self.judge(Act::ReadJournal, asker, facts, answer);
    }

    fn publish(&mut self, place: usize, asker: &Asker, replaces: Option<usize>) {
        if self.people[place].documents.len() >= DOCUMENTS_MAX || (self.people[place].state == RecordState::None && replaces.is_some()) {
            return;
        }
        self.number += 1;
        let (ins, unique) = (self.people[place].ins.clone(), format!("1.2.250.1.213.1.1.9.990.{}", self.number));
        let bytes = dmp_synth::cda_of_size(2_048, &ins, &unique, now().plus_days(-3)).unwrap();
        // A new version takes over what is hidden of the old one; nothing else is asked at once.
        let plain = replaces.is_some();
        let (masked, waits) = if plain { (false, false) } else { self.draw.of(&[(false, false), (false, false), (true, false), (false, true)]) };
        let secret = !plain && self.people[place].minor && self.draw.once_in(3);
        let codes = [("N", true), ("MASQUE_PS", masked), ("INVISIBLE_PATIENT", waits), ("INVISIBLE_REPRESENTANTS_LEGAUX", secret)];
        let labels: Vec<Value> = codes.iter().filter(|one| one.1).map(|(code, _)| json!({ "coding": [{ "code": code }] })).collect();
        let mut reference = json!({
            "resourceType": "DocumentReference",
            "status": "current",
            "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{unique}") },
            "subject": { "identifier": identifier(&self.people[place]) },
            "securityLabel": labels,
            "content": [{ "attachment": { "contentType": "text/xml", "data": base64::engine::general_purpose::STANDARD.encode(bytes) } }],
        });
        let mut entry = EntryFacts {
            type_code: "11488-4".to_owned(),
            status: AvailabilityStatus::deposited(),
            masked,
            invisible_to_patient: waits,
            invisible_to_representatives: secret,
            deposited_at: now(),
            announced: false,
            patient_authored: false,
            written_by_caller: true,
        };
        if let Some(old) = replaces {
            let id = &self.people[place].documents[old].id;
            reference["relatesTo"] = json!([{ "code": "replaces", "target": { "reference": format!("DocumentReference/{id}") } }]);
        }
        let answer = asker.http.send("POST", "/fhir/DocumentReference", Some((FHIR, reference.to_string().into_bytes())));
        let done = match replaces {
            Some(old) => self.judge_document(place, old, Act::Replace, asker, answer),
            None => {
                let mut facts = self.facts(place, asker);
                facts.entry = Some(entry.clone());
                self.judge(Act::Publish, asker, facts, answer)
            }
        };
        let Some(done) = done else { return };
        if let Some(old) = replaces {
            let old = &mut self.people[place].documents[old];
            entry.masked |= old.facts.masked;
            entry.invisible_to_patient |= old.facts.invisible_to_patient;
            entry.invisible_to_representatives |= old.facts.invisible_to_representatives;
            let AvailabilityStatus::Approved(approved) = old.facts.status else { panic!("an old version was replaced") };
            old.facts.status = approved.replace();
            (old.facts.masked, old.facts.invisible_to_patient) = (entry.masked, entry.invisible_to_patient);
            old.facts.invisible_to_representatives = entry.invisible_to_representatives;
        }
        entry.written_by_caller = false;
        entry.masked &= !self.forgets_masks;
        let resource = done.json();
        let (reference, binary) = places(&resource).unwrap();
        let id = reference.trim_start_matches("DocumentReference/").to_owned();
        // The header of every such document names the first doctor of the cast as its author.
        let writers = vec![asker.caller.account.clone(), account("dr-fictif")];
        self.people[place].documents.push(Document { id, binary, facts: entry, writers, replaces });
    }

    fn replace(&mut self, place: usize, asker: &Asker) {
        let Some(at) = self.document(place) else { return };
        // In a secret connection the new version would have to be secret by itself.
        if self.people[place].documents[at].is_current() && !asker.caller.secret_connection {
            self.publish(place, asker, Some(at));
        }
    }

    pub(super) fn patch(&mut self, place: usize, asker: &Asker) {
        let Some(at) = self.document(place) else { return };
        let document = &self.people[place].documents[at];
        let (facts, path) = (document.facts.clone(), format!("/fhir/DocumentReference/{}", document.id));
        let (approved, archived) = (document.is_current(), matches!(facts.status, AvailabilityStatus::Archived(_)));
        let add = json!([{ "op": "add", "path": "/securityLabel/-", "value": { "coding": [{ "code": "MASQUE_PS" }] } }]).to_string();
        let put = |flag: bool| json!([{ "op": "replace", "path": format!("/extension[url:'{ARCHIVED}']/valueBoolean"), "value": flag }]).to_string();
        let delete = json!([{ "op": "replace", "path": "/status", "value": "entered-in-error" }]).to_string();
        let mut possible = Vec::new();
        if facts.masked {
            possible.push((Act::Unmask, FHIR, without_label("MASQUE_PS")));
        } else {
            possible.push((Act::Mask, JSON_PATCH, add));
        }
        if facts.invisible_to_patient {
            possible.push((Act::ShowToPatient, FHIR, without_label("INVISIBLE_PATIENT")));
        }
        if facts.invisible_to_representatives {
            possible.push((Act::ShowToRepresentatives, FHIR, without_label("INVISIBLE_REPRESENTANTS_LEGAUX")));
        }
        if approved {
            possible.push((Act::Archive, JSON_PATCH, put(true)));
        }
        if archived {
            possible.push((Act::Unarchive, JSON_PATCH, put(false)));
        }
        possible.push((Act::Delete, JSON_PATCH, delete));
        let (act, media_type, body) = self.draw.of(&possible);
        let answer = asker.http.send("PATCH", &path, Some((media_type, body.into_bytes())));
        if self.judge_document(place, at, act, asker, answer).is_none() {
            return;
        }
        if matches!(act, Act::Mask | Act::Unmask) {
            self.mask(place, at, act == Act::Mask);
        }
        let facts = &mut self.people[place].documents[at].facts;
        match (act, facts.status) {
            (Act::ShowToPatient, _) => (facts.invisible_to_patient, facts.announced) = (false, true),
            (Act::ShowToRepresentatives, _) => facts.invisible_to_representatives = false,
            (Act::Archive, AvailabilityStatus::Approved(one)) => facts.status = one.archive(),
            (Act::Unarchive, AvailabilityStatus::Archived(one)) => facts.status = one.unarchive(),
            (Act::Delete, AvailabilityStatus::Approved(one)) => facts.status = one.delete(),
            (Act::Delete, AvailabilityStatus::Archived(one)) => facts.status = one.delete(),
            (Act::Delete, AvailabilityStatus::Deprecated(one)) => facts.status = one.delete(),
            _ => {}
        }
    }

    /// A mask counts for the versions before, too.
    fn mask(&mut self, place: usize, at: usize, masked: bool) {
        if self.forgets_masks {
            return;
        }
        let mut version = Some(at);
        while let Some(at) = version {
            let document = &mut self.people[place].documents[at];
            document.facts.masked = masked;
            version = document.replaces;
        }
    }

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
                possible.extend(line.medecin_traitant.then_some((Act::EndMedecinTraitant, "$dmp-end-medecin-traitant")));
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
        if self.judge(act, asker, facts, answer).is_none() {
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

    fn choices(&mut self, place: usize, asker: &Asker) {
        let (on, which) = (self.draw.once_in(2), self.draw.below(4));
        let (act, operation, parameters) = match which {
            0 => (
                Act::SetEmergencyChoices,
                "$dmp-emergency-choices",
                vec![("break-glass", json!(on)), ("regulation-centre", json!(!on)), ("masked-in-emergency", json!(on))],
            ),
            1 => (Act::SetConsents, "$dmp-mask-all", vec![("masked", json!(on))]),
            2 => (Act::SetConsents, "$dmp-team-consent", vec![("consent", json!(on))]),
            _ => (Act::SetConsents, "$dmp-occupational-consent", vec![("consent", json!(on))]),
        };
        let answer = asker.http.operation(operation, &self.people[place].ins, &parameters);
        let facts = self.facts(place, asker);
        if self.judge(act, asker, facts, answer).is_none() {
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
        let scope = self.draw.of(&[Scope::Person, Scope::Person, Scope::Property]);
        let word = if scope == Scope::Person { "person" } else { "property" };
        let kind_word = if minor { "parent" } else { "guardian" };
        let (act, operation, more) = match (helper, acting) {
            (true, false) => (Act::InviteHelper, "$dmp-invite-helper", vec![("helper", own), ("family", json!("EXEMPLE"))]),
            (true, true) => (Act::EndHelper, "$dmp-end-helper", vec![("helper", own)]),
            (false, false) => (
                Act::DeclareRepresentative,
                "$dmp-represent",
                vec![
                    ("representative", own),
                    ("family", json!("FICTIF")),
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
        if self.judge(act, asker, facts, answer).is_none() {
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
        let accepts = !self.draw.once_in(4);
        let answer = asker.http.operation("$dmp-answer-invitation", &self.people[place].ins, &[("accepted", json!(accepts))]);
        let facts = self.facts(place, asker);
        let act = if accepts { Act::AcceptInvitation } else { Act::DeclineInvitation };
        if self.judge(act, asker, facts, answer).is_some() {
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

    fn episodes(&mut self, place: usize, asker: &Asker) {
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
        if self.judge(act, asker, facts, answer).is_some() {
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
        if let Some(done) = self.judge(Act::DeclareEpisode, asker, facts, answer) {
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
        let parameters = [("channel", json!("CPAM")), ("consent", json!("oral")), ("reason", json!("perte d'autonomie"))];
        let answer = asker.http.operation("$dmp-open", &self.people[place].ins, &parameters);
        let facts = self.facts(place, asker);
        let Some(done) = self.judge(Act::CreateRecord, asker, facts, answer) else { return };
        let person = &mut self.people[place];
        *person = Mirror { state: RecordState::Open, ..Mirror::new(person.handle, person.minor) };
        person.id = done.json()["parameter"][0]["valueReference"]["reference"].as_str().unwrap().trim_start_matches("Patient/").to_owned();
    }

    pub(super) fn reactivate(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.operation("$dmp-reactivate", &self.people[place].ins, &[("consent", json!(true))]);
        let facts = self.facts(place, asker);
        if self.judge(Act::ReactivateRecord, asker, facts, answer).is_some() {
            (self.people[place].state, self.people[place].destruction_requested) = (RecordState::Open, false);
        }
    }

    /// The letter that announces an opening, and its refusal.
    pub(super) fn notice(&mut self, place: usize, asker: &Asker) {
        let (act, operation) = self.draw.of(&[(Act::RecordLetter, "$dmp-letter"), (Act::ObjectToOpening, "$dmp-object")]);
        let answer = asker.http.operation(operation, &self.people[place].ins, &[]);
        let facts = self.facts(place, asker);
        if self.judge(act, asker, facts, answer).is_some() {
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
            Act::UpdateContact => ("$dmp-update-contact", vec![("email", json!("personne@exemple.invalid"))]),
            _ => ("$dmp-record-team-consent", vec![]),
        };
        let answer = asker.http.operation(operation, &self.people[place].ins, &parameters);
        let facts = self.facts(place, asker);
        if self.judge(act, asker, facts, answer).is_none() {
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
            Act::UpdateContact => {}
            _ => person.team_consent = true,
        }
    }

    /// The first word of two about the identity of a record.
    fn propose(&mut self, place: usize, asker: &Asker) {
        let other = (place + 1) % self.people.len();
        if self.people[other].state != RecordState::Open || (asker.caller.kind == CallerKind::Agent && self.people[place].proposed) {
            return;
        }
        let answer = self.operation(asker, "$dmp-merge", place, &[("other", identifier(&self.people[other]))]);
        let facts = self.facts(place, asker);
        if self.judge(Act::ProposeIdentityChange, asker, facts, answer).is_some() {
            self.people[place].proposed = true;
        }
    }

    /// Two named agents put two records together and take them apart again.
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
                self.judge(Act::ProposeIdentityChange, &first, facts, answer);
            }
            let answer = self.operation(&second, operation, one, &[("other", identifier(&self.people[other]))]);
            let mut facts = self.facts(one, &second);
            (facts.other, facts.relation.seconded) = (Some(state), true);
            self.judge(act, &second, facts, answer);
            self.people[one].proposed = false;
        }
    }

    /// An operation with parameters that are identifiers.
    fn operation(&self, asker: &Asker, operation: &str, place: usize, more: &[(&str, Value)]) -> Option<Answer> {
        let word = |value: &Value| match value {
            Value::Bool(_) => "valueBoolean",
            Value::Object(_) => "valueIdentifier",
            _ => "valueString",
        };
        let mut parameters = vec![json!({ "name": "identifier", "valueIdentifier": identifier(&self.people[place]) })];
        parameters.extend(more.iter().map(|(name, value)| json!({ "name": name, word(value): value })));
        let body = json!({ "resourceType": "Parameters", "parameter": parameters }).to_string();
        asker.http.send("POST", &format!("/fhir/Patient/{operation}"), Some((FHIR, body.into_bytes())))
    }
}

fn identifier(person: &Mirror) -> Value {
    json!({ "system": format!("urn:oid:{}", person.ins.authority().oid()), "value": person.ins.matricule() })
}

fn structure_of(asker: &Asker) -> String {
    asker.caller.structure.as_ref().map(|structure| structure.id.as_str().to_owned()).unwrap_or_default()
}

fn without_label(code: &str) -> String {
    let path = format!("DocumentReference.securityLabel.where(coding.code='{code}')");
    let parts = json!([{ "name": "type", "valueCode": "delete" }, { "name": "path", "valueString": path }]);
    json!({ "resourceType": "Parameters", "parameter": [{ "name": "operation", "part": parts }] }).to_string()
}
