//! Texts of the check before ordering an exam.

use crate::lang::texts;

texts! {
    /// Was this exam done lately.
    OrdersTexts {
        title: "Avant de prescrire un examen", "Before ordering an exam";
        lead: "Choisissez les examens : le dossier dit s'ils ont été faits récemment, d'après ce que vous pouvez lire.", "Choose the exams: the record says whether they were done lately, by what you may read.";
        which: "Examens que vous pensez prescrire", "Exams that you think of ordering";
        look: "Regarder dans le dossier", "Look in the record";
        found: "Ce que dit le dossier", "What the record says";
        none_chosen: "Aucun examen n'est choisi.", "No exam is chosen.";
        done: "Fait le", "Done on";
        nothing: "Pas de résultat récent que vous puissiez lire.", "No recent result that you may read.";
        decide: "Rien n'est refusé : vous décidez.", "Nothing is refused: you decide.";
    }
}
