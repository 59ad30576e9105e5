//! Treatments: prescribed, dispensed, reimbursed, given, or told of.

use dmp_core::summary::{AbsenceKind, Concept, Fact, FactKind, Medicine, MedicineStage, Party, Period, What};

use crate::cda::tree::{attribute, child, children, descend};

use super::super::absence;
use super::super::words::{fold, is_placeholder};
use super::concept::{all_words, code, concept_with, is_denied, original, referred};
use super::place::{Genre, Place};
use super::xml::{Element, REPEATS_MAX, code_of, data_type, display_of, is, is_negated, mood, related, status, text_within, value, words_at};
use super::{Facts, concept, narrative, party, time};

/// The insurer's active components.
const COMPONENTS: &str = "1.2.250.1.215.200.1.3.1";
/// Endings of anchors behind references that lead nowhere, as dispensing documents write them.
const ANCHOR_ENDINGS: [&str; 3] = ["-delivre", "-produit", "-code"];

/// A treatment told as an administration.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let coded = child(node, "code");
    if let Some(how) = coded.and_then(code).and_then(|code| absence::of_code(&code)) {
        let Some(concept) = coded.and_then(|node| concept::concept(place, node)) else { return };
        push(place, What::Absent { of: FactKind::Medicine, how }, concept, (time::period_of(node), Party::default()), &[coded], facts);
        return;
    }
    let Some(concept) = product(place, node) else { return };
    let delivery = related(node, "REFR").find(|inner| is(*inner, "supply"));
    let period = time::first([time::period_of(node), rhythm_period(node), delivery.map(delivered_at).unwrap_or_default()]);
    let by = match delivery {
        Some(delivery) => party::prescriber_or_performer(delivery),
        None => party::performer_or_author(node),
    };
    let product_code = material(node).and_then(|material| child(material, "code"));
    let leads = [product_code, child(node, "text")];
    let row = leads.iter().flatten().find_map(|lead| place.lead(*lead)).map(|(_, target)| target);
    let what = if is_negated(node) || is_denied(place, &leads) {
        What::Absent { of: FactKind::Medicine, how: absence::of_codes(&concept.codes).unwrap_or(AbsenceKind::NoneKnown) }
    } else {
        What::Medicine(Medicine {
            stage: stage(place, node),
            substances: substances(place, node),
            dose: dose(place, node, row),
            quantity: quantity(row, delivery.or_else(|| ordered(node))),
            long_term: is_long_term(place, row),
            stopped: is_stopped(place, node),
        })
    };
    push(place, what, concept, (period, by), &leads, facts);
}

/// A treatment told as a delivery (`eDISP`).
pub(super) fn add_supply<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let Some(concept) = product(place, node) else { return };
    let dosage = related(node, "COMP").find(|inner| is(*inner, "substanceAdministration"));
    let product_code = material(node).and_then(|material| child(material, "code"));
    let leads = [product_code, child(node, "text")];
    let row = leads.iter().flatten().find_map(|lead| place.lead(*lead).or_else(|| lead_with_ending(place, *lead))).map(|(_, target)| target);
    let period = time::first([dosage.map(time::period_of).unwrap_or_default(), delivered_at(node), time::period_of(node)]);
    let stage = match mood(node) {
        "EVN" | "" => MedicineStage::Dispensed,
        _ => MedicineStage::Prescribed,
    };
    let what = What::Medicine(Medicine {
        stage,
        substances: substances(place, node),
        dose: dose(place, dosage.unwrap_or(node), row),
        quantity: quantity(row, Some(node)),
        long_term: is_long_term(place, row),
        stopped: false,
    });
    push(place, what, concept, (period, party::performer_or_author(node)), &leads, facts);
}

fn push<'a>(place: &Place<'_, 'a>, what: What, concept: Concept, when_and_who: (Period, Party), leads: &[Option<Element<'a>>], facts: &mut Facts) {
    let mut proof = place.proof(leads, &concept.text);
    if proof.anchor.is_none()
        && let Some((id, target)) = leads.iter().flatten().find_map(|lead| lead_with_ending(place, *lead))
    {
        proof.anchor = Some(id.to_owned());
        proof.quote = super::super::words::cut(&narrative::row_words(narrative::row_of(target)), dmp_core::summary::Proof::QUOTE_MAX);
    }
    let (period, by) = when_and_who;
    facts.push(Fact { what, concept, period, by, proof });
}

