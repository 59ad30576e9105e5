//! Apps of the person, through the built program: a client library of SMART Health IT, and what somebody would try who wants more than was allowed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod world;

#[path = "apps/launch.rs"]
mod launch;
#[path = "apps/smart_client.rs"]
mod smart_client;

use dmp_server::{Door, ROUTES};
use dmp_testkit::Answer;
use launch::{APP, BACK, CHALLENGE, Installation, OTHER_BACK, VERIFIER, parameter};
use world::{Session, verdict};

const PERSON: &str = "claire-exemple";
const EVERYTHING: &[&str] = &["record", "documents", "contents"];

#[test]
fn a_smart_client_launches_reads_comes_back_and_is_taken_out() {
    smart_client::play(PERSON);
}

/// What the app hears at its own address, before anybody signs in.
fn told(installation: &Installation, changes: &[(&str, &str)]) -> String {
    let answer = installation.authorize(&installation.query(changes));
    let location = answer.header("location").unwrap_or_else(|| panic!("{changes:?}: {} {}", answer.status, answer.text()));
    assert!(location.starts_with(&format!("{BACK}?")), "{location}");
    assert_eq!(parameter(location, "iss").as_deref(), Some(installation.server.url.as_str()));
    parameter(location, "error").unwrap()
}

#[test]
fn a_wrong_request_is_told_to_the_app_with_its_state_and_nobody_is_asked() {
    let installation = Installation::start();
    let wrong: [(&[(&str, &str)], &str); 16] = [
        (&[("response_type", "token")], "unsupported_response_type"),
        (&[("response_type", "")], "unsupported_response_type"),
        (&[("response_mode", "fragment")], "invalid_request"),
        (&[("aud", "https://elsewhere.example/fhir")], "invalid_request"),
        (&[("aud", "")], "invalid_request"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge", "short")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("request", "eyJ")], "request_not_supported"),
        (&[("scope", "")], "invalid_scope"),
        (&[("scope", "openid fhirUser patient/*.rs")], "invalid_scope"),
        (&[("scope", "patient/DocumentReference.cruds")], "invalid_scope"),
        (&[("scope", "user/*.rs")], "invalid_scope"),
        (&[("scope", "patient/AuditEvent.rs")], "invalid_scope"),
        (&[("scope", "patient/Observation.read")], "invalid_scope"),
    ];
    for (changes, error) in wrong {
        assert_eq!(told(&installation, changes), error, "{changes:?}");
        let location = installation.authorize(&installation.query(changes)).header("location").unwrap().to_owned();
        assert_eq!(parameter(&location, "state").as_deref(), Some("étât & co"), "{location}");
    }
    assert_eq!(told(&installation, &[("state", "")]), "invalid_request");
    let twice = format!("{}&scope=patient%2F*.rs", installation.query(&[]));
    assert!(installation.authorize(&twice).header("location").unwrap().contains("error=invalid_request"));
    // The other app is registered for less.
    let narrow = installation.query(&[("client_id", "petit-carnet"), ("redirect_uri", OTHER_BACK)]);
    assert!(installation.authorize(&narrow).header("location").unwrap().contains("error=invalid_scope"));
}

#[test]
fn an_address_that_is_not_registered_is_never_followed() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    let evil = [
        "https://evil.example/retour",
        "http://127.0.0.1:8123/retour/",
        "http://127.0.0.1:8123/RETOUR",
        "http://127.0.0.1:8123/retour?x=1",
        "http://127.0.0.1:8123/retour#x",
        "http://127.0.0.1:8123@evil.example/retour",
        "http://127.0.0.1:8123.evil.example/retour",
        "javascript:alert(1)",
        "//evil.example",
        OTHER_BACK,
        "",
    ];
    for address in evil {
        let query = installation.query(&[("redirect_uri", address)]);
        for answer in [installation.authorize(&query), session.get(&installation.server, &format!("/oauth/authorize?{query}"))] {
            assert_eq!((answer.status, answer.header("location")), (400, None), "{address}");
            assert!(!answer.text().contains("evil.example"), "{address}");
        }
        let posted = session.post(&installation.server, "/oauth/authorize", &[("request", &query), ("read", "record"), ("decision", "accept")]);
        assert_eq!((posted.status, posted.header("location")), (400, None), "{address}");
    }
    let unknown = installation.authorize(&installation.query(&[("client_id", "nobody")]));
    assert_eq!((unknown.status, unknown.header("location")), (400, None));
    let twice = installation.authorize(&format!("{}&redirect_uri=https%3A%2F%2Fevil.example", installation.query(&[])));
    assert_eq!((twice.status, twice.header("location")), (400, None));
    let long = installation.authorize(&installation.query(&[("state", &"a".repeat(3_000))]));
    assert_eq!((long.status, long.header("location")), (400, None));
}

