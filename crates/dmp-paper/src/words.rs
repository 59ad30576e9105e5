//! What the sheets say themselves, in French and in English.

use dmp_core::record::Language;
use dmp_core::summary::{MedicineStage, MissingKind};

/// The words of one language.
pub(crate) struct Words {
    pub(crate) language: Language,
    pub(crate) title: &'static str,
    pub(crate) as_of: &'static str,
    pub(crate) at_hour: &'static str,
    pub(crate) born_female: &'static str,
    pub(crate) born_male: &'static str,
    pub(crate) born_unknown: &'static str,
    pub(crate) birth_name: &'static str,
    pub(crate) years: &'static str,
    pub(crate) female: &'static str,
    pub(crate) male: &'static str,
    pub(crate) sex_unknown: &'static str,
    pub(crate) ins: &'static str,
    pub(crate) medecin_traitant: &'static str,
    pub(crate) no_medecin_traitant: &'static str,
    pub(crate) allergies: &'static str,
    pub(crate) problems: &'static str,
    pub(crate) history: &'static str,
    pub(crate) treatments: &'static str,
    pub(crate) past_treatments: &'static str,
    pub(crate) vaccinations: &'static str,
    pub(crate) results: &'static str,
    pub(crate) procedures: &'static str,
    pub(crate) stays: &'static str,
    pub(crate) imaging: &'static str,
    pub(crate) devices: &'static str,
    pub(crate) pregnancies: &'static str,
    pub(crate) risks: &'static str,
    pub(crate) family_history: &'static str,
    pub(crate) directives: &'static str,
    pub(crate) plans: &'static str,
    pub(crate) team: &'static str,
    pub(crate) contacts: &'static str,
    pub(crate) functions: &'static str,
    pub(crate) attention: &'static str,
    pub(crate) due: &'static str,
    pub(crate) missing: &'static str,
    /// After a title that goes on from another page.
    pub(crate) continued: &'static str,
    pub(crate) no_allergy: &'static str,
    pub(crate) no_problem: &'static str,
    pub(crate) no_treatment: &'static str,
    pub(crate) none_known: &'static str,
    /// Nobody says anything: it does not mean that there is nothing.
    pub(crate) no_information: &'static str,
    /// Before who says that there is none, beside lines that say the contrary.
    pub(crate) denied_by: &'static str,
    pub(crate) untitled: &'static str,
    pub(crate) severe: &'static str,
    pub(crate) mild: &'static str,
    pub(crate) resolved: &'static str,
    pub(crate) suspected: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) long_term: &'static str,
    pub(crate) since: &'static str,
    pub(crate) until: &'static str,
    pub(crate) expected: &'static str,
    pub(crate) late: &'static str,
    pub(crate) before: &'static str,
    pub(crate) medicine: &'static str,
    pub(crate) dose: &'static str,
    pub(crate) since_column: &'static str,
    pub(crate) last_trace: &'static str,
    pub(crate) analysis: &'static str,
    pub(crate) value: &'static str,
    pub(crate) date: &'static str,
    pub(crate) normal: &'static str,
    pub(crate) earlier: &'static str,
    pub(crate) high: &'static str,
    pub(crate) low: &'static str,
    pub(crate) abnormal: &'static str,
    pub(crate) not_printed: &'static str,
    pub(crate) printed_for: &'static str,
    pub(crate) card_title: &'static str,
    pub(crate) card_cut: &'static str,
    pub(crate) card_important: &'static str,
    pub(crate) card_other: &'static str,
    pub(crate) card_made: &'static str,
    pub(crate) card_more: &'static str,
    pub(crate) card_code: &'static str,
    pub(crate) born: &'static str,
    pub(crate) sex: &'static str,
    pub(crate) emergency: &'static str,
    pub(crate) colon: &'static str,
}

