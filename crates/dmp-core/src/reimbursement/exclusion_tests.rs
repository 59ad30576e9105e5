//! What the exclusion list leaves out, and what it does not.

use super::*;
use crate::document::Code;
use crate::reimbursement::{LineKind, Product};
use crate::summary::Party;

fn line(system: FeedSystem, code: &str, label: &str, date: &str) -> Line {
    Line {
        id: "L1".to_owned(),
        kind: LineKind::Care,
        code: Code::new(code, system.oid(), label),
        product: Product::default(),
        quantity: 1,
        date: When::from_iso(date).unwrap(),
        until: None,
        prescriber: Party::default(),
        performer: Party::default(),
    }
}

fn born(text: &str) -> BirthDate {
    BirthDate::parse(text).unwrap()
}

#[test]
fn the_list_of_the_program_is_a_list() {
    let list = ExclusionList::reference().unwrap();
    assert!(list.rules().len() > 30);
    assert!(list.rules().iter().all(|rule| !rule.basis.is_empty() && !rule.label.is_empty()));
}

#[test]
fn an_abortion_of_a_minor_is_left_out_and_that_of_an_adult_is_not() {
    let list = ExclusionList::reference().unwrap();
    for (system, code) in [(FeedSystem::Ccam, "JNJD002"), (FeedSystem::Ccam, "JNJP001"), (FeedSystem::Ngap, "FHV"), (FeedSystem::Ghm, "14Z08Z")] {
        let act = line(system, code, "", "2026-03-02");
        assert!(list.excludes(&act, born("2009-03-03")), "{code}");
        assert!(!list.excludes(&act, born("2008-03-02")), "{code}: eighteen that day");
    }
}

#[test]
fn the_day_before_the_birthday_is_still_that_of_a_minor() {
    let list = ExclusionList::reference().unwrap();
    let birth = born("2008-05-20");
    assert!(list.excludes(&line(FeedSystem::Ngap, "IC", "", "2026-05-19"), birth));
    assert!(!list.excludes(&line(FeedSystem::Ngap, "IC", "", "2026-05-20"), birth));
    // Only the month of the act is known: it may have been before the birthday.
    assert!(list.excludes(&line(FeedSystem::Ngap, "IC", "", "2026-05"), birth));
    // Only the year of birth is known: a minor for as long as that is possible.
    assert!(list.excludes(&line(FeedSystem::Ngap, "IC", "", "2026-05-20"), born("2008")));
}

#[test]
fn a_pill_is_known_by_its_class_its_group_its_component_and_its_label() {
    let list = ExclusionList::reference().unwrap();
    let birth = born("2010-01-01");
    let pill = |label: &str| line(FeedSystem::Cip13, "3400935673220", label, "2026-05-19");
    assert!(!list.excludes(&pill("COMPRIME"), birth), "nothing says what it is");
    let mut by_class = pill("COMPRIME");
    by_class.product.group = Some(Code::new("G03AA07", FeedSystem::Atc.oid(), ""));
    assert!(list.excludes(&by_class, birth));
    let mut by_group = pill("COMPRIME");
    by_group.product.group = Some(Code::new("G03", super::super::ATC_GROUP, "HORMONES SEXUELLES"));
    assert!(list.excludes(&by_group, birth), "three characters do not tell a pill from another hormone: left out");
    let mut by_component = pill("COMPRIME");
    by_component.product.components = vec![Code::new("", "", "LÉVONORGESTREL")];
    assert!(list.excludes(&by_component, birth));
    assert!(list.excludes(&pill("Pilule CONTRACEPTIVE"), birth));
    assert!(list.excludes(&pill("Dispositif intra-ute\u{301}rin au cuivre"), birth), "an accent on its own counts as one");
}

#[test]
fn other_care_of_a_minor_stays() {
    let list = ExclusionList::reference().unwrap();
    let birth = born("2010-01-01");
    for (system, code, label) in [
        (FeedSystem::Ngap, "G", "CONSULTATION MEDECINE GENERALE"),
        (FeedSystem::Ccam, "QEQJ001", "IRM du sein"),
        (FeedSystem::Nabm, "1208", "T.S.H. (SANG)"),
        (FeedSystem::Atc, "C10AA05", "ATORVASTATINE"),
        // A code of another nomenclature that reads like one of the list.
        (FeedSystem::Nabm, "552", "GLYCEMIE"),
    ] {
        assert!(!list.excludes(&line(system, code, label, "2026-05-19"), birth), "{code}");
    }
}

#[test]
fn a_rule_holds_from_its_day_on() {
    let list = ExclusionList::parse("system;code;condition;label;basis;valid_from\nngap;XYZ;always;essai;essai;2026-06-15\n").unwrap();
    let birth = born("1950-01-01");
    assert!(!list.excludes(&line(FeedSystem::Ngap, "XYZ", "", "2026-06-14"), birth));
    assert!(list.excludes(&line(FeedSystem::Ngap, "XYZ", "", "2026-06-15"), birth));
    assert!(list.excludes(&line(FeedSystem::Ngap, "XYZ", "", "2026-06"), birth), "it may be the end of the month");
    assert!(!list.excludes(&line(FeedSystem::Ngap, "XYZ", "", "2026-05"), birth));
}

#[test]
fn a_damaged_table_is_refused_with_its_line() {
    let header = "system;code;condition;label;basis;valid_from\n";
    for (row, why) in [
        ("ngap;FHV;minor;a;b", "six columns"),
        ("rubbish;FHV;minor;a;b;", "system"),
        ("ngap;;minor;a;b;", "empty code"),
        ("ngap;*;minor;a;b;", "empty code"),
        ("ngap;FHV;child;a;b;", "condition"),
        ("ngap;FHV;minor;a;b;2026-13-01", "valid_from"),
        ("ngap;FHV;minor;a;b;2026", "valid_from"),
    ] {
        let error = ExclusionList::parse(&format!("{header}ngap;IC;minor;a;b;\n{row}\n")).unwrap_err();
        assert_eq!(error.line, 3, "{row}");
        assert!(error.why.contains(why), "{row}: {}", error.why);
    }
    assert!(ExclusionList::parse(header).is_err());
    assert!(ExclusionList::parse("").is_err());
}
