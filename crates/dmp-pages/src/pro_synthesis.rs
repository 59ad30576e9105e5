//! The first screen of a consultation: what must be known of a person, what is new, what the last reports say, without scrolling.

use askama::Template;
use dmp_core::summary::analytes::{Analyte, analyte_of};
use dmp_core::summary::chronic::watched;
use dmp_core::summary::{Carer, Heading, Line, Series, Summary, When};

use crate::lang::silent_debug;
use crate::results::{ResultLine, series_keys};
use crate::summary::{DueLine, HeadingBlock, MissingLine, SummaryLine, due_line, missing_line};
use crate::texts::pro_synthesis::{SynthesisTexts, documents_words};
use crate::texts::summary::HeadingName;
use crate::{AuthorLine, DocumentLine, Lang, ProofLink, ProofOf, Shell, dates, words};

/// Lines of each block: what stands at once on a laptop of 1366 × 768. The rest is one press away, on the whole summary.
const ALLERGIES: usize = 6;
const ATTENTION: usize = 2;
const PROBLEMS: usize = 7;
const TREATMENTS: usize = 9;
const VALUES: usize = 9;
const VACCINES: usize = 6;
const DIRECTIVES: usize = 2;
const CONTACTS: usize = 2;
const NEWS: usize = 4;
const PLANS: usize = 2;
const TEAM: usize = 7;
const MISSING: usize = 4;

/// One of the blocks.
#[derive(Clone)]
pub struct CompactBlock {
    pub block: HeadingBlock,
    most: usize,
    /// Lines that say the same of something else and are left to the whole summary.
    left: usize,
}

/// A value that matters, with its trend.
#[derive(Clone)]
pub struct KeyValue {
    pub name: String,
    /// `None`: no visible document gives it.
    pub line: Option<ResultLine>,
    /// « 04/2026 ».
    pub when: String,
}

/// The values of one lasting illness.
#[derive(Clone)]
pub struct KeyGroup {
    /// Empty: the values are those of most weight, for there is no lasting illness.
    pub name: &'static str,
    pub values: Vec<KeyValue>,
}

/// One of the newest reports.
#[derive(Clone)]
pub struct ReportLine {
    pub document: DocumentLine,
    /// Its first words; may be empty.
    pub words: String,
}

/// Somebody of the team.
#[derive(Clone)]
pub struct TeamLine {
    /// « Dr Leïla SPECIMEN, endocrinologie ».
    pub words: String,
    pub when: String,
    /// Their newest document.
    pub source: ProofLink,
}

/// What the server gives beside the summary.
#[derive(Clone)]
pub struct SynthesisContext<'a> {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    pub proof: ProofOf<'a>,
    /// The documents of [`dmp_core::summary::News::documents`], as lines, in that order.
    pub new_documents: Vec<DocumentLine>,
    /// The newest reports, newest first.
    pub reports: Vec<ReportLine>,
    /// The newest one of a hospital, when it is none of these.
    pub hospital: Option<ReportLine>,
}

/// The first page of a patient, at `/pro/patients/{pid}`.
///
/// Links: proofs, `/pro/patients/{pid}/documents/{id}`, `/pro/patients/{pid}/results/{key}`, `/pro/patients/{pid}/summary` (everything),
/// `/pro/patients/{pid}/summary.pdf`, and those of the frame.
#[derive(Clone, Template)]
#[template(path = "pro_synthesis.html")]
pub struct ProSynthesis {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    allergies: CompactBlock,
    attention: CompactBlock,
    problems: CompactBlock,
    treatments: CompactBlock,
    vaccines: CompactBlock,
    due_vaccines: Vec<DueLine>,
    directives: CompactBlock,
    contacts: CompactBlock,
    values: Vec<KeyGroup>,
    /// Values that have no room.
    more_values: usize,
    plans: CompactBlock,
    team: Vec<TeamLine>,
    /// `None`: never read before.
    since: Option<String>,
    news: Vec<DocumentLine>,
    new_count: usize,
    reports: Vec<ReportLine>,
    hospital: Option<ReportLine>,
    due: Vec<DueLine>,
    missing: Vec<MissingLine>,
    documents: usize,
    waiting: usize,
    unreadable: usize,
}

silent_debug!(CompactBlock, KeyValue, KeyGroup, ReportLine, TeamLine, ProSynthesis);

impl std::fmt::Debug for SynthesisContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SynthesisContext(…)")
    }
}

impl CompactBlock {
    fn of(name: HeadingName, heading: &Heading, most: usize, proof: ProofOf, lang: Lang) -> Self {
        CompactBlock { block: HeadingBlock::of(name, heading, false, proof, lang), most, left: 0 }
    }

    /// What a problem began in, as a year.
    fn with_years(mut self, heading: &Heading) -> Self {
        for (said, line) in self.block.lines.iter_mut().zip(&heading.lines) {
            said.notes = line.fact.period.from.map(|from| from.year.to_string()).into_iter().collect();
        }
        self
    }

