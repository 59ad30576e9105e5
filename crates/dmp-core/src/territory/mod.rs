//! Where people live and which *caisse* they belong to: regions, departments and bodies of the compulsory insurance. Statistics, the pilot phase
//! and invitations are keyed by these. Codes are INSEE's (COG 2018); populations are estimates for 2018, in thousands, good for rates and no more.

mod caisse;
mod phase;
mod region;

use std::sync::LazyLock;

pub use caisse::{Caisse, CaisseFault};
pub use phase::{NotYet, Phase, PhaseFault};
pub use region::Region;

/// A department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Department {
    /// INSEE code, `35`, `2A`, `974`.
    pub code: &'static str,
    pub region: Region,
    /// People, in thousands, estimate for 2018.
    pub thousands: u32,
    pub name: &'static str,
}

impl Department {
    /// All 101, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Department> {
        READ.iter().copied()
    }

    /// The department of a code. Case does not count.
    pub fn of(code: &str) -> Option<Department> {
        Self::all().find(|department| department.code.eq_ignore_ascii_case(code.trim()))
    }
}

fn parse(line: &'static str) -> Option<Department> {
    let mut cells = line.split(';');
    let code = cells.next()?;
    let region = Region::of(cells.next()?)?;
    Some(Department { code, region, thousands: cells.next()?.parse().ok()?, name: cells.next()? })
}

const TABLE: &str = include_str!("departments.csv");
/// Read once: an opening asks several times for its department.
static READ: LazyLock<Vec<Department>> = LazyLock::new(|| TABLE.lines().filter_map(parse).collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_department_is_there_once_in_one_of_eighteen_regions() {
        let codes: std::collections::BTreeSet<&str> = Department::all().map(|one| one.code).collect();
        assert_eq!((codes.len(), TABLE.lines().count()), (101, 101));
        let regions: std::collections::BTreeSet<&str> = Department::all().map(|one| one.region.code()).collect();
        assert_eq!(regions.len(), Region::ALL.len());
        let people: u32 = Department::all().map(|one| one.thousands).sum();
        assert!((65_500..68_500).contains(&people), "{people} thousand people");
    }

    #[test]
    fn a_code_finds_its_department_whatever_its_case() {
        assert_eq!(Department::of("2a").map(|one| one.region), Some(Region::Corse));
        assert_eq!(Department::of("20"), None);
    }
}
