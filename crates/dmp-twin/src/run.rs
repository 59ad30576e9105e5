//! Worlds by two, the same requests to both, and what differed.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::ask::{Answer, Ask};
use crate::compare::{first_difference, next_page, plain};
use crate::draw::Draw;
use crate::generate::{self, Pool, Scope};
use crate::hidden::{Hidden, combinations};
use crate::place::Place;
use crate::world::{Whose, World};

/// A leak put in on purpose, to show that one is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The total of a search is counted before hidden documents are left out.
    TotalBeforeFilter,
    /// What exists and is hidden is answered 403 instead of 404.
    HiddenIsForbidden,
    /// What is made of documents ends with how many there are.
    MadeOfEverything,
}

/// How much to ask.
#[derive(Debug, Clone)]
pub struct Plan {
    pub pairs: u64,
    pub seed: u64,
    pub broken: Option<Broken>,
    /// Stop after so many differences.
    pub stop_after: u64,
    pub scope: Scope,
    pub place: Place,
    /// Pairs of worlds asked at once. The requests are the same whatever the number.
    pub jobs: usize,
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
    /// Pairs by who asked.
    pub callers: BTreeMap<String, u64>,
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

    fn take(&mut self, part: Report) {
        self.pairs += part.pairs;
        self.differences += part.differences;
        self.touching += part.touching;
        let room = SHOWN.saturating_sub(self.shown.len());
        self.shown.extend(part.shown.into_iter().take(room));
        self.first_at = [self.first_at, part.first_at].into_iter().flatten().min();
        for (mine, theirs) in [(&mut self.statuses, part.statuses), (&mut self.callers, part.callers)] {
            theirs.into_iter().for_each(|(what, count)| *mine.entry(what).or_default() += count);
        }
    }
}

/// Differences shown in full.
const SHOWN: usize = 12;
/// Requests to one pair of worlds before it is built anew: answers stay short, and changes of state pile up a little.
const REQUESTS: u64 = 90;
/// Pages followed at most.
const PAGES: usize = 8;

/// Pages remembered for later requests.
const PAGES_KEPT: usize = 12;

/// Runs a plan: a share of [`REQUESTS`] pairs is drawn from the seed and its own number, so that several at once ask the same as one.
pub fn run(plan: &Plan) -> Report {
    let shares = AtomicU64::new(0);
    let report = Mutex::new(Report::default());
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        loop {
            let share = shares.fetch_add(1, Ordering::Relaxed);
            let first = share * REQUESTS;
            if first >= plan.pairs || report.lock().unwrap().differences >= plan.stop_after {
                return;
            }
            let part = runtime.block_on(one_share(plan, share, REQUESTS.min(plan.pairs - first)));
            report.lock().unwrap().take(part);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..plan.jobs.max(1) {
            scope.spawn(work);
        }
    });
    report.into_inner().unwrap()
}

async fn one_share(plan: &Plan, share: u64, pairs: u64) -> Report {
    let mut report = Report::default();
    let mut draw = Draw::new(plan.seed.wrapping_mul(1_000_003).wrapping_add(share));
    let combinations = combinations();
    let turn = plan.seed.wrapping_add(share) % combinations.len() as u64;
    let (things, callers) = &combinations[usize::try_from(turn).unwrap()];
    while report.pairs < pairs && report.differences < plan.stop_after {
        let without = World::build(&plan.place, things, false, plan.seed).await;
        let with = World::build(&plan.place, things, true, plan.seed).await;
        let mut pool = Pool::of(&without, &with).await;
        while report.pairs < pairs {
            let ask = generate::ask(&mut draw, &mut pool, callers, plan.scope);
            let exchanged = exchange(&ask, &without, &with, plan.broken, &mut report.statuses).await;
            report.pairs += 1;
            report.touching += u64::from(ask.touches);
            *report.callers.entry(format!("{:?}", ask.who)).or_default() += 1;
            match exchanged {
                Ok(pages) => {
                    pool.pages.extend(pages.into_iter().map(|(one, other)| (ask.who, one, other)));
                    let over = pool.pages.len().saturating_sub(PAGES_KEPT);
                    pool.pages.drain(..over);
                }
                Err(difference) => {
                    report.differences += 1;
                    report.first_at.get_or_insert(share * REQUESTS + report.pairs);
                    report.shown.push(told(things, &ask, &difference));
                    // The worlds may have drifted apart: begin again.
                    break;
                }
            }
        }
    }
    report
}

/// Sends one request to both worlds, pages and all. The addresses of next pages, or what differed in words.
async fn exchange(
    ask: &Ask,
    without: &World,
    with: &World,
    broken: Option<Broken>,
    statuses: &mut BTreeMap<String, u64>,
) -> Result<Vec<(String, String)>, String> {
    without.tick(1);
    with.tick(1);
    let mut paths = (ask.path.clone(), ask.other_path.clone().unwrap_or_else(|| ask.path.clone()));
    let mut pages = Vec::new();
    for page in 0..PAGES {
        let following =
            Ask { method: if page == 0 { ask.method } else { "GET" }, body: if page == 0 { ask.body.clone() } else { String::new() }, ..ask.clone() };
        let left = without.send(&following, &paths.0).await;
        let right = with.send(&following, &paths.1).await;
        let (left, right) = (spoiled(left, ask, without, broken), spoiled(right, ask, with, broken));
        *statuses.entry(format!("{} {} {}", following.method, pattern(&paths.0), left.status)).or_default() += 1;
        let (one, other) = (plain(&left), plain(&right));
        if one != other {
            return Err(words(&one, &other));
        }
        let (Some(one), Some(other)) = (next_page(&left), next_page(&right)) else { break };
        pages.push((one.clone(), other.clone()));
        if !ask.follow {
            break;
        }
        paths = (one, other);
    }
    Ok(pages)
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
        Some(Broken::MadeOfEverything) => {
            let is_made = answer.status == 200 && ["summary", "results", "search", "find", "order"].iter().any(|word| ask.path.contains(word));
            let hidden: usize = if is_made { world.hidden_count.values().sum() } else { 0 };
            Answer { body: [answer.body, vec![b' '; hidden]].concat(), ..answer }
        }
        Some(Broken::HiddenIsForbidden) => {
            let is_hidden = answer.status == 404 && ask.touches && !world.hidden_count.is_empty();
            Answer { status: if is_hidden { 403 } else { answer.status }, ..answer }
        }
    }
}
