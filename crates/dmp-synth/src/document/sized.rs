//! A valid document of about a given size, for measurements.

use dmp_core::document::TypeCode;
use dmp_core::identity::Ins;
use dmp_core::moment::Moment;

use crate::cda::{Encounter, Header, Writer, clinical_document, section};
use crate::people::{PersonMaker, staff};

/// One line of padding, about 100 bytes once written.
const LINE: &str = "Ligne de mesure : ni observation ni avis, des lettres qui tiennent la place.";

/// A level 3 consultation report of about `size` bytes (never less than its header, near 4,000) for that person and that identifier
/// (a dotted OID). `None` when the identifier cannot name a document.
pub fn cda_of_size(size: usize, ins: &Ins, unique_id: &str, created_at: Moment) -> Option<Vec<u8>> {
    if unique_id.is_empty() || unique_id.len() > 64 || !unique_id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let maker = PersonMaker { seed: 0, patients: 1, today: jiff::civil::date(2026, 1, 1), practitioners: 0 };
    let mut person = maker.make(0)?;
    person.ins = ins.clone();
    let doctors = staff(0, 0);
    let author = doctors.first()?;
    let type_code = TypeCode::parse("11488-4")?;
    let set_id = format!("{unique_id}.0");
    let header = Header {
        person: &person,
        representative: None,
        writer: Writer::Professional(author),
        keeper: &author.place,
        attending_doctor: None,
        unique_id,
        set_id: if set_id.len() <= 64 { &set_id } else { unique_id },
        type_code: &type_code,
        title: "Compte rendu de consultation",
        templates: &[],
        created_at,
        service_start: created_at,
        encounter: Encounter::Ambulatory,
        brief: true,
    };
    let written = |lines: usize| {
        clinical_document(&header, |x| {
            x.within("structuredBody", &[], |x| {
                section(x, &[], ("29299-5", "Motif de consultation"), "Motif", "5A1E0000-0000-4000-8000-000000000001", |x| {
                    x.within("text", &[], |x| (0..lines.max(1)).for_each(|_| x.text("paragraph", &[], LINE)));
                });
            });
        })
    };
    let (one, two) = (written(1), written(2));
    let line = two.len().saturating_sub(one.len()).max(1);
    let lines = 1 + size.saturating_sub(one.len()) / line;
    Some(if lines <= 1 { one } else { written(lines) })
}
