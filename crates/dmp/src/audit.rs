//! `dmp audit verify`: recomputes every chain of the journal.

use dmp_store::Sealing;

use crate::commands::StoreOptions;
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
