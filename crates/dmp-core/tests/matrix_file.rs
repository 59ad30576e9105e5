//! The official table as a file: read whole or refused with line and reason; what is written reads back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

use dmp_core::access::{MATRIX_BYTES_MAX, Matrix, MatrixFault, Provenance};
use dmp_core::document::TYPES;
use dmp_core::identity::Profession;

fn cell(matrix: &Matrix, profession: &str, type_code: &str) -> Option<(bool, Provenance)> {
    matrix.cell(&Profession::parse(profession).unwrap(), type_code).map(|cell| (cell.read, cell.provenance))
}

fn read(text: &str) -> Result<Matrix, Vec<MatrixFault>> {
    Matrix::from_csv(text)
}

fn faults(text: &str) -> Vec<(usize, String)> {
    read(text).unwrap_err().into_iter().map(|fault| (fault.line, fault.reason)).collect()
}

const HEAD: &str = "# version: table d'essai\nprofession,type,read\n";

#[test]
fn a_table_tells_cells_and_what_it_does_not_tell_is_a_no() {
    let matrix = read(&format!("{HEAD}G15/10,11488-4,oui\nG15/60,11488-4,non\n\nG15/10,EXPPAT_3,1\n")).unwrap();
    assert_eq!(matrix.version, "table d'essai");
    assert_eq!(cell(&matrix, "G15/10", "11488-4"), Some((true, Provenance::Source)));
    assert_eq!(cell(&matrix, "G15/60", "11488-4"), Some((false, Provenance::Source)));
    assert_eq!(cell(&matrix, "G15/60", "11502-2"), None);
    assert_eq!(cell(&matrix, "G15/21", "11488-4"), None);
}

#[test]
fn a_file_may_be_as_large_as_the_bound_and_no_larger() {
    let mut text = format!("{HEAD}G15/10,11488-4,oui\n");
    text.push_str(&"\n".repeat(MATRIX_BYTES_MAX - text.len()));
    assert!(read(&text).is_ok());
    text.push('\n');
    assert!(read(&text).is_err());
}

#[test]
fn semicolons_quotes_a_byte_order_mark_and_any_order_of_columns_are_read() {
    let text = "\u{feff}# version: essai\nread;type;\"profession\";label\nnon;\"11488-4\";G15_10;\"CR, \"\"dit\"\" de consultation\"\n";
    assert_eq!(cell(&read(text).unwrap(), "G15/10", "11488-4"), Some((false, Provenance::Source)));
}

#[test]
fn the_reconstruction_goes_out_and_comes_back_cell_by_cell() {
    let before = Matrix::reconstruction();
    let after = read(&before.to_csv()).unwrap();
    assert_eq!(after.version, before.version);
    assert_eq!(after.to_csv(), before.to_csv());
    for profession in before.professions() {
        for (type_code, _, _, _) in TYPES {
            assert_eq!(after.cell(&profession, type_code), before.cell(&profession, type_code), "{profession:?} {type_code}");
        }
    }
    assert!(before.professions().len() > 15);
    assert!(before.to_csv().contains("G15/60,68599-0,11,"));
    // Labels are for people who open the file: one with a comma stands in quotes.
    assert!(before.to_csv().contains("G15/10,CERT_DECL,52,\"Certificat, déclaration\",oui"));
    assert!(before.to_csv().contains("G15/10,11502-2,10,CR d'examens biologiques,oui"));
}

#[test]
fn each_fault_is_told_with_its_line_and_its_reason() {
    for (text, line, words) in [
        ("", 1, "# version"),
        ("profession,type,read\nG15/10,11488-4,oui\n", 1, "# version"),
        ("# version:\nprofession,type,read\n", 1, "# version"),
        ("# version: x\n", 1, "no line of column names"),
        ("# version: x\nprofession,type\n", 2, "column `read` is missing"),
        ("# version: x\nprofession,type,read,droit\n", 2, "unknown column `droit`"),
        ("# version: x\nprofession,type,read,read\n", 2, "stands twice"),
        ("# version: x\nprofession,type,read\n", 0, "no cell"),
        ("# version: x\nprofession,type,read\nG15/10,11488-4\n", 3, "2 fields where there are 3 columns"),
        ("# version: x\nprofession,type,read\nX15/10,11488-4,oui\n", 3, "unknown profession `X15/10`"),
        ("# version: x\nprofession,type,read\nG15/10,00000-0,oui\n", 3, "unknown document type `00000-0`"),
        ("# version: x\nprofession,type,read\nG15/10,11488-4,peut-être\n", 3, "`read` is `peut-être`"),
        ("# version: x\nprofession,type,read\n\nG15/10,11488-4,oui\nG15/10,11488-4,non\n", 5, "told before"),
        ("# version: x\nprofession,type,class,read\nG15/10,11488-4,42,oui\n", 3, "is of class 10, not `42`"),
        ("# version: x\nprofession,type,read,provenance\nG15/10,11488-4,oui,rumeur\n", 3, "`provenance` is `rumeur`"),
        ("# version: x\nprofession,type,read\n\"G15/10,11488-4,oui\n", 3, "a quote is not closed"),
    ] {
        let found = faults(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert_eq!(found[0].0, line, "{text:?}: {found:?}");
        assert!(found[0].1.contains(words), "{text:?}: {found:?}");
    }
}

#[test]
fn all_faults_are_told_at_once_and_no_more_than_a_screen_of_them() {
    let text = format!("{HEAD}X/1,11488-4,oui\nG15/10,00000-0,oui\nG15/10,11488-4,?\n");
    assert_eq!(faults(&text).into_iter().map(|fault| fault.0).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(faults(&format!("{HEAD}{}", "X/1,11488-4,oui\n".repeat(500))).len(), 50);
    assert_eq!(faults(&"x".repeat(1_000_001))[0].0, 0);
}
