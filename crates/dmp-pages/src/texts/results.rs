//! Texts of the results.

use crate::lang::texts;

texts! {
    /// The results and one analyte over time.
    ResultsTexts {
        title: "Résultats", "Results";
        title_own: "Vos résultats", "Your results";
        measures: "Mesures", "Measures";
        measures_own: "Vos mesures", "Your measures";
        measures_lead: "Poids, taille, tension et autres mesures, avec leur évolution.", "Weight, height, blood pressure and other measures, with their course.";
        measures_empty: "Aucune mesure dans les documents du dossier.", "No measure in the record's documents.";
        back: "Revenir au dossier", "Back to the record";
        back_to_list: "Tous les résultats", "All results";
        lead: "La dernière valeur de chaque analyse ou mesure, tous laboratoires confondus. La partie claire de la barre montre les valeurs habituelles que donne le laboratoire.", "The latest value of each analysis or measure, across laboratories. The clear part of the bar shows the usual values that the laboratory gives.";
        outside_own: "Une valeur inhabituelle n'est pas toujours grave : parlez-en avec un professionnel.", "An unusual value is not always serious: talk about it with a professional.";
        empty: "Aucun résultat que l'on puisse lire comme une valeur dans les documents du dossier. Un résultat peut se trouver dans un document sans texte lisible.", "No result that can be read as a value in the record's documents. A result may stand in a document without readable text.";
        table: "Les mêmes valeurs, en tableau", "The same values as a table";
        analyte: "Analyse ou mesure", "Analysis or measure";
        value: "Valeur", "Value";
        usual: "Valeurs habituelles", "Usual values";
        usual_short: "habituel :", "usual:";
        reading: "Lecture", "Reading";
        date: "Date", "Date";
        by: "Laboratoire ou lieu", "Laboratory or place";
        source: "Preuve", "Proof";
        by_proof: "Laboratoire, preuve", "Laboratory, proof";
        older_values: "valeurs plus anciennes", "older values";
        new: "nouveau", "new";
        matrix: "Analyses par date", "Analyses by date";
        matrix_older: "Dates plus anciennes, à lire sur la page de chaque analyse :", "Older dates, on the page of each analysis:";
        unit: "Unité", "Unit";
        curve: "Évolution", "Course";
        legend: "Laboratoires", "Laboratories";
        band: "Bande claire : valeurs habituelles du dernier laboratoire.", "Clear band: usual values of the latest laboratory.";
        hollow: "Marque creuse : valeur convertie d'une autre unité ; le tableau donne la valeur d'origine.", "Hollow mark: value converted from another unit; the table gives the original value.";
        large: "Grande marque : valeur inhabituelle.", "Large mark: unusual value.";
        no_curve: "Ces résultats sont des mots : ils se lisent dans le tableau.", "These results are words: they stand in the table.";
        csv: "Télécharger ces valeurs (CSV)", "Download these values (CSV)";
        values: "Toutes les valeurs", "All values";
    }
}
