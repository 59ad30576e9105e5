//! Figures of the person's site that are counted in a browser, against fresh demonstrations of the built program.

use super::browser::{Run, Site, SiteControl};
use super::suite::Control;
use super::{Build, Measured};

/// Journeys with and without scripts, axe, and the grid.
const SITE: [Run; 3] = [("journeys.mjs", &[]), ("axe.mjs", &[]), ("rgaa.mjs", &[])];
const BUDGETS: Run = ("budgets.mjs", &[]);

const MEASURES_GONE: Control = Control { file: "crates/dmp-server/src/routes.rs", from: ".route(\"/measures\"", to: ".route(\"/measures-gone\"" };
/// A style sheet with what does not compress behind it.
const HEAVY_STYLE: Control = Control {
    file: "crates/dmp-pages/src/lib.rs",
    from: "include_str!(\"../static/dmp.css\")",
    to: "concat!(include_str!(\"../static/dmp.css\"), include_str!(\"../../../Cargo.lock\"))",
};

/// The control of each figure: what is run, and what is spoiled.
const CONTROLS: [SiteControl; 13] = [
    (
        "journeys-failed",
        ("journeys.mjs", &["--only", "results-csv", "--width", "1366"]),
        Control { file: "crates/dmp-server/src/patient_site/reading.rs", from: "text/csv", to: "text/html" },
    ),
    ("journeys-missing", ("journeys.mjs", &["--only", "measures", "--width", "1366"]), MEASURES_GONE),
    (
        "keyboard-failed",
        ("journeys.mjs", &["--keyboard", "--only", "privacy"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: ":focus-visible { outline: 3px solid", to: ":focus-visible { outline: 0 solid" },
    ),
    (
        "activations-most",
        ("journeys.mjs", &["--only", "settings-sign-in|document-hide-and-show", "--width", "1366"]),
        // Each press is told as two.
        Control { file: "scenarios/person/player.mjs", from: "activations += typeof", to: "activations += 2 + typeof" },
    ),
    (
        "axe-findings",
        ("axe.mjs", &["--quick", "--only", "home"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: "--quiet: #4a5a55", to: "--quiet: #c4c9c7" },
    ),
    ("axe-missing", ("axe.mjs", &["--quick", "--only", "measures"]), MEASURES_GONE),
    ("rgaa-nc", ("rgaa.mjs", &[]), Control { file: "docs/accessibility/grid.md", from: "| C |", to: "| NC |" }),
    ("rgaa-not-tried", ("rgaa.mjs", &[]), Control { file: "docs/accessibility/grid.md", from: "| C |", to: "| not tried |" }),
    ("first-visit-kb", BUDGETS, HEAVY_STYLE),
    ("css-kb", BUDGETS, HEAVY_STYLE),
    (
        "js-kb",
        BUDGETS,
        Control {
            file: "crates/dmp-pages/src/lib.rs",
            from: "include_str!(\"../static/passkey.js\")",
            to: "concat!(include_str!(\"../static/passkey.js\"), \"/*\", include_str!(\"../../../Cargo.lock\"), \"*/\")",
        },
    ),
    (
        "first-visit-requests",
        BUDGETS,
        Control {
            file: "crates/dmp-pages/templates/layout.html",
            from: "<link rel=\"stylesheet\" href=\"/static/dmp.css\">",
            to: "<link rel=\"stylesheet\" href=\"/static/dmp.css\"><link rel=\"stylesheet\" href=\"/a\"><link rel=\"stylesheet\" href=\"/b\"><link rel=\"stylesheet\" href=\"/c\"><link rel=\"stylesheet\" href=\"/d\"><link rel=\"stylesheet\" href=\"/e\"><link rel=\"stylesheet\" href=\"/f\">",
        },
    ),
    (
        "lcp-over-empty",
        BUDGETS,
        // Half a second before the style sheet comes; the empty page has none.
        Control {
            file: "crates/dmp-server/src/site.rs",
            from: "pub(crate) async fn style() -> impl IntoResponse {",
            to: "pub(crate) async fn style() -> impl IntoResponse {\n    tokio::time::sleep(std::time::Duration::from_millis(500)).await;",
        },
    ),
];

const PERSON: Site = Site { folder: "person", controls: &CONTROLS };

/// Journeys, axe and the grid. `broken` names the figure whose control is run.
pub fn site(build: Build, broken: Option<&str>) -> Measured {
    PERSON.measured(&SITE, build, broken)
}

/// What a first visit weighs and how soon it shows.
pub fn budgets(build: Build, broken: Option<&str>) -> Measured {
    PERSON.measured(&[BUDGETS], build, broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_control_finds_what_it_spoils() {
        crate::score::browser::tests::find_what_they_spoil(&CONTROLS);
    }
}
