//! ITI-66: the search for submission sets and folders.

use dmp_core::document::{Author, AuthorKind, Code, Folder, SubmissionSet};
use dmp_core::identity::STRUCT_ID_NAT_OID;
use dmp_core::ids::EntryId;
use dmp_core::{Issue, Moment};

use super::documents::is_author;
use super::value::{DateTest, SealedReference, TextTest, Token};
use super::{Parameter, SearchFrame, TextMatch, read, text_parameter};
use crate::fhir::list::ListKind;
use crate::fhir::urls;

/// A search for lists: one person, and criteria that must all hold.
#[derive(Debug, Clone)]
pub struct ListQuery {
    pub frame: SearchFrame,
    criteria: Vec<Criterion>,
}

#[derive(Debug, Clone)]
enum Criterion {
    Code(Vec<Token>),
    Status(Vec<Token>),
    Date(Vec<DateTest>),
    LastUpdated(Vec<DateTest>),
    Designation(Vec<Token>),
    SourceId(Vec<Token>),
    Identifier(Vec<Token>),
    Title(Vec<TextTest>),
    Archived(Vec<bool>),
    Source(Vec<SealedReference>),
    SourceIdentifier(Vec<Token>),
    SourceGiven(Option<AuthorKind>, Vec<TextTest>),
    SourceFamily(Option<AuthorKind>, Vec<TextTest>),
    SourceName(Vec<TextTest>),
    AuthorOrg(Vec<(Token, TextTest)>),
    Id(Vec<SealedReference>),
}

/// What is searched of a submission set or folder.
struct View<'a> {
    id: EntryId,
    kind: ListKind,
    unique_id: &'a str,
    source_id: Option<&'a str>,
    title: &'a str,
    date: Moment,
    updated: Moment,
    designations: Vec<&'a Code>,
    author: Option<&'a Author>,
}

impl ListQuery {
    /// Reads a query string (GET) or form body (POST `_search`). Without `code`, both kinds are meant.
    ///
    /// # Errors
    /// Every finding, as for documents.
    pub fn parse(query: &str) -> Result<Self, Vec<Issue>> {
        let (frame, criteria) = read(query, criterion)?;
        Ok(ListQuery { frame, criteria })
    }

    /// Opens the sealed ids of `_id`; what `open` does not know matches nothing.
    pub fn resolve(&mut self, open: impl Fn(&str) -> Option<EntryId>) {
        for criterion in &mut self.criteria {
            if let Criterion::Id(references) = criterion {
                for reference in references {
                    reference.entry = open(&reference.id);
                }
            }
        }
    }

    /// Whether a submission set is meant.
    pub fn matches_submission_set(&self, set: &SubmissionSet) -> bool {
        self.holds(&View {
            id: set.id,
            kind: ListKind::SubmissionSet,
            unique_id: &set.unique_id,
            source_id: Some(&set.source_id),
            title: set.title.as_deref().unwrap_or_default(),
            date: set.declared_at,
            updated: set.submitted_at,
            designations: set.content_type.iter().collect(),
            author: Some(&set.author),
        })
    }

    /// Whether a folder is meant.
    pub fn matches_folder(&self, folder: &Folder) -> bool {
        self.holds(&View {
            id: folder.id,
            kind: ListKind::Folder,
            unique_id: &folder.unique_id,
            source_id: None,
            title: &folder.title,
            date: folder.updated_at,
            updated: folder.updated_at,
            designations: folder.designation.iter().collect(),
            author: None,
        })
    }

    fn holds(&self, view: &View<'_>) -> bool {
        self.criteria.iter().all(|criterion| criterion.holds(view))
    }
}

fn criterion(parameter: &Parameter) -> Option<Result<Criterion, Issue>> {
    let (name, matching) = text_parameter(&parameter.name);
    if let Some(found) = text_criterion(name, parameter, matching) {
        return Some(found);
    }
    let references = || parameter.each("<type>/<id>", SealedReference::parse);
    Some(match parameter.name.as_str() {
        "code" => parameter.tokens().map(Criterion::Code),
        "status" => parameter.tokens().map(Criterion::Status),
        "date" => parameter.dates().map(Criterion::Date),
        "_lastUpdated" => parameter.dates().map(Criterion::LastUpdated),
        "designationType" | "designation-type" => parameter.tokens().map(Criterion::Designation),
        "sourceId" | "source-id" => parameter.tokens().map(Criterion::SourceId),
        "identifier" => parameter.tokens().map(Criterion::Identifier),
        "isArchived" | "is-archived" => parameter.flags().map(Criterion::Archived),
        "source" => references().map(Criterion::Source),
        "source.identifier" | "source:identifier" | "source:Practitioner.identifier" => parameter.tokens().map(Criterion::SourceIdentifier),
        "authorOrg" | "author-org" | "authorOrg:identifier" => {
            parameter.each("", |text| Some((Token::parse(text)?, TextTest::new(text, TextMatch::Starts)))).map(Criterion::AuthorOrg)
        }
        "_id" => references().map(Criterion::Id),
        _ => return None,
    })
}

