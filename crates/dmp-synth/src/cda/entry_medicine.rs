//! Entries about medicines: taken, prescribed, dispensed, and vaccines.

use dmp_core::identity::PS_ID_NAT_OID;
use jiff::civil::Date;

use super::entry::ATC;
use super::header::assigned_professional;
use super::{LOINC, Xml, stamp_day};
use crate::course::{Drug, Shot};
use crate::draw::Draw;
use crate::people::Professional;

const MEDICATION: [&str; 2] = ["2.16.840.1.113883.10.20.1.24", "1.3.6.1.4.1.19376.1.5.3.1.4.7"];
const PRODUCT: [&str; 3] = ["2.16.840.1.113883.10.20.1.53", "1.3.6.1.4.1.19376.1.5.3.1.4.7.2", "1.2.250.1.213.1.1.3.43"];
const ACT_CODE: (&str, &str) = ("2.16.840.1.113883.5.4", "HL7:ActCode");

/// Why a medicine is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Current treatment, in a summary or a letter.
    Taken,
    /// A line of a prescription, with the number of renewals.
    Prescribed { renewals: u8 },
}

/// A medicine from a day to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taking<'a> {
    pub drug: &'a Drug,
    pub from: Date,
    pub to: Option<Date>,
}

/// A medicine that is taken or prescribed; `anchor` names the cells `anchor` and `anchor-posologie`.
pub(crate) fn medication(x: &mut Xml, draw: &mut Draw, purpose: Purpose, taking: Taking<'_>, anchor: &str) {
    let mood = if purpose == Purpose::Taken { "EVN" } else { "INT" };
    x.within("entry", &[], |x| {
        x.within("substanceAdministration", &[("classCode", "SBADM"), ("moodCode", mood)], |x| {
            x.templates(&MEDICATION);
            match purpose {
                Purpose::Taken => x.templates(&["1.2.250.1.213.1.1.3.42"]),
                Purpose::Prescribed { .. } => x.templates(&["1.3.6.1.4.1.19376.1.9.1.3.2", "1.2.250.1.213.1.1.3.83"]),
            }
            x.templates(&["1.3.6.1.4.1.19376.1.5.3.1.4.7.1"]);
            x.leaf("id", &[("root", &draw.uuid())]);
            x.code("code", ("DRUG", "Médicament"), ACT_CODE);
            x.reference("text", anchor);
            x.leaf("statusCode", &[("code", "completed")]);
            x.within("effectiveTime", &[("xsi:type", "IVL_TS")], |x| {
                x.leaf("low", &[("value", &stamp_day(taking.from))]);
                match taking.to {
                    Some(to) => x.leaf("high", &[("value", &stamp_day(to))]),
                    None => x.leaf("high", &[("nullFlavor", "UNK")]),
                }
            });
            if let Purpose::Prescribed { renewals } = purpose {
                x.leaf("repeatNumber", &[("value", &renewals.to_string())]);
            }
            x.code("routeCode", taking.drug.route.code(), ("0.4.0.127.0.16.1.1.2.1", "EDQM"));
            x.within("consumable", &[], |x| product(x, taking.drug, anchor, None));
            instruction(x, anchor);
        });
    });
}

fn instruction(x: &mut Xml, anchor: &str) {
    x.within("entryRelationship", &[("typeCode", "SUBJ"), ("inversionInd", "true")], |x| {
        x.within("act", &[("classCode", "ACT"), ("moodCode", "INT")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.49", "1.3.6.1.4.1.19376.1.5.3.1.4.3", "1.2.250.1.213.1.1.3.33"]);
            x.leaf("code", &[("code", "PINSTRUCT"), ("codeSystem", "1.3.6.1.4.1.19376.1.5.3.2"), ("codeSystemName", "IHEActCode")]);
            x.reference("text", &format!("{anchor}-posologie"));
            x.leaf("statusCode", &[("code", "completed")]);
        });
    });
}

/// The product: presentation codes are left out (no real box stands behind it), the ATC code says what it is.
fn product(x: &mut Xml, drug: &Drug, anchor: &str, lot: Option<&str>) {
    x.within("manufacturedProduct", &[("classCode", "MANU")], |x| {
        x.templates(&PRODUCT);
        x.within("manufacturedMaterial", &[("classCode", "MMAT"), ("determinerCode", "KIND")], |x| {
            x.within("code", &[("nullFlavor", "NAV")], |x| {
                x.reference("originalText", anchor);
                x.code("translation", (drug.atc, drug.substance), ATC);
            });
            x.text("name", &[], drug.label);
            if let Some(lot) = lot {
                x.text("lotNumberText", &[], lot);
            }
            x.within("pharm:asSpecializedKind", &[("classCode", "GRIC")], |x| {
                x.within("pharm:generalizedMedicineClass", &[("classCode", "MMAT")], |x| {
                    x.code("pharm:code", (drug.atc, drug.substance), ATC);
                    x.text("pharm:name", &[], drug.substance);
                });
            });
        });
    });
}

