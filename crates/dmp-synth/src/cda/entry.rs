//! Entries about the person's state: problems, procedures, allergies, measures, laboratory results.

use dmp_core::document::system;
use jiff::civil::Date;

use super::{LOINC, Xml, stamp_day};
use crate::course::{Allergy, Condition, Episode};
use crate::draw::Draw;

const SNOMED: (&str, &str) = ("2.16.840.1.113883.6.96", "SNOMED CT");
const INTERPRETATION: (&str, &str) = ("2.16.840.1.113883.5.83", "ObservationInterpretation");

/// A problem, in the concern act that holds it; `anchor` is the narrative's identifier.
pub(crate) fn problem(x: &mut Xml, draw: &mut Draw, episode: &Episode, active: bool, anchor: &str) {
    x.within("entry", &[], |x| {
        x.within("act", &[("classCode", "ACT"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.27",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
                "1.2.250.1.213.1.1.3.39",
            ]);
            x.leaf("id", &[("root", &draw.uuid())]);
            x.leaf("code", &[("nullFlavor", "NA")]);
            x.leaf("statusCode", &[("code", if active { "active" } else { "completed" })]);
            interval(x, episode.onset, if active { None } else { episode.end });
            x.within("entryRelationship", &[("typeCode", "SUBJ"), ("inversionInd", "false")], |x| {
                observed_problem(x, draw, episode, active, anchor);
            });
        });
    });
}

fn observed_problem(x: &mut Xml, draw: &mut Draw, episode: &Episode, active: bool, anchor: &str) {
    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.28", "1.3.6.1.4.1.19376.1.5.3.1.4.5", "1.2.250.1.213.1.1.3.37"]);
        x.leaf("id", &[("root", &draw.uuid())]);
        x.code("code", ("282291009", "interprétation diagnostique"), SNOMED);
        x.reference("text", anchor);
        x.leaf("statusCode", &[("code", "completed")]);
        interval(x, episode.onset, if active { None } else { episode.end });
        icd_value(x, &episode.condition, anchor);
    });
}

fn icd_value(x: &mut Xml, condition: &Condition, anchor: &str) {
    let attributes = [
        ("xsi:type", "CD"),
        ("code", condition.code),
        ("displayName", condition.code_label),
        ("codeSystem", system::CIM_10),
        ("codeSystemName", "CIM-10"),
    ];
    x.within("value", &attributes, |x| x.reference("originalText", anchor));
}

/// A procedure that was done.
pub(crate) fn procedure(x: &mut Xml, draw: &mut Draw, day: Date, anchor: &str) {
    x.within("entry", &[], |x| {
        x.within("procedure", &[("classCode", "PROC"), ("moodCode", "EVN")], |x| {
            x.templates(&["1.3.6.1.4.1.19376.1.5.3.1.4.19", "2.16.840.1.113883.10.20.1.29", "1.2.250.1.213.1.1.3.62"]);
            x.leaf("id", &[("root", &draw.uuid())]);
            x.within("code", &[("nullFlavor", "OTH")], |x| x.reference("originalText", anchor));
            x.reference("text", anchor);
            x.leaf("statusCode", &[("code", "completed")]);
            x.leaf("effectiveTime", &[("value", &stamp_day(day))]);
        });
    });
}

/// An allergy to a medicine or another agent.
pub(crate) fn allergy(x: &mut Xml, draw: &mut Draw, allergy: &Allergy, anchors: (&str, &str)) {
    x.within("entry", &[], |x| {
        x.within("act", &[("classCode", "ACT"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.27",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.3",
                "1.2.250.1.213.1.1.3.40",
            ]);
            x.leaf("id", &[("root", &draw.uuid())]);
            x.leaf("code", &[("nullFlavor", "NA")]);
            x.leaf("statusCode", &[("code", "active")]);
            interval(x, allergy.since, None);
            x.within("entryRelationship", &[("typeCode", "SUBJ"), ("inversionInd", "false")], |x| {
                observed_allergy(x, draw, allergy, anchors);
            });
        });
    });
}

fn observed_allergy(x: &mut Xml, draw: &mut Draw, allergy: &Allergy, anchors: (&str, &str)) {
    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
        x.templates(&[
            "2.16.840.1.113883.10.20.1.18",
            "2.16.840.1.113883.10.20.1.28",
            "1.3.6.1.4.1.19376.1.5.3.1.4.5",
            "1.3.6.1.4.1.19376.1.5.3.1.4.6",
            "1.2.250.1.213.1.1.3.41",
        ]);
        x.leaf("id", &[("root", &draw.uuid())]);
        x.code("code", allergy.kind, SNOMED);
        x.reference("text", anchors.0);
        x.leaf("statusCode", &[("code", "completed")]);
        interval(x, allergy.since, None);
        x.within("value", &[("xsi:type", "CD"), ("nullFlavor", "NAV")], |x| x.reference("originalText", anchors.0));
        x.within("participant", &[("typeCode", "CSM")], |x| {
            x.within("participantRole", &[("classCode", "MANU")], |x| {
                x.within("playingEntity", &[("classCode", "MMAT")], |x| {
                    agent_code(x, allergy, anchors.1);
                    x.text("name", &[], allergy.agent);
                });
            });
        });
    });
}

