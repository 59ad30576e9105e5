//! Opens a link for somebody outside. Nothing was frozen when it was made: what it gives is judged now, by what who made it may read now.
//!
//! SECURITY: a try of the code is taken by the record's compare-and-swap before the code is looked at, and given back with the opening when it
//! was right. However many ask at once, no more wrong codes are looked at than there were tries. The openings are counted in the same way.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use dmp_core::EntryId;
use dmp_core::access::{Act, Caller, CallerKind, Facts, Permit, Reason};
use dmp_core::audit::{Chain, Leaf, LeafCaller, Outcome, shared};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{Head, Notice, NoticeKind, Passcode, Record, Share, ShareOpening, ShareState, Shared};
use dmp_core::summary::{Bounds, Summary};
use dmp_store::{Change, Expected};

use super::create::line;
use super::secret::is_code;
use super::{Knock, Knocked, OpenedShare, ShareAddress};
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Consulted, Error, Service};

impl Service {
    /// Opens a link.
    ///
    /// # Errors
    /// [`Error::Busy`] when so many ask at once that nothing was done; faults of the store.
    pub async fn open_share(&self, address: ShareAddress, knock: &Knock<'_>, bounds: Bounds) -> Result<Knocked, Error> {
        let holds_try = match self.check_code(address, knock).await? {
            Ok(holds_try) => holds_try,
            Err(answer) => return Ok(answer),
        };
        let opened = judged_again_when_stale!(self.open_share_once(address, knock, bounds, holds_try).await);
        Ok(opened.map_err(busy)?.map_or(Knocked::Gone, |opened| Knocked::Opened(Box::new(opened))))
    }

