//! Everything leaves with its person and comes back equal: the copy, its import into a second store, closing, paper, and the counter that
//! records without seeing. The built program alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

#[path = "download/drawn.rs"]
mod drawn;
#[path = "download/large.rs"]
mod large;
mod world;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dmp_testkit::{Answer, Options, Server};
use serde_json::{Value, json};
use world::{Session, asked, done, identifier, listing, national, operate};

const CANARY: &str = "zqcanarizq";
/// Everybody of the cast who has a record of their own to take away.
const PEOPLE: [&str; 7] = ["claire-exemple", "ines-imaginaire", "tom-fictif", "nina-fictif", "henri-modele", "helene-maquette", "david-canevas"];

fn town(patients: u32) -> Server {
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients, ..Options::default() })
}

/// The files of a copy by name.
type Files = BTreeMap<String, Vec<u8>>;

fn unzipped(bytes: &[u8]) -> Files {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let before = files.insert(entry.name().unwrap().into_owned(), content);
        assert!(before.is_none(), "two files of one name");
    }
    files
}

fn zipped(files: &Files) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn hash(bytes: &[u8]) -> String {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same with a manifest that says what is there.
fn signed_again(mut files: Files) -> Files {
    files.remove("manifest.json");
    let lines: BTreeMap<&String, Value> =
        files.iter().map(|(name, content)| (name, json!({ "size": content.len(), "sha256": hash(content) }))).collect();
    let manifest = json!({ "form": "dmp-manifest/1", "files": lines }).to_string();
    files.insert("manifest.json".to_owned(), manifest.into_bytes());
    files
}

fn json_of(files: &Files, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap()
}

fn download(server: &Server, session: &Session) -> Answer {
    session.post(server, "/download", &[("understood", "on")])
}

/// Takes a copy, and gives its bytes.
#[track_caller]
fn copy_of(server: &Server, who: &str) -> Vec<u8> {
    let answer = download(server, &Session::of(server, who));
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")), "{who}");
    assert!(answer.header("content-disposition").unwrap().starts_with("attachment; filename=\"dossier-medical-"), "{who}");
    answer.body
}

fn dmp(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dmp"));
    command.args(["--log", "off"]).args(arguments);
    command
}

/// A store without anybody.
fn empty_store() -> PathBuf {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let data = std::env::temp_dir().join(format!("dmp-download-{}-{number}", std::process::id())).join("data");
    std::fs::create_dir_all(&data).unwrap();
    let seeded = dmp(&["seed", "--patients", "0", "--data"]).arg(&data).output().unwrap();
    assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
    data
}

fn import(data: &Path, zip: &[u8], more: &[&str]) -> Output {
    let file = data.with_file_name("copy.zip");
    std::fs::write(&file, zip).unwrap();
    dmp(&["import", "record"]).arg(&file).arg("--data").arg(data).args(more).output().unwrap()
}

#[track_caller]
fn refused(output: &Output, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains(why), "{why}: {said} {}", String::from_utf8_lossy(&output.stdout));
}

fn publish(server: &Server, number: u32, title: &str) {
    let ins = dmp_synth::identity("claire-exemple").unwrap().ins.unwrap();
    let unique = format!("1.2.250.1.213.1.1.9.994.{number}");
    let made = dmp_core::Moment::parse_fhir("2026-01-15").unwrap();
    let cda = String::from_utf8(dmp_synth::cda_of_size(4_096, &ins, &unique, made).unwrap()).unwrap();
    let cda = cda.replace("Compte rendu de consultation", title).replace("Ligne de mesure", title);
    let body = json!({
        "resourceType": "DocumentReference", "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{unique}") },
        "subject": { "identifier": identifier("claire-exemple") },
        "content": [{ "attachment": { "contentType": "text/xml", "data": STANDARD.encode(cda) } }],
    });
    let doctor = server.token("dr-fictif");
    done(&asked(server, &doctor, "POST", "/fhir/DocumentReference").body("application/fhir+json", body.to_string()).send());
}

/// What Claire decided: something of each kind that a copy holds.
fn decides(server: &Server) {
    let claire = server.token("claire-exemple");
    publish(server, 1, "=1+1 ; Compte rendu \"spécial\" &lt;é&gt;");
    let by = |operation: &str, more: &[(&str, Value)]| done(&operate(server, &claire, operation, "claire-exemple", more));
    by("dmp-block", &[("professional", json!(national("dr-urologue")))]);
    by("dmp-emergency-choices", &[("break-glass", json!(false)), ("masked-in-emergency", json!(true))]);
    by("dmp-team-consent", &[("consent", json!(true))]);
    by("dmp-update-contact", &[("email", json!("claire@post.example")), ("address", json!("1 rue du Port\n99000 FICTIVE"))]);
    by("dmp-notices", &[("language", json!("en")), ("rhythm", json!("weekly"))]);
    by("dmp-mask-all", &[("masked", json!(true))]);
    by("dmp-close", &[("reason", json!("un doute"))]);
    by("dmp-reactivate", &[("consent", json!(true))]);
    let hidden = asked(server, &claire, "GET", &listing("claire-exemple")).send().json();
    let id = hidden["entry"][0]["resource"]["id"].as_str().unwrap().to_owned();
    let patch = r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#;
    done(&asked(server, &claire, "PATCH", &format!("/fhir/DocumentReference/{id}")).body("application/json-patch+json", patch).send());
}

