//! Episodes of care: which team takes care of the person, and the initial consent to teams (CSP L.1110-12, R.1111-46).

use dmp_core::access::{Act, Caller};
use dmp_core::record::{Episode, EpisodeStep, Head, NoticeKind, TeamMember};
use dmp_core::{EntryId, Issue, Moment};

use crate::head_act::{About, tell};
use crate::{Error, PersonRef, Service};

/// An episode as its structure declares it.
#[derive(Debug, Clone)]
pub struct NewEpisode {
    /// The structure's own number of the stay. A declaration with the same number is the same declaration.
    pub number: Option<String>,
    pub unit: Option<String>,
    /// Besides the caller, who is of the team unless the staff of the unit is.
    pub members: Vec<TeamMember>,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    /// The person was told of this team's access.
    pub informed: bool,
}

impl Service {
    /// Declares an episode of care of the caller's own structure, and gives its id. One that is declared already under the same number
    /// stays as it is.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too many members or an end before the beginning; refusals of the law.
    pub async fn declare_episode(&self, person: &PersonRef, new: &NewEpisode, caller: &Caller) -> Result<(Head, EntryId), Error> {
        check(new)?;
        let members = self.team(new, caller).await?;
        let structure = caller.structure.clone();
        let id = match (&new.number, &structure) {
            (Some(number), Some(structure)) => numbered(structure.id.as_str(), number),
            (Some(_) | None, _) => EntryId(self.random.bytes16(&format!("episode {}", caller.account))),
        };
        let words = structure.as_ref().map(|structure| structure.name.clone());
        let about = About { words: words.as_deref(), ..About::default() };
        let head = self
            .change_head(Act::DeclareEpisode, person, caller, about, |head, now| {
                let structure = structure.clone().ok_or_else(|| Error::Fault("an episode without a structure".to_owned()))?;
                if head.episodes.iter().any(|known| known.id == id) {
                    return Ok(());
                }
                let from = new.from.unwrap_or(now);
                if new.until.is_some_and(|end| end < from) {
                    return Err(Error::Conflict("episode-period"));
                }
                head.episodes.retain(|episode| episode.until.is_none_or(|end| now < end.plus_days(EPISODES_KEPT_DAYS)));
                if head.episodes.len() >= EPISODES_MAX {
                    return Err(Error::TooLarge("too-many-episodes"));
                }
                head.episodes.push(Episode {
                    id,
                    structure,
                    unit: new.unit.clone(),
                    members: members.clone(),
                    from,
                    until: new.until,
                    informed_at: new.informed.then_some(now),
                    opposed_at: None,
                    declared_by: caller.account.clone(),
                });
                tell(head, NoticeKind::EpisodeDeclared, caller, now);
                Ok(())
            })
            .await?;
        Ok((head, id))
    }

    /// Changes unit, staff and end of an episode of the caller's own structure, or says that the person was told.
    ///
    /// # Errors
    /// [`Error::NotFound`] `episode-not-found`; [`Error::Conflict`] `episode-over`, `episode-period`; refusals of the law.
    pub async fn change_episode(&self, person: &PersonRef, id: EntryId, new: &NewEpisode, caller: &Caller) -> Result<Head, Error> {
        check(new)?;
        let members = self.team(new, caller).await?;
        // Judged as ending: whoever may end an episode may change it, and nobody of another structure.
        self.episode_step(Act::EndEpisode, person, id, caller, |episode, now| {
            let step = EpisodeStep::Change { unit: new.unit.clone(), members: members.clone(), until: new.until };
            let changed = episode.step(step, now)?;
            Ok(if new.informed { changed.step(EpisodeStep::Inform, now)? } else { changed })
        })
        .await
    }

    /// Ends an episode.
    ///
    /// # Errors
    /// [`Error::NotFound`] `episode-not-found`; [`Error::Conflict`] `episode-over`; refusals of the law.
    pub async fn end_episode(&self, person: &PersonRef, id: EntryId, caller: &Caller) -> Result<Head, Error> {
        self.episode_step(Act::EndEpisode, person, id, caller, |episode, now| Ok(episode.step(EpisodeStep::End, now)?)).await
    }

