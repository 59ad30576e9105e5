//! A short run finds nothing, and a leak put in on purpose is found.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so by ending")]

use dmp_twin::{Broken, Plan, run};

fn plan(pairs: u64, broken: Option<Broken>) -> Plan {
    Plan { pairs, seed: 20_261_122, broken, stop_after: 1 }
}

#[tokio::test]
async fn a_world_with_hidden_things_answers_like_one_without() {
    let report = run(&plan(400, None)).await;
    assert_eq!(report.differences, 0, "{}", report.shown.join("\n\n"));
    assert!(report.touching_percent() >= 30.0, "{} %", report.touching_percent());
}

#[tokio::test]
async fn a_leak_put_in_on_purpose_is_found() {
    for broken in [Broken::TotalBeforeFilter, Broken::HiddenIsForbidden] {
        let report = run(&plan(1_000, Some(broken))).await;
        assert_eq!(report.differences, 1, "{broken:?}");
    }
}
