//! The hidden field of forms under a veil of its own for each page: what is compressed beside it tells nothing of it (BREACH).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

/// Bytes of a token, and of the pad over it.
const SIZE: usize = 32;

/// A token as it stands in a page: a random pad, then the token under it, in base64url. Empty without a token, as on a page without a session;
/// empty too without random numbers, so that the form is refused.
pub(crate) fn veiled(token: &str) -> String {
    let mut out = [0_u8; 2 * SIZE];
    let Some(plain) = bytes(token) else { return String::new() };
    let (pad, under) = out.split_at_mut(SIZE);
    if aws_lc_rs::rand::fill(pad).is_err() {
        return String::new();
    }
    for ((to, pad), plain) in under.iter_mut().zip(pad.iter()).zip(plain) {
        *to = pad ^ plain;
    }
    BASE64.encode(out)
}

/// Whether what a form sent is this token under some veil, found in constant time.
pub(crate) fn is_veiled(sent: &str, token: &str) -> bool {
    let (Some(token), Ok(sent)) = (bytes(token), BASE64.decode(sent)) else { return false };
    let Some((pad, under)) = sent.split_at_checked(SIZE).filter(|_| sent.len() == 2 * SIZE) else { return false };
    let plain: Vec<u8> = pad.iter().zip(under).map(|(pad, under)| pad ^ under).collect();
    verify_slices_are_equal(&plain, &token).is_ok()
}

/// The bytes of a token in hexadecimal.
fn bytes(token: &str) -> Option<[u8; SIZE]> {
    let mut out = [0; SIZE];
    if token.len() != 2 * SIZE || !token.is_ascii() {
        return None;
    }
    for (at, to) in out.iter_mut().enumerate() {
        *to = u8::from_str_radix(token.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_under_every_veil_and_never_stands_in_a_page() {
        let token = crate::caller::fresh_word().unwrap();
        let (one, other) = (veiled(&token), veiled(&token));
        assert_ne!(one, other);
        assert_eq!(one.len(), other.len());
        assert!(is_veiled(&one, &token) && is_veiled(&other, &token));
        assert!(!is_veiled(&one, &crate::caller::fresh_word().unwrap()));
    }

    #[test]
    fn what_is_no_veiled_token_is_refused() {
        let token = crate::caller::fresh_word().unwrap();
        let veil = veiled(&token);
        for wrong in ["", "made-up", &token, &veil[..veil.len() - 2], &format!("{veil}AA")] {
            assert!(!is_veiled(wrong, &token), "{wrong}");
        }
        assert_eq!(veiled(""), "");
        assert!(!is_veiled("", "") && !is_veiled(&BASE64.encode([0; 2 * SIZE]), ""));
    }
}
