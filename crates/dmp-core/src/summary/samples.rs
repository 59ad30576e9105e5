//! Summaries of invented people for the tests of every crate: full, empty, full of denials, hostile, huge.

use super::{
    AbsenceKind, Carer, Concept, Criticality, DeviceState, Due, Fact, FactKind, Heading, ImagingKind, Knowledge, Line, Medicine, MedicineStage,
    Missing, MissingKind, News, Observation, ObservationKind, ObservationStatus, Party, Period, Point, ProblemState, Proof, Range, RiskKind, Series,
    Source, Summary, SummaryPerson, Trend, Value, What, When,
};
use crate::document::{Author, AuthorKind, Code, system};
use crate::identity::{BirthDate, IdentityTraits, Ins, InsAuthority, PersonName, Sex};
use crate::ids::EntryId;
use crate::moment::Moment;

/// Tuesday 3 March 2026, 14:05 in Paris.
pub const NOW: Moment = Moment::from_seconds(1_772_543_100);

/// Text that every writer has to escape, with letters of many scripts.
pub const HOSTILE: &str = "<script>alert(\"1\")</script> & 'œdème' ]]> ﬁ 漢字 🙂 \u{202e}renversé\u{202c} \u{1}fin";

/// Of each kind something.
pub fn rich() -> Summary {
    let mut summary = empty();
    summary.person.medecin_traitant = Some(party("Dr Anne EXEMPLE", "Médecin généraliste", "Cabinet de l'Île"));
    summary.allergies = known(vec![
        line(allergy(), "Amoxicilline", &[Code::new("J01CA04", ATC, "Amoxicilline")], 2019),
        line(mild_allergy(), "Pollen de bouleau", &[], 2021),
    ]);
    let problem = What::Problem { state: ProblemState::Active };
    summary.problems = known(vec![
        line(problem.clone(), "Diabète de type 2", &[Code::new("E11", system::CIM_10, "Diabète sucré de type 2")], 2014),
        line(problem, "Lombalgie chronique", &[], 2022),
        line(What::Problem { state: ProblemState::Suspected }, "Syndrome d'apnées du sommeil", &[], 2025),
    ]);
    let past = What::Problem { state: ProblemState::Past };
    summary.history = known(vec![ended(line(past, "Pneumonie", &[Code::new("J18.9", system::CIM_10, "Pneumonie, sans précision")], 2008), 2008)]);
    summary.treatments = known(vec![treatment("Metformine 1000 mg", "A10BA02", true), treatment("Paracétamol 1 g", "N02BE01", false)]);
    summary.past_treatments = known(vec![ended(treatment("Ibuprofène 400 mg", "M01AE01", false), 2024)]);
    summary.vaccinations = known(vec![
        line(vaccination(false), "Vaccin contre la grippe", &[Code::new("J07BB02", ATC, "Grippe, virus entier inactivé")], 2025),
        line(vaccination(true), "Vaccin contre le zona", &[], 2025),
    ]);
    summary.results = vec![sugar(), words(), pressure()];
    summary.procedures = known(vec![line(What::Procedure, "Appendicectomie", &[Code::new("HHFA016", system::CCAM, "Appendicectomie")], 1998)]);
    summary.stays = known(vec![ended(line(What::Stay, "Hospitalisation en médecine", &[], 2024), 2024)]);
    summary.imaging = known(vec![line(imaging(), "Radiographie du thorax", &[Code::new("ZBQK002", system::CCAM, "Radiographie du thorax")], 2024)]);
    summary.devices = known(vec![line(What::Device { state: DeviceState::InUse }, "Stimulateur cardiaque", &[], 2020)]);
    let expected = Some(When::day(2026, 9, 15));
    summary.pregnancies = known(vec![line(What::Pregnancy { expected, over: false }, "Grossesse en cours", &[], 2026)]);
    summary.risks = known(vec![
        line(What::Risk { kind: RiskKind::Lifestyle }, "Tabac : 10 cigarettes par jour", &[], 2023),
        line(What::Risk { kind: RiskKind::Occupational }, "Exposition aux solvants", &[], 2015),
    ]);
    summary.family_history = known(vec![line(What::FamilyHistory { relation: "Mère".into() }, "Cancer du sein", &[], 2018)]);
    summary.directives = known(vec![line(What::Directive, "Directives anticipées déposées", &[], 2023)]);
    summary.plans = known(vec![line(What::Plan, "Consultation de diabétologie", &[], 2026)]);
    summary.team = vec![carer("Anne", "MODÈLE", "Médecin", 4, 2024), carer("Luc", "EXEMPLE", "Cardiologue", 1, 2023)];
    summary.contacts = known(vec![line(What::Contact { telecom: "tel:+33102030405".into() }, "Personne de confiance", &[], 2023)]);
    summary.functions = known(vec![line(What::Function, "Marche avec une canne", &[], 2025)]);
    summary.attention = known(vec![line(What::Attention, "Ne pas mesurer la tension au bras gauche", &[], 2024)]);
    summary.due = vec![Due {
        what: Concept::words("Rappel diphtérie, tétanos, poliomyélite"),
        by: When::day(2026, 2, 1),
        late: true,
        is_vaccine: true,
        basis: "Calendrier des vaccinations".into(),
        source: Some(source("Carnet de vaccination", 2016, None)),
    }];
    summary.missing = vec![Missing {
        kind: MissingKind::Analysis,
        what: Concept::words("Glycémie"),
        when: When::day(2025, 11, 4),
        by: party("", "", "Laboratoire des Essais"),
        source: source("Données de remboursement", 2025, None),
    }];
    summary.documents = 41;
    summary.waiting = 1;
    summary
}