/// A copy is whole: its manifest names every file with its hash, and every document of `record.json` is there with its bytes.
#[track_caller]
fn assert_whole(files: &Files, who: &str) {
    for name in ["LISEZMOI.html", "ips.json", "summary.pdf", "journal.csv", "record.json", "fhir/DocumentReference.ndjson", "fhir/Consent.ndjson"] {
        assert!(files.contains_key(name), "{who}: {name} is not there");
    }
    let manifest = json_of(files, "manifest.json");
    let named = manifest["files"].as_object().unwrap();
    assert_eq!(named.len() + 1, files.len(), "{who}");
    for (name, line) in named {
        assert_eq!(line["sha256"].as_str(), Some(hash(&files[name]).as_str()), "{who}: {name}");
    }
    let record = json_of(files, "record.json");
    let documents = record["record"]["documents"].as_array().unwrap();
    assert_eq!(documents.len(), record["files"].as_object().unwrap().len(), "{who}");
    for document in documents {
        let file = record["files"][document["unique_id"].as_str().unwrap()].as_str().unwrap();
        assert_eq!(document["content"]["size"].as_u64(), Some(files[file].len() as u64), "{who}: {file}");
    }
    assert_eq!(json_of(files, "ips.json")["type"], "document", "{who}");
    let index = String::from_utf8(files["LISEZMOI.html"].clone()).unwrap();
    for file in named.keys().filter(|name| name.starts_with("documents/")) {
        assert_eq!(index.matches(&format!("href=\"{file}\"")).count(), 2, "{who}: {file} in both languages");
    }
    assert!(!index.contains("http") && !index.contains("<script"), "{who}: the index asks nothing of a network");
    let lines = String::from_utf8(files["fhir/DocumentReference.ndjson"].clone()).unwrap();
    assert_eq!(lines.lines().count(), documents.len(), "{who}");
    assert!(
        lines.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["content"][0]["attachment"]["url"]
            .as_str()
            .unwrap()
            .starts_with("../documents/"))
    );
}

/// What each of them would take away from a store that nobody serves: the canonical form, and the hash of each content.
fn copies_in(data: &Path) -> BTreeMap<&'static str, (Value, BTreeMap<String, String>)> {
    use dmp_core::access::{Caller, CallerKind, Matrix};
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let service = service_over(data, Matrix::reconstruction());
    let take = |who: &'static str| {
        let identity = dmp_synth::identity(who).unwrap();
        let ins = identity.ins.unwrap();
        let caller = Caller { name: Some(identity.name), ..Caller::bare(ins.account(), CallerKind::Patient) };
        runtime.block_on(async {
            let copy = service.take_copy(&dmp_service::PersonRef::Ins(ins), &caller, dmp_core::summary::Bounds::SHOWN).await.unwrap();
            let mut contents = BTreeMap::new();
            for entry in &copy.documents {
                contents.insert(entry.unique_id.clone(), hash(&service.copied_content(&copy, entry).await.unwrap()));
            }
            (who, (serde_json::to_value(copy.canonical()).unwrap(), contents))
        })
    };
    PEOPLE.into_iter().map(take).collect()
}

fn service_over(data: &Path, matrix: dmp_core::access::Matrix) -> dmp_service::Service {
    service_and_store(data, matrix).0
}

fn service_and_store(data: &Path, matrix: dmp_core::access::Matrix) -> (dmp_service::Service, std::sync::Arc<dmp_store::SqliteStore>) {
    let key = dmp_store::RootKey::load_or_create(&data.with_file_name("data.rootkey")).unwrap();
    let options = dmp_store::OpenOptions::new(data, dmp_core::Mode::Sandbox, key, dmp_service::Clock::now(&dmp_service::SystemClock));
    let store = dmp_store::SqliteStore::open(options).unwrap();
    let ids = dmp_service::IdSealer::new(&dmp_store::OperatedStore::derive(&*store, "resource ids"));
    let law = dmp_service::Config::in_force(dmp_core::Mode::Sandbox, matrix);
    let (clock, random) = (std::sync::Arc::new(dmp_service::SystemClock), std::sync::Arc::new(dmp_service::SystemRandom));
    (dmp_service::Service::new(store.clone(), clock, random, law, ids), store)
}

