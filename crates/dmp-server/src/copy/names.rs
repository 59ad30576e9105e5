//! Names of files that every system takes and that a person reads: `documents/2026-03-03_compte-rendu_0007.pdf`.

use dmp_core::document::DocumentEntry;

/// Letters of a title in a name.
const TITLE_MAX: usize = 48;

/// The file of a document, the `number`-th of its copy.
pub(super) fn file_of(entry: &DocumentEntry, number: usize) -> String {
    let day: String = entry.day().to_rfc3339().chars().take(10).filter(|one| one.is_ascii_digit() || *one == '-').collect();
    let title = if entry.title.trim().is_empty() { entry.type_code.label() } else { entry.title.as_str() };
    format!("documents/{day}_{}_{number:04}.{}", plain(title), extension(&entry.mime_type))
}

/// Lower-case ASCII words joined by hyphens; never empty, never a way out of a folder.
fn plain(title: &str) -> String {
    let mut out = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        if out.len() >= TITLE_MAX {
            break;
        }
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'à' | 'â' | 'ä' | 'á' | 'ã' => out.push('a'),
            'ç' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' | 'í' => out.push('i'),
            'ô' | 'ö' | 'ó' => out.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => out.push('u'),
            'ÿ' => out.push('y'),
            'ñ' => out.push('n'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let plain = out.trim_matches('-');
    if plain.is_empty() { "document".to_owned() } else { plain.to_owned() }
}

fn extension(mime_type: &str) -> &'static str {
    match mime_type {
        "text/xml" | "application/xml" => "xml",
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/tiff" => "tif",
        "text/plain" => "txt",
        "text/rtf" | "application/rtf" => "rtf",
        "application/dicom" => "dcm",
        "application/zip" => "zip",
        _ => "bin",
    }
}

/// Whether bytes of this kind do not shrink.
pub(super) fn is_packed(mime_type: &str) -> bool {
    matches!(mime_type, "application/pdf" | "image/jpeg" | "image/png" | "application/zip")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        for (title, name) in [
            ("Compte rendu d'hospitalisation – Cœur", "compte-rendu-d-hospitalisation-coeur"),
            ("../../etc/passwd", "etc-passwd"),
            ("C:\\CON\u{0}|<>*?", "c-con"),
            ("漢字 🙂", "document"),
            ("", "document"),
            ("   ", "document"),
        ] {
            assert_eq!(plain(title), name, "{title}");
        }
        let long = plain(&"très long ".repeat(500));
        assert!(long.len() <= TITLE_MAX + 1 && !long.ends_with('-'), "{long}");
    }
}
