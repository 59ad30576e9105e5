//! Who may read the record, and the person's choices.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::{Authorisation, Effect, EmergencyChoices, Episode};

use crate::journal_sentence::{JournalLine, Perspective, sentence};
use crate::lang::silent_debug;
use crate::quoted::Quoted;
use crate::texts::access::{AccessTexts, rpps_words, state_words, team_words};
use crate::{AccessTab, AuthorLine, Lang, Shell};

/// What the person decided for one professional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfessionalState {
    Authorised,
    /// The authorisation has ended.
    Expired,
    Blocked,
}

/// One professional of the person's list.
#[derive(Clone)]
pub struct ProfessionalLine {
    /// Value of the field `professional`: the account, or what stands for it.
    pub professional: String,
    pub who: AuthorLine,
    pub state: ProfessionalState,
    pub since: Moment,
    /// End of the authorisation, when it has one.
    pub until: Option<Moment>,
    pub medecin_traitant: bool,
    pub administrator: bool,
}

impl ProfessionalLine {
    /// From a line of the record.
    pub fn of(line: &Authorisation, now: Moment) -> Self {
        let state = match line.effect {
            Effect::Deny => ProfessionalState::Blocked,
            Effect::Permit if line.until.is_some_and(|end| end <= now) => ProfessionalState::Expired,
            Effect::Permit => ProfessionalState::Authorised,
        };
        ProfessionalLine {
            professional: line.account.clone(),
            who: AuthorLine {
                name: line.name.display(),
                profession: Some(line.profession.key()),
                structure: line.structure.as_ref().map(|structure| structure.name.clone()),
            },
            state,
            since: line.since,
            until: line.until,
            medecin_traitant: line.medecin_traitant,
            administrator: line.administrator,
        }
    }

    fn is_blocked(&self) -> bool {
        self.state == ProfessionalState::Blocked
    }

    fn sees_masked(&self) -> bool {
        self.state == ProfessionalState::Authorised
    }

    /// « médecin, Cabinet du Port ».
    fn quality(&self, lang: &Lang) -> String {
        AuthorLine { name: String::new(), ..self.who.clone() }.words(lang)
    }

    fn state_class(&self) -> &'static str {
        match self.state {
            ProfessionalState::Authorised => "open",
            ProfessionalState::Expired => "ended",
            ProfessionalState::Blocked => "shut",
        }
    }

    fn is_over(&self) -> bool {
        self.state == ProfessionalState::Expired
    }

    fn may_be_medecin_traitant(&self) -> bool {
        let doctor = self.who.profession.as_deref().is_some_and(|key| key.starts_with("G15/10") || key.starts_with("G15_10"));
        doctor && !self.medecin_traitant && self.state == ProfessionalState::Authorised
    }

    fn may_be_administrator(&self) -> bool {
        !self.administrator && self.state == ProfessionalState::Authorised
    }

    fn may_have_role(&self) -> bool {
        self.may_be_medecin_traitant() || self.may_be_administrator()
    }
}

/// Why the RPPS number typed did not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RppsError {
    /// Nothing typed.
    Missing,
    /// Not eleven digits.
    Malformed,
    /// No professional has this number in the directory.
    Unknown,
    /// This professional is blocked: unblock first.
    Blocked,
}

/// The form that lets a professional in: keeps what was typed.
#[derive(Clone, Default)]
pub struct AuthoriseForm {
    pub rpps: String,
    pub error: Option<RppsError>,
}

/// A care team that the record knows.
#[derive(Clone)]
pub struct TeamLine {
    /// Value of the field `team`: the sealed episode.
    pub team: String,
    /// « Hôpital fictif, cardiologie ».
    pub place: String,
    pub members: Vec<String>,
    pub from: Moment,
    pub until: Option<Moment>,
    /// The team may read now: consent given, person told, not refused, not over.
    pub reads: bool,
    pub refused: bool,
}

