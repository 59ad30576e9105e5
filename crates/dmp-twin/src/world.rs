//! One world: a store in a folder of its own, the acts over it, the doors in front, everyone signed in.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use dmp_core::access::{Caller, Matrix};
use dmp_core::document::{Code, Visibility};
use dmp_core::identity::Ins;
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices, Record, Representative, RepresentativeKind};
use dmp_core::{Mode, Moment, RecordKey};
use dmp_server::{App, AppConfig, Clients, Directory};
use dmp_service::{Choice, Clock, Config, EntryUpdate, Habilitation, IdSealer, NewFolder, NewRecord, NewSet, PersonRef, Random, Service, Submission};
use dmp_store::{OpenOptions, RecordStore, RootKey, SqliteStore};
use dmp_synth::{Person, Town};
use http::Request;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::ask::{Answer, Ask, Entrance};
use crate::cast::{self, Who};
use crate::content::{self, Shape};
use crate::hidden::Hidden;

/// Whose record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    Claire,
    Tom,
    Henri,
}

impl Whose {
    pub const ALL: [Whose; 3] = [Whose::Claire, Whose::Tom, Whose::Henri];

    fn place(self) -> u32 {
        match self {
            Whose::Claire => 0,
            Whose::Tom => 2,
            Whose::Henri => 6,
        }
    }
}

/// A world ready to answer.
pub struct World {
    folder: PathBuf,
    pub service: Service,
    store: Arc<SqliteStore>,
    app: App,
    router: Router,
    clock: Arc<StoppedClock>,
    people: HashMap<Whose, (Person, RecordKey)>,
    /// Cookie and hidden field of everyone who is signed in.
    sessions: HashMap<Who, (String, String)>,
    /// Hidden documents of each record: what a total counted too early would add.
    pub hidden_count: HashMap<Whose, usize>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "World({})", self.folder.display())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[derive(Debug)]
struct StoppedClock(AtomicI64);

impl Clock for StoppedClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::Relaxed))
    }
}

/// The same bytes for the same purpose, in both worlds.
#[derive(Debug)]
struct SeededRandom(u64);

impl Random for SeededRandom {
    fn bytes16(&self, purpose: &str) -> [u8; 16] {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, format!("{} {purpose}", self.0).as_bytes());
        digest.as_ref()[..16].try_into().unwrap()
    }
}

/// When both worlds begin.
fn start() -> Moment {
    Moment::parse_fhir("2026-01-05T08:00:00Z").expect("a moment")
}

const BASE_URL: &str = "http://twin.invalid";

impl World {
    /// Builds a world with hidden things, or without (`with` false): all that is visible is the same.
    pub async fn build(things: &[Hidden], with: bool, seed: u64) -> Self {
        let folder = fresh_folder();
        let start = start();
        let clock = Arc::new(StoppedClock(AtomicI64::new(start.as_micros())));
        let store = SqliteStore::open(OpenOptions::new(&folder, Mode::Sandbox, RootKey::from_bytes([7; 32]), start)).expect("a store");
        let ids = IdSealer::new(&store.derive("resource ids"));
        let config = Config::in_force(Mode::Sandbox, Matrix::reconstruction());
        let service = Service::new(store.clone(), clock.clone(), Arc::new(SeededRandom(seed)), config, ids);
        let app_config = AppConfig { base_url: BASE_URL.to_owned(), demo: true, version: "twin".to_owned() };
        let app = App::new(service.clone(), app_config, &store.derive("access tokens"), Clients::default(), Directory::new(cast::identities()));
        let router = dmp_server::router(app.clone());
        let town = Town::new(1, 18, jiff::civil::date(2026, 1, 5));
        let people = Whose::ALL.into_iter().map(|whose| (whose, (town.person(whose.place()).unwrap(), RecordKey([0; 16])))).collect();
        let mut world = World { folder, service, store, app, router, clock, people, sessions: HashMap::new(), hidden_count: HashMap::new() };
        world.open_records(&town).await;
        world.live(things, with).await;
        world.sign_everyone_in().await;
        world
    }

