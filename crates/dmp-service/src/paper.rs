//! Copies on paper (GDPR art. 12 and 15): ordered by the person, who represents them or an agent who hears them, printed once by the software.
//! What stands on the paper is judged for whoever will open the envelope, at the moment of printing; nobody else reads it.

use std::sync::Arc;

use dmp_core::access::{Act, Caller, CallerKind, Facts, Reason};
use dmp_core::audit::{Chain, Leaf, Outcome};
use dmp_core::document::DocumentEntry;
use dmp_core::identity::PersonName;
use dmp_core::record::{Head, Language, NoticeKind, PaperKind, PaperOrder, PaperWay, Record};
use dmp_core::summary::{Bounds, Summary};
use dmp_core::{EntryId, Issue, Moment, RecordKey};
use dmp_store::{Change, Expected, KeptLeaf};

use crate::dated::automaton;
use crate::head_act::{About, tell};
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperWish {
    pub what: Vec<PaperKind>,
    pub way: PaperWay,
    pub language: Language,
    /// Lines of the address as whoever orders for themself wrote them; empty: the address of the record. An agent writes none.
    pub address: Vec<String>,
}

/// What is printed, for one reader.
#[derive(Debug, Clone)]
pub struct PaperContent {
    pub record: Arc<Record>,
    pub order: PaperOrder,
    pub at: Moment,
    /// The reader as a caller, for « vous » in sentences.
    pub reader: Caller,
    /// Empty unless it was asked for.
    pub summary: Option<Arc<Summary>>,
    /// Newest first; at most [`JOURNAL_LINES_MAX`].
    pub journal: Vec<KeptLeaf>,
    /// Whether older lines found no room.
    pub journal_goes_on: bool,
    documents: u32,
}

/// Orders that may wait at once, and in thirty days.
const WAITING_MAX: usize = 2;
const ORDERS_A_MONTH: usize = 6;
/// Orders that the record remembers.
const ORDERS_KEPT: usize = 20;
/// Lines of an address, and letters of one: what fits a window envelope.
const ADDRESS_LINES_MAX: usize = 6;
const ADDRESS_LETTERS_MAX: usize = 60;
/// Lines of the journal on paper, about twenty sheets.
const JOURNAL_LINES_MAX: u32 = 200;

impl Service {
    /// Orders a copy on paper.
    ///
    /// # Errors
    /// [`Error::Invalid`] without anything asked for, or an address that fits no envelope; [`Error::Conflict`] `paper-address-missing`,
    /// `paper-limit`; refusals of the law.
    pub async fn order_paper(&self, person: &PersonRef, wish: &PaperWish, caller: &Caller) -> Result<Head, Error> {
        check_wish(wish)?;
        let id = EntryId(self.random.bytes16("paper order"));
        self.change_head(Act::OrderPaper, person, caller, About::default(), |head, now| {
            let since = now.plus_days(-30);
            let lately = head.paper_orders.iter().filter(|order| order.at > since).count();
            if head.paper_orders.iter().filter(|order| order.waits()).count() >= WAITING_MAX || lately >= ORDERS_A_MONTH {
                return Err(Error::Conflict("paper-limit"));
            }
            head.paper_orders.push(order(head, id, wish, caller, now)?);
            let over = head.paper_orders.len().saturating_sub(ORDERS_KEPT);
            let mut forgotten = 0;
            head.paper_orders.retain(|order| {
                let goes = !order.waits() && forgotten < over;
                forgotten += usize::from(goes);
                !goes
            });
            tell(head, NoticeKind::PaperOrdered, caller, now);
            Ok(())
        })
        .await
    }

