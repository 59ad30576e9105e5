//! Observations: way of life, family, functions, pregnancies, wishes, results and measures.

use dmp_core::summary::{Line, Point, Range, Series, Value, What, When};

use super::{absent, choose};
use crate::cda::write::code::{SNOMED, concept};
use crate::cda::write::moment::{interval, point};
use crate::cda::write::narrative::LOINC;
use crate::cda::write::part::Place;
use crate::nos;
use crate::xml::Xml;

const DONE: &str = "<statusCode code=\"completed\"/>\n";

/// A habit: the words of the source, as one more social element.
pub(in crate::cda::write) fn habit(x: &mut Xml, place: &Place<'_>, line: &Line) {
    social(x, place, line.fact.period.from, |x| concept(x, "value", &[("xsi:type", "CD")], &line.fact.concept, "OTH", &place.anchor));
}

/// That nothing is known of habits; no source says that a person has none.
pub(in crate::cda::write) fn no_habit(x: &mut Xml, place: &Place<'_>, _none_known: bool) {
    social(x, place, None, |x| x.fixed("<value xsi:type=\"CD\" nullFlavor=\"NAV\"/>\n"));
}

fn social(x: &mut Xml, place: &Place<'_>, when: Option<When>, value: impl FnOnce(&mut Xml)) {
    x.within("entry", &[], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.33",
                "1.3.6.1.4.1.19376.1.5.3.1.4.13",
                "1.3.6.1.4.1.19376.1.5.3.1.4.13.4",
                "1.2.250.1.213.1.1.3.52",
            ]);
            place.id(x);
            x.code("code", ("11345-6", "Autre élément social"), LOINC);
            x.reference("text", &place.anchor);
            x.fixed(DONE);
            point(x, when);
            value(x);
        });
    });
}

/// An illness of a relative.
pub(in crate::cda::write) fn family(x: &mut Xml, place: &Place<'_>, line: &Line) {
    let relation = match &line.fact.what {
        What::FamilyHistory { relation } => relation.as_str(),
        _ => "",
    };
    let diagnosis = ("282291009", "interprétation diagnostique");
    relative(x, place, relation, diagnosis, line.fact.period.from, |x| {
        concept(x, "value", &[("xsi:type", "CD")], &line.fact.concept, "UNK", &place.anchor);
    });
}

/// That there is none, or that nothing is known.
pub(in crate::cda::write) fn no_family(x: &mut Xml, place: &Place<'_>, none_known: bool) {
    let code = choose(none_known, ("no-known-problems", "Pas de problème connu"), ("no-problem-info", "Pas d'information sur les problèmes"));
    relative(x, place, "", ("55607006", "problème"), None, |x| absent(x, "value", true, place, code));
}

fn relative(x: &mut Xml, place: &Place<'_>, relation: &str, code: (&str, &str), when: Option<When>, value: impl FnOnce(&mut Xml)) {
    x.within("entry", &[], |x| {
        x.within("organizer", &[("classCode", "CLUSTER"), ("moodCode", "EVN")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.23", "1.3.6.1.4.1.19376.1.5.3.1.4.15", "1.2.250.1.213.1.1.3.59"]);
            x.fixed(DONE);
            x.within("subject", &[("typeCode", "SBJ")], |x| {
                x.templates(&["1.3.6.1.4.1.19376.1.5.3.1.4.15.2", "1.2.250.1.213.1.1.3.60"]);
                x.within("relatedSubject", &[("classCode", "PRS")], |x| kinship(x, relation));
            });
            x.within("component", &[("typeCode", "COMP")], |x| {
                x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
                    x.templates(&[
                        "2.16.840.1.113883.10.20.1.22",
                        "1.3.6.1.4.1.19376.1.5.3.1.4.13",
                        "1.3.6.1.4.1.19376.1.5.3.1.4.13.3",
                        "1.2.250.1.213.1.1.3.51",
                    ]);
                    place.id(x);
                    x.code("code", code, SNOMED);
                    x.reference("text", &place.anchor);
                    x.fixed(DONE);
                    point(x, when);
                    value(x);
                });
            });
        });
    });
}

/// The relation as a code of JDV_J11 when its words are one, else as words.
fn kinship(x: &mut Xml, words: &str) {
    match nos::relation_of_words(words).filter(|known| known.system == ROLE_CODE) {
        Some(known) => x.leaf("code", &[("code", &known.code), ("displayName", &known.display), ("codeSystem", &known.system)]),
        None if words.is_empty() => x.fixed("<code nullFlavor=\"UNK\"/>\n"),
        None => x.within("code", &[("nullFlavor", "OTH")], |x| x.text("originalText", &[], words)),
    }
}

