//! Names of professions, classes and sizes. Professions are named without gender: by the word that has none, or by the field.

use crate::Lang;

/// Profession by its key (`G15/60`) or the combined code (`G15_60/SI08`), French and English.
#[rustfmt::skip]
const PROFESSIONS: [(&str, &str, &str); 44] = [
    ("G15/10", "médecin", "doctor"),
    ("G15/21", "pharmacie", "pharmacist"),
    ("G15/26", "audioprothésiste", "hearing aid specialist"),
    ("G15/28", "optique-lunetterie", "optician"),
    ("G15/31", "assistance dentaire", "dental assistant"),
    ("G15/32", "physique médicale", "medical physicist"),
    ("G15/40", "chirurgien-dentiste", "dentist"),
    ("G15/50", "sage-femme", "midwife"),
    ("G15/60", "soins infirmiers", "nurse"),
    ("G15/69", "soins infirmiers psychiatriques", "psychiatric nurse"),
    ("G15/70", "masseur-kinésithérapeute", "physiotherapist"),
    ("G15/80", "pédicure-podologue", "podiatrist"),
    ("G15/81", "orthoprothésiste", "prosthetist"),
    ("G15/82", "podo-orthésiste", "podo-orthotist"),
    ("G15/83", "orthopédiste-orthésiste", "orthotist"),
    ("G15/84", "oculariste", "ocularist"),
    ("G15/85", "épithésiste", "epithesis maker"),
    ("G15/86", "laboratoire médical", "medical laboratory technician"),
    ("G15/91", "orthophoniste", "speech therapist"),
    ("G15/92", "orthoptiste", "orthoptist"),
    ("G15/94", "ergothérapeute", "occupational therapist"),
    ("G15/95", "diététique", "dietitian"),
    ("G15/96", "psychomotricité", "psychomotor therapist"),
    ("G15/98", "électroradiologie médicale", "radiographer"),
    ("G16/10", "médecin en formation", "doctor in training"),
    ("G16/21", "pharmacie, en formation", "pharmacist in training"),
    ("G16/40", "chirurgie dentaire, en formation", "dentist in training"),
    ("G16/50", "sage-femme en formation", "midwife in training"),
    ("R95/71", "ostéopathe", "osteopath"),
    ("R95/72", "psychothérapeute", "psychotherapist"),
    ("R95/73", "chiropraxie", "chiropractor"),
    ("R95/93", "psychologue", "psychologist"),
    ("R94/41", "service social", "social worker"),
    ("R85/313", "aide-soignance", "care assistant"),
    ("R85/314", "transport sanitaire", "ambulance driver"),
    ("R85/315", "puériculture", "child care assistant"),
    ("R85/330", "coordination de parcours", "care coordinator"),
    ("R85/331", "secrétariat médical", "medical secretary"),
    ("R85/332", "assistance médicale", "medical assistant"),
    ("R85/336", "accueil et admissions", "admissions desk"),
    ("R85/359", "direction d'établissement", "manager of an establishment"),
    ("A00/ALIM_AM", "assurance maladie", "health insurance"),
    ("A00/SECRETARIAT_MEDICAL", "secrétariat médical", "medical secretary's office"),
    ("A00/AUTOMATE", "système automatique", "automatic system"),
];

/// Words for a profession given as `G15/10`, `G15_10` or `G15_10/SM26`. `None` when it is not in the table.
pub fn profession_label(key: &str, lang: Lang) -> Option<&'static str> {
    let (system, rest) = key.split_once(['/', '_'])?;
    let code = rest.split('/').next().unwrap_or_default();
    let found = PROFESSIONS.iter().find(|row| row.0.split_once('/') == Some((system, code)))?;
    Some(lang.pick(found.1, found.2))
}