/// Nothing is known of anything.
pub fn empty() -> Summary {
    let nothing = || Heading { knowledge: Knowledge::NoInformation, lines: Vec::new(), denials: Vec::new() };
    Summary {
        at: NOW,
        person: person("Camille", "SPECIMEN"),
        allergies: nothing(),
        problems: nothing(),
        history: nothing(),
        treatments: nothing(),
        past_treatments: nothing(),
        vaccinations: nothing(),
        results: Vec::new(),
        procedures: nothing(),
        stays: nothing(),
        imaging: nothing(),
        devices: nothing(),
        pregnancies: nothing(),
        risks: nothing(),
        family_history: nothing(),
        directives: nothing(),
        plans: nothing(),
        team: Vec::new(),
        contacts: nothing(),
        functions: nothing(),
        attention: nothing(),
        due: Vec::new(),
        news: News { since: None, documents: Vec::new() },
        missing: Vec::new(),
        documents: 0,
        waiting: 0,
        unreadable: 0,
        papers: Vec::new(),
        left_out: 0,
    }
}

/// A source says of many headings that there is nothing; of allergies another one says the contrary.
pub fn denials() -> Summary {
    let none = || Heading { knowledge: Knowledge::NoneKnown, lines: Vec::new(), denials: vec![source("Synthèse médicale", 2025, None)] };
    let mut summary = empty();
    for heading in [
        &mut summary.problems,
        &mut summary.history,
        &mut summary.treatments,
        &mut summary.vaccinations,
        &mut summary.procedures,
        &mut summary.devices,
        &mut summary.pregnancies,
        &mut summary.attention,
    ] {
        *heading = none();
    }
    summary.allergies = Heading { denials: none().denials, ..known(vec![line(allergy(), "Pénicillines", &[], 2019)]) };
    summary.documents = 2;
    summary
}

/// Every text is [`HOSTILE`], names are very long, dates are vague.
pub fn hostile() -> Summary {
    let mut summary = rich();
    summary.person = person(&"Marie-Ségolène ".repeat(12), &format!("DE LA {HOSTILE}"));
    summary.person.medecin_traitant = Some(party(HOSTILE, HOSTILE, HOSTILE));
    for heading in headings_mut(&mut summary) {
        heading.lines.iter_mut().for_each(make_hostile);
        let bare = heading.lines.first().cloned().map(|mut line| {
            line.fact.period = Period::default();
            line.fact.concept = Concept::default();
            line.first_seen = When { year: 1999, month: 0, day: 0, minute: None };
            line
        });
        heading.lines.extend(bare);
    }
    for series in &mut summary.results {
        series.analyte.text = HOSTILE.into();
        series.points.iter_mut().for_each(|point| point.source.title = HOSTILE.into());
    }
    summary
}

/// Two thousand lines over the headings.
pub fn huge() -> Summary {
    let mut summary = rich();
    let headings = headings_mut(&mut summary);
    let each = 2_000_usize.div_ceil(headings.len());
    for heading in headings {
        let lines = std::mem::take(&mut heading.lines);
        heading.lines = lines.into_iter().cycle().take(each).collect();
    }
    summary
}

/// Every summary with its name.
pub fn every() -> Vec<(&'static str, Summary)> {
    vec![("rich", rich()), ("empty", empty()), ("denials", denials()), ("hostile", hostile()), ("huge", huge())]
}

/// The absence that a document would state.
pub fn absence(of: FactKind) -> Fact {
    fact(What::Absent { of, how: AbsenceKind::NoneKnown }, "Aucun antécédent connu", &[], 2025)
}

const ATC: &str = "2.16.840.1.113883.6.73";

