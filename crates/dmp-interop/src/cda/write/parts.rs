//! The sections of a summary, with their templates, tables and entries, for both models.

use dmp_core::summary::{Criticality, Heading, Line, Medicine, MedicineStage, Point, RiskKind, Series, What};

use super::code::words;
use super::entry;
use super::moment::{shown, shown_period};
use super::narrative::{bare_table, row};
use super::part::{Names, Part, Place, told};
use super::section;
use crate::xml::Xml;

/// Date and words.
fn dated(line: &Line) -> Vec<String> {
    vec![shown_period(line.fact.period), said(line)]
}

/// The words of a line.
fn said(line: &Line) -> String {
    words(&line.fact.concept).to_owned()
}

/// *Problèmes actifs* (11450-4).
pub(super) fn problems(x: &mut Xml, names: &Names<'_>, heading: &Heading, title: &str) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.11", "1.3.6.1.4.1.19376.1.5.3.1.3.6", "1.2.250.1.213.1.1.2.132"],
        code: ("11450-4", "Liste des problèmes actifs"),
        title,
        prefix: "probleme",
        heads: &["Date", "Problème"],
        named: 1,
        empty: ["Aucun problème actif connu", "Aucune information sur les problèmes actifs"],
    };
    part.write(x, names, heading, dated, entry::problem, entry::no_problem);
}

/// *Antécédents médicaux* (11348-0).
pub(super) fn history(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["1.3.6.1.4.1.19376.1.5.3.1.3.8", "1.2.250.1.213.1.1.2.134"],
        code: ("11348-0", "Antécédents médicaux"),
        title: "Antécédents médicaux",
        prefix: "antecedent",
        heads: &["Date", "Antécédent"],
        named: 1,
        empty: ["Aucun antécédent médical connu", "Aucune information sur les antécédents médicaux"],
    };
    part.write(x, names, heading, dated, entry::problem, entry::no_problem);
}

/// *Historique des actes* (47519-4).
pub(super) fn procedures(x: &mut Xml, names: &Names<'_>, heading: &Heading, title: &str) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.12", "1.3.6.1.4.1.19376.1.5.3.1.3.11", "1.3.6.1.4.1.19376.1.5.3.1.3.12", "1.2.250.1.213.1.1.2.136"],
        code: ("47519-4", "Historique des actes"),
        title,
        prefix: "acte",
        heads: &["Date", "Acte"],
        named: 1,
        empty: ["Aucun acte ou intervention connu", "Aucune information sur les actes et interventions"],
    };
    part.write(x, names, heading, dated, entry::procedure, entry::no_procedure);
}

/// *Allergies* (48765-2).
pub(super) fn allergies(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.2", "1.3.6.1.4.1.19376.1.5.3.1.3.13", "1.2.250.1.213.1.1.2.137"],
        code: ("48765-2", "Allergies et hypersensibilités"),
        title: "Allergies et hypersensibilités",
        prefix: "allergie",
        heads: &["Date", "Agent responsable", "Réactions", "Criticité", "Statut"],
        named: 1,
        empty: ["Aucune allergie ou hypersensibilité connue", "Aucune information sur les allergies et hypersensibilités"],
    };
    part.write(x, names, heading, allergy_row, entry::allergy, entry::no_allergy);
}

fn allergy_row(line: &Line) -> Vec<String> {
    let mut cells = dated(line);
    if let What::Allergy { reactions, criticality, resolved } = &line.fact.what {
        cells.push(reactions.iter().map(words).collect::<Vec<_>>().join(", "));
        let severe = match criticality {
            Criticality::High => "Haute",
            Criticality::Low => "Basse",
            Criticality::Unknown => "",
        };
        cells.extend([severe.to_owned(), if *resolved { "Résolu" } else { "Actif" }.to_owned()]);
    }
    cells
}

