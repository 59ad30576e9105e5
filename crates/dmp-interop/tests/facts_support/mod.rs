//! Reads the answers and compares them with what the extractor gives, by the rules that stand beside them.

use std::path::PathBuf;

use dmp_core::document::Code;
use dmp_core::summary::{AbsenceKind, DeviceState, Fact, MedicineStage, Observation, ProblemState, Value, What};
use serde::Deserialize;

/// The answers for one document.
#[derive(Debug, Deserialize)]
pub struct Answers {
    pub document: String,
    pub folder: String,
    pub kinds: Vec<String>,
    pub facts: Vec<Answer>,
}

/// One answer. What is `null` is not judged.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub kind: String,
    pub text: String,
    pub code: Option<String>,
    pub system: Option<String>,
    pub from: Option<String>,
    pub state: Option<String>,
    #[serde(default)]
    pub stopped: Option<bool>,
    pub number: Option<String>,
    pub unit: Option<String>,
    pub value_text: Option<String>,
    #[serde(default)]
    pub low: Option<String>,
    #[serde(default)]
    pub high: Option<String>,
    pub absent: Option<String>,
    #[serde(default)]
    pub refused: Option<bool>,
    #[serde(default)]
    pub optional: Option<bool>,
    #[serde(default)]
    pub or_kind: Option<Kinds>,
    #[serde(default, rename = "earlier")]
    _earlier: Option<bool>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Kinds {
    One(String),
    Some(Vec<String>),
}

/// How a document, or all of them, came out.
#[derive(Debug, Clone, Default)]
pub struct Score {
    pub required: usize,
    pub found: usize,
    pub missing: Vec<String>,
    pub surplus: Vec<String>,
    /// Kind, whether an absence, whether found.
    asked: Vec<(String, bool, bool)>,
    surplus_kinds: Vec<String>,
}

impl Score {
    pub fn plus(mut self, other: &Score) -> Score {
        self.required += other.required;
        self.found += other.found;
        self.missing.extend(other.missing.iter().cloned());
        self.surplus.extend(other.surplus.iter().cloned());
        self.asked.extend(other.asked.iter().cloned());
        self.surplus_kinds.extend(other.surplus_kinds.iter().cloned());
        self
    }

    pub fn of_kinds(&self, kinds: &[&str]) -> Score {
        let asked: Vec<_> = self.asked.iter().filter(|(kind, _, _)| kinds.contains(&kind.as_str())).cloned().collect();
        let surplus_kinds: Vec<String> = self.surplus_kinds.iter().filter(|kind| kinds.contains(&kind.as_str())).cloned().collect();
        let found = asked.iter().filter(|(_, _, found)| *found).count();
        Score { required: asked.len(), found, surplus: surplus_kinds.clone(), missing: Vec::new(), asked, surplus_kinds }
    }

    /// Absences found, and asked.
    pub fn absences(&self) -> (usize, usize) {
        let asked = self.asked.iter().filter(|(_, absence, _)| *absence);
        (asked.clone().filter(|(_, _, found)| *found).count(), asked.count())
    }

    pub fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.surplus.len())
    }

    pub fn recall(&self) -> f64 {
        ratio(self.found, self.required)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The answers of every document, in their order. `None` without the shared fixtures, told loudly.
pub fn all_answers(test: &str) -> Option<Vec<Answers>> {
    fixtures(test)?;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/expected/facts");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    Some(
        files
            .iter()
            .map(|file| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap_or_else(|why| panic!("{}: {why}", file.display())))
            .collect(),
    )
}

fn fixtures(test: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED {test}: the shared fixtures are not at {}", folder.display());
    None
}

