//! TD0.2: does a record exist, may I read it. Answered as a `Patient` without identity traits, which practice
//! software must not show (PDSm4DMP TD0.2, RG_0320).

use dmp_core::access::AuthorisationState;
use dmp_core::record::{ClosureReason, RecordStatus};

use super::document_reference::PatientReference;
use super::urls;
use super::write::{JsonText, resource};

/// What TD0.2 answers.
#[derive(Debug, Clone, Copy)]
pub struct PatientAnswer<'a> {
    /// Sealed id.
    pub id: &'a str,
    pub patient: PatientReference<'a>,
    pub status: &'a RecordStatus,
    /// `None` where the installation has no such space.
    pub attached: Option<bool>,
    pub medecin_traitant: bool,
    pub authorisation: AuthorisationState,
}

/// The Patient of a TD0.2 answer.
pub fn render_patient(answer: &PatientAnswer<'_>) -> Vec<u8> {
    resource("Patient", 1024, |out| {
        out.text("id", answer.id);
        out.list("extension", |out| extensions(out, answer));
        out.list_of_one("identifier", |out| {
            out.text("use", "official");
            out.text("system", &format!("urn:oid:{}", answer.patient.oid));
            out.text("value", answer.patient.matricule);
        });
        out.flag("active", matches!(answer.status, RecordStatus::Open));
    })
}

fn extensions(out: &mut JsonText, answer: &PatientAnswer<'_>) {
    let flag = |out: &mut JsonText, url: &str, value: bool| {
        out.object(|out| {
            out.text("url", url);
            out.flag("valueBoolean", value);
        });
    };
    if let RecordStatus::Closed(closure) = answer.status {
        out.object(|out| {
            out.list("extension", |out| {
                part(out, "dateFermeture", "valueDateTime", &closure.at.to_rfc3339());
                part(out, "motifFermeture", "valueCode", motive(closure.reason));
                if !closure.words.is_empty() {
                    part(out, "raisonFermeture", "valueString", &closure.words);
                }
            });
            out.text("url", urls::EXT_CLOSURE);
        });
    }
    if let Some(attached) = answer.attached {
        flag(out, urls::EXT_ATTACHED, attached);
    }
    flag(out, urls::EXT_MEDECIN_TRAITANT, answer.medecin_traitant);
    out.object(|out| {
        out.text("url", urls::EXT_AUTHORISATION);
        out.text("valueCode", answer.authorisation.code());
    });
}

fn part(out: &mut JsonText, url: &str, key: &str, value: &str) {
    out.object(|out| {
        out.text("url", url);
        out.text(key, value);
    });
}

fn motive(reason: ClosureReason) -> &'static str {
    match reason {
        ClosureReason::Request => "DEMANDE",
        ClosureReason::Death => "DECES",
        ClosureReason::Fraud => "FRAUDE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::samples;
    use dmp_core::record::Closure;

    fn answer(status: &RecordStatus) -> serde_json::Value {
        let answer = PatientAnswer {
            id: "p",
            patient: samples::patient(),
            status,
            attached: Some(true),
            medecin_traitant: true,
            authorisation: AuthorisationState::Valid,
        };
        serde_json::from_slice(&render_patient(&answer)).unwrap()
    }

    #[test]
    fn an_open_record_is_active_and_shows_no_trait() {
        let value = answer(&RecordStatus::Open);
        assert_eq!(value["active"], true);
        assert_eq!(value["identifier"][0]["value"], samples::INS);
        assert!(value.get("name").is_none() && value.get("birthDate").is_none() && value.get("gender").is_none());
        assert_eq!(value["extension"][2]["valueCode"], "VALIDE");
    }

    #[test]
    fn a_closed_record_says_when_and_why() {
        let closure = Closure {
            at: samples::moment("2026-06-12"),
            reason: ClosureReason::Request,
            words: "ne veut plus".into(),
            recorded_by: "person:1".into(),
            destruction_requested_at: None,
        };
        let value = answer(&RecordStatus::Closed(closure));
        assert_eq!(value["active"], false);
        assert_eq!(value["extension"][0]["extension"][1]["valueCode"], "DEMANDE");
        assert_eq!(value["extension"][0]["extension"][0]["valueDateTime"], "2026-06-12T00:00:00Z");
    }
}
