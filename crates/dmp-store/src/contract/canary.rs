//! What the search for leaks looks for: a record whose every text bears one mark.

use dmp_core::Moment;
use dmp_core::audit::Chain;

use super::sample;
use crate::{Change, Expected, NoteKind, RecordStore};

/// Stands in every text of the sample records.
pub const MARK: &str = "canary-9f2c64e1b7";

/// Fills a store with marked texts in every field; gives the texts that a search must look for.
pub async fn fill(store: &dyn RecordStore) -> Vec<Vec<u8>> {
    let (ins, key) = (sample::ins(100), sample::key());
    let unique_id = format!("urn:oid:{MARK}.1");
    let account = format!("ps:{MARK}");
    store.claim(&ins, key).await.unwrap();
    let leaves = || vec![sample::leaf(MARK, Chain::Main, &account), sample::leaf(MARK, Chain::Secret, &account)];
    let head = sample::head(ins.clone(), MARK);
    store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], leaves()).await.unwrap();
    store.confirm(&ins).await.unwrap();
    // One content lies inline, one in a file; noise around the mark keeps both from being compressed.
    let inline = [sample::noise(500), MARK.into(), sample::noise(500)].concat();
    let large = [sample::noise(50_000), MARK.into(), sample::noise(50_000)].concat();
    let entries = [sample::entry(MARK, &unique_id, &inline), sample::entry(MARK, &format!("{unique_id}.2"), &large)];
    let mut changes = sample::publish(&entries[0], &inline);
    changes.extend(sample::publish(&entries[1], &large));
    changes.push(Change::PutSubmission(Box::new(sample::submission(MARK, vec![entries[0].id]))));
    changes.push(Change::PutFolder(Box::new(sample::folder(MARK, vec![entries[0].id]))));
    store.commit(key, Expected::Version(1), changes, leaves()).await.unwrap();
    let read = [sample::noise(50).iter().map(u8::to_string).collect::<String>(), MARK.to_owned()];
    store.put_extracts(key, vec![super::extracts::read(entries[0].id, 1, &[&read[0], &read[1]])]).await.unwrap();
    store.append_account_leaf(&account, sample::leaf(MARK, Chain::Main, &account)).await.unwrap();
    let note = [sample::noise(500), MARK.into()].concat();
    store.put_note(NoteKind::OpeningCode, MARK, None, Some(&note), Some(Moment::from_seconds(1_800_000_000))).await.unwrap();
    vec![MARK.into(), ins.matricule().into(), unique_id.into(), account.into(), b"11488-4".to_vec(), b"810001234567".to_vec()]
}
