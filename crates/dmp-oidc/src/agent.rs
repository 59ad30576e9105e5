//! What the insurer's provider says of an agent: that they are one, their number and their name.

use dmp_core::identity::PersonName;
use serde_json::{Map, Value};

use crate::relying_party::user_claim;
use crate::{CounterOidcConfig, Refusal};

/// An agent of the insurer, as its provider names them. SECURITY: a name never shows itself in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Agent {
    pub number: String,
    pub name: PersonName,
}

impl std::fmt::Debug for Agent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Agent(…)")
    }
}

/// The claims of one subject: those of the ID token go before those of the userinfo.
pub(crate) struct Said {
    pub subject: String,
    pub token: Map<String, Value>,
    pub userinfo: Map<String, Value>,
}

impl Said {
    fn get(&self, claim: &str) -> Option<Value> {
        if claim == "sub" {
            return Some(Value::String(self.subject.clone()));
        }
        self.token.get(claim).or_else(|| self.userinfo.get(claim)).cloned()
    }

    fn name(&self, claim: &'static str) -> Result<String, Refusal> {
        let value = self.get(claim).ok_or(Refusal::ClaimMissing(claim))?;
        let text = value.as_str().map(str::trim).ok_or(Refusal::ClaimUnreadable(claim))?;
        if text.is_empty() { Err(Refusal::ClaimMissing(claim)) } else { Ok(text.to_owned()) }
    }
}

/// The agent of these claims; `None`: somebody of the insurer who is none.
///
/// # Errors
/// The claim that is missing or cannot be understood. Who has no right is told before that.
pub(crate) fn agent(config: &CounterOidcConfig, said: &Said) -> Result<Option<Agent>, Refusal> {
    // SECURITY: the word itself, letter by letter; a list that only holds a longer one holds none.
    let has_right = match said.get(&config.right_claim) {
        Some(Value::String(word)) => word == config.right,
        Some(Value::Array(words)) => words.iter().any(|word| word.as_str() == Some(config.right.as_str())),
        Some(_) | None => false,
    };
    if !has_right {
        return Ok(None);
    }
    let number = user_claim(&said.get(&config.claim).ok_or(Refusal::ClaimMissing("claim of the user"))?)?;
    Ok(Some(Agent { number, name: PersonName::new(said.name("given_name")?, said.name("family_name")?) }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(token: Value, userinfo: Value) -> Result<Option<Agent>, Refusal> {
        let config = json!({
            "id": "cpam", "issuer": "https://auth.example", "client_id": "dmp", "client_secret": "s", "name": "CPAM", "structure": "1120456789",
            "structure_name": "CPAM", "claim": "employee_number", "right_claim": "groups", "right": "guichet", "contact": "DSI",
        });
        let map = |value: Value| value.as_object().cloned().unwrap_or_default();
        let said = Said { subject: "u1".to_owned(), token: map(token), userinfo: map(userinfo) };
        agent(&serde_json::from_value(config).unwrap(), &said)
    }

    #[test]
    fn an_agent_is_one_by_the_word_alone() {
        let names = json!({ "given_name": "Ana", "family_name": "ESSAI", "employee_number": 71 });
        let found = read(json!({ "groups": ["autre", "guichet"] }), names.clone()).unwrap();
        assert!(found.is_some_and(|agent| agent.number == "71" && agent.name.display() == "Ana ESSAI"));
        for groups in [json!(null), json!([]), json!("guichets"), json!(["guichet-2", "GUICHET"]), json!({ "guichet": true }), json!(true)] {
            assert!(read(json!({ "groups": groups }), names.clone()).unwrap().is_none(), "{groups}");
        }
        // What the ID token says goes before what the userinfo says.
        assert!(read(json!({ "groups": [] }), json!({ "groups": ["guichet"] })).unwrap().is_none());
    }

    #[test]
    fn without_a_number_or_a_name_nobody_is_let_in() {
        for missing in ["given_name", "family_name", "employee_number"] {
            let mut said = json!({ "groups": "guichet", "given_name": "Ana", "family_name": "ESSAI", "employee_number": "71" });
            said[missing] = json!(" ");
            assert!(read(json!({}), said).is_err(), "{missing}");
        }
    }
}
