//! Who asks: the test identities, each in several manners.

use std::collections::BTreeMap;

use dmp_core::Moment;
use dmp_core::access::{Attestation, Caller, CallerKind, EMERGENCY_SECONDS, Purpose};

use crate::api;
use crate::draw::Draw;

/// People with a record, and whether they are minors.
pub const PEOPLE: [(&str, bool); 9] = [
    ("claire-exemple", false),
    ("ines-imaginaire", false),
    ("tom-fictif", true),
    ("nina-fictif", true),
    ("henri-modele", false),
    ("helene-maquette", false),
    ("david-canevas", false),
    ("adam-ebauche", true),
    ("victor-essai", false),
];
pub const PARENTS: [&str; 3] = ["sophie-fictif", "karim-fictif", "mei-ebauche"];
pub const GUARDIAN: &str = "luc-modele";
pub const HELPERS: [&str; 2] = ["jean-exemple", "agnes-specimen"];
pub const PROFESSIONALS: [&str; 15] = [
    "dr-fictif",
    "dr-modele",
    "dr-hopital",
    "dr-urgence",
    "dr-regulateur",
    "dr-travail",
    "ide-modele",
    "ide-hopital",
    "pharmacien-essai",
    "dentiste-gabarit",
    "opticien-ebauche",
    "kine-fictif",
    "etudiant-ebauche",
    "psychologue-canevas",
    "assistante-sociale",
];
const OTHERS: [&str; 10] = [
    "agent-cpam",
    "agent-cpam",
    "agent-verif",
    "logiciel-labo",
    "logiciel-hopital",
    "assureur-imaginaire",
    "mutuelle-fable",
    "employeur-decor",
    "operateur",
    "automate-resume",
];

/// Someone in one manner, with the token.
#[derive(Debug, Clone)]
pub struct Asker {
    pub handle: &'static str,
    pub caller: Caller,
    pub http: api::Caller,
}

/// Tokens that were given, by identity and manner.
#[derive(Debug)]
pub struct Cast {
    url: String,
    tokens: BTreeMap<(&'static str, u8), Asker>,
}

/// How somebody asks.
const CONSENT: u8 = 1;
const GLASS: u8 = 2;
const CENTRE: u8 = 4;
const SECRET: u8 = 8;
const NO_REASON: u8 = 16;

impl Cast {
    pub fn new(url: &str) -> Self {
        Cast { url: url.to_owned(), tokens: BTreeMap::new() }
    }

    /// Somebody who has to do with this person, or anybody.
    pub fn draw(&mut self, person: &'static str, draw: &mut Draw) -> Asker {
        let handle = match draw.below(10) {
            0..=4 => draw.of(&PROFESSIONALS),
            5 | 6 => person,
            7 => [&PARENTS[..], &[GUARDIAN, "mandataire-essai"]].concat()[draw.below(5)],
            8 => draw.of(&HELPERS),
            _ if draw.once_in(4) => PEOPLE[draw.below(PEOPLE.len())].0,
            _ => draw.of(&OTHERS),
        };
        let manner = match draw.below(12) {
            0..=4 => 0,
            5..=7 => CONSENT,
            8 => GLASS,
            9 => CENTRE,
            10 => SECRET | if draw.once_in(2) { CONSENT } else { 0 },
            _ => GLASS | NO_REASON,
        };
        self.of(handle, manner)
    }

    pub fn plain(&mut self, handle: &'static str) -> Asker {
        self.of(handle, 0)
    }

    pub fn consenting(&mut self, handle: &'static str) -> Asker {
        self.of(handle, CONSENT)
    }

    fn of(&mut self, handle: &'static str, manner: u8) -> Asker {
        let url = self.url.clone();
        self.tokens.entry((handle, manner)).or_insert_with(|| ask(&url, handle, manner)).clone()
    }
}

fn ask(url: &str, handle: &'static str, manner: u8) -> Asker {
    let on = |flag: u8| manner & flag != 0;
    let mut fields = Vec::new();
    if on(CONSENT) {
        fields.push(("consent_now", "true"));
    }
    if on(SECRET) {
        fields.push(("secret", "true"));
    }
    let words = if on(NO_REASON) { "" } else { "Personne inconsciente" };
    if on(GLASS) {
        fields.extend([("purpose", "bris_de_glace"), ("reason", words)]);
    }
    if on(CENTRE) {
        fields.push(("purpose", "centre_15"));
    }
    let http = api::Caller::of(url, handle, &fields).unwrap_or_else(|| panic!("no token for {handle}"));
    let identity = dmp_synth::identity(handle).unwrap();
    let attested = Attestation { unable_to_consent: true, immediate_risk: true };
    let caller = Caller {
        account: account(handle),
        kind: identity.kind,
        name: (identity.kind != CallerKind::Organization).then(|| identity.name.clone()),
        profession: identity.profession.clone(),
        specialty: identity.specialty.map(str::to_owned),
        supervised: false,
        structure: identity.structure.clone(),
        purpose: if on(GLASS) {
            Purpose::BreakGlass { reason: words.to_owned(), attested, until: now().plus_seconds(EMERGENCY_SECONDS) }
        } else if on(CENTRE) {
            Purpose::RegulationCentre
        } else {
            Purpose::Normal
        },
        regulating_physician: identity.is_regulating_physician,
        secret_connection: on(SECRET),
        consent_now: on(CONSENT),
        consent_collected_by: None,
        software: None,
        units: Vec::new(),
        app: None,
    };
    Asker { handle, caller, http }
}

/// The account of a test identity.
pub fn account(handle: &str) -> String {
    let identity = dmp_synth::identity(handle).unwrap();
    identity.ins.as_ref().map_or_else(|| identity.account(), |ins| ins.account())
}

pub fn now() -> Moment {
    Moment::from_micros(i64::try_from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_micros()).unwrap())
}
