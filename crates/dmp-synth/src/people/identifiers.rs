//! Numbers with their keys, all in ranges that nobody was given.

use dmp_core::identity::{Ins, InsAuthority, Rpps, ins_key};

use crate::words::birth_place;

/// RPPS number `sequence` of the town: `999000`, four digits, Luhn key.
pub(crate) fn rpps(sequence: u32) -> Option<Rpps> {
    let base = format!("999000{:04}", sequence % 10_000);
    Rpps::parse(&format!("{base}{}", luhn_key(&base))).ok()
}

/// FINESS number `sequence` of the town: department 99, six digits, Luhn key.
pub(crate) fn finess(sequence: u32) -> String {
    let base = format!("99{:06}", sequence % 1_000_000);
    format!("{base}{}", luhn_key(&base))
}

/// SIRET number of the town: SIREN `999000…` with its key, then an establishment number with its key.
pub(crate) fn siret(sequence: u32) -> String {
    let siren = format!("99900{:03}", sequence % 1000);
    let siren = format!("{siren}{}", luhn_key(&siren));
    let base = format!("{siren}0001");
    format!("{base}{}", luhn_key(&base))
}

/// The digit that makes a number valid for Luhn.
pub(crate) fn luhn_key(base: &str) -> u32 {
    let sum: u32 = base
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            let weighed = if place % 2 == 0 { digit * 2 } else { digit };
            if weighed > 9 { weighed - 9 } else { weighed }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// A matricule: sex, year, month, place of birth, order of birth, key.
pub(crate) fn matricule(female: bool, year: i16, month: i8, place: &str, order: u32) -> String {
    let base = format!("{}{:02}{month:02}{place}{order:03}", if female { 2 } else { 1 }, year.rem_euclid(100));
    // A base of the town always has a key; the key 97 would be refused at the door if it had not.
    let key = ins_key(&base).unwrap_or(97);
    format!("{base}{key:02}")
}

/// Place and order of birth of the person `index`: a pair that nobody else has (see `words::birth_place`).
pub(crate) fn birth_slot(index: u32) -> (String, u32) {
    const ORDERS: u32 = 998;
    let turn = index / ORDERS;
    (birth_place(index.wrapping_mul(7).wrapping_add(turn), turn / 41), 1 + index % ORDERS)
}

/// The INS under the OID of test persons.
pub(crate) fn test_ins(matricule: &str) -> Option<Ins> {
    Ins::parse(InsAuthority::Test.oid(), matricule).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn professional_numbers_have_their_key() {
        for sequence in [0, 1, 42, 999, 9999] {
            let number = rpps(sequence).unwrap();
            let (base, key) = number.as_str().split_at(10);
            assert_eq!(key, luhn_key(base).to_string());
        }
        assert_eq!(luhn_key("7992739871"), 3);
    }

    #[test]
    fn a_hundred_thousand_people_have_a_hundred_thousand_slots() {
        let mut slots: Vec<_> = (0..40_000).map(birth_slot).collect();
        slots.sort();
        slots.dedup();
        assert_eq!(slots.len(), 40_000);
    }
}
