//! Why a line was not taken: a code, the column, and words in two languages. Never what stood there.

use dmp_core::identity::{InsError, ins_key};
use serde::Serialize;

use super::Column;

/// A fault of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub code: &'static str,
    pub column: Option<Column>,
}

impl Fault {
    /// A fault of one column.
    pub fn of(column: Column, code: &'static str) -> Self {
        Fault { code, column: Some(column) }
    }

    /// A fault of the line as a whole.
    pub fn whole(code: &'static str) -> Self {
        Fault { code, column: None }
    }

    /// The fault of an INS.
    pub fn ins(error: InsError) -> Self {
        let column = if error == InsError::UnknownAuthority { Column::InsOid } else { Column::Ins };
        Fault::of(column, error.code())
    }
}

/// One line of the file of rejects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// Name of the file, without its folder.
    pub file: String,
    /// Line of the text, or row of a Parquet file, from 1.
    pub line: u64,
    /// The insurer's number of the line, where it has the form of one.
    pub line_id: Option<String>,
    pub column: Option<&'static str>,
    pub code: &'static str,
    pub fr: &'static str,
    pub en: &'static str,
}

impl Reject {
    pub(crate) fn new(file: &str, line: u64, line_id: &str, fault: Fault) -> Self {
        let (fr, en) = words(fault.code);
        let shown = is_line_id(line_id) && !looks_like_ins(line_id);
        let (file, line_id) = (file.to_owned(), shown.then(|| line_id.to_owned()));
        Reject { file, line, line_id, column: fault.column.map(Column::name), code: fault.code, fr, en }
    }
}

/// The form of the insurer's number of a line.
pub(crate) fn is_line_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._:/-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// SECURITY: in a line whose columns are shifted the INS may stand where the number belongs.
fn looks_like_ins(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    (13..=15).contains(&digits.len()) && digits.get(..13).is_some_and(|base| ins_key(base).is_some())
}

/// Words of a code: those of the catalogue of the record where it has them.
fn words(code: &str) -> (&'static str, &'static str) {
    let own = WORDS.iter().find(|(own, _, _)| *own == code).map(|(_, fr, en)| (*fr, *en));
    own.or_else(|| dmp_core::catalogue::message(code).map(|message| (message.fr, message.en))).unwrap_or_default()
}

/// Every code of its own: French, English.
pub(crate) const WORDS: [(&str, &str, &str); 25] = [
    ("record-unreadable", "La ligne n'a pas la forme attendue : la corriger.", "The line does not have the expected form: correct it."),
    ("record-too-long", "La ligne dépasse 64 Kio : la raccourcir.", "The line is longer than 64 KiB: shorten it."),
    ("record-encoding", "La ligne n'est pas en UTF-8 : réencoder le fichier.", "The line is not UTF-8: encode the file anew."),
    ("column-unknown", "Une colonne n'existe pas dans ce flux : vérifier son nom.", "A column does not exist in this feed: check its name."),
    ("column-twice", "Une colonne figure deux fois : n'en garder qu'une.", "A column stands twice: keep one."),
    ("column-count", "La ligne n'a pas autant de colonnes que l'en-tête.", "The line does not have as many columns as the header."),
    ("column-missing", "Une colonne obligatoire est vide : la remplir.", "A required column is empty: fill it."),
    (
        "line-id-form",
        "Le numéro de ligne a de 1 à 64 caractères parmi lettres, chiffres et « . _ : / - ».",
        "The number of the line has 1 to 64 characters among letters, digits and `. _ : / -`.",
    ),
    ("kind-unknown", "La nature n'est pas une des sept connues.", "The kind is none of the seven known ones."),
    ("system-unknown", "La nomenclature est inconnue : donner son mot ou son OID.", "The code system is unknown: give its word or its OID."),
    ("system-kind", "Cette nomenclature ne va pas avec cette nature.", "This code system does not go with this kind."),
    (
        "code-form",
        "Le code n'a pas la forme de sa nomenclature (longueur, clé).",
        "The code does not have the form of its system (length, check digit).",
    ),
    ("group-form", "La classe thérapeutique n'est pas un code ATC.", "The therapeutic class is no ATC code."),
    ("text-too-long", "Le texte dépasse la longueur permise : l'abréger.", "The text is longer than allowed: abridge it."),
    ("text-control", "Le texte contient un caractère de contrôle : l'ôter.", "The text holds a control character: remove it."),
    ("components-too-many", "Plus de 20 composants : n'en garder que 20.", "More than 20 components: keep 20."),
    ("quantity-form", "La quantité est un nombre entier.", "The quantity is a whole number."),
    ("quantity-range", "La quantité va de 1 à 1000.", "The quantity lies between 1 and 1000."),
    ("date-form", "La date est un jour réel, AAAA-MM-JJ.", "The date is a real day, YYYY-MM-DD."),
    ("date-future", "La date est dans le futur : la corriger.", "The date lies in the future: correct it."),
    ("date-too-old", "La date est antérieure à 1990 : la corriger.", "The date lies before 1990: correct it."),
    ("until-before-date", "La fin précède le début.", "The end lies before the start."),
    ("until-kind", "Seul un séjour a une fin.", "Only a stay has an end."),
    ("cancelled-form", "L'annulation est `true` ou `false`.", "Cancelled is `true` or `false`."),
    ("value-type", "La valeur n'est ni un texte, ni un nombre, ni un booléen.", "The value is no text, number or truth value."),
];
