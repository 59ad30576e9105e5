//! Server-rendered pages of the sites: askama templates with their page structs, texts in French and English, samples.
//!
//! One struct and one template a page. The server fills a struct with plain data and sends `render()`; every link and
//! form of a page is listed on its struct. No inline style, and no script but [`PASSKEY_SCRIPT`] on the pages that speak with a
//! passkey and [`KEYS_SCRIPT`] on those of a professional ([`Shell::keys`]), all of which work without it: the others work under
//! `default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`.
//!
//! Every form is `method="post"` with a hidden field `csrf` ([`Shell::csrf`]) unless it says GET. Forms of the frame,
//! on every page: `POST /lang` (`csrf`, `lang` = `fr`|`en`, `back` = [`Shell::back`]) and `POST /signout` (`csrf`).

mod access_page;
mod access_tabs;
mod add_page;
mod app_consent_page;
mod apps_page;
mod assisted_page;
mod back_page;
mod call_page;
mod campaigns_page;
mod chart;
mod closing_page;
mod code_mail;
mod correction_page;
mod counter_page;
mod dates;
mod display;
mod display_page;
mod document;
mod document_group;
mod document_page;
mod documents_page;
mod download_page;
mod easy_page;
mod embed_page;
mod emergency_card;
mod error_page;
mod expected_page;
mod info_page;
mod invitation_page;
mod journal_filter;
mod journal_page;
mod journal_reason;
mod journal_sentence;
mod kinds;
mod lang;
mod letter_help_page;
mod mail;
mod matrix_page;
mod notices_page;
mod numbers;
mod offline_index;
mod opening_page;
mod paper_page;
mod paper_text;
mod part_page;
mod person_record;
mod preview_page;
mod pro_apps_page;
mod pro_authorise;
mod pro_denied;
mod pro_deposit;
mod pro_documents;
mod pro_frame;
mod pro_imaging;
mod pro_mine;
mod pro_orders;
mod pro_print;
mod pro_search;
mod pro_sent;
mod pro_summary;
mod pro_synthesis;
mod proof;
mod public_page;
mod quoted;
mod record_states;
mod relatives_page;
mod report_shown;
mod results;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod search_page;
mod settings_page;
mod share_page;
mod shared_page;
mod shell;
mod sign_in;
mod sign_in_code;
mod sign_in_settings;
mod sign_summary_page;
mod statistics;
mod stay;
mod summary;
mod texts;
mod timeline_page;
mod undo_opening_page;
mod who_page;
mod words;

