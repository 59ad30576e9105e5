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
    let program = build.program();
    let command = format!("{program} bench --seconds {seconds}");
    if let Err(why) = build.make() {
        return Measured::missing(&command, why);
    }
    let path = shell::root().join(program).display().to_string();
    let overrun: &[&str] = match heavy {
        Some(name) => &["--rate-times", "60", "--only", name],
        None => &[],
    };
    let arguments = [&["--log", "off", "bench", "--seconds", seconds], overrun].concat();
    if heavy == Some("publish-10000") {
        return overrun_publications(command, &path, &arguments);
    }
    let output = match shell::output(&path, &arguments) {
        Ok(output) => output,
        Err(why) => return Measured::missing(&command, why),
    };
    let mut measured = Measured { command, ..Measured::default() };
    for line in output.lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        let Some(name) = value["name"].as_str() else { continue };
        let figure = value["cpu_ms_per_request"].as_f64().or(value["value"].as_f64());
        measured.values.extend(figure.map(|figure| (name.to_owned(), figure)));
        measured.notes.push(line.to_owned());
    }
    measured
}

/// Publications that come so often are refused, for the record has changed meanwhile: they are never in time.
fn overrun_publications(command: String, program: &str, arguments: &[&str]) -> Measured {
    let output = match shell::program(program, arguments).output() {
        Ok(output) => output,
        Err(error) => return Measured::missing(&command, error.to_string()),
    };
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let line = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find(|line| line["name"] == "publish-10000");
    let value = if wrong.contains("409 Conflict") { Some(f64::INFINITY) } else { line.and_then(|line| line["value"].as_f64()) };
    let Some(value) = value else { return Measured::missing(&command, wrong.trim().to_owned()) };
    Measured { command, values: [("publish-10000".to_owned(), value)].into(), ..Measured::default() }
}
