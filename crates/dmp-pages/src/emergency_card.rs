//! The emergency card: what a rescuer must know, in French and in English, on screen and on paper.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;
use dmp_core::summary::{Heading, Line, Summary, What};

use crate::chart::{Svg, qr};
use crate::lang::silent_debug;
use crate::summary::{HeadingBlock, SummaryLine};
use crate::texts::emergency_card::CardTexts;
use crate::texts::summary::HeadingName;
use crate::{Lang, Shell, dates, words};

/// Lines of a heading on the wallet card; the page says that there are more.
const WALLET_LINES: usize = 3;

/// What the server gives beside the summary.
#[derive(Clone)]
pub struct CardContext {
    pub shell: Shell,
    /// Shown name of the person.
    pub person: String,
    /// Path of the card as a PDF.
    pub pdf: Option<String>,
    /// Path of the record's first page.
    pub home: String,
    pub code: CardCode,
}

/// The code on the card, which the person switches on.
#[derive(Clone, Default)]
pub struct CardCode {
    /// Whether this reader may switch it.
    pub may_switch: bool,
    pub link: Option<CardLink>,
}

/// Where the code leads.
#[derive(Clone)]
pub struct CardLink {
    /// Of the sheet: the page, and behind it the link for apps.
    pub sheet: String,
    /// Of the small card: the page alone, so that its squares are large.
    pub card: String,
    pub until: Moment,
}

/// A heading of the card.
#[derive(Clone)]
pub struct CardBlock {
    pub fr: &'static str,
    pub en: &'static str,
    /// Lines in the words of their sources.
    pub lines: Vec<CardLine>,
    /// What is said when there is no line, in both languages.
    pub none: Option<(String, String)>,
    pub is_alert: bool,
    /// Whether it stands on the front of the wallet card.
    pub is_front: bool,
}

/// A line of the card.
#[derive(Clone)]
pub struct CardLine {
    pub text: String,
    /// Dose, reaction, telephone.
    pub words: String,
    pub is_grave: bool,
}

/// The emergency card, at `/emergency-card`.
///
/// Links: home, the PDF. Form: `POST /share/emergency` (`csrf`, `code` = `on`|`off`).
#[derive(Clone, Template)]
#[template(path = "emergency_card.html")]
pub struct EmergencyCard {
    pub shell: Shell,
    pub person: String,
    pub pdf: Option<String>,
    pub home: String,
    pub birth_date: BirthDate,
    pub sex: Sex,
    pub doctor: String,
    /// The record's number, as the law names it.
    pub ins: String,
    pub made_at: Moment,
    pub blocks: Vec<CardBlock>,
    pub code: CardCode,
}

silent_debug!(CardContext, CardBlock, CardLine, CardCode, CardLink, EmergencyCard);

impl EmergencyCard {
    /// From the summary that the person sees.
    pub fn of(summary: &Summary, context: CardContext) -> Self {
        let doctor = summary.person.medecin_traitant.as_ref();
        EmergencyCard {
            doctor: doctor.map(|party| joined(&[&party.name, &party.place])).unwrap_or_default(),
            birth_date: summary.person.traits.birth_date,
            sex: summary.person.traits.sex,
            ins: summary.person.ins.matricule().to_owned(),
            made_at: summary.at,
            blocks: blocks(summary),
            code: context.code,
            shell: context.shell,
            person: context.person,
            pdf: context.pdf,
            home: context.home,
        }
    }

    fn t(&self) -> &'static CardTexts {
        CardTexts::of(self.shell.lang)
    }

    fn birth(&self, lang: Lang) -> String {
        dates::birth_date(self.birth_date, lang)
    }

    fn sex(&self, lang: Lang) -> &'static str {
        crate::texts::pro::sex_words(self.sex, lang)
    }

    /// Front of the wallet card: allergies, then what to watch and devices.
    fn front(&self) -> impl Iterator<Item = &CardBlock> {
        self.blocks.iter().filter(|block| block.is_front)
    }

    /// Its back: treatments, problems, whom to call.
    fn back(&self) -> impl Iterator<Item = &CardBlock> {
        self.blocks.iter().filter(|block| !block.is_front)
    }

    fn sheet_code(&self) -> Option<Svg> {
        qr(&self.code.link.as_ref()?.sheet, "34mm", self.t().code_words)
    }

    fn card_code(&self) -> Option<Svg> {
        qr(&self.code.link.as_ref()?.card, "19mm", self.t().code_words)
    }

    fn made(&self, lang: Lang) -> String {
        dates::date(self.made_at, lang)
    }
}

