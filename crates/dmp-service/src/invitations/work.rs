//! What a worker does for confirmed campaigns, part by part: writes to whoever has no record, looks for answers, and opens by themselves the records to
//! which nobody objected. A part in which nothing is due is not read again before it is.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use dmp_core::Moment;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{Ins, PersonName};
use dmp_core::record::{Channel, CodePurpose, ConsentEvidence, Contact, EmergencyChoices, OBJECTION_DAYS};
use dmp_store::OpeningNotice;

use super::campaign::{Campaign, CampaignState};
use super::part::{Invited, InvitedState, LEASE_SECONDS, Skipped};
use crate::dated::automaton;
use crate::opening::{CardHolder, CodeSent, CodeWish, way_of};
use crate::{Error, NewRecord, OpeningDesk, PersonRef};

/// Days that the code of an invitation lives: the six weeks to object, and the post.
const CODE_DAYS: i64 = 60;
/// People after whom what was done is put down: what a worker that ends meanwhile did since is done twice.
const KEPT_EVERY: usize = 50;

/// When each part of each campaign is due again, as this worker saw it last; `None`: never. It spares reading lists in which nothing is to be done, and
/// is made anew by a worker that begins.
#[derive(Debug, Default)]
pub(crate) struct DueParts(Mutex<HashMap<(String, u32), Option<Moment>>>);

impl DueParts {
    fn is_due(&self, campaign: &str, part: u32, now: Moment) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&(campaign.to_owned(), part)).copied();
        seen.is_none_or(|due| due.is_some_and(|at| at <= now))
    }

    fn saw(&self, campaign: &str, part: u32, due: Option<Moment>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((campaign.to_owned(), part), due);
    }

    /// Forgets the campaigns that do not run.
    fn keep(&self, running: &[Campaign]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(id, _), _| running.iter().any(|one| one.id == *id));
    }
}

impl OpeningDesk {
    /// Carries confirmed campaigns on: the first part in which there is something to do. Gives how many people it looked at; none: there is nothing now.
    ///
    /// # Errors
    /// Failures of the store or of the insurer's registry. What was done stays so.
    pub async fn step_campaigns(&self) -> Result<usize, Error> {
        let mut running = self.acts.kept_campaigns().await?;
        running.retain(|campaign| campaign.state() == CampaignState::Running);
        self.due_parts.keep(&running);
        for campaign in running {
            let Some(confirmed) = campaign.confirmed.as_ref() else { continue };
            let agent =
                Caller { name: Some(PersonName::new("", confirmed.name.clone())), ..Caller::bare(confirmed.account.clone(), CallerKind::Agent) };
            for number in 0..campaign.parts {
                if !self.due_parts.is_due(&campaign.id, number, self.acts.now()) {
                    continue;
                }
                let looked = self.step_part(&campaign, number, &agent).await?;
                if looked > 0 {
                    return Ok(looked);
                }
            }
        }
        Ok(0)
    }

    async fn step_part(&self, campaign: &Campaign, number: u32, agent: &Caller) -> Result<usize, Error> {
        let now = self.acts.now();
        let Some((version, mut part)) = self.acts.campaign_part(&campaign.id, number).await? else { return Ok(0) };
        let due = part.due_at();
        if due.is_none_or(|at| now < at) {
            self.due_parts.saw(&campaign.id, number, due);
            return Ok(0);
        }
        part.leased_until = Some(now.plus_seconds(LEASE_SECONDS));
        let Some(mut version) = self.acts.put_campaign_part(campaign, number, version, &part).await? else { return Ok(0) };
        let (mut looked, mut full) = (0, false);
        for place in 0..part.people.len() {
            let Some(one) = part.people.get_mut(place) else { break };
            match self.look(campaign, one, agent).await? {
                Looked::Nothing => continue,
                Looked::Changed(state) => one.state = state,
                // The mailbox or the printer has no room: the rest waits.
                Looked::Full => {
                    full = true;
                    break;
                }
            }
            looked += 1;
            if looked % KEPT_EVERY == 0 {
                match self.acts.put_campaign_part(campaign, number, version, &part).await? {
                    Some(next) => version = next,
                    None => return Ok(looked),
                }
            }
        }
        (part.looked_at, part.leased_until) = (Some(now), None);
        if self.acts.put_campaign_part(campaign, number, version, &part).await?.is_some() {
            self.due_parts.saw(&campaign.id, number, part.due_at());
        }
        Ok(if full { 0 } else { looked })
    }

