//! ITI-67: the search for document references.

use dmp_core::Issue;
use dmp_core::document::{Author, AvailabilityStatus, Code, DocumentEntry, system};
use dmp_core::identity::PS_ID_NAT_OID;
use dmp_core::ids::EntryId;

use super::value::{DateTest, SealedReference, TextTest, Token};
use super::{Parameter, SearchFrame, read, text_parameter};
use crate::fhir::urls;

/// A search for documents: one person, and criteria that must all hold.
#[derive(Debug, Clone)]
pub struct DocumentQuery {
    pub frame: SearchFrame,
    criteria: Vec<Criterion>,
}

/// One parameter; its values are alternatives.
#[derive(Debug, Clone)]
enum Criterion {
    Status(Vec<Token>),
    Type(Vec<Token>),
    Category(Vec<Token>),
    Setting(Vec<Token>),
    Facility(Vec<Token>),
    Format(Vec<Token>),
    Event(Vec<Token>),
    SecurityLabel(Vec<Token>),
    Identifier(Vec<Token>),
    Creation(Vec<DateTest>),
    Date(Vec<DateTest>),
    Period(Vec<DateTest>),
    PeriodStart(Vec<DateTest>),
    PeriodEnd(Vec<DateTest>),
    LastUpdated(Vec<DateTest>),
    Archived(Vec<bool>),
    RelatesTo(Vec<SealedReference>),
    Related(Vec<Token>),
    AuthorGiven(Vec<TextTest>),
    AuthorFamily(Vec<TextTest>),
    AuthorIdentifier(Vec<Token>),
    Author(Vec<SealedReference>),
    Id(Vec<SealedReference>),
}

impl DocumentQuery {
    /// Reads a query string (GET) or form body (POST `_search`).
    ///
    /// # Errors
    /// Every finding: `search-parameter-unknown`, `search-parameter-missing`, `search-parameter-value`, `search-too-complex`.
    pub fn parse(query: &str) -> Result<Self, Vec<Issue>> {
        let (frame, criteria) = read(query, criterion)?;
        Ok(DocumentQuery { frame, criteria })
    }

    /// Opens the sealed ids of `_id` and `relatesto`; what `open` does not know matches nothing.
    pub fn resolve(&mut self, open: impl Fn(&str) -> Option<EntryId>) {
        for criterion in &mut self.criteria {
            if let Criterion::Id(references) | Criterion::RelatesTo(references) = criterion {
                for reference in references {
                    reference.entry = open(&reference.id);
                }
            }
        }
    }

    /// Whether the search asks for archived or unarchived documents by name.
    pub fn names_archived(&self) -> bool {
        self.criteria.iter().any(|criterion| matches!(criterion, Criterion::Archived(_)))
    }

    /// Whether an entry is meant. Rights are judged elsewhere, before.
    pub fn matches(&self, entry: &DocumentEntry) -> bool {
        self.criteria.iter().all(|criterion| criterion.holds(entry))
    }
}

fn criterion(parameter: &Parameter) -> Option<Result<Criterion, Issue>> {
    let (name, matching) = text_parameter(&parameter.name);
    match name {
        "author.given" | "author:Practitioner.given" => return Some(parameter.texts(matching).map(Criterion::AuthorGiven)),
        "author.family" | "author:Practitioner.family" => return Some(parameter.texts(matching).map(Criterion::AuthorFamily)),
        _ => {}
    }
    let (dates, tokens) = (|| parameter.dates(), || parameter.tokens());
    Some(match parameter.name.as_str() {
        "status" => tokens().map(Criterion::Status),
        "type" => tokens().map(Criterion::Type),
        "category" => tokens().map(Criterion::Category),
        "setting" => tokens().map(Criterion::Setting),
        "facility" => tokens().map(Criterion::Facility),
        "format" => tokens().map(Criterion::Format),
        "event" => tokens().map(Criterion::Event),
        "security-label" => tokens().map(Criterion::SecurityLabel),
        "identifier" => tokens().map(Criterion::Identifier),
        "creation" => dates().map(Criterion::Creation),
        "date" => dates().map(Criterion::Date),
        "period" => dates().map(Criterion::Period),
        "period-start" => dates().map(Criterion::PeriodStart),
        "period-end" => dates().map(Criterion::PeriodEnd),
        "_lastUpdated" => dates().map(Criterion::LastUpdated),
        "isArchived" | "is-archived" => parameter.flags().map(Criterion::Archived),
        "relatesto" | "relatesTo" | "relates-to" => references(parameter).map(Criterion::RelatesTo),
        "related" | "related:identifier" | "related.identifier" => tokens().map(Criterion::Related),
        "author.identifier" | "author:identifier" | "author:Practitioner.identifier" => tokens().map(Criterion::AuthorIdentifier),
        "author" => references(parameter).map(Criterion::Author),
        "_id" => references(parameter).map(Criterion::Id),
        _ => return None,
    })
}

fn references(parameter: &Parameter) -> Result<Vec<SealedReference>, Issue> {
    parameter.each("<type>/<id>", SealedReference::parse)
}

