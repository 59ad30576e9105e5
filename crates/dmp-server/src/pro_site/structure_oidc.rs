//! Signing in through the identity provider of a structure: the provider says which user of the structure's directory it is, and the directory
//! says everything else.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{StructIdNat, Structure};
use dmp_oidc::{Callback, DirectoryField, RelyingParty, StructureOidcConfig};
use dmp_pages::{Site, StructureRefused};
use dmp_service::{DirectoryName, StructureUser};

use super::oidc::{HOME, browser_of, depart, let_in, refused_by};
use crate::App;
use crate::caller::Clients;
use crate::site::{self, Visitor};

/// The provider of one structure.
#[derive(Debug)]
pub(crate) struct StructureProvider {
    pub id: String,
    pub party: RelyingParty,
    pub structure: Structure,
    claim: String,
    matches: DirectoryField,
    contact: String,
}

impl StructureProvider {
    /// A provider whose structure keeps a directory here: without one nobody could be matched, and nobody turned away later.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn new(config: &StructureOidcConfig, clients: &Clients, base_url: &str) -> Result<Self, String> {
        let id = StructIdNat::parse(&config.structure).map_err(|_| "structure: is no national identifier of a structure, 1 and its FINESS")?;
        let name = clients.directory_of(id.as_str()).ok_or("structure: keeps no directory here (`dmp feed key --directory`, then --clients)")?;
        let party = RelyingParty::of_structure(config, &format!("{base_url}/pro/oidc/{}/callback", config.id))?;
        Ok(StructureProvider {
            id: config.id.clone(),
            party,
            structure: Structure { id, name: name.to_owned() },
            claim: config.claim.clone(),
            matches: config.matches,
            contact: config.contact.clone(),
        })
    }

    /// Where a sign-in begins.
    pub fn start_path(&self) -> String {
        format!("/pro/oidc/{}/start", self.id)
    }

    fn directory_name(&self, claimed: String) -> DirectoryName {
        match self.matches {
            DirectoryField::ExternalId => DirectoryName::External(claimed),
            DirectoryField::UserName => DirectoryName::User(claimed),
        }
    }

    /// A user of the directory as a caller: nothing of it comes from the provider.
    fn caller(&self, user: StructureUser) -> Caller {
        Caller {
            name: Some(user.name),
            profession: Some(user.profession),
            specialty: user.specialty,
            structure: Some(self.structure.clone()),
            ..Caller::bare(format!("ps:{}", user.national_id.as_str()), CallerKind::Professional)
        }
    }
}

/// Sends the browser to the provider of a structure.
pub(crate) async fn start(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Response {
    match app.structure_oidc.iter().find(|one| one.id == id) {
        Some(provider) => depart(&app, &visitor, &provider.party).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Judges what the browser brings back, finds the user in the directory of the structure, and opens a session.
///
/// SECURITY: logins wait at the provider where they began, whose address is its own: what one began no other ends (RFC 9207, RFC 9700 §4.4).
pub(crate) async fn callback(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Response {
    let Some(provider) = app.structure_oidc.iter().find(|one| one.id == id) else { return StatusCode::NOT_FOUND.into_response() };
    let claimed = match provider.party.finish_user(callback, browser_of(&headers), &provider.claim, app.service.now()).await {
        Ok(claimed) => claimed,
        Err(refusal) => return refused_by(&app, &visitor, &refusal, Some(&provider.structure)),
    };
    match app.service.structure_user_named(&provider.structure.id, &provider.directory_name(claimed)).await {
        Ok(Some(user)) => let_in(&app, &visitor, provider.caller(user), HOME).await,
        Ok(None) => unknown(&app, &visitor, provider),
        Err(error) => site::fail(&app, &visitor, Site::Public, "/signin", &error),
    }
}

/// Nobody active of the directory: a page that says whom to ask. Whether somebody was never there or is no more is for the structure to say.
fn unknown(app: &App, visitor: &Visitor, provider: &StructureProvider) -> Response {
    tracing::warn!(oidc.refusal = "user-not-in-directory", oidc.provider = %provider.id, "nobody signed in");
    let page = StructureRefused {
        shell: visitor.shell(app, Site::Public, "/signin"),
        provider: provider.party.name().to_owned(),
        structure: provider.structure.name.clone(),
        contact: provider.contact.clone(),
        at_counter: false,
    };
    site::page_with(StatusCode::FORBIDDEN, &page)
}
