//! The frame around every page: who is here, in which language, what just happened.

use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::pro_frame::{KeysPanel, PatientBanner};
use crate::texts::access::AccessTexts;
use crate::texts::back::BackTexts;
use crate::texts::shell::ShellTexts;
use crate::{Display, Label, Lang, PatientFrame};

/// Which site a page belongs to: decides the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Before signing in, and errors without a caller: no menu.
    Public,
    Person,
    Professional,
    /// The insurer's.
    Counter,
}

/// For whom the signed-in person acts, when not for themself.
#[derive(Clone, PartialEq, Eq)]
pub struct Acting {
    /// Name of the person whose record this is.
    pub person: String,
    pub minor: bool,
    /// Whether this is a helper: they act for somebody, and represent nobody.
    pub helps: bool,
    /// Whether the pages about rights are open to them: who has access, who looked, the choices. What is shut is not offered.
    pub rights: bool,
}

/// The search field of the pages of a record: `POST {action}` (`csrf`, `q`).
#[derive(Clone, PartialEq, Eq)]
pub struct SearchBox {
    /// `/search` or `/pro/patients/{pid}/search`.
    pub action: String,
    /// What was typed, to be shown again; empty on other pages.
    pub query: String,
}

/// What the last form did: shown once, at the top of the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    DocumentHidden,
    DocumentShown,
    Authorised,
    Revoked,
    Blocked,
    Unblocked,
    MedecinTraitantDeclared,
    AdministratorNamed,
    EmergencySaved,
    AllMasked,
    AllShown,
    TeamConsentGiven,
    TeamConsentWithdrawn,
    RecordOpened,
    RecordReopened,
    ConsentRecorded,
    BreakGlassOpened,
    NoticesSaved,
    SummarySigned,
    CampaignProposed,
    CampaignConfirmed,
    CampaignStopped,
    /// A document that waited for its announcement shows to the person from now on.
    Announced,
    DocumentDeposited,
    RegulationOpened,
    /// The operator was asked to look at an access.
    AccessReported,
    /// The same access was reported before: nothing was done.
    ReportOpen,
    TeamRefused,
    /// The session acts in another record from now on.
    ActingNow,
    ActingOwn,
    HelperInvited,
    InvitationAccepted,
    InvitationDeclined,
    HelperEnded,
    DisplaySaved,
    IdentifierSaved,
    MailVerified,
    /// A record was opened for an account that signs in by what it had: one of its means is asked for.
    MeansKept,
    MailRemoved,
    SheetEnded,
    PasskeyAdded,
    PasskeyRemoved,
    ProviderLinked,
    ProviderUnlinked,
    SessionsEnded,
    /// The last means of signing in stays: nothing was done.
    LastMeans,
    /// The browser's answer about a passkey was not taken: nothing was done.
    PasskeyRefused,
    /// Somebody else has it already: nothing was done.
    ProviderTaken,
    /// Too many codes were asked for: nothing was done.
    TooManyCodes,
    /// Before the means of signing in are changed.
    SignInAgain,
    ShareStopped,
    CardCodeOn,
    CardCodeOff,
    AppWithdrawn,
    AdditionSaved,
    AdditionCorrected,
    AdditionWithdrawn,
    CorrectionSent,
    CorrectionWithdrawn,
    CorrectionRefused,
    CorrectionAccepted,
    RecordClosed,
    DestructionRequested,
    PaperOrdered,
    /// How long a session stays open was chosen.
    StaySaved,
    /// The session ended without a request: one signs in again.
    SessionEnded,
    /// The same under a form, which is kept.
    FormKept,
    /// The form was refused because its token was too old: nothing was done.
    FormExpired,
    /// Someone else changed the record meanwhile: nothing was done.
    TryAgain,
    /// An opening made by mistake was taken back.
    OpeningCancelled,
}

