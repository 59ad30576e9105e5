//! The forms under which a word may lie on a disk, and the search for them in files and in what files hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// First bytes of a zstd frame.
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Most bytes of one frame that are looked at.
const FRAME_MAX: usize = 16 * 1024 * 1024;

/// Looks for many words at once.
#[derive(Debug)]
pub struct Search {
    automaton: AhoCorasick,
    /// Word and form of each pattern.
    owners: Vec<(usize, &'static str)>,
}

/// Where a word was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub word: usize,
    pub form: &'static str,
    pub file: PathBuf,
    /// Inside of a zstd frame of the file.
    pub compressed: bool,
}

impl Search {
    pub fn new(words: &[String]) -> Self {
        let (mut patterns, mut owners): (Vec<Vec<u8>>, _) = (Vec::new(), Vec::new());
        for (word, text) in words.iter().enumerate() {
            for (form, bytes) in forms(text) {
                patterns.push(bytes);
                owners.push((word, form));
            }
        }
        let kind = Some(AhoCorasickKind::ContiguousNFA);
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(&patterns).unwrap();
        Search { automaton, owners }
    }

    /// Everything found in the files under a folder.
    pub fn folder(&self, folder: &Path, hits: &mut BTreeSet<Hit>) -> (usize, u64) {
        let (mut files, mut bytes) = (0, 0);
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                let (more_files, more_bytes) = self.folder(&path, hits);
                files += more_files;
                bytes += more_bytes;
            } else if kind.is_file() {
                let content = std::fs::read(&path).unwrap();
                files += 1;
                bytes += u64::try_from(content.len()).unwrap();
                self.bytes(path.as_os_str().as_encoded_bytes(), &path, false, hits);
                self.bytes(&content, &path, false, hits);
                for frame in frames(&content) {
                    self.bytes(&frame, &path, true, hits);
                }
            }
        }
        (files, bytes)
    }

    fn bytes(&self, bytes: &[u8], file: &Path, compressed: bool, hits: &mut BTreeSet<Hit>) {
        for found in self.automaton.find_overlapping_iter(bytes) {
            let (word, form) = self.owners[found.pattern().as_usize()];
            hits.insert(Hit { word, form, file: file.to_owned(), compressed });
        }
    }
}

/// A word as text, base64 at its three offsets, hexadecimal, and UTF-16. Case is not told apart by the search.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![("text", text.as_bytes().to_vec())];
    for offset in 0..3 {
        let inner = &text.as_bytes()[offset..];
        let whole = &inner[..inner.len() / 3 * 3];
        forms.push(("base64", STANDARD_NO_PAD.encode(whole).into_bytes()));
        let url = URL_SAFE_NO_PAD.encode(whole).into_bytes();
        if forms.last().is_some_and(|(_, known)| *known != url) {
            forms.push(("base64", url));
        }
    }
    forms.push(("hex", text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes()));
    forms.push(("utf-16le", text.encode_utf16().flat_map(u16::to_le_bytes).collect()));
    forms.push(("utf-16be", text.encode_utf16().flat_map(u16::to_be_bytes).collect()));
    forms
}

/// What the zstd frames of some bytes hold, as far as each can be read.
fn frames(bytes: &[u8]) -> Vec<Vec<u8>> {
    let starts = bytes.windows(ZSTD.len()).enumerate().filter(|(_, window)| *window == ZSTD).map(|(place, _)| place);
    starts.filter_map(|start| read_frame(&bytes[start..])).collect()
}

fn read_frame(bytes: &[u8]) -> Option<Vec<u8>> {
    use std::io::Read;
    let mut reader = zstd::stream::read::Decoder::with_buffer(bytes).ok()?.single_frame();
    let (mut out, mut part) = (Vec::new(), [0; 4096]);
    while out.len() < FRAME_MAX {
        match reader.read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(count) => out.extend_from_slice(&part[..count]),
        }
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_each_form_and_inside_a_frame() {
        let word = "CANARI0123456789XYZ".to_owned();
        let search = Search::new(std::slice::from_ref(&word));
        let found = |bytes: &[u8]| {
            let mut hits = BTreeSet::new();
            search.bytes(bytes, Path::new("x"), false, &mut hits);
            hits.into_iter().map(|hit| hit.form).collect::<Vec<_>>()
        };
        assert_eq!(found(format!("..{}..", word.to_lowercase()).as_bytes()), ["text"]);
        for prefix in ["", "a", "ab"] {
            assert_eq!(found(STANDARD_NO_PAD.encode(format!("{prefix}{word}??")).as_bytes()), ["base64"], "{prefix}");
        }
        assert_eq!(found(&word.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()), ["utf-16be"]);
        let frame = zstd::bulk::compress(word.repeat(3).as_bytes(), 3).unwrap();
        let inside = frames(&[&b"before"[..], &frame, b"after"].concat());
        assert_eq!(found(&inside[0]), ["text"]);
        assert!(found(b"CANARI0123456789XY").is_empty());
    }
}
