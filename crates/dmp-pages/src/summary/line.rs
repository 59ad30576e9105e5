//! One line of the summary in words.

use dmp_core::summary::{Concept, Criticality, DeviceState, Fact, Line, Medicine, MedicineStage, ProblemState, Source, What};

use crate::lang::silent_debug;
use crate::proof::number_alike;
use crate::texts::summary::SummaryTexts;
use crate::{Lang, ProofLink, ProofOf, dates, words};

/// One thing that documents say.
#[derive(Clone)]
pub struct SummaryLine {
    /// In the words of the source.
    pub text: String,
    /// More words of the source: dose, reactions.
    pub words: Vec<String>,
    /// Short states in words: « grave », « au long cours ».
    pub labels: Vec<&'static str>,
    pub is_grave: bool,
    pub is_new: bool,
    /// Our words: « depuis 2014 ».
    pub notes: Vec<String>,
    /// Of a treatment: « prescrit », « remboursé », each leading to its newest proof; the last one is the latest.
    pub stages: Vec<ProofLink>,
    /// Every source, newest first.
    pub sources: Vec<ProofLink>,
}

silent_debug!(SummaryLine);

impl SummaryLine {
    /// In the language of the page; words of documents stay as they are.
    pub(crate) fn of(line: &Line, proof: ProofOf, lang: Lang) -> Self {
        let mut said = SummaryLine {
            text: name(&line.fact, lang),
            words: Vec::new(),
            labels: Vec::new(),
            is_grave: false,
            is_new: line.is_new,
            notes: Vec::new(),
            stages: Vec::new(),
            sources: line.sources.iter().map(|source| ProofLink::of(source, proof, lang)).collect(),
        };
        said.add_details(line, proof, lang);
        let told_once = matches!(&line.fact.what, What::Problem { state } if *state != ProblemState::Past) || line.fact.what == What::Attention;
        said.notes.extend(line.old.filter(|_| told_once).map(|year| crate::texts::summary::told_in(year, lang)));
        // A professional who says the same makes it more than the person's own word.
        let theirs = !line.sources.is_empty() && line.sources.iter().all(Source::is_the_persons);
        said.label(theirs, lang.pick("dit par la personne", "said by the person"));
        said.words.retain(|words| !words.is_empty());
        number_alike(&mut said.sources);
        said
    }

    /// Where the line leads to: its newest source.
    pub(crate) fn proof(&self) -> Option<&ProofLink> {
        self.sources.first()
    }

    /// The one source when there is one.
    pub(crate) fn single(&self) -> Option<&ProofLink> {
        match self.sources.as_slice() {
            [one] if self.stages.is_empty() => Some(one),
            _ => None,
        }
    }

    /// The line leads to one of its sources; all of them stand behind « 10 sources ».
    pub(crate) fn shows_sources(&self) -> bool {
        self.sources.len() > 1
    }

    /// Whether anything stands beside the name.
    pub(crate) fn has_meta(&self) -> bool {
        !self.notes.is_empty() || !self.stages.is_empty() || self.single().is_some()
    }

