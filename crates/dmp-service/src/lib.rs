//! What the record does: one file for each business act, shared by every door.
//!
//! Every act has the same shape: load, gather facts, decide, build changes and the leaf, commit.
//! The commit is the last line that can fail; nothing is answered before its leaf is durable.

mod account_acts;
mod add;
mod administrative;
mod apps;
mod authorise;
mod cancel_opening;
mod check_access;
mod choices;
mod close_record;
mod code_mail;
mod config;
mod consult;
mod copy;
mod corrections;
mod counter_day;
mod create_record;
mod dated;
mod edge;
mod emergency;
mod episodes;
mod error;
mod find;
mod find_person;
mod formats;
mod head_act;
mod helpers;
mod identity_change;
mod ids;
mod invitations;
mod journal;
mod judge;
mod last_reports;
mod notices;
mod opening;
mod opening_notice;
mod orders;
mod paper;
mod patients;
mod pointers;
mod practice;
mod preview;
mod publish;
mod reading;
mod record_life;
mod reimbursements;
mod relatives;
mod reports;
mod representation;
mod search;
mod sent;
mod share;
mod sign_in;
mod sign_summary;
mod statistics;
mod structure_users;
mod summarize;
mod update_entry;

pub use add::{Added, AddedFile, Addition};
pub use apps::{AppAccess, AppProof, AppUse, NewGrant};
pub use check_access::Access;
pub use choices::{Choice, NoticeWish};
pub use code_mail::{CodeMail, CodeMailer, MailboxFull};
pub use config::Config;
pub use consult::Consulted;
pub use copy::{COPIES_A_DAY, Canonical, CanonicalHead, Imported, RecordFile, WholeCopy, record_hash};
pub use corrections::{KnownCorrection, NewCorrection, WaitingRequest};
pub use counter_day::{CounterAct, CounterDeed};
pub use create_record::{NewRecord, Opened};
pub use dmp_core::record::Habilitation;
pub use dmp_store::{KeptLeaf, Saving};
pub use edge::{Clock, Random, SystemClock, SystemRandom};
pub use emergency::ToldEmergency;
pub use episodes::NewEpisode;
pub use error::Error;
pub use find::FoundTexts;
pub use formats::{Formats, ReadDocument, ReimbursementDocument, StatementDocument, SummaryDocument, SummaryModel};
pub use identity_change::{IdentityOutcome, IdentityWish};
pub use ids::{IdKind, IdSealer};
pub use invitations::{
    ASKED_AGAIN_DAYS, Campaign, CampaignState, Hand, InvitationAnswer, InvitedState, LIST_MAX, ListFault, Skipped, Tally, read_numbers,
};
pub use journal::{ActsOf, JournalPage};
pub use judge::PersonRef;
pub use last_reports::LastReports;
pub use notices::{Mailboxes, NoticeDesk, Rung};
pub use opening::{
    Answered, CODES_A_WEEK, CardHolder, CardProof, CardRegistry, CodeLetter, CodeProof, JOURNEY_DAYS, Journey, LETTER_DAYS, MAIL_HOURS, Opening,
    OpeningDesk, OpeningTally, RegistryError, SeenJourney, Stage, TRIES_MAX, Wish,
};
pub use opening_notice::Letter;
pub use orders::{CheckedOrders, DoneLately};
pub use paper::{PaperContent, PaperWish};
pub use patients::{OwnPatient, OwnPatients, PatientNews};
pub use practice::{CodeFault, NewPracticeApp, PracticeAccess, PracticeProof, TICKET_SECONDS, Ticket, TicketFault, TicketUse};
pub use preview::{Preview, Previewed};
pub use publish::{NewDocument, NewFolder, NewSet, Published, ReplaceTarget, Submission};
pub use reading::{ReadRound, ReadingDesk};
pub use reimbursements::{Drawn, Insurer, ReimbursementSource, SourceError};
pub use relatives::{ActsFor, quality};
pub use reports::ReportLine;
pub use representation::{MandateRef, NewMandate};
pub use search::{Found, FoundSets};
pub use sent::{SENT_DAYS, SentFate, SentLine, SentLines, SentReason};
pub use share::{Knock, Knocked, NewLink, OpenedShare, SealedFile, ShareAddress, ShareWish, fresh_key, seal_file};
pub use sign_in::{Arrived, Begun, CODE_MINUTES, GUESSES_MAX, Guesses, MailCheck, Myself, PrintedSheet, Quality, STARTS_AN_HOUR, SignInWay};
pub use sign_summary::DraftedDocument;
pub use statistics::PublicFigures;
pub use structure_users::{DirectoryName, StructureUnit, StructureUser, UserChange, user_id};
pub use summarize::Summarized;
pub use update_entry::EntryUpdate;

use std::sync::Arc;

use dmp_store::RecordStore;

/// The acts, over one store.
#[derive(Debug, Clone)]
pub struct Service {
    pub(crate) store: Arc<dyn RecordStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) config: Arc<Config>,
    pub(crate) ids: IdSealer,
    /// Where the insurer's lines come from; `None`: nowhere.
    pub(crate) insurer: Option<Insurer>,
    /// What tells people without a record of a change; `None`: nothing does.
    pub(crate) mailer: Option<Arc<dyn CodeMailer>>,
    pub(crate) texts: Arc<find::TextCache>,
    pub(crate) summaries: Arc<summarize::SummaryCache>,
    /// Guesses of codes that were compared since the start.
    pub(crate) guesses: Arc<Guesses>,
    /// What came of deposits and is not written yet.
    pub(crate) sent_waiting: Arc<sent::SentWaiting>,
    /// What the public pages show, added up a while ago.
    pub(crate) published: Arc<statistics::PublishedCache>,
}

impl Service {
    /// Acts over a store, with the edges of the process as arguments.
    pub fn new(store: Arc<dyn RecordStore>, clock: Arc<dyn Clock>, random: Arc<dyn Random>, config: Config, ids: IdSealer) -> Self {
        Service {
            store,
            clock,
            random,
            config: Arc::new(config),
            ids,
            insurer: None,
            mailer: None,
            texts: find::text_cache(),
            sent_waiting: Arc::default(),
            summaries: summarize::summary_cache(),
            guesses: Arc::default(),
            published: Arc::default(),
        }
    }

    /// The same, with the insurer's lines.
    #[must_use]
    pub fn with_insurer(self, insurer: Insurer) -> Self {
        Service { insurer: Some(insurer), ..self }
    }

    /// The same, with what sends mails.
    #[must_use]
    pub fn with_mailer(self, mailer: Arc<dyn CodeMailer>) -> Self {
        Service { mailer: Some(mailer), ..self }
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Seals and opens the ids that leave the server.
    pub fn ids(&self) -> &IdSealer {
        &self.ids
    }

    /// The present moment of this installation.
    pub fn now(&self) -> dmp_core::Moment {
        self.clock.now()
    }

    /// Whether the store can take a commit now.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or a fault of the store.
    pub async fn ready(&self) -> Result<(), Error> {
        self.store.ready().await.map_err(Error::from)
    }
}
