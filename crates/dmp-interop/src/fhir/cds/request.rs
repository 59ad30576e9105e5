//! What practice software sends when a hook fires.

use std::collections::BTreeSet;

use dmp_core::Issue;
use dmp_core::identity::Ins;
use dmp_core::redundancy::Ordered;
use serde_json::Value;

use super::{Hook, is_uuid};
use crate::fhir::coding::{Coding, identifiers};
use crate::fhir::element::{Element, Findings};

/// Most entries of `draftOrders`, and most selections.
const DRAFTS_MAX: usize = 100;

/// A request that was read.
#[derive(Debug, Clone)]
pub struct HookRequest {
    pub hook: Hook,
    /// UUID of this firing of the hook.
    pub instance: String,
    /// `Practitioner/…` or `PractitionerRole/…` in the client's own server. Who asks is what the token says, never this.
    pub user: String,
    /// Id of the person in the client's own server.
    pub patient: String,
    /// The person by the prefetched Patient; `None` when it was not sent.
    pub ins: Option<Ins>,
    pub encounter: Option<String>,
    pub fhir_server: Option<String>,
    /// The orders to check: those just selected, or all that are about to be signed. Other kinds of orders are passed over.
    pub drafts: Vec<Draft>,
}

/// A draft order of an exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// `ServiceRequest/…`, what a suggestion deletes.
    pub reference: String,
    /// Its codes, in whatever systems; any may name the exam.
    pub codes: Vec<Ordered>,
}

/// Why a request is not served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestFault {
    /// It is not what the hook sends: 400.
    Invalid(Vec<Issue>),
    /// Data that the check needs did not come: 412.
    DataMissing(Vec<Issue>),
}

impl RequestFault {
    /// The prefetched Patient did not come.
    pub fn patient_missing() -> Self {
        RequestFault::DataMissing(vec![Issue::error("ins-missing").at("prefetch.patient")])
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            RequestFault::Invalid(_) => 400,
            RequestFault::DataMissing(_) => 412,
        }
    }

    /// What was found wrong.
    pub fn issues(&self) -> &[Issue] {
        match self {
            RequestFault::Invalid(issues) | RequestFault::DataMissing(issues) => issues,
        }
    }
}

/// Reads the body of `POST /cds-services/{id}` of a hook.
///
/// # Errors
/// [`RequestFault::Invalid`] with every finding; [`RequestFault::DataMissing`] when the prefetched Patient has no INS.
pub fn read_request(hook: Hook, body: &Value) -> Result<HookRequest, RequestFault> {
    let findings = Findings::default();
    let root = Element::root(body, "$", &findings);
    let context = root.child("context");
    let hook_name = required(&root, "hook");
    if hook_name.as_deref().is_some_and(|name| name != hook.name()) {
        root.child("hook").finding(Issue::error("element-value").expected(hook.name()));
    }
    let instance = required(&root, "hookInstance").unwrap_or_default();
    if !instance.is_empty() && !is_uuid(&instance) {
        root.child("hookInstance").finding(Issue::error("element-value").expected("UUID"));
    }
    let user = required(&context, "userId").unwrap_or_default();
    if !user.is_empty() && !user.starts_with("Practitioner/") && !user.starts_with("PractitionerRole/") {
        context.child("userId").finding(Issue::error("element-value").expected("Practitioner/… | PractitionerRole/…"));
    }
    let patient = required(&context, "patientId").unwrap_or_default();
    let fhir_server = root.child("fhirServer").text();
    let encounter = context.child("encounterId").text();
    let drafts = if hook == Hook::PatientView { Vec::new() } else { drafts(hook, &context, &patient) };
    let prefetched = prefetched_patient(&root, &patient);
    let issues = findings.into_issues();
    if !issues.is_empty() {
        return Err(RequestFault::Invalid(issues));
    }
    let ins = match prefetched {
        None => None,
        Some(Ok(ins)) => Some(ins),
        Some(Err(issue)) => return Err(RequestFault::DataMissing(vec![issue])),
    };
    Ok(HookRequest { hook, instance, user, patient, ins, encounter, fhir_server, drafts })
}

fn required(parent: &Element<'_>, name: &str) -> Option<String> {
    let child = parent.child(name);
    if !child.exists() {
        child.finding(Issue::error("element-required"));
    }
    child.text()
}

