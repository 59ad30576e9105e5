//! A leaf of the journal as BALP AuditEvent (IHE Basic Audit Log Patterns: PatientRead, PatientCreate,
//! PatientUpdate, PatientQuery, AuthZconsent).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dmp_core::access::{Act, CallerKind};
use dmp_core::audit::{Leaf, LeafCaller, Outcome};
use dmp_core::document::system;
use dmp_core::identity::PS_ID_NAT_OID;

use super::coding::{write_plain_codings, write_plain_concept};
use super::document_reference::PatientReference;
use super::write::{JsonText, resource};
use crate::nos;

/// What the server knows of a leaf and core does not.
#[derive(Debug, Clone, Copy)]
pub struct AuditContext<'a> {
    /// Sealed id.
    pub id: &'a str,
    pub patient: PatientReference<'a>,
    /// Base address of this server.
    pub server_url: &'a str,
    /// `DocumentReference/<sealed id>`, only when this reader may see the document.
    pub object: Option<&'a str>,
}

const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const EVENT_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";
const INTERACTION: &str = "http://hl7.org/fhir/restful-interaction";
const PARTICIPATION_TYPE: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const PROFILES: &str = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

/// The pattern that an act follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pattern {
    Query,
    Read,
    Create,
    Update,
    Consent,
}

fn pattern(act: Act) -> Pattern {
    match act {
        Act::CheckAccess | Act::List | Act::ReadJournal | Act::ConnectApp | Act::ReadCampaigns => Pattern::Query,
        Act::Consult | Act::ReadAdministrative | Act::DownloadAll | Act::SendPaper => Pattern::Read,
        Act::Publish | Act::Replace | Act::CreateRecord | Act::ImportRecord | Act::DeclareEpisode | Act::ProposeCampaign => Pattern::Create,
        Act::Mask | Act::Unmask | Act::ShowToPatient | Act::ShowToRepresentatives | Act::Delete | Act::Archive | Act::Unarchive => Pattern::Update,
        Act::ReactivateRecord
        | Act::CloseRecord
        | Act::EndEpisode
        | Act::DeclareRepresentative
        | Act::EndRepresentation
        | Act::UpdateContact
        | Act::ChangeCredentials
        | Act::HandOutCodes
        | Act::ReportDeath
        | Act::WithdrawDeathReport
        | Act::SuspendRecord
        | Act::ObjectToSuspension
        | Act::LiftSuspension
        | Act::RequestDestruction
        | Act::DestroyRecord
        | Act::CancelOpening
        | Act::ConfirmCampaign
        | Act::StopCampaign
        | Act::ProposeIdentityChange
        | Act::CorrectIns
        | Act::MergeRecords
        | Act::UnmergeRecords
        | Act::RecordLetter
        | Act::RequestCorrection
        | Act::WithdrawCorrection
        | Act::SeeCorrection
        | Act::AnswerCorrection
        | Act::ReportAccess
        | Act::HandleReport
        | Act::OrderPaper => Pattern::Update,
        Act::Authorise
        | Act::Revoke
        | Act::Block
        | Act::Unblock
        | Act::DeclareMedecinTraitant
        | Act::NameAdministrator
        | Act::SetEmergencyChoices
        | Act::SetConsents
        | Act::MaskAll
        | Act::OpposeEpisode
        | Act::RecordTeamConsent
        | Act::InviteHelper
        | Act::AcceptInvitation
        | Act::DeclineInvitation
        | Act::EndHelper
        | Act::EndMedecinTraitant
        | Act::Share
        | Act::AllowApp
        | Act::WithdrawApp
        | Act::ObjectToOpening => Pattern::Consent,
    }
}

impl Pattern {
    fn profile(self) -> &'static str {
        match self {
            Pattern::Query => "PatientQuery",
            Pattern::Read => "PatientRead",
            Pattern::Create => "PatientCreate",
            Pattern::Update => "PatientUpdate",
            Pattern::Consent => "AuthZconsent",
        }
    }

    fn action(self) -> &'static str {
        match self {
            Pattern::Query | Pattern::Consent => "E",
            Pattern::Read => "R",
            Pattern::Create => "C",
            Pattern::Update => "U",
        }
    }

    /// Part of the user in the act.
    fn user(self) -> &'static str {
        match self {
            Pattern::Query | Pattern::Read | Pattern::Consent => "IRCP",
            Pattern::Create | Pattern::Update => "AUT",
        }
    }
}

