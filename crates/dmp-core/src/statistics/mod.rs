//! Statistics of deployment and use: what a commit did ([`deeds`]), what it adds to which cell ([`settlement`]), what may be shown ([`shield`]).
//! Everything published is counted from deeds, and a deed is found in the difference of two versions of a record: no act can forget one.

mod calendar;
mod costs;
mod deed;
mod derive;
mod figures;
mod shield;
mod tally;

pub use calendar::{Month, Week, day_of, day_text, first_day_of_month, paris_day};
pub use costs::Costs;
pub use deed::{Deed, DeedKind, DocumentOrigin, Gauge, Origin, Payee, Read};
pub use derive::{deeds, deeds_of_leaves};
pub use figures::{ChannelGroup, Counted, Figures, MonthUse, NEWEST_DAYS, ORIGINS, wave_of_2018};
pub use shield::{LEAST_SHOWN, Shielded, shield_list, shield_weeks};
pub use tally::{Cell, DELAY_DAYS_MAX, Mark, Role, Settlement, names, settlement};
