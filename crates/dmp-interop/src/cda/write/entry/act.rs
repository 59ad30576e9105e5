//! Procedures, devices, what is planned.

use dmp_core::summary::{Line, Period};

use super::{absent, choose};
use crate::cda::write::code::concept;
use crate::cda::write::moment::{interval, point};
use crate::cda::write::part::Place;
use crate::cda::write::people::named;
use crate::xml::Xml;

const NO_PROCEDURE: [(&str, &str); 2] =
    [("no-known-procedures", "Pas d'acte ou intervention connu"), ("no-procedure-info", "Pas d'information sur les actes et interventions")];
const NO_DEVICE: [(&str, &str); 2] =
    [("no-known-devices", "Pas de dispositif médical connu"), ("no-device-info", "Pas d'information sur les dispositifs médicaux")];

/// An act that was done.
pub(in crate::cda::write) fn procedure(x: &mut Xml, place: &Place<'_>, line: &Line) {
    done(
        x,
        place,
        |x| concept(x, "code", &[], &line.fact.concept, "OTH", &place.anchor),
        |x| {
            point(x, line.fact.period.from.or(line.fact.period.to));
            if !line.fact.by.name.is_empty() || !line.fact.by.place.is_empty() {
                x.within("performer", &[], |x| x.within("assignedEntity", &[], |x| named(x, &line.fact.by)));
            }
        },
    );
}

/// That there is none, or that nothing is known.
pub(in crate::cda::write) fn no_procedure(x: &mut Xml, place: &Place<'_>, none_known: bool) {
    let [none, unknown] = NO_PROCEDURE;
    let code = |x: &mut Xml| absent(x, "code", false, place, choose(none_known, none, unknown));
    done(x, place, code, |x| x.fixed("<effectiveTime nullFlavor=\"NA\"/>\n"));
}

fn done(x: &mut Xml, place: &Place<'_>, code: impl FnOnce(&mut Xml), body: impl FnOnce(&mut Xml)) {
    x.within("entry", &[], |x| {
        x.within("procedure", &[("classCode", "PROC"), ("moodCode", "EVN")], |x| {
            x.templates(&["1.3.6.1.4.1.19376.1.5.3.1.4.19", "2.16.840.1.113883.10.20.1.29", "1.2.250.1.213.1.1.3.62"]);
            place.id(x);
            code(x);
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"completed\"/>\n");
            body(x);
        });
    });
}

/// A device that is or was in use, or was delivered.
pub(in crate::cda::write) fn device(x: &mut Xml, place: &Place<'_>, line: &Line) {
    supplied(x, place, line.fact.period, |x| concept(x, "code", &[], &line.fact.concept, "OTH", &place.anchor));
}

/// That there is none, or that nothing is known.
pub(in crate::cda::write) fn no_device(x: &mut Xml, place: &Place<'_>, none_known: bool) {
    let [none, unknown] = NO_DEVICE;
    supplied(x, place, Period::default(), |x| absent(x, "code", false, place, choose(none_known, none, unknown)));
}

fn supplied(x: &mut Xml, place: &Place<'_>, period: Period, code: impl FnOnce(&mut Xml)) {
    x.within("entry", &[], |x| {
        x.within("supply", &[("classCode", "SPLY"), ("moodCode", "EVN")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.34", "1.2.250.1.213.1.1.3.20"]);
            place.id(x);
            x.reference("text", &place.anchor);
            interval(x, &[("xsi:type", "IVL_TS")], period, period.to.is_some());
            x.within("participant", &[("typeCode", "DEV")], |x| {
                x.within("participantRole", &[("classCode", "MANU")], |x| {
                    x.fixed("<id nullFlavor=\"UNK\"/>\n");
                    x.within("playingDevice", &[("classCode", "DEV"), ("determinerCode", "INSTANCE")], code);
                });
            });
        });
    });
}

/// A step of a care plan: an examination or a consultation that is asked for.
pub(in crate::cda::write) fn plan(x: &mut Xml, place: &Place<'_>, line: &Line) {
    x.within("entry", &[], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "INT")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.25", "1.3.6.1.4.1.19376.1.5.3.1.1.20.3.1", "1.2.250.1.213.1.1.3.27"]);
            place.id(x);
            concept(x, "code", &[], &line.fact.concept, "OTH", &place.anchor);
            x.reference("text", &place.anchor);
            x.fixed("<statusCode code=\"active\"/>\n");
            point(x, line.fact.period.from.or(line.fact.period.to));
        });
    });
}
