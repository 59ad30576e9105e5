//! Verdicts written by people who read the brief and not this code (`fixtures/expected/cda.tsv`), against ours.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod cda_support;

use std::collections::BTreeSet;
use std::path::Path;

use cda_support::documents;
use dmp_core::Mode;
use dmp_interop::cda::{Inspection, Limits, inspect, rule_family};

/// Every rule broken in a sandbox: the findings that are errors, and the mode's own refusal of the INS.
fn rules_in_sandbox(inspection: &Inspection) -> BTreeSet<String> {
    let errors = inspection.issues.iter().filter(|issue| issue.is_error()).map(|issue| rule_family(&issue.code).to_owned());
    let patient = inspection.header.as_ref().and_then(|header| header.patient());
    let authority = patient.and_then(|patient| patient.ins_id()).and_then(|id| dmp_core::identity::InsAuthority::from_oid(&id.value.root));
    errors.chain(authority.and_then(|authority| authority.refused_in(Mode::Sandbox)).map(str::to_owned)).collect()
}

#[test]
fn cda_verdicts_agree_with_the_independent_ones() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/expected/cda.tsv");
    let expected = std::fs::read_to_string(table).expect("the table of verdicts");
    let documents = documents();
    if documents.is_empty() {
        return;
    }
    let (mut compared, mut accepted) = (0, 0);
    for line in expected.lines().skip(1).filter(|line| !line.is_empty()) {
        let mut columns = line.split('\t');
        let (file, verdict, rule) = (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap());
        let (_, bytes) = documents.iter().find(|(name, _)| name == file).unwrap_or_else(|| panic!("{file} is not in the fixtures"));
        let ours = rules_in_sandbox(&inspect(bytes, Limits::default()));
        let theirs: BTreeSet<String> = rule.split('+').filter(|rule| *rule != "-").map(str::to_owned).collect();
        assert_eq!(ours, theirs, "{file}");
        assert_eq!(ours.is_empty(), verdict == "accept", "{file}");
        compared += 1;
        accepted += usize::from(ours.is_empty());
    }
    assert_eq!((compared, accepted), (documents.len(), 45));
}
