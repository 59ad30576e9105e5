//! The table of figures and their targets.

use std::fmt;

/// What is run together, by one command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Law,
    LawModel,
    LawHttp,
    Kill,
    Power,
    Canaries,
    Twin,
    TwinTiming,
    ExpectedCda,
    ExpectedFhir,
    Life,
    FirstScreen,
    Bench,
    Start,
    Openings,
    TwinFacts,
    Facts,
    Redundancy,
    WrittenCda,
    SummaryClients,
    PersonTests,
    PersonSite,
    HospitalFeed,
    PersonBudgets,
    ProTests,
    ProSite,
    Deployment,
    Statistics,
    Remuneration,
}

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    AtMost(f64),
    AtLeast(f64),
}

impl Target {
    pub fn is_met(self, value: f64) -> bool {
        match self {
            Target::AtMost(bound) => value <= bound,
            Target::AtLeast(bound) => value >= bound,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::AtMost(bound) if *bound == 0.0 => write!(out, "0"),
            Target::AtMost(bound) => write!(out, "<={}", number(*bound)),
            Target::AtLeast(bound) => write!(out, ">={}", number(*bound)),
        }
    }
}

/// A figure.
#[derive(Debug)]
pub struct Figure {
    pub name: &'static str,
    pub group: Group,
    pub target: Target,
    pub unit: &'static str,
}

const fn most(name: &'static str, group: Group, bound: f64, unit: &'static str) -> Figure {
    Figure { name, group, target: Target::AtMost(bound), unit }
}

const fn least(name: &'static str, group: Group, bound: f64, unit: &'static str) -> Figure {
    Figure { name, group, target: Target::AtLeast(bound), unit }
}

