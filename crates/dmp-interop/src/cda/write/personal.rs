//! What the person says of themself (*expression personnelle du patient*): one statement a document, signed by nobody but its author.
//!
//! The public models have no *volet* for it; the header is that of the CI-SIS with the codes `EXP_PATIENT` of JDV_J01, J02 and J04, and
//! sections and entries are those of the medical summary, so that whoever reads one reads the other.

use dmp_core::EntryId;
use dmp_core::Moment;
use dmp_core::document::{Author, TypeCode, system};
use dmp_core::identity::InsAuthority;
use dmp_core::statement::{ORGANS, Role, Statement};
use dmp_core::summary::{Fact, Heading, Knowledge, Line, Medicine, Observation, Proof, Source, Value, What, When};

use super::code::{concept, words};
use super::entry;
use super::header::{Identity, Kind, Subject, document, related};
use super::moment::{hl7, shown, shown_period, stamp};
use super::narrative::{LOINC, bare_table, row, sentence};
use super::part::{Names, Part, Place};
use super::people::name;
use super::{parts, section};
use crate::cda::tree::{HL7, child, children};
use crate::cda::{Cda, Limits, read_text};
use crate::xml::Xml;

/// What the document is made of.
#[derive(Debug, Clone, Copy)]
pub struct Personal<'a> {
    pub identity: Identity<'a>,
    pub subject: Subject<'a>,
    /// The person, or who writes in their name; the identifier is the matricule.
    pub author: &'a Author,
    pub statement: &'a Statement,
}

/// Room for a document.
const BYTES: usize = 12 * 1024;

/// The document.
pub fn personal(input: &Personal<'_>) -> Vec<u8> {
    let code = input.statement.kind().type_code();
    let label = TypeCode::parse(code).map_or("", |known| known.label());
    let title = input.statement.title();
    let kind = Kind { templates: &[], code, label, title: &title };
    document(BYTES, kind, &input.identity, &input.subject, |x| people(x, input), |x| body(x, input))
}

fn people(x: &mut Xml, input: &Personal<'_>) {
    let time = stamp(input.identity.created_at);
    x.within("author", &[], |x| {
        x.leaf("time", &[("value", &time)]);
        x.within("assignedAuthor", &[], |x| author(x, input));
    });
    x.fixed(CUSTODIAN);
    if let Statement::Contact { .. } = input.statement {
        input.statement.facts().iter().for_each(|fact| contact(x, input.statement, fact));
    }
    let day = input.statement.day().map_or(time, hl7);
    x.within("documentationOf", &[], |x| {
        x.within("serviceEvent", &[], |x| {
            x.within("effectiveTime", &[], |x| x.leaf("low", &[("value", &day)]));
            x.fixed(PERFORMER);
        });
    });
    related(x, &input.identity);
    x.fixed(ENCOUNTER);
}

fn author(x: &mut Xml, input: &Personal<'_>) {
    let own = InsAuthority::oid(input.subject.ins.authority());
    match &input.author.id {
        Some(id) => x.leaf("id", &[("root", own), ("extension", id)]),
        None => x.leaf("id", &[("nullFlavor", "UNK")]),
    }
    x.code("code", ("EXP_PATIENT", "Expression personnelle du patient"), (system::TRE_A00, "TRE_A00"));
    x.fixed("<addr nullFlavor=\"NASK\"/>\n<telecom nullFlavor=\"NASK\"/>\n");
    x.within("assignedPerson", &[], |x| name(x, &input.author.name));
}

/// The record keeps what its holder says.
const CUSTODIAN: &str = r#"<custodian>
<assignedCustodian>
<representedCustodianOrganization>
<id nullFlavor="NA"/>
<name>Dossier médical partagé</name>
</representedCustodianOrganization>
</assignedCustodian>
</custodian>
"#;

const PERFORMER: &str = r#"<performer typeCode="PRF">
<assignedEntity>
<id nullFlavor="NA"/>
<representedOrganization>
<standardIndustryClassCode code="EXP_PATIENT" displayName="Expression personnelle du patient" codeSystem="1.2.250.1.213.1.1.4.6"/>
</representedOrganization>
</assignedEntity>
</performer>
"#;

const ENCOUNTER: &str = r#"<componentOf>
<encompassingEncounter>
<effectiveTime nullFlavor="NA"/>
<location>
<healthCareFacility>
<code code="EXP_PATIENT" displayName="Expression personnelle du patient" codeSystem="1.2.250.1.213.1.1.4.6"/>
</healthCareFacility>
</location>
</encompassingEncounter>
</componentOf>
"#;

