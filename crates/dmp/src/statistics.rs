//! Counts what commits left, in the background of `dmp serve` and `dmp worker`.

use std::path::Path;
use std::time::{Duration, Instant};

use dmp_core::remuneration::Tariffs;
use dmp_core::statistics::Costs;
use dmp_service::Service;
use tokio::sync::watch;

/// How long the counter rests when nothing waits: what it counts is shown by the week.
const REST: Duration = Duration::from_secs(2);
/// How long after a failure of the store.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// How often old marks are looked for.
const SWEEP: Duration = Duration::from_secs(24 * 3_600);

/// The tariffs of a file; without one, 1 € to pharmacists since July 2018.
///
/// # Errors
/// What is wrong with the file, in words.
pub fn tariffs(file: Option<&Path>) -> Result<Tariffs, String> {
    let Some(file) = file else { return Ok(Tariffs::default()) };
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Tariffs::read(&text).map_err(|fault| format!("{}: {fault}", file.display()))
}

/// What the service costs, by a file.
///
/// # Errors
/// What is wrong with the file, in words.
pub fn costs(file: &Path) -> Result<Costs, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Costs::read(&text).map_err(|line| format!("{}: line {line} is not YYYY-MM-DD;CENTS;WHAT FOR", file.display()))
}

/// Counts until a stop is asked.
pub async fn run(acts: Service, tariffs: Tariffs, mut stop: watch::Receiver<bool>) {
    let mut swept: Option<Instant> = None;
    while !*stop.borrow() {
        let rest = match acts.settle_deeds(&tariffs).await {
            Ok(0) => {
                if swept.is_none_or(|at| at.elapsed() >= SWEEP) {
                    swept = Some(Instant::now());
                    sweep(&acts).await;
                }
                REST
            }
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(error.code = error.code(), "counting for statistics met a failure and goes on later");
                REST_AFTER_FAILURE
            }
        };
        let _ = tokio::time::timeout(rest, stop.changed()).await;
    }
}

/// What failed is tried again the next day.
async fn sweep(acts: &Service) {
    match acts.sweep_marks().await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "marks of statistics that are not needed any more were removed"),
        Err(error) => tracing::error!(error.code = error.code(), "old marks of statistics could not be removed"),
    }
}

/// Counts whatever waits.
///
/// # Errors
/// The first failure of the store, in words.
pub async fn run_once(acts: &Service, tariffs: &Tariffs) -> Result<(), String> {
    while acts.settle_deeds(tariffs).await.map_err(|error| error.to_string())? > 0 {}
    Ok(())
}
