//! Opening a record with the person who stands there: the channel is that of who opens, the day is that of the caisse, a slip is taken back, and the
//! counter shows nothing of anybody's health.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod world;

use dmp_core::territory::Caisse;
use dmp_testkit::{Answer, Server};
use serde_json::{Value, json};
use world::{Clock, Session, asked, done, identifier, national, operate, scratch, search_token, start, start_with, text, verdict, without_tokens};

/// Nobody's record is open but Claire's and her neighbour's in the demonstration's list.
const VICTOR: &str = "victor-essai";
const MINUTE: i64 = 60;

fn number(handle: &str) -> String {
    text(&identifier(handle), "/value").to_owned()
}

fn open(server: &Server, token: &str, about: &str, more: &[(&str, Value)]) -> Answer {
    let consent = ("consent", json!("oral"));
    operate(server, token, "dmp-open", about, &[&[consent], more].concat())
}

/// What `dmp-open` gives as the id of the record.
fn opened_id(answer: &Answer) -> String {
    text(&answer.json(), "/parameter/0/valueReference/reference").trim_start_matches("Patient/").to_owned()
}

#[test]
fn an_opening_has_the_channel_of_who_opens_and_no_other() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let channel = |code: &str| ("channel", json!(code));
    for (handle, wrong) in [
        ("agent-cpam", "OFFICINE"),
        ("pharmacien-essai", "CPAM"),
        ("ide-modele", "OFFICINE"),
        ("logiciel-hopital", "PS_LIBERAL"),
        (VICTOR, "CPAM"),
        ("dr-fictif", "OFFICINE"),
    ] {
        let refused = open(&server, &server.token(handle), VICTOR, &[channel(wrong), ("reason", json!("perte d'autonomie"))]);
        assert_eq!(verdict(&refused), "422 channel-of-another", "{handle} says {wrong}");
    }
    // A nurse says the loss of autonomy; who leaves the channel out has their own.
    let nurse = server.token("ide-modele");
    assert_eq!(verdict(&open(&server, &nurse, VICTOR, &[])), "422 reason-missing");
    assert_eq!(verdict(&open(&server, &nurse, VICTOR, &[("caisse", json!("35"))])), "422 caisse-unknown");
    let elsewhere = open(&server, &nurse, VICTOR, &[("department", json!("44")), ("reason", json!("perte d'autonomie"))]);
    assert_eq!(verdict(&elsewhere), "422 department-of-another-caisse", "Victor's caisse is that of Ille-et-Vilaine");
    assert_eq!(verdict(&open(&server, &nurse, VICTOR, &[("department", json!("99"))])), "422 department-unknown");
    done(&open(&server, &nurse, VICTOR, &[("reason", json!("perte d'autonomie"))]));
}

/// A day in Paris, so many days from today, and the second at which it begins.
fn day(clock: &Clock, days: i64) -> (String, i64) {
    let paris = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    let today = jiff::Timestamp::from_second(clock.now()).unwrap().to_zoned(paris.clone()).date();
    let day = today.checked_add(jiff::Span::new().days(days)).unwrap();
    (day.to_string(), day.to_zoned(paris).unwrap().timestamp().as_second())
}

fn phase(lines: &[String]) -> Vec<String> {
    let file = scratch("pilot");
    std::fs::write(&file, lines.join("\n")).unwrap();
    vec!["--pilot".to_owned(), file.display().to_string()]
}

