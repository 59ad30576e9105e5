//! Samples of the summary: the summaries of the core, and states that the pages alone care about.

use dmp_core::summary::{Knowledge, Line, Medicine, MedicineStage, Point, Series, Source, Summary, Trend, Value, What, When, samples};

use super::days_ago;
use super::documents::documents;
use crate::{ClinicalSummary, DocumentGroup, DocumentLine, FoldedDocument, FoldedDocuments, Label, Lang, Reader, SummaryContext, SummaryLinks};

/// The document of a source, at its words.
pub(crate) fn proof(source: &Source) -> String {
    match &source.proof.anchor {
        Some(anchor) => format!("/documents/a1#proof-{anchor}"),
        None => "/documents/a1".to_owned(),
    }
}

/// The summary block as the page of this reader has it.
pub(crate) fn block(summary: &Summary, reader: Reader, lang: Lang) -> ClinicalSummary {
    let (base, card) = match reader {
        Reader::Professional => ("/pro/patients/p1", None),
        Reader::Person | Reader::Other => ("", Some("/emergency-card".to_owned())),
    };
    let links =
        SummaryLinks { results: format!("{base}/results"), documents: format!("{base}/documents/"), pdf: Some(format!("{base}/summary.pdf")), card };
    let new_documents: Vec<DocumentLine> = documents().into_iter().take(summary.news.documents.len()).collect();
    ClinicalSummary::of(summary, SummaryContext { lang, reader, links, proof: &proof, new_documents })
}

/// The rich summary with two new documents and a curve across laboratories.
pub(crate) fn full() -> Summary {
    let mut summary = samples::rich();
    summary.news.since = Some(days_ago(14));
    summary.news.documents = vec![dmp_core::ids::EntryId([1; 16]), dmp_core::ids::EntryId([2; 16])];
    summary.results.push(laboratories());
    summary
}

/// A line of allergies that one source denies, a healed allergy, and a stopped treatment.
pub(crate) fn contradictory() -> Summary {
    let mut summary = full();
    summary.allergies.denials = samples::denials().allergies.denials;
    if let Some(line) = summary.allergies.lines.last_mut() {
        change_allergy(line);
    }
    summary.problems = samples::denials().problems;
    summary
}

fn change_allergy(line: &mut Line) {
    if let What::Allergy { resolved, .. } = &mut line.fact.what {
        *resolved = true;
    }
}

/// Sixty treatments, and long names in all of them.
pub(crate) fn many() -> Summary {
    let mut summary = full();
    let treatments = std::mem::take(&mut summary.treatments.lines);
    summary.treatments.lines = treatments.iter().cycle().take(60).cloned().enumerate().map(|(number, line)| renamed(line, number)).collect();
    summary.problems.lines = summary.problems.lines.iter().cycle().take(30).cloned().collect();
    summary.due = summary.due.iter().cycle().take(9).cloned().collect();
    summary.waiting = 12;
    summary.unreadable = 1;
    summary
}

fn renamed(mut line: Line, number: usize) -> Line {
    line.fact.concept.text = format!("Hydrochlorothiazide-amlodipine-valsartan EXEMPLE {number} 160 mg/12,5 mg/10 mg, comprimé pelliculé sécable");
    line.is_new = number.is_multiple_of(7);
    if let What::Medicine(Medicine { stopped, .. }) = &mut line.fact.what {
        *stopped = number == 3;
    }
    line
}

/// A child: nearly nothing known, vaccines due.
pub(crate) fn minor() -> Summary {
    let rich = samples::rich();
    let mut summary = samples::empty();
    summary.vaccinations = rich.vaccinations;
    summary.due = rich.due;
    summary.allergies.knowledge = Knowledge::NoneKnown;
    summary.allergies.denials = samples::denials().allergies.denials;
    summary.documents = 3;
    summary
}

/// Glucose of three laboratories, one of them in another unit, more or less in range.
pub(crate) fn laboratories() -> Series {
    let mut series = samples::rich().results.remove(0);
    let point = series.points.pop();
    series.analyte = dmp_core::summary::Concept::words("Glucose à jeun");
    series.unit = "mmol/L".into();
    series.trend = Trend::Rising;
    series.points = point.into_iter().flat_map(|point| VALUES.map(|value| measured(&point, value))).collect();
    series
}

/// Year, month, number as written, unit as written, number in mmol/L, laboratory.
type Measured = (i16, u8, &'static str, &'static str, f64, &'static str);

const VALUES: [Measured; 7] = [
    (2021, 3, "5.1", "mmol/L", 5.1, "Laboratoire des Essais"),
    (2022, 2, "0,95", "g/L", 5.273, "Biologie du Port"),
    (2022, 11, "5.6", "mmol/L", 5.6, "Laboratoire des Essais"),
    (2023, 6, "1,04", "g/L", 5.772, "Biologie du Port"),
    (2024, 1, "6.2", "mmol/L", 6.2, "Centre hospitalier de la Baie"),
    (2025, 4, "1,21", "g/L", 6.716, "Biologie du Port"),
    (2026, 2, "6.9", "mmol/L", 6.9, "Laboratoire des Essais"),
];

fn measured(point: &Point, (year, month, number, unit, reckoned, by): Measured) -> Point {
    Point {
        when: When::day(year, month, 12),
        value: Value::Quantity { comparator: String::new(), number: number.into(), unit: unit.into() },
        number: Some(reckoned),
        converted: unit == "g/L",
        low: Some(3.9),
        high: Some(6.1),
        range: None,
        interpretation: Vec::new(),
        by: by.into(),
        source: Source { stage: None::<MedicineStage>, ..point.source.clone() },
    }
}

/// An episode with an older version and two duplicates, single documents, a counter.
pub(crate) fn folded() -> FoldedDocuments {
    let alone = |document: DocumentLine| FoldedDocument { current: document, older: Vec::new(), duplicates: Vec::new() };
    let mut groups: Vec<DocumentGroup> = Vec::new();
    for document in documents() {
        match groups.last_mut().and_then(|group| group.documents.last_mut()) {
            Some(last) if document.labels.contains(&Label::OldVersion) => last.older.push(document),
            _ => groups.push(DocumentGroup { title: None, documents: vec![alone(document)] }),
        }
    }
    if let Some(group) = groups.iter_mut().find(|group| group.documents.iter().any(|document| !document.older.is_empty())) {
        group.title = Some("Hospitalisation en cardiologie, janvier 2026".into());
        if let Some(current) = group.documents.first().map(|document| document.current.clone()) {
            let copies = ["c1", "c2"].map(|id| DocumentLine { id: id.into(), ..current.clone() });
            group.documents.iter_mut().for_each(|document| document.duplicates = copies.to_vec());
            group.documents.push(alone(DocumentLine { id: "c3".into(), title: "Ordonnance de sortie".into(), ..current }));
        }
    }
    FoldedDocuments { groups, total: 312, useful: 41, new: 9, everything: Some("/?tout=1".into()) }
}