#[test]
fn signing_in_leads_back_to_the_very_request_and_nowhere_else() {
    let installation = Installation::start();
    let server = &installation.server;
    let query = installation.query(&[]);
    let asked = installation.authorize(&query);
    assert_eq!((asked.status, asked.header("refresh")), (200, Some("0; url=/oauth/continue")));
    let line = asked.header("set-cookie").unwrap().to_owned();
    assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax") && line.contains("Max-Age=600"), "{line}");
    let waiting = line.split(';').next().unwrap().to_owned();
    let go_on = |cookies: &str, path: &str| {
        let answer = server.request("GET", path).header("cookie", cookies).send();
        (answer.status, answer.header("location").map(str::to_owned))
    };
    assert_eq!(go_on(&waiting, "/oauth/continue"), (303, Some("/signin".to_owned())));
    let entered = server.request("POST", "/signin").body("application/x-www-form-urlencoded", format!("identity={PERSON}")).send();
    let both = format!("{waiting}; {}", entered.header("set-cookie").unwrap().split(';').next().unwrap());
    assert_eq!(go_on(&both, "/"), (303, Some("/oauth/continue".to_owned())));
    assert_eq!(go_on(&both, "/oauth/continue"), (303, Some(format!("/oauth/authorize?{query}"))));
    // Made up, changed, or too old, it leads home.
    let session = entered.header("set-cookie").unwrap().split(';').next().unwrap();
    for forged in ["dmp_app=//evil.example", "dmp_app=https://evil.example", &format!("{waiting}A"), "dmp_app="] {
        assert_eq!(go_on(&format!("{forged}; {session}"), "/oauth/continue"), (303, Some("/".to_owned())), "{forged}");
    }
    installation.clock.shift(601);
    assert_eq!(go_on(&both, "/oauth/continue"), (303, Some("/".to_owned())));
}

#[test]
fn a_form_that_is_not_ours_lets_no_app_in() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    let query = installation.query(&[]);
    let form = |csrf: &str| {
        let form = format!("csrf={csrf}&request={}&read=record&read=documents&decision=accept", dmp_testkit::form_value(&query));
        session.request(&installation.server, "POST", "/oauth/authorize").body("application/x-www-form-urlencoded", form).send()
    };
    for csrf in ["", "0000", &"0".repeat(64)] {
        let answer = form(csrf);
        assert_eq!(answer.header("location"), Some(format!("/oauth/authorize?{query}&said=form-expired").as_str()));
    }
    assert!(session.get(&installation.server, "/apps").text().contains("Aucune application ne lit ce dossier"));
    assert!(form(&session.csrf()).header("location").unwrap().starts_with(&format!("{BACK}?code=")));
    // Refusing is told to the app; nothing ticked is asked again.
    let refused = installation.answer(&session, &query, &[], "hour", "refuse");
    assert_eq!(parameter(refused.header("location").unwrap(), "error").as_deref(), Some("access_denied"));
    let nothing = installation.answer(&session, &query, &[], "year", "accept");
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("Cochez au moins une ligne") && nothing.text().contains("value=\"year\" checked"), "{}", nothing.text());
    assert!(nothing.header("content-security-policy").unwrap().contains("form-action 'self' http://127.0.0.1:8123;"));
}

