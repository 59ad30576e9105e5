//! The person's own switches: emergency choices, whole-record mask, consent to care teams, occupational medicine.

use dmp_core::access::{Act, Caller};
use dmp_core::record::{Contact, EmergencyChoices, Head, Language, NoticeKind, Rhythm};

use crate::head_act::{About, tell};
use crate::{Error, PersonRef, Service};

/// One choice of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The three switches of an emergency.
    Emergency(EmergencyChoices),
    /// Hide every document, present and future, from professionals.
    MaskAll(bool),
    /// The initial consent that lets care teams open the record.
    CareTeams(bool),
    /// Express consent to occupational medicine.
    OccupationalMedicine(bool),
}

/// What the person wishes of notices; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeWish {
    pub language: Option<Language>,
    pub rhythm: Option<Rhythm>,
    /// Optional kinds that are sent.
    pub told: Option<Vec<NoticeKind>>,
}

impl Service {
    /// Records a choice.
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn choose(&self, person: &PersonRef, choice: Choice, caller: &Caller) -> Result<Head, Error> {
        let act = match choice {
            Choice::Emergency(_) => Act::SetEmergencyChoices,
            Choice::MaskAll(_) => Act::MaskAll,
            Choice::CareTeams(_) | Choice::OccupationalMedicine(_) => Act::SetConsents,
        };
        self.change_head(act, person, caller, About::default(), |head, now| {
            match choice {
                Choice::Emergency(choices) => head.emergency = choices,
                Choice::MaskAll(masked) => head.all_masked = masked,
                Choice::CareTeams(consent) => head.team_consent_at = consent.then_some(now),
                Choice::OccupationalMedicine(consent) => head.occupational_consent_at = consent.then_some(now),
            }
            Ok(())
        })
        .await
    }

    /// Changes how to reach the person (TD1.3).
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn update_contact(&self, person: &PersonRef, contact: &Contact, caller: &Caller) -> Result<Head, Error> {
        self.change_head(Act::UpdateContact, person, caller, About::default(), |head, now| {
            let next = (*contact != Contact::default()).then(|| contact.clone());
            if next != head.contact {
                head.contact = next;
                tell(head, NoticeKind::ContactChanged, caller, now);
            }
            Ok(())
        })
        .await
    }

    /// Changes how the person is told of notices. What may not be switched off is told whatever they say.
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn set_notices(&self, person: &PersonRef, wish: &NoticeWish, caller: &Caller) -> Result<Head, Error> {
        self.change_head(Act::UpdateContact, person, caller, About::default(), |head, _| {
            let settings = &mut head.notice_settings;
            settings.language = wish.language.unwrap_or(settings.language);
            settings.rhythm = wish.rhythm.unwrap_or(settings.rhythm);
            if let Some(told) = &wish.told {
                settings.told = NoticeKind::ALL.into_iter().filter(|kind| kind.is_optional() && told.contains(kind)).collect();
            }
            Ok(())
        })
        .await
    }

    /// Marks the person's notices as read. Not an act of the law: it shows nothing and changes no right.
    ///
    /// # Errors
    /// Refusals of the law for a caller who is not the person.
    pub async fn notices_read(&self, person: &PersonRef, caller: &Caller) -> Result<Head, Error> {
        self.change_head(Act::ReadAdministrative, person, caller, About::default(), |head, now| {
            head.notices.iter_mut().for_each(|notice| notice.read = true);
            head.notices_seen_at = Some(now);
            Ok(())
        })
        .await
    }
}
