//! Why an act was allowed or refused, in words that a person reads in the journal.

use dmp_core::access::{Act, CallerKind, Reason};
use dmp_core::record::DatedAct;

use crate::Lang;
use crate::journal_sentence::{JournalLine, Perspective};

/// What allowed an act, as far as the person needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    MedecinTraitant,
    /// The person authorised this professional.
    Authorised,
    /// The person agreed on the spot.
    ConsentNow,
    /// Member of the care team of a declared episode.
    CareTeam,
    /// Wrote or deposited the document.
    Author,
    /// The law asks professionals to feed the record.
    Feeding,
    /// The insurance feeds the reimbursements.
    Insurance,
}

/// The rules of the core that permit, and what each tells the person; the first that is named wins.
const GROUNDS: [(&str, Ground); 6] = [
    ("medecin_traitant", Ground::MedecinTraitant),
    ("authorisation", Ground::Authorised),
    ("consent_now", Ground::ConsentNow),
    ("care_team", Ground::CareTeam),
    ("author_only_deletion", Ground::Author),
    ("feeding", Ground::Feeding),
];

impl Ground {
    /// From the names of the rules that permitted.
    pub fn from_rules<'a>(rules: impl IntoIterator<Item = &'a str> + Clone) -> Option<Ground> {
        GROUNDS.into_iter().find(|(name, _)| rules.clone().into_iter().any(|rule| rule == *name)).map(|(_, ground)| ground)
    }

    fn words(self, perspective: Perspective, lang: Lang) -> &'static str {
        let person = perspective == Perspective::Person;
        let (fr, en) = match self {
            Ground::MedecinTraitant if person => ("c'est votre médecin traitant", "this is your médecin traitant (regular doctor)"),
            Ground::MedecinTraitant => ("c'est le médecin traitant", "this is the médecin traitant (regular doctor)"),
            Ground::Authorised if person => ("vous avez donné votre autorisation", "you gave your authorisation"),
            Ground::Authorised => ("l'autorisation a été donnée", "the authorisation was given"),
            Ground::ConsentNow if person => ("vous avez donné votre accord sur place", "you agreed on the spot"),
            Ground::ConsentNow => ("la personne a donné son accord sur place", "the person agreed on the spot"),
            Ground::CareTeam if person => ("c'est un membre de l'équipe qui vous soigne", "this is a member of the team that cares for you"),
            Ground::CareTeam => ("c'est un membre de l'équipe de soins", "this is a member of the care team"),
            Ground::Author => ("ce document vient de cette même personne", "this document comes from the same person"),
            Ground::Feeding if person => {
                ("la loi demande aux professionnels d'alimenter votre dossier", "the law asks professionals to add to your record")
            }
            Ground::Feeding => ("la loi demande aux professionnels d'alimenter le dossier", "the law asks professionals to add to the record"),
            Ground::Insurance => ("la loi prévoit cette transmission", "the law provides for this transfer"),
        };
        lang.pick(fr, en)
    }
}

/// The ground to tell for an act that was done, when there is one to tell.
pub(crate) fn ground_words(line: &JournalLine, perspective: Perspective, lang: Lang) -> Option<&'static str> {
    if let Some(act) = line.words.as_deref().and_then(DatedAct::from_code).filter(|_| line.kind == CallerKind::Automaton) {
        return Some(dated_words(act, lang));
    }
    if let Some((fr, en)) = article(line.act).filter(|_| line.mode == "normal") {
        return Some(lang.pick(fr, en));
    }
    if let Some((fr, en)) = everyday(line).filter(|_| line.mode == "normal") {
        return Some(lang.pick(fr, en));
    }
    let ground = match line.kind {
        CallerKind::ReimbursementFeed => Some(Ground::Insurance),
        CallerKind::Professional | CallerKind::Organization if line.act.is_feeding() => Some(Ground::Feeding),
        CallerKind::Professional if line.act.is_clinical() || matches!(line.act, Act::ReadJournal | Act::ReadAdministrative) => line.ground,
        CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Patient
        | CallerKind::Representative
        | CallerKind::Helper
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton => None,
    }?;
    Some(ground.words(perspective, lang))
}

