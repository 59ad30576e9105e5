//! Prints the facts of documents, one a line: `cargo run -p dmp-interop --example facts -- FILE…`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for developers, not the program")]

use dmp_core::summary::{Fact, Period};
use dmp_interop::extract;

fn main() {
    for path in std::env::args().skip(1) {
        let kind = if path.ends_with(".json") {
            "application/fhir+json"
        } else if path.ends_with(".pdf") {
            "application/pdf"
        } else {
            "text/xml"
        };
        let reading = extract::read(kind, &std::fs::read(&path).unwrap());
        let apart = reading.apart.as_ref().map_or(0, Vec::len);
        println!(
            "# {path}: {:?}, {} facts, {} parts, {apart} bytes to be read apart, subject {:?}",
            reading.extraction,
            reading.facts.len(),
            reading.text.len(),
            reading.subject
        );
        reading.facts.iter().for_each(print);
    }
}

fn print(fact: &Fact) {
    let codes: Vec<String> = fact.concept.codes.iter().map(|code| format!("{}@{}", code.code, code.system)).collect();
    let proof = &fact.proof;
    let anchor = proof.anchor.as_deref().unwrap_or("-");
    println!(
        "{:?}\t{}\t{}\t{}\t{:?}",
        fact.what,
        fact.concept.text,
        codes.join(" "),
        dates(fact.period),
        (&fact.by.name, &fact.by.role, &fact.by.place)
    );
    println!("\t\t[{} {} #{} {}] {}", proof.section, proof.section_title, proof.position, anchor, proof.quote);
}

fn dates(period: Period) -> String {
    let end = |end: Option<dmp_core::summary::When>| end.map_or_else(|| "?".to_owned(), dmp_core::summary::When::to_iso);
    if period.from == period.to { end(period.from) } else { format!("{}..{}", end(period.from), end(period.to)) }
}
