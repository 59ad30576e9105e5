//! One line of the journal as a sentence, in French without gender and in English.
//!
//! « Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a lu votre document « Compte rendu » : vous avez donné
//! votre autorisation. »

use dmp_core::access::{Act, CallerKind};
use dmp_core::audit::{Leaf, LeafApp, Outcome};
use dmp_core::moment::Moment;

use crate::journal_reason::{Ground, ground_words, refusal_words};
use crate::lang::silent_debug;
use crate::quoted::Quoted;
use crate::{Lang, dates, words};

mod english;
mod french;
mod share;

/// Who reads the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perspective {
    /// The person whose record it is: « votre dossier ».
    Person,
    /// Who acts for them, or a professional: « le dossier ».
    Other,
}

/// A line of the journal, for one reader.
#[derive(Clone, PartialEq, Eq)]
pub struct JournalLine {
    pub at: Moment,
    pub kind: CallerKind,
    /// Name as shown to people.
    pub name: String,
    /// Profession key `G15/10`, when a professional.
    pub profession: Option<String>,
    pub structure: Option<String>,
    /// Whether the reader of the journal is who acted: « vous ».
    pub by_reader: bool,
    pub act: Act,
    /// Access mode code of TRE_R248: `normal`, `bris_de_glace`, `centre_15`.
    pub mode: String,
    /// The reason given in break-glass, or the code of why the software acted on a date.
    pub words: Option<String>,
    pub outcome: Outcome,
    /// Title of the document, when this reader may see it.
    pub document: Option<String>,
    /// How many documents a list released.
    pub count: Option<u32>,
    pub ground: Option<Ground>,
    /// Name of who it was done to.
    pub about: Option<String>,
    /// The app of the person's side that acted in their name.
    pub app: Option<LeafApp>,
    /// Address of the page about who acted, where there is one.
    pub who: Option<String>,
}

silent_debug!(JournalLine);

/// Whether a journal line may name its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentName {
    Shown,
    /// This reader may not see the document: it stays without a name.
    Withheld,
}

impl JournalLine {
    /// From a leaf, for the reader with the given account.
    pub fn of(leaf: &Leaf, reader_account: &str, name: DocumentName) -> Self {
        JournalLine {
            at: leaf.at,
            kind: leaf.caller.kind,
            name: leaf.caller.name.clone(),
            profession: leaf.caller.profession.clone(),
            structure: leaf.caller.structure.clone(),
            by_reader: leaf.caller.account == reader_account && leaf.caller.app.is_none(),
            act: leaf.act,
            mode: leaf.mode.clone(),
            words: leaf.words.clone(),
            outcome: leaf.outcome.clone(),
            document: leaf.object.as_ref().filter(|_| name == DocumentName::Shown).map(|object| object.title.clone()),
            count: leaf.count,
            ground: Ground::from_rules(leaf.rules.iter().map(String::as_str)),
            about: leaf.about.clone(),
            app: leaf.caller.app.clone(),
            who: None,
        }
    }

    /// Whether a professional acted, whom the reader may not know.
    pub(crate) fn is_by_professional(&self) -> bool {
        self.kind == CallerKind::Professional && !self.by_reader
    }

    /// Whether it was refused.
    pub fn is_refused(&self) -> bool {
        matches!(self.outcome, Outcome::Refused(_))
    }

    /// Whether it was an emergency access.
    pub fn is_emergency(&self) -> bool {
        self.is_break_glass() || self.is_regulation_centre()
    }

    fn is_break_glass(&self) -> bool {
        self.mode == "bris_de_glace"
    }

    fn is_regulation_centre(&self) -> bool {
        self.mode == "centre_15"
    }

    /// Whether a list of documents was made into this ([`made`](dmp_core::audit::made)).
    fn made(&self, what: &str) -> bool {
        self.about.as_deref() == Some(what)
    }

    /// By what an agent checked an identity: « (carte d'identité) ».
    fn checked_by(&self) -> String {
        self.words.as_deref().map(|words| format!(" ({words})")).unwrap_or_default()
    }

    /// Whether the app's own access ended because one of its keys came twice.
    fn is_used_twice(&self) -> bool {
        self.words.as_deref() == Some(USED_TWICE)
    }

    /// « médecin, Cabinet du Port ».
    fn place(&self, lang: Lang) -> Option<String> {
        let profession = self.profession.as_deref().and_then(|key| words::profession_words(key, lang));
        let structure = self.structure.clone().filter(|structure| *structure != self.name);
        let parts: Vec<String> = [profession, structure].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// A sentence about this line, its reason set apart.
    pub(crate) fn quoted(&self, sentence: String) -> Quoted {
        Quoted::of(sentence, self.words.as_deref().filter(|_| self.is_break_glass()))
    }

    fn is_you(&self, perspective: Perspective) -> bool {
        // What an app did in their name is not what they did.
        self.app.is_none() && (self.by_reader || (self.kind == CallerKind::Patient && perspective == Perspective::Person))
    }
}

/// Why an app lost its access, as the leaf keeps it.
const USED_TWICE: &str = dmp_core::record::GrantEnd::UsedTwice.code();

/// The whole sentence, with its date.
pub fn sentence(line: &JournalLine, perspective: Perspective, lang: Lang) -> String {
    let when = dates::date_time(line.at, lang);
    match lang {
        Lang::Fr => typeset(&format!("Le {when}, {}", french::clause(line, perspective))),
        Lang::En => format!("On {when}, {}", english::clause(line, perspective)),
    }
}

/// The sentence under a heading that says the day.
pub fn sentence_of_day(line: &JournalLine, perspective: Perspective, lang: Lang) -> String {
    let when = dates::time(line.at, lang);
    match lang {
        Lang::Fr => typeset(&format!("À {when}, {}", french::clause(line, perspective))),
        Lang::En => format!("At {when}, {}", english::clause(line, perspective)),
    }
}

/// No-break spaces where French typography wants them.
pub(crate) fn typeset(text: &str) -> String {
    text.replace(" :", "\u{a0}:")
        .replace(" ;", "\u{a0};")
        .replace(" ?", "\u{a0}?")
        .replace(" !", "\u{a0}!")
        .replace("« ", "«\u{a0}")
        .replace(" »", "\u{a0}»")
}

#[cfg(test)]
mod tests;
