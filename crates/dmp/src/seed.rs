//! `dmp seed`: a synthetic town through the same acts as every door, each at its own date.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use dmp_core::access::{Caller, CallerKind, Matrix};
use dmp_core::identity::PersonName;
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices, Representative, RepresentativeKind};
use dmp_core::{Mode, Moment};
use dmp_server::prepare_document;
use dmp_service::{
    Choice, Clock, Config, Error, Habilitation, Insurer, Mailboxes, NewRecord, NewSet, NoticeDesk, PersonRef, Service, Submission, SystemClock,
};
use dmp_store::{OperatedStore, Sealing, Syncs};
use dmp_synth::{Person, Professional, RelationKind, SynthDocument, Town};

use crate::commands::SeedOptions;
use crate::reimbursements::TownLines;
use crate::{open, print, reading};

/// People filled at once: their commits share the disk's syncs.
const AT_ONCE: usize = 24;

/// Fills a store.
pub async fn run(options: SeedOptions) -> Result<(), String> {
    if options.store.production {
        return Err("a synthetic town belongs in a sandbox: leave --production out".to_owned());
    }
    let sealing = if options.sealing_off { Sealing::Off } else { Sealing::On };
    let syncs = if options.synchronous_off { Syncs::Off } else { Syncs::On };
    let store = open::store_with(&options.store, sealing, syncs).await?;
    fill(&store, options.patients, options.seed).await?;
    // What happened to invented people years ago is no news to anybody.
    let acts = open::service(&store, open::config(&options.store)?);
    let desk = NoticeDesk::new(Arc::clone(&store), acts, Mailboxes::default());
    desk.forget_outbox().await.map_err(|error| error.to_string())?;
    let counts = store.counts().await.map_err(|error| error.to_string())?;
    print::line(&format!("{} records, {} documents", counts.records, counts.entries));
    Ok(())
}

/// A clock that stands where it is put: each act of a life takes place at its own date.
#[derive(Debug)]
struct LifeClock(AtomicI64);

impl Clock for LifeClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::Relaxed))
    }
}

/// Someone of the named cast, who is the same in every town.
pub fn cast_person(index: u32) -> Option<Person> {
    town(index + 1, crate::demo::SEED).person(index)
}

/// The town of a seed as it is today.
pub fn town(patients: u32, seed: u64) -> Town {
    let today = SystemClock.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    Town::new(seed, patients, today)
}

/// Fills a store with a town, with progress.
pub async fn fill(store: &Arc<dyn OperatedStore>, patients: u32, seed: u64) -> Result<(), String> {
    let town = Arc::new(town(patients, seed));
    let insurer = Insurer::new(Arc::new(TownLines::new(Arc::clone(&town))?), reading::codecs()?);
    let bar = indicatif::ProgressBar::new(u64::from(town.patients()));
    bar.set_style(indicatif::ProgressStyle::with_template("filling the town {bar:30} {pos}/{len} people").map_err(|error| error.to_string())?);
    let mut running = tokio::task::JoinSet::new();
    for index in 0..town.patients() {
        if running.len() >= AT_ONCE {
            settle(&mut running, &bar).await?;
        }
        let (town, store, insurer) = (Arc::clone(&town), Arc::clone(store), insurer.clone());
        running.spawn(async move { live(&town, &store, &insurer, index).await });
    }
    while !running.is_empty() {
        settle(&mut running, &bar).await?;
    }
    bar.finish_and_clear();
    Ok(())
}

async fn settle(running: &mut tokio::task::JoinSet<Result<(), String>>, bar: &indicatif::ProgressBar) -> Result<(), String> {
    match running.join_next().await {
        Some(Ok(done)) => done?,
        Some(Err(error)) => return Err(error.to_string()),
        None => {}
    }
    bar.inc(1);
    Ok(())
}