    /// What an opening a moment ago gave, once more and not counted: for the files that it named. Whoever asks holds their sealed address.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn reopen_share(&self, address: ShareAddress, place: Option<usize>, bounds: Bounds) -> Result<Option<OpenedShare>, Error> {
        let Some((record, share)) = self.found_share(address).await? else { return Ok(None) };
        let Some(given) = self.given(record, share, place, bounds, |share, now| share.stopped_at.is_none() && now < share.expires_at).await? else {
            return Ok(None);
        };
        let leaves = given.document_leaves(None);
        // That a summary was given stands in the leaf of its opening.
        if !leaves.is_empty() {
            self.store.commit(given.opened.record.key, Expected::LeavesOnly, Vec::new(), leaves).await?;
        }
        Ok(Some(given.opened))
    }

    /// Whether a link leads somewhere now, and whether it asks for a code: for the page that asks for it. Nothing of the record is told.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn knockable(&self, address: ShareAddress) -> Result<Option<Share>, Error> {
        let now = self.clock.now();
        let Some((record, share)) = self.found_share(address).await? else { return Ok(None) };
        let sharer = sharer(&share);
        let asked = Asked { act: Act::Share, caller: &sharer, now };
        let leads = share.state(now) == ShareState::Active && self.ask(&asked, &self.facts(&record, &asked)).is_permitted();
        Ok(leads.then_some(share))
    }

    /// The record and the link of an address. A record that was merged into another has lost its links.
    async fn found_share(&self, address: ShareAddress) -> Result<Option<(Arc<Record>, Share)>, Error> {
        let Some(record) = self.load(address.record).await? else { return Ok(None) };
        let share = record.head.shares.iter().find(|share| share.id == address.id).cloned();
        Ok(share.map(|share| (record, share)))
    }

    /// Checks the code of a link that has one. Gives whether a try is held, to be given back; or the answer.
    async fn check_code(&self, address: ShareAddress, knock: &Knock<'_>) -> Result<Result<bool, Knocked>, Error> {
        let Some(share) = self.knockable(address).await? else { return Ok(Err(Knocked::Gone)) };
        let Some(Passcode { tries_left, .. }) = share.passcode else { return Ok(Ok(false)) };
        // No code at all is no guess.
        let Some(typed) = knock.passcode.filter(|code| !code.trim().is_empty()) else { return Ok(Err(Knocked::WrongCode { left: tries_left })) };
        let taken = judged_again_when_stale!(self.take_try(address).await).map_err(busy)?;
        let Some((record, share, left)) = taken else { return Ok(Err(Knocked::Gone)) };
        if share.passcode.is_some_and(|code| is_code(&share.id, &code.mac, typed)) {
            return Ok(Ok(true));
        }
        let sharer = sharer(&share);
        let asked = Asked { act: Act::Share, caller: &sharer, now: self.clock.now() };
        let outcome = Outcome::Refused(Reason::NoRulePermits);
        let leaf = Leaf { outcome, ..told(self.bare_leaf(&asked, Vec::new()), &share, knock.recipient, shared::CODE_WRONG) };
        self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![leaf]).await?;
        Ok(Err(Knocked::WrongCode { left }))
    }

    /// Takes a try, for good unless it is given back. It shows nothing and changes no right: its leaf is that of what comes of it.
    async fn take_try(&self, address: ShareAddress) -> Result<Option<(Arc<Record>, Share, u8)>, Error> {
        let Some((record, _)) = self.found_share(address).await? else { return Ok(None) };
        let mut head = record.head.clone();
        let now = self.clock.now();
        let Some(share) = head.shares.iter_mut().find(|share| share.id == address.id && share.state(now) == ShareState::Active) else {
            return Ok(None);
        };
        let Some(left) = share.take_try() else { return Ok(None) };
        let share = share.clone();
        self.store.commit(record.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], Vec::new()).await?;
        Ok(Some((record, share, left)))
    }

    async fn open_share_once(&self, address: ShareAddress, knock: &Knock<'_>, bounds: Bounds, holds_try: bool) -> Result<Option<OpenedShare>, Error> {
        let Some((record, share)) = self.found_share(address).await? else { return Ok(None) };
        let leads = |share: &Share, now| {
            let state = if holds_try { share.state_apart_from_tries(now) } else { share.state(now) };
            // A link that got a code meanwhile does not exist: each link keeps what it was made with.
            state == ShareState::Active && (holds_try || share.passcode.is_none())
        };
        let Some(mut given) = self.given(record, share, None, bounds, leads).await? else { return Ok(None) };
        let recipient = said(knock.recipient);
        let mut head: Head = given.opened.record.head.clone();
        let Some(share) = head.shares.iter_mut().find(|share| share.id == address.id) else { return Ok(None) };
        if holds_try {
            share.give_try_back();
        }
        share.open(ShareOpening { at: given.opened.at, by: recipient.clone(), means: knock.means, documents: given.documents() });
        given.opened.share = share.clone();
        if head.notice_settings.wants(NoticeKind::ShareOpened) {
            let notice = Notice { kind: NoticeKind::ShareOpened, at: given.opened.at, by: recipient, read: false, secret: false };
            head.notices.push(notice);
        }
        let mut leaves = given.opening_leaves(knock.recipient);
        leaves.extend(given.document_leaves(Some(knock.recipient)));
        let record = &given.opened.record;
        self.store.commit(record.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], leaves).await?;
        Ok(Some(given.opened))
    }

    /// What a link gives at this moment; `place` of its files alone. `None`: it leads nowhere, or who made it may not share any more.
    async fn given(
        &self,
        record: Arc<Record>,
        share: Share,
        place: Option<usize>,
        bounds: Bounds,
        leads: impl Fn(&Share, dmp_core::Moment) -> bool,
    ) -> Result<Option<Given>, Error> {
        let sharer = sharer(&share);
        let asked = Asked { act: Act::Share, caller: &sharer, now: self.clock.now() };
        let facts = self.facts(&record, &asked);
        let decision = self.ask(&asked, &facts);
        if !leads(&share, asked.now) || !decision.is_permitted() {
            return Ok(None);
        }
        let mut offered = self.shareable(&record, &facts, &asked);
        if let Shared::Documents(chosen) = &share.what {
            let is_asked = |id: &EntryId| chosen.iter().position(|one| one == id).is_some_and(|at| place.is_none_or(|place| place == at));
            offered.retain(|entry| is_asked(&entry.id));
            offered.sort_by_key(|entry| chosen.iter().position(|one| *one == entry.id));
        }
        let leaf = self.leaf(&asked, &decision, None);
        let ids: Vec<EntryId> = offered.iter().map(|entry| entry.id).collect();
        let (summary, documents) = match share.what {
            Shared::Documents(_) => (None, self.contents(&record, &ids, &facts, &asked).await?),
            Shared::Summary => (Some(self.shared_summary(&record, &ids, bounds, asked.now).await?), Vec::new()),
            Shared::Emergency => (Some(Arc::new(self.shared_summary(&record, &ids, CARD, asked.now).await?.for_emergency())), Vec::new()),
        };
        let secret: HashSet<EntryId> = offered.iter().filter(|entry| entry.visibility.invisible_to_representatives).map(|entry| entry.id).collect();
        let opened = OpenedShare { share, at: asked.now, summary, documents, record: Arc::clone(&record) };
        Ok(Some(Given { opened, ids, secret, leaf }))
    }

    async fn shared_summary(&self, record: &Arc<Record>, ids: &[EntryId], bounds: Bounds, now: dmp_core::Moment) -> Result<Arc<Summary>, Error> {
        let entries: Vec<&DocumentEntry> = ids.iter().filter_map(|id| record.entry(*id)).collect();
        self.summary_of(record, &entries, None, bounds, now).await
    }

    /// The bytes of documents, each against its permit.
    async fn contents(&self, record: &Arc<Record>, ids: &[EntryId], facts: &Facts, asked: &Asked<'_>) -> Result<Vec<Consulted>, Error> {
        let mut read = Vec::new();
        for entry in ids.iter().filter_map(|id| record.shared_entry(*id)) {
            let (_, permit) = Permit::to_consult(entry, asked.caller, facts, &self.config.matrix, asked.now);
            let Some(permit) = permit else { continue };
            let bytes = self.store.content(entry.content.home.unwrap_or(record.key), &permit).await?;
            let entry = match self.as_seen(record, entry, facts, asked) {
                Cow::Borrowed(_) => Arc::clone(entry),
                Cow::Owned(seen) => Arc::new(seen),
            };
            read.push(Consulted { record: record.key, entry, bytes });
        }
        Ok(read)
    }
}

