//! What somebody would see of the record: "what my dentist sees".

use askama::Template;
use dmp_core::access::Reason;
use dmp_core::summary::Summary;

use crate::journal_sentence::Perspective;
use crate::lang::silent_debug;
use crate::texts::preview::{PreviewTexts, hidden_words, seen_words};
use crate::texts::summary::HeadingName;
use crate::{AccessTab, DocumentLine, Lang, Shell};

/// A viewer to choose.
#[derive(Clone)]
pub struct ViewerLink {
    /// `/access/preview?as=dentist`.
    pub path: String,
    /// « Chirurgien-dentiste »; the name of a professional of the list.
    pub words: String,
    pub chosen: bool,
}

/// A document that the viewer would not see, and why.
#[derive(Clone)]
pub struct Unseen {
    pub document: DocumentLine,
    pub why: Reason,
}

/// How much of a block of the summary the viewer would read.
#[derive(Clone)]
pub struct PreviewBlock {
    pub title: &'static str,
    pub seen: usize,
    pub all: usize,
}

/// What somebody would see, at `/access/preview`.
///
/// Links: each [`ViewerLink`], `/documents/{id}`. Forms: `POST /documents/{id}/hide`, `/documents/{id}/show` (`csrf`, `back`).
#[derive(Clone, Template)]
#[template(path = "preview_page.html")]
pub struct PreviewPage {
    pub shell: Shell,
    pub perspective: Perspective,
    pub roles: Vec<ViewerLink>,
    /// Professionals of the person's list.
    pub listed: Vec<ViewerLink>,
    /// Who was chosen, in words; `None`: nobody yet.
    pub viewer: Option<String>,
    /// The person agrees on the spot.
    pub agreed: bool,
    /// Address of the same viewer with the other answer, where that makes a difference.
    pub otherwise: Option<String>,
    /// The viewer comes in without being let in, in an emergency.
    pub emergency: bool,
    /// Whether the record would open at all; why not.
    pub opens: Result<(), Reason>,
    /// How many documents are seen and unseen in all; the lists hold the first.
    pub seen_count: usize,
    pub unseen_count: usize,
    /// Link to the whole of both lists, when something is left out.
    pub everything: Option<String>,
    pub seen: Vec<DocumentLine>,
    pub unseen: Vec<Unseen>,
    pub blocks: Vec<PreviewBlock>,
    /// This page's address: forms come back to it.
    pub back: String,
}

silent_debug!(ViewerLink, Unseen, PreviewBlock, PreviewPage);

/// The blocks of the summary that people know by name, with what a viewer reads of each.
pub(crate) fn blocks(seen: &Summary, all: &Summary, own: bool, lang: Lang) -> Vec<PreviewBlock> {
    let lines = |of: fn(&Summary) -> usize| (of(seen), of(all));
    let named: [(HeadingName, (usize, usize)); 8] = [
        (HeadingName::Allergies, lines(|one| one.allergies.lines.len())),
        (HeadingName::Treatments, lines(|one| one.treatments.lines.len())),
        (HeadingName::Problems, lines(|one| one.problems.lines.len())),
        (HeadingName::History, lines(|one| one.history.lines.len())),
        (HeadingName::Procedures, lines(|one| one.procedures.lines.len())),
        (HeadingName::Vaccinations, lines(|one| one.vaccinations.lines.len())),
        (HeadingName::Directives, lines(|one| one.directives.lines.len())),
        (HeadingName::Contacts, lines(|one| one.contacts.lines.len())),
    ];
    let results = PreviewBlock { title: PreviewTexts::of(lang).results, seen: seen.results.len(), all: all.results.len() };
    let headings = named.into_iter().map(|(name, (seen, all))| PreviewBlock { title: name.title(own, lang), seen, all });
    // A heading that has nothing for the person has nothing to hide.
    headings.chain([results]).filter(|block| block.all > 0 || block.seen > 0).collect()
}

/// Documents of one class, each with why it is not seen, if it is not.
pub(crate) struct PreviewGroup<'a> {
    pub title: &'static str,
    pub documents: Vec<(&'a DocumentLine, Option<&'static str>)>,
}

/// Under their classes, in the order of the newest document of each.
fn grouped<'a>(lines: impl Iterator<Item = (&'a DocumentLine, Option<&'static str>)>, lang: Lang) -> Vec<PreviewGroup<'a>> {
    let mut groups: Vec<PreviewGroup<'a>> = Vec::new();
    for (line, why) in lines {
        let title = line.class_words(&lang);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.documents.push((line, why)),
            None => groups.push(PreviewGroup { title, documents: vec![(line, why)] }),
        }
    }
    groups
}

impl PreviewPage {
    /// The blocks of two summaries: what the viewer reads, and what the asker does.
    pub fn blocks_of(seen: &Summary, all: &Summary, own: bool, lang: Lang) -> Vec<PreviewBlock> {
        blocks(seen, all, own, lang)
    }

    fn t(&self) -> &'static PreviewTexts {
        PreviewTexts::of(self.shell.lang)
    }

    fn own(&self) -> bool {
        self.perspective == Perspective::Person
    }

    fn tabs(&self) -> [(&'static str, &'static str, &'static str); 3] {
        AccessTab::Preview.links(self.shell.lang)
    }

    fn tabs_label(&self) -> &'static str {
        AccessTab::label(self.shell.lang)
    }

    fn count(&self) -> String {
        seen_words(self.seen_count, self.seen_count + self.unseen_count, self.shell.lang)
    }

    fn closed(&self) -> Option<&'static str> {
        self.opens.err().map(|reason| hidden_words(reason, self.own(), self.shell.lang))
    }

    fn unseen_groups(&self) -> Vec<PreviewGroup<'_>> {
        let why = |one: &Unseen| hidden_words(one.why, self.own(), self.shell.lang);
        grouped(self.unseen.iter().map(|one| (&one.document, Some(why(one)))), self.shell.lang)
    }

    fn seen_groups(&self) -> Vec<PreviewGroup<'_>> {
        grouped(self.seen.iter().map(|line| (line, None)), self.shell.lang)
    }

    /// « 3 sur 5 », « rien ».
    fn of_block(&self, block: &PreviewBlock) -> String {
        let lang = self.shell.lang;
        match (block.seen, lang) {
            (0, _) => lang.pick("rien", "nothing").to_owned(),
            (seen, _) if seen == block.all => lang.pick("tout", "everything").to_owned(),
            (seen, Lang::Fr) => format!("{seen} sur {}", block.all),
            (seen, Lang::En) => format!("{seen} of {}", block.all),
        }
    }
}
