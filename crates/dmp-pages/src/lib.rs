//! Server-rendered pages of the sites: askama templates with their page structs, texts in French and English, samples.
//!
//! One struct and one template a page. The server fills a struct with plain data and sends `render()`; every link and
//! form of a page is listed on its struct. No script, no inline style: the pages work under
//! `default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`.
//!
//! Every form is `method="post"` with a hidden field `csrf` ([`Shell::csrf`]) unless it says GET. Forms of the frame,
//! on every page: `POST /lang` (`csrf`, `lang` = `fr`|`en`, `back` = [`Shell::back`]) and `POST /signout` (`csrf`).

mod access_page;
mod chart;
mod closing_page;
mod dates;
mod document;
mod document_group;
mod document_page;
mod download_page;
mod emergency_card;
mod error_page;
mod journal_page;
mod journal_reason;
mod journal_sentence;
mod lang;
mod letter_help_page;
mod mail;
mod matrix_page;
mod notices_page;
mod numbers;
mod offline_index;
mod paper_page;
mod paper_text;
mod part_page;
mod person_record;
mod pro_denied;
mod pro_patient;
mod pro_search;
mod proof;
mod record_states;
mod results;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod search_page;
mod shell;
mod sign_in;
mod sign_summary_page;
mod summary;
mod texts;
mod words;

pub use access_page::{AccessPage, AuthoriseForm, ProfessionalLine, ProfessionalState, RppsError};
pub use closing_page::{CLOSING_WORDS_MAX, ClosingPage, ClosingProblem, closing_leaflet};
pub use document::{AuthorLine, DocumentBody, DocumentLine, Label, Original, SafeHtml};
pub use document_group::{DocumentGroup, FoldedDocument, FoldedDocuments};
pub use document_page::DocumentPage;
pub use download_page::{DownloadPage, DownloadProblem};
pub use emergency_card::{CardContext, EmergencyCard};
pub use error_page::ErrorPage;
pub use journal_page::{JournalDay, JournalPage};
pub use journal_reason::Ground;
pub use journal_sentence::{DocumentName, JournalLine, Perspective, sentence, sentence_of_day};
pub use lang::Lang;
pub use letter_help_page::LetterHelpPage;
pub use mail::{Letter, MailText, Telling, lang_of, mail_text};
pub use matrix_page::{MatrixCell, MatrixClass, MatrixPage, MatrixRow};
pub use notices_page::NoticesPage;
pub use offline_index::{OfflineDocument, OfflineIndex};
pub use paper_page::{PaperForm, PaperPage, PaperProblem};
pub use paper_text::{PaperText, access_paper, cover_words, journal_paper};
pub use part_page::{Part, PartContext, PartPage};
pub use person_record::{MonthOfDocuments, News, NoticeLine, PersonRecord};
pub use pro_denied::{BreakGlassForm, BreakGlassProblem, ConsentForm, ProDenied};
pub use pro_patient::{ClassCount, Filters, OpenDocument, PatientHeader, ProMode, ProPatient};
pub use pro_search::{EmergencyLine, InsProblem, ProSearch, RecentPatient};
pub use proof::{ProofLink, ProofOf};
pub use record_states::{ClosedRecord, NoRecord, OpenForm, OpenProblem, Receipt};
pub use results::{AnalytePage, ResultLine, ResultsContext, ResultsPage, series_keys};
pub use search_page::{SearchHitLine, SearchOutcome, SearchPage};
pub use shell::{Acting, Said, SearchBox, Shell, Site};
pub use sign_in::{Entered, IdentityGroup, IdentityKind, Provider, SignIn, SignInProblem, TestIdentity};
pub use sign_summary_page::{OfferedHeading, OfferedLine, SignSummaryPage, SignSummaryProblem};
pub use summary::{ClinicalSummary, Reader, SummaryContext, SummaryLinks};
pub use words::{class_label, profession_label};

/// The style sheet, served at `/static/dmp.css`.
pub const CSS: &str = include_str!("../static/dmp.css");