    /// Vaccines by what they are against, the newest of each.
    fn by_illness(mut self, heading: &Heading, lang: Lang) -> Self {
        for (said, line) in self.block.lines.iter_mut().zip(&heading.lines) {
            if !said.words.is_empty() {
                said.text = std::mem::take(&mut said.words).join(", ");
            }
            said.notes = line.fact.period.latest().map(|when| dates::short(when, lang)).into_iter().collect();
        }
        let all = self.block.lines.len();
        let mut known: Vec<String> = Vec::new();
        self.block.lines.retain(|said| {
            let fresh = !known.contains(&said.text);
            known.push(said.text.clone());
            fresh
        });
        self.left = all - self.block.lines.len();
        self
    }

    /// The first sentence of what is said when nothing is known: what stands beside it says the rest.
    fn briefly(mut self) -> Self {
        self.block.silence = self.block.silence.map(|silence| silence.split_inclusive('.').next().unwrap_or_default().to_owned());
        self
    }

    fn shown(&self) -> &[SummaryLine] {
        // One line alone is not worth a way to another page.
        let most = if self.block.lines.len() == self.most + 1 { self.most + 1 } else { self.most };
        self.block.lines.get(..most.min(self.block.lines.len())).unwrap_or_default()
    }

    fn more(&self) -> usize {
        self.block.lines.len() - self.shown().len() + self.left
    }
}

impl ProSynthesis {
    /// From what the core merged for this reader.
    pub fn of(summary: &Summary, context: SynthesisContext) -> Self {
        let (lang, proof) = (context.shell.lang, context.proof);
        let block = |name, heading: &Heading, most| CompactBlock::of(name, heading, most, proof, lang);
        let (values, more_values) = values(summary, &format!("/pro/patients/{}/results", context.pid), proof, lang);
        let vaccines = newest_first(&summary.vaccinations);
        let due = |vaccine: bool| summary.due.iter().filter(move |due| due.is_vaccine == vaccine).map(|due| due_line(due, proof, lang));
        ProSynthesis {
            allergies: block(HeadingName::Allergies, &summary.allergies, ALLERGIES),
            attention: block(HeadingName::Attention, &summary.attention, ATTENTION),
            problems: block(HeadingName::Problems, &summary.problems, PROBLEMS).with_years(&summary.problems),
            treatments: block(HeadingName::Treatments, &summary.treatments, TREATMENTS),
            vaccines: block(HeadingName::Vaccinations, &vaccines, VACCINES).by_illness(&vaccines, lang),
            due_vaccines: due(true).take(2).collect(),
            directives: block(HeadingName::Directives, &summary.directives, DIRECTIVES).briefly(),
            contacts: block(HeadingName::Contacts, &summary.contacts, CONTACTS).briefly(),
            values,
            more_values,
            plans: block(HeadingName::Plans, &steps_of_care(&summary.plans), PLANS),
            team: team(summary).into_iter().take(TEAM).map(|carer| team_line(carer, proof, lang)).collect(),
            since: summary.news.since.map(|since| dates::date(since, lang)),
            new_count: context.new_documents.len(),
            news: context.new_documents.into_iter().take(NEWS).collect(),
            reports: context.reports,
            hospital: context.hospital,
            due: due(false).take(MISSING).collect(),
            missing: summary.missing.iter().take(MISSING).map(|missing| missing_line(missing, proof, lang)).collect(),
            documents: summary.documents,
            waiting: summary.waiting,
            unreadable: summary.unreadable,
            shell: context.shell,
            pid: context.pid,
            person: context.person,
        }
    }

    fn t(&self) -> &'static SynthesisTexts {
        SynthesisTexts::of(self.shell.lang)
    }

    /// Said before anything else: an empty block means little yet.
    fn incomplete(&self) -> String {
        crate::texts::summary::incomplete_words(self.waiting, self.shell.lang)
    }

    fn made(&self) -> String {
        crate::texts::summary::made_words(self.documents, self.waiting, self.unreadable, self.shell.lang)
    }

    fn more_news(&self) -> usize {
        self.new_count - self.news.len()
    }

    fn news_words(&self) -> String {
        documents_words(self.new_count, self.shell.lang)
    }

    fn href(&self, line: &DocumentLine) -> String {
        format!("/pro/patients/{}/documents/{}#pane", self.pid, line.id)
    }
}

fn newest_first(heading: &Heading) -> Heading {
    let mut lines: Vec<Line> = heading.lines.clone();
    lines.sort_by_key(|line| std::cmp::Reverse(line.fact.period.latest().unwrap_or(line.last_seen)));
    Heading { lines, ..heading.clone() }
}

/// Steps of care, without the analyses of a prescription: these are results to come.
fn steps_of_care(heading: &Heading) -> Heading {
    let lines = heading.lines.iter().filter(|line| analyte_of(&line.fact.concept).is_none()).cloned().collect();
    Heading { lines, ..heading.clone() }
}

