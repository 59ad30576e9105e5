//! An episode of care as a FHIR `Encounter`: unit, staff, period, and whether the person was told (CSP L.1110-12, R.1111-46).

use dmp_core::identity::{PS_ID_NAT_OID, PsIdNat, STRUCT_ID_NAT_OID};
use dmp_core::record::{Episode, TeamMember};
use dmp_core::{Issue, Moment};
use serde_json::Value;

use super::document_reference::{PatientReference, SubjectIns, check_subject, read_subject};
use super::element::{Element, Findings};
use super::people::Directory;
use super::schema;
use super::urls::EXT_INFORMED;
use super::write::resource;

/// What the status of an Encounter asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncounterStatus {
    /// `planned`, `arrived`, `triaged`, `in-progress`, `onleave`.
    Current,
    /// `finished`, `cancelled`.
    Over,
}

/// An Encounter as received and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedEncounter {
    pub status: EncounterStatus,
    /// `None` when only a reference was given, see `patient_reference`.
    pub patient: Option<SubjectIns>,
    pub patient_reference: Option<String>,
    /// The structure's own number of the stay: the same declaration twice is one.
    pub number: Option<String>,
    pub unit: Option<String>,
    pub members: Vec<TeamMember>,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    pub informed: bool,
}

/// Reads an Encounter.
///
/// # Errors
/// Every finding.
pub fn read_encounter(value: &Value) -> Result<ReceivedEncounter, Vec<Issue>> {
    let findings = Findings::default();
    let read = {
        let root = Element::root(value, "Encounter", &findings);
        schema::note_unknown(&root, "Encounter");
        read_in(&root, &Directory::new(&root, &[], &findings))
    };
    let issues = findings.into_issues();
    match read {
        Some(encounter) if !issues.iter().any(Issue::is_error) => Ok(encounter),
        _ => Err(issues),
    }
}

fn read_in(root: &Element<'_>, directory: &Directory<'_>) -> Option<ReceivedEncounter> {
    let status = match root.child("status").text().as_deref() {
        Some("planned" | "arrived" | "triaged" | "in-progress" | "onleave") => Some(EncounterStatus::Current),
        Some("finished" | "cancelled") => Some(EncounterStatus::Over),
        Some(other) => {
            root.child("status").finding(Issue::error("element-value").received(other).expected("planned | in-progress | finished"));
            None
        }
        None => {
            root.child("status").finding(Issue::error("element-required"));
            None
        }
    };
    let subject = root.child("subject");
    let (patient, patient_reference) = (read_subject(&subject, directory), subject.child("reference").text());
    if patient.is_some() || patient_reference.is_none() {
        check_subject(patient.as_ref(), "Encounter.subject").into_iter().for_each(|issue| subject.finding(issue));
    }
    let moment = |name: &str| root.child("period").child(name).when().and_then(|when| when.moment);
    Some(ReceivedEncounter {
        status: status?,
        patient,
        patient_reference,
        number: root.items("identifier").iter().find_map(|identifier| identifier.child("value").text()),
        unit: root.child("serviceType").child("text").text(),
        members: root.items("participant").iter().filter_map(member).collect(),
        from: moment("start"),
        until: moment("end"),
        informed: root.extension(EXT_INFORMED).and_then(|found| found.child("valueBoolean").flag()).unwrap_or(false),
    })
}

/// A member of the team, by national identifier.
fn member(participant: &Element<'_>) -> Option<TeamMember> {
    let individual = participant.child("individual");
    let identifier = individual.child("identifier");
    let system = identifier.child("system").text().unwrap_or_default();
    let id = identifier.child("value").text().and_then(|value| PsIdNat::parse(&value).ok());
    let Some(id) = id.filter(|_| system.trim_start_matches("urn:oid:") == PS_ID_NAT_OID) else {
        individual.finding(Issue::error("element-required").expected(format!("identifier urn:oid:{PS_ID_NAT_OID}")));
        return None;
    };
    Some(TeamMember { account: format!("ps:{}", id.as_str()), name: individual.child("display").text().unwrap_or_default() })
}

