//! Links to a part of a record, for somebody outside: the door for apps (SMART Health Links, `/shl/…`) and the page for everybody else
//! (`/share/open/…`). Neither knows who asks: the address is the right, and what it gives is judged by the act.

mod address;
mod file;
mod page;
mod shl;
mod wrong;

pub(crate) use address::Addresses;
pub(crate) use shl::waiting;
pub(crate) use wrong::WrongLinks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::App;

/// A name, a code and a number: nothing longer is read.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// Routes of the door and of the page.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/shl/{id}", get(shl::direct).post(shl::manifest).options(shl::preflight))
        .route("/shl/{id}/file/{key}", get(shl::file))
        .route("/share/open/{id}", get(page::ask).post(page::open))
        .route("/share/open/{id}/file/{key}", get(page::original))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}
