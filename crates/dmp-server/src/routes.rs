//! The only table of routes. The list of strangers' tests must equal it.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use dmp_pages::Part;

use crate::{
    App, apps, assisted, caller, cds, compress, counter_site, embed, fhir, mailbox, matrix_site, middleware, opening_site, ops, patient_site,
    pro_site, refused_form, sandbox, scim, share, site, statistics_site, strangers,
};

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
    /// Says what the site is without a session, and opens the record with one.
    Front,
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
    route("GET", "/scim/v2/Users", Door::Fhir),
    route("POST", "/scim/v2/Users", Door::Fhir),
    route("GET", "/scim/v2/Users/{id}", Door::Fhir),
    route("PUT", "/scim/v2/Users/{id}", Door::Fhir),
    route("PATCH", "/scim/v2/Users/{id}", Door::Fhir),
    route("DELETE", "/scim/v2/Users/{id}", Door::Fhir),
    route("GET", "/scim/v2/Groups", Door::Fhir),
    route("POST", "/scim/v2/Groups", Door::Fhir),
    route("GET", "/scim/v2/Groups/{id}", Door::Fhir),
    route("PUT", "/scim/v2/Groups/{id}", Door::Fhir),
    route("PATCH", "/scim/v2/Groups/{id}", Door::Fhir),
    route("DELETE", "/scim/v2/Groups/{id}", Door::Fhir),
    route("GET", "/scim/v2/ServiceProviderConfig", Door::Open),
    route("GET", "/scim/v2/Schemas", Door::Open),
    route("GET", "/scim/v2/ResourceTypes", Door::Open),
    route("GET", "/cds-services", Door::Open),
    route("POST", "/cds-services/{id}", Door::Fhir),
    route("POST", "/cds-services/{id}/feedback", Door::Fhir),
    route("GET", "/.well-known/smart-configuration", Door::Open),
    route("GET", "/fhir/.well-known/smart-configuration", Door::Open),
    route("POST", "/oauth/token", Door::Open),
    route("GET", "/sandbox/empty", Door::Open),
    route("GET", "/oauth/authorize", Door::Open),
    route("POST", "/oauth/authorize", Door::Open),
    route("GET", "/oauth/continue", Door::Open),
    route("POST", "/oauth/revoke", Door::Open),
    route("GET", "/sandbox/identities", Door::Open),
    route("POST", "/sandbox/token", Door::Open),
    route("GET", "/", Door::Front),
    route("GET", "/help", Door::Open),
    route("GET", "/accessibility", Door::Open),
    route("GET", "/privacy", Door::Open),
    route("GET", "/display", Door::Open),
    route("POST", "/display", Door::Open),
    route("GET", "/sandbox/mailbox", Door::Open),
    route("GET", "/", Door::Site),
    route("GET", "/signin", Door::Open),
    route("POST", "/signin", Door::Open),
    route("POST", "/signin/start", Door::Open),
    route("GET", "/signin/code", Door::Open),
    route("POST", "/signin/code", Door::Open),
    route("POST", "/signin/passkey", Door::Open),
    route("GET", "/signin/oidc/start", Door::Open),
    route("GET", "/signin/oidc/callback", Door::Open),
    route("GET", "/signin/oidc/enter", Door::Open),
    route("GET", "/signin/as", Door::Site),
    route("POST", "/signin/as", Door::Site),
    route("GET", "/settings/signin", Door::Site),
    route("POST", "/settings/signin/identifier", Door::Site),
    route("POST", "/settings/signin/mail", Door::Site),
    route("GET", "/settings/signin/mail/check", Door::Site),
    route("POST", "/settings/signin/mail/check", Door::Site),
    route("POST", "/settings/signin/mail/remove", Door::Site),
    route("GET", "/settings/signin/codes", Door::Site),
    route("POST", "/settings/signin/codes", Door::Site),
    route("POST", "/settings/signin/codes/remove", Door::Site),
    route("GET", "/settings/signin/passkey", Door::Site),
    route("POST", "/settings/signin/passkey", Door::Site),
    route("POST", "/settings/signin/passkey/later", Door::Site),
    route("POST", "/settings/signin/passkey/remove", Door::Site),
    route("POST", "/settings/signin/oidc/link", Door::Site),
    route("POST", "/settings/signin/oidc/unlink", Door::Site),
    route("POST", "/settings/signin/end-others", Door::Site),
    route("POST", "/settings/signin/session", Door::Site),
    route("GET", "/signin/back", Door::Site),
    route("POST", "/signout", Door::Site),
    route("POST", "/lang", Door::Open),
    route("GET", "/opening", Door::Open),
    route("POST", "/opening", Door::Open),
    route("GET", "/opening/code", Door::Open),
    route("POST", "/opening/code", Door::Open),
    route("GET", "/opening/card", Door::Open),
    route("POST", "/opening/card", Door::Open),
    route("GET", "/opening/consent", Door::Open),
    route("POST", "/opening/consent", Door::Open),
    route("GET", "/opening/contact", Door::Open),
    route("POST", "/opening/contact", Door::Open),
    route("GET", "/opening/security", Door::Open),
    route("POST", "/opening/security", Door::Open),
    route("GET", "/opening/receipt", Door::Open),
    route("GET", "/opening/refuse", Door::Open),
    route("POST", "/opening/refuse", Door::Open),
    route("POST", "/opening/turn", Door::Open),
    route("GET", "/invitation", Door::Open),
    route("GET", "/opening/not-now", Door::Open),
    route("POST", "/opening/not-now", Door::Open),
    route("GET", "/opening/later", Door::Open),
    route("POST", "/opening/later", Door::Open),
    route("POST", "/open", Door::Site),
    route("POST", "/reopen", Door::Site),
    route("GET", "/documents", Door::Site),
    route("GET", "/timeline", Door::Site),
    route("GET", "/expected", Door::Site),
    route("GET", "/measures", Door::Site),
    route("GET", "/settings", Door::Site),
    route("GET", "/easy", Door::Site),
    route("GET", "/easy/who-looked", Door::Site),
    route("GET", "/easy/who-may-look", Door::Site),
    route("GET", "/easy/rights", Door::Site),
    route("GET", "/download", Door::Site),
    route("POST", "/download", Door::Site),
    route("GET", "/undo-opening", Door::Site),
    route("POST", "/undo-opening", Door::Site),
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
    route("GET", "/add", Door::Site),
    route("GET", "/add/file", Door::Site),
    route("POST", "/add/file", Door::Site),
    route("GET", "/add/{kind}", Door::Site),
    route("POST", "/add/{kind}", Door::Site),
    route("GET", "/added", Door::Site),
    route("GET", "/added/{id}", Door::Site),
    route("GET", "/added/{id}/correct", Door::Site),
    route("POST", "/added/{id}/correct", Door::Site),
    route("POST", "/added/{id}/withdraw", Door::Site),
    route("GET", "/documents/{id}/correction", Door::Site),
    route("POST", "/documents/{id}/correction", Door::Site),
    route("GET", "/corrections", Door::Site),
    route("POST", "/corrections/{id}/withdraw", Door::Site),
    route("GET", "/results", Door::Site),
    route("GET", "/results/{key}", Door::Site),
    route("GET", "/results/{key}/csv", Door::Site),
    route("GET", "/treatments", Door::Site),
    route("GET", "/vaccines", Door::Site),
    route("GET", "/allergies", Door::Site),
    route("GET", "/history", Door::Site),
    route("GET", "/search", Door::Site),
    route("POST", "/search", Door::Site),
    route("GET", "/summary.pdf", Door::Site),
    route("GET", "/emergency-card", Door::Site),
    route("GET", "/emergency-card.pdf", Door::Site),
    route("GET", "/share", Door::Site),
    route("POST", "/share/show", Door::Site),
    route("POST", "/share/send", Door::Site),
    route("GET", "/share/documents", Door::Site),
    route("GET", "/share/links/{key}", Door::Site),
    route("POST", "/share/stop", Door::Site),
    route("POST", "/share/emergency", Door::Site),
    route("GET", "/share/open/{id}", Door::Open),
    route("POST", "/share/open/{id}", Door::Open),
    route("GET", "/share/open/{id}/file/{key}", Door::Open),
    route("POST", "/shl/{id}", Door::Open),
    route("GET", "/shl/{id}", Door::Open),
    route("OPTIONS", "/shl/{id}", Door::Open),
    route("GET", "/shl/{id}/file/{key}", Door::Open),
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
    route("GET", "/apps", Door::Site),
    route("POST", "/apps/withdraw", Door::Site),
    route("POST", "/access/refuse-team", Door::Site),
    route("GET", "/access/preview", Door::Site),
    route("GET", "/journal", Door::Site),
    route("GET", "/journal/who/{who}", Door::Site),
    route("POST", "/journal/who/{who}/block", Door::Site),
    route("POST", "/journal/who/{who}/report", Door::Site),
    route("GET", "/relatives", Door::Site),
    route("POST", "/relatives/switch", Door::Site),
    route("POST", "/relatives/answer", Door::Site),
    route("POST", "/relatives/invite", Door::Site),
    route("POST", "/relatives/end", Door::Site),
    route("POST", "/relatives/stop", Door::Site),
    route("GET", "/notices", Door::Site),
    route("POST", "/notices", Door::Site),
    route("GET", "/pro", Door::Site),
    route("POST", "/pro", Door::Site),
    route("GET", "/pro/appel", Door::Open),
    route("POST", "/pro/appel", Door::Open),
    route("POST", "/pro/appel/ticket", Door::Fhir),
    route("GET", "/embed/dmp-synthese.js", Door::Open),
    route("GET", "/embed/synthese", Door::Open),
    route("GET", "/pro/open", Door::Site),
    route("POST", "/pro/open", Door::Site),
    route("POST", "/pro/open/consent", Door::Site),
    route("POST", "/pro/open/contact", Door::Site),
    route("GET", "/pro/open/receipt", Door::Site),
    route("POST", "/pro/open/cancel", Door::Site),
    route("GET", "/accueil", Door::Site),
    route("GET", "/accueil/ouvrir", Door::Site),
    route("POST", "/accueil/ouvrir", Door::Site),
    route("POST", "/accueil/ouvrir/consent", Door::Site),
    route("POST", "/accueil/ouvrir/contact", Door::Site),
    route("GET", "/accueil/ouvrir/receipt", Door::Site),
    route("POST", "/accueil/ouvrir/cancel", Door::Site),
    route("GET", "/accueil/fermer", Door::Site),
    route("POST", "/accueil/fermer", Door::Site),
    route("POST", "/accueil/fermer/confirm", Door::Site),
    route("GET", "/accueil/debloquer", Door::Site),
    route("POST", "/accueil/debloquer", Door::Site),
    route("POST", "/accueil/debloquer/confirm", Door::Site),
    route("GET", "/accueil/codes", Door::Site),
    route("POST", "/accueil/codes", Door::Site),
    route("POST", "/accueil/codes/confirm", Door::Site),
    route("GET", "/accueil/droits", Door::Site),
    route("POST", "/accueil/droits", Door::Site),
    route("POST", "/accueil/droits/confirm", Door::Site),
    route("GET", "/accueil/expliquer", Door::Site),
    route("GET", "/accueil/journal", Door::Site),
    route("GET", "/accueil/campagnes", Door::Site),
    route("POST", "/accueil/campagnes", Door::Site),
    route("POST", "/accueil/campagnes/confirm", Door::Site),
    route("POST", "/accueil/campagnes/stop", Door::Site),
    route("GET", "/accueil/fait", Door::Site),
    route("GET", "/accueil/feuille", Door::Site),
    route("GET", "/pro/corrections/{id}", Door::Site),
    route("POST", "/pro/corrections/{id}/refuse", Door::Site),
    route("POST", "/pro/corrections/{id}/replace", Door::Site),
    route("GET", "/pro/oidc/start", Door::Open),
    route("GET", "/pro/oidc/callback", Door::Open),
    route("GET", "/pro/oidc/{provider}/start", Door::Open),
    route("GET", "/pro/oidc/{provider}/callback", Door::Open),
    route("GET", "/accueil/oidc/{provider}/start", Door::Open),
    route("GET", "/accueil/oidc/{provider}/callback", Door::Open),
    route("GET", "/pro/patients/{pid}", Door::Site),
    route("GET", "/pro/patients/{pid}/documents", Door::Site),
    route("POST", "/pro/patients/{pid}/documents/{id}/mask", Door::Site),
    route("POST", "/pro/patients/{pid}/documents/{id}/unmask", Door::Site),
    route("POST", "/pro/patients/{pid}/documents/{id}/announce", Door::Site),
    route("GET", "/pro/patients/{pid}/deposit", Door::Site),
    route("POST", "/pro/patients/{pid}/deposit", Door::Site),
    route("POST", "/pro/patients/{pid}/deposit/send", Door::Site),
    route("GET", "/pro/patients/{pid}/orders", Door::Site),
    route("POST", "/pro/patients/{pid}/orders", Door::Site),
    route("GET", "/pro/patients/{pid}/authorise", Door::Site),
    route("POST", "/pro/patients/{pid}/authorise", Door::Site),
    route("POST", "/pro/patients/{pid}/regulation", Door::Site),
    route("POST", "/pro/identity", Door::Site),
    route("GET", "/pro/mine", Door::Site),
    route("GET", "/pro/news", Door::Site),
    route("GET", "/pro/deposits", Door::Site),
    route("POST", "/pro/deposits", Door::Site),
    route("GET", "/pro/patients/{pid}/print", Door::Site),
    route("GET", "/pro/patients/{pid}/imaging", Door::Site),
    route("GET", "/pro/patients/{pid}/timeline", Door::Site),
    route("GET", "/pro/patients/{pid}/summary", Door::Site),
    route("GET", "/pro/patients/{pid}/documents/{id}", Door::Site),
    route("GET", "/pro/patients/{pid}/documents/{id}/original", Door::Site),
    route("GET", "/pro/patients/{pid}/results", Door::Site),
    route("GET", "/pro/patients/{pid}/results/{key}", Door::Site),
    route("GET", "/pro/patients/{pid}/search", Door::Site),
    route("POST", "/pro/patients/{pid}/search", Door::Site),
    route("GET", "/pro/patients/{pid}/summary.pdf", Door::Site),
    route("GET", "/pro/patients/{pid}/sign-summary", Door::Site),
    route("POST", "/pro/patients/{pid}/sign-summary", Door::Site),
    route("GET", "/pro/patients/{pid}/apps", Door::Site),
    route("POST", "/pro/patients/{pid}/apps", Door::Site),
    route("POST", "/pro/patients/{pid}/consent", Door::Site),
    route("POST", "/pro/patients/{pid}/break-glass", Door::Site),
    route("POST", "/pro/patients/{pid}/leave", Door::Site),
    route("GET", "/matrice", Door::Open),
    route("GET", "/matrice.csv", Door::Open),
    route("GET", "/statistics", Door::Open),
    route("GET", "/statistiques", Door::Open),
    route("GET", "/statistiques/ouvertures", Door::Open),
    route("GET", "/statistiques/canaux", Door::Open),
    route("GET", "/statistiques/regions", Door::Open),
    route("GET", "/statistiques/regions/{code}", Door::Open),
    route("GET", "/statistiques/phases", Door::Open),
    route("GET", "/statistiques/usages", Door::Open),
    route("GET", "/statistiques/qualite", Door::Open),
    route("GET", "/statistiques/donnees", Door::Open),
    route("GET", "/statistiques/donnees/{file}", Door::Open),
    route("GET", "/statistiques/semaines/{week}", Door::Open),
    route("GET", "/static/dmp.css", Door::Open),
    route("GET", "/static/passkey.js", Door::Open),
    route("GET", "/static/keys.js", Door::Open),
    route("GET", "/favicon.ico", Door::Open),
    route("GET", "/livez", Door::Open),
    route("GET", "/readyz", Door::Open),
];

