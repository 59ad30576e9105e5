//! `dmp simulate deployment`: a deployment in a store of its own, through the acts of every door, each at its own moment. Some people are opened
//! twice, some close their record, some of those open it again.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use dmp_core::Moment;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Profession, Sex, StructIdNat, Structure};
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices, Regime};
use dmp_core::remuneration::Tariffs;
use dmp_service::{Clock, Config, Error, NewRecord, PersonRef, Service};
use dmp_store::{OperatedStore, Sealing, Syncs};

use super::plan::{Draw, PlannedOpening, plan};
use crate::commands::SimulateDeployment;
use crate::{open, print, statistics};

/// Of a thousand people: opened a second time by somebody else, closed later, and of those opened again.
const DOUBLED: u64 = 10;
const CLOSED: u64 = 10;
const REOPENED: u64 = 5;
/// People for each pharmacy, counter and cabinet.
const PEOPLE_EACH: u64 = 150;

/// Where each act takes place in time.
#[derive(Debug, Default)]
struct OwnClock(AtomicI64);

impl Clock for OwnClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::Relaxed))
    }
}

#[derive(Debug, Default)]
struct Done {
    opened: AtomicU64,
    refused_doubles: AtomicU64,
    closed: AtomicU64,
    reopened: AtomicU64,
}

/// Opens the records of a scenario, counts them and tells how long it took, as one JSON line.
///
/// # Errors
/// In words, at the first failure.
pub async fn deployment(options: SimulateDeployment) -> Result<(), String> {
    if options.store.production {
        return Err("people who do not exist belong in a sandbox: leave --production out".to_owned());
    }
    let store = open::store_with(&options.store, Sealing::On, Syncs::On).await?;
    if store.counts().await.map_err(|error| error.to_string())?.records > 0 {
        return Err("a deployment is simulated in a store of its own: this one holds records".to_owned());
    }
    let law = Config { regime: Regime::A, ..open::config(&options.store)? };
    let openings = Arc::new(plan(u64::from(options.scale), options.seed));
    let began = Instant::now();
    let done = live(&store, &law, &openings, options.seed, usize::from(options.at_once)).await?;
    let opened_in = began.elapsed().as_secs_f64();
    let tariffs = statistics::tariffs(options.statistics.tariffs.as_deref())?;
    statistics::run_once(&open::service(&store, law), &tariffs).await?;
    let count = |what: &AtomicU64| what.load(Ordering::Relaxed);
    print::json(&serde_json::json!({
        "name": "deployment", "scenario": options.scenario, "scale": options.scale, "planned": openings.len(),
        "opened": count(&done.opened), "doubles_refused": count(&done.refused_doubles), "closed": count(&done.closed),
        "reopened": count(&done.reopened), "seconds_opening": opened_in, "seconds_counting": began.elapsed().as_secs_f64() - opened_in,
        "peak_mib": super::peak_mib(),
    }));
    Ok(())
}

async fn live(
    store: &Arc<dyn OperatedStore>,
    law: &Config,
    openings: &Arc<Vec<PlannedOpening>>,
    seed: u64,
    at_once: usize,
) -> Result<Arc<Done>, String> {
    let bar = indicatif::ProgressBar::new(u64::try_from(openings.len()).unwrap_or(0));
    bar.set_style(indicatif::ProgressStyle::with_template("{bar:30} {pos}/{len} openings, {eta} left").map_err(|error| error.to_string())?);
    let (next, done) = (Arc::new(AtomicUsize::new(0)), Arc::new(Done::default()));
    let tariffs = Arc::new(Tariffs::default());
    let mut running: tokio::task::JoinSet<Result<(), String>> = tokio::task::JoinSet::new();
    for _ in 0..at_once {
        let clock = Arc::new(OwnClock::default());
        let acts = open::service_at(store, law.clone(), clock.clone());
        let (openings, next, done, bar, tariffs) = (Arc::clone(openings), Arc::clone(&next), Arc::clone(&done), bar.clone(), Arc::clone(&tariffs));
        running.spawn(async move {
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(one) = openings.get(place) else { return Ok(()) };
                person(&acts, &clock, u64::try_from(place).unwrap_or(0), one, seed, &done).await?;
                if place.is_multiple_of(PIECE) {
                    bar.set_position(u64::try_from(place).unwrap_or(0));
                    // Counted on the way too, as a server would: some openings come to be known after later ones were counted.
                    acts.settle_deeds(&tariffs).await.map_err(|error| error.to_string())?;
                }
            }
        });
    }
    while let Some(one) = running.join_next().await {
        one.map_err(|error| error.to_string())??;
    }
    bar.finish_and_clear();
    Ok(done)
}

const PIECE: usize = 500;

