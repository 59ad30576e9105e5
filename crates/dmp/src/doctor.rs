//! `dmp doctor`: how a store is, and the configuration in force.

use dmp_store::Sealing;

use crate::commands::StoreOptions;
use crate::{open, print};

/// Counts and integrity.
pub async fn run(options: StoreOptions) -> Result<(), String> {
    let store = open::existing(&options, Sealing::On).await?;
    let counts = store.counts().await.map_err(|error| error.to_string())?;
    let faults = store.integrity().await.map_err(|error| error.to_string())?;
    let service = open::service(&store, open::config(&options)?);
    let config = service.config();
    let savings = service.savings().await.map_err(|error| error.to_string())?;
    let saved = |part: fn(&dmp_service::Saving) -> u64| savings.iter().map(|(_, saving)| part(saving)).sum::<u64>();
    let report = serde_json::json!({
        "mode": config.mode.as_str(),
        "regime": format!("{:?}", config.regime),
        "matrix": config.matrix.version,
        "document_size_max": config.document_size_max,
        "authorisation_days": config.authorisation_days,
        "records": counts.records,
        "entries": counts.entries,
        "leaves": counts.leaves,
        "exams_not_done_twice": saved(|one| one.exams),
        "saved_cents_low": saved(|one| one.low),
        "saved_cents": saved(|one| one.middle),
        "saved_cents_high": saved(|one| one.high),
        "faults": faults,
    });
    if options.json {
        print::json(&report);
    } else {
        report.as_object().into_iter().flatten().for_each(|(name, value)| print::line(&format!("{name:<20} {value}")));
    }
    if faults.is_empty() { Ok(()) } else { Err("the store is not sound".to_owned()) }
}