pub use access_page::{AccessPage, AuthoriseForm, ProfessionalLine, ProfessionalState, RppsError, TeamLine};
pub use access_tabs::AccessTab;
pub use add_page::{AddFile, AddForm, AddPage, AddedLine, AddedList, AddedPage, Control, FieldLine};
pub use app_consent_page::{AppConsentPage, AppProblem, AppProblemPage, AppUntil, AskedReading};
pub use apps_page::{AppLine, AppReading, AppsPage};
pub use assisted_page::{
    AssistedAnswers, AssistedPage, AssistedPerson, AssistedProblem, AssistedReceipt, AssistedRepresentative, AssistedStep, ContactChoice,
};
pub use back_page::BackPage;
pub use call_page::{CallPage, CallState};
pub use campaigns_page::{CampaignLine, CampaignProblem, CampaignStand, CampaignsPage};
pub use closing_page::{CLOSING_WORDS_MAX, ClosingPage, ClosingProblem, closing_leaflet};
pub use code_mail::{CodeLetterPage, MailboxLine, MailboxPage, code_mail_text};
pub use correction_page::{CorrectionForm, CorrectionLine, CorrectionProblem, CorrectionsPage, ProCorrection, WaitingCorrection};
pub use counter_page::{
    CounterAnswers, CounterDeed, CounterDone, CounterExplain, CounterHome, CounterJournal, CounterLine, CounterPage, CounterProblem, CounterSheet,
    CounterStep, CounterTask,
};
pub use dates::{birth_date as birth_words, date as day_words, when as when_words};
pub use display::{Display, TextSize, Theme};
pub use display_page::DisplayPage;
pub use document::{AuthorLine, DocumentBody, DocumentLine, Label, Original, ReadPart, SafeHtml, file_words, tell_apart};
pub use document_group::{DocumentGroup, FoldedDocument, FoldedDocuments};
pub use document_page::{CorrectionWay, DocumentPage};
pub use documents_page::{DocumentsPage, TopicCount};
pub use download_page::{DownloadPage, DownloadProblem};
pub use easy_page::{EasyBlock, EasyPage, EasyTopic};
pub use embed_page::{EmbedPage, EmbedState};
pub use emergency_card::{CardCode, CardContext, CardLink, EmergencyCard, HiddenOnCard};
pub use error_page::ErrorPage;
pub use expected_page::{Arrived, ExpectedContext, ExpectedPage};
pub use info_page::{Info, InfoPage};
pub use invitation_page::InvitationPage;
pub use journal_filter::JournalFilter;
pub use journal_page::{JournalDay, JournalPage};
pub use journal_reason::Ground;
pub use journal_sentence::{DocumentName, JournalLine, Perspective, sentence, sentence_of_day};
pub use lang::Lang;
pub use letter_help_page::LetterHelpPage;
pub use mail::{Letter, MailText, Telling, lang_of, mail_text};
pub use matrix_page::{MatrixCell, MatrixClass, MatrixPage, MatrixRow};
pub use notices_page::NoticesPage;
pub use offline_index::{OfflineDocument, OfflineIndex};
pub use opening_page::{OpeningPage, OpeningProblem, OpeningStep, OpeningWish};
pub use paper_page::{PaperForm, PaperPage, PaperProblem};
pub use paper_text::{PaperText, access_paper, cover_words, journal_paper};
pub use part_page::{Part, PartContext, PartPage};
pub use person_record::{News, NoticeLine, PersonRecord};
pub use preview_page::{PreviewBlock, PreviewPage, Unseen, ViewerLink};
pub use pro_apps_page::{ProAppLine, ProAppsPage};
pub use pro_authorise::ProAuthorise;
pub use pro_denied::{BreakGlassForm, BreakGlassProblem, ConsentForm, ProDenied};
pub use pro_deposit::{DepositDraft, DepositFlaw, DepositProblem, DepositVisibility, Finding, ProDeposit, ProDepositCheck};
pub use pro_documents::{ClassCount, DocumentActs, Filters, OpenDocument, ProDocuments};
pub use pro_frame::{PatientFrame, PatientHeader, PatientPage, ProMode};
pub use pro_imaging::{ExaminationLine, ProImaging};
pub use pro_mine::{PatientLine, PatientNewsLine, ProMine, ProNews};
pub use pro_orders::{ExamChoice, ExamDone, ExamFound, ProOrders};
pub use pro_print::ProPrint;
pub use pro_search::{EmergencyLine, IdentityForm, InsProblem, ProSearch, RecentPatient};
pub use pro_sent::{ProSent, SentDays, SentReasonLine, SentRow, SentShown, SentState};
pub use pro_summary::ProSummary;
pub use pro_synthesis::{ProSynthesis, ReportLine, SynthesisContext};
pub use proof::{ProofLink, ProofOf};
pub use public_page::PublicPage;
pub use record_states::{ClosedRecord, NoRecord, OpenForm, OpenProblem, Receipt};
pub use relatives_page::{ActingLine, HelperLine, InvitationLine, InviteForm, InviteProblem, Invited, PastLine, RelativesPage, ShutRecord};
pub use report_shown::ReportShown;
pub use results::{AnalytePage, ResultLine, ResultsContext, ResultsPage, opaque, series_keys};
pub use search_page::{SearchHitLine, SearchOutcome, SearchPage};
pub use settings_page::SettingsPage;
pub use share_page::{OpeningLine, SendForm, ShareDocumentsPage, ShareLine, ShareLinkPage, SharePage, ShareProblem};
pub use shared_page::{KnockProblem, ShareGone, ShareKnock, SharedContext, SharedDocument, SharedPage};
pub use shell::{Acting, Said, SearchBox, Shell, Site};
pub use sign_in::{
    Entered, IdentityGroup, IdentityKind, PasskeyChallenge, PersonProblem, PersonWays, Provider, SignIn, SignInProblem, StructureDoor,
    StructureRefused, TestIdentity,
};
pub use sign_in_code::{CodeFor, CodePage, QualityLine, QualityPage};
pub use sign_in_settings::{
    IdentifierField, MailField, NewPasskeyChallenge, PasskeyLine, PasskeyPage, ProviderLine, SessionLine, SheetLine, SheetPage, SignInSettings,
};
pub use sign_summary_page::{OfferedHeading, OfferedLine, SignSummaryPage, SignSummaryProblem};
pub use statistics::{BigFigure, FigureBox, FigureTable, StatisticsData, StatisticsFile, StatisticsForm, StatisticsPage, StatisticsView, Words};
pub use stay::Stay;
pub use summary::{ClinicalSummary, Reader, SummaryContext, SummaryLinks, fact_name};
pub use texts::preview::viewer_words;
pub use timeline_page::{EventKind, FilterChoice, TimelineEvent, TimelinePage, event_kind_words};
pub use undo_opening_page::UndoOpeningPage;
pub use who_page::{WhoPage, WhoState};
pub use words::{class_label, profession_label};

/// The style sheet, served at `/static/dmp.css`.
pub const CSS: &str = include_str!("../static/dmp.css");

/// The script of the keys of a professional's pages, served at `/static/keys.js`.
pub const KEYS_SCRIPT: &str = include_str!("../static/keys.js");

/// The script of the pages with a passkey, served at `/static/passkey.js`.
pub const PASSKEY_SCRIPT: &str = include_str!("../static/passkey.js");

/// The icon of a tab, served at `/favicon.ico`: a sheet of paper, our own drawing.
pub const ICON: &[u8] = include_bytes!("../static/favicon.ico");
/// The script for pages of practice software, served at `/embed/dmp-synthese.js`: it puts a frame of ours into them.
pub const EMBED_SCRIPT: &str = include_str!("../static/dmp-synthese.js");
