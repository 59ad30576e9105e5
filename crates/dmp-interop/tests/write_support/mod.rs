//! Inputs of the writers: invented people, and the insurer's lines.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "helpers of tests fail by panicking and say what they skip")]

use dmp_core::Moment;
use dmp_core::document::{Author, AuthorKind, Code, system};
use dmp_core::identity::{PersonName, StructIdNat, Structure};
use dmp_core::reimbursement::{Line, LineKind, Product};
use dmp_core::summary::samples::{HOSTILE, NOW};
use dmp_core::summary::{Party, Summary, When};
use dmp_interop::cda::write::{Identity, Reimbursements, Signed, Subject};

pub const UNIQUE: &str = "urn:oid:1.2.250.1.999.7.1";
pub const SET: &str = "urn:oid:1.2.250.1.999.7";

pub fn identity(created_at: Moment) -> Identity<'static> {
    Identity { unique_id: UNIQUE, set_id: SET, version: 2, replaces: Some("urn:oid:1.2.250.1.999.7.0"), created_at }
}

pub fn doctor() -> Author {
    Author {
        kind: AuthorKind::Professional,
        id: Some("810000000018".into()),
        name: PersonName { prefix: "DR".into(), ..PersonName::new("Anne", "EXEMPLE") },
        institution: Some(structure()),
        role: Some("Médecin traitant".into()),
        specialty: Some(Code::new("G15_10/SM26", system::TRE_A02, "Médecin - Qualifié en Médecine Générale (SM)")),
    }
}

pub fn structure() -> Structure {
    Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Cabinet de l'Île <&> \"Essai\"".into() }
}

pub fn subject(summary: &Summary) -> Subject<'_> {
    Subject { ins: &summary.person.ins, traits: &summary.person.traits }
}

pub fn signed<'a>(summary: &'a Summary, author: &'a Author, doctor: Option<&'a Author>, custodian: &'a Structure) -> Signed<'a> {
    Signed {
        identity: identity(NOW),
        subject: subject(summary),
        author,
        medecin_traitant: doctor,
        custodian,
        facility_type: "SA07",
        practice_setting: "AMBULATOIRE",
    }
}

pub fn reimbursements<'a>(summary: &'a Summary, lines: &'a [Line]) -> Reimbursements<'a> {
    Reimbursements { identity: identity(NOW), subject: subject(summary), from: When::day(2024, 3, 1), to: When::day(2026, 2, 28), lines }
}

/// So many lines of every kind, the newest first.
pub fn lines(each: u32) -> Vec<Line> {
    LineKind::ALL.into_iter().flat_map(|kind| (0..each).map(move |number| line(kind, number))).collect()
}

pub fn line(kind: LineKind, number: u32) -> Line {
    let (code, system, words) = match kind {
        LineKind::Medicine => ("3400935673220", "1.2.250.1.215.200.1.1.1", "ESSAIL CPR3/21"),
        LineKind::Vaccination => ("3400936924642", "1.2.250.1.215.200.1.1.1", "VACCIN D'ESSAI SER1/1"),
        LineKind::Device => ("1397790", "1.2.250.1.215.200.2.1", "PANSEMENTS > 50 CM2 & < 63 CM2"),
        LineKind::Stay => ("1940", "1.2.250.1.215.200.3.1", "Interventions d'essai, niveau 2"),
        LineKind::Care => ("G", "1.2.250.1.215.200.3.3", "CONSULTATION MEDECINE GENERALE"),
        LineKind::Imaging => ("QEQJ001", "1.2.250.1.215.200.3.4", "remno sein +inject IV"),
        LineKind::Biology => ("1208", "1.2.250.1.215.200.4.1", "T.S.H. (SANG)"),
    };
    let product = Product {
        group: Some(Code::new("G03", "1.2.250.1.215.200.1.2.1", "HORMONES SEXUELLES")),
        components: vec![Code::new("1949", "1.2.250.1.215.200.1.3.1", "LEVONORGESTREL"), Code::new("", "", "SANS CODE")],
    };
    let date = When::day(2025, 1 + u8::try_from(11 - number % 12).unwrap(), 28);
    Line {
        id: format!("L{number}-{}", kind.code()),
        kind,
        code: Code::new(code, system, words),
        product: if matches!(kind, LineKind::Medicine | LineKind::Vaccination) { product } else { Product::default() },
        quantity: number % 3 + 1,
        date,
        until: (kind == LineKind::Stay && number.is_multiple_of(2)).then_some(When::day(2025, 12, 30)),
        prescriber: party("Dr Anne EXEMPLE", "Médecin - Médecine Générale (SM)", "CENTRE DE SANTE D'ESSAI"),
        performer: party("", "", "PHARMACIE DES ESSAIS"),
    }
}

/// Every text of every line hostile, codes that no system has.
pub fn hostile_lines() -> Vec<Line> {
    let mut lines = lines(2);
    for line in &mut lines {
        line.id = HOSTILE.into();
        line.code = Code::new(HOSTILE, "pas un OID", HOSTILE);
        line.product.components.push(Code::new("x y", "", HOSTILE));
        line.prescriber = party(HOSTILE, HOSTILE, HOSTILE);
        line.performer = Party::default();
        line.date = When { year: 2025, month: 3, day: 0, minute: None };
    }
    if let Some(first) = lines.first_mut() {
        (first.id, first.code) = (String::new(), Code::new("", "", ""));
    }
    lines
}

fn party(name: &str, role: &str, place: &str) -> Party {
    Party { name: name.into(), role: role.into(), place: place.into() }
}
