//! Texts of the first screen of a consultation.

use crate::Lang;
use crate::lang::texts;

texts! {
    /// The first screen of a patient.
    SynthesisTexts {
        title: "Synthèse", "Summary";
        values: "Dernières valeurs clés", "Latest key values";
        no_values: "Aucune valeur lisible.", "No value that can be read.";
        never: "aucune valeur visible", "no visible value";
        directives: "Directives et personnes à prévenir", "Directives and people to call";
        team: "Équipe et plan de soins", "Team and care plan";
        no_team: "Personne n'a écrit depuis deux ans.", "Nobody has written for two years.";
        fresh: "Nouveau depuis votre dernière consultation", "New since your last consultation";
        since: "Le", "On";
        first_time: "C'est votre première consultation de ce dossier.", "This is your first reading of this record.";
        reports: "Trois derniers comptes rendus", "Last three reports";
        hospital: "Dernier document de l'hôpital", "Last document of a hospital";
        no_reports: "Aucun compte rendu lisible.", "No report that can be read.";
        missing: "Probablement manquant", "Probably missing";
        due: "À prévoir –", "Due –";
        late: "en retard", "late";
        new: "nouveau", "new";
        more: "de plus", "more";
        contradiction: "À vérifier, les sources se contredisent", "To be checked, the sources contradict each other";
        everything: "Synthèse complète, avec toutes les sources", "Whole summary, with every source";
        pdf: "Synthèse imprimable (PDF)", "Printable summary (PDF)";
    }
}

/// « 3 documents ».
pub fn documents_words(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 0) => "aucun nouveau document".to_owned(),
        (Lang::En, 0) => "no new document".to_owned(),
        (Lang::Fr, 1) => "1 nouveau document".to_owned(),
        (Lang::En, 1) => "1 new document".to_owned(),
        (Lang::Fr, _) => format!("{count} nouveaux documents"),
        (Lang::En, _) => format!("{count} new documents"),
    }
}
