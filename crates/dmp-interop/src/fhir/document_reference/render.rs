//! Writes a `DocumentEntry` as a PDSm comprehensive `DocumentReference`. Hot path: JSON text, no tree.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dmp_core::Moment;
use dmp_core::document::{Author, AuthorKind, AvailabilityStatus, DocumentEntry, Reference, SourcePatient, Visibility, system};
use dmp_core::identity::{InsAuthority, PS_ID_NAT_OID, PersonName, STRUCT_ID_NAT_OID, Structure};

use crate::fhir::coding::{write_coding, write_concept, write_plain_codings, write_plain_concept};
use crate::fhir::urls;
use crate::fhir::write::{JsonText, resource};
use crate::nos;

/// Who a resource is about: the INS, and the sealed resource id when the door gives one.
#[derive(Debug, Clone, Copy)]
pub struct PatientReference<'a> {
    /// Dotted OID of the INS authority.
    pub oid: &'a str,
    pub matricule: &'a str,
    /// `Patient/<sealed id>`.
    pub reference: Option<&'a str>,
}

/// What the server knows and core does not: sealed ids and addresses.
#[derive(Debug, Clone, Copy)]
pub struct RenderContext<'a> {
    pub document_id: &'a str,
    pub binary_url: &'a str,
    pub patient: PatientReference<'a>,
    /// Sealed ids of the submission sets that brought the document.
    pub set_ids: &'a [&'a str],
    /// Sealed id of the replaced document, when the reader may know of it.
    pub replaces: Option<&'a str>,
}

/// Text of a usual fiche; the buffer grows when it must.
const USUAL_BYTES: usize = 4096;

/// One fiche as JSON text (ITI-67; PDSm flux 6b).
pub fn render(entry: &DocumentEntry, context: &RenderContext<'_>) -> Vec<u8> {
    resource("DocumentReference", USUAL_BYTES, |out| {
        out.text("id", context.document_id);
        out.member("meta", |out| {
            out.text("versionId", &entry.version.to_string());
            out.text("lastUpdated", &entry.updated_at.to_instant());
            out.list("profile", |out| out.string(urls::PROFILE_DOCUMENT_REFERENCE));
        });
        out.list("contained", |out| contained(out, entry, context));
        if matches!(entry.status, AvailabilityStatus::Archived(_)) {
            out.list_of_one("extension", |out| {
                out.text("url", urls::EXT_IS_ARCHIVED);
                out.flag("valueBoolean", true);
            });
        }
        identifiers(out, entry);
        out.text("status", status(entry.status));
        write_concept(out, "type", &entry.type_code.to_code());
        let class = entry.type_code.class();
        let class_system = nos::fhir_system(system::TRE_A03);
        out.list_of_one("category", |out| write_plain_codings(out, &class_system, class.code, class.label));
        write_subject(out, &context.patient);
        out.text("date", &entry.submitted_at.to_rfc3339());
        people(out, entry);
        relations(out, context);
        out.text_if("description", entry.comments.as_deref());
        labels(out, entry.visibility);
        content(out, entry, context);
        documented_act(out, entry, context);
    })
}

fn status(status: AvailabilityStatus) -> &'static str {
    match status {
        AvailabilityStatus::Approved(_) | AvailabilityStatus::Archived(_) => "current",
        AvailabilityStatus::Deprecated(_) => "superseded",
        AvailabilityStatus::Deleted(_) => "entered-in-error",
    }
}

fn identifiers(out: &mut JsonText, entry: &DocumentEntry) {
    out.member("masterIdentifier", |out| write_identifier(out, "uniqueId", &entry.unique_id));
    out.list("identifier", |out| {
        out.object(|out| write_identifier(out, "entryUUID", &entry.entry_uuid()));
        out.object(|out| write_identifier(out, "logicalId", &entry.id.to_urn_uuid()));
    });
}

/// Members of a business identifier.
pub(crate) fn write_identifier(out: &mut JsonText, kind: &str, value: &str) {
    out.text("use", if kind == "uniqueId" { "usual" } else { "official" });
    write_plain_concept(out, "type", urls::IDENTIFIER_TYPE, kind, "");
    out.text("system", urls::RFC_3986);
    out.text("value", value);
}

/// The `subject` member: INS, and the literal reference when there is one.
pub(crate) fn write_subject(out: &mut JsonText, patient: &PatientReference<'_>) {
    out.member("subject", |out| {
        out.text_if("reference", patient.reference);
        out.member("identifier", |out| {
            out.text("system", &format!("urn:oid:{}", patient.oid));
            out.text("value", patient.matricule);
        });
    });
}

fn people(out: &mut JsonText, entry: &DocumentEntry) {
    let reference = |out: &mut JsonText, id: &str| out.text("reference", &format!("#{id}"));
    out.list("author", |out| {
        for number in 1..=entry.authors.len() {
            out.object(|out| reference(out, &format!("author-{number}")));
        }
    });
    if entry.legal_authenticator.is_some() {
        out.member("authenticator", |out| reference(out, "authenticator"));
    }
    if let Some(custodian) = &entry.custodian {
        out.member("custodian", |out| {
            out.member("identifier", |out| {
                out.text("system", &format!("urn:oid:{STRUCT_ID_NAT_OID}"));
                out.text("value", custodian.id.as_str());
            });
            out.text_if("display", Some(&custodian.name));
        });
    }
}