    /// What waits to be printed of a record, the oldest order first. `None`: nothing does, or whoever it was for may no longer read it.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn paper_waiting(&self, key: RecordKey) -> Result<Option<PaperContent>, Error> {
        let Some(record) = self.store.load(key).await? else { return Ok(None) };
        let Some(order) = record.head.paper_orders.iter().find(|order| order.waits()).cloned() else { return Ok(None) };
        let software = automaton();
        let asked = Asked { act: Act::SendPaper, caller: &software, now: self.clock.now() };
        // A record that was closed meanwhile: the order falls with it, and the journal says why.
        if let Some(reason) = self.ask(&asked, &self.facts(&record, &asked)).reason() {
            self.drop_order(key, order.id, reason).await?;
            return Ok(None);
        }
        let reader = reader_of(&order);
        let listing = Asked { act: Act::List, caller: &reader, now: asked.now };
        let facts = self.facts(&record, &listing);
        if let Some(reason) = self.ask(&listing, &facts).reason() {
            self.drop_order(key, order.id, reason).await?;
            return Ok(None);
        }
        let content = self.content_for(record, order, &listing, &facts).await?;
        Ok(Some(PaperContent { reader: reader.clone(), ..content }))
    }

    /// What the reader of an order may read of what it asks for.
    async fn content_for(&self, record: Arc<Record>, order: PaperOrder, listing: &Asked<'_>, facts: &Facts) -> Result<PaperContent, Error> {
        let software = automaton();
        let printing = Asked { act: Act::SendPaper, caller: &software, now: listing.now };
        let sent = self.facts(&record, &printing);
        let may_leave = |entry: &&DocumentEntry| self.ask(&printing, &sent.about(entry, &software)).is_permitted();
        let wants = |kind| order.what.contains(&kind);
        let (mut summary, mut documents) = (None, 0);
        if wants(PaperKind::Summary) {
            let readable: Vec<&DocumentEntry> =
                self.readable_documents(&record, facts, listing).filter(|entry| entry.status.is_latest()).filter(may_leave).collect();
            documents = Service::counted(readable.iter().copied(), listing.now).0;
            summary = Some(self.summary_of(&record, &readable, None, Bounds::SHOWN, listing.now).await?);
        }
        let (mut journal, mut journal_goes_on) = (Vec::new(), false);
        if wants(PaperKind::Journal) {
            let reading = Asked { act: Act::ReadJournal, ..*listing };
            let page = self.leaves_for(Arc::clone(&record), &reading, facts, (None, JOURNAL_LINES_MAX), |_| true).await?;
            let secret_too = self.ask(&printing, &sent.about_secret_care(printing.now)).is_permitted();
            journal = page.leaves.into_iter().filter(|kept| secret_too || kept.leaf.chain == Chain::Main).collect();
            journal_goes_on = page.older.is_some();
        }
        Ok(PaperContent { at: listing.now, reader: listing.caller.clone(), summary, journal, journal_goes_on, documents, order, record })
    }

    /// Writes down that an order was printed. `false`: it had been already.
    ///
    /// # Errors
    /// Refusals of the law; failures of the store.
    pub async fn paper_printed(&self, content: &PaperContent) -> Result<bool, Error> {
        judged_again_when_stale!(self.paper_printed_once(content).await)
    }

    async fn paper_printed_once(&self, content: &PaperContent) -> Result<bool, Error> {
        let software = automaton();
        let asked = Asked { act: Act::SendPaper, caller: &software, now: self.clock.now() };
        let Some(record) = self.store.load(content.record.key).await? else { return Ok(false) };
        let mut head = record.head.clone();
        let Some(order) = head.paper_orders.iter_mut().find(|order| order.id == content.order.id && order.waits()) else { return Ok(false) };
        let decision = self.ask(&asked, &self.facts(&record, &asked));
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        order.sent_at = Some(asked.now);
        let leaf = Leaf { count: Some(content.documents), ..self.leaf(&asked, &decision, None) };
        self.store.commit(record.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], vec![leaf]).await?;
        Ok(true)
    }

    /// Takes an order away whose reader may no longer read, with a refusal in the journal.
    async fn drop_order(&self, key: RecordKey, id: EntryId, reason: Reason) -> Result<(), Error> {
        judged_again_when_stale!(self.drop_order_once(key, id, reason).await)
    }

    async fn drop_order_once(&self, key: RecordKey, id: EntryId, reason: Reason) -> Result<(), Error> {
        let software = automaton();
        let asked = Asked { act: Act::SendPaper, caller: &software, now: self.clock.now() };
        let Some(record) = self.store.load(key).await? else { return Ok(()) };
        let mut head = record.head.clone();
        head.paper_orders.retain(|order| order.id != id);
        let leaf = Leaf { outcome: Outcome::Refused(reason), ..self.bare_leaf(&asked, Vec::new()) };
        self.store.commit(key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], vec![leaf]).await?;
        Ok(())
    }
}

fn check_wish(wish: &PaperWish) -> Result<(), Error> {
    if wish.what.is_empty() {
        return Err(Error::invalid(Issue::error("paper-nothing").at("what")));
    }
    let too_long = wish.address.iter().any(|line| line.chars().count() > ADDRESS_LETTERS_MAX);
    if wish.address.len() > ADDRESS_LINES_MAX || too_long {
        return Err(Error::invalid(Issue::error("paper-address").at("address")));
    }
    Ok(())
}

fn order(head: &Head, id: EntryId, wish: &PaperWish, caller: &Caller, now: Moment) -> Result<PaperOrder, Error> {
    let for_other = caller.kind == CallerKind::Representative;
    let known = head.contact.as_ref().and_then(|contact| contact.address.as_deref()).unwrap_or_default();
    // SECURITY: an agent sends to the address that the record knows and nowhere else: a change of it is an act of its own, and is told.
    let typed = caller.kind != CallerKind::Agent && !wish.address.is_empty();
    let address = match wish.way {
        PaperWay::Counter => Vec::new(),
        PaperWay::Post if typed => wish.address.clone(),
        PaperWay::Post if for_other => Vec::new(),
        PaperWay::Post => known.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
    };
    if wish.way == PaperWay::Post && address.is_empty() {
        return Err(Error::Conflict("paper-address-missing"));
    }
    let mut what: Vec<PaperKind> = PaperKind::ALL.into_iter().filter(|kind| wish.what.contains(kind)).collect();
    what.dedup();
    Ok(PaperOrder {
        id,
        at: now,
        by: caller.account.clone(),
        reader: if for_other { caller.account.clone() } else { head.ins.account() },
        reader_kind: if for_other { CallerKind::Representative } else { CallerKind::Patient },
        name: if for_other { caller.shown_name() } else { head.traits.shown_name().display() },
        address,
        what,
        way: wish.way,
        language: wish.language,
        sent_at: None,
    })
}

/// Whoever will open the envelope, as a caller.
fn reader_of(order: &PaperOrder) -> Caller {
    Caller { name: Some(PersonName::new("", order.name.clone())), ..Caller::bare(order.reader.clone(), order.reader_kind) }
}
