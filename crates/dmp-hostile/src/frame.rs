//! What parent and child say to each other: four bytes of length (little endian), then that many bytes.
//!
//! The parent sends a document as it is. The child answers with [`Answer`] in postcard.

use std::io::{self, Read, Write};

use dmp_core::summary::{Fact, TextPart};
use serde::{Deserialize, Serialize};

/// Most bytes of a document: the bound of a deposit.
pub const DOCUMENT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Most bytes of an answer: the text that is kept, and what frames it.
pub(crate) const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Why the child read nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unreadable {
    /// No format that this crate reads.
    UnknownFormat,
    /// It opens with a password only.
    Encrypted,
    Damaged,
    /// Larger or deeper than any honest one.
    OverBounds,
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Said {
    /// The text by page; empty when there is none.
    Text(Vec<TextPart>),
    Study(Box<Study>),
    /// The picture without what the camera wrote beside it.
    Image(Vec<u8>),
}

/// An imaging study, as a Key Object Selection names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Study {
    /// The INS matricule of the person whose study it is, when the object names one.
    pub subject: Option<String>,
    pub fact: Fact,
    /// To search in.
    pub text: Vec<TextPart>,
}

/// The child's answer.
pub(crate) type Answer = Result<Said, Unreadable>;

/// The length as the frame begins with it. `None`: too long for any frame.
pub(crate) fn header(length: usize, most: usize) -> Option<[u8; 4]> {
    (length <= most).then(|| u32::try_from(length).ok().map(u32::to_le_bytes)).flatten()
}

/// The next frame; `None` at the end of the stream.
///
/// # Errors
/// The stream's own, and `InvalidData` for a frame over `most` bytes.
pub(crate) fn read(stream: &mut impl Read, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut header = [0; 4];
    match stream.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = usize::try_from(u32::from_le_bytes(header)).unwrap_or(usize::MAX);
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes one frame.
///
/// # Errors
/// The stream's own, and `InvalidData` for more than `most` bytes.
pub(crate) fn write(stream: &mut impl Write, bytes: &[u8], most: usize) -> io::Result<()> {
    let header = header(bytes.len(), most).ok_or(io::ErrorKind::InvalidData)?;
    stream.write_all(&header)?;
    stream.write_all(bytes)?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_back_as_it_went() {
        let mut wire = Vec::new();
        write(&mut wire, b"abc", 10).unwrap();
        write(&mut wire, b"", 10).unwrap();
        let mut stream = wire.as_slice();
        assert_eq!(read(&mut stream, 10).unwrap().unwrap(), b"abc");
        assert_eq!(read(&mut stream, 10).unwrap().unwrap(), b"");
        assert_eq!(read(&mut stream, 10).unwrap(), None);
    }

    #[test]
    fn a_frame_over_the_bound_is_neither_written_nor_read() {
        assert!(write(&mut Vec::new(), b"abcd", 3).is_err());
        let mut wire = Vec::new();
        write(&mut wire, b"abcd", 4).unwrap();
        assert!(read(&mut wire.as_slice(), 3).is_err());
        assert!(read(&mut [0xff, 0xff, 0xff, 0xff].as_slice(), 3).is_err());
    }

    #[test]
    fn a_frame_that_ends_early_is_an_error() {
        assert!(read(&mut [4, 0, 0, 0, b'a'].as_slice(), 10).is_err());
    }
}
