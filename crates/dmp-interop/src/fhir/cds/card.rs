//! The cards that answer a hook.

use dmp_core::redundancy::Finding;
use dmp_core::summary::When;

use super::reasons::{OVERRIDE_REASONS, REASON_SYSTEM};
use crate::fhir::outcome::Language;
use crate::fhir::write::JsonText;

/// Most characters of a summary: CDS Hooks wants fewer than 140.
const SUMMARY_MAX: usize = 139;

/// What one card says. One draft, one finding.
#[derive(Debug, Clone, Copy)]
pub struct CardContent<'a> {
    /// Fresh UUID: feedback names it.
    pub uuid: &'a str,
    /// Fresh UUID of the suggestion to withdraw the draft.
    pub suggestion: &'a str,
    /// `ServiceRequest/…` of the draft.
    pub draft: &'a str,
    pub finding: &'a Finding<'a>,
    /// Absolute address of the document's page. It judges again who opens it.
    pub document_url: &'a str,
}

/// The answer to a hook: a card for each finding; `{"cards":[]}` when there is none.
pub fn render_cards(cards: &[CardContent<'_>], language: Language) -> Vec<u8> {
    let mut out = JsonText::with_capacity(64 + cards.len() * 2048);
    out.object(|out| {
        out.list("cards", |out| {
            for content in cards {
                out.object(|out| card(out, content, language));
            }
        });
    });
    out.into_bytes()
}

fn card(out: &mut JsonText, content: &CardContent<'_>, language: Language) {
    let french = language == Language::French;
    out.text("uuid", content.uuid);
    out.text("summary", &summary(content.finding, french));
    out.text("detail", &detail(content.finding, french));
    out.text("indicator", "warning");
    out.member("source", |out| out.text("label", if french { "Dossier médical partagé" } else { "Shared health record (DMP)" }));
    out.list_of_one("suggestions", |out| {
        out.text("label", if french { "Retirer cet examen de la prescription" } else { "Withdraw this exam from the order" });
        out.text("uuid", content.suggestion);
        out.list_of_one("actions", |out| {
            out.text("type", "delete");
            out.text("description", if french { "Supprimer le brouillon de la demande" } else { "Delete the draft of the request" });
            out.text("resourceId", content.draft);
        });
    });
    out.text("selectionBehavior", "any");
    out.list("overrideReasons", |out| {
        for reason in OVERRIDE_REASONS {
            out.object(|out| {
                out.text("system", REASON_SYSTEM);
                out.text("code", reason.code);
                out.text("display", reason.display(language));
            });
        }
    });
    out.list_of_one("links", |out| {
        out.text("label", if french { "Ouvrir le document" } else { "Open the document" });
        out.text("url", content.document_url);
        out.text("type", "absolute");
    });
}

/// One sentence; a long name is cut, never the date.
fn summary(finding: &Finding<'_>, french: bool) -> String {
    let label = if french { &finding.exam.label_fr } else { &finding.exam.label_en };
    let date = shown_date(finding.last, french);
    let rest = match (french, finding.days) {
        (true, 0) => " : déjà fait aujourd'hui.".to_owned(),
        (true, 1) => format!(" : déjà fait {date}, il y a un jour."),
        (true, days) => format!(" : déjà fait {date}, il y a {days} jours."),
        (false, 0) => ": already done today.".to_owned(),
        (false, 1) => format!(": already done {date}, one day ago."),
        (false, days) => format!(": already done {date}, {days} days ago."),
    };
    let room = SUMMARY_MAX.saturating_sub(rest.chars().count());
    let label = plain(label);
    if label.chars().count() <= room {
        return label + &rest;
    }
    let cut: String = label.chars().take(room.saturating_sub(1)).collect();
    format!("{}…{rest}", cut.trim_end())
}

/// Why, who says so, and what it costs: words alone, since a client may read the detail as Markdown. The table has its reasons in French.
fn detail(finding: &Finding<'_>, french: bool) -> String {
    let exam = finding.exam;
    let (basis, source) = (plain(&exam.basis), plain(&exam.source));
    let mut text = if french {
        format!("Délai habituel avant de refaire cet examen : {} jours. {basis} Source : {source}.", exam.days)
    } else {
        format!("Usual interval before doing this exam again: {} days. Reason, in French: {basis} Source: {source}.", exam.days)
    };
    if let Some(tariff) = finding.tariff {
        let (price, low, high) = (euros(tariff.cents, french), euros(tariff.low_cents, french), euros(tariff.high_cents, french));
        text.push_str(&if french {
            format!(" Coût indicatif : {price} (de {low} à {high}).")
        } else {
            format!(" Indicative cost: {price} ({low} to {high}).")
        });
    }
    text
}

fn euros(cents: u64, french: bool) -> String {
    let (whole, part) = (cents / 100, cents % 100);
    if french { format!("{whole},{part:02} €") } else { format!("€{whole}.{part:02}") }
}

/// `le 12/05/2026` or `on 12 May 2026`, as far as the date is known.
fn shown_date(when: When, french: bool) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let When { year, month, day, .. } = when;
    let name = usize::from(month).checked_sub(1).and_then(|index| MONTHS.get(index)).copied().unwrap_or_default();
    match (french, month, day) {
        (true, 0, _) => format!("en {year}"),
        (false, 0, _) => format!("in {year}"),
        (true, month, 0) => format!("en {month:02}/{year}"),
        (false, _, 0) => format!("in {name} {year}"),
        (true, month, day) => format!("le {day:02}/{month:02}/{year}"),
        (false, _, day) => format!("on {day} {name} {year}"),
    }
}

/// Without the characters that Markdown or HTML would read as more than letters, and on one line.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|one| !matches!(one, '*' | '_' | '`' | '#' | '<' | '>' | '[' | ']' | '|' | '~' | '\\' | '&'));
    let spaced: String = kept.map(|one| if one.is_control() { ' ' } else { one }).collect();
    spaced.trim().to_owned()
}
