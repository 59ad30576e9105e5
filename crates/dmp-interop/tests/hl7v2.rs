//! HL7 v2: what is written reads back, hostile bytes are refused and never more, moves and documents of public messages are understood.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "helpers of tests fail by panicking, find their files by the environment, and say when they have none"
)]

use std::path::{Path, PathBuf};

use dmp_core::Moment;
use dmp_interop::hl7v2::{
    Acknowledgement, Charset, Consultation, DocumentWish, Fault, Incoming, Limits, Message, Move, MoveKind, Part, Writer, acknowledge, mllp, read,
};

/// A small generator of reproducible choices (64-bit LCG of Knuth's MMIX).
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }
}

fn parse(text: &str) -> Result<Message, Fault> {
    Message::parse(text.as_bytes(), Limits::default())
}

fn understood(text: &str) -> Result<Incoming, Fault> {
    read(&parse(text)?).map(|(_, incoming)| incoming)
}

const PID: &str = "PID|1||000003^^^CHU-X&000897406&N^PI~277076322082910^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||MODELE^CLAIRE";

/// An invented matricule with its key.
fn pid() -> String {
    let base = "2770763220829";
    PID.replace("277076322082910", &format!("{base}{:02}", dmp_core::identity::ins_key(base).unwrap()))
}

fn adt(event: &str, more: &str) -> String {
    format!(
        "MSH|^~\\&|GAM|CHU-X|DMP|CHU-X|20260306111154||ADT^{event}|3975|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8\rEVN||20260306111154||||20260306110000\r{}\rPV1|1|I|CARDIO^12^3||||||||||||||||24000006^^^CHU-X&000897406&M^VN\r{more}",
        pid()
    )
}

const ZBE: &str = "ZBE|312^CHU-X^000897406|20260306100000||INSERT|N||Chir V^^^^^CHU-X&000897406&N^UF^^^6268|Chir V|HMS\rZFA|ACTIF|20260306|||||||INO|20260306|IC|20260306\r";

