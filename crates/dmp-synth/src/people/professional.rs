//! Professionals: the named staff first, then as many general practitioners as the town needs.

use dmp_core::identity::{PersonName, Profession, PsIdNat, Rpps, Structure};

use super::cast_staff::{STAFF, StaffRow};
use super::identifiers::rpps;
use super::structure::{Place, place};
use crate::draw::Draw;
use crate::words::{GIVEN_FEMALE, GIVEN_MALE, family_name};

/// The position of a professional in [`crate::Town::professionals`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfessionalRef(pub u32);

/// Someone who cares for the people of the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Professional {
    pub reference: ProfessionalRef,
    /// Stable word for the command line; the named staff alone has one that people remember.
    pub handle: String,
    pub name: PersonName,
    /// Civility, `M` or `MME`.
    pub civility: &'static str,
    pub rpps: Rpps,
    pub profession: Profession,
    /// Speciality (TRE_R01), `SM26`.
    pub specialty: Option<&'static str>,
    /// Profession and speciality as an author (JDV_J01): code and words.
    pub author_code: (&'static str, &'static str),
    pub place: Place,
    pub is_regulating_physician: bool,
}

impl Professional {
    /// National identifier, `8` and the RPPS number.
    pub fn ps_id_nat(&self) -> PsIdNat {
        PsIdNat::from_rpps(&self.rpps)
    }

    /// Where they practise.
    pub fn structure(&self) -> &Structure {
        &self.place.structure
    }
}

/// One professional of the named staff.
fn member(position: usize, row: &StaffRow) -> Option<Professional> {
    let sequence = u32::try_from(position).ok()?;
    Some(Professional {
        reference: ProfessionalRef(sequence),
        handle: row.handle.to_owned(),
        name: PersonName { prefix: if row.is_doctor() { "DR".into() } else { String::new() }, ..PersonName::new(row.given, row.family) },
        civility: if row.female { "MME" } else { "M" },
        rpps: rpps(sequence)?,
        profession: Profession::parse(row.profession).ok()?,
        specialty: row.specialty,
        author_code: row.author_code,
        place: place(row.place)?,
        is_regulating_physician: row.handle == "dr-regulateur",
    })
}

/// One more general practitioner, drawn from the seed.
fn practitioner(seed: u64, sequence: u32) -> Option<Professional> {
    let mut draw = Draw::of(seed, &[0x0D0C, u64::from(sequence)]);
    let female = draw.chance(52);
    let given = if female { draw.pick(&GIVEN_FEMALE) } else { draw.pick(&GIVEN_MALE) };
    let family = family_name(sequence.wrapping_mul(29).wrapping_add(draw.below(5)));
    Some(Professional {
        reference: ProfessionalRef(sequence),
        handle: format!("dr-{sequence}"),
        name: PersonName { prefix: "DR".into(), ..PersonName::new(given, family) },
        civility: if female { "MME" } else { "M" },
        rpps: rpps(sequence)?,
        profession: Profession::parse("G15/10").ok()?,
        specialty: Some("SM26"),
        author_code: ("G15_10/SM26", "Médecin - Qualifié en Médecine Générale (SM)"),
        place: place(if draw.chance(50) { "maison-sante" } else { "maison-canevas" })?,
        is_regulating_physician: false,
    })
}

/// All professionals of a town of `patients` people: one general practitioner for 900 of them.
pub(crate) fn staff(seed: u64, patients: u32) -> Vec<Professional> {
    let named = u32::try_from(STAFF.len()).unwrap_or(0);
    let more = named..named.saturating_add((patients / 900).min(9_000));
    STAFF
        .iter()
        .enumerate()
        .filter_map(|(position, row)| member(position, row))
        .chain(more.filter_map(|sequence| practitioner(seed, sequence)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_staff_is_there_and_each_row_is_sound() {
        let all = staff(1, 9_000);
        assert_eq!(all.len(), STAFF.len() + 10);
        for (position, professional) in all.iter().enumerate() {
            assert_eq!(professional.reference.0 as usize, position, "{}", professional.handle);
            assert!(professional.rpps.as_str().starts_with("999000"));
        }
    }
}
