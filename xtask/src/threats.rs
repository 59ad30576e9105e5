//! `docs/threats.md` names tests: each must exist, each row must have one or say that none shows it, and no actor may be missing.

use std::path::Path;

use crate::shell;

/// Whom the table must speak of: the beginning of the first cell of a row.
const ACTORS: [&str; 20] = [
    "nobody",
    "another person",
    "curious professional",
    "blocked professional",
    "ex-partner",
    "helper",
    "secretary",
    "robot with a valid professional account",
    "insurer, mutual, employer",
    "occupational doctor",
    "agent at a counter",
    "operator with root and keys",
    "operator without keys",
    "thief of a disk or a backup",
    "compromised practice software",
    "compromised identity provider",
    "network attacker",
    "cloud host of the database or of the S3",
    "hostile document",
    "developer of a dependency",
];
/// What the last cell says where nothing shows it.
const NONE: &str = "none";

/// Reads the table and tells what is wrong with it.
pub fn check(faults: &mut Vec<String>) -> Result<(), String> {
    let path = shell::root().join("docs/threats.md");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    faults.extend(faults_of(&text, &|file| std::fs::read_to_string(shell::root().join("crates").join(file)).ok()));
    Ok(())
}

/// What is wrong with a table; `source` gives the text of a file under `crates/`.
fn faults_of(text: &str, source: &dyn Fn(&Path) -> Option<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let rows: Vec<Vec<&str>> = text.lines().filter(|line| line.starts_with('|')).map(cells).collect();
    let rows: Vec<&Vec<&str>> = rows.iter().filter(|row| row.first().is_some_and(|actor| *actor != "actor" && !actor.starts_with("---"))).collect();
    for actor in ACTORS {
        if !rows.iter().any(|row| row.first().is_some_and(|cell| cell.starts_with(actor))) {
            faults.push(format!("threats: no row for {actor}"));
        }
    }
    for row in rows {
        let [actor, _, _, _, shown] = row.as_slice() else {
            faults.push(format!("threats: a row has {} cells, not 5: {}", row.len(), row.first().unwrap_or(&"")));
            continue;
        };
        let names: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if names.is_empty() && !shown.starts_with(NONE) {
            faults.push(format!("threats: {actor}: no test, and not said to have none"));
        }
        faults.extend(names.iter().filter(|name| !exists(name, source)).map(|name| format!("threats: {actor}: no test `{name}`")));
    }
    faults
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

/// Whether `crate/path.rs::name` is a function of that file, with nothing after its name but its arguments.
fn exists(name: &str, source: &dyn Fn(&Path) -> Option<String>) -> bool {
    let Some((file, test)) = name.split_once("::") else { return false };
    source(Path::new(file)).is_some_and(|text| text.contains(&format!("fn {test}(")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(row: &str) -> String {
        let others = ACTORS.iter().skip(1).map(|actor| format!("| {actor} | a | b | c | none: a reason |\n")).collect::<String>();
        format!("| actor | holds | can | cannot | shown by |\n| --- | --- | --- | --- | --- |\n{row}\n{others}")
    }

    fn told(row: &str) -> Vec<String> {
        let source = |file: &Path| (file == Path::new("dmp/tests/a.rs")).then(|| "#[test]\nfn it_holds() {}\n".to_owned());
        faults_of(&table(row), &source)
    }

    #[test]
    fn a_table_that_names_what_exists_has_no_fault() {
        assert!(told("| nobody | - | - | - | `dmp/tests/a.rs::it_holds` |").is_empty());
    }

    #[test]
    fn a_test_that_does_not_exist_a_missing_actor_and_an_empty_cell_are_told() {
        for (row, fault) in [
            ("| nobody | - | - | - | `dmp/tests/a.rs::it_hold` |", "threats: nobody: no test `dmp/tests/a.rs::it_hold`"),
            ("| nobody | - | - | - | `dmp/tests/b.rs::it_holds` |", "threats: nobody: no test `dmp/tests/b.rs::it_holds`"),
            ("| nobody | - | - | - | `it_holds` |", "threats: nobody: no test `it_holds`"),
            ("| nobody | - | - | - | |", "threats: nobody: no test, and not said to have none"),
            ("| nobody | - | - | none |", "threats: a row has 4 cells, not 5: nobody"),
            ("", "threats: no row for nobody"),
        ] {
            assert_eq!(told(row), [fault], "{row}");
        }
    }
}
