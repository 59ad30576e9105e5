//! Through which channel somebody opens records: it follows from who they are, for openings are paid and counted by it.

use super::{Caller, CallerKind};
use crate::record::Channel;

impl Caller {
    /// The channels through which this caller opens records, the usual one first; none for who opens no record.
    ///
    /// A structure's directory says who works in an establishment. A FINESS number alone does not: houses of health have one, and whoever works in
    /// one may do so as a liberal professional; then both fit, and the caller says which.
    pub fn channels(&self) -> &'static [Channel] {
        match self.kind {
            CallerKind::Patient | CallerKind::Representative => &[Channel::Online],
            CallerKind::Agent => &[Channel::Counter],
            CallerKind::Organization => &[Channel::Establishment],
            CallerKind::Automaton => &[Channel::Automatic],
            CallerKind::Professional => self.channels_of_a_professional(),
            CallerKind::Helper
            | CallerKind::Insurer
            | CallerKind::Mutual
            | CallerKind::Employer
            | CallerKind::Operator
            | CallerKind::ReimbursementFeed => &[],
        }
    }

    fn channels_of_a_professional(&self) -> &'static [Channel] {
        if !self.units.is_empty() {
            return &[Channel::Establishment];
        }
        let has_finess = self.structure.as_ref().is_some_and(|structure| structure.id.as_str().starts_with('1'));
        let key = self.profession.as_ref().map(crate::identity::Profession::key);
        match (key.as_deref(), has_finess) {
            // Every pharmacy has a FINESS number.
            (Some("G15/21"), true) => &[Channel::Pharmacy, Channel::Establishment],
            (Some("G15/21"), false) => &[Channel::Pharmacy],
            (Some("G15/60" | "G15/69"), true) => &[Channel::Establishment, Channel::Nurse],
            (Some("G15/60" | "G15/69"), false) => &[Channel::Nurse],
            (_, true) => &[Channel::Establishment, Channel::Professional],
            (_, false) => &[Channel::Professional],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Profession, StructIdNat, Structure};

    fn professional(profession: &str, structure: &str, units: &[&str]) -> Caller {
        Caller {
            profession: Profession::parse(profession).ok(),
            structure: StructIdNat::parse(structure).ok().map(|id| Structure { id, name: "Lieu".to_owned() }),
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            ..Caller::bare("ps:8".to_owned(), CallerKind::Professional)
        }
    }

    #[test]
    fn a_profession_and_a_place_give_the_channels() {
        const FINESS: &str = "1120456789";
        const CABINET: &str = "4810000000001";
        for (profession, structure, units, channels) in [
            ("G15/21", FINESS, &[][..], &[Channel::Pharmacy, Channel::Establishment][..]),
            ("G15/60", CABINET, &[], &[Channel::Nurse]),
            ("G15/10", CABINET, &[], &[Channel::Professional]),
            ("G15/10", FINESS, &[], &[Channel::Establishment, Channel::Professional]),
            ("G15/21", FINESS, &["Pharmacie à usage intérieur"], &[Channel::Establishment]),
        ] {
            assert_eq!(professional(profession, structure, units).channels(), channels, "{profession} {structure} {units:?}");
        }
    }

    #[test]
    fn who_opens_no_record_has_no_channel() {
        for kind in [CallerKind::Helper, CallerKind::Insurer, CallerKind::Mutual, CallerKind::Employer, CallerKind::ReimbursementFeed] {
            assert!(Caller::bare("x:1".to_owned(), kind).channels().is_empty(), "{kind:?}");
        }
    }
}
