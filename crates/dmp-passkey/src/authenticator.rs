//! What the authenticator says (WebAuthn §6.1, authenticator data): for which site, whether somebody was there, how often it has signed.

use aws_lc_rs::digest::{SHA256, digest};

use crate::Refusal;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const CREDENTIAL_INCLUDED: u8 = 0x40;

/// The part that is read.
pub(crate) struct AuthenticatorData<'a> {
    /// Uses so far; 0 where it does not count.
    pub counter: u32,
    /// The identifier of a new credential.
    pub credential: Option<&'a [u8]>,
}

/// Reads and judges it for a relying party (§7.1 steps 13 to 15, §7.2 steps 15 to 17). A person must have been there, and the authenticator
/// must have checked who it is: the passkey stands in the place of two proofs.
pub(crate) fn read<'a>(bytes: &'a [u8], party: &str) -> Result<AuthenticatorData<'a>, Refusal> {
    let unreadable = || Refusal::Unreadable("authenticator data");
    let (hash, rest) = bytes.split_at_checked(32).ok_or_else(unreadable)?;
    if hash != digest(&SHA256, party.as_bytes()).as_ref() {
        return Err(Refusal::Elsewhere("relying party"));
    }
    let (flags, rest) = rest.split_first().ok_or_else(unreadable)?;
    if flags & USER_PRESENT == 0 {
        return Err(Refusal::NobodyThere("presence"));
    }
    if flags & USER_VERIFIED == 0 {
        return Err(Refusal::NobodyThere("verification"));
    }
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or_else(unreadable)?;
    let credential = if flags & CREDENTIAL_INCLUDED == 0 {
        None
    } else {
        // AAGUID, then the length of the identifier (§6.5.1).
        let (_, rest) = rest.split_at_checked(16).ok_or_else(unreadable)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(unreadable)?;
        Some(rest.get(..usize::from(u16::from_be_bytes(*length))).ok_or_else(unreadable)?)
    };
    Ok(AuthenticatorData { counter: u32::from_be_bytes(*counter), credential })
}