    async fn look(&self, campaign: &Campaign, one: &Invited, agent: &Caller) -> Result<Looked, Error> {
        match one.state {
            InvitedState::Waiting => self.invite(campaign, &one.ins, agent).await,
            InvitedState::Sent(_) | InvitedState::NotNow => self.look_for_answer(campaign, one).await,
            InvitedState::Skipped(_) | InvitedState::Opened | InvitedState::OpenedByItself | InvitedState::Refused => Ok(Looked::Nothing),
        }
    }

    async fn invite(&self, campaign: &Campaign, ins: &Ins, agent: &Caller) -> Result<Looked, Error> {
        let skipped = |why| Ok(Looked::Changed(InvitedState::Skipped(why)));
        if self.has_record(ins).await? {
            return skipped(Skipped::HasRecord);
        }
        if matches!(self.acts.store.opening_notice(ins).await?, Some(OpeningNotice::Refused)) {
            return skipped(Skipped::Refused);
        }
        if self.acts.invitation_answer(ins).await?.is_some() {
            return skipped(Skipped::NotNow);
        }
        let Some(holder) = self.registry.holder(ins).await? else { return skipped(Skipped::Unknown) };
        let Some(way) = way_of(holder) else { return skipped(Skipped::NoAddress) };
        let now = self.acts.now();
        if campaign.announces {
            match self.acts.record_letter(ins, agent).await {
                Ok(_) => {}
                Err(Error::Conflict("record-exists")) => return skipped(Skipped::HasRecord),
                Err(Error::Forbidden(_)) => return skipped(Skipped::Refused),
                Err(error) => return Err(error),
            }
        }
        let wish = CodeWish { purpose: CodePurpose::Invitation, valid_until: now.plus_days(CODE_DAYS), language: campaign.language };
        match self.make_code(ins, Some(way), wish).await? {
            CodeSent::Sent => Ok(Looked::Changed(InvitedState::Sent(now))),
            CodeSent::TooMany => skipped(Skipped::TooMany),
            CodeSent::NoWay => skipped(Skipped::NoAddress),
            CodeSent::NoRoom => Ok(Looked::Full),
        }
    }

    async fn look_for_answer(&self, campaign: &Campaign, one: &Invited) -> Result<Looked, Error> {
        let (ins, now) = (&one.ins, self.acts.now());
        if self.has_record(ins).await? {
            return Ok(Looked::Changed(InvitedState::Opened));
        }
        let letter = match self.acts.store.opening_notice(ins).await? {
            Some(OpeningNotice::Refused) => return Ok(Looked::Changed(InvitedState::Refused)),
            Some(OpeningNotice::LetterSent(at)) => Some(at),
            None => None,
        };
        if campaign.announces && letter.is_some_and(|sent| sent.plus_days(OBJECTION_DAYS) <= now) {
            return self.open_by_itself(ins).await;
        }
        match (one.state, self.acts.invitation_answer(ins).await?) {
            (InvitedState::Sent(_), Some(_)) => Ok(Looked::Changed(InvitedState::NotNow)),
            _ => Ok(Looked::Nothing),
        }
    }

    /// Six weeks are over and nobody objected (CSP R.1111-28): the act of every channel, asked for by the software. A refusal of the law leaves things as
    /// they are.
    async fn open_by_itself(&self, ins: &Ins) -> Result<Looked, Error> {
        let Some(holder) = self.registry.holder(ins).await? else { return Ok(Looked::Nothing) };
        match self.acts.create_record(unasked(ins, holder), &automaton()).await {
            Ok(_) => Ok(Looked::Changed(InvitedState::OpenedByItself)),
            Err(Error::Conflict("record-exists")) => Ok(Looked::Changed(InvitedState::Opened)),
            Err(error @ (Error::Unavailable(_) | Error::Fault(_))) => Err(error),
            Err(error) => {
                tracing::warn!(error.code = error.code(), "a record that was announced did not open by itself");
                Ok(Looked::Nothing)
            }
        }
    }

    async fn has_record(&self, ins: &Ins) -> Result<bool, Error> {
        Ok(self.acts.find_record(&PersonRef::Ins(ins.clone())).await?.is_some())
    }
}

/// What a look at somebody came to.
enum Looked {
    Nothing,
    Changed(InvitedState),
    /// There is no room for more mails or letters now.
    Full,
}

/// A record that nobody asked for and nobody refused.
fn unasked(ins: &Ins, holder: CardHolder) -> NewRecord {
    let CardHolder { traits, contact, caisse } = holder;
    NewRecord {
        ins: ins.clone(),
        traits,
        channel: Channel::Automatic,
        consent: Some(ConsentEvidence::NoObjection),
        emergency: EmergencyChoices::default(),
        team_consent: false,
        scheme: None,
        caisse,
        department: None,
        reason: None,
        contact: (contact != Contact::default()).then_some(contact),
        representatives: Vec::new(),
    }
}
