//! Worlds by two, the same requests to both, and what differed.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ask::{Answer, Ask};
use crate::compare::{first_difference, next_page, plain};
use crate::draw::Draw;
use crate::generate::{self, Pool};
use crate::hidden::{Hidden, combinations};
use crate::world::{Whose, World};

/// A leak put in on purpose, to show that one is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The total of a search is counted before hidden documents are left out.
    TotalBeforeFilter,
    /// What exists and is hidden is answered 403 instead of 404.
    HiddenIsForbidden,
}

impl Broken {
    /// From its word on the command line.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "total-before-filter" => Some(Broken::TotalBeforeFilter),
            "hidden-is-forbidden" => Some(Broken::HiddenIsForbidden),
            _ => None,
        }
    }
}

/// How much to ask.
#[derive(Debug, Clone)]
pub struct Plan {
    pub pairs: u64,
    pub seed: u64,
    pub broken: Option<Broken>,
    /// Stop after so many differences.
    pub stop_after: u64,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub pairs: u64,
    pub differences: u64,
    /// Pairs whose request named something hidden.
    pub touching: u64,
    /// The first differences in full.
    pub shown: Vec<String>,
    /// Number of the pair that showed the first difference.
    pub first_at: Option<u64>,
    /// Answers by method and status, so that a run of refusals alone is seen for what it is.
    pub statuses: BTreeMap<String, u64>,
}

impl Report {
    /// Share of requests that named something hidden, in percent.
    pub fn touching_percent(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a share for people to read")]
        let share = self.touching as f64 * 100.0 / self.pairs.max(1) as f64;
        share
    }
}

/// Differences shown in full.
const SHOWN: usize = 12;
/// Requests to one pair of worlds before it is built anew: answers stay short, and changes of state pile up a little.
const REQUESTS: u64 = 90;
/// Pages followed at most.
const PAGES: usize = 8;

/// Runs a plan.
pub async fn run(plan: &Plan) -> Report {
    let mut report = Report::default();
    let mut draw = Draw::new(plan.seed);
    let combinations = combinations();
    let mut turn = draw.below(combinations.len());
    while report.pairs < plan.pairs && report.differences < plan.stop_after {
        let (things, callers) = &combinations[turn % combinations.len()];
        turn += 1;
        let (without, with) = (World::build(things, false, plan.seed).await, World::build(things, true, plan.seed).await);
        let mut pool = Pool::of(&without, &with).await;
        for _ in 0..REQUESTS.min(plan.pairs - report.pairs) {
            let ask = generate::ask(&mut draw, &mut pool, callers);
            let difference = exchange(&ask, &without, &with, plan.broken, &mut report.statuses).await;
            report.pairs += 1;
            report.touching += u64::from(ask.touches);
            if let Some(difference) = difference {
                report.differences += 1;
                report.first_at.get_or_insert(report.pairs);
                if report.shown.len() < SHOWN {
                    report.shown.push(told(things, &ask, &difference));
                }
                // The worlds may have drifted apart: begin again.
                break;
            }
        }
    }
    report
}

/// Sends one request to both worlds, pages and all. What differs, in words.
async fn exchange(ask: &Ask, without: &World, with: &World, broken: Option<Broken>, statuses: &mut BTreeMap<String, u64>) -> Option<String> {
    without.tick(1);
    with.tick(1);
    let mut paths = (ask.path.clone(), ask.path.clone());
    for page in 0..PAGES {
        let following =
            Ask { method: if page == 0 { ask.method } else { "GET" }, body: if page == 0 { ask.body.clone() } else { String::new() }, ..ask.clone() };
        let left = without.send(&following, &paths.0).await;
        let right = with.send(&following, &paths.1).await;
        let (left, right) = (spoiled(left, ask, without, broken), spoiled(right, ask, with, broken));
        *statuses.entry(format!("{} {} {}", following.method, pattern(&paths.0), left.status)).or_default() += 1;
        let (one, other) = (plain(&left, without, ask.who), plain(&right, with, ask.who));
        if one != other {
            return Some(words(&one, &other));
        }
        match (next_page(&left), next_page(&right)) {
            (Some(one), Some(other)) if ask.follow => paths = (one, other),
            _ => break,
        }
    }
    None
}

fn words(one: &Answer, other: &Answer) -> String {
    if one.status != other.status {
        return format!("  status: {} without, {} with\n{}", one.status, other.status, first_difference(&one.body, &other.body));
    }
    if one.headers != other.headers {
        return format!("  headers: {:?}\n      with {:?}", one.headers, other.headers);
    }
    format!("  body, status {}:\n{}", one.status, first_difference(&one.body, &other.body))
}

fn told(things: &[Hidden], ask: &Ask, difference: &str) -> String {
    let body: String = ask.body.chars().take(300).collect();
    format!("{things:?}, asked by {:?} ({:?}): {} {}\n  {:?} {body}\n{difference}", ask.who, ask.who.handle(), ask.method, ask.path, ask.headers)
}

/// A path without its ids, for counting.
fn pattern(path: &str) -> String {
    let bare = path.split('?').next().unwrap_or_default();
    bare.split('/').map(|part| if part.len() > 30 { "{id}" } else { part }).collect::<Vec<_>>().join("/")
}

/// The leak put in on purpose, when one is wanted: done to the answer, as a faulty layer of the server would.
fn spoiled(answer: Answer, ask: &Ask, world: &World, broken: Option<Broken>) -> Answer {
    match broken {
        None => answer,
        Some(Broken::TotalBeforeFilter) => {
            let Ok(mut bundle) = serde_json::from_slice::<Value>(&answer.body) else { return answer };
            let whose = Whose::ALL
                .into_iter()
                .find(|whose| ask.path.contains(world.ins(*whose).matricule()) || ask.body.contains(world.ins(*whose).matricule()));
            let (Some(total), Some(whose)) = (bundle["total"].as_u64(), whose) else { return answer };
            if !ask.path.starts_with("/fhir/DocumentReference") {
                return answer;
            }
            bundle["total"] = (total + world.hidden_count.get(&whose).copied().unwrap_or(0) as u64).into();
            Answer { body: bundle.to_string().into_bytes(), ..answer }
        }
        Some(Broken::HiddenIsForbidden) => {
            let is_hidden = answer.status == 404 && ask.touches && !world.hidden_count.is_empty();
            Answer { status: if is_hidden { 403 } else { answer.status }, ..answer }
        }
    }
}
