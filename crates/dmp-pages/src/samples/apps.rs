//! Samples of the apps that the person lets read.

use dmp_core::record::{AppReads, EndOfGrant, GrantEnd};

use super::{LONG_NAME, NOW, days_ago, person_shell, representative_shell};
use crate::{AppConsentPage, AppLine, AppProblem, AppProblemPage, AppReading, AppUntil, AppsPage, AskedReading, Lang, Shell};

const EVERYTHING: AppReads = AppReads { record: true, documents: true, contents: true };

fn app(name: &str) -> AppLine {
    AppLine {
        id: "sample".to_owned(),
        name: name.to_owned(),
        publisher: "Éditions de la Fable".to_owned(),
        privacy: Some("https://carnet.example/vie-privee".to_owned()),
        given_by: None,
        reads: EVERYTHING,
        since: days_ago(12),
        until: NOW.plus_days(78),
        last_used: Some(days_ago(1)),
        readings: 41,
        end: None,
        stands: true,
    }
}

impl AppsPage {
    /// None, several, of the past, read by who represents.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let shell = person_shell(lang, "/apps");
        let none = AppsPage { shell: shell.clone(), own: true, apps: Vec::new(), may_change: true };
        let fresh = AppLine {
            reads: AppReads { documents: true, ..AppReads::default() },
            last_used: None,
            readings: 0,
            privacy: None,
            publisher: LONG_NAME.to_owned(),
            ..app("Application au nom très long pour suivre la tension, le poids et le sommeil de toute la famille")
        };
        let ended = |why| AppLine { stands: false, end: Some(EndOfGrant { at: days_ago(2), why }), ..app("Ancien carnet") };
        let over = AppLine { stands: false, until: days_ago(1), ..app("Carnet d'un jour") };
        let full = AppsPage {
            apps: vec![
                app("Carnet d'essai"),
                fresh,
                ended(GrantEnd::Withdrawn),
                ended(GrantEnd::LaidDown),
                ended(GrantEnd::UsedTwice),
                ended(GrantEnd::RecordShut),
                over,
            ],
            ..none.clone()
        };
        let parent = AppsPage {
            shell: representative_shell(lang, "/apps"),
            own: false,
            apps: vec![AppLine { given_by: Some("Karim EXEMPLE".to_owned()), readings: 1, ..app("Carnet d'essai") }],
            may_change: true,
        };
        let read_only = AppsPage { may_change: false, ..parent.clone() };
        vec![("empty", none), ("full", full), ("parent", parent), ("read-only", read_only)]
    }
}

impl AppConsentPage {
    /// Asked for a time, for an hour, by a parent, with nothing ticked.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let asked = |chosen| AppReading::ALL.into_iter().map(|reading| AskedReading { reading, chosen }).collect();
        let full = AppConsentPage {
            shell: person_shell(lang, "/oauth/authorize"),
            app: "Carnet d'essai".to_owned(),
            publisher: "Éditions de la Fable".to_owned(),
            goes_to: "carnet.example".to_owned(),
            privacy: "https://carnet.example/vie-privee".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            own: true,
            request: "client_id=sample".to_owned(),
            asked: asked(true),
            comes_back: true,
            until: AppUntil::Hour,
            nothing_chosen: false,
        };
        let hour = AppConsentPage { comes_back: false, asked: vec![AskedReading { reading: AppReading::Documents, chosen: true }], ..full.clone() };
        let parent =
            AppConsentPage { shell: representative_shell(lang, "/oauth/authorize"), own: false, person: "Lina EXEMPLE".to_owned(), ..full.clone() };
        let nothing = AppConsentPage { asked: asked(false), nothing_chosen: true, until: AppUntil::Year, ..full.clone() };
        vec![("full", full), ("hour", hour), ("parent", parent), ("nothing", nothing)]
    }
}

impl AppProblemPage {
    /// Each problem.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |problem, next: Option<&str>| AppProblemPage {
            shell: Shell::public(lang, "sample-token", "/oauth/authorize"),
            problem,
            next: next.map(str::to_owned),
        };
        vec![
            ("sign-in", page(AppProblem::SignInFirst, Some("/oauth/continue"))),
            ("unknown", page(AppProblem::Unknown, None)),
            ("address", page(AppProblem::WrongAddress, None)),
            ("malformed", page(AppProblem::Malformed, None)),
            ("may-not", page(AppProblem::MayNot, Some("https://carnet.example/retour?error=access_denied"))),
            ("too-many", page(AppProblem::TooMany, Some("https://carnet.example/retour?error=access_denied"))),
        ]
    }
}
