//! The insurer's lines: what was reimbursed to one person (CSP L.1111-15; `domain.md` 5).

mod line;

pub use line::{Line, LineKind, Product};