impl Criterion {
    fn holds(&self, entry: &DocumentEntry) -> bool {
        match self {
            Criterion::Status(tokens) => {
                tokens.iter().any(|token| token.accepts_parts("http://hl7.org/fhir/document-reference-status", status(entry.status)))
            }
            Criterion::Type(tokens) => tokens.iter().any(|token| token.accepts_parts(entry.type_code.system(), entry.type_code.as_str())),
            Criterion::Category(tokens) => tokens.iter().any(|token| token.accepts_parts(system::TRE_A03, entry.type_code.class().code)),
            Criterion::Setting(tokens) => any_code(tokens, &entry.practice_setting),
            Criterion::Facility(tokens) => any_code(tokens, &entry.facility_type),
            Criterion::Format(tokens) => any_code(tokens, &entry.format),
            Criterion::Event(tokens) => entry.event_codes.iter().any(|code| any_code(tokens, code)),
            Criterion::SecurityLabel(tokens) => tokens.iter().any(|token| has_label(token, entry)),
            Criterion::Identifier(tokens) => tokens.iter().any(|token| has_identifier(token, entry)),
            Criterion::Creation(tests) => tests.iter().any(|test| test.accepts(entry.created_at)),
            Criterion::Date(tests) => tests.iter().any(|test| test.accepts(entry.submitted_at)),
            Criterion::Period(tests) => tests.iter().any(|test| test.accepts_range(entry.service_start, entry.service_stop)),
            Criterion::PeriodStart(tests) => tests.iter().any(|test| test.accepts(entry.service_start)),
            Criterion::PeriodEnd(tests) => entry.service_stop.is_some_and(|stop| tests.iter().any(|test| test.accepts(stop))),
            Criterion::LastUpdated(tests) => tests.iter().any(|test| test.accepts(entry.updated_at)),
            Criterion::Archived(flags) => flags.contains(&matches!(entry.status, AvailabilityStatus::Archived(_))),
            Criterion::RelatesTo(references) => entry.replaces.is_some_and(|replaced| references.iter().any(|reference| reference.is(replaced))),
            Criterion::Related(tokens) => {
                entry.references.iter().any(|related| tokens.iter().any(|token| token.accepts_parts(&related.system, &related.value)))
            }
            Criterion::AuthorGiven(tests) => any_author(entry, |author| tests.iter().any(|test| test.accepts(&author.name.given))),
            Criterion::AuthorFamily(tests) => any_author(entry, |author| tests.iter().any(|test| test.accepts(&author.name.family))),
            Criterion::AuthorIdentifier(tokens) => any_author(entry, |author| tokens.iter().any(|token| is_author(token, author))),
            Criterion::Author(references) => {
                any_author(entry, |author| references.iter().any(|reference| author.id.as_deref() == Some(&reference.id)))
            }
            Criterion::Id(references) => references.iter().any(|reference| reference.is(entry.id)),
        }
    }
}

fn any_code(tokens: &[Token], code: &Code) -> bool {
    tokens.iter().any(|token| token.accepts(code))
}

fn any_author(entry: &DocumentEntry, holds: impl Fn(&Author) -> bool) -> bool {
    entry.authors.iter().any(holds)
}

fn status(status: AvailabilityStatus) -> &'static str {
    match status {
        AvailabilityStatus::Approved(_) | AvailabilityStatus::Archived(_) => "current",
        AvailabilityStatus::Deprecated(_) => "superseded",
        AvailabilityStatus::Deleted(_) => "entered-in-error",
    }
}

/// The HL7 code is found under any of its systems, the French ones under TRE_A07.
fn has_label(token: &Token, entry: &DocumentEntry) -> bool {
    token.accepts_parts(system::CONFIDENTIALITY, entry.visibility.confidentiality.code())
        || entry.visibility.codes().iter().any(|code| token.accepts_parts(system::TRE_A07, code))
}

/// uniqueId, entryUUID and logicalId are one parameter (`interop.md` 3.7).
fn has_identifier(token: &Token, entry: &DocumentEntry) -> bool {
    token.accepts_parts(urls::RFC_3986, &entry.unique_id)
        || token.accepts_parts(urls::RFC_3986, &entry.entry_uuid())
        || token.accepts_parts(urls::RFC_3986, &entry.id.to_urn_uuid())
        // `urn:oid:root|extension`, the two parts of a CDA id.
        || entry.unique_id.strip_prefix("urn:oid:").and_then(|id| id.split_once('^')).is_some_and(|(root, extension)| token.accepts_parts(root, extension))
}

/// A national identifier, or the RPPS number without its prefix.
pub(super) fn is_author(token: &Token, author: &Author) -> bool {
    let Some(id) = author.id.as_deref() else { return false };
    token.accepts_parts(PS_ID_NAT_OID, id) || id.strip_prefix('8').is_some_and(|rpps| token.accepts_parts(urls::RPPS, rpps))
}

#[cfg(test)]
#[path = "documents_tests.rs"]
mod tests;
