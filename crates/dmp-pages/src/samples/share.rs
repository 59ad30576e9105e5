//! Samples of sharing: the person's pages, and what somebody outside sees.

use dmp_core::identity::{BirthDate, Sex};
use dmp_core::record::{Means, ShareKind, ShareState};
use dmp_core::summary::samples;

use super::documents::documents;
use super::{LONG_NAME, NOW, days_ago, person_shell, representative_shell};
use crate::{
    DocumentBody, KnockProblem, Lang, OpeningLine, SafeHtml, SendForm, ShareDocumentsPage, ShareGone, ShareKnock, ShareLine, ShareLinkPage,
    SharePage, ShareProblem, SharedContext, SharedDocument, SharedPage, Shell,
};

/// An address as long as a real one.
const LINK: &str = "dmp.example/share/open/Zk3vQ9xwkUdtmN9wwoJoN3ffJIhX2UGvCL1JnlPVNL3kDWMp7Q2cYb8sLr0TfHu5aGxE1iKoD4jnXWmPqR6vA#shlink:/eyJ1cmwiOiJodHRwczovL2RtcC5leGFtcGxlL3NobC9JOTFyaGJhM1ZzdUdYR2NoY25yNlZIbFFGS3hmRTI4a3VaMHNzYkV1eG5vIiwia2V5IjoicnhUZ1lsT2FLSlBGdGNFZDBxY2NlTjh3RVU0cDk0U3FBd0lXUWU2dVg3USJ9";

fn line() -> ShareLine {
    ShareLine {
        name: "a1".to_owned(),
        label: "Docteur Essai, Brest".to_owned(),
        kind: ShareKind::Sent,
        documents: None,
        made_at: days_ago(2),
        made_by: None,
        until: NOW.plus_days(5),
        state: ShareState::Active,
        openings: 1,
        openings_max: 3,
        tries_left: Some(4),
        opened: vec![OpeningLine { at: days_ago(1), by: "Docteur Essai".to_owned(), means: Means::Page }],
    }
}

fn ended() -> Vec<ShareLine> {
    let ended = |state, label: &str| ShareLine { name: format!("e{}", label.len()), label: label.to_owned(), state, until: days_ago(1), ..line() };
    vec![
        ShareLine { opened: Vec::new(), documents: Some(1), ..ended(ShareState::Stopped, "Infirmière") },
        ShareLine { kind: ShareKind::Shown, tries_left: None, ..ended(ShareState::Expired, "Montré sur mon écran") },
        ended(ShareState::UsedUp, "Kinésithérapeute du quartier"),
        ended(ShareState::Locked, LONG_NAME),
    ]
}

impl SharePage {
    /// None, several, error, everything hidden, representative, may not.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SharePage)> {
        let form = SendForm::default();
        let none = SharePage { shell: person_shell(lang, "/share"), own: true, may_share: true, all_masked: false, form, links: Vec::new() };
        let chosen = ShareLine { name: "a2".to_owned(), label: LONG_NAME.to_owned(), documents: Some(7), opened: Vec::new(), openings: 0, ..line() };
        let card = ShareLine {
            name: "a3".to_owned(),
            label: "Carte d'urgence".to_owned(),
            kind: ShareKind::Emergency,
            tries_left: None,
            opened: vec![OpeningLine { at: days_ago(3), by: String::new(), means: Means::App }],
            ..line()
        };
        let links = [line(), chosen, card].into_iter().chain(ended()).collect();
        let error = SendForm { label: String::new(), days: 30, openings: 1, problem: Some(ShareProblem::LabelMissing) };
        let full = SendForm { label: "<Docteur> & fils".to_owned(), problem: Some(ShareProblem::TooManyLinks), ..none.form.clone() };
        let other = vec![ShareLine { made_by: Some("Samir EXEMPLE".to_owned()), ..line() }];
        vec![
            ("several", SharePage { links, ..none.clone() }),
            ("error", SharePage { form: error, ..none.clone() }),
            ("full", SharePage { form: full, ..none.clone() }),
            ("hidden", SharePage { all_masked: true, ..none.clone() }),
            ("representative", SharePage { shell: representative_shell(lang, "/share"), own: false, links: other, ..none.clone() }),
            ("may-not", SharePage { may_share: false, ..none.clone() }),
            ("none", none),
        ]
    }
}

impl ShareDocumentsPage {
    /// Some, one chosen with an error, none.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ShareDocumentsPage)> {
        let offered = documents().into_iter().map(|line| (line, false)).collect();
        let some = ShareDocumentsPage { shell: person_shell(lang, "/share/documents"), form: SendForm::default(), documents: offered };
        let chosen = documents().into_iter().enumerate().map(|(place, line)| (line, place == 0)).collect();
        let error = SendForm { problem: Some(ShareProblem::LabelMissing), ..SendForm::default() };
        let empty = SendForm { label: "Docteur Essai".to_owned(), problem: Some(ShareProblem::NoDocument), ..SendForm::default() };
        vec![
            ("error", ShareDocumentsPage { form: error, documents: chosen, ..some.clone() }),
            ("unchosen", ShareDocumentsPage { form: empty, ..some.clone() }),
            ("none", ShareDocumentsPage { documents: Vec::new(), ..some.clone() }),
            ("some", some),
        ]
    }
}