/// Extracts the facts of a document and compares them.
pub fn score(answers: &Answers) -> Score {
    let path = fixtures("facts_expected").unwrap().join(&answers.folder).join(&answers.document);
    let bytes = std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mime = if answers.document.ends_with(".json") { "application/fhir+json" } else { "text/xml" };
    let facts = dmp_interop::extract::read(mime, &bytes).facts;
    let judged = |kind: &str| answers.kinds.iter().any(|judged| judged == kind);
    let required: Vec<&Answer> = answers.facts.iter().filter(|answer| answer.optional != Some(true) && judged(&answer.kind)).collect();
    let tolerated: Vec<&Answer> = answers.facts.iter().filter(|answer| answer.optional == Some(true) || !judged(&answer.kind)).collect();
    let pairs = matched(&required, &facts);
    let mut score = Score { required: required.len(), ..Score::default() };
    for (place, answer) in required.iter().enumerate() {
        let is_found = pairs.contains(&Some(place));
        score.asked.push((answer.kind.clone(), answer.absent.is_some(), is_found));
        if is_found {
            score.found += 1;
        } else {
            score
                .missing
                .push(format!("{} {:?} {:?} {:?} {:?} {:?}", answer.kind, answer.text, answer.code, answer.from, answer.number, answer.state));
        }
    }
    for (fact, pair) in facts.iter().zip(&pairs) {
        let kind = kind_of(fact);
        if pair.is_none() && judged(&kind) && !tolerated.iter().any(|answer| fits(answer, fact)) {
            let value = if let What::Observation(seen) = &fact.what { format!("{:?}", seen.value) } else { String::new() };
            score.surplus.push(format!(
                "{kind} {:?} {:?} {:?} {value} in {} {:?}",
                fact.concept.text,
                fact.concept.codes.first().map(|code| &code.code),
                fact.period.from.map(|when| when.to_iso()),
                fact.proof.section,
                fact.what,
            ));
            score.surplus_kinds.push(kind);
        }
    }
    score
}

/// For each fact the answer that it is, as many pairs as can be made.
fn matched(answers: &[&Answer], facts: &[Fact]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; facts.len()];
    for place in 0..answers.len() {
        place_answer(place, answers, facts, &mut pairs, &mut vec![false; facts.len()]);
    }
    pairs
}

fn place_answer(place: usize, answers: &[&Answer], facts: &[Fact], pairs: &mut Vec<Option<usize>>, tried: &mut Vec<bool>) -> bool {
    for fact in 0..facts.len() {
        if tried[fact] || !fits(answers[place], &facts[fact]) {
            continue;
        }
        tried[fact] = true;
        let is_free = match pairs[fact] {
            None => true,
            Some(other) => place_answer(other, answers, facts, pairs, tried),
        };
        if is_free {
            pairs[fact] = Some(place);
            return true;
        }
    }
    false
}

fn kind_of(fact: &Fact) -> String {
    serde_json::to_value(fact.kind()).unwrap().as_str().unwrap().to_owned()
}

/// Whether a fact is what an answer says.
fn fits(answer: &Answer, fact: &Fact) -> bool {
    let kind = kind_of(fact);
    let others: &[String] = match &answer.or_kind {
        None => &[],
        Some(Kinds::One(one)) => std::slice::from_ref(one),
        Some(Kinds::Some(some)) => some,
    };
    let same_kind = kind == answer.kind || others.contains(&kind);
    let same_absence = absence(fact) == answer.absent.as_deref();
    let same_refusal = matches!(fact.what, What::Vaccination { refused: true, .. }) == (answer.refused == Some(true));
    same_kind
        && same_absence
        && same_refusal
        && words_fit(answer, fact)
        && code_fits(answer, fact)
        && time_fits(answer, fact)
        && state_fits(answer, fact)
        && value_fits(answer, fact)
}

fn absence(fact: &Fact) -> Option<&'static str> {
    match fact.what {
        What::Absent { how: AbsenceKind::NoneKnown, .. } => Some("none_known"),
        What::Absent { how: AbsenceKind::NoInformation, .. } => Some("no_information"),
        _ => None,
    }
}

fn words_fit(answer: &Answer, fact: &Fact) -> bool {
    let codes = all_codes(fact);
    let displays = codes.iter().map(|code| code.display.as_str());
    let value = if let What::Observation(seen) = &fact.what { value_text(&seen.value) } else { String::new() };
    let all =
        folded(&[fact.concept.text.as_str(), fact.proof.quote.as_str(), value.as_str()].into_iter().chain(displays).collect::<Vec<_>>().join(" | "));
    folded(&answer.text).split_whitespace().all(|word| all.contains(word))
}

fn all_codes(fact: &Fact) -> Vec<&Code> {
    let mut codes: Vec<&Code> = fact.concept.codes.iter().collect();
    match &fact.what {
        What::Observation(Observation { value: Value::Coded(concept), .. }) => codes.extend(&concept.codes),
        What::Allergy { reactions, .. } => codes.extend(reactions.iter().flat_map(|concept| &concept.codes)),
        What::Vaccination { against, .. } => codes.extend(against.iter().flat_map(|concept| &concept.codes)),
        What::Medicine(medicine) => codes.extend(medicine.substances.iter().flat_map(|concept| &concept.codes)),
        _ => {}
    }
    codes
}

fn code_fits(answer: &Answer, fact: &Fact) -> bool {
    let Some(code) = &answer.code else { return true };
    let same_system = |found: &str| answer.system.as_deref().is_none_or(|system| oid(system) == oid(found));
    all_codes(fact).iter().any(|found| found.code == *code && same_system(&found.system))
}

