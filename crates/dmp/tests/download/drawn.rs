//! Records drawn at random and put straight into a store: what no town has side by side. A record is the same for the same seed.

use bytes::Bytes;
use dmp_core::document::{
    Author, AuthorKind, AvailabilityStatus, Code, Confidentiality, ContentRef, DocumentEntry, Folder, Reference, SourcePatient, SubmissionSet, TYPES,
    TypeCode, Visibility,
};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Profession, Sex, StructIdNat, Structure};
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};
use dmp_core::record::{
    Authorisation, Channel, Closure, ClosureReason, ConsentEvidence, Contact, CorrectionOutcome, CorrectionRequest, Creation, CreatorKind, Effect,
    EmergencyChoices, Episode, Head, Language, MandateState, Notice, NoticeKind, NoticeSettings, RecordStatus, Representative, RepresentativeKind,
    Rhythm, Scope, TeamMember,
};
use dmp_core::{Moment, record};
use dmp_store::{Change, Expected, RecordStore};

/// Texts that somebody might have written, and some that somebody might send.
const TEXTS: [&str; 16] = [
    "Compte rendu",
    "Ordonnance du 3 juin",
    "Œuvre d'Aÿ — « été »",
    "e\u{301}te\u{301} décomposé",
    "العربية ثم français",
    "\u{202e}à l'envers\u{202c}",
    "漢字 かな 한글",
    "🩺👩‍⚕️ 𝕬𝖟",
    "=1+1",
    "\"guillemets\" ; point-virgule, 'apostrophe'",
    "<script>alert(1)</script> & co",
    "../../etc/passwd",
    "CON.txt .",
    "ligne\nsuivante\ttabulée",
    "\u{200b}\u{feff}zéro",
    "  des   espaces  ",
];

/// How the identifiers of drawn documents begin.
pub const DOCUMENTS: &str = "urn:oid:1.2.250.1.213.1.1.9.995.";

/// A small generator (splitmix64): the seed gives the record.
pub struct Draw(pub u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.once_in(3) { None } else { Some(make(self)) }
    }

    pub fn bytes16(&mut self) -> [u8; 16] {
        (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes()
    }

    /// A text, now and then a long one.
    fn text(&mut self) -> String {
        let text = self.of(&TEXTS);
        if self.once_in(12) { text.repeat(1 + self.below(20)) } else { format!("{text} {}", self.below(1_000)) }
    }

    fn at(&mut self) -> Moment {
        Moment::from_micros(1_600_000_000_000_000 + i64::try_from(self.next() % 180_000_000_000_000).unwrap())
    }

    fn name(&mut self) -> PersonName {
        PersonName { family: self.text(), given: self.text(), prefix: if self.once_in(2) { String::new() } else { "Dr".to_owned() } }
    }

    fn structure(&mut self) -> Structure {
        Structure { id: StructIdNat::parse("1750000001").unwrap(), name: self.text() }
    }

    fn code(&mut self) -> Code {
        Code::new(format!("C{}", self.below(99)), "1.2.250.1.213.1.1.4.12", self.text())
    }

    fn author(&mut self) -> Author {
        let kind = self.of(&[AuthorKind::Professional, AuthorKind::Professional, AuthorKind::Patient, AuthorKind::Device]);
        Author {
            kind,
            id: self.maybe(|draw| format!("8100012{:05}", draw.below(99_999))),
            name: self.name(),
            institution: self.maybe(Self::structure),
            role: self.maybe(Self::text),
            specialty: self.maybe(|_| Code::new("G15_10/SM26", "1.2.250.1.213.1.1.4.5", "Médecin généraliste")),
        }
    }

    fn source_patient(&mut self) -> SourcePatient {
        SourcePatient {
            id: format!("{}^^^&1.2.3&ISO^PI", self.below(999)),
            name: self.name(),
            gender: self.of(&["M", "F", "UN"]).to_owned(),
            birth_date: "19700612".to_owned(),
        }
    }
}

fn digest<const N: usize>(algorithm: &'static aws_lc_rs::digest::Algorithm, bytes: &[u8]) -> [u8; N] {
    aws_lc_rs::digest::digest(algorithm, bytes).as_ref().try_into().unwrap()
}

/// SHA-1 and SHA-256.
pub fn digests(bytes: &[u8]) -> ([u8; 20], [u8; 32]) {
    (digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes), digest(&aws_lc_rs::digest::SHA256, bytes))
}

/// A document and its bytes.
pub struct Drawn {
    pub entry: DocumentEntry,
    pub bytes: Vec<u8>,
}

