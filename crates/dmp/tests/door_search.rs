//! ITI-67 and ITI-66 at the door of the built program: every parameter, pages, refusals in words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod door_support;

use dmp_testkit::form_value;
use door_support::{all_pages, asked, claire, link, search, server, text, words};
use serde_json::Value;

/// The code of the first coding under a pointer.
fn has_code(resource: &Value, pointer: &str, code: &str) -> bool {
    resource.pointer(pointer).and_then(Value::as_array).is_some_and(|codings| codings.iter().any(|coding| coding["code"] == code))
}

/// The names of the people who wrote a document.
fn authors<'v>(resource: &'v Value, what: &str) -> Vec<&'v Value> {
    let people = resource["contained"].as_array().into_iter().flatten();
    let writers = people.filter(|one| one["id"].as_str().is_some_and(|id| id.starts_with("author-")) && one["name"].is_array());
    writers.map(|one| &one["name"][0][what]).collect()
}

#[test]
fn every_parameter_finds_what_the_whole_list_holds() {
    let server = server();
    let doctor = server.token("dr-fictif");
    let everything = all_pages(&server, &doctor, &format!("/fhir/DocumentReference?patient.identifier={}&status=current&_count=200", claire()));
    assert!(everything.len() > 100, "{}", everything.len());
    let one = everything.iter().find(|one| text(one, "/type/coding/0/code") == "11502-2").unwrap();
    let at = |pointer: &str| text(one, pointer).to_owned();
    let (created, day) = (at("/content/0/attachment/creation"), at("/date")[..10].to_owned());
    let (start, end) = (at("/context/period/start"), at("/context/period/end"));
    let (family, given) = (authors(one, "family")[0].as_str().unwrap().to_owned(), authors(one, "given")[0][0].as_str().unwrap().to_owned());
    let author = text(one, "/contained/0/identifier/0/value").to_owned();
    let patient = at("/subject/reference");
    type Test<'a> = (String, Box<dyn Fn(&Value) -> bool + 'a>);
    let code = |name: &str, pointer: &'static str| -> Test<'_> {
        let wanted = text(one, &format!("{pointer}/0/code")).to_owned();
        (format!("{name}={}", form_value(&wanted)), Box::new(move |other: &Value| has_code(other, pointer, &wanted)))
    };
    let half = form_value(&family.chars().take(4).collect::<String>());
    let tests: Vec<Test<'_>> = vec![
        code("type", "/type/coding"),
        code("category", "/category/0/coding"),
        code("setting", "/context/practiceSetting/coding"),
        code("facility", "/context/facilityType/coding"),
        (format!("type={}", form_value("http://loinc.org|11502-2")), Box::new(|other| text(other, "/type/coding/0/code") == "11502-2")),
        (format!("type={}", form_value("11502-2,11488-4")), Box::new(|other| ["11502-2", "11488-4"].contains(&text(other, "/type/coding/0/code")))),
        (
            format!("format={}", form_value(&at("/content/0/format/code"))),
            Box::new(|other| text(other, "/content/0/format/code") == text(one, "/content/0/format/code")),
        ),
        ("security-label=N".to_owned(), Box::new(|other| has_code(other, "/securityLabel/0/coding", "N"))),
        ("security-label=MASQUE_PS".to_owned(), Box::new(|other| other["securityLabel"].to_string().contains("MASQUE_PS"))),
        (
            format!("identifier={}", form_value(&format!("urn:ietf:rfc:3986|{}", at("/masterIdentifier/value")))),
            Box::new(|other| other["id"] == one["id"]),
        ),
        (format!("identifier={}", form_value(&at("/identifier/0/value"))), Box::new(|other| other["id"] == one["id"])),
        (format!("_id={}", at("/id")), Box::new(|other| other["id"] == one["id"])),
        (format!("date={day}"), Box::new(|other| text(other, "/date").starts_with(&day))),
        (format!("date=gt{day}"), Box::new(|other| text(other, "/date")[..10] > day[..])),
        (format!("date=le{day}"), Box::new(|other| text(other, "/date")[..10] <= day[..])),
        (format!("_lastUpdated=ge{day}"), Box::new(|other| text(other, "/meta/lastUpdated")[..10] >= day[..])),
        (format!("creation={}", form_value(&created)), Box::new(|other| text(other, "/content/0/attachment/creation") == created)),
        (format!("period-start={}", form_value(&start)), Box::new(|other| text(other, "/context/period/start") == start)),
        (
            format!("period=eb{}", &start[..10]),
            Box::new(|other| {
                // Over before that day began: what has no end goes on for ever.
                !text(other, "/context/period/end").is_empty() && text(other, "/context/period/end")[..10] < start[..10]
            }),
        ),
        ("isArchived=false".to_owned(), Box::new(|other| other["extension"].is_null())),
        ("isArchived=true".to_owned(), Box::new(|other| !other["extension"].is_null())),
        (
            format!("author.family={half}"),
            Box::new(|other| authors(other, "family").iter().any(|name| name.as_str().unwrap().starts_with(&family[..4]))),
        ),
        (
            format!("author.family:exact={}", form_value(&family)),
            Box::new(|other| authors(other, "family").iter().any(|name| name.as_str() == Some(&family))),
        ),
        (
            format!("author.family:contains={half}"),
            Box::new(|other| authors(other, "family").iter().any(|name| name.as_str().unwrap().contains(&family[..4]))),
        ),
        (
            format!("author.given:exact={}", form_value(&given)),
            Box::new(|other| authors(other, "given").iter().any(|name| name[0] == given.as_str())),
        ),
        (
            format!("author.identifier={author}"),
            Box::new(|other| {
                other["contained"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|part| part["id"].as_str().unwrap().starts_with("author-") && part["identifier"][0]["value"] == author.as_str())
            }),
        ),
        ("relatesto=DocumentReference%2Funknown".to_owned(), Box::new(|_| false)),
        ("related=unknown".to_owned(), Box::new(|other| other.to_string().contains("\"value\":\"unknown\""))),
        ("event=unknown".to_owned(), Box::new(|_| false)),
    ];
    for (criteria, is_meant) in tests {
        let answer = search(&server, &doctor, &format!("status=current&{criteria}&_count=1"));
        assert_eq!(answer.status, 200, "{criteria}: {}", answer.text());
        let expected = everything.iter().filter(|one| is_meant(one)).count() as u64;
        assert_eq!(answer.json()["total"].as_u64(), Some(expected), "{criteria}");
    }
    if !end.is_empty() {
        let expected = everything.iter().filter(|other| text(other, "/context/period/end") == end).count() as u64;
        assert_eq!(search(&server, &doctor, &format!("status=current&period-end={}", form_value(&end))).json()["total"].as_u64(), Some(expected));
    }
    let by_reference = asked(&server, &doctor, "GET", &format!("/fhir/DocumentReference?patient={}&status=current", form_value(&patient))).send();
    assert_eq!(by_reference.json()["total"].as_u64(), Some(everything.len() as u64));
    // Two people at once are one too many, even twice the same.
    assert_eq!(search(&server, &doctor, &format!("status=current&patient={}", form_value(&patient))).status, 400);
    // Twice the same parameter: both must hold.
    let both = search(&server, &doctor, "status=current&type=11502-2&type=11488-4");
    assert_eq!(both.json()["total"], 0);
}