/// Every figure.
#[rustfmt::skip]
pub const FIGURES: [Figure; 89] = [
    most("law-sentences", Group::Law, 0.0, "sentences that the rules contradict"),
    most("law-model", Group::LawModel, 0.0, "questions that the rules and the reference model answer differently, rules and pairs not seen"),
    most("law-http", Group::LawHttp, 0.0, "answers over HTTP that the reference model gives otherwise, and in the whole run acts never done"),
    most("kill-9", Group::Kill, 0.0, "violations after the end of the process"),
    most("power-loss", Group::Power, 0.0, "violations after the end of the power"),
    most("canaries", Group::Canaries, 0.0, "words found on the disk"),
    most("twin-worlds", Group::Twin, 0.0, "answers that tell two worlds apart"),
    most("twin-timing", Group::TwinTiming, 0.0, "kinds of request whose times are not shown to be alike within 3 %"),
    most("expected-cda", Group::ExpectedCda, 0.0, "tests that fail"),
    most("expected-fhir", Group::ExpectedFhir, 0.0, "tests that fail"),
    most("life", Group::Life, 0.0, "tests that fail"),
    most("first-screen", Group::FirstScreen, 0.0, "tests that fail: what must be known on the first screen, each line with its proof"),
    most("publish-4k", Group::Bench, 1.5, "ms of CPU a request"),
    most("publish-30k", Group::Bench, 3.0, "ms of CPU a request"),
    most("td02", Group::Bench, 0.5, "ms of CPU a request"),
    most("read", Group::Bench, 0.5, "ms of CPU a request"),
    most("list-50", Group::Bench, 1.0, "ms of CPU a request"),
    least("read-ratio", Group::Bench, 0.5, "of the rate of a bare server"),
    least("list-50-ratio", Group::Bench, 0.5, "of the rate of a bare server"),
    most("summary-2000", Group::Bench, 50.0, "ms, p95 at 50 a second, record of 2,000 documents"),
    most("search-2000", Group::Bench, 150.0, "ms, p95 at 10 a second, record of 2,000 documents"),
    most("first-page-10000", Group::Bench, 100.0, "ms, p95 at 10 a second, record of 10,000 documents"),
    most("publish-10000", Group::Bench, 60.0, "ms, p95 at 10 a second, record of 10,000 documents"),
    most("openings-seconds", Group::Openings, 900.0, "s for 200,000 openings with 40 lines each"),
    most("openings-peak", Group::Openings, 500.0, "MiB at most in that process"),
    most("openings-bytes", Group::Openings, 65_536.0, "bytes of the store a record"),
    most("openings-different", Group::Openings, 0.0, "records that do not say what the insurer's lines say, after an end in the middle too"),
    most("openings-strangers", Group::Openings, 0.0, "record stores changed by lines of people without a record"),
    most("twin-facts", Group::TwinFacts, 0.0, "answers made of documents that tell two worlds apart"),
    most("facts", Group::Facts, 0.0, "tests that fail: precision 98 %, recall 95 %, allergies and medicines 100 %"),
    most("redundancy", Group::Redundancy, 0.0, "tests that fail: recall and precision 0.98 on 300 cases"),
    most("written-cda", Group::WrittenCda, 0.0, "tests that fail: VSM, IPS-FR and REMB against the schema of CDA and our own gate"),
    most("summary-clients", Group::SummaryClients, 0.0, "tests that fail: our IPS read and validated by libraries of others, the VSM drafted and signed"),
    most("opening-attack", Group::PersonTests, 0.0, "records opened, or shown to exist, by who knows 1,000 cards whole and no mailbox"),
    most("code-guesses", Group::PersonTests, 5.0, "of 1,000 guesses at once of a creation code that are compared"),
    most("signin-guesses", Group::PersonTests, 5.0, "of 1,000 guesses at once of a one-time code that are compared"),
    most("share-guesses", Group::PersonTests, 5.0, "of 1,000 guesses at once of a link's code that are compared"),
    most("share-client", Group::PersonTests, 0.0, "differences that a SMART Health Link client of others finds"),
    most("smart-client", Group::PersonTests, 0.0, "failures of a SMART client of others: launched, reads, is revoked"),
    most("reimport-differences", Group::PersonTests, 0.0, "records whose copy gives another one"),
    most("reimport-drawn-differences", Group::PersonTests, 0.0, "records drawn at random whose copy gives another one"),
    most("download-memory", Group::PersonTests, 96.0, "MiB more in the server while a copy of 120 MB is downloaded"),
    most("preview-differences", Group::PersonTests, 0.0, "answers of a preview that the decision gives otherwise"),
    most("audit-sentences-missing", Group::PersonTests, 0.0, "events of the journal without a French or an English sentence"),
    most("words-per-sentence", Group::PersonTests, 15.0, "words a sentence on key pages"),
    most("smart-ehr-client", Group::ProTests, 0.0, "failures of a SMART client of others that a professional launches"),
    most("cds-client", Group::ProTests, 0.0, "failures of a CDS Hooks client of others"),
    most("embedding", Group::ProTests, 0.0, "failures of the summary in a page of another origin"),
    most("journeys-missing", Group::PersonSite, 0.0, "journeys whose page is not there"),
    most("journeys-failed", Group::PersonSite, 0.0, "journeys of the person's site, with and without scripts, on a laptop and a phone"),
    most("keyboard-failed", Group::PersonSite, 0.0, "journeys by keyboard alone"),
    most("activations-most", Group::PersonSite, 3.0, "activations to any item or action"),
    most("axe-findings", Group::PersonSite, 0.0, "findings of axe and of our own questions on every page and state"),
    most("axe-missing", Group::PersonSite, 0.0, "states that could not be looked at"),
    most("first-visit-kb", Group::PersonBudgets, 60.0, "KB of a first visit"),
    most("first-visit-requests", Group::PersonBudgets, 6.0, "requests of a first visit"),
    most("css-kb", Group::PersonBudgets, 14.0, "KB of style sheet"),
    most("js-kb", Group::PersonBudgets, 20.0, "KB of scripts"),
    most("lcp-over-empty", Group::PersonBudgets, 0.2, "s that the largest paint comes after that of an empty page"),
    most("rgaa-nc", Group::PersonSite, 0.0, "criteria of the RGAA not met"),
    most("rgaa-not-tried", Group::PersonSite, 0.0, "criteria of the RGAA that nobody has tried"),
    most("pro-journeys-failed", Group::ProSite, 0.0, "journeys of the professional's site, with and without scripts, on a laptop and a phone"),
    most("pro-keyboard-failed", Group::ProSite, 0.0, "journeys of the professional's site by keyboard alone"),
    most("pro-activations-most", Group::ProSite, 3.0, "activations to any item or action on a patient"),
    most("pro-axe-findings", Group::ProSite, 0.0, "findings of axe, and pages that scroll sideways, on the way of these journeys"),
    most("questions-activations-most", Group::ProSite, 2.0, "activations to the answer of a question of a consultation"),
    most("questions-seconds-most", Group::ProSite, 5.0, "s to that answer"),
    least("list-activations-most", Group::ProSite, 3.0, "activations to the same answers by the list of documents alone, where it has them"),
    most("synthesis-overflow-px", Group::ProSite, 0.0, "px of a patient's first screen below the edge of a laptop"),
    most("pro-first-visit-kb", Group::ProSite, 90.0, "KB of a first visit of a professional to any page"),
    most("opening-wrong", Group::ProSite, 0.0, "channels that open before the day of the caisse, do not say caisse and day, or do not open after it"),
    most("letters-wrong", Group::ProSite, 0.0, "faults of an invitation on paper, from the list of two agents to the record that its code opens"),
    most("statistics-journeys-failed", Group::ProSite, 0.0, "journeys of anybody through the statistics, in French and English, with and without scripts, on a laptop and a phone"),
    most("statistics-keyboard-failed", Group::ProSite, 0.0, "the same by keyboard alone"),
    most("statistics-axe-findings", Group::ProSite, 0.0, "findings of axe, and pages that scroll sideways, on the way of these journeys"),
    most("statistics-unreadable", Group::ProSite, 0.0, "graphics without a finding, a table, a name or true marks, words that break, dead links, small counts that show"),
    most("statistics-kb", Group::ProSite, 100.0, "KB of a first visit to any page of statistics"),
    most("synthesis-2000", Group::ProTests, 1.0, "s to the first page of a patient with 2,000 documents"),
    most("opening-screens-most", Group::ProSite, 4.0, "screens of an opening with the person, after the card, through any channel"),
    most("opening-keys-most", Group::ProSite, 25.0, "key presses of the same"),
    most("statistics-different", Group::Statistics, 0.0, "numbers of tables, public files and records that are not what happened, after 50 ends of the process that counts"),
    most("remuneration-cents-different", Group::Remuneration, 0.0, "cents that ledger, statements and payments of 1,000,000 openings differ from what is due, or other faults, after ends of every process"),
    least("invitations-answers", Group::Deployment, 3.0, "answers to an invitation that are kept as they were given, after two agents agreed"),
    most("hospital-feed", Group::HospitalFeed, 0.0, "documents of 10,000 messages not once in their record, refusals without their reason, after ends of feeder and server"),
    most("start-empty", Group::Start, 20.0, "s to the first page, filling the town"),
    most("start-filled", Group::Start, 1.0, "s to the first page"),
    most("start-listening", Group::Start, 0.5, "s until a filled store listens"),
    most("idle-rss", Group::Start, 64.0, "MiB after 5 s idle, started on a filled store"),
    most("idle-rss-after-filling", Group::Start, 64.0, "MiB after 5 s idle, in the process that filled the town"),
];

/// A value with at most three decimals.
pub fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