/// The counters, for a listener of their own: what they say of everybody's requests together is for whoever runs the program.
pub fn metrics_router(app: App) -> Router {
    Router::new().route("/metrics", get(ops::metrics)).with_state(app)
}

/// The whole application.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(fhir::routes())
        .merge(cds::routes())
        .merge(scim::routes())
        .merge(
            sites().layer(from_fn_with_state(app.clone(), patient_site::keep_for_later)).layer(from_fn_with_state(app.clone(), refused_form::tell)),
        )
        .merge(opening())
        .merge(share::routes())
        .merge(statistics_site::routes())
        .route("/.well-known/smart-configuration", get(fhir::smart_configuration))
        .route("/fhir/.well-known/smart-configuration", get(fhir::smart_configuration))
        .route("/oauth/token", post(caller::token_endpoint))
        .route("/sandbox/empty", get(sandbox::empty))
        .route("/oauth/authorize", get(apps::authorize).post(apps::decide))
        .route("/oauth/continue", get(apps::go_on))
        .route("/oauth/revoke", post(apps::revoke))
        .route("/sandbox/identities", get(sandbox::identities))
        .route("/sandbox/token", post(sandbox::token))
        .route("/sandbox/mailbox", get(mailbox::show))
        .route("/matrice", get(matrix_site::show))
        .route("/matrice.csv", get(matrix_site::csv))
        .route("/static/dmp.css", get(site::style))
        .route("/static/passkey.js", get(site::passkey_script))
        .route("/static/keys.js", get(pro_site::keys_script))
        .route("/favicon.ico", get(site::icon))
        .route("/livez", get(ops::livez))
        .route("/readyz", get(ops::readyz))
        .layer(from_fn_with_state(app.clone(), strangers::meet))
        .layer(from_fn(compress::compress))
        .fallback(site::nothing_there)
        .method_not_allowed_fallback(site::not_this_way)
        .layer(from_fn_with_state(app.clone(), middleware::surround))
        .with_state(app)
}

