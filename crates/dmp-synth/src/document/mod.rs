//! Documents of a life course: each event becomes a CDA document in French.

mod biology;
mod liaison;
mod medicine;
mod page;
mod pdf;
mod report;
mod sized;
mod summary;
mod tables;
mod vaccination;

use dmp_core::document::{Code, TypeCode, Visibility, system};
use dmp_core::moment::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cda::{Encounter, Header, Writer};
use crate::course::{Course, Event, Kind};
use crate::draw::Draw;
use crate::people::{Person, Place, Professional, ProfessionalRef};

pub use sized::cda_of_size;

/// A document of the town, ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynthDocument {
    /// Number of the person in the town.
    pub person: u32,
    /// Who wrote it; `None` when the person did.
    pub author: Option<ProfessionalRef>,
    /// Dotted OID: the `root` of the CDA identifier.
    pub unique_id: String,
    pub type_code: TypeCode,
    pub title: String,
    /// `text/xml`.
    pub mime_type: &'static str,
    pub format: Code,
    pub bytes: Vec<u8>,
    pub created_at: Moment,
    pub patient_authored: bool,
    /// Suggested visibility at publication.
    pub visibility: Visibility,
}

impl SynthDocument {
    /// The identifier as XDS and FHIR write it: `urn:oid:…`.
    pub fn unique_id_urn(&self) -> String {
        format!("urn:oid:{}", self.unique_id)
    }
}

/// What every document of one event is written from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub person: &'a Person,
    pub representative: Option<&'a Person>,
    pub course: &'a Course,
    pub event: &'a Event,
    pub author: &'a Professional,
    pub staff: &'a [Professional],
    pub attending_doctor: Option<&'a Professional>,
    /// Who keeps what the person writes.
    pub host: &'a Place,
    pub unique_id: &'a str,
    pub set_id: &'a str,
    /// Seed of the identifiers inside the document.
    pub key: u64,
}

/// Format code, title and templates of a kind of document.
struct Shape {
    type_code: &'static str,
    title: String,
    format: (&'static str, &'static str),
    templates: &'static [&'static str],
    encounter: Encounter,
}

/// Level 3 without a profile of its own.
const PLAIN: (&str, &str) = ("urn:asipSante:modelesHorsProfils:2011", system::TRE_A06);
/// Level 1 around a PDF.
const PDF: (&str, &str) = ("urn:ihe:iti:xds-sd:pdf:2008", system::IHE_FORMAT);

