//! Samples of opening with the person, and of the insurer's counter.

use dmp_core::identity::{BirthDate, Sex};
use dmp_core::record::{Channel, EmergencyChoices, FamilyRole};
use dmp_core::territory::{Caisse, NotYet};

use super::{LONG_NAME, NOW, days_ago, professional_shell};
use crate::{
    AssistedAnswers, AssistedPage, AssistedPerson, AssistedProblem, AssistedReceipt, AssistedRepresentative, AssistedStep, CampaignLine,
    CampaignProblem, CampaignStand, CampaignsPage, ContactChoice, CounterAnswers, CounterDeed, CounterDone, CounterExplain, CounterHome,
    CounterJournal, CounterLine, CounterPage, CounterProblem, CounterSheet, CounterStep, CounterTask, InsProblem, Lang, Shell, Site,
};

fn shell(lang: Lang, back: &str) -> Shell {
    Shell { site: Site::Counter, viewer: Some("Martine GUICHET-FICTIF".to_owned()), ..Shell::public(lang, "sample-token", back) }
}

fn person(name: &str, minor: bool) -> AssistedPerson {
    let birth_date = BirthDate { year: if minor { 2016 } else { 1979 }, month: 3, day: 28 };
    AssistedPerson { name: name.to_owned(), birth_date, sex: Sex::Female, ins: "279035121518989".to_owned(), minor }
}

fn answers(channels: &[Channel]) -> AssistedAnswers {
    let channel = channels.first().copied().unwrap_or(Channel::Counter);
    AssistedAnswers {
        consent: false,
        emergency: EmergencyChoices::default(),
        channels: channels.to_vec(),
        channel,
        reason: String::new(),
        representative: AssistedRepresentative::default(),
    }
}

impl AssistedPage {
    /// Each screen at both sites, and what goes wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AssistedPage)> {
        let at = |base, step, problem| {
            let shell = if base == "/pro/open" { professional_shell(lang, base) } else { shell(lang, base) };
            AssistedPage { shell, base, step, problem }
        };
        let card = |ins: &str| AssistedStep::Card { ins: ins.to_owned(), days: Vec::new(), general: None };
        let consent = |name: &str, minor, channels: &[Channel]| AssistedStep::Consent { person: person(name, minor), answers: answers(channels) };
        let guardian = AssistedRepresentative { given: "Luc".to_owned(), family: String::new(), role: Some(FamilyRole::Guardian) };
        let represented = AssistedStep::Consent {
            person: person("Henri MODÈLE", false),
            answers: AssistedAnswers { consent: true, representative: guardian, ..answers(&[Channel::Pharmacy]) },
        };
        let contact = |choice, email: &str, mobile: &str| AssistedStep::Contact {
            person: person("Nadia EXEMPLE", false),
            answers: answers(&[Channel::Pharmacy]),
            choice,
            email: email.to_owned(),
            mobile: mobile.to_owned(),
        };
        let dated = AssistedStep::Card {
            ins: String::new(),
            days: vec![("Bas-Rhin (671)".to_owned(), "1er janvier 2017".to_owned()), ("Bayonne (641)".to_owned(), "1er janvier 2017".to_owned())],
            general: Some("6 novembre 2018".to_owned()),
        };
        let not_yet = NotYet { caisse: Caisse::parse("351").ok(), first_day: Some(jiff::civil::date(2018, 11, 6)) };
        vec![
            ("card", at("/accueil/ouvrir", card(""), None)),
            ("card-dates", at("/pro/open", dated, None)),
            ("card-wrong", at("/pro/open", card("1 23 \"><b>"), Some(AssistedProblem::Ins(InsProblem::Malformed)))),
            ("card-unknown", at("/accueil/ouvrir", card("279035121518989"), Some(AssistedProblem::Unknown))),
            ("card-unavailable", at("/accueil/ouvrir", card("279035121518989"), Some(AssistedProblem::Unavailable))),
            ("card-not-yet", at("/pro/open", card("279035121518989"), Some(AssistedProblem::NotYet(not_yet)))),
            ("card-exists", at("/pro/open", card("279035121518989"), Some(AssistedProblem::Exists))),
            ("closed", at("/pro/open", AssistedStep::Closed, None)),
            ("consent", at("/accueil/ouvrir", consent("Nadia EXEMPLE", false, &[Channel::Counter]), None)),
            ("consent-minor", at("/accueil/ouvrir", consent(LONG_NAME, true, &[Channel::Counter]), None)),
            ("consent-represented", at("/pro/open", represented, Some(AssistedProblem::RepresentativeMissing))),
            ("consent-nurse", at("/pro/open", consent("Nadia EXEMPLE", false, &[Channel::Nurse]), Some(AssistedProblem::ReasonMissing))),
            (
                "consent-missing",
                at(
                    "/pro/open",
                    consent("Nadia EXEMPLE", false, &[Channel::Establishment, Channel::Professional]),
                    Some(AssistedProblem::ConsentMissing),
                ),
            ),
            ("contact", at("/accueil/ouvrir", contact(ContactChoice::Known, "", ""), None)),
            ("contact-missing", at("/pro/open", contact(ContactChoice::Own, "", ""), Some(AssistedProblem::ContactMissing))),
            ("contact-email", at("/pro/open", contact(ContactChoice::Own, "nadia@", ""), Some(AssistedProblem::EmailWrong))),
            ("contact-mobile", at("/pro/open", contact(ContactChoice::Own, "", "01 02"), Some(AssistedProblem::MobileWrong))),
            ("refused", at("/accueil/ouvrir", AssistedStep::Refused { noted: true }, None)),
            ("refused-pro", at("/pro/open", AssistedStep::Refused { noted: false }, None)),
        ]
    }
}

