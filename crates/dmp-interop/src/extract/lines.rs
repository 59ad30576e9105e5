//! The insurer's lines as facts, the same that their CNAM-HR document gives.

use dmp_core::document::Code;
use dmp_core::reimbursement::{Line, LineKind};
use dmp_core::summary::{Concept, DeviceState, Fact, Medicine, MedicineStage, Party, Period, Proof, What};

/// Facts of lines, in the order and with the proof of the CNAM-HR document: a section for each kind, its entries in the order of the lines.
pub fn of_lines(lines: &[Line]) -> Vec<Fact> {
    let mut facts = Vec::with_capacity(lines.len());
    for kind in LineKind::ALL {
        let of_kind = lines.iter().filter(|line| line.kind == kind);
        facts.extend(of_kind.enumerate().map(|(position, line)| of_line(line, position)));
    }
    facts
}

fn of_line(line: &Line, position: usize) -> Fact {
    let (section, title) = section(line.kind);
    let period = Period { from: Some(line.date), to: line.until.or(is_moment(line.kind).then_some(line.date)) };
    let concept = Concept { text: line.code.display.clone(), codes: codes(line) };
    let proof = Proof {
        section: section.to_owned(),
        section_title: title.to_owned(),
        position: u32::try_from(position).unwrap_or(u32::MAX),
        anchor: Some(format!("{}{:03}", anchor(line.kind), position.saturating_add(1))),
        quote: concept.text.chars().take(Proof::QUOTE_MAX).collect(),
    };
    Fact { what: what(line), concept, period, by: by(line), proof }
}

/// Section code and title of the CNAM-HR document.
fn section(kind: LineKind) -> (&'static str, &'static str) {
    match kind {
        LineKind::Medicine => ("10160-0", "Médicaments"),
        LineKind::Vaccination => ("11369-6", "Vaccinations"),
        LineKind::Device => ("46264-8", "Dispositifs médicaux"),
        LineKind::Stay => ("46240-8", "Hospitalisations"),
        LineKind::Care => ("29554-3", "Soins médicaux et dentaires"),
        LineKind::Imaging => ("29554-3", "Radiologie"),
        LineKind::Biology => ("29554-3", "Biologie"),
    }
}

/// How the anchors of a section begin.
fn anchor(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Medicine => "MED",
        LineKind::Vaccination => "VAC",
        LineKind::Device => "DM",
        LineKind::Stay => "HOSP",
        LineKind::Care => "ACTE",
        LineKind::Imaging => "RAD",
        LineKind::Biology => "BIO",
    }
}

fn is_moment(kind: LineKind) -> bool {
    kind != LineKind::Stay
}

fn codes(line: &Line) -> Vec<Code> {
    [line.code.clone()].into_iter().chain(line.product.group.clone()).collect()
}

fn what(line: &Line) -> What {
    match line.kind {
        LineKind::Medicine => What::Medicine(Medicine {
            stage: MedicineStage::Reimbursed,
            substances: line.product.components.iter().cloned().map(component).collect(),
            dose: String::new(),
            quantity: line.quantity.to_string(),
            long_term: false,
            stopped: false,
        }),
        LineKind::Vaccination => What::Vaccination {
            against: line.product.group.iter().cloned().map(Concept::coded).collect(),
            batch: String::new(),
            dose: None,
            refused: false,
        },
        LineKind::Device => What::Device { state: DeviceState::Delivered },
        LineKind::Stay => What::Stay,
        LineKind::Care | LineKind::Imaging | LineKind::Biology => What::Act,
    }
}

/// A component without a code is a name alone.
fn component(code: Code) -> Concept {
    if code.code.is_empty() { Concept::words(code.display) } else { Concept::coded(code) }
}

/// The prescriber of what was handed out, the performer of what was done.
fn by(line: &Line) -> Party {
    let is_handed_out = matches!(line.kind, LineKind::Medicine | LineKind::Vaccination | LineKind::Device);
    if is_handed_out && !line.prescriber.name.is_empty() { line.prescriber.clone() } else { line.performer.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::reimbursement::Product;
    use dmp_core::summary::When;

    fn line(kind: LineKind, id: &str) -> Line {
        let party = |name: &str| Party { name: name.to_owned(), ..Party::default() };
        Line {
            id: id.to_owned(),
            kind,
            code: Code::new("1", "1.2.3", format!("Libellé {id}")),
            product: Product { group: Some(Code::new("C10", "1.2.4", "Lipides")), components: vec![Code::new("", "", "Rosuvastatine")] },
            quantity: 2,
            date: When::day(2026, 3, 1),
            until: (kind == LineKind::Stay).then(|| When::day(2026, 3, 4)),
            prescriber: party("DR Test UN"),
            performer: party("Pharmacie du Test"),
        }
    }

    #[test]
    fn lines_become_the_facts_of_the_sections_of_their_document() {
        let lines = [line(LineKind::Biology, "b1"), line(LineKind::Medicine, "m1"), line(LineKind::Stay, "s1"), line(LineKind::Biology, "b2")];
        let facts = of_lines(&lines);
        let places: Vec<_> = facts.iter().map(|fact| (fact.proof.section.as_str(), fact.proof.position, fact.concept.text.as_str())).collect();
        assert_eq!(places, [("10160-0", 0, "Libellé m1"), ("46240-8", 0, "Libellé s1"), ("29554-3", 0, "Libellé b1"), ("29554-3", 1, "Libellé b2")]);
        assert!(matches!(&facts[0].what, What::Medicine(medicine) if medicine.stage == MedicineStage::Reimbursed && medicine.quantity == "2"));
        assert_eq!((facts[0].by.name.as_str(), facts[2].by.name.as_str()), ("DR Test UN", "Pharmacie du Test"));
        assert_eq!(facts[1].period, Period { from: Some(When::day(2026, 3, 1)), to: Some(When::day(2026, 3, 4)) });
        assert!(matches!(facts[1].what, What::Stay) && matches!(facts[2].what, What::Act));
        assert!(of_lines(&[]).is_empty());
    }
}
