//! One rule a file. Rules do not know each other: each one says what it forbids or permits by itself.

use super::decide::{Question, Verdict};

mod access_mode;
mod access_reports;
mod active_record;
mod administration;
mod announcement_clock;
mod apps;
mod author_only_deletion;
mod authorisation;
mod automatic_opening;
mod blocked_professional;
mod cancel_opening;
mod care_team;
mod check_access;
mod consent_now;
mod copies;
mod corrections;
mod episodes;
mod feeding;
mod forbidden_purpose;
mod helpers;
mod identity_acts;
mod invitation_campaigns;
mod leaving;
mod life_cycle;
mod mask_or_veil;
mod masking;
mod matrix;
mod medecin_traitant;
mod named_caller;
mod never_content;
mod occupational_medicine;
mod own_record;
mod record_life;
mod representation;
mod representatives;
mod secret_connection;
mod supervised_student;
mod visibility;

/// A rule: total, pure, never logs.
pub type Rule = fn(&Question<'_>) -> Verdict;

/// Every rule, by name. Order matters only for the reason told when several rules forbid: who asks comes
/// first, then the state of the record, then the tie to the person, then the document, then the act.
pub const ALL: [(&str, Rule); 38] = [
    ("forbidden_purpose", forbidden_purpose::forbidden_purpose),
    ("never_content", never_content::never_content),
    ("named_caller", named_caller::named_caller),
    ("own_record", own_record::own_record),
    ("apps", apps::apps),
    ("active_record", active_record::active_record),
    ("blocked_professional", blocked_professional::blocked_professional),
    ("occupational_medicine", occupational_medicine::occupational_medicine),
    ("supervised_student", supervised_student::supervised_student),
    ("access_mode", access_mode::access_mode),
    ("authorisation", authorisation::authorisation),
    ("consent_now", consent_now::consent_now),
    ("medecin_traitant", medecin_traitant::medecin_traitant),
    ("care_team", care_team::care_team),
    ("life_cycle", life_cycle::life_cycle),
    ("matrix", matrix::matrix),
    ("masking", masking::masking),
    ("announcement_clock", announcement_clock::announcement_clock),
    ("representatives", representatives::representatives),
    ("secret_connection", secret_connection::secret_connection),
    ("leaving", leaving::leaving),
    ("author_only_deletion", author_only_deletion::author_only_deletion),
    ("feeding", feeding::feeding),
    ("mask_or_veil", mask_or_veil::mask_or_veil),
    ("visibility", visibility::visibility),
    ("corrections", corrections::corrections),
    ("check_access", check_access::check_access),
    ("administration", administration::administration),
    ("episodes", episodes::episodes),
    ("representation", representation::representation),
    ("helpers", helpers::helpers),
    ("automatic_opening", automatic_opening::automatic_opening),
    ("record_life", record_life::record_life),
    ("identity_acts", identity_acts::identity_acts),
    ("access_reports", access_reports::access_reports),
    ("copies", copies::copies),
    ("cancel_opening", cancel_opening::cancel_opening),
    ("invitation_campaigns", invitation_campaigns::invitation_campaigns),
];

/// *Directives anticipées*: an adult writes them in person (CSP L.1111-11); no minor, nobody in their place.
const ADVANCE_DIRECTIVES: &str = "EXPPAT_3";
