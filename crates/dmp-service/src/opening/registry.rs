//! The insurer's service that knows whose card is whose: an edge of the process.

use async_trait::async_trait;
use dmp_core::identity::{IdentityTraits, Ins};
use dmp_core::record::Contact;
use dmp_core::territory::Caisse;

/// What the insurer knows of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct CardHolder {
    pub traits: IdentityTraits,
    /// How the insurer reaches them. It was given to the insurer before, by a way of its own: a stranger cannot set it here.
    pub contact: Contact,
    /// Their *caisse*, when it is told.
    pub caisse: Option<Caisse>,
}

/// Names and addresses stay out of logs.
impl std::fmt::Debug for CardHolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CardHolder(…)")
    }
}

/// The insurer does not answer now. The text never holds a number or a name.
#[derive(Debug, thiserror::Error)]
#[error("registry of cards is unavailable: {0}")]
pub struct RegistryError(pub String);

/// The insurer's registry of cards.
#[async_trait]
pub trait CardRegistry: Send + Sync + std::fmt::Debug {
    /// The person of a number. `None`: the insurer knows nobody under it.
    ///
    /// # Errors
    /// [`RegistryError`]
    async fn holder(&self, ins: &Ins) -> Result<Option<CardHolder>, RegistryError>;

    /// Whether the *carte Vitale* with this serial number is one of that person, and in force: neither lost, stolen nor replaced.
    ///
    /// # Errors
    /// [`RegistryError`]
    async fn is_in_force(&self, ins: &Ins, serial: &str) -> Result<bool, RegistryError>;
}