impl Said {
    /// Every message.
    pub const ALL: [Said; 70] = [
        Said::DocumentHidden,
        Said::DocumentShown,
        Said::Authorised,
        Said::Revoked,
        Said::Blocked,
        Said::Unblocked,
        Said::MedecinTraitantDeclared,
        Said::AdministratorNamed,
        Said::EmergencySaved,
        Said::AllMasked,
        Said::AllShown,
        Said::TeamConsentGiven,
        Said::TeamConsentWithdrawn,
        Said::RecordOpened,
        Said::RecordReopened,
        Said::ConsentRecorded,
        Said::BreakGlassOpened,
        Said::NoticesSaved,
        Said::SummarySigned,
        Said::CampaignProposed,
        Said::CampaignConfirmed,
        Said::CampaignStopped,
        Said::Announced,
        Said::DocumentDeposited,
        Said::RegulationOpened,
        Said::AccessReported,
        Said::TeamRefused,
        Said::ActingNow,
        Said::ActingOwn,
        Said::HelperInvited,
        Said::InvitationAccepted,
        Said::InvitationDeclined,
        Said::HelperEnded,
        Said::ReportOpen,
        Said::DisplaySaved,
        Said::IdentifierSaved,
        Said::MailVerified,
        Said::MeansKept,
        Said::MailRemoved,
        Said::SheetEnded,
        Said::PasskeyAdded,
        Said::PasskeyRemoved,
        Said::ProviderLinked,
        Said::ProviderUnlinked,
        Said::SessionsEnded,
        Said::LastMeans,
        Said::PasskeyRefused,
        Said::ProviderTaken,
        Said::TooManyCodes,
        Said::SignInAgain,
        Said::ShareStopped,
        Said::CardCodeOn,
        Said::CardCodeOff,
        Said::AppWithdrawn,
        Said::AdditionSaved,
        Said::AdditionCorrected,
        Said::AdditionWithdrawn,
        Said::CorrectionSent,
        Said::CorrectionWithdrawn,
        Said::CorrectionRefused,
        Said::CorrectionAccepted,
        Said::RecordClosed,
        Said::DestructionRequested,
        Said::PaperOrdered,
        Said::StaySaved,
        Said::SessionEnded,
        Said::FormKept,
        Said::FormExpired,
        Said::TryAgain,
        Said::OpeningCancelled,
    ];

