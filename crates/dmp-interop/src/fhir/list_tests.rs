//! Tests of submission sets and folders.

use serde_json::Value;

use super::*;
use crate::fhir::samples;

fn context(entries: &[String]) -> ListContext<'_> {
    ListContext { id: "sealed-l", patient: samples::patient(), entries }
}

fn received(bytes: &[u8]) -> ReceivedList {
    let value: Value = serde_json::from_slice(bytes).unwrap();
    read_list(&value, &Surroundings { path: "List", resources: &[] })
}

#[test]
fn a_submission_set_reads_back_as_it_was() {
    let set = samples::submission_set();
    let list = received(&render_submission_set(&set, &context(&["DocumentReference/sealed-d".into()])));
    assert!(check_list(&list).is_empty(), "{:#?}", check_list(&list));
    assert_eq!(list.kind, Some(ListKind::SubmissionSet));
    assert_eq!(list.unique_id.as_ref(), Some(&set.unique_id));
    assert_eq!(list.source_id, Some(set.source_id));
    assert_eq!(list.designation_codes(), set.content_type.into_iter().collect::<Vec<_>>());
    assert_eq!((list.title, list.comments), (set.title, set.comments));
    assert_eq!(list.source.and_then(|source| source.to_author()), Some(set.author));
    assert_eq!(list.date.and_then(|when| when.moment), Some(set.declared_at));
    assert_eq!(list.entries, ["DocumentReference/sealed-d"]);
}

#[test]
fn a_folder_reads_back_as_it_was() {
    let folder = samples::folder();
    let list = received(&render_folder(&folder, &context(&["DocumentReference/a".into(), "DocumentReference/b".into()])));
    assert!(check_list(&list).is_empty(), "{:#?}", check_list(&list));
    assert_eq!((list.kind, list.title.as_deref()), (Some(ListKind::Folder), Some("Suivi du genou")));
    assert_eq!(list.designation_codes(), folder.designation);
}

#[test]
fn an_empty_list_has_every_finding() {
    let list = received(br#"{"resourceType":"List"}"#);
    let found: Vec<String> = check_list(&list).into_iter().map(|issue| issue.path.unwrap()).collect();
    assert_eq!(found, ["List.code", "List.subject", "List.date", "List.extension(ihe-designationType)", "List.entry", "List.status", "List.subject"]);
}
