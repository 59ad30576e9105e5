//! `canaries`: unique words in every field of many people; none may lie anywhere on the disk afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use base64::Engine;
use dmp_core::Moment;
use dmp_core::identity::{Ins, InsAuthority, ins_key};
use dmp_testkit::{Answer, Options, Server};
use serde_json::{Value, json};

use crate::api::{Caller, places, token_of};
use crate::draw::Draw;
use crate::forms::{Hit, Search};
use crate::kill::PATIENTS;
use crate::verdict;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &[u8] = b"0123456789";
const LENGTH: usize = 20;

/// A word and what it stands in.
#[derive(Debug, Clone)]
struct Canary {
    field: &'static str,
    word: String,
    /// Whether the program took it: only then must the control find it.
    kept: bool,
}

/// Words given out so far.
#[derive(Debug)]
struct Cage {
    draw: Draw,
    all: Vec<Canary>,
}

impl Cage {
    fn letters(&mut self, field: &'static str, kept: bool) -> String {
        let word = self.draw.word(LENGTH, LETTERS);
        self.keep(field, word, kept)
    }

    fn digits(&mut self, field: &'static str) -> String {
        let word = format!("7{}", self.draw.word(LENGTH - 3, DIGITS));
        self.keep(field, word, true)
    }

    fn keep(&mut self, field: &'static str, word: String, kept: bool) -> String {
        self.all.push(Canary { field, word: word.clone(), kept });
        word
    }

    /// An INS that nobody has; its fifteen digits are a canary as they are.
    fn ins(&mut self) -> Ins {
        let base = format!(
            "2{:02}{:02}{:05}{:03}",
            self.draw.below(90) + 10,
            self.draw.below(12) + 1,
            self.draw.below(80_000) + 10_000,
            self.draw.below(990) + 1
        );
        let matricule = format!("{base}{:02}", ins_key(&base).unwrap());
        self.keep("ins", matricule.clone(), true);
        Ins::parse(InsAuthority::Test.oid(), &matricule).unwrap()
    }
}

/// Who signs in.
struct Callers {
    agent: Caller,
    doctor: Caller,
    url: String,
}

