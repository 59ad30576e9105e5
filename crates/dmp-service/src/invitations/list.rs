//! The list of a campaign: numbers of people, one a line.

use std::collections::HashSet;

use dmp_core::Mode;
use dmp_core::identity::{Ins, InsAuthority};

/// People of one campaign at most.
pub const LIST_MAX: usize = 10_000_000;
/// What a first line may be called that names its column.
const HEADING: &str = "ins";

/// A line that is no number. It is told by its place: what stands there may be somebody's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListFault {
    /// From 1.
    pub line: usize,
}

/// Reads numbers with their keys, the first cell of each line (`;` or `,` between cells). Empty lines and a heading `ins` are passed over; who stands there
/// twice is written to once.
///
/// # Errors
/// Every line that is no number of this mode, in order.
pub fn read_numbers(text: &str, mode: Mode) -> Result<Vec<Ins>, Vec<ListFault>> {
    let authority = match mode {
        Mode::Sandbox => InsAuthority::Test,
        Mode::Production => InsAuthority::Nir,
    };
    let (mut seen, mut numbers, mut faults) = (HashSet::new(), Vec::new(), Vec::new());
    for (place, line) in text.lines().enumerate() {
        let cell = line.split([';', ',']).next().unwrap_or_default();
        let cell: String = cell.chars().filter(|sign| !sign.is_whitespace() && *sign != '"' && *sign != '\u{feff}').collect();
        if cell.is_empty() || (place == 0 && cell.eq_ignore_ascii_case(HEADING)) {
            continue;
        }
        match Ins::parse(authority.oid(), &cell.to_ascii_uppercase()) {
            Ok(ins) if seen.insert(ins.matricule().to_owned()) => numbers.push(ins),
            Ok(_) => {}
            Err(_) => faults.push(ListFault { line: place + 1 }),
        }
    }
    if faults.is_empty() { Ok(numbers) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_a_spreadsheet_gives_it() {
        let text = "\u{feff}INS;caisse\r\n2 79 03 51 215 189 89;311\r\n\r\n\"279035121518989\",311\n258033523890052\n";
        let numbers = read_numbers(text, Mode::Sandbox).unwrap();
        assert_eq!(numbers.iter().map(Ins::matricule).collect::<Vec<_>>(), ["279035121518989", "258033523890052"]);
    }

    #[test]
    fn a_line_that_is_no_number_is_told_by_its_place() {
        assert_eq!(read_numbers("279035121518989\n279035121518988\nins\n", Mode::Sandbox), Err(vec![ListFault { line: 2 }, ListFault { line: 3 }]));
        assert_eq!(read_numbers("", Mode::Sandbox), Ok(Vec::new()));
    }
}