#[test]
fn before_the_first_day_of_the_caisse_no_channel_opens_and_at_midnight_in_paris_each_does() {
    let clock = Clock::new();
    let (first, begins) = day(&clock, 2);
    let (general, everybody) = day(&clock, 9);
    let server = start_with(1, &clock, &phase(&[format!("351 {first}"), format!("general {general}")]));
    let caisse = Caisse::parse("351").unwrap();
    let told = |answer: &Answer, lang: &str| {
        assert_eq!(answer.status, 403, "{}", answer.text());
        assert!(answer.text().contains(caisse.name()) && answer.text().contains("351"), "{lang}: {}", answer.text());
        assert!(answer.text().contains(if lang == "fr" { "partir du" } else { "come back on that day" }), "{lang}: {}", answer.text());
    };
    // A token of two days ago is none: each question has its own.
    let api = |lang: &str| {
        let body = world::parameters(VICTOR, &[("consent", json!("oral"))]);
        asked(&server, &server.token("agent-cpam"), "POST", "/fhir/Patient/$dmp-open")
            .header("accept-language", lang)
            .body("application/fhir+json", body)
            .send()
    };
    clock.shift(begins - clock.now() - 2 * MINUTE);
    for lang in ["fr", "en"] {
        told(&api(lang), lang);
    }
    assert_eq!(api("fr").codes(), ["opening-not-yet"]);
    // The law comes first: who may not open at all learns nothing of the phase.
    assert_eq!(verdict(&open(&server, &server.token("assureur-imaginaire"), VICTOR, &[])), "403 access-insurers-never");
    let (victor, pharmacist, counter) = (Session::of(&server, VICTOR), Session::of(&server, "pharmacien-essai"), Session::of(&server, "agent-cpam"));
    let own = victor.post(&server, "/open", &[("consent", "on")]);
    assert!(own.status == 403 && own.text().contains("(351)"), "{}", own.text());
    let card = [("ins", number(VICTOR))];
    let card: Vec<(&str, &str)> = card.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (session, base) in [(&pharmacist, "/pro/open"), (&counter, "/accueil/ouvrir")] {
        assert!(session.get(&server, base).text().contains("(351)"), "{base} tells the days before anybody types");
        let early = session.post(&server, base, &card);
        assert!(early.status == 422 && early.text().contains("(351)") && !early.text().contains("Victor"), "{base}: {}", early.text());
    }
    assert!(server.request("GET", "/opening").header("accept-language", "fr").send().text().contains("(351)"));

    clock.shift(begins - clock_machine(&clock));
    assert_eq!(counter.post(&server, "/accueil/ouvrir", &card).status, 200);
    assert_eq!(pharmacist.post(&server, "/pro/open", &card).status, 200);
    done(&api("fr"));
    clock.shift(everybody - clock_machine(&clock) + 60 * 86_400);
    assert!(!Session::of(&server, "agent-cpam").get(&server, "/accueil/ouvrir").text().contains("(351)"), "the phase is over");
}

/// The machine's own second: what a shift is counted from.
fn clock_machine(clock: &Clock) -> i64 {
    let now = clock.now();
    clock.shift(0);
    let machine = clock.now();
    clock.shift(now - machine);
    machine
}

#[test]
fn the_automaton_waits_for_the_caisse_too() {
    let clock = Clock::new();
    let (first, begins) = day(&clock, 50);
    let server = start_with(1, &clock, &phase(&[format!("351 {first}")]));
    done(&operate(&server, &server.token("agent-cpam"), "dmp-letter", "helene-maquette", &[]));
    let by_itself = || {
        let machine = server.token("automate-resume");
        operate(&server, &machine, "dmp-open", "helene-maquette", &[("consent", json!("no-objection"))])
    };
    // Six weeks are over, the first day is not there yet.
    clock.shift(begins - clock_machine(&clock) - 2 * MINUTE);
    assert_eq!(verdict(&by_itself()), "403 opening-not-yet");
    clock.shift(begins - clock_machine(&clock));
    done(&by_itself());
}

