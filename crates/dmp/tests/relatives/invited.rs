//! An invitation is for the person whom it names: the number alone opens nothing.

use super::*;

#[test]
fn a_number_under_another_name_invites_nobody() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let (claire, until) = (Session::of(&server, "claire-exemple"), in_days(&clock, 60));
    let number = ins_of("victor-essai");
    let asking = |given: &str, family: &str| {
        let fields = [("given", given), ("family", family), ("number", number.as_str()), ("until", until.as_str())];
        claire.post(&server, "/relatives/invite", &fields).header("location").map(str::to_owned)
    };
    // The answer does not say whose number it is.
    assert_eq!(asking("Jean", "DUPONT").as_deref(), Some("/relatives?said=helper-invited"));
    let victor = Session::of(&server, "victor-essai");
    let page = read(&server, &victor, "/relatives");
    assert!(!page.contains("vous invite") && !page.contains("Claire"), "{page}");
    let token = server.token("claire-exemple");
    let found = asked(&server, &token, "GET", &format!("/fhir/Patient?identifier={}", search_token("claire-exemple"))).send().json();
    let record = text(&found, "/entry/0/resource/id").to_owned();
    for answer in ["accept", "decline"] {
        assert_eq!(victor.post(&server, "/relatives/answer", &[("record", &record), ("kind", "helper"), ("answer", answer)]).status, 404, "{answer}");
    }
    let shown = read(&server, &claire, "/relatives");
    let account = after(&shown, "Jean DUPONT</h3>", "name=\"account\" value=\"").to_owned();
    assert_eq!(claire.post(&server, "/relatives/end", &[("account", &account)]).header("location"), Some("/relatives?said=helper-ended"));
    assert!(!read(&server, &victor, "/relatives").contains("a pris fin"), "of what was never his he is told nothing");
    // Under his own name, however it is written, he is invited, and the list says who accepted.
    assert_eq!(asking("victor", "essai").as_deref(), Some("/relatives?said=helper-invited"));
    let accept = [("record", record.as_str()), ("kind", "helper"), ("answer", "accept")];
    assert_eq!(victor.post(&server, "/relatives/answer", &accept).header("location"), Some("/relatives?said=invitation-accepted"));
    assert!(read(&server, &claire, "/relatives").contains("Victor ESSAI</h3>"));
}
