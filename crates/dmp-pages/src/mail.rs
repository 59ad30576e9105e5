//! What leaves the program: the mail and the letter that tell somebody of notices. Never health data, a title, an INS, a name of a
//! professional or a structure: that something happened, when, and where to sign in.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::{Language, NoticeKind, Recipient};

use crate::lang::silent_debug;
use crate::texts::mail::MailTexts;
use crate::texts::person::notice_words;
use crate::{Lang, NoticeLine, dates};

/// One thing to tell. SECURITY: nothing of it can hold a name or health data.
#[derive(Debug, Clone, Copy)]
pub struct Telling {
    pub kind: NoticeKind,
    pub at: Moment,
    pub to: Recipient,
}

/// A mail in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    pub subject: &'static str,
    pub body: String,
}

/// The language of a page for a reader's language.
pub fn lang_of(language: Language) -> Lang {
    match language {
        Language::French => Lang::Fr,
        Language::English => Lang::En,
    }
}

/// The mail for one reader: one thing, or a digest of several. `link` leads to the site and says nothing by itself.
pub fn mail_text(tellings: &[Telling], lang: Lang, link: &str) -> MailText {
    let texts = MailTexts::of(lang);
    let subject = if tellings.len() > 1 { texts.subject_digest } else { texts.subject };
    let lines: Vec<String> = tellings.iter().map(|telling| told(telling, lang)).collect();
    let body = format!("{}\n\n{}\n\n{}\n{link}\n\n{}\n", texts.greeting, lines.join("\n\n"), texts.sign_in, texts.why);
    MailText { subject, body: body.replace(['\u{a0}', '\u{202f}'], " ") }
}

/// The sentence of one thing.
fn told(telling: &Telling, lang: Lang) -> String {
    let texts = MailTexts::of(lang);
    if telling.to == Recipient::MedecinTraitant {
        let when = dates::date_time(telling.at, lang);
        return match (telling.kind, lang) {
            (NoticeKind::RegulationCentre, Lang::Fr) => {
                format!("Le {when}, le dossier d'une personne dont vous êtes le médecin traitant a été ouvert pendant un appel au SAMU – Centre 15.")
            }
            (NoticeKind::RegulationCentre, Lang::En) => {
                format!(
                    "On {when}, the record of a person whose médecin traitant you are was opened during a call to the SAMU emergency call centre."
                )
            }
            (_, Lang::Fr) => {
                format!("Le {when}, le dossier d'une personne dont vous êtes le médecin traitant a été ouvert en urgence, sans autorisation.")
            }
            (_, Lang::En) => {
                format!("On {when}, the record of a person whose médecin traitant you are was opened in an emergency, without authorisation.")
            }
        };
    }
    let by = match telling.kind {
        NoticeKind::BreakGlass
        | NoticeKind::RegulationCentre
        | NoticeKind::NewDocument
        | NoticeKind::DocumentChanged
        | NoticeKind::DocumentDeleted
        | NoticeKind::RecordConsulted
        | NoticeKind::DocumentConsulted
        | NoticeKind::EpisodeDeclared => texts.professional,
        _ => texts.somebody,
    };
    let sentence = notice_words(&NoticeLine { kind: telling.kind, at: telling.at, by: by.to_owned(), words: None }, lang);
    match telling.to {
        Recipient::Representative if telling.kind != NoticeKind::RepresentationEnded => format!("{} {sentence}", texts.for_somebody),
        Recipient::Representative | Recipient::Person | Recipient::MedecinTraitant | Recipient::Paper => sentence,
    }
}

/// A letter for one reader who has no mailbox: one page to print.
#[derive(Template)]
#[template(path = "letter.html")]
pub struct Letter {
    pub lang: Lang,
    /// Name and lines of the postal address.
    pub address: Vec<String>,
    pub date: Moment,
    pub tellings: Vec<Telling>,
    pub link: String,
}

silent_debug!(Letter);

impl Letter {
    fn t(&self) -> &'static MailTexts {
        MailTexts::of(self.lang)
    }

    fn day(&self) -> String {
        dates::date(self.date, self.lang)
    }

    fn lines(&self) -> Vec<String> {
        self.tellings.iter().map(|telling| told(telling, self.lang)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Moment = Moment::from_seconds(1_772_543_100);

    #[test]
    fn every_kind_has_a_sentence_of_its_own_for_every_reader_in_both_languages() {
        for lang in Lang::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for kind in NoticeKind::ALL {
                let mail = mail_text(&[Telling { kind, at: AT, to: Recipient::Person }], lang, "https://dmp.example/");
                assert!(mail.body.contains("2026") && mail.body.contains("https://dmp.example/"), "{kind:?}: {}", mail.body);
                assert!(seen.insert(mail.body.clone()), "{kind:?} says what another kind says: {}", mail.body);
                let to_parent = mail_text(&[Telling { kind, at: AT, to: Recipient::Representative }], lang, "x");
                let for_somebody = MailTexts::of(lang).for_somebody.replace('\u{a0}', " ");
                assert_eq!(to_parent.body.contains(&for_somebody), kind != NoticeKind::RepresentationEnded, "{kind:?}");
            }
        }
    }

    #[test]
    fn no_mail_speaks_of_health() {
        let words =
            ["maladie ", "cancer", "diagnos", "résultat", "ordonnance", "prescription", "psychi", "vaccin", "grossesse", "illness", "disease"];
        for (lang, kind) in Lang::ALL.into_iter().flat_map(|lang| NoticeKind::ALL.map(|kind| (lang, kind))) {
            for to in [Recipient::Person, Recipient::Representative, Recipient::MedecinTraitant] {
                let mail = mail_text(&[Telling { kind, at: AT, to }], lang, "x");
                let text = format!("{} {}", mail.subject, mail.body).replace("assurance maladie", "assurance").to_lowercase();
                for word in words {
                    assert!(!text.contains(word), "{kind:?} {to:?}: `{word}` in {text}");
                }
            }
        }
    }

    #[test]
    fn a_subject_is_the_same_whatever_happened() {
        for lang in Lang::ALL {
            let subjects: std::collections::BTreeSet<&str> =
                NoticeKind::ALL.iter().map(|kind| mail_text(&[Telling { kind: *kind, at: AT, to: Recipient::Person }], lang, "x").subject).collect();
            assert_eq!(subjects.len(), 1);
        }
    }

    #[test]
    fn a_letter_holds_its_address_and_escapes_it() {
        let tellings = vec![Telling { kind: NoticeKind::BreakGlass, at: AT, to: Recipient::Person }];
        for lang in Lang::ALL {
            let address = vec!["Nadia <EXEMPLE>".to_owned(), "1 rue du Port".to_owned()];
            let html = Letter { lang, address, date: AT, tellings: tellings.clone(), link: "https://dmp.example/".to_owned() }.render().unwrap();
            assert!(html.contains("1 rue du Port") && !html.contains("<EXEMPLE>") && html.contains("dmp.example"), "{html}");
        }
    }
}
