//! A study that can be opened (KOS) and its report are one line of the summary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::summary::{Concept, Fact, ImagingKind, Summary, What};
use summary_support::*;

const LINK: &str = "https://drimbox.example.fr/studies/1.2.3";

fn report(accession: Option<&str>, study: Option<&str>) -> Fact {
    let what = What::Imaging {
        kind: ImagingKind::Report,
        modality: String::new(),
        region: String::new(),
        accession: accession.map(Into::into),
        study: study.map(Into::into),
        link: None,
    };
    dated(fact(what, Concept::words("Scanner du thorax avec injection")), "2026-05-26", "")
}

fn study(accession: Option<&str>, study: &str, day: &str) -> Fact {
    let what = What::Imaging {
        kind: ImagingKind::Study,
        modality: "CT".into(),
        region: "Thorax".into(),
        accession: accession.map(Into::into),
        study: Some(study.into()),
        link: Some(LINK.into()),
    };
    dated(fact(what, Concept::words("TDM THORAX")), day, day)
}

fn of(report: Fact, study: Fact) -> Summary {
    summary(&[paper(1, "18748-4", "2026-05-26").says(report), paper(2, "IMG-KOS", "2026-05-27").says(study)])
}

#[test]
fn a_report_and_its_study_are_one_line_with_two_sources() {
    for (accession, uid) in [(Some("ACC1"), None), (None, Some("1.2.3"))] {
        let lines = of(report(accession, uid), study(Some("ACC1"), "1.2.3", "2026-05-26T14:30")).imaging.lines;
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].sources.len(), 2);
        assert_eq!(lines[0].fact.concept.text, "Scanner du thorax avec injection", "the words of the report");
        assert!(
            matches!(&lines[0].fact.what, What::Imaging { modality, region, accession, study, link, .. }
                if modality == "CT" && region == "Thorax" && accession.as_deref() == Some("ACC1")
                && study.as_deref() == Some("1.2.3") && link.as_deref() == Some(LINK)),
            "{:?}",
            lines[0].fact.what
        );
    }
}

#[test]
fn another_study_is_another_line_and_lends_no_link() {
    for study in [study(Some("ACC2"), "1.2.4", "2026-05-26"), study(Some("ACC1"), "1.2.4", "2026-05-20")] {
        let lines = of(report(Some("ACC1"), Some("1.2.3")), study).imaging.lines;
        assert_eq!(lines.len(), 2);
    }
    let lines = of(report(Some("ACC1"), Some("1.2.3")), study(Some("ACC1"), "1.2.4", "2026-05-26")).imaging.lines;
    assert!(lines.iter().all(|line| !matches!(&line.fact.what, What::Imaging { kind: ImagingKind::Report, link: Some(_), .. })));
}
