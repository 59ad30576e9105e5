//! Texts of what the person adds.

use dmp_core::statement::{Field, FileFlaw, Flaw, Measure, StatementKind};

use crate::lang::texts;
use crate::{Lang, numbers};

texts! {
    /// Adding, and what was added.
    AddTexts {
        title: "Ajouter au dossier", "Add to the record";
        question: "Que voulez‑vous ajouter ?", "What would you like to add?";
        lead: "Une chose à la fois. Vous pourrez la corriger ou la retirer.", "One thing at a time. You can correct it or take it back.";
        health: "Ma santé", "My health";
        measures: "Une mesure", "A measure";
        wishes: "Mes proches et mes volontés", "My people and my wishes";
        papers: "Un papier", "A paper";
        file: "Un document ou une photo", "A document or a photo";
        file_means: "Une ordonnance, un résultat, une carte. 5 Mo au plus.", "A prescription, a result, a card. 5 MB at most.";
        cannot: "Vous pouvez lire ce dossier, mais pas y ajouter.", "You may read this record, but not add to it.";
        back: "Autre chose à ajouter", "Something else to add";
        back_list: "Ce qui a été ajouté", "What was added";
        save: "Enregistrer", "Save";
        optional: "facultatif", "optional";
        correct_title: "Corriger", "Correct";
        correct_lead: "La nouvelle version remplace l'ancienne.", "The new version takes the place of the old one.";
        directives_lost: "L'ancien texte ne compte plus : seul le dernier est montré.", "The old text no longer counts: only the last one is shown.";
        choose_file: "Choisir un fichier", "Choose a file";
        choose_hint: "PDF, photo (JPEG ou PNG) ou texte. 5 Mo au plus. Le lieu de la photo est effacé.", "PDF, photo (JPEG or PNG) or text. 5 MB at most. The place of a photo is erased.";
        take_photo: "Ou prendre une photo", "Or take a photo";
        take_hint: "Avec un téléphone ou une tablette.", "With a telephone or a tablet.";
        again: "Choisissez le fichier encore une fois : il n'a pas été gardé.", "Choose the file once more: it was not kept.";
        details: "Titre, type et date", "Title, type and date";
        details_hint: "Si vous ne remplissez rien, un titre et un type sont proposés.", "If you fill in nothing, a title and a type are proposed.";
        propose: "À proposer pour moi", "Propose one for me";
        field_title: "Titre", "Title";
        field_type: "Type", "Type";
        field_date: "Date", "Date";
        added: "Ce que vous avez ajouté", "What you added";
        proposed: "Le titre, le type et la date sont-ils justes ?", "Are title, type and date right?";
        who: "Qui peut le voir", "Who can see it";
        who_lead_own: "Vous, qui vous représente, et votre médecin traitant (le médecin habituel).", "You, who represents you, and your médecin traitant (regular doctor).";
        who_lead: "La personne du dossier, qui la représente, et le médecin traitant (le médecin habituel).", "The person of the record, who represents them, and the médecin traitant (regular doctor).";
        who_others: "Les professionnels autorisés aussi, pour ces métiers :", "Authorised professionals too, of these professions:";
        who_none: "Aucun autre métier n'y a accès.", "No other profession has access.";
        who_hidden: "Ce document est masqué : les autres professionnels ne le voient pas.", "This document is hidden: other professionals do not see it.";
        who_all: "Tout le dossier est masqué aux autres professionnels.", "The whole record is hidden from other professionals.";
        more: "Ajouter autre chose", "Add something else";
        home: "Revenir au dossier", "Back to the record";
        correct: "Corriger", "Correct";
        withdraw: "Retirer", "Take back";
        withdraw_sure: "Retirer pour toujours", "Take back for ever";
        withdraw_means: "Ce document ne sera plus visible de personne. Cela ne peut pas être annulé.", "Nobody will see this document any more. This cannot be undone.";
        list_title: "Ajoutés par moi", "Added by me";
        list_title_other: "Ajoutés par la personne", "Added by the person";
        list_lead: "Ces documents ne viennent pas d'un professionnel.", "These documents do not come from a professional.";
        list_none: "Rien n'a encore été ajouté.", "Nothing was added yet.";
        unknown: "Je ne sais pas", "I do not know";
        low: "Légère : gêne, rougeur", "Mild: discomfort, redness";
        high: "Grave : malaise, gonflement, gêne pour respirer", "Severe: fainting, swelling, trouble breathing";
        organs_yes: "Je suis d'accord pour donner mes organes après ma mort", "I agree to give my organs after my death";
        organs_no: "Je refuse de donner mes organes après ma mort", "I refuse to give my organs after my death";
        organs_some: "Je suis d'accord pour certains organes seulement", "I agree for some organs only";
        role_call: "À prévenir en cas d'urgence", "To call in an emergency";
        role_trust: "Personne de confiance : elle dit ce que je veux si je ne peux plus parler", "Person of trust: tells what I want when I cannot speak";
        write_here: "Écrire mes directives ici", "Write my directives here";
        send_file: "Envoyer plutôt un fichier", "Send a file instead";
        say_where: "Dire plutôt où elles se trouvent", "Say instead where they are kept";
    }
}