fn moved(text: &str) -> Move {
    match understood(text).unwrap() {
        Incoming::Move(one) => *one,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_written_reads_back_in_every_charset_and_with_every_separator() {
    let letters: Vec<char> = "aZ9é€œ|^~\\&\r\n \t.XE'\"<日".chars().collect();
    let mut draw = Choices(1);
    for round in 0..3_000 {
        let charset = [Charset::Utf8, Charset::Latin1, Charset::Latin9][round % 3];
        let mut text = || {
            let letters: String = (0..1 + draw.below(12)).map(|_| letters[draw.below(letters.len())]).collect();
            // What a set has not is not asked of it; blanks around a value mean nothing.
            let kept: String =
                letters.chars().filter(|letter| charset.decode(&charset.encode(&letter.to_string())).unwrap() == letter.to_string()).collect();
            format!("x{kept}x")
        };
        let values: Vec<String> = (0..4).map(|_| text()).collect();
        let field = Part(vec![vec![vec![values[0].clone(), values[1].clone()], vec![values[2].clone()]], vec![vec![values[3].clone()]]]);
        let header: Vec<Part> = ["A", "B", "", "", "", "", "ADT", "7", "P", "2.5", "", "", "", "", "", charset.name()].map(Part::text).into();
        let bytes = Writer::begin(Default::default(), charset, &header).segment("ZZZ", &[Part::text(""), field]).finish();
        let message = Message::parse(&bytes, Limits::default()).unwrap();
        assert_eq!(message.charset, charset);
        let read = message.field("ZZZ", 2);
        assert_eq!(read.component(1).subcomponent(1).text().unwrap(), values[0]);
        assert_eq!(read.component(1).subcomponent(2).text().unwrap(), values[1]);
        assert_eq!(read.component(2).text().unwrap(), values[2]);
        assert_eq!(read.repetitions().nth(1).unwrap().component(1).text().unwrap(), values[3]);
        assert_eq!(message.encode(), bytes, "a message read and written is the same");
    }
}

#[test]
fn escapes_are_read_and_unknown_ones_left_as_they_are() {
    let message = parse("MSH|^~\\&|a\\T\\b\\F\\c\\S\\d\\R\\e\\E\\|\\X41C3A9\\\\.br\\z|\\H\\gras\\N\\|\\Zx\\|seul\\").unwrap();
    let text = |number: usize| message.field("MSH", number).text().unwrap();
    assert_eq!([text(3), text(4), text(5), text(6), text(7)], ["a&b|c^d~e\\", "Aé\nz", "gras", "\\Zx\\", "seul\\"]);
}

#[test]
fn hostile_bytes_are_refused_and_end_nothing() {
    let whole = adt("A01", ZBE).into_bytes();
    let alphabet = b"MSH|^~\\&\r\nPIDOBXPV1ED\x0b\x1c\x00\xff\xc3Base64";
    let mut draw = Choices(7);
    for _ in 0..20_000 {
        let mut bytes = whole.clone();
        for _ in 0..1 + draw.below(6) {
            let place = draw.below(bytes.len());
            match draw.below(4) {
                0 => bytes[place] = alphabet[draw.below(alphabet.len())],
                1 => bytes.truncate(place.max(1)),
                2 => bytes.insert(place, alphabet[draw.below(alphabet.len())]),
                _ => {
                    let again = bytes[place..].to_vec();
                    bytes.extend(again);
                }
            }
            bytes.truncate(20_000);
        }
        // Whatever it is: an answer, and one that can be sent back and read.
        let message = Message::parse(&bytes, Limits::default());
        let answer = match message.as_ref().map_err(Clone::clone).and_then(read) {
            Ok(_) => Acknowledgement::Accepted,
            Err(fault) => Acknowledgement::Refused(fault),
        };
        let now = Moment::parse_fhir("2026-03-06").unwrap();
        let ack = acknowledge(message.as_ref().ok(), &answer, "1", now);
        let ack = Message::parse(&ack, Limits::default()).unwrap();
        assert!(["AA", "AE", "AR"].contains(&ack.field("MSA", 1).raw()));
    }
}

#[test]
fn sizes_are_bounded() {
    let small = Limits { bytes: 200, segments: 3, fields: 6 };
    let code = |text: &str| Message::parse(text.as_bytes(), small).unwrap_err().code;
    assert_eq!(code(&format!("MSH|^~\\&|{}", "x".repeat(200))), "hl7-too-large");
    assert_eq!(code("MSH|^~\\&|\rPID\rPID\rPID"), "hl7-too-large");
    assert_eq!(code("MSH|^~\\&|\rPID|||||||"), "hl7-too-large");
    // Separators alone cost no more than their bytes.
    let many = format!("MSH|^~\\&|\rZZZ|{}", "^~&".repeat(1 << 20));
    let message = parse(&many).unwrap();
    assert_eq!(message.field("ZZZ", 1).component(1).text(), None);
    for (text, code) in [
        ("", "hl7-not-a-message"),
        ("MSH", "hl7-not-a-message"),
        ("MSH|||||", "hl7-not-a-message"),
        ("FHS|^~\\&|", "hl7-batch"),
        ("MSH|^~\\&|\rMSH|^~\\&|", "hl7-batch"),
    ] {
        assert_eq!(parse(text).unwrap_err().code, code, "{text}");
    }
    assert_eq!(parse("MSH|^~\\&||||||||||||||||EBCDIC").unwrap_err().code, "hl7-charset");
    assert_eq!(Message::parse(b"MSH|^~\\&|\xe9|||||||||||||||UNICODE UTF-8", Limits::default()).unwrap_err().code, "hl7-charset");
}

#[test]
fn an_admission_says_who_where_when_and_what_the_person_agreed_to() {
    let one = moved(&adt("A01^ADT_A01", ZBE));
    assert_eq!((one.kind, one.unit.as_deref(), one.stay.as_str()), (MoveKind::Admitted, Some("Chir V"), "24000006@000897406"));
    assert_eq!(one.at.to_instant(), "2026-03-06T09:00:00.000Z", "Paris time");
    assert_eq!((one.movement.as_deref(), one.consultation), (Some("312@000897406"), Consultation::Agreed));
    assert_eq!(one.patient.local.as_deref(), Some("000003@000897406"));
    // Without ZBE: the ward of PV1, the date of the event.
    let bare = moved(&adt("A02", ""));
    assert_eq!((bare.kind, bare.unit.as_deref(), bare.consultation), (MoveKind::Transferred, Some("CARDIO"), Consultation::Unknown));
    assert_eq!(bare.at.to_instant(), "2026-03-06T10:00:00.000Z");
    let kinds = ["A03", "A08", "A11", "A12", "A13"].map(|event| moved(&adt(event, ZBE)).kind);
    use MoveKind::*;
    assert_eq!(kinds, [Discharged, Updated, AdmissionCancelled, TransferCancelled, DischargeCancelled]);
}

#[test]
fn what_is_not_understood_is_refused_by_name() {
    let code = |text: String| understood(&text).unwrap_err().to_string();
    let whole = adt("A01", ZBE);
    assert_eq!(code(whole.replace("ADT^A01", "SIU^S12")), "hl7-type MSH-9");
    assert_eq!(code(whole.replace("ADT^A01", "ADT^A99")), "hl7-event MSH-9");
    assert_eq!(code(whole.replace("1.2.250.1.213.1.4.10", "1.2.3")), "hl7-ins-missing PID-3");
    assert_eq!(code(whole.replace("~2770763", "~2770764")), "hl7-ins-invalid PID-3");
    assert_eq!(code(whole.replace("24000006^^^", "^^^")), "hl7-required PV1-19");
    assert_eq!(code(whole.replace("|20260306100000|", "|demain|")), "hl7-time ZBE-2");
    assert_eq!(code(whole.replace("|3975|", "||")), "hl7-required MSH-10");
    let merge = format!("{}MRG|{}\r", adt("A40", ""), &pid()[7..pid().len() - 15]);
    assert_eq!(code(merge), "hl7-merge MRG-1");
    assert_eq!(understood(&format!("{}MRG|000004^^^CHU-X&000897406&N^PI\r", adt("A40", ""))), Ok(Incoming::Nothing("merge-of-local-numbers")));
    assert_eq!(understood(&adt("A05", "")), Ok(Incoming::Nothing("no-move-of-a-stay")));
}

fn mdm(event: &str, more: &str) -> String {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.encode("%PDF-1.7 compte rendu");
    format!(
        "MSH|^~\\&|RIS|CHU-X|DMP|CHU-X|20260306111154||MDM^{event}^MDM_T02|15|P|2.6|||||FRA|8859/1\r{}\rPV1|1|I|UF\rTXA|1|18748-4|AP|202603060932||||||||1.2.3.4^RIS|1.2.3.3^RIS\rOBX|1|ED|18748-4^CR d'imagerie^LN||^application^PDF^Base64^{bytes}||||||F\rPRT||UC||SB^^participation|801234564895^THOMAS^Eric^^^^^^ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS\r{more}",
        pid()
    )
}

#[test]
fn a_document_is_taken_out_with_what_is_said_of_it() {
    let Incoming::Document(one) = understood(&mdm("T10", "OBX|2|CWE|MASQUE_PS^Masqué^MetaDMPMSS||Y^^expandedYes-NoIndicator||||||F\r")).unwrap()
    else {
        panic!()
    };
    assert_eq!((one.wish, one.mime_type, one.bytes.as_slice()), (DocumentWish::Replace, "application/pdf", &b"%PDF-1.7 compte rendu"[..]));
    assert_eq!((one.unique_id.as_deref(), one.replaces.as_deref(), one.type_code.as_deref()), (Some("1.2.3.4"), Some("1.2.3.3"), Some("18748-4")));
    assert_eq!(one.author, Some(("801234564895".into(), "THOMAS".into(), "Eric".into())));
    assert!(one.visibility.masked && !one.visibility.invisible_to_patient);
    let code = |text: String| understood(&text).unwrap_err().to_string();
    let meta = |name: &str, value: &str| format!("OBX|2|CWE|{name}^x^MetaDMPMSS||{value}||||||F\r");
    assert_eq!(understood(&mdm("T02", &meta("DESTDMP", "N"))), Ok(Incoming::Nothing("not-for-the-record")));
    assert_eq!(code(mdm("T02", &meta("CONNEXION_SECRETE", "Y"))), "hl7-secret OBX-5");
    assert_eq!(code(mdm("T11", "")), "hl7-withdrawal MSH-9");
    assert_eq!(code(mdm("T02", "").replace("||||||F\rPRT", "||||||D\rPRT")), "hl7-withdrawal OBX-11");
    assert_eq!(code(mdm("T02", "").replace("^Base64^", "^A^")), "hl7-content-encoding OBX-5");
    assert_eq!(code(mdm("T02", "").replace("^Base64^", "^Base64^!")), "hl7-content-encoding OBX-5");
    assert_eq!(code(mdm("T02", "").replace("JVBERi", "AAAAAA")), "hl7-content-type OBX-5");
    assert_eq!(understood("MSH|^~\\&|A|B|||20260101||ORU^R01|1|P|2.5\rPID\r").unwrap_err().code, "hl7-ins-missing");
}

#[test]
fn acknowledgements_say_yes_or_why_not() {
    let now = Moment::parse_fhir("2026-03-06").unwrap();
    let message = parse(&adt("A01^ADT_A01", "")).unwrap();
    let text = |answer: &Acknowledgement| String::from_utf8(acknowledge(Some(&message), answer, "77", now)).unwrap();
    let accepted = text(&Acknowledgement::Accepted);
    assert!(accepted.starts_with("MSH|^~\\&|DMP|CHU-X|GAM|CHU-X|20260306000000+0000||ACK^A01^ACK|77|P|2.5|"), "{accepted}");
    assert!(accepted.ends_with("MSA|AA|3975\r"), "{accepted}");
    let refused = text(&Acknowledgement::Refused(understood(&adt("A01", "").replace("24000006^^^", "^^^")).unwrap_err()));
    assert!(refused.contains("MSA|AE|3975\rERR||PV1^1^19|101^^HL70357|E|||hl7-required|"), "{refused}");
    let rejected = text(&Acknowledgement::Refused(understood(&adt("A99", "")).unwrap_err()));
    assert!(rejected.contains("MSA|AR|3975\rERR||MSH^1^9|201^^HL70357|E|||hl7-event|"), "{rejected}");
    assert!(String::from_utf8(acknowledge(None, &Acknowledgement::Later, "77", now)).unwrap().contains("MSA|AE|\rERR|"));
}

#[test]
fn frames_come_in_pieces_and_end_where_they_end() {
    let stream: Vec<u8> = [mllp::frame(b"un"), b"\r\n".to_vec(), mllp::frame(b"deux")].concat();
    for size in 1..stream.len() {
        let (mut frames, mut found) = (mllp::Frames::default(), Vec::new());
        for piece in stream.chunks(size) {
            frames.push(piece);
            while let Some(message) = frames.next(100).unwrap() {
                found.push(message);
            }
        }
        assert_eq!(found, [b"un".to_vec(), b"deux".to_vec()], "in pieces of {size}");
    }
    let wrong = |bytes: &[u8]| {
        let mut frames = mllp::Frames::default();
        frames.push(bytes);
        frames.next(10)
    };
    assert!(wrong(b"GET / HTTP/1.1").is_err() && wrong(b"\x0bx\x1cx").is_err() && wrong(&[b"\x0b".as_slice(), &[b'x'; 20]].concat()).is_err());
    assert_eq!(wrong(b"\x0bx"), Ok(None));
}

/// Public messages, read where they lie.
fn public_messages() -> Vec<(String, Vec<u8>)> {
    let given = std::env::var("DMP_FIXTURES").map(PathBuf::from).ok();
    let folder =
        given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures")).join("ansforge-hl7V2-exemples/hl7v2");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("SKIPPED: no public messages at {} (set DMP_FIXTURES)", folder.display());
        return Vec::new();
    };
    let named = files.flatten().map(|file| (file.file_name().into_string().unwrap(), file.path()));
    named.filter(|(name, _)| name.ends_with("er7") || name.ends_with("hl7")).map(|(name, path)| (name, std::fs::read(path).unwrap())).collect()
}

#[test]
fn public_messages_are_understood_but_for_their_invented_ins() {
    for (name, bytes) in public_messages() {
        // Their INS has a key that is none: another one is put in its place.
        let base = "2790351215189";
        let right = format!("{base}{:02}", dmp_core::identity::ins_key(base).unwrap());
        let text = String::from_utf8(bytes).unwrap().replace("279035121518989", &right);
        let outcome = match understood(&text) {
            Ok(Incoming::Move(one)) => format!("{:?} {:?} {:?}", one.kind, one.unit, one.consultation),
            Ok(Incoming::Document(one)) => format!("{:?} {}", one.wish, one.mime_type),
            Ok(Incoming::Nothing(why)) => why.to_owned(),
            Err(fault) => fault.to_string(),
        };
        let expected = match name.as_str() {
            _ if name.contains("_ack") => "hl7-type MSH-9",
            _ if name.starts_with("Consentement_DMP_PAMFR_Consentement") => "Admitted Some(\"Chir V\") Agreed",
            _ if name.starts_with("Consentement_DMP_PAMFR_NonConsentement") => "Admitted Some(\"Chir V\") Refused",
            _ if name.starts_with("Consentement_DMP_PAMFR_NonRecueillie") => "Admitted Some(\"Chir V\") Unknown",
            _ if name.contains("Suppression_ORU") => "hl7-withdrawal OBX-11",
            _ => continue,
        };
        assert_eq!(outcome, expected, "{name}");
        println!("{name}: {outcome}");
    }
}
