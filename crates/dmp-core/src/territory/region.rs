//! The eighteen regions since 2016.

/// A region of France.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Region {
    Guadeloupe,
    Martinique,
    Guyane,
    Reunion,
    Mayotte,
    IleDeFrance,
    CentreValDeLoire,
    BourgogneFrancheComte,
    Normandie,
    HautsDeFrance,
    GrandEst,
    PaysDeLaLoire,
    Bretagne,
    NouvelleAquitaine,
    Occitanie,
    AuvergneRhoneAlpes,
    ProvenceAlpesCoteDAzur,
    Corse,
}

impl Region {
    /// All regions, in the order of their codes.
    pub const ALL: [Region; 18] = [
        Region::Guadeloupe,
        Region::Martinique,
        Region::Guyane,
        Region::Reunion,
        Region::Mayotte,
        Region::IleDeFrance,
        Region::CentreValDeLoire,
        Region::BourgogneFrancheComte,
        Region::Normandie,
        Region::HautsDeFrance,
        Region::GrandEst,
        Region::PaysDeLaLoire,
        Region::Bretagne,
        Region::NouvelleAquitaine,
        Region::Occitanie,
        Region::AuvergneRhoneAlpes,
        Region::ProvenceAlpesCoteDAzur,
        Region::Corse,
    ];

    /// INSEE code, two digits.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// Name, the same in every language.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Three letters at most, for a tile of a map.
    pub fn short(self) -> &'static str {
        self.row().2
    }

    /// Column and row on a map of tiles, from the upper left; overseas regions stand below.
    pub fn tile(self) -> (u8, u8) {
        self.row().3
    }

    /// The region of a code.
    pub fn of(code: &str) -> Option<Region> {
        Self::ALL.into_iter().find(|region| region.code() == code)
    }

    fn row(self) -> (&'static str, &'static str, &'static str, (u8, u8)) {
        match self {
            Region::Guadeloupe => ("01", "Guadeloupe", "GUA", (0, 6)),
            Region::Martinique => ("02", "Martinique", "MTQ", (1, 6)),
            Region::Guyane => ("03", "Guyane", "GUY", (2, 6)),
            Region::Reunion => ("04", "La Réunion", "RÉU", (3, 6)),
            Region::Mayotte => ("06", "Mayotte", "MAY", (4, 6)),
            Region::IleDeFrance => ("11", "Île-de-France", "IDF", (2, 1)),
            Region::CentreValDeLoire => ("24", "Centre-Val de Loire", "CVL", (2, 2)),
            Region::BourgogneFrancheComte => ("27", "Bourgogne-Franche-Comté", "BFC", (3, 2)),
            Region::Normandie => ("28", "Normandie", "NOR", (1, 1)),
            Region::HautsDeFrance => ("32", "Hauts-de-France", "HDF", (2, 0)),
            Region::GrandEst => ("44", "Grand Est", "GES", (3, 1)),
            Region::PaysDeLaLoire => ("52", "Pays de la Loire", "PDL", (1, 2)),
            Region::Bretagne => ("53", "Bretagne", "BRE", (0, 1)),
            Region::NouvelleAquitaine => ("75", "Nouvelle-Aquitaine", "NAQ", (1, 3)),
            Region::Occitanie => ("76", "Occitanie", "OCC", (2, 4)),
            Region::AuvergneRhoneAlpes => ("84", "Auvergne-Rhône-Alpes", "ARA", (3, 3)),
            Region::ProvenceAlpesCoteDAzur => ("93", "Provence-Alpes-Côte d’Azur", "PAC", (3, 4)),
            Region::Corse => ("94", "Corse", "COR", (4, 5)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_regions_share_a_code_or_a_tile() {
        let codes: std::collections::BTreeSet<_> = Region::ALL.iter().map(|one| one.code()).collect();
        let tiles: std::collections::BTreeSet<_> = Region::ALL.iter().map(|one| one.tile()).collect();
        assert_eq!((codes.len(), tiles.len()), (18, 18));
    }
}