/// From the card to the paper.
fn opens(server: &Server, session: &Session, base: &str, about: &str, contact: &[(&str, &str)]) -> Answer {
    let ins = number(about);
    let answers = [("ins", ins.as_str()), ("consent", "on"), ("regulation_centre", "on"), ("break_glass", "on"), ("reason", "perte d'autonomie")];
    let shown = session.post(server, base, &answers[..1]);
    assert!(shown.status == 200 && shown.text().contains(&ins), "{}", shown.text());
    let agreed = session.post(server, &format!("{base}/consent"), &answers);
    assert!(agreed.status == 200 && agreed.text().contains("name=\"contact\""), "{}", agreed.text());
    session.post_shown(server, &format!("{base}/contact"), &[&answers, contact].concat())
}

/// The sealed id in the form that takes an opening back.
fn cancel_id(page: &str) -> String {
    page.split("name=\"record\" value=\"").nth(1).unwrap_or_else(|| panic!("no way to cancel: {page}")).split('"').next().unwrap().to_owned()
}

#[test]
fn a_pharmacist_opens_with_the_person_and_the_paper_says_all() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let pharmacist = Session::of(&server, "pharmacien-essai");
    let ins = number(VICTOR);
    let asked = pharmacist.post(&server, "/pro/open", &[("ins", &format!("IS010000S1{ins}S4EXEMPLE"))]).text();
    let box_of = |name: &str| asked.split(&format!("id=\"{name}\"")).nth(1).unwrap().split('>').next().unwrap().contains("checked");
    assert!(asked.contains("Victor ESSAI") && !box_of("consent"), "consent is never ticked before: {asked}");
    assert_eq!((box_of("regulation_centre"), box_of("break_glass"), box_of("masked_in_emergency")), (true, true, false));
    // What the insurer knows of how to reach the person is none of the pharmacist's business.
    let untied = pharmacist.post(&server, "/pro/open/consent", &[("ins", &ins), ("break_glass", "on")]);
    assert!(untied.status == 422 && untied.text().contains("Cochez la case") && !untied.text().contains("courriel.example\""), "{}", untied.text());
    let refused = pharmacist.post(&server, "/pro/open/consent", &[("ins", &ins), ("do", "refuse")]);
    assert!(refused.status == 200 && refused.text().contains("noté nulle part"), "{}", refused.text());
    let paper = opens(&server, &pharmacist, "/pro/open", VICTOR, &[("contact", "known")]).text();
    for word in ["DMP-", "Victor ESSAI", "en pharmacie", "Pharmacie", "Pour fermer le dossier", "127.0.0.1"] {
        assert!(paper.contains(word), "{word} is missing: {paper}");
    }
    assert!(!paper.contains("victor.essai@"), "{paper}");
    let again = pharmacist.post(&server, "/pro/open/consent", &[("ins", &ins), ("consent", "on")]);
    assert!(again.status == 422 && again.text().contains("a déjà un dossier"), "{}", again.text());
    // Opening lets nobody read (EX_0.3-1010), and a denial offers the way to opening to everybody alike.
    let id = cancel_id(&paper);
    let denied = pharmacist.get(&server, &format!("/pro/patients/{id}"));
    assert!(denied.status == 403 && denied.text().contains("/pro/open"), "{}", denied.text());
    // Who is no health professional sees nobody's identity.
    let secretary = Session::of(&server, "secretaire-fictif");
    assert_eq!(secretary.post(&server, "/pro/open", &[("ins", &ins)]).header("location"), Some("/pro"));
}

