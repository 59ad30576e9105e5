//! `dmp bench`: measures this program over HTTP, beside a bare server that answers the same bytes after making one
//! 300-byte append durable through the same kind of group commit, and the disk's own rate of syncs, in the same run.

mod control;
mod heavy;
mod load;
mod world;

use std::path::Path;

use serde::Serialize;

use crate::commands::BenchOptions;
use crate::print;
use load::{Figures, Load};
use world::World;

/// One figure, one JSON line.
#[derive(Debug, Serialize)]
struct Line<'a> {
    name: &'a str,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    cpu_ms_per_request: f64,
    requests: u64,
    clients: usize,
}

/// Runs every figure.
pub async fn run(options: BenchOptions) -> Result<(), String> {
    let dir = options.dir.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("dmp-bench-{}", std::process::id())));
    std::fs::create_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let measured = measure(&options, &dir).await;
    let removed = std::fs::remove_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()));
    measured.and(removed)
}

async fn measure(options: &BenchOptions, dir: &Path) -> Result<(), String> {
    print::json(&serde_json::json!({ "name": "fsync", "per_second": control::fsync_rate(dir, options.seconds)? }));
    let world = World::start(dir).await?;
    let load = Load { server: world.server.clone(), clients: options.clients, seconds: options.seconds };
    for (name, document_bytes) in [("publish-4k", 4_096), ("publish-30k", 30_000)].into_iter().filter(|(name, _)| options.wants(name)) {
        let before = world.commits();
        let figures = load.run(|client, number| world.publish(client, number, document_bytes)).await?;
        show(name, options, &figures);
        let commits = world.commits().saturating_sub(before).max(1);
        print::json(&serde_json::json!({ "name": format!("{name}-documents-per-commit"), "value": figures.requests as f64 / commits as f64 }));
    }
    for (name, path) in world.reads().into_iter().filter(|(name, _)| options.wants(name)) {
        let before = world.commits();
        let figures = load.run(|_, _| world.get(path.clone())).await?;
        show(&name, options, &figures);
        let commits = world.commits().saturating_sub(before).max(1);
        print::json(&serde_json::json!({ "name": format!("{name}-leaves-per-commit"), "value": figures.requests as f64 / commits as f64 }));
        let bytes = world.answer_size(&path).await?;
        let control = control::Control::start(&dir.join(format!("control-{name}")), bytes).await?;
        let beside = Load { server: control.server.clone(), ..load.clone() };
        let bare = beside.run(|_, _| control.get()).await?;
        show(&format!("{name}-control"), options, &bare);
        print::json(&serde_json::json!({ "name": format!("{name}-ratio"), "value": figures.per_second() / bare.per_second() }));
    }
    heavy::run(options, &world).await
}

fn show(name: &str, options: &BenchOptions, figures: &Figures) {
    print::json(&Line {
        name,
        per_second: figures.per_second(),
        p50_ms: figures.quantile_ms(0.50),
        p99_ms: figures.quantile_ms(0.99),
        cpu_ms_per_request: figures.cpu_ms_per_request(),
        requests: figures.requests,
        clients: options.clients,
    });
}
