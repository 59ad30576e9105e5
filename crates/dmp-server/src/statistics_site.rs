//! Statistics that everybody may read, without signing in: pages, and the files of the same numbers.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use dmp_core::statistics::Week;
use dmp_core::territory::Region;
use dmp_pages::{ErrorPage, Site, StatisticsData, StatisticsFile, StatisticsForm, StatisticsPage, StatisticsView};

use crate::App;
use crate::site::{Visitor, fail, page, page_with};

/// The pages that have an address of their own.
pub(crate) fn routes() -> Router<App> {
    let page = |view| get(move |app: State<App>, visitor: Visitor| show(app, visitor, view));
    Router::new()
        .route("/statistiques", page(StatisticsView::Overview))
        .route("/statistics", get(english))
        .route("/statistiques/ouvertures", page(StatisticsView::Openings))
        .route("/statistiques/canaux", page(StatisticsView::Channels))
        .route("/statistiques/regions", page(StatisticsView::Regions))
        .route("/statistiques/regions/{code}", get(region))
        .route("/statistiques/phases", page(StatisticsView::Phases))
        .route("/statistiques/usages", page(StatisticsView::Uses))
        .route("/statistiques/qualite", page(StatisticsView::Quality))
        .route("/statistiques/donnees", page(StatisticsView::Data))
        .route("/statistiques/donnees/{file}", get(file))
        .route("/statistiques/semaines/{week}", get(week))
}

/// `GET /statistics`: the same, for who guesses the address in English.
async fn english() -> Redirect {
    Redirect::permanent("/statistiques")
}

/// `GET /statistiques/regions/{code}`.
async fn region(app: State<App>, Path(code): Path<String>, visitor: Visitor) -> Response {
    match Region::of(&code) {
        Some(region) => show(app, visitor, StatisticsView::Region(region)).await,
        None => missing(&app, &visitor),
    }
}

/// `GET /statistiques/semaines/{week}`: a week that is over.
async fn week(app: State<App>, Path(week): Path<String>, visitor: Visitor) -> Response {
    match Week::parse(&week) {
        Some(week) => show(app, visitor, StatisticsView::Week(week)).await,
        None => missing(&app, &visitor),
    }
}

/// `GET /statistiques/donnees/{file}`.
async fn file(State(app): State<App>, Path(name): Path<String>, visitor: Visitor) -> Response {
    let Some((file, form)) = StatisticsFile::of_name(&name) else { return missing(&app, &visitor) };
    let published = match app.service.published().await {
        Ok(published) => published,
        Err(error) => return fail(&app, &visitor, Site::Public, "/statistiques", &error),
    };
    let (kind, text) = match form {
        StatisticsForm::Csv => ("text/csv; charset=utf-8", file.text(form, &published.figures)),
        StatisticsForm::Json => ("application/json", file.text(form, &published.figures)),
    };
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    (headers, text).into_response()
}

async fn show(State(app): State<App>, visitor: Visitor, view: StatisticsView) -> Response {
    let published = match app.service.published().await {
        Ok(published) => published,
        Err(error) => return fail(&app, &visitor, Site::Public, "/statistiques", &error),
    };
    let saving = published.savings;
    let data = StatisticsData {
        figures: &published.figures,
        exams: saving.exams,
        saved: [saving.low, saving.middle, saving.high],
        costs: app.costs.as_deref(),
        waiting: published.waiting,
        at: published.at,
    };
    match StatisticsPage::of(view, &data, visitor.shell(&app, Site::Public, &view.path())) {
        Some(shown) => page(&shown),
        None => missing(&app, &visitor),
    }
}

fn missing(app: &App, visitor: &Visitor) -> Response {
    let (shell, status) = (visitor.shell(app, Site::Public, "/statistiques"), StatusCode::NOT_FOUND);
    page_with(status, &ErrorPage { shell, status: status.as_u16(), words: None, code: None, incident: None, home: "/statistiques".to_owned() })
}
