//! JPEG (ITU-T T.81): tables, frame and scans stay; application segments and comments go.

use super::{check_size, split};
use crate::frame::Unreadable;

pub(super) const START: &[u8] = &[0xff, 0xd8, 0xff];

/// Most scans of a progressive picture: cameras and editors write ten. Each makes a reader go through the whole picture once more.
const SCANS_MAX: usize = 64;
/// Bytes of an APP0 segment without its thumbnail.
const JFIF_BYTES: usize = 14;
/// Bytes of an APP14 segment: it says how colours are coded.
const ADOBE_BYTES: usize = 12;
/// Most entries of the directory that holds the turn.
const ENTRIES_MAX: usize = 256;

/// What a walk has found.
#[derive(Default)]
struct Walk {
    kept: Vec<u8>,
    turn: Option<u8>,
    jfif: Option<Vec<u8>>,
    frames: usize,
    scans: usize,
}

pub(super) fn clean(document: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut walk = Walk::default();
    let (_, mut rest) = split(document, 2)?;
    loop {
        let (marker, after) = marker(rest)?;
        if marker == 0xd9 {
            break;
        }
        let length = after.first_chunk::<2>().map(|bytes| usize::from(u16::from_be_bytes(*bytes))).filter(|length| *length >= 2);
        let (segment, after) = split(after, length.ok_or(Unreadable::Damaged)?)?;
        let data = segment.get(2..).unwrap_or_default();
        rest = if marker == 0xda { walk.scan(segment, after)? } else { walk.segment(marker, segment, data).map(|()| after)? };
    }
    if walk.frames != 1 || walk.scans == 0 {
        return Err(Unreadable::Damaged);
    }
    Ok(walk.finish())
}

/// The next marker, and what follows it. Any number of `ff` may stand before it.
fn marker(bytes: &[u8]) -> Result<(u8, &[u8]), Unreadable> {
    let (0xff, after) = bytes.split_first().ok_or(Unreadable::Damaged)? else { return Err(Unreadable::Damaged) };
    let fill = after.iter().take_while(|byte| **byte == 0xff).count();
    let (_, after) = split(after, fill)?;
    let (marker, after) = after.split_first().ok_or(Unreadable::Damaged)?;
    Ok((*marker, after))
}

impl Walk {
    fn segment(&mut self, marker: u8, segment: &[u8], data: &[u8]) -> Result<(), Unreadable> {
        match marker {
            // Huffman tables, arithmetic conditioning, quantisation tables, number of lines, restart interval.
            0xc4 | 0xcc | 0xdb | 0xdc | 0xdd => self.keep(marker, segment),
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                self.frame(data)?;
                self.keep(marker, segment);
            }
            0xe0 if data.starts_with(b"JFIF\0") => self.jfif = self.jfif.take().or_else(|| jfif(data)),
            0xe1 if data.starts_with(b"Exif\0\0") => self.turn = self.turn.or_else(|| turn(data.get(6..).unwrap_or_default())),
            0xee if data.starts_with(b"Adobe") && data.len() >= ADOBE_BYTES => {
                self.put(0xee, data.get(..ADOBE_BYTES).unwrap_or_default());
            }
            // Other application segments and comments are what the camera and its programs wrote beside the picture.
            0xe0..=0xef | 0xfe => {}
            _ => return Err(Unreadable::Damaged),
        }
        Ok(())
    }

    fn frame(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let Some([_, high, low, wide, narrow]) = data.first_chunk::<5>() else { return Err(Unreadable::Damaged) };
        self.frames += 1;
        check_size(u32::from(u16::from_be_bytes([*wide, *narrow])), u32::from(u16::from_be_bytes([*high, *low])))
    }

    /// A scan: its header, then its coded data up to the next marker that is neither a stuffed zero nor a restart.
    fn scan<'a>(&mut self, header: &[u8], after: &'a [u8]) -> Result<&'a [u8], Unreadable> {
        self.scans += 1;
        if self.frames != 1 {
            return Err(Unreadable::Damaged);
        }
        if self.scans > SCANS_MAX {
            return Err(Unreadable::OverBounds);
        }
        self.keep(0xda, header);
        let ends = |pair: &[u8]| matches!(pair, [0xff, second] if !matches!(second, 0x00 | 0xd0..=0xd7 | 0xff));
        let end = after.windows(2).position(ends).ok_or(Unreadable::Damaged)?;
        let (coded, rest) = split(after, end)?;
        self.kept.extend_from_slice(coded);
        Ok(rest)
    }

    fn keep(&mut self, marker: u8, segment: &[u8]) {
        self.kept.extend_from_slice(&[0xff, marker]);
        self.kept.extend_from_slice(segment);
    }

    fn put(&mut self, marker: u8, data: &[u8]) {
        put(&mut self.kept, marker, data);
    }

    fn finish(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.kept.len() + 128);
        out.extend_from_slice(&[0xff, 0xd8]);
        self.jfif.iter().for_each(|data| put(&mut out, 0xe0, data));
        self.turn.iter().for_each(|turn| put(&mut out, 0xe1, &exif(*turn)));
        out.extend_from_slice(&self.kept);
        out.extend_from_slice(&[0xff, 0xd9]);
        out
    }
}

fn put(out: &mut Vec<u8>, marker: u8, data: &[u8]) {
    let length = u16::try_from(data.len() + 2).unwrap_or(2);
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(data);
}

/// Resolution without the thumbnail, which may show what was cut off the picture.
fn jfif(data: &[u8]) -> Option<Vec<u8>> {
    let mut bare = data.get(..JFIF_BYTES)?.to_vec();
    bare.iter_mut().skip(JFIF_BYTES - 2).for_each(|byte| *byte = 0);
    Some(bare)
}

/// The turn of the camera (Exif tag 0112), when it is one that changes anything.
fn turn(tiff: &[u8]) -> Option<u8> {
    let little = tiff.starts_with(b"II*\0");
    if !little && !tiff.starts_with(b"MM\0*") {
        return None;
    }
    let short = |at: usize| tiff.get(at..)?.first_chunk::<2>().map(|two| if little { u16::from_le_bytes(*two) } else { u16::from_be_bytes(*two) });
    let long = tiff.get(4..)?.first_chunk::<4>().map(|four| if little { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) })?;
    let directory = usize::try_from(long).ok()?;
    let entries = usize::from(short(directory)?).min(ENTRIES_MAX);
    let place = |number: usize| directory.checked_add(2)?.checked_add(number * 12);
    let found = (0..entries).filter_map(place).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(found.checked_add(8)?)?).ok().filter(|turn| (2..=8).contains(turn))
}

/// An Exif segment that says the turn and nothing else.
fn exif(turn: u8) -> Vec<u8> {
    let mut data = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    data.extend_from_slice(&[turn, 0, 0, 0, 0, 0, 0]);
    data
}