#[test]
fn everybody_takes_a_copy_and_a_second_store_has_an_equal_record() {
    let mut server = town(12);
    decides(&server);
    let copies: Vec<(&str, Vec<u8>)> = PEOPLE.into_iter().map(|who| (who, copy_of(&server, who))).collect();
    for (who, bytes) in &copies {
        assert_whole(&unzipped(bytes), who);
    }
    let session = Session::of(&server, "claire-exemple");
    let journal = session.get(&server, "/journal?kind=all").text();
    assert!(journal.contains("vous avez téléchargé une copie de tout votre dossier"), "{journal}");
    assert!(session.get(&server, "/notices").text().contains("a téléchargé une copie de tout le dossier"));
    server.kill();

    let data = empty_store();
    for (who, bytes) in &copies {
        let imported = import(&data, bytes, &[]);
        let said = String::from_utf8_lossy(&imported.stdout).into_owned();
        assert!(
            imported.status.success() && said.contains("equal to that of the copy"),
            "{who}: {said} {}",
            String::from_utf8_lossy(&imported.stderr)
        );
    }
    refused(&import(&data, &copies[0].1, &[]), "record-exists");
    let (mut differences, mut documents) = (0, 0);
    let again = copies_in(&data);
    for (who, bytes) in &copies {
        let files = unzipped(bytes);
        let record = json_of(&files, "record.json");
        let contents: BTreeMap<String, String> =
            record["files"].as_object().unwrap().iter().map(|(id, file)| (id.clone(), hash(&files[file.as_str().unwrap()]))).collect();
        documents += contents.len();
        let (form, kept) = &again[*who];
        if *form != record["record"] || *kept != contents {
            differences += 1;
            println!("{who} differs");
        }
    }
    println!("{} records, {documents} documents", copies.len());
    println!("figure: reimport-differences {differences}");
    assert_eq!(differences, 0);
    let second = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 12, data: Some(data.clone()), ..Options::default() });
    // What she decided holds in the second store: who is blocked stays out, and the doctor reads what is not hidden.
    let verdict = |who: &str| asked(&second, &second.token(who), "GET", &listing("claire-exemple")).send().status;
    assert_eq!((verdict("dr-urologue"), verdict("dr-fictif")), (403, 200));
    let journal = Session::of(&second, "claire-exemple").get(&second, "/journal?kind=all").text();
    assert!(journal.contains("exploitation du service") && journal.contains("a repris votre dossier à partir d&#39;une copie"), "{journal}");
    drop(second);
    let _ = std::fs::remove_dir_all(data.parent().unwrap());
}

/// Rounds of seven records in the test; `DMP_REIMPORT_ROUNDS` asks for more.
const ROUNDS: u64 = 1;

#[test]
fn a_record_drawn_at_random_comes_back_equal() {
    let rounds = std::env::var("DMP_REIMPORT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let seed: u64 = std::env::var("DMP_REIMPORT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let (mut differences, mut records, mut documents, mut left_out) = (0, 0, 0, 0);
    for round in seed..seed + rounds {
        let data = empty_store();
        let (drawn, now) = fill_with_drawn(&data, round);
        let mut server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 0, data: Some(data.clone()), ..Options::default() });
        let copies: Vec<(&str, Vec<u8>)> = PEOPLE.into_iter().map(|who| (who, copy_of(&server, who))).collect();
        server.kill();
        let second = empty_store();
        for ((who, bytes), record) in copies.iter().zip(&drawn) {
            let what = format!("{who}, DMP_REIMPORT_SEED={round}");
            let files = unzipped(bytes);
            assert_whole(&files, &what);
            let (kept, hidden): (Vec<_>, Vec<_>) = record.documents.iter().partition(|one| drawn::is_in_the_copy(one, now));
            // The insurer's lines, which come by themselves, are as good as any other document.
            let is_drawn = |id: &&String| id.starts_with(drawn::DOCUMENTS);
            let named: Vec<String> = json_of(&files, "record.json")["files"].as_object().unwrap().keys().filter(is_drawn).cloned().collect();
            let mut wanted: Vec<String> = kept.iter().map(|one| one.entry.unique_id.clone()).collect();
            wanted.sort();
            assert_eq!(named, wanted, "{what}");
            let imported = import(&second, bytes, &[]);
            let said = String::from_utf8_lossy(&imported.stdout).into_owned();
            if !imported.status.success() || !said.contains("equal to that of the copy") {
                println!("{what}: {said} {}", String::from_utf8_lossy(&imported.stderr));
                differences += 1;
            }
            (records, documents, left_out) = (records + 1, documents + kept.len(), left_out + hidden.len());
        }
        let again = copies_in(&second);
        for (who, bytes) in &copies {
            let (files, (form, contents)) = (unzipped(bytes), &again[*who]);
            let record = json_of(&files, "record.json");
            let files_of = record["files"].as_object().unwrap().iter();
            let taken: BTreeMap<String, String> = files_of.map(|(id, file)| (id.clone(), hash(&files[file.as_str().unwrap()]))).collect();
            if *form != record["record"] || *contents != taken {
                println!("{who} differs: DMP_REIMPORT_SEED={round}");
                differences += 1;
            }
        }
        for folder in [&data, &second] {
            let _ = std::fs::remove_dir_all(folder.parent().unwrap());
        }
    }
    println!("{records} records drawn, {documents} documents taken, {left_out} left out");
    println!("figure: reimport-drawn-differences {differences}");
    assert!(documents > 0 && left_out > 0);
    assert_eq!(differences, 0);
}

