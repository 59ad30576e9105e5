//! The *matrice d'habilitation* as a table that an operator loads: CSV with one line for each profession and type.
//!
//! ```text
//! # version: arrêté du 26 octobre 2023, annexe
//! profession,type,read
//! G15/10,11488-4,oui
//! ```
//!
//! Comma or semicolon, quotes where needed. Further columns `class`, `label`, `provenance` (`source`, `reconstruction`) are
//! what [`Matrix::to_csv`] writes. What a file does not tell is unknown, and unknown is a no.

use std::collections::BTreeSet;

use super::{Cell, Matrix, Provenance};
use crate::document::{TYPES, class_of};
use crate::identity::Profession;

/// What is wrong with a table: the line, from 1, and why. Line 0 is the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixFault {
    pub line: usize,
    pub reason: String,
}

/// Largest table accepted, in bytes: twenty professions × a hundred types is a tenth of it.
pub const MATRIX_BYTES_MAX: usize = 1_000_000;
/// Faults told at once.
const FAULTS_MAX: usize = 50;
const COLUMNS: [&str; 6] = ["profession", "type", "class", "label", "read", "provenance"];

/// One cell as told: where, by whom, of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldCell {
    pub line: usize,
    pub profession: String,
    pub type_code: String,
    /// Told besides; must be the type's own.
    pub class: Option<String>,
    pub read: bool,
    pub provenance: Provenance,
}

impl Matrix {
    /// Reads a table.
    ///
    /// # Errors
    /// Every fault, with its line.
    pub fn from_csv(text: &str) -> Result<Matrix, Vec<MatrixFault>> {
        let fault = |line, reason: &str| vec![MatrixFault { line, reason: reason.to_owned() }];
        if text.len() > MATRIX_BYTES_MAX {
            return Err(fault(0, "the file is larger than a table of rights can be"));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut version = None;
        let mut lines = text.lines().enumerate().map(|(place, line)| (place + 1, line)).filter(|(_, line)| !line.trim().is_empty()).peekable();
        while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with('#')) {
            if let Some(told) = line.trim_start_matches('#').trim().strip_prefix("version:") {
                version = Some(told.trim().to_owned()).filter(|told| !told.is_empty());
            }
        }
        let version = version.ok_or_else(|| fault(1, "the first line must name the text: `# version: arrêté du …`"))?;
        let (place, header) = lines.next().ok_or_else(|| fault(1, "there is no line of column names"))?;
        let separator = if header.contains(';') { ';' } else { ',' };
        let columns = columns(header, separator).map_err(|reason| fault(place, &reason))?;
        let (mut cells, mut faults) = (Vec::new(), Vec::new());
        for (place, line) in lines {
            match told_cell(place, line, separator, &columns) {
                Ok(cell) => cells.push(cell),
                Err(reason) => faults.push(MatrixFault { line: place, reason }),
            }
        }
        Self::from_cells(&version, &cells, faults)
    }

    /// Builds a matrix of told cells; `faults` are those found before.
    ///
    /// # Errors
    /// Every fault, with its line.
    pub fn from_cells(version: &str, cells: &[ToldCell], mut faults: Vec<MatrixFault>) -> Result<Matrix, Vec<MatrixFault>> {
        let mut matrix = Matrix::empty(version);
        let mut seen = BTreeSet::new();
        for cell in cells {
            match placed(cell, &mut seen) {
                Ok(profession) => matrix.set_type(&profession.key(), &cell.type_code, Cell { read: cell.read, provenance: cell.provenance }),
                Err(reason) => faults.push(MatrixFault { line: cell.line, reason }),
            }
        }
        if cells.is_empty() && faults.is_empty() {
            faults.push(MatrixFault { line: 0, reason: "the table has no cell: nobody would read anything".to_owned() });
        }
        faults.sort_by_key(|fault| fault.line);
        faults.truncate(FAULTS_MAX);
        if faults.is_empty() { Ok(matrix) } else { Err(faults) }
    }

