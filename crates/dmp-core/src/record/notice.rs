//! What the person is told, in their inbox. Never health data: who, what kind of act, when.

use serde::{Deserialize, Serialize};

use super::{Head, Record, RepresentativeKind};
use crate::document::Announcement;
use crate::moment::Moment;

/// What happened (`domain.md` 6.2; notification codes of `domain-supplement.md` 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoticeKind {
    RecordOpened,
    BreakGlass,
    RegulationCentre,
    NewDocument,
    RecordClosed,
    /// Two weeks after a deposit that waits for its announcement: the record was updated, see a professional (R.1111-53).
    AnnouncementReminder,
    /// A month after it: the document shows by itself (REMISE_VISIBILITE_AUTO).
    DocumentShown,
    RecordSuspended,
    SuspensionLifted,
    DestructionRequested,
    RecordDestroyed,
    /// Somebody was asked to help or to represent, accepted, or stopped.
    HelperInvited,
    HelperAccepted,
    RepresentativeDeclared,
    EpisodeDeclared,
    MedecinTraitantDeclared,
    IdentityChanged,
    /// The child is of age: the permissions are renewed, the representation has ended (RAPPEL_CONSENT_PASSAGE_MAJO).
    MajorityReached,
    RecordReopened,
    /// Somebody else than the person changed the visibility or the status of a document.
    DocumentChanged,
    DocumentDeleted,
    /// A professional read the list; told to whoever asked for it.
    RecordConsulted,
    /// A professional read a document; told to whoever asked for it.
    DocumentConsulted,
    /// Advance directives are another year old (R.1111-19).
    DirectivesReminder,
    /// The insurer's first reimbursement lines came.
    FirstReimbursements,
    /// To the parents: the child is of age, their representation has ended.
    RepresentationEnded,
    /// The person changed how they are told, or where.
    ContactChanged,
    /// A means of signing in was added or taken away, or a sheet of codes was handed out.
    CredentialsChanged,
    /// Somebody opened a link that the person shared.
    ShareOpened,
    /// An app was let in to read.
    AppAllowed,
    /// The access of an app was ended because one of its keys was used twice: a copy of it is in other hands.
    AppStopped,
    /// The author answered a request to correct a document.
    CorrectionAnswered,
    /// The operator answered what the person asked about an access.
    ReportAnswered,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [NoticeKind; 33] = [
        NoticeKind::RecordOpened,
        NoticeKind::BreakGlass,
        NoticeKind::RegulationCentre,
        NoticeKind::NewDocument,
        NoticeKind::RecordClosed,
        NoticeKind::AnnouncementReminder,
        NoticeKind::DocumentShown,
        NoticeKind::RecordSuspended,
        NoticeKind::SuspensionLifted,
        NoticeKind::DestructionRequested,
        NoticeKind::RecordDestroyed,
        NoticeKind::HelperInvited,
        NoticeKind::HelperAccepted,
        NoticeKind::RepresentativeDeclared,
        NoticeKind::EpisodeDeclared,
        NoticeKind::MedecinTraitantDeclared,
        NoticeKind::IdentityChanged,
        NoticeKind::MajorityReached,
        NoticeKind::RecordReopened,
        NoticeKind::DocumentChanged,
        NoticeKind::DocumentDeleted,
        NoticeKind::RecordConsulted,
        NoticeKind::DocumentConsulted,
        NoticeKind::DirectivesReminder,
        NoticeKind::FirstReimbursements,
        NoticeKind::RepresentationEnded,
        NoticeKind::ContactChanged,
        NoticeKind::CredentialsChanged,
        NoticeKind::ShareOpened,
        NoticeKind::AppAllowed,
        NoticeKind::AppStopped,
        NoticeKind::CorrectionAnswered,
        NoticeKind::ReportAnswered,
    ];

    /// The stable code: the platform's own where it has one, ours in the same manner otherwise.
    pub fn code(self) -> &'static str {
        match self {
            NoticeKind::RecordOpened => "CREATION_DMP",
            NoticeKind::BreakGlass => "ACCES_BRIS_GLACE",
            NoticeKind::RegulationCentre => "ACCES_CENTRE_15",
            NoticeKind::NewDocument => "AJOUT_DOCUMENT",
            NoticeKind::RecordClosed => "FERMETURE_DMP",
            NoticeKind::AnnouncementReminder => "RAPPEL_ANNONCE",
            NoticeKind::DocumentShown => "REMISE_VISIBILITE_AUTO",
            NoticeKind::RecordSuspended => "SUSPENSION_DMP",
            NoticeKind::SuspensionLifted => "LEVEE_SUSPENSION",
            NoticeKind::DestructionRequested => "DEMANDE_DESTRUCTION",
            NoticeKind::RecordDestroyed => "DESTRUCTION_DMP",
            NoticeKind::HelperInvited => "INVITATION_AIDANT",
            NoticeKind::HelperAccepted => "ACCORD_AIDANT",
            NoticeKind::RepresentativeDeclared => "DECLARATION_RL",
            NoticeKind::EpisodeDeclared => "DECLARATION_EQUIPE",
            NoticeKind::MedecinTraitantDeclared => "DECLARATION_MT",
            NoticeKind::IdentityChanged => "MODIF_IDENTITE",
            NoticeKind::MajorityReached => "RAPPEL_CONSENT_PASSAGE_MAJO",
            NoticeKind::RecordReopened => "REACTIVATION_DMP",
            NoticeKind::DocumentChanged => "MODIF_DOCUMENT",
            NoticeKind::DocumentDeleted => "SUPP_DOC",
            NoticeKind::RecordConsulted => "ACCES_DMP_PS",
            NoticeKind::DocumentConsulted => "CONSULT_DOCUMENT",
            NoticeKind::DirectivesReminder => "RAPPEL_MODIF_DA",
            NoticeKind::FirstReimbursements => "PRIMO_ALIM_MHS",
            NoticeKind::RepresentationEnded => "RAPPEL_RL_PASSAGE_MAJO",
            NoticeKind::ContactChanged => "MODIF_COORDONNEES",
            NoticeKind::CredentialsChanged => "MODIF_CONNEXION",
            NoticeKind::ShareOpened => "OUVERTURE_LIEN",
            NoticeKind::AppAllowed => "ACCORD_APPLICATION",
            NoticeKind::AppStopped => "ARRET_APPLICATION",
            NoticeKind::CorrectionAnswered => "REPONSE_CORRECTION",
            NoticeKind::ReportAnswered => "REPONSE_SIGNALEMENT",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the person may do without it. What the law makes known, and what protects the person, always goes, and at once.
    pub fn is_optional(self) -> bool {
        match self {
            NoticeKind::NewDocument
            | NoticeKind::DocumentShown
            | NoticeKind::MedecinTraitantDeclared
            | NoticeKind::DocumentChanged
            | NoticeKind::DocumentDeleted
            | NoticeKind::RecordConsulted
            | NoticeKind::DocumentConsulted
            | NoticeKind::DirectivesReminder
            | NoticeKind::FirstReimbursements
            | NoticeKind::ShareOpened => true,
            NoticeKind::RecordOpened
            | NoticeKind::BreakGlass
            | NoticeKind::RegulationCentre
            | NoticeKind::RecordClosed
            | NoticeKind::AnnouncementReminder
            | NoticeKind::RecordSuspended
            | NoticeKind::SuspensionLifted
            | NoticeKind::DestructionRequested
            | NoticeKind::RecordDestroyed
            | NoticeKind::HelperInvited
            | NoticeKind::HelperAccepted
            | NoticeKind::RepresentativeDeclared
            | NoticeKind::EpisodeDeclared
            | NoticeKind::IdentityChanged
            | NoticeKind::MajorityReached
            | NoticeKind::RecordReopened
            | NoticeKind::RepresentationEnded
            | NoticeKind::ContactChanged
            | NoticeKind::CredentialsChanged
            | NoticeKind::AppAllowed
            | NoticeKind::AppStopped
            | NoticeKind::CorrectionAnswered
            | NoticeKind::ReportAnswered => false,
        }
    }

    /// Whether it goes without being asked for. Readings would fill a mailbox: the journal shows them all.
    pub fn is_on_by_default(self) -> bool {
        !matches!(self, NoticeKind::RecordConsulted | NoticeKind::DocumentConsulted)
    }

    /// Whether the médecin traitant is told as well (CSP R.1111-48).
    pub fn concerns_medecin_traitant(self) -> bool {
        matches!(self, NoticeKind::BreakGlass | NoticeKind::RegulationCentre)
    }
}

