//! The files and the checks.

use dmp_core::Mode;
use dmp_core::reimbursement::{FeedSystem, LineKind};
use dmp_core::summary::When;

use super::record::{RECORD_MAX, records};
use super::reject::WORDS;
use super::text::TextBlocks;
use super::*;

const RULES: Rules = Rules { mode: Mode::Sandbox, today: When::day(2026, 11, 1) };

/// A sound line, with columns set anew.
fn raw<'a>(changes: &[(Column, &'a str)]) -> Raw<'a> {
    let mut raw = Raw::default();
    let sound = [
        (Column::LineId, "L1"),
        (Column::Ins, "279035121518989"),
        (Column::InsOid, "1.2.250.1.213.1.4.10"),
        (Column::Kind, "medicine"),
        (Column::CodeSystem, "cip13"),
        (Column::Code, "3400939169002"),
        (Column::Date, "2026-05-01"),
    ];
    for (column, text) in sound.iter().chain(changes) {
        raw.set(*column, (*text).into());
    }
    raw
}

fn fault(changes: &[(Column, &str)]) -> (&'static str, Option<Column>) {
    let fault = check(&raw(changes), &RULES).unwrap_err();
    (fault.code, fault.column)
}

#[test]
fn every_fault_is_told_with_its_column() {
    let long = "x".repeat(301);
    let many = vec!["a"; 21].join("|");
    for (column, text, code) in [
        (Column::LineId, "", "column-missing"),
        (Column::LineId, "a b", "line-id-form"),
        (Column::Ins, "", "column-missing"),
        (Column::Ins, "279035121518988", "ins-key"),
        (Column::Ins, "2790351215189", "ins-format"),
        (Column::InsOid, "1.2.3", "ins-oid-unknown"),
        (Column::InsOid, "1.2.250.1.213.1.4.8", "ins-production-oid-in-sandbox"),
        (Column::Kind, "drug", "kind-unknown"),
        (Column::CodeSystem, "CIP", "system-unknown"),
        (Column::CodeSystem, "nabm", "system-kind"),
        (Column::Code, "3400939169003", "code-form"),
        (Column::Label, &long, "text-too-long"),
        (Column::Label, "a\u{7}b", "text-control"),
        (Column::GroupCode, "c10", "group-form"),
        (Column::Components, &many, "components-too-many"),
        (Column::Quantity, "two", "quantity-form"),
        (Column::Quantity, "-1", "quantity-form"),
        (Column::Quantity, "0", "quantity-range"),
        (Column::Quantity, "1001", "quantity-range"),
        (Column::Date, "", "column-missing"),
        (Column::Date, "2026-02-30", "date-form"),
        (Column::Date, "2026-05", "date-form"),
        (Column::Date, "01/05/2026", "date-form"),
        (Column::Date, "2026-05-01T10:00", "date-form"),
        (Column::Date, "20260501--", "date-form"),
        (Column::Date, "1989-12-31", "date-too-old"),
        (Column::Date, "2026-11-03", "date-future"),
        (Column::Until, "2026-05-02", "until-kind"),
        (Column::PerformerName, &long, "text-too-long"),
        (Column::Cancelled, "oui", "cancelled-form"),
    ] {
        assert_eq!(fault(&[(column, text)]), (code, Some(column)), "{column:?} {text}");
    }
    let stay = [(Column::Kind, "stay"), (Column::CodeSystem, "ghm"), (Column::Code, "05K061"), (Column::Until, "2026-04-30")];
    assert_eq!(fault(&stay).0, "until-before-date");
}

#[test]
fn the_edges_that_are_allowed_are_allowed() {
    for (column, text) in [
        (Column::Date, "2026-11-02"),
        (Column::Date, "1990-01-01"),
        (Column::Quantity, "1000"),
        (Column::Quantity, ""),
        (Column::Cancelled, "false"),
        (Column::Label, "Ünïcôdé ≥ 3 µg — 薬"),
        (Column::GroupCode, "C10"),
        (Column::CodeSystem, "urn:oid:1.2.250.1.215.200.1.1.1"),
    ] {
        assert!(check(&raw(&[(column, text)]), &RULES).is_ok(), "{column:?} {text}");
    }
    let longest = "é".repeat(300);
    assert!(check(&raw(&[(Column::Label, &longest)]), &RULES).is_ok(), "characters count, not bytes");
    let production = Rules { mode: Mode::Production, ..RULES };
    assert_eq!(check(&raw(&[]), &production).unwrap_err().code, "ins-test-oid-in-production");
}

