//! Why a passkey was not believed. Says what, never whose: it may go to a log.

/// An answer of an authenticator that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A field is not what it should be: not base64url, too long, too short.
    #[error("the answer cannot be read: {0}")]
    Unreadable(&'static str),
    /// Not a challenge of ours, for something else, over, or used before.
    #[error("the challenge is not good")]
    Challenge,
    /// The browser says that it answered another site, or another question.
    #[error("the answer is for something else: {0}")]
    Elsewhere(&'static str),
    /// Nobody touched the authenticator, or it did not check who did.
    #[error("nobody was there: {0}")]
    NobodyThere(&'static str),
    /// An algorithm or a key that is not offered.
    #[error("the key is of no kind that is offered")]
    Key,
    #[error("the signature does not hold")]
    Signature,
}
