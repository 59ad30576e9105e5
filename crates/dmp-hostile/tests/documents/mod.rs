//! Documents written by hand: honest ones, and ones that are made to do harm.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};

const FONT: &[u8] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A file of these objects, numbered from 1; the first one is the catalogue.
pub fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (place, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", place + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    offsets.iter().for_each(|offset| out.extend(format!("{offset:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

pub fn stream(data: &[u8], properties: &str) -> Vec<u8> {
    let mut out = format!("<< /Length {} {properties} >>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// One page with this content, the font as `/F` and more resources.
pub fn page(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> {resources} >> >>");
    let mut objects = vec![object("<< /Type /Catalog /Pages 2 0 R >>"), object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"), object(&page), content];
    objects.push(FONT.to_vec());
    objects.extend(more);
    pdf(&objects)
}

/// « Bonjour, fièvre « 39 °C » » and a second line.
pub fn honest() -> Vec<u8> {
    let text = b"BT /F 12 Tf 72 700 Td (Bonjour, fi\xe8vre \xab 39 \xb0C \xbb) Tj 0 -14 Td (T.A. : 12/8) Tj ET";
    page(stream(text, ""), "", Vec::new())
}

/// A page that shows an image and no text.
pub fn image() -> Vec<u8> {
    let picture = stream(&[0x80; 64], "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8");
    page(stream(b"q 500 0 0 700 40 40 cm /X Do Q", ""), "/XObject << /X 6 0 R >>", vec![picture])
}

/// 1.2 GB of blanks as a content, packed once or twice.
pub fn bomb(is_packed_twice: bool) -> Vec<u8> {
    let mut block = DeflateEncoder::new(Vec::new(), Compression::best());
    block.write_all(&vec![b' '; 1 << 20]).and_then(|()| block.flush()).expect("memory");
    // A block that ends in a flush stands on its own: it may be said again.
    let mut data = vec![0x78, 0x01];
    (0..1200).for_each(|_| data.extend(block.get_ref()));
    data.extend([0x03, 0x00, 0, 0, 0, 0]);
    let mut filter = "/Filter /FlateDecode";
    if is_packed_twice {
        let mut again = ZlibEncoder::new(Vec::new(), Compression::best());
        again.write_all(&data).expect("memory");
        data = again.finish().expect("memory");
        filter = "/Filter [/FlateDecode /FlateDecode]";
    }
    page(stream(&data, filter), "", Vec::new())
}

/// A tree of pages that holds itself.
pub fn page_loop() -> Vec<u8> {
    pdf(&[object("<< /Type /Catalog /Pages 2 0 R >>"), object("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")])
}

/// Two branches that hold each other.
pub fn page_loop_of_two() -> Vec<u8> {
    pdf(&[
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>"),
        object("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"),
    ])
}

/// A form that draws itself three times.
pub fn form_loop() -> Vec<u8> {
    let form = stream(b"/X Do /X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>");
    page(stream(b"/X Do", ""), "/XObject << /X 6 0 R >>", vec![form])
}

/// Each of twelve forms draws the next one ten times: a billion drawings.
pub fn form_avalanche() -> Vec<u8> {
    let forms = (0..12).map(|place| {
        let next = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>", 7 + place);
        stream(&b"/X Do ".repeat(10), &next)
    });
    page(stream(b"/X Do", ""), "/XObject << /X 6 0 R >>", forms.collect())
}

/// A table of objects whose predecessor is itself.
pub fn xref_loop() -> Vec<u8> {
    b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF".to_vec()
}

/// A stream whose length stands in itself.
pub fn length_of_itself() -> Vec<u8> {
    page(object("<< /Length 4 0 R >>\nstream\nBT\nendstream"), "", Vec::new())
}

/// A million brackets that open.
pub fn deep() -> Vec<u8> {
    pdf(&[object("<< /Type /Catalog /Pages 2 0 R >>"), b"[".repeat(1_000_000)])
}

/// Half a million saved states of drawing.
pub fn many_states() -> Vec<u8> {
    page(stream(&b"q ".repeat(500_000), ""), "", Vec::new())
}

/// The same page half a million times.
pub fn many_pages() -> Vec<u8> {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>";
    pdf(&[
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object(&format!("<< /Type /Pages /Kids [{}] /Count 500000 >>", "3 0 R ".repeat(500_000))),
        object(page),
        stream(b"BT /F 12 Tf (encore) Tj ET", ""),
        FONT.to_vec(),
    ])
}

/// A file that says it is locked, with a key that opens to nobody.
pub fn locked() -> Vec<u8> {
    let text = String::from_utf8_lossy(&honest()).into_owned();
    let key = "<< /Filter /Standard /V 1 /R 2 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) /P -4 >>";
    text.replace("/Root 1 0 R", &format!("/Root 1 0 R /ID [(x) (x)] /Encrypt {key}")).into_bytes()
}

/// Bytes that a small generator makes of a seed.
pub fn noise(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let next = std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    });
    next.take(count).collect()
}
