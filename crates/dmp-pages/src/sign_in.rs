//! Signing in: as a person, as a professional at their identity provider, or as an invented identity of a demonstration.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::sign_in::{SignInTexts, group_words, no_agent_words, problem_words, refused_words};
use crate::texts::sign_in_ways::{SignInWaysTexts, person_problem_words};
use crate::{Lang, Shell};

/// Kinds of identity, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityKind {
    Patient,
    Representative,
    Helper,
    Professional,
    /// Agent at a counter of the insurance body.
    Counter,
    Operator,
}

/// One invented person to be.
#[derive(Clone)]
pub struct TestIdentity {
    /// Value of the field `identity`.
    pub identity: String,
    pub name: String,
    /// What this identity is for, in the page's language: « dossier bien rempli, deux documents masqués ».
    pub purpose: String,
}

/// The identities of one kind. An empty group is not shown.
#[derive(Clone)]
pub struct IdentityGroup {
    pub kind: IdentityKind,
    pub identities: Vec<TestIdentity>,
}

/// Why the identity provider's answer signed nobody in. Claims are named, never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInProblem {
    LoginUnknown,
    Denied,
    Invalid,
    ClaimMissing(&'static str),
    ClaimUnreadable(&'static str),
    AssuranceTooLow,
    /// At the provider of a structure: no second factor, or a level below the one asked for.
    SecondFactorMissing,
    Unavailable,
}

/// The professionals' identity provider.
#[derive(Clone)]
pub struct Provider {
    /// As shown on the button: `Pro Santé Connect`.
    pub name: String,
}

/// The identity provider of a structure.
#[derive(Clone)]
pub struct StructureDoor {
    /// As shown on the button.
    pub name: String,
    /// Where the button leads.
    pub address: String,
}

/// Why a person was not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonProblem {
    IdentifierMissing,
    /// There is no sign-in under way in this browser, or it is over.
    BeginAgain,
    PasskeyRefused,
    /// The identity provider did not say who it is.
    ProviderRefused,
    ProviderUnavailable,
    /// It did, and no account is linked to it yet.
    NotLinked,
    /// Too much at once.
    Busy,
}

/// What the script needs to ask a passkey.
#[derive(Clone)]
pub struct PasskeyChallenge {
    pub challenge: String,
    /// Name of the site, to which passkeys are bound.
    pub party: String,
}

/// How a person signs in here.
#[derive(Clone)]
pub struct PersonWays {
    /// Codes can be sent by mail.
    pub mail: bool,
    /// `None` where browsers know no passkeys.
    pub passkey: Option<PasskeyChallenge>,
    /// Name of the persons' identity provider, as shown on the button.
    pub provider: Option<String>,
    /// What was typed.
    pub identifier: String,
    pub problem: Option<PersonProblem>,
}

/// The sign-in page.
///
/// Forms: `POST /signin/start` (`csrf`, `identifier`, `way` = `mail`|`printed`), `POST /signin/passkey` (filled by the script), one button a
/// test identity, `POST /signin` (`csrf`, `identity`). Links: `/signin/oidc/start`, `/pro/oidc/start`, [`StructureDoor::address`].
#[derive(Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    pub shell: Shell,
    pub groups: Vec<IdentityGroup>,
    /// The identity sent is unknown: said at the top.
    pub unknown_identity: bool,
    /// Where professionals sign in; without test identities it stands alone on the page.
    pub provider: Option<Provider>,
    /// Where users of structures sign in.
    pub structures: Vec<StructureDoor>,
    /// Where agents of the insurer sign in.
    pub counters: Vec<StructureDoor>,
    /// What the last attempt at one of those came to: said at the top.
    pub problem: Option<SignInProblem>,
    pub person: PersonWays,
}

/// The provider of a structure knew them, and the directory of the structure does not, or not any more; or the insurer's does not say that they work
/// at its counter: whom to ask.
///
/// Links: `/signin`.
#[derive(Clone, Template)]
#[template(path = "structure_refused.html")]
pub struct StructureRefused {
    pub shell: Shell,
    /// Name of the provider.
    pub provider: String,
    pub structure: String,
    /// The desk to ask, as the structure wrote it.
    pub contact: String,
    /// At the insurer's provider.
    pub at_counter: bool,
}

/// Between the identity provider and the site: a page of ours asks for the next one, so that the browser sends our cookie,
/// which it keeps back when it comes from another site (`SameSite=Strict`).
///
/// Links: [`Entered::next`].
#[derive(Clone, Template)]
#[template(path = "entered.html")]
pub struct Entered {
    pub shell: Shell,
    pub next: String,
}

silent_debug!(TestIdentity, IdentityGroup, Provider, StructureDoor, PasskeyChallenge, PersonWays, SignIn, StructureRefused, Entered);

impl SignIn {
    fn t(&self) -> &'static SignInTexts {
        SignInTexts::of(self.shell.lang)
    }

    fn w(&self) -> &'static SignInWaysTexts {
        SignInWaysTexts::of(self.shell.lang)
    }

    fn person_problem(&self) -> Option<&'static str> {
        self.person.problem.map(|problem| person_problem_words(problem, self.shell.lang))
    }

    /// Whether the problem is one of the field.
    fn is_field_wrong(&self) -> bool {
        self.person.problem == Some(PersonProblem::IdentifierMissing)
    }

    fn has_identities(&self) -> bool {
        self.filled().next().is_some()
    }

    fn problem(&self) -> Option<String> {
        self.problem.map(|problem| problem_words(problem, self.shell.lang))
    }

    fn filled(&self) -> impl Iterator<Item = &IdentityGroup> {
        self.groups.iter().filter(|group| !group.identities.is_empty())
    }
}

impl StructureRefused {
    fn t(&self) -> &'static SignInTexts {
        SignInTexts::of(self.shell.lang)
    }

    fn words(&self) -> String {
        let words = if self.at_counter { no_agent_words } else { refused_words };
        words(&self.provider, &self.structure, self.shell.lang)
    }
}

impl Entered {
    fn t(&self) -> &'static SignInTexts {
        SignInTexts::of(self.shell.lang)
    }
}

impl IdentityGroup {
    fn title(&self, lang: &Lang) -> &'static str {
        group_words(self.kind, *lang)
    }
}
