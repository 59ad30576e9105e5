//! CDS Hooks 2.0 (`interop.md` 9): what practice software asks while a patient is viewed or an exam is
//! ordered, the cards that answer, and what was made of them.

mod card;
mod discovery;
mod feedback;
mod open_card;
mod reasons;
mod request;

pub use card::{CardContent, render_cards};
pub use discovery::render_discovery;
pub use feedback::{Feedback, Outcome, read_feedback};
pub use open_card::render_open_card;
pub use reasons::{OVERRIDE_REASONS, OverrideReason, REASON_SYSTEM};
pub use request::{Draft, HookRequest, RequestFault, read_request};

/// The hooks that are served, each by one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// A patient is opened in the software.
    PatientView,
    /// An order was chosen and may still change.
    OrderSelect,
    /// Orders are about to be signed.
    OrderSign,
}

impl Hook {
    /// All of them.
    pub const ALL: [Hook; 3] = [Hook::PatientView, Hook::OrderSelect, Hook::OrderSign];

    /// Its name in CDS Hooks.
    pub fn name(self) -> &'static str {
        match self {
            Hook::PatientView => "patient-view",
            Hook::OrderSelect => "order-select",
            Hook::OrderSign => "order-sign",
        }
    }

    /// The id of our service for it, the last part of its address.
    pub fn service_id(self) -> &'static str {
        match self {
            Hook::PatientView => "dmp-record",
            Hook::OrderSelect => "dmp-recent-exam-select",
            Hook::OrderSign => "dmp-recent-exam-sign",
        }
    }

    /// The hook of a service.
    pub fn of_service(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hook| hook.service_id() == id)
    }
}

/// Whether a text is a UUID in its usual form.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]);
    lengths && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests;