/// Somebody to call or to trust stands in the header, as in the medical summary.
fn contact(x: &mut Xml, statement: &Statement, fact: &Fact) {
    let (Statement::Contact { role, .. }, What::Contact { telecom }) = (statement, &fact.what) else { return };
    x.within("participant", &[("typeCode", "IND")], |x| {
        x.within("associatedEntity", &[("classCode", role.class())], |x| {
            x.fixed("<addr nullFlavor=\"NASK\"/>\n");
            x.leaf("telecom", &[("value", &format!("tel:{telecom}"))]);
            // The parts of a name are not known: it is shown as it was typed.
            x.within("associatedPerson", &[], |x| x.within("name", &[], |x| x.text("family", &[], &fact.by.name)));
        });
    });
}

fn body(x: &mut Xml, input: &Personal<'_>) {
    let names = Names::new(&input.identity);
    let facts = input.statement.facts();
    let heading = heading(&facts, input.author, input.identity.created_at);
    match input.statement {
        Statement::Allergy { .. } => parts::allergies(x, &names, &heading),
        Statement::Measure { .. } => measures(x, &names, &facts),
        Statement::Medicine { .. } => medicines(x, &names, &heading),
        Statement::Family { .. } => parts::family(x, &names, &heading),
        Statement::Directives { words } => wishes(x, &names, &facts, "Directives anticipées", words),
        Statement::DirectivesKept { .. } => wishes(x, &names, &facts, "Directives anticipées", ""),
        Statement::Organs { .. } => wishes(x, &names, &facts, ORGANS, ""),
        Statement::Contact { role, .. } => contacts(x, *role, &facts),
    }
}

/// Lines that the author answers for alone.
fn heading(facts: &[Fact], author: &Author, at: Moment) -> Heading {
    let today = When::in_paris(at);
    let line = |fact: &Fact| {
        let source = Source {
            entry: EntryId([0; 16]),
            title: String::new(),
            type_code: String::new(),
            author: author.name.display(),
            when: today,
            stage: None,
            proof: Proof::default(),
        };
        Line { fact: fact.clone(), sources: vec![source], first_seen: today, last_seen: today, is_new: false, old: None }
    };
    Heading { knowledge: Knowledge::Known, lines: facts.iter().map(line).collect(), denials: Vec::new() }
}

fn medicines(x: &mut Xml, names: &Names<'_>, heading: &Heading) {
    let part = Part {
        templates: &["2.16.840.1.113883.10.20.1.8", "1.3.6.1.4.1.19376.1.5.3.1.3.19", "1.2.250.1.213.1.1.2.143"],
        code: ("10160-0", "Traitements"),
        title: "Médicaments pris sans ordonnance",
        prefix: "traitement",
        heads: &["Médicament", "Posologie", "Depuis"],
        named: 0,
        empty: [""; 2],
    };
    let cells = |line: &Line| match &line.fact.what {
        What::Medicine(Medicine { dose, .. }) => vec![words(&line.fact.concept).to_owned(), dose.clone(), shown_period(line.fact.period)],
        _ => Vec::new(),
    };
    part.write(x, names, heading, cells, entry::treatment, |_, _, _| {});
}

/// *Constantes* (8716-3): the values of one moment, to the minute when it is known.
fn measures(x: &mut Xml, names: &Names<'_>, facts: &[Fact]) {
    let templates = ["2.16.840.1.113883.10.20.1.16", "1.3.6.1.4.1.19376.1.5.3.1.3.25", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2", "1.2.250.1.213.1.1.2.75"];
    section(x, &templates, ("8716-3", "Signes vitaux"), "Mesures", |x| {
        let placed: Vec<(Place<'_>, &Fact)> = facts.iter().enumerate().map(|(position, fact)| (names.place("mesure", position), fact)).collect();
        x.within("text", &[], |x| {
            bare_table(x, &["Mesure", "Valeur", "Date", "Heure"], |x| {
                for (place, fact) in &placed {
                    let at = fact.period.from;
                    let minute = at.and_then(|at| at.minute).map(|minute| format!("{} h {:02}", minute / 60, minute % 60)).unwrap_or_default();
                    let cells = [words(&fact.concept).to_owned(), value_words(fact), at.map(shown).unwrap_or_default(), minute];
                    row(x, &place.anchor, 0, &cells.each_ref().map(String::as_str));
                }
            });
        });
        if let Some((first, fact)) = placed.first() {
            let time = fact.period.from.map(minute_stamp).unwrap_or_default();
            x.within("entry", &[], |x| organizer(x, first, &time, &placed));
        }
    });
}

fn organizer(x: &mut Xml, first: &Place<'_>, time: &str, placed: &[(Place<'_>, &Fact)]) {
    x.within("organizer", &[("classCode", "CLUSTER"), ("moodCode", "EVN")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.32", "2.16.840.1.113883.10.20.1.35", "1.3.6.1.4.1.19376.1.5.3.1.4.13.1", "1.2.250.1.213.1.1.3.49"]);
        first.id(x);
        x.code("code", ("85353-1", "Signes vitaux"), LOINC);
        x.fixed("<statusCode code=\"completed\"/>\n");
        x.leaf("effectiveTime", &[("value", time)]);
        for (place, fact) in placed {
            x.within("component", &[("typeCode", "COMP")], |x| measured(x, place, fact, time));
        }
    });
}