    /// A stable word, so that a redirect can carry the message: it says nothing personal.
    pub fn code(self) -> &'static str {
        match self {
            Said::DocumentHidden => "document-hidden",
            Said::DocumentShown => "document-shown",
            Said::Authorised => "authorised",
            Said::Revoked => "revoked",
            Said::Blocked => "blocked",
            Said::Unblocked => "unblocked",
            Said::MedecinTraitantDeclared => "medecin-traitant",
            Said::AdministratorNamed => "administrator",
            Said::EmergencySaved => "emergency",
            Said::AllMasked => "all-masked",
            Said::AllShown => "all-shown",
            Said::TeamConsentGiven => "team-consent",
            Said::TeamConsentWithdrawn => "team-consent-withdrawn",
            Said::RecordOpened => "opened",
            Said::RecordReopened => "reopened",
            Said::ConsentRecorded => "consent",
            Said::BreakGlassOpened => "break-glass",
            Said::NoticesSaved => "notices",
            Said::SummarySigned => "summary-signed",
            Said::CampaignProposed => "campaign-proposed",
            Said::CampaignConfirmed => "campaign-confirmed",
            Said::CampaignStopped => "campaign-stopped",
            Said::Announced => "announced",
            Said::DocumentDeposited => "deposited",
            Said::RegulationOpened => "regulation",
            Said::AccessReported => "access-reported",
            Said::TeamRefused => "team-refused",
            Said::ActingNow => "acting",
            Said::ActingOwn => "acting-own",
            Said::HelperInvited => "helper-invited",
            Said::InvitationAccepted => "invitation-accepted",
            Said::InvitationDeclined => "invitation-declined",
            Said::HelperEnded => "helper-ended",
            Said::ReportOpen => "report-open",
            Said::DisplaySaved => "display",
            Said::IdentifierSaved => "identifier",
            Said::MeansKept => "means-kept",
            Said::MailVerified => "mail-verified",
            Said::MailRemoved => "mail-removed",
            Said::SheetEnded => "sheet-ended",
            Said::PasskeyAdded => "passkey-added",
            Said::PasskeyRemoved => "passkey-removed",
            Said::ProviderLinked => "provider-linked",
            Said::ProviderUnlinked => "provider-unlinked",
            Said::SessionsEnded => "sessions-ended",
            Said::LastMeans => "last-means",
            Said::PasskeyRefused => "passkey-refused",
            Said::ProviderTaken => "provider-taken",
            Said::TooManyCodes => "too-many-codes",
            Said::SignInAgain => "sign-in-again",
            Said::ShareStopped => "share-stopped",
            Said::CardCodeOn => "card-code-on",
            Said::CardCodeOff => "card-code-off",
            Said::AppWithdrawn => "app-withdrawn",
            Said::AdditionSaved => "added",
            Said::AdditionCorrected => "added-corrected",
            Said::AdditionWithdrawn => "added-withdrawn",
            Said::CorrectionSent => "correction-sent",
            Said::CorrectionWithdrawn => "correction-withdrawn",
            Said::CorrectionRefused => "correction-refused",
            Said::CorrectionAccepted => "correction-accepted",
            Said::RecordClosed => "closed",
            Said::DestructionRequested => "destruction",
            Said::PaperOrdered => "paper",
            Said::StaySaved => "stay",
            Said::SessionEnded => "session-ended",
            Said::FormKept => "form-kept",
            Said::FormExpired => "form-expired",
            Said::TryAgain => "try-again",
            Said::OpeningCancelled => "opening-cancelled",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.code() == code)
    }

    /// Whether nothing was done: shown as a problem.
    pub fn is_problem(self) -> bool {
        matches!(
            self,
            Said::SessionEnded
                | Said::FormKept
                | Said::FormExpired
                | Said::TryAgain
                | Said::LastMeans
                | Said::PasskeyRefused
                | Said::ProviderTaken
                | Said::TooManyCodes
                | Said::SignInAgain
                | Said::ReportOpen
        )
    }
}

/// The frame of a page. Forms: `POST /lang` (`csrf`, `lang`, `back`), `POST /signout` (`csrf`).
#[derive(Clone)]
pub struct Shell {
    pub site: Site,
    pub lang: Lang,
    /// Colours and size that the visitor chose.
    pub display: Display,
    /// Token of every form of the page, hidden field `csrf`.
    pub csrf: String,
    /// Path of this page, for the language form to come back to. No personal data.
    pub back: String,
    /// Who is signed in, as shown: « Dr Anne MODÈLE ». `None` before signing in.
    pub viewer: Option<String>,
    /// Banner « Vous agissez pour … ».
    pub acting: Option<Acting>,
    /// What the last form did.
    pub said: Option<Said>,
    /// Search field, on pages of a record.
    pub search: Option<SearchBox>,
    /// When the session ends without another request: said beside forms that take time.
    pub until: Option<Moment>,
    /// Whether the store holds invented people only: ribbon.
    pub sandbox: bool,
    /// Above every page of a patient, on the professional's site.
    pub patient: Option<PatientFrame>,
    /// The page has the script of the keys: the server sends it under the policy that allows it.
    pub keys: bool,
}

silent_debug!(Acting, SearchBox, Shell);

impl Shell {
    /// A frame before signing in.
    pub fn public(lang: Lang, csrf: impl Into<String>, back: impl Into<String>) -> Self {
        Shell {
            site: Site::Public,
            lang,
            display: Display::default(),
            csrf: csrf.into(),
            back: back.into(),
            viewer: None,
            acting: None,
            said: None,
            search: None,
            until: None,
            sandbox: true,
            patient: None,
            keys: false,
        }
    }

