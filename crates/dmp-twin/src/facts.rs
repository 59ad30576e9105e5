//! What the documents of both worlds say: few things, said by many, so that what is seen and what is hidden meet in every line that is
//! merged: the same allergy, the same treatment at another stage, values of one analyte from two laboratories, a stay with and without a report.

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::document::{Code, system};
use dmp_core::identity::{BirthDate, Ins};
use dmp_core::reimbursement::{Line, LineKind, Product};
use dmp_core::statement::Statement;
use dmp_core::summary::{
    AbsenceKind, Concept, Criticality, Extraction, Fact, FactKind, Medicine, MedicineStage, Observation, ObservationKind, ObservationStatus, Party,
    Period, ProblemState, Proof, Range, TextPart, Value, What, When,
};
use dmp_server::Codecs;
use dmp_service::{Error, Formats, ReadDocument, ReimbursementDocument, ReimbursementSource, SourceError, StatementDocument, SummaryDocument};

/// Begins the line of a document that holds its facts.
const MARK: &str = "FACTS ";
const CIP: &str = "1.2.250.1.215.200.1.1.1";
const NABM: &str = "1.2.250.1.213.2.60.1";
/// Analytes with a code, a name, a unit and a usual value: two of them are the same thing in two units.
pub const ANALYTES: [(&str, &str, &str, f64); 4] = [
    ("2160-0", "Créatinine", "mg/L", 9.0),
    ("14682-9", "Créatinine", "umol/L", 80.0),
    ("4548-4", "HbA1c", "%", 6.4),
    ("3016-3", "TSH", "m[IU]/L", 2.1),
];
const ALLERGENS: [&str; 3] = ["Pénicilline", "Latex", "Arachide"];
const PROBLEMS: [(&str, &str); 3] = [("I10", "Hypertension artérielle"), ("E11", "Diabète de type 2"), ("F32", "Épisode dépressif")];
const MEDICINES: [(&str, &str); 3] =
    [("3400930000014", "METFORMINE 500 mg"), ("3400930000021", "METFORMINE 1000 mg"), ("3400930000038", "AMLODIPINE 5 mg")];
const STAGES: [MedicineStage; 4] = [MedicineStage::Stated, MedicineStage::Prescribed, MedicineStage::Dispensed, MedicineStage::Reimbursed];