/// One person's record: opened, perhaps asked for twice, perhaps closed, perhaps opened again.
async fn person(acts: &Service, clock: &OwnClock, number: u64, one: &PlannedOpening, seed: u64, done: &Done) -> Result<(), String> {
    let mut draw = Draw::new(seed ^ (number + 1).wrapping_mul(0xA076_1D64_78BD_642F));
    // Between 7 and 21 o'clock in UTC: the same day in Paris, winter and summer.
    let second = 7 * 3_600 + i64::try_from(draw.below(13 * 3_600)).unwrap_or(0);
    let opened_at = Moment::from_seconds(i64::from(one.day) * 86_400 + second);
    let at = |moment: Moment| clock.0.store(moment.as_micros(), Ordering::Relaxed);
    let failed = |what: &str, error: Error| format!("person {number}, {what}: {} {error}", error.code());
    let (ins, caller) = (ins(number).ok_or("a number beyond the scenario")?, caller(number, one));
    let new = || new_record(&ins, one);
    at(opened_at);
    acts.create_record(new(), &caller).await.map_err(|error| failed("opening", error))?;
    done.opened.fetch_add(1, Ordering::Relaxed);
    let luck = draw.below(1_000);
    if luck < DOUBLED {
        at(opened_at.plus_seconds(3));
        match acts.create_record(new(), &caller).await {
            Err(Error::Conflict("record-exists")) => done.refused_doubles.fetch_add(1, Ordering::Relaxed),
            Ok(_) => return Err(format!("person {number} was opened twice")),
            Err(error) => return Err(failed("opening again", error)),
        };
    } else if luck < DOUBLED + CLOSED {
        let own = own(&ins);
        at(opened_at.plus_seconds(3_600));
        acts.close_record(&PersonRef::Ins(ins.clone()), "", &own).await.map_err(|error| failed("closing", error))?;
        done.closed.fetch_add(1, Ordering::Relaxed);
        if luck < DOUBLED + REOPENED {
            at(opened_at.plus_seconds(7_200));
            acts.reactivate_record(&PersonRef::Ins(ins.clone()), true, &own).await.map_err(|error| failed("opening again", error))?;
            done.reopened.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

/// The number of the n-th person: nobody's, as the department of birth (99) and the authority of tests say.
fn ins(number: u64) -> Option<Ins> {
    let (year, month, rest) = (30 + number % 65, 1 + number / 65 % 12, number / (65 * 12));
    let base = format!("{}{year:02}{month:02}99{:03}{:03}", 1 + rest % 2, 100 + rest / 2 % 900, 1 + rest / 1_800);
    let key = 97 - base.parse::<u64>().ok()? % 97;
    Ins::parse("1.2.250.1.213.1.4.10", &format!("{base}{key:02}")).ok()
}

fn new_record(ins: &Ins, one: &PlannedOpening) -> NewRecord {
    let year = ins.matricule().get(1..3).and_then(|year| year.parse::<i16>().ok()).unwrap_or(50);
    let consent = if one.channel == Channel::Online { ConsentEvidence::Electronic } else { ConsentEvidence::Oral };
    NewRecord {
        ins: ins.clone(),
        traits: IdentityTraits {
            birth_name: PersonName::new("Camille", "SIMULATION"),
            used_name: None,
            birth_date: BirthDate { year: 1_900 + year.min(92), month: 1, day: 1 },
            sex: Sex::Female,
            birth_place: "99999".to_owned(),
        },
        channel: one.channel,
        consent: Some(consent),
        emergency: EmergencyChoices::default(),
        team_consent: false,
        scheme: None,
        caisse: one.caisse.clone(),
        department: Some(one.department.to_owned()),
        reason: (one.channel == Channel::Nurse).then(|| "perte d'autonomie".to_owned()),
        contact: None,
        representatives: Vec::new(),
    }
}

fn own(ins: &Ins) -> Caller {
    Caller { name: Some(PersonName::new("Camille", "SIMULATION")), consent_now: true, ..Caller::bare(ins.account(), CallerKind::Patient) }
}

/// Who opens: the person, an agent of the counter, or somebody at one of the places of the department.
fn caller(number: u64, one: &PlannedOpening) -> Caller {
    let place = number / PEOPLE_EACH;
    let professional = |profession: &str, what: &str| {
        let digits = format!("{:0>11}", 20_000_000_000 + number % PEOPLE_EACH + place * 10);
        Caller {
            name: Some(PersonName::new("Dominique", "SIMULATION")),
            profession: Profession::parse(profession).ok(),
            structure: StructIdNat::parse(&format!("1{:09}", 990_000_000 + place)).ok().map(|id| Structure { id, name: format!("{what} {place}") }),
            consent_now: true,
            ..Caller::bare(format!("ps:8{digits}"), CallerKind::Professional)
        }
    };
    match one.channel {
        Channel::Online | Channel::Automatic => {
            let account = ins(number).map(|ins| ins.account()).unwrap_or_default();
            Caller { name: Some(PersonName::new("Camille", "SIMULATION")), consent_now: true, ..Caller::bare(account, CallerKind::Patient) }
        }
        Channel::Counter => Caller {
            name: Some(PersonName::new("Agent", "SIMULATION")),
            consent_now: true,
            ..Caller::bare(format!("agent:simulation-{}", one.department), CallerKind::Agent)
        },
        Channel::Pharmacy => professional("G15/21", "Pharmacie simulée"),
        Channel::Nurse => professional("G15/60", "Cabinet infirmier simulé"),
        Channel::Professional => professional("G15/10", "Cabinet simulé"),
        Channel::Establishment => professional("G15/10", "Hôpital simulé"),
    }
}