/// Puts a drawn record of each of the people into a store, with links and what else stays with an installation.
fn fill_with_drawn(data: &Path, round: u64) -> (Vec<drawn::Record>, dmp_core::Moment) {
    use dmp_core::access::{Caller, CallerKind, Matrix};
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (service, store) = service_and_store(data, Matrix::reconstruction());
    let mut all = Vec::new();
    for (number, who) in PEOPLE.into_iter().enumerate() {
        let mut draw = drawn::Draw(round * 1_000 + number as u64);
        let identity = dmp_synth::identity(who).unwrap();
        let ins = identity.ins.unwrap();
        let record = drawn::record(&mut draw, &ins, &format!("{round}.{number}"));
        runtime.block_on(async {
            drawn::put(&*store, &mut draw, &record).await;
            let caller = Caller { name: Some(identity.name), ..Caller::bare(ins.account(), CallerKind::Patient) };
            for (kind, what) in drawn::links() {
                let wish = dmp_service::ShareWish { kind, what, label: "lien".to_owned(), seconds: 600, openings_max: 2 };
                // A minor makes none.
                let _ = service.create_share(&dmp_service::PersonRef::Ins(ins.clone()), &wish, &caller).await;
            }
        });
        all.push(record);
    }
    (all, dmp_service::Clock::now(&dmp_service::SystemClock))
}

#[test]
fn a_mother_s_copy_holds_nothing_of_a_secret_care_and_her_son_s_does() {
    let server = town(18);
    let (son, mother) = (unzipped(&copy_of(&server, "tom-fictif")), unzipped(&copy_of(&server, "sophie-fictif")));
    let record = json_of(&son, "record.json");
    let secret: Vec<&Value> = record["record"]["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|document| document["visibility"]["invisible_to_representatives"] == true)
        .collect();
    assert!(!secret.is_empty(), "the son has a secret care");
    assert_whole(&mother, "sophie-fictif");
    let hers = json_of(&mother, "record.json");
    assert_eq!(hers["record"]["head"]["ins"], record["record"]["head"]["ins"], "it is his record");
    let known: Vec<&str> = hers["record"]["documents"].as_array().unwrap().iter().filter_map(|document| document["title"].as_str()).collect();
    for document in secret {
        let (unique, title) = (document["unique_id"].as_str().unwrap(), document["title"].as_str().unwrap());
        for (name, content) in &mother {
            let text = String::from_utf8_lossy(content);
            assert!(!text.contains(unique), "{unique} in {name}");
            assert!(known.contains(&title) || !text.contains(title), "{title} in {name}");
        }
    }
    // The count that she reads in the journal is that of what she may know of.
    let csv = String::from_utf8(mother["journal.csv"].clone()).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() > 2, "{csv}");
}

#[test]
fn whoever_may_not_take_a_copy_gets_none_and_three_a_day_are_enough() {
    let server = town(12);
    let helper = Session::of(&server, "jean-exemple");
    assert!(helper.get(&server, "/download").text().contains("Un aidant ne peut pas télécharger"), "a helper reads why");
    assert_eq!(download(&server, &helper).status, 403);
    let claire = Session::of(&server, "claire-exemple");
    let form = claire.get(&server, "/download").text();
    assert!(form.contains("n&#39;est plus protégé") && form.contains("name=\"understood\""), "{form}");
    let unticked = claire.post(&server, "/download", &[]);
    assert!(unticked.status == 422 && unticked.text().contains("aria-invalid"), "{}", unticked.text());
    let forged = claire.request(&server, "POST", "/download").body("application/x-www-form-urlencoded", "csrf=forged&understood=on").send();
    assert_eq!(forged.header("location"), Some("/download?said=form-expired"));
    // Six at once: three copies, whatever the order.
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let asks: Vec<_> = (0..6).map(|_| scope.spawn(|| download(&server, &claire).status)).collect();
        asks.into_iter().map(|ask| ask.join().unwrap()).collect()
    });
    let count = |status: u16| answers.iter().filter(|one| **one == status).count();
    assert_eq!((count(200), count(429)), (3, 3), "{answers:?}");
    let over = download(&server, &claire);
    assert!(over.status == 429 && over.text().contains("Revenez demain"), "{}", over.text());
}

