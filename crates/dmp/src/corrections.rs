//! `dmp corrections`: requests to correct a document that nobody answered within their month (GDPR, article 12.3).
//!
//! It names the authors, whom the operator reminds, and neither the person nor what is said to be wrong.

use dmp_core::Moment;
use dmp_core::document::DocumentEntry;
use dmp_core::record::{CorrectionRequest, Record};
use dmp_store::Sealing;

use crate::commands::CorrectionsOptions;
use crate::{open, print};

/// Records looked at together.
const BATCH: u32 = 500;

/// Lists them, the longest waiting first.
pub async fn run(options: CorrectionsOptions) -> Result<(), String> {
    let store = open::existing(&options.store, Sealing::On).await?;
    let now = open::service(&store, open::config(&options.store)?).now();
    let (mut waiting, mut after) = (Vec::new(), None);
    loop {
        let keys = store.records_after(after, BATCH).await.map_err(|error| error.to_string())?;
        let Some(last) = keys.last() else { break };
        after = Some(*last);
        for key in keys {
            if let Some(record) = store.load(key).await.map_err(|error| error.to_string())? {
                waiting.extend(of_record(&record, now, options.all));
            }
        }
    }
    waiting.sort_by_key(|one| one.asked_at);
    if options.store.json {
        waiting.iter().for_each(|one| print::json(&one.json(now)));
    } else {
        waiting.iter().for_each(|one| print::line(&one.words(now)));
        print::line(&format!("{} requests, {} overdue", waiting.len(), waiting.iter().filter(|one| one.due_at <= now).count()));
    }
    Ok(())
}

struct Waiting {
    record: String,
    author: String,
    asked_at: Moment,
    due_at: Moment,
    seen: bool,
}

fn of_record(record: &Record, now: Moment, all: bool) -> Vec<Waiting> {
    let wanted = |request: &&CorrectionRequest| request.waits() && (all || request.due_at() <= now);
    let line = |request: &CorrectionRequest| Waiting {
        record: record.key.to_hex(),
        author: record.entry(request.document).map(author).unwrap_or_default(),
        asked_at: request.asked_at,
        due_at: request.due_at(),
        seen: request.seen_at.is_some(),
    };
    record.head.corrections.iter().filter(wanted).map(line).collect()
}

/// Name and structure of who has to answer.
fn author(entry: &DocumentEntry) -> String {
    let name = entry.authors.first().map(|author| author.name.display()).unwrap_or_default();
    let place = entry.custodian.as_ref().map(|place| place.name.clone()).unwrap_or_default();
    [name, place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

impl Waiting {
    fn days_late(&self, now: Moment) -> i64 {
        now.as_seconds().saturating_sub(self.due_at.as_seconds()).div_euclid(86_400)
    }

    fn json(&self, now: Moment) -> serde_json::Value {
        serde_json::json!({
            "record": self.record,
            "author": self.author,
            "asked": self.asked_at.to_rfc3339(),
            "due": self.due_at.to_rfc3339(),
            "seen": self.seen,
            "days_late": self.days_late(now),
        })
    }

    fn words(&self, now: Moment) -> String {
        let seen = if self.seen { "seen" } else { "not seen" };
        format!("{} due {} ({} days late, {seen}): {}", self.record, self.due_at.to_rfc3339(), self.days_late(now), self.author)
    }
}
