//! One world: a store in a folder of its own, the acts over it, the doors in front, everyone signed in.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use dmp_core::access::{Caller, Matrix};
use dmp_core::identity::Ins;
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices, Record, Representative, RepresentativeKind};
use dmp_core::{Mode, Moment, RecordKey};
use dmp_server::{App, AppConfig, Clients, Directory};
use dmp_service::{Clock, Config, Habilitation, IdSealer, Insurer, NewEpisode, NewRecord, PersonRef, Random, ReadingDesk, Service};
use dmp_store::RecordStore;
use dmp_synth::{Person, Town};
use http::Request;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::ask::{Answer, Ask, Entrance};
use crate::cast::{self, Who};
use crate::facts::{TwinFormats, TwinSource};
use crate::hidden::Hidden;
use crate::place::{Home, Place};

/// Whose record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    Claire,
    Tom,
    Henri,
    /// Victor, who has a record in one world at most.
    Neighbour,
}

impl Whose {
    pub const ALL: [Whose; 4] = [Whose::Claire, Whose::Tom, Whose::Henri, Whose::Neighbour];
    /// Whose records are there in every world.
    pub const KEPT: [Whose; 3] = [Whose::Claire, Whose::Tom, Whose::Henri];

    fn place(self) -> u32 {
        match self {
            Whose::Claire => 0,
            Whose::Tom => 2,
            Whose::Henri => 6,
            Whose::Neighbour => 8,
        }
    }
}

