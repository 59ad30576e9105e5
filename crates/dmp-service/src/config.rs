//! What an installation decides once, at start.

use dmp_core::Mode;
use dmp_core::access::Matrix;
use dmp_core::record::Regime;
use dmp_core::territory::Phase;

/// Configuration of the acts.
#[derive(Debug, Clone)]
pub struct Config {
    pub mode: Mode,
    pub regime: Regime,
    pub matrix: Matrix,
    /// Largest document accepted, in bytes (`domain-supplement.md` 5: 5 000 000, a parameter).
    pub document_size_max: usize,
    /// Days that an authorisation lasts; `None`: until revoked (`domain-supplement.md` 9).
    pub authorisation_days: Option<u16>,
    /// Whether one document may be hidden from the patient and from professionals at once
    /// (platform parameter `cumul-invisible_patient-masque_ps`, false today).
    pub masked_and_invisible: bool,
    /// First days of the *caisses*; `None`: everybody's record opens.
    pub phase: Option<Phase>,
}

/// 5 MB, in decimal bytes as the patient application counts them.
pub const DOCUMENT_SIZE_MAX: usize = 5_000_000;

impl Config {
    /// The configuration of the law in force, for a mode.
    pub fn in_force(mode: Mode, matrix: Matrix) -> Self {
        Config {
            mode,
            regime: Regime::B,
            matrix,
            document_size_max: DOCUMENT_SIZE_MAX,
            authorisation_days: None,
            masked_and_invisible: false,
            phase: None,
        }
    }
}
