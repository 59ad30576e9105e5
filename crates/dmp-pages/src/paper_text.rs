//! What stands on paper, as sentences: who looked, who may look. The letters are set elsewhere.

use dmp_core::moment::Moment;
use dmp_core::record::{Head, PaperWay, RepresentativeKind, Standing};

use crate::lang::silent_debug;
use crate::texts::paper::PaperTexts;
use crate::{JournalLine, Lang, Perspective, ProfessionalLine, ProfessionalState, dates};

/// Sentences under headings.
#[derive(Clone, PartialEq, Eq)]
pub struct PaperText {
    /// Neutral: no name, no illness.
    pub title: &'static str,
    pub lead: Vec<String>,
    pub sections: Vec<(String, Vec<String>)>,
}

silent_debug!(PaperText);

/// Who looked, by day, newest first.
pub fn journal_paper(lines: &[JournalLine], goes_on: bool, perspective: Perspective, lang: Lang) -> PaperText {
    let t = PaperTexts::of(lang);
    let own = perspective == Perspective::Person;
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines {
        let (day, words) = (dates::date(line.at, lang), crate::sentence_of_day(line, perspective, lang));
        match sections.last_mut() {
            Some((title, said)) if *title == day => said.push(words),
            _ => sections.push((day, vec![words])),
        }
    }
    let mut lead = vec![t.journal_lead.to_owned(), t.journal_unknown.to_owned()];
    lead.extend(lines.is_empty().then(|| t.journal_empty.to_owned()));
    lead.extend(goes_on.then(|| t.journal_older.to_owned()));
    PaperText { title: if own { t.journal_title } else { t.journal_title_other }, lead, sections }
}

/// Who may look, and the choices in force.
pub fn access_paper(head: &Head, now: Moment, perspective: Perspective, lang: Lang) -> PaperText {
    let t = PaperTexts::of(lang);
    let own = perspective == Perspective::Person;
    let professionals: Vec<ProfessionalLine> = head.authorisations.iter().map(|line| ProfessionalLine::of(line, now)).collect();
    let of = |blocked: bool| {
        let those = professionals.iter().filter(|line| (line.state == ProfessionalState::Blocked) == blocked);
        or_nobody(those.map(|line| professional(line, lang)).collect(), t)
    };
    let acting = head.representatives.iter().filter_map(|one| {
        let quality = match one.kind {
            RepresentativeKind::Parent => t.acting_parent,
            RepresentativeKind::Guardian => t.acting_guardian,
            RepresentativeKind::Helper => t.acting_helper,
        };
        match one.standing(now) {
            Standing::InForce => Some(format!("{} ({quality})", one.name.display())),
            Standing::Invited => Some(format!("{} ({quality}, {})", one.name.display(), t.acting_invited)),
            Standing::NotYet | Standing::Lapsed | Standing::Refused | Standing::Over => None,
        }
    });
    let pick = |set: bool, yes: &'static str, no: &'static str| if set { yes.to_owned() } else { no.to_owned() };
    let choices = vec![
        pick(head.emergency.regulation_centre, t.regulation_yes, t.regulation_no),
        pick(head.emergency.break_glass, t.glass_yes, t.glass_no),
        pick(head.all_masked, t.masked_yes, t.masked_no),
        pick(head.team_consent_at.is_some(), t.team_yes, t.team_no),
    ];
    PaperText {
        title: if own { t.access_title } else { t.access_title_other },
        lead: vec![t.access_lead.to_owned(), t.change.to_owned()],
        sections: vec![
            (t.access_authorised.to_owned(), of(false)),
            (t.access_blocked.to_owned(), of(true)),
            (t.access_acting.to_owned(), or_nobody(acting.collect(), t)),
            (t.access_choices.to_owned(), choices),
        ],
    }
}

fn or_nobody(lines: Vec<String>, t: &PaperTexts) -> Vec<String> {
    if lines.is_empty() { vec![t.access_nobody.to_owned()] } else { lines }
}

/// « Dr Anne MODÈLE, médecin, Cabinet du Port : accès autorisé depuis le 3 mars 2026, sans date de fin, médecin traitant ».
fn professional(line: &ProfessionalLine, lang: Lang) -> String {
    let t = crate::texts::access::AccessTexts::of(lang);
    let mut words = crate::texts::access::state_words(line, lang);
    for (role, name) in [(line.medecin_traitant, t.doctor), (line.administrator, t.administrator)] {
        if role && line.state != ProfessionalState::Blocked {
            words = format!("{words}, {name}");
        }
    }
    format!("{}{} {words}", line.who.words(&lang), lang.pick("\u{a0}:", ":"))
}

/// The title of the cover, and the sentences under the address.
pub fn cover_words(way: PaperWay, lang: Lang) -> (&'static str, Vec<&'static str>) {
    let t = PaperTexts::of(lang);
    let notes = match way {
        PaperWay::Post => vec![t.cover_note],
        PaperWay::Counter => vec![t.cover_counter, t.cover_note],
    };
    (t.cover_title, notes)
}