impl NoticeKind {
    /// Whether it tells of an access in an emergency, of which the *médecin traitant* is told too (CSP R.1111-48).
    pub fn is_emergency(self) -> bool {
        matches!(self, NoticeKind::BreakGlass | NoticeKind::RegulationCentre)
    }
}

/// A notice in the person's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NoticeKind,
    pub at: Moment,
    /// Who did it, in words: name, profession, structure.
    pub by: String,
    pub read: bool,
    /// Of a minor's secret care: stands in the person's own inbox and goes nowhere else but to the médecin traitant.
    pub secret: bool,
}

/// What clocks tell the person, as a function of the moment: nothing of it is stored. A notice names no document.
pub fn clock_notices(record: &Record, now: Moment) -> Vec<Notice> {
    let head = &record.head;
    let seen = |at: Moment| head.notices_seen_at.is_some_and(|seen| at <= seen);
    let notice = |kind, at: Moment, secret| Notice { kind, at, by: String::new(), read: seen(at), secret };
    let mut notices = Vec::new();
    for entry in record.entries.iter().filter(|entry| entry.visibility.invisible_to_patient && entry.status.is_latest()) {
        let clock = Announcement::of(entry);
        let told = |at: Moment| at <= now && clock.announced_at.is_none_or(|announced| at < announced);
        for (kind, at) in [(NoticeKind::AnnouncementReminder, clock.reminder_at()), (NoticeKind::DocumentShown, clock.shown_at())] {
            if told(at) {
                notices.push(notice(kind, at, entry.visibility.invisible_to_representatives));
            }
        }
    }
    notices.extend(majority(head, now).map(|at| notice(NoticeKind::MajorityReached, at, false)));
    for entry in record.entries.iter().filter(|entry| entry.type_code.as_str() == ADVANCE_DIRECTIVES && entry.status.is_latest()) {
        notices
            .extend(anniversaries(entry.submitted_at).take_while(|at| *at <= now).last().map(|at| notice(NoticeKind::DirectivesReminder, at, false)));
    }
    notices.sort_by_key(|notice| notice.at);
    notices
}

