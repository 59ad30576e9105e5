//! The sections of the IPS in their order, and two of our own for what it has no place for: stays and relatives.

use dmp_core::summary::{Heading, Knowledge, Line, Series, Summary, What};

use super::Language;
use super::maker::Maker;
use super::narrative::{Section, heading};
use super::{clinical, medicine, observation};

/// LOINC in FHIR.
pub(super) const LOINC: &str = "http://loinc.org";

/// A kind of section.
#[derive(Debug)]
pub(super) struct Kind {
    pub code: &'static str,
    /// LOINC's own words.
    pub display: &'static str,
    pub french: &'static str,
    pub english: &'static str,
    /// The IPS requires it.
    pub required: bool,
}

const fn kind(code: &'static str, display: &'static str, french: &'static str, english: &'static str) -> Kind {
    Kind { code, display, french, english, required: false }
}

const fn required(code: &'static str, display: &'static str, french: &'static str, english: &'static str) -> Kind {
    Kind { code, display, french, english, required: true }
}

const PROBLEMS: Kind = required("11450-4", "Problem list - Reported", "Problèmes actifs", "Active Problems");
const ALLERGIES: Kind = required("48765-2", "Allergies and adverse reactions Document", "Allergies et intolérances", "Allergies and Intolerances");
const MEDICINES: Kind = required("10160-0", "History of Medication use Narrative", "Traitements", "Medications");
const VACCINES: Kind = kind("11369-6", "History of Immunization note", "Vaccinations", "Immunizations");
const RESULTS: Kind = kind("30954-2", "Relevant diagnostic tests/laboratory data note", "Résultats", "Results");
const PROCEDURES: Kind = kind("47519-4", "History of Procedures Document", "Actes et interventions", "History of Procedures");
const DEVICES: Kind = kind("46264-8", "History of medical device use", "Dispositifs médicaux", "Medical Devices");
const DIRECTIVES: Kind = kind("42348-3", "Advance healthcare directives", "Directives anticipées", "Advance Directives");
const ALERTS: Kind = kind("104605-1", "Alert", "Points de vigilance", "Alerts");
const FUNCTIONS: Kind = kind("47420-5", "Functional status assessment note", "Statut fonctionnel", "Functional Status");
const PAST: Kind = kind("11348-0", "History of Past illness note", "Antécédents", "History of Past Problems");
const PREGNANCIES: Kind = kind("10162-6", "History of pregnancies Narrative", "Grossesses", "History of Pregnancy");
const PLANS: Kind = kind("18776-5", "Plan of care note", "Plan de soins", "Plan of Care");
const SOCIAL: Kind = kind("29762-2", "Social history note", "Mode de vie et facteurs de risque", "Social History");
const VITALS: Kind = kind("8716-3", "Vital signs note", "Constantes", "Vital Signs");
const STAYS: Kind = kind("46240-8", "History of Hospitalizations+Outpatient visits Narrative", "Hospitalisations", "Encounters");
const FAMILY: Kind = kind("10157-6", "History of family member diseases note", "Antécédents familiaux", "Family History");

/// Codes of the sections that the IPS requires.
pub(super) fn required_codes() -> impl Iterator<Item = &'static str> {
    [&PROBLEMS, &ALLERGIES, &MEDICINES].into_iter().filter(|kind| kind.required).map(|kind| kind.code)
}

/// Every section: required ones in any case, others when there are lines or a source says that there are none.
pub(super) fn every(maker: &mut Maker<'_>, summary: &Summary) -> Vec<Section> {
    let mut made = Vec::new();
    made.extend(section(maker, &PROBLEMS, &summary.problems, no_words, one(clinical::problem), Some(clinical::no_problem)));
    made.extend(section(maker, &ALLERGIES, &summary.allergies, reactions, one(clinical::allergy), Some(clinical::no_allergy)));
    made.extend(section(maker, &MEDICINES, &summary.treatments, medicine::told, one(medicine::treatment), Some(medicine::no_treatment)));
    made.extend(section(maker, &VACCINES, &summary.vaccinations, vaccine, one(medicine::vaccination), Some(medicine::no_vaccination)));
    made.extend(results(maker, summary));
    made.extend(section(maker, &PROCEDURES, &summary.procedures, no_words, one(clinical::procedure), Some(clinical::no_procedure)));
    made.extend(section(maker, &DEVICES, &summary.devices, no_words, one(clinical::device), Some(clinical::no_device)));
    made.extend(section(maker, &DIRECTIVES, &summary.directives, no_words, one(clinical::directive), None));
    made.extend(section(maker, &ALERTS, &summary.attention, no_words, one(clinical::alert), None));
    made.extend(section(maker, &FUNCTIONS, &summary.functions, no_words, one(clinical::function), None));
    made.extend(section(maker, &PAST, &summary.history, no_words, one(clinical::problem), None));
    made.extend(section(maker, &PREGNANCIES, &summary.pregnancies, no_words, observation::pregnancy, None));
    made.extend(section(maker, &PLANS, &summary.plans, no_words, one(clinical::plan), None));
    made.extend(section(maker, &SOCIAL, &summary.risks, no_words, one(observation::habit), None));
    made.extend(vital_signs(maker, summary));
    made.extend(section(maker, &STAYS, &summary.stays, place, one(clinical::stay), None));
    made.extend(section(maker, &FAMILY, &summary.family_history, relative, one(clinical::family), None));
    made
}

