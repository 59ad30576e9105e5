//! The twin-world oracle: world B is world A and something hidden besides. Whoever may not know of the hidden thing gets the
//! same answer from both, byte for byte, whatever they ask: status, headers, bodies, totals, pages, tags, error texts.
//!
//! In process, without sockets: both worlds run the whole router over a store of their own, with one clock, one root key and
//! repeatable identifiers, so that sealed ids and tokens are equal where nothing leaks.
//!
//! One deviation is settled and left out: a publication under the unique identifier of a hidden document is answered 409,
//! since two documents may not bear one identifier anywhere.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a check for developers: what it cannot build ends it, with the place"
)]

mod ask;
mod cast;
mod compare;
mod content;
mod draw;
mod facts;
#[cfg(test)]
mod found;
mod generate;
mod hidden;
mod kinds;
mod place;
mod run;
mod statistics;
mod story;
mod timing;
mod world;

pub use generate::Scope;
pub use place::Place;
pub use run::{Broken, Plan, Report, run};
pub use timing::{Sabotage, TimingPlan, TimingReport, Verdict, timing};
