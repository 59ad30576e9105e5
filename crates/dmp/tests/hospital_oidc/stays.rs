//! Who of a hospital reads whom, unit by unit, from the admission to the day after: stays declared in three ways (FHIR, HL7 v2 over MLLP and TLS,
//! HL7 v2 in a folder), read by users of the directory at two doors (pages after a sign-in at the hospital, FHIR), and by its certificate alone. One
//! table says what is expected, whatever the way.

use dmp_testkit::Server;
use serde_json::{Value, json};

use super::feeder_support::{Feeder, Listening, adt, exchange, wait_until};
use super::installation::PUBLIC;
use super::tls_support::{Certificates, free_port};
use super::world::{Clock, Session, Software, User, asked, done, identifier, instant, listing, operate, text, verdict};
use super::{HEADER, Town};

const DAY: i64 = 86_400;
/// The units, and who of each asks: account at the provider, PS_IdNat, name.
const STAFF: [(&str, &str, &str, &str); 3] = [
    ("Cardiologie", "bea", "810700000011", "Béa CARDIO"),
    ("Pneumologie", "carl", "810700000012", "Carl PNEUMO"),
    ("Néphrologie", "dora", "810700000013", "Dora NEPHRO"),
];
/// What happens to each patient: in words, as an event of PAM, the unit, and whether the staff of each unit reads then.
const STORY: [(&str, &str, usize, [bool; 3]); 10] = [
    ("nobody declared anything", "", 0, [false, false, false]),
    ("admitted by mistake (A01)", "A01", 0, [true, false, false]),
    ("the admission is cancelled (A11)", "A11", 0, [false, false, false]),
    ("admitted (A01)", "A01", 0, [true, false, false]),
    ("transferred (A02)", "A02", 1, [false, true, false]),
    ("the transfer is cancelled (A12)", "A12", 0, [true, false, false]),
    ("transferred (A02)", "A02", 1, [false, true, false]),
    ("discharged (A03)", "A03", 1, [false, false, false]),
    ("the discharge is cancelled (A13)", "A13", 1, [false, true, false]),
    ("discharged (A03)", "A03", 1, [false, false, false]),
];

/// How a patient's moves are told, and who that patient is.
const WAYS: [(&str, &str); 3] = [("FHIR", "claire-exemple"), ("MLLP over TLS", "ines-imaginaire"), ("folder", "paul-prototype")];

/// Tells moves.
struct Teller<'t> {
    town: &'t Town,
    software: &'t Software,
    certificates: &'t Certificates,
    listening: Listening,
    /// Of the stay that is told by FHIR: its address, and how often it was begun.
    encounter: Option<String>,
    begun: u32,
    told: usize,
}

fn responsible() -> User {
    User { national: "810700000001".to_owned(), name: "Anne RESPONSABLE".to_owned(), profession: "G15/10" }
}

impl Teller<'_> {
    fn tell(&mut self, event: &str, unit: usize, seconds_ago: i64) {
        for (way, person) in WAYS {
            let message = adt(&self.town.clock, person, event, &format!("{event}-{}-{person}", self.told), seconds_ago, STAFF[unit].0);
            match way {
                "FHIR" => self.by_fhir(person, event, STAFF[unit].0, seconds_ago),
                "folder" => self.town.chu.drop_file(&format!("{}.hl7", self.told), &message),
                _ => {
                    let mut line = self.certificates.connect(self.listening.port(), Some("hospital"));
                    assert!(exchange(&mut line, &message).contains("MSA|AA|"), "{event}");
                }
            }
        }
        self.told += 1;
        let done = || {
            let report = self.town.chu.report();
            assert_eq!(report["refused"], 0, "{report}");
            report["sent"].as_u64().unwrap() + report["nothing"].as_u64().unwrap() == 2 * self.told as u64
        };
        wait_until("each move is in the record", done);
    }

    /// The same in the words of FHIR: an admission that is cancelled is a stay that is over, a discharge that is cancelled a stay declared again.
    fn by_fhir(&mut self, person: &str, event: &str, unit: &str, seconds_ago: i64) {
        let (method, path) = match (event, &self.encounter) {
            ("A01" | "A13", _) => {
                self.begun += 1;
                ("POST", "/fhir/Encounter".to_owned())
            }
            (_, Some(path)) => ("PUT", path.clone()),
            (_, None) => panic!("{event} of no stay"),
        };
        let body = json!({
            "resourceType": "Encounter", "identifier": [{ "value": format!("{person}#{}", self.begun) }],
            "extension": [{ "url": "urn:dmp:extension:dmp-information-patient", "valueBoolean": true }],
            "status": if matches!(event, "A03" | "A11") { "finished" } else { "in-progress" },
            "serviceType": { "text": unit }, "subject": { "identifier": identifier(person) },
            "period": { "start": instant(self.town.clock.now() - seconds_ago) },
        });
        let token = self.software.token(&self.town.server, &self.town.clock, &responsible(), &json!({}));
        let answer = asked(&self.town.server, &token, method, &path).body("application/fhir+json", body.to_string()).send();
        done(&answer);
        self.encounter = Some(format!("/fhir/Encounter/{}", text(&answer.json(), "/id")));
    }
}

/// The registered software: what names users, and what has a certificate and no key.
fn register(feeder: &Feeder, software: &Software, certificates: &Certificates) {
    let read = |path: &str| serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut clients = read(&feeder.path("clients.json"));
    clients.extend(read(&software.arguments()[1]));
    let structure = dmp_synth::identity("dr-hopital").unwrap().structure.unwrap();
    clients.push(json!({
        "client_id": "certificat", "software": "Serveur de l'hôpital", "structure_id": structure.id.as_str(), "structure_name": structure.name,
        "scope": "system/DocumentReference.cruds system/Binary.r system/Patient.rs", "certificates": [certificates.hash("hospital")],
    }));
    std::fs::write(feeder.path("clients.json"), Value::Array(clients).to_string()).unwrap();
}

