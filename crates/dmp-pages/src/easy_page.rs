//! Four pages in words that are easy to read: one idea a sentence, no foreign word, large text, the same facts as the full pages.
//!
//! They follow the European rules of *facile à lire et à comprendre*; that people with an intellectual disability read them before they are
//! called so is asked by the same rules and has not been done.

use askama::Template;
use dmp_core::record::EmergencyChoices;
use dmp_core::summary::{Heading, Knowledge, Line, Summary, What};

use crate::journal_sentence::JournalLine;
use crate::lang::silent_debug;
use crate::summary::SummaryLine;
use crate::texts::easy::{EasyTexts, looked_sentence, rights};
use crate::{ProfessionalLine, ProfessionalState, Shell};

/// Which of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EasyTopic {
    Health,
    WhoLooked,
    WhoMayLook,
    Rights,
}

impl EasyTopic {
    /// All four, in the order of their links.
    pub const ALL: [EasyTopic; 4] = [EasyTopic::Health, EasyTopic::WhoLooked, EasyTopic::WhoMayLook, EasyTopic::Rights];

    /// Path of the page.
    pub fn path(self) -> &'static str {
        match self {
            EasyTopic::Health => "/easy",
            EasyTopic::WhoLooked => "/easy/who-looked",
            EasyTopic::WhoMayLook => "/easy/who-may-look",
            EasyTopic::Rights => "/easy/rights",
        }
    }

    /// Path of the page with everything.
    fn whole(self) -> &'static str {
        match self {
            EasyTopic::Health => "/",
            EasyTopic::WhoLooked => "/journal",
            EasyTopic::WhoMayLook => "/access",
            EasyTopic::Rights => "/settings",
        }
    }
}

/// A few sentences under a title.
#[derive(Clone, Default)]
pub struct EasyBlock {
    pub title: String,
    pub sentences: Vec<String>,
    /// Names, one a line: in the words of the documents.
    pub names: Vec<String>,
}

/// An easy-to-read page. Links: the three others, and the full page.
#[derive(Clone, Template)]
#[template(path = "easy_page.html")]
pub struct EasyPage {
    pub shell: Shell,
    pub topic: EasyTopic,
    pub blocks: Vec<EasyBlock>,
}

silent_debug!(EasyBlock, EasyPage);

/// Looks told on the page: the full list is one activation away.
const LOOKS: usize = 10;

impl EasyPage {
    /// What the record says of one's health.
    pub fn health(shell: Shell, summary: &Summary) -> Self {
        let t = EasyTexts::of(shell.lang);
        let block = |title: &str, yes: &str, none: &str, unknown: &str, heading: &Heading| {
            let names: Vec<String> = heading.lines.iter().filter(|line| is_present(line)).map(|line| name(line, &shell)).collect();
            let sentence = match (names.is_empty(), heading.knowledge) {
                (false, _) => yes,
                (true, Knowledge::NoneKnown) => none,
                (true, _) => unknown,
            };
            EasyBlock { title: title.to_owned(), sentences: vec![sentence.to_owned()], names }
        };
        let due: Vec<String> = summary.due.iter().map(|due| crate::summary::concept_words(&due.what)).filter(|words| !words.is_empty()).collect();
        let mut blocks = vec![
            block(t.allergies, t.allergies_yes, t.allergies_none, t.allergies_unknown, &summary.allergies),
            block(t.medicines, t.medicines_yes, t.medicines_none, t.medicines_unknown, &summary.treatments),
            block(t.illnesses, t.illnesses_yes, t.illnesses_none, t.illnesses_unknown, &summary.problems),
        ];
        if !due.is_empty() {
            blocks.push(EasyBlock { title: t.due.to_owned(), sentences: vec![t.due_yes.to_owned()], names: due });
        }
        blocks.push(EasyBlock { title: t.ask.to_owned(), sentences: vec![t.ask_words.to_owned(), t.ask_stop.to_owned()], names: Vec::new() });
        EasyPage { topic: EasyTopic::Health, blocks, shell }
    }

