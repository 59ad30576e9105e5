//! A campaign is proposed by one agent and confirmed by another; each has a leaf of it in their own chain.

use dmp_core::access::{Act, Caller, CallerKind, Reason};
use dmp_core::identity::Ins;
use dmp_core::record::{Language, Regime};
use dmp_core::{Issue, Moment};
use dmp_store::{NoteKind, NotePut};

use super::campaign::{Campaign, CampaignState, Hand};
use super::list::LIST_MAX;
use super::part::{PART_PEOPLE, Part, Tally};
use crate::judge::Asked;
use crate::opening::{packed, unpacked};
use crate::{Error, Service};

/// Signs of a campaign's name.
const NAME_MAX: usize = 120;
/// The note that holds the ids of all campaigns.
const ALL: &str = "all";
/// Campaigns that are kept at once.
const CAMPAIGNS_MAX: usize = 1_000;
const SWAPS_MAX: usize = 16;

impl Service {
    /// Proposes a campaign. Nobody is written to before another agent has confirmed it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whoever is no agent; [`Error::Invalid`] without a name or people, with too many, or for a letter that announces an opening
    /// under the first regime; [`Error::Busy`] when too many campaigns are kept.
    pub async fn propose_campaign(
        &self,
        name: &str,
        numbers: &[Ins],
        language: Language,
        announces: bool,
        caller: &Caller,
    ) -> Result<Campaign, Error> {
        let now = self.now();
        self.campaign_leaf(name, numbers.len(), caller, now).await?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_MAX {
            return Err(Error::invalid(Issue::error("campaign-name").at("name")));
        }
        if numbers.is_empty() || numbers.len() > LIST_MAX {
            return Err(Error::invalid(Issue::error("campaign-list").at("list")));
        }
        if announces && self.config().regime != Regime::B {
            return Err(Error::invalid(Issue::error("campaign-regime").at("announces")));
        }
        let random = self.random.bytes16("campaign");
        let campaign = Campaign {
            id: random.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
            name: name.to_owned(),
            language,
            announces,
            people: u32::try_from(numbers.len()).unwrap_or(u32::MAX),
            parts: u32::try_from(numbers.len().div_ceil(PART_PEOPLE)).unwrap_or(u32::MAX),
            proposed: Hand::of(caller, now),
            confirmed: None,
            stopped: None,
        };
        let until = Some(campaign.kept_until());
        for (number, people) in numbers.chunks(PART_PEOPLE).enumerate() {
            let handle = part_handle(&campaign.id, number);
            self.store.put_note(NoteKind::CampaignPart, &handle, None, Some(&packed(&Part::of(people))?), until).await?;
        }
        self.store.put_note(NoteKind::Campaign, &campaign.id, None, Some(&packed(&campaign)?), until).await?;
        self.enter(&campaign.id).await?;
        Ok(campaign)
    }

    /// Confirms a campaign that another agent proposed: from then on people are written to.
    ///
    /// # Errors
    /// [`Error::NotFound`] `campaign-not-found`; [`Error::Conflict`] `second-agent-needed` for who proposed it, `campaign-decided` once it was confirmed or
    /// stopped; [`Error::Forbidden`] to whoever is no agent.
    pub async fn confirm_campaign(&self, id: &str, caller: &Caller) -> Result<Campaign, Error> {
        self.decide_campaign(id, caller, |campaign, hand| {
            if campaign.state() != CampaignState::Proposed {
                return Err(Error::Conflict("campaign-decided"));
            }
            if campaign.proposed.account == hand.account {
                return Err(Error::Conflict("second-agent-needed"));
            }
            campaign.confirmed = Some(hand);
            Ok(())
        })
        .await
    }

    /// Stops a campaign, or takes a proposal back: nobody more is written to, and no record opens by itself for it. One agent is enough.
    ///
    /// # Errors
    /// [`Error::NotFound`] `campaign-not-found`; [`Error::Conflict`] `campaign-decided` when it was stopped before; [`Error::Forbidden`].
    pub async fn stop_campaign(&self, id: &str, caller: &Caller) -> Result<Campaign, Error> {
        self.decide_campaign(id, caller, |campaign, hand| {
            if campaign.state() == CampaignState::Stopped {
                return Err(Error::Conflict("campaign-decided"));
            }
            campaign.stopped = Some(hand);
            Ok(())
        })
        .await
    }

    /// Every campaign that is kept, newest first, with what came of it. An agent alone is told.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; failures of the store.
    pub async fn campaigns(&self, caller: &Caller) -> Result<Vec<(Campaign, Tally)>, Error> {
        must_be_agent(caller)?;
        let mut told = Vec::new();
        for campaign in self.kept_campaigns().await? {
            let mut tally = Tally::default();
            for number in 0..campaign.parts {
                if let Some((_, part)) = self.campaign_part(&campaign.id, number as usize).await? {
                    tally.add(&part);
                }
            }
            told.push((campaign, tally));
        }
        told.sort_by_key(|(campaign, _)| std::cmp::Reverse(campaign.proposed.at));
        Ok(told)
    }

