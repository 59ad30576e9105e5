//! The emergency card: what a rescuer must know, in French and in English, on screen and on paper.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;
use dmp_core::record::Language;
use dmp_core::summary::{Heading, Line, Summary, What, matters};

use crate::chart::{Svg, qr};
use crate::lang::silent_debug;
use crate::summary::{HeadingBlock, SummaryLine};
use crate::texts::emergency_card::CardTexts;
use crate::texts::summary::HeadingName;
use crate::{Lang, Shell, dates, words};

mod wallet;

pub use wallet::WalletBlock;

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
    /// What the person has hidden; `None`: nothing.
    pub hidden: Option<HiddenOnCard>,
}

/// What the person has hidden from professionals, and whether this card has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HiddenOnCard {
    pub documents: usize,
    pub shown: bool,
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
}

/// A line of the card.
#[derive(Clone)]
pub struct CardLine {
    pub text: String,
    /// Dose, reaction, telephone.
    pub words: String,
    /// The class of a treatment that changes what is done, in both languages.
    pub class: Option<(&'static str, &'static str)>,
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
    pub hidden: Option<HiddenOnCard>,
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
            hidden: context.hidden,
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

    fn hidden_words(&self, hidden: &HiddenOnCard) -> String {
        crate::texts::emergency_card::hidden_words(hidden, self.shell.lang)
    }

    /// Front and back of the folded card.
    fn wallet(&self) -> [Vec<WalletBlock>; 2] {
        wallet::sides(&self.blocks)
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
        }
    }

    /// Treatments that change what is done in an emergency, the gravest first; then the others: as on the card of the PDF.
    fn treatments(summary: &Summary) -> (Option<CardBlock>, Option<CardBlock>) {
        let all = matters::in_an_emergency(summary);
        let of = |important: bool| Heading {
            lines: all.iter().filter(|(class, _)| class.is_some() == important).map(|(_, line)| Line::clone(line)).collect(),
            ..summary.treatments.clone()
        };
        let (important, others) = (of(true), of(false));
        let has_important = !important.lines.is_empty();
        let mut grave = CardBlock::of(HeadingName::Treatments, &important);
        (grave.fr, grave.en, grave.is_alert) = ("Traitements importants", "Important medicines", true);
        for (line, (class, _)) in grave.lines.iter_mut().zip(&all) {
            line.class = class.map(|class| (class.words(Language::French), class.words(Language::English)));
        }
        let mut rest = CardBlock::of(HeadingName::Treatments, &others);
        if has_important {
            (rest.fr, rest.en) = ("Autres traitements", "Other medicines");
        }
        let is_told = !has_important || !others.lines.is_empty();
        (has_important.then_some(grave), is_told.then_some(rest))
    }
}

impl CardLine {
    fn of(line: &Line, said: SummaryLine) -> Self {
        let is_suspected = matches!(&line.fact.what, What::Problem { state: dmp_core::summary::ProblemState::Suspected });
        let old = line.old.filter(|_| matches!(line.fact.what, What::Problem { .. } | What::Attention)).map(|year| format!("({year})"));
        let words = said.words.iter().cloned().chain(old).collect::<Vec<_>>().join(", ");
        CardLine { words: if is_suspected { joined(&[&words, "?"]) } else { words }, text: said.text, class: None, is_grave: said.is_grave }
    }

    /// As the folded card has it: without doses.
    fn short(&self) -> String {
        let grave = if self.is_grave { " (grave / severe)" } else { "" };
        let class = self.class.map(|(fr, _)| format!("{fr} : ")).unwrap_or_default();
        format!("{class}{}{grave}", self.text)
    }
}

