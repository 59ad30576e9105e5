//! Texts of the public statistics.

use crate::Lang;
use crate::lang::texts;

texts! {
    /// All pages of statistics.
    StatisticsTexts {
        overview: "Statistiques de déploiement", "Deployment statistics";
        overview_short: "Vue d'ensemble", "Overview";
        openings: "Ouvertures", "Openings";
        channels: "Canaux", "Channels";
        regions: "Régions", "Regions";
        uses: "Usages", "Use";
        quality: "Qualité", "Quality";
        data: "Données", "Data";
        pages: "Pages des statistiques", "Pages of the statistics";
        see: "Voir les chiffres", "See the figures";
        download: "Télécharger :", "Download:";
        link: "Lien permanent", "Permanent link";
        hidden_short: "masqué", "hidden";
        hidden_note: "Un nombre de 1 à 10 n'est jamais montré, ni un autre qui permettrait de le calculer.", "A number from 1 to 10 is never shown, nor another one from which it could be reckoned.";
        week: "Semaine", "Week";
        month: "Mois", "Month";
        year: "Année", "Year";
        total: "Ensemble", "Total";
        share: "Part", "Share";
        channel: "Canal", "Channel";
        region: "Région", "Region";
        since: "Depuis le début", "Since the beginning";
        last_week: "Dernière semaine complète", "Last complete week";
        rate: "Pour 1 000 habitants", "Per 1,000 inhabitants";
        year_before: "Même semaine un an avant", "Same week a year before";
        unknown_region: "Région non connue", "Region not known";
        records_open: "Dossiers ouverts", "Open records";
        openings_week: "Ouvertures de la dernière semaine complète", "Openings of the last complete week";
        records_filled: "Dossiers contenant au moins un document", "Records with at least one document";
        of_open: "des dossiers ouverts", "of open records";
        by_professionals: "dont au moins un document d'un professionnel ou d'un établissement", "at least one of a professional or an establishment";
        documents_each: "Documents par dossier ouvert", "Documents per open record";
        consulted: "Documents lus par des professionnels", "Documents read by professionals";
        looked: "Dossiers regardés par des professionnels", "Records looked at by professionals";
        feeders: "Professionnels et structures qui alimentent", "Professionals and structures who feed";
        readers: "Professionnels qui lisent", "Professionals who read";
        delay: "Délai médian, en jours", "Median delay, in days";
        age: "Âge du document le plus récent", "Age of the newest document";
        age_month: "un mois au plus", "up to a month";
        age_half: "de un à six mois", "one to six months";
        age_year: "de six mois à un an", "six months to a year";
        age_more: "plus d'un an", "more than a year";
        exams: "Examens non refaits", "Exams not done again";
        saved: "Économie estimée", "Estimated saving";
        cost_each: "Coût par dossier ouvert", "Cost per open record";
        cost_filled: "Coût par dossier non vide", "Cost per non-empty record";
        nothing: "Rien n'a encore été compté.", "Nothing has been counted yet.";
        thing: "Quoi", "What";
        number: "Nombre", "Number";
        lives: "Vie des dossiers", "Life of records";
        cancelled: "Ouvertures annulées", "Openings taken back";
        closed: "Sorties d'usage (fermeture, décès, fusion)", "Left use (closing, death, merger)";
        reopened: "Retours en usage", "Came back into use";
        destroyed: "Destructions", "Destroyed";
        file: "Fichier", "File";
        holds: "Contenu", "Content";
        definitions: "Définitions", "Definitions";
        method: "Méthode", "Method";
        licence: "Licence", "Licence";
        licence_text: "Ces données sont publiées sous la Licence Ouverte 2.0 (Etalab). Citez « DMP, statistiques de déploiement » et la date.", "These data are published under the Licence Ouverte 2.0 (Etalab). Cite \"DMP, deployment statistics\" and the date.";
        changes: "Journal des changements", "Change log";
        change_first: "Version 1 : premières séries. Une série publiée garde son nom et ses colonnes.", "Version 1: first series. A published series keeps its name and its columns.";
        method_text: "Chaque dossier compté l'est au moment où il change. Le compte se fait par jour de Paris et par semaine ISO. Une semaine est montrée quand elle est finie.", "Each record is counted when it changes. Days are those of Paris, weeks those of ISO 8601. A week is shown when it is over.";
        late_text: "Un fait compté en retard l'est pour le jour où il a eu lieu : une semaine passée peut donc changer un peu.", "What is counted late counts for the day on which it happened: a past week may therefore change a little.";
        def_opening: "Ouverture : un dossier créé. Un dossier fermé puis rouvert reste une seule ouverture. Une ouverture annulée n'est pas comptée.", "Opening: a record that is made. A record that is closed and opened again is one opening. An opening that is taken back is not counted.";
        def_open: "Dossier ouvert : ni fermé, ni gelé après un décès, ni fusionné avec un autre.", "Open record: neither closed, nor frozen after a death, nor merged into another.";
        def_filled: "Dossier non vide : il contient au moins un document actuel, de qui que ce soit. Le chiffre par professionnel ne compte que leurs documents.", "Non-empty record: it holds at least one current document, of anybody. The figure by professionals counts their documents alone.";
        def_delay: "Délai : jours entre la fin de l'acte et le dépôt du document, pour les documents de professionnels. La moitié arrive plus tôt.", "Delay: days from the end of the act to the deposit of the document, for documents of professionals. Half of them come sooner.";
        def_readers: "Un professionnel compte une fois par mois, quoi qu'il lise ou dépose.", "A professional counts once a month, whatever they read or deposit.";
        def_rate: "Taux : ouvertures depuis le début pour 1 000 habitants (estimation 2018, Insee).", "Rate: openings since the beginning per 1,000 inhabitants (estimate of 2018, Insee).";
        def_savings: "Économie : examens trouvés dans le dossier et non refaits, au tarif de l'examen. Aucun examen ni aucune personne n'est gardé.", "Saving: exams found in the record and not done again, at the tariff of the exam. No exam and no person is kept.";
        quality_lead: "Ce que ce service promet, et ce qu'il mesure de lui-même.", "What this service promises, and what it measures of itself.";
        promise: "Promesse", "Promise";
        target: "Cible", "Target";
        weight: "Poids d'une page de statistiques", "Weight of a page of statistics";
        weight_target: "100 Ko au plus, sans script", "100 KB at most, without a script";
        first_paint: "Première page affichée", "First page shown";
        first_paint_target: "0,8 s au plus", "0.8 s at most";
        summary_time: "Synthèse de 2 000 documents, temps du serveur", "Summary of 2,000 documents, time of the server";
        summary_target: "50 ms pour 95 % des lectures", "50 ms for 95% of reads";
        access_goal: "Accessibilité (RGAA 4.1)", "Accessibility (RGAA 4.1)";
        access_target: "aucune violation automatique ; 95 % de la grille", "no automatic violation; 95% of the grid";
        availability: "Le service lui-même", "The service itself";
        availability_now: "répond", "answers";
        waiting: "Faits qui attendent d'être comptés", "Facts that wait to be counted";
        counted_at: "Dernière addition", "Last added up";
        back_week: "Semaine précédente", "Week before";
        next_week: "Semaine suivante", "Week after";
        measured: "Mesure de ce moment", "Measure of this moment";
        file_channels: "Ouvertures par semaine et par canal", "Openings by week and channel";
        file_regions: "Ouvertures par semaine et par région", "Openings by week and region";
        file_uses: "Usages par mois", "Use by month";
        file_records: "Dossiers ouverts, non vides, documents", "Open and non-empty records, documents";
    }
}

impl StatisticsTexts {
    /// Whom documents come from, in the order of the tables.
    pub fn origins(lang: Lang) -> [&'static str; 5] {
        match lang {
            Lang::Fr => ["Professionnels de ville", "Établissements de santé", "Laboratoires", "La personne", "Assurance maladie"],
            Lang::En => ["Professionals in town", "Health establishments", "Laboratories", "The person", "Health insurance"],
        }
    }

    /// Channels, in the order of the tables.
    pub fn groups(lang: Lang) -> [&'static str; 5] {
        match lang {
            Lang::Fr => ["Pharmacie", "En ligne", "Caisse", "Professionnels et établissements", "Automatique"],
            Lang::En => ["Pharmacy", "Online", "Insurance counter", "Professionals and establishments", "Automatic"],
        }
    }
}
