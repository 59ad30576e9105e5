//! The only table of routes. The list of strangers' tests must equal it.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use dmp_pages::Part;

use crate::{App, caller, cds, fhir, matrix_site, middleware, ops, patient_site, pro_site, sandbox, site};

/// A route, for documentation and for the test that calls each as a stranger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouteInfo {
    pub method: &'static str,
    pub path: &'static str,
    pub door: Door,
}

/// Which door a route belongs to, and so what a stranger gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Needs a token: 401 without one.
    Fhir,
    /// Needs a session: sent to sign in without one.
    Site,
    /// Open to everyone, and shows nobody's data.
    Open,
}

const fn route(method: &'static str, path: &'static str, door: Door) -> RouteInfo {
    RouteInfo { method, path, door }
}

/// Every route served.
#[rustfmt::skip]
pub const ROUTES: &[RouteInfo] = &[
    route("POST", "/fhir", Door::Fhir),
    route("POST", "/fhir/", Door::Fhir),
    route("GET", "/fhir/metadata", Door::Open),
    route("GET", "/fhir/OperationDefinition/{id}", Door::Open),
    route("GET", "/fhir/Patient", Door::Fhir),
    route("POST", "/fhir/Patient/_search", Door::Fhir),
    route("GET", "/fhir/Patient/{id}", Door::Fhir),
    route("POST", "/fhir/Patient/{id}", Door::Fhir),
    route("GET", "/fhir/Patient/{id}/{operation}", Door::Fhir),
    route("POST", "/fhir/Patient/{id}/{operation}", Door::Fhir),
    route("POST", "/fhir/Consent", Door::Fhir),
    route("POST", "/fhir/Encounter", Door::Fhir),
    route("PUT", "/fhir/Encounter/{id}", Door::Fhir),
    route("POST", "/fhir/Encounter/{id}/{operation}", Door::Fhir),
    route("GET", "/fhir/DocumentReference", Door::Fhir),
    route("POST", "/fhir/DocumentReference", Door::Fhir),
    route("PATCH", "/fhir/DocumentReference", Door::Fhir),
    route("POST", "/fhir/DocumentReference/_search", Door::Fhir),
    route("POST", "/fhir/DocumentReference/$generate-metadata", Door::Fhir),
    route("GET", "/fhir/DocumentReference/{id}", Door::Fhir),
    route("PATCH", "/fhir/DocumentReference/{id}", Door::Fhir),
    route("GET", "/fhir/Binary/{id}", Door::Fhir),
    route("GET", "/fhir/List", Door::Fhir),
    route("POST", "/fhir/List/_search", Door::Fhir),
    route("GET", "/fhir/List/{id}", Door::Fhir),
    route("GET", "/fhir/AuditEvent", Door::Fhir),
    route("POST", "/fhir/AuditEvent/_search", Door::Fhir),
    route("GET", "/cds-services", Door::Open),
    route("POST", "/cds-services/{id}", Door::Fhir),
    route("POST", "/cds-services/{id}/feedback", Door::Fhir),
    route("GET", "/.well-known/smart-configuration", Door::Open),
    route("GET", "/fhir/.well-known/smart-configuration", Door::Open),
    route("POST", "/oauth/token", Door::Open),
    route("GET", "/sandbox/identities", Door::Open),
    route("POST", "/sandbox/token", Door::Open),
    route("GET", "/", Door::Site),
    route("GET", "/signin", Door::Open),
    route("POST", "/signin", Door::Open),
    route("POST", "/signout", Door::Site),
    route("POST", "/lang", Door::Open),
    route("POST", "/open", Door::Site),
    route("POST", "/reopen", Door::Site),
    route("GET", "/download", Door::Site),
    route("POST", "/download", Door::Site),
    route("GET", "/close", Door::Site),
    route("POST", "/close", Door::Site),
    route("POST", "/close/destruction", Door::Site),
    route("GET", "/close/leaflet.pdf", Door::Open),
    route("GET", "/paper", Door::Site),
    route("POST", "/paper", Door::Site),
    route("GET", "/summary-large.pdf", Door::Site),
    route("GET", "/journal.pdf", Door::Site),
    route("GET", "/access.pdf", Door::Site),
    route("GET", "/help/letter", Door::Open),
    route("GET", "/documents/{id}", Door::Site),
    route("GET", "/documents/{id}/original", Door::Site),
    route("POST", "/documents/{id}/hide", Door::Site),
    route("POST", "/documents/{id}/show", Door::Site),
    route("GET", "/results", Door::Site),
    route("GET", "/results/{key}", Door::Site),
    route("GET", "/treatments", Door::Site),
    route("GET", "/vaccines", Door::Site),
    route("GET", "/allergies", Door::Site),
    route("GET", "/history", Door::Site),
    route("GET", "/search", Door::Site),
    route("POST", "/search", Door::Site),
    route("GET", "/summary.pdf", Door::Site),
    route("GET", "/emergency-card", Door::Site),
    route("GET", "/emergency-card.pdf", Door::Site),
    route("GET", "/access", Door::Site),
    route("POST", "/access/authorise", Door::Site),
    route("POST", "/access/revoke", Door::Site),
    route("POST", "/access/block", Door::Site),
    route("POST", "/access/unblock", Door::Site),
    route("POST", "/access/medecin-traitant", Door::Site),
    route("POST", "/access/administrator", Door::Site),
    route("POST", "/access/emergency", Door::Site),
    route("POST", "/access/mask-all", Door::Site),
    route("POST", "/access/team-consent", Door::Site),
    route("GET", "/journal", Door::Site),
    route("GET", "/notices", Door::Site),
    route("POST", "/notices", Door::Site),
    route("GET", "/pro", Door::Site),
    route("POST", "/pro", Door::Site),
    route("GET", "/pro/oidc/start", Door::Open),
    route("GET", "/pro/oidc/callback", Door::Open),
    route("GET", "/pro/patients/{pid}", Door::Site),
    route("GET", "/pro/patients/{pid}/documents/{id}", Door::Site),
    route("GET", "/pro/patients/{pid}/documents/{id}/original", Door::Site),
    route("GET", "/pro/patients/{pid}/results", Door::Site),
    route("GET", "/pro/patients/{pid}/results/{key}", Door::Site),
    route("GET", "/pro/patients/{pid}/search", Door::Site),
    route("POST", "/pro/patients/{pid}/search", Door::Site),
    route("GET", "/pro/patients/{pid}/summary.pdf", Door::Site),
    route("GET", "/pro/patients/{pid}/sign-summary", Door::Site),
    route("POST", "/pro/patients/{pid}/sign-summary", Door::Site),
    route("POST", "/pro/patients/{pid}/consent", Door::Site),
    route("POST", "/pro/patients/{pid}/break-glass", Door::Site),
    route("POST", "/pro/patients/{pid}/leave", Door::Site),
    route("GET", "/matrice", Door::Open),
    route("GET", "/matrice.csv", Door::Open),
    route("GET", "/static/dmp.css", Door::Open),
    route("GET", "/livez", Door::Open),
    route("GET", "/readyz", Door::Open),
    route("GET", "/metrics", Door::Open),
];

