//! `dmp reports`: accesses that people do not recognise, for the operator or the data-protection officer to look at and answer.

use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::PersonName;
use dmp_core::record::{AccessReport, ReportFinding, ReportState};
use dmp_service::{Error, Service};
use dmp_store::Sealing;

use crate::commands::{Finding, ReportAnswerOptions, ReportTakeOptions, StoreOptions};
use crate::{open, print};

/// Tells every report by number, the one due first before the others. No name is told.
///
/// # Errors
/// What went wrong, in words.
pub async fn list(options: StoreOptions) -> Result<(), String> {
    let reports = acts(&options).await?.reports().await.map_err(words)?;
    if options.json {
        let lines = reports.iter().map(|line| {
            serde_json::json!({
                "number": line.number, "state": state(line.state), "sent": line.sent_at.to_rfc3339(), "due": line.due.to_rfc3339()
            })
        });
        print::json(&lines.collect::<Vec<_>>());
        return Ok(());
    }
    let waiting = reports.iter().filter(|line| line.state != ReportState::Answered).count();
    print::line(&format!("{} reports, {waiting} without an answer", reports.len()));
    for line in &reports {
        print::line(&format!("  {}  {}  sent {}  due {}", line.number, state(line.state), day(line.sent_at), day(line.due)));
    }
    Ok(())
}

/// Takes a report up and shows it. The act and its leaf name who asks.
///
/// # Errors
/// What went wrong, in words.
pub async fn take(options: ReportTakeOptions) -> Result<(), String> {
    let report = acts(&options.store).await?.take_report(&options.number, &operator(&options.by)).await.map_err(words)?;
    show(&report, options.store.json);
    Ok(())
}

/// Answers a report. The person is told that there is an answer.
///
/// # Errors
/// What went wrong, in words.
pub async fn answer(options: ReportAnswerOptions) -> Result<(), String> {
    let finding = match options.finding {
        Finding::Lawful => ReportFinding::Lawful,
        Finding::Unlawful => ReportFinding::Unlawful,
        Finding::Unclear => ReportFinding::Unclear,
    };
    if options.words.trim().is_empty() {
        return Err("an answer needs words for the person: --words TEXT".to_owned());
    }
    let acts = acts(&options.store).await?;
    let report = acts.answer_report(&options.number, finding, &options.words, &operator(&options.by)).await.map_err(words)?;
    show(&report, options.store.json);
    Ok(())
}

async fn acts(options: &StoreOptions) -> Result<Service, String> {
    let store = open::existing(options, Sealing::On).await?;
    Ok(open::service(&store, open::config(options)?))
}

fn operator(name: &str) -> Caller {
    let name = name.trim();
    let software = Some(format!("dmp reports {}", env!("CARGO_PKG_VERSION")));
    let named = (!name.is_empty()).then(|| PersonName::new("", name));
    Caller { name: named, software, ..Caller::bare("system:operator".to_owned(), CallerKind::Operator) }
}

fn words(error: Error) -> String {
    let code = error.code();
    dmp_core::catalogue::message(code).map_or_else(|| error.to_string(), |line| format!("{code}: {}", line.en))
}

fn state(state: ReportState) -> &'static str {
    match state {
        ReportState::Sent => "sent",
        ReportState::Taken => "taken",
        ReportState::Answered => "answered",
    }
}

fn day(at: dmp_core::Moment) -> String {
    at.to_rfc3339().chars().take(10).collect()
}

fn show(report: &AccessReport, json: bool) {
    if json {
        print::json(&serde_json::json!({
            "number": report.number, "state": state(report.state()), "sent": report.sent_at.to_rfc3339(), "due": report.due().to_rfc3339(),
            "account": report.account, "name": report.name, "profession": report.profession, "structure": report.structure,
            "words": report.words, "finding": report.answer.as_ref().map(|answer| answer.finding.code()),
        }));
        return;
    }
    print::line(&format!("{}  {}  due {}", report.number, state(report.state()), day(report.due())));
    let place = report.structure.as_deref().unwrap_or("no structure named");
    print::line(&format!("  about {} ({}), {place}", report.name, report.account));
    print::line(&format!("  the person wrote: {}", report.words.as_deref().unwrap_or("nothing")));
    if let Some(answer) = &report.answer {
        print::line(&format!("  answered {} by {}: {}", answer.finding.code(), answer.by, answer.words));
    }
}
