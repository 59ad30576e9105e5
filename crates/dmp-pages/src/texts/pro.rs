//! Texts of the professional site.

use dmp_core::identity::Sex;
use dmp_core::record::NoticeKind;

use crate::lang::texts;
use crate::{InsProblem, Lang};

texts! {
    /// Professional site.
    ProTexts {
        no_record: "La personne n'a pas encore de dossier ?", "The person has no record yet?";
        no_record_open: "L'ouvrir avec elle", "Open it with them";
        search_title: "Ouvrir le dossier d'une personne", "Open a person's record";
        ins: "Matricule INS, carte lue, ou code que la personne montre", "INS number, card that was read, or code that the person shows";
        ins_hint: "Quinze caractères, clé comprise ; un lecteur de cartes ou de codes peut les écrire ici. Le matricule ne paraît jamais dans l'adresse de la page.", "Fifteen characters, key included; a reader of cards or codes may type them here. It never stands in the page's address.";
        by_identity: "Sans matricule : par l'identité complète", "Without a number: by the complete identity";
        by_identity_why: "Les cinq traits de l'état civil, tous exacts : le dossier d'une seule personne s'ouvre, ou aucun. Votre recherche est notée.", "The five traits of the civil status, all exact: the record of one single person opens, or none. Your search is noted.";
        identity_incomplete: "Remplissez les cinq traits : nom et premier prénom de naissance, date, sexe, code INSEE de la commune ou du pays.", "Fill in all five traits: birth name and first given name, date, sex, INSEE code of the town or country.";
        family: "Nom de naissance", "Birth name";
        given: "Premier prénom de naissance", "First given name at birth";
        birth: "Date de naissance", "Date of birth";
        sex: "Sexe", "Sex";
        female: "féminin", "female";
        male: "masculin", "male";
        place: "Code INSEE du lieu de naissance", "INSEE code of the place of birth";
        place_hint: "Cinq caractères : la commune, ou 99 et le pays.", "Five characters: the town, or 99 and the country.";
        open: "Ouvrir", "Open";
        recent: "Dossiers ouverts récemment", "Records opened recently";
        no_recent: "Aucun dossier ouvert récemment. Commencez par le matricule INS, lu sur la carte ou le document de la personne.", "No record opened recently. Start with the INS number, read from the person's card or document.";
        emergencies: "Accès en urgence aux dossiers de vos patients", "Emergency accesses to your patients' records";
        emergencies_why: "Vous en êtes informé comme médecin traitant. Le motif donné se lit dans le journal de la personne.", "You are told as their médecin traitant (regular doctor). The reason given stands in the person's journal.";
        emergencies_older: "Accès plus anciens", "Older accesses";
        opened: "ouvert le", "opened on";
        born: "naissance :", "born";
        minor: "moins de 18 ans", "under 18";
        doctor: "Médecin traitant", "Médecin traitant (regular doctor)";
        sign_summary: "Signer la synthèse médicale", "Sign the medical summary";
        patient: "La personne dont le dossier est ouvert", "The person whose record is open";
        pages: "Pages du dossier", "Pages of the record";
        tab_synthesis: "Synthèse", "Summary";
        tab_documents: "Documents", "Documents";
        tab_biology: "Biologie", "Laboratory";
        tab_imaging: "Imagerie", "Imaging";
        tab_timeline: "Chronologie", "Timeline";
        tab_deposit: "Déposer", "Deposit";
        tab_orders: "Avant de prescrire un examen", "Before ordering an exam";
        tab_apps: "Applications", "Apps";
        access_doctor: "vous êtes médecin traitant depuis le", "you are the médecin traitant since";
        ask_lasting: "Demander une autorisation durable", "Ask for a lasting authorisation";
        doctor_none: "non déclaré", "not declared";
        access: "Votre accès", "Your access";
        access_since: "autorisé depuis le", "authorised since";
        access_now: "pour cette consultation", "for this consultation";
        access_emergency: "en urgence", "emergency";
        glass_title: "Accès en urgence (bris de glace)", "Emergency access (break-glass)";
        glass_told: "La personne et son médecin traitant en seront informés.", "The person and their médecin traitant (regular doctor) will be told.";
        glass_reason: "Motif", "Reason";
        glass_leave: "Fermer cet accès", "End this access";
        centre_title: "Accès du SAMU – Centre 15", "SAMU emergency call centre access";
        documents: "Documents", "Documents";
        filters: "Filtrer", "Filter";
        class: "Genre de document", "Kind of document";
        all_classes: "Tous", "All";
        from: "Du", "From";
        until: "Au", "To";
        author: "Auteur ou structure", "Author or structure";
        apply: "Appliquer", "Apply";
        clear: "Tout afficher", "Show all";
        wrong_period: "La date de fin doit venir après la date de début.", "The end date must come after the start date.";
        no_documents: "Aucun document que vous puissiez lire ne correspond.", "No document that you may read matches.";
        empty: "Ce dossier ne contient encore aucun document que vous puissiez lire.", "This record holds no document that you may read yet.";
        pane: "Lecture", "Reading";
        back_to_list: "Revenir à la liste", "Back to the list";
        pane_empty: "Choisissez un document dans la liste pour le lire ici.", "Choose a document in the list to read it here.";
        hidden_from_person: "La personne ne voit pas encore ce document : il attend une consultation d'annonce. Ne lui en parlez pas hors de cette consultation.", "The person does not see this document yet: it waits for an announcement appointment. Do not mention it outside that appointment.";
        hidden_from_representatives: "Les représentants légaux ne voient pas ce document, à la demande de la personne mineure. Ne leur en parlez pas.", "Legal representatives do not see this document, at the minor's request. Do not mention it to them.";
        old_version: "C'est une ancienne version.", "This is an old version.";
        original: "Ouvrir l'original", "Open the original";
        file_only: "Ce document est un fichier : il s'ouvre à part.", "This document is a file: it opens by itself.";
        unreadable: "Le texte n'a pas pu être lu. L'original reste disponible.", "The text could not be read. The original is still available.";
    }
}

