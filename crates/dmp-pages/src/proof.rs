//! Where a line of the summary comes from, as a link to the very words.

use dmp_core::summary::{Carer, MedicineStage, Proof, Source};

use crate::lang::silent_debug;
use crate::{Lang, dates, words};

/// Makes the path that opens a source at its proof: `/documents/{id}#proof-{anchor}`, or the document alone when the words have no anchor. The
/// server gives it, because it alone seals ids.
pub type ProofOf<'a> = &'a dyn Fn(&Source) -> String;

/// A source as people see it.
#[derive(Clone, PartialEq, Eq)]
pub struct ProofLink {
    pub href: String,
    /// Title of the document.
    pub label: String,
    pub author: String,
    /// Date of the document in words.
    pub when: String,
    /// Of a medicine, what the document did: « prescrit », « délivré »; empty when it only names it.
    pub stage: &'static str,
    /// « dit par la personne », of what no professional says; empty otherwise.
    pub said_by: &'static str,
}

silent_debug!(ProofLink);

impl ProofLink {
    /// From a source of the summary.
    pub fn of(source: &Source, proof: ProofOf, lang: Lang) -> Self {
        let title = words::clean(&source.title);
        let label = if title.is_empty() { lang.pick("document sans titre", "untitled document").to_owned() } else { title };
        let stage = source.stage.map_or("", |stage| stage_words(stage, lang));
        let said_by = if source.is_the_persons() { lang.pick("dit par la personne", "said by the person") } else { "" };
        ProofLink { href: proof(source), label, author: words::clean(&source.author), when: dates::when(source.when, lang), stage, said_by }
    }

    /// To the last document of who takes care of the person, as a whole. Its author is the line's own subject and not said again.
    pub fn of_carer(carer: &Carer, proof: ProofOf, lang: Lang) -> Self {
        let source = Source {
            entry: carer.entry,
            title: carer.title.clone(),
            type_code: String::new(),
            author: String::new(),
            when: carer.last_seen,
            stage: None,
            proof: Proof::default(),
        };
        ProofLink::of(&source, proof, lang)
    }

    /// « Dr Anne EXEMPLE, 20 mai 2019 ».
    pub(crate) fn signed(&self) -> String {
        [self.author.as_str(), self.said_by, &self.when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Numbers the links of one list that say the same: several documents of one day, or one document that says it in several places.
pub(crate) fn number_alike(links: &mut [ProofLink]) {
    let said: Vec<(String, String, &str)> = links.iter().map(|link| (link.label.clone(), link.signed(), link.stage)).collect();
    for (place, link) in links.iter_mut().enumerate() {
        let Some(own) = said.get(place) else { continue };
        if said.iter().filter(|one| *one == own).count() > 1 {
            let number = said.iter().take(place + 1).filter(|one| *one == own).count();
            link.when = format!("{} ({number})", link.when);
        }
    }
}

fn stage_words(stage: MedicineStage, lang: Lang) -> &'static str {
    match stage {
        MedicineStage::Stated => "",
        MedicineStage::Prescribed => lang.pick("prescrit", "prescribed"),
        MedicineStage::Dispensed => lang.pick("délivré", "dispensed"),
        MedicineStage::Reimbursed => lang.pick("remboursé", "reimbursed"),
        MedicineStage::Given => lang.pick("administré", "given"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_say_the_same_are_numbered() {
        let link = |when: &str| ProofLink {
            href: String::new(),
            label: "Ordonnance".to_owned(),
            author: "Dr Anne EXEMPLE".to_owned(),
            when: when.to_owned(),
            stage: "prescrit",
            said_by: "",
        };
        let mut links = [link("20 mai 2019"), link("21 mai 2019"), link("20 mai 2019")];
        number_alike(&mut links);
        assert_eq!(links.map(|link| link.when), ["20 mai 2019 (1)", "21 mai 2019", "20 mai 2019 (2)"]);
    }
}
