//! Texts of the summary.

use dmp_core::summary::MissingKind;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// The summary block.
    SummaryTexts {
        title: "Synthèse du dossier", "Summary of the record";
        title_own: "Ce qu'il faut savoir sur vous", "What to know about you";
        new: "nouveau", "new";
        grave: "grave", "severe";
        healed: "résolue", "resolved";
        suspected: "à confirmer", "to be confirmed";
        long_term: "au long cours", "long-term";
        stopped: "arrêté", "stopped";
        refused: "refusé", "refused";
        past_device: "retiré", "removed";
        delivered: "délivré", "delivered";
        over: "terminée", "over";
        expected: "terme prévu :", "expected:";
        batch: "lot", "batch";
        dose_number: "dose", "dose";
        relation: "chez :", "relative:";
        sources: "sources", "sources";
        whole: "Tout voir sur une page", "See all on one page";
        more: "autres", "more";
        contradiction: "À vérifier : un document dit le contraire.", "To check: a document says the contrary.";
        said_by: "dit par", "said by";
        more_say_so: "autres sources le disent", "other sources say so";
        not_none: "Cela ne veut pas dire qu'il n'y en a pas.", "This does not mean that there is none.";
        results: "Résultats récents", "Recent results";
        results_own: "Vos résultats récents", "Your recent results";
        no_results: "Aucun résultat lisible comme une valeur.", "No result readable as a value.";
        all_results: "Tous les résultats et leurs courbes", "All results and their curves";
        usual: "habituel :", "usual:";
        due: "Échéances", "Due";
        due_own: "À faire", "To do";
        no_due: "Rien à échéance dans ce que disent les documents.", "Nothing falls due by what the documents say.";
        late: "en retard", "overdue";
        by_when: "avant :", "by:";
        fresh: "Nouveau depuis votre dernière consultation", "New since you last looked";
        fresh_own: "Nouveau depuis votre dernière visite", "New since your last visit";
        first_visit: "Aucune visite plus ancienne n'est connue : tout est nouveau.", "No earlier visit is known: everything is new.";
        nothing_new: "Aucun nouveau document.", "No new document.";
        rest: "Le reste du dossier", "The rest of the record";
        papers: "Des documents en parlent, à ouvrir pour le savoir :", "Documents are about it, open them to know:";
        silent: "Rien de repris des documents sur :", "Nothing taken over from the documents about:";
        missing: "Ce qui manque probablement", "What is probably missing";
        team: "Professionnels qui suivent la personne", "Professionals who take care of the person";
        team_own: "Les professionnels qui vous suivent", "The professionals who take care of you";
        team_why: "Auteurs des documents des deux dernières années.", "Authors of the documents of the last two years.";
        missing_why: "L'assurance maladie a remboursé ces soins, et aucun compte rendu n'est arrivé dans la partie du dossier que vous voyez.", "The health insurance paid for this care, and no report arrived in the part of the record that you see.";
        missing_act_own: "Vous pouvez demander à qui a donné les soins de déposer le compte rendu : la loi le prévoit.", "You may ask who gave the care to add the report: the law provides for it.";
        pdf: "Imprimer la synthèse (PDF)", "Print the summary (PDF)";
        card: "Carte d'urgence", "Emergency card";
        made_check: "Chaque ligne mène au document qui la dit. En cas de doute, le document fait foi.", "Each line leads to the document that says it. In doubt, the document counts.";
    }
}

/// The headings of a summary, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingName {
    Allergies,
    Attention,
    Treatments,
    Problems,
    History,
    FamilyHistory,
    Procedures,
    Stays,
    PastTreatments,
    Vaccinations,
    Devices,
    Pregnancies,
    Risks,
    Functions,
    Imaging,
    Plans,
    Directives,
    Contacts,
}