#[test]
fn a_hostile_copy_is_refused_and_leaves_nothing() {
    let mut server = town(2);
    let good = copy_of(&server, "ines-imaginaire");
    server.kill();
    let data = empty_store();
    let files = unzipped(&good);
    let document = files.keys().find(|name| name.starts_with("documents/")).unwrap().clone();
    let with = |change: &dyn Fn(&mut Files)| {
        let mut files = files.clone();
        change(&mut files);
        files
    };
    let (other_hash, other_size) = ("another hash", "another size");
    refused(&import(&data, b"", &[]), "not a readable ZIP");
    refused(&import(&data, &good[..good.len() / 2], &[]), "not a readable ZIP");
    refused(&import(&data, &zipped(&with(&|files| files.get_mut(&document).unwrap().push(b' '))), &[]), other_size);
    refused(&import(&data, &zipped(&with(&|files| *files.get_mut(&document).unwrap().last_mut().unwrap() ^= 1)), &[]), other_hash);
    let unnamed = signed_again(with(&|files| drop(files.insert("documents/unnamed.bin".to_owned(), vec![0; 10]))));
    refused(&import(&data, &zipped(&unnamed), &[]), "its record names");
    refused(&import(&data, &zipped(&with(&|files| drop(files.remove(&document)))), &[]), "its manifest names");
    refused(&import(&data, &zipped(&with(&|files| drop(files.insert("fhir/More.ndjson".to_owned(), Vec::new())))), &[]), "its manifest names");
    for name in ["../evil", "documents/../../evil", "/etc/evil", "documents\\evil", "documents/a/b"] {
        let evil = signed_again(with(&|files| drop(files.insert(name.to_owned(), b"x".to_vec()))));
        refused(&import(&data, &zipped(&evil), &[]), "no copy of ours");
    }
    let bomb = signed_again(with(&|files| drop(files.insert("documents/bomb.bin".to_owned(), vec![0; 64 * 1024 * 1024]))));
    refused(&import(&data, &zipped(&bomb), &[]), "expand to much more");
    // Whoever mends the manifest has not mended the record, and whoever mends its hash has not mended the document's own.
    let changed = signed_again(with(&|files| files.get_mut(&document).unwrap().push(b' ')));
    let refusal = import(&data, &zipped(&changed), &[]);
    assert!(!refusal.status.success());
    let record = |change: &dyn Fn(&mut Value)| {
        let mut record = json_of(&files, "record.json");
        change(&mut record);
        zipped(&signed_again(with(&|files| drop(files.insert("record.json".to_owned(), record.to_string().into_bytes())))))
    };
    refused(&import(&data, &record(&|record| record["record"]["head"]["all_masked"] = json!(true)), &[]), "another hash than it says");
    refused(&import(&data, &record(&|record| record["form"] = json!("other/1")), &[]), "the form");
    refused(&import(&data, &record(&|record| record["mode"] = json!("production")), &[]), "in mode `production`");
    refused(&import(&data, &record(&|record| record["missing"] = json!(["urn:oid:1"])), &[]), "lacks 1 documents");
    refused(&import(&data, &record(&|record| record["more"] = json!(1)), &[]), "not what it should be");
    refused(&import(&data, &good, &["--production"]), "in mode `sandbox`");
    // Nothing of all this is left: the good one goes in, as the first.
    let imported = import(&data, &good, &[]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    refused(&import(&data, &good, &[]), "record-exists");
    let verified = dmp(&["audit", "verify", "--data"]).arg(&data).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let _ = std::fs::remove_dir_all(data.parent().unwrap());
}

#[test]
fn a_record_is_closed_in_plain_words_destroyed_on_request_and_opened_again() {
    let server = town(5);
    let claire = Session::of(&server, "claire-exemple");
    let page = claire.get(&server, "/close").text();
    for word in ["Ce qui s&#39;arrête tout de suite", "Ce qui est gardé dix ans", "Comment le rouvrir", "href=\"/download\"", "directives anticipées"]
    {
        assert!(page.contains(word), "{word}: {page}");
    }
    let kept = claire.post(&server, "/close", &[("words", "mes <raisons>")]);
    assert!(kept.status == 422 && kept.text().contains("mes &#60;raisons&#62;") && kept.text().contains("sure-error"), "{}", kept.text());
    let long = claire.post(&server, "/close", &[("words", &"é".repeat(501)), ("sure", "on")]);
    assert!(long.status == 422 && long.text().contains("words-error"), "{}", long.text());
    let closed = claire.post(&server, "/close", &[("words", "mes raisons"), ("sure", "on")]);
    assert_eq!(closed.header("location"), Some("/?said=closed"));
    let home = claire.get(&server, "/").text();
    for word in ["action=\"/reopen\"", "action=\"/close/destruction\"", "href=\"/journal\"", "mes raisons"] {
        assert!(home.contains(word), "{word}: {home}");
    }
    for path in ["/download", "/close", "/paper"] {
        assert_eq!(claire.get(&server, path).header("location"), Some("/"), "{path}");
    }
    assert_eq!(download(&server, &claire).status, 403);
    assert_eq!(asked(&server, &server.token("dr-fictif"), "GET", &listing("claire-exemple")).send().status, 403);
    let unticked = claire.post(&server, "/close/destruction", &[]);
    assert!(unticked.status == 422 && unticked.text().contains("sure-error"), "{}", unticked.text());
    assert_eq!(claire.post(&server, "/close/destruction", &[("sure", "on")]).header("location"), Some("/?said=destruction"));
    let asked_for = claire.get(&server, "/").text();
    assert!(asked_for.contains("La destruction a été demandée le") && !asked_for.contains("action=\"/close/destruction\""), "{asked_for}");
    assert_eq!(claire.post(&server, "/close/destruction", &[("sure", "on")]).header("location"), Some("/?said=try-again"));
    assert_eq!(claire.post(&server, "/reopen", &[]).header("location"), Some("/?said=reopened"));
    assert_eq!(download(&server, &claire).status, 200);
    // A minor does not close alone.
    let tom = Session::of(&server, "tom-fictif");
    assert!(tom.get(&server, "/close").text().contains("Vous ne pouvez pas fermer ce dossier vous-même"));
    assert_eq!(tom.post(&server, "/close", &[("sure", "on")]).status, 403);
    let leaflet = server.request("GET", "/close/leaflet.pdf").send();
    assert!(leaflet.status == 200 && leaflet.body.starts_with(b"%PDF"));
}

/// Text of a PDF; `None` where no program reads it.
fn text_of(pdf: &Path) -> Option<String> {
    let read = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().ok()?;
    read.status.success().then(|| String::from_utf8_lossy(&read.stdout).into_owned())
}

fn letters(data: &Path, out: &Path) -> String {
    let run = dmp(&["letters", "--base-url", "http://dmp.example", "--data"]).arg(data).arg("--out").arg(out).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn folders(out: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

#[test]
fn paper_is_ordered_printed_once_and_told_and_the_cover_says_nothing() {
    let mut server = town(5);
    publish(&server, 2, CANARY);
    let claire = Session::of(&server, "claire-exemple");
    assert_eq!(claire.post(&server, "/paper", &[("way", "post"), ("address", "1 rue")]).status, 422);
    let missing = claire.post(&server, "/paper", &[("summary", "on"), ("way", "post"), ("address", " \r\n ")]);
    assert!(missing.status == 422 && missing.text().contains("address-error"), "{}", missing.text());
    let everything = [("summary", "on"), ("access", "on"), ("journal", "on"), ("closing", "on"), ("way", "post"), ("language", "fr")];
    let address = [everything.as_slice(), &[("address", "1 rue du Port\r\n99000 FICTIVE")]].concat();
    assert_eq!(claire.post(&server, "/paper", &address).header("location"), Some("/paper?said=paper"));
    // The counter, for somebody without internet.
    let what = [("what", json!("journal")), ("way", json!("counter"))];
    let post = [("what", json!("journal")), ("address", json!("2 rue d'ailleurs"))];
    let (deaf, hears) = (server.token("agent-cpam"), server.token_with("agent-cpam", &[("consent_now", "true")]));
    assert_eq!(operate(&server, &deaf, "dmp-paper", "ines-imaginaire", &what).status, 403);
    let elsewhere = operate(&server, &hears, "dmp-paper", "ines-imaginaire", &post);
    assert_eq!((elsewhere.status, elsewhere.codes()), (409, vec!["paper-address-missing".to_owned()]), "an agent sends where the record says");
    done(&operate(&server, &hears, "dmp-paper", "ines-imaginaire", &what));
    assert_eq!(operate(&server, &server.token("dr-fictif"), "dmp-paper", "claire-exemple", &what).status, 403);
    // The son orders: nothing of his secret care goes to an address that may be his parents'.
    let tom = Session::of(&server, "tom-fictif");
    assert_eq!(tom.post(&server, "/paper", &address).status, 303);
    let secret = unzipped(&copy_of(&server, "tom-fictif"));
    for (method, path) in [("GET", "/journal.pdf"), ("GET", "/access.pdf"), ("GET", "/summary-large.pdf")] {
        let pdf = claire.request(&server, method, path).send();
        assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF"), "{path}");
    }
    server.kill();

    let out = server.data().with_file_name("out");
    assert!(letters(server.data(), &out).contains("3 copies on paper"));
    assert!(letters(server.data(), &out).contains("0 copies on paper"), "printed once");
    let made = folders(&out);
    assert_eq!(made.len(), 3, "{made:?}");
    let counter = made.iter().find(|path| path.to_string_lossy().contains("paper-counter-")).unwrap();
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names(counter), ["0-cover.pdf", "1-journal.pdf"]);
    let posted: Vec<&PathBuf> = made.iter().filter(|path| *path != counter).collect();
    assert_eq!(names(posted[0]), ["0-cover.pdf", "1-summary.pdf", "2-access.pdf", "3-journal.pdf", "4-closing.pdf"]);
    match text_of(&posted[0].join("0-cover.pdf")) {
        None => println!("SKIPPED: the text of the sheets: no pdftotext"),
        Some(_) => {
            let titles: Vec<String> = json_of(&secret, "record.json")["record"]["documents"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|document| document["visibility"]["invisible_to_representatives"] == true)
                .map(|document| document["title"].as_str().unwrap().to_owned())
                .collect();
            assert!(!titles.is_empty());
            for folder in &posted {
                let cover = text_of(&folder.join("0-cover.pdf")).unwrap();
                assert!(cover.contains("99000 FICTIVE") && cover.contains("1 rue du Port"), "{cover}");
                for word in ["Synthèse", "Allergi", "médecin", "diabète", CANARY] {
                    assert!(!cover.contains(word), "{word} on a cover: {cover}");
                }
                let inside: String = names(folder).iter().skip(1).map(|name| text_of(&folder.join(name)).unwrap()).collect();
                assert!(!inside.contains("99000 FICTIVE"), "the address stands on the cover alone");
                if cover.contains("Tom") {
                    let flat = inside.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(titles.iter().all(|title| !flat.contains(title.as_str())), "a secret care on paper: {inside}");
                } else {
                    assert!(inside.contains("Qui a regardé votre dossier") && inside.contains("Qui peut regarder"), "{inside}");
                }
            }
        }
    }
    let again = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 5, data: Some(server.data().to_path_buf()), ..Options::default() });
    let claire = Session::of(&again, "claire-exemple");
    let journal = claire.get(&again, "/journal?kind=all").text();
    assert!(journal.contains("avez demandé une copie de votre dossier sur papier"), "{journal}");
    assert!(journal.contains("a imprimé la copie de votre dossier demandée sur papier"), "{journal}");
    assert!(claire.get(&again, "/paper").text().contains("imprimé le"));
    let _ = std::fs::remove_dir_all(&out);
}

