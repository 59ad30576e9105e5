//! Treatments and vaccinations.

use dmp_core::summary::{Line, MedicineStage, What};
use serde_json::Value;

use super::element::{Object, coded, concept, date, list, period, unknown};
use super::maker::{Maker, named};
use crate::fhir::urls;

const STAGES: [(MedicineStage, &str, &str); 5] = [
    (MedicineStage::Stated, "stated", "Cité"),
    (MedicineStage::Prescribed, "prescribed", "Prescrit"),
    (MedicineStage::Dispensed, "dispensed", "Délivré"),
    (MedicineStage::Reimbursed, "reimbursed", "Remboursé"),
    (MedicineStage::Given, "given", "Administré"),
];

/// When each stage was last seen, in words.
pub(super) fn traces(line: &Line) -> String {
    let seen = STAGES.into_iter().filter_map(|(stage, _, word)| Some(format!("{word} le {}", date(line.last_seen_as(stage)?))));
    seen.collect::<Vec<_>>().join(" ; ")
}

/// Dose and traces, for people.
pub(super) fn told(line: &Line) -> String {
    let dose = match &line.fact.what {
        What::Medicine(medicine) => medicine.dose.as_str(),
        _ => "",
    };
    [dose, &traces(line)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" — ")
}

/// A treatment that is taken, merged over prescription, dispensing and reimbursement.
pub(super) fn treatment(maker: &mut Maker<'_>, line: &Line) -> String {
    let dose = match &line.fact.what {
        What::Medicine(medicine) => medicine.dose.as_str(),
        _ => "",
    };
    let derived = list(line.sources.iter().map(|source| maker.document(source)));
    let treatment = Object::resource("MedicationStatement")
        .text("status", "active")
        .with("medicationCodeableConcept", concept(&medicine(line)))
        .with("subject", maker.patient())
        .with("derivedFrom", derived);
    let treatment = match (line.fact.period.from, line.fact.period.to) {
        (None, None) => treatment.with("_effectiveDateTime", unknown()),
        _ => treatment.with("effectivePeriod", period(line.fact.period)),
    };
    let note = traces(line);
    let treatment = if note.is_empty() { treatment } else { treatment.one("note", Object::default().text("text", &note)) };
    let treatment = if super::element::clean(dose).is_some() { treatment.one("dosage", Object::default().text("text", dose)) } else { treatment };
    let url = maker.add_line("treatments", line, "MedicationStatement-uv-ips", treatment);
    maker.extend(&url, last_seen(line));
    url
}

/// The medicine with the codes of its substances.
fn medicine(line: &Line) -> dmp_core::summary::Concept {
    let mut all = line.fact.concept.clone();
    if let What::Medicine(medicine) = &line.fact.what {
        for code in medicine.substances.iter().flat_map(|one| &one.codes) {
            if !all.codes.iter().any(|known| known.code == code.code && known.system == code.system) {
                all.codes.push(code.clone());
            }
        }
    }
    all
}

/// An extension for each stage that a source names, with its last date.
fn last_seen(line: &Line) -> Vec<Value> {
    let extension = |(stage, code, _): (MedicineStage, &str, &str)| {
        let when = line.last_seen_as(stage)?;
        let part = |url: &str, key: &str, value: &str| Object::default().text("url", url).text(key, value);
        let parts = [part("stage", "valueCode", code), part("date", "valueDateTime", &date(when))];
        Some(Object::default().text("url", urls::EXT_LAST_SEEN).with("extension", list(parts)).into())
    };
    STAGES.into_iter().filter_map(extension).collect()
}

/// That no medicine is known.
pub(super) fn no_treatment(maker: &mut Maker<'_>) -> String {
    let none = Object::resource("MedicationStatement")
        .text("status", "active")
        .with("medicationCodeableConcept", coded("http://snomed.info/sct", "787481004", "No known medications"))
        .with("subject", maker.patient())
        .with("_effectiveDateTime", unknown());
    maker.add("no-treatment", none)
}

/// A vaccination that was done, or refused.
pub(super) fn vaccination(maker: &mut Maker<'_>, line: &Line) -> String {
    let (against, batch, dose, refused) = match &line.fact.what {
        What::Vaccination { against, batch, dose, refused } => (against.as_slice(), batch.as_str(), *dose, *refused),
        _ => (&[][..], "", None, false),
    };
    let protocol = dose
        .filter(|dose| *dose > 0)
        .map(|dose| Object::default().with("targetDisease", list(against.iter().map(concept))).with("doseNumberPositiveInt", dose));
    let shot = Object::resource("Immunization")
        .text("status", if refused { "not-done" } else { "completed" })
        .with("vaccineCode", concept(&line.fact.concept))
        .with("patient", maker.patient())
        .when("occurrenceDateTime", line.fact.period.from.or(line.fact.period.to))
        .text("lotNumber", batch)
        .with("protocolApplied", list(protocol));
    let by = &line.fact.by;
    let is_named = !by.name.trim().is_empty() || !by.place.trim().is_empty();
    let shot = if is_named { shot.one("performer", Object::default().with("actor", named(line))) } else { shot };
    maker.add_line("vaccinations", line, "Immunization-uv-ips", shot)
}

/// That no vaccination is known.
pub(super) fn no_vaccination(maker: &mut Maker<'_>) -> String {
    let none = Object::resource("Immunization")
        .text("status", "not-done")
        .with("vaccineCode", coded("http://snomed.info/sct", "787482006", "No known immunizations"))
        .with("patient", maker.patient())
        .when("occurrenceDateTime", None);
    maker.add("no-vaccination", none)
}