#[test]
fn a_code_is_good_once_for_its_own_app_address_and_verifier() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    let code = installation.code(&session, EVERYTHING, "hour");
    let wrong: [&[(&str, &str)]; 9] = [
        &[("code_verifier", "")],
        &[("code_verifier", "short")],
        &[("code_verifier", CHALLENGE)],
        &[("code_verifier", &VERIFIER.replace('d', "e"))],
        &[("redirect_uri", "http://127.0.0.1:8123/autre")],
        &[("redirect_uri", "")],
        &[("client_id", "petit-carnet")],
        &[("client_id", "nobody")],
        &[("client_id", "")],
    ];
    for changes in wrong {
        assert_eq!(installation.redeem(&code, changes).status, 400, "{changes:?}");
    }
    assert_eq!(installation.redeem(&format!("{code}A"), &[]).status, 400);
    // Wrong tries by somebody else took nothing from whom it belongs to.
    let keys = installation.redeem(&code, &[]);
    assert_eq!((keys.status, keys.header("cache-control")), (200, Some("no-store")), "{}", keys.text());
    let keys = keys.json();
    assert_eq!(keys["token_type"], "Bearer");
    assert!(keys["expires_in"].as_i64().unwrap() <= 3_600 && keys["refresh_token"].is_null(), "an hour alone has no refresh token: {keys}");
    let token = keys["access_token"].as_str().unwrap();
    assert_eq!(installation.read(token, &keys).status, 200);
    // The same code again: somebody has a copy, so the access ends.
    assert_eq!(installation.redeem(&code, &[]).json()["error"], "invalid_grant");
    assert_eq!(installation.read(token, &keys).status, 401);
    let journal = session.get(&installation.server, "/journal").text();
    assert!(journal.contains("a perdu son accès à votre dossier"), "{journal}");
    // A minute later a code is worth nothing.
    let late = installation.code(&session, EVERYTHING, "hour");
    installation.clock.shift(61);
    assert_eq!(installation.redeem(&late, &[]).json()["error"], "invalid_grant");
}

#[test]
fn of_fifty_who_show_one_code_at_once_one_wins() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    for _ in 0..3 {
        let code = installation.code(&session, EVERYTHING, "hour");
        let statuses = world::at_once(50, &[(); 50], |()| installation.redeem(&code, &[]).status);
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| matches!(status, 200 | 400)), "{statuses:?}");
    }
    // The same of a refresh token.
    let keys = installation.keys(&session, EVERYTHING, "year");
    let refresh = keys["refresh_token"].as_str().unwrap();
    let statuses = world::at_once(50, &[(); 50], |()| installation.refresh(refresh, &[]).status);
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

#[test]
fn a_refresh_token_that_comes_twice_ends_the_access() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    let first = installation.keys(&session, EVERYTHING, "quarter");
    let old = first["refresh_token"].as_str().unwrap();
    for wrong in [[("client_id", "petit-carnet")], [("scope", "patient/*.cruds")], [("scope", "user/*.rs")], [("refresh_token", "made-up")]] {
        assert_eq!(installation.refresh(old, &wrong).status, 400, "{wrong:?}");
    }
    let second = installation.refresh(old, &[("scope", "patient/Patient.rs")]).json();
    let token = second["access_token"].as_str().unwrap();
    assert_eq!(second["scope"], first["scope"]);
    assert_eq!(installation.read(token, &first).status, 200);
    assert_eq!(installation.refresh(old, &[]).json()["error"], "invalid_grant");
    assert_eq!(installation.read(token, &first).status, 401);
    assert_eq!(installation.refresh(second["refresh_token"].as_str().unwrap(), &[]).status, 400);
    let page = session.get(&installation.server, "/apps").text();
    assert!(page.contains("Accès coupé par sécurité"), "{page}");
    assert!(session.get(&installation.server, "/notices").text().contains("une de ses clés avait servi deux fois"));
}