/// `manufacturedMaterial` of an administration, a supply or a vaccination.
pub(super) fn material(node: Element<'_>) -> Option<Element<'_>> {
    ["consumable", "product"].into_iter().find_map(|name| descend(node, &[name, "manufacturedProduct", "manufacturedMaterial"]))
}

/// The product: the words of the narrative, else of its code, else its name.
pub(super) fn product<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<Concept> {
    let material = material(node)?;
    let coded = child(material, "code");
    let name = words_at(material, &["name"]).map(|name| fold(&name)).filter(|name| !is_placeholder(name));
    if let Some(concept) = coded.and_then(|coded| concept_with(place, coded, None, concept::Prefer::Narrative)) {
        let is_bare_code = concept.codes.iter().any(|code| code.code == concept.text);
        return Some(if is_bare_code { Concept { text: name.unwrap_or(concept.text), codes: concept.codes } } else { concept });
    }
    let text = child(node, "text").and_then(|text| referred(place, text).filter(|_| place.lead(text).is_some()));
    let by_ending =
        || [coded, child(node, "text")].into_iter().flatten().find_map(|lead| lead_with_ending(place, lead)).map(|(_, target)| text_within(target));
    name.or(text).or_else(by_ending).filter(|words| !words.is_empty()).map(Concept::words)
}

fn lead_with_ending<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<(&'a str, Element<'a>)> {
    let holder = child(node, "originalText").unwrap_or(node);
    place.paper.anchors.find_with_ending(child(holder, "reference")?.attribute("value")?, &ANCHOR_ENDINGS)
}

/// Active substances: ingredients, the class of the product, or the insurer's components.
fn substances<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Vec<Concept> {
    let Some(material) = material(node) else { return Vec::new() };
    let ingredients = named(material, "ingredient").filter_map(|ingredient| named(ingredient, "ingredient").next());
    let mut found: Vec<Concept> = ingredients.filter_map(|ingredient| ingredient_concept(place, ingredient)).collect();
    let groups = child(material, "code").into_iter().flat_map(|code| children(code, "translation")).take(REPEATS_MAX);
    let components = groups.flat_map(|group| children(group, "translation").take(REPEATS_MAX)).filter_map(code);
    found.extend(components.filter(|code| code.system == COMPONENTS).map(Concept::coded));
    found
}

/// Children of the pharmacy extension, whose namespace is not that of CDA.
fn named<'a>(node: Element<'a>, name: &'static str) -> impl Iterator<Item = Element<'a>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name).take(REPEATS_MAX)
}

fn ingredient_concept<'a>(place: &Place<'_, 'a>, ingredient: Element<'a>) -> Option<Concept> {
    let coded = named(ingredient, "code").next().and_then(|code| concept_with(place, code, None, concept::Prefer::Display));
    coded.or_else(|| named(ingredient, "name").next().map(text_within).filter(|name| !is_placeholder(name)).map(Concept::words))
}

fn stage(place: &Place<'_, '_>, node: Element<'_>) -> MedicineStage {
    match (place.paper.genre, place.code.as_str()) {
        (Genre::Reimbursement, _) => MedicineStage::Reimbursed,
        (_, "57828-6") => MedicineStage::Prescribed,
        (_, "60590-7") => MedicineStage::Dispensed,
        (_, "18610-6") if place.titles.contains("arrêté") => MedicineStage::Stated,
        (_, "18610-6" | "57072-1" | "55111-9" | "73569-6") => MedicineStage::Given,
        (Genre::Prescription, _) if mood(node) != "EVN" => MedicineStage::Prescribed,
        (_, "10160-0" | "10183-2" | "42346-7") => MedicineStage::Stated,
        _ if matches!(mood(node), "INT" | "RQO" | "PRMS") => MedicineStage::Prescribed,
        _ => MedicineStage::Stated,
    }
}

/// The section, one above it, or the words over the table say so.
fn is_long_term(place: &Place<'_, '_>, row: Option<Element<'_>>) -> bool {
    let says_so = |words: &str| words.contains("long cours") || words.contains("de fond");
    says_so(&place.titles) || row.is_some_and(|row| says_so(&narrative::heading_of_table(row)))
}

/// The document says that it was stopped: its section, its state, or a reason why.
fn is_stopped(place: &Place<'_, '_>, node: Element<'_>) -> bool {
    let by_observation = || {
        related(node, "").any(|inner| {
            is(inner, "observation") && !is_negated(inner) && (code_of(inner).as_deref() == Some("MED-052") || display_of(inner).starts_with("arrêt"))
        })
    };
    place.titles.contains("arrêté") || matches!(status(node), "aborted" | "cancelled" | "suspended") || by_observation()
}

