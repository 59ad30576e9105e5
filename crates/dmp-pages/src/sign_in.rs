//! Signing in: choose an invented identity on a demonstration, or go to the professionals' identity provider.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::sign_in::{SignInTexts, group_words, problem_words};
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
    Unavailable,
}

/// The professionals' identity provider.
#[derive(Clone)]
pub struct Provider {
    /// As shown on the button: `Pro Santé Connect`.
    pub name: String,
    /// What the last attempt came to: said at the top.
    pub problem: Option<SignInProblem>,
}

/// The sign-in page.
///
/// Forms: one button an identity, `POST /signin` (`csrf`, `identity`). Links: `/pro/oidc/start`.
#[derive(Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    pub shell: Shell,
    pub groups: Vec<IdentityGroup>,
    /// The identity sent is unknown: said at the top.
    pub unknown_identity: bool,
    /// Where professionals sign in; without test identities it stands alone on the page.
    pub provider: Option<Provider>,
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

silent_debug!(TestIdentity, IdentityGroup, Provider, SignIn, Entered);

impl SignIn {
    fn t(&self) -> &'static SignInTexts {
        SignInTexts::of(self.shell.lang)
    }

    /// Whether only the provider is offered: not a demonstration.
    fn is_provider_alone(&self) -> bool {
        self.provider.is_some() && self.filled().next().is_none()
    }

    fn problem(&self) -> Option<String> {
        self.provider.as_ref().and_then(|provider| provider.problem).map(|problem| problem_words(problem, self.shell.lang))
    }

    fn filled(&self) -> impl Iterator<Item = &IdentityGroup> {
        self.groups.iter().filter(|group| !group.identities.is_empty())
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