/// One leaf. A refusal has outcome 8 and claims no profile: the profiles are about what succeeded.
pub fn render_audit_event(leaf: &Leaf, context: &AuditContext<'_>) -> Vec<u8> {
    let pattern = pattern(leaf.act);
    resource("AuditEvent", 2560, |out| {
        out.text("id", context.id);
        if leaf.outcome == Outcome::Done {
            out.member("meta", |out| out.list("profile", |out| out.string(&format!("{PROFILES}{}", pattern.profile()))));
        }
        kind(out, pattern);
        out.text("action", pattern.action());
        out.text("recorded", &leaf.at.to_instant());
        match &leaf.outcome {
            Outcome::Done => out.text("outcome", "0"),
            Outcome::Refused(reason) => {
                out.text("outcome", "8");
                out.text("outcomeDesc", reason.code());
            }
        }
        out.list("agent", |out| agents(out, leaf, pattern, context));
        out.member("source", |out| {
            out.member("observer", |out| out.text("display", context.server_url));
            out.list_of_one("type", |out| coding(out, "http://terminology.hl7.org/CodeSystem/security-source-type", "4"));
        });
        out.list("entity", |out| entities(out, leaf, pattern, context));
    })
}

fn kind(out: &mut JsonText, pattern: Pattern) {
    let (event, subtype) = match pattern {
        Pattern::Query => ((EVENT_TYPE, "rest"), (INTERACTION, "search-type")),
        Pattern::Read => ((EVENT_TYPE, "rest"), (INTERACTION, "read")),
        Pattern::Create => ((EVENT_TYPE, "rest"), (INTERACTION, "create")),
        Pattern::Update => ((EVENT_TYPE, "rest"), (INTERACTION, "patch")),
        Pattern::Consent => ((DICOM, "110113"), ("https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType", "AuthZ-Consent")),
    };
    out.member("type", |out| coding(out, event.0, event.1));
    out.list_of_one("subtype", |out| coding(out, subtype.0, subtype.1));
}

/// The act in our words: the interaction alone does not say *masked* or *archived*.
fn act_code(act: Act) -> &'static str {
    match act {
        Act::CheckAccess => "check-access",
        Act::List => "list",
        Act::Consult => "consult",
        Act::Publish => "publish",
        Act::Replace => "replace",
        Act::Mask => "mask",
        Act::Unmask => "unmask",
        Act::ShowToPatient => "show-to-patient",
        Act::ShowToRepresentatives => "show-to-representatives",
        Act::Delete => "delete",
        Act::Archive => "archive",
        Act::Unarchive => "unarchive",
        Act::Authorise => "authorise",
        Act::Revoke => "revoke",
        Act::Block => "block",
        Act::Unblock => "unblock",
        Act::DeclareMedecinTraitant => "declare-medecin-traitant",
        Act::NameAdministrator => "name-administrator",
        Act::SetEmergencyChoices => "set-emergency-choices",
        Act::SetConsents => "set-consents",
        Act::MaskAll => "mask-all",
        Act::OrderPaper => "order-paper",
        Act::SendPaper => "send-paper",
        Act::ImportRecord => "import-record",
        Act::CancelOpening => "cancel-opening",
        Act::ProposeCampaign => "propose-campaign",
        Act::ConfirmCampaign => "confirm-campaign",
        Act::StopCampaign => "stop-campaign",
        Act::ReadCampaigns => "read-campaigns",
        Act::ReadJournal => "read-journal",
        Act::CreateRecord => "create-record",
        Act::ReactivateRecord => "reactivate-record",
        Act::CloseRecord => "close-record",
        Act::ReadAdministrative => "read-administrative",
        Act::DeclareEpisode => "declare-episode",
        Act::EndEpisode => "end-episode",
        Act::OpposeEpisode => "oppose-episode",
        Act::RecordTeamConsent => "record-team-consent",
        Act::DeclareRepresentative => "declare-representative",
        Act::EndRepresentation => "end-representation",
        Act::InviteHelper => "invite-helper",
        Act::AcceptInvitation => "accept-invitation",
        Act::DeclineInvitation => "decline-invitation",
        Act::EndHelper => "end-helper",
        Act::EndMedecinTraitant => "end-medecin-traitant",
        Act::UpdateContact => "update-contact",
        Act::ChangeCredentials => "change-credentials",
        Act::HandOutCodes => "hand-out-codes",
        Act::DownloadAll => "download-all",
        Act::Share => "share",
        Act::ReportDeath => "report-death",
        Act::WithdrawDeathReport => "withdraw-death-report",
        Act::SuspendRecord => "suspend-record",
        Act::ObjectToSuspension => "object-to-suspension",
        Act::LiftSuspension => "lift-suspension",
        Act::RequestDestruction => "request-destruction",
        Act::DestroyRecord => "destroy-record",
        Act::ProposeIdentityChange => "propose-identity-change",
        Act::CorrectIns => "correct-ins",
        Act::MergeRecords => "merge-records",
        Act::UnmergeRecords => "unmerge-records",
        Act::RecordLetter => "record-letter",
        Act::ObjectToOpening => "object-to-opening",
        Act::AllowApp => "allow-app",
        Act::WithdrawApp => "withdraw-app",
        Act::ConnectApp => "connect-app",
        Act::RequestCorrection => "request-correction",
        Act::WithdrawCorrection => "withdraw-correction",
        Act::SeeCorrection => "see-correction",
        Act::AnswerCorrection => "answer-correction",
        Act::ReportAccess => "report-access",
        Act::HandleReport => "handle-report",
    }
}