/// Word of the heading for identifiers; title for the person; title for others; what a denial says; what is said to be unknown.
type Words = (&'static str, (&'static str, &'static str), (&'static str, &'static str), (&'static str, &'static str), (&'static str, &'static str));

impl HeadingName {
    #[cfg(test)]
    pub const ALL: [HeadingName; 18] = [
        HeadingName::Allergies,
        HeadingName::Attention,
        HeadingName::Treatments,
        HeadingName::Problems,
        HeadingName::History,
        HeadingName::FamilyHistory,
        HeadingName::Procedures,
        HeadingName::Stays,
        HeadingName::PastTreatments,
        HeadingName::Vaccinations,
        HeadingName::Devices,
        HeadingName::Pregnancies,
        HeadingName::Risks,
        HeadingName::Functions,
        HeadingName::Imaging,
        HeadingName::Plans,
        HeadingName::Directives,
        HeadingName::Contacts,
    ];

    #[rustfmt::skip]
    fn row(self) -> Words {
        match self {
            HeadingName::Allergies => ("allergies", ("Vos allergies", "Your allergies"), ("Allergies", "Allergies"), ("Aucune allergie connue", "No known allergy"), ("les allergies", "allergies")),
            HeadingName::Attention => ("attention", ("Points de vigilance", "Points to watch"), ("Points de vigilance", "Points to watch"), ("Aucun point de vigilance", "No point to watch"), ("les points de vigilance", "points to watch")),
            HeadingName::Treatments => ("treatments", ("Vos traitements en cours", "Your current treatments"), ("Traitements en cours", "Current treatments"), ("Aucun traitement en cours", "No current treatment"), ("les traitements", "treatments")),
            HeadingName::Problems => ("problems", ("Vos problèmes de santé", "Your health problems"), ("Problèmes de santé actifs", "Active problems"), ("Aucun problème de santé en cours", "No current health problem"), ("les problèmes de santé", "health problems")),
            HeadingName::History => ("history", ("Vos antécédents", "Your past illnesses"), ("Antécédents", "Past illnesses"), ("Aucun antécédent connu", "No known past illness"), ("les antécédents", "past illnesses")),
            HeadingName::FamilyHistory => ("family", ("Maladies dans votre famille", "Illnesses in your family"), ("Antécédents familiaux", "Family history"), ("Aucun antécédent familial connu", "No known family history"), ("les antécédents familiaux", "family history")),
            HeadingName::Procedures => ("procedures", ("Vos opérations", "Your operations"), ("Opérations et actes", "Operations and acts"), ("Aucune opération connue", "No known operation"), ("les opérations", "operations")),
            HeadingName::Stays => ("stays", ("Vos hospitalisations", "Your hospital stays"), ("Hospitalisations", "Hospital stays"), ("Aucune hospitalisation connue", "No known hospital stay"), ("les hospitalisations", "hospital stays")),
            HeadingName::PastTreatments => ("past-treatments", ("Vos anciens traitements", "Your past treatments"), ("Anciens traitements", "Past treatments"), ("Aucun ancien traitement connu", "No known past treatment"), ("les anciens traitements", "past treatments")),
            HeadingName::Vaccinations => ("vaccines", ("Vos vaccins", "Your vaccines"), ("Vaccinations", "Vaccinations"), ("Aucune vaccination connue", "No known vaccination"), ("les vaccinations", "vaccinations")),
            HeadingName::Devices => ("devices", ("Vos dispositifs et appareils", "Your devices"), ("Dispositifs et appareils", "Devices"), ("Aucun dispositif", "No device"), ("les dispositifs et appareils", "devices")),
            HeadingName::Pregnancies => ("pregnancies", ("Vos grossesses", "Your pregnancies"), ("Grossesses", "Pregnancies"), ("Aucune grossesse connue", "No known pregnancy"), ("les grossesses", "pregnancies")),
            HeadingName::Risks => ("risks", ("Vos facteurs de risque", "Your risk factors"), ("Facteurs de risque", "Risk factors"), ("Aucun facteur de risque connu", "No known risk factor"), ("les facteurs de risque", "risk factors")),
            HeadingName::Functions => ("functions", ("Votre vie quotidienne", "Your daily life"), ("Autonomie et fonctions", "Functional status"), ("Aucune limitation connue", "No known limitation"), ("l'autonomie", "functional status")),
            HeadingName::Imaging => ("imaging", ("Votre imagerie", "Your imaging"), ("Imagerie", "Imaging"), ("Aucune imagerie connue", "No known imaging"), ("l'imagerie", "imaging")),
            HeadingName::Plans => ("plans", ("Votre plan de soins et votre équipe", "Your care plan and team"), ("Plan de soins et équipe", "Care plan and team"), ("Aucun plan de soins", "No care plan"), ("le plan de soins", "care plan")),
            HeadingName::Directives => ("directives", ("Vos directives et volontés", "Your directives and wishes"), ("Directives anticipées et volontés", "Advance directives and wishes"), ("Aucune directive anticipée", "No advance directive"), ("les directives anticipées", "advance directives")),
            HeadingName::Contacts => ("contacts", ("Les personnes à prévenir", "Whom to call"), ("Personnes à prévenir", "Whom to call"), ("Aucune personne à prévenir", "Nobody to call"), ("les personnes à prévenir", "whom to call")),
        }
    }

    /// Word for identifiers of the page.
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// The heading; `own` for the person.
    pub fn title(self, own: bool, lang: Lang) -> &'static str {
        let row = self.row();
        let (fr, en) = if own { row.1 } else { row.2 };
        lang.pick(fr, en)
    }

    /// « Aucune allergie connue ».
    pub fn none(self, lang: Lang) -> &'static str {
        let (fr, en) = self.row().3;
        lang.pick(fr, en)
    }

    /// « les allergies ».
    pub fn subject(self, lang: Lang) -> &'static str {
        let (fr, en) = self.row().4;
        lang.pick(fr, en)
    }

    /// « Aucune information sur les allergies ».
    pub fn no_information(self, lang: Lang) -> String {
        match lang {
            Lang::Fr => format!("Aucune information reconnue sur {}.", self.subject(lang)),
            Lang::En => format!("No information recognised about {}.", self.subject(lang)),
        }
    }
}

