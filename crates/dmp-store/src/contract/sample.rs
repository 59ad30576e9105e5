//! Sample heads, entries, contents and leaves. Every text of a sample bears the mark it was made with, so that
//! a search of raw files for the mark finds whatever is not sealed.

use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind, Consult, Facts, Matrix, Permit};
use dmp_core::audit::{Chain, Leaf, LeafCaller, LeafObject, Outcome};
use dmp_core::document::{
    Author, AuthorKind, AvailabilityStatus, Code, ContentRef, DocumentEntry, Folder, Reference, SourcePatient, SubmissionSet, TypeCode, Visibility,
};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Profession, PsIdNat, Sex, StructIdNat, Structure};
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};
use dmp_core::record::{
    Authorisation, Channel, Closure, ClosureReason, ConsentEvidence, Contact, Creation, CreatorKind, Effect, EmergencyChoices, Episode, Head, Notice,
    NoticeKind, Record, RecordStatus, Regime, Representative, RepresentativeKind, TeamMember,
};

use crate::Change;
use crate::seal::random_bytes;

/// When the samples happen.
pub const NOW: Moment = Moment::from_seconds(1_790_000_000);

/// A fresh record key.
pub fn key() -> RecordKey {
    RecordKey(random_bytes().unwrap())
}

/// A fresh entry id.
pub fn id() -> EntryId {
    EntryId(random_bytes().unwrap())
}

/// The INS of the `number`th test person.
pub fn ins(number: u32) -> Ins {
    let base = format!("2{:02}0675{:06}", number % 100, number);
    let key = 97 - base.parse::<u64>().unwrap() % 97;
    Ins::parse("1.2.250.1.213.1.4.10", &format!("{base}{key:02}")).unwrap()
}

/// A text that bears a mark and says what it is.
fn text(mark: &str, what: &str) -> String {
    format!("{mark}-{what}")
}

fn name(mark: &str, what: &str) -> PersonName {
    PersonName {
        family: text(mark, &format!("{what}-family")),
        given: text(mark, &format!("{what}-given")),
        prefix: text(mark, &format!("{what}-prefix")),
    }
}

fn structure(mark: &str, what: &str) -> Structure {
    Structure { id: StructIdNat::parse("1750000001").unwrap(), name: text(mark, what) }
}

fn code(mark: &str, what: &str) -> Code {
    Code::new(text(mark, &format!("{what}-code")), text(mark, &format!("{what}-system")), text(mark, &format!("{what}-display")))
}

fn author(mark: &str) -> Author {
    Author {
        kind: AuthorKind::Professional,
        id: Some(PsIdNat::parse("810001234567").unwrap().as_str().to_owned()),
        name: name(mark, "author"),
        institution: Some(structure(mark, "author-institution")),
        role: Some(text(mark, "author-role")),
        specialty: Some(code(mark, "author-specialty")),
    }
}

fn source_patient(mark: &str) -> SourcePatient {
    SourcePatient { id: text(mark, "source-id"), name: name(mark, "source"), gender: "F".to_owned(), birth_date: text(mark, "source-birth") }
}

/// The head of an open record.
pub fn head(ins: Ins, mark: &str) -> Head {
    Head {
        ins,
        traits: IdentityTraits {
            birth_name: name(mark, "birth"),
            used_name: Some(name(mark, "used")),
            birth_date: BirthDate { year: 1970, month: 6, day: 12 },
            sex: Sex::Female,
            birth_place: text(mark, "birth-place"),
        },
        status: RecordStatus::Open,
        creation: Creation {
            at: NOW,
            channel: Channel::Online,
            evidence: ConsentEvidence::Electronic,
            recorded_by: text(mark, "recorded-by"),
            recorded_by_kind: CreatorKind::Patient,
            structure: Some(structure(mark, "creation-structure")),
            scheme: Some(text(mark, "scheme")),
            caisse: Some(text(mark, "caisse")),
            department: Some(text(mark, "department")),
            reason: Some(text(mark, "reason")),
            receipt: text(mark, "receipt"),
        },
        reactivated_at: vec![NOW],
        past_closures: vec![Closure {
            at: NOW,
            reason: ClosureReason::Request,
            words: text(mark, "closure-words"),
            recorded_by: text(mark, "closed-by"),
            destruction_requested_at: None,
        }],
        contact: Some(Contact { email: Some(text(mark, "email")), mobile: Some(text(mark, "mobile")), address: Some(text(mark, "address")) }),
        emergency: EmergencyChoices::default(),
        team_consent_at: Some(NOW),
        occupational_consent_at: None,
        all_masked: false,
        authorisations: vec![authorisation(mark)],
        episodes: vec![Episode {
            id: EntryId([0xe5; 16]),
            structure: structure(mark, "episode-structure"),
            unit: Some(text(mark, "episode-unit")),
            members: vec![TeamMember { account: text(mark, "episode-member"), name: text(mark, "episode-member-name") }],
            from: NOW,
            until: None,
            informed_at: Some(NOW),
            opposed_at: None,
            declared_by: text(mark, "episode-declared-by"),
        }],
        representatives: vec![Representative {
            declared_by: text(mark, "representative-declared-by"),
            proof: Some(text(mark, "representative-proof")),
            ..Representative::in_force(RepresentativeKind::Helper, text(mark, "representative"), name(mark, "representative"), NOW)
        }],
        notices: vec![Notice { kind: NoticeKind::RecordOpened, at: NOW, by: text(mark, "notice-by"), read: false, secret: false }],
        notices_seen_at: None,
        notice_settings: Default::default(),
        merged: Vec::new(),
        identity_proposal: None,
        past_ins: Vec::new(),
        shares: Vec::new(),
        apps: Vec::new(),
        corrections: Vec::new(),
        reports: Vec::new(),
    }
}

