//! The software of a structure that names no user.

use super::world::{Clock, Software, start, verdict};
use super::{FHIR, Planted, SITES, fields, holds_nothing_of_hers};

/// What the software of a hospital may do without naming anybody: know that a record exists, derive metadata, deposit.
pub const OPEN_TO_STRUCTURES: [(&str, &str); 5] = [
    ("GET", "/fhir/Patient"),
    ("POST", "/fhir/Patient/_search"),
    ("GET", "/fhir/Patient/{id}"),
    ("POST", "/fhir/DocumentReference"),
    ("POST", "/fhir/DocumentReference/$generate-metadata"),
];

#[test]
fn a_structure_that_names_nobody_reads_from_no_door() {
    let (clock, software) = (Clock::new(), Software::at_the_structure_of("dr-fictif"));
    let planted = Planted::new(start(2, &clock, Some(&software)));
    let token = software.bare_token(&planted.server, &clock);
    let mut found = Vec::new();
    for (method, route, nobody) in FHIR.iter().map(|(method, route, expected)| (method, route, expected[0])).filter(|line| line.2 == 401) {
        let answer = planted.as_caller(Some(&token), method, route);
        holds_nothing_of_hers(&answer, route, &format!("{method} {route} as a structure"));
        let open = OPEN_TO_STRUCTURES.contains(&(*method, *route));
        if open != (answer.status < 300) && !(open && answer.status < 500) {
            found.push(format!("{method} {route}: {} where nobody gets {nobody}: {}", answer.status, answer.text()));
        }
    }
    // The pages know sessions, and no token opens one.
    for (method, route, expected) in SITES {
        let request = planted.server.request(method, &planted.address(method, route)).token(&token);
        let answer = match *method {
            "GET" => request.send(),
            _ => request.body("application/x-www-form-urlencoded", fields(route, "")).send(),
        };
        holds_nothing_of_hers(&answer, route, &format!("{method} {route} with the token of a structure"));
        if answer.status != expected[0] {
            found.push(format!("{method} {route}: {}, nobody gets {}", answer.status, expected[0]));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    let read = |route: &str| verdict(&planted.as_caller(Some(&token), "GET", route));
    for route in [
        "/fhir/DocumentReference",
        "/fhir/DocumentReference/{id}",
        "/fhir/Binary/{id}",
        "/fhir/List",
        "/fhir/Patient/{id}/{operation}",
        "/fhir/AuditEvent",
    ] {
        assert_eq!(read(route), "403 access-nobody-named", "{route}");
    }
}
