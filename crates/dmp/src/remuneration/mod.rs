//! `dmp remuneration`: the ledger of openings by month. One person proposes to close a month and another closes it; a closed month has statements
//! and a file of payments, and every sum is reckoned twice.

mod balance;
mod pain;
mod totals;

use std::path::Path;
use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::remuneration::{Iban, KeptLine, statements};
use dmp_core::statistics::{Month, day_of, day_text, paris_day};
use dmp_paper::StatementSheet;
use dmp_service::{Clock, SystemClock};
use dmp_store::{LedgerMonth, OperatedStore, Sealing};

use crate::commands::{MonthOptions, PayOptions, RemunerationCommand, StatementOptions, StoreOptions};
use crate::{open, print};
use balance::payments;
use totals::{Totals, euros};

/// Runs one command.
///
/// # Errors
/// What is wrong, in words.
pub async fn run(command: RemunerationCommand) -> Result<(), String> {
    match command {
        RemunerationCommand::Months(options) => months(options).await,
        RemunerationCommand::Propose(options) => propose(options).await,
        RemunerationCommand::Confirm(options) => confirm(options).await,
        RemunerationCommand::Statement(options) => statement(options).await,
        RemunerationCommand::Pay(options) => pay(options).await,
    }
}

async fn months(options: StoreOptions) -> Result<(), String> {
    let store = open::existing(&options, Sealing::On).await?;
    for (month, stands) in store.ledger_months().await.map_err(words)? {
        let totals = Totals::of(&store.ledger(month).await.map_err(words)?);
        let state = match &stands {
            Some(LedgerMonth { closed: Some((by, _)), proposed_by, .. }) => format!("closed by {by}, proposed by {proposed_by}"),
            Some(LedgerMonth { proposed_by, .. }) => format!("proposed by {proposed_by}"),
            None => "open".to_owned(),
        };
        print::line(&format!("{month}: {} lines, {} EUR, {state}", totals.lines, euros(totals.cents)));
    }
    Ok(())
}

async fn propose(options: MonthOptions) -> Result<(), String> {
    let (store, month, by) = who_and_when(&options).await?;
    let now = SystemClock.now();
    if paris_day(now) <= month.last_day() {
        return Err(format!("{month} is not over"));
    }
    let all = store.ledger_months().await.map_err(words)?;
    let is_closed = |stands: &Option<LedgerMonth>| stands.as_ref().is_some_and(|stands| stands.closed.is_some());
    if let Some((open, _)) = all.iter().find(|(one, stands)| **one < month && !is_closed(stands)) {
        return Err(format!("{open} is still open: months are closed in their order"));
    }
    let totals = Totals::of(&store.ledger(month).await.map_err(words)?);
    let stands = LedgerMonth { lines: totals.lines, cents: totals.cents, digest: totals.digest, proposed_by: by, proposed_at: now, closed: None };
    if !store.put_ledger_month(month, &stands).await.map_err(words)? {
        return Err(format!("{month} is closed, or lines came to it meanwhile: look again"));
    }
    print::line(&format!(
        "{month} is proposed: {} lines, {} EUR. Somebody else closes it with `dmp remuneration confirm`",
        totals.lines,
        euros(totals.cents)
    ));
    Ok(())
}

async fn confirm(options: MonthOptions) -> Result<(), String> {
    let (store, month, by) = who_and_when(&options).await?;
    let all = store.ledger_months().await.map_err(words)?;
    let Some(Some(stands)) = all.get(&month) else { return Err(format!("nobody has proposed to close {month}")) };
    if stands.closed.is_some() {
        return Err(format!("{month} is closed already"));
    }
    if stands.proposed_by.to_lowercase() == by.to_lowercase() {
        return Err("whoever proposed a month does not close it: two people are needed".to_owned());
    }
    let totals = Totals::of(&store.ledger(month).await.map_err(words)?);
    if !totals.are_of(stands) {
        return Err(format!(
            "{month} has changed since it was proposed: {} lines, {} EUR. It has to be proposed again",
            totals.lines,
            euros(totals.cents)
        ));
    }
    let closed = LedgerMonth { closed: Some((by, SystemClock.now())), ..stands.clone() };
    if !store.put_ledger_month(month, &closed).await.map_err(words)? {
        return Err(format!("{month} has changed meanwhile: it has to be proposed again"));
    }
    print::line(&format!("{month} is closed: {} lines, {} EUR", totals.lines, euros(totals.cents)));
    Ok(())
}

