//! What every town must be: repeatable, valid, plausible, and complete in its headers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use dmp_core::document::TypeCode;
use dmp_core::identity::Ins;
use dmp_core::moment::Moment;
use dmp_synth::{RelationKind, SynthDocument, Town, cda_of_size, identity};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 20);

fn town(patients: u32) -> Town {
    Town::new(2026, patients, TODAY)
}

/// The town that most tests look at, and its documents, written once.
fn written() -> &'static (Town, Vec<SynthDocument>) {
    static WRITTEN: OnceLock<(Town, Vec<SynthDocument>)> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let town = town(70);
        let documents = town.documents().collect();
        (town, documents)
    })
}

/// FNV-1a: enough to see that nothing moved.
fn hash(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

fn hash_of(town: &Town) -> u64 {
    (18..town.patients())
        .flat_map(|index| town.documents_of(index))
        .fold(0xCBF2_9CE4_8422_2325, |sum, document| hash(hash(sum, document.unique_id.as_bytes()), &document.bytes))
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let once = hash_of(&town(36));
    assert_eq!(once, hash_of(&town(36)));
    assert_ne!(once, hash_of(&Town::new(2027, 36, TODAY)));
}

#[test]
fn a_person_is_the_same_in_a_town_of_any_size_near_theirs() {
    assert_eq!(town(60).person(25), town(80).person(25));
    assert_eq!(town(60).person(60), None);
}

#[test]
fn every_ins_is_a_valid_test_ins_and_nobody_shares_it() {
    let mut seen = BTreeSet::new();
    let (mut corsica, mut overseas, mut abroad) = (0, 0, 0);
    for person in town(5_000).people() {
        let ins = &person.ins;
        assert_eq!(ins.authority().oid(), "1.2.250.1.213.1.4.10");
        assert!(Ins::parse(ins.authority().oid(), ins.matricule()).is_ok());
        assert!(seen.insert(ins.matricule().to_owned()), "person {}", person.index);
        let department = &ins.matricule()[5..7];
        corsica += u32::from(matches!(department, "2A" | "2B"));
        overseas += u32::from(department == "97");
        abroad += u32::from(department == "99");
        assert_eq!(ins.matricule()[1..3], format!("{:02}", person.traits.birth_date.year % 100));
        assert_eq!(&ins.matricule()[5..10], person.traits.birth_place);
    }
    assert!(corsica > 50 && overseas > 50 && abroad > 50, "{corsica} {overseas} {abroad}");
}

#[test]
fn family_names_are_many_and_mails_lead_nowhere() {
    let mut names = BTreeSet::new();
    for person in town(3_000).people() {
        names.insert(person.traits.birth_name.family.clone());
        assert!(person.email.is_ascii() && person.email.ends_with(".example"), "{}", person.email);
    }
    assert!(names.len() > 200, "{}", names.len());
}

#[test]
fn children_have_parents_of_the_town_and_adults_have_none_in_charge() {
    let town = town(2_000);
    for person in town.people() {
        let minor = person.age_on(TODAY) < 18;
        for relation in &person.relations {
            let other = town.person(relation.person).unwrap();
            match relation.kind {
                RelationKind::Parent => {
                    assert!(minor);
                    assert!(other.age_on(TODAY) - person.age_on(TODAY) > 13, "{} {}", person.index, other.index);
                }
                RelationKind::Guardian => assert!(!minor && other.age_on(TODAY) >= 18),
                RelationKind::Child | RelationKind::Partner | RelationKind::Helper => {}
            }
        }
        if minor {
            assert!(person.representatives().next().is_some(), "{}", person.index);
        }
    }
}

#[test]
fn there_are_ten_kinds_of_documents_and_more() {
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for document in &written().1 {
        *kinds.entry(document.type_code.as_str().to_owned()).or_default() += 1;
    }
    for wanted in [
        "11488-4",
        "11502-2",
        "87273-9",
        "11369-6",
        "57833-6",
        "SYNTH",
        "11490-0",
        "18748-4",
        "34874-8",
        "34112-3",
        "60593-1",
        "PRESC-BIO",
        "15507-7",
        "89601-9",
        "EXPPAT_3",
    ] {
        assert!(kinds.contains_key(wanted), "{wanted} is missing: {kinds:?}");
    }
}

#[test]
fn no_two_identifiers_are_equal() {
    let (town, documents) = written();
    let heavy: Vec<_> = town.heavy_record(120).collect();
    let mut seen = BTreeSet::new();
    for document in documents.iter().chain(&heavy) {
        assert!(document.unique_id.len() <= 64);
        assert!(seen.insert(document.unique_id.clone()), "{}", document.unique_id);
    }
}

#[test]
fn every_header_is_complete() {
    let (town, documents) = written();
    for document in documents {
        let text = std::str::from_utf8(&document.bytes).unwrap();
        let xml = roxmltree::Document::parse(text).unwrap();
        let root = xml.root_element();
        let child = |name: &str| {
            root.children().find(|node| node.has_tag_name(("urn:hl7-org:v3", name))).unwrap_or_else(|| panic!("{name} in {}", document.unique_id))
        };
        for name in [
            "realmCode",
            "typeId",
            "templateId",
            "title",
            "effectiveTime",
            "recordTarget",
            "author",
            "custodian",
            "legalAuthenticator",
            "documentationOf",
            "componentOf",
            "component",
        ] {
            child(name);
        }
        assert_eq!(child("id").attribute("root"), Some(document.unique_id.as_str()));
        assert_ne!(child("setId").attribute("root"), Some(document.unique_id.as_str()));
        assert_eq!(child("versionNumber").attribute("value"), Some("1"));
        assert_eq!(child("code").attribute("code"), Some(document.type_code.as_str()));
        assert_eq!(child("code").attribute("codeSystem"), Some(document.type_code.system()));
        assert_eq!(child("confidentialityCode").attribute("code"), Some("N"));
        assert_eq!(child("languageCode").attribute("code"), Some("fr-FR"));
        let person = town.person(document.person).unwrap();
        let within = |name: &str, inner: &str| child(name).descendants().filter(|node| node.tag_name().name() == inner).collect::<Vec<_>>();
        let ids = within("recordTarget", "id");
        assert_eq!(ids[0].attribute("extension"), Some(person.ins.matricule()));
        assert_eq!(within("recordTarget", "family").iter().filter_map(|node| node.attribute("qualifier")).collect::<Vec<_>>(), ["BR", "CL"]);
        let author = within("author", "id")[0].attribute("extension").unwrap();
        match document.author {
            Some(reference) => assert_eq!(author, town.professional(reference).unwrap().ps_id_nat().as_str()),
            None => assert!(document.patient_authored && author == person.ins.matricule()),
        }
        assert!(!within("documentationOf", "standardIndustryClassCode").is_empty());
        assert!(!within("componentOf", "healthCareFacility").is_empty());
        assert!(TypeCode::parse(document.type_code.as_str()).is_some());
    }
}

#[test]
fn nothing_is_written_before_birth_or_after_today() {
    let (town, documents) = written();
    let end = Moment::from_civil_utc(TODAY.to_datetime(jiff::civil::Time::midnight())).unwrap();
    let mut last = (0, Moment::from_micros(i64::MIN));
    for document in documents {
        let birth = Moment::parse_fhir(&town.person(document.person).unwrap().traits.birth_date.to_iso()).unwrap().plus_days(-1);
        assert!(document.created_at > birth && document.created_at < end, "{}", document.unique_id);
        assert!((document.person, document.created_at) >= last, "oldest first");
        last = (document.person, document.created_at);
    }
}

#[test]
fn conditions_fit_age_and_sex() {
    let (town, documents) = written();
    for document in documents {
        let person = town.person(document.person).unwrap();
        let male = person.traits.sex == dmp_core::identity::Sex::Male;
        let text = std::str::from_utf8(&document.bytes).unwrap();
        let age = document.created_at.as_seconds() / 31_557_600 + 1970 - i64::from(person.traits.birth_date.year);
        let says = |words: &str| text.contains(words);
        if says("dénocarcinome de la prostate") {
            assert!(male && age > 50, "prostate: {} {age}", person.index);
        }
        if says("hauteur utérine") {
            assert!(!male && (18..48).contains(&age), "pregnancy: {} {age}", person.index);
        }
        if says("Carcinome infiltrant") {
            assert!(!male && age > 40, "breast: {} {age}", person.index);
        }
        if age < 17 {
            assert!(!says("Hypertension essentielle") && !says("Maladie d'Alzheimer"), "child: {} {age}", person.index);
        }
    }
}

#[test]
fn the_cast_lives_in_every_town_with_its_parts() {
    let town = &written().0;
    let claire = town.person(identity("claire-exemple").unwrap().person.unwrap()).unwrap();
    assert_eq!((claire.handle, claire.age_on(TODAY)), (Some("claire-exemple"), 68));
    assert!(town.document_count_of(claire.index) > 150, "{}", town.document_count_of(claire.index));
    let nobody = town.person(identity("victor-essai").unwrap().person.unwrap()).unwrap();
    assert!(!nobody.has_record);
    assert_eq!(town.document_count_of(nobody.index), 0);
    let seen =
        |handle: &str| -> Vec<_> { town.documents_of(identity(handle).unwrap().person.unwrap()).map(|document| document.visibility).collect() };
    assert!(seen("tom-fictif").iter().any(|visibility| visibility.invisible_to_representatives));
    assert!(seen("helene-maquette").iter().any(|visibility| visibility.invisible_to_patient));
    assert!(seen("david-canevas").iter().filter(|visibility| visibility.masked).count() > 3);
    assert_eq!(identity("dr-fictif").unwrap().account(), format!("ps:{}", town.professionals()[0].ps_id_nat().as_str()));
}

#[test]
fn a_document_can_be_asked_for_by_its_size() {
    let ins = town(1).person(0).unwrap().ins;
    for size in [4_096, 30_000, 250_000] {
        let bytes = cda_of_size(size, &ins, "1.2.250.1.213.1.1.9.997.1", Moment::from_seconds(1_760_000_000)).unwrap();
        assert!(bytes.len().abs_diff(size) < 260, "{size}: {}", bytes.len());
        roxmltree::Document::parse(std::str::from_utf8(&bytes).unwrap()).unwrap();
    }
    assert!(cda_of_size(4_096, &ins, "pas un oid", Moment::from_seconds(0)).is_none());
}

#[test]
fn sizes_are_those_of_real_documents() {
    let sizes: Vec<usize> = written().1.iter().map(|document| document.bytes.len()).collect();
    let usual = sizes.iter().filter(|size| (8_000..=60_000).contains(*size)).count();
    assert!(usual * 100 / sizes.len() > 85, "{usual} of {}", sizes.len());
    assert!(sizes.iter().any(|size| *size > 200_000), "{:?}", sizes.iter().max());
}

#[test]
fn treatments_respect_what_the_record_says() {
    for document in &written().1 {
        let text = std::str::from_utf8(&document.bytes).unwrap();
        if document.type_code.as_str() == "57833-6" {
            assert!(!(text.contains("WARFARINE") && text.contains("APIXABAN")), "two anticoagulants: {}", document.unique_id);
            assert!(
                !(text.contains("AMOXICILLINE 1 g") && text.contains("allergie médicamenteuse") && text.contains(">Amoxicilline<")),
                "allergy: {}",
                document.unique_id
            );
            assert!(!(text.contains("IBUPROFENE") && (text.contains("APIXABAN") || text.contains("WARFARINE"))), "bleeding: {}", document.unique_id);
        }
    }
}

#[test]
fn what_a_doctor_quotes_is_what_the_laboratory_reported() {
    let claire: Vec<_> = written().1.iter().filter(|document| document.person == 0).collect();
    let reported: BTreeSet<String> = claire
        .iter()
        .filter(|document| document.type_code.as_str() == "11502-2")
        .filter_map(|document| {
            let text = std::str::from_utf8(&document.bytes).ok()?;
            let after = text.split_once("4548-4")?.1.split_once("xsi:type=\"PQ\" value=\"")?.1;
            Some(after.split_once('"')?.0.replace('.', ","))
        })
        .collect();
    let year = claire.iter().rev().find(|document| document.title.contains("bilan annuel du diabète")).unwrap();
    let text = std::str::from_utf8(&year.bytes).unwrap();
    let quoted = text.split_once("HbA1c ").unwrap().1.split_once(" %").unwrap().0;
    assert!(reported.contains(quoted), "{quoted} is not among {reported:?}");
}