#[test]
fn an_opening_is_taken_back_by_who_made_it_for_fifteen_minutes_while_nobody_else_acts() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let (agent, other) = (server.token("agent-cpam"), server.token("agent-verif"));
    let cancel = |token: &str| operate(&server, token, "dmp-cancel-opening", VICTOR, &[]);
    let first = open(&server, &agent, VICTOR, &[]);
    done(&first);
    assert_eq!(verdict(&cancel(&other)), "403 access-no-rule-permits", "somebody else's opening");
    done(&cancel(&agent));
    let gone = asked(&server, &agent, "GET", &format!("/fhir/Patient?identifier={}", search_token(VICTOR))).send();
    assert_eq!(gone.json()["total"], 0, "{}", gone.text());
    assert_eq!(verdict(&cancel(&agent)), "404 record-not-found");
    // The number is free: another record opens under it, and the sealed id of the first one leads nowhere.
    let second = open(&server, &agent, VICTOR, &[]);
    assert_ne!(opened_id(&second), opened_id(&first));
    // Somebody acts in it.
    done(&operate(&server, &server.token(VICTOR), "dmp-authorise", VICTOR, &[("professional", json!(national("dr-fictif")))]));
    assert_eq!(verdict(&cancel(&agent)), "403 access-no-rule-permits", "the person has acted in it");
    done(&operate(&server, &server.token(VICTOR), "dmp-close", VICTOR, &[("reason", json!("fin"))]));
    assert_eq!(verdict(&cancel(&agent)), "403 access-record-closed");
    // Helene's, fifteen minutes later.
    let late = "helene-maquette";
    done(&open(&server, &agent, late, &[]));
    clock.shift(15 * MINUTE);
    assert_eq!(verdict(&operate(&server, &server.token("agent-cpam"), "dmp-cancel-opening", late, &[])), "403 access-no-rule-permits");
}

#[test]
fn at_the_counter_a_record_opens_with_codes_is_listed_and_taken_back() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let agent = Session::of(&server, "agent-cpam");
    assert_eq!(agent.get(&server, "/").header("location"), Some("/accueil"));
    let paper = opens(&server, &agent, "/accueil/ouvrir", VICTOR, &[("contact", "none")]).text();
    assert!(paper.contains("class=\"codes\"") && paper.contains("accueil de l&#39;assurance maladie"), "{paper}");
    let day = agent.get(&server, "/accueil/journal").text();
    assert!(day.contains("Dossier ouvert") && day.contains("Victor ESSAI"), "{day}");
    assert!(Session::of(&server, "agent-verif").get(&server, "/accueil/journal").text().contains("Aucun acte"), "the day is the agent's own");
    let cancelled = agent.post(&server, "/accueil/ouvrir/cancel", &[("record", &cancel_id(&day))]);
    assert_eq!(cancelled.header("location"), Some("/accueil/journal?said=opening-cancelled"), "{}", cancelled.text());
    let after = agent.get(&server, "/accueil/journal").text();
    assert!(after.contains("Ouverture annulée") && !after.contains("Dossier ouvert"), "{after}");
    // A refusal is written down, and holds against an automatic opening.
    let refused = agent.post(&server, "/accueil/ouvrir/consent", &[("ins", &number(VICTOR)), ("do", "refuse")]);
    assert!(refused.text().contains("refus est noté"), "{}", refused.text());
    let by_itself = operate(&server, &server.token("automate-resume"), "dmp-open", VICTOR, &[("consent", json!("no-objection"))]);
    assert_eq!(verdict(&by_itself), "403 access-opening-refused");
    // The day after, the list is empty.
    clock.shift(86_400);
    assert!(Session::of(&server, "agent-cpam").get(&server, "/accueil/journal").text().contains("Aucun acte"));
}

