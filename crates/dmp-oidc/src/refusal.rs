//! Why someone is not signed in. Names claims, never their values: each line may go to a log and to the visitor.

/// A sign-in that did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No login of this browser waits under this state: never begun, older than ten minutes, or already used.
    #[error("no login of this browser waits under this state")]
    UnknownLogin,
    /// The provider or the person at the provider said no, with the error code of RFC 6749 4.1.2.1.
    #[error("the provider answered `{0}`")]
    Denied(&'static str),
    /// The provider did not exchange the code: already used, expired, of another login, or wrong client secret.
    #[error("the provider did not exchange the code")]
    CodeRefused,
    /// The ID token or the claims are not for us, not now, not for this login, or not signed by the provider.
    #[error("the ID token is not valid: {0}")]
    TokenInvalid(&'static str),
    #[error("the claim {0} is missing")]
    ClaimMissing(&'static str),
    #[error("the claim {0} cannot be understood")]
    ClaimUnreadable(&'static str),
    /// The level of authentication (`acr`) is below the one configured.
    #[error("the level of authentication is too low")]
    AssuranceTooLow,
    /// The provider cannot be reached or does not answer as a provider. The text names no person.
    #[error("the provider is not available: {0}")]
    Unavailable(String),
}

impl Refusal {
    /// Stable word for logs and support desks.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::UnknownLogin => "login-unknown",
            Refusal::Denied(_) => "provider-denied",
            Refusal::CodeRefused => "code-refused",
            Refusal::TokenInvalid(_) => "token-invalid",
            Refusal::ClaimMissing(_) => "claim-missing",
            Refusal::ClaimUnreadable(_) => "claim-unreadable",
            Refusal::AssuranceTooLow => "assurance-too-low",
            Refusal::Unavailable(_) => "provider-unavailable",
        }
    }
}