/// Runs the search. `sealing_off`: rows in clear, and every word that was kept must be found.
pub fn run(binary: &Path, people: u32, seed: u64, sealing_off: bool) -> bool {
    let began = Instant::now();
    let home = std::env::temp_dir().join(format!("dmp-campaign-canaries-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(home.join("tmp")).unwrap();
    let mut cage = Cage { draw: Draw::new(seed, 3), all: Vec::new() };
    let mut arguments = Vec::new();
    if sealing_off {
        arguments.push("--sealing-off".to_owned());
    }
    // `env` gives the program a folder of its own for temporary files, and no other change.
    let wrapper = home.join("dmp-in-its-own-folder");
    write_wrapper(&wrapper, binary, &home.join("tmp"));
    let options = Options { patients: PATIENTS, arguments, data: Some(home.join("data")), ..Options::default() };
    let mut server = Server::start(wrapper.to_str().unwrap(), &options);
    work(&server.url, people, &mut cage);
    let words: Vec<String> = cage.all.iter().map(|one| one.word.clone()).collect();
    let search = Search::new(&words);
    let mut hits = BTreeSet::new();
    // Once while it serves, with its log of commits; once after it was ended.
    let (files, bytes) = search.folder(&home, &mut hits);
    std::thread::sleep(Duration::from_millis(1_200));
    server.kill();
    search.folder(&home, &mut hits);
    if !sealing_off {
        let output = Command::new(binary).args(["doctor", "--json", "--data"]).arg(home.join("data")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        search.folder(&home, &mut hits);
    }
    drop(server);
    let found: BTreeSet<usize> = hits.iter().map(|hit| hit.word).collect();
    println!(
        "canaries: {people} people, seed {seed}, {} words in {} fields, {files} files of {bytes} bytes, {} s",
        words.len(),
        fields(&cage.all).len(),
        began.elapsed().as_secs()
    );
    report(&cage.all, &hits, &home);
    let kept = cage.all.iter().filter(|one| one.kept).count();
    let missed: Vec<&Canary> = cage.all.iter().enumerate().filter(|(place, one)| one.kept && !found.contains(place)).map(|(_, one)| one).collect();
    if sealing_off {
        println!("canaries: rows in clear: {} of {kept} words that were kept are found", kept - missed.len());
        for (field, count) in fields(&missed.into_iter().cloned().collect::<Vec<_>>()) {
            println!("  not found: {field} {count}");
        }
    }
    let _ = std::fs::remove_dir_all(&home);
    verdict("canaries", found.len(), 0, found.is_empty())
}

fn write_wrapper(wrapper: &Path, binary: &Path, folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(wrapper, format!("#!/bin/sh\nTMPDIR='{}' exec '{}' \"$@\"\n", folder.display(), binary.display())).unwrap();
    std::fs::set_permissions(wrapper, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn fields(canaries: &[Canary]) -> BTreeMap<&'static str, usize> {
    let mut fields = BTreeMap::new();
    canaries.iter().for_each(|one| *fields.entry(one.field).or_default() += 1);
    fields
}

fn report(canaries: &[Canary], hits: &BTreeSet<Hit>, home: &Path) {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for hit in hits {
        let file = hit.file.strip_prefix(home).unwrap_or(&hit.file);
        let shown = if file.starts_with("data/blobs") { Path::new("data/blobs/…") } else { file };
        let how = if hit.compressed { ", compressed" } else { "" };
        *lines.entry(format!("{} as {}{how} in {}", canaries[hit.word].field, hit.form, shown.display())).or_default() += 1;
    }
    lines.iter().for_each(|(line, count)| println!("  found: {line}: {count}"));
}

/// Every act that carries words, for every person.
fn work(url: &str, people: u32, cage: &mut Cage) {
    let callers = Callers {
        agent: Caller::of(url, "agent-cpam", &[("consent_now", "true")]).unwrap(),
        doctor: Caller::of(url, "dr-fictif", &[("consent_now", "true")]).unwrap(),
        url: url.to_owned(),
    };
    for number in 0..people {
        let ins = cage.ins();
        let names = open(&callers, cage, &ins);
        expect("consent", 200, &callers.doctor.consent(&ins).unwrap());
        let document = publish(&callers, cage, &ins, &names, number);
        read(&callers, &ins, &document);
        emergency(&callers, cage, &ins, number);
        refused(&callers, cage, &ins, &names);
        if number.is_multiple_of(3) {
            let words = cage.letters("closing words", true);
            expect("close", 200, &callers.agent.operation("$dmp-close", &ins, &[("reason", json!(words))]).unwrap());
        }
    }
    by_the_person(&callers, cage);
    by_lot(&callers, cage);
}

fn expect(what: &str, status: u16, answer: &Answer) {
    assert_eq!(answer.status, status, "{what}: {}", answer.text());
}

/// Names of a person, as their documents repeat them.
struct Names {
    birth_family: String,
    birth_given: String,
    used_family: String,
    used_given: String,
    birth_place: String,
}

fn open(callers: &Callers, cage: &mut Cage, ins: &Ins) -> Names {
    let names = Names {
        birth_family: cage.letters("birth family name", true),
        birth_given: cage.letters("birth first names", true),
        used_family: cage.letters("used family name", true),
        used_given: cage.letters("used first name", true),
        birth_place: cage.letters("birth place", true),
    };
    let mut parameters: Vec<(&str, Value)> = [("channel", "CPAM"), ("consent", "oral"), ("birth-date", "1977-05-04"), ("gender", "female")]
        .map(|(name, value)| (name, json!(value)))
        .to_vec();
    for (name, value) in [
        ("birth-family", &names.birth_family),
        ("birth-given", &names.birth_given),
        ("used-family", &names.used_family),
        ("used-given", &names.used_given),
        ("birth-place", &names.birth_place),
    ] {
        parameters.push((name, json!(value)));
    }
    let mail = cage.letters("e-mail", true);
    parameters.push(("email", json!(format!("{mail}@courriel.example"))));
    parameters.push(("mobile", json!(cage.digits("phone"))));
    parameters.push(("address", json!(format!("12 rue {} 35000 RENNES", cage.letters("address", true)))));
    for (name, field) in [("scheme", "scheme"), ("reason", "reason of opening")] {
        parameters.push((name, json!(cage.letters(field, true))));
    }
    // A caisse and a department are codes: no word of anybody's fits into them.
    parameters.extend([("caisse", json!("351")), ("department", json!("35"))]);
    expect("open", 200, &callers.agent.operation("$dmp-open", ins, &parameters).unwrap());
    names
}

/// A document of a person with words in its header and its body; large ones become files.
fn cda(cage: &mut Cage, ins: &Ins, names: &Names, unique: &str, size: usize, kept: bool) -> String {
    let doctor = dmp_synth::identity("dr-fictif").unwrap();
    let made = Moment::parse_fhir("2026-01-01").unwrap();
    let mut text = String::from_utf8(dmp_synth::cda_of_size(size, ins, unique, made).unwrap()).unwrap();
    let author = cage.letters("author's family name", kept);
    let given = cage.letters("author's first name", kept);
    let structure = cage.letters("structure name", kept);
    let title = cage.letters("title", kept);
    let body = cage.letters("CDA text", kept);
    for (from, to) in [
        (format!("<family>{}</family>", doctor.name.family), format!("<family>{author}</family>")),
        (format!("<given>{}</given>", doctor.name.given), format!("<given>{given}</given>")),
        (format!("<name>{}</name>", doctor.structure.unwrap().name), format!("<name>{structure}</name>")),
        ("<title>Compte rendu de consultation</title>".to_owned(), format!("<title>{title}</title>")),
        ("CLAIRVENTE".to_owned(), names.birth_family.clone()),
        ("CLAIRE MARIE".to_owned(), names.birth_given.clone()),
        (">EXEMPLE<".to_owned(), format!(">{}<", names.used_family)),
        (">Claire<".to_owned(), format!(">{}<", names.used_given)),
        (">35238<".to_owned(), format!(">{}<", names.birth_place)),
        ("ni observation ni avis".to_owned(), body),
    ] {
        assert!(text.contains(&from), "{from} is not in the document");
        text = text.replace(&from, &to);
    }
    text
}

/// Publishes; gives the resource as it was answered.
fn publish(callers: &Callers, cage: &mut Cage, ins: &Ins, names: &Names, number: u32) -> Value {
    let unique = format!("1.2.250.1.213.1.1.9.995.{}", cage.digits("uniqueId"));
    let comments = cage.letters("comments", true);
    let size = if number.is_multiple_of(7) { 60_000 } else { 4_096 };
    let document = cda(cage, ins, names, &unique, size, true);
    let answer = callers.doctor.publish(ins, &unique, document.as_bytes(), Some(&comments)).unwrap();
    expect("publish", 201, &answer);
    answer.json()
}

/// Reads it in every way, so that caches, logs and journals see it.
fn read(callers: &Callers, ins: &Ins, document: &Value) {
    let (reference, binary) = places(document).unwrap();
    expect("read", 200, &callers.doctor.get(&format!("/fhir/{binary}")).unwrap());
    expect("reference", 200, &callers.doctor.get(&format!("/fhir/{reference}")).unwrap());
    expect("list", 200, &callers.doctor.list(ins, "&_count=1").unwrap());
    expect("check access", 200, &callers.doctor.check_access(ins).unwrap());
    expect("veil", 200, &callers.doctor.veil(&reference, true).unwrap());
}

/// Who breaks the glass: each may ten times a day.
const IN_EMERGENCIES: [&str; 10] =
    ["dr-urgence", "dr-modele", "dr-hopital", "dr-canevas", "dr-cardio", "dr-gyneco", "dr-geriatre", "dr-pneumo", "dr-ortho", "dr-onco"];

fn emergency(callers: &Callers, cage: &mut Cage, ins: &Ins, number: u32) {
    let reason = cage.letters("break-glass reason", true);
    let doctor = IN_EMERGENCIES[number as usize % IN_EMERGENCIES.len()];
    let urgent = Caller::of(&callers.url, doctor, &[("purpose", "bris_de_glace"), ("reason", &reason)]).unwrap();
    expect("break-glass", 200, &urgent.list(ins, "").unwrap());
}

/// What is refused must not lie anywhere either, least of all in a log.
fn refused(callers: &Callers, cage: &mut Cage, ins: &Ins, names: &Names) {
    let unique = format!("1.2.250.1.213.1.1.9.995.9.{}", cage.draw.next() % 1_000_000_007);
    let damaged = cda(cage, ins, names, &unique, 4_096, false).replace("<setId", "<setid").replace("</component>", "");
    let comments = cage.letters("comments of a refused document", false);
    let answer = callers.doctor.publish(ins, &unique, damaged.as_bytes(), Some(&comments)).unwrap();
    assert!(answer.status >= 400, "a damaged document was taken");
    let wrong = cage.letters("a wrong criterion", false);
    let answer = callers.doctor.list(ins, &format!("&{wrong}={wrong}")).unwrap();
    assert!(answer.status >= 400, "a wrong criterion was taken");
    let path = cage.letters("a path that does not exist", false);
    assert!(callers.doctor.get(&format!("/fhir/Binary/{path}")).unwrap().status >= 400);
}

/// What the person does: names of professionals that the directory does not know, words of their own.
fn by_the_person(callers: &Callers, cage: &mut Cage) {
    for handle in ["claire-exemple", "ines-imaginaire", "lea-gabarit", "paul-prototype"] {
        let patient = Caller::of(&callers.url, handle, &[]).unwrap();
        let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
        for (place, operation) in ["$dmp-authorise", "$dmp-block"].into_iter().enumerate() {
            let parameters = [
                ("professional", json!(rpps(place + usize::try_from(cage.draw.next() % 1000).unwrap() * 2))),
                ("family", json!(cage.letters("name of a professional", true))),
                ("given", json!(cage.letters("first name of a professional", true))),
                ("profession", json!("G15/10")),
            ];
            expect(operation, 200, &patient.operation(operation, &ins, &parameters).unwrap());
        }
        let words = cage.letters("closing words of the person", true);
        expect("close", 200, &patient.operation("$dmp-close", &ins, &[("reason", json!(words))]).unwrap());
        expect("open again", 200, &patient.operation("$dmp-reactivate", &ins, &[("consent", json!(true))]).unwrap());
    }
}

/// An RPPS in a range that nobody was given, with its key.
fn rpps(number: usize) -> String {
    let base = format!("999888{:04}", number % 10_000);
    let sum: u32 = base
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    format!("{base}{}", (10 - sum % 10) % 10)
}

/// ITI-65: titles and comments of a lot and of a folder, made after a lot that the record already holds.
fn by_lot(callers: &Callers, cage: &mut Cage) {
    let ins = cage.ins();
    let names = open(callers, cage, &ins);
    expect("consent", 200, &callers.doctor.consent(&ins).unwrap());
    let first = publish(callers, cage, &ins, &names, 1);
    let sets = callers.doctor.get(&format!("/fhir/List?patient.identifier={}&status=current&code=submissionset", token_of(&ins))).unwrap();
    let mut set = sets.json()["entry"][0]["resource"].clone();
    let unique = format!("1.2.250.1.213.1.1.9.995.{}", cage.digits("uniqueId of a lot"));
    let text = cda(cage, &ins, &names, &unique, 4_096, true);
    let title = text.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    set["identifier"] = json!([{ "use": "usual", "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:1.2.250.1.213.1.1.9.994.{}", cage.digits("uniqueId of a set")) }]);
    set["extension"] = json!([
        { "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType", "valueCodeableConcept": { "coding": [{ "system": "urn:oid:1.2.250.1.213.2.2", "code": "07", "display": "Consultation" }] } },
        { "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId", "valueIdentifier": { "system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.250.1.213.1.1.9.993" } },
    ]);
    set["title"] = json!(cage.letters("title of a set", true));
    set["note"] = json!([{ "text": cage.letters("comments of a set", true) }]);
    set["entry"] = json!([{ "item": { "reference": LOT_DOCUMENT } }]);
    let mut folder = set.clone();
    folder["identifier"][0]["value"] = json!(format!("urn:oid:1.2.250.1.213.1.1.9.994.{}", cage.digits("uniqueId of a folder")));
    folder["title"] = json!(cage.letters("title of a folder", true));
    folder["code"]["coding"][0]["code"] = json!("folder");
    folder["note"] = Value::Null;
    folder.as_object_mut().unwrap().remove("note");
    let mut document = first;
    document["masterIdentifier"]["value"] = json!(format!("urn:oid:{unique}"));
    document["identifier"] = json!([]);
    document["description"] = json!(cage.letters("comments in a lot", true));
    let attachment = document["content"][0]["attachment"].as_object_mut().unwrap();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
    attachment.insert("size".to_owned(), json!(text.len()));
    attachment.insert("hash".to_owned(), json!(base64::engine::general_purpose::STANDARD.encode(digest)));
    attachment.insert("url".to_owned(), json!(LOT_CONTENT));
    attachment.insert("title".to_owned(), json!(title));
    let binary = json!({ "resourceType": "Binary", "contentType": "text/xml", "data": base64::engine::general_purpose::STANDARD.encode(text) });
    let entries =
        [(LOT_SET, set, "List"), (LOT_FOLDER, folder, "List"), (LOT_DOCUMENT, document, "DocumentReference"), (LOT_CONTENT, binary, "Binary")];
    let entries = entries.map(|(url, mut resource, kind)| {
        resource.as_object_mut().unwrap().remove("id");
        json!({ "fullUrl": url, "resource": resource, "request": { "method": "POST", "url": kind } })
    });
    let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries });
    let answer = callers.doctor.send("POST", "/fhir", Some(("application/fhir+json", bundle.to_string().into_bytes()))).unwrap();
    expect("lot", 200, &answer);
}

const LOT_SET: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000001";
const LOT_FOLDER: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000002";
const LOT_DOCUMENT: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000003";
const LOT_CONTENT: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000004";
