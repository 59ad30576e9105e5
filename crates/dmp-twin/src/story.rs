//! What happened in a world before anyone asks: publications, choices, what is hidden, and who worked with it.

use dmp_core::access::Caller;
use dmp_core::document::{Code, Visibility};
use dmp_service::{Choice, EntryUpdate, NewEpisode, NewFolder, NewSet, PersonRef, Submission};

use crate::cast;
use crate::content::{self, Shape};
use crate::hidden::Hidden;
use crate::world::{Whose, World, habilitation};

const ATTENDING: &str = "dr-fictif";

impl World {
    /// What happened before anyone asks: publications, choices, and the attending doctor's readings.
    pub(crate) async fn live(&mut self, things: &[Hidden], with: bool) {
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
        let doctor = cast::caller(ATTENDING);
        for whose in Whose::KEPT {
            self.service.search(&self.person(whose), &doctor, |_| true).await.expect("a list");
        }
        if with {
            self.work_with_what_is_hidden(&doctor).await;
        }
    }

    /// Doctors work with what the person's side may not see yet, and others try to: of this nothing shows either.
    async fn work_with_what_is_hidden(&self, doctor: &Caller) {
        let nurse = cast::caller("ide-modele");
        for whose in Whose::KEPT {
            let record = self.record(whose).await.expect("a record");
            let veiled = record.entries.iter().filter(|entry| entry.visibility.invisible_to_patient || entry.visibility.invisible_to_representatives);
            for entry in veiled {
                self.service.consult(record.key, entry.id, doctor).await.expect("a reading");
                // Refused or not, by what the nurse may see: both leave their leaf.
                let _ = self.service.consult(record.key, entry.id, &nurse).await;
                let _ = self.service.update_entry(record.key, entry.id, &[EntryUpdate::Delete], None, &nurse).await;
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
            Hidden::AwaitingInLot => {
                let visibility = Visibility { invisible_to_patient: true, ..Visibility::default() };
                let shapes = [
                    Shape::new(16, "11502-2", "Numération", MOREAU, "2026-01-03"),
                    Shape { visibility, ..content::hidden(17, "60568-3", "Cytologie en attente", "2026-01-03") },
                ];
                self.publish_with_or_without(with, Whose::Claire, &shapes, "Résultats de janvier", "Chemise de janvier").await;
            }
            Hidden::MinorAwaiting => {
                let visibility = Visibility { invisible_to_patient: true, ..Visibility::default() };
                self.add(with, Whose::Tom, Shape { visibility, ..content::hidden(18, "60568-3", "Résultat à annoncer", "2026-01-04") }).await;
            }
            Hidden::SecretInLot => {
                let visibility = Visibility { invisible_to_representatives: true, ..Visibility::default() };
                let shapes = [
                    Shape::new(19, "11488-4", "Certificat de sport", MOREAU, "2025-12-10"),
                    Shape { visibility, text: true, ..content::hidden(20, "57833-6", "Ordonnance confidentielle", "2025-12-10") },
                ];
                self.publish_with_or_without(with, Whose::Tom, &shapes, "Visite de décembre", "Chemise de Tom").await;
            }
            Hidden::SecretVisit => {
                self.tick(60);
                if with {
                    self.visit_in_secret().await;
                    self.count(Whose::Tom, 1);
                }
            }
            Hidden::Neighbour => {
                self.tick(60);
                if with {
                    let shape = Shape { text: true, ..content::hidden(22, "11488-4", "Consultation du voisin", "2025-10-01") };
                    self.publish(Whose::Neighbour, &[shape]).await;
                    self.count(Whose::Neighbour, 1);
                }
            }
            Hidden::Deleted => {
                self.add(with, Whose::Claire, content::hidden(5, "34874-8", "Erreur de dossier", "2025-08-08")).await;
                self.update(with, Whose::Claire, 5, EntryUpdate::Delete).await;
            }
            Hidden::OutsideCare => {
                self.add(with, Whose::Claire, Shape { text: true, ..content::hidden(6, "68599-0", "Synthèse de psychiatrie", "2025-05-19") }).await
            }
            Hidden::OutsideDoctors => {
                self.tick(60);
                if with {
                    let shape = content::hidden(7, "ATTEST-RESID", "Attestation de résidence", "2025-01-30");
                    let submission = submission(&self.ins(Whose::Claire), &[shape], "Attestation", Vec::new());
                    self.service.publish(&self.person(Whose::Claire), &submission, &cast::caller("logiciel-hopital")).await.expect("a deposit");
                    self.count(Whose::Claire, 1);
                }
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
                    Shape::new(12, "89601-9", "Certificat", MOREAU, "2025-12-01"),
                    Shape { visibility: masked, ..content::hidden(13, "61357-0", "Intervention réservée", "2025-12-01") },
                ];
                self.publish_with_or_without(with, Whose::Claire, &shapes, "Dossier de décembre", "Chemise de décembre").await;
            }
            Hidden::Older => {
                self.add(with, Whose::Claire, content::hidden(14, "ATTEST-RESID", "Ancienne version", "2025-03-03")).await;
                let newer = Shape::new(15, "15508-5", "Nouvelle version", MOREAU, "2025-03-04");
                self.publish(Whose::Claire, &[Shape { replaces: with.then_some(content::HIDDEN + 14), ..newer }]).await;
            }
        }
    }

