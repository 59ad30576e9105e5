//! A campaign is proposed by one agent and confirmed by another, as the law has it; each has a leaf of it in their own chain.

use std::collections::VecDeque;

use dmp_core::Issue;
use dmp_core::access::{Act, Caller, Decision, Facts};
use dmp_core::audit::Leaf;
use dmp_core::identity::Ins;
use dmp_core::record::{Language, Regime};
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
    /// Refusals of the law; [`Error::Invalid`] without a name or people, with too many, or for a letter that announces an opening
    /// under the first regime; [`Error::Busy`] when too many campaigns are kept.
    pub async fn propose_campaign(
        &self,
        name: &str,
        numbers: &[Ins],
        language: Language,
        announces: bool,
        caller: &Caller,
    ) -> Result<Campaign, Error> {
        let asked = Asked { act: Act::ProposeCampaign, caller, now: self.now() };
        let decision = self.ask_of_campaigns(&asked, false).await?;
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
            proposed: Hand::of(caller, asked.now),
            confirmed: None,
            stopped: None,
        };
        // The leaf first: what is decided is never without one.
        self.campaign_leaf(&campaign, &asked, &decision).await?;
        let until = Some(campaign.kept_until());
        for (number, people) in (0..).zip(numbers.chunks(PART_PEOPLE)) {
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
    /// [`Error::NotFound`] `campaign-not-found`; [`Error::Conflict`] `campaign-decided` once it was confirmed or stopped; refusals of the law: to whoever is
    /// no agent, and to who proposed it.
    pub async fn confirm_campaign(&self, id: &str, caller: &Caller) -> Result<Campaign, Error> {
        self.decide_campaign(id, Act::ConfirmCampaign, caller, |campaign, hand| {
            if campaign.state() != CampaignState::Proposed {
                return Err(Error::Conflict("campaign-decided"));
            }
            campaign.confirmed = Some(hand);
            Ok(())
        })
        .await
    }

    /// Stops a campaign, or takes a proposal back: nobody more is written to, and no record opens by itself for it. One agent is enough.
    ///
    /// # Errors
    /// [`Error::NotFound`] `campaign-not-found`; [`Error::Conflict`] `campaign-decided` when it was stopped before; refusals of the law.
    pub async fn stop_campaign(&self, id: &str, caller: &Caller) -> Result<Campaign, Error> {
        self.decide_campaign(id, Act::StopCampaign, caller, |campaign, hand| {
            if campaign.state() == CampaignState::Stopped {
                return Err(Error::Conflict("campaign-decided"));
            }
            campaign.stopped = Some(hand);
            Ok(())
        })
        .await
    }

    /// Every campaign that is kept, newest first, with what came of it. Counts alone are told, of nobody: only a refusal has a leaf.
    ///
    /// # Errors
    /// Refusals of the law; failures of the store.
    pub async fn campaigns(&self, caller: &Caller) -> Result<Vec<(Campaign, Tally)>, Error> {
        self.ask_of_campaigns(&Asked { act: Act::ReadCampaigns, caller, now: self.now() }, false).await?;
        let mut told = Vec::new();
        for campaign in self.kept_campaigns().await? {
            let mut tally = Tally::default();
            for number in 0..campaign.parts {
                if let Some((_, part)) = self.campaign_part(&campaign.id, number).await? {
                    tally.add(&part);
                }
            }
            told.push((campaign, tally));
        }
        told.sort_by_key(|(campaign, _)| std::cmp::Reverse(campaign.proposed.at));
        Ok(told)
    }

    /// Asks the law about an act on campaigns, which is about nobody's record. A refusal has its leaf in the chain of who asked.
    async fn ask_of_campaigns(&self, asked: &Asked<'_>, seconded: bool) -> Result<Decision, Error> {
        let mut facts = Facts::without_record(self.config().regime);
        facts.relation.seconded = seconded;
        let decision = self.ask(asked, &facts);
        let Some(reason) = decision.reason() else { return Ok(decision) };
        self.refuse_without_record(asked, reason).await?;
        Err(Error::Forbidden(reason))
    }

    /// The leaf of a bulk act, in the chain of the agent: what the campaign is called and how many people it names.
    async fn campaign_leaf(&self, campaign: &Campaign, asked: &Asked<'_>, decision: &Decision) -> Result<(), Error> {
        let leaf = Leaf { words: Some(campaign.name.clone()), count: Some(campaign.people), ..self.leaf(asked, decision, None) };
        self.store.append_account_leaf(&asked.caller.account, leaf).await?;
        Ok(())
    }

    async fn decide_campaign(
        &self,
        id: &str,
        act: Act,
        caller: &Caller,
        decide: impl Fn(&mut Campaign, Hand) -> Result<(), Error> + Send + Sync,
    ) -> Result<Campaign, Error> {
        let asked = Asked { act, caller, now: self.now() };
        for _ in 0..SWAPS_MAX {
            let Some(note) = self.store.note(NoteKind::Campaign, id).await? else {
                // SECURITY: whoever may read none learns of none that is missing.
                self.ask_of_campaigns(&Asked { act: Act::ReadCampaigns, ..asked }, false).await?;
                return Err(Error::NotFound("campaign-not-found"));
            };
            let mut campaign: Campaign = unpacked(&note.bytes)?;
            let decision = self.ask_of_campaigns(&asked, campaign.proposed.account != caller.account).await?;
            decide(&mut campaign, Hand::of(caller, asked.now))?;
            // The leaf first: what is decided is never without one.
            self.campaign_leaf(&campaign, &asked, &decision).await?;
            let until = Some(campaign.kept_until());
            if let NotePut::Done(_) = self.store.put_note(NoteKind::Campaign, id, Some(note.version), Some(&packed(&campaign)?), until).await? {
                return Ok(campaign);
            }
        }
        Err(Error::Busy)
    }

    /// Puts a campaign on the list of all, and takes off those that are forgotten: all are kept as long, so that the oldest are at its head.
    async fn enter(&self, id: &str) -> Result<(), Error> {
        for _ in 0..SWAPS_MAX {
            let note = self.store.note(NoteKind::Campaign, ALL).await?;
            let mut ids: VecDeque<String> = note.as_ref().map_or_else(|| Ok(VecDeque::new()), |note| unpacked(&note.bytes))?;
            while let Some(oldest) = ids.front() {
                if self.store.note(NoteKind::Campaign, oldest).await?.is_some() {
                    break;
                }
                ids.pop_front();
            }
            if ids.len() >= CAMPAIGNS_MAX {
                return Err(Error::Busy);
            }
            ids.push_back(id.to_owned());
            let expected = note.map(|note| note.version);
            if let NotePut::Done(_) = self.store.put_note(NoteKind::Campaign, ALL, expected, Some(&packed(&ids)?), None).await? {
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

    pub(super) async fn campaign_part(&self, id: &str, number: u32) -> Result<Option<(u64, Part)>, Error> {
        let note = self.store.note(NoteKind::CampaignPart, &part_handle(id, number)).await?;
        note.map(|note| Ok((note.version, unpacked(&note.bytes)?))).transpose()
    }

    /// Gives the new version; `None`: somebody else has it meanwhile.
    pub(super) async fn put_campaign_part(&self, campaign: &Campaign, number: u32, version: u64, part: &Part) -> Result<Option<u64>, Error> {
        let (handle, until) = (part_handle(&campaign.id, number), Some(campaign.kept_until()));
        let put = self.store.put_note(NoteKind::CampaignPart, &handle, Some(version), Some(&packed(part)?), until).await?;
        Ok(if let NotePut::Done(version) = put { Some(version) } else { None })
    }
}

fn part_handle(id: &str, number: u32) -> String {
    format!("{id}/{number}")
}
