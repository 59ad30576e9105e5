//! Holds the migrations to the subset of SQL that a cluster takes: the column that spreads a table comes first in every key, and nothing is
//! used that only one machine can do.

use std::collections::BTreeMap;

use super::schema::MIGRATIONS;

const DISTRIBUTE: &str = include_str!("../../migrations/distribute.citus.sql");

/// Words that no migration holds, and why.
const FORBIDDEN: [(&str, &str); 15] = [
    ("TRIGGER", "refused on distributed tables"),
    ("SERIAL", "numbers come from the program"),
    ("BIGSERIAL", "numbers come from the program"),
    ("IDENTITY", "numbers come from the program"),
    ("NEXTVAL", "numbers come from the program"),
    ("LISTEN", "not every engine has it"),
    ("NOTIFY", "not every engine has it"),
    ("RULE", "not every engine has it"),
    ("PARTITION", "the distribution is the partition"),
    ("INHERITS", "the distribution is the partition"),
    ("RANDOM", "randomness comes from the program"),
    ("GEN_RANDOM_UUID", "randomness comes from the program"),
    ("PG_ADVISORY_LOCK", "not every engine has it"),
    ("PG_ADVISORY_XACT_LOCK", "not every engine has it"),
    ("UNLOGGED", "a crash would empty it"),
];

/// How a table lies over a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Spread {
    /// By the values of a column.
    By(String),
    /// Whole, on every node.
    Everywhere,
}

/// Words and signs of a script, without comments.
fn tokens(sql: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for line in sql.lines() {
        let mut word = String::new();
        for sign in line.split("--").next().unwrap_or_default().chars() {
            if sign.is_alphanumeric() || "_.'".contains(sign) {
                word.push(sign);
                continue;
            }
            if !word.is_empty() {
                tokens.push(std::mem::take(&mut word));
            }
            if "(),;=>".contains(sign) {
                tokens.push(sign.to_string());
            }
        }
        if !word.is_empty() {
            tokens.push(word);
        }
    }
    tokens
}

fn statements(sql: &str) -> Vec<Vec<String>> {
    tokens(sql).split(|token| token == ";").filter(|statement| !statement.is_empty()).map(<[String]>::to_vec).collect()
}

/// Whether words stand at a place.
fn at(statement: &[String], place: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(offset, word)| statement.get(place + offset).is_some_and(|token| token.eq_ignore_ascii_case(word)))
}

/// Where words stand.
fn places<'a>(statement: &'a [String], words: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
    (0..statement.len()).filter(move |place| at(statement, *place, words))
}

/// Reads how tables are spread. Anything but the two calls is a fault.
fn spreads(script: &str, faults: &mut Vec<String>) -> BTreeMap<String, Spread> {
    let mut spreads = BTreeMap::new();
    for statement in statements(script) {
        let bare = |place: usize| statement.get(place).map(|token| token.trim_matches('\'').to_owned()).unwrap_or_default();
        if at(&statement, 0, &["SELECT", "create_reference_table", "("]) {
            spreads.insert(bare(3), Spread::Everywhere);
        } else if at(&statement, 0, &["SELECT", "create_distributed_table", "("]) {
            spreads.insert(bare(3), Spread::By(bare(5)));
        } else {
            faults.push(format!("the script of the distribution does more than distribute: {}", statement.join(" ")));
        }
    }
    spreads
}

/// What a script does that a cluster would not take.
fn faults(script: &str, distribute: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let spreads = spreads(distribute, &mut faults);
    for statement in statements(script) {
        for (word, why) in FORBIDDEN {
            if statement.iter().any(|token| token.eq_ignore_ascii_case(word)) {
                faults.push(format!("{word}: {why}"));
            }
        }
        // `sequence` alone is a good name for a column.
        if at(&statement, 0, &["CREATE", "SEQUENCE"]) {
            faults.push("CREATE SEQUENCE: numbers come from the program".to_owned());
        } else if at(&statement, 0, &["CREATE", "TABLE"]) {
            table(&statement, &spreads, &mut faults);
        } else if at(&statement, 0, &["CREATE", "UNIQUE", "INDEX"]) {
            let on = places(&statement, &["ON"]).next().unwrap_or_default();
            key("unique index", &statement, on + 3, &statement[on + 1], &spreads, &mut faults);
        } else if at(&statement, 0, &["ALTER", "TABLE"]) && statement.iter().any(|token| token == ",") {
            faults.push(format!("ALTER TABLE {} changes more than one thing", statement[2]));
        }
    }
    faults
}

fn table(statement: &[String], spreads: &BTreeMap<String, Spread>, faults: &mut Vec<String>) {
    let name = &statement[2];
    if !spreads.contains_key(name) {
        faults.push(format!("{name} is not spread by distribute.citus.sql"));
    }
    let mut has_key = false;
    for place in places(statement, &["PRIMARY", "KEY"]) {
        has_key = true;
        if at(statement, place + 2, &["("]) {
            key("primary key", statement, place + 3, name, spreads, faults);
        } else {
            key("primary key", statement, column_before(statement, place), name, spreads, faults);
        }
    }
    if !has_key {
        faults.push(format!("{name} has no primary key"));
    }
    for place in places(statement, &["UNIQUE"]) {
        let column = if at(statement, place + 1, &["("]) { place + 2 } else { column_before(statement, place) };
        key("unique", statement, column, name, spreads, faults);
    }
    for place in places(statement, &["REFERENCES"]) {
        if spreads.get(&statement[place + 1]) != Some(&Spread::Everywhere) {
            faults.push(format!("{name} refers to {}, which is not whole on every node", statement[place + 1]));
        }
    }
}