    async fn open_records(&mut self, town: &Town) {
        for whose in Whose::ALL {
            let person = self.people[&whose].0.clone();
            let own = self.own(whose);
            let representatives = person.representatives().map(|index| (index, RepresentativeKind::Parent));
            let helpers = (whose == Whose::Claire)
                .then(|| dmp_synth::identity("jean-exemple").unwrap().person.unwrap())
                .map(|index| (index, RepresentativeKind::Helper));
            let representatives = representatives.chain(helpers).map(|(index, kind)| representative(&town.person(index).unwrap(), kind)).collect();
            let new = NewRecord {
                ins: person.ins.clone(),
                traits: person.traits.clone(),
                channel: Channel::Counter,
                consent: Some(ConsentEvidence::Oral),
                emergency: EmergencyChoices::default(),
                team_consent: false,
                scheme: None,
                caisse: None,
                department: None,
                reason: None,
                contact: None,
                representatives,
            };
            let mut agent = cast::caller("agent-cpam");
            agent.consent_now = true;
            let opened = self.service.create_record(new, &agent).await.expect("a record");
            self.people.get_mut(&whose).unwrap().1 = opened.record;
            let let_in: &[&str] = match whose {
                Whose::Claire => &["dr-modele", "ide-modele", "pharmacien-essai", "dentiste-gabarit", "psychologue-canevas"],
                Whose::Tom => &["dr-modele"],
                Whose::Henri => &[],
            };
            self.service.authorise(&self.person(whose), &habilitation("dr-fictif"), true, &own).await.expect("the attending doctor");
            for handle in let_in {
                self.service.authorise(&self.person(whose), &habilitation(handle), false, &own).await.expect("an authorisation");
            }
        }
        self.service.block(&self.person(Whose::Claire), &habilitation("dr-psy"), &self.own(Whose::Claire)).await.expect("a block");
    }

    /// What happened before anyone asks: publications, choices, and the attending doctor's readings.
    async fn live(&mut self, things: &[Hidden], with: bool) {
        let has = |thing: Hidden| things.contains(&thing);
        let shows_nothing = has(Hidden::WholeRecord);
        if shows_nothing {
            self.service.choose(&self.person(Whose::Claire), Choice::MaskAll(true), &self.own(Whose::Claire)).await.expect("a choice");
        }
        if !shows_nothing || with {
            self.publish(Whose::Claire, &content::of_claire()).await;
            if shows_nothing {
                self.count(Whose::Claire, content::of_claire().len());
            }
        }
        self.at(1);
        self.publish(Whose::Tom, &content::of_tom()).await;
        self.publish(Whose::Henri, &content::of_henri()).await;
        // Each at its own hour in both worlds, whatever was done before.
        for (place, thing) in things.iter().enumerate() {
            self.at(2 + i64::try_from(place).unwrap_or(0));
            self.hide(*thing, with).await;
        }
        self.at(12);
        let doctor = cast::caller("dr-fictif");
        for whose in Whose::ALL {
            self.service.search(&self.person(whose), &doctor, |_| true).await.expect("a list");
            if with && (has(Hidden::Awaiting) || has(Hidden::Secret)) {
                // The doctor works with what the person's side may not see yet: of this nothing shows either.
                let record = self.record(whose).await;
                for entry in
                    record.entries.iter().filter(|entry| entry.visibility.invisible_to_patient || entry.visibility.invisible_to_representatives)
                {
                    self.service.consult(record.key, entry.id, &doctor).await.expect("a reading");
                }
            }
        }
    }

