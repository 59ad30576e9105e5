//! The card of `patient-view`: the record is open to whoever views the patient, and one step away. It tells nothing of what stands in it.

use crate::fhir::outcome::Language;
use crate::fhir::write::JsonText;

/// The answer to `patient-view`: one card that leads to the summary, or none.
///
/// `card`: a fresh UUID, and the address that launches the summary (CDS Hooks 2.0: the client adds `iss` and `launch` to a link of type `smart`).
pub fn render_open_card(card: Option<(&str, &str)>, language: Language) -> Vec<u8> {
    let french = language == Language::French;
    let mut out = JsonText::with_capacity(512);
    out.object(|out| {
        out.list("cards", |out| {
            if let Some((uuid, url)) = card {
                out.object(|out| {
                    out.text("uuid", uuid);
                    let open = "Le dossier médical partagé de ce patient vous est ouvert.";
                    out.text("summary", if french { open } else { "The shared health record of this patient is open to you." });
                    out.text("indicator", "info");
                    out.member("source", |out| out.text("label", if french { "Dossier médical partagé" } else { "Shared health record (DMP)" }));
                    out.list_of_one("links", |out| {
                        out.text("label", if french { "Voir la synthèse" } else { "See the summary" });
                        out.text("url", url);
                        out.text("type", "smart");
                    });
                });
            }
        });
    });
    out.into_bytes()
}