texts! {
    /// The keys of the keyboard.
    KeyTexts {
        title: "Touches du clavier", "Keys of the keyboard";
        script: "Ces touches ne font rien que la page n'offre aussi par un lien ou un bouton.", "These keys do nothing that the page does not offer by a link or a button too.";
        on: "Remettre les touches en service", "Switch the keys on again";
        off: "Mettre les touches hors service sur cet ordinateur", "Switch the keys off on this computer";
        next: "document suivant, document précédent", "next document, previous document";
        synthesis: "synthèse ; toute la synthèse", "summary; the whole summary";
        documents: "documents", "documents";
        biology: "biologie", "laboratory";
        timeline: "chronologie", "timeline";
        news: "nouveautés", "what is new";
        choose: "choisir le document", "choose the document";
        print: "imprimer", "print";
        search: "chercher dans les textes", "search the texts";
        help: "montrer ces touches", "show these keys";
    }
}

impl KeyTexts {
    /// Each key with what it does.
    pub fn pairs(&self) -> [(&'static str, &'static str); 10] {
        [
            ("j, k", self.next),
            ("s, e", self.synthesis),
            ("d", self.documents),
            ("b", self.biology),
            ("t", self.timeline),
            ("n", self.news),
            ("x", self.choose),
            ("i", self.print),
            ("/", self.search),
            ("?", self.help),
        ]
    }
}

/// What is wrong with the INS typed, and what to do.
pub fn ins_words(problem: InsProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        InsProblem::Missing => ("Écrivez le matricule INS : quinze caractères.", "Write the INS number: fifteen characters."),
        InsProblem::Malformed => (
            "Un matricule INS a quinze caractères : treize, puis deux pour la clé.",
            "An INS number has fifteen characters: thirteen, then two for the key.",
        ),
        InsProblem::WrongKey => (
            "La clé (les deux derniers chiffres) ne correspond pas. Vérifiez chaque chiffre.",
            "The key (the last two digits) does not agree. Check each digit.",
        ),
        InsProblem::OtherWorld => (
            "Ce matricule n'est pas de ce côté : un bac à sable n'accepte que des numéros d'essai.",
            "This number does not belong here: a sandbox accepts test numbers only.",
        ),
    };
    lang.pick(fr, en)
}

/// « Samira EXEMPLE a ouvert le dossier en urgence (bris de glace) ».
pub fn emergency_words(kind: NoticeKind, by: &str, lang: Lang) -> String {
    let centre = kind == NoticeKind::RegulationCentre;
    match lang {
        Lang::Fr => format!("{by} a ouvert le dossier {}", if centre { "pour le SAMU – Centre 15" } else { "en urgence (bris de glace)" }),
        Lang::En => format!("{by} opened the record {}", if centre { "for the SAMU emergency call centre" } else { "in an emergency (break-glass)" }),
    }
}

/// Sex of the INS traits.
pub fn sex_words(sex: Sex, lang: Lang) -> &'static str {
    let (fr, en) = match sex {
        Sex::Female => ("sexe féminin", "female"),
        Sex::Male => ("sexe masculin", "male"),
        Sex::Unknown => ("sexe non précisé", "sex not known"),
    };
    lang.pick(fr, en)
}

/// « 47 ans », « 1 an », « moins d'un an ».
pub fn age_words(age: i16, lang: Lang) -> String {
    match (lang, age) {
        (Lang::Fr, ..=0) => "moins d'un an".to_owned(),
        (Lang::Fr, 1) => "1\u{a0}an".to_owned(),
        (Lang::Fr, _) => format!("{age}\u{a0}ans"),
        (Lang::En, ..=0) => "under one year".to_owned(),
        (Lang::En, 1) => "1 year".to_owned(),
        (Lang::En, _) => format!("{age} years"),
    }
}

/// « 12 documents ».
pub fn found_words(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 0) => "aucun document".to_owned(),
        (Lang::En, 0) => "no document".to_owned(),
        (_, 1) => "1 document".to_owned(),
        (_, _) => format!("{count} documents"),
    }
}