#[test]
fn two_workers_print_an_order_once() {
    use dmp_core::Mode;
    use dmp_core::access::Matrix;
    let mut server = town(1);
    let claire = Session::of(&server, "claire-exemple");
    assert_eq!(claire.post(&server, "/paper", &[("journal", "on"), ("way", "counter")]).status, 303);
    server.kill();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let key = dmp_store::RootKey::load_or_create(&server.data().with_file_name("data.rootkey")).unwrap();
    let options = dmp_store::OpenOptions::new(server.data(), Mode::Sandbox, key, dmp_service::Clock::now(&dmp_service::SystemClock));
    let store = dmp_store::SqliteStore::open(options).unwrap();
    let ins = dmp_synth::identity("claire-exemple").unwrap().ins.unwrap();
    let printed: Vec<bool> = runtime.block_on(async {
        let shared: std::sync::Arc<dyn dmp_store::RecordStore> = store.clone();
        let ids = dmp_service::IdSealer::new(&dmp_store::OperatedStore::derive(&*store, "resource ids"));
        let law = dmp_service::Config::in_force(Mode::Sandbox, Matrix::reconstruction());
        let clock = std::sync::Arc::new(dmp_service::SystemClock);
        let service = dmp_service::Service::new(shared, clock, std::sync::Arc::new(dmp_service::SystemRandom), law, ids);
        let (key, _) = dmp_store::RecordStore::identify(&*store, &ins).await.unwrap().unwrap();
        let content = service.paper_waiting(key).await.unwrap().unwrap();
        let workers = (0..8).map(|_| {
            let (service, content) = (service.clone(), content.clone());
            tokio::spawn(async move { service.paper_printed(&content).await.unwrap() })
        });
        let mut printed = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            printed.push(worker.await.unwrap());
        }
        assert!(service.paper_waiting(key).await.unwrap().is_none());
        printed
    });
    assert_eq!(printed.iter().filter(|one| **one).count(), 1, "{printed:?}");
}