fn headings_mut(summary: &mut Summary) -> Vec<&mut Heading> {
    vec![
        &mut summary.allergies,
        &mut summary.problems,
        &mut summary.history,
        &mut summary.treatments,
        &mut summary.past_treatments,
        &mut summary.vaccinations,
        &mut summary.procedures,
        &mut summary.stays,
        &mut summary.imaging,
        &mut summary.devices,
        &mut summary.pregnancies,
        &mut summary.risks,
        &mut summary.family_history,
        &mut summary.directives,
        &mut summary.plans,
        &mut summary.contacts,
        &mut summary.functions,
        &mut summary.attention,
    ]
}

fn person(given: &str, family: &str) -> SummaryPerson {
    let traits = IdentityTraits {
        birth_name: PersonName::new(given.trim(), family),
        used_name: None,
        birth_date: BirthDate { year: 1979, month: 3, day: 28 },
        sex: Sex::Female,
        birth_place: "51215".into(),
    };
    SummaryPerson { ins: ins(), traits, medecin_traitant: None }
}

#[expect(clippy::expect_used, reason = "a published test matricule; samples are for tests")]
fn ins() -> Ins {
    Ins::parse(InsAuthority::Test.oid(), "279035121518989").expect("a valid test INS")
}

fn carer(given: &str, family: &str, specialty: &str, documents: usize, year: i16) -> Carer {
    let author = Author {
        kind: AuthorKind::Professional,
        id: None,
        name: PersonName::new(given, family),
        institution: None,
        role: None,
        specialty: Some(Code::new("G15_10", crate::document::system::TRE_A02, specialty)),
    };
    Carer { author, last_seen: When::day(year, 5, 20), documents, entry: EntryId([9; 16]), title: "Consultation".to_owned() }
}

fn party(name: &str, role: &str, place: &str) -> Party {
    Party { name: name.into(), role: role.into(), place: place.into() }
}

fn known(lines: Vec<Line>) -> Heading {
    Heading { knowledge: Knowledge::Known, lines, denials: Vec::new() }
}

fn fact(what: What, words: &str, codes: &[Code], year: i16) -> Fact {
    let from = Some(When::day(year, 5, 17));
    Fact {
        what,
        concept: Concept { text: words.into(), codes: codes.to_vec() },
        period: Period { from, to: None },
        by: Party::default(),
        proof: proof(words),
    }
}

fn line(what: What, words: &str, codes: &[Code], year: i16) -> Line {
    let fact = fact(what, words, codes, year);
    let seen = When::day(year, 5, 17);
    Line { fact, sources: vec![source("Lettre de liaison", year, None)], first_seen: seen, last_seen: seen, is_new: year >= 2026, old: None }
}

fn ended(mut line: Line, year: i16) -> Line {
    line.fact.period.to = Some(When::day(year, 6, 2));
    line
}

fn proof(quote: &str) -> Proof {
    Proof { section: "11450-4".into(), section_title: "Problèmes".into(), position: 0, anchor: Some("p1".into()), quote: quote.into() }
}

/// A source whose entry is made of its title and year.
fn source(title: &str, year: i16, stage: Option<MedicineStage>) -> Source {
    let mut id = [0_u8; 16];
    id.iter_mut().zip(title.bytes().rev()).for_each(|(place, byte)| *place = byte);
    let [high, low] = year.to_be_bytes();
    if let Some(place) = id.get_mut(14..) {
        place.copy_from_slice(&[high, low]);
    }
    Source {
        entry: EntryId(id),
        title: title.into(),
        type_code: "11490-0".into(),
        author: "Dr Anne EXEMPLE".into(),
        when: When::day(year, 5, 20),
        stage,
        proof: proof("…"),
    }
}

fn allergy() -> What {
    What::Allergy { reactions: vec![Concept::words("Urticaire géante")], criticality: Criticality::High, resolved: false }
}

fn mild_allergy() -> What {
    What::Allergy { reactions: Vec::new(), criticality: Criticality::Unknown, resolved: false }
}

fn treatment(words: &str, atc: &str, long_term: bool) -> Line {
    let medicine = Medicine {
        stage: MedicineStage::Prescribed,
        substances: vec![Concept::coded(Code::new(atc, ATC, words))],
        dose: "1 comprimé matin et soir".into(),
        quantity: String::new(),
        long_term,
        stopped: false,
    };
    let mut line = line(What::Medicine(medicine), words, &[Code::new(atc, ATC, words)], 2024);
    line.fact.by = party("Dr Anne EXEMPLE", "Médecin généraliste", "Cabinet de l'Île");
    line.sources = vec![
        source("Données de remboursement", 2026, Some(MedicineStage::Reimbursed)),
        source("Dispensation", 2025, Some(MedicineStage::Dispensed)),
        source("Ordonnance", 2024, Some(MedicineStage::Prescribed)),
    ];
    line
}