fn authorisation(mark: &str) -> Authorisation {
    Authorisation {
        account: text(mark, "authorised"),
        name: name(mark, "authorised"),
        profession: Profession::parse("G15/10").unwrap(),
        structure: Some(structure(mark, "authorised-structure")),
        effect: Effect::Permit,
        since: NOW,
        last_action: NOW,
        until: None,
        medecin_traitant: true,
        administrator: false,
        recorded_by: text(mark, "authorised-by"),
    }
}

/// An entry whose content is the given bytes.
pub fn entry(mark: &str, unique_id: &str, bytes: &[u8]) -> DocumentEntry {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    DocumentEntry {
        id: id(),
        version: 1,
        unique_id: unique_id.to_owned(),
        status: AvailabilityStatus::deposited(),
        visibility: Visibility::default(),
        announced_at: Some(NOW),
        type_code: TypeCode::parse("11488-4").unwrap(),
        title: text(mark, "title"),
        mime_type: text(mark, "mime"),
        language: text(mark, "language"),
        format: code(mark, "format"),
        facility_type: code(mark, "facility"),
        practice_setting: code(mark, "practice"),
        event_codes: vec![code(mark, "event")],
        comments: Some(text(mark, "comments")),
        created_at: NOW,
        service_start: NOW,
        service_stop: Some(NOW),
        submitted_at: NOW,
        updated_at: NOW,
        authors: vec![author(mark)],
        legal_authenticator: Some(author(mark)),
        custodian: Some(structure(mark, "custodian")),
        source_patient: source_patient(mark),
        references: vec![Reference {
            system: text(mark, "reference-system"),
            value: text(mark, "reference-value"),
            kind: Some(text(mark, "reference-kind")),
        }],
        replaces: None,
        deposited_by: text(mark, "deposited-by"),
        content: ContentRef {
            address: BlobAddress(random_bytes().unwrap()),
            home: None,
            size: u64::try_from(bytes.len()).unwrap(),
            sha1: [0; 20],
            sha256: digest.as_ref().try_into().unwrap(),
        },
    }
}

/// The set that an entry was sent in.
pub fn submission(mark: &str, entries: Vec<EntryId>) -> SubmissionSet {
    SubmissionSet {
        id: id(),
        unique_id: text(mark, "submission-unique-id"),
        source_id: text(mark, "submission-source"),
        content_type: Some(code(mark, "submission-content-type")),
        title: Some(text(mark, "submission-title")),
        comments: Some(text(mark, "submission-comments")),
        submitted_at: NOW,
        declared_at: NOW,
        author: author(mark),
        source_patient: Some(source_patient(mark)),
        entries,
        deposited_by: text(mark, "submission-by"),
    }
}

/// A folder of entries.
pub fn folder(mark: &str, entries: Vec<EntryId>) -> Folder {
    Folder {
        id: id(),
        unique_id: text(mark, "folder-unique-id"),
        designation: vec![code(mark, "folder-designation")],
        title: text(mark, "folder-title"),
        updated_at: NOW,
        entries,
        deposited_by: text(mark, "folder-by"),
    }
}

/// A leaf in a chain, by an account.
pub fn leaf(mark: &str, chain: Chain, account: &str) -> Leaf {
    Leaf {
        at: NOW,
        chain,
        caller: LeafCaller {
            account: account.to_owned(),
            kind: CallerKind::Professional,
            name: text(mark, "leaf-name"),
            profession: Some(text(mark, "leaf-profession")),
            structure: Some(text(mark, "leaf-structure")),
            software: Some(text(mark, "leaf-software")),
            app: None,
        },
        act: Act::Consult,
        mode: text(mark, "leaf-mode"),
        words: Some(text(mark, "leaf-words")),
        outcome: Outcome::Done,
        object: Some(LeafObject { entry: id(), type_code: TypeCode::parse("11488-4").unwrap(), title: text(mark, "leaf-title") }),
        count: Some(3),
        rules: vec![text(mark, "leaf-rule")],
        about: Some(text(mark, "leaf-about")),
    }
}

/// The changes that publish an entry with its content.
pub fn publish(entry: &DocumentEntry, bytes: &[u8]) -> Vec<Change> {
    vec![Change::PutEntry(Box::new(entry.clone())), Change::PutContent { address: entry.content.address, bytes: Bytes::copy_from_slice(bytes) }]
}

/// What the person's own permit to read a document is.
pub fn permit(record: &Record, entry: &DocumentEntry) -> Permit<Consult> {
    let bare = Caller::bare(record.head.ins.account(), CallerKind::Patient);
    let caller = Caller { name: Some(record.head.traits.birth_name.clone()), ..bare };
    let facts = Facts::of_record(record, &caller, Regime::B, NOW);
    let (decision, permit) = Permit::to_consult(entry, &caller, &facts, &Matrix::empty("none"), NOW);
    permit.unwrap_or_else(|| panic!("the person reads their own document: {decision:?}"))
}

/// Bytes that do not shrink.
pub fn noise(size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    aws_lc_rs::rand::fill(&mut bytes).unwrap();
    bytes
}