#[test]
fn an_agent_records_every_right_and_no_answer_holds_a_clinical_word() {
    let server = town(12);
    publish(&server, 3, CANARY);
    let claire = server.token("claire-exemple");
    let list = asked(&server, &claire, "GET", &listing("claire-exemple")).send().json();
    let titles: Vec<String> = list["entry"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["resource"]["description"].as_str().or(entry["resource"]["content"][0]["attachment"]["title"].as_str()))
        .map(str::to_owned)
        .collect();
    assert!(titles.iter().any(|title| title.contains(CANARY)), "nothing was planted: {titles:?}");
    let (deaf, agent) = (server.token("agent-cpam"), server.token_with("agent-cpam", &[("consent_now", "true")]));
    let doctor = [("professional", json!(national("dr-urologue")))];
    let person = |handle: &str, name: &'static str| {
        vec![(name, identifier(handle)), ("family", json!("FICTIF")), ("kind", json!("guardian")), ("proof", json!("jugement fictif"))]
    };
    // Order matters: what closes comes last.
    let rights: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("dmp-update-contact", vec![("address", json!("1 rue du Port\n99000 FICTIVE"))]),
        ("dmp-emergency-choices", vec![("break-glass", json!(false)), ("regulation-centre", json!(true))]),
        ("dmp-mask-all", vec![("masked", json!(true))]),
        ("dmp-mask-all", vec![("masked", json!(false))]),
        ("dmp-block", doctor.to_vec()),
        ("dmp-unblock", doctor.to_vec()),
        ("dmp-revoke", vec![("professional", json!(national("ide-modele")))]),
        ("dmp-paper", vec![("what", json!("summary,access,journal,closing"))]),
        ("dmp-represent", person("luc-modele", "representative")),
        ("dmp-end-representation", person("luc-modele", "representative")),
        ("dmp-end-helper", vec![("helper", identifier("jean-exemple"))]),
        ("dmp-suspend", vec![("reason", json!("connexions suspectes"))]),
        ("dmp-object-to-suspension", vec![]),
        ("dmp-lift-suspension", vec![]),
        ("dmp-close", vec![("reason", json!("par courrier"))]),
        ("dmp-request-destruction", vec![]),
        ("dmp-reactivate", vec![("consent", json!(true))]),
    ];
    let needs_the_person =
        ["dmp-emergency-choices", "dmp-mask-all", "dmp-block", "dmp-unblock", "dmp-revoke", "dmp-paper", "dmp-close", "dmp-end-helper"];
    let clean = |answer: &Answer, operation: &str| {
        let text = answer.text();
        assert!(!text.contains(CANARY), "{operation}: {text}");
        assert!(titles.iter().all(|title| !text.contains(title.as_str())), "{operation}: {text}");
        for word in ["diab", "fibrillation", "DocumentReference", "Allerg", "metformin", "Metformin"] {
            assert!(!text.contains(word), "{operation} says `{word}`: {text}");
        }
    };
    for (operation, more) in &rights {
        if needs_the_person.contains(operation) {
            let without = operate(&server, &deaf, operation, "claire-exemple", more);
            assert_eq!(without.status, 403, "{operation} without the person: {}", without.text());
            clean(&without, operation);
        }
        let answer = operate(&server, &agent, operation, "claire-exemple", more);
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
        clean(&answer, operation);
    }
    clean(&operate(&server, &agent, "dmp-object", "victor-essai", &[]), "dmp-object");
    // What stays the person's, or with a health professional.
    for (operation, more) in [
        ("dmp-authorise", doctor.to_vec()),
        ("dmp-medecin-traitant", doctor.to_vec()),
        ("dmp-team-consent", vec![("consent", json!(true))]),
        ("dmp-draft-summary", vec![("model", json!("vsm"))]),
        ("dmp-find", vec![("query", json!(CANARY))]),
    ] {
        let answer = operate(&server, &agent, operation, "claire-exemple", &more);
        assert_eq!(answer.status, 403, "{operation}: {}", answer.text());
        clean(&answer, operation);
    }
    let journal = Session::of(&server, "claire-exemple").get(&server, "/journal?kind=all").text();
    for words in ["a demandé une copie de votre dossier sur papier", "a changé la visibilité de tous vos documents", "a bloqué l&#39;accès"] {
        assert!(journal.contains(words), "{words}: {journal}");
    }
}

#[test]
fn the_letter_stands_in_both_languages_for_everybody() {
    let server = town(1);
    for (language, word) in [("fr", "de bloquer ce professionnel"), ("en", "to block this professional")] {
        let page = server.request("GET", "/help/letter").header("cookie", &format!("dmp_lang={language}")).send();
        assert!(page.status == 200 && page.text().contains(word), "{}", page.text());
    }
}
