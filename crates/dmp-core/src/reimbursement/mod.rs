//! The insurer's lines: what was reimbursed to one person (CSP L.1111-15; `domain.md` 5).

mod exclusion;
mod line;
mod secret;
mod system;

pub use exclusion::{ExclusionCondition, ExclusionError, ExclusionList, ExclusionRule};
pub use line::{Line, LineKind, Product};
pub use secret::{REIMBURSEMENTS, SecretCare, is_reimbursements};
pub use system::{ATC_GROUP, COMPONENT, FeedSystem, with_check_digit};
