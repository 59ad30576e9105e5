//! Lines as the insurer's feed writes them (`docs/reimbursements.md`).

use std::io::{Result, Write};

use dmp_core::identity::Ins;
use dmp_core::reimbursement::{FeedSystem, Line};

/// Form of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedForm {
    Ndjson,
    /// With `;`.
    Csv,
}

const COLUMNS: [&str; 19] = [
    "line_id",
    "ins",
    "ins_oid",
    "kind",
    "code_system",
    "code",
    "label",
    "group_code",
    "group_label",
    "components",
    "quantity",
    "date",
    "until",
    "prescriber_name",
    "prescriber_role",
    "prescriber_place",
    "performer_name",
    "performer_role",
    "performer_place",
];

/// The header, where the form has one.
///
/// # Errors
/// Those of the writer.
pub fn write_header(out: &mut impl Write, form: FeedForm) -> Result<()> {
    match form {
        FeedForm::Ndjson => Ok(()),
        FeedForm::Csv => writeln!(out, "{}", COLUMNS.join(";")),
    }
}

/// One line of a person.
///
/// # Errors
/// Those of the writer.
pub fn write_line(out: &mut impl Write, form: FeedForm, ins: &Ins, line: &Line) -> Result<()> {
    let group = line.product.group.as_ref();
    let components: Vec<&str> = line.product.components.iter().map(|one| one.display.as_str()).collect();
    let (quantity, date) = (line.quantity.to_string(), line.date.to_iso());
    let (components, until) = (components.join("|"), line.until.map(dmp_core::summary::When::to_iso).unwrap_or_default());
    let texts: [&str; COLUMNS.len()] = [
        &line.id,
        ins.matricule(),
        ins.authority().oid(),
        line.kind.code(),
        FeedSystem::find(&line.code.system).map_or("", FeedSystem::word),
        &line.code.code,
        &line.code.display,
        group.map_or("", |group| &group.code),
        group.map_or("", |group| &group.display),
        &components,
        &quantity,
        &date,
        &until,
        &line.prescriber.name,
        &line.prescriber.role,
        &line.prescriber.place,
        &line.performer.name,
        &line.performer.role,
        &line.performer.place,
    ];
    match form {
        FeedForm::Ndjson => object(out, &texts),
        FeedForm::Csv => row(out, &texts),
    }
}

fn object(out: &mut impl Write, texts: &[&str]) -> Result<()> {
    let mut before = b'{';
    for (name, text) in COLUMNS.iter().zip(texts).filter(|(_, text)| !text.is_empty()) {
        out.write_all(&[before, b'"'])?;
        out.write_all(name.as_bytes())?;
        out.write_all(b"\":\"")?;
        for part in text.split_inclusive(['"', '\\']) {
            match part.strip_suffix(['"', '\\']) {
                Some(plain) => write!(out, "{plain}\\{}", part.get(plain.len()..).unwrap_or_default())?,
                None => out.write_all(part.as_bytes())?,
            }
        }
        out.write_all(b"\"")?;
        before = b',';
    }
    out.write_all(b"}\n")
}

fn row(out: &mut impl Write, texts: &[&str]) -> Result<()> {
    for (place, text) in texts.iter().enumerate() {
        if place > 0 {
            out.write_all(b";")?;
        }
        if text.contains([';', '"', '\n']) {
            write!(out, "\"{}\"", text.replace('"', "\"\""))?;
        } else {
            out.write_all(text.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}
