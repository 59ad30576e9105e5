//! SMART v2 scopes: `patient|user|system / Resource|* . cruds`.

/// What a handler needs of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    pub resource: &'static str,
    /// One of `c`, `r`, `u`, `d`, `s`.
    pub action: char,
}

impl Permission {
    /// Whether a space-separated scope grants this.
    pub fn is_granted_by(self, scope: &str) -> bool {
        scope.split_ascii_whitespace().any(|one| self.is_granted_by_one(one))
    }

    fn is_granted_by_one(self, scope: &str) -> bool {
        let Some((level, rest)) = scope.split_once('/') else { return false };
        let Some((resource, actions)) = rest.split_once('.') else { return false };
        let known = matches!(level, "patient" | "user" | "system");
        // SMART v1 words are read too: `read` is rs, `write` is cud, `*` is all.
        let actions = match actions {
            "read" => "rs",
            "write" => "cud",
            "*" => "cruds",
            letters => letters,
        };
        known && (resource == "*" || resource == self.resource) && actions.contains(self.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_grants_its_resource_and_actions_only() {
        let read = Permission { resource: "DocumentReference", action: 'r' };
        let create = Permission { resource: "DocumentReference", action: 'c' };
        assert!(read.is_granted_by("openid user/DocumentReference.rs"));
        assert!(read.is_granted_by("system/*.cruds"));
        assert!(read.is_granted_by("patient/DocumentReference.read"));
        assert!(!create.is_granted_by("user/DocumentReference.rs"));
        assert!(!read.is_granted_by("user/Binary.rs"));
        assert!(!read.is_granted_by("admin/DocumentReference.rs DocumentReference.rs"));
    }
}
