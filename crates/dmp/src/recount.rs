//! `dmp stats rebuild`: counts everything again from the records and their journals, and says what differs.

use std::sync::Arc;

use dmp_core::RecordKey;
use dmp_core::audit::{Chain, Leaf};
use dmp_core::statistics::{Again, Cell, Difference, Settlement, day_text, names, paris_day};
use dmp_service::{Clock, SystemClock};
use dmp_store::{OperatedStore, Sealing};

use crate::commands::StatsRebuild;
use crate::{open, print, statistics};

/// Records and leaves read at once.
const PAGE: u32 = 1_000;
/// Differences that are told one by one.
const TOLD: usize = 20;

/// Counts what waits, then everything again.
///
/// # Errors
/// Failures of the store, in words; that something differs and was not put right.
pub async fn rebuild(options: StatsRebuild) -> Result<(), String> {
    let store = open::existing(&options.store, Sealing::On).await?;
    let tariffs = statistics::tariffs(options.statistics.tariffs.as_deref())?;
    statistics::run_once(&open::service(&store, open::config(&options.store)?), &tariffs).await?;
    let (again, records) = counted(&store).await?;
    let kept = store.cells().await.map_err(words)?;
    let of_name = |name: &str| kept.iter().filter(|(cell, _)| cell.name == name).map(|(_, count)| *count).sum::<i64>();
    // What is gone took its documents and reads with it: the kept counts alone know of them.
    let gone = of_name(names::DESTROYED) + of_name(names::CANCELLED);
    let differences = again.differences(&kept, paris_day(SystemClock.now()));
    let (explained, wrong): (Vec<Difference>, Vec<Difference>) =
        differences.into_iter().partition(|one| gone > 0 && one.counted < one.kept && !is_level(&one.cell));
    wrong.iter().take(TOLD).for_each(|one| print::line(&told(one)));
    let written = options.write && !wrong.is_empty();
    if written {
        let cells = wrong.iter().map(|one| (one.cell.clone(), one.counted - one.kept)).collect();
        store.settle(&[], &Settlement { cells, ..Settlement::default() }).await.map_err(words)?;
    }
    print::json(&serde_json::json!({
        "name": "stats-rebuild", "records": records, "cells": kept.len(), "gone": gone, "of_gone": explained.len(), "differ": wrong.len(), "written": written,
    }));
    if wrong.is_empty() || written { Ok(()) } else { Err(format!("{} counts differ from the records: --write puts them right", wrong.len())) }
}

/// Every record and both chains of its journal.
async fn counted(store: &Arc<dyn OperatedStore>) -> Result<(Again, u64), String> {
    let (mut again, mut after, mut records) = (Again::default(), None, 0);
    loop {
        let keys = store.records_after(after, PAGE).await.map_err(words)?;
        let Some(last) = keys.last().copied() else { return Ok((again, records)) };
        for key in keys {
            let Some(record) = store.load(key).await.map_err(words)? else { continue };
            let mut leaves = leaves(store, key, Chain::Main).await?;
            leaves.extend(self::leaves(store, key, Chain::Secret).await?);
            again.take(&record, &leaves);
            records += 1;
        }
        after = Some(last);
    }
}

async fn leaves(store: &Arc<dyn OperatedStore>, key: RecordKey, chain: Chain) -> Result<Vec<Leaf>, String> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let page = store.journal(key, chain, before, PAGE).await.map_err(words)?;
        let Some(oldest) = page.iter().map(|kept| kept.sequence).min() else { return Ok(all) };
        all.extend(page.into_iter().map(|kept| kept.leaf));
        before = Some(oldest);
    }
}

fn is_level(cell: &Cell) -> bool {
    [names::OPEN, names::FILLED, names::FILLED_BY_PROFESSIONALS, names::DOCUMENTS, names::NEWEST].contains(&cell.name.as_str())
}

fn told(one: &Difference) -> String {
    let Cell { name, day, department, .. } = &one.cell;
    format!("{name} {} {department}: {} kept, {} counted", day_text(*day), one.kept, one.counted)
}

fn words(error: dmp_store::StoreError) -> String {
    error.to_string()
}
