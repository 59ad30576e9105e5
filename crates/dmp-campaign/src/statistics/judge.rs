//! What is counted against what must be: the tables themselves, the public files in both forms, the records, and the count of another program.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use dmp_core::record::Channel;
use dmp_store::StatisticsStore;
use dmp_testkit::Server;
use serde_json::Value;

use super::model::{self, Cells, Life, Shown};
use crate::inside;

/// What the tables hold of openings, of the lives of records and of what professionals deposited. What the insurer's feed put into them is counted by
/// `count.py`.
const COUNTED: [&str; 8] = ["opened", "cancelled", "closed", "reopened", "destroyed", "open", "deposited:pro", "filled-pro"];

/// What a comparison came to.
#[derive(Debug, Default)]
pub struct Judged {
    pub differences: Vec<String>,
    /// Numbers compared, those of them that are not nought, and those that are hidden.
    pub compared: usize,
    pub not_nought: usize,
    pub hidden: usize,
}

impl Judged {
    fn number(&mut self, what: &str, shown: Option<i64>, wanted: i64) {
        let Some(shown) = shown else {
            self.hidden += 1;
            return;
        };
        self.compared += 1;
        self.not_nought += usize::from(wanted != 0);
        if shown != wanted {
            self.differences.push(format!("{what}: {shown} is counted, {wanted} happened"));
        }
    }

    /// Every cell of the tables, small ones too.
    pub fn tables(&mut self, data: &Path, lives: &[Life]) {
        let (runtime, store) = (inside::runtime(), inside::open(data, dmp_store::Syncs::On));
        let (sums, waiting) = runtime.block_on(async { (store.sums().await.unwrap(), store.deeds_waiting().await.unwrap()) });
        self.number("facts that wait", i64::try_from(waiting).ok(), 0);
        let is_counted = |name: &str| COUNTED.contains(&name);
        let by_channel =
            sums.by_channel.into_iter().filter(|(name, ..)| is_counted(name)).map(|(name, day, channel, count)| ((name, day, code(channel)), count));
        self.cells("channel", by_channel.collect(), model::cells(lives, |life| Some(life.channel.code().to_owned())));
        let by_department = sums
            .by_department
            .into_iter()
            .filter(|(name, ..)| is_counted(name))
            .map(|(name, day, department, count)| ((name, day, department), count));
        self.cells("department", by_department.collect(), model::cells(lives, |life| life.department.map(str::to_owned)));
    }

    fn cells(&mut self, kind: &str, found: Cells, wanted: Cells) {
        for key in found.keys().chain(wanted.keys().filter(|key| !found.contains_key(*key))) {
            let of = |cells: &Cells| cells.get(key).copied().unwrap_or(0);
            self.number(&format!("table, {} on day {}, {kind} {}", key.0, key.1, key.2), Some(of(&found)), of(&wanted));
        }
    }

    /// The files that everybody may read.
    pub fn files(&mut self, server: &Server, lives: &[Life]) {
        self.file(server, "ouvertures-par-canal", "semaine", None, &model::by_channel(lives));
        self.file(server, "ouvertures-par-region", "semaine", Some(("region", "ouvertures")), &model::by_region(lives));
        let records = model::records(lives);
        for row in self.rows(server, "dossiers") {
            let what = row["quoi"].as_str().unwrap_or_default();
            if let Some(wanted) = records.get(what) {
                self.number(what, row["nombre"].as_i64(), *wanted);
            }
        }
    }

    /// A file by week: a column for each thing, or a row for each.
    fn file(&mut self, server: &Server, name: &str, week: &str, long: Option<(&str, &str)>, wanted: &Shown) {
        let mut seen = Shown::new();
        for row in self.rows(server, name) {
            let at = row[week].as_str().unwrap_or_default().to_owned();
            let columns: Vec<(String, Value)> = match long {
                Some((column, number)) => vec![(row[column].as_str().unwrap_or_default().to_owned(), row[number].clone())],
                None => {
                    row.as_object().into_iter().flatten().filter(|(key, _)| *key != week).map(|(key, value)| (key.clone(), value.clone())).collect()
                }
            };
            for (column, shown) in columns {
                let key = (at.clone(), column);
                // Totals leave out what is hidden at the end of a column: the total of all is told by the file of records.
                if at != "total" {
                    self.number(&format!("{name}, {at} {}", key.1), shown.as_i64(), wanted.get(&key).copied().unwrap_or(0));
                    seen.insert(key, 1);
                }
            }
        }
        for key in wanted.keys().filter(|key| !seen.contains_key(*key)) {
            self.differences.push(format!("{name} has no {} {}", key.0, key.1));
        }
    }