/// One person's life: the record opens, the *médecin traitant* is declared, documents arrive.
async fn live(town: &Town, store: &Arc<dyn OperatedStore>, insurer: &Insurer, index: u32) -> Result<(), String> {
    let Some(person) = town.person(index).filter(|person| person.has_record) else { return Ok(()) };
    let documents: Vec<SynthDocument> = town.documents_of(index).collect();
    let first = documents.iter().map(|document| document.created_at).min().unwrap_or(SystemClock.now());
    let clock = Arc::new(LifeClock(AtomicI64::new(first.plus_days(-30).as_micros())));
    let service = open::service_at(store, Config::in_force(Mode::Sandbox, Matrix::reconstruction()), clock.clone());
    let own = patient(&person);
    let lapsing = open::service_at(store, Config { authorisation_days: Some(LAPSING_DAYS), ..service.config().clone() }, clock.clone());
    let failed = |what: &str, error: Error| format!("person {index}, {what}: {} {error}", error.code());
    let opened = service
        .create_record(new_record(town, &person, clock.now()), &opener(&person, clock.now()))
        .await
        .map_err(|error| failed("opening", error))?;
    let reference = PersonRef::Ins(person.ins.clone());
    if let Some(doctor) = town.professional(person.attending_doctor) {
        service.authorise(&reference, &habilitation(doctor), true, &own).await.map_err(|error| failed("médecin traitant", error))?;
    }
    let_in(&LET_IN, town, &service, &person, &own).await.map_err(|error| failed("rights", error))?;
    let_in(&LET_IN_ONCE, town, &lapsing, &person, &own).await.map_err(|error| failed("rights", error))?;
    for document in documents {
        clock.0.store(document.created_at.plus_seconds(3_600).as_micros(), Ordering::Relaxed);
        publish(town, &service, &person, &own, document).await.map_err(|error| failed("publishing", error))?;
    }
    keep_out(town, &service, &person, &own).await.map_err(|error| failed("rights", error))?;
    clock.0.store(SystemClock.now().as_micros(), Ordering::Relaxed);
    service.with_insurer(insurer.clone()).draw_reimbursements(opened.record).await.map_err(|error| failed("reimbursements", error))?;
    Ok(())
}

/// What the named cast decided: who they let in, and who they keep out.
const LET_IN: [(&str, &str); 7] = [
    ("claire-exemple", "ide-modele"),
    ("claire-exemple", "pharmacien-essai"),
    ("claire-exemple", "dr-cardio"),
    ("claire-exemple", "dr-diabeto"),
    ("claire-exemple", "podologue-essai"),
    ("claire-exemple", "dr-hopital"),
    ("lea-gabarit", "sagefemme-exemple"),
];
/// Who was let in when the record opened, and only for a while: nothing in it is that recent.
const LET_IN_ONCE: [(&str, &str); 1] = [("claire-exemple", "dr-urologue")];
const LAPSING_DAYS: u16 = 20;
const KEPT_OUT: [(&str, &str); 1] = [("david-canevas", "dr-psy")];

async fn let_in(table: &[(&str, &str)], town: &Town, service: &Service, person: &Person, own: &Caller) -> Result<(), Error> {
    for who in named(table, town, person) {
        service.authorise(&PersonRef::Ins(person.ins.clone()), &who, false, own).await?;
    }
    Ok(())
}

/// Last of all: who is kept out wrote before, and could not write after.
async fn keep_out(town: &Town, service: &Service, person: &Person, own: &Caller) -> Result<(), Error> {
    for who in named(&KEPT_OUT, town, person) {
        service.block(&PersonRef::Ins(person.ins.clone()), &who, own).await?;
    }
    Ok(())
}

fn named(table: &[(&str, &str)], town: &Town, person: &Person) -> Vec<Habilitation> {
    let handles = table.iter().filter(|(whose, _)| person.handle == Some(*whose)).map(|(_, who)| *who);
    handles.filter_map(|who| town.professionals().iter().find(|one| one.handle == who).map(habilitation)).collect()
}

