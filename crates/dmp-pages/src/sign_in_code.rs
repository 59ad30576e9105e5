//! The second screen of signing in: the code; and whose record it shall be, for who acts for others.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::sign_in_ways::SignInWaysTexts;

/// What the code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFor {
    /// Signing in by a code that was mailed.
    Mail,
    /// Signing in by a printed code.
    Print,
    /// Checking a new address, signed in.
    Address,
}

/// The field for a code, at `/signin/code` and `/settings/signin/mail`.
///
/// Form: `POST` to the same address (`csrf`, `code`).
#[derive(Clone, Template)]
#[template(path = "sign_in_code.html")]
pub struct CodePage {
    pub shell: Shell,
    pub code_for: CodeFor,
    /// The code that was typed is not the one, or there is nothing left to try: one answer for both.
    pub wrong: bool,
}

/// One way in.
#[derive(Clone)]
pub struct QualityLine {
    /// Value of the field `record`.
    pub record: String,
    pub name: String,
    pub own: bool,
    pub helper: bool,
}

/// Whose record, at `/signin/as`.
///
/// Form: one button a way, `POST /signin/as` (`csrf`, `record`).
#[derive(Clone, Template)]
#[template(path = "sign_in_as.html")]
pub struct QualityPage {
    pub shell: Shell,
    pub ways: Vec<QualityLine>,
}

silent_debug!(CodePage, QualityLine, QualityPage);

impl CodePage {
    fn w(&self) -> &'static SignInWaysTexts {
        SignInWaysTexts::of(self.shell.lang)
    }

    fn is_printed(&self) -> bool {
        self.code_for == CodeFor::Print
    }

    fn title(&self) -> &'static str {
        match self.code_for {
            CodeFor::Mail | CodeFor::Print => self.w().code_title,
            CodeFor::Address => self.w().address_title,
        }
    }

    fn lead(&self) -> &'static str {
        match self.code_for {
            CodeFor::Mail => self.w().mail_lead,
            CodeFor::Print => self.w().print_lead,
            CodeFor::Address => self.w().address_lead,
        }
    }

    fn label(&self) -> &'static str {
        if self.is_printed() { self.w().print_label } else { self.w().mail_label }
    }

    fn hint(&self) -> &'static str {
        if self.is_printed() { self.w().print_hint } else { self.w().mail_hint }
    }

    fn button(&self) -> &'static str {
        if self.code_for == CodeFor::Address { self.w().check } else { self.w().enter }
    }

    fn action(&self) -> &'static str {
        if self.code_for == CodeFor::Address { "/settings/signin/mail/check" } else { "/signin/code" }
    }

    fn back(&self) -> &'static str {
        if self.code_for == CodeFor::Address { "/settings/signin" } else { "/signin" }
    }
}

impl QualityPage {
    fn w(&self) -> &'static SignInWaysTexts {
        SignInWaysTexts::of(self.shell.lang)
    }
}
