//! Imaging: each examination with its report and, where there is one, the study that can be opened.

use askama::Template;
use dmp_core::summary::{Line, Summary, What};

use crate::lang::silent_debug;
use crate::summary::fact_words;
use crate::texts::pro_imaging::ImagingTexts;
use crate::{DocumentLine, Lang, ProofLink, ProofOf, Shell, dates, words};

/// One examination.
#[derive(Clone)]
pub struct ExaminationLine {
    pub name: String,
    pub when: String,
    /// `MR`, and where on the body; may be empty.
    pub modality: String,
    pub region: String,
    /// Number of the request, to ask the centre for the pictures.
    pub accession: Option<String>,
    /// Reports, newest first.
    pub reports: Vec<ProofLink>,
    /// References of the pictures (KOS).
    pub studies: Vec<ProofLink>,
}

/// Every examination, at `/pro/patients/{pid}/imaging`. Links: proofs, `/pro/patients/{pid}/documents/{id}`. No form.
#[derive(Clone, Template)]
#[template(path = "pro_imaging.html")]
pub struct ProImaging {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    pub lines: Vec<ExaminationLine>,
    /// Documents about imaging that name no examination in a form that is understood, newest first.
    pub others: Vec<DocumentLine>,
}

silent_debug!(ExaminationLine, ProImaging);

impl ProImaging {
    /// From the imaging of the summary.
    pub fn of(summary: &Summary, shell: Shell, (pid, person): (&str, &str), proof: ProofOf, others: Vec<DocumentLine>) -> Self {
        let lang = shell.lang;
        let lines = summary.imaging.lines.iter().map(|line| examination(line, proof, lang)).collect();
        ProImaging { shell, pid: pid.to_owned(), person: person.to_owned(), lines, others }
    }

    fn t(&self) -> &'static ImagingTexts {
        ImagingTexts::of(self.shell.lang)
    }
}

fn examination(line: &Line, proof: ProofOf, lang: Lang) -> ExaminationLine {
    let (modality, region, accession) = match &line.fact.what {
        What::Imaging { modality, region, accession, .. } => (words::clean(modality), words::clean(region), accession.as_deref().map(words::clean)),
        _ => (String::new(), String::new(), None),
    };
    let (studies, reports) = line.sources.iter().partition::<Vec<_>, _>(|source| source.type_code == KOS);
    let links = |sources: Vec<_>| sources.into_iter().map(|source| ProofLink::of(source, proof, lang)).collect();
    ExaminationLine {
        name: fact_words(&line.fact, lang),
        when: line.fact.period.latest().map(|when| dates::when(when, lang)).unwrap_or_default(),
        modality,
        region,
        accession: accession.filter(|number| !number.is_empty()),
        reports: links(reports),
        studies: links(studies),
    }
}

/// Type of a document that refers to the pictures of a study.
const KOS: &str = "IMG-KOS";