/// What a rescuer needs, the most urgent first. Headings of the second half stand only when they hold something.
fn blocks(summary: &Summary) -> Vec<CardBlock> {
    let known = [
        (HeadingName::Devices, &summary.devices),
        (HeadingName::Pregnancies, &summary.pregnancies),
        (HeadingName::Attention, &summary.attention),
        (HeadingName::Directives, &summary.directives),
        (HeadingName::Contacts, &summary.contacts),
    ];
    let known = known.into_iter().filter(|(_, heading)| !heading.lines.is_empty()).map(|(name, heading)| CardBlock::of(name, heading));
    let (important, others) = CardBlock::treatments(summary);
    let mut blocks = vec![CardBlock::of(HeadingName::Allergies, &summary.allergies)];
    blocks.extend(important);
    blocks.push(CardBlock::of(HeadingName::Problems, &summary.problems));
    blocks.extend(known);
    blocks.extend(others);
    blocks
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
        let context = CardContext { shell, person: "Nadia EXEMPLE".into(), pdf: None, home: "/".into(), code: CardCode::default(), hidden: None };
        EmergencyCard::of(summary, context).render().unwrap()
    }

    #[test]
    fn the_card_speaks_both_languages_whatever_the_page_does() {
        let html = card(&samples::rich());
        for words in
            ["Allergies", "Important medicines", "Traitements importants", "Amoxicilline", "Urticaire géante", "Metformine 1000 mg", "+33102030405"]
        {
            assert!(html.contains(words), "{words}");
        }
    }

    #[test]
    fn a_treatment_that_changes_what_is_done_stands_first_and_on_the_folded_card_whatever_else_there_is() {
        let mut summary = samples::rich();
        let named = |text: &str| {
            let mut line = samples::rich().treatments.lines.remove(0);
            line.fact.concept = dmp_core::summary::Concept::words(text);
            if let What::Medicine(medicine) = &mut line.fact.what {
                medicine.substances.clear();
                medicine.dose = "un comprimé le matin et un comprimé le soir pendant les repas".into();
            }
            line
        };
        summary.treatments.lines = (0..12).map(|number| named(&format!("Comprimé {number}"))).collect();
        summary.treatments.lines.push(named("Metformine 1000 mg"));
        summary.treatments.lines.push(named("APIXABAN 5 mg, comprimé pelliculé"));
        let html = card(&summary);
        let (sheet, wallet) = html.split_once("class=\"wallets\"").unwrap();
        let place = |page: &str, words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
        assert!(place(sheet, "Metformine") < place(sheet, "Comprimé 0"));
        for page in [sheet, wallet] {
            assert!(place(page, "APIXABAN") < place(page, "Metformine"), "{page}");
            assert!(place(page, "anticoagulant") < place(page, "APIXABAN"));
        }
        assert!(sheet.contains("Comprimé 11") && sheet.contains("un comprimé le matin"));
        // What has no room on the folded card is told by number, and there is room for no dose.
        let shown = (0..12).filter(|number| wallet.contains(&format!("<bdi>Comprimé {number}</bdi>"))).count();
        assert!(shown < 12 && wallet.contains(&format!("(+ {} → A4)", 12 - shown)), "{shown}: {wallet}");
        assert!(!wallet.contains("un comprimé le matin"));
    }

    #[test]
    fn what_is_hidden_is_told_before_printing_either_way() {
        let with = |shown| {
            let shell = crate::samples::person_shell(Lang::Fr, "/emergency-card");
            let hidden = Some(HiddenOnCard { documents: 2, shown });
            let context = CardContext { shell, person: "Nadia EXEMPLE".into(), pdf: None, home: "/".into(), code: CardCode::default(), hidden };
            EmergencyCard::of(&samples::rich(), context).render().unwrap()
        };
        let (without, all) = (with(false), with(true));
        assert!(
            without.contains("2 documents masqués ne sont pas repris ici")
                && without.contains("/emergency-card?hidden=1")
                && without.contains("/summary.pdf?hidden=1")
        );
        assert!(all.contains("Cette carte montre aussi ce que vous avez masqué") && all.contains("href=\"/emergency-card\""));
    }

    #[test]
    fn an_empty_heading_says_which_emptiness_it_is() {
        let empty = card(&samples::empty());
        assert!(empty.contains("Aucune information reconnue sur les allergies") && empty.contains("No information recognised about allergies"));
        assert!(!empty.contains("Aucune allergie connue"));
        let mut denied = samples::denials();
        denied.allergies.lines.clear();
        assert!(card(&denied).contains("Aucune allergie connue"));
    }
}
