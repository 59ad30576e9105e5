//! An access in an emergency: told to the person in its own commit, to their *médecin traitant*, and counted (CSP L.1111-17, R.1111-48).

use std::collections::BTreeSet;
use std::sync::Arc;

use dmp_core::access::{Act, Caller, CallerKind, Facts, Purpose};
use dmp_core::audit::{Leaf, Outcome};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{Effect, Head, Notice, NoticeKind, Record};
use dmp_core::{Moment, RecordKey};
use dmp_store::{Change, Expected};

use crate::head_act::tell;
use crate::judge::Asked;
use crate::{Error, Service};

impl Service {
    /// Facts of the caller about a record, with what is counted of an emergency.
    pub(crate) async fn emergency_facts(&self, record: &Record, asked: &Asked<'_>) -> Result<Facts, Error> {
        let mut facts = self.facts(record, asked);
        if matches!(asked.caller.purpose, Purpose::BreakGlass { .. }) && self.begins(record, asked).await?.is_some() {
            facts.relation.break_glass_quota_reached = self.others_opened(record, asked).await? >= BREAK_GLASS_QUOTA;
        }
        Ok(facts)
    }

    /// How many other records this account has opened by breaking the glass in the last twenty-four hours.
    async fn others_opened(&self, record: &Record, asked: &Asked<'_>) -> Result<usize, Error> {
        let since = asked.now.plus_days(-1);
        let here = named(record.key);
        let begun = self.beginnings(asked).await?;
        let elsewhere = begun.iter().filter(|leaf| leaf.at > since && leaf.mode == BREAK_GLASS && leaf.about.as_ref() != Some(&here));
        Ok(elsewhere.map(|leaf| &leaf.about).collect::<BTreeSet<_>>().len())
    }

    /// The leaves in the chain of the caller's account that say where an emergency began, newest first.
    async fn beginnings(&self, asked: &Asked<'_>) -> Result<Vec<Leaf>, Error> {
        let leaves = self.store.account_journal(&asked.caller.account, None, LEAVES_COUNTED).await?;
        let begun = |leaf: &Leaf| leaf.outcome == Outcome::Done && leaf.rules.iter().any(|rule| rule == BEGUN);
        Ok(leaves.into_iter().map(|kept| kept.leaf).filter(begun).collect())
    }

    /// An access in an emergency mode is told to the person in the same commit, once an hour for each account and kind; any
    /// other reading commits its leaf alone, but for a notice that the person asked for. Its beginning is counted in the chain of the
    /// account first, and the chain of the *médecin traitant* is told where to look: neither says anything until the commit has its notice.
    pub(crate) async fn emergency_begins(
        &self,
        record: &Record,
        asked: &Asked<'_>,
        about: Option<&DocumentEntry>,
    ) -> Result<(Expected, Vec<Change>), Error> {
        let begun = self.begins(record, asked).await?;
        if begun.is_some() {
            self.tell_chains(record, asked).await?;
        }
        let Some(kind) = begun.or_else(|| consulted(record, asked, about)) else { return Ok((Expected::LeavesOnly, Vec::new())) };
        let mut head: Head = record.head.clone();
        tell(&mut head, kind, asked.caller, asked.now);
        Ok((Expected::Version(record.version), vec![Change::PutHead(Box::new(head))]))
    }

    async fn tell_chains(&self, record: &Record, asked: &Asked<'_>) -> Result<(), Error> {
        let leaf = |rule: &str| Leaf { about: Some(named(record.key)), ..self.bare_leaf(asked, vec![rule.to_owned()]) };
        self.store.append_account_leaf(&asked.caller.account, leaf(BEGUN)).await?;
        let doctors = record.head.authorisations.iter().filter(|line| line.effect == Effect::Permit && line.medecin_traitant);
        for doctor in doctors.filter(|doctor| doctor.account != asked.caller.account) {
            // The reason stays in the record: what is said of the person's health goes when their record goes.
            self.store.append_account_leaf(&doctor.account, Leaf { words: None, ..leaf(TOLD) }).await?;
        }
        Ok(())
    }

