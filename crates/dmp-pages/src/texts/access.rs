//! Texts of the page that says who may read.

use crate::lang::texts;
use crate::{Lang, ProfessionalLine, ProfessionalState, RppsError, TeamLine, dates};

texts! {
    /// Who may read.
    AccessTexts {
        title: "Qui a accès à votre dossier", "Who has access to your record";
        title_other: "Qui a accès au dossier", "Who has access to the record";
        lead: "Un professionnel lit le dossier avec une autorisation, ou s'il est dans l'équipe qui soigne. Il voit seulement les documents utiles à son métier.", "A professional reads the record with an authorisation, or as part of the team that cares. They see only the documents that their profession needs.";
        last: "Dernier regard d'un professionnel", "Last look by a professional";
        no_look: "Aucun professionnel n'a lu le dossier.", "No professional has read the record.";
        all_looks: "Voir tous les accès", "See every access";
        unknown: "Je ne connais pas cette personne", "I do not know this person";
        teams: "Équipes qui soignent en ce moment", "Teams that give care now";
        teams_means: "Un service de soins déclare son équipe pour un séjour ou un suivi. Ses membres peuvent lire si votre accord aux équipes est donné.", "A service declares its team for a stay or a follow-up. Its members may read if the consent to teams is given.";
        no_team: "Aucune équipe n'est déclarée.", "No team is declared.";
        refuse_team: "Refuser cette équipe", "Refuse this team";
        never: "Qui n'a jamais accès", "Who never has access";
        never_insurers: "Les assureurs et les mutuelles : jamais, même avec votre accord. C'est la loi (article L.1111-18 du code de la santé publique).", "Insurers and mutual insurers: never, even if you agree. It is the law (article L.1111-18 of the public health code).";
        never_employers: "Votre employeur et votre banque : jamais.", "Your employer and your bank: never.";
        never_occupational: "La médecine du travail : jamais sans votre accord exprès. Refuser n'a aucune conséquence.", "Occupational medicine: never without your express consent. Refusing has no consequence.";
        never_agents: "Les agents de l'assurance maladie et les techniciens du site : ils ne voient aucun document.", "Agents of the health insurance and technicians of the site: they see no document.";
        relatives_means: "Des proches peuvent aussi lire, s'ils vous représentent ou vous aident.", "Relatives may read too, when they represent or help you.";
        relatives: "Mes proches", "My relatives";
        list: "Professionnels autorisés", "Authorised professionals";
        ended_list: "Autorisations terminées", "Authorisations that ended";
        nobody: "Aucun professionnel n'a d'autorisation durable. Un accord peut être donné à chaque consultation.", "No professional has a lasting authorisation. Consent can be given at each appointment.";
        no_doctor: "Aucun médecin traitant n'est déclaré dans ce dossier.", "No médecin traitant (regular doctor) is declared in this record.";
        doctor: "médecin traitant", "médecin traitant (regular doctor)";
        doctor_means: "voit aussi les documents masqués", "also sees hidden documents";
        administrator: "administrateur", "administrator";
        administrator_means: "voit les documents masqués et peut bloquer un autre professionnel", "sees hidden documents and may block another professional";
        revoke: "Retirer l'autorisation", "Withdraw authorisation";
        block: "Bloquer", "Block";
        block_means: "Il n'entrera plus, même avec un accord donné sur place. Son autorisation prend fin.", "They will not get in any more, even with consent given on the spot. Their authorisation ends.";
        block_doctor: "Il ne sera plus votre médecin traitant dans ce dossier.", "They will no longer be your médecin traitant in this record.";
        block_now: "Bloquer maintenant", "Block now:";
        unblock: "Débloquer", "Unblock";
        declare_doctor: "Déclarer médecin traitant", "Declare as médecin traitant";
        name_administrator: "Nommer administrateur", "Name as administrator";
        other_roles: "Autres actions", "Other actions";
        blocked_list: "Professionnels bloqués", "Blocked professionals";
        blocked_means: "Un professionnel bloqué n'entre jamais, même avec un accord donné sur place. Débloquer ne rend pas l'accès : il faut ensuite une nouvelle autorisation.", "A blocked professional never gets in, even with consent given on the spot. Unblocking does not give access back: a new authorisation is needed afterwards.";
        nobody_blocked: "Personne n'est bloqué.", "Nobody is blocked.";
        authorise_title: "Autoriser un professionnel", "Authorise a professional";
        rpps: "Numéro RPPS du professionnel", "RPPS number of the professional";
        rpps_hint: "Onze chiffres, imprimés sur ses ordonnances, à côté de son nom.", "Eleven digits, printed on their prescriptions, next to the name.";
        authorise: "Autoriser", "Authorise";
        authorise_means: "L'autorisation dure jusqu'à ce qu'elle soit retirée.", "The authorisation lasts until it is withdrawn.";
        choices: "Mes choix", "My choices";
        choices_other: "Choix pour ce dossier", "Choices for this record";
        emergency: "En cas d'urgence", "In an emergency";
        emergency_means: "Chaque accès en urgence est signalé à la personne et à son médecin traitant.", "Each emergency access is reported to the person and to their médecin traitant (regular doctor).";
        emergency_means_own: "Chaque accès en urgence vous est signalé, et à votre médecin traitant aussi.", "Each emergency access is reported to you, and to your médecin traitant (regular doctor) too.";
        regulation: "Le médecin du SAMU – Centre 15 peut lire le dossier pendant un appel", "The doctor of the SAMU emergency call centre may read the record during a call";
        regulation_hint: "Quand quelqu'un appelle le 15 pour cette personne.", "When someone calls 15 for this person.";
        regulation_hint_own: "Quand quelqu'un appelle le 15 pour vous.", "When someone calls 15 for you.";
        break_glass: "Un autre professionnel de santé peut ouvrir le dossier sans autorisation si la vie est en danger", "Another health professional may open the record without authorisation if life is at risk";
        break_glass_hint: "Seulement si la personne ne peut pas s'exprimer. C'est le « bris de glace ».", "Only if the person cannot express themself. This is called “break-glass”.";
        break_glass_hint_own: "Seulement si vous ne pouvez pas vous exprimer. C'est le « bris de glace ».", "Only if you cannot express yourself. This is called “break-glass”.";
        masked_emergency: "Les documents masqués sont lisibles en urgence", "Hidden documents can be read in an emergency";
        masked_emergency_hint: "Sans cette case, ils restent masqués même en urgence.", "Without this box, they stay hidden even in an emergency.";
        save: "Enregistrer ces choix", "Save these choices";
        mask_title: "Masquer tout le dossier", "Hide the whole record";
        mask_means: "Tous les documents deviennent invisibles aux professionnels, ceux à venir aussi. La personne, l'auteur de chaque document et le médecin traitant les voient encore.", "All documents become invisible to professionals, future ones too. The person, the author of each document and the médecin traitant (regular doctor) still see them.";
        mask_means_own: "Tous les documents deviennent invisibles aux professionnels, ceux à venir aussi. Vous les voyez encore, leur auteur et votre médecin traitant aussi.", "All documents become invisible to professionals, future ones too. You still see them, and so do their author and your médecin traitant (regular doctor).";
        mask_on: "Le dossier entier est masqué.", "The whole record is hidden.";
        mask_off: "Le dossier n'est pas masqué en entier.", "The record is not hidden as a whole.";
        mask_do: "Masquer tout le dossier", "Hide the whole record";
        mask_undo: "Retirer le masque général", "Remove the general mask";
        team_title: "Équipes de soins", "Care teams";
        team_means: "Avec cet accord, les membres d'une équipe de soins déclarée peuvent lire le dossier sans redemander une autorisation à chaque fois.", "With this consent, the members of a declared care team may read the record without asking for an authorisation each time.";
        team_since: "Accord donné le", "Consent given on";
        team_none: "Cet accord n'est pas donné.", "This consent is not given.";
        team_give: "Donner cet accord", "Give this consent";
        team_withdraw: "Retirer cet accord", "Withdraw this consent";
        read_only: "Vous pouvez lire ces choix. Seule la personne, ou qui la représente, peut les changer.", "You may read these choices. Only the person, or who represents them, can change them.";
    }
}