#[test]
fn an_app_reads_what_was_ticked_and_reaches_nothing_else() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    let part = installation.keys(&session, &["documents"], "hour");
    assert_eq!(part["scope"], "launch/patient patient/DocumentReference.rs");
    let token = part["access_token"].as_str().unwrap();
    let patient = part["patient"].as_str().unwrap();
    let listing = format!("/fhir/DocumentReference?patient={patient}&status=current");
    let list = installation.get(token, &listing);
    assert_eq!(list.status, 200, "{}", list.text());
    let attachment = list.json()["entry"][0]["resource"]["content"][0]["attachment"]["url"].as_str().unwrap().to_owned();
    let binary = attachment.trim_start_matches(installation.server.url.as_str());
    for path in [format!("/fhir/Patient/{patient}"), format!("/fhir/Patient/{patient}/$summary"), binary.to_owned()] {
        assert_eq!(verdict(&installation.get(token, &path)), "403 scope-missing", "{path}");
    }
    // Everything that an app can have, and every route of the door.
    let all = installation.keys(&session, EVERYTHING, "year");
    let token = all["access_token"].as_str().unwrap();
    for path in [format!("/fhir/Patient/{patient}"), format!("/fhir/Patient/{patient}/$summary"), listing, binary.to_owned()] {
        assert_eq!(installation.get(token, &path).status, 200, "{path}");
    }
    let reads = ["/fhir/Patient", "/fhir/Patient/_search", "/fhir/Patient/{id}", "/fhir/Patient/{id}/{operation}", "/fhir/Binary/{id}"];
    let lists = ["/fhir/DocumentReference", "/fhir/DocumentReference/_search", "/fhir/DocumentReference/{id}"];
    for route in ROUTES.iter().filter(|route| route.door == Door::Fhir && route.path.starts_with("/fhir")) {
        let open = reads.iter().chain(&lists).any(|path| *path == route.path) && (route.method == "GET" || route.path.ends_with("_search"));
        let path = route.path.replace("{id}", patient).replace("{operation}", "$dmp-find");
        let request = installation.server.request(route.method, &path).token(token).body("application/fhir+json", "{}");
        let answer = request.send();
        if !open {
            assert_eq!(verdict(&answer), "403 app-route", "{} {}", route.method, route.path);
        } else if route.path == "/fhir/Patient/{id}/{operation}" {
            assert_eq!(verdict(&answer), "403 app-route", "search in the texts is not for apps");
        }
    }
    assert_eq!(installation.server.request("GET", "/apps").token(token).send().status, 303, "a token is no session");
    let journal = session.get(&installation.server, "/journal").text();
    assert!(journal.contains("l&#39;application «\u{a0}Carnet d&#39;essai\u{a0}», que vous avez autorisée le"), "{journal}");
    let english = session.request(&installation.server, "GET", "/journal").header("accept-language", "en").send().text();
    assert!(english.contains("the app “Test notebook”, which you allowed on"), "{english}");
    // Somebody else's record does not know this app.
    let other = installation.keys(&Session::of(&installation.server, "ines-imaginaire"), EVERYTHING, "hour");
    assert_eq!(installation.get(token, &format!("/fhir/Patient/{}", other["patient"].as_str().unwrap())).status, 403);
}

