//! Codes of what is reimbursed. Acts, analyses and groups of stays are real codes; products are invented.

use dmp_core::document::Code;
use dmp_core::reimbursement::{FeedSystem, with_check_digit};

use crate::course::Panel;

/// A medicine or vaccine: a number of an invented product, always the same for a name.
pub(super) fn product(name: &str, label: &str) -> Code {
    let number = name.bytes().fold(17_u64, |hash, byte| hash.wrapping_mul(131).wrapping_add(u64::from(byte))) % 1_000_000;
    let code = with_check_digit(&format!("340093{number:06}")).unwrap_or_default();
    Code::new(code, FeedSystem::Cip13.oid(), label)
}

/// A consultation or forfait.
pub(super) fn ngap((code, label): (&str, &str)) -> Code {
    Code::new(code, FeedSystem::Ngap.oid(), label)
}

/// LOINC code of a test, the analysis that is billed for it.
const ANALYSES: [(&str, &str, &str); 12] = [
    ("718-7", "1104", "Hémogramme"),
    ("4548-4", "1577", "Hémoglobine glyquée (HbA1c)"),
    ("14749-6", "0552", "Glycémie"),
    ("14682-9", "0592", "Créatinine"),
    ("2951-2", "1610", "Ionogramme"),
    ("1742-6", "0522", "Transaminases"),
    ("14927-8", "0996", "Exploration d'une anomalie lipidique"),
    ("1988-5", "1804", "Protéine C réactive"),
    ("3016-3", "1208", "T.S.H."),
    ("2857-1", "7318", "Antigène spécifique de la prostate"),
    ("6301-6", "0126", "Temps de Quick"),
    ("2276-4", "0888", "Ferritine"),
];

/// The analyses of a panel, each once; a panel without a known one is billed as the taking of blood.
pub(super) fn analyses(panel: Panel) -> Vec<Code> {
    let tests = panel.iter().flat_map(|part| part.iter());
    let mut found: Vec<(&str, &str)> =
        tests.filter_map(|test| ANALYSES.iter().find(|(loinc, _, _)| *loinc == test.loinc).map(|(_, code, label)| (*code, *label))).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        found.push(("9105", "Forfait de sécurité pour échantillon sanguin"));
    }
    found.into_iter().map(|(code, label)| Code::new(code, FeedSystem::Nabm.oid(), label)).collect()
}

/// Words of a report's title, the act.
const IMAGES: [(&str, &str, &str); 7] = [
    ("mammo", "QEQK001", "Mammographie bilatérale"),
    ("cho", "ZCQM004", "Échographie abdominale"),
    ("IRM", "ACQN001", "IRM du crâne et de son contenu"),
    ("canner", "ZBQK001", "Scanographie du thorax"),
    ("horax", "ZBQK002", "Radiographie du thorax"),
    ("enou", "NFQK001", "Radiographie du genou"),
    ("oignet", "MGQK003", "Radiographie du poignet"),
];

/// The act of an imaging report.
pub(super) fn imaging(title: &str) -> Code {
    let folded = title.to_lowercase();
    let found = IMAGES.iter().find(|(word, _, _)| folded.contains(&word.to_lowercase()));
    let (code, label) = found.map_or(("ZBQK002", "Radiographie du thorax"), |(_, code, label)| (*code, *label));
    Code::new(code, FeedSystem::Ccam.oid(), label)
}

/// The group of a stay.
pub(super) fn stay(title: &str) -> Code {
    let folded = title.to_lowercase();
    let (code, label) = if folded.contains("matern") || folded.contains("accouch") {
        ("14Z14A", "Accouchement unique par voie basse sans complication")
    } else if folded.contains("cardi") {
        ("05M092", "Insuffisances cardiaques, niveau 2")
    } else if folded.contains("hanche") || folded.contains("prothèse") {
        ("08C481", "Prothèses de hanche, niveau 1")
    } else {
        ("23M20T", "Autres symptômes et motifs de recours aux soins, très courte durée")
    };
    Code::new(code, FeedSystem::Ghm.oid(), label)
}