impl Words {
    pub(crate) fn of(language: Language) -> &'static Words {
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }

    /// How a document knew of a medicine.
    pub(crate) fn stage(&self, stage: MedicineStage) -> &'static str {
        let (french, english) = match stage {
            MedicineStage::Stated => ("cité", "named"),
            MedicineStage::Prescribed => ("prescrit", "prescribed"),
            MedicineStage::Dispensed => ("délivré", "dispensed"),
            MedicineStage::Reimbursed => ("remboursé", "reimbursed"),
            MedicineStage::Given => ("administré", "given"),
        };
        self.either(french, english)
    }

    /// What was reimbursed without a report.
    pub(crate) fn missing_kind(&self, kind: MissingKind) -> &'static str {
        match kind {
            MissingKind::Stay => self.either("séjour", "stay"),
            MissingKind::Analysis => self.either("analyses", "laboratory"),
            MissingKind::Imaging => self.either("imagerie", "imaging"),
        }
    }

    /// Where the summary comes from and what it is worth.
    pub(crate) fn provenance(&self, documents: usize, waiting: usize, unreadable: usize) -> String {
        match self.language {
            Language::French => {
                let waiting = count(waiting, " Un document attend d'être lu.", " documents attendent d'être lus.");
                let unreadable = count(unreadable, " Un document n'a pas pu être lu.", " documents n'ont pas pu être lus.");
                format!(
                    "Tirée automatiquement de {documents} {} du dossier. Des documents peuvent manquer : l'absence d'une information ne prouve rien ; \
                     en cas de doute, le document d'origine fait foi.{waiting}{unreadable}",
                    if documents > 1 { "documents" } else { "document" }
                )
            }
            Language::English => {
                let waiting = count(waiting, " One document waits to be read.", " documents wait to be read.");
                let unreadable = count(unreadable, " One document could not be read.", " documents could not be read.");
                format!(
                    "Drawn automatically from {documents} {} of the record. Documents may be missing: that something is not named proves nothing; \
                     in doubt the original document counts.{waiting}{unreadable}",
                    if documents == 1 { "document" } else { "documents" }
                )
            }
        }
    }

    fn either(&self, french: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::French => french,
            Language::English => english,
        }
    }
}

/// Nothing for none, a sentence for one, a sentence with its number for more.
fn count(number: usize, one: &str, more: &str) -> String {
    match number {
        0 => String::new(),
        1 => one.to_owned(),
        _ => format!(" {number}{more}"),
    }
}

static FRENCH: Words = Words {
    language: Language::French,
    title: "Synthèse médicale",
    as_of: "au",
    at_hour: "à",
    born_female: "Née",
    born_male: "Né",
    born_unknown: "Naissance",
    birth_name: "nom de naissance :",
    years: "ans",
    female: "femme",
    male: "homme",
    sex_unknown: "sexe non précisé",
    ins: "INS",
    medecin_traitant: "Médecin traitant",
    no_medecin_traitant: "non déclaré",
    allergies: "Allergies et intolérances",
    problems: "Problèmes de santé en cours",
    history: "Antécédents",
    treatments: "Traitements en cours",
    past_treatments: "Traitements arrêtés",
    vaccinations: "Vaccinations",
    results: "Résultats et mesures",
    procedures: "Interventions",
    stays: "Hospitalisations",
    imaging: "Imagerie",
    devices: "Dispositifs médicaux",
    pregnancies: "Grossesses",
    risks: "Facteurs de risque",
    family_history: "Antécédents familiaux",
    directives: "Directives et volontés",
    plans: "Soins prévus",
    team: "Professionnels qui suivent la personne",
    contacts: "Personnes à prévenir",
    functions: "Autonomie",
    attention: "Points de vigilance",
    due: "À faire",
    missing: "Remboursé, sans compte rendu",
    continued: "(suite)",
    no_allergy: "Aucune allergie connue",
    no_problem: "Aucun problème de santé connu",
    no_treatment: "Aucun traitement connu",
    none_known: "Aucun élément connu",
    no_information: "Aucune information reconnue dans les documents",
    denied_by: "À vérifier : « aucun » selon",
    untitled: "sans intitulé",
    severe: "grave",
    mild: "sans gravité",
    resolved: "résolue",
    suspected: "suspecté",
    refused: "refusé",
    long_term: "au long cours",
    since: "depuis",
    until: "jusqu'à",
    expected: "terme prévu",
    late: "en retard",
    before: "avant",
    medicine: "Médicament",
    dose: "Posologie",
    since_column: "Depuis",
    last_trace: "Dernière trace",
    analysis: "Examen",
    value: "Valeur",
    date: "Date",
    normal: "Norme",
    earlier: "Avant",
    high: "haut",
    low: "bas",
    abnormal: "anormal",
    not_printed: "Non imprimés, faute de place :",
    printed_for: "Imprimée pour",
    card_title: "Fiche d'urgence",
    card_cut: "Carte à découper et à plier",
    card_important: "Traitements importants en urgence",
    card_other: "Autres traitements",
    card_made: "Établie le",
    card_more: "de plus",
    card_code: "Code à scanner : ouvre l'essentiel du dossier",
    born: "Naissance",
    sex: "Sexe",
    emergency: "URGENCE",
    colon: " : ",
};

