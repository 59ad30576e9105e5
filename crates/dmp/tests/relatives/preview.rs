//! What a preview says is what the real act does: every role, every type of document, every state of visibility, every setting.

use std::collections::BTreeSet;
use std::sync::Arc;

use dmp_core::access::{Agreement, Caller, CallerKind, Matrix, Viewer};
use dmp_core::document::{AvailabilityStatus, DocumentEntry, TYPES, TypeCode, Visibility};
use dmp_core::identity::{BirthDate, PersonName};
use dmp_core::ids::BlobAddress;
use dmp_core::record::{EmergencyChoices, Episode, Habilitation, Head, Representative, RepresentativeKind, TeamMember};
use dmp_core::{EntryId, Mode, Moment, RecordKey};
use dmp_service::{Clock, Config, Error, IdSealer, NewSet, PersonRef, Service, Submission, SystemClock, SystemRandom};
use dmp_store::{Change, Expected, OpenOptions, OperatedStore, RecordStore, RootKey, SqliteStore, Syncs};
use dmp_synth::{Person, Professional, Town};

use super::made;
use super::world::scratch;

/// The states that a document is in: masked, waiting for its announcement, a minor's secret.
const STATES: [(bool, bool, bool); 5] =
    [(false, false, false), (true, false, false), (false, true, false), (false, false, true), (true, false, true)];
/// Documents read in earnest for each caller and setting.
const READ_EACH: usize = 3;

#[derive(Debug, Clone, Copy)]
struct Standing(Moment);

impl Clock for Standing {
    fn now(&self) -> Moment {
        self.0
    }
}

/// The settings of a record.
#[derive(Debug, Clone, Copy)]
struct Setting {
    all_masked: bool,
    break_glass: bool,
    masked_in_emergency: bool,
    occupational: bool,
    minor: bool,
}

impl Setting {
    fn all() -> Vec<Setting> {
        let bit = |number: u32, place: u32| number >> place & 1 == 1;
        let of = |number| Setting {
            all_masked: bit(number, 0),
            break_glass: bit(number, 1),
            masked_in_emergency: bit(number, 2),
            occupational: bit(number, 3),
            minor: bit(number, 4),
        };
        // A minor's settings are the same rules: a quarter of them.
        (0..32).map(of).filter(|one| !one.minor || one.all_masked == one.break_glass && one.masked_in_emergency == one.occupational).collect()
    }

    fn put(self, head: &mut Head, parent: &str, now: Moment) {
        head.all_masked = self.all_masked;
        head.emergency = EmergencyChoices {
            break_glass: self.break_glass,
            regulation_centre: self.break_glass != self.all_masked,
            masked_in_emergency: self.masked_in_emergency,
        };
        head.occupational_consent_at = self.occupational.then_some(now);
        head.team_consent_at = (self.occupational != self.masked_in_emergency).then_some(now);
        head.traits.birth_date = BirthDate { year: if self.minor { 2014 } else { 1970 }, month: 5, day: 2 };
        head.representatives =
            vec![Representative::in_force(RepresentativeKind::Parent, parent, PersonName::new("Parent", "ESSAI"), now.plus_days(-9))];
    }
}

struct Place {
    store: Arc<dyn OperatedStore>,
    acts: Service,
    key: RecordKey,
    person: Person,
    parent: String,
    callers: Vec<(String, Caller)>,
    now: Moment,
    random: u64,
}

fn caller_of(one: &Professional) -> Caller {
    Caller {
        name: Some(one.name.clone()),
        profession: Some(one.profession.clone()),
        specialty: one.specialty.map(str::to_owned),
        structure: Some(one.structure().clone()),
        ..Caller::bare(format!("ps:{}", one.ps_id_nat().as_str()), CallerKind::Professional)
    }
}

fn habilitation(caller: &Caller) -> Habilitation {
    Habilitation {
        account: caller.account.clone(),
        name: caller.name.clone().unwrap(),
        profession: caller.profession.clone().unwrap(),
        structure: caller.structure.clone(),
    }
}

