//! The means of signing in, at `/settings/signin`, and the pages that belong to it: a new passkey, a new sheet of codes.

use askama::Template;
use dmp_core::account::IdentifierError;
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::sign_in_settings::{SignInSettingsTexts, codes_left, identifier_error_words};
use crate::{Shell, Stay};

/// The identifier, and what was typed in its field.
#[derive(Clone, Default)]
pub struct IdentifierField {
    pub current: Option<String>,
    pub typed: String,
    /// What is wrong with it; `Some(None)`: it is somebody else's.
    pub error: Option<Option<IdentifierError>>,
}

/// The address, and what was typed in its field.
#[derive(Clone, Default)]
pub struct MailField {
    pub current: Option<String>,
    pub typed: String,
    pub error: bool,
    /// Whether this installation sends codes by mail.
    pub may_send: bool,
}

/// The sheet of codes.
#[derive(Clone)]
pub struct SheetLine {
    pub left: usize,
    pub issued_at: Moment,
    /// Name of the agent who handed it out.
    pub issued_by: Option<String>,
}

/// A passkey.
#[derive(Clone)]
pub struct PasskeyLine {
    /// Value of the field `id`.
    pub id: String,
    pub added_at: Moment,
    pub used_at: Option<Moment>,
}

/// The persons' identity provider.
#[derive(Clone)]
pub struct ProviderLine {
    pub name: String,
    pub linked: bool,
    /// This browser has just been there: the link can be made.
    pub waiting: bool,
}

/// A session of the person.
#[derive(Clone)]
pub struct SessionLine {
    pub since: Moment,
    /// The one that reads this page.
    pub here: bool,
}

/// How the account that is signed in signs in.
///
/// Forms: `POST /settings/signin/identifier` (`csrf`, `identifier`), `…/mail` (`csrf`, `mail`), `…/mail/remove`, `…/codes`, `…/codes/remove`,
/// `…/passkey/remove` (`csrf`, `id`), `…/oidc/link`, `…/oidc/unlink`, `…/end-others` (`csrf`), `…/session` (`csrf`, `minutes`).
#[derive(Clone, Template)]
#[template(path = "sign_in_settings.html")]
pub struct SignInSettings {
    pub shell: Shell,
    pub identifier: IdentifierField,
    pub mail: MailField,
    pub sheet: Option<SheetLine>,
    pub passkeys: Vec<PasskeyLine>,
    /// Whether browsers know passkeys for this address.
    pub offers_passkeys: bool,
    pub provider: Option<ProviderLine>,
    /// Newest first.
    pub sessions: Vec<SessionLine>,
    /// How long a session of this browser stays open.
    pub stay: Stay,
}

/// What the script needs to make a passkey. Byte strings in base64url.
#[derive(Clone)]
pub struct NewPasskeyChallenge {
    pub challenge: String,
    pub party: String,
    /// What the authenticator knows the account by.
    pub user: String,
    /// What it shows.
    pub name: String,
    /// Passkeys that are there already, joined by commas.
    pub known: String,
}

/// A new passkey, at `/settings/signin/passkey`.
///
/// Forms: `POST /settings/signin/passkey` (filled by the script), `POST /settings/signin/passkey/later` (`csrf`).
#[derive(Clone, Template)]
#[template(path = "sign_in_passkey.html")]
pub struct PasskeyPage {
    pub shell: Shell,
    pub new: NewPasskeyChallenge,
    /// Offered after signing in by a code: "not now" goes on to the record.
    pub offered: bool,
}

/// A sheet of codes, to be printed: shown for a while after it was made.
#[derive(Clone, Template)]
#[template(path = "sign_in_sheet.html")]
pub struct SheetPage {
    pub shell: Shell,
    pub person: String,
    pub identifier: String,
    /// Public address of the site, without `https://`.
    pub address: String,
    pub codes: Vec<String>,
    pub at: Moment,
}

silent_debug!(
    IdentifierField,
    MailField,
    SheetLine,
    PasskeyLine,
    ProviderLine,
    SessionLine,
    SignInSettings,
    NewPasskeyChallenge,
    PasskeyPage,
    SheetPage
);

impl SignInSettings {
    fn t(&self) -> &'static SignInSettingsTexts {
        SignInSettingsTexts::of(self.shell.lang)
    }

    fn identifier_error(&self) -> Option<&'static str> {
        self.identifier.error.map(|error| identifier_error_words(error, self.shell.lang))
    }

    fn mail_error(&self) -> Option<&'static str> {
        self.mail.error.then_some(self.t().mail_wrong)
    }

    /// Value, words, and whether it is the one chosen.
    fn stays(&self) -> [(&'static str, &'static str, bool); 3] {
        Stay::ALL.map(|stay| (stay.code(), stay.words(self.shell.lang), stay == self.stay))
    }

    fn codes_left(&self, left: &usize) -> String {
        codes_left(*left, self.shell.lang)
    }
}

impl PasskeyPage {
    fn t(&self) -> &'static SignInSettingsTexts {
        SignInSettingsTexts::of(self.shell.lang)
    }
}

impl SheetPage {
    fn t(&self) -> &'static SignInSettingsTexts {
        SignInSettingsTexts::of(self.shell.lang)
    }
}