static ENGLISH: Words = Words {
    language: Language::English,
    title: "Health summary",
    as_of: "as of",
    at_hour: "at",
    born_female: "Born",
    born_male: "Born",
    born_unknown: "Born",
    birth_name: "birth name:",
    years: "years",
    female: "female",
    male: "male",
    sex_unknown: "sex not stated",
    ins: "INS",
    medecin_traitant: "General practitioner",
    no_medecin_traitant: "none declared",
    allergies: "Allergies and intolerances",
    problems: "Current health problems",
    history: "History",
    treatments: "Current medicines",
    past_treatments: "Stopped medicines",
    vaccinations: "Vaccinations",
    results: "Results and measures",
    procedures: "Procedures",
    stays: "Hospital stays",
    imaging: "Imaging",
    devices: "Medical devices",
    pregnancies: "Pregnancies",
    risks: "Risk factors",
    family_history: "Family history",
    directives: "Directives and wishes",
    plans: "Planned care",
    team: "Professionals who take care of the person",
    contacts: "People to call",
    functions: "Functional status",
    attention: "Points to watch",
    due: "Due",
    missing: "Reimbursed, no report",
    continued: "(continued)",
    no_allergy: "No known allergy",
    no_problem: "No known health problem",
    no_treatment: "No known medicine",
    none_known: "None known",
    no_information: "No information recognised in the documents",
    denied_by: "To be checked: “none” says",
    untitled: "without a title",
    severe: "severe",
    mild: "mild",
    resolved: "resolved",
    suspected: "suspected",
    refused: "refused",
    long_term: "long term",
    since: "since",
    until: "until",
    expected: "due",
    late: "overdue",
    before: "before",
    medicine: "Medicine",
    dose: "Dose",
    since_column: "Since",
    last_trace: "Last seen",
    analysis: "Test",
    value: "Value",
    date: "Date",
    normal: "Range",
    earlier: "Before",
    high: "high",
    low: "low",
    abnormal: "abnormal",
    not_printed: "Not printed, for want of room:",
    printed_for: "Printed for",
    card_title: "Emergency sheet",
    card_cut: "Card to cut out and fold",
    card_important: "Medicines that matter in an emergency",
    card_other: "Other medicines",
    card_made: "Made on",
    card_more: "more",
    card_code: "Code to scan: opens the essentials of the record",
    born: "Born",
    sex: "Sex",
    emergency: "EMERGENCY",
    colon: ": ",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_words() {
        assert!(FRENCH.provenance(1, 0, 0).contains("de 1 document du dossier"));
        assert!(FRENCH.provenance(41, 1, 2).ends_with("Un document attend d'être lu. 2 documents n'ont pas pu être lus."));
        assert!(ENGLISH.provenance(0, 3, 1).ends_with("3 documents wait to be read. One document could not be read."));
    }
}