/// One spelling of the code systems that have two.
fn oid(system: &str) -> &str {
    match system {
        "http://loinc.org" => "2.16.840.1.113883.6.1",
        "http://snomed.info/sct" => "2.16.840.1.113883.6.96",
        other => other.trim_start_matches("urn:oid:"),
    }
}

fn time_fits(answer: &Answer, fact: &Fact) -> bool {
    let Some(from) = &answer.from else { return true };
    fact.period.from.or(fact.period.to).is_some_and(|when| when.to_iso().starts_with(from.as_str()))
}

fn state_fits(answer: &Answer, fact: &Fact) -> bool {
    let stopped = answer.stopped.is_none_or(|stopped| !matches!(&fact.what, What::Medicine(medicine) if medicine.stopped != stopped));
    let Some(wanted) = answer.state.as_deref() else { return stopped };
    let found = match &fact.what {
        What::Problem { state: ProblemState::Active } => "active",
        What::Problem { state: ProblemState::Past } => "past",
        What::Problem { state: ProblemState::Suspected } => "suspected",
        What::Allergy { resolved: true, .. } => "resolved",
        What::Allergy { .. } => "active",
        What::Device { state: DeviceState::InUse } => "in_use",
        What::Device { state: DeviceState::Past } => "past",
        What::Device { state: DeviceState::Delivered } => "delivered",
        What::Medicine(medicine) => match medicine.stage {
            MedicineStage::Stated => "stated",
            MedicineStage::Prescribed => "prescribed",
            MedicineStage::Dispensed => "dispensed",
            MedicineStage::Reimbursed => "reimbursed",
            MedicineStage::Given => "given",
        },
        _ => return stopped,
    };
    stopped && found == wanted
}

fn value_fits(answer: &Answer, fact: &Fact) -> bool {
    let asks = answer.number.is_some() || answer.unit.is_some() || answer.value_text.is_some() || answer.low.is_some() || answer.high.is_some();
    if !asks {
        return true;
    }
    // What another kind is as good for may hold its value in its words.
    let What::Observation(seen) = &fact.what else { return true };
    let text = folded(&value_text(&seen.value));
    let number = answer
        .number
        .as_deref()
        .is_none_or(|number| seen.value.number().is_some_and(|found| same_number(number, found)) || text.contains(&folded(number)));
    let unit = answer
        .unit
        .as_deref()
        .is_none_or(|unit| matches!(&seen.value, Value::Quantity { unit: found, .. } if found == unit) || text.contains(&folded(unit)));
    let words = answer.value_text.as_deref().is_none_or(|words| text.contains(&folded(words)));
    let bound = |wanted: &Option<String>, found: Option<&String>| {
        wanted.as_deref().is_none_or(|wanted| found.and_then(|found| found.parse().ok()).is_some_and(|found| same_number(wanted, found)))
    };
    let range = seen.range.as_ref();
    number
        && unit
        && words
        && bound(&answer.low, range.and_then(|range| range.low.as_ref()))
        && bound(&answer.high, range.and_then(|range| range.high.as_ref()))
}

fn same_number(wanted: &str, found: f64) -> bool {
    wanted.trim_start_matches(['<', '>', '=']).replace(',', ".").parse::<f64>().is_ok_and(|wanted| (wanted - found).abs() < 1e-9)
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Quantity { comparator, number, unit } => format!("{comparator}{number} {unit}"),
        Value::Coded(concept) => {
            format!("{} {}", concept.text, concept.codes.iter().map(|code| format!("{} {}", code.code, code.display)).collect::<Vec<_>>().join(" "))
        }
        Value::Text(text) => text.clone(),
        Value::None => String::new(),
    }
}

/// Lower case, without accents, `œ` as `oe`, one kind of apostrophe.
fn folded(text: &str) -> String {
    let plain = |one: char| match one {
        'à' | 'â' | 'ä' | 'á' => "a".to_owned(),
        'é' | 'è' | 'ê' | 'ë' => "e".to_owned(),
        'î' | 'ï' | 'í' => "i".to_owned(),
        'ô' | 'ö' | 'ó' => "o".to_owned(),
        'ù' | 'û' | 'ü' | 'ú' => "u".to_owned(),
        'ç' => "c".to_owned(),
        'œ' => "oe".to_owned(),
        'æ' => "ae".to_owned(),
        '’' => "'".to_owned(),
        '\u{a0}' => " ".to_owned(),
        other => other.to_string(),
    };
    text.to_lowercase().chars().map(plain).collect()
}