    /// The person does not want this team in their record.
    ///
    /// # Errors
    /// [`Error::NotFound`] `episode-not-found`; [`Error::Conflict`] `episode-over`, `episode-opposed`; refusals of the law.
    pub async fn oppose_episode(&self, person: &PersonRef, id: EntryId, caller: &Caller) -> Result<Head, Error> {
        self.episode_step(Act::OpposeEpisode, person, id, caller, |episode, now| Ok(episode.step(EpisodeStep::Oppose, now)?)).await
    }

    /// Records the initial consent to care teams that the person expresses now to the caller.
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn record_team_consent(&self, person: &PersonRef, caller: &Caller) -> Result<Head, Error> {
        self.change_head(Act::RecordTeamConsent, person, caller, About::default(), |head, now| {
            head.team_consent_at = head.team_consent_at.or(Some(now));
            Ok(())
        })
        .await
    }

    /// The team of a declaration: whom it names, and the staff of the unit where the structure's directory knows that unit. The staff is asked
    /// for at each reading: who leaves the unit leaves the team. Without such a unit the caller is of the team.
    async fn team(&self, new: &NewEpisode, caller: &Caller) -> Result<Vec<TeamMember>, Error> {
        let known = match (&caller.structure, &new.unit) {
            (Some(structure), Some(unit)) => self.unit_named(&structure.id, unit).await?,
            (Some(_) | None, _) => None,
        };
        Ok(match known {
            Some(unit) => std::iter::once(TeamMember::staff_of(&unit)).chain(new.members.iter().cloned()).collect(),
            None => with_caller(&new.members, caller),
        })
    }

    async fn episode_step(
        &self,
        act: Act,
        person: &PersonRef,
        id: EntryId,
        caller: &Caller,
        step: impl Fn(&Episode, Moment) -> Result<Episode, Error> + Send + Sync,
    ) -> Result<Head, Error> {
        let ours = |head: &Head| head.episodes.iter().find(|episode| episode.id == id).map(|episode| episode.structure.id.clone());
        let structure = caller.structure.as_ref().map(|structure| structure.id.clone());
        let more = |head: &Head, facts: &mut dmp_core::access::Facts| {
            facts.relation.own_structures_episode = structure.is_some() && ours(head) == structure;
        };
        self.change_head(act, person, caller, About { more: Some(&more), ..About::default() }, |head, now| {
            let place = head.episodes.iter_mut().find(|episode| episode.id == id).ok_or(Error::NotFound("episode-not-found"))?;
            *place = step(place, now)?;
            Ok(())
        })
        .await
    }
}

fn check(new: &NewEpisode) -> Result<(), Error> {
    if new.members.len() > MEMBERS_MAX {
        return Err(Error::invalid(Issue::error("element-value").at("Encounter.participant").expected(format!("at most {MEMBERS_MAX}"))));
    }
    Ok(())
}

/// The id of the episode that a structure declares under a number of its own. It counts inside of one record alone.
fn numbered(structure: &str, number: &str) -> EntryId {
    EntryId(crate::publish::digest(&aws_lc_rs::digest::SHA256, format!("episode\n{structure}\n{number}").as_bytes()))
}

/// The members without repetition, the caller first.
fn with_caller(members: &[TeamMember], caller: &Caller) -> Vec<TeamMember> {
    let mut all = vec![TeamMember { account: caller.account.clone(), name: caller.shown_name() }];
    for member in members {
        if !all.iter().any(|known| known.account == member.account) {
            all.push(member.clone());
        }
    }
    all
}

/// A large ward with its night shift.
const MEMBERS_MAX: usize = 200;
/// Episodes that a head holds: it is read whole at each act.
const EPISODES_MAX: usize = 100;
/// Days that an ended episode stays in the head, for the person to see; the journal keeps it for ever.
const EPISODES_KEPT_DAYS: i64 = 365;