/// What an opening gives, with what its leaves say.
struct Given {
    opened: OpenedShare,
    ids: Vec<EntryId>,
    /// Documents of a secret care: told in the person's own chain alone.
    secret: HashSet<EntryId>,
    leaf: Leaf,
}

impl Given {
    fn documents(&self) -> u32 {
        u32::try_from(self.ids.len()).unwrap_or(u32::MAX)
    }

    /// That it was opened, by whom and of how many documents.
    fn opening_leaves(&self, recipient: &str) -> Vec<Leaf> {
        let secret = u32::try_from(self.secret.len()).unwrap_or(u32::MAX);
        let leaf = |chain, count| Leaf { chain, count: Some(count), ..told(self.leaf.clone(), &self.opened.share, recipient, shared::OPENED) };
        let mut leaves = vec![leaf(Chain::Main, self.documents().saturating_sub(secret))];
        leaves.extend((secret > 0).then(|| leaf(Chain::Secret, secret)));
        leaves
    }

    /// That a chosen document was given. `None`: to whoever opened the link last, a moment ago.
    fn document_leaves(&self, recipient: Option<&str>) -> Vec<Leaf> {
        let last = self.opened.share.opened.last().map(|opening| opening.by.clone()).unwrap_or_default();
        let by = recipient.map_or(last, str::to_owned);
        let leaf = |read: &Consulted| {
            let entry = &read.entry;
            let object = dmp_core::audit::LeafObject { entry: entry.id, type_code: entry.type_code.clone(), title: entry.title.clone() };
            let chain = if self.secret.contains(&entry.id) { Chain::Secret } else { Chain::Main };
            Leaf { chain, object: Some(object), ..told(self.leaf.clone(), &self.opened.share, &by, shared::GAVE) }
        };
        self.opened.documents.iter().map(leaf).collect()
    }
}

/// A leaf of somebody outside, under the name that they gave.
fn told(leaf: Leaf, share: &Share, recipient: &str, about: &str) -> Leaf {
    let caller = LeafCaller {
        app: None,
        account: format!("{}{}", shared::ACCOUNT, share.name),
        kind: CallerKind::Automaton,
        name: said(recipient),
        profession: None,
        structure: None,
        software: None,
    };
    Leaf { caller, about: Some(about.to_owned()), words: Some(share.label.clone()), ..leaf }
}

/// Who made a link, as the law judges them now: what they are today is what the record says of their account.
fn sharer(share: &Share) -> Caller {
    Caller { name: Some(share.by.name.clone()), ..Caller::bare(share.by.account.clone(), share.by.kind) }
}

/// What somebody says of themselves: one line, as long as a name.
fn said(recipient: &str) -> String {
    line(recipient, RECIPIENT_CHARACTERS)
}

/// So many asked at once that the record changed under each try.
fn busy(error: Error) -> Error {
    if matches!(error, Error::Conflict("record-changed")) { Error::Busy } else { error }
}

/// What a card leads to: lines that fit on a page, and no series of results.
const CARD: Bounds = Bounds { lines: 30, sources: 1, series: 0, points: 0 };
const RECIPIENT_CHARACTERS: usize = 100;