    /// The notice that an emergency access begins with; `None` when it has begun already, or is none. A notice of the last hour
    /// under the caller's name is theirs when the chain of their account says so for this record and moment: namesakes have
    /// each their own, and what an attempt wrote that never committed counts for nothing.
    async fn begins(&self, record: &Record, asked: &Asked<'_>) -> Result<Option<NoticeKind>, Error> {
        let kind = match asked.caller.purpose {
            Purpose::Normal => return Ok(None),
            Purpose::BreakGlass { .. } => NoticeKind::BreakGlass,
            Purpose::RegulationCentre => NoticeKind::RegulationCentre,
        };
        let (by, since) = (asked.caller.shown_name(), asked.now.plus_seconds(-SAME_EMERGENCY_SECONDS));
        let told = record.head.notices.iter().filter(|notice| notice.kind == kind && notice.by == by && notice.at > since);
        let moments: BTreeSet<Moment> = told.map(|notice| notice.at).collect();
        if moments.is_empty() {
            return Ok(Some(kind));
        }
        let here = named(record.key);
        let own = self.beginnings(asked).await?.into_iter().any(|leaf| leaf.about.as_ref() == Some(&here) && moments.contains(&leaf.at));
        Ok((!own).then_some(kind))
    }

    /// The emergency accesses to records of which the caller is *médecin traitant* now, newest first (CSP R.1111-48).
    ///
    /// # Errors
    /// What the store says.
    pub async fn emergencies_told(&self, caller: &Caller) -> Result<Vec<ToldEmergency>, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let mut told = Vec::new();
        for key in self.records_told(&asked).await? {
            let Some(record) = self.load(key).await? else { continue };
            let facts = self.facts(&record, &asked);
            if !facts.relation.medecin_traitant || !self.ask(&asked, &facts).is_permitted() {
                continue;
            }
            let since = asked.now.plus_days(-TOLD_DAYS);
            let emergencies = record.head.notices.iter().filter(|notice| notice.at > since && notice.kind.is_emergency());
            told.extend(emergencies.map(|notice| ToldEmergency { record: Arc::clone(&record), notice: notice.clone() }));
        }
        told.sort_by_key(|told| std::cmp::Reverse(told.notice.at));
        Ok(told)
    }

    /// The records that the chain of an account was told of, each once.
    async fn records_told(&self, asked: &Asked<'_>) -> Result<BTreeSet<RecordKey>, Error> {
        let since = asked.now.plus_days(-TOLD_DAYS);
        let (mut keys, mut before) = (BTreeSet::new(), None);
        for _ in 0..TOLD_PAGES_MAX {
            let leaves = self.store.account_journal(&asked.caller.account, before, LEAVES_COUNTED).await?;
            keys.extend(leaves.iter().filter(|kept| kept.leaf.rules.iter().any(|rule| rule == TOLD)).filter_map(|kept| key_of(&kept.leaf)));
            before = leaves.last().map(|kept| kept.sequence);
            if leaves.last().is_none_or(|kept| kept.leaf.at < since) {
                break;
            }
        }
        Ok(keys)
    }
}

/// An emergency access to a record, as its *médecin traitant* is told: who and when. The reason is the person's to read.
#[derive(Debug, Clone)]
pub struct ToldEmergency {
    pub record: Arc<Record>,
    pub notice: Notice,
}

/// A record in a leaf of an account: its key, which says nothing once the record is gone.
fn named(key: RecordKey) -> String {
    key.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn key_of(leaf: &Leaf) -> Option<RecordKey> {
    let text = leaf.about.as_deref().filter(|text| text.len() == 32)?;
    Some(RecordKey(u128::from_str_radix(text, 16).ok()?.to_be_bytes()))
}

/// Code of the mode in TRE_R248.
const BREAK_GLASS: &str = "bris_de_glace";

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
/// Days that an emergency is shown to the *médecin traitant*, and pages of their chain that are looked through for it.
const TOLD_DAYS: i64 = 90;
const TOLD_PAGES_MAX: usize = 10;
/// Stands among the rules of the leaf that counts a beginning.
const BEGUN: &str = "access_mode";
/// Stands in place of a rule in the leaf that tells the *médecin traitant*.
const TOLD: &str = "medecin_traitant_told";