/// When it was handed out: the time of the performer.
pub(super) fn delivered_at(supply: Element<'_>) -> Period {
    descend(supply, &["performer", "time"]).map(time::period).unwrap_or_default()
}

/// The dates inside a rhythm of several parts (`SXPR_TS`), or of an act at one moment (`operator="A"`).
fn rhythm_period(node: Element<'_>) -> Period {
    time::first(children(node, "effectiveTime").take(8).flat_map(|time| children(time, "comp").take(8)).map(time::period))
}

fn ordered(node: Element<'_>) -> Option<Element<'_>> {
    related(node, "COMP").find(|inner| is(*inner, "supply"))
}

/// Boxes or units: in the words of the row, else as coded.
fn quantity(row: Option<Element<'_>>, supply: Option<Element<'_>>) -> String {
    let columns = row.map(narrative::columns).unwrap_or_default();
    if let Some((_, words)) = columns.iter().find(|(heading, words)| heading.contains("quantité") && !is_placeholder(words)) {
        return words.clone();
    }
    let Some(quantity) = supply.and_then(|supply| child(supply, "quantity")) else { return String::new() };
    // A unit of figures is a code of EDQM, which says nothing to a reader.
    let unit = attribute(quantity, "unit").filter(|unit| !unit.chars().all(|sign| sign.is_ascii_digit())).unwrap_or_default();
    value(quantity).map(|number| format!("{number} {unit}").trim().to_owned()).unwrap_or_default()
}

/// Dose and rhythm: in the words of the row, else as coded.
fn dose<'a>(place: &Place<'_, 'a>, node: Element<'a>, row: Option<Element<'a>>) -> String {
    let wanted = ["posologie", "dose", "fréquence", "rythme", "périodicité"];
    let is_wanted = |heading: &str| wanted.iter().any(|word| heading.contains(word)) && !heading.contains("max");
    let columns = row.map(narrative::columns).unwrap_or_default();
    let words: Vec<String> =
        columns.into_iter().filter(|(heading, words)| is_wanted(heading) && !is_placeholder(words)).map(|(_, words)| words).collect();
    if !words.is_empty() {
        return words.join(", ");
    }
    let amount = child(node, "doseQuantity").map(|dose| amount(place, dose)).unwrap_or_default();
    let rhythm = children(node, "effectiveTime").take(8).find_map(|time| rhythm(place, time)).unwrap_or_default();
    [amount, rhythm].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn amount<'a>(place: &Place<'_, 'a>, dose: Element<'a>) -> String {
    let end = |name| child(dose, name).and_then(|end| words_of_translation(place, end).or_else(|| measure(end)));
    match (end("low"), end("high")) {
        (Some(low), Some(high)) if low != high => format!("{low} à {high}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => words_of_translation(place, dose).or_else(|| measure(dose)).unwrap_or_default(),
    }
}

fn words_of_translation<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<String> {
    let original = descend(node, &["translation", "originalText"])?;
    place.lead(original)?;
    all_words(place, original).filter(|words| !is_placeholder(words))
}

fn measure(node: Element<'_>) -> Option<String> {
    let unit = match attribute(node, "unit").unwrap_or_default().to_ascii_lowercase().as_str() {
        "{tablet}" | "{tbl}" => "comprimé".to_owned(),
        "" | "1" | "{count}" => String::new(),
        _ => attribute(node, "unit").unwrap_or_default(),
    };
    Some(format!("{} {unit}", value(node)?).trim().to_owned())
}

fn rhythm<'a>(place: &Place<'_, 'a>, time: Element<'a>) -> Option<String> {
    let holder = if data_type(time) == "SXPR_TS" { children(time, "comp").take(8).find(|part| child(*part, "period").is_some())? } else { time };
    let period = child(holder, "period")?;
    let words = words_of_translation(place, period).or_else(|| original(place, period));
    words.or_else(|| {
        let unit = match attribute(period, "unit")?.as_str() {
            "h" => "h",
            "d" => "jour(s)",
            "wk" => "semaine(s)",
            "mo" => "mois",
            _ => return None,
        };
        Some(format!("toutes les {} {unit}", value(period)?).replace("toutes les 1 jour(s)", "par jour"))
    })
}
