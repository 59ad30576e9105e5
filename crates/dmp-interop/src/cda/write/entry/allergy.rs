//! Allergies in the concern act that holds them.

use dmp_core::summary::{Concept, Criticality, Line, Period, What};

use super::{absent, choose};
use crate::cda::write::code::{SNOMED, concept};
use crate::cda::write::moment::interval;
use crate::cda::write::narrative::LOINC;
use crate::cda::write::part::Place;
use crate::xml::Xml;

const NONE: (&str, &str) = ("no-known-allergies", "Pas d'allergie/hypersensibilité connue");
const UNKNOWN: (&str, &str) = ("no-allergy-info", "Pas d’information sur les allergies/hypersensibilités");

/// What an allergy tells beyond its substance.
struct Told<'a> {
    reactions: &'a [Concept],
    criticality: Criticality,
    resolved: bool,
}

impl<'a> Told<'a> {
    fn of(what: &'a What) -> Self {
        match what {
            What::Allergy { reactions, criticality, resolved } => Told { reactions, criticality: *criticality, resolved: *resolved },
            _ => Told { reactions: &[], criticality: Criticality::Unknown, resolved: false },
        }
    }
}

/// An allergy, an intolerance, an adverse reaction.
pub(in crate::cda::write) fn allergy(x: &mut Xml, place: &Place<'_>, line: &Line) {
    let told = Told::of(&line.fact.what);
    concern(x, place, told.resolved, line.fact.period, |x| {
        x.fixed("<value xsi:type=\"CD\" nullFlavor=\"NAV\">\n");
        x.reference("originalText", &place.anchor);
        x.fixed("</value>\n");
        substance(x, place, &line.fact.concept);
        status(x, place, told.resolved);
        criticality(x, place, told.criticality);
        for (number, reaction) in told.reactions.iter().enumerate() {
            manifestation(x, place, number, reaction, line.fact.period);
        }
    });
}

/// That there is none, or that nothing is known.
pub(in crate::cda::write) fn no_allergy(x: &mut Xml, place: &Place<'_>, none_known: bool) {
    concern(x, place, false, Period::default(), |x| absent(x, "value", true, place, choose(none_known, NONE, UNKNOWN)));
}

fn concern(x: &mut Xml, place: &Place<'_>, over: bool, period: Period, body: impl FnOnce(&mut Xml)) {
    x.within("entry", &[], |x| {
        x.within("act", &[("classCode", "ACT"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.27",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.3",
                "1.2.250.1.213.1.1.3.40",
            ]);
            place.id(x);
            x.fixed("<code nullFlavor=\"NA\"/>\n");
            x.leaf("statusCode", &[("code", if over { "completed" } else { "active" })]);
            interval(x, &[], period, over);
            x.within("entryRelationship", &[("typeCode", "SUBJ"), ("inversionInd", "false")], |x| observation(x, place, period, body));
        });
    });
}

fn observation(x: &mut Xml, place: &Place<'_>, period: Period, body: impl FnOnce(&mut Xml)) {
    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
        x.templates(&[
            "2.16.840.1.113883.10.20.1.18",
            "2.16.840.1.113883.10.20.1.28",
            "1.3.6.1.4.1.19376.1.5.3.1.4.5",
            "1.3.6.1.4.1.19376.1.5.3.1.4.6",
            "1.2.250.1.213.1.1.3.41",
        ]);
        place.id_of(x, ".1");
        // The kind of reaction is not known to a summary of many sources: the widest code of the value set.
        x.code("code", ("420134006", "propension aux effets indésirables"), SNOMED);
        x.reference("text", &place.anchor);
        x.fixed("<statusCode code=\"completed\"/>\n");
        interval(x, &[("xsi:type", "IVL_TS")], period, false);
        body(x);
    });
}

fn substance(x: &mut Xml, place: &Place<'_>, agent: &Concept) {
    x.within("participant", &[("typeCode", "CSM")], |x| {
        x.within("participantRole", &[("classCode", "MANU")], |x| {
            x.within("playingEntity", &[("classCode", "MMAT")], |x| {
                concept(x, "code", &[], agent, "OTH", &place.anchor);
                x.text("name", &[], &agent.text);
            });
        });
    });
}

fn status(x: &mut Xml, place: &Place<'_>, resolved: bool) {
    let (code, words) = if resolved { ("resolved", "Résolu") } else { ("active", "Actif") };
    x.within("entryRelationship", &[("typeCode", "REFR"), ("inversionInd", "false")], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.50",
                "2.16.840.1.113883.10.20.1.57",
                "1.3.6.1.4.1.19376.1.5.3.1.4.1.1",
                "1.2.250.1.213.1.1.3.30",
            ]);
            x.code("code", ("33999-4", "Status"), LOINC);
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"completed\"/>\n");
            x.leaf("value", &[("xsi:type", "CE"), ("code", code), ("displayName", words), ("codeSystem", "2.16.840.1.113883.4.642.4.1373")]);
        });
    });
}

fn criticality(x: &mut Xml, place: &Place<'_>, criticality: Criticality) {
    let (code, words) = match criticality {
        Criticality::High => ("high", "Haut"),
        Criticality::Low => ("low", "Bas"),
        Criticality::Unknown => return,
    };
    x.within("entryRelationship", &[("typeCode", "SUBJ"), ("inversionInd", "true")], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
            x.templates(&["1.2.250.1.213.1.1.3.172", "1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48"]);
            place.id_of(x, ".2");
            x.code("code", ("82606-5", "Criticité"), LOINC);
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"completed\"/>\n<effectiveTime nullFlavor=\"NA\"/>\n");
            x.leaf("value", &[("xsi:type", "CE"), ("code", code), ("displayName", words), ("codeSystem", "2.16.840.1.113883.4.642.4.130")]);
        });
    });
}

fn manifestation(x: &mut Xml, place: &Place<'_>, number: usize, reaction: &Concept, period: Period) {
    x.within("entryRelationship", &[("typeCode", "MFST")], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.28", "1.3.6.1.4.1.19376.1.5.3.1.4.5", "2.16.840.1.113883.10.20.1.54", "1.2.250.1.213.1.1.3.37"]);
            place.id_of(x, &format!(".r{number}"));
            x.code("code", ("418799008", "symptôme rapporté par le patient ou le répondant"), SNOMED);
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"completed\"/>\n");
            interval(x, &[("xsi:type", "IVL_TS")], period, false);
            if reaction.codes.is_empty() {
                // The anchor leads to the substance: a reaction without a code says its own words.
                x.within("value", &[("xsi:type", "CD"), ("nullFlavor", "UNK")], |x| x.text("originalText", &[], &reaction.text));
            } else {
                concept(x, "value", &[("xsi:type", "CD")], reaction, "UNK", &place.anchor);
            }
        });
    });
}