#[test]
fn an_access_ends_at_once_when_it_is_taken_back_laid_down_or_over() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    // Taken back.
    let keys = installation.keys(&session, EVERYTHING, "year");
    let token = keys["access_token"].as_str().unwrap();
    assert_eq!(installation.read(token, &keys).status, 200);
    let page = session.get(&installation.server, "/apps").text();
    let id = page.split("name=\"app\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let without = session.request(&installation.server, "POST", "/apps/withdraw");
    let answer = without.body("application/x-www-form-urlencoded", format!("app={id}")).send();
    assert_eq!(answer.header("location"), Some("/apps?said=form-expired"));
    assert_eq!(installation.read(token, &keys).status, 200);
    for _ in 0..2 {
        let answer = session.post(&installation.server, "/apps/withdraw", &[("app", &id)]);
        assert_eq!(answer.header("location"), Some("/apps?said=app-withdrawn"));
    }
    assert_eq!(installation.read(token, &keys).status, 401);
    assert_eq!(installation.refresh(keys["refresh_token"].as_str().unwrap(), &[]).status, 400);
    // Laid down by the app, not by another one.
    let keys = installation.keys(&session, EVERYTHING, "year");
    let token = keys["access_token"].as_str().unwrap();
    let revoke = |client: &str, token: &str| installation.form("/oauth/revoke", &[("token", token), ("client_id", client)]).status;
    assert_eq!((revoke("petit-carnet", token), revoke("nobody", token), revoke(APP, "made-up")), (200, 400, 200));
    assert_eq!(installation.read(token, &keys).status, 200);
    assert_eq!(revoke(APP, keys["refresh_token"].as_str().unwrap()), 200);
    assert_eq!(installation.read(token, &keys).status, 401);
    // Over.
    let hour = installation.keys(&session, EVERYTHING, "hour");
    let quarter = installation.keys(&session, EVERYTHING, "quarter");
    installation.clock.shift(3_601);
    assert_eq!(installation.read(hour["access_token"].as_str().unwrap(), &hour).status, 401);
    assert_eq!(installation.read(quarter["access_token"].as_str().unwrap(), &quarter).status, 401, "a key lasts an hour");
    let next = installation.refresh(quarter["refresh_token"].as_str().unwrap(), &[]).json();
    assert_eq!(installation.read(next["access_token"].as_str().unwrap(), &quarter).status, 200);
    installation.clock.shift(92 * 86_400);
    assert_eq!(installation.refresh(next["refresh_token"].as_str().unwrap(), &[]).json()["error"], "invalid_grant");
    let later = Session::of(&installation.server, PERSON);
    let page = later.get(&installation.server, "/apps").text();
    assert!(page.contains("Aucune application ne lit ce dossier") && page.contains("Accès rendu par l"), "{page}");
}

#[test]
fn hidden_documents_and_a_childs_secret_care_stay_out_of_apps() {
    let installation = Installation::of(18);
    let server = &installation.server;
    // What the person hides is gone from the app's list, and comes back when it is shown again.
    let session = Session::of(server, PERSON);
    let keys = installation.keys(&session, EVERYTHING, "hour");
    let (token, patient) = (keys["access_token"].as_str().unwrap(), keys["patient"].as_str().unwrap());
    let listing = format!("/fhir/DocumentReference?patient={patient}&status=current");
    let before = installation.get(token, &listing).json();
    let document = before["entry"][0]["resource"]["id"].as_str().unwrap().to_owned();
    let total = before["total"].as_u64().unwrap();
    assert_eq!(session.post(server, &format!("/documents/{document}/hide"), &[]).status, 303);
    assert_eq!(installation.get(token, &listing).json()["total"].as_u64(), Some(total - 1));
    assert_eq!(installation.get(token, &format!("/fhir/DocumentReference/{document}")).status, 404);
    // A mother lets an app in for her son, whose secret care she does not see either.
    let mother = Session::of(server, "sophie-fictif");
    let page = mother.get(server, &format!("/oauth/authorize?{}", installation.query(&[]))).text();
    assert!(page.contains("Les soins que votre enfant a demandé à garder secrets") && page.contains("Tom"), "{page}");
    let keys = installation.keys(&mother, EVERYTHING, "hour");
    let (token, patient) = (keys["access_token"].as_str().unwrap(), keys["patient"].as_str().unwrap());
    let seen = installation.get(token, &format!("/fhir/DocumentReference?patient={patient}&status=current")).json();
    let own = server.request("GET", &world::listing("tom-fictif")).token(&server.token("tom-fictif")).send().json();
    let ids = |bundle: &serde_json::Value| -> Vec<String> {
        bundle["entry"].as_array().into_iter().flatten().map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned()).collect()
    };
    let (seen, own) = (ids(&seen), ids(&own));
    let secret: Vec<&String> = own.iter().filter(|id| !seen.contains(id)).collect();
    assert!(!secret.is_empty() && !seen.is_empty(), "Tom has secret documents: {} of {}", secret.len(), own.len());
    for id in secret {
        assert_eq!(installation.get(token, &format!("/fhir/DocumentReference/{id}")).status, 404);
    }
    let summary = installation.get(token, &format!("/fhir/Patient/{patient}/$summary"));
    assert_eq!(summary.status, 200, "{}", summary.text());
}