fn agent_code(x: &mut Xml, allergy: &Allergy, anchor: &str) {
    match allergy.atc {
        Some((code, words)) => {
            let attributes = [("code", code), ("displayName", words), ("codeSystem", ATC.0), ("codeSystemName", ATC.1)];
            x.within("code", &attributes, |x| x.reference("originalText", anchor));
        }
        None => x.within("code", &[("nullFlavor", "OTH")], |x| x.reference("originalText", anchor)),
    }
}

pub(crate) const ATC: (&str, &str) = ("2.16.840.1.113883.6.73", "ATC");

/// Vital signs: LOINC, words, value, unit, narrative identifier.
pub(crate) fn vital_signs(x: &mut Xml, draw: &mut Draw, day: Date, signs: &[(&str, &str, String, &str, String)]) {
    x.within("entry", &[], |x| {
        x.within("organizer", &[("classCode", "CLUSTER"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.32",
                "2.16.840.1.113883.10.20.1.35",
                "1.3.6.1.4.1.19376.1.5.3.1.4.13.1",
                "1.2.250.1.213.1.1.3.49",
            ]);
            x.leaf("id", &[("root", &draw.uuid())]);
            x.code("code", ("85353-1", "Signes vitaux"), (LOINC, "LOINC"));
            x.leaf("statusCode", &[("code", "completed")]);
            x.leaf("effectiveTime", &[("value", &stamp_day(day))]);
            for (code, words, value, unit, anchor) in signs {
                x.within("component", &[("typeCode", "COMP")], |x| {
                    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
                        x.templates(&[
                            "2.16.840.1.113883.10.20.1.31",
                            "1.3.6.1.4.1.19376.1.5.3.1.4.13",
                            "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
                            "1.2.250.1.213.1.1.3.50",
                        ]);
                        x.leaf("id", &[("root", &draw.uuid())]);
                        x.code("code", (code, words), (LOINC, "LOINC"));
                        x.reference("text", anchor);
                        x.leaf("statusCode", &[("code", "completed")]);
                        x.leaf("effectiveTime", &[("value", &stamp_day(day))]);
                        x.leaf("value", &[("xsi:type", "PQ"), ("value", value), ("unit", unit)]);
                    });
                });
            }
        });
    });
}

/// A laboratory result, ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct Lab {
    pub loinc: &'static str,
    pub label: &'static str,
    pub unit: &'static str,
    pub value: String,
    pub low: Option<String>,
    pub high: Option<String>,
    /// `N`, `L` or `H`.
    pub flag: &'static str,
    pub anchor: String,
}

/// The results of one chapter of a laboratory report; `time` is when the sample was taken.
pub(crate) fn lab_battery(x: &mut Xml, chapter: (&str, &str), time: &str, results: &[Lab]) {
    x.within("entry", &[("typeCode", "DRIV")], |x| {
        x.templates(&["1.3.6.1.4.1.19376.1.3.1", "1.2.250.1.213.1.1.3.21"]);
        x.within("act", &[("classCode", "ACT"), ("moodCode", "EVN")], |x| {
            x.code("code", chapter, (LOINC, "LOINC"));
            x.leaf("statusCode", &[("code", "completed")]);
            for result in results {
                x.within("entryRelationship", &[("typeCode", "COMP")], |x| lab_result(x, time, result));
            }
        });
    });
}

fn lab_result(x: &mut Xml, time: &str, result: &Lab) {
    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
        x.templates(&["1.3.6.1.4.1.19376.1.3.1.6", "1.2.250.1.213.1.1.3.80"]);
        let code = [("code", result.loinc), ("displayName", result.label), ("codeSystem", LOINC), ("codeSystemName", "LOINC")];
        x.within("code", &code, |x| x.reference("originalText", &result.anchor));
        x.leaf("statusCode", &[("code", "completed")]);
        x.leaf("effectiveTime", &[("value", time)]);
        x.leaf("value", &[("xsi:type", "PQ"), ("value", &result.value), ("unit", result.unit)]);
        let words = match result.flag {
            "L" => "Anormalement bas",
            "H" => "Anormalement haut",
            _ => "Normal",
        };
        x.code("interpretationCode", (result.flag, words), INTERPRETATION);
        if result.low.is_none() && result.high.is_none() {
            return;
        }
        x.within("referenceRange", &[("typeCode", "REFV")], |x| {
            x.within("observationRange", &[("classCode", "OBS"), ("moodCode", "EVN.CRT")], |x| {
                x.within("value", &[("xsi:type", "IVL_PQ")], |x| {
                    for (tag, bound) in [("low", &result.low), ("high", &result.high)] {
                        if let Some(bound) = bound {
                            x.leaf(tag, &[("value", bound), ("unit", result.unit)]);
                        }
                    }
                });
                x.code("interpretationCode", ("N", "Normal"), INTERPRETATION);
            });
        });
    });
}

/// `effectiveTime` from a day, to another when it is over.
fn interval(x: &mut Xml, from: Date, to: Option<Date>) {
    x.within("effectiveTime", &[], |x| {
        x.leaf("low", &[("value", &stamp_day(from))]);
        if let Some(to) = to {
            x.leaf("high", &[("value", &stamp_day(to))]);
        }
    });
}
