//! The header in a few French lines above the narrative. Plain text: the page escapes it.

use dmp_core::Moment;
use dmp_core::document::{Author, TypeCode};
use jiff::tz::TimeZone;

use super::super::derive::derive;
use super::super::header::{Found, Header, HlTime};

/// One line of a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLine {
    pub label: &'static str,
    pub value: String,
}

/// Who wrote what, when, about which act. The person's identity is left to the page, which knows it better.
pub fn header_summary(header: &Header) -> Vec<SummaryLine> {
    let derived = derive(header);
    let event = header.main_event();
    let mut lines = Vec::new();
    let mut add = |label, value: Option<String>| lines.extend(value.filter(|value| !value.is_empty()).map(|value| SummaryLine { label, value }));
    add("Titre", derived.title);
    add("Type", derived.type_code.as_ref().map(TypeCode::label).map(str::to_owned));
    add("Document du", header.effective_time.as_ref().and_then(french));
    add("Acte du", event.and_then(|event| french(event.low.as_ref()?)));
    for author in &derived.authors {
        add("Auteur", Some(author_line(author)));
    }
    add("Responsable", derived.legal_authenticator.as_ref().map(author_line));
    add("Conservé par", header.custodian.as_ref().and_then(|custodian| custodian.organization.as_ref()?.name.clone()));
    add("Médecin traitant", header.attending_physician().and_then(|entity| Some(entity.name.as_ref()?.display())));
    lines
}

fn author_line(author: &Author) -> String {
    let parts = [
        Some(author.name.display()),
        author.specialty.as_ref().map(|specialty| specialty.display.clone()),
        author.role.clone(),
        author.institution.as_ref().map(|institution| institution.name.clone()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `04/02/2026 à 10 h 30` in Paris; a date alone has no time.
fn french(time: &Found<HlTime>) -> Option<String> {
    let moment: Moment = time.value.moment?;
    let zone = if time.value.raw.len() <= 8 { TimeZone::UTC } else { TimeZone::get("Europe/Paris").ok()? };
    let local = moment.timestamp().to_zoned(zone);
    let form = match time.value.raw.len() {
        0..=4 => "%Y",
        5..=6 => "%m/%Y",
        7..=8 => "%d/%m/%Y",
        _ => "%d/%m/%Y à %-H h %M",
    };
    Some(local.strftime(form).to_string())
}
