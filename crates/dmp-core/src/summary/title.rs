//! A title in words for a document whose own title says nothing.

use super::{When, words};
use crate::calendar::month_name;
use crate::document::{AuthorKind, DocumentEntry};
use crate::record::Language;

/// Words that name no content, as [`words::normal`] gives them.
const EMPTY_WORDS: [&str; 31] = [
    "document",
    "doc",
    "fichier",
    "file",
    "scan",
    "scanner",
    "scanned",
    "numerisation",
    "image",
    "img",
    "photo",
    "san",
    "titre",
    "untitled",
    "new",
    "nouveau",
    "courrier",
    "lettre",
    "cr",
    "compte",
    "rendu",
    "resultat",
    "page",
    "copie",
    "copy",
    "pdf",
    "impression",
    "xml",
    "cda",
    "mon",
    "null",
];

/// Endings of file names.
const FILE_ENDINGS: [&str; 11] = [".pdf", ".xml", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".txt", ".rtf", ".doc", ".docx"];

/// English words for the types that are met most; of the others their class is said.
const ENGLISH_TYPES: [(&str, &str); 36] = [
    ("11488-4", "Consultation report"),
    ("11490-0", "Discharge letter"),
    ("11502-2", "Laboratory report"),
    ("15507-7", "Emergency department report"),
    ("15508-5", "Delivery report"),
    ("34112-3", "Hospital stay report"),
    ("34794-8", "Multidisciplinary meeting report"),
    ("34874-8", "Operative report"),
    ("60568-3", "Pathology report"),
    ("77436-4", "Anaesthesia report"),
    ("78513-9", "Ophthalmology report"),
    ("85208-7", "Telemedicine report"),
    ("96349-6", "Referral letter"),
    ("18761-7", "Transfer note"),
    ("34133-9", "Episode summary"),
    ("60280-5", "Emergency department return sheet"),
    ("60591-5", "Patient summary"),
    ("74207-2", "Emergency transfer document"),
    ("SYNTH", "Summary"),
    ("18748-4", "Imaging report"),
    ("IMG-KOS", "Imaging study"),
    ("55115-0", "Imaging request"),
    ("57828-6", "Prescription"),
    ("57832-8", "Care prescription"),
    ("57833-6", "Medicine prescription"),
    ("PRESC-BIO", "Laboratory request"),
    ("60593-1", "Dispensing record"),
    ("18776-5", "Care plan"),
    ("PROT_ALD", "Long-term condition protocol"),
    ("80565-5", "Medication administration record"),
    ("101881-1", "Implant card"),
    ("11369-6", "Vaccination history"),
    ("87273-9", "Vaccination note"),
    ("89601-9", "Medical certificate"),
    ("REMB", "Reimbursement data"),
    ("EXPPAT_3", "Advance directives"),
];

const ENGLISH_CLASSES: [(&str, &str); 11] = [
    ("10", "Report"),
    ("11", "Summary"),
    ("31", "Imaging"),
    ("42", "Prescription"),
    ("43", "Dispensing record"),
    ("44", "Care plan"),
    ("45", "Treatment given"),
    ("52", "Certificate"),
    ("60", "Reimbursement data"),
    ("90", "Document of the person"),
    ("95", "Administrative document"),
];

/// The document's own title when it says something; else its type, the author's speciality or name, the place and the date in words.
pub fn title(entry: &DocumentEntry, language: Language) -> String {
    if says_something(entry) { entry.title.trim().to_owned() } else { made_up(entry, language) }
}

/// Whether the given title says more than that it is a document.
pub(super) fn says_something(entry: &DocumentEntry) -> bool {
    let given = entry.title.trim();
    let lower = given.to_lowercase();
    let stem = FILE_ENDINGS.iter().find_map(|ending| lower.strip_suffix(ending)).unwrap_or(&lower);
    let normal = words::normal(stem);
    let label = words::normal(entry.type_code.label());
    let telling = |word: &&str| !EMPTY_WORDS.contains(word) && word.chars().filter(|one| one.is_alphabetic()).count() > 1 && !is_counted(word);
    !normal.is_empty() && normal != label && words::normal(entry.type_code.class().label) != normal && normal.split(' ').any(|word| telling(&word))
}

/// `img2034`, `scan001`, and what machines make up (`a3f9c1d2`).
fn is_counted(word: &str) -> bool {
    let letters = word.trim_end_matches(|one: char| one.is_ascii_digit());
    let is_machine_made = word.len() >= 8 && word.chars().any(|one| one.is_ascii_digit()) && word.chars().all(|one| one.is_ascii_hexdigit());
    is_machine_made || (letters.len() < word.len() && EMPTY_WORDS.contains(&letters))
}

fn made_up(entry: &DocumentEntry, language: Language) -> String {
    let day = date(When::in_paris(entry.day()), language);
    let parts = [type_words(entry, language).to_owned(), author_words(entry), day];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The type in words.
pub(super) fn type_words(entry: &DocumentEntry, language: Language) -> &'static str {
    let code = entry.type_code.as_str();
    let of = |table: &'static [(&'static str, &'static str)], code: &str| table.iter().find(|(known, _)| *known == code).map(|(_, words)| *words);
    match language {
        Language::French => entry.type_code.label(),
        Language::English => of(&ENGLISH_TYPES, code).or_else(|| of(&ENGLISH_CLASSES, entry.type_code.class().code)).unwrap_or("Document"),
    }
}

/// Speciality and place; without a speciality the name.
fn author_words(entry: &DocumentEntry) -> String {
    let Some(author) = entry.authors.first() else { return String::new() };
    let speciality = author.specialty.as_ref().map_or("", |code| code.display.trim());
    // "Médecin - Qualifié en Médecine Générale (SM)" is how the value set writes it.
    let short = speciality.rsplit(" - ").next().unwrap_or(speciality).trim_start_matches("Qualifié en ").trim_end_matches("(SM)").trim();
    let place = author.institution.as_ref().map_or("", |place| place.name.trim());
    let name = author.name.display();
    let who = match author.kind {
        AuthorKind::Professional if !short.is_empty() => short.to_lowercase(),
        AuthorKind::Device if !place.is_empty() => String::new(),
        AuthorKind::Professional | AuthorKind::Patient | AuthorKind::Device => name,
    };
    [who.as_str(), place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `12 mars 2026`, `mars 2026`, `2026`.
pub(super) fn date(when: When, language: Language) -> String {
    let month = i8::try_from(when.month).ok().and_then(|month| month_name(month, language));
    match (month, when.day) {
        (None, _) => format!("{}", when.year),
        (Some(month), 0) => format!("{month} {}", when.year),
        (Some(month), 1) if language == Language::French => format!("1er {month} {}", when.year),
        (Some(month), day) => format!("{day} {month} {}", when.year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_name_no_content_are_written_as_they_are_compared() {
        for word in EMPTY_WORDS {
            assert_eq!(words::normal(word), word);
        }
    }
}
