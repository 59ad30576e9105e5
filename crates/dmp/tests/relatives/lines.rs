//! What the insurer reimbursed for a minor's secret care: no line of it, no day of it, anywhere that a parent reads.

use std::collections::BTreeSet;

use super::*;

/// The documents of reimbursements of a person, as they list them: id, and whether representatives are kept from it.
fn of_the_insurer(server: &Server, whose: &str) -> Vec<(String, bool)> {
    let every = listing(whose).replace("status=current", "status=current,superseded");
    let all = world::pages(server, &server.token(whose), &format!("{every}&_count=200"));
    let is_it = |one: &&Value| one["type"].to_string().contains("\"REMB\"");
    let line = |one: &Value| (text(one, "/id").to_owned(), one["securityLabel"].to_string().contains("INVISIBLE_REPRESENTANTS_LEGAUX"));
    all.iter().filter(is_it).map(line).collect()
}

/// The days that a document of reimbursements has lines of, as HL7 writes them.
fn days(document: &str) -> BTreeSet<String> {
    let body = &document[document.find("<structuredBody>").unwrap()..];
    let values = body.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|value| value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned).collect()
}

/// What a session reads of the newest document of reimbursements, and what it does not read of those before.
fn lines_read(server: &Server, session: &Session, whose: &str) -> BTreeSet<String> {
    let mut read = Vec::new();
    for (id, _) in of_the_insurer(server, whose) {
        let answer = session.get(server, &format!("/documents/{id}/original"));
        assert!(matches!(answer.status, 200 | 404), "{}", answer.status);
        if answer.status == 200 {
            read.push(days(&answer.text()));
        }
    }
    assert_eq!(read.len(), 1, "one document of reimbursements is there for a parent, whatever was before");
    read.remove(0)
}

/// Days of care that are kept from the representatives.
fn secret_days(server: &Server, whose: &str) -> BTreeSet<String> {
    let all = world::pages(server, &server.token(whose), &format!("{}&_count=200", listing(whose)));
    let secret = all.iter().filter(|one| one["securityLabel"].to_string().contains("INVISIBLE_REPRESENTANTS_LEGAUX"));
    secret.map(|one| text(one, "/context/period/start").chars().take(10).filter(|letter| *letter != '-').collect()).collect()
}

/// What the page of missing reports and the first page say is missing, as one text.
fn missing(server: &Server, session: &Session) -> String {
    let page = read(server, session, "/expected");
    let home = read(server, session, "/");
    let block = home.find("Ce qui manque").map(|from| home[from..].split("</section>").next().unwrap().to_owned());
    format!("{}{}", &page[page.find("<main").unwrap()..], block.unwrap_or_default()).replace('\u{a0}', " ")
}

#[test]
fn no_line_of_the_insurer_tells_a_parent_of_secret_care() {
    const MONTHS: [&str; 12] =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
    let clock = Clock::new();
    let server = start(18, &clock, None);
    for (child, parent) in [("tom-fictif", "karim-fictif"), ("adam-ebauche", "mei-ebauche")] {
        let secret = secret_days(&server, child);
        assert!(!secret.is_empty(), "the town has secret care of {child}");
        let session = Session::of(&server, parent);
        let told = lines_read(&server, &session, child);
        assert!(!told.is_empty(), "{child}: other care is told");
        assert_eq!(told.intersection(&secret).collect::<Vec<_>>(), Vec::<&String>::new(), "{child}");
        let said = missing(&server, &session);
        for day in &secret {
            let (month, number) = (day[4..6].parse::<usize>().unwrap(), day[6..].trim_start_matches('0'));
            for words in [format!("{number} {} {}", MONTHS[month - 1], &day[..4]), format!("{}/{}/{}", &day[6..], &day[4..6], &day[..4])] {
                assert!(!said.contains(&words), "{child}, {words}: {said}");
            }
        }
    }
}

#[test]
fn what_was_told_before_the_care_became_secret_is_taken_back_at_once() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let father = Session::of(&server, "karim-fictif");
    let before = lines_read(&server, &father, "tom-fictif");
    let day = before.iter().next_back().unwrap().clone();
    let made = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    let token = server.token_with(SECRET_DOCTOR.0, &[("consent_now", "true"), ("secret", "true")]);
    let sent =
        asked(&server, &token, "POST", "/fhir/DocumentReference").body("application/fhir+json", document_of("tom-fictif", 9, CANARY, true, &made));
    done(&sent.send());
    let after = lines_read(&server, &father, "tom-fictif");
    assert!(!after.contains(&day) && !after.is_empty(), "{day}: {after:?}");
    assert!(after.is_subset(&before));
    // The child still has what was told before, with the mark that it is not for the parents.
    assert!(of_the_insurer(&server, "tom-fictif").iter().any(|(_, kept)| *kept));
}
