//! The part of a section that people read: one table, each line with the `ID` that its entry points to.

use crate::xml::Xml;

/// LOINC and its name.
pub(super) const LOINC: (&str, &str) = ("2.16.840.1.113883.6.1", "LOINC");

/// A table with its heads; `rows` writes them with [`row`].
pub(super) fn table(x: &mut Xml, heads: &[&str], rows: impl FnOnce(&mut Xml)) {
    x.within("text", &[], |x| bare_table(x, heads, rows));
}

/// The same inside of a `text`.
pub(super) fn bare_table(x: &mut Xml, heads: &[&str], rows: impl FnOnce(&mut Xml)) {
    x.within("table", &[("border", "0")], |x| {
        x.within("thead", &[], |x| x.within("tr", &[], |x| heads.iter().for_each(|head| x.text("th", &[], head))));
        x.within("tbody", &[], rows);
    });
}

/// A line: one cell bears the name (by its place, from 0), empty cells stay.
pub(super) fn row(x: &mut Xml, anchor: &str, named: usize, cells: &[&str]) {
    x.within("tr", &[], |x| {
        for (place, cell) in cells.iter().enumerate() {
            if place == named {
                x.within("td", &[], |x| x.text("content", &[("ID", anchor)], cell));
            } else {
                x.text("td", &[], cell);
            }
        }
    });
}

/// A section text of one sentence.
pub(super) fn sentence(x: &mut Xml, anchor: &str, words: &str) {
    x.text("text", &[("ID", anchor)], words);
}
