//! An access in an emergency: told to the person in its own commit, and counted (CSP L.1111-17, R.1111-48).

use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind, Facts, Purpose};
use dmp_core::audit::Outcome;
use dmp_core::document::DocumentEntry;
use dmp_core::record::{Head, NoticeKind, Record};
use dmp_store::{Change, Expected};

use crate::head_act::tell;
use crate::judge::Asked;
use crate::{Error, Service};

impl Service {
    /// Facts of the caller about a record, with what is counted of an emergency.
    pub(crate) async fn emergency_facts(&self, record: &Record, asked: &Asked<'_>) -> Result<Facts, Error> {
        let mut facts = self.facts(record, asked);
        if matches!(asked.caller.purpose, Purpose::BreakGlass { .. }) && begins(record, asked.caller, asked.now).is_some() {
            facts.relation.break_glass_quota_reached = self.glasses_broken(asked).await? >= BREAK_GLASS_QUOTA;
        }
        Ok(facts)
    }

    /// How often this account has begun to break the glass in the last twenty-four hours.
    async fn glasses_broken(&self, asked: &Asked<'_>) -> Result<usize, Error> {
        let since = asked.now.plus_days(-1);
        let leaves = self.store.account_journal(&asked.caller.account, None, LEAVES_COUNTED).await?;
        let begun = leaves.iter().map(|kept| &kept.leaf).filter(|leaf| leaf.mode == "bris_de_glace" && leaf.outcome == Outcome::Done);
        Ok(begun.filter(|leaf| leaf.at > since && leaf.rules.iter().any(|rule| rule == BEGUN)).count())
    }

    /// An access in an emergency mode is told to the person in the same commit, once an hour for each account and kind; any
    /// other reading commits its leaf alone. Its beginning is counted in the chain of the account first.
    pub(crate) async fn emergency_begins(
        &self,
        record: &Record,
        asked: &Asked<'_>,
        about: Option<&DocumentEntry>,
    ) -> Result<(Expected, Vec<Change>), Error> {
        let begun = begins(record, asked.caller, asked.now);
        let Some(kind) = begun.or_else(|| consulted(record, asked, about)) else { return Ok((Expected::LeavesOnly, Vec::new())) };
        if kind == NoticeKind::BreakGlass {
            self.store.append_account_leaf(&asked.caller.account, self.bare_leaf(asked, vec![BEGUN.to_owned()])).await?;
        }
        let mut head: Head = record.head.clone();
        tell(&mut head, kind, asked.caller, asked.now);
        Ok((Expected::Version(record.version), vec![Change::PutHead(Box::new(head))]))
    }
}

/// The notice that an emergency access begins with; `None` when it has begun already, or is none.
fn begins(record: &Record, caller: &Caller, now: Moment) -> Option<NoticeKind> {
    let kind = match caller.purpose {
        Purpose::Normal => return None,
        Purpose::BreakGlass { .. } => NoticeKind::BreakGlass,
        Purpose::RegulationCentre => NoticeKind::RegulationCentre,
    };
    let by = caller.shown_name();
    let since = now.plus_seconds(-SAME_EMERGENCY_SECONDS);
    let told = record.head.notices.iter().any(|notice| notice.kind == kind && notice.by == by && notice.at > since);
    (!told).then_some(kind)
}

/// What is told of a usual reading to a person who asked for it, once a day for each professional. Of a document that waits for its
/// announcement nothing is: its reading would say that it is there.
fn consulted(record: &Record, asked: &Asked<'_>, about: Option<&DocumentEntry>) -> Option<NoticeKind> {
    let kind = match asked.act {
        Act::List => NoticeKind::RecordConsulted,
        Act::Consult => NoticeKind::DocumentConsulted,
        _ => return None,
    };
    let hidden = about.is_some_and(|entry| entry.visibility.invisible_to_patient);
    if asked.caller.kind != CallerKind::Professional || hidden || !record.head.notice_settings.wants(kind) {
        return None;
    }
    let (by, since) = (asked.caller.shown_name(), asked.now.plus_days(-1));
    let told = record.head.notices.iter().any(|notice| notice.kind == kind && notice.by == by && notice.at > since);
    (!told).then_some(kind)
}

/// Readings of one emergency make one notice; each has its own leaf.
const SAME_EMERGENCY_SECONDS: i64 = 3_600;
/// Records that one professional opens by breaking the glass in a day: more is no longer an emergency. Ours.
const BREAK_GLASS_QUOTA: usize = 10;
/// Leaves of the account that are looked at: a busy day of one professional.
const LEAVES_COUNTED: u32 = 1_000;
/// Stands among the rules of the leaf that counts a beginning.
const BEGUN: &str = "access_mode";
