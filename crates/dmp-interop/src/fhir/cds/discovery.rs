//! What services there are (`GET /cds-services`).

use super::Hook;
use crate::fhir::outcome::Language;
use crate::fhir::write::JsonText;

/// The discovery document: every service, with the person of the order as prefetch, because their INS is what names the record.
pub fn render_discovery(language: Language) -> Vec<u8> {
    let mut out = JsonText::with_capacity(1024);
    out.object(|out| {
        out.list("services", |out| {
            for hook in Hook::ALL {
                out.object(|out| service(out, hook, language));
            }
        });
    });
    out.into_bytes()
}

fn service(out: &mut JsonText, hook: Hook, language: Language) {
    let (title, description, usage) = match (hook, language) {
        (Hook::PatientView, Language::French) => (
            "Dossier médical partagé",
            "Ouvre la synthèse du dossier médical partagé du patient affiché, quand il est ouvert à ce professionnel.",
            "Le Patient préchargé porte son INS ; le jeton nomme le professionnel. Le paramètre launch du lien vient de POST /pro/appel/ticket.",
        ),
        (Hook::PatientView, Language::English) => (
            "Shared health record",
            "Opens the summary of the shared health record of the patient who is viewed, when it is open to this professional.",
            "The prefetched Patient carries their INS; the token names the professional. The launch parameter of the link comes from POST /pro/appel/ticket.",
        ),
        (_, Language::French) => (
            "Examen déjà fait",
            "Prévient quand l'examen prescrit figure déjà dans le dossier médical partagé, avec un résultat récent que le prescripteur peut lire.",
            "Le Patient préchargé porte son INS ; le jeton nomme le professionnel.",
        ),
        (_, Language::English) => (
            "Exam already done",
            "Tells when the exam being ordered is already in the shared health record, with a recent result that the prescriber may read.",
            "The prefetched Patient carries their INS; the token names the professional.",
        ),
    };
    out.text("hook", hook.name());
    out.text("id", hook.service_id());
    out.text("title", title);
    out.text("description", description);
    out.text("usageRequirements", usage);
    out.member("prefetch", |out| out.text("patient", "Patient/{{context.patientId}}"));
}