fn document(draw: &mut Draw, unique: &str) -> Drawn {
    let bytes: Vec<u8> = match draw.below(4) {
        0 => Vec::from(draw.text()),
        1 => format!("%PDF-1.7\n{}", draw.text()).into_bytes(),
        2 => (0..draw.below(70_000)).map(|place| (place as u64).wrapping_mul(draw.0) as u8).collect(),
        _ => format!("<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>{}</title></ClinicalDocument>", draw.below(9)).into(),
    };
    let (sha1, sha256) = digests(&bytes);
    let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { panic!("a deposit is current") };
    let status = match draw.below(8) {
        0 => approved.replace(),
        1 => approved.archive(),
        2 => approved.delete(),
        _ => AvailabilityStatus::deposited(),
    };
    let entry = DocumentEntry {
        id: EntryId(draw.bytes16()),
        version: 1 + u32::try_from(draw.below(9)).unwrap(),
        unique_id: unique.to_owned(),
        status,
        visibility: Visibility {
            confidentiality: draw.of(&[Confidentiality::Normal, Confidentiality::Restricted, Confidentiality::VeryRestricted]),
            masked: draw.once_in(4),
            invisible_to_patient: draw.once_in(6),
            invisible_to_representatives: draw.once_in(4),
        },
        announced_at: draw.maybe(Draw::at),
        type_code: TypeCode::parse(TYPES[draw.below(TYPES.len())].0).unwrap(),
        title: draw.text(),
        mime_type: draw.of(&["text/xml", "application/pdf", "image/jpeg", "text/plain", "application/dicom", "x/¿"]).to_owned(),
        language: draw.of(&["fr-FR", "en", ""]).to_owned(),
        format: draw.code(),
        facility_type: draw.code(),
        practice_setting: draw.code(),
        event_codes: (0..draw.below(3)).map(|_| draw.code()).collect(),
        comments: draw.maybe(Draw::text),
        created_at: draw.at(),
        service_start: draw.at(),
        service_stop: draw.maybe(Draw::at),
        submitted_at: draw.at(),
        updated_at: draw.at(),
        authors: (0..1 + draw.below(3)).map(|_| draw.author()).collect(),
        legal_authenticator: draw.maybe(Draw::author),
        custodian: draw.maybe(Draw::structure),
        source_patient: draw.source_patient(),
        references: (0..draw.below(3)).map(|_| Reference { system: draw.text(), value: draw.text(), kind: draw.maybe(Draw::text) }).collect(),
        replaces: None,
        deposited_by: draw.of(&["ps:810001234567", "person:0", "org:1", "system:reimbursements"]).to_owned(),
        content: ContentRef { address: BlobAddress(draw.bytes16()), home: None, size: bytes.len() as u64, sha1, sha256 },
    };
    Drawn { entry, bytes }
}

fn head(draw: &mut Draw, ins: &Ins) -> Head {
    // Somebody of sixteen, of forty or of eighty.
    let year = draw.of(&[2010, 1986, 1946]);
    Head {
        ins: ins.clone(),
        traits: IdentityTraits {
            birth_name: draw.name(),
            used_name: draw.maybe(Draw::name),
            birth_date: BirthDate { year, month: draw.of(&[0, 6, 12]), day: draw.of(&[0, 1, 28]) },
            sex: draw.of(&[Sex::Female, Sex::Male, Sex::Unknown]),
            birth_place: draw.of(&["99100", "2A004", ""]).to_owned(),
        },
        status: RecordStatus::Open,
        creation: Creation {
            at: draw.at(),
            channel: draw.of(&[Channel::Online, Channel::Counter, Channel::Professional, Channel::Establishment]),
            evidence: draw.of(&[ConsentEvidence::Oral, ConsentEvidence::Electronic, ConsentEvidence::Written, ConsentEvidence::NoObjection]),
            recorded_by: draw.text(),
            recorded_by_kind: draw.of(&[CreatorKind::Patient, CreatorKind::InsuranceAgent, CreatorKind::System]),
            structure: draw.maybe(Draw::structure),
            scheme: draw.maybe(Draw::text),
            caisse: draw.maybe(Draw::text),
            department: draw.maybe(|_| "2A".to_owned()),
            reason: draw.maybe(Draw::text),
            receipt: draw.text(),
        },
        reactivated_at: (0..draw.below(3)).map(|_| draw.at()).collect(),
        past_closures: (0..draw.below(3))
            .map(|_| Closure {
                at: draw.at(),
                reason: draw.of(&[ClosureReason::Request, ClosureReason::Fraud]),
                words: draw.text(),
                recorded_by: draw.text(),
                destruction_requested_at: draw.maybe(Draw::at),
            })
            .collect(),
        contact: draw.maybe(|draw| Contact { email: draw.maybe(Draw::text), mobile: draw.maybe(Draw::text), address: draw.maybe(Draw::text) }),
        emergency: EmergencyChoices { regulation_centre: draw.once_in(2), break_glass: draw.once_in(2), masked_in_emergency: draw.once_in(2) },
        team_consent_at: draw.maybe(Draw::at),
        occupational_consent_at: draw.maybe(Draw::at),
        all_masked: draw.once_in(4),
        authorisations: (0..draw.below(4)).map(|number| authorisation(draw, number)).collect(),
        episodes: (0..draw.below(3)).map(|_| episode(draw)).collect(),
        representatives: (0..draw.below(4)).map(|number| representative(draw, number)).collect(),
        notices: vec![Notice { kind: NoticeKind::RecordOpened, at: draw.at(), by: draw.text(), read: draw.once_in(2), secret: draw.once_in(2) }],
        notices_seen_at: draw.maybe(Draw::at),
        notice_settings: NoticeSettings {
            language: draw.of(&[Language::French, Language::English]),
            rhythm: draw.of(&Rhythm::ALL),
            told: NoticeKind::ALL.into_iter().filter(|kind| kind.is_optional()).filter(|_| draw.once_in(2)).collect(),
        },
        merged: Vec::new(),
        identity_proposal: None,
        past_ins: Vec::new(),
        shares: Vec::new(),
        apps: Vec::new(),
        corrections: Vec::new(),
        reports: Vec::new(),
        paper_orders: Vec::new(),
    }
}

