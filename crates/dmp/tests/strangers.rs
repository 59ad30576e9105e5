//! Every route of the table as seven strangers: what each is answered is written down here, and none of them gets a byte of what was
//! planted in the person's record. A route without a line fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

#[path = "strangers/bodies.rs"]
mod bodies;
#[path = "strangers/certificate.rs"]
mod certificate;
#[path = "strangers/elsewhere.rs"]
mod elsewhere;
#[path = "strangers/structure.rs"]
mod structure;
mod tls_support;
mod world;

use bodies::{MASK, cda_parameters, consent, document, stay, unique};
use dmp_server::{Door, ROUTES};
use dmp_testkit::{Answer, Options, Server};
use serde_json::json;
use world::{Clock, Session, asked, done, identifier, listing, national, operate, parameters, search_token, start, text, verdict};

/// A word that stands in the title and the text of a document, in the name of a unit and in a reason of the journal.
const CANARY: &str = "zqcanarizq";
/// Whose record it is.
const PERSON: &str = "claire-exemple";

/// The seven: nobody; another person, who has a record of her own; a doctor whom the person let in and then blocked; one whose
/// authorisation has expired; an insurer; a medical secretary; an automaton.
const STRANGERS: [Option<&str>; 7] = [
    None,
    Some("ines-imaginaire"),
    Some("dr-hopital"),
    Some("dr-urologue"),
    Some("assureur-imaginaire"),
    Some("secretaire-fictif"),
    Some("automate-resume"),
];

/// A route and what nobody, wrong patient, blocked, expired, insurer, secretary, automaton are answered.
type Line = (&'static str, &'static str, [u16; 7]);