/// Why somebody else than the person and their relatives may do what says nothing of health, or little.
fn everyday(line: &JournalLine) -> Option<(&'static str, &'static str)> {
    if line.kind.is_on_the_persons_side() {
        return None;
    }
    Some(match line.act {
        Act::CheckAccess => (
            "cela dit seulement si un dossier est ouvert, et rien de son contenu",
            "this only tells whether a record is open, and nothing of its content",
        ),
        Act::CreateRecord => (
            "un dossier s'ouvre avec l'accord de la personne, ou après une lettre restée sans refus (article R.1111-28 du code de la santé publique)",
            "a record opens with the person's consent, or after a letter without refusal (article R.1111-28 of the public health code)",
        ),
        Act::ReactivateRecord => (
            "un dossier fermé se rouvre avec l'accord de la personne (article R.1111-36 du code de la santé publique)",
            "a closed record opens again with the person's consent (article R.1111-36 of the public health code)",
        ),
        Act::CloseRecord => (
            "un dossier se ferme à la demande de la personne (article R.1111-36 du code de la santé publique)",
            "a record is closed when the person asks (article R.1111-36 of the public health code)",
        ),
        Act::ReadAdministrative => (
            "ces données servent à tenir le dossier (article R.1111-42 du code de la santé publique)",
            "these data serve to keep the record (article R.1111-42 of the public health code)",
        ),
        Act::Archive | Act::Unarchive => {
            ("qui soigne peut ranger un document, puis le ressortir", "who gives care may put a document away and take it out again")
        }
        _ => return None,
    })
}

/// Why the software acted by itself.
fn dated_words(act: DatedAct, lang: Lang) -> &'static str {
    let (fr, en) = match act {
        DatedAct::CloseUnopposed => (
            "personne ne s'est opposé à la suspension pendant six semaines (article R.1111-36 du code de la santé publique)",
            "nobody objected to the suspension for six weeks (article R.1111-36 of the public health code)",
        ),
        DatedAct::DestroyArchive => (
            "dix ans ont passé depuis la fermeture (article R.1111-36 du code de la santé publique)",
            "ten years have passed since the closing (article R.1111-36 of the public health code)",
        ),
        DatedAct::DestroyAfterDeath => (
            "dix ans ont passé depuis le décès (article L.1111-18 du code de la santé publique)",
            "ten years have passed since the death (article L.1111-18 of the public health code)",
        ),
        DatedAct::DestroyAsked | DatedAct::FinishDestruction => (
            "la destruction en avait été demandée (article R.1111-36 du code de la santé publique)",
            "its destruction had been asked for (article R.1111-36 of the public health code)",
        ),
    };
    lang.pick(fr, en)
}

