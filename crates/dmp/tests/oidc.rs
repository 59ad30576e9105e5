//! Signing in through a real OpenID Connect provider (`scenarios/oidc-provider`, npm `oidc-provider`) with the claims of Pro Santé
//! Connect: the browser is played by hand. Skipped, and said loudly, without node and npm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by ending"
)]

#[path = "oidc/browser.rs"]
mod browser;
#[path = "oidc/installation.rs"]
mod installation;
#[path = "oidc/provider.rs"]
mod provider;

use browser::Browser;
use dmp_testkit::Answer;
use installation::{Installation, PUBLIC, later_app};
use provider::Provider;

/// The provider and an installation that knows it; `None` when the machine has no node.
fn both(test: &str) -> Option<(Provider, Installation)> {
    let provider = Provider::start(test, "")?;
    let installation = Installation::start(&provider.config("dmp", "eidas1"), &[]);
    Some((provider, installation))
}

/// Goes to the provider as one of its accounts, up to the address that it sends the browser back to.
fn brought_back(browser: &mut Browser, account: &str) -> String {
    let away = away(browser);
    browser.follow_to_callback(&format!("{away}&login_hint={account}"))
}

fn away(browser: &mut Browser) -> String {
    let answer = browser.get(&format!("{PUBLIC}/pro/oidc/start"));
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().to_owned()
}

/// Comes back as an account of the provider.
fn arrive(browser: &mut Browser, account: &str) -> Answer {
    let back = brought_back(browser, account);
    browser.get(&back)
}

fn is_signed_in(browser: &mut Browser) -> bool {
    let answer = browser.get(&format!("{PUBLIC}/pro"));
    match (answer.status, answer.header("location")) {
        (200, _) => true,
        (303, Some("/signin")) => false,
        other => panic!("{other:?}"),
    }
}

fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_else(|| panic!("no {name} in {url}")).to_owned()
}

#[test]
fn a_professional_of_the_provider_works_on_the_site_and_leaves_it() {
    let Some((_provider, installation)) = both("a professional of the provider works on the site") else { return };
    let mut browser = Browser::new(&installation.url);
    let page = browser.get(&format!("{PUBLIC}/signin"));
    assert!(page.status == 200 && page.text().contains("href=\"/pro/oidc/start\">Se connecter avec Pro Santé Essai<"), "{}", page.text());
    assert!(!page.text().contains("identité d'essai"), "no test identity is offered outside of a demonstration");
    assert!(!is_signed_in(&mut browser));

    let away = away(&mut browser);
    for asked in ["code_challenge_method=S256", "acr_values=eidas1", "response_type=code", "scope=openid+scope_all"] {
        assert!(away.contains(asked), "{asked} in {away}");
    }
    let back = browser.follow_to_callback(&format!("{away}&login_hint=doctor"));
    let entered = browser.get(&back);
    // No redirect: the browser would keep the session's cookie (SameSite=Strict) back when it comes from the provider.
    assert_eq!((entered.status, entered.header("refresh")), (200, Some("0; url=/pro")), "{}", entered.text());
    let cookie = entered.headers.iter().find(|(name, value)| name == "set-cookie" && value.starts_with("dmp_session=")).unwrap().1.clone();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");

    let home = browser.get(&format!("{PUBLIC}/pro"));
    assert!(home.status == 200 && home.text().contains("Solange FICTIVE"), "{}", home.text());
    let csrf = home.text().split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    browser.post(&format!("{PUBLIC}/signout"), &format!("csrf={csrf}"));
    assert!(!is_signed_in(&mut browser));

    let log = installation.log();
    for personal in ["FICTIVE", "Solange", "10001234567", &parameter(&back, "code"), &parameter(&back, "state")] {
        assert!(!log.contains(personal), "{personal} in the log");
    }
}

#[test]
fn what_does_not_belong_to_this_login_is_refused() {
    let Some((_provider, installation)) = both("what does not belong to this login is refused") else { return };
    let refused = |browser: &mut Browser, url: &str, status: u16, code: &str| {
        let answer = browser.get(url);
        assert_eq!(answer.status, status, "{}", answer.text());
        assert!(answer.text().contains("role=\"alert\"") && answer.text().contains("/pro/oidc/start"), "{}", answer.text());
        assert!(!is_signed_in(browser));
        assert!(installation.log().contains(code), "no {code} in the log");
    };

    // Another state.
    let mut browser = Browser::new(&installation.url);
    let back = brought_back(&mut browser, "doctor");
    let state = parameter(&back, "state");
    refused(&mut browser, &back.replace(&state, &"0".repeat(state.len())), 400, "login-unknown");

    // Another browser: the victim of a login that someone else began. It spends the login.
    let mut other = Browser::new(&installation.url);
    refused(&mut other, &back, 400, "login-unknown");
    refused(&mut browser, &back, 400, "login-unknown");

    // Another nonce: an ID token of another login.
    let mut browser = Browser::new(&installation.url);
    let away_url = away(&mut browser);
    let nonce = parameter(&away_url, "nonce");
    let back = browser.follow_to_callback(&format!("{}&login_hint=doctor", away_url.replace(&nonce, &"0".repeat(nonce.len()))));
    refused(&mut browser, &back, 403, "the ID token is not valid: nonce");

    // The same answer twice.
    let mut browser = Browser::new(&installation.url);
    let back = brought_back(&mut browser, "doctor");
    assert_eq!(browser.get(&back).status, 200);
    let mut thief = Browser::new(&installation.url);
    refused(&mut thief, &back, 400, "login-unknown");

    // A code used before, in a fresh login.
    let spent = parameter(&back, "code");
    let mut browser = Browser::new(&installation.url);
    let fresh = brought_back(&mut browser, "doctor");
    refused(&mut browser, &fresh.replace(&parameter(&fresh, "code"), &spent), 403, "code-refused");

    // The answer of another provider (RFC 9207).
    let mut browser = Browser::new(&installation.url);
    let back = brought_back(&mut browser, "doctor");
    refused(&mut browser, &back.replace(&parameter(&back, "iss"), "https%3A%2F%2Fother.example"), 403, "the ID token is not valid: issuer");

    // The person said no at the provider.
    let mut browser = Browser::new(&installation.url);
    let back = brought_back(&mut browser, "refuses");
    refused(&mut browser, &back, 403, "access_denied");
}

