//! Signing in on a demonstration: choose an invented identity.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::sign_in::{SignInTexts, group_words};
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

/// The demonstration's sign-in page.
///
/// Forms: one button an identity, `POST /signin` (`csrf`, `identity`).
#[derive(Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    pub shell: Shell,
    pub groups: Vec<IdentityGroup>,
    /// The identity sent is unknown: said at the top.
    pub unknown_identity: bool,
}

silent_debug!(TestIdentity, IdentityGroup, SignIn);

impl SignIn {
    fn t(&self) -> &'static SignInTexts {
        SignInTexts::of(self.shell.lang)
    }

    fn filled(&self) -> impl Iterator<Item = &IdentityGroup> {
        self.groups.iter().filter(|group| !group.identities.is_empty())
    }
}

impl IdentityGroup {
    fn title(&self, lang: &Lang) -> &'static str {
        group_words(self.kind, *lang)
    }
}