#[test]
fn a_person_takes_back_the_opening_that_they_made_themself() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let listed = || asked(&server, &server.token("agent-cpam"), "GET", &format!("/fhir/Patient?identifier={}", search_token(VICTOR))).send().json();
    let victor = Session::of(&server, VICTOR);
    let receipt = victor.post(&server, "/open", &[("consent", "on")]);
    assert!(receipt.status == 200 && receipt.text().contains("href=\"/undo-opening\""), "{}", receipt.text());
    assert!(victor.get(&server, "/").text().contains("href=\"/undo-opening\""), "the first page says so too");
    let page = victor.get(&server, "/undo-opening").text();
    assert!(page.contains("action=\"/undo-opening\"") && page.contains("effacé tout de suite"), "{page}");
    // A form of nobody's session does nothing.
    let forged = victor.request(&server, "POST", "/undo-opening").body("application/x-www-form-urlencoded", "csrf=0".to_owned()).send();
    assert_eq!(forged.header("location"), Some("/undo-opening?said=form-expired"));
    let undone = victor.post(&server, "/undo-opening", &[]);
    assert_eq!(undone.header("location"), Some("/?said=opening-cancelled"), "{}", undone.text());
    assert_eq!(listed()["total"], 0);
    assert_eq!(victor.get(&server, "/documents").header("location"), Some("/signin"), "signed out");
    assert!(server.request("GET", "/?said=opening-cancelled").header("accept-language", "fr").send().text().contains("dossier est effacé"));

    // Opened again; once a doctor has acted in it, it can be closed and not be taken back.
    let victor = Session::of(&server, VICTOR);
    assert_eq!(victor.post(&server, "/open", &[("consent", "on")]).status, 200);
    let doctor = server.token_with("dr-fictif", &[("consent_now", "true")]);
    done(&operate(&server, &doctor, "dmp-authorise", VICTOR, &[]));
    let late = |session: &Session| {
        assert!(!session.get(&server, "/").text().contains("/undo-opening"));
        let page = session.get(&server, "/undo-opening").text();
        assert!(!page.contains("action=\"/undo-opening\"") && page.contains("href=\"/close\""), "{page}");
        assert_eq!(session.post(&server, "/undo-opening", &[]).status, 403);
    };
    late(&victor);
    // So it is after fifteen minutes, and for who was not asked to open it.
    let helene = Session::of(&server, "helene-maquette");
    assert_eq!(helene.post(&server, "/open", &[("consent", "on")]).status, 200);
    clock.shift(15 * MINUTE);
    late(&helene);
    late(&Session::of(&server, "claire-exemple"));
    assert_eq!(listed()["total"], 1);
}

#[test]
fn who_agrees_for_a_minor_or_a_protected_adult_is_kept_with_the_consent() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let agent = Session::of(&server, "agent-cpam");
    let (tom, henri) = (number("tom-fictif"), number("henri-modele"));
    let asked = agent.post(&server, "/accueil/ouvrir", &[("ins", &tom)]).text();
    assert!(asked.contains("<fieldset class=\"panel\" id=\"representative\">") && asked.contains("arrière-grand-mère"), "{asked}");
    let base = [("ins", tom.as_str()), ("consent", "on")];
    let mother = [("representative_given", "Sophie"), ("representative_family", "FICTIF <b>"), ("representative_role", "mother")];
    for missing in 0..4 {
        let mut told = mother.to_vec();
        if missing < 3 {
            told.remove(missing);
        } else {
            told[2].1 = "neighbour";
        }
        for path in ["consent", "contact"] {
            let refused = agent.post(&server, &format!("/accueil/ouvrir/{path}"), &[&base[..], &told, &[("contact", "none")]].concat());
            assert!(refused.status == 422 && refused.text().contains("son lien avec elle"), "{missing} {path}: {}", refused.text());
        }
    }
    let agreed = agent.post(&server, "/accueil/ouvrir/consent", &[&base[..], &mother].concat()).text();
    assert!(agreed.contains("name=\"representative_role\" value=\"mother\"") && agreed.contains("value=\"FICTIF &#60;b&#62;\""), "{agreed}");
    let paper = agent.post_shown(&server, "/accueil/ouvrir/contact", &[&base[..], &mother, &[("contact", "none")]].concat()).text();
    assert!(paper.contains("Accord donné par") && paper.contains("Sophie FICTIF &#60;b&#62;, mère"), "{paper}");
    // It gives no right: she reads nothing until it is declared on proof. The journal tells it.
    assert_eq!(world::asked(&server, &server.token("sophie-fictif"), "GET", &world::listing("tom-fictif")).send().status, 403);
    let journal = Session::of(&server, "tom-fictif").get(&server, "/journal?kind=all").text();
    assert!(journal.contains("avec l&#39;accord de Sophie FICTIF"), "{journal}");

    // An adult is asked nothing, and a guardian may be told.
    let adult = agent.post(&server, "/accueil/ouvrir", &[("ins", &henri)]).text();
    assert!(adult.contains("<details class=\"panel\">") && !adult.contains("<fieldset class=\"panel\" id=\"representative\">"), "{adult}");
    let guardian = [("representative_given", "Luc"), ("representative_family", "MODÈLE"), ("representative_role", "guardian")];
    let of_henri = [("ins", henri.as_str()), ("consent", "on"), ("contact", "none")];
    assert_eq!(agent.post(&server, "/accueil/ouvrir/contact", &[&of_henri[..], &guardian[..1]].concat()).status, 422, "half of it");
    let paper = agent.post_shown(&server, "/accueil/ouvrir/contact", &[&of_henri[..], &guardian].concat()).text();
    assert!(paper.contains("Luc MODÈLE, tuteur ou tutrice"), "{paper}");

    // The same at the FHIR door: name and role together, said or on paper.
    let api = |more: &[(&str, Value)]| open(&server, &server.token("pharmacien-essai"), "nina-fictif", more);
    let told = [("representative-family", json!("FICTIF")), ("representative-given", json!("Karim")), ("representative-role", json!("father"))];
    assert_eq!(api(&told[..2]).status, 422);
    assert_eq!(api(&[told[0].clone(), told[1].clone(), ("representative-role", json!("friend"))]).status, 422);
    done(&api(&told));
    assert!(Session::of(&server, "nina-fictif").get(&server, "/journal?kind=all").text().contains("avec l&#39;accord de Karim FICTIF"));
}

