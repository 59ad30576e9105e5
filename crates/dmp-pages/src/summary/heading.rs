//! One heading: its lines, or which of the two kinds of emptiness it is.

use dmp_core::summary::{Heading, Knowledge};

use super::SummaryLine;
use crate::lang::silent_debug;
use crate::texts::summary::{HeadingName, SummaryTexts};
use crate::{Lang, ProofLink, ProofOf};

/// Lines of a heading before the rest is folded: as many as the first screen of a laptop (1366 x 768) holds.
const SHOWN: usize = 7;
/// Allergies are folded later: all of them count before a treatment is chosen.
const ALLERGIES_SHOWN: usize = 12;
/// Points to watch stand under the allergies, and are long sentences.
const ATTENTION_SHOWN: usize = 3;

/// A heading in words.
#[derive(Clone)]
pub struct HeadingBlock {
    pub name: HeadingName,
    pub title: &'static str,
    pub lines: Vec<SummaryLine>,
    /// « Aucune allergie connue », for [`HeadingBlock::denials`].
    pub none: &'static str,
    /// The sources that say that there is none.
    pub denials: Vec<ProofLink>,
    /// « Aucune information reconnue sur les allergies. Cela ne veut pas dire… », when there is neither line nor denial.
    pub silence: Option<String>,
    /// Nothing is folded.
    whole: bool,
}

silent_debug!(HeadingBlock);

impl HeadingBlock {
    /// A heading of the core. One that says « none known » without naming a source is unknown: nobody stands for it.
    pub(crate) fn of(name: HeadingName, heading: &Heading, own: bool, proof: ProofOf, lang: Lang) -> Self {
        let silent = heading.lines.is_empty() && (heading.denials.is_empty() || heading.knowledge == Knowledge::NoInformation);
        let denials = if silent { Vec::new() } else { heading.denials.iter().map(|source| ProofLink::of(source, proof, lang)).collect() };
        HeadingBlock {
            name,
            title: name.title(own, lang),
            lines: heading.lines.iter().map(|line| SummaryLine::of(line, proof, lang)).collect(),
            none: name.none(lang),
            denials,
            silence: silent.then(|| format!("{} {}", name.no_information(lang), SummaryTexts::of(lang).not_none)),
            whole: false,
        }
    }

    /// The same with every line in the open.
    pub(crate) fn whole(self) -> Self {
        HeadingBlock { whole: true, ..self }
    }

    fn first(&self) -> usize {
        let most = match self.name {
            HeadingName::Allergies => ALLERGIES_SHOWN,
            HeadingName::Attention => ATTENTION_SHOWN,
            _ => SHOWN,
        };
        // One line alone is not worth a fold.
        if self.whole || self.lines.len() <= most + 1 { self.lines.len() } else { most }
    }

    /// The lines that show at once.
    pub(crate) fn shown(&self) -> &[SummaryLine] {
        self.lines.get(..self.first()).unwrap_or_default()
    }

    /// The lines behind « 54 autres ».
    pub(crate) fn rest(&self) -> &[SummaryLine] {
        self.lines.get(self.first()..).unwrap_or_default()
    }

    /// Lines, and sources that say that there is none.
    pub(crate) fn is_contradicted(&self) -> bool {
        !self.lines.is_empty() && !self.denials.is_empty()
    }

    /// The newest source that says that there is none: said once, however many repeat it.
    pub(crate) fn first_denial(&self) -> Option<&ProofLink> {
        self.denials.first()
    }

    pub(crate) fn other_denials(&self) -> &[ProofLink] {
        self.denials.get(1..).unwrap_or_default()
    }

    pub(crate) fn new_lines(&self) -> usize {
        self.lines.iter().filter(|line| line.is_new).count()
    }
}