    /// Who looked, newest first.
    pub fn who_looked(shell: Shell, lines: &[JournalLine]) -> Self {
        let t = EasyTexts::of(shell.lang);
        let others = lines.iter().filter(|line| !line.by_reader).take(LOOKS);
        let names: Vec<String> = others.map(|line| looked_sentence(line, shell.lang)).collect();
        let sentence = if names.is_empty() { t.looked_none } else { t.looked_yes };
        let blocks = vec![
            EasyBlock { title: t.looked.to_owned(), sentences: vec![sentence.to_owned()], names },
            EasyBlock { title: t.unknown.to_owned(), sentences: vec![t.unknown_words.to_owned(), t.unknown_block.to_owned()], names: Vec::new() },
        ];
        EasyPage { topic: EasyTopic::WhoLooked, blocks, shell }
    }

    /// Who may look.
    pub fn who_may_look(shell: Shell, professionals: &[ProfessionalLine], relatives: Vec<String>, emergency: EmergencyChoices) -> Self {
        let t = EasyTexts::of(shell.lang);
        let of = |state: ProfessionalState| {
            let chosen = professionals.iter().filter(move |line| line.state == state);
            chosen.map(|line| line.who.words(&shell.lang)).collect::<Vec<String>>()
        };
        let (let_in, blocked) = (of(ProfessionalState::Authorised), of(ProfessionalState::Blocked));
        let sentence = if let_in.is_empty() { t.may_none } else { t.may_yes };
        let mut blocks = vec![EasyBlock { title: t.may.to_owned(), sentences: vec![sentence.to_owned()], names: let_in }];
        if !relatives.is_empty() {
            blocks.push(EasyBlock { title: t.relatives.to_owned(), sentences: vec![t.relatives_yes.to_owned()], names: relatives });
        }
        if !blocked.is_empty() {
            blocks.push(EasyBlock { title: t.blocked.to_owned(), sentences: vec![t.blocked_yes.to_owned()], names: blocked });
        }
        let rescue = if emergency.break_glass { t.rescue_yes } else { t.rescue_no };
        blocks.push(EasyBlock {
            title: t.rescue.to_owned(),
            sentences: if emergency.break_glass { vec![rescue.to_owned(), t.rescue_told.to_owned()] } else { vec![rescue.to_owned()] },
            names: Vec::new(),
        });
        blocks.push(EasyBlock { title: t.never.to_owned(), sentences: vec![t.never_words.to_owned()], names: Vec::new() });
        EasyPage { topic: EasyTopic::WhoMayLook, blocks, shell }
    }

    /// What one may do.
    pub fn rights(shell: Shell) -> Self {
        let blocks = rights(shell.lang).into_iter().map(|(title, sentences)| EasyBlock {
            title: title.to_owned(),
            sentences: sentences.into_iter().map(str::to_owned).collect(),
            names: Vec::new(),
        });
        EasyPage { topic: EasyTopic::Rights, blocks: blocks.collect(), shell }
    }

    fn t(&self) -> &'static EasyTexts {
        EasyTexts::of(self.shell.lang)
    }

    fn title_of(&self, topic: &EasyTopic) -> &'static str {
        let t = self.t();
        match topic {
            EasyTopic::Health => t.health_title,
            EasyTopic::WhoLooked => t.looked_title,
            EasyTopic::WhoMayLook => t.may_title,
            EasyTopic::Rights => t.rights_title,
        }
    }

    fn others(&self) -> Vec<EasyTopic> {
        // Of the four, what is shut to this reader is not offered.
        let open = |topic: &EasyTopic| *topic == EasyTopic::Health || self.shell.offers_rights();
        EasyTopic::ALL.into_iter().filter(|topic| *topic != self.topic).filter(open).collect()
    }

    fn whole(&self) -> &'static str {
        self.topic.whole()
    }
}

/// A healed allergy or a stopped medicine is not what one has now.
fn is_present(line: &Line) -> bool {
    match &line.fact.what {
        What::Allergy { resolved, .. } => !resolved,
        What::Medicine(medicine) => !medicine.stopped,
        _ => true,
    }
}

fn name(line: &Line, shell: &Shell) -> String {
    let said = SummaryLine::of(line, &|_| String::new(), shell.lang);
    let grave = if said.is_grave { shell.lang.pick(". C'est grave.", ". It is serious.") } else { "" };
    let is_told_once = matches!(line.fact.what, What::Problem { .. });
    let old = line.old.filter(|_| is_told_once).map(|year| format!(" ({})", crate::texts::summary::told_in(year, shell.lang))).unwrap_or_default();
    format!("{}{old}{grave}", said.text)
}
