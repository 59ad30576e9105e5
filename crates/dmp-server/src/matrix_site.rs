//! The table of rights in force, open to everybody: a page and CSV. It shows nobody's data.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dmp_pages::{MatrixPage, Site};

use crate::App;
use crate::site::{Visitor, page};

/// `GET /matrice`.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    page(&MatrixPage::of(&app.service.config().matrix, visitor.shell(&app, Site::Public, "/matrice")))
}

/// `GET /matrice.csv`.
pub(crate) async fn csv(State(app): State<App>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"matrice.csv\"")];
    (headers, app.service.config().matrix.to_csv()).into_response()
}