#[test]
fn a_minor_a_helper_a_professional_and_an_insurer_let_no_app_in() {
    let installation = Installation::start();
    let query = installation.query(&[]);
    for identity in ["tom-fictif", "jean-exemple", "dr-fictif", "assureur-imaginaire", "mandataire-essai"] {
        let session = Session::of(&installation.server, identity);
        let asked = session.get(&installation.server, &format!("/oauth/authorize?{query}"));
        assert_eq!(asked.status, 403, "{identity}: {}", asked.text());
        assert!(!asked.text().contains("value=\"accept\""), "{identity}");
        let forced = installation.answer(&session, &query, EVERYTHING, "year", "accept");
        assert_eq!((forced.status, forced.header("location")), (403, None), "{identity}");
    }
}

#[test]
fn an_app_that_can_keep_a_secret_has_to_sign() {
    let installation = Installation::start();
    let session = Session::of(&installation.server, PERSON);
    let query = installation.query(&[("client_id", "carnet-serveur")]);
    let code = || {
        let answer = installation.answer(&session, &query, EVERYTHING, "year", "accept");
        parameter(answer.header("location").unwrap(), "code").unwrap()
    };
    let unsigned = installation.redeem(&code(), &[("client_id", "carnet-serveur")]);
    assert_eq!(unsigned.json()["error"], "invalid_client");
    let signed = |code: &str, assertion: &str| -> Answer {
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        installation.redeem(code, &[("client_id", "carnet-serveur"), ("client_assertion_type", kind), ("client_assertion", assertion)])
    };
    let assertion = installation.assertion("carnet-serveur");
    let keys = signed(&code(), &assertion);
    assert_eq!(keys.status, 200, "{}", keys.text());
    assert_eq!(signed(&code(), &assertion).json()["error"], "invalid_client", "an assertion is good once");
    let refresh = keys.json()["refresh_token"].as_str().unwrap().to_owned();
    for client in ["carnet-serveur", ""] {
        assert_eq!(installation.refresh(&refresh, &[("client_id", client)]).json()["error"], "invalid_client", "{client}");
    }
    assert_eq!(signed(&code(), &installation.assertion(APP)).json()["error"], "invalid_client");
}

#[test]
fn a_browser_lets_pages_of_registered_apps_read_answers_and_no_other() {
    let installation = Installation::start();
    let allowed = |origin: &str, method: &str, path: &str| {
        let request = installation.server.request(method, path).header("origin", origin).header("access-control-request-method", "GET");
        let answer = request.send();
        (answer.status, answer.header("access-control-allow-origin").map(str::to_owned), answer.header("access-control-allow-credentials").is_some())
    };
    let app = "http://127.0.0.1:8123";
    assert_eq!(allowed(app, "OPTIONS", "/fhir/Patient/x"), (204, Some(app.to_owned()), false));
    assert_eq!(allowed(app, "GET", "/.well-known/smart-configuration"), (200, Some(app.to_owned()), false));
    assert_eq!(allowed(app, "GET", "/apps"), (303, None, false));
    for other in ["https://evil.example", "null", "http://127.0.0.1:8124"] {
        assert_eq!(allowed(other, "GET", "/fhir/metadata").1, None, "{other}");
    }
    let said = installation.server.request("GET", "/.well-known/smart-configuration").send().json();
    assert_eq!(said["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    assert!(said["registration_endpoint"].is_null() && said["authorization_endpoint"].as_str().unwrap().ends_with("/oauth/authorize"));
}
