//! `dmp matrix`: the official table of rights in place of the reconstruction. It lies in the data folder as `matrix.csv`.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use dmp_core::access::{MATRIX_BYTES_MAX, Matrix, MatrixFault, ToldCell, provenance_word, read_word};
use serde::Deserialize;

use crate::commands::{MatrixImport, MatrixShow};
use crate::print;

const FILE: &str = "matrix.csv";

/// Takes a table. A table with a fault is refused whole, each fault told with its line.
pub fn import(options: &MatrixImport) -> Result<(), String> {
    if !options.data.is_dir() {
        return Err(format!("no folder {}", options.data.display()));
    }
    let text = read(&options.file)?;
    let is_json = options.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let matrix = if is_json { from_json(&text) } else { Matrix::from_csv(&text) };
    let matrix = matrix.map_err(|faults| refused(&options.file, &faults))?;
    put(&options.data, &matrix).map_err(|error| format!("{}: {error}", options.data.join(FILE).display()))?;
    print::line(&format!("{}: {}", matrix.version, counts(&matrix)));
    print::line("in force from the next start on");
    Ok(())
}

/// Tells the table in force.
pub fn show(options: &MatrixShow) -> Result<(), String> {
    let found = options.data.as_deref().map(in_folder).transpose()?.flatten();
    let matrix = found.unwrap_or_else(Matrix::reconstruction);
    if options.csv {
        print::line(matrix.to_csv().trim_end());
    } else {
        print::line(&format!("{}: {}", matrix.version, counts(&matrix)));
    }
    Ok(())
}

/// The table of a data folder, when there is one.
///
/// # Errors
/// What is wrong with it.
pub fn in_folder(data: &Path) -> Result<Option<Matrix>, String> {
    let path = data.join(FILE);
    if path.exists() { in_file(&path).map(Some) } else { Ok(None) }
}

/// The table of a file.
///
/// # Errors
/// What is wrong with it.
pub fn in_file(path: &Path) -> Result<Matrix, String> {
    Matrix::from_csv(&read(path)?).map_err(|faults| refused(path, &faults))
}

fn read(path: &Path) -> Result<String, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let size = std::fs::metadata(path).map_err(told)?.len();
    if usize::try_from(size).is_ok_and(|size| size <= MATRIX_BYTES_MAX) {
        std::fs::read_to_string(path).map_err(told)
    } else {
        Err(format!("{}: larger than {MATRIX_BYTES_MAX} bytes", path.display()))
    }
}

/// Durable before it is in force: a crash leaves the old table or the new one.
fn put(data: &Path, matrix: &Matrix) -> std::io::Result<()> {
    let draft = data.join("matrix.csv.new");
    let mut file = File::create(&draft)?;
    file.write_all(matrix.to_csv().as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&draft, data.join(FILE))?;
    File::open(data)?.sync_all()
}

fn refused(path: &Path, faults: &[MatrixFault]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("  line {}: {}", fault.line, fault.reason)).collect();
    format!("{} is refused:\n{}", path.display(), lines.join("\n"))
}

fn counts(matrix: &Matrix) -> String {
    let csv = matrix.to_csv();
    let cells = csv.lines().skip(2).count();
    let reconstructed = csv.lines().filter(|line| line.ends_with(",reconstruction")).count();
    format!("{} professions, {cells} cells, {reconstructed} of them reconstructed", matrix.professions().len())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonTable {
    version: String,
    cells: Vec<JsonCell>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonCell {
    profession: String,
    #[serde(rename = "type")]
    type_code: String,
    class: Option<String>,
    read: JsonRead,
    provenance: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum JsonRead {
    Flag(bool),
    Word(String),
}

/// The same table as JSON. A cell stands where its key `profession` stands.
fn from_json(text: &str) -> Result<Matrix, Vec<MatrixFault>> {
    let table: JsonTable = serde_json::from_str(text).map_err(|error| vec![MatrixFault { line: error.line(), reason: error.to_string() }])?;
    if table.version.trim().is_empty() {
        return Err(vec![MatrixFault { line: 1, reason: "`version` must name the text".to_owned() }]);
    }
    let mut lines = text.match_indices("\"profession\"").map(|(place, _)| text.get(..place).unwrap_or_default().matches('\n').count() + 1);
    let (mut cells, mut faults) = (Vec::new(), Vec::new());
    for cell in table.cells {
        let line = lines.next().unwrap_or(0);
        match told(line, cell) {
            Ok(cell) => cells.push(cell),
            Err(reason) => faults.push(MatrixFault { line, reason }),
        }
    }
    Matrix::from_cells(table.version.trim(), &cells, faults)
}

fn told(line: usize, cell: JsonCell) -> Result<ToldCell, String> {
    let read = match cell.read {
        JsonRead::Flag(read) => read,
        JsonRead::Word(word) => read_word(&word)?,
    };
    let provenance = provenance_word(cell.provenance.as_deref())?;
    Ok(ToldCell { line, profession: cell.profession, type_code: cell.type_code, class: cell.class, read, provenance })
}