/// Where the definition of a column begins that holds a place.
fn column_before(statement: &[String], place: usize) -> usize {
    (0..place).rev().find(|before| statement[*before] == "," || statement[*before] == "(").map_or(0, |before| before + 1)
}

/// A key must begin with the column that spreads its table.
fn key(what: &str, statement: &[String], place: usize, table: &str, spreads: &BTreeMap<String, Spread>, faults: &mut Vec<String>) {
    match spreads.get(table) {
        Some(Spread::By(column)) if statement.get(place) != Some(column) => {
            faults.push(format!("{what} of {table} begins with {:?}, not with {column}", statement.get(place)));
        }
        Some(Spread::By(_) | Spread::Everywhere) | None => {}
    }
}

#[test]
fn migrations_keep_to_what_a_cluster_takes() {
    for migration in MIGRATIONS {
        assert_eq!(faults(migration, DISTRIBUTE), Vec::<String>::new());
    }
}

#[test]
fn every_table_that_is_spread_exists() {
    let made: Vec<String> = MIGRATIONS
        .iter()
        .flat_map(|migration| statements(migration))
        .filter(|statement| at(statement, 0, &["CREATE", "TABLE"]))
        .map(|statement| statement[2].clone())
        .collect();
    let spread = spreads(DISTRIBUTE, &mut Vec::new());
    assert!(spread.keys().all(|table| made.contains(table)) && spread.len() == made.len(), "{made:?} {spread:?}");
}

#[test]
fn what_a_cluster_would_refuse_is_found() {
    let spread = "SELECT create_distributed_table('t', 'a'); SELECT create_reference_table('r');";
    let one = |script: &str| {
        let found = faults(script, spread);
        assert_eq!(found.len(), 1, "{script}: {found:?}");
        found[0].clone()
    };
    assert!(faults("CREATE TABLE t (a BYTEA, b BIGINT, PRIMARY KEY (a, b)); -- a TRIGGER", spread).is_empty());
    assert!(one("CREATE TABLE t (a BYTEA, b BIGINT, PRIMARY KEY (b, a))").starts_with("primary key"));
    assert!(one("CREATE TABLE t (a BYTEA, b BIGINT PRIMARY KEY)").starts_with("primary key"));
    assert!(one("CREATE TABLE t (a BYTEA, b BIGINT)").contains("no primary key"));
    assert!(one("CREATE TABLE t (a BYTEA PRIMARY KEY, b BIGINT UNIQUE)").starts_with("unique"));
    assert!(one("CREATE TABLE t (a BYTEA PRIMARY KEY, b BIGINT, UNIQUE (b, a))").starts_with("unique"));
    assert!(one("CREATE TABLE t (a BYTEA PRIMARY KEY, b BIGINT REFERENCES t (a))").contains("refers to t"));
    assert!(faults("CREATE TABLE t (a BYTEA PRIMARY KEY, b BIGINT REFERENCES r (a))", spread).is_empty());
    assert!(one("CREATE TABLE other (a BYTEA PRIMARY KEY)").contains("not spread"));
    assert!(one("CREATE UNIQUE INDEX i ON t (b)").starts_with("unique index"));
    assert!(faults("CREATE UNIQUE INDEX i ON t (a, b); CREATE INDEX j ON t (b)", spread).is_empty());
    assert!(one("CREATE TABLE r (a BIGSERIAL PRIMARY KEY)").starts_with("BIGSERIAL"));
    assert!(one("CREATE TABLE r (a BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY)").starts_with("IDENTITY"));
    assert!(one("CREATE SEQUENCE s").starts_with("CREATE SEQUENCE"));
    assert!(one("CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f()").starts_with("TRIGGER"));
    assert!(one("ALTER TABLE t ADD COLUMN b BIGINT, ADD COLUMN c BIGINT").contains("more than one"));
    assert_eq!(faults("", "SELECT create_reference_table('r'); DROP TABLE t").len(), 1);
}

/// The statements of this backend, as far as a word can tell.
#[test]
fn statements_of_the_program_keep_to_it_too() {
    let sources = [
        include_str!("append.rs"),
        include_str!("commit.rs"),
        include_str!("connect.rs"),
        include_str!("identifier.rs"),
        include_str!("keys.rs"),
        include_str!("notes.rs"),
        include_str!("open.rs"),
        include_str!("operator.rs"),
        include_str!("queue.rs"),
        include_str!("read.rs"),
        include_str!("schema.rs"),
        include_str!("store.rs"),
        include_str!("turns.rs"),
        include_str!("verify.rs"),
    ];
    for source in sources {
        for word in ["FOR UPDATE", "FOR SHARE", "SERIALIZABLE", "advisory", "LISTEN ", "NOTIFY ", "OFFSET ", "WITH RECURSIVE", "nextval"] {
            assert!(!source.contains(word), "`{word}` in {}", source.lines().next().unwrap_or_default());
        }
    }
}
