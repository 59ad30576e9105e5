//! Texts of the order of paper, and of the sheets themselves.

use dmp_core::record::{PaperKind, PaperWay};

use crate::lang::texts;
use crate::{Lang, PaperProblem};

texts! {
    /// Paper.
    PaperTexts {
        title: "Recevoir votre dossier sur papier", "Receive your record on paper";
        title_other: "Recevoir le dossier sur papier", "Receive the record on paper";
        lead: "C'est gratuit. Les pages sont imprimées en grands caractères, sous pli fermé. Personne ne les lit avant vous.", "It is free. The pages are printed in large letters, in a sealed envelope. Nobody reads them before you.";
        what: "Que voulez-vous recevoir ?", "What do you want to receive?";
        way: "Comment ?", "How?";
        address: "Adresse postale", "Postal address";
        address_hint: "Une ligne par ligne de l'enveloppe, sans votre nom : il y est déjà. Seulement pour un envoi par la poste.", "One line for each line of the envelope, without your name: it is there already. Only for a letter by post.";
        language: "Langue des pages", "Language of the pages";
        order: "Demander ces pages", "Ask for these pages";
        noted: "Votre demande et l'envoi sont notés dans le dossier.", "Your request and the sending are noted in the record.";
        yourself: "Imprimer vous-même", "Print yourself";
        yourself_summary: "La synthèse en grands caractères (PDF)", "The summary in large letters (PDF)";
        yourself_journal: "Qui a regardé (PDF)", "Who looked (PDF)";
        yourself_access: "Qui peut regarder (PDF)", "Who may look (PDF)";
        yourself_closing: "Fermer un dossier : explication (PDF)", "Closing a record: explanation (PDF)";
        orders: "Vos demandes", "Your requests";
        waits: "en préparation", "being prepared";
        sent: "imprimé le", "printed on";
        asked: "Demande du", "Request of";
        cannot: "Un aidant ne peut pas demander de copie sur papier. La personne elle-même, ou qui la représente, le peut.", "A helper cannot ask for a copy on paper. The person themself, or who represents them, can.";
        without_internet: "Sans internet", "Without internet";
        without_internet_how: "Le guichet de l'assurance maladie prend aussi cette demande, ou un courrier.", "The health insurance counter takes this request too, or a letter.";
        letter_link: "Le texte des courriers, à recopier", "The text of the letters, to copy";
        journal_title: "Qui a regardé votre dossier", "Who looked at your record";
        journal_title_other: "Qui a regardé le dossier", "Who looked at the record";
        journal_lead: "Chaque accès est noté, les refus aussi. Rien ne peut en être effacé.", "Every access is noted, refusals too. Nothing can be erased from it.";
        journal_unknown: "Un accès vous étonne ? Dites-le au guichet de l'assurance maladie, ou bloquez ce professionnel.", "Does an access surprise you? Tell the health insurance counter, or block this professional.";
        journal_older: "Les accès plus anciens ne sont pas imprimés. Ils sont sur le site.", "Older accesses are not printed. They are on the site.";
        journal_empty: "Personne n'a encore ouvert le dossier.", "Nobody has opened the record yet.";
        access_title: "Qui peut regarder votre dossier", "Who may look at your record";
        access_title_other: "Qui peut regarder le dossier", "Who may look at the record";
        access_lead: "Un professionnel ne lit que les documents que sa profession lui permet. Les assureurs, les mutuelles et les employeurs n'ont jamais accès.", "A professional reads only the documents that their profession allows. Insurers, mutual insurers and employers never have access.";
        access_authorised: "Professionnels autorisés", "Authorised professionals";
        access_blocked: "Professionnels bloqués", "Blocked professionals";
        access_acting: "Qui agit pour la personne", "Who acts for the person";
        access_choices: "Choix en vigueur", "Choices in force";
        access_nobody: "Personne.", "Nobody.";
        acting_parent: "parent", "parent";
        acting_guardian: "en charge d'une mesure de protection", "in charge of a protection measure";
        acting_helper: "aidant", "helper";
        acting_invited: "invitation sans réponse", "invitation without an answer";
        regulation_yes: "Le médecin du SAMU – Centre 15 peut lire le dossier pendant un appel.", "The doctor of the SAMU emergency call centre may read the record during a call.";
        regulation_no: "Le médecin du SAMU – Centre 15 ne peut pas lire le dossier.", "The doctor of the SAMU emergency call centre may not read the record.";
        glass_yes: "En cas de danger, un autre professionnel peut ouvrir le dossier sans autorisation.", "In danger, another professional may open the record without authorisation.";
        glass_no: "Même en cas de danger, personne n'ouvre le dossier sans autorisation.", "Even in danger, nobody opens the record without authorisation.";
        masked_yes: "Tout le dossier est masqué aux professionnels.", "The whole record is hidden from professionals.";
        masked_no: "Le dossier n'est pas masqué en entier.", "The record is not hidden as a whole.";
        team_yes: "Les équipes de soins déclarées peuvent lire le dossier.", "Declared care teams may read the record.";
        team_no: "Les équipes de soins n'ont pas d'accord général.", "Care teams have no general consent.";
        change: "Pour changer ces choix : le site, le guichet de l'assurance maladie, ou un courrier signé.", "To change these choices: the site, the health insurance counter, or a signed letter.";
        cover_title: "Courrier personnel", "Personal letter";
        cover_note: "À ouvrir par la personne nommée ci-dessus, et par personne d'autre.", "To be opened by the person named above, and by nobody else.";
        cover_counter: "Pli fermé, à remettre en main propre contre une pièce d'identité.", "Sealed envelope, to be handed over against proof of identity.";
    }
}

/// What can be had on paper.
pub fn kind_words(kind: PaperKind, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        PaperKind::Summary => ("La synthèse médicale", "The medical summary"),
        PaperKind::Access => ("Qui peut regarder le dossier", "Who may look at the record"),
        PaperKind::Journal => ("Qui a regardé le dossier", "Who looked at the record"),
        PaperKind::Closing => ("L'explication de la fermeture", "The explanation of the closing"),
    };
    lang.pick(fr, en)
}

/// By which way.
pub fn way_words(way: PaperWay, lang: Lang) -> &'static str {
    let (fr, en) = match way {
        PaperWay::Post => ("Par la poste", "By post"),
        PaperWay::Counter => ("Au guichet de l'assurance maladie, sous pli fermé", "At the health insurance counter, in a sealed envelope"),
    };
    lang.pick(fr, en)
}

/// What is wrong, and what to do.
pub fn problem_words(problem: PaperProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        PaperProblem::Nothing => ("Cochez au moins une chose à recevoir.", "Tick at least one thing to receive."),
        PaperProblem::AddressMissing => ("Écrivez l'adresse postale, ou choisissez le guichet.", "Write the postal address, or choose the counter."),
        PaperProblem::AddressTooLong => {
            ("L'adresse est trop longue : six lignes de soixante lettres au plus.", "The address is too long: six lines of sixty letters at most.")
        }
        PaperProblem::Limit => (
            "Des pages ont déjà été demandées. Attendez qu'elles soient parties, ou le mois prochain.",
            "Pages were asked for already. Wait until they have left, or until next month.",
        ),
    };
    lang.pick(fr, en)
}