fn codes() -> Vec<String> {
    (0..12).map(|number| format!("K7QM{number:X}-XRD4W")).collect()
}

impl AssistedReceipt {
    /// At the counter with codes, in a pharmacy with and without a way to reach the person.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AssistedReceipt)> {
        let counter = AssistedReceipt {
            shell: shell(lang, "/accueil/ouvrir/receipt"),
            base: "/accueil/ouvrir",
            person: LONG_NAME.to_owned(),
            number: "DMP-0A1B2C3D4E5F".to_owned(),
            at: NOW,
            channel: Channel::Counter,
            by: "Martine GUICHET-FICTIF".to_owned(),
            structure: Some("CPAM d'Exempleville".to_owned()),
            emergency: EmergencyChoices::default(),
            address: "dmp.example".to_owned(),
            help: "https://dmp.example/help".to_owned(),
            codes: Some(("ABCDEFGH".to_owned(), codes())),
            reachable: false,
            agreed_by: Some(("Sophie FICTIF".to_owned(), FamilyRole::Mother)),
            record: "p1".to_owned(),
            may_cancel: true,
        };
        let pharmacy = AssistedReceipt {
            shell: professional_shell(lang, "/pro/open/receipt"),
            base: "/pro/open",
            person: "Nadia EXEMPLE".to_owned(),
            channel: Channel::Pharmacy,
            structure: Some("Pharmacie du Spécimen".to_owned()),
            codes: None,
            reachable: true,
            agreed_by: None,
            ..counter.clone()
        };
        let unreachable = AssistedReceipt { reachable: false, may_cancel: false, ..pharmacy.clone() };
        vec![("counter", counter), ("pharmacy", pharmacy), ("unreachable", unreachable)]
    }
}

impl CounterHome {
    /// A day with acts.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterHome)> {
        vec![("day", CounterHome { shell: shell(lang, "/accueil"), opened: 12, acts: 19 })]
    }
}

impl CounterPage {
    /// Each task, and what goes wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterPage)> {
        let at = |task: CounterTask, step, problem| CounterPage { shell: shell(lang, task.path()), task, step, problem };
        let find = |ins: &str| CounterStep::Find { ins: ins.to_owned() };
        let confirm = |name: &str, answers| CounterStep::Confirm { person: person(name, false), answers };
        let chosen = CounterAnswers { face: true, paper: true, birth: true, asked: true, wish: "block".to_owned(), rpps: "12".to_owned() };
        vec![
            ("find", at(CounterTask::Close, find(""), None)),
            ("find-wrong", at(CounterTask::Codes, find("12"), Some(CounterProblem::Ins(InsProblem::Malformed)))),
            ("find-none", at(CounterTask::Unblock, find("279035121518989"), Some(CounterProblem::NoRecord))),
            ("close", at(CounterTask::Close, confirm("Nadia EXEMPLE", CounterAnswers::default()), None)),
            ("close-checks", at(CounterTask::Close, confirm(LONG_NAME, CounterAnswers::default()), Some(CounterProblem::ChecksMissing))),
            ("close-sure", at(CounterTask::Close, CounterStep::Sure { person: person("Nadia EXEMPLE", false) }, None)),
            ("unblock", at(CounterTask::Unblock, confirm("Nadia EXEMPLE", CounterAnswers::default()), Some(CounterProblem::AskedMissing))),
            ("codes", at(CounterTask::Codes, confirm("Nadia EXEMPLE", CounterAnswers::default()), None)),
            ("rights", at(CounterTask::Rights, confirm("Nadia EXEMPLE", CounterAnswers::default()), None)),
            ("rights-wrong", at(CounterTask::Rights, confirm("Nadia EXEMPLE", chosen), Some(CounterProblem::RppsWrong))),
            ("rights-missing", at(CounterTask::Rights, confirm("Nadia EXEMPLE", CounterAnswers::default()), Some(CounterProblem::RightsMissing))),
        ]
    }
}

