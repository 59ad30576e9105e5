//! Who reads what: the *matrice d'habilitation* as a page that anybody may read.

use askama::Template;
use dmp_core::access::{Matrix, Provenance};
use dmp_core::document::{CLASSES, TYPES};

use crate::lang::silent_debug;
use crate::texts::matrix::MatrixTexts;
use crate::words::{class_label, profession_label};
use crate::{Lang, Shell};

/// One cell: what it says, and whether a source says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixCell {
    pub read: bool,
    pub provenance: Provenance,
}

/// A type of document, with one cell for each profession of the table; `None` is unknown, and unknown is a no.
#[derive(Debug, Clone)]
pub struct MatrixRow {
    pub code: &'static str,
    pub label: &'static str,
    pub cells: Vec<Option<MatrixCell>>,
}

/// The types of one class.
#[derive(Debug, Clone)]
pub struct MatrixClass {
    pub code: &'static str,
    pub label: &'static str,
    pub rows: Vec<MatrixRow>,
}

/// The table, at `/matrice`.
///
/// Links: `/matrice.csv`.
#[derive(Clone, Template)]
#[template(path = "matrix_page.html")]
pub struct MatrixPage {
    pub shell: Shell,
    /// Name of the text, or that it is a reconstruction.
    pub version: String,
    /// Whether any cell is a reconstruction.
    pub reconstructed: bool,
    pub professions: Vec<String>,
    pub classes: Vec<MatrixClass>,
}

silent_debug!(MatrixPage);

impl MatrixPage {
    /// The table of a matrix.
    pub fn of(matrix: &Matrix, shell: Shell) -> Self {
        let lang = shell.lang;
        let professions = matrix.professions();
        let one =
            |profession, type_code: &str| matrix.cell(profession, type_code).map(|cell| MatrixCell { read: cell.read, provenance: cell.provenance });
        let row = |code: &'static str, label: &'static str| MatrixRow {
            code,
            label,
            cells: professions.iter().map(|profession| one(profession, code)).collect(),
        };
        let rows = |class: &str| TYPES.into_iter().filter(|(_, _, of, _)| *of == class).map(|(code, _, _, label)| row(code, label)).collect();
        let classes: Vec<MatrixClass> =
            CLASSES.iter().map(|class| MatrixClass { code: class.code, label: class_label(class.code, lang), rows: rows(class.code) }).collect();
        let mut cells = classes.iter().flat_map(|class| &class.rows).flat_map(|row| &row.cells).flatten();
        let reconstructed = cells.any(|cell| cell.provenance == Provenance::Reconstruction);
        let name = |key: String| profession_label(&key, lang).map_or(key.clone(), |label| format!("{label} ({key})"));
        let professions = professions.iter().map(|profession| name(profession.key())).collect();
        MatrixPage { version: matrix.version.clone(), reconstructed, professions, classes, shell }
    }

    fn t(&self) -> &'static MatrixTexts {
        MatrixTexts::of(self.shell.lang)
    }

    /// « oui · source », « non · reconstitution », « – ».
    fn cell(&self, cell: &Option<MatrixCell>) -> String {
        let Some(cell) = cell else { return "–".to_owned() };
        let t = self.t();
        let from = match cell.provenance {
            Provenance::Source => t.source,
            Provenance::Reconstruction => t.reconstruction,
        };
        format!("{} · {from}", if cell.read { t.yes } else { t.no })
    }
}

impl MatrixPage {
    /// The reconstruction; a table with one cell.
    pub fn samples(lang: Lang) -> Vec<(&'static str, MatrixPage)> {
        let shell = || Shell::public(lang, "sample-token", "/matrice");
        let mut small = Matrix::empty("table d'essai");
        small.set_type("G15/10", "11488-4", dmp_core::access::Cell { read: true, provenance: Provenance::Source });
        vec![("reconstruction", MatrixPage::of(&Matrix::reconstruction(), shell())), ("imported", MatrixPage::of(&small, shell()))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_says_whether_a_source_tells_it() {
        let html = |lang| MatrixPage::samples(lang).into_iter().map(|(_, page)| page.render().unwrap()).collect::<Vec<_>>();
        let french = html(Lang::Fr);
        for words in ["oui · source", "non · source", "oui · reconstitution", "non · reconstitution", "–", "68599-0"] {
            assert!(french[0].contains(words), "{words}");
        }
        assert!(!french[1].contains("reconstitution") && french[1].contains("oui · source"));
        assert!(html(Lang::En)[0].contains("no · reconstruction"));
        assert_eq!(french[0].matches("<tr>").count(), TYPES.len() + CLASSES.len(), "a row for each type, a head for each class");
    }
}