/// Who takes care of the person first, then who examines and dispenses for them; each the one who wrote last first.
fn team(summary: &Summary) -> Vec<&Carer> {
    let mut team: Vec<&Carer> = summary.team.iter().collect();
    team.sort_by_key(|carer| {
        let code = carer.author.specialty.as_ref().map(|code| code.code.as_str()).unwrap_or_default();
        EXAMINES.iter().any(|one| code.starts_with(one))
    });
    team
}

/// Pharmacies, laboratories, pathology, imaging.
const EXAMINES: [&str; 4] = ["G15_21", "G15_10/SM03", "G15_10/SM01", "G15_10/SM44"];

/// A long name of a value gives way to the short one that doctors use.
fn short_name(analyte: &Analyte, lang: Lang) -> String {
    let name = lang.pick(analyte.french, analyte.english);
    let short = analyte.aliases.iter().find(|alias| (3..=6).contains(&alias.len()));
    match short {
        Some(short) if lang == Lang::Fr && name.chars().count() > 14 => (*short).to_owned(),
        _ => name.to_owned(),
    }
}

/// The values of each lasting illness, each value once; without one, those of most weight.
fn values(summary: &Summary, results: &str, proof: ProofOf, lang: Lang) -> (Vec<KeyGroup>, usize) {
    let keys = series_keys(&summary.results);
    let value = |series: &Series, place: usize| {
        let href = keys.get(place).map_or_else(|| results.to_owned(), |key| format!("{results}/{key}"));
        let line = ResultLine::of(series, href, place, proof, lang);
        KeyValue {
            name: line.as_ref().map(|line| line.name.clone()).unwrap_or_default(),
            when: series.points.last().map(|point| dates::short(point.when, lang)).unwrap_or_default(),
            line,
        }
    };
    let mut shown: Vec<&'static str> = Vec::new();
    let mut groups = Vec::new();
    let mut left = VALUES;
    let mut more = 0;
    for illness in watched(summary) {
        let mut group = KeyGroup { name: lang.pick(illness.name.0, illness.name.1), values: Vec::new() };
        for one in illness.values {
            if shown.contains(&one.analyte.french) {
                continue;
            }
            shown.push(one.analyte.french);
            if left == 0 {
                more += 1;
                continue;
            }
            left -= 1;
            let found = one.series.and_then(|place| summary.results.get(place).map(|series| value(series, place)));
            let name = short_name(one.analyte, lang);
            group.values.push(match found {
                Some(found) => KeyValue { name, ..found },
                None => KeyValue { name, line: None, when: String::new() },
            });
        }
        groups.extend((!group.values.is_empty()).then_some(group));
    }
    if groups.is_empty() && !summary.results.is_empty() {
        let values: Vec<KeyValue> = summary.results.iter().enumerate().take(VALUES).map(|(place, series)| value(series, place)).collect();
        more = summary.results.len() - values.len();
        groups.push(KeyGroup { name: "", values });
    }
    (groups, more)
}

fn team_line(carer: &Carer, proof: ProofOf, lang: Lang) -> TeamLine {
    let mut author = AuthorLine::from(&carer.author);
    let specialty = author.profession.as_deref().and_then(|code| words::specialty_words(code, lang));
    if let Some(specialty) = specialty {
        author.profession = Some(specialty.to_owned());
    }
    // Who, and for what: where they work stands in the whole summary.
    author.structure = None;
    let month = When { day: 0, minute: None, ..carer.last_seen };
    TeamLine { words: author.words(&lang), when: dates::short(month, lang), source: ProofLink::of_carer(carer, proof, lang) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{professional_shell, proof};
    use dmp_core::summary::samples;

    fn page(summary: &Summary) -> String {
        let context = SynthesisContext {
            shell: professional_shell(Lang::Fr, "/pro/patients/p1"),
            pid: "p1".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            proof: &proof,
            new_documents: Vec::new(),
            reports: Vec::new(),
            hospital: None,
        };
        ProSynthesis::of(summary, context).render().unwrap()
    }

    #[test]
    fn an_empty_record_says_that_nothing_is_known_and_never_that_there_is_nothing() {
        let html = page(&samples::empty());
        assert!(html.contains("Aucune information reconnue sur les allergies"));
        assert!(!html.contains("Aucune allergie connue"));
    }

    #[test]
    fn a_summary_that_is_not_complete_says_so_before_its_first_block() {
        let html = page(&Summary { waiting: 7, ..samples::empty() });
        assert!(html.find("pas complète").unwrap() < html.find("s-allergies").unwrap());
        assert!(!page(&samples::empty()).contains("pas complète"));
    }

    #[test]
    fn however_much_there_is_each_block_has_its_bound_and_says_how_much_more() {
        let html = page(&samples::huge());
        assert!(html.contains("/pro/patients/p1/summary#s-treatments"));
        assert!(html.matches("<li").count() < 120, "{}", html.matches("<li").count());
        assert!(html.len() < 60_000, "{}", html.len());
    }

    #[test]
    fn a_contradiction_and_hostile_words_stay_what_they_are() {
        assert!(page(&samples::denials()).contains("À vérifier"));
        assert!(!page(&samples::hostile()).contains("<script>alert"));
    }
}
