//! The apps that the person lets read, at `/apps`.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::{AppReads, EndOfGrant, GrantEnd};

use crate::journal_sentence::typeset;
use crate::lang::silent_debug;
use crate::texts::apps::{AppsTexts, reading_words};
use crate::{Lang, Shell, dates};

/// A part of a record that an app may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppReading {
    Record,
    Documents,
    Contents,
}

impl AppReading {
    /// Every part.
    pub const ALL: [AppReading; 3] = [AppReading::Record, AppReading::Documents, AppReading::Contents];

    /// The value of the field `read`.
    pub fn code(self) -> &'static str {
        match self {
            AppReading::Record => "record",
            AppReading::Documents => "documents",
            AppReading::Contents => "contents",
        }
    }

    /// Whether it is among what is read.
    pub fn is_in(self, reads: AppReads) -> bool {
        match self {
            AppReading::Record => reads.record,
            AppReading::Documents => reads.documents,
            AppReading::Contents => reads.contents,
        }
    }
}

/// One app of the record.
#[derive(Clone)]
pub struct AppLine {
    /// Value of the field `app`.
    pub id: String,
    pub name: String,
    pub publisher: String,
    /// Where the publisher says what it does with data; the app may be registered no longer.
    pub privacy: Option<String>,
    /// Name of who let it in, when it was not the reader.
    pub given_by: Option<String>,
    pub reads: AppReads,
    pub since: Moment,
    pub until: Moment,
    pub last_used: Option<Moment>,
    /// Readings counted in the journal.
    pub readings: u32,
    /// Why it ended before its date.
    pub end: Option<EndOfGrant>,
    pub stands: bool,
}

/// The apps of a record.
///
/// Forms: `POST /apps/withdraw` (`csrf`, `app`). Links: `/journal`, the publisher's page.
#[derive(Clone, Template)]
#[template(path = "apps_page.html")]
pub struct AppsPage {
    pub shell: Shell,
    /// Whether the reader is the person themself.
    pub own: bool,
    pub apps: Vec<AppLine>,
    pub may_change: bool,
}

silent_debug!(AppLine, AppsPage);

impl AppsPage {
    fn t(&self) -> &'static AppsTexts {
        AppsTexts::of(self.shell.lang)
    }

    fn standing(&self) -> Vec<&AppLine> {
        self.apps.iter().filter(|app| app.stands).collect()
    }

    fn past(&self) -> Vec<&AppLine> {
        self.apps.iter().filter(|app| !app.stands).collect()
    }

    fn parts(&self, app: &AppLine) -> Vec<&'static str> {
        AppReading::ALL.into_iter().filter(|part| part.is_in(app.reads)).map(|part| reading_words(part, self.own, self.shell.lang)).collect()
    }

    /// « Autorisée par vous le 3 mars 2026, jusqu'au 3 juin 2026. »
    fn period(&self, app: &AppLine) -> String {
        let lang = self.shell.lang;
        let (since, until) = (dates::date_time(app.since, lang), dates::date_time(app.until, lang));
        match (lang, &app.given_by) {
            (Lang::Fr, None) => format!("Autorisée par vous le {since}, jusqu'au {until}."),
            (Lang::Fr, Some(name)) => format!("Autorisée par {name} le {since}, jusqu'au {until}."),
            (Lang::En, None) => format!("Allowed by you on {since}, until {until}."),
            (Lang::En, Some(name)) => format!("Allowed by {name} on {since}, until {until}."),
        }
    }

    /// « Dernière connexion : le 3 mars 2026 à 14 h 05. 12 lectures depuis. »
    fn used(&self, app: &AppLine) -> String {
        let lang = self.shell.lang;
        let Some(last) = app.last_used else {
            return lang.pick("Elle n'est encore jamais venue.", "It has not come yet.").to_owned();
        };
        let when = dates::date_time(last, lang);
        let words = match (lang, app.readings) {
            (Lang::Fr, 0) => format!("Dernière connexion : le {when}. Elle n'a encore rien lu."),
            (Lang::Fr, 1) => format!("Dernière connexion : le {when}. Elle a lu une fois."),
            (Lang::Fr, count) => format!("Dernière connexion : le {when}. Elle a lu {count} fois."),
            (Lang::En, 0) => format!("Last connection: on {when}. It has read nothing yet."),
            (Lang::En, 1) => format!("Last connection: on {when}. It has read once."),
            (Lang::En, count) => format!("Last connection: on {when}. It has read {count} times."),
        };
        if lang.is_french() { typeset(&words) } else { words }
    }

    /// How the access of an app of the past ended.
    fn ended(&self, app: &AppLine) -> String {
        let lang = self.shell.lang;
        let Some(end) = app.end else {
            let when = dates::date(app.until, lang);
            return if lang.is_french() {
                format!("Accès terminé le {when}, comme prévu.")
            } else {
                format!("Access ended on {when}, as planned.")
            };
        };
        let when = dates::date_time(end.at, lang);
        match (lang, end.why) {
            (Lang::Fr, GrantEnd::Withdrawn) => format!("Accès retiré le {when}."),
            (Lang::Fr, GrantEnd::LaidDown) => format!("Accès rendu par l'application le {when}."),
            (Lang::Fr, GrantEnd::UsedTwice) => format!("Accès coupé par sécurité le {when} : une clé de l'application a servi deux fois."),
            (Lang::Fr, GrantEnd::RecordShut) => format!("Accès terminé le {when} : le dossier n'était plus ouvert."),
            (Lang::En, GrantEnd::RecordShut) => format!("Access ended on {when}: the record was not open any more."),
            (Lang::En, GrantEnd::Withdrawn) => format!("Access taken away on {when}."),
            (Lang::En, GrantEnd::LaidDown) => format!("Access given up by the app on {when}."),
            (Lang::En, GrantEnd::UsedTwice) => format!("Access cut for safety on {when}: a key of the app was used twice."),
        }
    }
}
