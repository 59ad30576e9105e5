//! SCIM 2.0 (RFC 7643, RFC 7644): a structure keeps its directory of users and units here, with a token of its own. No data of any record passes.

mod answer;
mod entry;
mod filter;
mod groups;
mod patch;
mod schemas;
mod users;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts};
use axum::http::request::Parts;
use axum::routing::get;
use dmp_core::access::CallerKind;
use dmp_core::identity::StructIdNat;

use crate::App;
use crate::caller::Asking;
use answer::Wrong;

/// A list of the members of a large unit.
const BODY_BYTES_MAX: usize = 1 << 20;

/// The routes of the door.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/scim/v2/Users", get(users::list).post(users::create))
        .route("/scim/v2/Users/{id}", get(users::read).put(users::replace).patch(users::patch).delete(users::remove))
        .route("/scim/v2/Groups", get(groups::list).post(groups::create))
        .route("/scim/v2/Groups/{id}", get(groups::read).put(groups::replace).patch(groups::patch).delete(groups::remove))
        .route("/scim/v2/ServiceProviderConfig", get(schemas::provider))
        .route("/scim/v2/Schemas", get(schemas::all))
        .route("/scim/v2/ResourceTypes", get(schemas::resource_types))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// The structure that keeps its directory: its bare token, registered for that.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub structure: StructIdNat,
    asking: Asking,
}

impl Keeper {
    /// Refuses without the scope for an action on users (`c`, `r`, `u`, `d`).
    pub fn may(&self, action: char) -> Result<(), Wrong> {
        self.asking.may("User", action).map_err(|_| Wrong::Forbidden)
    }
}

impl FromRequestParts<App> for Keeper {
    type Rejection = Wrong;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Wrong> {
        let asking = Asking::from_request_parts(parts, app).await.map_err(|_| Wrong::NotAuthenticated)?;
        // SECURITY: a named user keeps no directory, nor does software that was registered for something else.
        let bare = asking.caller.kind == CallerKind::Organization;
        let structure = asking.caller.structure.as_ref().map(|structure| structure.id.clone());
        match structure.filter(|structure| bare && app.clients.keeps_directory(structure.as_str())) {
            Some(structure) => Ok(Keeper { structure, asking }),
            None => Err(Wrong::Forbidden),
        }
    }
}