/// The text that an act rests on, for the acts that are rare enough to surprise. `None`: its ground is told, or it speaks for itself.
fn article(act: Act) -> Option<(&'static str, &'static str)> {
    Some(match act {
        Act::DeclareEpisode | Act::EndEpisode | Act::OpposeEpisode => (
            "une équipe de soins se déclare à chaque prise en charge, et peut être refusée (articles L.1110-12 et R.1111-46 du code de la santé publique)",
            "a care team is declared at each episode of care, and may be refused (articles L.1110-12 and R.1111-46 of the public health code)",
        ),
        Act::RecordTeamConsent => (
            "cet accord vient avant la première ouverture par une équipe de soins (Conseil d'État, 15 octobre 2025)",
            "this consent comes before the first opening by a care team (Conseil d'État, 15 October 2025)",
        ),
        Act::DeclareRepresentative | Act::EndRepresentation => (
            "qui représente exerce les droits du titulaire (article R.1111-40 du code de la santé publique)",
            "who represents exercises the holder's rights (article R.1111-40 of the public health code)",
        ),
        Act::InviteHelper | Act::AcceptInvitation | Act::DeclineInvitation | Act::EndHelper => (
            "un aidant lit et dépose des documents pour un temps fixé, et rien d'autre",
            "a helper reads and adds documents for a set time, and nothing else",
        ),
        Act::EndMedecinTraitant => (
            "ce rôle se déclare et se retire (article L.1111-16 du code de la santé publique)",
            "this role is declared and taken back (article L.1111-16 of the public health code)",
        ),
        Act::ReportDeath | Act::WithdrawDeathReport => (
            "un dossier est figé après un décès (article L.1111-18 du code de la santé publique)",
            "a record is frozen after a death (article L.1111-18 of the public health code)",
        ),
        Act::SuspendRecord | Act::ObjectToSuspension | Act::LiftSuspension => (
            "un dossier peut être suspendu pour protéger son titulaire, qui peut s'y opposer (article R.1111-36 du code de la santé publique)",
            "a record may be suspended to protect its holder, who may object (article R.1111-36 of the public health code)",
        ),
        Act::RequestDestruction | Act::DestroyRecord => (
            "un dossier fermé est gardé dix ans, moins si son titulaire le demande (article R.1111-36 du code de la santé publique)",
            "a closed record is kept for ten years, less when its holder asks (article R.1111-36 of the public health code)",
        ),
        Act::ProposeIdentityChange | Act::CorrectIns | Act::MergeRecords | Act::UnmergeRecords => (
            "une identité se corrige à deux (article R.1111-42 du code de la santé publique)",
            "an identity is corrected by two people (article R.1111-42 of the public health code)",
        ),
        Act::AllowApp | Act::WithdrawApp | Act::ConnectApp => (
            "un accord se donne et se retire à tout moment (article 7 du règlement général sur la protection des données)",
            "a consent is given and taken back at any time (article 7 of the General Data Protection Regulation)",
        ),
        Act::RequestCorrection | Act::WithdrawCorrection | Act::SeeCorrection | Act::AnswerCorrection => (
            "une erreur se corrige à la demande de la personne (article 16 du règlement général sur la protection des données)",
            "an error is corrected at the person's request (article 16 of the General Data Protection Regulation)",
        ),
        Act::ProposeCampaign | Act::ConfirmCampaign | Act::StopCampaign | Act::ReadCampaigns => {
            ("écrire à beaucoup de personnes se décide à deux agents", "writing to many people is decided by two agents")
        }
        Act::RecordLetter | Act::ObjectToOpening => (
            "l'ouverture est annoncée par une lettre, et peut être refusée (article R.1111-28 du code de la santé publique)",
            "the opening is announced by a letter, and may be refused (article R.1111-28 of the public health code)",
        ),
        Act::ReportAccess | Act::HandleReport => (
            "chaque accès peut être vérifié à la demande du titulaire (article R.1111-43 du code de la santé publique)",
            "each access may be checked when the holder asks (article R.1111-43 of the public health code)",
        ),
        Act::DownloadAll | Act::OrderPaper | Act::SendPaper => (
            "chacun peut avoir une copie de ses données (articles 15 et 20 du règlement européen sur les données)",
            "everybody may have a copy of their data (articles 15 and 20 of the European regulation on data)",
        ),
        Act::CancelOpening => (
            "une erreur se répare sans attendre : qui vient d'ouvrir un dossier peut annuler pendant quinze minutes",
            "an error is mended at once: whoever has just opened a record may take it back for fifteen minutes",
        ),
        Act::ImportRecord => (
            "chacun peut emporter ses données ailleurs (article 20 du règlement européen sur les données)",
            "everybody may take their data elsewhere (article 20 of the European regulation on data)",
        ),
        _ => return None,
    })
}

