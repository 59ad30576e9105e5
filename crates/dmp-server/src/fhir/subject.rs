//! Who a resource is about: an INS, or an id that this server gave.

use dmp_core::identity::Ins;
use dmp_core::{Issue, Mode};
use dmp_interop::fhir::document_reference::SubjectIns;
use dmp_service::{Error, IdKind, PersonRef};

use crate::App;

/// Fills the INS of the subject of a document or a list, when it is named by one of our ids.
pub(crate) async fn resolve_subject(app: &App, reference: Option<&str>, subject: &mut Option<SubjectIns>) -> Result<(), Error> {
    let id = reference.filter(|_| subject.is_none()).and_then(|reference| reference.rsplit('/').next());
    if let Some(key) = id.and_then(|id| app.service.ids().open_record(IdKind::Patient, id))
        && let Some(ins) = app.service.ins_of(key).await?
    {
        *subject = Some(SubjectIns { oid: ins.authority().oid().to_owned(), value: ins.matricule().to_owned() });
    }
    Ok(())
}

/// The person of a token search `system|value`, with every finding about the INS.
pub(crate) fn person_of_token(token: &str, path: &str, mode: Mode) -> Result<PersonRef, Error> {
    let (system, value) = token.split_once('|').unwrap_or(("", token));
    Ins::parse(system, value)
        .map_err(|error| {
            let mut issue = Issue::error(error.code()).at(path);
            if let dmp_core::identity::InsError::Key { expected } = error {
                issue = issue.expected(format!("{expected:02}"));
            }
            Error::invalid(issue)
        })
        .and_then(|ins| match ins.refused_in(mode) {
            Some(code) => Err(Error::invalid(Issue::error(code).at(path))),
            None => Ok(PersonRef::Ins(ins)),
        })
}

/// The person of an id of ours.
pub(crate) fn person_of_id(app: &App, id: &str) -> Result<PersonRef, Error> {
    let id = id.rsplit('/').next().unwrap_or_default();
    app.service.ids().open_record(IdKind::Patient, id).map(PersonRef::Record).ok_or(Error::NotFound("record-not-found"))
}