    async fn hide(&mut self, thing: Hidden, with: bool) {
        let masked = Visibility { masked: true, ..Visibility::default() };
        let title_one = "Entretien confidentiel";
        match thing {
            // Nothing besides: what is there is what is hidden.
            Hidden::WholeRecord => {}
            Hidden::Masked => {
                self.add(with, Whose::Claire, Shape { visibility: masked, text: true, ..content::hidden(1, "34133-9", title_one, "2025-07-14") })
                    .await
            }
            Hidden::MaskedArchived => {
                self.add(with, Whose::Claire, Shape { visibility: masked, ..content::hidden(2, "34112-3", "Séjour passé", "2024-12-24") }).await;
                self.update(with, Whose::Claire, 2, EntryUpdate::Archive).await;
            }
            Hidden::Awaiting => {
                let visibility = Visibility { invisible_to_patient: true, ..Visibility::default() };
                self.add(with, Whose::Claire, Shape { visibility, text: true, ..content::hidden(3, "60568-3", "Biopsie du sein", "2026-01-02") })
                    .await;
            }
            Hidden::Secret => {
                let visibility = Visibility { invisible_to_representatives: true, ..Visibility::default() };
                self.add(
                    with,
                    Whose::Tom,
                    Shape { visibility, text: true, ..content::hidden(4, "85208-7", "Consultation confidentielle", "2025-12-08") },
                )
                .await;
            }
            Hidden::Deleted => {
                self.add(with, Whose::Claire, content::hidden(5, "34874-8", "Erreur de dossier", "2025-08-08")).await;
                self.update(with, Whose::Claire, 5, EntryUpdate::Delete).await;
            }
            Hidden::OutsideCare => {
                self.add(with, Whose::Claire, Shape { text: true, ..content::hidden(6, "68599-0", "Synthèse de psychiatrie", "2025-05-19") }).await
            }
            Hidden::OutsideDoctors => {
                self.add(with, Whose::Claire, content::hidden(7, "ATTEST-RESID", "Attestation de résidence", "2025-01-30")).await
            }
            Hidden::Foreign => self.add(with, Whose::Henri, content::hidden(8, "28653-4", "Dossier social", "2025-10-10")).await,
            Hidden::Ordinary => {
                self.add(with, Whose::Claire, Shape { text: true, ..content::hidden(9, "15507-7", "Passage aux urgences", "2025-11-11") }).await
            }
            Hidden::Lot => {
                let shapes = [
                    Shape { visibility: masked, ..content::hidden(10, "77604-7", "Plan réservé", "2025-06-06") },
                    Shape { visibility: masked, ..content::hidden(11, "18776-5", "Annexe réservée", "2025-06-06") },
                ];
                self.tick(60);
                if with {
                    self.publish_lot(Whose::Claire, &shapes, "Dossier réservé", vec![folder("Chemise réservée", 2)]).await;
                    self.count(Whose::Claire, 2);
                }
            }
            Hidden::MixedLot => {
                let shapes = [
                    Shape::new(12, "89601-9", "Certificat", ("Anne", "FICTIF-MOREAU", "10000000900"), "2025-12-01"),
                    Shape { visibility: masked, ..content::hidden(13, "61357-0", "Intervention réservée", "2025-12-01") },
                ];
                self.tick(60);
                let count = if with { 2 } else { 1 };
                self.publish_lot(Whose::Claire, &shapes[..count], "Dossier de décembre", vec![folder("Chemise de décembre", count)]).await;
                self.count(Whose::Claire, usize::from(with));
            }
            Hidden::Older => {
                self.add(with, Whose::Claire, content::hidden(14, "ATTEST-RESID", "Ancienne version", "2025-03-03")).await;
                let newer = Shape::new(15, "15508-5", "Nouvelle version", ("Anne", "FICTIF-MOREAU", "10000000900"), "2025-03-04");
                self.publish(Whose::Claire, &[Shape { replaces: with.then_some(content::HIDDEN + 14), ..newer }]).await;
            }
        }
    }

    async fn add(&mut self, with: bool, whose: Whose, shape: Shape) {
        self.tick(60);
        if with {
            let title = shape.title;
            self.publish_lot(whose, &[shape], title, Vec::new()).await;
            self.count(whose, 1);
        }
    }

    async fn update(&mut self, with: bool, whose: Whose, number: u32, update: EntryUpdate) {
        self.tick(60);
        if with {
            let record = self.record(whose).await;
            let entry = record.entry_by_unique_id(&content::unique_id(content::HIDDEN + number)).expect("what was just hidden");
            self.service.update_entry(record.key, entry.id, &[update], None, &cast::caller("dr-fictif")).await.expect("an update");
        }
    }

    fn count(&mut self, whose: Whose, more: usize) {
        *self.hidden_count.entry(whose).or_default() += more;
    }

    async fn publish(&self, whose: Whose, shapes: &[Shape]) {
        for shape in shapes {
            self.tick(60);
            self.publish_lot(whose, std::slice::from_ref(shape), shape.title, Vec::new()).await;
        }
    }

    async fn publish_lot(&self, whose: Whose, shapes: &[Shape], title: &str, folders: Vec<NewFolder>) {
        let ins = self.ins(whose);
        let first = shapes[0].number;
        let set = NewSet {
            unique_id: Some(format!("urn:oid:{}.7", content::root(first))),
            source_id: Some(format!("urn:oid:1.2.250.1.213.1.1.9.{first}")),
            content_type: Some(Code::new(if first >= content::HIDDEN { "04" } else { "03" }, "1.2.250.1.213.2.2", "lot")),
            title: Some(title.to_owned()),
            ..NewSet::default()
        };
        let submission = Submission { set, documents: shapes.iter().map(|shape| shape.document(&ins)).collect(), folders };
        self.service.publish(&self.person(whose), &submission, &cast::caller("dr-fictif")).await.unwrap_or_else(|error| panic!("{title}: {error:?}"));
    }

