//! Lists: one comparison `attribute eq "value"`, pages (RFC 7644, 3.4.2).

use serde::Deserialize;
use serde_json::Value;

use super::answer::Wrong;

/// Users on a page when nothing is asked, and at most.
const COUNT: usize = 100;
pub(crate) const COUNT_MAX: usize = 1_000;

/// The query of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListQuery {
    filter: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
}

impl ListQuery {
    /// Start, from 1, and count.
    pub fn page(&self) -> (usize, usize) {
        let start = usize::try_from(self.start_index.unwrap_or(1)).unwrap_or(1).max(1);
        (start, self.count.map_or(COUNT, |count| usize::try_from(count).unwrap_or(0)).min(COUNT_MAX))
    }

    /// Keeps what the filter says; `attributes`: those that may be compared, all texts.
    pub fn keep(&self, found: Vec<Value>, attributes: &[&str]) -> Result<Vec<Value>, Wrong> {
        let Some(filter) = &self.filter else { return Ok(found) };
        let (attribute, wanted) = comparison(filter).ok_or(Wrong::Filter)?;
        let known = attributes.iter().find(|known| known.eq_ignore_ascii_case(&attribute)).ok_or(Wrong::Filter)?;
        // Names are compared without case, identifiers with it (RFC 7643, 4.1.1, 3.1).
        let exact = matches!(*known, "id" | "externalId");
        let is = |value: &Value| {
            value
                .get(*known)
                .and_then(Value::as_str)
                .is_some_and(|text| if exact { text == wanted } else { text.to_lowercase() == wanted.to_lowercase() })
        };
        Ok(found.into_iter().filter(is).collect())
    }
}

/// `attribute eq "value"`, the value a JSON string.
pub(crate) fn comparison(filter: &str) -> Option<(String, String)> {
    let (attribute, rest) = filter.trim().split_once(char::is_whitespace)?;
    let (operator, value) = rest.trim_start().split_once(char::is_whitespace)?;
    let value = serde_json::from_str::<String>(value.trim()).ok()?;
    let attribute = attribute.strip_prefix("urn:ietf:params:scim:schemas:core:2.0:User:").unwrap_or(attribute);
    operator.eq_ignore_ascii_case("eq").then(|| (attribute.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comparison_is_understood_and_nothing_else() {
        assert_eq!(comparison("userName eq \"a \\\"b\\\" c\""), Some(("userName".into(), "a \"b\" c".into())));
        assert_eq!(comparison("externalId EQ \"7\""), Some(("externalId".into(), "7".into())));
        for wrong in ["", "userName", "userName eq", "userName eq x", "userName sw \"a\"", "userName eq \"a\" and active eq true"] {
            assert_eq!(comparison(wrong), None, "{wrong}");
        }
    }
}
