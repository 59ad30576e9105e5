//! Allergies, problems, procedures, stays, devices, wishes, plans, alerts.

use dmp_core::summary::{Criticality, Line, ProblemState, What};

use super::element::{Object, coded, concept, list, period, reference, words};
use super::maker::{Maker, named};

const SNOMED: &str = "http://snomed.info/sct";
const ALLERGY_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
const CONDITION_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const CONDITION_CERTAINTY: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

/// An allergy.
pub(super) fn allergy(maker: &mut Maker<'_>, line: &Line) -> String {
    let What::Allergy { reactions, criticality, resolved } = &line.fact.what else { return other(maker, line) };
    let criticality = match criticality {
        Criticality::High => "high",
        Criticality::Low => "low",
        Criticality::Unknown => "",
    };
    let reaction = Object::default().with("manifestation", list(reactions.iter().map(concept)));
    let allergy = Object::resource("AllergyIntolerance")
        .with("clinicalStatus", coded(ALLERGY_CLINICAL, if *resolved { "resolved" } else { "active" }, ""))
        .text("criticality", criticality)
        .with("code", concept(&line.fact.concept))
        .with("patient", maker.patient())
        .text("onsetDateTime", &line.fact.period.from.map(super::element::date).unwrap_or_default());
    let allergy = if reactions.is_empty() { allergy } else { allergy.one("reaction", reaction) };
    maker.add_line("allergies", line, "AllergyIntolerance-uv-ips", allergy)
}

/// That there is no known allergy.
pub(super) fn no_allergy(maker: &mut Maker<'_>) -> String {
    let none = Object::resource("AllergyIntolerance")
        .with("clinicalStatus", coded(ALLERGY_CLINICAL, "active", ""))
        .with("code", coded(SNOMED, "716186003", "No known allergy"))
        .with("patient", maker.patient());
    maker.add("no-allergy", none)
}

/// A line of a kind that its heading should not hold: told as words.
fn other(maker: &mut Maker<'_>, line: &Line) -> String {
    let basic = Object::resource("Basic").with("code", concept(&line.fact.concept)).with("subject", maker.patient());
    maker.add_line("other", line, "", basic)
}

/// A problem, active or over.
pub(super) fn problem(maker: &mut Maker<'_>, line: &Line) -> String {
    let state = match &line.fact.what {
        What::Problem { state } => *state,
        _ => ProblemState::Active,
    };
    let (clinical, certainty) = match state {
        ProblemState::Active => ("active", "confirmed"),
        ProblemState::Past => ("resolved", "confirmed"),
        ProblemState::Suspected => ("active", "unconfirmed"),
    };
    let day = |when: Option<_>| when.map(super::element::date).unwrap_or_default();
    let over = line.fact.period.to.filter(|_| state == ProblemState::Past);
    let problem = Object::resource("Condition")
        .with("clinicalStatus", coded(CONDITION_CLINICAL, clinical, ""))
        .with("verificationStatus", coded(CONDITION_CERTAINTY, certainty, ""))
        .one("category", coded(super::sections::LOINC, "75326-9", "Problem"))
        .with("code", concept(&line.fact.concept))
        .with("subject", maker.patient())
        .text("onsetDateTime", &day(line.fact.period.from))
        .text("abatementDateTime", &day(over));
    maker.add_line("problems", line, "Condition-uv-ips", problem)
}

/// That there is no known problem.
pub(super) fn no_problem(maker: &mut Maker<'_>) -> String {
    let none = Object::resource("Condition")
        .with("clinicalStatus", coded(CONDITION_CLINICAL, "active", ""))
        .with("code", coded(SNOMED, "160245001", "No current problems or disability"))
        .with("subject", maker.patient());
    maker.add("no-problem", none)
}

/// An act that was done.
pub(super) fn procedure(maker: &mut Maker<'_>, line: &Line) -> String {
    let actor = named(line);
    let procedure = Object::resource("Procedure")
        .text("status", "completed")
        .with("code", concept(&line.fact.concept))
        .with("subject", maker.patient())
        .when("performedDateTime", line.fact.period.from.or(line.fact.period.to));
    let procedure = if line.fact.by.name.trim().is_empty() { procedure } else { procedure.one("performer", Object::default().with("actor", actor)) };
    maker.add_line("procedures", line, "Procedure-uv-ips", procedure)
}

/// That no act is known.
pub(super) fn no_procedure(maker: &mut Maker<'_>) -> String {
    let none = Object::resource("Procedure")
        .text("status", "completed")
        .with("code", coded(SNOMED, "787480003", "No known procedures"))
        .with("subject", maker.patient())
        .when("performedDateTime", None);
    maker.add("no-procedure", none)
}

