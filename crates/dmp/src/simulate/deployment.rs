//! `dmp simulate deployment`: a deployment in a store of its own, through the acts of every door, each at its own moment. Some people are asked for
//! twice, some close their record, some of those open it again, and some openings are taken back and made anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use dmp_core::Moment;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Profession, Sex, StructIdNat, Structure};
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices, Regime};
use dmp_core::remuneration::Tariffs;
use dmp_core::statistics::paris_day;
use dmp_core::territory::Caisse;
use dmp_service::{Clock, Config, Error, NewRecord, PersonRef, Service};
use dmp_store::{OperatedStore, Sealing, Syncs};

use super::plan::{Draw, PlannedOpening, plan};
use crate::commands::SimulateDeployment;
use crate::{open, print, statistics};

/// Of a thousand people: asked for a second time, closed later, of those opened again, and opened by mistake, taken back and opened anew.
const DOUBLED: u64 = 10;
const CLOSED: u64 = 10;
const REOPENED: u64 = 5;
const CANCELLED: u64 = 10;
/// Of a thousand: opened in the first half hour of their day in Paris, and in the last one.
const EARLY: u64 = 10;
const LATE: u64 = 10;
const HALF_HOUR: u64 = 1_800;
/// From an opening by mistake to the new one.
const ANEW_SECONDS: u64 = 600;
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
    cancelled: AtomicU64,
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
        "reopened": count(&done.reopened), "cancelled": count(&done.cancelled), "seconds_opening": opened_in, "seconds_counting": began.elapsed().as_secs_f64() - opened_in,
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
    let (second, luck) = (7 * 3_600 + draw.below(13 * 3_600), draw.below(1_000));
    let is_cancelled = (DOUBLED + CLOSED..DOUBLED + CLOSED + CANCELLED).contains(&luck);
    let opened_at = opened_at(one.day, second, is_cancelled, &mut draw);
    let at = |moment: Moment| clock.0.store(moment.as_micros(), Ordering::Relaxed);
    let failed = |what: &str, error: Error| format!("person {number}, {what}: {} {error}", error.code());
    let (ins, caller) = (ins(number).ok_or("a number beyond the scenario")?, caller(number, one));
    let new = || new_record(&ins, one);
    at(opened_at);
    acts.create_record(new(), &caller).await.map_err(|error| failed("opening", error))?;
    done.opened.fetch_add(1, Ordering::Relaxed);
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
    } else if is_cancelled {
        at(opened_at.plus_seconds(300));
        acts.cancel_opening(&PersonRef::Ins(ins.clone()), &caller).await.map_err(|error| failed("taking the opening back", error))?;
        at(opened_at.plus_seconds(seconds(ANEW_SECONDS)));
        acts.create_record(new(), &caller).await.map_err(|error| failed("opening anew", error))?;
        done.cancelled.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// When a record is opened on its day: at this second of the day in UTC, between 7 and 20 o'clock, which is the same day in Paris; or, for a share of
/// the people, within half an hour of either end of the day there, so that what is opened anew is opened on that day too.
fn opened_at(day: i32, second: u64, is_cancelled: bool, draw: &mut Draw) -> Moment {
    let edge = draw.below(1_000);
    let spare = if is_cancelled { ANEW_SECONDS } else { 0 };
    if edge < EARLY {
        begin_in_paris(day).plus_seconds(seconds(draw.below(HALF_HOUR)))
    } else if edge < EARLY + LATE {
        begin_in_paris(day + 1).plus_seconds(-1 - seconds(spare + draw.below(HALF_HOUR - spare)))
    } else {
        Moment::from_seconds(i64::from(day) * 86_400 + seconds(second))
    }
}

fn seconds(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(0)
}

/// Midnight in Paris: two hours before that of UTC in summer, one in winter.
fn begin_in_paris(day: i32) -> Moment {
    let before = |hours: i64| Moment::from_seconds(i64::from(day) * 86_400 - hours * 3_600);
    if paris_day(before(2)) == day { before(2) } else { before(1) }
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
        caisse: one.caisse.as_deref().and_then(|code| Caisse::parse(code).ok()),
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

#[cfg(test)]
mod tests {
    use dmp_core::statistics::day_of;

    use super::*;

    #[test]
    fn openings_fall_on_their_day_in_paris_and_some_within_half_an_hour_of_its_ends() {
        // Sundays of winter and summer, and the two on which the hour changes.
        for day in ["2018-12-09", "2018-07-01", "2018-03-25", "2018-10-28"].map(|text| day_of(text).unwrap()) {
            let mut draw = Draw::new(3);
            let (mut early, mut late) = (0, 0);
            for number in 0..4_000 {
                let (second, is_cancelled) = (7 * 3_600 + draw.below(13 * 3_600), number % 2 == 0);
                let at = opened_at(day, second, is_cancelled, &mut draw);
                let anew = at.plus_seconds(if is_cancelled { seconds(ANEW_SECONDS) } else { 0 });
                assert_eq!((paris_day(at), paris_day(anew)), (day, day), "{}", at.to_rfc3339());
                early += i32::from(paris_day(at.plus_seconds(-1_800)) == day - 1);
                late += i32::from(paris_day(at.plus_seconds(1_800)) == day + 1);
            }
            assert!((20..=70).contains(&early) && (20..=70).contains(&late), "{early} early, {late} late");
        }
    }
}
