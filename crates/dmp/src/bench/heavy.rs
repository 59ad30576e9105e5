//! Heavy records in an open loop: requests come at their own rate, whether the ones before were answered or not, and each is timed from the
//! moment at which it was due. The loader is on the same machine; every answer has its leaf.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use dmp_core::Mode;
use dmp_core::identity::Ins;
use dmp_server::prepare_document;
use dmp_service::{NewSet, PersonRef, ReadingDesk, Service, Submission};
use dmp_synth::{Professional, Town};
use http::Method;
use tokio::sync::Mutex;

use super::load::Shot;
use super::world::{self, World};
use crate::commands::BenchOptions;
use crate::http::Connection;
use crate::{print, reading, seed};

/// Documents of the record that is summed up and searched, and of the one that is listed and fed.
const LARGE: u32 = 2_000;
const HUGE: usize = 10_000;
/// Documents that come one by one into the large record.
const CHANGES: u32 = 20;
/// Connections that wait for their next request.
const CONNECTIONS: usize = 16;
/// Words that are looked for, one after the other: common, rare, in two words, with a typing error, of nothing.
const QUERIES: [&str; 6] = ["créatinine", "fibrillation auriculaire", "metformine", "cratinine", "échographie -thyroïde", "introuvable"];

/// A figure: its name, its rate a second, and what it asks.
struct Figure {
    name: &'static str,
    per_second: u32,
    shot: Box<dyn Fn(u64) -> Shot + Send + Sync>,
}

/// Measures what is wished, on a record of 2,000 documents and one of 10,000.
pub async fn run(options: &BenchOptions, world: &World) -> Result<(), String> {
    let wished = |names: &[&str]| names.iter().any(|name| options.wants(name));
    if wished(&["summary-2000", "search-2000"]) {
        let ins = large(world).await?;
        let token = format!("urn:oid:{}%7C{}", ins.authority().oid(), ins.matricule());
        let (get, summary) = (world.getter(), format!("/fhir/Patient/$summary?identifier={token}"));
        let find = world.getter();
        let search = move |number: u64| {
            let query = QUERIES.get(usize::try_from(number).unwrap_or(0) % QUERIES.len()).copied().unwrap_or_default();
            find(format!("/fhir/Patient/$dmp-find?identifier={token}&query={}", crate::http::form_value(query)))
        };
        if options.wants("summary-2000") {
            after_changes(world, &ins, || get(summary.clone())).await?;
        }
        let get = world.getter();
        show(options, world, Figure { name: "summary-2000", per_second: 50, shot: Box::new(move |_| get(summary.clone())) }).await?;
        show(options, world, Figure { name: "search-2000", per_second: 10, shot: Box::new(search) }).await?;
    }
    if wished(&["first-page-10000", "publish-10000"]) {
        let ins = huge(world).await?;
        // What is published is read meanwhile, as in a server.
        let (_working, stop) = tokio::sync::watch::channel(false);
        tokio::spawn(reading::run(ReadingDesk::new(world.service.clone(), reading::codecs()?), stop));
        let get = world.getter();
        let list =
            format!("/fhir/DocumentReference?patient.identifier=urn:oid:{}%7C{}&status=current&_count=50", ins.authority().oid(), ins.matricule());
        let publish = world.publisher(ins);
        show(options, world, Figure { name: "first-page-10000", per_second: 10, shot: Box::new(move |_| get(list.clone())) }).await?;
        show(options, world, Figure { name: "publish-10000", per_second: 10, shot: Box::new(publish) }).await?;
    }
    Ok(())
}

/// How long the first summary takes after a document came and was read: nothing that was made before serves any more.
async fn after_changes(world: &World, ins: &Ins, shot: impl Fn() -> Shot) -> Result<(), String> {
    let town = Town::new(crate::demo::SEED, 20, jiff::civil::date(2026, 1, 1));
    let desk = ReadingDesk::new(world.service.clone(), reading::codecs()?);
    let idle = Mutex::new(Vec::new());
    let mut took = Vec::new();
    for document in town.heavy_record(LARGE + CHANGES).skip(town.heavy_record(LARGE).count()) {
        publish(&world.service, ins, &world.doctor, document.bytes.clone()).await?;
        while desk.read().await.map_err(|error| error.to_string())?.records > 0 {}
        took.push(ask(&world.server, &idle, shot(), Instant::now()).await?.as_secs_f64() * 1_000.0);
    }
    took.sort_by(f64::total_cmp);
    let middle = took.get(took.len() / 2).copied().unwrap_or_default();
    print::json(&serde_json::json!({ "name": "summary-2000-after-a-change", "p50_ms": middle, "most_ms": took.last(), "requests": took.len() }));
    Ok(())
}