/// « Synthèse faite automatiquement à partir de 41 documents lisibles ; 1 document attend d'être lu. »
pub fn made_words(documents: usize, waiting: usize, unreadable: usize, lang: Lang) -> String {
    let mut parts = Vec::new();
    match lang {
        Lang::Fr => {
            let of = if documents == 1 { "1 document lisible".to_owned() } else { format!("{documents} documents lisibles") };
            parts.push(format!("Synthèse faite automatiquement à partir de {of}"));
            parts.extend(match waiting {
                0 => None,
                1 => Some("1 document attend d'être lu".to_owned()),
                _ => Some(format!("{waiting} documents attendent d'être lus")),
            });
            parts.extend(match unreadable {
                0 => None,
                1 => Some("1 document n'a pas pu être lu".to_owned()),
                _ => Some(format!("{unreadable} documents n'ont pas pu être lus")),
            });
            format!("{}.", parts.join("\u{a0}; "))
        }
        Lang::En => {
            let of = |count: usize| if count == 1 { "1 document".to_owned() } else { format!("{count} documents") };
            parts.push(format!("Made automatically from {}", of(documents)));
            parts.extend((waiting > 0).then(|| format!("{} waiting to be read", of(waiting))));
            parts.extend((unreadable > 0).then(|| format!("{} could not be read", of(unreadable))));
            format!("{}.", parts.join("; "))
        }
    }
}

/// « dit en 2019 ».
pub fn told_in(year: i16, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("dit en {year}"),
        Lang::En => format!("told in {year}"),
    }
}

/// « Analyse ».
pub fn missing_words(kind: MissingKind, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        MissingKind::Stay => ("Séjour", "Stay"),
        MissingKind::Analysis => ("Analyse", "Analysis"),
        MissingKind::Imaging => ("Imagerie", "Imaging"),
    };
    lang.pick(fr, en)
}

/// « 3 documents en deux ans ».
pub fn written_words(documents: usize, lang: Lang) -> String {
    match (lang, documents) {
        (Lang::Fr, 1) => "1 document en deux ans".to_owned(),
        (Lang::Fr, _) => format!("{documents} documents en deux ans"),
        (Lang::En, 1) => "1 document in two years".to_owned(),
        (Lang::En, _) => format!("{documents} documents in two years"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_has_words_in_both_languages_and_an_id_of_its_own() {
        let mut ids: Vec<&str> = HeadingName::ALL.iter().map(|name| name.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), HeadingName::ALL.len());
        for name in HeadingName::ALL {
            for own in [true, false] {
                assert!(!name.title(own, Lang::Fr).is_empty() && !name.title(own, Lang::En).is_empty(), "{name:?}");
            }
            assert_ne!(name.none(Lang::Fr), name.none(Lang::En));
            assert_ne!(name.no_information(Lang::Fr), name.no_information(Lang::En));
        }
    }
}