/// A box that was handed over, for a prescription of `prescriber`.
pub(crate) fn dispense(x: &mut Xml, draw: &mut Draw, drug: &Drug, boxes: u16, prescriber: &Professional, day: &str, anchor: &str) {
    x.within("entry", &[], |x| {
        x.within("supply", &[("classCode", "SPLY"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.34",
                "1.3.6.1.4.1.19376.1.5.3.1.4.7.3",
                "1.3.6.1.4.1.19376.1.9.1.3.4",
                "1.2.250.1.213.1.1.3.204",
            ]);
            x.leaf("id", &[("root", &draw.uuid())]);
            x.reference("text", anchor);
            x.leaf("quantity", &[("value", &boxes.to_string()), ("unit", "30009000")]);
            x.within("product", &[], |x| product(x, drug, anchor, Some(&format!("LOT{:05}", draw.below(100_000)))));
            x.within("entryRelationship", &[("typeCode", "REFR"), ("inversionInd", "false")], |x| {
                x.within("substanceAdministration", &[("classCode", "SBADM"), ("moodCode", "INT")], |x| {
                    x.templates(&["1.3.6.1.4.1.19376.1.9.1.3.11", "1.2.250.1.213.1.1.3.90"]);
                    x.leaf("id", &[("root", &draw.uuid())]);
                    x.code("code", ("PREItem", "Prescription Item"), ("1.3.6.1.4.1.19376.1.9.2.2", "IHE Pharmacy Item Type List"));
                    x.within("consumable", &[], |x| {
                        x.within("manufacturedProduct", &[], |x| {
                            x.within("manufacturedMaterial", &[("nullFlavor", "NA")], |x| x.leaf("name", &[("nullFlavor", "NA")]));
                        });
                    });
                    x.within("author", &[], |x| {
                        x.leaf("time", &[("value", day)]);
                        x.within("assignedAuthor", &[("classCode", "ASSIGNED")], |x| assigned_professional(x, prescriber));
                    });
                });
            });
        });
    });
}

/// A vaccine that was given by `performer`.
pub(crate) fn immunization(x: &mut Xml, draw: &mut Draw, shot: &Shot, performer: &Professional, anchor: &str) {
    x.within("entry", &[], |x| {
        x.within("substanceAdministration", &[("classCode", "SBADM"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.24", "1.3.6.1.4.1.19376.1.5.3.1.4.12", "1.2.250.1.213.1.1.3.45"]);
            x.leaf("id", &[("root", &draw.uuid())]);
            let kind = if shot.booster { ("BOOSTER", "Rappel") } else { ("INITIMMUNIZ", "Primovaccination") };
            x.code("code", kind, ("2.16.840.1.113883.5.4", "ActSubstanceAdministrationImmunizationCode"));
            x.reference("text", anchor);
            x.leaf("statusCode", &[("code", "completed")]);
            x.leaf("effectiveTime", &[("value", &stamp_day(shot.day))]);
            x.code("routeCode", ("20035000", "Voie intramusculaire"), ("0.4.0.127.0.16.1.1.2.1", "EDQM"));
            x.within("consumable", &[("typeCode", "CSM")], |x| {
                x.within("manufacturedProduct", &[], |x| {
                    x.templates(&PRODUCT);
                    x.within("manufacturedMaterial", &[], |x| {
                        x.within("code", &[("nullFlavor", "NAV")], |x| {
                            x.reference("originalText", anchor);
                            x.code("translation", (shot.vaccine.atc, shot.vaccine.atc_label), ATC);
                        });
                        x.text("name", &[], shot.vaccine.label);
                        x.text("lotNumberText", &[], &shot.lot.to_string());
                    });
                });
            });
            x.within("performer", &[("typeCode", "PRF")], |x| {
                x.within("assignedEntity", &[("classCode", "ASSIGNED")], |x| {
                    x.leaf("id", &[("root", PS_ID_NAT_OID), ("extension", performer.ps_id_nat().as_str())]);
                });
            });
            rank(x, draw, shot.rank);
        });
    });
}

fn rank(x: &mut Xml, draw: &mut Draw, rank: u8) {
    x.within("entryRelationship", &[("typeCode", "SUBJ")], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.46", "1.2.250.1.213.1.1.3.82"]);
            x.leaf("id", &[("root", &draw.uuid())]);
            x.code("code", ("30973-2", "Rang de la vaccination"), (LOINC, "LOINC"));
            x.leaf("statusCode", &[("code", "completed")]);
            x.leaf("value", &[("xsi:type", "INT"), ("value", &rank.to_string())]);
        });
    });
}