fn relations(out: &mut JsonText, context: &RenderContext<'_>) {
    if let Some(replaced) = context.replaces {
        out.list_of_one("relatesTo", |out| {
            out.text("code", "replaces");
            out.member("target", |out| out.text("reference", &format!("DocumentReference/{replaced}")));
        });
    }
}

fn labels(out: &mut JsonText, visibility: Visibility) {
    out.list("securityLabel", |out| {
        let (code, display) = (visibility.confidentiality.code(), confidentiality_label(visibility));
        out.object(|out| write_plain_codings(out, urls::CONFIDENTIALITY, code, display));
        for code in visibility.codes() {
            out.object(|out| write_plain_codings(out, &nos::fhir_system(system::TRE_A07), code, visibility_label(code)));
        }
    });
}

fn confidentiality_label(visibility: Visibility) -> &'static str {
    use dmp_core::document::Confidentiality::{Normal, Restricted, VeryRestricted};
    match visibility.confidentiality {
        Normal => "normal",
        Restricted => "restricted",
        VeryRestricted => "very restricted",
    }
}

fn visibility_label(code: &str) -> &'static str {
    match code {
        Visibility::MASKED => "Masqué aux professionnels de santé",
        Visibility::INVISIBLE_PATIENT => "Non visible par le patient",
        Visibility::INVISIBLE_REPRESENTATIVES => "Non visible par les représentants légaux",
        _ => "",
    }
}

fn content(out: &mut JsonText, entry: &DocumentEntry, context: &RenderContext<'_>) {
    out.list_of_one("content", |out| {
        out.member("attachment", |out| {
            out.text("contentType", &entry.mime_type);
            out.text_if("language", Some(&entry.language));
            out.text("url", context.binary_url);
            out.number("size", entry.content.size);
            out.text("hash", &STANDARD.encode(entry.content.sha1));
            out.text_if("title", Some(&entry.title));
            out.text("creation", &entry.created_at.to_rfc3339());
        });
        out.member("format", |out| write_coding(out, &entry.format));
    });
}

fn documented_act(out: &mut JsonText, entry: &DocumentEntry, context: &RenderContext<'_>) {
    out.member("context", |out| {
        if !entry.event_codes.is_empty() {
            out.list("event", |out| {
                for code in &entry.event_codes {
                    out.object(|out| out.list_of_one("coding", |out| write_coding(out, code)));
                }
            });
        }
        out.member("period", |out| {
            out.text("start", &entry.service_start.to_rfc3339());
            out.text_if("end", entry.service_stop.map(Moment::to_rfc3339).as_deref());
        });
        write_concept(out, "facilityType", &entry.facility_type);
        write_concept(out, "practiceSetting", &entry.practice_setting);
        out.member("sourcePatientInfo", |out| out.text("reference", "#source-patient"));
        if !entry.references.is_empty() || !context.set_ids.is_empty() {
            out.list("related", |out| related(out, &entry.references, context.set_ids));
        }
    });
}

fn related(out: &mut JsonText, references: &[Reference], set_ids: &[&str]) {
    for reference in references {
        out.object(|out| {
            out.member("identifier", |out| {
                if let Some(kind) = reference.kind.as_deref().filter(|kind| !kind.is_empty()) {
                    out.member("type", |out| out.list_of_one("coding", |out| out.text("code", kind)));
                }
                out.text_if("system", Some(&reference.system));
                out.text("value", &reference.value);
            });
        });
    }
    for id in set_ids {
        out.object(|out| out.text("reference", &format!("List/{id}")));
    }
}

fn contained(out: &mut JsonText, entry: &DocumentEntry, context: &RenderContext<'_>) {
    for (index, author) in entry.authors.iter().enumerate() {
        write_author(out, author, &format!("author-{}", index + 1), context.patient.oid);
    }
    if let Some(authenticator) = &entry.legal_authenticator {
        write_author(out, authenticator, "authenticator", context.patient.oid);
    }
    source_patient(out, &entry.source_patient, &context.patient);
}

/// The contained resources of one author; the one with `id` is the author.
pub(crate) fn write_author(out: &mut JsonText, author: &Author, id: &str, ins_oid: &str) {
    match author.kind {
        AuthorKind::Patient => out.object(|out| {
            contained_head(out, "Patient", id);
            plain_identifier(out, author.id.as_deref().map(|value| (ins_oid, value)));
            human_name(out, &author.name);
        }),
        AuthorKind::Device => {
            let place = institution(out, author.institution.as_ref(), id);
            out.object(|out| {
                contained_head(out, "Device", id);
                if let Some(value) = author.id.as_deref().filter(|value| !value.is_empty()) {
                    out.list_of_one("identifier", |out| out.text("value", value));
                }
                let name = author.name.display();
                if !name.is_empty() {
                    out.list_of_one("deviceName", |out| {
                        out.text("name", &name);
                        out.text("type", "user-friendly-name");
                    });
                }
                reference_if(out, "owner", place);
            });
        }
        AuthorKind::Professional if author.institution.is_none() && author.role.is_none() && author.specialty.is_none() => {
            out.object(|out| practitioner(out, author, id));
        }
        AuthorKind::Professional => role(out, author, id),
    }
}

