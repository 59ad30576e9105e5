//! Consent given on the spot.

use crate::access::{Question, Verdict, ground};

/// Basis: CSP L.1111-17, R.1111-46: outside the care team, explicit consent at each consultation, by any means (in force since 2022); L.1111-17 II (also collected by a colleague).
/// Means: Un professionnel que vous consultez peut lire votre dossier si vous y consentez à ce moment-là ; cela ne vaut que pour cette consultation, et un confrère peut recueillir cet accord pour lui.
/// Example: A doctor on call reads after the person agreed, and is refused the next day without a new consent.
pub fn consent_now(question: &Question<'_>) -> Verdict {
    ground::permit_normal_reading(question, ground::consents_to_reading(question))
}