impl Place {
    async fn new() -> Place {
        let folder = scratch("preview");
        std::fs::create_dir_all(&folder).unwrap();
        let now = SystemClock.now();
        let key = RootKey::load_or_create(&folder.with_extension("key")).unwrap();
        let mut options = OpenOptions::new(&folder, Mode::Sandbox, key, now);
        options.syncs = Syncs::Off;
        let store: Arc<dyn OperatedStore> = SqliteStore::open(options).unwrap();
        let shared: Arc<dyn RecordStore> = store.clone();
        let ids = IdSealer::new(&store.derive("resource ids"));
        let law = Config::in_force(Mode::Sandbox, Matrix::reconstruction());
        let acts = Service::new(shared, Arc::new(Standing(now)), Arc::new(SystemRandom), law, ids);
        let town = Town::new(7, 60, now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date());
        let person = (0..60).filter_map(|index| town.person(index)).find(|one| one.has_record && one.traits.birth_date.year < 1980).unwrap();
        made::opens(&acts, &person, 0).await;
        let reference = PersonRef::Ins(person.ins.clone());
        let known: Vec<Caller> = town.professionals().iter().filter(|one| one.specialty != Some("SM25")).take(7).map(caller_of).collect();
        let own = made::own(&person);
        let (treating, listed, expired, blocked, administrator, author) = (&known[0], &known[1], &known[2], &known[3], &known[4], &known[6]);
        acts.authorise(&reference, &habilitation(treating), true, &own).await.unwrap();
        acts.authorise(&reference, &habilitation(listed), false, &own).await.unwrap();
        acts.authorise(&reference, &habilitation(expired), false, &own).await.unwrap();
        acts.authorise(&reference, &habilitation(administrator), false, &own).await.unwrap();
        acts.name_administrator(&reference, &administrator.account, true, &own).await.unwrap();
        acts.block(&reference, &habilitation(blocked), &own).await.unwrap();
        let document = (0..60).flat_map(|index| town.documents_of(index)).find(|one| !one.patient_authored).unwrap();
        let mut incoming = dmp_server::prepare_document(document.bytes.into(), Mode::Sandbox).unwrap();
        incoming.document.visibility = Visibility::default();
        let submission = Submission { set: NewSet::default(), documents: vec![incoming.document], folders: Vec::new() };
        acts.publish(&reference, &submission, author).await.unwrap();
        let key = store.identify(&person.ins).await.unwrap().unwrap().0;
        let mut callers: Vec<(String, Caller)> = Vec::new();
        for viewer in Viewer::ALL {
            for agreement in [Agreement::Given, Agreement::NotGiven] {
                callers.push((format!("{viewer:?} {agreement:?}"), viewer.caller(agreement, now).unwrap()));
            }
        }
        callers.extend(known.iter().enumerate().map(|(place, one)| (format!("known {place}"), one.clone())));
        let mut place = Place { store, acts, key, person, parent: "person:parent".to_owned(), callers, now, random: 7 };
        place.fill(&expired.account, &known[5]).await;
        place
    }

    /// One document of each type in each state, with an expired line on the list and a team.
    async fn fill(&mut self, expired: &str, member: &Caller) {
        let record = self.store.load(self.key).await.unwrap().unwrap();
        let base: DocumentEntry = DocumentEntry::clone(&record.entries[0]);
        let acts = &self.acts;
        let own = made::own(&self.person);
        let bytes = acts.consult(self.key, base.id, &own).await.unwrap().bytes;
        let mut head = record.head.clone();
        head.authorisations.iter_mut().filter(|line| line.account == expired).for_each(|line| line.until = Some(self.now.plus_days(-1)));
        head.episodes.push(Episode {
            id: EntryId([9; 16]),
            structure: member.structure.clone().unwrap(),
            unit: None,
            members: vec![TeamMember { account: member.account.clone(), name: member.shown_name() }],
            from: self.now.plus_days(-2),
            until: None,
            informed_at: Some(self.now),
            opposed_at: None,
            declared_by: member.account.clone(),
        });
        let mut changes = vec![Change::PutHead(Box::new(head))];
        for (number, (type_code, _, _, _)) in TYPES.into_iter().enumerate() {
            for (place, (masked, invisible_to_patient, invisible_to_representatives)) in STATES.into_iter().enumerate() {
                let mut id = [0; 16];
                id[..2].copy_from_slice(&u16::try_from(number * STATES.len() + place + 1).unwrap().to_be_bytes());
                let archived = number % 9 == 4 && place == 0;
                let status = match base.status {
                    AvailabilityStatus::Approved(current) if archived => current.archive(),
                    other => other,
                };
                let entry = DocumentEntry {
                    id: EntryId(id),
                    unique_id: format!("urn:oid:1.2.3.4.{number}.{place}"),
                    status,
                    visibility: Visibility { masked, invisible_to_patient, invisible_to_representatives, ..Visibility::default() },
                    announced_at: None,
                    type_code: TypeCode::parse(type_code).unwrap(),
                    submitted_at: self.now.plus_days(-3),
                    content: dmp_core::document::ContentRef { address: BlobAddress(id), ..base.content.clone() },
                    ..base.clone()
                };
                changes.push(Change::PutContent { address: entry.content.address, bytes: bytes.clone() });
                changes.push(Change::PutEntry(Box::new(entry)));
            }
        }
        self.store.commit(self.key, Expected::Version(record.version), changes, Vec::new()).await.unwrap();
    }