fn text_criterion(name: &str, parameter: &Parameter, matching: TextMatch) -> Option<Result<Criterion, Issue>> {
    let texts = || parameter.texts(matching);
    let (patient, professional) = (Some(AuthorKind::Patient), Some(AuthorKind::Professional));
    Some(match name {
        "title" => texts().map(Criterion::Title),
        "source.given" => texts().map(|tests| Criterion::SourceGiven(None, tests)),
        "source.family" => texts().map(|tests| Criterion::SourceFamily(None, tests)),
        "source:Patient.given" => texts().map(|tests| Criterion::SourceGiven(patient, tests)),
        "source:Patient.family" => texts().map(|tests| Criterion::SourceFamily(patient, tests)),
        "source:Practitioner.given" => texts().map(|tests| Criterion::SourceGiven(professional, tests)),
        "source:Practitioner.family" => texts().map(|tests| Criterion::SourceFamily(professional, tests)),
        "source:PractitionerRole.name" => texts().map(Criterion::SourceName),
        _ => return None,
    })
}

impl Criterion {
    fn holds(&self, view: &View<'_>) -> bool {
        let author = |kind: &Option<AuthorKind>| view.author.filter(|author| kind.is_none_or(|kind| kind == author.kind));
        match self {
            Criterion::Code(tokens) => tokens.iter().any(|token| token.accepts_parts(urls::LIST_TYPES, view.kind.code())),
            Criterion::Status(tokens) => tokens.iter().any(|token| token.accepts_parts("http://hl7.org/fhir/list-status", "current")),
            Criterion::Date(tests) => tests.iter().any(|test| test.accepts(view.date)),
            Criterion::LastUpdated(tests) => tests.iter().any(|test| test.accepts(view.updated)),
            Criterion::Designation(tokens) => view.designations.iter().any(|code| tokens.iter().any(|token| token.accepts(code))),
            Criterion::SourceId(tokens) => view.source_id.is_some_and(|oid| tokens.iter().any(|token| is_source(token, oid))),
            Criterion::Identifier(tokens) => {
                let (unique_id, entry_uuid) = (view.unique_id, view.id.to_urn_uuid());
                tokens.iter().any(|token| token.accepts_parts(urls::RFC_3986, unique_id) || token.accepts_parts(urls::RFC_3986, &entry_uuid))
            }
            Criterion::Title(tests) => tests.iter().any(|test| test.accepts(view.title)),
            // What is archived is a document: a stored lot never changes.
            Criterion::Archived(flags) => flags.contains(&false),
            Criterion::Source(references) => {
                view.author.and_then(|author| author.id.as_deref()).is_some_and(|id| references.iter().any(|reference| reference.id == id))
            }
            Criterion::SourceIdentifier(tokens) => view.author.is_some_and(|author| tokens.iter().any(|token| is_author(token, author))),
            Criterion::SourceGiven(kind, tests) => author(kind).is_some_and(|author| tests.iter().any(|test| test.accepts(&author.name.given))),
            Criterion::SourceFamily(kind, tests) => author(kind).is_some_and(|author| tests.iter().any(|test| test.accepts(&author.name.family))),
            Criterion::SourceName(tests) => author(&Some(AuthorKind::Professional))
                .is_some_and(|author| tests.iter().any(|test| test.accepts(&author.name.family) || test.accepts(&author.name.given))),
            Criterion::AuthorOrg(tests) => view.author.and_then(|author| author.institution.as_ref()).is_some_and(|structure| {
                tests.iter().any(|(token, text)| token.accepts_parts(STRUCT_ID_NAT_OID, structure.id.as_str()) || text.accepts(&structure.name))
            }),
            Criterion::Id(references) => references.iter().any(|reference| reference.is(view.id)),
        }
    }
}

/// A source is an OID: alone, as `urn:oid:…`, or under the system of URIs.
fn is_source(token: &Token, oid: &str) -> bool {
    let urn = format!("urn:oid:{oid}");
    token.accepts_parts(urls::RFC_3986, &urn)
        || token.accepts_parts(urls::RFC_3986, oid)
        || token.accepts_parts("", oid)
        || token.accepts_parts("", &urn)
}

#[cfg(test)]
#[path = "lists_tests.rs"]
mod tests;