    fn add_details(&mut self, line: &Line, proof: ProofOf, lang: Lang) {
        let t = SummaryTexts::of(lang);
        let period = line.fact.period;
        match &line.fact.what {
            What::Medicine(medicine) => self.add_medicine(medicine, line, proof, lang),
            What::Allergy { reactions, criticality, resolved } => {
                self.words = reactions.iter().map(|reaction| words::clean(&reaction.text)).collect();
                self.is_grave = *criticality == Criticality::High;
                self.label(self.is_grave, t.grave);
                self.label(*resolved, t.healed);
            }
            What::Problem { state } => {
                self.label(*state == ProblemState::Suspected, t.suspected);
                match (state, period.to) {
                    (ProblemState::Past, _) | (_, Some(_)) => self.notes.extend(spell(line, lang)),
                    _ => self.notes.extend(period.from.map(|from| dates::since(from, lang))),
                }
            }
            What::Vaccination { against, batch, dose, refused } => {
                self.words = against.iter().map(|illness| words::clean(&illness.text)).filter(|illness| *illness != self.text).collect();
                self.label(*refused, t.refused);
                self.notes.extend(spell(line, lang));
                self.notes.extend(dose.map(|number| format!("{} {number}", t.dose_number)));
                let batch = words::clean(batch);
                self.notes.extend((!batch.is_empty()).then(|| format!("{} {batch}", t.batch)));
            }
            What::Pregnancy { expected, over } => {
                self.label(*over, t.over);
                self.notes.extend(expected.map(|date| format!("{} {}", t.expected, dates::when(date, lang))));
            }
            What::Device { state } => {
                self.label(*state == DeviceState::Past, t.past_device);
                self.label(*state == DeviceState::Delivered, t.delivered);
                self.notes.extend(period.from.map(|from| dates::since(from, lang)));
            }
            What::FamilyHistory { relation } => {
                let relation = words::clean(relation);
                self.notes.extend((!relation.is_empty()).then(|| format!("{} {relation}", t.relation)));
            }
            What::Contact { telecom } => {
                let telecom = words::clean(telecom.trim_start_matches("tel:").trim_start_matches("mailto:"));
                self.words = vec![words::clean(&line.fact.by.name), telecom];
            }
            What::Imaging { region, .. } => {
                self.words = vec![words::clean(region)];
                self.notes.extend(spell(line, lang));
            }
            What::Procedure | What::Stay | What::Act | What::Plan => {
                self.notes.extend(spell(line, lang));
                self.words = vec![words::clean(&line.fact.by.name), words::clean(&line.fact.by.place)];
            }
            What::Observation(_) | What::Risk { .. } | What::Directive | What::Function | What::Attention | What::Absent { .. } => {}
        }
    }

    fn label(&mut self, holds: bool, label: &'static str) {
        self.labels.extend(holds.then_some(label));
    }

    fn add_medicine(&mut self, medicine: &Medicine, line: &Line, proof: ProofOf, lang: Lang) {
        let t = SummaryTexts::of(lang);
        self.words = vec![words::clean(&medicine.dose)];
        self.label(medicine.long_term, t.long_term);
        self.label(medicine.stopped, t.stopped);
        const STAGES: [MedicineStage; 4] = [MedicineStage::Prescribed, MedicineStage::Dispensed, MedicineStage::Reimbursed, MedicineStage::Given];
        let newest = |stage: MedicineStage| line.sources.iter().filter(|source| source.stage == Some(stage)).max_by_key(|source| source.when);
        let mut stages: Vec<&Source> = STAGES.into_iter().filter_map(newest).collect();
        stages.sort_by_key(|source| source.when);
        self.stages = stages.into_iter().map(|source| stage_link(source, proof, lang)).collect();
    }
}

/// « prescrit », « le 20/05/2024 ».
fn stage_link(source: &Source, proof: ProofOf, lang: Lang) -> ProofLink {
    let on = if source.when.day > 0 { lang.pick("le", "on") } else { lang.pick("en", "in") };
    ProofLink { when: format!("{on}\u{a0}{}", dates::short(source.when, lang)), ..ProofLink::of(source, proof, lang) }
}

/// « le 17 mai 1998 », « du 17 mai au 2 juin 2024 », in the precision known.
fn spell(line: &Line, lang: Lang) -> Option<String> {
    let period = line.fact.period;
    match (period.from, period.to) {
        (Some(from), Some(to)) if from != to => Some(format!("{} – {}", dates::when(from, lang), dates::when(to, lang))),
        (from, to) => from.or(to).map(|when| dates::on(when, lang)),
    }
}

/// The words of a concept; without any, its code, or the words of the proof.
pub(crate) fn name(fact: &Fact, lang: Lang) -> String {
    let quote = words::clean(&fact.proof.quote);
    [concept_words(&fact.concept), quote].into_iter().find(|text| !text.is_empty()).unwrap_or_else(|| lang.pick("sans nom", "unnamed").to_owned())
}

pub(crate) fn concept_words(concept: &Concept) -> String {
    let of_code = || concept.codes.first().map(|code| if code.display.is_empty() { code.code.as_str() } else { code.display.as_str() });
    let text = words::clean(&concept.text);
    if text.is_empty() { of_code().map(words::clean).unwrap_or_default() } else { text }
}

/// The name of a line, for lists that show nothing else of it.
pub fn fact_name(line: &Line) -> String {
    name(&line.fact, Lang::Fr)
}