impl ShareLinkPage {
    /// New with its code, seen again, shown on the screen.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ShareLinkPage)> {
        let code = Some("042917".to_owned());
        let new = ShareLinkPage { shell: person_shell(lang, "/share"), line: line(), link: LINK.to_owned(), code };
        let shown = ShareLine { kind: ShareKind::Shown, tries_left: None, openings: 0, openings_max: 5, opened: Vec::new(), ..line() };
        vec![
            ("again", ShareLinkPage { code: None, ..new.clone() }),
            ("shown", ShareLinkPage { line: shown, code: None, ..new.clone() }),
            ("new", new),
        ]
    }
}

impl ShareKnock {
    /// With and without a code; each thing that can be wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ShareKnock)> {
        let plain = ShareKnock {
            shell: Shell::public(lang, "", "/share/open/x"),
            action: "/share/open/x".to_owned(),
            needs_code: false,
            recipient: String::new(),
            problem: None,
        };
        let coded = ShareKnock { needs_code: true, ..plain.clone() };
        let wrong = |problem| ShareKnock { recipient: "Docteur <Essai>".to_owned(), problem: Some(problem), ..coded.clone() };
        vec![
            ("name", ShareKnock { problem: Some(KnockProblem::NameMissing), ..coded.clone() }),
            ("code", wrong(KnockProblem::CodeMissing)),
            ("wrong", wrong(KnockProblem::CodeWrong(2))),
            ("last", wrong(KnockProblem::CodeWrong(0))),
            ("busy", wrong(KnockProblem::Busy)),
            ("coded", coded),
            ("plain", plain),
        ]
    }
}

impl ShareGone {
    /// The one there is.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ShareGone)> {
        vec![("gone", ShareGone { shell: Shell::public(lang, "", "/share/open/x") })]
    }
}

impl SharedPage {
    /// A summary, one that says nothing, documents, none any more.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SharedPage)> {
        let context = |person: &str| SharedContext {
            shell: Shell::public(lang, "", "/share/open/x"),
            person: person.to_owned(),
            birth_date: BirthDate { year: 1979, month: 3, day: 28 },
            sex: Sex::Female,
            made_at: NOW,
        };
        let shown: Vec<SharedDocument> = documents()
            .into_iter()
            .take(3)
            .enumerate()
            .map(|(place, line)| SharedDocument {
                title: line.title,
                at: line.at,
                author: line.author,
                body: if place == 0 {
                    DocumentBody::Text(SafeHtml::produced_by_the_cda_renderer(
                        "<section><h2>Conclusion</h2><p>Tout va bien.</p></section>".to_owned(),
                    ))
                } else {
                    DocumentBody::File
                },
                original: "/share/open/x/file/y".to_owned(),
            })
            .collect();
        vec![
            ("summary", SharedPage::of_summary(context("Nadia EXEMPLE"), &super::summary::full(), false)),
            ("card", SharedPage::of_summary(context("Nadia EXEMPLE"), &super::summary::full().for_emergency(), true)),
            ("silent", SharedPage::of_summary(context(LONG_NAME), &samples::empty(), false)),
            ("denials", SharedPage::of_summary(context("Nadia EXEMPLE"), &samples::denials(), false)),
            ("documents", SharedPage::of_documents(context("Nadia EXEMPLE"), shown)),
            ("nothing", SharedPage::of_documents(context("Nadia EXEMPLE"), Vec::new())),
        ]
    }
}

/// The addresses on a card.
pub(super) fn card_link() -> crate::CardLink {
    crate::CardLink { sheet: LINK.to_owned(), card: LINK.split('#').next().unwrap_or_default().to_owned(), until: NOW.plus_days(300) }
}

#[cfg(test)]
mod tests {
    use askama::Template as _;

    use super::*;

    #[test]
    fn what_somebody_outside_typed_is_escaped_everywhere() {
        for lang in Lang::ALL {
            let mut page = SharePage::samples(lang).into_iter().find(|(state, _)| *state == "several").unwrap().1;
            page.links[0].opened[0].by = "<b>Dr</b> »".to_owned();
            let html = page.render().unwrap();
            assert!(!html.contains("<b>Dr") && html.contains("&#60;b&#62;Dr"), "{lang:?}");
        }
    }

    #[test]
    fn the_question_says_nothing_of_whose_record_it_is() {
        for (state, page) in ShareKnock::samples(Lang::Fr) {
            assert!(!page.render().unwrap().contains("EXEMPLE"), "{state}");
        }
    }

    #[test]
    fn a_code_stands_on_the_page_of_a_new_link_alone() {
        for (state, page) in ShareLinkPage::samples(Lang::Fr) {
            assert_eq!(page.render().unwrap().contains("042 917"), state == "new", "{state}");
        }
    }
}
