//! Campaigns of invitations: whoever has no record is written to by the insurer, with a code, and answers: open, refuse, or not now. Under the second
//! regime the letter is the one of CSP R.1111-28, and six weeks later the record opens by itself unless its person objected. A campaign is a bulk
//! act: one agent proposes it, another confirms it. It knows numbers and dates, and nothing of health.

mod answer;
mod campaign;
mod decide;
mod list;
mod part;
mod work;

pub use answer::{ASKED_AGAIN_DAYS, InvitationAnswer};
pub use campaign::{Campaign, CampaignState, Hand};
pub use list::{LIST_MAX, ListFault, read_numbers};
pub use part::{InvitedState, Skipped, Tally};
pub(crate) use work::DueParts;