/// The whole application.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(fhir::routes())
        .merge(cds::routes())
        .merge(sites())
        .route("/.well-known/smart-configuration", get(fhir::smart_configuration))
        .route("/fhir/.well-known/smart-configuration", get(fhir::smart_configuration))
        .route("/oauth/token", post(caller::token_endpoint))
        .route("/sandbox/identities", get(sandbox::identities))
        .route("/sandbox/token", post(sandbox::token))
        .route("/matrice", get(matrix_site::show))
        .route("/matrice.csv", get(matrix_site::csv))
        .route("/static/dmp.css", get(site::style))
        .route("/livez", get(ops::livez))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::metrics))
        .layer(from_fn_with_state(app.clone(), middleware::surround))
        .with_state(app)
}

fn sites() -> Router<App> {
    use patient_site as person;
    Router::new()
        .route("/", get(person::home))
        .route("/signin", get(person::sign_in).post(person::sign_in_post))
        .route("/signout", post(person::sign_out))
        .route("/lang", post(person::language))
        .route("/open", post(person::open))
        .route("/reopen", post(person::reopen))
        .route("/download", get(person::download).post(person::download_post))
        .route("/close", get(person::closing).post(person::close))
        .route("/close/destruction", post(person::destruction))
        .route("/close/leaflet.pdf", get(person::leaflet))
        .route("/paper", get(person::paper).post(person::paper_post))
        .route("/summary-large.pdf", get(person::summary_large_pdf))
        .route("/journal.pdf", get(person::journal_pdf))
        .route("/access.pdf", get(person::access_pdf))
        .route("/help/letter", get(person::letter_help))
        .route("/documents/{id}", get(person::document))
        .route("/documents/{id}/original", get(person::original))
        .route("/documents/{id}/hide", post(person::hide))
        .route("/documents/{id}/show", post(person::unhide))
        .route("/results", get(person::results))
        .route("/results/{key}", get(person::analyte))
        .route(Part::Treatments.path(), get(person::treatments))
        .route(Part::Vaccines.path(), get(person::vaccines))
        .route(Part::Allergies.path(), get(person::allergies))
        .route(Part::History.path(), get(person::history))
        .route("/search", get(person::search_form).post(person::search))
        .route("/summary.pdf", get(person::summary_pdf))
        .route("/emergency-card", get(person::card))
        .route("/emergency-card.pdf", get(person::card_pdf))
        .route("/access", get(person::access))
        .route("/access/authorise", post(person::authorise))
        .route("/access/revoke", post(person::revoke))
        .route("/access/block", post(person::block))
        .route("/access/unblock", post(person::unblock))
        .route("/access/medecin-traitant", post(person::medecin_traitant))
        .route("/access/administrator", post(person::administrator))
        .route("/access/emergency", post(person::emergency))
        .route("/access/mask-all", post(person::mask_all))
        .route("/access/team-consent", post(person::team_consent))
        .route("/journal", get(person::journal))
        .route("/notices", get(person::notices).post(person::save_notices))
        .route("/pro", get(pro_site::search).post(pro_site::find))
        .route("/pro/oidc/start", get(pro_site::oidc_start))
        .route("/pro/oidc/callback", get(pro_site::oidc_callback))
        .route("/pro/patients/{pid}", get(pro_site::patient))
        .route("/pro/patients/{pid}/documents/{id}", get(pro_site::document))
        .route("/pro/patients/{pid}/documents/{id}/original", get(pro_site::original))
        .route("/pro/patients/{pid}/results", get(pro_site::results))
        .route("/pro/patients/{pid}/results/{key}", get(pro_site::analyte))
        .route("/pro/patients/{pid}/search", get(pro_site::search_form).post(pro_site::search_texts))
        .route("/pro/patients/{pid}/summary.pdf", get(pro_site::summary_pdf))
        .route("/pro/patients/{pid}/sign-summary", get(pro_site::sign_summary_form).post(pro_site::sign_summary))
        .route("/pro/patients/{pid}/consent", post(pro_site::consent))
        .route("/pro/patients/{pid}/break-glass", post(pro_site::break_glass))
        .route("/pro/patients/{pid}/leave", post(pro_site::leave))
}
