//! The form on which the *médecin traitant* edits and signs the medical summary (VSM), starting from the record's own.

use askama::Template;
use dmp_core::summary::edition::{Edition, SignedHeading, line_keys, words_of};
use dmp_core::summary::{Knowledge, Summary};

use crate::lang::silent_debug;
use crate::texts::sign_summary::{SignSummaryTexts, heading_words, none_words};
use crate::{ProofLink, ProofOf, Shell};

/// A line that may be kept.
#[derive(Clone)]
pub struct OfferedLine {
    /// One of `line_keys`.
    pub key: String,
    pub words: String,
    pub kept: bool,
    /// Its newest source.
    pub proof: Option<ProofLink>,
}

/// A heading with the lines that the record offers.
#[derive(Clone)]
pub struct OfferedHeading {
    pub heading: SignedHeading,
    pub lines: Vec<OfferedLine>,
    /// What the doctor adds, a line each.
    pub added: String,
    pub none_known: bool,
}

/// The form, at `GET /pro/patients/{pid}/sign-summary`. It posts there `csrf`, `keep` (`{heading}:{key}`, once for each line that stays),
/// `words:{heading}:{key}`, `add:{heading}` (a line each) and `none` (the headings of which there is none).
#[derive(Clone, Template)]
#[template(path = "sign_summary_page.html")]
pub struct SignSummaryPage {
    pub shell: Shell,
    /// Name of the patient.
    pub person: String,
    pub action: String,
    /// Path of the patient's page.
    pub home: String,
    pub headings: Vec<OfferedHeading>,
    pub problem: Option<SignSummaryProblem>,
}

/// What is wrong with the form as it was sent.
#[derive(Clone)]
pub struct SignSummaryProblem {
    pub words: String,
    /// The heading that it is about.
    pub heading: Option<SignedHeading>,
}

silent_debug!(OfferedLine, OfferedHeading, SignSummaryProblem, SignSummaryPage);

impl SignSummaryPage {
    /// The headings that a summary offers; `sent` is the form as it came back, when it did.
    pub fn offered(summary: &Summary, sent: Option<&Edition>, proof: ProofOf, lang: crate::Lang) -> Vec<OfferedHeading> {
        let heading = |heading: SignedHeading| {
            let found = heading.of(summary);
            let lines = line_keys(found).into_iter().zip(&found.lines).map(|(key, line)| {
                let kept = sent.map(|sent| sent.kept.iter().find(|kept| kept.heading == heading && kept.key == key));
                OfferedLine {
                    words: kept.flatten().map_or_else(|| words_of(line), |kept| kept.words.clone()),
                    kept: kept.is_none_or(|kept| kept.is_some()),
                    proof: line.sources.first().map(|source| ProofLink::of(source, proof, lang)),
                    key,
                }
            });
            let added =
                sent.map(|sent| sent.added.iter().filter(|(under, _)| *under == heading).map(|(_, words)| words.as_str()).collect::<Vec<_>>());
            OfferedHeading {
                heading,
                lines: lines.collect(),
                added: added.unwrap_or_default().join("\n"),
                none_known: sent.map_or(found.knowledge == Knowledge::NoneKnown, |sent| sent.none_known.contains(&heading)),
            }
        };
        SignedHeading::ALL.into_iter().map(heading).collect()
    }

    fn t(&self) -> &'static SignSummaryTexts {
        SignSummaryTexts::of(self.shell.lang)
    }

    /// What is wrong under a heading.
    fn problem_of(&self, heading: &OfferedHeading) -> Option<&str> {
        self.problem.as_ref().filter(|problem| problem.heading == Some(heading.heading)).map(|problem| problem.words.as_str())
    }

    fn title(&self, heading: &OfferedHeading) -> &'static str {
        heading_words(heading.heading, self.shell.lang)
    }

    fn none(&self, heading: &OfferedHeading) -> &'static str {
        none_words(heading.heading, self.shell.lang)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use dmp_core::summary::edition::KeptLine;
    use dmp_core::summary::samples;

    use super::*;
    use crate::Lang;

    #[test]
    fn what_was_sent_comes_back_as_it_was() {
        let summary = samples::rich();
        let key = line_keys(&summary.problems)[0].clone();
        let sent = Edition {
            kept: vec![KeptLine { heading: SignedHeading::Problems, key, words: "Asthme sévère".to_owned() }],
            added: vec![(SignedHeading::Risks, "Tabac".to_owned()), (SignedHeading::Risks, "Chutes".to_owned())],
            none_known: BTreeSet::from([SignedHeading::Allergies]),
        };
        let offered = SignSummaryPage::offered(&summary, Some(&sent), &|_| String::new(), Lang::Fr);
        let of = |heading: SignedHeading| offered.iter().find(|one| one.heading == heading).unwrap();
        let problems = &of(SignedHeading::Problems).lines;
        assert_eq!(problems[0].words, "Asthme sévère");
        assert_eq!(problems.iter().filter(|line| line.kept).count(), 1);
        assert_eq!(of(SignedHeading::Risks).added, "Tabac\nChutes");
        assert!(of(SignedHeading::Allergies).none_known && !of(SignedHeading::Risks).none_known);
    }

    #[test]
    fn a_first_draft_keeps_every_line() {
        let offered = SignSummaryPage::offered(&samples::rich(), None, &|_| String::new(), Lang::Fr);
        assert!(offered.iter().any(|heading| !heading.lines.is_empty()));
        assert!(offered.iter().flat_map(|heading| &heading.lines).all(|line| line.kept && !line.words.is_empty()));
    }
}
