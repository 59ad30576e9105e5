//! What a code that is sent to a person is for.

/// Why a mail goes to somebody with a code in it, or in place of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePurpose {
    /// The person opens, or refuses, their record.
    Opening,
    /// The same was asked for a person whose record is there already: the mail says so, and holds no code.
    AlreadyOpen,
    /// The person signs in.
    SignIn,
    /// The person's record was opened and their means of signing in stay as they were: told, without a code.
    Opened,
    /// The person's means of signing in were changed: told, without a code.
    MeansChanged,
    /// The insurer invites a person who has no record to open one.
    Invitation,
}

impl CodePurpose {
    /// Every purpose.
    pub const ALL: [CodePurpose; 6] = [
        CodePurpose::Opening,
        CodePurpose::AlreadyOpen,
        CodePurpose::SignIn,
        CodePurpose::Opened,
        CodePurpose::MeansChanged,
        CodePurpose::Invitation,
    ];

    /// Whether the mail brings a code.
    pub fn has_code(self) -> bool {
        matches!(self, CodePurpose::Opening | CodePurpose::SignIn | CodePurpose::Invitation)
    }
}