/// An episode as Encounter.
pub fn render_encounter(id: &str, episode: &Episode, patient: &PatientReference<'_>, now: Moment) -> Vec<u8> {
    resource("Encounter", 2048, |out| {
        out.text("id", id);
        out.list_of_one("extension", |out| {
            out.text("url", EXT_INFORMED);
            out.flag("valueBoolean", episode.informed_at.is_some());
        });
        out.text(
            "status",
            if episode.is_over(now) {
                "finished"
            } else if now < episode.from {
                "planned"
            } else {
                "in-progress"
            },
        );
        out.member("class", |out| {
            out.text("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode");
            out.text("code", "IMP");
        });
        if let Some(unit) = &episode.unit {
            out.member("serviceType", |out| out.text("text", unit));
        }
        out.member("subject", |out| {
            out.text_if("reference", patient.reference);
            out.member("identifier", |out| {
                out.text("system", &format!("urn:oid:{}", patient.oid));
                out.text("value", patient.matricule);
            });
        });
        out.list("participant", |out| {
            // The staff of a unit is named by the unit itself.
            for member in episode.members.iter().filter(|member| member.unit().is_none()) {
                out.object(|out| out.member("individual", |out| one_member(out, member)));
            }
        });
        out.member("period", |out| {
            out.text("start", &episode.from.to_rfc3339());
            out.text_if("end", episode.until.map(Moment::to_rfc3339).as_deref());
        });
        out.member("serviceProvider", |out| {
            out.member("identifier", |out| {
                out.text("system", &format!("urn:oid:{STRUCT_ID_NAT_OID}"));
                out.text("value", episode.structure.id.as_str());
            });
            out.text("display", &episode.structure.name);
        });
    })
}

fn one_member(out: &mut super::write::JsonText, member: &TeamMember) {
    if let Some(national) = member.account.strip_prefix("ps:") {
        out.member("identifier", |out| {
            out.text("system", &format!("urn:oid:{PS_ID_NAT_OID}"));
            out.text("value", national);
        });
    }
    out.text_if("display", Some(member.name.as_str()).filter(|name| !name.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::samples;
    use dmp_core::EntryId;
    use dmp_core::identity::{StructIdNat, Structure};

    fn episode() -> Episode {
        Episode {
            id: EntryId([7; 16]),
            structure: Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Hôpital fictif".into() },
            unit: Some("Cardiologie".into()),
            members: vec![
                TeamMember { account: "ps:899700218896".into(), name: "Dr Anne EXEMPLE".into() },
                TeamMember { account: "ps:801234567897".into(), name: String::new() },
            ],
            from: samples::moment("2026-06-12"),
            until: Some(samples::moment("2026-06-20")),
            informed_at: Some(samples::moment("2026-06-12")),
            opposed_at: None,
            declared_by: "ps:899700218896".into(),
        }
    }

    fn rendered(now: &str) -> Value {
        serde_json::from_slice(&render_encounter("e", &episode(), &samples::patient(), samples::moment(now))).unwrap()
    }

    #[test]
    fn what_is_rendered_reads_back() {
        let read = read_encounter(&rendered("2026-06-15")).unwrap();
        assert_eq!((read.status, read.unit.as_deref(), read.informed), (EncounterStatus::Current, Some("Cardiologie"), true));
        assert_eq!((read.members, read.from, read.until), (episode().members, Some(episode().from), episode().until));
        assert_eq!(read.patient.unwrap().value, samples::INS);
        let statuses = ["2026-06-11", "2026-06-12", "2026-06-20"].map(|now| rendered(now)["status"].as_str().unwrap().to_owned());
        assert_eq!(statuses, ["planned", "in-progress", "finished"]);
        assert_eq!(read_encounter(&rendered("2026-06-21")).unwrap().status, EncounterStatus::Over);
    }

    #[test]
    fn it_goes_through_xml() {
        let json = render_encounter("e", &episode(), &samples::patient(), samples::moment("2026-06-15"));
        let value: Value = serde_json::from_slice(&json).unwrap();
        let back = crate::fhir::xml::to_json(crate::fhir::xml::to_xml(&value).unwrap().as_ref()).unwrap();
        assert_eq!(back, rendered("2026-06-15"));
    }

    #[test]
    fn each_damage_has_its_finding() {
        for (pointer, damaged, code) in [
            ("/status", serde_json::json!("unknown"), "element-value"),
            ("/subject", serde_json::json!({}), "ins-missing"),
            ("/participant/0/individual", serde_json::json!({"display": "Anne"}), "element-required"),
            ("/participant/0/individual/identifier/value", serde_json::json!("12"), "element-required"),
        ] {
            let mut value = rendered("2026-06-15");
            *value.pointer_mut(pointer).unwrap() = damaged;
            let codes: Vec<String> = read_encounter(&value).unwrap_err().into_iter().map(|issue| issue.code).collect();
            assert_eq!(codes, [code], "{pointer}");
        }
    }
}