/// Words for a profession: those of the table, or the given text when it is words already. A code that is unknown says nothing.
pub(crate) fn profession_words(key: &str, lang: Lang) -> Option<String> {
    match profession_label(key, lang) {
        Some(label) => Some(label.to_owned()),
        None => (!key.is_empty() && !key.contains(['/', '_'])).then(|| key.to_owned()),
    }
}

/// Class code (TRE_A03), French and English.
const CLASSES: [(&str, &str, &str); 11] = [
    ("10", "Comptes rendus", "Reports"),
    ("11", "Synthèses", "Summaries"),
    ("31", "Imagerie médicale", "Medical imaging"),
    ("42", "Prescriptions", "Prescriptions"),
    ("43", "Dispensations", "Dispensations"),
    ("44", "Plans et protocoles de soins", "Care plans and protocols"),
    ("45", "Traitements administrés", "Treatments given"),
    ("52", "Certificats, déclarations", "Certificates, declarations"),
    ("60", "Données de remboursement", "Reimbursement data"),
    ("90", "Documents déposés par la personne", "Documents added by the person"),
    ("95", "Documents de gestion", "Administrative documents"),
];

/// Words for a class code, in the plural, as a filter shows it. Empty when the code is unknown.
pub fn class_label(code: &str, lang: Lang) -> &'static str {
    CLASSES.iter().find(|row| row.0 == code).map_or("", |row| lang.pick(row.1, row.2))
}

/// « 12 Ko », « 1,4 Mo », « 98,7 Go »; "12 KB", "1.4 MB", "98.7 GB".
pub(crate) fn size(bytes: u64, lang: Lang) -> String {
    let tenths = |unit: u64| (bytes / unit, Some(bytes % unit / (unit / 10)));
    let ((value, decimals), fr, en) = match bytes {
        0..1_000 => ((bytes, None), "octets", "bytes"),
        1_000..1_000_000 => ((bytes.div_ceil(1_000), None), "Ko", "KB"),
        1_000_000..1_000_000_000 => (tenths(1_000_000), "Mo", "MB"),
        _ => (tenths(1_000_000_000), "Go", "GB"),
    };
    let decimals = decimals.map(|digit| format!("{}{digit}", lang.pick(",", "."))).unwrap_or_default();
    format!("{value}{decimals}\u{a0}{}", lang.pick(fr, en))
}

/// Text of a document without what would disturb the page around it: control characters, and marks that turn the direction of writing.
pub(crate) fn clean(text: &str) -> String {
    let unwanted = |letter: char| letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced: String = text.chars().map(|letter| if matches!(letter, '\n' | '\t' | '\r') { ' ' } else { letter }).collect();
    spaced.chars().filter(|letter| !unwanted(*letter)).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profession_is_named_from_each_form_of_its_code() {
        for key in ["G15/60", "G15_60", "G15_60/SI08"] {
            assert_eq!(profession_label(key, Lang::Fr), Some("soins infirmiers"), "{key}");
        }
        assert_eq!(profession_words("X99/1", Lang::Fr), None);
        assert_eq!(profession_words("Médecin généraliste", Lang::En).unwrap(), "Médecin généraliste");
    }

    #[test]
    fn every_class_of_the_core_has_words() {
        for class in dmp_core::document::CLASSES {
            assert!(!class_label(class.code, Lang::Fr).is_empty() && !class_label(class.code, Lang::En).is_empty(), "{}", class.code);
        }
    }

    #[test]
    fn a_cleaned_text_keeps_every_letter_and_no_control() {
        assert_eq!(clean(" a\u{202e}b\u{1}\nc 漢字 🙂 "), "ab c 漢字 🙂");
    }

    #[test]
    fn sizes_are_written_as_people_say_them() {
        assert_eq!(size(1_450_000, Lang::Fr).replace('\u{a0}', " "), "1,4 Mo");
        assert_eq!(size(98_765_000_000, Lang::Fr).replace('\u{a0}', " "), "98,7 Go");
        assert_eq!(size(11_001, Lang::En).replace('\u{a0}', " "), "12 KB");
    }
}
