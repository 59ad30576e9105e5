//! Medicines: stated, prescribed, dispensed, given.

use dmp_core::summary::{Concept, Fact, FactKind, Medicine, MedicineStage, Party, Period, What};
use serde_json::Value;

use super::clinical::absence_in;
use super::node::{Index, Spot, array, concept, concept_at, period, text, when};
use super::observation::number_of;

/// One treatment.
pub(super) fn add<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Vec<Fact>) {
    let reference = resource.get("medicationReference");
    let medication = reference.and_then(|reference| index.find(resource, reference));
    let coded = concept_at(resource, "medicationCodeableConcept").or_else(|| medication.and_then(|medication| concept_at(medication, "code")));
    let shown = || reference.and_then(|reference| text(reference, "display")).map(Concept::words);
    let Some(concept) = coded.or_else(shown) else { return };
    let kind = text(resource, "resourceType").unwrap_or_default();
    let status = text(resource, "status").unwrap_or_default();
    if status == "not-done" || status == "draft" || resource.get("doNotPerform").and_then(Value::as_bool) == Some(true) {
        return;
    }
    let is_planned = matches!(text(resource, "intent"), Some("proposal" | "plan")) || status == "intended" || spot.section == "18776-5";
    let what = match absence_in(&concept) {
        Some(how) => What::Absent { of: FactKind::Medicine, how },
        None if is_planned => What::Plan,
        None => What::Medicine(Medicine {
            stage: stage(kind),
            substances: substances(medication),
            dose: dose(resource),
            quantity: quantity(resource),
            long_term: text(resource, "courseOfTherapyType") == Some("continuous"),
            stopped: matches!(status, "stopped" | "not-taken" | "cancelled" | "on-hold"),
        }),
    };
    let proof = spot.proof(resource, &concept.text);
    facts.push(Fact { what, concept, period: time(resource), by: by(index, resource), proof });
}

fn stage(kind: &str) -> MedicineStage {
    match kind {
        "MedicationRequest" => MedicineStage::Prescribed,
        "MedicationDispense" => MedicineStage::Dispensed,
        "MedicationAdministration" => MedicineStage::Given,
        _ => MedicineStage::Stated,
    }
}

fn substances(medication: Option<&Value>) -> Vec<Concept> {
    let ingredients = medication.map(|medication| array(medication, "ingredient")).unwrap_or_default();
    ingredients.iter().take(32).filter_map(|ingredient| ingredient.get("itemCodeableConcept").and_then(concept)).collect()
}

fn time(resource: &Value) -> Period {
    let effective = period(resource, "effective");
    if effective != Period::default() {
        return effective;
    }
    let handed_over = when(resource, "whenHandedOver").map(Period::at);
    let validity = resource.get("dispenseRequest").map(|request| period(request, "validity")).filter(|validity| *validity != Period::default());
    handed_over.or(validity).or_else(|| when(resource, "authoredOn").map(|from| Period { from: Some(from), to: None })).unwrap_or_default()
}

fn by<'a>(index: &Index<'a>, resource: &'a Value) -> Party {
    let parties = ["requester", "performer", "informationSource"].iter().map(|key| index.party_at(resource, key));
    parties.into_iter().find(|party| *party != Party::default()).unwrap_or_default()
}

/// The first dosage in its words, else as dose and rhythm.
fn dose(resource: &Value) -> String {
    let dosage = ["dosage", "dosageInstruction"].iter().flat_map(|key| array(resource, key)).next();
    let Some(dosage) = dosage else { return String::new() };
    if let Some(words) = text(dosage, "text") {
        return words.to_owned();
    }
    let amount = array(dosage, "doseAndRate").iter().find_map(|rate| rate.get("doseQuantity")).map(quantity_words).unwrap_or_default();
    let repeat = dosage.get("timing").and_then(|timing| timing.get("repeat"));
    [amount, repeat.and_then(rhythm).unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn quantity_words(quantity: &Value) -> String {
    let number = number_of(quantity).unwrap_or_default();
    format!("{number} {}", text(quantity, "unit").or_else(|| text(quantity, "code")).unwrap_or_default()).trim().to_owned()
}

/// `frequency` times in `period`.
fn rhythm(repeat: &Value) -> Option<String> {
    let number = |key: &str| repeat.get(key).map(Value::to_string);
    let unit = match text(repeat, "periodUnit")? {
        "h" => "h",
        "d" => "jour(s)",
        "wk" => "semaine(s)",
        "mo" => "mois",
        _ => return None,
    };
    Some(format!("{} fois en {} {unit}", number("frequency")?, number("period")?))
}

fn quantity(resource: &Value) -> String {
    let ordered = resource.get("dispenseRequest").and_then(|request| request.get("quantity"));
    resource.get("quantity").or(ordered).map(quantity_words).unwrap_or_default()
}
