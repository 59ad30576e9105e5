//! Keeps a figure in `docs/scores/<name>.json`.

use serde_json::json;

use super::figures::Figure;
use super::{Build, Measured, Scale, Size};
use crate::shell;

/// Writes what was measured, or that it was not reached. A small run never replaces a full one; a debug build is never kept.
pub fn write(one: &Figure, measured: &Measured, verdict: &str, scale: Scale, seconds: u64) -> Result<(), String> {
    if scale.build == Build::Debug {
        return Ok(());
    }
    let size = scale.size;
    let folder = shell::root().join("docs/scores");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let path = folder.join(format!("{}.json", one.name));
    if size == Size::Small && is_full(&path) {
        return Ok(());
    }
    let commit = shell::output("git", &["rev-parse", "HEAD"]).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let kept = json!({
        "name": one.name,
        "value": measured.values.get(one.name),
        "unit": one.unit,
        "target": one.target.to_string(),
        "verdict": verdict,
        "small": size == Size::Small,
        "command": measured.command,
        "seed": measured.seed,
        "commit": commit.trim(),
        "seconds": seconds,
        "machine": { "cores": cores },
        "notes": measured.notes,
        "missing": measured.missing,
    });
    let text = serde_json::to_string_pretty(&kept).map_err(|error| error.to_string())?;
    std::fs::write(&path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
}

fn is_full(path: &std::path::Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|kept| kept["small"] == false && !kept["value"].is_null())
}
