//! Figures of `dmp bench`. Their control is a build without optimisation; of heavy records, sixty times as many requests.

use serde_json::Value;

use super::{Build, Measured, Scale, Size};
use crate::shell;

/// Figures of an open loop.
const OVERRUN: [&str; 4] = ["summary-2000", "search-2000", "first-page-10000", "publish-10000"];

/// Runs the bench once for all its figures.
pub fn run(scale: Scale, broken: Option<&str>) -> Measured {
    let heavy = broken.filter(|name| OVERRUN.contains(name));
    let seconds = if scale.size == Size::Small || heavy.is_some() { "1" } else { "5" };
    let build = if broken.is_some() && heavy.is_none() { Build::Debug } else { scale.build };
    let overrun: &[&str] = match heavy {
        Some(name) => &["--rate-times", "60", "--only", name],
        None => &[],
    };
    let arguments = [&["--log", "off", "bench", "--seconds", seconds], overrun].concat();
    let command = format!("{} {}", build.program(), arguments.join(" "));
    if let Err(why) = build.make() {
        return Measured::missing(&command, why);
    }
    let path = shell::root().join(build.program()).display().to_string();
    let output = match shell::program(&path, &arguments).output() {
        Ok(output) => output,
        Err(error) => return Measured::missing(&command, error.to_string()),
    };
    let wrong = String::from_utf8_lossy(&output.stderr);
    // Publications that come so often are refused, for the record has changed meanwhile: they are never in time.
    if heavy == Some("publish-10000") && wrong.contains("409 Conflict") {
        return Measured { command, values: [("publish-10000".to_owned(), f64::INFINITY)].into(), ..Measured::default() };
    }
    if !output.status.success() {
        return Measured::missing(&command, wrong.trim());
    }
    let mut measured = Measured { command, ..Measured::default() };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        let Some(name) = value["name"].as_str() else { continue };
        let figure = value["cpu_ms_per_request"].as_f64().or(value["value"].as_f64());
        measured.values.extend(figure.map(|figure| (name.to_owned(), figure)));
        measured.notes.push(line.to_owned());
    }
    measured
}
