//! What was done with a link: made and stopped by the person, opened by somebody who says who they are.

use dmp_core::access::Act;
use dmp_core::audit::shared;

use super::{JournalLine, english, french};

/// « vous avez créé le lien « Docteur Martin » pour partager une partie du dossier. » `None` for a line about something else.
pub(super) fn clause_fr(line: &JournalLine, who: &str, is_you: bool) -> Option<String> {
    let link = named(line, |label| format!("le lien « {label} »"), "un lien");
    let auxiliary = if is_you { "avez" } else { "a" };
    let outsider = named_outsider(line, |name| format!("une personne qui dit être « {name} »"), "une personne qui n'a pas dit son nom");
    Some(match about(line)? {
        // Nothing of the kind was done when it was refused: the general sentence says so.
        shared::CREATED | shared::STOPPED if line.is_refused() => return None,
        shared::CREATED => format!("{who} {auxiliary} créé {link} pour partager une partie du dossier."),
        shared::STOPPED => format!("{who} {auxiliary} arrêté {link}."),
        shared::OPENED => format!("{outsider} a ouvert {link}{}.", french::count(line)),
        shared::GAVE => match &line.document {
            Some(title) => format!("{outsider} a reçu le document « {title} » par {link}."),
            None => format!("{outsider} a reçu un document par {link}."),
        },
        shared::CODE_WRONG => format!("{outsider} a donné un code faux pour {link}. Rien n'a été montré."),
        _ => return None,
    })
}

/// The same in English.
pub(super) fn clause_en(line: &JournalLine, who: &str) -> Option<String> {
    let link = named(line, |label| format!("the link “{label}”"), "a link");
    let outsider = named_outsider(line, |name| format!("somebody who says to be “{name}”"), "somebody who did not say their name");
    Some(match about(line)? {
        shared::CREATED | shared::STOPPED if line.is_refused() => return None,
        shared::CREATED => format!("{who} made {link} to share a part of the record."),
        shared::STOPPED => format!("{who} stopped {link}."),
        shared::OPENED => format!("{outsider} opened {link}{}.", english::count(line)),
        shared::GAVE => match &line.document {
            Some(title) => format!("{outsider} was given the document “{title}” by {link}."),
            None => format!("{outsider} was given a document by {link}."),
        },
        shared::CODE_WRONG => format!("{outsider} gave a wrong code for {link}. Nothing was shown."),
        _ => return None,
    })
}

fn about(line: &JournalLine) -> Option<&str> {
    line.about.as_deref().filter(|_| line.act == Act::Share)
}

fn named(line: &JournalLine, with: impl Fn(&str) -> String, without: &str) -> String {
    quoted(line.words.as_deref().unwrap_or_default()).map_or_else(|| without.to_owned(), |label| with(&label))
}

fn named_outsider(line: &JournalLine, with: impl Fn(&str) -> String, without: &str) -> String {
    quoted(&line.name).map_or_else(|| without.to_owned(), |name| with(&name))
}

/// Words that somebody typed, to stand between quotation marks: they cannot close them.
fn quoted(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|letter| !matches!(letter, '«' | '»' | '“' | '”')).collect();
    let plain = plain.trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}