/// HL7 RoleCode, which holds family relations.
const ROLE_CODE: &str = "2.16.840.1.113883.5.111";

/// How a person gets along: the words of the source.
pub(in crate::cda::write) fn function(x: &mut Xml, place: &Place<'_>, line: &Line) {
    x.within("entry", &[("typeCode", "COMP")], |x| {
        x.within("organizer", &[("classCode", "CLUSTER"), ("moodCode", "EVN")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.32", "1.3.6.1.4.1.19376.1.5.3.1.1.12.3.7", "1.2.250.1.213.1.1.3.95"]);
            place.id(x);
            x.fixed("<code nullFlavor=\"NA\"/>\n<statusCode code=\"completed\"/>\n");
            interval(x, &[], line.fact.period, false);
            x.within("component", &[("typeCode", "COMP")], |x| {
                x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
                    x.templates(&[
                        "2.16.840.1.113883.10.20.1.31",
                        "1.3.6.1.4.1.19376.1.5.3.1.1.12.3.6",
                        "1.3.6.1.4.1.19376.1.5.3.1.4.13",
                        "1.2.250.1.213.1.1.3.25",
                    ]);
                    place.id_of(x, ".1");
                    concept(x, "code", &[], &line.fact.concept, "OTH", &place.anchor);
                    x.reference("text", &place.anchor);
                    x.fixed(DONE);
                    interval(x, &[], line.fact.period, false);
                    x.within("value", &[("xsi:type", "CD"), ("nullFlavor", "OTH")], |x| x.reference("originalText", &place.anchor));
                });
            });
        });
    });
}

/// State of a pregnancy, and the day on which the birth is expected.
pub(in crate::cda::write) fn pregnancies(x: &mut Xml, place: &Place<'_>, line: &Line) {
    let What::Pregnancy { expected, over } = line.fact.what else { return };
    let state = if over { ("60001007", "absence de grossesse") } else { ("77386006", "enceinte") };
    pregnancy(x, place, "", ("11449-6", "Statut de grossesse"), line.fact.period.from, |x| {
        let value = [("xsi:type", "CD"), ("code", state.0), ("displayName", state.1), ("codeSystem", SNOMED.0)];
        x.within("value", &value, |x| x.reference("originalText", &place.anchor));
    });
    if let Some(day) = expected {
        pregnancy(x, place, ".1", ("11778-8", "Date estimée de l'accouchement"), None, |x| {
            x.leaf("value", &[("xsi:type", "IVL_TS"), ("value", &crate::cda::write::moment::hl7(day))]);
        });
    }
}

fn pregnancy(x: &mut Xml, place: &Place<'_>, part: &str, code: (&str, &str), when: Option<When>, value: impl FnOnce(&mut Xml)) {
    x.within("entry", &[], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
            x.templates(&["1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.3.6.1.4.1.19376.1.5.3.1.4.13.5", "1.2.250.1.213.1.1.3.53"]);
            place.id_of(x, part);
            x.code("code", code, LOINC);
            x.reference("text", &place.anchor);
            x.fixed(DONE);
            point(x, when);
            value(x);
        });
    });
}

/// A wish, by the words of its source.
pub(in crate::cda::write) fn directive(x: &mut Xml, place: &Place<'_>, line: &Line) {
    x.within("entry", &[], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.17",
                "1.3.6.1.4.1.19376.1.5.3.1.4.13",
                "1.3.6.1.4.1.19376.1.5.3.1.4.13.7",
                "1.2.250.1.213.1.1.3.54",
            ]);
            place.id(x);
            x.code("code", ("42348-3", "Directives anticipées"), LOINC);
            x.reference("text", &place.anchor);
            x.fixed(DONE);
            interval(x, &[], line.fact.period, false);
        });
    });
}

/// The measures of one moment.
pub(in crate::cda::write) fn vital_signs(x: &mut Xml, place: &Place<'_>, series: &Series, one: &Point) {
    x.within("entry", &[], |x| {
        x.within("organizer", &[("classCode", "CLUSTER"), ("moodCode", "EVN")], |x| {
            x.templates(&[
                "2.16.840.1.113883.10.20.1.32",
                "2.16.840.1.113883.10.20.1.35",
                "1.3.6.1.4.1.19376.1.5.3.1.4.13.1",
                "1.2.250.1.213.1.1.3.49",
            ]);
            place.id(x);
            x.code("code", ("85353-1", "Signes vitaux"), LOINC);
            x.fixed(DONE);
            point(x, Some(one.when));
            x.within("component", &[("typeCode", "COMP")], |x| {
                measured(
                    x,
                    place,
                    &["2.16.840.1.113883.10.20.1.31", "1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.3.6.1.4.1.19376.1.5.3.1.4.13.2", "1.2.250.1.213.1.1.3.50"],
                    series,
                    one,
                );
            });
        });
    });
}

