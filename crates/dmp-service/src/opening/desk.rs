//! Who opens a record is told the same whoever they are, and what is done for them is done aside.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dmp_core::access::{Caller, CallerKind};
use dmp_core::account::Identifier;
use dmp_core::identity::Ins;
use dmp_core::record::{Channel, CodePurpose, ConsentEvidence, Contact, Language};
use dmp_core::{Mode, Moment};
use tokio::sync::Semaphore;

use super::codes::{Codes, LETTER_DAYS, MAIL_HOURS};
use super::journey::{Journey, SeenJourney, Stage, Wish};
use super::registry::{CardHolder, CardRegistry, RegistryError};
use super::sending::{CodeSent, CodeWish, WayOfCode, way_of};
use crate::code_mail::{CodeMail, CodeMailer};
use crate::invitations::DueParts;
use crate::{Error, Myself, NewRecord, PersonRef, Service};

/// Codes that are made at once: more are told to come back, whoever asks.
const MADE_AT_ONCE: usize = 512;

/// Seconds in which the last form may come a second time and still begin a session.
const SENT_TWICE_SECONDS: i64 = 60;

/// What a desk did since its start. Counts alone: nothing of them leads to a person.
#[derive(Debug, Default)]
pub struct OpeningTally {
    asked: AtomicU64,
    sent: AtomicU64,
    evaluated: AtomicU64,
    opened: AtomicU64,
    refused: AtomicU64,
}

impl OpeningTally {
    /// Names and values, for `/metrics`. SECURITY: what was sent and compared tells whom the insurer knows and who has a record, and stands in a
    /// sandbox alone; what was asked for counts the same for everybody.
    pub fn figures(&self, mode: Mode) -> Vec<(&'static str, u64)> {
        let told = [
            ("dmp_opening_codes_asked_total", &self.asked),
            ("dmp_opening_records_opened_total", &self.opened),
            ("dmp_opening_refusals_total", &self.refused),
        ];
        let untold = [("dmp_opening_codes_sent_total", &self.sent), ("dmp_opening_codes_compared_total", &self.evaluated)];
        let untold = untold.into_iter().filter(|_| mode == Mode::Sandbox);
        told.into_iter().chain(untold).map(|(name, count)| (name, count.load(Ordering::Relaxed))).collect()
    }

