//! Problems in the concern act that holds them.

use dmp_core::summary::{Line, Period, ProblemState, What};

use super::{absent, choose};
use crate::cda::write::code::{SNOMED, concept};
use crate::cda::write::moment::interval;
use crate::cda::write::part::Place;
use crate::xml::Xml;

const NONE: (&str, &str) = ("no-known-problems", "Pas de problème connu");
const UNKNOWN: (&str, &str) = ("no-problem-info", "Pas d'information sur les problèmes");

/// A problem, active or over.
pub(in crate::cda::write) fn problem(x: &mut Xml, place: &Place<'_>, line: &Line) {
    let over = matches!(line.fact.what, What::Problem { state: ProblemState::Past });
    let period = line.fact.period;
    concern(x, place, over, period, |x| {
        observation(x, place, ("282291009", "interprétation diagnostique"), over, period, |x| {
            concept(x, "value", &[("xsi:type", "CD")], &line.fact.concept, "UNK", &place.anchor);
        });
    });
}

/// That there is none, or that nothing is known.
pub(in crate::cda::write) fn no_problem(x: &mut Xml, place: &Place<'_>, none_known: bool) {
    let period = Period::default();
    concern(x, place, true, period, |x| {
        observation(x, place, ("55607006", "problème"), false, period, |x| {
            absent(x, "value", true, place, choose(none_known, NONE, UNKNOWN));
        });
    });
}

fn concern(x: &mut Xml, place: &Place<'_>, over: bool, period: Period, body: impl FnOnce(&mut Xml)) {
    x.within("entry", &[], |x| {
        x.within("act", &[("classCode", "ACT"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.27",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
                "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
                "1.2.250.1.213.1.1.3.39",
            ]);
            place.id(x);
            x.fixed("<code nullFlavor=\"NA\"/>\n");
            x.leaf("statusCode", &[("code", if over { "completed" } else { "active" })]);
            interval(x, &[], period, over);
            x.within("entryRelationship", &[("typeCode", "SUBJ"), ("inversionInd", "false")], body);
        });
    });
}

fn observation(x: &mut Xml, place: &Place<'_>, code: (&str, &str), over: bool, period: Period, value: impl FnOnce(&mut Xml)) {
    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.28", "1.3.6.1.4.1.19376.1.5.3.1.4.5", "1.2.250.1.213.1.1.3.37"]);
        place.id_of(x, ".1");
        x.code("code", code, SNOMED);
        x.reference("text", &place.anchor);
        x.fixed("<statusCode code=\"completed\"/>\n");
        interval(x, &[], period, over);
        value(x);
    });
}
