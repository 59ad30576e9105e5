//! `dmp audit`: recomputes every chain of the journal; writes what an independent count needs.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use dmp_core::RecordKey;
use dmp_core::document::AvailabilityStatus;
use dmp_core::record::{Record, RecordStatus};
use dmp_core::statistics::{act_days, day_text};
use dmp_service::Service;
use dmp_store::{OperatedStore, Sealing};

use crate::commands::{AuditExport, StoreOptions};
use crate::{open, print};

/// Verifies, with progress. A broken chain is a failure of the command.
pub async fn verify(options: StoreOptions) -> Result<(), String> {
    let store = open::existing(&options, Sealing::On).await?;
    let bar = indicatif::ProgressBar::new_spinner();
    let report = store.verify_chains(&mut |leaves| bar.set_message(format!("{leaves} leaves"))).await.map_err(|error| error.to_string())?;
    bar.finish_and_clear();
    let broken: Vec<String> = report.broken.iter().map(|one| format!("{one:?}")).collect();
    if options.json {
        print::json(&serde_json::json!({ "chains": report.chains, "leaves": report.leaves, "broken": broken }));
    } else {
        print::line(&format!("{} chains, {} leaves, {} broken", report.chains, report.leaves, broken.len()));
        broken.iter().for_each(|one| print::line(&format!("  {one}")));
    }
    if broken.is_empty() { Ok(()) } else { Err("the journal does not verify".to_owned()) }
}

/// Records read at once.
const PAGE: u32 = 1_000;

/// Writes one JSON object for each record whose content is there. Read from the records themselves and from no table of statistics.
pub async fn export(options: AuditExport) -> Result<(), String> {
    let store = open::existing(&options.store, Sealing::On).await?;
    let acts = open::service(&store, open::config(&options.store)?);
    let file = std::fs::File::create(&options.out).map_err(|error| format!("{}: {error}", options.out.display()))?;
    let mut out = std::io::BufWriter::new(file);
    let (mut after, mut lines) = (None, 0_u64);
    loop {
        let keys = store.records_after(after, PAGE).await.map_err(|error| error.to_string())?;
        let Some(last) = keys.last().copied() else { break };
        for key in keys {
            let Some(record) = store.load(key).await.map_err(|error| error.to_string())? else { continue };
            let mut told = line(&store, &record);
            if let (true, Some(told)) = (options.days, told.as_object_mut()) {
                told.extend(days(&acts, &record).await?);
            }
            writeln!(out, "{told}").map_err(|error| format!("{}: {error}", options.out.display()))?;
            lines += 1;
        }
        after = Some(last);
    }
    out.flush().map_err(|error| format!("{}: {error}", options.out.display()))?;
    print::line(&format!("{lines} records"));
    Ok(())
}

fn line(store: &Arc<dyn OperatedStore>, record: &Record) -> serde_json::Value {
    let (head, creation) = (&record.head, &record.head.creation);
    let current = |status: AvailabilityStatus| matches!(status, AvailabilityStatus::Approved(_) | AvailabilityStatus::Archived(_));
    let closed: Vec<String> = head.past_closures.iter().map(|closure| closure.at.to_rfc3339()).collect();
    let now_closed = if let RecordStatus::Closed(closure) = &head.status { Some(closure.at.to_rfc3339()) } else { None };
    serde_json::json!({
        "record": pseudonym(store, record.key),
        "opened_at": creation.at.to_rfc3339(),
        "channel": creation.channel.code(),
        "department": creation.department,
        "caisse": creation.caisse,
        "structure": creation.structure.as_ref().map(|structure| structure.id.as_str()),
        "closed_at": closed.into_iter().chain(now_closed).collect::<Vec<_>>(),
        "reopened_at": head.reactivated_at.iter().map(|at| at.to_rfc3339()).collect::<Vec<_>>(),
        "in_use": matches!(head.status, RecordStatus::Open | RecordStatus::Suspended(_)),
        "documents": record.entries.iter().filter(|entry| current(entry.status)).count(),
    })
}

/// Days of reimbursed consultations and of the acts that documents tell of.
async fn days(acts: &Service, record: &Record) -> Result<[(String, serde_json::Value); 2], String> {
    let consultations = acts.consultation_days(record).await.map_err(|error| error.to_string())?;
    let text = |days: BTreeSet<i32>| days.into_iter().map(day_text).collect::<Vec<_>>().into();
    Ok([("consultation_days".to_owned(), text(consultations)), ("act_days".to_owned(), text(act_days(record)))])
}

/// The same in every export of one store, and of no use anywhere else.
fn pseudonym(store: &Arc<dyn OperatedStore>, key: RecordKey) -> String {
    let word = store.derive(&format!("audit export {}", key.to_hex()));
    word.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
