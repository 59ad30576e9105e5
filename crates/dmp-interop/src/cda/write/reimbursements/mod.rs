//! *Données de remboursement* (`REMB`), model CNAM-HR 2021.01: what the insurer reimbursed in a period.
//!
//! Within a section, lines and entries stand in the order in which the lines of that kind are given; people expect the newest first.

mod act;
mod product;

use dmp_core::reimbursement::{Line, LineKind};
use dmp_core::summary::When;

use super::header::{Identity, Kind, Subject, document, related};
use super::moment::{hl7, stamp};
use super::section;
use crate::xml::Xml;

/// What the document is made of.
#[derive(Debug, Clone, Copy)]
pub struct Reimbursements<'a> {
    pub identity: Identity<'a>,
    pub subject: Subject<'a>,
    /// First and last day that it covers.
    pub from: When,
    pub to: When,
    pub lines: &'a [Line],
}

/// Where lines of one kind stand in the document. Care, imaging and analyses share their code: the title tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    /// LOINC code of the section.
    pub code: &'static str,
    pub title: &'static str,
    /// The `ID` of the nth line is this prefix and n with three digits, from 1.
    pub prefix: &'static str,
}

impl Shelf {
    /// The `ID` of the line at a position of its section, from 0.
    pub fn anchor(self, position: usize) -> String {
        format!("{}{:03}", self.prefix, position.saturating_add(1))
    }
}

/// Where lines of a kind stand.
pub fn shelf(kind: LineKind) -> Shelf {
    let (code, title, prefix) = match kind {
        LineKind::Medicine => ("10160-0", "Médicaments", "MED"),
        LineKind::Vaccination => ("11369-6", "Vaccinations", "VAC"),
        LineKind::Device => ("46264-8", "Dispositifs médicaux", "DM"),
        LineKind::Stay => ("46240-8", "Hospitalisations", "HOSP"),
        LineKind::Care => ("29554-3", "Soins médicaux et dentaires", "ACTE"),
        LineKind::Imaging => ("29554-3", "Radiologie", "RAD"),
        LineKind::Biology => ("29554-3", "Biologie", "BIO"),
    };
    Shelf { code, title, prefix }
}

const KIND: Kind<'static> =
    Kind { templates: &["1.2.250.1.213.1.1.1.36 2021.01"], code: "REMB", label: "Données de remboursement", title: "Données de remboursement" };

/// Bytes of a document without lines, and of one line: measured, so that the text is made room for once.
const EMPTY_BYTES: usize = 12_500;
const LINE_BYTES: usize = 1_900;

/// The document.
pub fn reimbursements(input: &Reimbursements<'_>) -> Vec<u8> {
    let capacity = EMPTY_BYTES.saturating_add(input.lines.len().saturating_mul(LINE_BYTES));
    document(capacity, KIND, &input.identity, &input.subject, |x| people(x, input), |x| body(x, input.lines))
}

/// Author, custodian and responsible party are the insurer, as in the public example of the model.
fn people(x: &mut Xml, input: &Reimbursements<'_>) {
    let time = stamp(input.identity.created_at);
    x.within("author", &[], |x| {
        x.leaf("time", &[("value", &time)]);
        x.fixed(AUTHOR);
    });
    x.fixed(CUSTODIAN);
    x.within("legalAuthenticator", &[], |x| {
        x.leaf("time", &[("value", &time)]);
        x.fixed(RESPONSIBLE);
    });
    x.within("documentationOf", &[], |x| {
        x.within("serviceEvent", &[], |x| {
            x.within("effectiveTime", &[], |x| {
                x.leaf("low", &[("value", &hl7(input.from))]);
                x.leaf("high", &[("value", &hl7(input.to))]);
            });
            x.fixed(PERFORMER);
        });
    });
    related(x, &input.identity);
    x.fixed(ENCOUNTER);
}

const AUTHOR: &str = r#"<assignedAuthor>
<id root="1.2.250.1.71.4.2.1" extension="518003502400041/1.2.250.1.215.1.2"/>
<code code="ALIM_AM" displayName="Alimentation automatique à partir du Système d'Information de l'Assurance Maladie" codeSystem="1.2.250.1.213.1.1.4.6"/>
<addr nullFlavor="NASK"/>
<telecom nullFlavor="NASK"/>
<assignedAuthoringDevice>
<manufacturerModelName>.</manufacturerModelName>
<softwareName>Assurance Maladie</softwareName>
</assignedAuthoringDevice>
<representedOrganization>
<id root="1.2.250.1.71.4.2.2" extension="318003502400041"/>
<name>Assurance Maladie</name>
</representedOrganization>
</assignedAuthor>
"#;

