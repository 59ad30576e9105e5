//! Every route of the table, called as nobody: a token door says 401, a page sends to sign in, and nobody's data show.

use dmp_server::{Door, ROUTES};
use dmp_testkit::{Options, Server};

#[test]
fn a_stranger_gets_nothing_from_any_route() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    for route in ROUTES {
        let path = route.path.replace("{id}", "AAAA").replace("{pid}", "AAAA").replace("{operation}", "$dmp-close");
        let mut request = server.request(route.method, &path);
        if route.method != "GET" {
            request = request.body(if route.door == Door::Fhir { "application/fhir+json" } else { "application/x-www-form-urlencoded" }, "");
        }
        let answer = request.send();
        let what = format!("{} {}: {} {}", route.method, path, answer.status, answer.text());
        match route.door {
            Door::Fhir => assert_eq!(answer.status, 401, "{what}"),
            Door::Site => assert_eq!((answer.status, answer.header("location")), (303, Some("/signin")), "{what}"),
            Door::Open => assert_ne!(answer.status, 500, "{what}"),
        }
        // The demonstration's own list of invented people is open, and exists in a demonstration only.
        assert!(route.path.starts_with("/sandbox") || !answer.text().contains("258033523890052"), "{what}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
        assert!(answer.header("content-security-policy").is_some(), "{what}");
    }
}

#[test]
fn what_is_not_in_the_table_does_not_exist() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    for path in ["/admin", "/fhir/Observation", "/fhir/Patient/x/y/z", "/sandbox/other", "/.git/config"] {
        assert_eq!(server.request("GET", path).send().status, 404, "{path}");
    }
}