/// When a person with parents in their record came of age, within the last months.
fn majority(head: &Head, now: Moment) -> Option<Moment> {
    let had_parents = head.representatives.iter().any(|one| one.kind == RepresentativeKind::Parent);
    head.majority_at().filter(|at| had_parents && *at <= now && now < at.plus_days(MAJORITY_TOLD_DAYS))
}

/// Days that the notice of majority is shown.
const MAJORITY_TOLD_DAYS: i64 = 180;

/// When clocks next tell something after a moment, however the record stands now. `None`: nothing that is known yet.
pub fn next_clock(record: &Record, after: Moment) -> Option<Moment> {
    let head = &record.head;
    let announcements = record.entries.iter().filter(|entry| entry.visibility.invisible_to_patient && entry.status.is_latest()).flat_map(|entry| {
        let clock = Announcement::of(entry);
        [clock.reminder_at(), clock.shown_at()].into_iter().filter(move |at| clock.announced_at.is_none_or(|announced| *at < announced))
    });
    let had_parents = head.representatives.iter().any(|one| one.kind == RepresentativeKind::Parent);
    let directives = record.entries.iter().filter(|entry| entry.type_code.as_str() == ADVANCE_DIRECTIVES && entry.status.is_latest());
    let directives = directives.filter_map(|entry| anniversaries(entry.submitted_at).find(|at| *at > after));
    announcements.chain(head.majority_at().filter(|_| had_parents)).chain(directives).filter(|at| *at > after).min()
}

/// Each year after a moment, for as long as anybody lives.
fn anniversaries(first: Moment) -> impl Iterator<Item = Moment> {
    (1..=YEARS_MAX).map(move |years| first.plus_years(years))
}

/// *Directives anticipées* (`document/types.rs`).
const ADVANCE_DIRECTIVES: &str = "EXPPAT_3";
const YEARS_MAX: i32 = 120;