    /// The rows of a file as JSON, which must be those of its CSV.
    fn rows(&mut self, server: &Server, name: &str) -> Vec<Value> {
        let read = |ending: &str| {
            let answer = server.request("GET", &format!("/statistiques/donnees/{name}.{ending}")).send();
            assert_eq!(answer.status, 200, "{name}.{ending}");
            answer
        };
        let (csv, json) = (read("csv").text(), read("json").json());
        let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let head = lines.next().unwrap_or_default();
        let of_csv: Vec<BTreeMap<&str, String>> = lines.map(|cells| head.iter().map(String::as_str).zip(cells).collect()).collect();
        let text = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let rows = json.as_array().cloned().unwrap_or_default();
        let of_json: Vec<BTreeMap<&str, String>> =
            rows.iter().map(|row| row.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), text(value))).collect()).collect();
        if of_csv != of_json || rows.is_empty() {
            self.differences.push(format!("{name}.csv and {name}.json do not say the same"));
        }
        rows.clone()
    }

    /// The definition that stands beside the files.
    pub fn definition(&mut self, server: &Server) {
        let page = server.request("GET", "/statistiques/donnees").header("accept-language", "fr").send().text();
        match page.split(['<', '>']).find(|text| text.contains("reste une seule ouverture")) {
            Some(words) => println!("  definition: {}", words.trim()),
            None => self.differences.push("the page of the files does not say what an opening is".to_owned()),
        }
    }

    /// The records themselves, and the count of them by another program in another language.
    pub fn records(&mut self, binary: &Path, data: &Path, home: &Path, lives: &[Life]) {
        let out = home.join("records.jsonl");
        let export = Command::new(binary).args(["--log", "off", "audit", "export", "--data"]).arg(data).arg("--out").arg(&out).output().unwrap();
        assert!(export.status.success(), "{}", String::from_utf8_lossy(&export.stderr));
        let mut found: BTreeMap<String, i64> = BTreeMap::new();
        for line in std::fs::read_to_string(&out).unwrap().lines() {
            let one: Value = serde_json::from_str(line).unwrap();
            let at = dmp_core::Moment::parse_fhir(one["opened_at"].as_str().unwrap()).unwrap();
            let of = |what: &str| one[what].as_array().map_or(0, Vec::len);
            let day = Life::opened(at, Channel::Counter, None).day;
            let words = format!("day {day} {} {} {} {} {}", one["channel"], one["department"], one["in_use"], of("closed_at"), of("reopened_at"));
            *found.entry(words).or_default() += 1;
        }
        let mut wanted: BTreeMap<String, i64> = BTreeMap::new();
        for life in lives.iter().filter(|life| !life.cancelled) {
            let (channel, department) = (Value::from(life.channel.code()), life.department.map_or(Value::Null, Value::from));
            let (in_use, closed, reopened) = (life.is_in_use(), u8::from(life.closed), u8::from(life.reopened));
            *wanted.entry(format!("day {} {channel} {department} {in_use} {closed} {reopened}", life.day)).or_default() += 1;
        }
        for key in found.keys().chain(wanted.keys().filter(|key| !found.contains_key(*key))) {
            let of = |counts: &BTreeMap<String, i64>| counts.get(key).copied().unwrap_or(0);
            self.number(&format!("records, {key}"), Some(of(&found)), of(&wanted));
        }
    }

    /// The count of another program, in another language, of the records that were exported.
    pub fn counted_again(&mut self, server: &Server, home: &Path) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/statistics/count.py");
        let output = Command::new("python3").arg(script).arg(home.join("records.jsonl")).arg(&server.url).output();
        let said = output.as_ref().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        let last: Value = said.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default();
        println!("  count.py: {last}");
        let told = (last["different"].as_u64(), last["small_shown"].as_u64());
        if told != (Some(0), Some(0)) {
            self.differences.push(format!("count.py: {}", said.trim()));
        }
    }
}

fn code(channel: Option<Channel>) -> String {
    channel.map_or_else(String::new, |channel| channel.code().to_owned())
}
