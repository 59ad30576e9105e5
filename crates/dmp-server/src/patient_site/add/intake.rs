//! Taking a file from a form: streamed within its bound, told by its bytes and not by its name, cleaned of what the camera wrote.
//!
//! SECURITY: a PDF or a picture is opened in the child with limits alone; here its first bytes are looked at.

use axum::extract::Multipart;
use axum::extract::multipart::Field as Part;
use bytes::{Bytes, BytesMut};
use dmp_core::statement::FileFlaw;
use dmp_core::summary::Extraction;
use dmp_service::{Error, ReadDocument};

use crate::App;
use crate::site::SignedIn;

/// Most bytes of a whole form: what is over the bound of a file, a video of a telephone say, is read and thrown away up to here, so that the browser
/// shows why.
pub(crate) const FORM_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Most parts of a form, and most bytes of one that is no file.
const PARTS_MAX: usize = 16;
const FIELD_BYTES_MAX: usize = 64 * 1024;

/// A form as it came.
pub(crate) enum Intake {
    /// The fields, and the file as it was sent: its name and its bytes, or that it was too large.
    Whole { fields: Vec<(String, String)>, file: Option<(String, Result<Bytes, FileFlaw>)> },
    /// It was not made by our page, or is no form.
    Foreign,
}

/// Reads a form. Its token has to come before its file: what another site sends is not kept.
pub(crate) async fn take(app: &App, signed_in: &SignedIn, mut form: Multipart) -> Intake {
    let (mut fields, mut file) = (Vec::new(), None);
    for _ in 0..PARTS_MAX {
        let part = match form.next_part().await {
            Ok(Some(part)) => part,
            Ok(None) => return if is_ours(signed_in, &fields) { Intake::Whole { fields, file } } else { Intake::Foreign },
            // A file that is larger than the whole form may be ends it: that much is known of it.
            Err(()) if matches!(file, Some((_, Err(FileFlaw::TooLarge)))) => return Intake::Whole { fields, file },
            Err(()) => return Intake::Foreign,
        };
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file_name) if is_ours(signed_in, &fields) => {
                let Ok(sent) = bounded(part, app.service.config().document_size_max).await else { return Intake::Foreign };
                // Of two fields for files the empty one was left alone.
                if !matches!(&sent, Ok(bytes) if bytes.is_empty()) {
                    file = Some((file_name, sent));
                }
            }
            Some(_) => return Intake::Foreign,
            None => match bounded(part, FIELD_BYTES_MAX).await {
                Ok(Ok(bytes)) => fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
                Ok(Err(_)) | Err(()) => return Intake::Foreign,
            },
        }
    }
    Intake::Foreign
}

fn is_ours(signed_in: &SignedIn, fields: &[(String, String)]) -> bool {
    signed_in.owns(super::value(fields, "csrf"))
}

/// The next part, whatever is wrong with the stream being nothing to tell apart.
trait NextPart {
    async fn next_part(&mut self) -> Result<Option<Part<'_>>, ()>;
}

impl NextPart for Multipart {
    async fn next_part(&mut self) -> Result<Option<Part<'_>>, ()> {
        self.next_field().await.map_err(drop)
    }
}

/// The bytes of a part within a bound. What is over it is read on and forgotten, up to the bound of the form.
async fn bounded(mut part: Part<'_>, most: usize) -> Result<Result<Bytes, FileFlaw>, ()> {
    let mut kept = BytesMut::new();
    let mut total = 0_usize;
    loop {
        let chunk = match part.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break,
            Err(_) if total > most => break,
            Err(_) => return Err(()),
        };
        total = total.saturating_add(chunk.len());
        if total > most {
            kept = BytesMut::new();
        } else {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok(if total > most { Err(FileFlaw::TooLarge) } else { Ok(kept.freeze()) })
}

/// A file whose bytes are what they say.
#[derive(Debug)]
pub(crate) struct Taken {
    pub mime_type: &'static str,
    pub bytes: Bytes,
    pub read: ReadDocument,
}

impl Taken {
    /// Looks at a file that came.
    ///
    /// # Errors
    /// Outside: failures of the reader. Inside: what is wrong with the file.
    pub async fn of(app: &App, bytes: Bytes) -> Result<Result<Self, FileFlaw>, Error> {
        let mime_type = match kind_of(&bytes) {
            Ok(mime_type) => mime_type,
            Err(flaw) => return Ok(Err(flaw)),
        };
        let bytes = match mime_type {
            "image/jpeg" | "image/png" => match app.formats.clean_image(bytes).await? {
                Some(clean) => clean,
                None => return Ok(Err(FileFlaw::Unreadable)),
            },
            _ => bytes,
        };
        let read = app.formats.read(mime_type, bytes.clone()).await?;
        if read.extraction == Extraction::Unreadable {
            return Ok(Err(FileFlaw::Unreadable));
        }
        Ok(Ok(Taken { mime_type, bytes, read }))
    }
}

/// The format, by its first bytes.
fn kind_of(bytes: &[u8]) -> Result<&'static str, FileFlaw> {
    const HEIF: [&[u8]; 6] = [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"];
    match bytes {
        [] => Err(FileFlaw::Empty),
        [0xff, 0xd8, 0xff, ..] => Ok("image/jpeg"),
        _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Ok("image/png"),
        _ if bytes.starts_with(b"%PDF-") => Ok("application/pdf"),
        _ if bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| HEIF.contains(&brand)) => Err(FileFlaw::Heic),
        _ if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) || bytes.starts_with(b"{\\rtf") => {
            Err(FileFlaw::Office)
        }
        _ if is_plain_text(bytes) => Ok("text/plain"),
        _ => Err(FileFlaw::UnknownFormat),
    }
}

/// UTF-8 with letters, and no sign that no typewriter has.
fn is_plain_text(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok();
    text.is_some_and(|text| {
        text.chars().any(char::is_alphanumeric)
            && !text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t' | '\u{c}'))
            && !text.contains("%PDF-")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_told_by_its_bytes() {
        for (bytes, told) in [
            (&b"%PDF-1.7 x"[..], Ok("application/pdf")),
            (&[0xff, 0xd8, 0xff, 0xe0], Ok("image/jpeg")),
            (b"\x89PNG\r\n\x1a\nIHDR", Ok("image/png")),
            ("Mes notes : œdème\r\n".as_bytes(), Ok("text/plain")),
            (b"<html><script>alert(1)</script>", Ok("text/plain")),
            (b"", Err(FileFlaw::Empty)),
            (b"\0\0\0\x18ftypheic", Err(FileFlaw::Heic)),
            (b"PK\x03\x04word", Err(FileFlaw::Office)),
            (b"\x7fELF", Err(FileFlaw::UnknownFormat)),
            (b"MZ\x90\0", Err(FileFlaw::UnknownFormat)),
            (b"GIF89a\0", Err(FileFlaw::UnknownFormat)),
            (b"junk %PDF-1.4", Err(FileFlaw::UnknownFormat)),
            (b"caf\xe9", Err(FileFlaw::UnknownFormat)),
        ] {
            assert_eq!(kind_of(bytes), told, "{bytes:?}");
        }
    }
}
