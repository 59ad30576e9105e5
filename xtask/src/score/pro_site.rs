//! Figures of the professional's site that are counted in a browser, against fresh demonstrations of the built program.

use super::browser::{Run, Site, SiteControl};
use super::suite::Control;
use super::{Build, Measured};

/// Journeys with axe, those of the counter among them; the questions of a consultation; the first screen and what pages weigh; openings with the person;
/// an invitation on paper; anybody's journeys through the statistics, and whether these can be read.
const SITE: [Run; 7] = [("journeys.mjs", &[]), QUESTIONS, SCREEN, OPENING, LETTERS, (STATISTICS, &[]), FIGURES];
const LETTERS: Run = ("../counter/letters.mjs", &[]);
const STATISTICS: &str = "../statistics/journeys.mjs";
const FIGURES: Run = ("../statistics/figures.mjs", &[]);
const OPENING: Run = ("../counter/opening.mjs", &[]);
const QUESTIONS: Run = ("questions.mjs", &[]);
const SCREEN: Run = ("screen.mjs", &[]);

/// The control of each figure: what is run, and what is spoiled.
const CONTROLS: [SiteControl; 18] = [
    // The day of the caisse is past when its openings are expected to be refused.
    ("opening-wrong", OPENING, Control { file: "scenarios/counter/opening.mjs", from: "= [3, 40];", to: "= [-2, -1];" }),
    ("letters-wrong", LETTERS, Control { file: "crates/dmp-pages/templates/code_letter.html", from: "{{ self.invitation().letter_paper }}", to: "" }),
    (
        "statistics-journeys-failed",
        (STATISTICS, &["--only", "shares-fr", "--width", "1366", "--no-js"]),
        Control {
            file: "crates/dmp-server/src/statistics_site.rs",
            from: ".route(\"/statistiques/canaux\"",
            to: ".route(\"/statistiques/canaux-gone\"",
        },
    ),
    (
        "statistics-keyboard-failed",
        (STATISTICS, &["--keyboard", "--only", "quality-fr"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: ":focus-visible { outline: 3px solid", to: ":focus-visible { outline: 0 solid" },
    ),
    (
        "statistics-axe-findings",
        (STATISTICS, &["--only", "quality-fr", "--width", "1366"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: "--quiet: #4a5a55", to: "--quiet: #c4c9c7" },
    ),
    (
        "statistics-unreadable",
        FIGURES,
        // Each graphic is called as its page is.
        Control { file: "crates/dmp-pages/templates/statistics_page.html", from: "{{ figure.says }}", to: "{{ title }}" },
    ),
    ("statistics-kb", FIGURES, Control { file: "scenarios/statistics/figures.mjs", from: "const KB = 1_024;", to: "const KB = 64;" }),
    ("opening-screens-most", OPENING, Control { file: "scenarios/counter/opening.mjs", from: "let screens = 2;", to: "let screens = 4;" }),
    ("opening-keys-most", OPENING, Control { file: "scenarios/counter/opening.mjs", from: "count.keys += 1;", to: "count.keys += 20;" }),
    (
        "pro-journeys-failed",
        ("journeys.mjs", &["--only", "imaging", "--width", "1366", "--no-js"]),
        Control {
            file: "crates/dmp-server/src/routes.rs",
            from: ".route(\"/pro/patients/{pid}/imaging\"",
            to: ".route(\"/pro/patients/{pid}/imaging-gone\"",
        },
    ),
    (
        "pro-keyboard-failed",
        ("journeys.mjs", &["--keyboard", "--only", "mine"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: ":focus-visible { outline: 3px solid", to: ":focus-visible { outline: 0 solid" },
    ),
    (
        "pro-activations-most",
        ("journeys.mjs", &["--only", "documents-filters", "--width", "1366", "--no-js"]),
        // Each press is told as three.
        Control { file: "scenarios/person/player.mjs", from: "activations += typeof", to: "activations += 2 + typeof" },
    ),
    (
        "pro-axe-findings",
        ("journeys.mjs", &["--only", "timeline", "--width", "1366"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: "--quiet: #4a5a55", to: "--quiet: #c4c9c7" },
    ),
    (
        "questions-activations-most",
        QUESTIONS,
        Control { file: "scenarios/pro/questions.mjs", from: "activations += 1;\n    await control", to: "activations += 3;\n    await control" },
    ),
    (
        "questions-seconds-most",
        QUESTIONS,
        // A reading pane that comes late.
        Control {
            file: "crates/dmp-server/src/pro_site/documents.rs",
            from: "let made = documents_page(&app, &signed_in, &pid, Some(&id), &query).await;",
            to: "tokio::time::sleep(std::time::Duration::from_secs(6)).await;\n    let made = documents_page(&app, &signed_in, &pid, Some(&id), &query).await;",
        },
    ),
    (
        "list-activations-most",
        QUESTIONS,
        Control { file: "scenarios/pro/questions.mjs", from: "const OPENED_MOST = 25", to: "const OPENED_MOST = 0" },
    ),
    (
        "synthesis-overflow-px",
        SCREEN,
        Control {
            file: "crates/dmp-pages/static/dmp.css",
            from: ".pro:has(.synth) main { padding: .375rem",
            to: ".pro:has(.synth) main { padding: 30rem",
        },
    ),
    (
        "pro-first-visit-kb",
        SCREEN,
        // Scripts with what does not compress behind them.
        Control {
            file: "crates/dmp-pages/src/lib.rs",
            from: "include_str!(\"../static/keys.js\")",
            to: "concat!(include_str!(\"../static/keys.js\"), \"/*\", include_str!(\"../../../Cargo.lock\"), include_str!(\"../../../docs/rules.md\"), include_str!(\"../../../docs/deviations.md\"), include_str!(\"../../../ARCHITECTURE.md\"), \"*/\")",
        },
    ),
];

const PRO: Site = Site { folder: "pro", controls: &CONTROLS };

/// All of them. `broken` names the figure whose control is run.
pub fn site(build: Build, broken: Option<&str>) -> Measured {
    PRO.measured(&SITE, build, broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_control_finds_what_it_spoils() {
        crate::score::browser::tests::find_what_they_spoil(&CONTROLS);
    }
}