/// A stay in hospital.
pub(super) fn stay(maker: &mut Maker<'_>, line: &Line) -> String {
    let stay = Object::resource("Encounter")
        .text("status", "finished")
        .with("class", super::element::coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", "inpatient encounter"))
        .one("type", concept(&line.fact.concept))
        .with("subject", maker.patient())
        .with("period", period(line.fact.period))
        .with("serviceProvider", super::element::display(&line.fact.by.place));
    maker.add_line("stays", line, "", stay)
}

/// A device and its use.
pub(super) fn device(maker: &mut Maker<'_>, line: &Line) -> String {
    let device = Object::resource("Device").with("type", concept(&line.fact.concept)).with("patient", maker.patient());
    let device = maker.add_line("device", line, "Device-uv-ips", device);
    let state = match &line.fact.what {
        What::Device { state: dmp_core::summary::DeviceState::Past } => "completed",
        _ => "active",
    };
    let used = device_use(maker, state, &device);
    let used = match (line.fact.period.from, line.fact.period.to) {
        (None, None) => used.with("_timingDateTime", super::element::unknown()),
        _ => used.with("timingPeriod", period(line.fact.period)),
    };
    maker.add_line("devices", line, "DeviceUseStatement-uv-ips", used)
}

fn device_use(maker: &Maker<'_>, state: &str, device: &str) -> Object {
    Object::resource("DeviceUseStatement").text("status", state).with("subject", maker.patient()).with("device", reference(device))
}

/// That no device is known.
pub(super) fn no_device(maker: &mut Maker<'_>) -> String {
    let none = Object::resource("Device").with("type", coded(SNOMED, "787483001", "No known device use")).with("patient", maker.patient());
    let none = maker.add("no-device", none);
    let used = device_use(maker, "active", &none).with("_timingDateTime", super::element::unknown());
    maker.add("no-device-use", used)
}

/// A wish, with the document that holds it.
pub(super) fn directive(maker: &mut Maker<'_>, line: &Line) -> String {
    let source = line.sources.first().map(|source| maker.document(source)).unwrap_or_default();
    let consent = Object::resource("Consent")
        .text("status", "active")
        .with("scope", coded("http://terminology.hl7.org/CodeSystem/consentscope", "adr", "Advanced Care Directive"))
        .one("category", coded("http://terminology.hl7.org/CodeSystem/consentcategorycodes", "acd", "Advance Directive"))
        .with("patient", maker.patient())
        .text("dateTime", &line.fact.period.from.map(super::element::date).unwrap_or_default())
        .with("sourceReference", source)
        .with("policyRule", concept(&line.fact.concept));
    maker.add_line("directives", line, "", consent)
}

/// A step of a plan.
pub(super) fn plan(maker: &mut Maker<'_>, line: &Line) -> String {
    let plan = Object::resource("CarePlan")
        .text("status", "active")
        .text("intent", "plan")
        .text("title", &line.fact.concept.text)
        .with("subject", maker.patient())
        .with("period", period(line.fact.period))
        .one("activity", Object::default().with("detail", Object::default().text("status", "scheduled").with("code", concept(&line.fact.concept))));
    maker.add_line("plans", line, "", plan)
}

/// A point to watch.
pub(super) fn alert(maker: &mut Maker<'_>, line: &Line) -> String {
    let flag = Object::resource("Flag")
        .text("status", "active")
        .one("category", words("Point de vigilance"))
        .with("code", concept(&line.fact.concept))
        .with("subject", maker.patient())
        .with("period", period(line.fact.period));
    maker.add_line("attention", line, "Flag-alert-uv-ips", flag)
}

/// How a person gets along.
pub(super) fn function(maker: &mut Maker<'_>, line: &Line) -> String {
    let assessed = Object::resource("ClinicalImpression")
        .text("status", "completed")
        .with("code", words("Statut fonctionnel"))
        .with("subject", maker.patient())
        .text("effectiveDateTime", &line.fact.period.from.map(super::element::date).unwrap_or_default())
        .text("summary", &line.fact.concept.text);
    maker.add_line("functions", line, "", assessed)
}

/// An illness of a relative.
pub(super) fn family(maker: &mut Maker<'_>, line: &Line) -> String {
    let relation = match &line.fact.what {
        What::FamilyHistory { relation } => relation.as_str(),
        _ => "",
    };
    let kin = crate::nos::relation_of_words(relation).map_or_else(
        || coded("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "FAMMEMB", "family member").text("text", relation),
        |known| coded(&crate::nos::fhir_system(&known.system), &known.code, &known.display).text("text", relation),
    );
    let history = Object::resource("FamilyMemberHistory")
        .text("status", "partial")
        .with("patient", maker.patient())
        .with("relationship", kin)
        .one("condition", Object::default().with("code", concept(&line.fact.concept)));
    maker.add_line("family", line, "", history)
}