/// The INS of the prefetched Patient. A client that could not fetch it sends nothing, `null` or an OperationOutcome.
fn prefetched_patient(root: &Element<'_>, patient: &str) -> Option<Result<Ins, Issue>> {
    let resource = root.child("prefetch").child("patient");
    let is_patient = resource.value()?.get("resourceType").and_then(Value::as_str) == Some("Patient");
    if !is_patient {
        return None;
    }
    if resource.child("id").text().is_some_and(|id| id != patient) {
        resource.child("id").finding(Issue::error("element-value").expected("context.patientId"));
    }
    let parsed = identifiers(&resource).into_iter().filter_map(|one| Some(Ins::parse(&one.system?, &one.value?)));
    let place = "prefetch.patient.identifier";
    let mut reason = Issue::error("ins-missing").at(place);
    for ins in parsed {
        match ins {
            Ok(ins) => return Some(Ok(ins)),
            Err(error) if error.code() != "ins-oid-unknown" => reason = Issue::error(error.code()).at(place),
            Err(_) => {}
        }
    }
    Some(Err(reason))
}

fn drafts(hook: Hook, context: &Element<'_>, patient: &str) -> Vec<Draft> {
    let bundle = context.child("draftOrders");
    if !bundle.exists() {
        bundle.finding(Issue::error("element-required"));
        return Vec::new();
    }
    if bundle.value().and_then(|value| value.get("resourceType")).and_then(Value::as_str) != Some("Bundle") {
        bundle.finding(Issue::error("element-value").expected("Bundle"));
        return Vec::new();
    }
    let entries = bundle.items("entry");
    if entries.len() > DRAFTS_MAX {
        bundle.finding(Issue::error("bundle-too-large").expected(DRAFTS_MAX.to_string()));
        return Vec::new();
    }
    let selected = (hook == Hook::OrderSelect).then(|| selections(context));
    let mut known = BTreeSet::new();
    let mut drafts = Vec::new();
    for resource in entries.iter().map(|entry| entry.child("resource")) {
        let Some(reference) = reference_of(&resource) else { continue };
        if !known.insert(reference.clone()) {
            resource.child("id").finding(Issue::error("element-value").received(reference.as_str()));
        }
        let wanted = selected.as_ref().is_none_or(|selected| selected.iter().any(|(one, _)| *one == reference));
        if wanted && reference.starts_with("ServiceRequest/") {
            drafts.extend(draft(&resource, reference, patient));
        }
    }
    for (selection, place) in selected.iter().flatten().filter(|(selection, _)| !known.contains(selection)) {
        place.finding(Issue::error("reference-unresolved").received(selection.as_str()));
    }
    drafts
}

/// What was selected, each as `Type/id`, with its place.
fn selections<'a>(context: &Element<'a>) -> Vec<(String, Element<'a>)> {
    let list = context.child("selections");
    if !list.exists() {
        list.finding(Issue::error("element-required"));
    }
    let items = context.items("selections");
    if items.len() > DRAFTS_MAX {
        list.finding(Issue::error("bundle-too-large").expected(DRAFTS_MAX.to_string()));
        return Vec::new();
    }
    items.into_iter().filter_map(|item| Some((item.text()?, item))).collect()
}

/// `Type/id` of a draft; a draft without an id cannot be spoken of.
fn reference_of(resource: &Element<'_>) -> Option<String> {
    if !resource.exists() {
        resource.finding(Issue::error("element-required"));
        return None;
    }
    Some(format!("{}/{}", required(resource, "resourceType")?, required(resource, "id")?))
}

/// An order to do an exam. One that says *not* to do it is none.
fn draft(resource: &Element<'_>, reference: String, patient: &str) -> Option<Draft> {
    let subject = resource.child("subject").child("reference");
    let named = subject.str().and_then(|address| address.rsplit_once("Patient/")).and_then(|(_, id)| id.split('/').next());
    if named.is_some_and(|id| id != patient) {
        subject.finding(Issue::error("bundle-mixes-patients"));
    }
    if resource.child("doNotPerform").flag() == Some(true) {
        return None;
    }
    let codings = resource.child("code").items("coding");
    let codes = codings.iter().filter_map(Coding::read).filter_map(|coding| coding.to_code());
    Some(Draft { reference, codes: codes.map(|code| Ordered { system: code.system, code: code.code }).collect() })
}