#[test]
fn pages_lose_nothing_and_a_token_serves_its_caller_alone() {
    let server = server();
    let doctor = server.token("dr-fictif");
    for base in ["DocumentReference", "List"] {
        let by = |count: u32| all_pages(&server, &doctor, &format!("/fhir/{base}?patient.identifier={}&status=current&_count={count}", claire()));
        let (small, large) = (by(37), by(200));
        let ids = |found: &[Value]| found.iter().map(|one| text(one, "/id").to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(&small), ids(&large), "{base}");
        let mut once = ids(&small);
        once.sort();
        once.dedup();
        assert_eq!(once.len(), small.len(), "{base}");
    }
    let first = search(&server, &doctor, "status=current&_count=5").json();
    let next = link(&first, "next").unwrap();
    let path = next.trim_start_matches(server.url.as_str());
    let nurse = server.token_with("ide-modele", &[("consent_now", "true")]);
    let replayed = asked(&server, &nurse, "GET", path).send();
    assert_eq!((replayed.status, replayed.codes()), (404, vec!["page-not-found".to_owned()]));
    let changed = format!("{}A", path);
    assert_eq!(asked(&server, &doctor, "GET", &changed).send().status, 404);

    let posted = asked(&server, &doctor, "POST", "/fhir/DocumentReference/_search")
        .body("application/x-www-form-urlencoded", format!("patient.identifier={}&status=current&_count=5", claire()))
        .send();
    assert_eq!(posted.status, 200);
    assert_eq!(posted.json()["entry"], first["entry"]);
}

#[test]
fn a_search_that_cannot_be_answered_says_why() {
    let server = server();
    let doctor = server.token("dr-fictif");
    for (criteria, code, place) in [
        ("status=current&colour=blue", "search-parameter-unknown", "colour"),
        ("status=current&type:above=11502-2", "search-parameter-unknown", "type:above"),
        ("status=current&_include=DocumentReference:subject", "search-parameter-unknown", "_include"),
        ("status=current&date=yesterday", "search-parameter-value", "date"),
        ("status=current&_count=0", "search-parameter-value", "_count"),
        ("status=current&isArchived=maybe", "search-parameter-value", "isArchived"),
        ("type=11502-2", "search-parameter-missing", "status"),
    ] {
        let answer = search(&server, &doctor, criteria);
        assert_eq!((answer.status, answer.codes()), (400, vec![code.to_owned()]), "{criteria}");
        assert!(answer.text().contains(place), "{criteria}: {}", answer.text());
    }
    let nobody = asked(&server, &doctor, "GET", "/fhir/DocumentReference?status=current").send();
    assert_eq!((nobody.status, nobody.codes()), (400, vec!["search-parameter-missing".to_owned()]));

    let path = format!("/fhir/DocumentReference?patient.identifier={}&status=current", claire());
    assert_eq!(server.request("GET", &path).send().status, 401);
    let french = search(&server, &doctor, "status=current&colour=blue");
    let english = asked(&server, &doctor, "GET", &format!("{path}&colour=blue")).header("accept-language", "en").send();
    assert_ne!(words(&french), words(&english));

    let reader_of_lists = server.token_with("dr-fictif", &[("scope", "user/List.rs")]);
    let refused = asked(&server, &reader_of_lists, "GET", &path).send();
    assert_eq!((refused.status, refused.codes()), (403, vec!["scope-missing".to_owned()]));
    let lists = format!("/fhir/List?patient.identifier={}&status=current&_count=1", claire());
    assert_eq!(asked(&server, &reader_of_lists, "GET", &lists).send().status, 200);

    let stranger = server.token("dr-inconnu");
    let refused = asked(&server, &stranger, "GET", &path).send();
    assert_eq!((refused.status, refused.codes()), (403, vec!["access-not-authorised".to_owned()]));

    let xml = asked(&server, &doctor, "GET", &format!("{path}&_count=1")).header("accept", "application/fhir+xml").send();
    assert_eq!((xml.status, xml.header("content-type")), (200, Some("application/fhir+xml")));
    assert!(xml.text().contains("<Bundle xmlns=\"http://hl7.org/fhir\">"), "{}", xml.text());
}