    /// The leaf of a bulk act, in the chain of the agent; refused to anybody else.
    async fn campaign_leaf(&self, words: &str, people: usize, caller: &Caller, now: Moment) -> Result<(), Error> {
        let asked = Asked { act: Act::RecordLetter, caller, now };
        if let Err(error) = must_be_agent(caller) {
            self.refuse_without_record(&asked, Reason::NotThisKindOfCaller).await?;
            return Err(error);
        }
        let mut leaf = self.bare_leaf(&asked, Vec::new());
        (leaf.words, leaf.count) = (Some(words.trim().chars().take(NAME_MAX).collect()), u32::try_from(people).ok());
        self.store.append_account_leaf(&caller.account, leaf).await?;
        Ok(())
    }

    async fn decide_campaign(
        &self,
        id: &str,
        caller: &Caller,
        decide: impl Fn(&mut Campaign, Hand) -> Result<(), Error> + Send + Sync,
    ) -> Result<Campaign, Error> {
        must_be_agent(caller)?;
        let now = self.now();
        for _ in 0..SWAPS_MAX {
            let note = self.store.note(NoteKind::Campaign, id).await?.ok_or(Error::NotFound("campaign-not-found"))?;
            let mut campaign: Campaign = unpacked(&note.bytes)?;
            decide(&mut campaign, Hand::of(caller, now))?;
            // The leaf first: what is decided is never without one.
            self.campaign_leaf(&campaign.name, campaign.people as usize, caller, now).await?;
            let until = Some(campaign.kept_until());
            if let NotePut::Done(_) = self.store.put_note(NoteKind::Campaign, id, Some(note.version), Some(&packed(&campaign)?), until).await? {
                return Ok(campaign);
            }
        }
        Err(Error::Busy)
    }

    /// Puts a campaign on the list of all, and takes off those that are forgotten.
    async fn enter(&self, id: &str) -> Result<(), Error> {
        for _ in 0..SWAPS_MAX {
            let note = self.store.note(NoteKind::Campaign, ALL).await?;
            let mut ids: Vec<String> = note.as_ref().map_or_else(|| Ok(Vec::new()), |note| unpacked(&note.bytes))?;
            let mut present = Vec::new();
            for id in ids.drain(..) {
                if self.store.note(NoteKind::Campaign, &id).await?.is_some() {
                    present.push(id);
                }
            }
            if present.len() >= CAMPAIGNS_MAX {
                return Err(Error::Busy);
            }
            present.push(id.to_owned());
            let expected = note.map(|note| note.version);
            if let NotePut::Done(_) = self.store.put_note(NoteKind::Campaign, ALL, expected, Some(&packed(&present)?), None).await? {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    pub(super) async fn kept_campaigns(&self) -> Result<Vec<Campaign>, Error> {
        let Some(note) = self.store.note(NoteKind::Campaign, ALL).await? else { return Ok(Vec::new()) };
        let ids: Vec<String> = unpacked(&note.bytes)?;
        let mut kept = Vec::new();
        for id in ids {
            if let Some(note) = self.store.note(NoteKind::Campaign, &id).await? {
                kept.push(unpacked(&note.bytes)?);
            }
        }
        Ok(kept)
    }

    pub(super) async fn campaign_part(&self, id: &str, number: usize) -> Result<Option<(u64, Part)>, Error> {
        let note = self.store.note(NoteKind::CampaignPart, &part_handle(id, number)).await?;
        note.map(|note| Ok((note.version, unpacked(&note.bytes)?))).transpose()
    }

    /// Gives the new version; `None`: somebody else has it meanwhile.
    pub(super) async fn put_campaign_part(&self, campaign: &Campaign, number: usize, version: u64, part: &Part) -> Result<Option<u64>, Error> {
        let (handle, until) = (part_handle(&campaign.id, number), Some(campaign.kept_until()));
        let put = self.store.put_note(NoteKind::CampaignPart, &handle, Some(version), Some(&packed(part)?), until).await?;
        Ok(if let NotePut::Done(version) = put { Some(version) } else { None })
    }
}

fn part_handle(id: &str, number: usize) -> String {
    format!("{id}/{number}")
}

fn must_be_agent(caller: &Caller) -> Result<(), Error> {
    if caller.kind == CallerKind::Agent { Ok(()) } else { Err(Error::Forbidden(Reason::NotThisKindOfCaller)) }
}