/// The FHIR door. Professionals may know that a record exists (TD0.2); an expired one may still feed it and declare a stay of their
/// own hospital: neither reads anything (CSP L.1111-15, R.1111-46). A patch says of every document that there is none.
#[rustfmt::skip]
const FHIR: &[Line] = &[
    ("POST", "/fhir", [401, 422, 422, 422, 422, 422, 422]),
    ("POST", "/fhir/", [401, 422, 422, 422, 422, 422, 422]),
    ("GET", "/fhir/metadata", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/fhir/OperationDefinition/{id}", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/fhir/Patient", [401, 403, 200, 200, 403, 403, 403]),
    ("POST", "/fhir/Patient/_search", [401, 403, 200, 200, 403, 403, 403]),
    ("GET", "/fhir/Patient/{id}", [401, 403, 200, 200, 403, 403, 403]),
    ("POST", "/fhir/Patient/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/fhir/Patient/{id}/{operation}", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/Patient/{id}/{operation}", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/Consent", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/Encounter", [401, 403, 403, 201, 403, 403, 403]),
    ("PUT", "/fhir/Encounter/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/Encounter/{id}/{operation}", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/fhir/DocumentReference", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/DocumentReference", [401, 403, 403, 201, 403, 403, 403]),
    ("PATCH", "/fhir/DocumentReference", [401, 404, 404, 404, 404, 404, 404]),
    ("POST", "/fhir/DocumentReference/_search", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/DocumentReference/$generate-metadata", [401, 200, 200, 200, 200, 200, 200]),
    ("GET", "/fhir/DocumentReference/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("PATCH", "/fhir/DocumentReference/{id}", [401, 404, 404, 404, 404, 404, 404]),
    ("GET", "/fhir/Binary/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/fhir/List", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/List/_search", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/fhir/List/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/fhir/AuditEvent", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/fhir/AuditEvent/_search", [401, 403, 403, 403, 403, 403, 403]),
    // No person and no professional keeps the directory of a structure.
    ("GET", "/scim/v2/Users", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/scim/v2/Users", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/scim/v2/Users/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("PUT", "/scim/v2/Users/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("PATCH", "/scim/v2/Users/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("DELETE", "/scim/v2/Users/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/scim/v2/Groups", [401, 403, 403, 403, 403, 403, 403]),
    ("POST", "/scim/v2/Groups", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/scim/v2/Groups/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("PUT", "/scim/v2/Groups/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("PATCH", "/scim/v2/Groups/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("DELETE", "/scim/v2/Groups/{id}", [401, 403, 403, 403, 403, 403, 403]),
    ("GET", "/scim/v2/ServiceProviderConfig", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/scim/v2/Schemas", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/scim/v2/ResourceTypes", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/cds-services", [200, 200, 200, 200, 200, 200, 200]),
    // What a user's token is no proof of: only registered software asks here.
    ("POST", "/cds-services/{id}", [401, 401, 401, 401, 401, 401, 401]),
    ("POST", "/cds-services/{id}/feedback", [401, 401, 401, 401, 401, 401, 401]),
    ("GET", "/.well-known/smart-configuration", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/fhir/.well-known/smart-configuration", [200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/oauth/token", [400, 400, 400, 400, 400, 400, 400]),
    ("GET", "/sandbox/empty", [200, 200, 200, 200, 200, 200, 200]),
    // An app that nobody registered: a page, and no way out.
    ("GET", "/oauth/authorize", [400, 400, 400, 400, 400, 400, 400]),
    ("POST", "/oauth/authorize", [400, 400, 400, 400, 400, 400, 400]),
    ("GET", "/oauth/continue", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/oauth/revoke", [400, 400, 400, 400, 400, 400, 400]),
    ("GET", "/sandbox/identities", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/sandbox/mailbox", [200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/sandbox/token", [404, 404, 404, 404, 404, 404, 404]),
    // Not for persons, insurers and automatons; of professionals, what is sent is no request.
    ("POST", "/pro/appel/ticket", [401, 403, 400, 400, 403, 400, 403]),
];

/// The sites. Another person works on her own record there (200, 303); a form about somebody who is not on her list finds nobody. Who
/// has no record of their own gets 404; a professional's first page shows nobody.
#[rustfmt::skip]
const SITES: &[Line] = &[
    ("GET", "/", [200, 200, 303, 303, 200, 303, 200]),
    ("GET", "/help", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/accessibility", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/privacy", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/display", [200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/display", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/signin", [200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/signin", [422, 422, 422, 422, 422, 422, 422]),
    ("POST", "/signin/start", [422, 422, 422, 422, 422, 422, 422]),
    ("GET", "/signin/code", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/signin/code", [400, 400, 400, 400, 400, 400, 400]),
    // An address without a name has no passkeys, and no provider of persons is configured.
    ("POST", "/signin/passkey", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/signin/oidc/start", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/signin/oidc/callback", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/signin/oidc/enter", [400, 400, 400, 400, 400, 400, 400]),
    // Nothing waits: on to the first page.
    ("GET", "/signin/back", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/signin/as", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/signin/as", [303, 404, 404, 404, 404, 404, 404]),
    // Another person manages her own means; whoever is no person has none here.
    ("GET", "/settings/signin", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/identifier", [303, 422, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/mail", [303, 422, 404, 404, 404, 404, 404]),
    ("GET", "/settings/signin/mail/check", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/settings/signin/mail/check", [303, 422, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/mail/remove", [303, 404, 404, 404, 404, 404, 404]),
    // Shown to the session that has just made it; otherwise back to the means.
    ("GET", "/settings/signin/codes", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/settings/signin/codes", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/codes/remove", [303, 303, 404, 404, 404, 404, 404]),
    ("GET", "/settings/signin/passkey", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/passkey", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/passkey/later", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/passkey/remove", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/oidc/link", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/oidc/unlink", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/end-others", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/settings/signin/session", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/lang", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening", [200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/opening", [422, 422, 422, 422, 422, 422, 422]),
    ("GET", "/opening/code", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/opening/code", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening/card", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/opening/card", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening/consent", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/opening/consent", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening/contact", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/opening/contact", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening/security", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/opening/security", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening/receipt", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening/refuse", [200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/opening/refuse", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/opening/turn", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/invitation", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/opening/not-now", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/opening/not-now", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/opening/later", [200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/opening/later", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/open", [303, 409, 404, 404, 404, 404, 404]),
    ("POST", "/reopen", [303, 403, 404, 404, 404, 404, 404]),
    ("GET", "/documents", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/timeline", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/expected", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/measures", [303, 200, 404, 404, 404, 404, 404]),
    // The hub shows nothing of any record.
    ("GET", "/settings", [303, 200, 200, 200, 200, 200, 200]),
    ("GET", "/easy", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/easy/who-looked", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/easy/who-may-look", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/easy/rights", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/download", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/download", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/undo-opening", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/undo-opening", [303, 403, 404, 404, 404, 404, 404]),
    ("GET", "/close", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/close", [303, 422, 404, 404, 404, 404, 404]),
    ("POST", "/close/destruction", [303, 303, 404, 404, 404, 404, 404]),
    ("GET", "/close/leaflet.pdf", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/paper", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/paper", [303, 422, 404, 404, 404, 404, 404]),
    ("GET", "/summary-large.pdf", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/journal.pdf", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/access.pdf", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/help/letter", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/documents/{id}", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/documents/{id}/original", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/documents/{id}/hide", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/documents/{id}/show", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/add", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/add/file", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/add/file", [303, 400, 400, 400, 400, 400, 400]),
    ("GET", "/add/{kind}", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/add/{kind}", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/added", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/added/{id}", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/added/{id}/correct", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/added/{id}/correct", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/added/{id}/withdraw", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/documents/{id}/correction", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/documents/{id}/correction", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/corrections", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/corrections/{id}/withdraw", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/results", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/results/{key}/csv", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/results/{key}", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/treatments", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/vaccines", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/allergies", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/history", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/search", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/search", [303, 303, 404, 404, 404, 404, 404]),
    ("GET", "/summary.pdf", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/emergency-card", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/emergency-card.pdf", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/share", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/share/show", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/share/send", [303, 422, 404, 404, 404, 404, 404]),
    ("GET", "/share/documents", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/share/links/{key}", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/share/stop", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/share/emergency", [303, 303, 404, 404, 404, 404, 404]),
    ("GET", "/share/open/{id}", [404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/share/open/{id}", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/share/open/{id}/file/{key}", [404, 404, 404, 404, 404, 404, 404]),
    // What is sent is no request for a manifest; `share.rs` shows what is answered to one.
    ("POST", "/shl/{id}", [400, 400, 400, 400, 400, 400, 400]),
    ("GET", "/shl/{id}", [404, 404, 404, 404, 404, 404, 404]),
    ("OPTIONS", "/shl/{id}", [204, 204, 204, 204, 204, 204, 204]),
    ("GET", "/shl/{id}/file/{key}", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/access", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/access/authorise", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/access/revoke", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/access/block", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/access/unblock", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/access/medecin-traitant", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/access/administrator", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/access/emergency", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/access/mask-all", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/access/team-consent", [303, 303, 404, 404, 404, 404, 404]),
    ("GET", "/apps", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/apps/withdraw", [303, 303, 404, 404, 404, 404, 404]),
    ("POST", "/access/refuse-team", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/access/preview", [303, 200, 404, 404, 404, 404, 404]),
    ("GET", "/journal", [303, 200, 404, 404, 404, 404, 404]),
    // Nobody's address is known: it is sealed, and a made-up one is nobody's.
    ("GET", "/journal/who/{who}", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/journal/who/{who}/block", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/journal/who/{who}/report", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/relatives", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/relatives/switch", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/relatives/answer", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/relatives/invite", [303, 422, 404, 404, 404, 404, 404]),
    ("POST", "/relatives/end", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/relatives/stop", [303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/notices", [303, 200, 404, 404, 404, 404, 404]),
    ("POST", "/notices", [303, 303, 404, 404, 404, 404, 404]),
    ("GET", "/pro", [303, 200, 200, 200, 200, 200, 200]),
    ("POST", "/pro", [303, 303, 303, 303, 303, 303, 303]),
    // Without a ticket or a number there is nothing to open, for anybody.
    ("GET", "/pro/appel", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/pro/appel", [422, 422, 422, 422, 422, 422, 422]),
    ("GET", "/embed/dmp-synthese.js", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/embed/synthese", [410, 410, 410, 410, 410, 410, 410]),
    // Doctors alone may begin; the counter is for agents.
    ("GET", "/pro/open", [303, 303, 200, 200, 303, 303, 303]),
    ("POST", "/pro/open", [303, 303, 422, 422, 303, 303, 303]),
    ("POST", "/pro/open/consent", [303, 303, 422, 422, 303, 303, 303]),
    ("POST", "/pro/open/contact", [303, 303, 422, 422, 303, 303, 303]),
    ("GET", "/pro/open/receipt", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/pro/open/cancel", [303, 303, 404, 404, 303, 303, 303]),
    ("GET", "/accueil", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/ouvrir", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/ouvrir", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/ouvrir/consent", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/ouvrir/contact", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/ouvrir/receipt", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/ouvrir/cancel", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/fermer", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/fermer", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/fermer/confirm", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/debloquer", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/debloquer", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/debloquer/confirm", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/codes", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/codes", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/codes/confirm", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/droits", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/droits", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/droits/confirm", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/expliquer", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/journal", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/campagnes", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/campagnes", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/campagnes/confirm", [303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/accueil/campagnes/stop", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/fait", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/accueil/feuille", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/pro/corrections/{id}", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/pro/corrections/{id}/refuse", [303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/pro/corrections/{id}/replace", [303, 400, 400, 400, 400, 400, 400]),
    ("GET", "/pro/oidc/start", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/pro/oidc/callback", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/accueil/oidc/{provider}/start", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/accueil/oidc/{provider}/callback", [404, 404, 404, 404, 404, 404, 404]),
    // No provider of a structure is configured.
    ("GET", "/pro/oidc/{provider}/start", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/pro/oidc/{provider}/callback", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/pro/patients/{pid}", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/identity", [303, 422, 422, 422, 422, 422, 422]),
    // Nobody of them is let in anywhere: the lists are empty.
    ("GET", "/pro/mine", [303, 200, 200, 200, 200, 200, 200]),
    ("GET", "/pro/news", [303, 200, 200, 200, 200, 200, 200]),
    // Of what they sent, which is nothing of hers.
    ("GET", "/pro/deposits", [303, 200, 200, 200, 200, 200, 200]),
    ("POST", "/pro/deposits", [303, 200, 200, 200, 200, 200, 200]),
    ("GET", "/pro/patients/{pid}/documents", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/documents/{id}/mask", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/documents/{id}/unmask", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/documents/{id}/announce", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/print", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/imaging", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/timeline", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/summary", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/deposit", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/deposit", [303, 400, 400, 400, 400, 400, 400]),
    ("POST", "/pro/patients/{pid}/deposit/send", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/orders", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/orders", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/authorise", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/authorise", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/regulation", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/pro/patients/{pid}/documents/{id}", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/documents/{id}/original", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/results", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/results/{key}", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/search", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/search", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/summary.pdf", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/sign-summary", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/sign-summary", [303, 403, 403, 403, 403, 403, 403]),
    ("GET", "/pro/patients/{pid}/apps", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/apps", [303, 403, 403, 403, 403, 403, 403]),
    ("POST", "/pro/patients/{pid}/consent", [303, 422, 422, 422, 422, 422, 422]),
    ("POST", "/pro/patients/{pid}/break-glass", [303, 422, 422, 422, 422, 422, 422]),
    ("POST", "/pro/patients/{pid}/leave", [303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/matrice", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/matrice.csv", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistics", [308, 308, 308, 308, 308, 308, 308]),
    ("GET", "/statistiques", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/ouvertures", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/canaux", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/regions", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/regions/{code}", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/statistiques/phases", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/usages", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/qualite", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/donnees", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/statistiques/donnees/{file}", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/statistiques/semaines/{week}", [404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/static/dmp.css", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/static/passkey.js", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/static/keys.js", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/favicon.ico", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/livez", [200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/readyz", [200, 200, 200, 200, 200, 200, 200]),
    // Last: it ends the session.
    ("POST", "/signout", [303, 303, 303, 303, 303, 303, 303]),
];

/// The person's record with what was planted in it, and the addresses that lead to it.
struct Planted {
    server: Server,
    patient: String,
    document: String,
    binary: String,
    list: String,
    encounter: String,
}

impl Planted {
    fn new(server: Server) -> Self {
        let doctor = server.token_with("dr-fictif", &[("consent_now", "true")]);
        let published = asked(&server, &doctor, "POST", "/fhir/DocumentReference").body("application/fhir+json", document(1, CANARY)).send();
        assert_eq!(published.status, 201, "{}", published.text());
        let document = text(&published.json(), "/id").to_owned();
        let url = text(&published.json(), "/content/0/attachment/url").to_owned();
        let binary = url[url.find("/fhir/Binary/").unwrap() + "/fhir/Binary/".len()..].to_owned();
        let get = |path: &str| {
            let answer = asked(&server, &doctor, "GET", path).send();
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            answer
        };
        let bytes = get(&format!("/fhir/Binary/{binary}")).text();
        assert!(bytes.contains(CANARY) && get(&listing(PERSON)).text().contains(CANARY), "nothing was planted");
        let sets = get(&format!("/fhir/List?patient.identifier={}&code=submissionset&status=current", search_token(PERSON))).json();
        let list = text(&sets, "/entry/0/resource/id").to_owned();
        let found = get(&format!("/fhir/Patient?identifier={}", search_token(PERSON))).json();
        let patient = text(&found, "/entry/0/resource/id").to_owned();
        let declared = asked(&server, &doctor, "POST", "/fhir/Encounter").body("application/fhir+json", stay(CANARY)).send();
        assert_eq!(declared.status, 201, "{}", declared.text());
        let encounter = text(&declared.json(), "/id").to_owned();
        let words = [("purpose", "bris_de_glace"), ("reason", CANARY)];
        assert_eq!(asked(&server, &server.token_with("dr-urgence", &words), "GET", &listing(PERSON)).send().status, 200);
        let claire = server.token(PERSON);
        let blocked = [("professional", json!(national("dr-hopital")))];
        done(&operate(&server, &claire, "dmp-block", PERSON, &blocked));
        done(&operate(&server, &claire, "dmp-update-contact", PERSON, &[("email", json!(format!("{CANARY}@exemple.test")))]));
        Planted { server, patient, document, binary, list, encounter }
    }

    /// The address of a route about the planted record, with its query.
    fn address(&self, method: &str, route: &str) -> String {
        let id = match route.split('/').nth(2) {
            Some("Patient") if method == "POST" && route == "/fhir/Patient/{id}" => "$dmp-close",
            Some("Patient") => &self.patient,
            Some("Binary") => &self.binary,
            Some("List") => &self.list,
            Some("Encounter") => &self.encounter,
            Some("OperationDefinition") => "unknown",
            _ if route.starts_with("/cds-services/") => "dmp-recent-exam-sign",
            _ => &self.document,
        };
        let operation = match (method, route.starts_with("/fhir/Encounter")) {
            ("GET", _) => "$summary",
            (_, true) => "$dmp-end-episode",
            (_, false) => "$dmp-close",
        };
        let path = route.replace("{id}", id).replace("{pid}", &self.patient).replace("{operation}", operation).replace("{key}", "0123456789abcdef");
        let path = path.replace("{provider}", "chu");
        let person = search_token(PERSON);
        match (method, route) {
            ("GET", "/fhir/Patient") => format!("{path}?identifier={person}"),
            ("GET", "/fhir/DocumentReference") => format!("{path}?patient.identifier={person}&status=current"),
            ("PATCH", "/fhir/DocumentReference") => format!("{path}?patient.identifier={person}&identifier={}", unique(1)),
            ("GET", "/fhir/List") => format!("{path}?patient.identifier={person}&code=submissionset&status=current"),
            ("GET", "/fhir/AuditEvent") => format!("{path}?patient.identifier={person}"),
            _ => path,
        }
    }

    /// What is sent to a route, well-formed, so that the answer is about the right and not about the form.
    fn body(&self, method: &str, route: &str) -> Option<(&'static str, String)> {
        const JSON: &str = "application/fhir+json";
        const FORM: &str = "application/x-www-form-urlencoded";
        let person = search_token(PERSON);
        Some(match (method, route) {
            ("GET", _) => return None,
            (_, "/fhir" | "/fhir/") => (JSON, json!({ "resourceType": "Bundle", "type": "transaction", "entry": [] }).to_string()),
            (_, "/fhir/Patient/_search") => (FORM, format!("identifier={person}")),
            (_, "/fhir/DocumentReference/_search") => (FORM, format!("patient.identifier={person}&status=current")),
            (_, "/fhir/List/_search") => (FORM, format!("patient.identifier={person}&code=submissionset&status=current")),
            (_, "/fhir/AuditEvent/_search") => (FORM, format!("patient.identifier={person}")),
            (_, "/fhir/Patient/{id}" | "/fhir/Patient/{id}/{operation}") => (JSON, parameters(PERSON, &[])),
            (_, "/fhir/Encounter" | "/fhir/Encounter/{id}") => (JSON, stay("Urologie")),
            (_, "/fhir/Encounter/{id}/{operation}") => (JSON, String::new()),
            (_, "/fhir/DocumentReference") if method == "POST" => (JSON, document(2, "Compte rendu")),
            (_, "/fhir/DocumentReference/$generate-metadata") => (JSON, cda_parameters()),
            ("PATCH", _) => ("application/json-patch+json", MASK.to_owned()),
            (_, "/fhir/Consent") => (JSON, consent()),
            (_, "/sandbox/token") => (FORM, "as=nobody".to_owned()),
            _ => (FORM, String::new()),
        })
    }

    fn as_caller(&self, token: Option<&str>, method: &str, route: &str) -> Answer {
        let mut request = self.server.request(method, &self.address(method, route));
        if let Some(token) = token {
            request = request.token(token);
        }
        if let Some((media_type, body)) = self.body(method, route) {
            request = request.body(media_type, body);
        }
        request.send()
    }

    fn as_visitor(&self, session: Option<&Session>, method: &str, route: &str) -> Answer {
        let path = self.address(method, route);
        match (session, method) {
            (None, "GET") => self.server.request(method, &path).send(),
            (None, _) => self.server.request(method, &path).body("application/x-www-form-urlencoded", fields(route, "")).send(),
            (Some(session), "GET") => session.get(&self.server, &path),
            (Some(session), _) => {
                let token = session.csrf();
                session.request(&self.server, method, &path).body("application/x-www-form-urlencoded", fields(route, &token)).send()
            }
        }
    }
}

/// The form of a page of the sites.
fn fields(route: &str, csrf: &str) -> String {
    let ins = identifier(PERSON);
    let more = match route {
        "/signin" => "identity=nobody".to_owned(),
        "/lang" => "lang=en&back=/".to_owned(),
        "/open" => "consent=on".to_owned(),
        "/download" => "understood=on".to_owned(),
        "/pro" => format!("ins={}", text(&ins, "/value")),
        "/pro/deposits" => format!("reference={}", unique(1)),
        "/access/authorise" => format!("rpps={}", &national("dr-modele")[1..]),
        "/access/mask-all" => "all_masked=on".to_owned(),
        "/access/team-consent" => "team_consent=on".to_owned(),
        _ if route.starts_with("/access/") => format!("professional=ps%3A{}", national("dr-urologue")),
        // Ticked boxes are a declaration that whoever ticks them answers for: `break_glass.rs` shows what comes of it.
        "/pro/patients/{pid}/break-glass" => "reason=voir".to_owned(),
        _ => String::new(),
    };
    format!("csrf={csrf}&{more}")
}

fn planted() -> (Clock, Planted) {
    let clock = Clock::new();
    let server = start(2, &clock, None);
    (clock, Planted::new(server))
}

/// What no answer may hold, whoever asks.
#[track_caller]
fn holds_nothing_of_hers(answer: &Answer, route: &str, what: &str) {
    assert!(!answer.text().contains(CANARY), "{what} holds what was planted: {}", answer.text());
    let headers: String = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    assert!(!headers.contains(CANARY), "{what}: {headers}");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
    assert!(answer.header("content-security-policy").is_some(), "{what}");
    // Her number: the demonstration's own list of invented people has it, and those who may know that a record exists gave it.
    let number = text(&identifier(PERSON), "/value").to_owned();
    let named = answer.text().contains(&number);
    assert!(!named || answer.status < 300 && (route.starts_with("/sandbox") || route.starts_with("/fhir")), "{what} names her: {}", answer.text());
}

#[test]
fn every_route_has_its_line_and_every_line_its_route() {
    let served: Vec<String> = ROUTES.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let lines: Vec<String> = FHIR.iter().chain(SITES).map(|(method, path, _)| format!("{method} {path}")).collect();
    let without: Vec<_> = served.iter().filter(|route| lines.iter().filter(|line| line == route).count() != 1).collect();
    assert!(without.is_empty(), "routes without one line of what strangers are answered: {without:?}");
    let unserved: Vec<_> = lines.iter().filter(|line| !served.contains(line)).collect();
    assert!(unserved.is_empty(), "lines without a route: {unserved:?}");
    // Nobody is let in where a token or a session is asked for.
    for (method, path, expected) in FHIR.iter().chain(SITES) {
        match ROUTES.iter().find(|route| (route.method, route.path) == (*method, *path)).unwrap().door {
            Door::Fhir => assert_eq!(expected[0], 401, "{method} {path}"),
            Door::Site => assert_eq!(expected[0], 303, "{method} {path}"),
            Door::Front => assert_eq!(expected[0], 200, "{method} {path}"),
            Door::Open => assert!(expected.iter().all(|status| *status == expected[0]), "{method} {path} is open, to all alike"),
        }
    }
}

/// Sends every line as every stranger; what differs from the declared answers, all of it at once.
fn differences(lines: &[Line], ask: impl Fn(usize, &str, &str) -> Answer) -> Vec<String> {
    let mut found = Vec::new();
    for (method, route, expected) in lines {
        for (place, stranger) in STRANGERS.iter().enumerate() {
            let answer = ask(place, method, route);
            let what = format!("{method} {route} as {}", stranger.unwrap_or("nobody"));
            holds_nothing_of_hers(&answer, route, &what);
            if answer.status != expected[place] {
                let start: String = answer.text().chars().take(300).collect();
                found.push(format!("{what}: {}, not {} ({start})", answer.status, expected[place]));
            }
        }
    }
    found
}

#[test]
fn seven_strangers_get_nothing_from_the_fhir_door() {
    let (_clock, planted) = planted();
    let tokens: Vec<Option<String>> = STRANGERS.iter().map(|one| one.map(|handle| planted.server.token(handle))).collect();
    let found = differences(FHIR, |place, method, route| planted.as_caller(tokens[place].as_deref(), method, route));
    assert!(found.is_empty(), "{}", found.join("\n"));
    // The journal says why: each of the seven is refused for what it is.
    let why = |place: usize| verdict(&planted.as_caller(tokens[place].as_deref(), "GET", "/fhir/DocumentReference"));
    let reasons: Vec<String> = (1..STRANGERS.len()).map(why).collect();
    let expected = ["not-their-record", "blocked", "authorisation-expired", "insurers-never", "not-in-matrix", "never-content"];
    assert_eq!(reasons, expected.map(|code| format!("403 access-{code}")));
}

#[test]
fn seven_strangers_get_nothing_from_the_sites() {
    let (_clock, planted) = planted();
    let sessions: Vec<Option<Session>> = STRANGERS.iter().map(|one| one.map(|handle| Session::of(&planted.server, handle))).collect();
    let found = differences(SITES, |place, method, route| planted.as_visitor(sessions[place].as_ref(), method, route));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_ended_session_and_an_expired_token_open_nothing() {
    let (clock, planted) = planted();
    let (token, session) = (planted.server.token(PERSON), Session::of(&planted.server, PERSON));
    assert_eq!(planted.as_caller(Some(&token), "GET", "/fhir/DocumentReference").status, 200);
    assert!(session.get(&planted.server, "/").text().contains(CANARY), "the person reads her own record");
    clock.shift(3_600);
    for (method, route, _) in FHIR.iter().filter(|(_, _, expected)| expected[0] == 401) {
        let answer = planted.as_caller(Some(&token), method, route);
        assert_eq!(answer.status, 401, "{method} {route} with a token of an hour ago");
        holds_nothing_of_hers(&answer, route, route);
    }
    for (method, route, expected) in SITES.iter().filter(|(_, _, expected)| expected[1] != expected[0] || expected[0] == 303) {
        let answer = planted.as_visitor(Some(&session), method, route);
        assert_eq!(answer.status, expected[0], "{method} {route} in a session of an hour ago");
        holds_nothing_of_hers(&answer, route, route);
    }
}

#[test]
fn what_is_not_in_the_table_does_not_exist() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    for path in ["/admin", "/fhir/Observation", "/fhir/Patient/x/y/z", "/sandbox/other", "/.git/config", "/metrics"] {
        assert_eq!(server.request("GET", path).send().status, 404, "{path}");
    }
}
