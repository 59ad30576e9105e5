//! The commands by which months are closed and paid, ended under way and begun again, and what they wrote against what is due.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::load;
use super::model::{Due, Line, iban, months};
use super::plan::{Payee, Plan};
use super::schema;
use crate::draw::Draw;

const ON: &str = "2019-02-15";

/// The books of a store.
#[derive(Debug)]
pub struct Books<'a> {
    pub binary: &'a Path,
    pub home: &'a Path,
    pub draw: Draw,
    /// How long a command took the last time: it is ended within that.
    pub took: BTreeMap<&'static str, Duration>,
    pub killed: usize,
    /// Cents that something differs from what is due; and what else is wrong.
    pub cents: i64,
    pub wrong: Vec<String>,
}

impl Books<'_> {
    fn command(&self, what: &[&str]) -> Command {
        let mut command = Command::new(self.binary);
        command.args(["--log", "off", "remuneration"]).args(what).arg("--data").arg(self.home.join("data"));
        command
    }

    fn run(&mut self, name: &'static str, what: &[&str]) -> Output {
        let began = Instant::now();
        let output = self.command(what).output().unwrap();
        self.took.insert(name, began.elapsed());
        output
    }

    /// Begins a command and ends it under way.
    fn begin(&mut self, name: &'static str, what: &[&str]) {
        let most = self.took.get(name).copied().unwrap_or(Duration::from_millis(100));
        let after = most.mul_f64(f64::from(u32::try_from(self.draw.below(1_000)).unwrap()) / 1_000.0);
        let mut child = self.command(what).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(after);
        let is_over = child.try_wait().unwrap().is_some();
        let _ = child.kill();
        let _ = child.wait();
        self.killed += usize::from(!is_over);
    }

    fn differ(&mut self, what: &str, found: i64, due: i64) {
        if found != due {
            self.cents += (found - due).abs();
            self.wrong.push(format!("{what}: {found} cents, {due} are due"));
        }
    }

    fn fault(&mut self, words: String) {
        self.wrong.push(words);
    }

    fn done(&mut self, name: &'static str, what: &[&str]) {
        let output = self.run(name, what);
        if !output.status.success() {
            self.fault(format!("{}: {}", what.join(" "), String::from_utf8_lossy(&output.stderr).trim()));
        }
    }

    fn refused(&mut self, name: &'static str, what: &[&str], why: &str) {
        let output = self.run(name, what);
        if output.status.success() || !String::from_utf8_lossy(&output.stderr).contains(why) {
            self.fault(format!("{} was not refused for `{why}`", what.join(" ")));
        }
    }

    /// Closes a month: proposed, ended, proposed again, and so on. A second time it is refused.
    pub fn close(&mut self, month: &str, is_ended: bool) {
        let propose = ["propose", "--month", month, "--by", "Alice Essai"];
        let confirm = ["confirm", "--month", month, "--by", "Bruno Essai"];
        if is_ended {
            self.begin("propose", &propose);
        }
        self.done("propose", &propose);
        if is_ended {
            self.refused("confirm", &["confirm", "--month", month, "--by", "alice essai"], "two people");
            self.begin("confirm", &confirm);
        }
        // Closed by the one that was ended, or by this one.
        let output = self.run("confirm", &confirm);
        if !output.status.success() && !String::from_utf8_lossy(&output.stderr).contains("closed already") {
            self.fault(format!("confirm {month}: {}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        self.refused("confirm", &confirm, "closed already");
        if is_ended {
            self.refused("propose", &propose, "is closed");
        }
    }

    /// What the ledger says of each month, against what is due.
    pub fn months(&mut self, due: &Due, closed: usize) {
        let output = self.command(&["months"]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        for (place, month) in months().enumerate() {
            let line = text.lines().find_map(|line| line.strip_prefix(month)?.strip_prefix(": "));
            let (lines, cents) = due.of_month(place);
            let found = line.and_then(|line| {
                let (count, rest) = line.split_once(" lines, ")?;
                let (sum, state) = rest.split_once(" EUR, ")?;
                Some((count.parse::<u64>().ok()?, cents_of(sum)?, state.starts_with("closed")))
            });
            let (count, sum, is_closed) = found.unwrap_or((0, 0, false));
            self.differ(&format!("ledger of {month}"), sum, cents);
            if count != lines || is_closed != (place < closed) {
                self.fault(format!("ledger of {month}: {count} lines of {lines}, closed: {is_closed}"));
            }
        }
    }

    /// Writes the statements of a month, ended under way the first time, and takes its lines out of what is due.
    pub fn statements(&mut self, place: usize, month: &str, due: &mut Due, by_name: &BTreeMap<String, Payee>, is_ended: bool) {
        let out = self.home.join(format!("statements-{month}"));
        let what = ["statement", "--month", month, "--out", out.to_str().unwrap()];
        if is_ended {
            self.begin("statement", &what);
        }
        self.done("statement", &what);
        let sums: BTreeMap<Payee, (u64, i64)> =
            due.sums.iter().filter(|((one, _), _)| *one == place).map(|((_, payee), sum)| (*payee, *sum)).collect();
        let sheet = std::fs::read_to_string(out.join("totals.csv")).unwrap_or_default();
        let (mut seen, mut total) = (0, 0);
        for row in sheet.lines().skip(1) {
            let cells: Vec<&str> = row.split(';').collect();
            let cents: i64 = cells.last().and_then(|cents| cents.parse().ok()).unwrap_or(0);
            let Some(payee) = by_name.get(cells[0]) else {
                self.differ(&format!("all statements of {month}"), cents, due.of_month(place).1);
                continue;
            };
            self.differ(&format!("statement of {month} of {}", cells[0]), cents, sums.get(payee).map_or(0, |sum| sum.1));
            self.lines(place, *payee, &out, due, cents);
            (seen, total) = (seen + 1, total + cents);
        }
        self.differ(&format!("statements of {month} together"), total, due.of_month(place).1);
        if seen != sums.len() {
            self.fault(format!("{seen} statements of {month}, {} payees are due something", sums.len()));
        }
        let _ = std::fs::remove_dir_all(out);
    }

    /// The lines of one statement: each is due, and none twice.
    fn lines(&mut self, month: usize, payee: Payee, out: &Path, due: &mut Due, cents: i64) {
        let file: String = payee.name().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
        let text = std::fs::read_to_string(out.join(format!("{file}.csv"))).unwrap_or_default();
        let mut sum = 0;
        for row in text.lines().skip(1).filter(|row| !row.starts_with("total;")) {
            let cells: Vec<&str> = row.split(';').collect();
            let (day, opened, cents) = (cells[0].parse().unwrap(), cells[1].parse().unwrap(), cells[3].parse::<i64>().unwrap());
            let line = Line { month, payee, day, opened, cents };
            sum += cents;
            let receipt = load::number_of(cells[2]);
            let is_due = match due.by_receipt.remove(&(receipt, cents < 0)) {
                Some(known) => known == line,
                None => take(&mut due.untold, line),
            };
            if !is_due {
                self.cents += cents.abs();
                self.fault(format!("{row} of {} is due to nobody, or was paid before", payee.name()));
            }
        }
        self.differ(&format!("lines of {} in month {month}", payee.name()), sum, cents);
    }

    /// The file of payments of a month, ended under way, written twice.
    pub fn pay(&mut self, month: &str, due: &BTreeMap<Payee, i64>, plan: &Plan, schema: Option<&Path>, is_ended: bool) -> i64 {
        let (ibans, out) = (self.home.join("ibans.csv"), self.home.join(format!("pay-{month}.xml")));
        let accounts: BTreeMap<String, Payee> = plan.payees().into_iter().map(|payee| (iban(payee), payee)).collect();
        if !ibans.is_file() {
            std::fs::write(&ibans, accounts.iter().map(|(iban, payee)| format!("{};{iban}\n", payee.name())).collect::<String>()).unwrap();
        }
        let (file, out_text) = (ibans.to_str().unwrap().to_owned(), out.to_str().unwrap().to_owned());
        let fixed = ["pay", "--month", month, "--ibans", &file, "--debtor", "Caisse d'essai", "--debtor-iban", "DE89370400440532013000", "--on", ON];
        let what = [&fixed[..], &["--out", &out_text]].concat();
        if is_ended {
            self.begin("pay", &what);
        }
        self.done("pay", &what);
        let first = std::fs::read_to_string(&out).unwrap_or_default();
        if is_ended {
            self.done("pay", &what);
            let second = std::fs::read_to_string(&out).unwrap_or_default();
            if text_of(&first, "MsgId") != text_of(&second, "MsgId") {
                self.fault(format!("{month}: the same payments have two numbers"));
            }
        }
        let total = self.payments(month, &first, due, &accounts);
        if let Some(schema) = schema
            && let Err(why) = schema::check(schema, &out)
        {
            self.fault(format!("pain.001.001.03 of {month} is not valid: {why}"));
        }
        total
    }

    fn payments(&mut self, month: &str, xml: &str, due: &BTreeMap<Payee, i64>, accounts: &BTreeMap<String, Payee>) -> i64 {
        let (mut total, mut paid) = (0, BTreeMap::new());
        for order in xml.split("<CdtTrfTxInf>").skip(1) {
            let cents = text_of(order, "InstdAmt").and_then(cents_of).unwrap_or(0);
            total += cents;
            match text_of(order, "IBAN").and_then(|iban| accounts.get(iban)) {
                Some(payee) => *paid.entry(*payee).or_insert(0) += cents,
                None => self.fault(format!("{month}: a payment to nobody's account")),
            }
        }
        for payee in due.keys().chain(paid.keys().filter(|payee| !due.contains_key(payee))) {
            let of = |sums: &BTreeMap<Payee, i64>| sums.get(payee).copied().unwrap_or(0);
            let what = format!("payment of {month} to {}", payee.name());
            self.differ(&what, of(&paid), of(due));
        }
        let control = text_of(xml, "CtrlSum").and_then(cents_of).unwrap_or(-1);
        self.differ(&format!("control sum of {month}"), control, total);
        if text_of(xml, "NbOfTxs").and_then(|count| count.parse().ok()) != Some(paid.len()) {
            self.fault(format!("{month}: the file of payments does not hold as many as it says"));
        }
        total
    }
}

/// Takes one of so many away.
fn take(untold: &mut BTreeMap<Line, usize>, line: Line) -> bool {
    let Some(count) = untold.get_mut(&line).filter(|count| **count > 0) else { return false };
    *count -= 1;
    true
}

/// The text of the first element of a name.
fn text_of<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let after = xml.split(&format!("<{name}")).nth(1)?;
    after.split_once('>')?.1.split('<').next()
}

/// Euros as cents.
fn cents_of(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.')?;
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    Some(whole.parse::<i64>().ok()? * 100 + sign * part.parse::<i64>().ok()?)
}

/// Payees by what statements call them.
pub fn by_name(plan: &Plan) -> BTreeMap<String, Payee> {
    plan.payees().into_iter().map(|payee| (payee.name(), payee)).collect()
}

/// What is left over from a run.
pub fn folder(process: u32) -> PathBuf {
    std::env::temp_dir().join(format!("dmp-campaign-remuneration-{process}"))
}