/// The name of a kind, on the page of choices.
pub fn kind_words(kind: StatementKind, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        StatementKind::Allergy => ("Une allergie", "An allergy"),
        StatementKind::Medicine => ("Un médicament pris sans ordonnance", "A medicine taken without a prescription"),
        StatementKind::Family => ("Une maladie dans la famille", "An illness in the family"),
        StatementKind::Measure(Measure::Weight) => ("Le poids", "Weight"),
        StatementKind::Measure(Measure::Height) => ("La taille", "Height"),
        StatementKind::Measure(Measure::BloodPressure) => ("La tension", "Blood pressure"),
        StatementKind::Measure(Measure::Glucose) => ("La glycémie (sucre dans le sang)", "Blood glucose (sugar in the blood)"),
        StatementKind::Measure(Measure::Temperature) => ("La température", "Temperature"),
        StatementKind::Measure(Measure::HeartRate) => ("Le pouls", "Pulse"),
        StatementKind::Measure(Measure::Oxygen) => ("L'oxygène (saturation)", "Oxygen (saturation)"),
        StatementKind::Contact => ("Une personne à prévenir ou de confiance", "Somebody to call or to trust"),
        StatementKind::Directives => ("Mes directives anticipées", "My advance directives"),
        StatementKind::DirectivesKept => ("Où sont mes directives anticipées", "Where my advance directives are"),
        StatementKind::Organs => ("Ma volonté sur le don d'organes", "My wish about organ donation"),
    };
    lang.pick(fr, en)
}

/// What helps to fill the form, when something does.
pub fn kind_help(kind: StatementKind, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        StatementKind::Directives => (
            "Ce que vous voulez, ou ne voulez pas, si un jour vous ne pouvez plus parler.",
            "What you want, or do not want, if one day you can no longer speak.",
        ),
        StatementKind::Organs => (
            "Pour refuser, il faut aussi s'inscrire au registre national des refus.",
            "To refuse, you also have to register in the national register of refusals.",
        ),
        StatementKind::Medicine => ("Un médicament, une plante, un complément.", "A medicine, a plant, a supplement."),
        StatementKind::Measure(_) => ("Notez ce que l'appareil affiche.", "Write what the device shows."),
        StatementKind::Allergy | StatementKind::Family | StatementKind::Contact | StatementKind::DirectivesKept => ("", ""),
    };
    lang.pick(fr, en)
}