/// A world ready to answer.
pub struct World {
    home: Home,
    pub service: Service,
    app: App,
    router: Router,
    clock: Arc<StoppedClock>,
    people: HashMap<Whose, (Person, Option<RecordKey>)>,
    /// Cookie and hidden field of everyone who is signed in.
    sessions: HashMap<Who, (String, String)>,
    /// Hidden documents of each record: what a total counted too early would add.
    pub hidden_count: HashMap<Whose, usize>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "World({})", self.home.name)
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
    pub async fn build(place: &Place, things: &[Hidden], with: bool, seed: u64) -> Self {
        let start = start();
        let clock = Arc::new(StoppedClock(AtomicI64::new(start.as_micros())));
        let home = place.open(start).await;
        let ids = IdSealer::new(&home.store.derive("resource ids"));
        let config = Config::in_force(Mode::Sandbox, Matrix::reconstruction());
        let store: Arc<dyn RecordStore> = home.store.clone();
        let formats = Arc::new(TwinFormats::new());
        let insurer = Insurer::new(Arc::new(TwinSource), formats.clone());
        let service = Service::new(store, clock.clone(), Arc::new(SeededRandom(seed)), config, ids).with_insurer(insurer);
        let app_config = AppConfig { base_url: BASE_URL.to_owned(), demo: true, version: "twin".to_owned() };
        let tokens = home.store.derive("access tokens");
        let app = App::new(service.clone(), app_config, &tokens, Clients::default(), Directory::new(cast::identities()));
        let router = dmp_server::router(app.clone());
        let town = Town::new(1, 18, jiff::civil::date(2026, 1, 5));
        let people = Whose::ALL.into_iter().map(|whose| (whose, (town.person(whose.place()).unwrap(), None))).collect();
        let mut world = World { home, service, app, router, clock, people, sessions: HashMap::new(), hidden_count: HashMap::new() };
        for whose in Whose::KEPT {
            world.open_record(&town, whose).await;
        }
        if with && things.contains(&Hidden::Neighbour) {
            world.open_record(&town, Whose::Neighbour).await;
        }
        world.service.block(&world.person(Whose::Claire), &habilitation("dr-psy"), &world.own(Whose::Claire)).await.expect("a block");
        world.declare_team().await;
        world.live(things, with).await;
        world.read(&ReadingDesk::new(world.service.clone(), formats)).await;
        world.sign_everyone_in().await;
        world
    }

    async fn open_record(&mut self, town: &Town, whose: Whose) {
        let person = self.people[&whose].0.clone();
        let own = self.own(whose);
        let kind = if whose == Whose::Henri { RepresentativeKind::Guardian } else { RepresentativeKind::Parent };
        let representatives = person.representatives().map(|index| (index, kind));
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
            team_consent: whose == Whose::Claire,
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
        self.people.get_mut(&whose).unwrap().1 = Some(opened.record);
        let let_in: &[&str] = match whose {
            Whose::Claire => &["dr-modele", "ide-modele", "pharmacien-essai", "dentiste-gabarit", "psychologue-canevas", "dr-canevas"],
            Whose::Tom => &["dr-modele"],
            Whose::Henri | Whose::Neighbour => &[],
        };
        self.service.authorise(&self.person(whose), &habilitation("dr-fictif"), true, &own).await.expect("the attending doctor");
        for handle in let_in {
            self.service.authorise(&self.person(whose), &habilitation(handle), false, &own).await.expect("an authorisation");
        }
        if whose == Whose::Claire {
            let account = cast::caller("dr-canevas").account;
            self.service.name_administrator(&self.person(whose), &account, true, &own).await.expect("an administrator");
        }
    }

    /// Reads what was published, as a worker does.
    async fn read(&self, desk: &ReadingDesk) {
        while desk.read().await.expect("documents to read").records > 0 {}
        desk.refresh().await.expect("lines to draw");
    }

    async fn declare_team(&self) {
        let episode =
            NewEpisode { number: None, unit: Some("Médecine interne".to_owned()), members: Vec::new(), from: None, until: None, informed: true };
        self.service.declare_episode(&self.person(Whose::Claire), &episode, &cast::caller("dr-hopital")).await.expect("an episode");
    }

    /// The person as a caller.
    pub(crate) fn own(&self, whose: Whose) -> Caller {
        let person = &self.people[&whose].0;
        Caller { account: person.ins.account(), name: Some(person.traits.shown_name().clone()), ..cast::caller("claire-exemple") }
    }

    /// How callers name the person.
    pub fn person(&self, whose: Whose) -> PersonRef {
        PersonRef::Ins(self.ins(whose))
    }

    /// The INS of a person.
    pub fn ins(&self, whose: Whose) -> Ins {
        self.people[&whose].0.ins.clone()
    }

    /// The key of a record; `None` in a world where the person has none.
    pub fn key(&self, whose: Whose) -> Option<RecordKey> {
        self.people[&whose].1
    }

    /// A record as the store has it.
    pub async fn record(&self, whose: Whose) -> Option<Arc<Record>> {
        self.home.store.load(self.key(whose)?).await.expect("a load")
    }

    /// Puts the clock so many hours after the beginning.
    pub(crate) fn at(&self, hours: i64) {
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
        let id = self.service.ids().seal_record(dmp_service::IdKind::Patient, self.key(Whose::Claire).unwrap());
        let (cookie, csrf) = self.sessions[&Who::Emergency].clone();
        let form = format!("csrf={csrf}&reason=Inconsciente&unable_to_consent=1&immediate_risk=1");
        self.exchange("POST", &format!("/pro/patients/{id}/break-glass"), &[("content-type", FORM.to_owned()), ("cookie", cookie)], form).await;
    }

    /// The hidden field of a session: random, so that it is no part of an answer.
    pub fn csrf(&self, who: Who) -> &str {
        self.sessions.get(&who).map_or("", |(_, csrf)| csrf)
    }

    /// Sends one request. A search is answered by the page that its form leads to.
    pub async fn send(&self, ask: &Ask, path: &str) -> Answer {
        let answer = self.exchange(ask.method, path, &self.proven(ask), ask.body.replace("{csrf}", self.csrf(ask.who))).await;
        match answer.header("location").filter(|to| to.starts_with(crate::compare::FOUND)) {
            Some(to) => self.exchange("GET", to, &self.proven(ask), String::new()).await,
            None => answer,
        }
    }

    async fn exchange(&self, method: &str, path: &str, headers: &[(&str, String)], body: String) -> Answer {
        answered(self.router.clone().oneshot(request(method, path, headers, body)).await.expect("a router answers")).await
    }

    /// The whole application, and a request of somebody's ready for it: what a measure of time needs apart.
    pub fn prepared(&self, ask: &Ask) -> (Router, Request<Body>) {
        let body = ask.body.replace("{csrf}", self.csrf(ask.who));
        (self.router.clone(), request(ask.method, &ask.path, &self.proven(ask), body))
    }

    /// The headers with the proof of who asks.
    fn proven(&self, ask: &Ask) -> Vec<(&'static str, String)> {
        let mut headers = ask.headers.clone();
        match ask.entrance {
            Entrance::Fhir => headers.push(("authorization", format!("Bearer {}", self.token(ask.who)))),
            Entrance::Site => headers.push(("cookie", self.sessions.get(&ask.who).map(|(cookie, _)| cookie.clone()).unwrap_or_default())),
            Entrance::Nobody => {}
        }
        headers
    }

    fn token(&self, who: Who) -> String {
        self.app.token_for(&who.caller(), "user/*.cruds").expect("a token")
    }
}

fn request(method: &str, path: &str, headers: &[(&str, String)], body: String) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    request.body(Body::from(Bytes::from(body))).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
}

/// An answer read to its end.
pub async fn answered(response: http::Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let headers =
        parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect();
    let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
    Answer { status: parts.status.as_u16(), headers, body }
}

/// Media type of forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

fn representative(person: &Person, kind: RepresentativeKind) -> Representative {
    Representative::in_force(kind, person.ins.account(), person.traits.shown_name().clone(), Moment::from_micros(0))
}

/// One of the cast as the person's list keeps them.
pub(crate) fn habilitation(handle: &str) -> Habilitation {
    let caller = cast::caller(handle);
    Habilitation { account: caller.account, name: caller.name.unwrap(), profession: caller.profession.unwrap(), structure: caller.structure }
}