impl Desk<'_> {
    /// The document; `None` only if a script names a type outside of JDV_J66, which the tests exclude.
    pub fn write(&self) -> Option<SynthDocument> {
        let shape = self.shape();
        let type_code = TypeCode::parse(shape.type_code)?;
        let patient_authored = self.event.kind == Kind::Directives;
        let created_at = moment_of(self.event.day, self.event.minute);
        let header = Header {
            person: self.person,
            representative: self.representative,
            writer: if patient_authored { Writer::Person } else { Writer::Professional(self.author) },
            keeper: if patient_authored { self.host } else { &self.author.place },
            attending_doctor: self.attending_doctor.filter(|_| !patient_authored),
            unique_id: self.unique_id,
            set_id: self.set_id,
            type_code: &type_code,
            title: &shape.title,
            templates: shape.templates,
            created_at,
            service_start: created_at.plus_seconds(-1200),
            encounter: shape.encounter,
            brief: false,
        };
        let bytes = self.body(&header);
        Some(SynthDocument {
            person: self.person.index,
            author: (!patient_authored).then_some(self.author.reference),
            unique_id: self.unique_id.to_owned(),
            title: shape.title.clone(),
            mime_type: "text/xml",
            format: Code::new(shape.format.0, shape.format.1, ""),
            bytes,
            created_at,
            patient_authored,
            visibility: self.event.visibility,
            type_code,
        })
    }

    fn body(&self, header: &Header<'_>) -> Vec<u8> {
        match &self.event.kind {
            Kind::Report(script) => self.report(header, script, false),
            Kind::Visit(script) => self.report(header, script, true),
            Kind::Liaison(script) => self.liaison(header, script),
            Kind::Page(script) => self.page(header, script),
            Kind::File(script) => self.file(header, script),
            Kind::Biology(panel) => self.biology(header, panel),
            Kind::LabOrder(panel) => self.lab_order(header, panel),
            Kind::Prescription { acute, renew } => self.prescription(header, acute, *renew),
            Kind::Dispensation { acute, renew, prescriber } => self.dispensation(header, acute, *renew, *prescriber),
            Kind::Vaccination(number) => self.vaccination(header, Some(*number)),
            Kind::VaccinationHistory => self.vaccination(header, None),
            Kind::Summary => self.summary(header),
            Kind::Directives => self.directives(header),
        }
    }

    fn shape(&self) -> Shape {
        let shape = |type_code, title: &str, format, templates, encounter| Shape { type_code, title: title.to_owned(), format, templates, encounter };
        let own = |script: &crate::course::Script, format, templates| {
            shape(script.type_code, &self.course.fill(script.title, self.event.day), format, templates, script.encounter)
        };
        let here = Encounter::Ambulatory;
        match &self.event.kind {
            Kind::Report(script) if script.type_code == "18748-4" => own(
                script,
                ("urn:ihe:rad:CDA:ImagingReportStructuredHeadings:2013", system::IHE_FORMAT),
                &["1.2.840.10008.9.1", "1.2.250.1.213.1.1.1.45 2024.01"],
            ),
            Kind::Report(script) | Kind::Visit(script) => own(script, PLAIN, &[]),
            Kind::Liaison(script) => own(script, ("urn:asip:ci-sis:ldl-ses:2017", system::TRE_A06), &["1.2.250.1.213.1.1.1.29 2022.01"]),
            Kind::Page(script) | Kind::File(script) => own(script, PDF, &["1.3.6.1.4.1.19376.1.2.20"]),
            Kind::Biology(_) => shape(
                "11502-2",
                "Compte rendu d'examens biologiques",
                ("urn:ihe:lab:xd-lab:2008", system::IHE_FORMAT),
                &["1.3.6.1.4.1.19376.1.3.3", "1.2.250.1.213.1.1.1.55"],
                here,
            ),
            Kind::LabOrder(_) => shape("PRESC-BIO", "Prescription d'examens de biologie médicale", PLAIN, &[], here),
            Kind::Prescription { .. } => shape(
                "57833-6",
                "Prescription de médicaments",
                ("urn:ihe:pharm:pre:2010", system::IHE_FORMAT),
                &["1.3.6.1.4.1.19376.1.9.1.1.1", "1.3.6.1.4.1.19376.1.5.3.1.1.1", "1.2.250.1.213.1.1.1.39 2024.01"],
                here,
            ),
            Kind::Dispensation { .. } => shape(
                "60593-1",
                "Dispensation de médicaments",
                ("urn:ihe:pharm:dis:2010", system::IHE_FORMAT),
                &["1.3.6.1.4.1.19376.1.5.3.1.1.1", "1.3.6.1.4.1.19376.1.9.1.1.3", "1.2.250.1.213.1.1.1.54 2024.01"],
                here,
            ),
            Kind::Vaccination(_) => shape(
                "87273-9",
                "Note de vaccination",
                ("urn:asip:ci-sis:vac-note:2021", system::TRE_A06),
                &["1.3.6.1.4.1.19376.1.5.3.1.1.18.1.2"],
                here,
            ),
            Kind::VaccinationHistory => shape(
                "11369-6",
                "Historique des vaccinations",
                ("urn:asip:ci-sis:vac:2019", system::TRE_A06),
                &["1.3.6.1.4.1.19376.1.5.3.1.1.18.1.2", "1.2.250.1.213.1.1.1.37 2023.01"],
                here,
            ),
            Kind::Summary => {
                shape("SYNTH", "Volet de synthèse médicale", ("urn:asip:ci-sis:vsm:2012", system::TRE_A06), &["1.2.250.1.213.1.1.1.13 201310"], here)
            }
            Kind::Directives => shape("EXPPAT_3", "Mes directives anticipées", PDF, &["1.3.6.1.4.1.19376.1.2.20"], here),
        }
    }

    /// Draws for the identifiers inside the document.
    fn draw(&self) -> Draw {
        Draw::of(self.key, &[0x1D])
    }

    fn day(&self) -> Date {
        self.event.day
    }
}

/// A day and a minute in Paris.
pub(crate) fn moment_of(day: Date, minute: u16) -> Moment {
    let time = day.at(0, 0, 0, 0).checked_add(jiff::Span::new().minutes(minute)).unwrap_or_else(|_| day.at(0, 0, 0, 0));
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let zoned = time.to_zoned(paris).map(|zoned| zoned.timestamp());
    zoned.map(Moment::from).unwrap_or(Moment::from_seconds(0))
}