fn authorisation(draw: &mut Draw, number: usize) -> Authorisation {
    Authorisation {
        account: format!("ps:81000123450{number}"),
        name: draw.name(),
        profession: Profession::parse(draw.of(&["G15/10", "G15/60", "G15/21"])).unwrap(),
        structure: draw.maybe(Draw::structure),
        effect: draw.of(&[Effect::Permit, Effect::Permit, Effect::Deny]),
        since: draw.at(),
        last_action: draw.at(),
        until: draw.maybe(Draw::at),
        medecin_traitant: draw.once_in(3),
        administrator: draw.once_in(3),
        recorded_by: draw.text(),
    }
}

fn episode(draw: &mut Draw) -> Episode {
    Episode {
        id: EntryId(draw.bytes16()),
        structure: draw.structure(),
        unit: draw.maybe(Draw::text),
        members: (0..draw.below(3)).map(|number| TeamMember { account: format!("ps:81000123460{number}"), name: draw.text() }).collect(),
        from: draw.at(),
        until: draw.maybe(Draw::at),
        informed_at: draw.maybe(Draw::at),
        opposed_at: draw.maybe(Draw::at),
        declared_by: draw.text(),
    }
}

fn representative(draw: &mut Draw, number: usize) -> Representative {
    let kind = draw.of(&[RepresentativeKind::Parent, RepresentativeKind::Guardian, RepresentativeKind::Helper]);
    let state = draw.of(&[MandateState::Accepted, MandateState::Pending, MandateState::Refused, MandateState::Ended]);
    let scope = if kind == RepresentativeKind::Helper { Scope::Person } else { draw.of(&[Scope::Person, Scope::Property, Scope::Assistance]) };
    Representative {
        scope,
        state,
        until: draw.maybe(Draw::at),
        answer_by: draw.maybe(Draw::at),
        declared_by: draw.text(),
        proof: draw.maybe(Draw::text),
        ..Representative::in_force(kind, format!("person:drawn-{number}"), draw.name(), draw.at())
    }
}

/// A request to correct one of the documents: it stays with the installation, and changes nothing of the document.
fn correction(draw: &mut Draw, document: EntryId) -> CorrectionRequest {
    CorrectionRequest {
        id: EntryId(draw.bytes16()),
        document,
        asked_at: draw.at(),
        asked_by: draw.text(),
        quote: draw.text(),
        wrong: draw.text(),
        right: draw.text(),
        seen_at: draw.maybe(Draw::at),
        outcome: if draw.once_in(2) { CorrectionOutcome::Waits } else { CorrectionOutcome::Withdrawn { at: draw.at() } },
    }
}

/// What was drawn of one record, for the test to count.
pub struct Record {
    pub documents: Vec<Drawn>,
    pub head: Head,
    pub submissions: Vec<SubmissionSet>,
    pub folders: Vec<Folder>,
}