    async fn set(&self, setting: Setting) {
        let record = self.store.load(self.key).await.unwrap().unwrap();
        let mut head = record.head.clone();
        setting.put(&mut head, &self.parent, self.now);
        self.store.commit(self.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], Vec::new()).await.unwrap();
    }

    fn draw(&mut self, below: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).unwrap() % below
    }

    /// Compares a preview with the acts of a real caller of the same quality. Gives questions and differences.
    async fn compare(&mut self, asker: &Caller, name: &str, viewer: &Caller, setting: Setting) -> (usize, usize) {
        let person = PersonRef::Record(self.key);
        let preview = self.acts.preview(&person, asker, viewer).await.unwrap();
        let real = self.acts.search(&person, viewer, |_| true).await;
        let shown: BTreeSet<EntryId> = self.acts.search(&person, asker, |_| true).await.unwrap().entries().map(|entry| entry.id).collect();
        let told: BTreeSet<EntryId> = preview.entries.iter().map(|one| one.entry).collect();
        assert_eq!(shown, told, "a preview is of what the asker sees, no more and no less");
        let (mut asked, mut different) = (1, 0);
        let listed: BTreeSet<EntryId> = match &real {
            Ok(found) => found.entries().map(|entry| entry.id).collect(),
            Err(_) => BTreeSet::new(),
        };
        let opens = match &real {
            Ok(_) => Ok(()),
            Err(Error::Forbidden(reason)) => Err(*reason),
            Err(other) => panic!("{name}: {other}"),
        };
        let mut differs = |what: &str, same: bool| {
            different += usize::from(!same);
            assert!(same || different > 5, "{what}: {name} under {setting:?}");
        };
        differs("opening", opens == preview.opens);
        for one in &preview.entries {
            asked += 1;
            differs("list", (one.listed.is_ok() && preview.opens.is_ok()) == listed.contains(&one.entry));
        }
        for _ in 0..READ_EACH {
            let one = preview.entries[self.draw(preview.entries.len())];
            asked += 1;
            let read = self.acts.consult(self.key, one.entry, viewer).await;
            differs("reading", read.is_ok() == one.read.is_ok());
        }
        (asked, different)
    }
}

#[test]
fn a_preview_is_what_the_real_act_does() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (asked, different) = runtime.block_on(async {
        let mut place = Place::new().await;
        let (mut asked, mut different) = (0, 0);
        for setting in Setting::all() {
            place.set(setting).await;
            let own = made::own(&place.person);
            let parent = Caller { name: Some(PersonName::new("Parent", "ESSAI")), ..Caller::bare(place.parent.clone(), CallerKind::Representative) };
            let asker = if setting.minor { parent } else { own };
            for (name, viewer) in place.callers.clone() {
                let (more, wrong) = place.compare(&asker, &name, &viewer, setting).await;
                (asked, different) = (asked + more, different + wrong);
            }
        }
        // Nothing was written in the name of anybody who never asked: the roles alone have no leaf but those of their own real acts.
        (asked, different)
    });
    println!("figure: preview-questions {asked}");
    println!("figure: preview-differences {different}");
    assert!(asked > 300_000, "{asked}");
    assert_eq!(different, 0);
}

#[test]
fn a_preview_leaves_no_line_in_the_viewers_name() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let place = Place::new().await;
        let own = made::own(&place.person);
        for viewer in Viewer::ALL {
            let caller = viewer.caller(Agreement::Given, place.now).unwrap();
            place.acts.preview(&PersonRef::Record(place.key), &own, &caller).await.unwrap();
            assert!(place.store.leaves_of(place.key, dmp_core::audit::Chain::Main, &caller.account, 10).await.unwrap().is_empty(), "{viewer:?}");
            assert!(place.store.account_journal(&caller.account, None, 10).await.unwrap().is_empty(), "{viewer:?}");
        }
        // A professional and a helper have no preview.
        let doctor = Viewer::Doctor.caller(Agreement::Given, place.now).unwrap();
        assert!(place.acts.preview(&PersonRef::Record(place.key), &doctor, &doctor).await.is_err());
    });
}
