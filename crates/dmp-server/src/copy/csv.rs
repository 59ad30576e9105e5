//! The journal as a file for a spreadsheet: one line for each leaf, with its sentence.

use dmp_core::access::Caller;
use dmp_core::audit::Outcome;
use dmp_pages::{DocumentName, JournalLine, Lang, Perspective, sentence};
use dmp_service::KeptLeaf;

/// The mark by which spreadsheets know UTF-8, and the heads of the columns.
pub(super) fn head(lang: Lang) -> String {
    let words = lang
        .pick("date;qui;profession;structure;action;mode;accord;document;phrase", "date;who;profession;structure;act;mode;granted;document;sentence");
    format!("\u{feff}{words}\r\n")
}

/// The line of a leaf.
pub(super) fn line(kept: &KeptLeaf, reader: &Caller, perspective: Perspective, lang: Lang) -> String {
    let leaf = &kept.leaf;
    let shown = JournalLine::of(leaf, &reader.account, DocumentName::Shown);
    let act = serde_json::to_value(leaf.act).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let granted = match leaf.outcome {
        Outcome::Done => lang.pick("oui", "yes"),
        Outcome::Refused(_) => lang.pick("non", "no"),
    };
    let title = leaf.object.as_ref().map(|object| object.title.as_str()).unwrap_or_default();
    let words = sentence(&shown, perspective, lang);
    let profession = leaf.caller.profession.as_deref().and_then(|key| dmp_pages::profession_label(key, lang)).unwrap_or_default();
    let structure = leaf.caller.structure.as_deref().unwrap_or_default();
    let at = leaf.at.to_rfc3339();
    let cells = [at.as_str(), &leaf.caller.name, profession, structure, &act, &leaf.mode, granted, title, &words];
    let mut line = cells.map(cell).join(";");
    line.push_str("\r\n");
    line
}

/// A cell between quotes. SECURITY: a spreadsheet takes what begins with these signs for a formula.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\"").replace(['\r', '\n'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_is_no_formula() {
        assert_eq!(cell("Dr \"Anne\"; MODÈLE"), "\"Dr \"\"Anne\"\"; MODÈLE\"");
        for formula in ["=1+1", "@SUM(A1)", "+33", "-2", "\t=1"] {
            assert!(cell(formula).starts_with("\"'"), "{formula}");
        }
        assert_eq!(cell("a\r\nb"), "\"a  b\"");
    }
}
