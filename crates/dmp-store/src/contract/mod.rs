//! One suite for every backend: what the door promises, asked of a fresh store each time.

mod audit;
pub mod canary;
mod content;
mod creation;
mod damage;
mod extracts;
mod identity;
pub mod life;
mod notes;
mod queue;
mod records;
pub mod sample;
pub mod tallies;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};

use crate::seal::random_bytes;
use crate::{Change, Expected, OperatedStore, RecordStore};

/// A backend under test: a fresh store, and the hands of someone who holds its disk.
#[async_trait]
pub trait Harness: Send + Sync {
    /// The store.
    fn store(&self) -> Arc<dyn RecordStore>;

    /// The same store with its queue.
    fn queue(&self) -> Arc<dyn OperatedStore>;

    /// Closes the store and opens it again, as a new start of the program does.
    async fn reopen(&mut self);

    /// Most entries of a record in this store: small, so that the bound can be reached.
    fn entries_max(&self) -> usize;

    /// Flips a bit of sealed content, inline or in its file.
    async fn damage_content(&self, address: BlobAddress);

    /// Removes sealed content, leaving what names it.
    async fn lose_content(&self, address: BlobAddress);

    /// Puts the sealed bytes of one record's entry in the row of another's.
    async fn move_entry(&self, from: (RecordKey, EntryId), to: (RecordKey, EntryId));

    /// Exchanges the sealed bytes and the versions of the two notes that are there.
    async fn mix_notes(&self);
}

/// Asks everything. `make` gives a fresh store at each call.
pub async fn run_all<F: AsyncFn() -> Box<dyn Harness>>(make: F) {
    // One function that held every question would overflow the stack of a test.
    Box::pin(run_records(&make)).await;
    Box::pin(run_beside(&make)).await;
}

async fn run_records<F: AsyncFn() -> Box<dyn Harness>>(make: &F) {
    creation::a_record_is_claimed_created_confirmed(make().await).await;
    creation::a_claim_is_idempotent(make().await).await;
    creation::a_claim_without_a_record_ends_at_the_next_start(make().await).await;
    creation::a_confirmation_needs_the_record(make().await).await;
    creation::a_record_is_created_once(make().await).await;
    creation::a_refused_creation_can_be_tried_again(make().await).await;
    creation::one_of_many_creations_wins(make().await).await;
    creation::the_other_mode_is_refused(make().await).await;
    records::what_was_put_is_loaded(make().await).await;
    records::what_was_put_is_loaded_after_a_restart(make().await).await;
    records::a_stale_version_is_refused(make().await).await;
    records::one_of_many_changes_of_a_version_wins(make().await).await;
    records::a_version_can_be_checked_without_a_change(make().await).await;
    records::a_unique_identifier_is_taken_once(make().await).await;
    records::a_changed_entry_keeps_its_claim(make().await).await;
    records::a_refused_commit_leaves_no_trace(make().await).await;
    records::a_record_has_a_bound(make().await).await;
    records::an_unknown_record_is_none(make().await).await;
    records::a_reader_never_sees_an_older_version_than_was_acknowledged(make().await).await;
    content::bytes_come_back(make().await).await;
    content::content_must_be_what_its_entry_says(make().await).await;
    content::damage_is_seen(make().await).await;
    audit::leaves_have_no_gap_under_many_committers(make().await).await;
    audit::both_chains_are_apart(make().await).await;
    audit::leaves_alone_do_not_touch_the_record(make().await).await;
    audit::the_leaves_of_one_account_are_found(make().await).await;
    audit::a_journal_is_paged(make().await).await;
    audit::an_account_has_its_own_chain(make().await).await;
    audit::whom_an_account_touched_is_known(make().await).await;
    identity::a_released_number_leads_nowhere_and_can_be_claimed_again(make().await).await;
    identity::an_adopted_entry_claims_nothing_and_leaves_again(make().await).await;
    identity::a_refusal_and_a_letter_are_kept_by_number(make().await).await;
    identity::an_erased_record_is_gone_and_its_journal_stays(make().await).await;
    queue::a_commit_leaves_its_notices_and_a_relay_takes_them_once(make().await).await;
    queue::a_claim_is_one_workers_until_its_lease_ends(make().await).await;
    queue::one_of_many_workers_has_each_delivery(make().await).await;
    queue::what_is_put_off_comes_again_and_what_is_given_up_is_kept(make().await).await;
    queue::a_clock_is_told_once_and_only_forwards(make().await).await;
    queue::a_clock_rings_at_the_date_that_a_commit_set(make().await).await;
    queue::an_erased_person_is_told_nothing_more(make().await).await;
    records::all_records_are_gone_through_in_their_order(make().await).await;
    damage::a_row_of_another_record_does_not_open(make().await).await;
    damage::a_row_of_another_entry_does_not_open(make().await).await;
}

/// Asks of what lies beside the records: what was read, notes, statistics.
async fn run_beside<F: AsyncFn() -> Box<dyn Harness>>(make: &F) {
    extracts::what_was_read_comes_back_and_is_replaced(make().await).await;
    extracts::a_new_document_asks_to_be_read_and_one_that_was_read_does_not(make().await).await;
    extracts::a_record_is_read_by_one_worker_at_a_time(make().await).await;
    extracts::the_insurers_lines_are_due_at_once_and_then_when_it_is_said(make().await).await;
    extracts::savings_add_up_by_day(make().await).await;
    extracts::every_record_can_be_read_again(make().await).await;
    extracts::what_was_read_goes_with_the_persons_key(make().await).await;
    notes::a_note_is_kept_changed_and_removed(make().await).await;
    notes::one_of_many_puts_of_a_version_wins(make().await).await;
    notes::a_note_has_a_bound_and_may_be_empty(make().await).await;
    notes::a_note_opens_at_its_own_place_alone(make().await).await;
    notes::a_note_that_nobody_came_back_for_is_swept_when_its_hour_is_over(make().await).await;
    tallies::what_commits_do_is_counted_once(make().await).await;
    tallies::of_many_workers_one_counts_each_row(make().await).await;
    tallies::a_professional_who_reads_counts_once_a_month(make().await).await;
    tallies::old_marks_are_swept_and_young_ones_still_count_once(make().await).await;
    tallies::a_line_is_written_once_and_not_into_a_closed_month(make().await).await;
}

/// Creates an open record and gives its key.
pub async fn created(store: &dyn RecordStore, number: u32, mark: &str) -> RecordKey {
    let key = sample::key();
    let head = sample::head(sample::ins(number), mark);
    store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], Vec::new()).await.unwrap();
    key
}

/// A folder that is removed when it is dropped.
#[derive(Debug)]
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// A fresh folder.
    pub fn new() -> Self {
        let bytes: [u8; 8] = random_bytes().unwrap();
        let path = std::env::temp_dir().join(format!("dmp-store-{:016x}", u64::from_le_bytes(bytes)));
        std::fs::create_dir_all(&path).unwrap();
        TemporaryFolder(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
