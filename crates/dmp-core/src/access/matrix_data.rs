//! The cells of the *matrice d'habilitation* as far as they are known (`domain-supplement.md` 6.2, 6.3).
//!
//! This is NOT the text of the order of 26 October 2023: its table could not be read. A cell is either
//! told by a source or reconstructed; a cell that nobody tells is absent, and absent is a no. Roles
//! outside the health professions have no cell: their columns are not applied until a new order.

use super::{Cell, Matrix, Provenance};

const VERSION: &str = "arrêté du 26 octobre 2023 (reconstitution, non officielle)";

/// A profession's classes: `S` allowed by a source, `R` allowed by reconstruction, `?` unknown.
type Row = (&'static [&'static str], [char; 11]);

/// Columns of [`ROWS`].
const CLASSES: [&str; 11] = ["10", "11", "31", "42", "43", "44", "45", "52", "60", "90", "95"];

#[rustfmt::skip]
const ROWS: [Row; 10] = [
    //                                    10   11   31   42   43   44   45   52   60   90   95
    (&["G15/10"],                       ['S', 'S', 'S', 'S', 'S', 'S', 'S', 'S', 'S', 'S', 'S']), // médecin
    (&["G15/21"],                       ['S', 'R', 'S', 'S', 'R', 'S', 'R', 'R', 'R', 'R', '?']), // pharmacien
    (&["G15/60", "G15/69"],             ['S', 'S', 'R', 'R', 'R', 'S', 'R', 'R', 'R', 'R', '?']), // infirmier
    (&["G15/50"],                       ['R', 'R', 'R', 'R', 'R', 'R', 'R', 'R', 'R', 'R', '?']), // sage-femme
    (&["G15/40"],                       ['S', 'S', 'R', 'R', 'R', 'R', '?', 'R', '?', '?', '?']), // chirurgien-dentiste
    (&["G15/70", "G15/80"],             ['R', 'R', 'R', 'R', '?', 'R', '?', 'R', '?', '?', '?']), // masseur-kinésithérapeute, pédicure-podologue
    (&["G15/91"],                       ['R', 'R', '?', 'R', '?', 'R', '?', 'R', '?', '?', '?']), // orthophoniste
    (&["G15/92"],                       ['R', 'R', '?', 'R', '?', 'R', '?', '?', '?', '?', '?']), // orthoptiste
    (&["G15/94", "G15/96", "G15/95"],   ['R', 'R', '?', 'R', '?', 'R', '?', '?', '?', '?', '?']), // ergothérapeute, psychomotricien, diététicien
    (&["G15/98"],                       ['R', '?', 'R', '?', '?', '?', '?', '?', '?', '?', '?']), // manipulateur ERM
];

/// Types that differ from their class; they always win.
#[rustfmt::skip]
const EXCEPTIONS: &[(&[&str], &[&str], bool, Provenance)] = &[
    // a: doctors read everything but the residence attestation.
    (&["G15/10"], &["ATTEST-RESID"], false, Provenance::Source),
    // Types that a source names, inside classes that are open anyway.
    (&["G15/21"], &["11502-2", "77436-4", "34112-3", "PROT_ALD"], true, Provenance::Source),
    (&["G15/60", "G15/69"], &["83981-1", "47420-5", "11502-2", "15507-7", "DOCPAT03", "DOCPAT05", "DOCPAT06", "56445-0", "PROT_ALD"], true, Provenance::Source),
    // b: requests for telemedicine are kept for doctors.
    (&["G15/60", "G15/69", "G15/40"], &["75496-0"], false, Provenance::Source),
    (&["G15/21", "G15/50", "G15/70", "G15/80", "G15/91", "G15/92", "G15/94", "G15/95", "G15/96", "G15/98"], &["75496-0"], false, Provenance::Reconstruction),
    // c: psychiatric summaries, psychological assessments, the child's health assessment.
    (&["G15/60", "G15/69"], &["68599-0", "83901-9", "68817-6"], false, Provenance::Source),
    (&["G15/40"], &["68599-0", "83901-9"], false, Provenance::Source),
    (&["G15/40"], &["68817-6"], false, Provenance::Reconstruction),
    (&["G15/21", "G15/50", "G15/70", "G15/80", "G15/91", "G15/92", "G15/94", "G15/95", "G15/96"], &["68599-0", "83901-9", "68817-6"], false, Provenance::Reconstruction),
    // d: medical certificates.
    (&["G15/60", "G15/69"], &["89601-9"], false, Provenance::Source),
    (&["G15/21", "G15/50", "G15/40", "G15/70", "G15/80", "G15/91"], &["89601-9"], false, Provenance::Reconstruction),
    // e: what dentists are told not to see besides.
    (&["G15/40"], &["83981-1", "80788-3"], false, Provenance::Source),
    // f: of prescriptions, the imaging request alone.
    (&["G15/98"], &["55115-0"], true, Provenance::Reconstruction),
    // g: named types alone; the supplement's wording read the narrower way.
    (&["G15/28"], &["11488-4", "78513-9", "57833-6"], true, Provenance::Reconstruction),
    (&["G15/26"], &["47420-5", "57833-6"], true, Provenance::Reconstruction),
];