/// *Mode de vie* (29762-2): risks that are not of work.
pub(super) fn habits(x: &mut Xml, names: &Names<'_>, risks: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.15", "1.3.6.1.4.1.19376.1.5.3.1.3.16", "1.3.6.1.4.1.19376.1.5.3.1.3.16.1", "1.2.250.1.213.1.1.2.141"],
        code: ("29762-2", "Habitus, Mode de vie"),
        title: "Mode de vie",
        prefix: "mode-de-vie",
        heads: &["Date", "Observation"],
        named: 1,
        empty: ["Aucun facteur de risque connu lié au mode de vie", "Aucune information sur le mode de vie"],
    };
    part.write(x, names, &of_kind(risks, |kind| kind != RiskKind::Occupational), dated, entry::habit, entry::no_habit);
}

/// *Facteurs de risques professionnels* (10161-8): words alone.
pub(super) fn occupations(x: &mut Xml, names: &Names<'_>, risks: &Heading) {
    let part = Part {
        templates: &["1.3.6.1.4.1.19376.1.5.3.1.1.5.3.1", "1.2.250.1.213.1.1.2.74"],
        code: ("10161-8", "Facteurs de risques professionnels"),
        title: "Facteurs de risques professionnels",
        prefix: "profession",
        heads: &["Date", "Facteur de risque"],
        named: 1,
        empty: ["Aucun facteur de risque professionnel connu", "Aucune information sur les facteurs de risques professionnels"],
    };
    part.write(x, names, &of_kind(risks, |kind| kind == RiskKind::Occupational), dated, words_only, nothing_coded);
}

fn words_only(_: &mut Xml, _: &Place<'_>, _: &Line) {}

fn nothing_coded(_: &mut Xml, _: &Place<'_>, _: bool) {}

/// The risks of some kinds; what is known of the rest stays.
pub(super) fn of_kind(risks: &Heading, wanted: impl Fn(RiskKind) -> bool) -> Heading {
    let is_wanted = |line: &&Line| matches!(line.fact.what, What::Risk { kind } if wanted(kind));
    let lines: Vec<Line> = risks.lines.iter().filter(is_wanted).cloned().collect();
    let knowledge = if lines.is_empty() && !risks.lines.is_empty() { dmp_core::summary::Knowledge::NoInformation } else { risks.knowledge };
    Heading { knowledge, lines, denials: risks.denials.clone() }
}

/// *Antécédents familiaux* (10157-6).
pub(super) fn family(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.4", "1.3.6.1.4.1.19376.1.5.3.1.3.14", "1.3.6.1.4.1.19376.1.5.3.1.3.15", "1.2.250.1.213.1.1.2.139"],
        code: ("10157-6", "Historique des pathologies familiales"),
        title: "Antécédents familiaux",
        prefix: "famille",
        heads: &["Lien de parenté", "Antécédent"],
        named: 1,
        empty: ["Aucun antécédent familial connu", "Aucune information sur les antécédents familiaux"],
    };
    let cells = |line: &Line| match &line.fact.what {
        What::FamilyHistory { relation } => vec![relation.clone(), said(line)],
        _ => vec![String::new(), said(line)],
    };
    part.write(x, names, heading, cells, entry::family, entry::no_family);
}

/// *Points de vigilance*: words alone, under the code that each model gives them.
pub(super) fn attention(x: &mut Xml, names: &Names<'_>, heading: &Heading, templates: &[&str], code: (&str, &str)) {
    let part = Part {
        templates,
        code,
        title: "Points de vigilance",
        prefix: "vigilance",
        heads: &["Date", "Point de vigilance"],
        named: 1,
        empty: ["Aucun point de vigilance connu", "Aucune information sur des points de vigilance"],
    };
    part.write(x, names, heading, dated, words_only, nothing_coded);
}

/// *Traitements* (10160-0).
pub(super) fn treatments(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.8", "1.3.6.1.4.1.19376.1.5.3.1.3.19", "1.2.250.1.213.1.1.2.143"],
        code: ("10160-0", "Traitements"),
        title: "Traitements",
        prefix: "traitement",
        heads: &["Période", "Médicament et posologie", "Au long cours", "Dernières traces"],
        named: 1,
        empty: ["Aucun traitement médicamenteux connu", "Aucune information sur les traitements médicamenteux"],
    };
    part.write(x, names, heading, treatment_row, entry::treatment, entry::no_treatment);
}