fn agents(out: &mut JsonText, leaf: &Leaf, pattern: Pattern, context: &AuditContext<'_>) {
    // In a read the server is the source; in a feed or query the client is.
    let (client, server) = match pattern {
        Pattern::Read => ("110152", Some("110153")),
        Pattern::Query | Pattern::Create | Pattern::Update => ("110153", Some("110152")),
        Pattern::Consent => ("110150", None),
    };
    out.object(|out| {
        write_plain_concept(out, "type", DICOM, client, "");
        out.member("who", |out| out.text("display", leaf.caller.software.as_deref().filter(|name| !name.is_empty()).unwrap_or("-")));
        out.flag("requestor", false);
        out.member("network", absent);
    });
    if let Some(server) = server {
        out.object(|out| {
            write_plain_concept(out, "type", DICOM, server, "");
            server_agent(out, context);
        });
    }
    out.object(|out| user(out, leaf, pattern));
    if pattern == Pattern::Consent || leaf.caller.structure.is_some() {
        out.object(|out| {
            write_plain_concept(out, "type", "http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "");
            out.member("who", |out| out.text("display", leaf.caller.structure.as_deref().filter(|name| !name.is_empty()).unwrap_or("-")));
            out.flag("requestor", false);
        });
    }
    if pattern == Pattern::Consent {
        out.object(|out| {
            write_plain_concept(out, "type", "http://terminology.hl7.org/CodeSystem/extra-security-role-type", "authserver", "");
            server_agent(out, context);
        });
    }
}

fn server_agent(out: &mut JsonText, context: &AuditContext<'_>) {
    out.member("who", |out| out.text("display", context.server_url));
    out.flag("requestor", false);
    out.member("network", |out| {
        out.text("address", context.server_url);
        out.text("type", "5");
    });
}

/// The journal keeps no network address of callers.
fn absent(out: &mut JsonText) {
    out.list_of_one("extension", |out| {
        out.text("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason");
        out.text("valueCode", "unknown");
    });
}

fn user(out: &mut JsonText, leaf: &Leaf, pattern: Pattern) {
    write_plain_concept(out, "type", PARTICIPATION_TYPE, pattern.user(), "");
    role(out, &leaf.caller);
    out.member("who", |out| {
        out.member("identifier", |out| match leaf.caller.account.strip_prefix("ps:") {
            Some(national) => {
                out.text("system", &format!("urn:oid:{PS_ID_NAT_OID}"));
                out.text("value", national);
            }
            None => {
                out.text("system", "urn:dmp:account");
                out.text("value", &leaf.caller.account);
            }
        });
        out.text_if("display", Some(&leaf.caller.name));
    });
    out.flag("requestor", true);
    if !leaf.mode.is_empty() {
        out.list_of_one("purposeOfUse", |out| {
            write_plain_codings(out, &nos::fhir_system(system::TRE_R248), &leaf.mode, "");
            out.text_if("text", leaf.words.as_deref());
        });
    }
}

fn role(out: &mut JsonText, caller: &LeafCaller) {
    out.list_of_one("role", |out| match caller.profession.as_deref().and_then(|key| key.split_once('/')) {
        Some((table, code)) => write_plain_codings(out, &profession_system(table), code, ""),
        None => write_plain_codings(out, "urn:dmp:caller", caller_code(caller.kind), ""),
    });
}

/// The address of `TRE_G15` and its like.
fn profession_system(table: &str) -> String {
    match table {
        "G15" => nos::fhir_system("1.2.250.1.71.1.2.7"),
        "G16" => nos::fhir_system("1.2.250.1.71.1.2.8"),
        other => format!("urn:dmp:profession:{other}"),
    }
}

fn caller_code(kind: CallerKind) -> &'static str {
    match kind {
        CallerKind::Patient => "patient",
        CallerKind::Representative => "representative",
        CallerKind::Helper => "helper",
        CallerKind::Professional => "professional",
        CallerKind::Organization => "organization",
        CallerKind::Agent => "agent",
        CallerKind::Insurer => "insurer",
        CallerKind::Mutual => "mutual",
        CallerKind::Employer => "employer",
        CallerKind::Operator => "operator",
        CallerKind::Automaton => "automaton",
        CallerKind::ReimbursementFeed => "reimbursement-feed",
    }
}