async fn statement(options: StatementOptions) -> Result<(), String> {
    let store = open::existing(&options.store, Sealing::On).await?;
    let month = month_of(&options.month)?;
    let (lines, closed_at) = closed_lines(&store, month).await?;
    let totals = Totals::of(&lines);
    let all = statements(&lines);
    std::fs::create_dir_all(&options.out).map_err(|error| format!("{}: {error}", options.out.display()))?;
    let mut sheet = String::from("payee;name;openings;reversals;cents\n");
    let (mut count, mut cents) = (0_usize, 0_i64);
    for one in &all {
        let mut text = String::from("day;opened;receipt;cents\n");
        for line in &one.lines {
            text.push_str(&format!("{};{};{};{}\n", day_text(line.day), day_text(line.opened), cell(&line.receipt), line.cents));
        }
        text.push_str(&format!("total;;;{}\n", one.cents()));
        write(&options.out.join(format!("{}.csv", file_name(&one.payee))), text.as_bytes())?;
        let paper = dmp_paper::statement(&StatementSheet { statement: one, month, closed_at }).map_err(|error| format!("{}: {error}", one.payee))?;
        write(&options.out.join(format!("{}.pdf", file_name(&one.payee))), &paper)?;
        let openings = one.lines.len() - one.reversals();
        sheet.push_str(&format!("{};{};{openings};{};{}\n", cell(&one.payee), cell(&one.name), one.reversals(), one.cents()));
        count += one.lines.len();
        cents += one.cents();
    }
    sheet.push_str(&format!("total;;{};;{cents}\n", count));
    write(&options.out.join("totals.csv"), sheet.as_bytes())?;
    if u64::try_from(count).ok() != Some(totals.lines) || cents != totals.cents {
        return Err("the statements do not add up to the month: nothing of them is to be sent".to_owned());
    }
    print::line(&format!("{} statements, {count} lines, {} EUR", all.len(), euros(cents)));
    Ok(())
}

async fn pay(options: PayOptions) -> Result<(), String> {
    let store = open::existing(&options.store, Sealing::On).await?;
    let month = month_of(&options.month)?;
    let debtor_iban = Iban::parse(&options.debtor_iban).map_err(|_| "--debtor-iban is no IBAN")?;
    let on = day_of(&options.on).ok_or("--on is a day, such as 2019-01-15")?;
    let text = std::fs::read_to_string(&options.ibans).map_err(|error| format!("{}: {error}", options.ibans.display()))?;
    let accounts =
        balance::accounts(&text).map_err(|line| format!("{}: line {line} is not STRUCTURE;IBAN, each structure once", options.ibans.display()))?;
    let mut until = Vec::new();
    for (one, _) in store.ledger_months().await.map_err(words)?.into_iter().filter(|(one, _)| *one <= month) {
        until.push(closed_lines(&store, one).await?.0);
    }
    closed_lines(&store, month).await?;
    let paid = payments(&until);
    let missing: Vec<&str> = paid.iter().filter(|one| !accounts.contains_key(&one.payee)).map(|one| one.payee.as_str()).collect();
    if !missing.is_empty() {
        let first: Vec<&str> = missing.iter().copied().take(10).collect();
        return Err(format!("{} payees have no account in {}: {}", missing.len(), options.ibans.display(), first.join(", ")));
    }
    let orders: Vec<pain::Order<'_>> = paid
        .iter()
        .filter_map(|one| Some(pain::Order { payee: &one.payee, name: &one.name, iban: accounts.get(&one.payee)?, cents: one.cents }))
        .collect();
    let file = pain::Payments { month, on, created: SystemClock.now(), debtor: &options.debtor, iban: &debtor_iban, orders: &orders };
    let xml = file.to_xml();
    let (count, cents) = pain::control(&xml).ok_or("the file of payments does not add up to what it says: it was not written")?;
    if count != orders.len() || cents != paid.iter().map(|one| one.cents).sum::<i64>() {
        return Err("the file of payments is not the sum of the statements: it was not written".to_owned());
    }
    write(&options.out, xml.as_bytes())?;
    print::line(&format!("{count} payments, {} EUR", euros(cents)));
    Ok(())
}

async fn who_and_when(options: &MonthOptions) -> Result<(Arc<dyn OperatedStore>, Month, String), String> {
    let by = options.by.trim().to_owned();
    if by.is_empty() {
        return Err("--by says who acts".to_owned());
    }
    Ok((open::existing(&options.store, Sealing::On).await?, month_of(&options.month)?, by))
}

/// Lines of a month that is closed, as they were when it was, and when that was.
async fn closed_lines(store: &Arc<dyn OperatedStore>, month: Month) -> Result<(Vec<KeptLine>, Moment), String> {
    let all = store.ledger_months().await.map_err(words)?;
    let found = all.get(&month).and_then(Option::as_ref).and_then(|stands| Some((stands, stands.closed.as_ref()?.1)));
    let Some((stands, closed_at)) = found else { return Err(format!("{month} is not closed")) };
    let lines = store.ledger(month).await.map_err(words)?;
    if !Totals::of(&lines).are_of(stands) {
        return Err(format!("the lines of {month} are not those that were closed: nothing is to be paid"));
    }
    Ok((lines, closed_at))
}

fn month_of(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "--month is a month, such as 2018-12".to_owned())
}

fn words(error: dmp_store::StoreError) -> String {
    error.to_string()
}

/// A cell of a file that a spreadsheet opens: no separator, no formula.
fn cell(text: &str) -> String {
    let clean: String = text.chars().map(|letter| if letter == ';' || letter.is_control() { ' ' } else { letter }).collect();
    if clean.starts_with(['=', '+', '-', '@']) { format!("'{clean}") } else { clean }
}

/// A payee as the name of a file.
fn file_name(payee: &str) -> String {
    payee.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let opened = options.write(true).create(true).truncate(true).mode(0o600).open(path);
    opened.and_then(|mut file| file.write_all(bytes)).map_err(|error| format!("{}: {error}", path.display()))
}
