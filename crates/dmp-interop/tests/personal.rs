//! What the person says of themself, written and read again: the same statement, by the same extraction as every document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

use dmp_core::Moment;
use dmp_core::document::{Author, AuthorKind};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Sex};
use dmp_core::statement::{Measure, Role, Statement, Wish};
use dmp_core::summary::{Criticality, Extraction, What, When};
use dmp_interop::cda::write::{Identity, Personal, Subject, personal, written_directives};
use dmp_interop::extract;

fn written(statement: &Statement) -> Vec<u8> {
    let ins = Ins::parse("1.2.250.1.213.1.4.10", "279035121518989").unwrap();
    let traits = IdentityTraits {
        birth_name: PersonName::new("Dominique", "PAT-TROIS"),
        used_name: None,
        birth_date: BirthDate::parse("1979-03-28").unwrap(),
        sex: Sex::Female,
        birth_place: "51215".into(),
    };
    let author = Author {
        kind: AuthorKind::Patient,
        id: Some(ins.matricule().to_owned()),
        name: PersonName::new("Dominique", "PAT-TROIS"),
        institution: None,
        role: None,
        specialty: None,
    };
    let identity = Identity {
        unique_id: "urn:uuid:00000000-0000-4000-8000-000000000001",
        set_id: "urn:uuid:00000000-0000-4000-8000-000000000002",
        version: 1,
        replaces: None,
        created_at: Moment::parse_fhir("2026-11-27T11:00:00Z").unwrap(),
    };
    personal(&Personal { identity, subject: Subject { ins: &ins, traits: &traits }, author: &author, statement })
}

fn every_statement() -> Vec<Statement> {
    let at = When { minute: Some(435), ..When::day(2026, 11, 26) };
    let hostile = "<b>\"Arachide\" & fruits à coque</b> ]]> 🥜";
    vec![
        Statement::Allergy {
            substance: "Pénicilline".into(),
            reaction: "gorge gonflée".into(),
            severity: Criticality::High,
            since: Some(When::from_hl7("2014").unwrap()),
        },
        Statement::Allergy { substance: hostile.into(), reaction: String::new(), severity: Criticality::Unknown, since: None },
        Statement::Measure { what: Measure::Weight, value: "72.5".into(), second: None, at },
        Statement::Measure { what: Measure::BloodPressure, value: "128".into(), second: Some("79".into()), at: When { minute: None, ..at } },
        Statement::Measure { what: Measure::Glucose, value: "1.05".into(), second: None, at },
        Statement::Medicine {
            name: "Ibuprofène 200 mg".into(),
            dose: "1 comprimé si douleur".into(),
            since: Some(When::from_hl7("202605").unwrap()),
        },
        Statement::Medicine { name: "Paracétamol".into(), dose: String::new(), since: None },
        Statement::Family { relation: "Mère".into(), illness: "Diabète de type 2".into() },
        Statement::Family { relation: "cousine germaine".into(), illness: "Cancer du sein".into() },
        Statement::Directives { words: "Je ne veux pas d'acharnement.\n\nFait chez moi <hier>, le 3 mars.".into() },
        Statement::DirectivesKept { place: "tiroir du bureau".into(), holder: "Léa EXEMPLE".into(), phone: "06 00 00 00 00".into() },
        Statement::Organs { wish: Wish::Agrees, note: String::new() },
        Statement::Organs { wish: Wish::Limits, note: "pas les yeux".into() },
        Statement::Contact { role: Role::Trust, name: "Léa EXEMPLE".into(), tie: "sœur".into(), phone: "06 00 00 00 00".into() },
        Statement::Contact { role: Role::Call, name: "Voisin du 2".into(), tie: String::new(), phone: "+33 6 00 00 00 00".into() },
    ]
}

#[test]
fn what_was_said_is_read_again_as_it_was_said() {
    for statement in every_statement() {
        let bytes = written(&statement);
        let read = extract::read("text/xml", &bytes);
        assert_eq!(read.extraction, Extraction::Read, "{statement:?}");
        assert_eq!(read.subject.as_deref(), Some("279035121518989"));
        let said = Statement::of(&read.facts, &written_directives(&bytes));
        assert_eq!(said.as_ref(), Some(&statement), "{:#?}\n{}", read.facts, String::from_utf8_lossy(&bytes));
        let said: Vec<&What> = read.facts.iter().map(|fact| &fact.what).filter(|what| !matches!(what, What::Stay)).collect();
        assert_eq!(said.len(), statement.facts().len(), "nothing is said beside it: {said:?}");
    }
}

#[test]
fn each_fact_leads_to_its_words_but_those_of_the_header() {
    for statement in every_statement().iter().filter(|statement| !matches!(statement, Statement::Contact { .. })) {
        for fact in extract::read("text/xml", &written(statement)).facts {
            assert!(fact.proof.anchor.is_some() && !fact.proof.quote.is_empty(), "{fact:?}");
        }
    }
}

#[test]
fn people_read_the_whole_of_their_directives() {
    let directives = every_statement().into_iter().find(|one| matches!(one, Statement::Directives { .. })).unwrap();
    let html = dmp_interop::cda::narrative::to_html(&written(&directives), dmp_interop::cda::Limits::default()).unwrap();
    let text = format!("{html:?}");
    assert!(text.contains("acharnement") && text.contains("Fait chez moi &lt;hier&gt;"), "{text}");
}