fn opening() -> Router<App> {
    use opening_site as site;
    Router::new()
        .route("/opening", get(site::start).post(site::begin))
        .route("/opening/code", get(site::code).post(site::try_code))
        .route("/opening/card", get(site::card).post(site::try_card))
        .route("/opening/consent", get(site::consent).post(site::save_consent))
        .route("/opening/contact", get(site::contact).post(site::save_contact))
        .route("/opening/security", get(site::security).post(site::open))
        .route("/opening/receipt", get(site::receipt))
        .route("/opening/refuse", get(site::refusal).post(site::refuse))
        .route("/opening/turn", post(site::turn))
        .route("/invitation", get(site::invitation))
        .route("/opening/not-now", get(site::not_now).post(site::keep_not_now))
        .route("/opening/later", get(site::later).post(site::put_off))
}

/// Opening with the person, at both sites; and the counter.
fn counter() -> Router<App> {
    use counter_site as site;
    let opening = |base: &str| {
        Router::new()
            .route(base, get(assisted::show).post(assisted::card))
            .route(&format!("{base}/consent"), post(assisted::consent))
            .route(&format!("{base}/contact"), post(assisted::contact))
            .route(&format!("{base}/receipt"), get(assisted::receipt))
            .route(&format!("{base}/cancel"), post(assisted::cancel))
    };
    opening("/pro/open")
        .merge(opening("/accueil/ouvrir"))
        .route("/accueil", get(site::home))
        .route("/accueil/fermer", get(site::show_close).post(site::find_close))
        .route("/accueil/fermer/confirm", post(site::confirm_close))
        .route("/accueil/debloquer", get(site::show_unblock).post(site::find_unblock))
        .route("/accueil/debloquer/confirm", post(site::confirm_unblock))
        .route("/accueil/codes", get(site::show_codes).post(site::find_codes))
        .route("/accueil/codes/confirm", post(site::confirm_codes))
        .route("/accueil/droits", get(site::show_rights).post(site::find_rights))
        .route("/accueil/droits/confirm", post(site::confirm_rights))
        .route("/accueil/expliquer", get(site::explain))
        .route("/accueil/journal", get(site::journal))
        .route("/accueil/campagnes", get(site::campaigns).post(site::propose))
        .route("/accueil/campagnes/confirm", post(site::confirm_campaign))
        .route("/accueil/campagnes/stop", post(site::stop_campaign))
        .route("/accueil/fait", get(site::done))
        .route("/accueil/feuille", get(site::sheet))
}