impl Matrix {
    /// The best reconstruction of the order of 26 October 2023, for use until an operator loads the
    /// official table. Every cell says whether a source tells it; nothing unknown is allowed.
    pub fn reconstruction() -> Self {
        let mut matrix = Matrix::empty(VERSION);
        for (professions, letters) in ROWS {
            for (class, letter) in CLASSES.into_iter().zip(letters) {
                let Some(provenance) = provenance(letter) else { continue };
                for profession in professions {
                    matrix.set_class(profession, class, Cell { read: true, provenance });
                }
            }
        }
        for (professions, types, read, provenance) in EXCEPTIONS {
            for profession in *professions {
                for type_code in *types {
                    matrix.set_type(profession, type_code, Cell { read: *read, provenance: *provenance });
                }
            }
        }
        matrix
    }
}

fn provenance(letter: char) -> Option<Provenance> {
    match letter {
        'S' => Some(Provenance::Source),
        'R' => Some(Provenance::Reconstruction),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{CLASSES as ALL_CLASSES, TYPES, TypeCode};
    use crate::identity::Profession;

    fn reads(profession: &str, type_code: &str) -> bool {
        told(profession, type_code).is_some_and(|(read, _)| read)
    }

    fn told(profession: &str, type_code: &str) -> Option<(bool, Provenance)> {
        Matrix::reconstruction().cell(&Profession::parse(profession).unwrap(), type_code).map(|cell| (cell.read, cell.provenance))
    }

    #[test]
    fn the_version_says_that_it_is_not_the_order() {
        assert!(Matrix::reconstruction().version.contains("26 octobre 2023 (reconstitution"));
    }

    #[test]
    fn the_columns_are_the_eleven_classes_of_the_order() {
        assert_eq!(CLASSES.to_vec(), ALL_CLASSES.map(|class| class.code).to_vec());
    }

    #[test]
    fn every_exception_names_a_type_that_exists() {
        for (_, types, _, _) in EXCEPTIONS {
            for type_code in *types {
                assert!(TypeCode::parse(type_code).is_some(), "{type_code}");
            }
        }
    }

    #[test]
    fn a_doctor_reads_every_type_but_the_residence_attestation() {
        for (type_code, _, _, _) in TYPES {
            assert_eq!(told("G15/10", type_code), Some((type_code != "ATTEST-RESID", Provenance::Source)), "{type_code}");
        }
    }

    #[test]
    fn what_a_source_denies_to_nurses_is_denied() {
        for profession in ["G15/60", "G15/69"] {
            for type_code in ["75496-0", "68599-0", "83901-9", "68817-6", "89601-9"] {
                assert_eq!(told(profession, type_code), Some((false, Provenance::Source)), "{profession} {type_code}");
            }
            for type_code in ["83981-1", "47420-5", "11502-2", "15507-7", "DOCPAT03", "DOCPAT05", "DOCPAT06", "56445-0", "PROT_ALD"] {
                assert_eq!(told(profession, type_code), Some((true, Provenance::Source)), "{profession} {type_code}");
            }
        }
    }

    #[test]
    fn what_a_source_denies_to_dentists_is_denied() {
        for type_code in ["80788-3", "75496-0", "83981-1", "83901-9", "68599-0"] {
            assert_eq!(told("G15/40", type_code), Some((false, Provenance::Source)), "{type_code}");
        }
        assert!(reads("G15/40", "11488-4") && reads("G15/40", "83836-7"));
    }

    #[test]
    fn what_is_kept_for_doctors_is_read_by_no_other_profession() {
        let matrix = Matrix::reconstruction();
        let readers = |type_code: &str| -> Vec<String> {
            (10..=99)
                .map(|code| Profession::parse(&format!("G15/{code}")).unwrap())
                .filter(|one| matrix.cell(one, type_code).is_some_and(|cell| cell.read))
                .map(|one| one.key())
                .collect()
        };
        for type_code in ["75496-0", "68599-0", "83901-9", "68817-6", "89601-9"] {
            assert_eq!(readers(type_code), ["G15/10"], "{type_code}");
        }
    }

    #[test]
    fn a_pharmacist_reads_almost_everything_and_no_management_document() {
        assert!(reads("G15/21", "11502-2") && reads("G15/21", "REMB") && reads("G15/21", "EXPPAT_3"));
        assert!(!reads("G15/21", "ATTEST-RESID") && !reads("G15/21", "59284-0"));
        assert_eq!(told("G15/21", "59284-0"), None);
    }

    #[test]
    fn the_narrowest_professions_read_named_types_alone() {
        let readable = |profession: &str| TYPES.into_iter().map(|row| row.0).filter(|code| reads(profession, code)).collect::<Vec<_>>();
        assert_eq!(readable("G15/28"), ["11488-4", "78513-9", "57833-6"]);
        assert_eq!(readable("G15/26"), ["47420-5", "57833-6"]);
        assert!(reads("G15/98", "55115-0") && !reads("G15/98", "57833-6") && reads("G15/98", "18748-4"));
        assert!(reads("G15/91", "11369-6") && !reads("G15/92", "11369-6"));
    }

    #[test]
    fn roles_outside_the_health_professions_read_nothing() {
        for profession in ["G15/31", "G15/32", "R85/330", "R85/313", "R94/41", "R95/93", "R291/99", "A00/SECRETARIAT_MEDICAL", "G16/10"] {
            for (type_code, _, _, _) in TYPES {
                assert_eq!(told(profession, type_code), None, "{profession} {type_code}");
            }
        }
    }

    #[test]
    fn an_unknown_type_is_a_no_for_everybody() {
        assert_eq!(told("G15/10", "00000-0"), None);
    }
}