/// The question of a field.
pub fn label(kind: Option<StatementKind>, field: Field, lang: Lang) -> String {
    let (fr, en) = match field {
        Field::Substance => ("À quoi ?", "To what?"),
        Field::Reaction => ("Que se passe-t-il ?", "What happens?"),
        Field::Severity => ("Est-ce grave ?", "Is it severe?"),
        Field::Since => ("Depuis quand ?", "Since when?"),
        Field::Value | Field::Second => return value_label(kind, field, lang),
        Field::Day => ("Quel jour ?", "Which day?"),
        Field::Time => ("À quelle heure ?", "At what time?"),
        Field::Medicine => ("Quel médicament ?", "Which medicine?"),
        Field::Dose => ("Combien, et quand ?", "How much, and when?"),
        Field::Relation => ("Qui est malade ?", "Who is ill?"),
        Field::Illness => ("Quelle maladie ?", "Which illness?"),
        Field::Words => ("Ce que je veux", "What I want"),
        Field::Place => ("Où se trouvent-elles ?", "Where are they?"),
        Field::Holder => ("Qui les garde ?", "Who keeps them?"),
        Field::Phone => ("Quel numéro de téléphone ?", "Which telephone number?"),
        Field::Wish => ("Que voulez-vous ?", "What do you want?"),
        Field::Note => ("Une précision ?", "Anything to add?"),
        Field::Role => ("Pourquoi cette personne ?", "Why this person?"),
        Field::Name => ("Quel nom ?", "Which name?"),
        Field::Tie => ("Quel lien avec la personne du dossier ?", "What tie to the person of the record?"),
        Field::Title => ("Titre", "Title"),
        Field::Type => ("Type", "Type"),
        Field::File => ("Fichier", "File"),
    };
    lang.pick(fr, en).to_owned()
}

fn value_label(kind: Option<StatementKind>, field: Field, lang: Lang) -> String {
    let Some(StatementKind::Measure(measure)) = kind else { return lang.pick("Valeur", "Value").to_owned() };
    let (fr, en) = match (measure, field) {
        (Measure::BloodPressure, Field::Second) => ("Le plus petit nombre", "The smaller number"),
        (Measure::BloodPressure, _) => ("Le plus grand nombre", "The larger number"),
        (Measure::Weight, _) => ("Poids", "Weight"),
        (Measure::Height, _) => ("Taille", "Height"),
        (Measure::Glucose, _) => ("Glycémie", "Glucose"),
        (Measure::Temperature, _) => ("Température", "Temperature"),
        (Measure::HeartRate, _) => ("Pouls", "Pulse"),
        (Measure::Oxygen, _) => ("Saturation", "Saturation"),
    };
    format!("{} ({})", lang.pick(fr, en), unit(measure.first().shown_unit, lang))
}

fn unit(shown: &'static str, lang: Lang) -> &'static str {
    match (shown, lang) {
        ("par minute", Lang::En) => "a minute",
        (shown, _) => shown,
    }
}

/// What helps with a field, when something does.
pub fn hint(kind: Option<StatementKind>, field: Field, lang: Lang) -> &'static str {
    let (fr, en) = match (field, kind) {
        (Field::Substance, _) => ("Un médicament, un aliment, un animal, une plante.", "A medicine, a food, an animal, a plant."),
        (Field::Reaction, _) => ("Par exemple : boutons, gorge gonflée.", "For example: spots, swollen throat."),
        (Field::Since, _) => ("Une année suffit : 2014. Ou 05/2014, ou 26/05/2014.", "A year is enough: 2014. Or 05/2014, or 26/05/2014."),
        (Field::Value, Some(StatementKind::Measure(Measure::Height))) => ("En centimètres : 172.", "In centimetres: 172."),
        (Field::Value, Some(StatementKind::Measure(Measure::BloodPressure))) => ("Pour 12,8, écrivez 128.", "For 12.8, write 128."),
        (Field::Second, _) => ("Pour 7,9, écrivez 79.", "For 7.9, write 79."),
        (Field::Time, _) => ("Vous pouvez effacer l'heure.", "You may erase the time."),
        (Field::Dose, _) => ("Par exemple : 1 comprimé le soir.", "For example: 1 tablet in the evening."),
        (Field::Relation, _) => ("Par exemple : mère, frère, grand-père.", "For example: mother, brother, grandfather."),
        (Field::Tie, _) => ("Par exemple : sœur, voisin.", "For example: sister, neighbour."),
        (Field::Type, _) => ("Le type décide quels métiers peuvent le lire.", "The type decides which professions may read it."),
        _ => ("", ""),
    };
    lang.pick(fr, en)
}

