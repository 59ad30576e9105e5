//! ITI-68 at the door of the built program: bytes whole and in part, tags, forms, refusals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod door_support;

use base64::Engine;
use door_support::{asked, publish, server, text};

#[test]
fn bytes_come_whole_in_part_or_not_again() {
    let server = server();
    let doctor = server.token("dr-fictif");
    let resource = publish(&server, &doctor, 1);
    let url = text(&resource, "/content/0/attachment/url");
    let path = &url[url.find("/fhir/Binary/").unwrap()..];
    let get = || asked(&server, &doctor, "GET", path);

    let whole = get().send();
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("text/xml")));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("cache-control"), Some("no-store"));
    assert_eq!(whole.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    let size = whole.body.len();
    assert_eq!(resource["content"][0]["attachment"]["size"].as_u64(), Some(size as u64));

    for (range, from, to) in [("bytes=0-9", 0, 10), ("bytes=5-5", 5, 6), ("bytes=-7", size - 7, size)] {
        let part = get().header("range", range).send();
        assert_eq!((part.status, part.body.as_slice()), (206, &whole.body[from..to]), "{range}");
        assert_eq!(part.header("content-range"), Some(format!("bytes {from}-{}/{size}", to - 1).as_str()));
    }
    let beyond = get().header("range", &format!("bytes={size}-")).send();
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some(format!("bytes */{size}").as_str())));
    for unread in ["bytes=0-1,5-6", "lines=1-2", "bytes=9-1"] {
        let answer = get().header("range", unread).send();
        assert_eq!((answer.status, answer.body.len()), (200, size), "{unread}");
    }

    let tag = whole.header("etag").unwrap().to_owned();
    let again = get().header("if-none-match", &tag).send();
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag.as_str())));
    assert_eq!(get().header("if-none-match", "\"other\"").send().status, 200);
}

#[test]
fn a_resource_in_either_form_or_no_acceptable_one() {
    let server = server();
    let doctor = server.token("dr-fictif");
    let resource = publish(&server, &doctor, 2);
    let url = text(&resource, "/content/0/attachment/url");
    let path = &url[url.find("/fhir/Binary/").unwrap()..];
    let get = |accept: &str| asked(&server, &doctor, "GET", path).header("accept", accept).send();
    let whole = get("*/*");

    let json = get("application/fhir+json");
    assert_eq!((json.status, json.header("content-type")), (200, Some("application/fhir+json")));
    let data = base64::engine::general_purpose::STANDARD.decode(text(&json.json(), "/data")).unwrap();
    assert_eq!(data, whole.body);
    let xml = get("application/fhir+xml");
    assert_eq!((xml.status, xml.header("content-type")), (200, Some("application/fhir+xml")));
    assert!(xml.text().contains("<Binary xmlns=\"http://hl7.org/fhir\">"));
    assert_eq!(get("text/*").status, 200);
    assert_eq!(get("application/xml").status, 200);
    let other = get("application/pdf");
    assert_eq!((other.status, other.codes()), (406, vec!["accept-unsupported".to_owned()]));

    assert_eq!(server.request("GET", path).send().status, 401);
    let narrow = server.token_with("dr-fictif", &[("scope", "user/DocumentReference.rs")]);
    assert_eq!(asked(&server, &narrow, "GET", path).send().codes(), ["scope-missing"]);
    // An id of another kind, a changed one and an invented one are all the same nothing.
    let id = text(&resource, "/id");
    for wrong in [format!("/fhir/Binary/{id}"), format!("{path}A"), "/fhir/Binary/invented".to_owned()] {
        let answer = asked(&server, &doctor, "GET", &wrong).send();
        assert_eq!((answer.status, answer.codes()), (404, vec!["document-not-found".to_owned()]), "{wrong}");
    }
    let stranger = server.token("dr-inconnu");
    assert_eq!(asked(&server, &stranger, "GET", path).send().codes(), ["access-not-authorised"]);
}