/// One user of each unit at both doors, for one patient: `yes`, `no`, or what else was answered.
fn reads(server: &Server, town: &Town, clock: &Clock, software: &Software, sessions: &[Session], person: &str) -> Vec<String> {
    let one = |((_, _, national, name), session): (&(&str, &str, &str, &str), &Session)| {
        let user = User { national: (*national).to_owned(), name: (*name).to_owned(), profession: "G15/60" };
        let token = software.token(server, clock, &user, &json!({}));
        let by_fhir = verdict(&asked(server, &token, "GET", &format!("{}&_count=1", listing(person))).send());
        match (by_fhir.as_str(), town.opens_of(session, person)) {
            ("200", 200) => "yes".to_owned(),
            ("403 access-not-authorised", 403) => "no".to_owned(),
            (by_fhir, page) => format!("FHIR {by_fhir}, page {page}"),
        }
    };
    STAFF.iter().zip(sessions).map(one).collect()
}

/// The certificate alone, over its own connection: documents, the page, and both with its token as a bearer.
fn by_certificate(certificates: &Certificates, port: u16, person: &str) -> String {
    let token = certificates.sign_in(port, Some("hospital"), "certificat").unwrap().json();
    let bearer = format!("Bearer {}", text(&token, "/access_token"));
    let get = |path: &str| certificates.ask(port, Some("hospital"), "GET", path, &[("authorization", &bearer)], "").unwrap();
    match (verdict(&get(&listing(person))).as_str(), get("/pro").status) {
        ("403 access-nobody-named", 303) => "no".to_owned(),
        (by_fhir, page) => format!("FHIR {by_fhir}, page {page}"),
    }
}

#[test]
fn the_staff_of_the_unit_reads_during_the_stay_however_it_is_declared_and_whichever_door_they_use() {
    let software = Software::at_the_structure_of("dr-hopital").known_as(PUBLIC);
    let (mut certificates, port) = (None, free_port());
    let town = Town::start_with("the staff of the unit reads during the stay", &json!({}), |feeder| {
        let Some(made) = Certificates::make(&feeder.home.join("certificates")) else { return Vec::new() };
        register(feeder, &software, &made);
        let arguments = made.listener(port);
        certificates = Some(made);
        arguments
    });
    let (Some(town), Some(certificates)) = (town, certificates) else { return };
    let staff = STAFF.map(|(unit, account, national, name)| {
        let (given, family) = name.split_once(' ').unwrap();
        let number = ["bea", "carl", "dora"].iter().position(|known| *known == account).unwrap() + 11;
        format!("{account};E-{number};{national};{given};{family};G15/60;oui;{unit}\n")
    });
    let anne = "anne;E-10;810700000001;Anne;RESPONSABLE;G15/10;oui;\n";
    let _ = town.chu.users_of(&format!("{HEADER}\n{anne}{}", staff.concat()), &town.whither());
    for (_, person) in WAYS {
        let token = software.token(&town.server, &town.clock, &responsible(), &json!({ "consent_now": true }));
        done(&operate(&town.server, &token, "dmp-record-team-consent", person, &[]));
    }
    let tls = ["--mllp-cert", "server.pem", "--mllp-cert-key", "server.key", "--mllp-client-ca", "ca.pem", "--mllp-crl", "crl.pem"];
    let tls = tls.iter().map(|word| if word.starts_with("--") { (*word).to_owned() } else { certificates.path(word) });
    let named = ["--public-url", PUBLIC, "--responsible", "810700000001;G15/10;Anne RESPONSABLE"].map(str::to_owned);
    let listening = Listening::start_with(&town.chu, &town.server.url, &tls.chain(named).collect::<Vec<_>>());
    let mut teller = Teller { town: &town, software: &software, certificates: &certificates, listening, encounter: None, begun: 0, told: 0 };

    let sign_in = || STAFF.map(|(_, account, _, _)| town.session("chu", account));
    let mut sessions = sign_in();
    let (mut table, mut wrong) = (Vec::new(), 0);
    let mut ask = |moment: &str, expected: [bool; 3], sessions: &[Session]| {
        let expected = expected.map(|reads| if reads { "yes" } else { "no" });
        for (way, person) in WAYS {
            let given = reads(&town.server, &town, &town.clock, &software, sessions, person);
            let alone = by_certificate(&certificates, port, person);
            let is_right = given == expected && alone == "no";
            wrong += usize::from(!is_right);
            let expected = if is_right { String::new() } else { format!("   EXPECTED {} no", expected.join(" ")) };
            table.push(format!("{moment:<34} {way:<14} {:<12} {:<12} {:<12} {alone}{expected}", given[0], given[1], given[2]));
        }
    };
    for (number, (moment, event, unit, expected)) in (0_i64..).zip(STORY) {
        if !event.is_empty() {
            teller.tell(event, unit, 660 - 60 * number);
        }
        ask(moment, expected, &sessions);
    }
    // Half an hour of a session is over by then: they sign in again.
    town.clock.shift(DAY);
    sessions = sign_in();
    ask("the next day", [false; 3], &sessions);
    println!("{:<34} {:<14} {:<12} {:<12} {:<12} certificate alone", "", "declared by", STAFF[0].0, STAFF[1].0, STAFF[2].0);
    println!("{}", table.join("\n"));
    assert_eq!(wrong, 0, "of {} lines:\n{}", table.len(), table.join("\n"));
}
