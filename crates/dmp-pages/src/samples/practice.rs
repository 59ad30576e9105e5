//! Samples of what practice software opens.

use super::{LONG_NAME, professional_shell};
use crate::{CallPage, CallState, EmbedPage, EmbedState, Lang, ProAppLine, ProAppsPage, ProPatient};

impl CallPage {
    /// Every state.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CallPage)> {
        let page = |state| CallPage { shell: professional_shell(lang, "/pro/appel"), state, next: "/pro/appel".to_owned() };
        vec![
            ("go_on", page(CallState::GoOn)),
            ("confirm", page(CallState::Confirm { number: "2 84 02 75 116 001 25".to_owned() })),
            ("over", page(CallState::Over)),
            ("other", page(CallState::OtherAccount)),
            ("person", page(CallState::NotProfessional)),
            ("number", page(CallState::WrongNumber)),
            ("target", page(CallState::WrongTarget)),
        ]
    }
}

impl ProAppsPage {
    /// None, and two of which one has a long name.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProAppsPage)> {
        let app = |name: &str| ProAppLine {
            client_id: "app".to_owned(),
            name: name.to_owned(),
            publisher: "Éditeur fictif".to_owned(),
            privacy: "https://app.example/privacy".to_owned(),
        };
        let page = |apps| ProAppsPage {
            shell: professional_shell(lang, "/pro/patients/sealed/apps"),
            pid: "sealed".to_owned(),
            person: LONG_NAME.to_owned(),
            apps,
        };
        let long = "Courbes de croissance, de tension et de glycémie pour les maladies chroniques de toute la famille";
        vec![("none", page(Vec::new())), ("full", page(vec![app("Courbes d'essai"), app(long)]))]
    }
}

impl EmbedPage {
    /// The summary of the professional's page, and what stands in its place.
    pub fn samples(lang: Lang) -> Vec<(&'static str, EmbedPage)> {
        let page = |state| EmbedPage { lang, sandbox: true, state };
        let full = "/pro/patients/sealed".to_owned();
        let shown = ProPatient::samples(lang).into_iter().next().map(|(_, patient)| EmbedState::Shown {
            person: patient.header.name,
            full: full.clone(),
            summary: Box::new(patient.summary),
        });
        let mut samples: Vec<_> = shown.map(|state| ("shown", page(state))).into_iter().collect();
        samples.extend([
            ("sign_in", page(EmbedState::SignIn { again: "/embed/synthese?ticket=sealed".to_owned() })),
            ("over", page(EmbedState::Over)),
            ("denied", page(EmbedState::Denied { full })),
        ]);
        samples
    }
}