fn measured(x: &mut Xml, place: &Place<'_>, fact: &Fact, time: &str) {
    x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
        x.templates(&[
            "2.16.840.1.113883.10.20.1.31",
            "1.3.6.1.4.1.19376.1.5.3.1.4.13",
            "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
            "1.2.250.1.213.1.1.3.50",
        ]);
        place.id_of(x, ".1");
        concept(x, "code", &[], &fact.concept, "OTH", &place.anchor);
        x.reference("text", &place.anchor);
        x.fixed("<statusCode code=\"completed\"/>\n");
        x.leaf("effectiveTime", &[("value", time)]);
        if let What::Observation(Observation { value: Value::Quantity { number, unit, .. }, .. }) = &fact.what {
            x.leaf("value", &[("xsi:type", "PQ"), ("value", number), ("unit", unit)]);
        }
    });
}

fn value_words(fact: &Fact) -> String {
    match &fact.what {
        What::Observation(Observation { value: Value::Quantity { number, unit, .. }, .. }) => format!("{} {unit}", number.replace('.', ",")),
        _ => String::new(),
    }
}

/// A day, and its minute as the clock of the person showed it.
fn minute_stamp(when: When) -> String {
    let minute = when.minute.map(|minute| format!("{:02}{:02}", minute / 60, minute % 60)).unwrap_or_default();
    format!("{}{minute}", hl7(when))
}

/// *Directives anticipées* (42348-3): one wish, and the text that is written here.
fn wishes(x: &mut Xml, names: &Names<'_>, facts: &[Fact], asked: &str, written: &str) {
    let templates = ["2.16.840.1.113883.10.20.1.1", "1.3.6.1.4.1.19376.1.5.3.1.3.34", "1.3.6.1.4.1.19376.1.5.3.1.3.35", "1.2.250.1.213.1.1.2.157"];
    section(x, &templates, DIRECTIVES, "Volontés", |x| {
        let place = names.place("volonte", 0);
        x.within("text", &[], |x| {
            bare_table(x, &["Volonté", "Précision"], |x| facts.iter().for_each(|fact| row(x, &place.anchor, 0, &[asked, words(&fact.concept)])));
            written.lines().for_each(|line| x.text("paragraph", &[], line));
        });
        x.within("entry", &[], |x| {
            x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
                x.templates(&[
                    "2.16.840.1.113883.10.20.1.17",
                    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
                    "1.3.6.1.4.1.19376.1.5.3.1.4.13.7",
                    "1.2.250.1.213.1.1.3.54",
                ]);
                place.id(x);
                // The value set has no code for organ donation: its words.
                if asked == ORGANS {
                    x.within("code", &[("nullFlavor", "OTH")], |x| x.reference("originalText", &place.anchor));
                } else {
                    x.code("code", (DIRECTIVES.0, asked), LOINC);
                }
                x.reference("text", &place.anchor);
                x.fixed("<statusCode code=\"completed\"/>\n<effectiveTime nullFlavor=\"NA\"/>\n");
            });
        });
    });
}

const DIRECTIVES: (&str, &str) = ("42348-3", "Directives anticipées");

/// The contact as people read it; what a machine reads stands in the header.
fn contacts(x: &mut Xml, role: Role, facts: &[Fact]) {
    let said = facts.iter().map(|fact| match &fact.what {
        What::Contact { telecom } => format!("{} : {}, téléphone {telecom}", role.words(), fact.by.name),
        _ => String::new(),
    });
    let said = said.collect::<Vec<_>>().join("\n");
    section(x, &["1.2.250.1.213.1.1.2.73"], ("55112-7", "Commentaire sur le document"), "Contact", |x| sentence(x, "contact", &said));
}

/// The lines of directives that stand in a document whole; empty when it has none. Takes any bytes.
pub fn written_directives(bytes: &[u8]) -> String {
    let Ok(text) = read_text(bytes, Limits::default()) else { return String::new() };
    let Ok(cda) = Cda::parse(&text, Limits::default()) else { return String::new() };
    let is_directives = |node: &roxmltree::Node<'_, '_>| child(*node, "code").is_some_and(|code| code.attribute("code") == Some(DIRECTIVES.0));
    let found = cda.clinical_document().descendants().filter(|node| node.has_tag_name((HL7, "section"))).find(is_directives);
    let paragraphs = found.into_iter().filter_map(|section| child(section, "text")).flat_map(|text| children(text, "paragraph"));
    paragraphs.map(|line| line.text().unwrap_or_default().to_owned()).collect::<Vec<_>>().join("\n")
}
