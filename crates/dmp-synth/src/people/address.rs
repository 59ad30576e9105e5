//! Postal addresses in streets that do not exist.

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub number: u16,
    pub street: &'static str,
    pub postal_code: String,
    pub city: &'static str,
}

impl Address {
    /// On one line: `3 rue du Croquis, 35999 EXEMPLEVILLE`.
    pub fn display(&self) -> String {
        format!("{} {}, {} {}", self.number, self.street, self.postal_code, self.city)
    }
}