fn treatment_row(line: &Line) -> Vec<String> {
    let mut cells = dated(line);
    if let (What::Medicine(Medicine { dose, long_term, .. }), Some(cell)) = (&line.fact.what, cells.last_mut()) {
        if !dose.is_empty() {
            *cell = format!("{cell} : {dose}");
        }
        cells.push(if *long_term { "oui" } else { "" }.to_owned());
    }
    let stages = [
        (MedicineStage::Stated, "cité"),
        (MedicineStage::Prescribed, "prescrit"),
        (MedicineStage::Dispensed, "délivré"),
        (MedicineStage::Reimbursed, "remboursé"),
        (MedicineStage::Given, "administré"),
    ];
    let seen = stages.into_iter().filter_map(|(stage, word)| Some(format!("{word} {}", shown(line.last_seen_as(stage)?))));
    cells.push(seen.collect::<Vec<_>>().join(", "));
    cells
}

/// *Dispositifs médicaux* (46264-8).
pub(super) fn devices(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.11383.10.20.1.7", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.5", "1.2.250.1.213.1.1.2.1"],
        code: ("46264-8", "Dispositifs médicaux"),
        title: "Dispositifs médicaux",
        prefix: "dispositif",
        heads: &["Période", "Dispositif"],
        named: 1,
        empty: ["Aucun dispositif médical connu", "Aucune information sur les dispositifs médicaux"],
    };
    part.write(x, names, heading, dated, entry::device, entry::no_device);
}

/// *Vaccinations* (11369-6).
pub(super) fn vaccinations(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.6", "1.3.6.1.4.1.19376.1.5.3.1.3.23", "1.2.250.1.213.1.1.2.147"],
        code: ("11369-6", "Historique des vaccinations"),
        title: "Vaccinations",
        prefix: "vaccin",
        heads: &["Date", "Vaccin", "Maladies prévenues", "Lot", "Dose"],
        named: 1,
        empty: ["Aucune vaccination connue", "Aucune information sur les vaccinations"],
    };
    part.write(x, names, heading, vaccination_row, entry::vaccination, entry::no_vaccination);
}

fn vaccination_row(line: &Line) -> Vec<String> {
    let mut cells = dated(line);
    if let What::Vaccination { against, batch, dose, refused } = &line.fact.what {
        let dose = if *refused { "refusée".to_owned() } else { dose.map(|dose| dose.to_string()).unwrap_or_default() };
        cells.extend([against.iter().map(words).collect::<Vec<_>>().join(", "), batch.clone(), dose]);
    }
    cells
}

/// *Statut fonctionnel* (47420-5); there has to be a line.
pub(super) fn functions(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.22.3.8", "1.2.250.1.213.1.1.2.246"],
        code: ("47420-5", "Évaluation du statut fonctionnel"),
        title: "Statut fonctionnel",
        prefix: "fonction",
        heads: &["Date", "Observation"],
        named: 1,
        empty: [""; 2],
    };
    part.write(x, names, heading, dated, entry::function, nothing_coded);
}

/// *Historique des grossesses* (10162-6); there has to be a line.
pub(super) fn pregnancies(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["1.3.6.1.4.1.19376.1.5.3.1.1.5.3.4", "1.2.250.1.213.1.1.2.77"],
        code: ("10162-6", "Historique des grossesses"),
        title: "Historique des grossesses",
        prefix: "grossesse",
        heads: &["Date", "Grossesse", "Accouchement prévu"],
        named: 1,
        empty: [""; 2],
    };
    let cells = |line: &Line| {
        let mut cells = dated(line);
        if let What::Pregnancy { expected, .. } = line.fact.what {
            cells.push(expected.map(shown).unwrap_or_default());
        }
        cells
    };
    part.write(x, names, heading, cells, entry::pregnancies, nothing_coded);
}

/// *Plan de soins* (18776-5); there has to be a line.
pub(super) fn plans(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.10", "1.3.6.1.4.1.19376.1.5.3.1.3.36", "1.2.250.1.213.1.1.2.158"],
        code: ("18776-5", "Plan de soins"),
        title: "Plan de soins",
        prefix: "plan",
        heads: &["Date envisagée", "Demande"],
        named: 1,
        empty: [""; 2],
    };
    part.write(x, names, heading, dated, entry::plan, nothing_coded);
}