const CHECKS: [(&str, &str); 4] = [("face", "on"), ("paper", "on"), ("birth", "on"), ("asked", "on")];

#[test]
fn at_the_counter_codes_blocks_and_closings_need_their_checks_and_stand_in_the_persons_journal() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let (agent, claire) = (Session::of(&server, "agent-cpam"), Session::of(&server, "claire-exemple"));
    let ins = number("claire-exemple");
    let with = |more: &[(&str, &str)]| {
        let all: Vec<(String, String)> =
            [&[("ins", ins.as_str())], &CHECKS[..], more].concat().iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        all
    };
    let post = |path: &str, fields: &[(String, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        agent.post(&server, path, &fields)
    };
    for (path, word) in
        [("/accueil/codes", "douze codes"), ("/accueil/debloquer", "feuille de codes"), ("/accueil/fermer", "dix ans"), ("/accueil/droits", "RPPS")]
    {
        let found = agent.post(&server, path, &[("ins", &ins)]).text();
        assert!(found.contains("Claire EXEMPLE") && found.contains(word), "{path}: {found}");
        for (place, missing) in CHECKS.iter().enumerate() {
            let mut fields = with(&[("wish", "mask")]);
            fields.remove(1 + place);
            assert_eq!(post(&format!("{path}/confirm"), &fields).status, 422, "{path} without {missing:?}");
        }
    }
    let fields = with(&[]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let sheet = agent.post_shown(&server, "/accueil/codes/confirm", &fields).text();
    assert_eq!(sheet.matches("<li class=\"digits\">").count(), 12, "{sheet}");
    assert_eq!(claire.get(&server, "/journal").status, 303, "new codes end the person's sessions");
    let rpps = national("dr-fictif")[1..].to_owned();
    let blocked = post("/accueil/droits/confirm", &with(&[("wish", "block"), ("rpps", &rpps)]));
    assert_eq!(blocked.header("location"), Some("/accueil/fait"), "{}", blocked.text());
    assert_eq!(post("/accueil/droits/confirm", &with(&[("wish", "block"), ("rpps", "123")])).status, 422);
    assert_eq!(post("/accueil/droits/confirm", &with(&[("wish", "mask")])).status, 303);
    let journal = Session::of(&server, "claire-exemple").get(&server, "/journal?kind=all").text();
    assert!(journal.contains("Martine GUICHET-FICTIF") && journal.contains("feuille de codes"), "{journal}");
    assert_eq!(asked(&server, &server.token("dr-fictif"), "GET", &world::listing("claire-exemple")).send().status, 403);
    // A closing is asked about twice.
    let sure = post("/accueil/fermer/confirm", &with(&[]));
    assert!(sure.status == 200 && sure.text().contains("Dernière question"), "{}", sure.text());
    assert_eq!(post("/accueil/fermer/confirm", &with(&[("sure", "on")])).header("location"), Some("/accueil/fait"));
    assert!(post("/accueil/fermer", &with(&[])).text().contains("Aucun dossier n&#39;est ouvert"), "closed");
}

/// The titles of the town's documents, and words that stand in them.
fn clinical_words(server: &Server, handle: &str) -> Vec<String> {
    let token = server.token(handle);
    let documents = world::pages(server, &token, &world::listing(handle));
    assert!(documents.len() > 10, "a full record");
    let titles = documents.iter().map(|one| text(one, "/description").to_owned()).filter(|title| title.len() > 8);
    let words = ["diabète", "hypertension", "fibrillation", "metformine", "créatinine", "ordonnance de", "prescription"].map(str::to_owned);
    titles.chain(words).collect()
}

#[test]
fn no_page_and_no_answer_for_an_agent_holds_a_word_of_health() {
    let clock = Clock::new();
    let server = start(2, &clock, None);
    let canaries = clinical_words(&server, "claire-exemple");
    let agent = Session::of(&server, "agent-cpam");
    let (token, consenting) = (server.token("agent-cpam"), server.token_with("agent-cpam", &[("consent_now", "true")]));
    let ins = number("claire-exemple");
    let holds = |what: &str, answer: &Answer| {
        let page = without_tokens(&answer.text()).to_lowercase();
        let found: Vec<&String> = canaries.iter().filter(|word| page.contains(&word.to_lowercase())).collect();
        assert!(found.is_empty(), "{what} holds {found:?}");
    };
    // The words do show where they belong: to the person.
    let own = Session::of(&server, "claire-exemple").get(&server, "/documents").text().to_lowercase();
    assert!(canaries.iter().any(|word| own.contains(&word.to_lowercase())), "the canaries sing nowhere");
    for route in dmp_server::ROUTES.iter().filter(|route| route.door == dmp_server::Door::Site || route.door == dmp_server::Door::Front) {
        let path = route
            .path
            .replace("{pid}", &number(VICTOR))
            .replace("{id}", "1")
            .replace("{who}", "1")
            .replace("{key}", "1")
            .replace("{kind}", "allergy");
        if route.method == "GET" {
            holds(route.path, &agent.get(&server, &path));
        } else if route.path != "/signout" {
            let fields = [("ins", ins.as_str()), ("consent", "on"), ("wish", "mask"), ("contact", "none"), ("q", "diabète")];
            holds(route.path, &agent.post(&server, &path, &fields));
        }
    }
    let person = search_token("claire-exemple");
    for token in [&token, &consenting] {
        for path in [
            format!("/fhir/Patient?identifier={person}"),
            world::listing("claire-exemple"),
            format!("/fhir/List?patient.identifier={person}&code=submissionset&status=current"),
            format!("/fhir/AuditEvent?patient.identifier={person}"),
        ] {
            holds(&path, &asked(&server, token, "GET", &path).send());
        }
        for operation in ["dmp-check-access", "dmp-summary", "dmp-close", "dmp-mask-all", "dmp-paper", "dmp-hand-out-codes"] {
            holds(operation, &operate(&server, token, operation, "claire-exemple", &[("masked", json!(true)), ("what", json!("summary"))]));
        }
    }
}