fn entities(out: &mut JsonText, leaf: &Leaf, pattern: Pattern, context: &AuditContext<'_>) {
    out.object(|out| {
        subject_of_act(out, leaf, pattern, context);
        out.list_of_one("detail", |out| {
            out.text("type", "act");
            out.text("valueString", act_code(leaf.act));
        });
    });
    out.object(|out| {
        out.member("what", |out| {
            out.text_if("reference", context.patient.reference);
            out.member("identifier", |out| {
                out.text("system", &format!("urn:oid:{}", context.patient.oid));
                out.text("value", context.patient.matricule);
            });
        });
        entity_kind(out, "1", "1");
    });
}

fn subject_of_act(out: &mut JsonText, leaf: &Leaf, pattern: Pattern, context: &AuditContext<'_>) {
    match pattern {
        Pattern::Query => {
            entity_kind(out, "2", "24");
            // The journal keeps what was asked for, not the words of the request.
            out.text("query", &STANDARD.encode(act_code(leaf.act)));
        }
        Pattern::Consent => {
            let about = leaf.about.as_deref().filter(|about| !about.is_empty());
            out.member("what", |out| out.text("display", about.unwrap_or(act_code(leaf.act))));
            out.member("type", |out| coding(out, "http://hl7.org/fhir/resource-types", "Consent"));
        }
        Pattern::Read | Pattern::Create | Pattern::Update => {
            out.member("what", |out| match (context.object, context.patient.reference) {
                (Some(object), _) => {
                    out.text("reference", object);
                    out.text_if("display", leaf.object.as_ref().map(|object| object.title.as_str()));
                }
                (None, Some(patient)) if leaf.object.is_none() => out.text("reference", patient),
                (None, _) => out.text("display", "-"),
            });
            entity_kind(out, "2", "4");
        }
    }
}

fn entity_kind(out: &mut JsonText, kind: &str, role: &str) {
    out.member("type", |out| coding(out, ENTITY_TYPE, kind));
    out.member("role", |out| coding(out, OBJECT_ROLE, role));
}

fn coding(out: &mut JsonText, system: &str, code: &str) {
    out.text("system", system);
    out.text("code", code);
}

#[cfg(test)]
#[path = "audit_event_tests.rs"]
mod tests;