async fn show(options: &BenchOptions, world: &World, mut figure: Figure) -> Result<(), String> {
    if !options.wants(figure.name) {
        return Ok(());
    }
    figure.per_second *= options.rate_times;
    let mut latencies = open_loop(&world.server, &figure, options.seconds).await?;
    latencies.sort_unstable();
    let quantile = |share: f64| {
        let place = ((latencies.len() as f64 - 1.0) * share).max(0.0) as usize;
        latencies.get(place).map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0)
    };
    print::json(&serde_json::json!({ "name": figure.name, "value": quantile(0.95), "p50_ms": quantile(0.50), "p99_ms": quantile(0.99),
        "per_second": figure.per_second, "requests": latencies.len() }));
    Ok(())
}

async fn open_loop(server: &str, figure: &Figure, seconds: u64) -> Result<Vec<Duration>, String> {
    let mut idle = Vec::new();
    for _ in 0..CONNECTIONS {
        idle.push(Connection::open(server).await?);
    }
    let idle = Arc::new(Mutex::new(idle));
    // The first request fills caches; it is asked apart.
    ask(server, &idle, (figure.shot)(0), Instant::now()).await?;
    let (began, count) = (Instant::now(), u64::from(figure.per_second) * seconds);
    let mut running = tokio::task::JoinSet::new();
    for number in 1..=count {
        let due = began + Duration::from_secs(1) * u32::try_from(number).unwrap_or(u32::MAX) / figure.per_second;
        tokio::time::sleep_until(due.into()).await;
        let (server, idle, shot) = (server.to_owned(), Arc::clone(&idle), (figure.shot)(number));
        running.spawn(async move { ask(&server, &idle, shot, due).await });
    }
    running.join_all().await.into_iter().collect()
}

/// Asks on an idle connection, or on a new one: nobody waits for anybody.
async fn ask(server: &str, idle: &Mutex<Vec<Connection>>, shot: Shot, due: Instant) -> Result<Duration, String> {
    let kept = idle.lock().await.pop();
    let mut connection = match kept {
        Some(connection) => connection,
        None => Connection::open(server).await?,
    };
    let headers: Vec<(&str, &str)> = shot.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = connection.send(shot.method, &shot.path, &headers, shot.body).await?;
    let took = due.elapsed();
    if !answer.status.is_success() {
        return Err(format!("{}: {} {}", shot.path, answer.status, String::from_utf8_lossy(&answer.body)));
    }
    idle.lock().await.push(connection);
    Ok(took)
}

/// Claire's documents again and again, read as a worker reads them.
async fn large(world: &World) -> Result<Ins, String> {
    let town = Town::new(crate::demo::SEED, 20, jiff::civil::date(2026, 1, 1));
    let ins = town.person(0).ok_or("nobody")?.ins;
    let began = Instant::now();
    for document in town.heavy_record(LARGE) {
        publish(&world.service, &ins, &world.doctor, document.bytes.clone()).await?;
    }
    let published = began.elapsed();
    let desk = ReadingDesk::new(world.service.clone(), reading::codecs()?);
    let mut documents = 0;
    loop {
        let round = desk.read().await.map_err(|error| error.to_string())?;
        documents += round.documents;
        if round.records == 0 {
            break;
        }
    }
    print::json(&serde_json::json!({ "name": "reading", "documents": documents, "ms_per_document":
        (began.elapsed() - published).as_secs_f64() * 1_000.0 / documents.max(1) as f64 }));
    Ok(ins)
}

/// A record at half of its bound.
async fn huge(world: &World) -> Result<Ins, String> {
    let ins = world.somebody().ok_or("nobody")?;
    world::fill(&world.service, &ins, &world.doctor, HUGE).await?;
    Ok(ins)
}

async fn publish(service: &Service, ins: &Ins, doctor: &Professional, bytes: Vec<u8>) -> Result<(), String> {
    let incoming = prepare_document(Bytes::from(bytes), Mode::Sandbox).map_err(|issues| format!("{issues:?}"))?;
    // What the person themself wrote, or the insurer, is not a doctor's to publish.
    if incoming.document.authors.iter().any(|author| author.kind != dmp_core::document::AuthorKind::Professional) {
        return Ok(());
    }
    let submission = Submission { set: NewSet::default(), documents: vec![incoming.document], folders: Vec::new() };
    match service.publish(&PersonRef::Ins(ins.clone()), &submission, &seed::caller_of(doctor)).await {
        Ok(_) | Err(dmp_service::Error::Forbidden(_) | dmp_service::Error::Invalid(_)) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

impl World {
    /// Makes readings.
    fn getter(&self) -> impl Fn(String) -> Shot + Send + Sync + 'static {
        let headers = self.headers("application/fhir+json");
        move |path| Shot { method: Method::GET, path, headers: headers.clone(), body: Bytes::new() }
    }

    /// Makes publications for one person.
    fn publisher(&self, ins: Ins) -> impl Fn(u64) -> Shot + Send + Sync + 'static {
        let (headers, template) = (self.headers("application/fhir+json"), self.template(4_096));
        move |number| {
            let unique = format!("1.2.250.1.213.1.1.9.996.{number}");
            let body = world::publication(&template, &ins, &unique);
            Shot { method: Method::POST, path: "/fhir/DocumentReference".to_owned(), headers: headers.clone(), body: body.into() }
        }
    }
}
