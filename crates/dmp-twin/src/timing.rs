//! Whether the time of an answer tells the two worlds apart: for each kind of request, the difference of the median times of both worlds,
//! relative to the median, with its 95 % interval. The kind passes when the whole interval lies within ±3 %.
//!
//! Noise, on a machine that does other work too, is met by what is settled here before any measure:
//! - One core (`taskset`, as `cargo xtask score` runs it): on several, whether the threads of a world share a core doubles or halves
//!   its times for as long as it lives.
//! - Interleaving: the two of a pair follow each other at once, which of them first is drawn; what slows the machine for a while slows both.
//! - Rounds: after [`ROUND`] pairs both worlds are thrown away and built anew, in an order that is drawn, so that neither the layout of one
//!   world's memory nor a journal grown long stands for all.
//! - Warming up: the first [`WARMING`] pairs of a round are not counted.
//! - Setting aside: a pair of which one took more than [`ASIDE`] times the lower quartile of its own world (a thread put aside, a checkpoint
//!   of the database) is not counted; how many were is told, and past [`ASIDE_MAX_PERCENT`] no kind passes as alike. Nothing else is left out, and
//!   nothing is measured again.
//! - The interval is a bootstrap over pairs (`statistics.rs`), so that it widens with the noise: a noisy run does not pass, it is unsure.
//!
//! The measure holds the whole application with its middleware, from the request in hand to the last byte of the body, and no socket.
//! The control plants a delay in a layer around the world with hidden things: it must be seen in every kind.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use http::Request;
use tower::ServiceExt;

use crate::draw::Draw;
use crate::generate::Pool;
use crate::kinds::{KINDS, Kind};
use crate::place::Place;
use crate::statistics::{Difference, difference, lower_quartile};
use crate::world::{World, answered};

/// A sabotage that must be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// The world with hidden things answers 200 µs later.
    Delay,
}

/// How much to measure.
#[derive(Debug, Clone)]
pub struct TimingPlan {
    /// Pairs of each kind.
    pub pairs: usize,
    pub seed: u64,
    pub sabotage: Option<Sabotage>,
    pub place: Place,
    /// Only kinds whose name holds this word.
    pub only: Option<String>,
}

/// What is known of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies within ±3 %.
    Alike,
    /// It lies outside, wholly: the time tells.
    Apart,
    /// Neither: more pairs, or a quieter machine.
    Unsure,
}

/// One kind, measured.
#[derive(Debug, Clone)]
pub struct TimingReport {
    pub kind: &'static str,
    /// Pairs counted.
    pub pairs: usize,
    /// Pairs set aside.
    pub aside: usize,
    /// Status of the answers, for reading.
    pub status: u16,
    pub median_us: f64,
    pub percent: f64,
    pub low: f64,
    pub high: f64,
    pub verdict: Verdict,
}

/// Pairs measured on one pair of worlds.
const ROUND: usize = 250;
/// Pairs at the beginning of a round that are not counted.
const WARMING: usize = 20;
/// So many times what an undisturbed request takes is no measure of the request any more.
const ASIDE: f64 = 3.0;
const ASIDE_MAX_PERCENT: usize = 50;
/// Percent of the median within which the interval must lie.
const BOUND: f64 = 3.0;
/// What the control plants.
const DELAY: Duration = Duration::from_micros(200);

/// Measures every kind; tells each as soon as it is known.
pub fn timing(plan: &TimingPlan, mut tell: impl FnMut(&TimingReport)) -> Vec<TimingReport> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let kinds = KINDS.iter().filter(|kind| plan.only.as_deref().is_none_or(|word| kind.name.contains(word)));
    kinds
        .enumerate()
        .map(|(place, kind)| {
            let report = runtime.block_on(one_kind(plan, kind, plan.seed.wrapping_add(place as u64)));
            tell(&report);
            report
        })
        .collect()
}

async fn one_kind(plan: &TimingPlan, kind: &Kind, seed: u64) -> TimingReport {
    let mut draw = Draw::new(seed);
    let (mut pairs, mut status) = (Vec::with_capacity(plan.pairs), 0);
    while pairs.len() < plan.pairs {
        let (without, with) = worlds(plan, kind, &mut draw).await;
        let pool = Pool::of(&without, &with).await;
        let ask = kind.ask(&pool, &without).await;
        let count = ROUND.min(plan.pairs - pairs.len());
        for turn in 0..WARMING + count {
            let (one, other) = (without.prepared(&ask), with.prepared(&ask));
            let (first, second) = if draw.chance(50) {
                let first = measured(one, None).await;
                (first, measured(other, plan.sabotage).await)
            } else {
                let second = measured(other, plan.sabotage).await;
                (measured(one, None).await, second)
            };
            assert_eq!(first.1, second.1, "{}: the answers differ already", kind.name);
            status = first.1;
            if turn >= WARMING {
                pairs.push((first.0, second.0));
            }
        }
    }
    judged(kind, pairs, status, seed)
}

async fn worlds(plan: &TimingPlan, kind: &Kind, draw: &mut Draw) -> (World, World) {
    let things = [kind.thing];
    if draw.chance(50) {
        let without = World::build(&plan.place, &things, false, plan.seed).await;
        (without, World::build(&plan.place, &things, true, plan.seed).await)
    } else {
        let with = World::build(&plan.place, &things, true, plan.seed).await;
        (World::build(&plan.place, &things, false, plan.seed).await, with)
    }
}

/// Nanoseconds from the request in hand to the last byte, and the status.
async fn measured((application, request): (Router, Request<Body>), sabotage: Option<Sabotage>) -> (u64, u16) {
    let began = Instant::now();
    let answer = answered(application.oneshot(request).await.expect("a router answers")).await;
    match sabotage {
        None => {}
        // Not slept: a sleep is longer than it says.
        Some(Sabotage::Delay) => {
            let answered = Instant::now();
            while answered.elapsed() < DELAY {
                std::hint::spin_loop();
            }
        }
    }
    (u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX), answer.status)
}

#[expect(clippy::cast_precision_loss, reason = "nanoseconds of a request")]
fn judged(kind: &Kind, mut pairs: Vec<(u64, u64)>, status: u16, seed: u64) -> TimingReport {
    let measured = pairs.len();
    let (mut first, mut second): (Vec<u64>, Vec<u64>) = pairs.iter().copied().unzip();
    let (bound, other_bound) = (lower_quartile(&mut first) * ASIDE, lower_quartile(&mut second) * ASIDE);
    pairs.retain(|(one, other)| *one as f64 <= bound && *other as f64 <= other_bound);
    let aside = measured - pairs.len();
    let Difference { median, percent, low, high } = difference(&pairs, seed);
    let verdict = match () {
        () if low > BOUND || high < -BOUND => Verdict::Apart,
        () if aside * 100 > measured * ASIDE_MAX_PERCENT => Verdict::Unsure,
        () if low >= -BOUND && high <= BOUND => Verdict::Alike,
        () => Verdict::Unsure,
    };
    TimingReport { kind: kind.name, pairs: pairs.len(), aside, status, median_us: median / 1_000.0, percent, low, high, verdict }
}