    pub(super) fn add_evaluated(&self, count: usize) {
        self.evaluated.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// The desk at which a person opens, or refuses, their record.
#[derive(Debug, Clone)]
pub struct OpeningDesk {
    pub(crate) acts: Service,
    pub(crate) registry: Arc<dyn CardRegistry>,
    pub(crate) mailer: Arc<dyn CodeMailer>,
    pub(super) tally: Arc<OpeningTally>,
    pub(crate) due_parts: Arc<DueParts>,
    room: Arc<Semaphore>,
}

impl From<RegistryError> for Error {
    fn from(error: RegistryError) -> Self {
        Error::Unavailable(error.to_string())
    }
}

/// Who has opened their record.
#[derive(Debug)]
pub struct Opening {
    pub caller: Caller,
    pub ins: Ins,
    /// The account had means of signing in before: nothing of them was changed, and one of them is to be shown before anybody is let in.
    pub has_means: bool,
}

impl OpeningDesk {
    /// A desk over the acts, with the insurer's registry and what sends mails.
    pub fn new(acts: Service, registry: Arc<dyn CardRegistry>, mailer: Arc<dyn CodeMailer>) -> Self {
        OpeningDesk { acts, registry, mailer, tally: Arc::default(), due_parts: Arc::default(), room: Arc::new(Semaphore::new(MADE_AT_ONCE)) }
    }

    /// What it did.
    pub fn tally(&self) -> Arc<OpeningTally> {
        Arc::clone(&self.tally)
    }

    /// Has a code made and sent for a person, if the insurer knows them and they have no record. Comes back at once.
    ///
    /// SECURITY: the registry, the store and the mail server are asked aside, so that the time of the answer says nothing of the person.
    ///
    /// # Errors
    /// [`Error::Busy`], whoever asks, when too many codes are being made.
    pub fn ask_code(&self, ins: Ins, language: Language) -> Result<(), Error> {
        self.tally.asked.fetch_add(1, Ordering::Relaxed);
        let place = Arc::clone(&self.room).try_acquire_owned().map_err(|_| Error::Busy)?;
        let desk = self.clone();
        tokio::spawn(async move {
            if let Err(error) = desk.send_code(&ins, language).await {
                tracing::error!(error.code = error.code(), "a code of an opening could not be sent");
            }
            drop(place);
        });
        Ok(())
    }

    async fn send_code(&self, ins: &Ins, language: Language) -> Result<(), Error> {
        let now = self.acts.now();
        let way = self.registry.holder(ins).await?.and_then(way_of);
        let has_record = self.acts.find_record(&PersonRef::Ins(ins.clone())).await?.is_some();
        let valid_until = match &way {
            Some(WayOfCode::Letter(_)) => now.plus_days(LETTER_DAYS),
            Some(WayOfCode::Mail(_)) | None => now.plus_seconds(3_600 * MAIL_HOURS),
        };
        let purpose = if has_record { CodePurpose::AlreadyOpen } else { CodePurpose::Opening };
        match self.make_code(ins, way, CodeWish { purpose, valid_until, language }).await? {
            CodeSent::Sent => {
                self.tally.sent.fetch_add(1, Ordering::Relaxed);
                Ok(())
            }
            CodeSent::TooMany | CodeSent::NoWay => Ok(()),
            CodeSent::NoRoom => Err(Error::Busy),
        }
    }

    /// What the insurer knows of the person whose card somebody reads who opens the record with them: a health professional or an agent.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the insurer does not answer.
    pub async fn known(&self, ins: &Ins) -> Result<Option<CardHolder>, Error> {
        Ok(self.registry.holder(ins).await?)
    }

    /// What the insurer knows of the person, once both proofs were given: to fill their form in.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-changed` before that; [`Error::Unavailable`] when the insurer does not answer.
    pub async fn holder(&self, journey: &Journey) -> Result<CardHolder, Error> {
        let stage = journey.stage(self.acts.now());
        if stage < Stage::Consent || stage > Stage::Opened {
            return Err(Error::Conflict("record-changed"));
        }
        self.registry.holder(&journey.ins).await?.ok_or(Error::NotFound("record-not-found"))
    }

    /// Opens the record, with the consent that was given on the way, and gives who the person is from now on. Sent twice, it opens one record
    /// and gives the same receipt.
    ///
    /// SECURITY: whoever comes when the record is open already gets nothing, but the journey that has just opened it. An account that has means
    /// keeps them, and they are asked for before anybody is let in: the proofs of an opening are not those of a sign-in.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-changed` when a question is still open, `identifier-taken`, `record-exists` when another channel was faster;
    /// refusals of the law: a minor is refused.
    pub async fn open(&self, seen: &SeenJourney) -> Result<Opening, Error> {
        let (journey, now) = (&seen.journey, self.acts.now());
        let stage = journey.stage(now);
        let just_opened = journey.opened.as_ref().is_some_and(|(_, at)| at.plus_seconds(SENT_TWICE_SECONDS) > now);
        if stage != Stage::Security && !just_opened {
            return Err(Error::Conflict("record-changed"));
        }
        let holder = self.holder(journey).await?;
        let caller = caller_of(&journey.ins, &holder);
        let opening = |present: &Journey| Opening { caller: caller.clone(), ins: present.ins.clone(), has_means: present.gives_means == Some(false) };
        if just_opened {
            return Ok(opening(journey));
        }
        let opened = match self.open_once(seen, &holder, &caller).await {
            Err(Error::Conflict("record-exists")) => self.own_receipt(seen, &caller).await?,
            Err(refused @ (Error::Conflict(_) | Error::Forbidden(_))) => {
                self.change(seen, |journey| journey.attempted_at = None).await?;
                return Err(refused);
            }
            Err(error) => return Err(error),
            Ok(opened) => opened,
        };
        self.change(seen, |journey| journey.opened = Some(opened.clone())).await?;
        self.journey(&seen.word).await?.map(|present| opening(&present.journey)).ok_or(Error::Conflict("record-changed"))
    }

    /// Opens, once the law and the chosen word allow it. Gives number and moment of the receipt.
    async fn open_once(&self, seen: &SeenJourney, holder: &CardHolder, caller: &Caller) -> Result<(String, Moment), Error> {
        let journey = &seen.journey;
        if self.acts.find_record(&PersonRef::Ins(journey.ins.clone())).await?.is_some() {
            return Err(Error::Conflict("record-exists"));
        }
        self.acts.may_open_alone(&journey.ins, &holder.traits, caller).await?;
        let identifier = journey.answered.identifier.as_ref().ok_or(Error::Conflict("record-changed"))?;
        let keeps = self.keeps_means(seen, holder, caller, identifier).await?;
        let opened = self.acts.create_record(new_record(journey, holder), caller).await?;
        self.tally.opened.fetch_add(1, Ordering::Relaxed);
        self.change_codes(&journey.ins, Codes::end_all).await?;
        if let Some(address) = keeps {
            self.tell_of_opening(address, journey.language).await;
        }
        Ok((opened.receipt, opened.at))
    }

    /// Gives an account without means its first ones. One that has some keeps them: the address that they were verified at is given, to be told.
    async fn keeps_means(&self, seen: &SeenJourney, holder: &CardHolder, caller: &Caller, identifier: &Identifier) -> Result<Option<String>, Error> {
        let now = self.acts.now();
        let before = self.acts.credentials(&caller.account).await?;
        let has_some = before.as_ref().is_some_and(|one| !one.means().is_empty());
        // The first to ask decides: a form that is sent twice meets the means that it has just given.
        let decide = |journey: &mut Journey| {
            journey.attempted_at.get_or_insert(now);
            journey.gives_means.get_or_insert(!has_some);
        };
        self.change(seen, decide).await?;
        let present = self.journey(&seen.word).await?.ok_or(Error::Conflict("record-changed"))?;
        if present.journey.gives_means == Some(true) {
            // The address at which the code was read, whichever one is given for notices.
            match self.acts.first_means(&Myself::of(caller)?, identifier, holder.contact.email.as_deref()).await {
                Err(Error::Conflict("means-exist")) => self.change(seen, |journey| journey.gives_means = Some(false)).await?,
                given => return given.map(|()| None),
            }
        }
        Ok(self.acts.credentials(&caller.account).await?.and_then(|one| one.mail).map(|mail| mail.address))
    }

    /// Tells an address that the record was opened. A mail that is not taken is lost: the record says it too.
    async fn tell_of_opening(&self, to: String, language: Language) {
        let now = self.acts.now();
        let mail = CodeMail { to, purpose: CodePurpose::Opened, code: String::new(), sent_at: now, valid_until: now, language };
        if self.mailer.send(mail).await.is_err() {
            tracing::warn!("an opening could not be told: too many mails wait");
        }
    }

    /// The receipt of the record that this journey has just opened: what another journey, another code or another channel opened is not told of
    /// here, whoever comes.
    async fn own_receipt(&self, seen: &SeenJourney, caller: &Caller) -> Result<(String, Moment), Error> {
        let ins = &seen.journey.ins;
        let attempted_at = self.journey(&seen.word).await?.and_then(|present| present.journey.attempted_at);
        let record = self.acts.administrative(&PersonRef::Ins(ins.clone()), caller).await?;
        let creation = &record.head.creation;
        let just_then = |at: Moment| at <= creation.at && creation.at < at.plus_seconds(SENT_TWICE_SECONDS);
        let own = creation.channel == Channel::Online && creation.recorded_by == caller.account && attempted_at.is_some_and(just_then);
        let now = self.acts.now();
        if own && now < creation.at.plus_seconds(SENT_TWICE_SECONDS) {
            self.change_codes(ins, Codes::end_all).await?;
            return Ok((creation.receipt.clone(), creation.at));
        }
        Err(Error::Conflict("record-exists"))
    }

    /// Keeps the refusal of a person who has proved the code.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-changed` when the journey does not stand there; refusals of the law.
    pub async fn refuse(&self, seen: &SeenJourney) -> Result<(), Error> {
        let (journey, now) = (&seen.journey, self.acts.now());
        match journey.stage(now) {
            Stage::Refused => return Ok(()),
            Stage::Refusal => {}
            _ => return Err(Error::Conflict("record-changed")),
        }
        let holder = self.registry.holder(&journey.ins).await?.ok_or(Error::NotFound("record-not-found"))?;
        self.acts.object_as_person(&journey.ins, &holder.traits, &caller_of(&journey.ins, &holder)).await?;
        self.tally.refused.fetch_add(1, Ordering::Relaxed);
        self.change(seen, |journey| journey.refused_at = Some(now)).await
    }

    /// Turns the wish around after the code was proved: from opening to refusing and back.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-changed` before the code, or once something was done.
    pub async fn turn(&self, seen: &SeenJourney, wish: Wish) -> Result<(), Error> {
        let (journey, stage) = (&seen.journey, seen.journey.stage(self.acts.now()));
        if stage == Stage::Opened || (stage == Stage::Code && journey.wish != wish) {
            return Err(Error::Conflict("record-changed"));
        }
        self.change(seen, |journey| (journey.wish, journey.refused_at, journey.put_off_at) = (wish, None, None)).await
    }
}

/// The person, as the insurer names them.
fn caller_of(ins: &Ins, holder: &CardHolder) -> Caller {
    Caller { name: Some(holder.traits.shown_name().clone()), ..Caller::bare(ins.account(), CallerKind::Patient) }
}

fn new_record(journey: &Journey, holder: &CardHolder) -> NewRecord {
    let answered = &journey.answered;
    let contact = Contact { email: answered.email.clone(), mobile: answered.mobile.clone(), address: holder.contact.address.clone() };
    NewRecord {
        ins: journey.ins.clone(),
        traits: holder.traits.clone(),
        channel: Channel::Online,
        consent: answered.consent_at.map(|_| ConsentEvidence::Electronic),
        emergency: answered.emergency,
        team_consent: false,
        scheme: None,
        caisse: holder.caisse.clone(),
        department: None,
        reason: None,
        contact: (contact != Contact::default()).then_some(contact),
        representatives: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_production_no_counter_tells_whom_the_insurer_knows_or_who_has_a_record() {
        let names = |mode| OpeningTally::default().figures(mode).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(Mode::Production), ["dmp_opening_codes_asked_total", "dmp_opening_records_opened_total", "dmp_opening_refusals_total"]);
        assert!(names(Mode::Sandbox).contains(&"dmp_opening_codes_sent_total"));
    }
}
