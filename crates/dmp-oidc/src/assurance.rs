//! What a sign-in must have been: levels of authentication (`acr`), the ladder of eIDAS as Pro Santé Connect names it, and methods (`amr`).

use crate::Refusal;
use crate::id_token::Vouched;

/// Lowest first. Seen at the sandbox of Pro Santé Connect: `eidas3` with a card.
const LADDER: [&str; 3] = ["eidas1", "eidas2", "eidas3"];
/// More than one factor (RFC 8176 §2): what is demanded where a configuration demands nothing by itself.
const SECOND_FACTOR: &str = "mfa";

/// What is demanded. INVARIANT: one of the lists is not empty.
pub(crate) struct Assurance {
    /// One of these levels must be reached; empty: none is asked for.
    acr: Vec<String>,
    /// One of these methods must have been used; empty: none is asked for.
    amr: Vec<String>,
}

impl Assurance {
    /// One level.
    pub fn level(acr: &str) -> Self {
        Assurance { acr: vec![acr.to_owned()], amr: Vec::new() }
    }

    /// Levels and methods; where neither is told, a second factor.
    pub fn of(acr: &[String], amr: &[String]) -> Self {
        if acr.is_empty() && amr.is_empty() {
            return Assurance { acr: Vec::new(), amr: vec![SECOND_FACTOR.to_owned()] };
        }
        Assurance { acr: acr.to_vec(), amr: amr.to_vec() }
    }

    /// What the provider is asked for (`acr_values`, OpenID Connect Core 1.0 §3.1.2.1).
    pub fn acr_values(&self) -> Option<String> {
        (!self.acr.is_empty()).then(|| self.acr.join(" "))
    }

    /// Judges what the ID token says. A provider that says nothing of it has proved nothing.
    ///
    /// # Errors
    /// [`Refusal::ClaimMissing`] without a level, [`Refusal::AssuranceTooLow`].
    pub fn judge(&self, vouched: &Vouched) -> Result<(), Refusal> {
        if !self.acr.is_empty() {
            let level = vouched.acr.as_deref().ok_or(Refusal::ClaimMissing("acr"))?;
            if !self.acr.iter().any(|asked| reaches(level, asked)) {
                return Err(Refusal::AssuranceTooLow);
            }
        }
        if !self.amr.is_empty() && !vouched.methods().iter().any(|used| self.amr.iter().any(|asked| asked == used)) {
            return Err(Refusal::AssuranceTooLow);
        }
        Ok(())
    }
}

/// Whether a level reaches the one asked for. A level outside of the ladder reaches only itself.
fn reaches(level: &str, asked: &str) -> bool {
    let rank = |name: &str| LADDER.iter().position(|known| *known == name);
    match (rank(level), rank(asked)) {
        (Some(level), Some(asked)) => level >= asked,
        (None, _) | (_, None) => level == asked,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_level_below_the_one_asked_for_does_not_reach_it() {
        assert!(reaches("eidas1", "eidas1") && reaches("eidas3", "eidas1"));
        assert!(!reaches("eidas1", "eidas2") && !reaches("", "eidas1") && !reaches("loa-9", "eidas1"));
        assert!(reaches("urn:house:card", "urn:house:card") && !reaches("eidas3", "urn:house:card"));
    }

    #[test]
    fn a_second_factor_is_demanded_unless_something_else_is() {
        let judged = |acr: &[&str], amr: &[&str], said: Option<&str>, used: Value| {
            let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
            let others = json!({ "amr": used }).as_object().cloned().unwrap_or_default();
            Assurance::of(&owned(acr), &owned(amr)).judge(&Vouched { subject: String::new(), acr: said.map(str::to_owned), others })
        };
        let low = Err(Refusal::AssuranceTooLow);
        assert_eq!(judged(&[], &[], Some("eidas3"), json!(null)), low, "a level is no factor where none was asked for");
        assert_eq!(judged(&[], &[], None, json!(["pwd"])), low);
        assert_eq!(judged(&[], &[], None, json!(["pwd", "otp", "mfa"])), Ok(()));
        assert_eq!(judged(&[], &[], None, json!("mfa")), Ok(()));
        assert_eq!(judged(&["eidas2"], &[], Some("eidas3"), json!(null)), Ok(()));
        assert_eq!(judged(&["eidas2"], &[], None, json!(["mfa"])), Err(Refusal::ClaimMissing("acr")));
        assert_eq!(judged(&["eidas2"], &["sc"], Some("eidas2"), json!(["pwd"])), low, "both, where both are told");
        assert_eq!(judged(&["eidas2"], &["sc", "hwk"], Some("eidas2"), json!(["hwk"])), Ok(()));
    }
}
