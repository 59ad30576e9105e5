//! The files of the insurer's feed: finding records in them, reading their columns, checking each line.

mod check;
mod column;
mod csv;
mod ndjson;
mod parquet;
mod record;
mod reject;
mod source;
mod text;

pub(crate) use check::{Checked, Rules, Word, check};
pub(crate) use column::{Column, Raw};
pub(crate) use record::records;
pub(crate) use reject::Fault;
pub use reject::Reject;
pub(crate) use source::{Block, Content, Form, Source, TextForm};

/// The header of a CSV file and two lines of invented people, to start from.
pub fn template() -> String {
    let header: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
    let rows = [
        "2025-000001;279035121518989;1.2.250.1.213.1.4.10;medicine;cip13;3400930000007;METFORMINE 1000 mg, comprimé;A10BA02;\
         Metformine;metformine;1;2025-05-19;;Dr Anne EXEMPLE;Médecine générale;Cabinet des Tilleuls;Pharmacie du Pont;Pharmacie;\
         Pharmacie du Pont;",
        "2025-000002;279035121518989;1.2.250.1.213.1.4.10;stay;ghm;05K061;\"Séjour de cardiologie; moins de 2 jours\";;;;1;2025-04-12;\
         2025-04-14;;;;;;Clinique des Essais;",
    ];
    format!("{}\n{}\n", header.join(";"), rows.join("\n"))
}

#[cfg(test)]
mod tests;