/// « autorisé depuis le 3 mars 2026 », said of the access so that no gender is needed.
pub fn state_words(line: &ProfessionalLine, lang: Lang) -> String {
    let since = dates::date(line.since, lang);
    let until = line.until.map(|end| dates::date(end, lang));
    match (lang, line.state, until) {
        (Lang::Fr, ProfessionalState::Authorised, None) => format!("accès autorisé depuis le {since}, sans date de fin"),
        (Lang::Fr, ProfessionalState::Authorised, Some(end)) => format!("accès autorisé depuis le {since}, jusqu'au {end}"),
        (Lang::Fr, ProfessionalState::Expired, Some(end)) => format!("accès terminé le {end}"),
        (Lang::Fr, ProfessionalState::Expired, None) => "accès terminé".to_owned(),
        (Lang::Fr, ProfessionalState::Blocked, _) => format!("accès bloqué depuis le {since}"),
        (Lang::En, ProfessionalState::Authorised, None) => format!("access authorised since {since}, without an end date"),
        (Lang::En, ProfessionalState::Authorised, Some(end)) => format!("access authorised since {since}, until {end}"),
        (Lang::En, ProfessionalState::Expired, Some(end)) => format!("access ended on {end}"),
        (Lang::En, ProfessionalState::Expired, None) => "access ended".to_owned(),
        (Lang::En, ProfessionalState::Blocked, _) => format!("access blocked since {since}"),
    }
}

/// Where a care team stands.
pub fn team_words(team: &TeamLine, lang: Lang) -> String {
    let from = dates::date(team.from, lang);
    let until = team.until.map(|end| dates::date(end, lang));
    let period = match (lang, until) {
        (Lang::Fr, None) => format!("depuis le {from}"),
        (Lang::Fr, Some(end)) => format!("du {from} au {end}"),
        (Lang::En, None) => format!("since {from}"),
        (Lang::En, Some(end)) => format!("from {from} to {end}"),
    };
    let may = match (team.refused, team.reads) {
        (true, _) => lang.pick("équipe refusée", "team refused"),
        (false, true) => lang.pick("peut lire", "may read"),
        (false, false) => lang.pick("ne peut pas lire", "may not read"),
    };
    format!("{may}, {period}")
}

/// What is wrong with the RPPS number, and what to do.
pub fn rpps_words(error: RppsError, lang: Lang) -> &'static str {
    let (fr, en) = match error {
        RppsError::Missing => ("Écrivez le numéro RPPS du professionnel : onze chiffres.", "Write the professional's RPPS number: eleven digits."),
        RppsError::Malformed => (
            "Un numéro RPPS a onze chiffres, sans lettre. Comparez avec l'ordonnance.",
            "An RPPS number has eleven digits and no letter. Compare with the prescription.",
        ),
        RppsError::Unknown => {
            ("Aucun professionnel ne porte ce numéro. Vérifiez chaque chiffre.", "No professional has this number. Check each digit.")
        }
        RppsError::Blocked => (
            "Ce professionnel est bloqué. Débloquez-le d'abord, dans la liste plus haut.",
            "This professional is blocked. Unblock first, in the list above.",
        ),
    };
    lang.pick(fr, en)
}
