//! Documents of both worlds: a few visible ones that differ in every searchable way, and what is hidden.

use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::document::{Author, AuthorKind, Code, Reference, SourcePatient, TypeCode, Visibility, system};
use dmp_core::identity::{Ins, PersonName};
use dmp_service::{NewDocument, ReplaceTarget};

use crate::facts;

/// What makes one document differ from another.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Last arc of its unique identifier.
    pub number: u32,
    pub type_code: &'static str,
    pub title: &'static str,
    /// Given name, family name and RPPS of its author.
    pub author: (&'static str, &'static str, &'static str),
    /// Day of the act.
    pub day: &'static str,
    pub event: &'static str,
    pub visibility: Visibility,
    pub replaces: Option<u32>,
    /// A structured document whose text is shown on pages.
    pub text: bool,
}

impl Shape {
    /// An ordinary document.
    pub fn new(
        number: u32,
        type_code: &'static str,
        title: &'static str,
        author: (&'static str, &'static str, &'static str),
        day: &'static str,
    ) -> Self {
        Shape { number, type_code, title, author, day, event: "Z00", visibility: Visibility::default(), replaces: None, text: false }
    }

    /// The producer's identifier.
    pub fn unique_id(&self) -> String {
        unique_id(self.number)
    }

    /// Ready to publish for a person.
    pub fn document(&self, ins: &Ins) -> NewDocument {
        let made = Moment::parse_fhir(self.day).expect("a day").plus_seconds(9 * 3_600);
        let (given, family, rpps) = self.author;
        NewDocument {
            unique_id: self.unique_id(),
            visibility: self.visibility,
            type_code: TypeCode::parse(self.type_code).expect("a type"),
            title: self.title.to_owned(),
            mime_type: if self.text { "text/xml" } else { "application/pdf" }.to_owned(),
            language: "fr-FR".to_owned(),
            format: Code::new(
                if self.number >= HIDDEN { "urn:ihe:pcc:xphr:2007" } else { "urn:ihe:iti:xds:2017:mimeTypeSufficient" },
                system::IHE_FORMAT,
                "format",
            ),
            facility_type: Code::new(if self.number >= HIDDEN { "SA01" } else { "SA07" }, system::TRE_R02, "secteur"),
            practice_setting: Code::new(if self.number >= HIDDEN { "ETABLISSEMENT" } else { "AMBULATOIRE" }, system::TRE_A01, "cadre"),
            event_codes: vec![Code::new(self.event, system::CIM_10, "motif")],
            comments: Some(format!("Remarque {}", self.number)),
            created_at: made,
            service_start: made,
            service_stop: Some(made.plus_seconds(1_800)),
            authors: vec![Author {
                kind: AuthorKind::Professional,
                id: Some(format!("8{rpps}")),
                name: PersonName::new(given, family),
                institution: None,
                role: None,
                specialty: Some(Code::new("G15_10/SM26", system::TRE_A02, "Médecin")),
            }],
            legal_authenticator: None,
            source_patient: SourcePatient {
                id: format!("{}^^^PI", ins.matricule()),
                name: PersonName::default(),
                gender: "UN".to_owned(),
                birth_date: String::new(),
            },
            references: vec![Reference { system: "urn:oid:1.2.250.1.213.1.1.9.99".to_owned(), value: format!("EXAMEN-{}", self.number), kind: None }],
            replaces: self.replaces.map(|number| ReplaceTarget::UniqueId(unique_id(number))),
            bytes: self.bytes(ins, made),
        }
    }

    fn bytes(&self, ins: &Ins, made: Moment) -> Bytes {
        if self.text {
            return dmp_synth::cda_of_size(4_096, ins, &format!("{ROOT}.{}", self.number), made).expect("a document").into();
        }
        // Every fifth is large: it lies in a file of its own, or in the S3.
        let padding = if self.number % 5 == 2 { "large ".repeat(8_000) } else { String::new() };
        let (own, common) = facts::words(self.number);
        let said = facts::line(self.number, self.day);
        format!("%PDF-1.4\n{} {} {} {own} {common}\n{said}\n{padding}%%EOF\n", self.number, self.title, self.day).into_bytes().into()
    }
}

const ROOT: &str = "1.2.250.1.213.1.1.9.990";

/// Numbers of hidden documents start here.
pub const HIDDEN: u32 = 500;
/// Numbers of documents that requests publish start here.
pub const PUBLISHED: u32 = 10_000;

/// The producer's identifier of a document.
pub fn unique_id(number: u32) -> String {
    format!("urn:oid:{ROOT}.{number}")
}

/// The same, without its scheme.
pub fn root(number: u32) -> String {
    format!("{ROOT}.{number}")
}

const MOREAU: (&str, &str, &str) = ("Anne", "FICTIF-MOREAU", "10000000900");
const VERTE: (&str, &str, &str) = ("Camille", "SPECIMEN-VERTEPLAINE", "10000000910");
/// Wrote what is hidden, and nothing that is visible.
const CACHE: (&str, &str, &str) = ("Zénobie", "OMBRECACHEE", "10000000990");

/// What everyone with a tie to Claire sees, newest last. The replaced and the replacing one come together.
pub fn of_claire() -> Vec<Shape> {
    vec![
        Shape { text: true, ..Shape::new(1, "SYNTH", "Synthèse médicale", MOREAU, "2025-02-03") },
        Shape::new(2, "11502-2", "Bilan sanguin", VERTE, "2025-03-10"),
        Shape { event: "I10", ..Shape::new(3, "11488-4", "Consultation du printemps", MOREAU, "2025-04-21") },
        Shape { replaces: Some(3), event: "I10", ..Shape::new(4, "11488-4", "Consultation du printemps, corrigée", MOREAU, "2025-04-21") },
        Shape::new(5, "57833-6", "Ordonnance", MOREAU, "2025-06-30"),
        Shape { text: true, ..Shape::new(6, "18748-4", "Radiographie du genou", VERTE, "2025-09-12") },
    ]
}

/// Tom's.
pub fn of_tom() -> Vec<Shape> {
    vec![
        Shape { text: true, ..Shape::new(101, "11488-4", "Visite de rentrée", MOREAU, "2025-09-01") },
        Shape::new(102, "87273-9", "Rappel de vaccin", MOREAU, "2025-10-05"),
        Shape::new(103, "11502-2", "Prise de sang", VERTE, "2025-11-20"),
    ]
}

/// Henri's.
pub fn of_henri() -> Vec<Shape> {
    vec![Shape::new(201, "11488-4", "Consultation mémoire", MOREAU, "2025-05-05"), Shape::new(202, "57833-6", "Ordonnance", MOREAU, "2025-05-05")]
}

/// A hidden document: type, title, author, day, reason and codes that no visible one has.
pub fn hidden(number: u32, type_code: &'static str, title: &'static str, day: &'static str) -> Shape {
    Shape { event: "F32", ..Shape::new(HIDDEN + number, type_code, title, CACHE, day) }
}