fn sites() -> Router<App> {
    use patient_site as person;
    Router::new()
        .merge(counter())
        .route("/", get(person::home))
        .route("/signin", get(person::sign_in).post(person::sign_in_post))
        .merge(person::signing_in())
        .route("/signout", post(person::sign_out))
        .route("/lang", post(person::language))
        .route("/open", post(person::open))
        .route("/reopen", post(person::reopen))
        .route("/help", get(person::help))
        .route("/accessibility", get(person::accessibility))
        .route("/privacy", get(person::privacy))
        .route("/display", get(person::display).post(person::save_display))
        .route("/documents", get(person::documents))
        .route("/timeline", get(person::timeline))
        .route("/expected", get(person::expected))
        .route("/measures", get(person::measures))
        .route("/settings", get(person::settings))
        .route("/easy", get(person::easy_health))
        .route("/easy/who-looked", get(person::easy_who_looked))
        .route("/easy/who-may-look", get(person::easy_who_may_look))
        .route("/easy/rights", get(person::easy_rights))
        .route("/download", get(person::download).post(person::download_post))
        .route("/undo-opening", get(person::undo_opening).post(person::undo))
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
        .route("/add", get(person::add))
        .route("/add/file", get(person::add_file_form).post(person::add_file).layer(DefaultBodyLimit::max(person::FORM_BYTES_MAX)))
        .route("/add/{kind}", get(person::add_statement_form).post(person::add_statement))
        .route("/added", get(person::added_list))
        .route("/added/{id}", get(person::added))
        .route("/added/{id}/correct", get(person::correct_added_form).post(person::correct_added))
        .route("/added/{id}/withdraw", post(person::withdraw_added))
        .route("/documents/{id}/correction", get(person::correction_form).post(person::send_correction))
        .route("/corrections", get(person::corrections))
        .route("/corrections/{id}/withdraw", post(person::withdraw_correction))
        .route("/results", get(person::results))
        .route("/results/{key}", get(person::analyte))
        .route("/results/{key}/csv", get(person::analyte_csv))
        .route(Part::Treatments.path(), get(person::treatments))
        .route(Part::Vaccines.path(), get(person::vaccines))
        .route(Part::Allergies.path(), get(person::allergies))
        .route(Part::History.path(), get(person::history))
        .route("/search", get(person::search_form).post(person::search))
        .route("/summary.pdf", get(person::summary_pdf))
        .route("/emergency-card", get(person::card))
        .route("/emergency-card.pdf", get(person::card_pdf))
        .route("/share", get(person::share))
        .route("/share/show", post(person::share_show))
        .route("/share/send", post(person::share_send))
        .route("/share/documents", get(person::share_documents))
        .route("/share/links/{key}", get(person::share_link))
        .route("/share/stop", post(person::share_stop))
        .route("/share/emergency", post(person::share_emergency))
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
        .route("/apps", get(apps::apps))
        .route("/apps/withdraw", post(apps::withdraw))
        .route("/access/refuse-team", post(person::refuse_team))
        .route("/access/preview", get(person::preview))
        .route("/journal", get(person::journal))
        .route("/journal/who/{who}", get(person::who))
        .route("/journal/who/{who}/block", post(person::block_who))
        .route("/journal/who/{who}/report", post(person::report_who))
        .route("/relatives", get(person::relatives))
        .route("/relatives/switch", post(person::switch_record))
        .route("/relatives/answer", post(person::answer_invitation))
        .route("/relatives/invite", post(person::invite_helper))
        .route("/relatives/end", post(person::end_helper))
        .route("/relatives/stop", post(person::stop_helping))
        .route("/notices", get(person::notices).post(person::save_notices))
        .route("/pro", get(pro_site::search).post(pro_site::find))
        .route("/pro/appel", get(pro_site::open_call).post(pro_site::call))
        .route("/pro/appel/ticket", post(pro_site::make_ticket))
        .route("/embed/dmp-synthese.js", get(embed::script))
        .route("/embed/synthese", get(embed::frame))
        .route("/pro/corrections/{id}", get(pro_site::correction))
        .route("/pro/corrections/{id}/refuse", post(pro_site::refuse_correction))
        .route("/pro/corrections/{id}/replace", post(pro_site::replace_corrected).layer(DefaultBodyLimit::max(person::FORM_BYTES_MAX)))
        .route("/pro/oidc/start", get(pro_site::oidc_start))
        .route("/pro/oidc/callback", get(pro_site::oidc_callback))
        .route("/pro/oidc/{provider}/start", get(pro_site::structure_oidc_start))
        .route("/pro/oidc/{provider}/callback", get(pro_site::structure_oidc_callback))
        .route("/accueil/oidc/{provider}/start", get(counter_site::oidc_start))
        .route("/accueil/oidc/{provider}/callback", get(counter_site::oidc_callback))
        .route("/pro/patients/{pid}", get(pro_site::patient))
        .route("/pro/patients/{pid}/documents", get(pro_site::documents))
        .route("/pro/patients/{pid}/documents/{id}/mask", post(pro_site::mask))
        .route("/pro/patients/{pid}/documents/{id}/unmask", post(pro_site::unmask))
        .route("/pro/patients/{pid}/documents/{id}/announce", post(pro_site::announce))
        .route(
            "/pro/patients/{pid}/deposit",
            get(pro_site::deposit_form).post(pro_site::deposit_check).layer(DefaultBodyLimit::max(person::FORM_BYTES_MAX)),
        )
        .route("/pro/patients/{pid}/deposit/send", post(pro_site::deposit_send))
        .route("/pro/patients/{pid}/orders", get(pro_site::orders_form).post(pro_site::orders))
        .route("/pro/patients/{pid}/authorise", get(pro_site::authorise_form).post(pro_site::authorise))
        .route("/pro/patients/{pid}/regulation", post(pro_site::regulation))
        .route("/pro/identity", post(pro_site::find_by_identity))
        .route("/pro/mine", get(pro_site::mine))
        .route("/pro/news", get(pro_site::news))
        .route("/pro/deposits", get(pro_site::sent).post(pro_site::find_sent))
        .route("/pro/patients/{pid}/print", get(pro_site::print))
        .route("/pro/patients/{pid}/imaging", get(pro_site::imaging))
        .route("/pro/patients/{pid}/timeline", get(pro_site::timeline))
        .route("/pro/patients/{pid}/summary", get(pro_site::summary))
        .route("/pro/patients/{pid}/documents/{id}", get(pro_site::document))
        .route("/pro/patients/{pid}/documents/{id}/original", get(pro_site::original))
        .route("/pro/patients/{pid}/results", get(pro_site::results))
        .route("/pro/patients/{pid}/results/{key}", get(pro_site::analyte))
        .route("/pro/patients/{pid}/search", get(pro_site::search_form).post(pro_site::search_texts))
        .route("/pro/patients/{pid}/summary.pdf", get(pro_site::summary_pdf))
        .route("/pro/patients/{pid}/sign-summary", get(pro_site::sign_summary_form).post(pro_site::sign_summary))
        .route("/pro/patients/{pid}/apps", get(pro_site::apps).post(pro_site::launch_app))
        .route("/pro/patients/{pid}/consent", post(pro_site::consent))
        .route("/pro/patients/{pid}/break-glass", post(pro_site::break_glass))
        .route("/pro/patients/{pid}/leave", post(pro_site::leave))
}
