//! Statistics of deployment and use: what a commit did ([`deeds`]), what it adds to which cell ([`settlement`]), what may be shown ([`shield`]).
//! Everything published is counted from deeds, and a deed is found in the difference of two versions of a record: no act can forget one.

mod again;
mod costs;
mod deed;
mod derive;
mod figures;
mod follow;
mod phases;
mod shield;
mod tally;

pub use crate::calendar::{Month, Week, day_of, day_text, first_day_of_month, paris_day};
pub use again::{Again, Difference, Recount};
pub use costs::Costs;
pub use deed::{Deed, DeedKind, DocumentOrigin, Gauge, Origin, Payee, Read};
pub use derive::{deeds, deeds_of_leaves};
pub use figures::{ChannelGroup, Counted, DELAY_DAYS, Figures, MonthUse, NEWEST_DAYS, ORIGINS, wave_of_2018};
pub use follow::{FOLLOW_DAYS, act_days, consultation_days, followed_marks};
pub use phases::{CaisseGroup, PhaseFigures, PhaseKind, PhasePart};
pub use shield::{LEAST_SHOWN, Shielded, shield_list, shield_weeks};
pub use tally::{Cell, DELAY_DAYS_MAX, MARK_MONTHS, Mark, Role, Settlement, first_marked, names, settlement};