    pub(crate) fn keys_panel(&self) -> Option<KeysPanel> {
        self.keys.then_some(KeysPanel { lang: self.lang })
    }

    pub(crate) fn patient_banner(&self) -> Option<PatientBanner<'_>> {
        self.patient.as_ref().map(|frame| PatientBanner { lang: self.lang, csrf: &self.csrf, frame })
    }

    pub(crate) fn texts(&self) -> &'static ShellTexts {
        ShellTexts::of(self.lang)
    }

    pub(crate) fn said_words(&self) -> Option<&'static str> {
        self.said.map(|said| crate::texts::shell::said(said, self.lang))
    }

    pub(crate) fn is_person(&self) -> bool {
        self.site == Site::Person
    }

    /// Whether the pages about rights are offered.
    pub(crate) fn offers_rights(&self) -> bool {
        self.acting.as_ref().is_none_or(|acting| acting.rights)
    }

    pub(crate) fn is_professional(&self) -> bool {
        self.site == Site::Professional
    }

    pub(crate) fn is_counter(&self) -> bool {
        self.site == Site::Counter
    }

    /// Where the name of the product leads.
    pub(crate) fn home(&self) -> &'static str {
        match self.site {
            Site::Professional => "/pro",
            Site::Counter => "/accueil",
            Site::Public | Site::Person => "/",
        }
    }

    pub(crate) fn date(&self, at: &dmp_core::moment::Moment) -> String {
        crate::dates::date(*at, self.lang)
    }

    /// A title that stays French on an English page, in words that a person says.
    pub(crate) fn titled(&self, title: &str) -> String {
        crate::kinds::titled(title, crate::Lang::Fr)
    }

    /// A date, with its hour where one was written: midnight of the common time is a date without an hour.
    pub(crate) fn date_or_time(&self, at: &dmp_core::moment::Moment) -> String {
        let has_hour = at.as_seconds().rem_euclid(86_400) != 0;
        if has_hour { self.date_time(at) } else { self.date(at) }
    }

    pub(crate) fn date_time(&self, at: &dmp_core::moment::Moment) -> String {
        crate::dates::date_time(*at, self.lang)
    }

    pub(crate) fn hour(&self, at: &dmp_core::moment::Moment) -> String {
        crate::dates::time(*at, self.lang)
    }

    pub(crate) fn undo_opening_texts(&self) -> &'static crate::texts::undo_opening::UndoOpeningTexts {
        crate::texts::undo_opening::UndoOpeningTexts::of(self.lang)
    }

    /// Attribute for texts that stay French on an English page.
    pub(crate) fn french(&self) -> &'static str {
        self.lang.pick("", " lang=\"fr\"")
    }

    /// The words of a label; what the person added is said to them as « vous ».
    pub(crate) fn label_words(&self, label: &Label) -> &'static str {
        if *label == Label::ByPerson && self.is_person() && self.acting.is_none() {
            return self.lang.pick("ajouté par vous", "added by you");
        }
        label.words(self.lang)
    }

    pub(crate) fn back_texts(&self) -> &'static BackTexts {
        BackTexts::of(self.lang)
    }

    /// « 15 h 42 ».
    pub(crate) fn until_words(&self) -> Option<String> {
        self.until.map(|until| crate::dates::time(until, self.lang))
    }

    pub(crate) fn is_problem(&self) -> bool {
        self.said.is_some_and(Said::is_problem)
    }

    pub(crate) fn access_texts(&self) -> &'static AccessTexts {
        AccessTexts::of(self.lang)
    }

    pub(crate) fn yes_no(&self, yes: &bool) -> &'static str {
        if *yes { self.texts().yes } else { self.texts().no }
    }
}