/// *Directives anticipées* (42348-3); there has to be a line.
pub(super) fn directives(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.1", "1.3.6.1.4.1.19376.1.5.3.1.3.34", "1.3.6.1.4.1.19376.1.5.3.1.3.35", "1.2.250.1.213.1.1.2.157"],
        code: ("42348-3", "Directives anticipées"),
        title: "Directives anticipées",
        prefix: "directive",
        heads: &["Date", "Directive"],
        named: 1,
        empty: [""; 2],
    };
    part.write(x, names, heading, dated, entry::directive, nothing_coded);
}

/// *Constantes* (8716-3): every value of the measures; there has to be one.
pub(super) fn vital_signs(x: &mut Xml, names: &Names<'_>, series: &[&Series]) {
    let templates = ["2.16.840.1.113883.10.20.1.16", "1.3.6.1.4.1.19376.1.5.3.1.3.25", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2", "1.2.250.1.213.1.1.2.75"];
    section(x, &templates, ("8716-3", "Signes vitaux"), "Constantes", |x| {
        let points = points(names, "constante", series);
        x.within("text", &[], |x| points_table(x, &points));
        points.iter().for_each(|(place, series, one)| entry::vital_signs(x, place, series, one));
    });
}

/// *Résultats* (30954-2): every value of the analyses, and the words of imaging.
pub(super) fn results(x: &mut Xml, names: &Names<'_>, series: &[&Series], imaging: &Heading) {
    section(x, &["1.2.250.1.213.1.1.2.244"], ("30954-2", "Résultats d'examens"), "Résultats", |x| {
        let points = points(names, "resultat", series);
        x.within("text", &[], |x| {
            if !points.is_empty() {
                points_table(x, &points);
            }
            if !imaging.lines.is_empty() {
                imaging_table(x, names, imaging);
            }
        });
        points.iter().for_each(|(place, series, one)| entry::results(x, place, series, one));
    });
}

type Placed<'a> = (Place<'a>, &'a Series, &'a Point);

/// The values, the newest of each analyte first.
fn points<'a>(names: &'a Names<'_>, prefix: &str, series: &[&'a Series]) -> Vec<Placed<'a>> {
    let all = series.iter().flat_map(|series| series.points.iter().rev().map(move |point| (*series, point)));
    all.enumerate().map(|(position, (series, point))| (names.place(prefix, position), series, point)).collect()
}

fn points_table(x: &mut Xml, points: &[Placed<'_>]) {
    bare_table(x, &["Date", "Examen", "Valeur", "Valeurs de référence", "Laboratoire", "Source"], |x| {
        for (place, series, one) in points {
            let range = one.range.as_ref().map(range_words).unwrap_or_default();
            let cells = [shown(one.when), words(&series.analyte).to_owned(), value_words(one), range, one.by.clone(), told(&one.source)];
            row(x, &place.anchor, 1, &cells.each_ref().map(String::as_str));
        }
    });
}

fn value_words(one: &Point) -> String {
    use dmp_core::summary::Value;
    match &one.value {
        Value::Quantity { comparator, number, unit } => format!("{comparator}{number} {unit}").trim().to_owned(),
        Value::Coded(coded) => words(coded).to_owned(),
        Value::Text(text) => text.clone(),
        Value::None => String::new(),
    }
}

fn range_words(range: &dmp_core::summary::Range) -> String {
    match (&range.low, &range.high) {
        _ if !range.text.is_empty() => range.text.clone(),
        (Some(low), Some(high)) => format!("{low} à {high}"),
        (Some(low), None) => format!("plus de {low}"),
        (None, Some(high)) => format!("moins de {high}"),
        (None, None) => String::new(),
    }
}

fn imaging_table(x: &mut Xml, names: &Names<'_>, imaging: &Heading) {
    bare_table(x, &["Date", "Examen d'imagerie", "Source"], |x| {
        for (position, line) in imaging.lines.iter().enumerate() {
            let mut cells = dated(line);
            cells.push(super::part::sources(&line.sources));
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            row(x, &names.place("imagerie", position).anchor, 1, &cells);
        }
    });
}
