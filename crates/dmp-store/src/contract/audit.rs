//! Leaves: chained without gaps, two chains a record, one an account.

use std::collections::BTreeSet;

use dmp_core::audit::Chain;

use super::{Harness, created, sample};
use crate::{Change, Expected};

pub async fn leaves_have_no_gap_under_many_committers(harness: Box<dyn Harness>) {
    const COMMITTERS: u64 = 32;
    const COMMITS: u64 = 10;
    let key = created(&*harness.store(), 60, "m").await;
    let tasks: Vec<_> = (0..COMMITTERS)
        .map(|number| {
            let store = harness.store();
            tokio::spawn(async move {
                let mut given = Vec::new();
                for _ in 0..COMMITS {
                    let leaf = sample::leaf("m", Chain::Main, &format!("ps:{number}"));
                    given.extend(store.commit(key, Expected::LeavesOnly, Vec::new(), vec![leaf]).await.unwrap().sequences);
                }
                given
            })
        })
        .collect();
    let mut given = BTreeSet::new();
    for task in tasks {
        for sequence in task.await.unwrap() {
            assert!(given.insert(sequence), "{sequence} was given twice");
        }
    }
    assert!(given.into_iter().eq(1..=COMMITTERS * COMMITS));
    let kept = harness.store().journal(key, Chain::Main, None, 1_000).await.unwrap();
    assert!(kept.iter().map(|leaf| leaf.sequence).eq((1..=COMMITTERS * COMMITS).rev()));
    let hashes: BTreeSet<_> = kept.iter().map(|leaf| leaf.hash).collect();
    assert_eq!(hashes.len(), kept.len());
}

pub async fn both_chains_are_apart(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 61, "m").await;
    for chain in [Chain::Main, Chain::Secret] {
        assert!(store.journal(key, chain, None, 10).await.unwrap().is_empty());
    }
    let leaves = vec![sample::leaf("one", Chain::Main, "a"), sample::leaf("two", Chain::Secret, "a"), sample::leaf("three", Chain::Main, "a")];
    let receipt = store.commit(key, Expected::LeavesOnly, Vec::new(), leaves.clone()).await.unwrap();
    assert_eq!(receipt.sequences, [1, 1, 2]);
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    let main: Vec<_> = store.journal(key, Chain::Main, None, 10).await.unwrap().into_iter().map(|kept| kept.leaf.mode).collect();
    assert_eq!(main, [leaves[2].mode.clone(), leaves[0].mode.clone()]);
    let secret = store.journal(key, Chain::Secret, None, 10).await.unwrap();
    assert_eq!(secret.into_iter().map(|kept| kept.leaf).collect::<Vec<_>>(), [leaves[1].clone()]);
}

pub async fn leaves_alone_do_not_touch_the_record(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 62, "m").await;
    let change = || vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))];
    let leaf = || vec![sample::leaf("m", Chain::Main, "a")];
    store.commit(key, Expected::LeavesOnly, Vec::new(), leaf()).await.unwrap();
    assert_eq!(store.load(key).await.unwrap().unwrap().version, 1);
    store.commit(key, Expected::Version(1), change(), leaf()).await.unwrap();
    assert!(store.commit(key, Expected::LeavesOnly, change(), leaf()).await.is_err(), "a change may not come with leaves alone");
    store.ready().await.unwrap();
    assert_eq!(store.journal(key, Chain::Main, None, 10).await.unwrap().len(), 2);
}

pub async fn the_leaves_of_one_account_are_found(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 66, "m").await;
    let leaf = |chain, account: &str| sample::leaf("m", chain, account);
    let leaves = vec![leaf(Chain::Main, "a"), leaf(Chain::Main, "b"), leaf(Chain::Secret, "a"), leaf(Chain::Main, "a")];
    store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await.unwrap();
    let of = async |chain, account: &str, limit| -> Vec<u64> {
        store.leaves_of(key, chain, account, limit).await.unwrap().into_iter().map(|kept| kept.sequence).collect()
    };
    assert_eq!(of(Chain::Main, "a", 10).await, [3, 1]);
    assert_eq!(of(Chain::Main, "a", 1).await, [3]);
    assert_eq!(of(Chain::Secret, "a", 10).await, [1]);
    assert!(of(Chain::Main, "c", 10).await.is_empty());
}

pub async fn a_journal_is_paged(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 63, "m").await;
    let leaves = (0..25).map(|number| sample::leaf(&format!("{number}"), Chain::Main, "a")).collect();
    store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await.unwrap();
    let mut before = None;
    let mut seen = Vec::new();
    loop {
        let page = store.journal(key, Chain::Main, before, 10).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.sequence);
        seen.extend(page.iter().map(|kept| kept.sequence));
    }
    assert!(seen.into_iter().eq((1..=25).rev()));
    assert!(store.journal(key, Chain::Main, Some(1), 10).await.unwrap().is_empty());
    assert!(store.journal(key, Chain::Main, None, 0).await.unwrap().is_empty());
}

pub async fn an_account_has_its_own_chain(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    for wanted in 1..=3 {
        assert_eq!(store.append_account_leaf("ps:1", sample::leaf("m", Chain::Main, "ps:1")).await.unwrap(), wanted);
    }
    assert_eq!(store.append_account_leaf("ps:2", sample::leaf("m", Chain::Main, "ps:2")).await.unwrap(), 1);
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert_eq!(store.append_account_leaf("ps:1", sample::leaf("m", Chain::Main, "ps:1")).await.unwrap(), 4);
    let kept = store.account_journal("ps:1", Some(4), 2).await.unwrap();
    assert!(kept.iter().map(|leaf| leaf.sequence).eq([3, 2]));
    assert_eq!(kept[0].leaf.caller.account, "ps:1");
    assert!(store.account_journal("ps:3", None, 2).await.unwrap().is_empty());
}

pub async fn whom_an_account_touched_is_known(harness: Box<dyn Harness>) {
    let store = harness.store();
    let (one, two) = (created(&*store, 64, "m").await, created(&*store, 65, "m").await);
    let leaves = vec![sample::leaf("m", Chain::Main, "ps:1"), sample::leaf("m", Chain::Secret, "ps:1"), sample::leaf("m", Chain::Main, "ps:2")];
    store.commit(one, Expected::LeavesOnly, Vec::new(), leaves).await.unwrap();
    store.commit(two, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", Chain::Main, "ps:1")]).await.unwrap();
    store.append_account_leaf("ps:1", sample::leaf("m", Chain::Main, "ps:1")).await.unwrap();
    let mut wanted = vec![(one, 2), (two, 1)];
    wanted.sort_unstable();
    assert_eq!(store.touched_by("ps:1").await.unwrap(), wanted);
    assert_eq!(store.touched_by("ps:2").await.unwrap(), [(one, 1)]);
    assert!(store.touched_by("ps:3").await.unwrap().is_empty());
}