async fn publish(town: &Town, service: &Service, person: &Person, own: &Caller, document: SynthDocument) -> Result<(), Error> {
    let mut incoming = prepare_document(document.bytes.into(), Mode::Sandbox).map_err(Error::Invalid)?;
    incoming.document.visibility = document.visibility;
    let caller = if document.patient_authored {
        own.clone()
    } else {
        document.author.and_then(|author| town.professional(author)).map_or_else(|| own.clone(), caller_of)
    };
    let reference = PersonRef::Ins(person.ins.clone());
    if caller.is_occupational() {
        // Occupational medicine feeds only with the worker's express consent (CSP L.1111-17).
        service.choose(&reference, Choice::OccupationalMedicine(true), own).await?;
    }
    let submission = Submission { set: NewSet::default(), documents: vec![incoming.document], folders: Vec::new() };
    service.publish(&reference, &submission, &caller).await?;
    Ok(())
}

/// An opening online at a moment, as the person asks for it.
pub fn new_record(town: &Town, person: &Person, now: Moment) -> NewRecord {
    let (channel, consent) =
        if person.traits.is_minor(now) { (Channel::Counter, ConsentEvidence::Oral) } else { (Channel::Online, ConsentEvidence::Electronic) };
    NewRecord {
        ins: person.ins.clone(),
        traits: person.traits.clone(),
        channel,
        consent: Some(consent),
        emergency: EmergencyChoices::default(),
        team_consent: false,
        scheme: None,
        caisse: person.caisse(),
        department: Some(person.department.to_owned()),
        reason: None,
        contact: None,
        representatives: person.relations.iter().filter_map(|relation| representative(town, relation.kind, relation.person, now)).collect(),
    }
}

/// A representative from before the opening on; a helper from the opening on.
fn representative(town: &Town, kind: RelationKind, index: u32, opened: Moment) -> Option<Representative> {
    let kind = match kind {
        RelationKind::Parent => RepresentativeKind::Parent,
        RelationKind::Guardian => RepresentativeKind::Guardian,
        RelationKind::Helper => RepresentativeKind::Helper,
        RelationKind::Child | RelationKind::Partner => return None,
    };
    let other = town.person(index)?;
    let from = if kind == RepresentativeKind::Helper { opened } else { Moment::from_micros(0) };
    Some(Representative::in_force(kind, other.ins.account(), other.traits.shown_name().clone(), from))
}

/// Who opens a person's record: they themself on the site, or for a minor the counter, where a parent came along.
pub fn opener(person: &Person, now: Moment) -> Caller {
    if !person.traits.is_minor(now) {
        return patient(person);
    }
    Caller { kind: CallerKind::Agent, name: Some(PersonName::new("Agent", "SANDBOX")), consent_now: true, ..nobody("agent:sandbox".to_owned()) }
}

/// A person as a caller.
pub fn patient(person: &Person) -> Caller {
    Caller { kind: CallerKind::Patient, name: Some(person.traits.shown_name().clone()), ..nobody(person.ins.account()) }
}

/// A professional of the town as a caller.
pub fn caller_of(one: &Professional) -> Caller {
    Caller {
        kind: CallerKind::Professional,
        name: Some(one.name.clone()),
        profession: Some(one.profession.clone()),
        specialty: one.specialty.map(str::to_owned),
        structure: Some(one.structure().clone()),
        regulating_physician: one.is_regulating_physician,
        ..nobody(format!("ps:{}", one.ps_id_nat().as_str()))
    }
}

fn nobody(account: String) -> Caller {
    Caller { software: Some(format!("dmp seed {}", env!("CARGO_PKG_VERSION"))), ..Caller::bare(account, CallerKind::Automaton) }
}

/// A professional of the town as the person's list keeps them.
pub fn habilitation(one: &Professional) -> Habilitation {
    Habilitation {
        account: format!("ps:{}", one.ps_id_nat().as_str()),
        name: one.name.clone(),
        profession: one.profession.clone(),
        structure: Some(one.structure().clone()),
    }
}