/// The last part of the address of an analyte's page, as the pages reckon it.
pub fn key(loinc: &str, unit: &str) -> String {
    let bytes = loinc.bytes().chain(Some(0)).chain(unit.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// A word that only the text of this document holds, and one that every document holds.
pub fn words(number: u32) -> (String, &'static str) {
    (format!("motif{number}"), "consultation")
}

/// The line of a document that holds its facts.
pub fn line(number: u32, day: &str) -> String {
    format!("{MARK}{}", serde_json::to_string(&of(number, day)).expect("facts as JSON"))
}

/// What a document says, by its number and the day of its act.
fn of(number: u32, day: &str) -> Vec<Fact> {
    let pick = |salt: u32, count: usize| usize::try_from(number.wrapping_mul(2_654_435_761).rotate_left(salt) >> 8).unwrap_or(0) % count;
    let when = When::from_iso(day).expect("a day");
    let mut facts = Vec::new();
    let mut say = |what: What, concept: Concept, period: Period| {
        let position = u32::try_from(facts.len()).unwrap_or(0);
        let quote = concept.text.clone();
        let proof =
            Proof { section: "48765-2".to_owned(), section_title: "Section".to_owned(), position, anchor: Some(format!("f{position}")), quote };
        facts.push(Fact { what, concept, period, by: Party { place: format!("Laboratoire {}", number % 3), ..Party::default() }, proof });
    };
    match pick(3, 4) {
        3 => say(What::Absent { of: FactKind::Allergy, how: AbsenceKind::NoneKnown }, Concept::words("Pas d'allergie connue"), Period::default()),
        place => {
            let criticality = if number.is_multiple_of(2) { Criticality::High } else { Criticality::Unknown };
            say(What::Allergy { reactions: Vec::new(), criticality, resolved: pick(5, 5) == 0 }, Concept::words(ALLERGENS[place]), Period::default());
        }
    }
    let (code, label) = PROBLEMS[pick(7, PROBLEMS.len())];
    let state = if pick(9, 3) == 0 { ProblemState::Past } else { ProblemState::Active };
    say(What::Problem { state }, Concept::coded(Code::new(code, system::CIM_10, label)), Period { from: Some(when), to: None });
    let (cip, label) = MEDICINES[pick(11, MEDICINES.len())];
    let medicine = Medicine {
        stage: STAGES[pick(13, STAGES.len())],
        substances: Vec::new(),
        dose: "1 par jour".to_owned(),
        quantity: "1".to_owned(),
        long_term: pick(15, 2) == 0,
        stopped: pick(17, 6) == 0,
    };
    say(What::Medicine(medicine), Concept::coded(Code::new(cip, CIP, label)), Period { from: Some(when), to: None });
    for salt in [19, 23] {
        let (loinc, name, unit, usual) = ANALYTES[pick(salt, ANALYTES.len())];
        let number = usual * (1.0 + f64::from(number % 7) / 10.0);
        let observation = Observation {
            kind: ObservationKind::Result,
            value: Value::Quantity { comparator: String::new(), number: format!("{number:.1}"), unit: unit.to_owned() },
            range: Some(Range { low: Some(format!("{:.1}", usual * 0.8)), high: Some(format!("{:.1}", usual * 1.2)), text: String::new() }),
            interpretation: Vec::new(),
            method: String::new(),
            status: if pick(salt + 2, 8) == 0 { ObservationStatus::Cancelled } else { ObservationStatus::Final },
        };
        say(What::Observation(observation), Concept::coded(Code::new(loinc, system::LOINC, name)), Period::at(when));
    }
    facts
}

/// Reads the facts of such documents, and CDA as the program does.
#[derive(Debug)]
pub struct TwinFormats(Codecs);

impl TwinFormats {
    pub fn new() -> Self {
        TwinFormats(Codecs::without_hostile())
    }
}

#[async_trait]
impl Formats for TwinFormats {
    fn reader(&self) -> u32 {
        1
    }

    async fn read(&self, mime_type: &str, bytes: Bytes) -> Result<ReadDocument, Error> {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some(facts) = text.lines().find_map(|line| line.strip_prefix(MARK)) else { return self.0.read(mime_type, bytes).await };
        let words = text.lines().filter(|line| !line.starts_with(MARK)).take(20).collect::<Vec<_>>().join(" ");
        let part = TextPart { place: "page-1".to_owned(), title: String::new(), text: words };
        let facts = serde_json::from_str(facts).expect("facts of ours");
        Ok(ReadDocument { extraction: Extraction::Read, facts, text: vec![part], subject: None })
    }

    fn read_lines(&self, lines: &[Line]) -> ReadDocument {
        self.0.read_lines(lines)
    }

    fn write_reimbursements(&self, document: &ReimbursementDocument<'_>) -> Bytes {
        self.0.write_reimbursements(document)
    }

    fn write_summary(&self, document: &SummaryDocument<'_>) -> Bytes {
        self.0.write_summary(document)
    }

    fn write_statement(&self, document: &StatementDocument<'_>) -> Bytes {
        self.0.write_statement(document)
    }

    fn read_statement(&self, bytes: &[u8], read: &ReadDocument) -> Option<Statement> {
        self.0.read_statement(bytes, read)
    }

    async fn clean_image(&self, image: Bytes) -> Result<Option<Bytes>, Error> {
        self.0.clean_image(image).await
    }
}

/// The insurer's lines: the same of everybody. Of some of them a report is hidden, of some it is seen, of some none came.
#[derive(Debug)]
pub struct TwinSource;

#[async_trait]
impl ReimbursementSource for TwinSource {
    async fn lines_of(&self, _ins: &Ins, _birth: BirthDate, _from: When, _to: When) -> Result<Vec<Line>, SourceError> {
        let line = |id: u32, kind: LineKind, code: Code, date: When| Line {
            id: id.to_string(),
            kind,
            code,
            product: Product::default(),
            quantity: 1,
            date,
            until: (kind == LineKind::Stay).then_some(date),
            prescriber: Party::default(),
            performer: Party { place: "Laboratoire 1".to_owned(), ..Party::default() },
        };
        let nabm = |code: &str, label: &str| Code::new(code, NABM, label);
        Ok(vec![
            line(1, LineKind::Biology, nabm("0592", "Créatinine"), When::day(2025, 3, 10)),
            line(2, LineKind::Biology, nabm("1577", "Hémoglobine glyquée"), When::day(2025, 7, 14)),
            line(3, LineKind::Stay, Code::new("04M05", "1.2.250.1.213.2.99", "Séjour"), When::day(2024, 12, 24)),
            line(4, LineKind::Imaging, Code::new("ZBQK002", system::CCAM, "Radiographie du thorax"), When::day(2025, 9, 12)),
            line(5, LineKind::Medicine, Code::new(MEDICINES[0].0, CIP, MEDICINES[0].1), When::day(2025, 11, 3)),
            line(6, LineKind::Biology, nabm("1208", "TSH"), When::day(2025, 11, 11)),
        ])
    }
}