impl TeamLine {
    /// From an episode. `consent`: the initial consent to teams is given.
    pub fn of(episode: &Episode, team: String, consent: bool, now: Moment) -> Self {
        let unit = episode.unit.iter().map(String::as_str);
        let place: Vec<&str> = std::iter::once(episode.structure.name.as_str()).chain(unit).collect();
        let refused = episode.opposed_at.is_some();
        TeamLine {
            team,
            place: place.join(", "),
            members: episode.members.iter().map(|member| member.name.clone()).filter(|name| !name.is_empty()).collect(),
            from: episode.from,
            until: episode.until,
            reads: consent && !refused && episode.informed_at.is_some() && episode.from <= now && !episode.is_over(now),
            refused,
        }
    }

    fn state(&self, lang: &Lang) -> String {
        team_words(self, *lang)
    }
}

/// Who may read, at `/access`; the person's choices at `/access#choices`.
///
/// Forms (all with `csrf`): `POST /access/authorise` (`rpps`); `POST /access/revoke`, `/access/block`, `/access/unblock`,
/// `/access/medecin-traitant`, `/access/administrator` (`professional`); `POST /access/refuse-team` (`team`); `POST /access/emergency` (checkboxes
/// `regulation_centre`, `break_glass`, `masked_in_emergency`, each `on` or absent); `POST /access/mask-all` (`all_masked` =
/// `on`|`off`); `POST /access/team-consent` (`team_consent` = `on`|`off`).
#[derive(Clone, Template)]
#[template(path = "access_page.html")]
pub struct AccessPage {
    pub shell: Shell,
    pub person: String,
    /// Whether the reader is the person themself.
    pub own: bool,
    pub professionals: Vec<ProfessionalLine>,
    pub authorise: AuthoriseForm,
    pub emergency: EmergencyChoices,
    pub all_masked: bool,
    pub team_consent_at: Option<Moment>,
    /// Whether this reader may change anything (a helper may not): without it, no form is shown.
    pub may_change: bool,
    /// The last time a professional looked.
    pub last_look: Option<JournalLine>,
    /// Care teams declared in the record, newest first.
    pub teams: Vec<TeamLine>,
    /// Who represents or helps the person now.
    pub relatives: Vec<String>,
}

silent_debug!(ProfessionalLine, AuthoriseForm, TeamLine, AccessPage);

impl AccessPage {
    fn t(&self) -> &'static AccessTexts {
        AccessTexts::of(self.shell.lang)
    }

    fn tabs(&self) -> [(&'static str, &'static str, &'static str); 3] {
        AccessTab::May.links(self.shell.lang)
    }

    fn tabs_label(&self) -> &'static str {
        AccessTab::label(self.shell.lang)
    }

    fn look(&self, line: &JournalLine) -> Quoted {
        let perspective = if self.own { Perspective::Person } else { Perspective::Other };
        line.quoted(sentence(line, perspective, self.shell.lang))
    }

    fn state(&self, line: &ProfessionalLine) -> String {
        state_words(line, self.shell.lang)
    }

    fn rpps_error(&self) -> Option<&'static str> {
        self.authorise.error.map(|error| rpps_words(error, self.shell.lang))
    }

    fn allowed(&self) -> Vec<&ProfessionalLine> {
        self.professionals.iter().filter(|line| line.state == ProfessionalState::Authorised).collect()
    }

    /// Whose authorisation is over: they read nothing any more.
    fn ended(&self) -> Vec<&ProfessionalLine> {
        self.professionals.iter().filter(|line| line.state == ProfessionalState::Expired).collect()
    }

    fn blocked(&self) -> Vec<&ProfessionalLine> {
        self.professionals.iter().filter(|line| line.is_blocked()).collect()
    }

    fn has_medecin_traitant(&self) -> bool {
        self.professionals.iter().any(|line| line.medecin_traitant && !line.is_blocked())
    }
}