#[test]
fn an_id_token_that_is_not_for_us_now_and_signed_by_the_provider_is_refused() {
    let Some((_provider, installation)) = both("an ID token that is not for us, now and signed by the provider is refused") else { return };
    for (account, fault) in [
        ("forged", "signature"),
        ("unsigned", "signature"),
        ("symmetric", "signature"),
        ("elsewhere", "audience"),
        ("impostor", "issuer"),
        ("late", "expiry"),
        ("swapped", "subject"),
    ] {
        let mut browser = Browser::new(&installation.url);
        let answer = arrive(&mut browser, account);
        assert_eq!(answer.status, 403, "{account}: {}", answer.text());
        assert!(!is_signed_in(&mut browser), "{account}");
        let last = installation.log().lines().rfind(|line| line.contains("nobody signed in")).unwrap_or_default().to_owned();
        assert!(last.contains(&format!("the ID token is not valid: {fault}")), "{account}: {last}");
    }
}

#[test]
fn a_claim_that_decides_a_right_is_demanded_by_its_name() {
    let Some((_provider, installation)) = both("a claim that decides a right is demanded by its name") else { return };
    for (account, said) in
        [("roleless", "SubjectRole"), ("homeless", "SubjectOrganizationID"), ("nameless", "family_name"), ("unreadable", "SubjectNameID")]
    {
        let mut browser = Browser::new(&installation.url);
        let answer = arrive(&mut browser, account);
        assert!(answer.status == 403 && answer.text().contains(said), "{account}: {} {}", answer.status, answer.text());
        assert!(!is_signed_in(&mut browser));
    }
    assert!(!installation.log().contains("solange.fictive"), "a refused value is not in the log");
}

#[test]
fn a_level_of_authentication_below_the_one_configured_is_refused() {
    let test = "a level of authentication below the one configured is refused";
    let Some((provider, installation)) = both(test) else { return };
    assert_eq!(arrive(&mut Browser::new(&installation.url), "weak").status, 403);
    assert_eq!(arrive(&mut Browser::new(&installation.url), "card").status, 200);

    let strict = Installation::start(&provider.config("dmp", "eidas3"), &[]);
    assert_eq!(arrive(&mut Browser::new(&strict.url), "doctor").status, 403);
    assert!(strict.log().contains("assurance-too-low"));
    assert_eq!(arrive(&mut Browser::new(&strict.url), "card").status, 200);
}

#[test]
fn a_provider_that_wants_the_secret_in_the_body_gets_it_there() {
    let test = "a provider that wants the secret in the body gets it there";
    let Some(provider) = Provider::start(test, "client_secret_post") else { return };
    let installation = Installation::start(&provider.config("dmp-post", "eidas1"), &["--demo", "--patients", "1"]);
    let mut browser = Browser::new(&installation.url);
    let page = browser.get(&format!("{PUBLIC}/signin")).text();
    assert!(page.contains("/pro/oidc/start") && page.contains("name=\"identity\""), "a demonstration offers both");
    assert_eq!(arrive(&mut browser, "doctor").status, 200);
    assert!(is_signed_in(&mut browser));
}

#[test]
fn without_the_provider_the_site_says_so_and_nothing_else_stops() {
    let test = "without the provider the site says so";
    let Some((provider, installation)) = both(test) else { return };
    let mut browser = Browser::new(&installation.url);
    let back = brought_back(&mut browser, "doctor");
    drop(provider);
    assert_eq!(browser.get(&back).status, 503);
    let orphan = Installation::start(&installation.config, &[]);
    let mut browser = Browser::new(&orphan.url);
    let answer = browser.get(&format!("{PUBLIC}/pro/oidc/start"));
    assert!(answer.status == 503 && answer.text().contains("role=\"alert\""), "{} {}", answer.status, answer.text());
    assert_eq!(browser.get(&format!("{PUBLIC}/readyz")).status, 200);
}

#[test]
fn a_login_begun_more_than_ten_minutes_ago_is_over() {
    let Some(provider) = Provider::start("a login begun more than ten minutes ago is over", "") else { return };
    let app = later_app(&provider.config("dmp", "eidas1"));
    let mut browser = Browser::new(&app.url);
    let back = brought_back(&mut browser, "doctor");
    app.clock.advance(601);
    let answer = browser.get(&back);
    assert!(answer.status == 400 && answer.text().contains("role=\"alert\""), "{} {}", answer.status, answer.text());
    assert!(!is_signed_in(&mut browser));
}

#[test]
fn a_provider_that_cannot_be_spoken_to_safely_is_refused_at_the_start() {
    let config = r#"{"issuer":"http://auth.example","client_id":"dmp","client_secret":"s","acr":"eidas1","name":"Clair"}"#;
    assert!(Installation::try_start(config, &[]).is_none());
}
