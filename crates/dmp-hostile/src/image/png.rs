//! PNG (ISO/IEC 15948): the chunks that make the picture stay; texts, times, profiles, animations and unknown ones go.

use super::{check_size, split};
use crate::frame::Unreadable;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that are the picture or its colours. A colour profile (`iCCP`) holds compressed data of any length: it goes.
const KEPT: [&[u8; 4]; 10] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"];

pub(super) fn clean(document: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut rest = document.strip_prefix(SIGNATURE).ok_or(Unreadable::UnknownFormat)?;
    let mut out = SIGNATURE.to_vec();
    let (mut is_first, mut has_data) = (true, false);
    loop {
        let length = rest.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes)).and_then(|length| usize::try_from(length).ok());
        let whole = length.and_then(|length| length.checked_add(12)).ok_or(Unreadable::Damaged)?;
        let (chunk, after) = split(rest, whole)?;
        rest = after;
        let (head, check) = split(chunk.get(4..).unwrap_or_default(), whole.saturating_sub(8))?;
        let (name, data) = split(head, 4)?;
        if is_first {
            header(name, data)?;
            is_first = false;
        }
        if !KEPT.iter().any(|kept| kept.as_slice() == name) {
            continue;
        }
        if check != checksum(head).to_be_bytes() {
            return Err(Unreadable::Damaged);
        }
        out.extend_from_slice(chunk);
        has_data |= name == b"IDAT";
        if name == b"IEND" {
            return if has_data { Ok(out) } else { Err(Unreadable::Damaged) };
        }
    }
}

fn header(name: &[u8], data: &[u8]) -> Result<(), Unreadable> {
    let word = |at: usize| data.get(at..).and_then(|rest| rest.first_chunk::<4>()).map(|bytes| u32::from_be_bytes(*bytes));
    match (name, word(0), word(4)) {
        (b"IHDR", Some(width), Some(height)) if data.len() == 13 => check_size(width, height),
        _ => Err(Unreadable::Damaged),
    }
}

/// CRC-32 of ISO 3309.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| TABLE.get(usize::from((sum as u8) ^ byte)).copied().unwrap_or(0) ^ (sum >> 8);
    !bytes.iter().fold(u32::MAX, step)
}

static TABLE: std::sync::LazyLock<Vec<u32>> = std::sync::LazyLock::new(|| {
    let bit = |value: u32, _| if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
    (0..256_u32).map(|number| (0..8).fold(number, bit)).collect()
});