fn vaccination(refused: bool) -> What {
    What::Vaccination { against: vec![Concept::words("Grippe")], batch: "LOT42".into(), dose: Some(1), refused }
}

fn imaging() -> What {
    What::Imaging {
        kind: ImagingKind::Report,
        modality: "DX".into(),
        region: "Thorax".into(),
        accession: Some("ACC1".into()),
        study: None,
        link: None,
    }
}

fn sugar() -> Series {
    let points = [(2023, "7,4"), (2024, "7,1"), (2025, "6,8")].map(|(year, number)| point(year, quantity(number, "%"), Some("6")));
    let analyte = Concept::coded(Code::new("4548-4", system::LOINC, "Hémoglobine glyquée"));
    Series { analyte, unit: "%".into(), points: points.to_vec(), trend: Trend::Falling, is_measure: false, is_new: false }
}

fn words() -> Series {
    let point = point(2025, Value::Text("Négatif".into()), None);
    Series {
        analyte: Concept::words("Sérologie VIH"),
        unit: String::new(),
        points: vec![point],
        trend: Trend::Unknown,
        is_measure: false,
        is_new: true,
    }
}

fn pressure() -> Series {
    let points = [(2024, "142"), (2025, "135")].map(|(year, number)| point(year, quantity(number, "mm[Hg]"), None));
    let analyte = Concept::coded(Code::new("8480-6", system::LOINC, "Pression artérielle systolique"));
    Series { analyte, unit: "mm[Hg]".into(), points: points.to_vec(), trend: Trend::Stable, is_measure: true, is_new: false }
}

fn quantity(number: &str, unit: &str) -> Value {
    Value::Quantity { comparator: String::new(), number: number.into(), unit: unit.into() }
}

fn point(year: i16, value: Value, high: Option<&str>) -> Point {
    let range = high.map(|high| Range { low: None, high: Some(high.into()), text: String::new() });
    Point {
        when: When { minute: Some(8 * 60 + 15), ..When::day(year, 4, 12) },
        number: value.number(),
        converted: false,
        low: None,
        high: high.and_then(|high| high.parse().ok()),
        interpretation: if high.is_some() { vec!["H".into()] } else { Vec::new() },
        range,
        by: "Laboratoire des Essais".into(),
        source: source("Analyses", year, None),
        value,
    }
}

/// A result as one document gives it.
pub fn result() -> Fact {
    let observation = Observation {
        kind: ObservationKind::Result,
        value: quantity("6,8", "%"),
        range: None,
        interpretation: vec!["H".into()],
        method: String::new(),
        status: ObservationStatus::Final,
    };
    fact(What::Observation(observation), "Hémoglobine glyquée", &[Code::new("4548-4", system::LOINC, "Hémoglobine glyquée")], 2025)
}

fn make_hostile(line: &mut Line) {
    line.fact.concept.text = HOSTILE.into();
    line.fact.by = party(HOSTILE, HOSTILE, HOSTILE);
    line.fact.proof.quote = HOSTILE.into();
    line.fact.period.from = Some(When { year: 2019, month: 0, day: 0, minute: None });
    line.sources.iter_mut().for_each(|source| {
        source.title = HOSTILE.into();
        source.author = HOSTILE.into();
    });
    match &mut line.fact.what {
        What::Medicine(medicine) => medicine.dose = HOSTILE.into(),
        What::Allergy { reactions, .. } => reactions.push(Concept::words(HOSTILE)),
        What::Vaccination { batch, .. } => *batch = HOSTILE.into(),
        What::FamilyHistory { relation } => *relation = HOSTILE.into(),
        What::Contact { telecom } => *telecom = HOSTILE.into(),
        What::Problem { .. }
        | What::Procedure
        | What::Observation(_)
        | What::Imaging { .. }
        | What::Device { .. }
        | What::Pregnancy { .. }
        | What::Risk { .. }
        | What::Directive
        | What::Plan
        | What::Function
        | What::Attention
        | What::Stay
        | What::Act
        | What::Absent { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_source_and_the_huge_one_has_two_thousand() {
        for (name, mut summary) in every() {
            let lines: Vec<Line> = headings_mut(&mut summary).into_iter().flat_map(|heading| heading.lines.clone()).collect();
            assert!(lines.iter().all(|line| !line.sources.is_empty()), "{name}");
            assert!(name != "huge" || lines.len() >= 2_000, "{}", lines.len());
        }
    }
}