fn role(out: &mut JsonText, author: &Author, id: &str) {
    let person = format!("{id}-person");
    out.object(|out| practitioner(out, author, &person));
    let place = institution(out, author.institution.as_ref(), id);
    out.object(|out| {
        contained_head(out, "PractitionerRole", id);
        reference_if(out, "practitioner", Some(person));
        reference_if(out, "organization", place);
        if let Some(role) = author.role.as_deref().filter(|role| !role.is_empty()) {
            out.list_of_one("code", |out| out.text("text", role));
        }
        if let Some(specialty) = &author.specialty {
            out.list_of_one("specialty", |out| out.list_of_one("coding", |out| write_coding(out, specialty)));
        }
    });
}

fn practitioner(out: &mut JsonText, author: &Author, id: &str) {
    contained_head(out, "Practitioner", id);
    if let Some(national) = author.id.as_deref().filter(|value| !value.is_empty()) {
        out.list("identifier", |out| {
            out.object(|out| typed_identifier(out, "IDNPS", &format!("urn:oid:{PS_ID_NAT_OID}"), national));
            if let Some(rpps) = national.strip_prefix('8') {
                out.object(|out| typed_identifier(out, "RPPS", urls::RPPS, rpps));
            }
        });
    }
    human_name(out, &author.name);
}

fn institution(out: &mut JsonText, structure: Option<&Structure>, author_id: &str) -> Option<String> {
    let structure = structure?;
    let id = format!("{author_id}-organization");
    out.object(|out| {
        contained_head(out, "Organization", &id);
        out.list_of_one("identifier", |out| typed_identifier(out, "IDNST", &format!("urn:oid:{STRUCT_ID_NAT_OID}"), structure.id.as_str()));
        out.text_if("name", Some(&structure.name));
    });
    Some(id)
}

fn source_patient(out: &mut JsonText, source: &SourcePatient, patient: &PatientReference<'_>) {
    let (value, oid) = split_cx(&source.id).unwrap_or((patient.matricule, patient.oid));
    out.object(|out| {
        contained_head(out, "Patient", "source-patient");
        if InsAuthority::from_oid(oid).is_some() {
            plain_identifier(out, Some((oid, value)));
        } else {
            out.list_of_one("identifier", |out| typed_identifier(out, "PI", &format!("urn:oid:{oid}"), value));
        }
        human_name(out, &source.name);
        out.text(
            "gender",
            match source.gender.as_str() {
                "M" => "male",
                "F" => "female",
                _ => "unknown",
            },
        );
        let birth = dmp_core::identity::BirthDate::parse(&source.birth_date).map(dmp_core::identity::BirthDate::to_iso);
        out.text_if("birthDate", birth.as_deref());
    });
}

/// Value and OID of `value^^^&OID&ISO^PI`.
fn split_cx(cx: &str) -> Option<(&str, &str)> {
    let (value, rest) = cx.split_once("^^^&")?;
    Some((value, rest.split('&').next()?)).filter(|(value, oid)| !value.is_empty() && !oid.is_empty())
}

fn contained_head(out: &mut JsonText, resource_type: &str, id: &str) {
    out.text("resourceType", resource_type);
    out.text("id", id);
}

fn plain_identifier(out: &mut JsonText, identifier: Option<(&str, &str)>) {
    if let Some((oid, value)) = identifier.filter(|(_, value)| !value.is_empty()) {
        out.list_of_one("identifier", |out| {
            out.text("system", &format!("urn:oid:{oid}"));
            out.text("value", value);
        });
    }
}

fn typed_identifier(out: &mut JsonText, kind: &str, system: &str, value: &str) {
    let kind_system = if kind == "PI" { "http://terminology.hl7.org/CodeSystem/v2-0203" } else { urls::FR_IDENTIFIER_TYPE };
    write_plain_concept(out, "type", kind_system, kind, "");
    out.text("system", system);
    out.text("value", value);
}

fn human_name(out: &mut JsonText, name: &PersonName) {
    if name.family.is_empty() && name.given.is_empty() {
        return;
    }
    out.list_of_one("name", |out| {
        out.text_if("family", Some(&name.family));
        if !name.given.is_empty() {
            out.list("given", |out| out.string(&name.given));
        }
        if !name.prefix.is_empty() {
            out.list("suffix", |out| out.string(&name.prefix));
        }
    });
}

fn reference_if(out: &mut JsonText, key: &str, id: Option<String>) {
    if let Some(id) = id {
        out.member(key, |out| out.text("reference", &format!("#{id}")));
    }
}
