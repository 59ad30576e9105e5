//! The header of the minimal structuring (`interop.md` 6): who, about whom, when, where, kept by whom.

use dmp_core::document::{TypeCode, system};
use dmp_core::identity::{PS_ID_NAT_OID, STRUCT_ID_NAT_OID, Sex};
use dmp_core::moment::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{LOINC, Xml};
use crate::people::{Address, Person, Place, Professional};

/// Sector, setting and author code of what the person writes themself.
const BY_THE_PATIENT: (&str, &str) = ("EXP_PATIENT", "Expression personnelle du patient");

/// Who writes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Writer<'a> {
    Professional(&'a Professional),
    /// The person of the record.
    Person,
}

/// How the person was met (JDV_EncompassingEncounterCode).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encounter {
    Ambulatory,
    Emergency,
    Stay,
    External,
}

impl Encounter {
    const ACT_CODE: (&'static str, &'static str) = ("2.16.840.1.113883.5.4", "HL7:ActCode");

    fn code(self) -> ((&'static str, &'static str), (&'static str, &'static str)) {
        match self {
            Encounter::Ambulatory => (("AMB", "Ambulatoire (hors établissement)"), Self::ACT_CODE),
            Encounter::Emergency => (("EMER", "Passage aux urgences (établissement)"), Self::ACT_CODE),
            Encounter::Stay => (("IMP", "Hospitalisation (établissement, y compris HAD)"), Self::ACT_CODE),
            Encounter::External => (("EXTERNE", "Acte et consultation externe (établissement)"), ("1.2.250.1.213.1.1.4.2.291", "TRE_R304")),
        }
    }
}

/// Everything the header says.
#[derive(Debug, Clone)]
pub(crate) struct Header<'a> {
    pub person: &'a Person,
    /// A legal representative and whether they are a guardian: shown for minors and protected adults.
    pub representative: Option<&'a Person>,
    pub writer: Writer<'a>,
    /// Who keeps the document; the writer's own place for professionals.
    pub keeper: &'a Place,
    pub attending_doctor: Option<&'a Professional>,
    pub unique_id: &'a str,
    pub set_id: &'a str,
    pub type_code: &'a TypeCode,
    pub title: &'a str,
    pub templates: &'a [&'a str],
    pub created_at: Moment,
    pub service_start: Moment,
    pub encounter: Encounter,
    /// Leaves out what the structuring does not require, and the white space: for documents of a given size.
    pub brief: bool,
}