/// A record of a person. `name`: what tells its documents from those of other records of the store.
pub fn record(draw: &mut Draw, ins: &Ins, name: &str) -> Record {
    let mut documents: Vec<Drawn> = (0..draw.below(24)).map(|number| document(draw, &format!("{DOCUMENTS}{name}.{number}"))).collect();
    for place in 1..documents.len() {
        if draw.once_in(4) {
            documents[place].entry.replaces = Some(documents[draw.below(place)].entry.id);
        }
    }
    let ids: Vec<EntryId> = documents.iter().map(|one| one.entry.id).collect();
    let some = |draw: &mut Draw| ids.iter().copied().filter(|_| draw.once_in(3)).collect::<Vec<_>>();
    let submissions = (0..draw.below(4))
        .map(|number| SubmissionSet {
            id: EntryId(draw.bytes16()),
            unique_id: format!("urn:oid:1.2.250.1.213.1.1.9.996.{name}.{number}"),
            source_id: "1.2.3".to_owned(),
            content_type: draw.maybe(Draw::code),
            title: draw.maybe(Draw::text),
            comments: draw.maybe(Draw::text),
            submitted_at: draw.at(),
            declared_at: draw.at(),
            author: draw.author(),
            source_patient: draw.maybe(Draw::source_patient),
            entries: some(draw),
            deposited_by: draw.text(),
        })
        .collect();
    let folders = (0..draw.below(3))
        .map(|number| Folder {
            id: EntryId(draw.bytes16()),
            unique_id: format!("urn:oid:1.2.250.1.213.1.1.9.997.{name}.{number}"),
            designation: (0..draw.below(2)).map(|_| draw.code()).collect(),
            title: draw.text(),
            updated_at: draw.at(),
            entries: some(draw),
            deposited_by: draw.text(),
        })
        .collect();
    let mut head = head(draw, ins);
    head.corrections = ids.iter().filter(|_| draw.once_in(6)).copied().collect::<Vec<_>>().into_iter().map(|id| correction(draw, id)).collect();
    Record { documents, head, submissions, folders }
}

/// A record without documents.
pub fn empty(draw: &mut Draw, ins: &Ins) -> Record {
    Record { documents: Vec::new(), head: head(draw, ins), submissions: Vec::new(), folders: Vec::new() }
}

/// A current document that its person sees.
pub fn plain(draw: &mut Draw, unique: &str) -> Drawn {
    let drawn = document(draw, unique);
    let entry = DocumentEntry { version: 1, status: AvailabilityStatus::deposited(), visibility: Visibility::default(), ..drawn.entry };
    Drawn { entry, ..drawn }
}

/// Puts a record into a store, as its acts would have left it.
pub async fn put(store: &dyn RecordStore, draw: &mut Draw, record: &Record) -> RecordKey {
    let key = RecordKey(draw.bytes16());
    store.claim(&record.head.ins, key).await.unwrap();
    let mut version = store.commit(key, Expected::New, vec![Change::PutHead(Box::new(record.head.clone()))], Vec::new()).await.unwrap().version;
    for one in &record.documents {
        // The store takes a document as new, then as it has become.
        let new = DocumentEntry { version: 1, ..one.entry.clone() };
        let content = Change::PutContent { address: new.content.address, bytes: Bytes::from(one.bytes.clone()) };
        let changes = vec![content, Change::PutEntry(Box::new(new))];
        version = store.commit(key, Expected::Version(version), changes, Vec::new()).await.unwrap().version;
        if one.entry.version > 1 {
            let changed = vec![Change::PutEntry(Box::new(one.entry.clone()))];
            version = store.commit(key, Expected::Version(version), changed, Vec::new()).await.unwrap().version;
        }
    }
    let sets = record.submissions.iter().map(|set| Change::PutSubmission(Box::new(set.clone())));
    let folders = record.folders.iter().map(|folder| Change::PutFolder(Box::new(folder.clone())));
    store.commit(key, Expected::Version(version), sets.chain(folders).collect(), Vec::new()).await.unwrap();
    store.confirm(&record.head.ins).await.unwrap();
    key
}

/// Whether a person of this record finds a document in their copy.
pub fn is_in_the_copy(one: &Drawn, now: Moment) -> bool {
    use dmp_core::document::{Announcement, Veil};
    let clock = Announcement { deposited_at: one.entry.submitted_at, announced_at: None };
    !(one.entry.status.is_deleted() || one.entry.visibility.invisible_to_patient && clock.veil(now) != Veil::Lifted)
}

/// So that links of every kind stand in the record when the copy is taken.
pub fn links() -> [(record::ShareKind, record::Shared); 2] {
    [(record::ShareKind::Sent, record::Shared::Summary), (record::ShareKind::Emergency, record::Shared::Emergency)]
}
