//! Agents of the insurer sign in at its own provider (`scenarios/oidc-provider`): who is an agent, under which name, who is refused, and that two of them
//! are two. Skipped, and said loudly, without node and npm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

#[path = "oidc/browser.rs"]
mod browser;
#[path = "oidc/provider.rs"]
mod provider;
mod world;

/// What the shared parts of the browser and the provider ask for.
mod installation {
    /// Public address: the provider knows it before the port is known.
    pub const PUBLIC: &str = "http://dmp.test";
}

use browser::Browser;
use dmp_testkit::{Answer, Options, Server};
use installation::PUBLIC;
use provider::{Provider, SECRET};
use serde_json::{Value, json};
use world::{Session, scratch};

const BINARY: &str = env!("CARGO_BIN_EXE_dmp");
const DESK: &str = "habilitations, poste 3615";
/// A card of a demonstration of which nobody has a record.
const HUGO: &str = "184069900000245";

fn config(issuer: &str, more: &Value) -> Value {
    let caisse = dmp_synth::identity("agent-cpam").unwrap().structure.unwrap();
    let mut config = json!({
        "id": "cpam", "issuer": issuer, "client_id": "dmp", "client_secret": SECRET, "name": "Essai CPAM", "structure": caisse.id.as_str(),
        "structure_name": caisse.name, "claim": "employee_number", "right_claim": "groups", "right": "dmp-guichet", "contact": DESK,
    });
    config.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    config
}

fn try_start(configs: &[Value]) -> Option<Server> {
    let mut arguments = vec!["--base-url".to_owned(), PUBLIC.to_owned()];
    for config in configs {
        let file = scratch("counter-oidc");
        std::fs::write(&file, config.to_string()).unwrap();
        arguments.extend(["--counter-oidc".to_owned(), file.display().to_string()]);
    }
    Server::try_start(BINARY, &Options { patients: 1, arguments, ..Options::default() })
}

/// A counter with its provider; `None` when the machine has no node.
fn counter(test: &str, more: &Value) -> Option<(Server, Provider)> {
    let provider = Provider::start_at(test, "", None)?;
    let server = try_start(&[config(provider.issuer(), more)]).expect("the program starts");
    Some((server, provider))
}

fn arrive(server: &Server, account: &str) -> (Browser, Answer) {
    let mut browser = Browser::new(&server.url);
    let away = browser.get(&format!("{PUBLIC}/accueil/oidc/cpam/start"));
    assert_eq!(away.status, 303, "{}", away.text());
    let back = browser.follow_to_callback(&format!("{}&login_hint={account}", away.header("location").unwrap()));
    let answer = browser.get(&back);
    (browser, answer)
}

fn session(server: &Server, account: &str) -> Session {
    let (_, entered) = arrive(server, account);
    assert_eq!(entered.status, 200, "{account}: {}", entered.text());
    assert_eq!(entered.header("refresh"), Some("0; url=/accueil"));
    let cookies = entered.headers.iter().filter(|(name, _)| name == "set-cookie");
    let cookie = cookies.map(|(_, value)| value.split(';').next().unwrap()).find(|value| value.starts_with("dmp_session=")).unwrap();
    Session::with(server, cookie)
}

fn last_refusal(server: &Server) -> String {
    let log = std::fs::read_to_string(server.log()).unwrap();
    log.lines().rfind(|line| line.contains("nobody signed in")).unwrap_or_default().to_owned()
}

#[test]
fn agents_of_the_insurer_sign_in_under_their_own_names_and_two_of_them_are_two() {
    let Some((server, _provider)) = counter("agents sign in", &json!({})) else { return };
    let page = Browser::new(&server.url).get(&format!("{PUBLIC}/signin")).text();
    assert!(page.contains("href=\"/accueil/oidc/cpam/start\">Se connecter avec Essai CPAM<"), "{page}");
    let (ana, bob) = (session(&server, "ana"), session(&server, "bob"));
    let home = ana.get(&server, "/accueil");
    assert!(home.status == 200 && home.text().contains("Ana GUICHET-ESSAI"), "{}", home.text());
    let opened = ana.post(&server, "/accueil/ouvrir", &[("ins", HUGO)]);
    assert!(opened.status == 200 && opened.text().contains("Hugo"), "{}", opened.text());
    // Two agents decide a campaign: one who signs in twice is one still.
    let path = "/accueil/campagnes";
    assert_eq!(ana.post(&server, path, &[("name", "Essai"), ("list", HUGO)]).header("location"), Some("/accueil/campagnes?said=campaign-proposed"));
    let theirs = bob.get(&server, path).text();
    let id = theirs.split("name=\"campaign\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(theirs.contains("Ana GUICHET-ESSAI"), "{theirs}");
    let again = session(&server, "ana");
    assert_eq!(again.post(&server, "/accueil/campagnes/confirm", &[("campaign", &id)]).status, 403);
    let confirmed = bob.post(&server, "/accueil/campagnes/confirm", &[("campaign", &id)]);
    assert_eq!(confirmed.header("location"), Some("/accueil/campagnes?said=campaign-confirmed"));
    let log = std::fs::read_to_string(server.log()).unwrap();
    assert!(!log.contains("GUICHET-ESSAI") && !log.contains("employee_number"), "a name in the log");
}

#[test]
fn whoever_is_no_agent_of_the_counter_is_let_in_nowhere() {
    let Some((server, _provider)) = counter("who is no agent", &json!({})) else { return };
    for (account, code) in [
        ("clerk", "no-agent"),
        ("left", "no-agent"),
        ("bea", "no-agent"),
        ("unnamed", "claim-missing"),
        ("pwd", "assurance-too-low"),
        ("usurper", "token-invalid"),
        ("forged", "token-invalid"),
    ] {
        let (mut browser, answer) = arrive(&server, account);
        assert_eq!(answer.status, 403, "{account}: {}", answer.text());
        assert!(last_refusal(&server).contains(code), "{account}: {}", last_refusal(&server));
        assert_eq!(answer.text().contains(DESK), code == "no-agent", "{account}: {}", answer.text());
        assert_eq!(browser.get(&format!("{PUBLIC}/accueil")).status, 303, "{account}");
    }
    // A login that never began, and a provider that is none.
    let mut browser = Browser::new(&server.url);
    assert_eq!(browser.get(&format!("{PUBLIC}/accueil/oidc/cpam/callback?state=x&code=y")).status, 400);
    assert_eq!(browser.get(&format!("{PUBLIC}/accueil/oidc/autre/start")).status, 404);
}

#[test]
fn a_provider_that_speaks_for_others_too_or_for_anybody_is_refused_at_the_start() {
    let good = |id: &str, issuer: &str| config(issuer, &json!({ "id": id }));
    assert!(try_start(&[good("cpam", "https://a.example"), good("msa", "https://b.example")]).is_some());
    for wrong in [
        vec![good("cpam", "https://a.example"), good("msa", "https://a.example")],
        vec![good("cpam", "https://a.example"), good("cpam", "https://b.example")],
        vec![config("https://a.example", &json!({ "right_claim": "nickname" }))],
        vec![config("https://a.example", &json!({ "structure": "CPAM" }))],
    ] {
        assert!(try_start(&wrong).is_none(), "{wrong:?}");
    }
}