/// The whole document: header, then the body that `body` writes.
pub(crate) fn clinical_document(header: &Header<'_>, body: impl FnOnce(&mut Xml)) -> Vec<u8> {
    let mut x = if header.brief { Xml::brief() } else { Xml::indented() };
    let spaces = [
        ("xmlns", "urn:hl7-org:v3"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xmlns:lab", "urn:oid:1.3.6.1.4.1.19376.1.3.2"),
        ("xmlns:pharm", "urn:ihe:pharm:medication"),
    ];
    let spaces = spaces.get(..if header.brief { 2 } else { 4 }).unwrap_or(&spaces);
    x.within("ClinicalDocument", spaces, |x| {
        identification(x, header);
        record_target(x, header);
        author(x, header);
        custodian(x, header.keeper);
        x.within("legalAuthenticator", &[], |x| {
            x.leaf("time", &[("value", &stamp(header.created_at))]);
            x.leaf("signatureCode", &[("code", "S")]);
            x.within("assignedEntity", &[], |x| entity(x, header));
        });
        attending_doctor(x, header);
        service_event(x, header);
        encounter(x, header);
        x.within("component", &[], body);
    });
    x.finish().into_bytes()
}

fn identification(x: &mut Xml, header: &Header<'_>) {
    x.leaf("realmCode", &[("code", "FR")]);
    x.leaf("typeId", &[("root", "2.16.840.1.113883.1.3"), ("extension", "POCD_HD000040")]);
    x.templates(&["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"]);
    x.templates(header.templates);
    x.leaf("id", &[("root", header.unique_id)]);
    type_code(x, header.type_code);
    x.text("title", &[], header.title);
    x.leaf("effectiveTime", &[("value", &stamp(header.created_at))]);
    x.code("confidentialityCode", ("N", "Normal"), (system::CONFIDENTIALITY, "Confidentiality"));
    x.leaf("languageCode", &[("code", "fr-FR")]);
    x.leaf("setId", &[("root", header.set_id)]);
    x.leaf("versionNumber", &[("value", "1")]);
}

fn type_code(x: &mut Xml, type_code: &TypeCode) {
    let name = if type_code.system() == LOINC { "LOINC" } else { "TRE_A05" };
    x.code("code", (type_code.as_str(), type_code.label()), (type_code.system(), name));
}

fn record_target(x: &mut Xml, header: &Header<'_>) {
    let person = header.person;
    x.within("recordTarget", &[], |x| {
        x.within("patientRole", &[], |x| {
            x.leaf("id", &[("extension", person.ins.matricule()), ("root", person.ins.authority().oid())]);
            if header.brief {
                x.leaf("addr", &[("nullFlavor", "NAV")]);
                x.leaf("telecom", &[("nullFlavor", "NAV")]);
            } else {
                address(x, &person.address, Some("H"));
                x.leaf("telecom", &[("value", &format!("tel:{}", person.phone)), ("use", "MC")]);
                x.leaf("telecom", &[("value", &format!("mailto:{}", person.email))]);
            }
            x.within("patient", &[("classCode", "PSN")], |x| patient(x, header));
        });
    });
}

fn patient(x: &mut Xml, header: &Header<'_>) {
    let traits = &header.person.traits;
    let (birth, used) = (&traits.birth_name, traits.shown_name());
    x.within("name", &[], |x| {
        x.text("family", &[("qualifier", "BR")], &birth.family);
        x.text("given", &[], &birth.given);
        x.text("given", &[("qualifier", "BR")], birth.given.split(' ').next().unwrap_or_default());
        x.text("family", &[("qualifier", "CL")], &used.family);
        x.text("given", &[("qualifier", "CL")], &used.given);
    });
    let gender = match traits.sex {
        Sex::Female => ("F", "Féminin"),
        Sex::Male => ("M", "Masculin"),
        Sex::Unknown => ("UN", "Inconnu"),
    };
    x.code("administrativeGenderCode", gender, ("2.16.840.1.113883.5.1", "AdministrativeGender"));
    x.leaf("birthTime", &[("value", &stamp_day(header.person.born))]);
    if let Some(representative) = header.representative {
        x.within("guardian", &[], |x| {
            address(x, &representative.address, Some("H"));
            x.leaf("telecom", &[("value", &format!("tel:{}", representative.phone)), ("use", "MC")]);
            x.within("guardianPerson", &[], |x| {
                let name = representative.traits.shown_name();
                x.within("name", &[], |x| {
                    x.text("family", &[], &name.family);
                    x.text("given", &[], &name.given);
                });
            });
        });
    }
    x.within("birthplace", &[], |x| {
        x.within("place", &[], |x| x.within("addr", &[], |x| x.text("county", &[], &traits.birth_place)));
    });
}

fn author(x: &mut Xml, header: &Header<'_>) {
    x.within("author", &[], |x| {
        if header.attending_doctor.is_some_and(|doctor| matches!(header.writer, Writer::Professional(writer) if writer.reference == doctor.reference))
        {
            x.code("functionCode", ("PCP", "Médecin traitant"), ("2.16.840.1.113883.5.88", "ParticipationFunction"));
        }
        x.leaf("time", &[("value", &stamp(header.created_at))]);
        x.within("assignedAuthor", &[], |x| match header.writer {
            Writer::Professional(writer) => {
                assigned_professional(x, writer);
                x.within("representedOrganization", &[], |x| organization(x, &writer.place, false));
            }
            Writer::Person => assigned_patient(x, header.person),
        });
    });
}

/// Identifier, profession, address, phone and name of a professional, in the order of the schema.
pub(crate) fn assigned_professional(x: &mut Xml, professional: &Professional) {
    x.leaf("id", &[("root", PS_ID_NAT_OID), ("extension", professional.ps_id_nat().as_str())]);
    x.code("code", professional.author_code, (system::TRE_A02, "TRE_A02"));
    if !x.is_brief() {
        address(x, &professional.place.address, None);
        x.leaf("telecom", &[("value", &format!("tel:{}", professional.place.phone)), ("use", "WP")]);
    }
    x.within("assignedPerson", &[], |x| professional_name(x, professional));
}

fn professional_name(x: &mut Xml, professional: &Professional) {
    x.within("name", &[], |x| {
        x.text("prefix", &[], professional.civility);
        x.text("given", &[], &professional.name.given);
        x.text("family", &[], &professional.name.family);
        if !professional.name.prefix.is_empty() {
            x.text("suffix", &[], &professional.name.prefix);
        }
    });
}

fn assigned_patient(x: &mut Xml, person: &Person) {
    x.leaf("id", &[("root", person.ins.authority().oid()), ("extension", person.ins.matricule())]);
    x.code("code", BY_THE_PATIENT, (system::TRE_A00, "TRE_A00"));
    address(x, &person.address, Some("H"));
    x.leaf("telecom", &[("value", &format!("tel:{}", person.phone)), ("use", "MC")]);
    let name = person.traits.shown_name();
    x.within("assignedPerson", &[], |x| {
        x.within("name", &[], |x| {
            x.text("given", &[], &name.given);
            x.text("family", &[], &name.family);
        });
    });
}

/// The content of an `assignedEntity` for the writer, with the practice setting of their place.
fn entity(x: &mut Xml, header: &Header<'_>) {
    match header.writer {
        Writer::Professional(writer) if header.brief => {
            x.leaf("id", &[("root", PS_ID_NAT_OID), ("extension", writer.ps_id_nat().as_str())]);
            x.within("assignedPerson", &[], |x| professional_name(x, writer));
            x.within("representedOrganization", &[], |x| {
                x.code("standardIndustryClassCode", writer.place.practice_setting, (system::TRE_A01, "practiceSettingCode"));
            });
        }
        Writer::Professional(writer) => {
            assigned_professional(x, writer);
            x.within("representedOrganization", &[], |x| organization(x, &writer.place, true));
        }
        Writer::Person => {
            assigned_patient(x, header.person);
            x.within("representedOrganization", &[], |x| {
                x.code("standardIndustryClassCode", BY_THE_PATIENT, (system::TRE_A00, "TRE_A00"));
            });
        }
    }
}

fn organization(x: &mut Xml, place: &Place, with_setting: bool) {
    x.leaf("id", &[("root", STRUCT_ID_NAT_OID), ("extension", place.structure.id.as_str())]);
    x.text("name", &[], &place.structure.name);
    if !x.is_brief() {
        x.leaf("telecom", &[("value", &format!("tel:{}", place.phone)), ("use", "WP")]);
        address(x, &place.address, None);
    }
    if with_setting {
        x.code("standardIndustryClassCode", place.practice_setting, (system::TRE_A01, "practiceSettingCode"));
    }
}

fn custodian(x: &mut Xml, place: &Place) {
    x.within("custodian", &[], |x| {
        x.within("assignedCustodian", &[], |x| {
            x.within("representedCustodianOrganization", &[], |x| organization(x, place, false));
        });
    });
}

fn attending_doctor(x: &mut Xml, header: &Header<'_>) {
    let Some(doctor) = header.attending_doctor else { return };
    x.within("participant", &[("typeCode", "INF")], |x| {
        x.code("functionCode", ("PCP", "Médecin traitant"), ("2.16.840.1.113883.5.88", "ParticipationFunction"));
        x.within("time", &[("xsi:type", "IVL_TS")], |x| x.leaf("low", &[("value", &stamp(header.service_start))]));
        x.within("associatedEntity", &[("classCode", "PROV")], |x| {
            x.leaf("id", &[("root", PS_ID_NAT_OID), ("extension", doctor.ps_id_nat().as_str())]);
            x.code("code", doctor.author_code, (system::TRE_A02, "TRE_A02"));
            address(x, &doctor.place.address, None);
            x.leaf("telecom", &[("value", &format!("tel:{}", doctor.place.phone)), ("use", "WP")]);
            x.within("associatedPerson", &[], |x| professional_name(x, doctor));
            x.within("scopingOrganization", &[], |x| organization(x, &doctor.place, false));
        });
    });
}

fn service_event(x: &mut Xml, header: &Header<'_>) {
    x.within("documentationOf", &[], |x| {
        x.within("serviceEvent", &[], |x| {
            type_code(x, header.type_code);
            x.within("effectiveTime", &[], |x| x.leaf("low", &[("value", &stamp(header.service_start))]));
            x.within("performer", &[("typeCode", "PRF")], |x| x.within("assignedEntity", &[], |x| entity(x, header)));
        });
    });
}

fn encounter(x: &mut Xml, header: &Header<'_>) {
    let (facility, facility_system) = match header.writer {
        Writer::Professional(writer) => (writer.place.facility_type, system::TRE_R02),
        Writer::Person => (BY_THE_PATIENT, system::TRE_A00),
    };
    x.within("componentOf", &[], |x| {
        x.within("encompassingEncounter", &[], |x| {
            if let Writer::Professional(_) = header.writer {
                let (code, system) = header.encounter.code();
                x.code("code", code, system);
            }
            x.within("effectiveTime", &[], |x| x.leaf("low", &[("value", &stamp(header.service_start))]));
            x.within("location", &[], |x| {
                x.within("healthCareFacility", &[], |x| {
                    if let Writer::Professional(writer) = header.writer {
                        x.leaf("id", &[("root", STRUCT_ID_NAT_OID), ("extension", writer.place.structure.id.as_str())]);
                    }
                    x.code("code", facility, (facility_system, "healthcareFacilityTypeCode"));
                });
            });
        });
    });
}

fn address(x: &mut Xml, address: &Address, use_code: Option<&str>) {
    let attributes: Vec<_> = use_code.map(|code| ("use", code)).into_iter().collect();
    x.within("addr", &attributes, |x| {
        x.text("houseNumber", &[], &address.number.to_string());
        x.text("streetName", &[], address.street);
        x.text("postalCode", &[], &address.postal_code);
        x.text("city", &[], address.city);
    });
}

/// `YYYYMMDDHHMMSS+ZZZZ` at the time of Paris.
pub(crate) fn stamp(moment: Moment) -> String {
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    moment.timestamp().to_zoned(paris).strftime("%Y%m%d%H%M%S%z").to_string()
}

/// `YYYYMMDD`.
pub(crate) fn stamp_day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}
