//! A hospital of 400 users and 12 units, day after day: who of the team reads, whom, and until when. Each answer is compared with the
//! one written down beside it, and none of them with what the program computes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod world;

use dmp_testkit::Server;
use serde_json::{Value, json};
use world::{Clock, Software, User, asked, at_once, done, identifier, instant, listing, operate, start, text, verdict};

const DAY: i64 = 86_400;
/// Staff of the hospital, spread over the units.
const USERS: usize = 400;
/// Requests at once.
const WORKERS: usize = 12;

/// What is particular about a unit's patient.
#[derive(Clone, Copy, PartialEq)]
enum Stay {
    /// Initial consent, told of this stay, did not object.
    Usual,
    /// Never gave the initial consent to care teams.
    NoConsent,
    /// Was not told of this stay.
    NotTold,
    /// Refuses this team.
    Refused,
}

/// The twelve units, the one patient of each, and what a carer of the unit is answered during the stay.
const UNITS: [(&str, &str, Stay, &str); 12] = [
    ("Cardiologie", "claire-exemple", Stay::Usual, "200"),
    ("Soins intensifs", "ines-imaginaire", Stay::Usual, "200"),
    ("Pneumologie", "paul-prototype", Stay::Usual, "200"),
    ("Gériatrie", "odette-specimen", Stay::Usual, "200"),
    ("Maternité", "lea-gabarit", Stay::Usual, "200"),
    ("Oncologie", "helene-maquette", Stay::Usual, "200"),
    ("Orthopédie", "luc-modele", Stay::Usual, "200"),
    ("Néphrologie", "jean-exemple", Stay::Usual, "200"),
    ("Neurologie", "karim-fictif", Stay::Usual, "200"),
    ("Médecine interne", "sophie-fictif", Stay::NoConsent, "403 access-team-consent-missing"),
    ("Urologie", "agnes-specimen", Stay::NotTold, "403 access-team-not-informed"),
    ("Psychiatrie", "david-canevas", Stay::Refused, "403 access-team-refused"),
];

/// Nobody has a tie to the person.
const NO_TIE: &str = "403 access-not-authorised";
/// A secretary is a member of the team on paper, and reads nothing: the table of rights has no line for TRE_A00.
const SECRETARY: &str = "A00/SECRETARIAT_MEDICAL";

/// The professions of a unit: its first user is a doctor, its last a secretary, most are nurses.
fn profession(place: usize, last: usize) -> &'static str {
    match place {
        0..4 => "G15/10",
        4 => "G15/21",
        5 => "G15/70",
        _ if place == last => SECRETARY,
        _ => "G15/60",
    }
}

/// A user with the unit where they work.
struct Worker {
    unit: usize,
    user: User,
}

fn staff() -> Vec<Worker> {
    let of_unit = |unit: usize| (0..USERS).filter(|number| number % UNITS.len() == unit).count();
    let worker = |number: usize| {
        let (unit, place) = (number % UNITS.len(), number / UNITS.len());
        // Numbers that no professional of the town has.
        let national = format!("8107{number:08}");
        let name = format!("Prénom{number} SOIGNANT-{}", char::from(b'A' + u8::try_from(unit).unwrap()));
        Worker { unit, user: User { national, name, profession: profession(place, of_unit(unit) - 1) } }
    };
    (0..USERS).map(worker).collect()
}

/// An Encounter of a unit with its whole staff.
fn encounter(staff: &[Worker], unit: usize, patient: &str, told: bool, (from, until): (i64, i64)) -> String {
    let participants: Vec<Value> = staff
        .iter()
        .filter(|worker| worker.unit == unit)
        .map(|worker| {
            let id = json!({ "system": "urn:oid:1.2.250.1.71.4.2.1", "value": worker.user.national });
            json!({ "individual": { "identifier": id, "display": worker.user.name } })
        })
        .collect();
    json!({
        "resourceType": "Encounter",
        "extension": [{ "url": "urn:dmp:extension:dmp-information-patient", "valueBoolean": told }],
        "status": "in-progress",
        "serviceType": { "text": UNITS[unit].0 },
        "subject": { "identifier": identifier(patient) },
        "participant": participants,
        "period": { "start": instant(from), "end": instant(until) },
    })
    .to_string()
}

/// Everything of one run.
struct Hospital {
    server: Server,
    clock: Clock,
    software: Software,
    staff: Vec<Worker>,
}

impl Hospital {
    fn head(&self, unit: usize) -> &User {
        &self.staff.iter().find(|worker| worker.unit == unit).unwrap().user
    }

    fn token(&self, user: &User, more: &Value) -> String {
        self.software.token(&self.server, &self.clock, user, more)
    }

    /// Declares the stay of a unit's patient; its address.
    fn declare(&self, unit: usize, patient: &str, told: bool, period: (i64, i64)) -> String {
        let token = self.token(self.head(unit), &json!({}));
        let body = encounter(&self.staff, unit, patient, told, period);
        let answer = asked(&self.server, &token, "POST", "/fhir/Encounter").body("application/fhir+json", body).send();
        assert_eq!(answer.status, 201, "{patient}: {}", answer.text());
        format!("/fhir/Encounter/{}", text(&answer.json(), "/id"))
    }

