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
        phases: "Phases", "Phases";
        phase: "Phase", "Phase";
        phase_before: "Avant la phase pilote", "Before the pilot phase";
        phase_pilot: "Phase pilote", "Pilot phase";
        phase_general: "Phase générale", "General phase";
        phases_says: "Part des caisses pilotes dans les ouvertures de chaque phase", "Share of the pilot caisses in the openings of each phase";
        share_of_pilots: "Part des caisses pilotes", "Share of the pilot caisses";
        of_pilots: "caisses pilotes", "pilot caisses";
        pilot_week: "Ouvertures par semaine de la phase pilote", "Openings a week in the pilot phase";
        general_week: "Ouvertures par semaine depuis l'ouverture générale", "Openings a week since the general opening";
        a_week: "par semaine", "a week";
        weeks: "Semaines", "Weeks";
        no_phase: "Ce service n'a pas de phase pilote : les dossiers de toutes les caisses s'ouvrent.", "This service has no pilot phase: records of all caisses open.";
        pilot_caisses: "Les caisses pilotes et leur premier jour", "The pilot caisses and their first day";
        caisse: "Caisse", "Caisse";
        first_day: "Premier jour", "First day";
        everybody: "Toutes les autres caisses", "All other caisses";
        def_phase: "Caisse pilote : une caisse dont les dossiers s'ouvrent avant le jour de l'ouverture générale. Une ouverture dont la caisse n'est pas connue est comptée à part.", "Pilot caisse: one whose records open before the day of the general opening. An opening whose caisse is not known is counted apart.";
        def_phase_weeks: "Une phase est faite de semaines entières : la semaine où elle commence lui appartient. Ses semaines masquées sont comptées quand leur somme peut être montrée, sinon dans aucun total.", "A phase is made of whole weeks: the week in which it begins belongs to it. Its hidden weeks are counted when their sum may be shown, else in no total.";
        file_phases: "Ouvertures par semaine et par phase : caisses pilotes, autres caisses", "Openings by week and phase: pilot caisses, other caisses";
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
        newest_month: "Non vides dont le document le plus récent a un mois au plus", "Non-empty ones whose newest document is at most a month old";
        of_filled: "des dossiers non vides", "of non-empty records";
        delays_say: "De l'acte au dépôt du document", "From the act to the deposit of the document";
        consultations: "Consultations remboursées", "Reimbursed consultations";
        followed: "Suivies d'un document dans les 7 jours", "Followed by a document within 7 days";
        no_consultation: "Aucune consultation remboursée ne peut encore être montrée.", "No reimbursed consultation can be shown yet.";
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
        change_second: "Version 2 : phases, âge du document le plus récent, délais par mois, consultations suivies d'un document.", "Version 2: phases, age of the newest document, delays by month, consultations followed by a document.";
        method_text: "Chaque dossier compté l'est au moment où il change. Le compte se fait par jour de Paris et par semaine ISO. Une semaine est montrée quand elle est finie.", "Each record is counted when it changes. Days are those of Paris, weeks those of ISO 8601. A week is shown when it is over.";
        late_text: "Un fait compté en retard l'est pour le jour où il a eu lieu : une semaine passée peut donc changer un peu.", "What is counted late counts for the day on which it happened: a past week may therefore change a little.";
        def_opening: "Ouverture : un dossier créé. Un dossier fermé puis rouvert reste une seule ouverture. Une ouverture annulée n'est pas comptée.", "Opening: a record that is made. A record that is closed and opened again is one opening. An opening that is taken back is not counted.";
        def_open: "Dossier ouvert : ni fermé, ni gelé après un décès, ni fusionné avec un autre.", "Open record: neither closed, nor frozen after a death, nor merged into another.";
        def_filled: "Dossier non vide : il contient au moins un document actuel, de qui que ce soit. Le chiffre par professionnel ne compte que leurs documents.", "Non-empty record: it holds at least one current document, of anybody. The figure by professionals counts their documents alone.";
        def_delay: "Délai : jours entre la fin de l'acte et le dépôt du document, pour les documents de professionnels. La moitié arrive plus tôt.", "Delay: days from the end of the act to the deposit of the document, for documents of professionals. Half of them come sooner.";
        def_newest: "Âge du document le plus récent : jours entre le dépôt du dernier document d'un dossier ouvert et la fin de la semaine montrée.", "Age of the newest document: days from the deposit of the last document of an open record to the end of the week shown.";
        def_follow: "Consultation suivie d'un document : un jour avec une consultation ou une visite remboursée (lignes de l'Assurance maladie, actes C, CS, G, GS, V, TC et semblables), depuis l'ouverture du dossier. Elle est suivie si le dossier a reçu un document d'un professionnel ou d'un établissement dont l'acte est daté de ce jour ou d'un des sept jours suivants, quel que soit le jour du dépôt. Deux consultations d'un jour comptent pour une. Les lignes et les documents arrivent avec retard : les derniers mois changent encore.", "Consultation followed by a document: a day with a reimbursed consultation or visit (lines of the health insurance, acts C, CS, G, GS, V, TC and the like), since the record was opened. It is followed when the record has got a document of a professional or an establishment whose act is of that day or of one of the seven days after it, whatever the day of deposit. Two consultations of one day count as one. Lines and documents come late: the last months still change.";
        def_cost: "Coût par dossier : tout ce que le responsable du service déclare avoir dépensé jusqu'à la fin de la semaine montrée, divisé par le nombre de dossiers.", "Cost per record: all that whoever runs the service says was spent up to the end of the week shown, divided by the number of records.";
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
        file_quality: "Délais des documents et consultations suivies, par mois", "Delays of documents and consultations that were followed, by month";
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

    /// Delays, in the order of the tables.
    pub fn delays(lang: Lang) -> [&'static str; 5] {
        match lang {
            Lang::Fr => ["Le jour même", "1 jour", "2 à 7 jours", "8 à 30 jours", "Plus de 30 jours"],
            Lang::En => ["The same day", "1 day", "2 to 7 days", "8 to 30 days", "More than 30 days"],
        }
    }

    /// Whose openings they are, in the order of the tables.
    pub fn caisse_groups(lang: Lang) -> [&'static str; 3] {
        match lang {
            Lang::Fr => ["Caisses pilotes", "Autres caisses", "Caisse non connue"],
            Lang::En => ["Pilot caisses", "Other caisses", "Caisse not known"],
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
