//! Whether a user of a structure that keeps a directory is one still, and in which units they work: asked at each request, of every door.

use std::sync::Arc;

use dmp_core::access::{Caller, CallerKind};
use dmp_service::Error;

use super::Session;
use crate::App;

/// The caller as the directory of their structure knows them now. Structures that keep none answer for whom they name by themselves.
///
/// SECURITY: a token and a session outlive the morning on which somebody is deactivated; this does not.
///
/// # Errors
/// [`Error::NotAuthenticated`] for who is not in the directory, not active, or of another profession there; a fault of the store.
pub(crate) async fn known_today(app: &App, caller: Arc<Caller>) -> Result<Arc<Caller>, Error> {
    let structure = caller.structure.as_ref().filter(|_| caller.kind == CallerKind::Professional);
    let Some(structure) = structure.filter(|structure| app.clients.keeps_directory(structure.id.as_str())) else { return Ok(caller) };
    let user = app.service.structure_user_of(&caller).await?;
    let user = user.filter(|user| user.active && caller.profession.as_ref() == Some(&user.profession)).ok_or(Error::NotAuthenticated)?;
    let units = app.service.units_of(&structure.id, &user).await?;
    Ok(Arc::new(Caller { units, ..Caller::clone(&caller) }))
}

/// The session of a professional, as the directory of their structure knows them now. Whom it does not know is signed in nowhere; when it cannot
/// be asked, neither.
pub(crate) async fn known_session(app: &App, session: Session) -> Option<Session> {
    match known_today(app, Arc::new(session.caller.clone())).await {
        Ok(caller) => Some(Session { caller: Caller::clone(&caller), ..session }),
        Err(Error::NotAuthenticated) => None,
        Err(error) => {
            tracing::error!(error.code = error.code(), "the directory of a structure could not be asked about a session");
            None
        }
    }
}
