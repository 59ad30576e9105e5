//! The common shape of acts that change the head of a record and nothing else.

use dmp_core::access::{Act, Caller, Facts};
use dmp_core::audit::Leaf;
use dmp_core::identity::Profession;
use dmp_core::record::{Head, Notice, NoticeKind, Record};
use dmp_store::{Change, Expected};

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// Facts that an act adds to those of the record, from the record that it judges.
type MoreFacts<'a> = &'a (dyn Fn(&Head, &mut Facts) + Send + Sync);

/// What an act on the head is about, besides the person.
#[derive(Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// Whom it concerns, in words, for the journal.
    pub words: Option<&'a str>,
    /// The account of whom it concerns, and their profession when the list does not tell it.
    pub subject: Option<(&'a str, Option<&'a Profession>)>,
    pub more: Option<MoreFacts<'a>>,
    /// For the journal: a code where the software acts by itself, words where an agent says what an identity was checked by; of a link, its
    /// label.
    pub reason: Option<&'a str>,
}

impl Service {
    /// Judges the act, applies `edit` to a copy of the head, commits it with its leaf.
    pub(crate) async fn change_head(
        &self,
        act: Act,
        person: &PersonRef,
        caller: &Caller,
        about: About<'_>,
        edit: impl Fn(&mut Head, dmp_core::Moment) -> Result<(), Error> + Send + Sync,
    ) -> Result<Head, Error> {
        judged_again_when_stale!(self.change_head_once(act, person, caller, about, &edit).await)
    }

    async fn change_head_once(
        &self,
        act: Act,
        person: &PersonRef,
        caller: &Caller,
        about: About<'_>,
        edit: &(impl Fn(&mut Head, dmp_core::Moment) -> Result<(), Error> + Send + Sync),
    ) -> Result<Head, Error> {
        let asked = Asked { act, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        self.change_loaded(&record, &asked, about, edit).await
    }

    /// The same for a record that was loaded: one attempt.
    pub(crate) async fn change_loaded(
        &self,
        record: &Record,
        asked: &Asked<'_>,
        about: About<'_>,
        edit: impl Fn(&mut Head, dmp_core::Moment) -> Result<(), Error>,
    ) -> Result<Head, Error> {
        let mut facts = self.facts(record, asked);
        if let Some((account, profession)) = about.subject {
            let listed = record.head.authorisation(account).map(|line| &line.profession);
            facts = facts.concerning(account, profession.or(listed), &record.head, asked.caller, asked.now);
        }
        if let Some(more) = about.more {
            more(&record.head, &mut facts);
        }
        let decision = self.ask(asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(record, asked, &decision, None).await?);
        }
        let mut head = record.head.clone();
        edit(&mut head, asked.now)?;
        let done = self.leaf(asked, &decision, None);
        let words = about.reason.map_or(done.words, |reason| Some(reason.to_owned()));
        let leaf = Leaf { about: about.words.map(str::to_owned), words, ..done };
        let changes = vec![Change::PutHead(Box::new(head.clone()))];
        self.store.commit(record.key, Expected::Version(record.version), changes, vec![leaf]).await?;
        Ok(head)
    }
}

/// Tells the person in their inbox: who, what kind of act, when; never health data.
pub(crate) fn tell(head: &mut Head, kind: NoticeKind, caller: &Caller, now: dmp_core::Moment) {
    head.notices.push(Notice { kind, at: now, by: caller.shown_name(), read: false, secret: caller.secret_connection });
}