impl CounterDone {
    /// A closing and a block.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterDone)> {
        let closed = CounterDone {
            shell: shell(lang, "/accueil/fait"),
            deed: CounterDeed::Closed,
            person: LONG_NAME.to_owned(),
            at: NOW,
            by: "Martine GUICHET-FICTIF".to_owned(),
            structure: Some("CPAM d'Exempleville".to_owned()),
        };
        vec![("closed", closed.clone()), ("blocked", CounterDone { deed: CounterDeed::Blocked, structure: None, ..closed })]
    }
}

impl CounterSheet {
    /// A sheet.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterSheet)> {
        let sheet = CounterSheet {
            shell: shell(lang, "/accueil/feuille"),
            person: LONG_NAME.to_owned(),
            identifier: "ABCDEFGH".to_owned(),
            address: "dmp.example".to_owned(),
            codes: codes(),
            at: NOW,
        };
        vec![("sheet", sheet)]
    }
}

impl CounterJournal {
    /// A day, and a day without acts.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterJournal)> {
        let line = |deed, person: Option<&str>, cancel: Option<&str>| CounterLine {
            at: days_ago(0),
            deed,
            person: person.map(str::to_owned),
            cancel: cancel.map(str::to_owned),
        };
        let lines = vec![
            line(CounterDeed::Opened, Some("Nadia EXEMPLE"), Some("p1")),
            line(CounterDeed::Refused, None, None),
            line(CounterDeed::Cancelled, Some(LONG_NAME), None),
            line(CounterDeed::Codes, Some("Jules NEUF"), None),
        ];
        let page = |lines| CounterJournal { shell: shell(lang, "/accueil/journal"), lines };
        vec![("day", page(lines)), ("empty", page(Vec::new()))]
    }
}

impl CounterExplain {
    /// The page.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterExplain)> {
        vec![("page", CounterExplain { shell: shell(lang, "/accueil/expliquer") })]
    }
}

impl CampaignsPage {
    /// None yet; one of each stand; what goes wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CampaignsPage)> {
        let line = |id: &str, name: &str, stand, confirmed: Option<&str>, sent| CampaignLine {
            id: id.to_owned(),
            name: name.to_owned(),
            stand,
            announces: sent > 0,
            people: 1_240,
            proposed_by: "Bruno CONTROLE-FICTIF".to_owned(),
            proposed_at: days_ago(12),
            confirmed_by: confirmed.map(str::to_owned),
            waiting: 1_240 - sent,
            sent,
            opened: sent / 4,
            opened_by_itself: 0,
            refused: sent / 20,
            not_now: sent / 10,
            skipped: 3,
        };
        let empty = CampaignsPage {
            shell: shell(lang, "/accueil/campagnes"),
            campaigns: Vec::new(),
            name: String::new(),
            list: String::new(),
            announce: false,
            may_announce: true,
            problem: None,
        };
        let campaigns = vec![
            line("a1", "Automne, plus de 75 ans", CampaignStand::WaitsForYou, None, 0),
            line("a2", LONG_NAME, CampaignStand::WaitsForAnother, None, 0),
            line("a3", "Printemps", CampaignStand::Running, Some("Martine GUICHET-FICTIF"), 900),
            line("a4", "Essai", CampaignStand::Stopped, None, 0),
        ];
        let wrong = CampaignsPage {
            name: "Automne".to_owned(),
            list: "279035121518989\nbonjour".to_owned(),
            problem: Some(CampaignProblem::Lines(vec![2, 7])),
            ..empty.clone()
        };
        vec![
            ("name", CampaignsPage { problem: Some(CampaignProblem::NameWrong), may_announce: false, ..empty.clone() }),
            ("list", CampaignsPage { problem: Some(CampaignProblem::ListEmpty), ..empty.clone() }),
            ("full", CampaignsPage { campaigns, ..empty.clone() }),
            ("empty", empty),
            ("lines", wrong),
        ]
    }
}
