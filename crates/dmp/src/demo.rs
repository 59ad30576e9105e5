//! The demonstration: a synthetic town in an empty store, and the test identities that can be chosen.

use dmp_core::access::CallerKind;
use dmp_core::record::AppName;
use dmp_server::{Identity, IdentityKind, RegisteredApp};
use dmp_store::OperatedStore;

use crate::commands::ServeOptions;
use crate::seed;

/// The seed of the demonstration's town: always the same people.
pub const SEED: u64 = 1;

/// Whether there is nobody in a store yet.
pub async fn is_empty(store: &dyn OperatedStore) -> Result<bool, String> {
    Ok(store.counts().await.map_err(|error| error.to_string())?.records == 0)
}

/// Fills an empty store with `dmp seed` in a process of its own, whose memory goes with it. The store must be closed.
pub async fn fill(options: &ServeOptions) -> Result<(), String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut seed = tokio::process::Command::new(program);
    seed.args(["--log", "off", "seed", "--patients", &options.patients.to_string(), "--seed", &SEED.to_string()]);
    seed.kill_on_drop(true);
    match &options.database.store {
        None => seed.arg("--data").arg(&options.data),
        Some(url) => seed.arg("--store").arg(&url.0),
    };
    if let Some(blobs) = &options.database.blobs {
        seed.arg("--blobs").arg(&blobs.0);
    }
    if let Some(ca_file) = &options.database.store_ca {
        seed.arg("--store-ca").arg(ca_file);
    }
    if let Some(root_key) = &options.root_key {
        seed.arg("--root-key").arg(root_key);
    }
    for (flag, set) in [("--sealing-off", options.sealing_off), ("--synchronous-off", options.synchronous_off)] {
        if set {
            seed.arg(flag);
        }
    }
    let ended = seed.status().await.map_err(|error| error.to_string())?;
    if ended.success() { Ok(()) } else { Err(format!("the town could not be filled: {ended}")) }
}

/// The test app of a demonstration: it waits on this very machine.
pub fn app() -> RegisteredApp {
    RegisteredApp {
        client_id: "carnet-essai".to_owned(),
        name: AppName { fr: "Carnet d'essai".to_owned(), en: "Test notebook".to_owned() },
        publisher: "Éditions de la Fable (éditeur inventé)".to_owned(),
        redirect_uris: vec!["http://127.0.0.1:8123/retour".to_owned()],
        privacy: "http://127.0.0.1:8123/vie-privee".to_owned(),
        scope: "launch/patient offline_access patient/*.rs patient/*.read".to_owned(),
        jwks: None,
        launch_url: None,
    }
}

/// The test app of a demonstration that professionals open.
pub fn practice_app() -> RegisteredApp {
    RegisteredApp {
        client_id: "courbes-essai".to_owned(),
        name: AppName { fr: "Courbes d'essai".to_owned(), en: "Test curves".to_owned() },
        redirect_uris: vec!["http://127.0.0.1:8124/retour".to_owned()],
        privacy: "http://127.0.0.1:8124/vie-privee".to_owned(),
        scope: "launch user/*.rs".to_owned(),
        launch_url: Some("http://127.0.0.1:8124/lancement".to_owned()),
        ..app()
    }
}

/// The named cast as identities that can be chosen.
pub fn identities() -> Vec<Identity> {
    dmp_synth::cast().into_iter().filter_map(|one| identity(&one)).collect()
}

fn identity(one: &dmp_synth::Identity) -> Option<Identity> {
    let person = one.person.and_then(seed::cast_person);
    Some(Identity {
        handle: one.handle.clone(),
        kind: kind(one.kind)?,
        name: one.name.clone(),
        ins: one.ins.clone(),
        caisse: person.as_ref().and_then(dmp_synth::Person::caisse),
        traits: person.map(|person| person.traits),
        acts_for: one.acts_for.iter().filter_map(|(handle, _)| dmp_synth::identity(handle)?.ins).collect(),
        rpps: one.rpps.as_ref().map(|rpps| rpps.as_str().to_owned()),
        profession: one.profession.clone(),
        specialty: one.specialty.map(str::to_owned),
        structure: one.structure.clone(),
        regulating_physician: one.is_regulating_physician,
        supervised: false,
        what_for_fr: one.what_for.to_owned(),
        what_for_en: one.what_for.to_owned(),
    })
}

fn kind(kind: CallerKind) -> Option<IdentityKind> {
    Some(match kind {
        CallerKind::Patient => IdentityKind::Patient,
        CallerKind::Representative => IdentityKind::Representative,
        CallerKind::Helper => IdentityKind::Helper,
        CallerKind::Professional => IdentityKind::Professional,
        CallerKind::Organization => IdentityKind::Organization,
        CallerKind::Agent => IdentityKind::Agent,
        CallerKind::Insurer => IdentityKind::Insurer,
        CallerKind::Mutual => IdentityKind::Mutual,
        CallerKind::Employer => IdentityKind::Employer,
        CallerKind::Operator => IdentityKind::Operator,
        CallerKind::Automaton => IdentityKind::Automaton,
        CallerKind::ReimbursementFeed => return None,
    })
}