const CUSTODIAN: &str = r#"<custodian>
<assignedCustodian>
<representedCustodianOrganization>
<id root="1.2.250.1.71.4.2.2" extension="318003502400041"/>
<name>Assurance Maladie</name>
</representedCustodianOrganization>
</assignedCustodian>
</custodian>
"#;

const RESPONSIBLE: &str = r#"<signatureCode code="S"/>
<assignedEntity>
<id root="1.2.250.1.71.4.2.1" extension="518003502400041/1.2.250.1.215.1.2"/>
<addr nullFlavor="NASK"/>
<telecom nullFlavor="NASK"/>
<assignedPerson>
<name>
<given>.</given>
<family>Assurance Maladie</family>
</name>
</assignedPerson>
</assignedEntity>
"#;

const PERFORMER: &str = r#"<performer typeCode="PRF">
<assignedEntity>
<id nullFlavor="NA"/>
<representedOrganization>
<standardIndustryClassCode code="AMO" displayName="Organisme d'assurance maladie obligatoire" codeSystem="1.2.250.1.213.1.1.4.9"/>
</representedOrganization>
</assignedEntity>
</performer>
"#;

const ENCOUNTER: &str = r#"<componentOf>
<encompassingEncounter>
<effectiveTime nullFlavor="NA"/>
<location>
<healthCareFacility>
<code code="SA24" displayName="Organisme de sécurité sociale" codeSystem="1.2.250.1.71.4.2.4"/>
</healthCareFacility>
</location>
</encompassingEncounter>
</componentOf>
"#;

fn body(x: &mut Xml, lines: &[Line]) {
    x.fixed(USAGE);
    for kind in LineKind::ALL {
        let of_kind: Vec<&Line> = lines.iter().filter(|line| line.kind == kind).collect();
        match kind {
            LineKind::Medicine => product::medicines(x, &of_kind),
            LineKind::Vaccination => product::vaccinations(x, &of_kind),
            LineKind::Device => product::devices(x, &of_kind),
            LineKind::Stay => act::stays(x, &of_kind),
            LineKind::Care | LineKind::Imaging | LineKind::Biology => act::acts(x, kind, &of_kind),
        }
    }
}

/// How far the data may be relied on, in words of our own.
const USAGE: &str = r#"<component>
<section>
<templateId root="2.16.840.1.113883.10.12.201"/>
<templateId root="1.3.6.1.4.1.19376.1.4.1.2.16"/>
<templateId root="1.2.250.1.213.1.1.2.73"/>
<code code="55112-7" displayName="Commentaire sur le document" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC"/>
<title>Usage et Responsabilités</title>
<text ID="mention">Ces données disent ce que l'Assurance Maladie a remboursé ou pris en charge pendant la période du document.
<br/>Elles informent seulement : elles peuvent être incomplètes, par exemple après un changement de caisse ou de régime.
<br/>Un remboursement ne prouve ni une prise de médicament ni un diagnostic. Qui les interprète ou décide d'après elles en est seul responsable.</text>
</section>
</component>
"#;

/// What a section without lines says.
const NOTHING: &str = "Aucune donnée de remboursement connue dans la période";

/// A section of one kind: its table and entries, or `nothing` when there are no lines.
struct Part<'a> {
    kind: LineKind,
    templates: &'a [&'a str],
    /// Words of the section's code.
    label: &'a str,
    heads: &'a [&'a str],
    /// `ID` of the sentence of an empty section.
    empty: &'a str,
    /// The coded entry of an empty section, which points to that sentence.
    nothing: &'static str,
}

impl Part<'_> {
    fn write(&self, x: &mut Xml, lines: &[&Line], row: impl Fn(&mut Xml, &Line, &str), entry: impl Fn(&mut Xml, &Line, &str)) {
        let shelf = shelf(self.kind);
        section(x, self.templates, (shelf.code, self.label), shelf.title, |x| self.fill(x, lines, row, entry));
    }

    fn fill(&self, x: &mut Xml, lines: &[&Line], row: impl Fn(&mut Xml, &Line, &str), entry: impl Fn(&mut Xml, &Line, &str)) {
        if lines.is_empty() {
            super::narrative::sentence(x, self.empty, NOTHING);
            return x.fixed(self.nothing);
        }
        let shelf = shelf(self.kind);
        let named = |position: usize| shelf.anchor(position);
        super::narrative::table(x, self.heads, |x| {
            lines.iter().enumerate().for_each(|(position, line)| row(x, line, &named(position)));
        });
        for (position, line) in lines.iter().enumerate() {
            x.within("entry", &[], |x| entry(x, line, &named(position)));
        }
    }
}
