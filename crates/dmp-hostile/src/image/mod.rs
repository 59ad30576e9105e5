//! A picture without what the camera wrote beside it: place, time, device, thumbnail, comments, and whatever follows its end.
//!
//! Nothing is decoded: the parts that make the picture are copied, all others are left out. The turn of a photo stays, or it would lie on its
//! side.

mod jpeg;
mod png;

use crate::frame::Unreadable;

#[cfg(test)]
mod tests;

/// Most dots of a picture: more than cameras of 2026 give in 5 MB. A page would have to hold four bytes for each.
const DOTS_MAX: u64 = 64_000_000;

/// Whether the bytes begin as a picture that is cleaned here.
pub(crate) fn is_image(document: &[u8]) -> bool {
    document.starts_with(jpeg::START) || document.starts_with(png::SIGNATURE)
}

/// The picture alone, in its own format. It is never longer than what was given.
///
/// # Errors
/// [`Unreadable`] for what is no such picture, is cut short, or is larger than any honest one.
pub(crate) fn clean(document: &[u8]) -> Result<Vec<u8>, Unreadable> {
    if document.starts_with(png::SIGNATURE) { png::clean(document) } else { jpeg::clean(document) }
}

/// Whether a size is that of a picture that people look at.
fn check_size(width: u32, height: u32) -> Result<(), Unreadable> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Unreadable::Damaged),
        dots if dots > DOTS_MAX => Err(Unreadable::OverBounds),
        _ => Ok(()),
    }
}

/// The next `length` bytes, and the rest.
fn split(bytes: &[u8], length: usize) -> Result<(&[u8], &[u8]), Unreadable> {
    bytes.split_at_checked(length).ok_or(Unreadable::Damaged)
}