impl CardBlock {
    fn of(name: HeadingName, heading: &Heading) -> Self {
        let [fr, en] = Lang::ALL.map(|lang| HeadingBlock::of(name, heading, false, &|_| String::new(), lang));
        let none = |block: &HeadingBlock| block.silence.clone().unwrap_or_else(|| block.none.to_owned());
        CardBlock {
            fr: fr.title,
            en: en.title,
            none: heading.lines.is_empty().then(|| (none(&fr), none(&en))),
            lines: heading.lines.iter().zip(fr.lines).map(|(line, words)| CardLine::of(line, words)).collect(),
            is_alert: name == HeadingName::Allergies,
            is_front: matches!(name, HeadingName::Allergies | HeadingName::Attention | HeadingName::Devices | HeadingName::Pregnancies),
        }
    }

    fn wallet_lines(&self) -> &[CardLine] {
        self.lines.get(..WALLET_LINES.min(self.lines.len())).unwrap_or_default()
    }

    fn wallet_rest(&self) -> usize {
        self.lines.len().saturating_sub(WALLET_LINES)
    }
}

impl CardLine {
    fn of(line: &Line, said: SummaryLine) -> Self {
        let is_suspected = matches!(&line.fact.what, What::Problem { state: dmp_core::summary::ProblemState::Suspected });
        let words = said.words.join(", ");
        CardLine { words: if is_suspected { joined(&[&words, "?"]) } else { words }, text: said.text, is_grave: said.is_grave }
    }
}

/// What a rescuer needs, the most urgent first. Headings of the second half stand only when they hold something.
fn blocks(summary: &Summary) -> Vec<CardBlock> {
    let first =
        [(HeadingName::Allergies, &summary.allergies), (HeadingName::Treatments, &summary.treatments), (HeadingName::Problems, &summary.problems)];
    let second = [
        (HeadingName::Attention, &summary.attention),
        (HeadingName::Devices, &summary.devices),
        (HeadingName::Pregnancies, &summary.pregnancies),
        (HeadingName::Contacts, &summary.contacts),
        (HeadingName::Directives, &summary.directives),
    ];
    let filled = second.into_iter().filter(|(_, heading)| !heading.lines.is_empty());
    first.into_iter().chain(filled).map(|(name, heading)| CardBlock::of(name, heading)).collect()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| words::clean(part)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::summary::samples;

    fn card(summary: &Summary) -> String {
        let shell = crate::samples::person_shell(Lang::Fr, "/emergency-card");
        let context = CardContext { shell, person: "Nadia EXEMPLE".into(), pdf: None, home: "/".into(), code: CardCode::default() };
        EmergencyCard::of(summary, context).render().unwrap()
    }

    #[test]
    fn the_card_speaks_both_languages_whatever_the_page_does() {
        let html = card(&samples::rich());
        for words in
            ["Allergies", "Current treatments", "Traitements en cours", "Amoxicilline", "Urticaire géante", "Metformine 1000 mg", "+33102030405"]
        {
            assert!(html.contains(words), "{words}");
        }
    }

    #[test]
    fn an_empty_heading_says_which_emptiness_it_is() {
        let empty = card(&samples::empty());
        assert!(empty.contains("Aucune information sur les allergies") && empty.contains("No information about allergies"));
        assert!(!empty.contains("Aucune allergie connue"));
        let mut denied = samples::denials();
        denied.allergies.lines.clear();
        assert!(card(&denied).contains("Aucune allergie connue"));
    }
}
