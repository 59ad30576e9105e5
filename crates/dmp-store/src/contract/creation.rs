//! Claim, create, confirm.

use dmp_core::audit::Chain;
use dmp_core::identity::Ins;

use super::{Harness, created, sample};
use crate::{Change, Claim, Expected, IdentifierState, StoreError};

pub async fn a_record_is_claimed_created_confirmed(harness: Box<dyn Harness>) {
    let (store, ins, key) = (harness.store(), sample::ins(1), sample::key());
    assert_eq!(store.identify(&ins).await.unwrap(), None);
    assert_eq!(store.claim(&ins, key).await.unwrap(), Claim::Made);
    assert_eq!(store.identify(&ins).await.unwrap(), Some((key, IdentifierState::Claimed)));
    let head = sample::head(ins.clone(), "m");
    let receipt = store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], vec![sample::leaf("m", Chain::Main, "a")]).await.unwrap();
    assert_eq!((receipt.version, receipt.sequences), (1, vec![1]));
    store.confirm(&ins).await.unwrap();
    store.confirm(&ins).await.unwrap();
    for _ in 0..2 {
        assert_eq!(store.identify(&ins).await.unwrap(), Some((key, IdentifierState::Confirmed)));
    }
    store.ready().await.unwrap();
}

pub async fn a_claim_is_idempotent(harness: Box<dyn Harness>) {
    let (store, ins, key) = (harness.store(), sample::ins(2), sample::key());
    assert_eq!(store.claim(&ins, key).await.unwrap(), Claim::Made);
    assert_eq!(store.claim(&ins, key).await.unwrap(), Claim::Existing(key, IdentifierState::Claimed));
    assert_eq!(store.claim(&ins, sample::key()).await.unwrap(), Claim::Existing(key, IdentifierState::Claimed));
}

pub async fn a_claim_without_a_record_ends_at_the_next_start(mut harness: Box<dyn Harness>) {
    let (abandoned, half_done, fresh) = (sample::ins(3), sample::ins(4), sample::ins(5));
    let (store, key) = (harness.store(), sample::key());
    store.claim(&abandoned, sample::key()).await.unwrap();
    store.claim(&half_done, key).await.unwrap();
    let head = sample::head(half_done.clone(), "m");
    store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], Vec::new()).await.unwrap();
    assert_eq!(store.sweep_claims().await.unwrap(), 0, "a creation of this start may still go on");
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    store.claim(&fresh, sample::key()).await.unwrap();
    assert_eq!(store.sweep_claims().await.unwrap(), 1);
    assert_eq!(store.identify(&abandoned).await.unwrap(), None);
    assert_eq!(store.identify(&half_done).await.unwrap(), Some((key, IdentifierState::Confirmed)));
    assert!(store.identify(&fresh).await.unwrap().is_some());
    assert_eq!(store.claim(&abandoned, key).await.unwrap(), Claim::Made);
}

pub async fn a_confirmation_needs_the_record(harness: Box<dyn Harness>) {
    let (store, ins) = (harness.store(), sample::ins(6));
    assert!(matches!(store.confirm(&ins).await, Err(StoreError::NoRecord)));
    store.claim(&ins, sample::key()).await.unwrap();
    assert!(matches!(store.confirm(&ins).await, Err(StoreError::NoRecord)));
}

pub async fn a_record_is_created_once(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 7, "first").await;
    let again = |mark| vec![Change::PutHead(Box::new(sample::head(sample::ins(7), mark)))];
    assert!(matches!(store.commit(key, Expected::New, again("second"), Vec::new()).await, Err(StoreError::Stale)));
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert!(matches!(store.commit(key, Expected::New, again("third"), Vec::new()).await, Err(StoreError::Stale)));
    assert_eq!(store.load(key).await.unwrap().unwrap().head, sample::head(sample::ins(7), "first"));
}

pub async fn a_refused_creation_can_be_tried_again(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let other = created(&*store, 10, "m").await;
    let taken = sample::entry("m", "urn:oid:1.10", b"bytes");
    store.commit(other, Expected::Version(1), sample::publish(&taken, b"bytes"), Vec::new()).await.unwrap();
    let (key, head) = (sample::key(), Change::PutHead(Box::new(sample::head(sample::ins(11), "m"))));
    let entry = sample::entry("m", "urn:oid:1.10", b"bytes");
    let changes = [vec![head.clone()], sample::publish(&entry, b"bytes")].concat();
    assert!(matches!(store.commit(key, Expected::New, changes, Vec::new()).await, Err(StoreError::UniqueIdTaken)));
    assert!(store.load(key).await.unwrap().is_none());
    store.commit(key, Expected::New, vec![head], Vec::new()).await.unwrap();
    drop(store);
    harness.reopen().await;
    assert_eq!(harness.store().load(key).await.unwrap().unwrap().version, 1);
}

pub async fn one_of_many_creations_wins(harness: Box<dyn Harness>) {
    let key = sample::key();
    let tasks = (0..8).map(|number| {
        let store = harness.store();
        tokio::spawn(async move {
            let head = sample::head(sample::ins(8), &format!("mark-{number}"));
            store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head.clone()))], Vec::new()).await.map(|_| head)
        })
    });
    let mut winner = None;
    for task in tasks.collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(head) => assert!(winner.replace(head).is_none(), "two creations won"),
            Err(error) => assert!(matches!(error, StoreError::Stale), "{error:?}"),
        }
    }
    assert_eq!(Some(&harness.store().load(key).await.unwrap().unwrap().head), winner.as_ref());
}

pub async fn the_other_mode_is_refused(harness: Box<dyn Harness>) {
    let matricule = sample::ins(9).matricule().to_owned();
    let real = Ins::parse("1.2.250.1.213.1.4.8", &matricule).unwrap();
    let store = harness.store();
    assert!(matches!(store.claim(&real, sample::key()).await, Err(StoreError::Refused(_))));
    let changes = vec![Change::PutHead(Box::new(sample::head(real, "m")))];
    assert!(matches!(store.commit(sample::key(), Expected::New, changes, Vec::new()).await, Err(StoreError::Refused(_))));
}
