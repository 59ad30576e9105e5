//! A small PDF: pages of text in Helvetica, accents in WinAnsi encoding.

use std::fmt::Write as _;

/// Lines on one page, at 14 points each.
const LINES_PER_PAGE: usize = 52;
/// Letters on one line, about the width of A4 at 10 points.
const LETTERS_PER_LINE: usize = 92;

/// A PDF of a title and lines; long lines are folded, as many pages as needed (one at least).
pub(crate) fn pdf(title: &str, lines: &[String]) -> Vec<u8> {
    let folded: Vec<String> = lines.iter().flat_map(|line| fold(line)).collect();
    let mut pages: Vec<&[String]> = folded.chunks(LINES_PER_PAGE).collect();
    if pages.is_empty() {
        pages.push(&[]);
    }
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + page * 2)).collect();
    objects.push(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec());
    objects.push(format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes());
    for font in ["Helvetica", "Helvetica-Bold"] {
        objects.push(format!("<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>").into_bytes());
    }
    for (number, page) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {} 0 R >>",
                6 + number * 2
            )
            .into_bytes(),
        );
        let content = page_content(title, number + 1, pages.len(), page);
        let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend_from_slice(&content);
        stream.extend_from_slice(b"\nendstream");
        objects.push(stream);
    }
    assemble(&objects)
}

fn page_content(title: &str, number: usize, count: usize, lines: &[String]) -> Vec<u8> {
    let mut content = b"BT /F2 14 Tf 56 790 Td (".to_vec();
    win_ansi(&mut content, title);
    content.extend_from_slice(b") Tj ET\nBT /F1 10 Tf 56 764 Td 14 TL\n");
    for line in lines {
        content.push(b'(');
        win_ansi(&mut content, line);
        content.extend_from_slice(b") Tj T*\n");
    }
    content.extend_from_slice(b"ET\nBT /F1 8 Tf 480 24 Td (");
    win_ansi(&mut content, &format!("page {number} sur {count}"));
    content.extend_from_slice(b") Tj ET");
    content
}

/// Header, numbered objects, cross-reference table, trailer.
fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        out.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let trailer =
        format!("xref\n0 {}\n{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1, objects.len() + 1);
    out.extend_from_slice(trailer.as_bytes());
    out
}

/// The line in pieces that fit, cut at spaces.
fn fold(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in line.split(' ') {
        let long = pieces.last().is_some_and(|piece| piece.chars().count() + word.chars().count() + 1 > LETTERS_PER_LINE);
        if long {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            if !piece.is_empty() {
                piece.push(' ');
            }
            piece.push_str(word);
        }
    }
    pieces
}

/// Bytes of the Windows-1252 page, with what a PDF string must escape.
fn win_ansi(out: &mut Vec<u8>, text: &str) {
    for letter in text.chars() {
        let byte = match letter {
            '(' | ')' | '\\' => {
                out.push(b'\\');
                u8::try_from(letter).unwrap_or(b'?')
            }
            'œ' => 0x9C,
            'Œ' => 0x8C,
            '’' => 0x92,
            '€' => 0x80,
            '–' => 0x96,
            other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
        };
        out.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cross_reference_table_points_to_each_object() {
        let bytes = pdf("Certificat établi (essai)", &["Une ligne très longue ".repeat(30), "cœur".into()]);
        let place = |needle: &[u8]| bytes.windows(needle.len()).position(|window| window == needle).unwrap();
        let xref = place(b"xref\n0 ");
        let text = String::from_utf8_lossy(&bytes[xref..]).into_owned();
        for (number, row) in text.lines().skip(3).take(6).enumerate() {
            let offset: usize = row[..10].parse().unwrap();
            assert!(bytes[offset..].starts_with(format!("{} 0 obj", number + 1).as_bytes()), "{row}");
        }
        assert!(text.contains(&format!("startxref\n{xref}\n")));
        assert!(bytes.windows(4).any(|window| window == [b'c', 0x9C, b'u', b'r']));
    }
}