    /// A lot of two documents of which the second is hidden, or of the first alone; the folder holds what is there.
    async fn publish_with_or_without(&mut self, with: bool, whose: Whose, shapes: &[Shape; 2], title: &str, folder_title: &str) {
        self.tick(60);
        let count = if with { 2 } else { 1 };
        self.publish_lot(whose, &shapes[..count], title, vec![folder(folder_title, count)]).await;
        self.count(whose, usize::from(with));
    }

    /// What a doctor whom nobody let in does in a secret connection, with Tom's consent of the moment. What the law refuses there is tried too:
    /// if it were done, Tom's mother would see it.
    async fn visit_in_secret(&self) {
        let caller = Caller { secret_connection: true, consent_now: true, ..cast::caller("dr-gyneco") };
        let tom = self.person(Whose::Tom);
        self.service.check_access(&tom, &caller).await.expect("a check of access");
        let visibility = Visibility { invisible_to_representatives: true, ..Visibility::default() };
        let shape = Shape { visibility, text: true, ..content::hidden(21, "85208-7", "Visite secrète", "2026-01-04") };
        let submission = submission(&self.ins(Whose::Tom), &[shape], "Lot secret", vec![folder("Chemise secrète", 1)]);
        let published = self.service.publish(&tom, &submission, &caller).await.expect("a secret deposit");
        self.service.search(&tom, &caller, |_| true).await.expect("a list");
        self.service.search_sets(&tom, &caller).await.expect("a list of lots");
        for entry in &published.entries {
            self.service.consult(published.record, entry.id, &caller).await.expect("a reading");
        }
        let _ = self.service.authorise(&tom, &habilitation("dr-gyneco"), false, &caller).await;
        let episode = NewEpisode {
            number: None,
            unit: Some("Centre de santé sexuelle".to_owned()),
            members: Vec::new(),
            from: None,
            until: None,
            informed: true,
        };
        let _ = self.service.declare_episode(&tom, &episode, &caller).await;
        let _ = self.service.record_team_consent(&tom, &caller).await;
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
            let record = self.record(whose).await.expect("a record");
            let entry = record.entry_by_unique_id(&content::unique_id(content::HIDDEN + number)).expect("what was just hidden");
            self.service.update_entry(record.key, entry.id, &[update], None, &cast::caller(ATTENDING)).await.expect("an update");
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
        let submission = submission(&self.ins(whose), shapes, title, folders);
        let person: PersonRef = self.person(whose);
        self.service.publish(&person, &submission, &cast::caller(ATTENDING)).await.unwrap_or_else(|error| panic!("{title}: {error:?}"));
    }
}

const MOREAU: (&str, &str, &str) = ("Anne", "FICTIF-MOREAU", "10000000900");

fn submission(ins: &dmp_core::identity::Ins, shapes: &[Shape], title: &str, folders: Vec<NewFolder>) -> Submission {
    let first = shapes[0].number;
    let set = NewSet {
        unique_id: Some(format!("urn:oid:{}.7", content::root(first))),
        source_id: Some(format!("urn:oid:1.2.250.1.213.1.1.9.{first}")),
        content_type: Some(Code::new(if first >= content::HIDDEN { "04" } else { "03" }, "1.2.250.1.213.2.2", "lot")),
        title: Some(title.to_owned()),
        ..NewSet::default()
    };
    Submission { set, documents: shapes.iter().map(|shape| shape.document(ins)).collect(), folders }
}

fn folder(title: &str, documents: usize) -> NewFolder {
    NewFolder {
        unique_id: None,
        designation: vec![Code::new("ENFANT", "1.2.250.1.213.1.1.5.200", "chemise")],
        title: title.to_owned(),
        documents: (0..documents).collect(),
    }
}
