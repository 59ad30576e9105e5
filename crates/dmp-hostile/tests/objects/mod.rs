//! DICOM objects laid byte by byte (PS3.5 7.1), for tests that need wrong ones as well.
#![allow(dead_code, reason = "each test file uses its own part")]

pub const EXPLICIT: &str = "1.2.840.10008.1.2.1";
pub const IMPLICIT: &str = "1.2.840.10008.1.2";
pub const DEFLATED: &str = "1.2.840.10008.1.2.1.99";
pub const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
pub const KOS: &str = "1.2.840.10008.5.1.4.1.1.88.59";
pub const CT_IMAGE: &str = "1.2.840.10008.5.1.4.1.1.2";
/// The test number of Dominique, whom nobody is, and where it comes from.
pub const INS: &str = "279035121518989";
pub const INS_TEST: &str = "1.2.250.1.213.1.4.10";
pub const STUDY: &str = "1.2.250.1.59.40211.789.1";

/// An element: a value, or a sequence of items.
#[derive(Debug, Clone)]
pub enum Element {
    Value(u32, &'static str, Vec<u8>),
    Sequence(u32, Vec<Vec<Element>>),
}

pub fn text(tag: u32, vr: &'static str, value: &str) -> Element {
    Element::Value(tag, vr, value.as_bytes().to_vec())
}

pub fn sequence(tag: u32, items: Vec<Vec<Element>>) -> Element {
    Element::Sequence(tag, items)
}

/// How elements are written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub explicit: bool,
    /// Sequences and items end with a delimiter, not after a length.
    pub undefined: bool,
}

pub const PLAIN: Style = Style { explicit: true, undefined: false };

fn tag_bytes(tag: u32) -> [u8; 4] {
    let [a, b, c, d] = tag.to_be_bytes();
    [b, a, d, c]
}

fn length_bytes(length: usize) -> [u8; 4] {
    u32::try_from(length).expect("a short value").to_le_bytes()
}

/// An element with any length that it claims.
pub fn claimed(tag: u32, vr: &str, length: u32, value: &[u8], style: Style) -> Vec<u8> {
    let mut out = tag_bytes(tag).to_vec();
    if style.explicit {
        out.extend(vr.as_bytes());
        if matches!(vr, "SQ" | "UR" | "UT" | "UN" | "OB" | "OW") {
            out.extend([0, 0]);
            out.extend(length.to_le_bytes());
        } else {
            out.extend(u16::try_from(length).expect("a short value").to_le_bytes());
        }
    } else {
        out.extend(length.to_le_bytes());
    }
    out.extend(value);
    out
}

pub fn encode(elements: &[Element], style: Style) -> Vec<u8> {
    elements.iter().flat_map(|element| encode_one(element, style)).collect()
}

fn encode_one(element: &Element, style: Style) -> Vec<u8> {
    match element {
        Element::Value(tag, vr, value) => {
            let mut value = value.clone();
            if !value.len().is_multiple_of(2) {
                value.push(if *vr == "UI" { 0 } else { b' ' });
            }
            claimed(*tag, vr, u32::try_from(value.len()).expect("a short value"), &value, style)
        }
        Element::Sequence(tag, items) => {
            let items: Vec<u8> = items.iter().flat_map(|item| encode_item(&encode(item, style), style)).collect();
            if style.undefined {
                let mut out = claimed(*tag, "SQ", u32::MAX, &items, style);
                out.extend(tag_bytes(0xfffe_e0dd));
                out.extend([0; 4]);
                out
            } else {
                claimed(*tag, "SQ", u32::try_from(items.len()).expect("a short value"), &items, style)
            }
        }
    }
}

fn encode_item(content: &[u8], style: Style) -> Vec<u8> {
    let mut out = tag_bytes(0xfffe_e000).to_vec();
    out.extend(if style.undefined { [0xff; 4] } else { length_bytes(content.len()) });
    out.extend(content);
    if style.undefined {
        out.extend(tag_bytes(0xfffe_e00d));
        out.extend([0; 4]);
    }
    out
}

/// The beginning of a sequence with its first item, both without end.
pub fn opened(tag: u32) -> Vec<u8> {
    let mut out = claimed(tag, "SQ", u32::MAX, &[], PLAIN);
    out.extend(tag_bytes(0xfffe_e000));
    out.extend([0xff; 4]);
    out
}

/// A file (PS3.10 7.1) of a transfer syntax around the bytes of a data set.
pub fn file(syntax: &str, data_set: &[u8]) -> Vec<u8> {
    let meta = encode(&[text(0x0002_0002, "UI", KOS), text(0x0002_0010, "UI", syntax)], PLAIN);
    let mut out = vec![0; 128];
    out.extend(b"DICM");
    out.extend(claimed(0x0002_0000, "UL", 4, &length_bytes(meta.len()), PLAIN));
    out.extend(meta);
    out.extend(data_set);
    out
}

/// The elements of a KOS of a scanner of the chest, as French makers write it.
pub fn kos() -> Vec<Element> {
    let object = vec![text(0x0008_1150, "UI", CT_IMAGE), text(0x0008_1155, "UI", "1.2.250.1.59.40211.789.1.1.1")];
    let series = vec![
        text(0x0008_1190, "UR", "https://drimbox.example.fr/studies/1.2.250.1.59.40211.789.1"),
        sequence(0x0008_1199, vec![object]),
        text(0x0020_000e, "UI", "1.2.250.1.59.40211.789.1.1"),
    ];
    vec![
        text(0x0008_0005, "CS", "ISO_IR 100"),
        text(0x0008_0016, "UI", KOS),
        text(0x0008_0020, "DA", "20260526"),
        text(0x0008_0030, "TM", "143005.12"),
        text(0x0008_0050, "SH", "ACC-2026-17"),
        text(0x0008_0060, "CS", "KO"),
        text(0x0008_0061, "CS", "KO\\CT"),
        text(0x0008_0080, "LO", "Centre d'imagerie des Essais"),
        Element::Value(0x0008_1030, "LO", b"Scanner thoracique inject\xe9".to_vec()),
        sequence(0x0008_2218, vec![vec![text(0x0008_0100, "SH", "51185008"), text(0x0008_0104, "LO", "Thorax")]]),
        text(0x0010_0010, "PN", "EXEMPLE^Dominique"),
        text(0x0010_0020, "LO", INS),
        sequence(0x0010_0024, vec![vec![text(0x0040_0032, "UT", INS_TEST), text(0x0040_0033, "CS", "ISO")]]),
        text(0x0020_000d, "UI", STUDY),
        sequence(0x0040_a043, vec![vec![text(0x0008_0104, "LO", "Manifest")]]),
        sequence(0x0040_a375, vec![vec![sequence(0x0008_1115, vec![series]), text(0x0020_000d, "UI", STUDY)]]),
    ]
}

/// The same without the elements of these tags, and with others, in order.
pub fn changed(without: &[u32], with: Vec<Element>) -> Vec<Element> {
    let mut elements: Vec<Element> = kos().into_iter().filter(|element| !without.contains(&tag_of(element))).chain(with).collect();
    elements.sort_by_key(tag_of);
    elements
}

fn tag_of(element: &Element) -> u32 {
    match element {
        Element::Value(tag, ..) | Element::Sequence(tag, _) => *tag,
    }
}
