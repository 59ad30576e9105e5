//! Treatments and vaccinations.

use dmp_core::document::Code;
use dmp_core::summary::{Concept, Line, Medicine, Period, What};

use super::{absent, choose};
use crate::cda::write::code::{plain, system};
use crate::cda::write::moment::{interval, point};
use crate::cda::write::narrative::LOINC;
use crate::cda::write::part::Place;
use crate::cda::write::people::named;
use crate::xml::Xml;

const NO_TREATMENT: [(&str, &str); 2] = [
    ("no-known-medications", "Pas de traitement médicamenteux connu"),
    ("no-medication-info", "Pas d'information sur les traitements médicamenteux"),
];
const NO_VACCINATION: [(&str, &str); 2] =
    [("no-known-immunizations", "Pas de vaccin connu"), ("no-immunization-info", "Pas d'information sur les vaccins")];

/// A medicine that is taken.
pub(in crate::cda::write) fn treatment(x: &mut Xml, place: &Place<'_>, line: &Line) {
    let medicine = match &line.fact.what {
        What::Medicine(medicine) => Some(medicine),
        _ => None,
    };
    administration(
        x,
        place,
        line.fact.period,
        |x| x.code("code", ("DRUG", "Médicament"), ("2.16.840.1.113883.5.4", "HL7:ActCode")),
        |x| {
            let substances = medicine.map_or(&[][..], |medicine| &medicine.substances);
            x.within("consumable", &[], |x| product(x, place, &line.fact.concept, substances, ""));
            medicine.into_iter().for_each(|medicine| instruction(x, place, medicine));
        },
    );
}

/// That there is none, or that nothing is known.
pub(in crate::cda::write) fn no_treatment(x: &mut Xml, place: &Place<'_>, none_known: bool) {
    let [none, unknown] = NO_TREATMENT;
    let code = |x: &mut Xml| absent(x, "code", false, place, choose(none_known, none, unknown));
    administration(x, place, Period::default(), code, |x| x.within("consumable", &[], no_product));
}

fn administration(x: &mut Xml, place: &Place<'_>, period: Period, code: impl FnOnce(&mut Xml), body: impl FnOnce(&mut Xml)) {
    x.within("entry", &[("typeCode", "DRIV")], |x| {
        x.within("substanceAdministration", &[("classCode", "SBADM"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.24",
                "1.3.6.1.4.1.19376.1.5.3.1.4.7",
                "1.2.250.1.213.1.1.3.42",
                "1.3.6.1.4.1.19376.1.5.3.1.4.7.1",
            ]);
            place.id(x);
            code(x);
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"completed\"/>\n");
            interval(x, &[("xsi:type", "IVL_TS")], period, true);
            x.fixed("<effectiveTime operator=\"A\"/>\n");
            body(x);
        });
    });
}

/// Dose and rhythm are words: the sources do not agree on a structure.
fn instruction(x: &mut Xml, place: &Place<'_>, medicine: &Medicine) {
    if medicine.dose.is_empty() {
        return;
    }
    x.within("entryRelationship", &[("typeCode", "SUBJ"), ("inversionInd", "true")], |x| {
        x.within("act", &[("classCode", "ACT"), ("moodCode", "INT")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.49", "1.3.6.1.4.1.19376.1.5.3.1.4.3", "1.2.250.1.213.1.1.3.33"]);
            x.fixed("<code code=\"PINSTRUCT\" codeSystem=\"1.3.6.1.4.1.19376.1.5.3.2\" codeSystemName=\"IHEActCode\"/>\n");
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"completed\"/>\n");
        });
    });
}

fn product(x: &mut Xml, place: &Place<'_>, medicine: &Concept, substances: &[Concept], batch: &str) {
    x.within("manufacturedProduct", &[("classCode", "MANU")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.53", "1.3.6.1.4.1.19376.1.5.3.1.4.7.2", "1.2.250.1.213.1.1.3.43"]);
        x.within("manufacturedMaterial", &[], |x| {
            product_code(x, place, medicine.codes.iter().chain(substances.iter().flat_map(|one| &one.codes)));
            x.text("name", &[], &medicine.text);
            if !batch.is_empty() {
                x.text("lotNumberText", &[], batch);
            }
        });
    });
}