/// One resource for each line.
fn one(make: fn(&mut Maker<'_>, &Line) -> String) -> impl Fn(&mut Maker<'_>, &Line) -> Vec<String> {
    move |maker, line| vec![make(maker, line)]
}

fn section(
    maker: &mut Maker<'_>,
    kind: &'static Kind,
    lines: &Heading,
    more: fn(&Line) -> String,
    make: impl Fn(&mut Maker<'_>, &Line) -> Vec<String>,
    none: Option<fn(&mut Maker<'_>) -> String>,
) -> Option<Section> {
    let none = none.filter(|_| lines.lines.is_empty() && lines.knowledge == Knowledge::NoneKnown);
    if lines.lines.is_empty() && none.is_none() && !kind.required {
        return None;
    }
    let mut entries: Vec<String> = lines.lines.iter().flat_map(|line| make(maker, line)).collect();
    entries.extend(none.map(|none| none(maker)));
    Some(Section::new(kind, is_french(maker), heading(lines, kind.french, more), entries))
}

fn is_french(maker: &Maker<'_>) -> bool {
    maker.context.language == Language::French
}

/// Results of laboratories, then imaging.
fn results(maker: &mut Maker<'_>, summary: &Summary) -> Option<Section> {
    let series: Vec<&Series> = summary.results.iter().filter(|series| !series.is_measure).collect();
    if series.is_empty() && summary.imaging.lines.is_empty() {
        return None;
    }
    let mut entries: Vec<String> = series.iter().flat_map(|one| observation::series(maker, one)).collect();
    entries.extend(summary.imaging.lines.iter().map(|line| observation::imaging(maker, line)));
    let div = match (series.is_empty(), summary.imaging.lines.is_empty()) {
        (false, true) => observation::values(&series),
        (true, _) => heading(&summary.imaging, "Imagerie", no_words),
        (false, false) => together(&observation::values(&series), &heading(&summary.imaging, "Imagerie", no_words)),
    };
    Some(Section::new(&RESULTS, is_french(maker), div, entries))
}

/// Two narratives in one.
fn together(first: &str, second: &str) -> String {
    let inner = second.find("<table>").and_then(|at| second.get(at..)).unwrap_or("</div>");
    format!("{}{inner}", first.strip_suffix("</div>").unwrap_or(first))
}

fn vital_signs(maker: &mut Maker<'_>, summary: &Summary) -> Option<Section> {
    let series: Vec<&Series> = summary.results.iter().filter(|series| series.is_measure).collect();
    if series.is_empty() {
        return None;
    }
    let entries = series.iter().flat_map(|one| observation::series(maker, one)).collect();
    Some(Section::new(&VITALS, is_french(maker), observation::values(&series), entries))
}

fn no_words(_: &Line) -> String {
    String::new()
}

fn reactions(line: &Line) -> String {
    match &line.fact.what {
        What::Allergy { reactions, .. } => reactions.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

fn vaccine(line: &Line) -> String {
    match &line.fact.what {
        What::Vaccination { refused: true, .. } => "Refusée".to_owned(),
        What::Vaccination { against, .. } => against.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

fn place(line: &Line) -> String {
    line.fact.by.place.clone()
}

fn relative(line: &Line) -> String {
    match &line.fact.what {
        What::FamilyHistory { relation } => relation.clone(),
        _ => String::new(),
    }
}