    /// Every known cell as a table that [`Matrix::from_csv`] reads.
    pub fn to_csv(&self) -> String {
        let mut out = format!("# version: {}\n{}\n", self.version, COLUMNS.join(","));
        for profession in self.professions() {
            for (type_code, _, class, label) in TYPES {
                let Some(cell) = self.cell(&profession, type_code) else { continue };
                let read = if cell.read { "oui" } else { "non" };
                let fields = [&profession.key(), type_code, class, &quoted(label), read, cell.provenance.word()];
                out.push_str(&fields.join(","));
                out.push('\n');
            }
        }
        out
    }
}

impl Provenance {
    /// `source` or `reconstruction`.
    pub fn word(self) -> &'static str {
        match self {
            Provenance::Source => "source",
            Provenance::Reconstruction => "reconstruction",
        }
    }
}

/// The place of each known column.
fn columns(header: &str, separator: char) -> Result<Vec<&'static str>, String> {
    let mut found = Vec::new();
    for name in fields(header, separator)? {
        let known = COLUMNS.into_iter().find(|column| *column == name).ok_or_else(|| format!("unknown column `{}`", shown(&name)))?;
        if found.contains(&known) {
            return Err(format!("column `{known}` stands twice"));
        }
        found.push(known);
    }
    match ["profession", "type", "read"].into_iter().find(|needed| !found.contains(needed)) {
        Some(missing) => Err(format!("column `{missing}` is missing")),
        None => Ok(found),
    }
}

fn told_cell(line: usize, text: &str, separator: char, columns: &[&str]) -> Result<ToldCell, String> {
    let values = fields(text, separator)?;
    if values.len() != columns.len() {
        return Err(format!("{} fields where there are {} columns", values.len(), columns.len()));
    }
    let value = |name: &str| columns.iter().position(|column| *column == name).and_then(|place| values.get(place)).map(String::as_str);
    let text = |name: &str| value(name).unwrap_or_default().to_owned();
    Ok(ToldCell {
        line,
        profession: text("profession"),
        type_code: text("type"),
        class: value("class").map(str::to_owned),
        read: read_word(&text("read"))?,
        provenance: provenance_word(value("provenance"))?,
    })
}

/// Whether a word says yes.
///
/// # Errors
/// The reason, for another word.
pub fn read_word(word: &str) -> Result<bool, String> {
    match word {
        "oui" | "true" | "1" => Ok(true),
        "non" | "false" | "0" => Ok(false),
        other => Err(format!("`read` is `{}`, not oui or non", shown(other))),
    }
}

/// Where a cell comes from; a table that does not say is the official one.
///
/// # Errors
/// The reason, for another word.
pub fn provenance_word(word: Option<&str>) -> Result<Provenance, String> {
    match word {
        None | Some("" | "source") => Ok(Provenance::Source),
        Some("reconstruction") => Ok(Provenance::Reconstruction),
        Some(other) => Err(format!("`provenance` is `{}`, not source or reconstruction", shown(other))),
    }
}

/// The profession of a cell that makes sense and was not told before.
fn placed(cell: &ToldCell, seen: &mut BTreeSet<(String, String)>) -> Result<Profession, String> {
    let profession =
        Profession::parse(&cell.profession).map_err(|_| format!("unknown profession `{}`: a code such as G15/10", shown(&cell.profession)))?;
    let class = class_of(&cell.type_code).ok_or_else(|| format!("unknown document type `{}`", shown(&cell.type_code)))?;
    if let Some(told) = cell.class.as_deref().filter(|told| *told != class) {
        return Err(format!("type `{}` is of class {class}, not `{}`", cell.type_code, shown(told)));
    }
    if seen.insert((profession.key(), cell.type_code.clone())) { Ok(profession) } else { Err("this cell was told before".to_owned()) }
}

/// The fields of a line. A quote opens and closes a field; two of them inside are one.
fn fields(line: &str, separator: char) -> Result<Vec<String>, String> {
    let (mut values, mut value, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                value.push('"');
            }
            '"' => quoted = !quoted,
            other if other == separator && !quoted => values.push(std::mem::take(&mut value).trim().to_owned()),
            other => value.push(other),
        }
    }
    values.push(value.trim().to_owned());
    if quoted { Err("a quote is not closed".to_owned()) } else { Ok(values) }
}

/// A field as CSV wants it: quoted, and never the beginning of a formula.
fn quoted(text: &str) -> String {
    let safe = if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if safe.contains([',', '"', ';']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// A wrong word in a message: its beginning, printable.
fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(40).collect()
}
