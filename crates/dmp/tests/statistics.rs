//! Statistics and remuneration from end to end: a deployment is simulated through the acts, and what pages, files, statements and payments say is
//! what the records themselves say.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]
#![allow(clippy::print_stdout, reason = "figures are told on the terminal")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dmp_core::Moment;
use dmp_core::statistics::{day_text, paris_day};
use dmp_hostile::{Reader, ReaderOptions, Reading};
use dmp_service::{Clock, SystemClock};
use dmp_testkit::{Options, Server};

const BINARY: &str = env!("CARGO_BIN_EXE_dmp");

/// A folder for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dmp-statistics-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn dmp(arguments: &[&str]) -> Output {
    Command::new(BINARY).args(["--log", "off"]).args(arguments).output().unwrap()
}

fn done(arguments: &[&str]) -> String {
    let output = dmp(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &[&str], words: &str) {
    let output = dmp(arguments);
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && why.contains(words), "{arguments:?}: {why}");
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A deployment in a store of its own, and the export of its records.
fn deployment(folder: &Folder, scale: &str) -> (String, Vec<serde_json::Value>) {
    let (data, out) = (text(&folder.path("data")), text(&folder.path("records.jsonl")));
    let told = done(&["simulate", "deployment", "--scale", scale, "--data", &data]);
    println!("{}", told.trim());
    done(&["audit", "export", "--data", &data, "--out", &out]);
    let lines = std::fs::read_to_string(&out).unwrap();
    (told, lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Serves a store on a Monday of December 2018.
fn served(folder: &Folder, today: &str) -> Server {
    let target = Moment::parse_fhir(&format!("{today}T12:00:00Z")).unwrap().as_seconds();
    let now = SystemClock.now().as_seconds();
    std::fs::write(folder.path("shift"), (target - now).to_string()).unwrap();
    std::fs::write(folder.path("pilot"), "preset 2017 # nine of them\n").unwrap();
    let arguments = vec!["--clock-shift".to_owned(), text(&folder.path("shift")), "--pilot".to_owned(), text(&folder.path("pilot"))];
    Server::start(BINARY, &Options { arguments, data: Some(folder.path("data")), ..Options::default() })
}

/// What the independent count says of a server's files; or, when they differ, why.
fn counted_again(folder: &Folder, server: &Server) -> Result<serde_json::Value, String> {
    let count = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/statistics/count.py");
    let output = Command::new("python3").arg(&count).arg(folder.path("records.jsonl")).arg(&server.url).arg(folder.path("pilot")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{}", said.trim());
    if !output.status.success() {
        return Err(format!("{said}{}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(serde_json::from_str(said.lines().last().unwrap()).unwrap())
}

#[test]
fn counting_that_ends_at_any_place_counts_everything_once() {
    let folder = Folder::new("ended");
    let (data, out) = (text(&folder.path("data")), text(&folder.path("records.jsonl")));
    done(&["seed", "--data", &data, "--patients", "30"]);
    for place in ["settle.after_rows:1", "settle.after_cells:1"] {
        let arguments = vec!["--fail-point".to_owned(), place.to_owned()];
        let mut server = Server::start(BINARY, &Options { arguments, data: Some(folder.path("data")), ..Options::default() });
        server.wait();
    }
    // Twice: what was counted is not counted again.
    for _ in 0..2 {
        done(&["worker", "--once", "--data", &data, "--base-url", "http://127.0.0.1"]);
    }
    done(&["audit", "export", "--days", "--data", &data, "--out", &out]);
    let again = done(&["stats", "rebuild", "--data", &data]);
    let again: serde_json::Value = serde_json::from_str(again.trim()).unwrap();
    println!("{again}");
    assert!(again["differ"] == 0 && again["cells"].as_u64().unwrap() > 100, "{again}");
    let week_later = SystemClock.now().plus_days(8).to_rfc3339();
    let server = served(&folder, &week_later[..10]);
    let said = counted_again(&folder, &server).unwrap();
    assert!(said["records"].as_u64().unwrap() > 20 && said["compared"].as_u64().unwrap() > 100, "{said}");
    let records = server.request("GET", "/statistiques/donnees/dossiers.csv").send().text();
    assert!(records.lines().any(|line| line.contains(",documents,") && !line.ends_with(',')), "{records}");
    let quality = server.request("GET", "/statistiques/donnees/qualite-par-mois.csv").send().text();
    let of_month = |line: &str| -> Vec<String> { line.split(',').map(str::to_owned).collect() };
    let followed = quality.lines().skip(1).map(of_month).filter(|cells| cells[7].parse::<u64>().is_ok_and(|count| count >= 11)).count();
    assert!(followed >= 1, "months with reimbursed consultations: {quality}");
    // Without the acts that followed them the consultations are counted otherwise.
    let lines = std::fs::read_to_string(folder.path("records.jsonl")).unwrap();
    std::fs::write(folder.path("records.jsonl"), lines.replace("\"act_days\"", "\"no_days\"")).unwrap();
    assert!(counted_again(&folder, &server).is_err());
}

#[test]
fn pages_and_files_say_what_an_independent_count_of_the_records_says() {
    let folder = Folder::new("count");
    let (told, records) = deployment(&folder, "2000");
    let told: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
    assert_eq!(told["opened"], records.len());
    for some in ["doubles_refused", "closed", "reopened"] {
        assert!(told[some].as_u64().unwrap() > 0, "{some}");
    }
    let server = served(&folder, "2018-12-17");
    let said = counted_again(&folder, &server).unwrap();
    assert!(said["compared"].as_u64().unwrap() > 500 && said["hidden"].as_u64().unwrap() > 500, "{said}");

    // A count that lacks one record is seen.
    let less: Vec<String> = records.iter().skip(1).map(ToString::to_string).collect();
    std::fs::write(folder.path("records.jsonl"), less.join("\n")).unwrap();
    assert!(counted_again(&folder, &server).is_err());

    let number = |name: &str| told[name].as_u64().unwrap();
    pages_are_light_and_open_to_all(&server, number("opened") - number("closed") + number("reopened"));
}

fn pages_are_light_and_open_to_all(server: &Server, open: u64) {
    for path in ["", "/ouvertures", "/canaux", "/regions", "/regions/11", "/phases", "/usages", "/qualite", "/donnees", "/semaines/2018-W50"] {
        for language in ["fr", "en"] {
            let page = server.request("GET", &format!("/statistiques{path}")).header("accept-language", language).send();
            let html = page.text();
            assert_eq!(page.status, 200, "{path}");
            assert!(html.contains(&format!("<html lang=\"{language}\"")) && !html.contains("<script"), "{path}");
            assert!(html.len() <= 60 * 1024, "{path}: {}", html.len());
        }
    }
    let overview = server.request("GET", "/statistiques").header("accept-language", "fr").send().text();
    assert!(overview.contains(&format!("<dd>{open}</dd>")), "{open} records are open");
    let phases = server.request("GET", "/statistiques/phases").header("accept-language", "fr").send().text();
    assert!(phases.contains("Les 9 caisses pilotes comptaient") && phases.contains("Côtes-d’Armor (221)"), "{phases}");
    for missing in ["/statistiques/semaines/2018-W51", "/statistiques/semaines/2018-W99", "/statistiques/regions/99", "/statistiques/donnees/x.csv"] {
        assert_eq!(server.request("GET", missing).send().status, 404, "{missing}");
    }
    let json = server.request("GET", "/statistiques/donnees/ouvertures-par-canal.json").send().text();
    let csv = server.request("GET", "/statistiques/donnees/ouvertures-par-canal.csv").send().text();
    let rows: Vec<BTreeMap<String, serde_json::Value>> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), csv.lines().count() - 1);
}

#[test]
fn each_opening_by_a_pharmacist_is_paid_once_to_the_cent_after_two_people_have_agreed() {
    let folder = Folder::new("pay");
    let (_, records) = deployment(&folder, "4000");
    let data = text(&folder.path("data"));
    // What is due, reckoned from the records: 100 cents for each opening by a pharmacist since July 2018.
    let mut due: BTreeMap<(String, String), i64> = BTreeMap::new();
    for one in records.iter().filter(|one| one["channel"] == "OFFICINE") {
        let opened = day_text(paris_day(Moment::parse_fhir(one["opened_at"].as_str().unwrap()).unwrap()));
        if opened.as_str() >= "2018-07" {
            *due.entry((opened[..7].to_owned(), one["structure"].as_str().unwrap().to_owned())).or_default() += 100;
        }
    }
    let months: Vec<String> = (7..=12).map(|month| format!("2018-{month:02}")).collect();
    let step = |command: &str, month: &str, by: &str| -> Vec<String> {
        ["remuneration", command, "--data", &data, "--month", month, "--by", by].map(str::to_owned).to_vec()
    };
    let run = |arguments: &[String]| done(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let is_refused = |arguments: &[String], words: &str| refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), words);
    is_refused(&step("propose", "2018-08", "Alice"), "still open");
    is_refused(&step("confirm", "2018-07", "Bruno"), "nobody has proposed");
    let (mut lines, mut cents, mut papers) = (0, 0, 0);
    for month in &months {
        run(&step("propose", month, "Alice"));
        is_refused(&step("confirm", month, " alice "), "two people");
        run(&step("confirm", month, "Bruno"));
        is_refused(&step("propose", month, "Alice"), "closed");
        let out = text(&folder.path(month));
        done(&["remuneration", "statement", "--data", &data, "--month", month, "--out", &out]);
        let sheet = std::fs::read_to_string(Path::new(&out).join("totals.csv")).unwrap();
        let mut of_month = 0;
        for row in sheet.lines().skip(1).filter(|row| !row.starts_with("total")) {
            let cells: Vec<&str> = row.split(';').collect();
            let (payee, paid): (&str, i64) = (cells[0], cells[4].parse().unwrap());
            assert_eq!(due.get(&(month.clone(), payee.to_owned())), Some(&paid), "{month} {payee}");
            let own = std::fs::read_to_string(Path::new(&out).join(format!("{payee}.csv"))).unwrap();
            assert_eq!(own.lines().last().unwrap(), format!("total;;;{paid}"));
            let count = own.lines().count() - 2;
            says_the_same(&text_of(&Path::new(&out).join(format!("{payee}.pdf"))), &own, paid);
            lines += count;
            papers += 1;
            of_month += paid;
        }
        assert_eq!(of_month, due.iter().filter(|((one, _), _)| one == month).map(|(_, cents)| cents).sum::<i64>(), "{month}");
        cents += of_month;
    }
    assert_eq!(cents, due.values().sum::<i64>());
    println!("{{\"name\":\"remuneration\",\"lines\":{lines},\"cents\":{cents},\"papers\":{papers},\"months\":{}}}", months.len());
    pays(&folder, &data, &due);
}

/// The words of a PDF, as the program itself reads them.
fn text_of(path: &Path) -> String {
    let reader = Reader::new(ReaderOptions::new(BINARY.into()));
    let read = tokio::runtime::Runtime::new().unwrap().block_on(reader.read(&std::fs::read(path).unwrap()));
    match read {
        Ok(Reading::Text(parts)) => parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join(" ").replace('\n', " "),
        other => panic!("{}: {other:?}", path.display()),
    }
}

/// A statement on paper has as many lines and the same total as the file beside it, and names nobody.
fn says_the_same(paper: &str, file: &str, cents: i64) {
    let total = format!("{},{:02} €", cents / 100, cents % 100);
    for words in ["Total dû", "Total"] {
        assert!(paper.contains(&format!("{words} {total}")), "{words} {total}: {paper}");
    }
    let lines = |ending: &str| file.lines().skip(1).filter(|line| !line.starts_with("total") && line.ends_with(ending)).count();
    assert_eq!(paper.matches(" Ouverture 1,00 €").count(), lines(";100"), "{paper}");
    assert_eq!(paper.matches(" Reprise de l'ouverture du ").count(), lines(";-100"), "{paper}");
    assert!(!paper.contains("SIMULATION") && !paper.contains("Camille"), "{paper}");
}

/// The file of payments of the last month.
fn pays(folder: &Folder, data: &str, due: &BTreeMap<(String, String), i64>) {
    let (ibans, out) = (text(&folder.path("ibans.csv")), text(&folder.path("pay.xml")));
    let of_december: Vec<(&str, i64)> =
        due.iter().filter(|((month, _), _)| month == "2018-12").map(|((_, payee), cents)| (payee.as_str(), *cents)).collect();
    let accounts: String = of_december.iter().map(|(payee, _)| format!("{payee};FR14 2004 1010 0505 0001 3M02 606\n")).collect();
    let pay = |month: &str| {
        let fixed = ["remuneration", "pay", "--data", data, "--month", month, "--ibans", &ibans, "--debtor", "Caisse d'essai"].map(str::to_owned);
        let more = ["--debtor-iban", "DE89370400440532013000", "--on", "2019-01-15", "--out", &out].map(str::to_owned);
        [fixed.to_vec(), more.to_vec()].concat()
    };
    let run = |arguments: &[String]| dmp(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    std::fs::write(&ibans, accounts.lines().skip(1).collect::<Vec<_>>().join("\n")).unwrap();
    let why = run(&pay("2018-12"));
    assert!(!why.status.success() && String::from_utf8_lossy(&why.stderr).contains("1 payees have no account"), "{why:?}");
    std::fs::write(&ibans, &accounts).unwrap();
    assert!(!run(&pay("2019-01")).status.success(), "a month that is not closed");
    let paid = run(&pay("2018-12"));
    assert!(paid.status.success(), "{}", String::from_utf8_lossy(&paid.stderr));
    let xml = std::fs::read_to_string(&out).unwrap();
    let total: i64 = of_december.iter().map(|(_, cents)| cents).sum();
    assert_eq!(xml.matches("<CdtTrfTxInf>").count(), of_december.len());
    assert_eq!(xml.matches(&format!("<CtrlSum>{}.{:02}</CtrlSum>", total / 100, total % 100)).count(), 2);
    assert!(!xml.contains("SIMULATION") && !xml.contains("SIMULATION".to_lowercase().as_str()), "nobody's name is in it");
    // Whoever has the schema of ISO 20022 has it checked too.
    let schema = std::env::temp_dir().join("pain.001.001.03.xsd");
    if schema.is_file() {
        let checked = Command::new("xmllint").args(["--noout", "--schema"]).arg(&schema).arg(&out).output().unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        println!("{{\"name\":\"pain.001.001.03\",\"payments\":{},\"valid\":true}}", of_december.len());
    }
}