/// Codes of specialities, the one system that the model allows as principal code.
const CIS: &str = "1.2.250.1.213.2.3.1";

/// The code of the speciality, and every other code as a translation.
fn product_code<'a>(x: &mut Xml, place: &Place<'_>, codes: impl Iterator<Item = &'a Code>) {
    let mut distinct: Vec<&Code> = Vec::new();
    for code in codes.filter(|code| system(code).is_some()) {
        if !distinct.iter().any(|known| known.code == code.code && known.system == code.system) {
            distinct.push(code);
        }
    }
    let speciality = distinct.iter().position(|code| code.system == CIS).map(|at| distinct.remove(at));
    let attributes = match speciality {
        Some(code) if !code.display.is_empty() => vec![("code", code.code.as_str()), ("codeSystem", CIS), ("displayName", &code.display)],
        Some(code) => vec![("code", code.code.as_str()), ("codeSystem", CIS)],
        None => vec![("nullFlavor", "NAV")],
    };
    x.within("code", &attributes, |x| {
        x.reference("originalText", &place.anchor);
        distinct.iter().for_each(|other| plain(x, "translation", other, ""));
    });
}

fn no_product(x: &mut Xml) {
    x.within("manufacturedProduct", &[("classCode", "MANU")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.53", "1.3.6.1.4.1.19376.1.5.3.1.4.7.2", "1.2.250.1.213.1.1.3.43"]);
        x.fixed("<manufacturedMaterial><code nullFlavor=\"NA\"/><name nullFlavor=\"NA\"/></manufacturedMaterial>\n");
    });
}

/// A vaccination that was done, or refused.
pub(in crate::cda::write) fn vaccination(x: &mut Xml, place: &Place<'_>, line: &Line) {
    let What::Vaccination { against, batch, dose, refused } = &line.fact.what else { return };
    let code = |x: &mut Xml| {
        x.fixed("<code code=\"IMMUNIZ\" displayName=\"Vaccination sans autres précisions\" codeSystem=\"2.16.840.1.113883.5.4\"/>\n");
    };
    shot(x, place, *refused, code, |x| {
        point(x, line.fact.period.from.or(line.fact.period.to));
        x.within("consumable", &[("typeCode", "CSM")], |x| product(x, place, &line.fact.concept, against, batch));
        if !line.fact.by.name.is_empty() || !line.fact.by.place.is_empty() {
            x.within("performer", &[("typeCode", "PRF")], |x| x.within("assignedEntity", &[], |x| named(x, &line.fact.by)));
        }
        dose.iter().for_each(|dose| rank(x, *dose));
    });
}

/// That there is none, or that nothing is known.
pub(in crate::cda::write) fn no_vaccination(x: &mut Xml, place: &Place<'_>, none_known: bool) {
    let [none, unknown] = NO_VACCINATION;
    let code = |x: &mut Xml| absent(x, "code", false, place, choose(none_known, none, unknown));
    shot(x, place, false, code, |x| {
        x.fixed("<effectiveTime nullFlavor=\"NA\"/>\n");
        x.within("consumable", &[("typeCode", "CSM")], no_product);
    });
}

fn shot(x: &mut Xml, place: &Place<'_>, refused: bool, code: impl FnOnce(&mut Xml), body: impl FnOnce(&mut Xml)) {
    let refused = if refused { "true" } else { "false" };
    x.within("entry", &[], |x| {
        x.within("substanceAdministration", &[("classCode", "SBADM"), ("moodCode", "EVN"), ("negationInd", refused)], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.24", "1.3.6.1.4.1.19376.1.5.3.1.4.12", "1.2.250.1.213.1.1.3.45"]);
            place.id(x);
            code(x);
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"completed\"/>\n");
            body(x);
        });
    });
}

fn rank(x: &mut Xml, dose: u32) {
    x.within("entryRelationship", &[("typeCode", "SUBJ")], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.46", "1.2.250.1.213.1.1.3.82"]);
            x.code("code", ("30973-2", "Rang de la vaccination"), LOINC);
            x.fixed("<statusCode code=\"completed\"/>\n");
            x.leaf("value", &[("xsi:type", "INT"), ("value", &dose.to_string())]);
        });
    });
}