    /// Moves the clock to a moment of the stay, and lets all 400 ask for each of these patients (by unit): the faults found.
    fn everybody_asks(
        &self,
        moment: &str,
        shift: i64,
        patients: impl Fn(usize) -> Vec<usize> + Sync,
        expected: impl Fn(&Worker, usize) -> &'static str + Sync,
    ) {
        self.clock.shift(shift);
        let wanted = |worker: &Worker, patient| if worker.user.profession == SECRETARY { SECRETARY_READS } else { expected(worker, patient) };
        let faults: Vec<String> = at_once(WORKERS, &self.staff, |worker| {
            let token = self.token(&worker.user, &json!({}));
            let ask = |patient: usize| {
                let path = format!("{}&_count=1", listing(UNITS[patient].1));
                let (given, wanted) = (verdict(&asked(&self.server, &token, "GET", &path).send()), wanted(worker, patient));
                let what = format!("{moment}: {} of {} asks for the patient of {}", worker.user.profession, UNITS[worker.unit].0, UNITS[patient].0);
                (given != wanted).then(|| format!("{what}: {given}, not {wanted}"))
            };
            patients(worker.unit).into_iter().filter_map(ask).collect::<Vec<_>>()
        })
        .into_iter()
        .flatten()
        .collect();
        assert!(faults.is_empty(), "{} of the answers differ:\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
        self.the_certificate_alone_reads_nothing(moment);
    }

    fn the_certificate_alone_reads_nothing(&self, moment: &str) {
        let bare = self.software.bare_token(&self.server, &self.clock);
        for (unit, patient, _, _) in UNITS {
            let answer = asked(&self.server, &bare, "GET", &listing(patient)).send();
            assert_eq!(verdict(&answer), "403 access-nobody-named", "{moment}: the certificate alone asks for the patient of {unit}");
        }
    }
}

fn own_and_next(unit: usize) -> Vec<usize> {
    vec![unit, (unit + 1) % UNITS.len()]
}

#[test]
fn a_carer_reads_during_the_stay_from_their_unit_not_from_the_next_one_and_not_the_day_after() {
    let (clock, software) = (Clock::new(), Software::at_the_structure_of("dr-hopital"));
    let server = start(18, &clock, Some(&software));
    let hospital = Hospital { server, clock, software, staff: staff() };
    let today = hospital.clock.now();
    // Everybody comes in tomorrow and leaves three days later.
    let stay = (today + DAY, today + 4 * DAY);
    let stays: Vec<String> = (0..UNITS.len())
        .map(|unit| {
            let (_, patient, kind, _) = UNITS[unit];
            if kind != Stay::NoConsent {
                let consent = hospital.token(hospital.head(unit), &json!({ "consent_now": true }));
                done(&operate(&hospital.server, &consent, "dmp-record-team-consent", patient, &[]));
            }
            hospital.declare(unit, patient, kind != Stay::NotTold, stay)
        })
        .collect();
    for (unit, path) in stays.iter().enumerate().filter(|(unit, _)| UNITS[*unit].2 == Stay::Refused) {
        let person = hospital.server.token(UNITS[unit].1);
        done(&asked(&hospital.server, &person, "POST", &format!("{path}/$dmp-oppose")).body("application/fhir+json", "").send());
    }

    hospital.everybody_asks("the day before", 0, own_and_next, |_, _| NO_TIE);
    let during = |worker: &Worker, patient: usize| if worker.unit == patient { UNITS[patient].3 } else { NO_TIE };
    hospital.everybody_asks("the first day", DAY + 3_600, own_and_next, during);
    let nurse = &hospital.staff.iter().find(|worker| worker.unit == 0 && worker.user.profession == "G15/60").unwrap().user;
    let bytes = a_document(&hospital, nurse, UNITS[0].1);
    assert_eq!(read(&hospital, nurse, &bytes), "200");

    // On the second day the patient of cardiology goes to intensive care: one stay ends, another begins.
    hospital.clock.shift(2 * DAY);
    let head = hospital.token(hospital.head(0), &json!({}));
    done(&asked(&hospital.server, &head, "POST", &format!("{}/$dmp-end-episode", stays[0])).body("application/fhir+json", "").send());
    hospital.declare(1, UNITS[0].1, true, (hospital.clock.now(), stay.1));
    let moved = |worker: &Worker, patient: usize| match (worker.unit, patient) {
        (0, 0) => NO_TIE,
        (1, 0) => "200",
        _ => during(worker, patient),
    };
    let with_the_moved = |unit: usize| if unit == 1 { vec![0, 1, 2] } else { own_and_next(unit) };
    hospital.everybody_asks("the last hour", 4 * DAY - 3_600, with_the_moved, moved);
    assert_eq!(read(&hospital, nurse, &bytes), NO_TIE, "the nurse of the unit that the patient left keeps an address");

    hospital.everybody_asks("the day after", 5 * DAY, with_the_moved, |_, _| NO_TIE);
    assert_eq!(read(&hospital, nurse, &bytes), NO_TIE, "an address kept from the stay");
}

/// What a secretary is answered, in the team or not, before, during and after the stay.
const SECRETARY_READS: &str = "403 access-not-in-matrix";

/// The address of the bytes of one document that a user reads now.
fn a_document(hospital: &Hospital, user: &User, patient: &str) -> String {
    let token = hospital.token(user, &json!({}));
    let bundle = asked(&hospital.server, &token, "GET", &format!("{}&_count=1", listing(patient))).send().json();
    let url = text(&bundle, "/entry/0/resource/content/0/attachment/url");
    url[url.find("/fhir/Binary/").unwrap()..].to_owned()
}

fn read(hospital: &Hospital, user: &User, path: &str) -> String {
    let token = hospital.token(user, &json!({}));
    let answer = asked(&hospital.server, &token, "GET", path).send();
    if answer.status == 200 { "200".to_owned() } else { verdict(&answer) }
}
