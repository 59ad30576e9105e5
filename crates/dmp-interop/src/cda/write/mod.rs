//! Writing CDA R2 documents of our own: the reimbursements of the insurer, the two French medical summaries,
//! what the person says of themself.
//!
//! Every document has the header of the CI-SIS (`interop.md` 6), tables for people with an `ID` on each line, and entries that point to it.
//! Text grows in one string; no tree is built.

mod code;
mod entry;
mod header;
mod ips_fr;
mod moment;
mod narrative;
mod part;
mod parts;
mod people;
mod personal;
mod reimbursements;
mod signed;
mod vsm;

pub use header::{Identity, Subject};
pub use ips_fr::ips_fr;
pub use personal::{Personal, personal, written_directives};
pub use reimbursements::{Reimbursements, Shelf, reimbursements, shelf};
pub use signed::Signed;
pub use vsm::vsm;

use crate::xml::Xml;
use narrative::LOINC;

/// A section with its templates, LOINC code and title; `body` writes its `text`, then its entries or sections.
fn section(x: &mut Xml, templates: &[&str], code: (&str, &str), title: &str, body: impl FnOnce(&mut Xml)) {
    x.within("component", &[], |x| {
        x.within("section", &[], |x| {
            x.templates(templates);
            x.fixed("<id nullFlavor=\"UNK\"/>\n");
            x.code("code", code, LOINC);
            x.text("title", &[], title);
            body(x);
        });
    });
}
