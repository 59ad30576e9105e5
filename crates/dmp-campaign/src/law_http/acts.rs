//! The acts by their routes: the request, the question that describes it, and what the record is like once it is done.

use base64::Engine;
use dmp_core::access::{Act, EntryFacts, RecordState};
use dmp_core::document::AvailabilityStatus;
use dmp_testkit::Answer;
use serde_json::{Value, json};

use super::Run;
use super::cast::{Asker, account, now};
use super::mirror::{Document, Mirror};
use crate::api::places;

pub(super) const FHIR: &str = "application/fhir+json";
const JSON_PATCH: &str = "application/json-patch+json";
const ARCHIVED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";
/// Documents of one person: more are not needed.
const DOCUMENTS_MAX: usize = 30;

/// Acts that a door carries.
pub const WITH_ROUTE: [Act; 50] = [
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
    Act::MaskAll,
    Act::ReadJournal,
    Act::ReadAdministrative,
    Act::CreateRecord,
    Act::CancelOpening,
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
    Act::CorrectIns,
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
                    Act::CancelOpening,
                ];
                let act = self.draw.of(&acts);
                self.head_act(place, asker, act);
            }
        }
    }

    fn check(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.check_access(&self.people[place].ins);
        let facts = self.facts(place, asker);
        self.judge(place, Act::CheckAccess, asker, facts, answer);
    }

    fn list(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.list(&self.people[place].ins, "");
        let facts = self.facts(place, asker);
        if self.judge(place, Act::List, asker, facts, answer).is_some() {
            self.opened(place, asker);
        }
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
        self.judge(place, act, asker, facts, answer).inspect(|_| self.opened(place, asker))
    }

    fn journal(&mut self, place: usize, asker: &Asker) {
        let answer = asker.http.journal(&self.people[place].ins, 1);
        let facts = self.facts(place, asker);
        self.judge(place, Act::ReadJournal, asker, facts, answer);
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
        let mut facts = self.facts(place, asker);
        facts.entry = Some(entry.clone());
        // The new document is judged by itself first: where it may not be fed, nobody looks at what it would replace.
        let done = match replaces {
            Some(old) if self.is_permitted(Act::Publish, asker, &facts) => self.judge_document(place, old, Act::Replace, asker, answer),
            _ => self.judge(place, Act::Publish, asker, facts, answer),
        };
        let Some(done) = done else { return };
        self.opened(place, asker);
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

    /// An operation with parameters that are identifiers.
    pub(super) fn operation(&self, asker: &Asker, operation: &str, place: usize, more: &[(&str, Value)]) -> Option<Answer> {
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

pub(super) fn identifier(person: &Mirror) -> Value {
    json!({ "system": format!("urn:oid:{}", person.ins.authority().oid()), "value": person.ins.matricule() })
}

pub(super) fn structure_of(asker: &Asker) -> String {
    asker.caller.structure.as_ref().map(|structure| structure.id.as_str().to_owned()).unwrap_or_default()
}

fn without_label(code: &str) -> String {
    let path = format!("DocumentReference.securityLabel.where(coding.code='{code}')");
    let parts = json!([{ "name": "type", "valueCode": "delete" }, { "name": "path", "valueString": path }]);
    json!({ "resourceType": "Parameters", "parameter": [{ "name": "operation", "part": parts }] }).to_string()
}