/// What is wrong with a field, and how to mend it.
pub fn flaw_words(flaw: Flaw, lang: Lang) -> String {
    let (fr, en) = match flaw {
        Flaw::Missing => ("Répondez à cette question.", "Answer this question."),
        Flaw::TooLong(most) => {
            return match lang {
                Lang::Fr => format!("C'est trop long : {most} signes au plus."),
                Lang::En => format!("This is too long: {most} characters at most."),
            };
        }
        Flaw::NotANumber => ("Écrivez un nombre, par exemple 72,5.", "Write a number, for example 72.5."),
        Flaw::OutOfRange(low, high, shown) => {
            let (low, high, shown) = (numbers::number(low, lang), numbers::number(high, lang), unit(shown, lang));
            return match lang {
                Lang::Fr => format!("Ce nombre n'est pas possible. Il va de {low} à {high} {shown}."),
                Lang::En => format!("This number is not possible. It goes from {low} to {high} {shown}."),
            };
        }
        Flaw::NotBelow => ("Ce nombre doit être plus petit que l'autre.", "This number has to be smaller than the other one."),
        Flaw::NotADate => {
            ("Cette date n'existe pas. Écrivez-la comme ceci : 26/05/2014.", "This date does not exist. Write it like this: 26/05/2014.")
        }
        Flaw::NotATime => ("Écrivez l'heure comme ceci : 07:30.", "Write the time like this: 07:30."),
        Flaw::InTheFuture => ("Ce moment n'est pas encore passé.", "This moment has not come yet."),
        Flaw::NotAPhone => ("Écrivez le numéro avec des chiffres : 06 12 34 56 78.", "Write the number with digits: 06 12 34 56 78."),
        Flaw::NotOffered => ("Choisissez une des réponses.", "Choose one of the answers."),
        Flaw::NoWords => ("Écrivez avec des mots.", "Write it in words."),
        Flaw::File(flaw) => return file_words(flaw, lang).to_owned(),
    };
    lang.pick(fr, en).to_owned()
}

fn file_words(flaw: FileFlaw, lang: Lang) -> &'static str {
    let (fr, en) = match flaw {
        FileFlaw::Empty => ("Choisissez un fichier ou prenez une photo.", "Choose a file or take a photo."),
        FileFlaw::TooLarge => (
            "Ce fichier dépasse 5 Mo. Prenez la photo de moins loin ou en taille moyenne, ou envoyez moins de pages à la fois.",
            "This file is over 5 MB. Take the photo in a medium size, or send fewer pages at once.",
        ),
        FileFlaw::UnknownFormat => (
            "Ce format n'est pas pris. Envoyez un PDF, une photo JPEG ou PNG, ou un texte simple.",
            "This format is not taken. Send a PDF, a JPEG or PNG photo, or a plain text.",
        ),
        FileFlaw::Heic => (
            "Cette photo est au format HEIC. Dans les réglages de l'appareil photo, choisissez « le plus compatible ».",
            "This photo is in the HEIC format. In the settings of the camera, choose “most compatible”.",
        ),
        FileFlaw::Office => (
            "Ce fichier vient d'un traitement de texte. Enregistrez-le d'abord en PDF.",
            "This file comes from a word processor. Save it as PDF first.",
        ),
        FileFlaw::Unreadable => (
            "Ce fichier ne s'ouvre pas : il est abîmé, ou protégé par un mot de passe.",
            "This file does not open: it is damaged, or protected by a password.",
        ),
    };
    lang.pick(fr, en)
}

/// A type under which the person files something, in words.
pub fn type_words(code: &str, lang: Lang) -> &'static str {
    let (fr, en) = match code {
        "DOCPAT01" => ("Une synthèse", "A summary"),
        "DOCPAT02" => ("Une ordonnance ou un traitement", "A prescription or a treatment"),
        "DOCPAT03" => ("Un compte rendu", "A report"),
        "DOCPAT04" => ("Une image (radio, échographie…)", "An image (X-ray, ultrasound…)"),
        "DOCPAT05" => ("Une analyse de laboratoire", "A laboratory result"),
        "DOCPAT06" => ("Un vaccin ou une prévention", "A vaccine or prevention"),
        "DOCPAT07" => ("Un certificat", "A certificate"),
        "DOCPAT09" => ("Un papier administratif", "An administrative paper"),
        "EXPPAT_3" => ("Mes directives anticipées", "My advance directives"),
        _ => ("Autre chose", "Something else"),
    };
    lang.pick(fr, en)
}