/// Why the act was refused. SECURITY: to the person's side, a document that they may not know of sounds like one that does not exist.
pub(crate) fn refusal_words(reason: Reason, line: &JournalLine, perspective: Perspective, lang: Lang) -> &'static str {
    let persons_side = line.kind.is_on_the_persons_side();
    if persons_side && reason.conceals() {
        return lang.pick("aucun document visible ne correspond", "no visible document matches");
    }
    let (fr, en) = reason_words(reason, perspective == Perspective::Person);
    lang.pick(fr, en)
}

/// French and English; `you` when the person reads it themself.
pub(crate) fn reason_words(reason: Reason, you: bool) -> (&'static str, &'static str) {
    match reason {
        Reason::NoRulePermits => ("aucune règle ne le permet", "no rule allows it"),
        Reason::NobodyNamed => ("la demande ne portait le nom de personne", "the request named nobody"),
        Reason::NoRecord => ("il n'y avait pas de dossier", "there was no record"),
        Reason::RecordClosed => ("le dossier était fermé", "the record was closed"),
        Reason::RecordSuspended => ("le dossier était suspendu", "the record was suspended"),
        Reason::RecordFrozen => ("le dossier était figé à la suite d'un décès", "the record was frozen after a death"),
        Reason::InsurersNever => (
            "la loi l'interdit toujours aux assureurs, aux mutuelles et aux employeurs, même avec un accord",
            "the law always forbids it to insurers, mutual insurers and employers, even with consent",
        ),
        Reason::OccupationalMedicine => ("la médecine du travail doit avoir un accord exprès", "occupational medicine needs an express consent"),
        Reason::Blocked if you => ("vous avez bloqué cet accès", "you blocked this access"),
        Reason::Blocked => ("cet accès est bloqué", "this access is blocked"),
        Reason::BreakGlassOpposed if you => ("vous avez refusé l'accès en urgence", "you refused emergency access"),
        Reason::BreakGlassOpposed => ("l'accès en urgence a été refusé d'avance", "emergency access had been refused beforehand"),
        Reason::BreakGlassConditions => {
            ("les conditions de l'urgence n'étaient pas toutes attestées", "the conditions of an emergency were not all attested")
        }
        Reason::BreakGlassReasonMissing => ("aucun motif n'était donné", "no reason was given"),
        Reason::EmergencyReadsOnly => ("un accès en urgence permet seulement de lire", "an emergency access only allows reading"),
        Reason::RegulationCentreOpposed if you => {
            ("vous avez refusé la lecture par le SAMU – Centre 15", "you refused reading by the SAMU emergency call centre")
        }
        Reason::RegulationCentreOpposed => {
            ("la lecture par le SAMU – Centre 15 a été refusée d'avance", "reading by the SAMU emergency call centre had been refused beforehand")
        }
        Reason::NotRegulatingPhysician => (
            "cet accès est réservé aux médecins régulateurs du SAMU – Centre 15",
            "this access is kept for the regulating doctors of the SAMU emergency call centre",
        ),
        Reason::NotAuthorised if you => ("vous n'avez pas donné votre autorisation", "you had not given your authorisation"),
        Reason::NotAuthorised => ("l'autorisation n'avait pas été donnée", "the authorisation had not been given"),
        Reason::AuthorisationExpired if you => ("votre autorisation avait pris fin", "your authorisation had ended"),
        Reason::AuthorisationExpired => ("l'autorisation avait pris fin", "the authorisation had ended"),
        Reason::TeamConsentMissing if you => {
            ("vous n'avez pas donné votre accord aux équipes de soins", "you had not given your consent to care teams")
        }
        Reason::TeamConsentMissing => ("l'accord aux équipes de soins n'avait pas été donné", "the consent to care teams had not been given"),
        Reason::NotInMatrix => ("cette profession n'a pas accès à ce genre de document", "this profession has no access to this kind of document"),
        Reason::StudentUnsupervised => ("aucune supervision n'était enregistrée", "no supervision was recorded"),
        Reason::Masked => ("ce document était masqué", "this document was hidden"),
        Reason::WaitsForAnnouncement | Reason::HiddenFromRepresentatives | Reason::SecretConnectionOnly => {
            ("les règles d'accès ne le permettent pas", "the access rules do not allow it")
        }
        Reason::Deleted => ("ce document était supprimé", "this document had been deleted"),
        Reason::NotItsAuthor => ("seule la personne qui a déposé ce document peut le faire", "only who added this document may do so"),
        Reason::ProfessionalDocument => ("ce document vient d'un professionnel", "this document comes from a professional"),
        Reason::PatientDocument if you => ("ce document vient de vous", "this document comes from you"),
        Reason::PatientDocument => ("ce document vient de la personne elle-même", "this document comes from the person themself"),
        Reason::ReimbursementDocument => ("les données de remboursement ne se modifient pas", "reimbursement data cannot be changed"),
        Reason::NotThisKindOfCaller => ("cette action n'est pas ouverte dans cette qualité", "this action is not open in this capacity"),
        Reason::NeverContent => ("cet accès ne donne jamais de données de santé", "this access never gives health data"),
        Reason::NotTheirRecord => ("c'est le dossier de quelqu'un d'autre", "this is someone else's record"),
        Reason::EmergencyOver => ("l'accès en urgence avait pris fin", "the emergency access had ended"),
        Reason::EmergencyQuota => {
            ("trop d'accès en urgence avaient été demandés ce jour-là", "too many emergency accesses had been asked for that day")
        }
        Reason::TeamNotInformed => ("l'information sur cette équipe n'avait pas été donnée", "nobody had told the person of this team"),
        Reason::TeamRefused if you => ("vous avez refusé cette équipe de soins", "you refused this care team"),
        Reason::TeamRefused => ("cette équipe de soins avait été refusée", "this care team had been refused"),
        Reason::TooManyHelpers => {
            ("le nombre d'aidants ou de personnes aidées était atteint", "the number of helpers or of helped persons was reached")
        }
        Reason::InvitationOver => ("l'invitation avait pris fin", "the invitation had ended"),
        Reason::TooEarly => ("le délai prévu par la loi n'était pas écoulé", "the time that the law gives was not over"),
        Reason::SecondPersonMissing => ("une seconde personne nommée doit l'avoir proposé", "a second named person must have proposed it"),
        Reason::OpeningRefused => ("l'ouverture du dossier avait été refusée", "the opening of the record had been refused"),
        Reason::RecordDestroyed => ("les données du dossier avaient été détruites", "the data of the record had been destroyed"),
        Reason::RecordMerged => ("le dossier avait été réuni avec un autre", "the record had been joined with another"),
        Reason::AppNotAllowed => ("l'accord donné à cette application avait pris fin", "the consent given to this app had ended"),
        Reason::AppReadsOnly => ("une application lit seulement", "an app only reads"),
        Reason::AppScope if you => ("vous n'avez pas permis à cette application de lire ceci", "you had not allowed this app to read this"),
        Reason::AppScope => ("cette application n'avait pas la permission de lire ceci", "this app had not been allowed to read this"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_ground_is_told() {
        assert_eq!(Ground::from_rules(["matrix", "authorisation", "medecin_traitant"]), Some(Ground::MedecinTraitant));
        assert_eq!(Ground::from_rules(["authorisation", "care_team"]), Some(Ground::Authorised));
        assert_eq!(Ground::from_rules(["access_mode"]), None);
    }

    #[test]
    fn every_ground_is_a_rule_of_the_core() {
        for (name, _) in GROUNDS {
            assert!(dmp_core::access::rules::ALL.iter().any(|(rule, _)| *rule == name), "{name}");
        }
    }
}