    fn own(&self, whose: Whose) -> Caller {
        let person = &self.people[&whose].0;
        Caller {
            account: format!("person:{}", person.ins.matricule()),
            name: Some(person.traits.shown_name().clone()),
            ..cast::caller("claire-exemple")
        }
    }

    /// How callers name the person.
    pub fn person(&self, whose: Whose) -> PersonRef {
        PersonRef::Ins(self.ins(whose))
    }

    /// The INS of a person.
    pub fn ins(&self, whose: Whose) -> Ins {
        self.people[&whose].0.ins.clone()
    }

    /// The key of a record.
    pub fn key(&self, whose: Whose) -> RecordKey {
        self.people[&whose].1
    }

    /// A record as the store has it.
    pub async fn record(&self, whose: Whose) -> Arc<Record> {
        self.store.load(self.key(whose)).await.expect("a load").expect("a record")
    }

    /// Puts the clock so many hours after the beginning.
    fn at(&self, hours: i64) {
        self.clock.0.store(start().plus_seconds(hours * 3_600).as_micros(), Ordering::Relaxed);
    }

    /// Lets time pass.
    pub fn tick(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    async fn sign_everyone_in(&mut self) {
        for who in Who::ALL.into_iter().filter(|who| who.visits()) {
            let signed_in = self.exchange("POST", "/signin", &[("content-type", FORM.to_owned())], format!("identity={}", who.handle())).await;
            let cookie = signed_in.header("set-cookie").and_then(|value| value.split(';').next()).expect("a session").to_owned();
            // A page that opens nothing has the hidden field too.
            let page =
                self.exchange("GET", if who.is_professional() { "/pro" } else { "/access" }, &[("cookie", cookie.clone())], String::new()).await;
            let html = String::from_utf8_lossy(&page.body).into_owned();
            let csrf = html.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
            self.sessions.insert(who, (cookie, csrf));
        }
        let id = self.service.ids().seal_record(dmp_service::IdKind::Patient, self.key(Whose::Claire));
        let (cookie, csrf) = self.sessions[&Who::Emergency].clone();
        let form = format!("csrf={csrf}&reason=Inconsciente&unable_to_consent=1&immediate_risk=1");
        self.exchange("POST", &format!("/pro/patients/{id}/break-glass"), &[("content-type", FORM.to_owned()), ("cookie", cookie)], form).await;
    }

    /// The hidden field of a session: random, so that it is no part of an answer.
    pub fn csrf(&self, who: Who) -> &str {
        self.sessions.get(&who).map_or("", |(_, csrf)| csrf)
    }

    /// Sends one request.
    pub async fn send(&self, ask: &Ask, path: &str) -> Answer {
        let mut headers = ask.headers.clone();
        match ask.entrance {
            Entrance::Fhir => {
                headers.push(("authorization", format!("Bearer {}", self.app.token_for(&ask.who.caller(), "user/*.cruds").expect("a token"))))
            }
            Entrance::Site => headers.push(("cookie", self.sessions.get(&ask.who).map(|(cookie, _)| cookie.clone()).unwrap_or_default())),
        }
        self.exchange(ask.method, path, &headers, ask.body.replace("{csrf}", self.csrf(ask.who))).await
    }

    async fn exchange(&self, method: &str, path: &str, headers: &[(&str, String)], body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(Bytes::from(body))).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let response = self.router.clone().oneshot(request).await.expect("a router answers");
        let (parts, body) = response.into_parts();
        let headers =
            parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect();
        let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
        Answer { status: parts.status.as_u16(), headers, body }
    }
}

/// Media type of forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

fn folder(title: &str, documents: usize) -> NewFolder {
    NewFolder {
        unique_id: None,
        designation: vec![Code::new("ENFANT", "1.2.250.1.213.1.1.5.200", "chemise")],
        title: title.to_owned(),
        documents: (0..documents).collect(),
    }
}

fn representative(person: &Person, kind: RepresentativeKind) -> Representative {
    Representative::in_force(kind, format!("person:{}", person.ins.matricule()), person.traits.shown_name().clone(), Moment::from_micros(0))
}

fn habilitation(handle: &str) -> Habilitation {
    let caller = cast::caller(handle);
    Habilitation { account: caller.account, name: caller.name.unwrap(), profession: caller.profession.unwrap(), structure: caller.structure }
}

/// In memory where the machine offers it: a world is built and thrown away often.
fn fresh_folder() -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = parent.join(format!("dmp-twin-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