/// A result of a laboratory.
pub(in crate::cda::write) fn results(x: &mut Xml, place: &Place<'_>, series: &Series, one: &Point) {
    x.within("entry", &[], |x| {
        x.within("organizer", &[("classCode", "CLUSTER"), ("moodCode", "EVN")], |x| {
            x.templates(&["1.2.250.1.213.1.1.3.208"]);
            place.id(x);
            x.code("code", ("26436-6", "Biologie polyvalente"), LOINC);
            x.fixed(DONE);
            point(x, Some(one.when));
            x.within("component", &[], |x| {
                let templates = ["1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48", "1.2.250.1.213.1.1.3.209"];
                measured(x, place, &templates, series, one);
            });
        });
    });
}

fn measured(x: &mut Xml, place: &Place<'_>, templates: &[&str], series: &Series, one: &Point) {
    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
        x.templates(templates);
        place.id_of(x, ".1");
        concept(x, "code", &[], &series.analyte, "OTH", &place.anchor);
        x.reference("text", &place.anchor);
        x.fixed(DONE);
        point(x, Some(one.when));
        value(x, place, one);
        interpretation(x, &one.interpretation);
        one.range.iter().for_each(|range| bounds(x, one, range));
    });
}

/// A number with a unit when CDA can hold it, else the words of the source.
fn value(x: &mut Xml, place: &Place<'_>, one: &Point) {
    match &one.value {
        Value::Quantity { comparator, number, unit } => match decimal(number).filter(|_| comparator.is_empty() && is_unit(unit)) {
            Some(number) => quantity(x, "value", &[("xsi:type", "PQ")], &number, unit),
            None => x.text("value", &[("xsi:type", "ST")], &[comparator, number, unit].map(String::as_str).join(" ")),
        },
        Value::Coded(coded) => concept(x, "value", &[("xsi:type", "CD")], coded, "OTH", &place.anchor),
        Value::Text(words) => x.text("value", &[("xsi:type", "ST")], words),
        Value::None => x.fixed("<value xsi:type=\"ST\" nullFlavor=\"NAV\"/>\n"),
    }
}

fn quantity(x: &mut Xml, tag: &str, first: &[(&str, &str)], number: &str, unit: &str) {
    let mut attributes = first.to_vec();
    attributes.push(("value", number));
    if !unit.is_empty() {
        attributes.push(("unit", unit));
    }
    x.leaf(tag, &attributes);
}

/// A decimal number as XML writes it.
fn decimal(text: &str) -> Option<String> {
    let text = text.trim().replace(',', ".");
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let sound = digits.starts_with(|one: char| one.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.matches('.').count() <= 1
        && !digits.ends_with('.');
    sound.then_some(text)
}

fn is_unit(unit: &str) -> bool {
    !unit.contains(|one: char| one.is_whitespace() || one.is_control())
}

fn interpretation(x: &mut Xml, codes: &[String]) {
    let known = codes.iter().filter(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'<' | b'>')));
    known.take(1).for_each(|code| x.leaf("interpretationCode", &[("code", code), ("codeSystem", "2.16.840.1.113883.5.83")]));
}

fn bounds(x: &mut Xml, one: &Point, range: &Range) {
    let unit = match &one.value {
        Value::Quantity { unit, .. } if is_unit(unit) => unit.as_str(),
        _ => "",
    };
    let [low, high] = [&range.low, &range.high].map(|bound| bound.as_deref().and_then(decimal));
    if low.is_none() && high.is_none() {
        return;
    }
    x.within("referenceRange", &[("typeCode", "REFV")], |x| {
        x.within("observationRange", &[], |x| {
            x.within("value", &[("xsi:type", "IVL_PQ")], |x| {
                for (tag, bound) in [("low", low), ("high", high)] {
                    bound.into_iter().for_each(|bound| quantity(x, tag, &[], &bound, unit));
                }
            });
            x.fixed("<interpretationCode code=\"N\" codeSystem=\"2.16.840.1.113883.5.83\"/>\n");
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_xml_wants_it_or_not_at_all() {
        for (written, expected) in
            [("6,8", Some("6.8")), ("-1", Some("-1")), ("1.", None), ("1.2.3", None), ("négatif", None), ("", None), (".5", None)]
        {
            assert_eq!(decimal(written).as_deref(), expected, "{written}");
        }
    }
}