#[test]
fn the_template_is_taken_whole() {
    let text = template();
    let (header, rows) = text.split_once('\n').unwrap();
    let names = csv::fields(header, b';').unwrap();
    let form = TextForm::Csv { delimiter: b';', header: Column::header(names.iter().map(AsRef::as_ref)).unwrap().into() };
    let mut lines = Vec::new();
    records(rows.as_bytes(), 2, &form, |found| match check(&found.raw.unwrap(), &RULES).unwrap().word {
        Word::Line(line) => lines.push(*line),
        Word::Cancelled { .. } => panic!("no example is cancelled"),
    });
    assert_eq!(lines.iter().map(|line| line.kind).collect::<Vec<_>>(), [LineKind::Medicine, LineKind::Stay]);
    assert_eq!(lines[1].code.display, "Séjour de cardiologie; moins de 2 jours");
    assert!(FeedSystem::Cip13.accepts(&lines[0].code.code));
}

fn json(text: &str) -> Result<Raw<'_>, &'static str> {
    ndjson::read(text).map_err(|fault| fault.code)
}

#[test]
fn an_object_may_hold_texts_numbers_truth_and_lists() {
    let raw = json(r#"{"line_id":"L1","quantity":2,"cancelled":true,"label":null,"components":["a","b"],"code":"\u00e9\"x"}"#).unwrap();
    let of = |column| raw.get(column).to_owned();
    assert_eq!([of(Column::Quantity), of(Column::Cancelled), of(Column::Components), of(Column::Code)], ["2", "true", "a|b", "é\"x"]);
    for (text, code) in [
        ("{", "record-unreadable"),
        ("[]", "record-unreadable"),
        ("{} {}", "record-unreadable"),
        (r#"{"prix":3}"#, "column-unknown"),
        (r#"{"code":"a","code":"b"}"#, "column-twice"),
        (r#"{"code":{"a":1}}"#, "value-type"),
        (r#"{"components":[["a"]]}"#, "record-unreadable"),
    ] {
        assert_eq!(json(text).unwrap_err(), code, "{text}");
    }
}

fn csv_records(text: &[u8]) -> Vec<(u64, Result<String, &'static str>)> {
    let form = TextForm::Csv { delimiter: b';', header: [Column::LineId, Column::Label].into() };
    let mut found = Vec::new();
    records(text, 2, &form, |one| {
        let raw = one.raw.map(|raw| format!("{}/{}", raw.get(Column::LineId), raw.get(Column::Label)));
        found.push((one.line, raw.map_err(|fault| fault.code)));
    });
    found
}

#[test]
fn quoted_fields_hold_delimiters_quotes_and_line_feeds() {
    let found = csv_records(b"1;\"a;b\"\r\n2;\"say \"\"yes\"\"\"\n\n3;\"two\nlines\"\n4;5\" tube\n");
    let expected = [(2, "1/a;b"), (3, "2/say \"yes\""), (5, "3/two\nlines"), (7, "4/5\" tube")];
    assert_eq!(found, expected.map(|(line, text)| (line, Ok(text.to_owned()))));
}

#[test]
fn a_broken_record_costs_itself_alone() {
    let long = format!("1;{}\n", "x".repeat(RECORD_MAX));
    let text = [b"0;ok\n1;\"never closed\n2;fine\n3;a;b\n4\n\xff;x\n".as_slice(), long.as_bytes(), b"5;fine"].concat();
    let told: Vec<_> = csv_records(&text).into_iter().map(|(line, raw)| (line, raw.unwrap_or_else(str::to_owned))).collect();
    let expected = [
        (2, "0/ok"),
        (3, "record-unreadable"),
        (4, "2/fine"),
        (5, "column-count"),
        (6, "column-count"),
        (7, "record-encoding"),
        (8, "record-too-long"),
        (9, "5/fine"),
    ];
    assert_eq!(told, expected.map(|(line, text)| (line, text.to_owned())));
}

/// All blocks of a text: the lines told by each record, and the blocks' own count.
fn blocks(text: Vec<u8>, is_csv: bool) -> (Vec<u64>, u64, u64) {
    let mut source = TextBlocks::start(Box::new(std::io::Cursor::new(text)), is_csv).unwrap();
    let (mut lines, mut position, mut line) = (Vec::new(), 0, 0);
    while let Some(block) = source.next().unwrap() {
        let Content::Text { bytes, form } = &block.content else { panic!("a text") };
        records(bytes, block.first_line, form, |found| lines.push(found.line));
        (position, line) = (block.position, block.line);
    }
    (lines, position, line)
}

#[test]
fn blocks_end_where_records_do_and_the_position_is_that_of_the_file() {
    let row = format!("{{\"line_id\":\"L\",\"label\":\"{}\"}}\n", "é".repeat(300));
    let text = row.repeat(5000);
    let (lines, position, line) = blocks(text.clone().into_bytes(), false);
    assert_eq!(lines, (1..=5000).collect::<Vec<u64>>());
    assert_eq!((position, line), (u64::try_from(text.len()).unwrap(), 5001));
    let header = "line_id;ins;ins_oid;kind;code_system;code;date\n";
    let (lines, position, _) = blocks(format!("{header}{}", "1;\"2\n3\";4;5;6;7;8\n".repeat(100_000)).into_bytes(), true);
    assert_eq!((lines.len(), lines[1], lines[99_999]), (100_000, 4, 200_000));
    assert_eq!(position, u64::try_from(header.len() + 1_800_000).unwrap());
}

#[test]
fn a_line_of_megabytes_costs_no_memory_and_one_reject() {
    let text = format!("{{\"line_id\":\"A\"}}\n{}\n{{\"line_id\":\"B\"}}\n", "x".repeat(9_000_000));
    let length = u64::try_from(text.len()).unwrap();
    let (lines, position, line) = blocks(text.into_bytes(), false);
    assert_eq!((lines, position, line), (vec![1, 2, 3], length, 4));
    // A quote that nobody closes, over more than a block.
    let header = "line_id;ins;ins_oid;kind;code_system;code;date\n";
    let rows = "1;2;3;4;5;6;7\n".repeat(200_000);
    let (lines, ..) = blocks(format!("{header}0;\"\n{rows}").into_bytes(), true);
    assert_eq!(lines.len(), 200_001);
}

#[test]
fn a_text_goes_on_from_any_block() {
    let row = format!("{{\"line_id\":\"L\",\"label\":\"{}\"}}\n", "x".repeat(500));
    let text = row.repeat(6000).into_bytes();
    let mut first = TextBlocks::start(Box::new(std::io::Cursor::new(text.clone())), false).unwrap();
    let block = first.next().unwrap().unwrap();
    let mut again = TextBlocks::start(Box::new(std::io::Cursor::new(text)), false).unwrap();
    again.skip_to(block.position, block.line).unwrap();
    let (one, other) = (first.next().unwrap().unwrap(), again.next().unwrap().unwrap());
    assert_eq!((one.first_line, one.position, one.line), (other.first_line, other.position, other.line));
    assert!(again.skip_to(u64::MAX, 1).is_err(), "a file that is shorter than before");
}

#[test]
fn a_header_is_checked_and_never_quoted() {
    let start = |text: &str| TextBlocks::start(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())), true).map(|_| ());
    assert!(start("line_id;ins;ins_oid;kind;code_system;code;date\n").is_ok());
    assert!(start("\u{feff}date,code,code_system,kind,ins_oid,ins,line_id\r\n").is_ok());
    assert!(start("line_id;ins;ins_oid;kind;code_system;code\n").unwrap_err().contains("`date`"));
    assert!(start("line_id;line_id\n").unwrap_err().contains("twice"));
    let shown = start("279035121518989;EXEMPLE\n").unwrap_err();
    assert!(shown.contains("column 1") && !shown.contains("279035"), "{shown}");
    assert!(start("").is_err());
}

#[test]
fn a_reject_shows_no_ins_and_nothing_that_stood_there() {
    let fault = Fault::of(Column::Label, "text-too-long");
    let of = |line_id: &str| Reject::new("a.csv", 4, line_id, fault);
    assert_eq!(of("2026-0001").line_id.as_deref(), Some("2026-0001"));
    for hidden in ["279035121518989", "2790351215189", "2-79-03-51-215-189", "Marie EXEMPLE", ""] {
        assert_eq!(of(hidden).line_id, None, "{hidden}");
    }
    let written = serde_json::to_string(&of("2026-0001")).unwrap();
    assert!(written.contains("\"column\":\"label\"") && written.contains("\"line\":4"), "{written}");
}

#[test]
fn every_code_has_words_in_two_languages() {
    for (code, fr, en) in WORDS {
        assert!(!fr.is_empty() && !en.is_empty() && fr != en, "{code}");
        assert_eq!(WORDS.iter().filter(|(other, _, _)| *other == code).count(), 1, "{code}");
    }
    for code in ["ins-key", "ins-format", "ins-oid-unknown", "ins-test-oid-in-production", "ins-production-oid-in-sandbox"] {
        let told = Reject::new("a", 1, "", Fault::whole(code));
        assert!(!told.fr.is_empty() && !told.en.is_empty(), "{code}");
    }
}
