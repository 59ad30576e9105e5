//! Pictures with what must go, and pictures that mean harm.

use super::*;

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, marker];
    out.extend_from_slice(&u16::try_from(data.len() + 2).unwrap().to_be_bytes());
    out.extend_from_slice(data);
    out
}

/// A photo: the turn of the camera and a place in its Exif segment, a comment, and something behind its end.
fn photo() -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend_from_slice(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
    exif.extend_from_slice(b"GPS 48.6493 N 2.0257 W CANARI");
    [
        vec![0xff, 0xd8],
        segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01RGB"),
        segment(0xe1, &exif),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0CANARI"),
        segment(0xfe, b"CANARI"),
        segment(0xdb, &[0; 65]),
        segment(0xc0, &[8, 0, 16, 0, 16, 1, 1, 0x11, 0]),
        segment(0xc4, &[0; 20]),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        vec![0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56],
        vec![0xff, 0xd9],
        b"PK\x03\x04CANARI".to_vec(),
    ]
    .concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    [&u32::try_from(data.len()).unwrap().to_be_bytes(), body.as_slice(), &png::checksum(&body).to_be_bytes()].concat()
}

fn drawing(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [
        png::SIGNATURE.to_vec(),
        chunk(b"IHDR", &header),
        chunk(b"tEXt", b"Location\0CANARI"),
        chunk(b"eXIf", b"II*\0CANARI"),
        chunk(b"IDAT", b"data"),
        chunk(b"IEND", b""),
        b"<script>CANARI</script>".to_vec(),
    ]
    .concat()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[test]
fn place_comment_and_tail_go_and_the_turn_stays() {
    let clean = super::clean(&photo()).unwrap();
    assert!(!holds(&clean, b"CANARI") && !holds(&clean, b"GPS") && !holds(&clean, b"RGB"));
    assert!(holds(&clean, &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]), "lying on its side otherwise");
    assert!(holds(&clean, &[0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]) && clean.ends_with(&[0xff, 0xd9]));
    assert_eq!(super::clean(&clean).unwrap(), clean, "what is clean stays as it is");
    assert!(clean.len() <= photo().len());
}

#[test]
fn texts_of_a_png_go() {
    let clean = super::clean(&drawing(4, 4)).unwrap();
    assert!(!holds(&clean, b"CANARI") && holds(&clean, b"IDAT") && clean.ends_with(&chunk(b"IEND", b"")));
    assert_eq!(super::clean(&clean).unwrap(), clean);
}

#[test]
fn pictures_larger_than_any_screen_are_refused() {
    assert_eq!(super::clean(&drawing(60_000, 60_000)), Err(Unreadable::OverBounds));
    assert_eq!(super::clean(&drawing(0, 4)), Err(Unreadable::Damaged));
    let huge = photo().windows(9).position(|window| window == [8, 0, 16, 0, 16, 1, 1, 0x11, 0]).unwrap();
    let mut wide = photo();
    wide[huge + 1..huge + 5].fill(0xff);
    assert_eq!(super::clean(&wide), Err(Unreadable::OverBounds));
}

#[test]
fn every_cut_and_every_changed_byte_ends_in_an_answer() {
    for whole in [photo(), drawing(4, 4)] {
        for end in 0..whole.len() {
            let _ = super::clean(&whole[..end]);
            let mut changed = whole.clone();
            changed[end] ^= 0xff;
            if let Ok(clean) = super::clean(&changed) {
                assert!(clean.len() <= whole.len());
            }
        }
    }
    assert!(super::clean(b"").is_err() && super::clean(&[0xff; 4096]).is_err());
}
