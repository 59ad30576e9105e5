//! Sentences written by hand, then every combination of act, outcome, kind and mode.
#![allow(clippy::print_stdout, reason = "a figure is told on the terminal")]

use dmp_core::access::{Act, CallerKind, Reason};

use super::*;
use crate::samples::{NOW, journal_line};

const KINDS: [CallerKind; 12] = [
    CallerKind::Patient,
    CallerKind::Representative,
    CallerKind::Helper,
    CallerKind::Professional,
    CallerKind::Organization,
    CallerKind::Agent,
    CallerKind::Insurer,
    CallerKind::Mutual,
    CallerKind::Employer,
    CallerKind::Operator,
    CallerKind::Automaton,
    CallerKind::ReimbursementFeed,
];

fn line() -> JournalLine {
    JournalLine { document: Some("Compte rendu".to_owned()), ground: Some(Ground::Authorised), at: NOW, ..journal_line() }
}

fn fr(line: &JournalLine) -> String {
    sentence(line, Perspective::Person, Lang::Fr).replace('\u{a0}', " ")
}

fn en(line: &JournalLine) -> String {
    sentence(line, Perspective::Person, Lang::En).replace('\u{a0}', " ")
}

fn other(line: &JournalLine) -> String {
    sentence(line, Perspective::Other, Lang::Fr).replace('\u{a0}', " ")
}

#[test]
fn a_reading_says_who_what_and_why() {
    assert_eq!(
        fr(&line()),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a lu votre document « Compte rendu » : vous avez donné votre autorisation."
    );
    assert_eq!(
        en(&line()),
        "On 3 March 2026 at 14:05, Dr Anne MODÈLE (doctor, Cabinet du Port) read your document “Compte rendu”: you gave your authorisation."
    );
    assert_eq!(
        other(&line()),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a lu le document « Compte rendu » : l'autorisation a été donnée."
    );
    assert_eq!(
        sentence_of_day(&line(), Perspective::Person, Lang::Fr).replace('\u{a0}', " "),
        "À 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a lu votre document « Compte rendu » : vous avez donné votre autorisation."
    );
}

#[test]
fn a_break_glass_is_told_with_its_reason() {
    let line = JournalLine { mode: "bris_de_glace".to_owned(), words: Some("Chute, ne répond plus.".to_owned()), ground: None, ..line() };
    assert_eq!(
        fr(&line),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a lu votre document « Compte rendu » en urgence, sans autorisation (bris de glace). Motif donné : « Chute, ne répond plus »."
    );
    assert_eq!(
        en(&line),
        "On 3 March 2026 at 14:05, Dr Anne MODÈLE (doctor, Cabinet du Port) read your document “Compte rendu” in an emergency, without authorisation (break-glass). Reason given: “Chute, ne répond plus”."
    );
}

#[test]
fn a_refused_break_glass_says_so() {
    let line = JournalLine {
        mode: "bris_de_glace".to_owned(),
        words: Some("Urgence".to_owned()),
        outcome: Outcome::Refused(Reason::BreakGlassOpposed),
        act: Act::List,
        document: None,
        ..line()
    };
    assert_eq!(
        fr(&line),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a demandé à voir la liste de vos documents en urgence (bris de glace). Demande refusée : vous avez refusé l'accès en urgence. Motif donné : « Urgence »."
    );
}

#[test]
fn a_call_to_the_emergency_centre_is_told() {
    let line = JournalLine { mode: "centre_15".to_owned(), act: Act::List, document: None, count: Some(1), ..line() };
    assert_eq!(
        fr(&line),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a vu la liste de vos documents (1 document) pendant un appel au SAMU – Centre 15."
    );
    assert_eq!(
        en(&line),
        "On 3 March 2026 at 14:05, Dr Anne MODÈLE (doctor, Cabinet du Port) saw the list of your documents (1 document) during a call to the SAMU emergency call centre."
    );
}

#[test]
fn a_refusal_says_why_and_names_no_document_that_the_reader_may_not_see() {
    let line = JournalLine {
        name: "Lou SANSDROIT".to_owned(),
        profession: Some("G15/60".to_owned()),
        structure: None,
        outcome: Outcome::Refused(Reason::NotAuthorised),
        document: None,
        ..line()
    };
    assert_eq!(
        fr(&line),
        "Le 3 mars 2026 à 14 h 05, Lou SANSDROIT (soins infirmiers) a demandé à lire un document de votre dossier. Demande refusée : vous n'avez pas donné votre autorisation."
    );
    assert_eq!(
        en(&line),
        "On 3 March 2026 at 14:05, Lou SANSDROIT (nurse) asked to read a document of your record. Refused: you had not given your authorisation."
    );
}

#[test]
fn what_the_person_did_is_said_to_them_as_you() {
    let mine = JournalLine { kind: CallerKind::Patient, by_reader: true, profession: None, structure: None, ..line() };
    let acts = [
        (Act::Consult, "vous avez lu votre document « Compte rendu ».", "you read your document “Compte rendu”."),
        (
            Act::Mask,
            "vous avez masqué votre document « Compte rendu » aux professionnels.",
            "you hid your document “Compte rendu” from professionals.",
        ),
        (
            Act::Unmask,
            "vous avez rendu votre document « Compte rendu » de nouveau visible par les professionnels.",
            "you made your document “Compte rendu” visible to professionals again.",
        ),
        (Act::Authorise, "vous avez autorisé Anne MODÈLE à lire votre dossier.", "you authorised Anne MODÈLE to read your record."),
        (
            Act::Revoke,
            "vous avez retiré à Anne MODÈLE l'autorisation de lire votre dossier.",
            "you withdrew the authorisation of Anne MODÈLE to read your record.",
        ),
        (Act::Block, "vous avez bloqué l'accès d'Anne MODÈLE à votre dossier.", "you blocked the access of Anne MODÈLE to your record."),
        (Act::Unblock, "vous avez levé le blocage d'Anne MODÈLE, sans rendre l'accès.", "you unblocked Anne MODÈLE, without giving access back."),
        (Act::SetConsents, "vous avez modifié vos accords d'accès.", "you changed your consents to access."),
        (Act::SetEmergencyChoices, "vous avez modifié vos choix pour les urgences.", "you changed your choices for emergencies."),
        (
            Act::CreateRecord,
            "vous avez créé votre dossier, avec l'accord d'Anne MODÈLE.",
            "you created your record, with the consent of Anne MODÈLE.",
        ),
        (
            Act::MaskAll,
            "vous avez changé la visibilité de tous vos documents pour les professionnels.",
            "you changed whether professionals see all of your documents.",
        ),
        (Act::OrderPaper, "vous avez demandé une copie de votre dossier sur papier.", "you asked for a copy of your record on paper."),
    ];
    for (act, french, english) in acts {
        let line = JournalLine { act, about: Some("Anne MODÈLE".to_owned()), ..mine.clone() };
        assert_eq!(fr(&line), format!("Le 3 mars 2026 à 14 h 05, {french}"));
        assert_eq!(en(&line), format!("On 3 March 2026 at 14:05, {english}"));
    }
}

#[test]
fn what_was_made_of_a_list_is_said() {
    let made_of =
        |made: &str, count| JournalLine { act: Act::List, count: Some(count), about: Some(made.to_owned()), document: None, ground: None, ..line() };
    let said = |made: &str, count| (fr(&made_of(made, count)), en(&made_of(made, count)));
    let (french, english) = said("summary", 12);
    assert!(french.contains(" a lu la synthèse de votre dossier (12 documents)"), "{french}");
    assert!(english.contains(" read the summary of your record (12 documents)"), "{english}");
    let (french, english) = said("search", 1);
    assert!(french.contains(" a cherché dans les textes de votre dossier (1 document)"), "{french}");
    assert!(english.contains(" searched the texts of your record (1 document)"), "{english}");
    let (french, english) = said("orders", 0);
    assert!(french.contains(" a vérifié dans votre dossier si un examen a été fait récemment (aucun document)"), "{french}");
    assert!(english.contains(" checked in your record whether an exam was done lately (no document)"), "{english}");
}

#[test]
fn those_who_are_not_professionals_are_said_plainly() {
    let base = JournalLine { name: "Karim EXEMPLE".to_owned(), profession: None, structure: None, ground: None, ..line() };
    let kinds = [
        (CallerKind::Representative, Act::Consult, "Karim EXEMPLE, qui vous représente, a lu votre document « Compte rendu »."),
        (CallerKind::Helper, Act::Consult, "Karim EXEMPLE, qui vous aide, a lu votre document « Compte rendu »."),
        (
            CallerKind::ReimbursementFeed,
            Act::Publish,
            "l'assurance maladie, de façon automatique, a ajouté le document « Compte rendu » à votre dossier : la loi prévoit cette transmission.",
        ),
        (
            CallerKind::Automaton,
            Act::ShowToPatient,
            "le service, de façon automatique (Karim EXEMPLE), a rendu votre document « Compte rendu » visible par vous.",
        ),
        (
            CallerKind::Agent,
            Act::CreateRecord,
            "Karim EXEMPLE (accueil de l'assurance maladie) a créé votre dossier : un dossier s'ouvre avec l'accord de la personne, ou après une lettre restée sans refus (article R.1111-28 du code de la santé publique).",
        ),
        (
            CallerKind::Organization,
            Act::Publish,
            "l'établissement Karim EXEMPLE a ajouté le document « Compte rendu » à votre dossier : la loi demande aux professionnels d'alimenter votre dossier.",
        ),
    ];
    for (kind, act, french) in kinds {
        assert_eq!(fr(&JournalLine { kind, act, ..base.clone() }), format!("Le 3 mars 2026 à 14 h 05, {french}"));
    }
}

#[test]
fn what_the_software_did_on_a_date_says_so_and_why() {
    let base = JournalLine {
        kind: CallerKind::Automaton,
        name: "Automate du DMP".to_owned(),
        profession: None,
        structure: None,
        ground: None,
        document: None,
        ..line()
    };
    let told = |act, due: dmp_core::record::DatedAct| {
        let line = JournalLine { act, words: Some(due.code().to_owned()), ..base.clone() };
        (fr(&line), en(&line))
    };
    use dmp_core::record::DatedAct;
    let (french, english) = told(Act::CloseRecord, DatedAct::CloseUnopposed);
    assert_eq!(
        french,
        "Le 3 mars 2026 à 14 h 05, le service, de façon automatique (Automate du DMP), a fermé votre dossier : personne ne s'est opposé à la suspension pendant six semaines (article R.1111-36 du code de la santé publique)."
    );
    assert_eq!(
        english,
        "On 3 March 2026 at 14:05, the service, automatically (Automate du DMP), closed your record: nobody objected to the suspension for six weeks (article R.1111-36 of the public health code)."
    );
    let ends = [
        (DatedAct::DestroyArchive, "dix ans ont passé depuis la fermeture (", "ten years have passed since the closing ("),
        (DatedAct::DestroyAfterDeath, "dix ans ont passé depuis le décès (", "ten years have passed since the death ("),
        (DatedAct::DestroyAsked, "la destruction en avait été demandée (", "its destruction had been asked for ("),
    ];
    for (due, why, because) in ends {
        let (french, english) = told(Act::DestroyRecord, due);
        assert!(french.contains("(Automate du DMP), a détruit le contenu de votre dossier archivé : ") && french.contains(why), "{french}");
        assert!(
            english.contains("(Automate du DMP), destroyed the content of your record in the archive: ") && english.contains(because),
            "{english}"
        );
    }
}

#[test]
fn an_insurer_is_always_told_the_law() {
    let line = JournalLine {
        kind: CallerKind::Insurer,
        name: "Assur Exemple".to_owned(),
        profession: None,
        structure: None,
        outcome: Outcome::Refused(Reason::InsurersNever),
        document: None,
        act: Act::List,
        ..line()
    };
    assert_eq!(
        fr(&line),
        "Le 3 mars 2026 à 14 h 05, Assur Exemple (assurance) a demandé à voir la liste de vos documents. Demande refusée : la loi l'interdit toujours aux assureurs, aux mutuelles et aux employeurs, même avec un accord."
    );
}

#[test]
fn a_professional_who_records_the_persons_authorisation_is_not_named_twice() {
    let line = JournalLine { act: Act::Authorise, about: Some("Dr Anne MODÈLE".to_owned()), ground: None, ..line() };
    assert_eq!(
        fr(&line),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a enregistré votre autorisation de lire votre dossier."
    );
}

#[test]
fn a_veil_stays_a_veil_in_the_journal() {
    for reason in [Reason::WaitsForAnnouncement, Reason::HiddenFromRepresentatives, Reason::Masked] {
        let line = JournalLine { kind: CallerKind::Representative, by_reader: true, document: None, outcome: Outcome::Refused(reason), ..line() };
        assert_eq!(
            other(&line),
            "Le 3 mars 2026 à 14 h 05, vous avez demandé à lire un document du dossier. Demande refusée : aucun document visible ne correspond."
        );
    }
}

#[test]
fn every_combination_is_a_whole_sentence_without_gender_marks() {
    for act in Act::ALL {
        for kind in KINDS {
            for mode in ["normal", "bris_de_glace", "centre_15"] {
                for outcome in [Outcome::Done, Outcome::Refused(Reason::NotAuthorised)] {
                    check_both(&JournalLine { act, kind, mode: mode.to_owned(), outcome, words: Some("motif".to_owned()), ..line() });
                }
            }
        }
    }
}

#[test]
fn every_reason_ends_a_whole_sentence() {
    for reason in Reason::ALL {
        for kind in KINDS {
            check_both(&JournalLine { kind, outcome: Outcome::Refused(reason), ..line() });
        }
    }
}

/// With and without a named document, for the person and for another reader, in both languages.
fn check_both(line: &JournalLine) {
    let unnamed = JournalLine { document: None, about: None, ..line.clone() };
    let named = JournalLine { document: Some("Titre".to_owned()), about: Some("Paul ESSAI".to_owned()), ..line.clone() };
    for line in [unnamed, named] {
        for perspective in [Perspective::Person, Perspective::Other] {
            check(&sentence(&line, perspective, Lang::Fr), "Le ");
            check(&sentence(&line, perspective, Lang::En), "On ");
        }
    }
}

fn check(sentence: &str, start: &str) {
    assert!(sentence.starts_with(start) && sentence.ends_with('.'), "{sentence}");
    for fault in ["  ", "..", " .", ",,", " ,", "·", "(e)", "()", " de de ", "« »", "à le ", "de le ", "{", "}"] {
        assert!(!sentence.contains(fault), "{fault}: {sentence}");
    }
}

#[test]
fn a_rare_act_says_what_it_rests_on() {
    let agent = |act| JournalLine {
        act,
        kind: CallerKind::Agent,
        name: "Martine GUICHET".to_owned(),
        profession: None,
        structure: Some("CPAM fictive".to_owned()),
        ground: None,
        ..line()
    };
    assert_eq!(
        fr(&agent(Act::SuspendRecord)),
        "Le 3 mars 2026 à 14 h 05, Martine GUICHET (accueil de l'assurance maladie, CPAM fictive) a suspendu l'accès à votre dossier : un dossier peut être suspendu pour protéger son titulaire, qui peut s'y opposer (article R.1111-36 du code de la santé publique)."
    );
    assert_eq!(
        fr(&JournalLine { about: Some("Bruno CONTROLE".to_owned()), ..agent(Act::MergeRecords) }),
        "Le 3 mars 2026 à 14 h 05, Martine GUICHET (accueil de l'assurance maladie, CPAM fictive) a réuni votre dossier avec un second dossier de la même personne, sur proposition de Bruno CONTROLE : une identité se corrige à deux (article R.1111-42 du code de la santé publique)."
    );
    let declared = JournalLine { act: Act::DeclareEpisode, about: Some("l'Hôpital fictif".to_owned()), ground: None, ..line() };
    assert_eq!(
        fr(&declared),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a déclaré une prise en charge par l'Hôpital fictif : une équipe de soins se déclare à chaque prise en charge, et peut être refusée (articles L.1110-12 et R.1111-46 du code de la santé publique)."
    );
    // What the reader did themself needs no reason.
    let invited = JournalLine { act: Act::InviteHelper, by_reader: true, kind: CallerKind::Patient, about: Some("Paul ESSAI".to_owned()), ..line() };
    assert_eq!(fr(&invited), "Le 3 mars 2026 à 14 h 05, vous avez invité Paul ESSAI à vous aider comme aidant.");
}

#[test]
fn every_new_act_has_its_reason_in_both_languages() {
    for act in Act::ALL.into_iter().skip(25) {
        let agent = JournalLine { act, kind: CallerKind::Agent, name: "Martine GUICHET".to_owned(), ground: None, ..line() };
        let speaks_for_itself = matches!(act, Act::UpdateContact | Act::ChangeCredentials | Act::HandOutCodes | Act::Share | Act::MaskAll);
        for lang in [Lang::Fr, Lang::En] {
            let told = sentence(&agent, Perspective::Person, lang).replace("14 h 05", "").replace("14:05", "");
            assert_eq!(told.contains(':'), !speaks_for_itself, "{act:?}: {told}");
        }
    }
}

#[test]
fn what_an_app_did_is_told_of_the_app_and_not_of_the_person() {
    let app = dmp_core::audit::LeafApp {
        grant: dmp_core::GrantId([1; 16]),
        name: dmp_core::record::AppName { fr: "Carnet d'essai".to_owned(), en: "Test notebook".to_owned() },
        since: NOW.plus_days(-2),
    };
    let line = JournalLine {
        kind: CallerKind::Patient,
        name: "Nadia EXEMPLE".to_owned(),
        profession: None,
        structure: None,
        ground: None,
        app: Some(app),
        ..line()
    };
    assert_eq!(
        fr(&line),
        "Le 3 mars 2026 à 14 h 05, l'application « Carnet d'essai », que vous avez autorisée le 1er mars 2026, a lu votre document « Compte rendu »."
    );
    assert_eq!(en(&line), "On 3 March 2026 at 14:05, the app “Test notebook”, which you allowed on 1 March 2026, read your document “Compte rendu”.");
    let parent = JournalLine { kind: CallerKind::Representative, name: "Karim EXEMPLE".to_owned(), ..line.clone() };
    assert_eq!(
        other(&parent),
        "Le 3 mars 2026 à 14 h 05, l'application « Carnet d'essai », autorisée par Karim EXEMPLE le 1er mars 2026, a lu le document « Compte rendu »."
    );
    let doctor = JournalLine {
        kind: CallerKind::Professional,
        name: "Dr Anne MODÈLE".to_owned(),
        profession: Some("G15/10".to_owned()),
        structure: Some("Cabinet du Port".to_owned()),
        ..line.clone()
    };
    assert_eq!(
        fr(&doctor),
        "Le 3 mars 2026 à 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port), avec l'application « Carnet d'essai », a lu votre document « Compte rendu »."
    );
    assert!(en(&doctor).contains("Dr Anne MODÈLE (doctor, Cabinet du Port), with the app “Test notebook”, read your document"), "{}", en(&doctor));
    let stopped = JournalLine { act: Act::WithdrawApp, words: Some("app-key-used-twice".to_owned()), ..line };
    assert!(fr(&stopped).contains("a perdu son accès à votre dossier, car une de ses clés a servi deux fois"), "{}", fr(&stopped));
    let mine = JournalLine { act: Act::AllowApp, app: None, by_reader: true, about: Some("Carnet d'essai".to_owned()), ..stopped };
    assert_eq!(fr(&mine), "Le 3 mars 2026 à 14 h 05, vous avez autorisé l'application « Carnet d'essai » à lire votre dossier.");
}

/// Every act, kind of caller, mode and outcome: done, and refused for each reason there is.
#[test]
fn every_event_of_the_journal_has_its_sentence_in_both_languages() {
    let (mut sentences, mut missing) = (0, 0);
    let outcomes: Vec<Outcome> = [Outcome::Done].into_iter().chain(Reason::ALL.map(Outcome::Refused)).collect();
    for act in Act::ALL {
        for kind in KINDS {
            for outcome in &outcomes {
                for mode in ["normal", "bris_de_glace", "centre_15"] {
                    // The modes other than the normal one are a professional's alone.
                    if mode != "normal" && kind != CallerKind::Professional {
                        continue;
                    }
                    let line = JournalLine { act, kind, mode: mode.to_owned(), outcome: outcome.clone(), words: None, about: None, ..line() };
                    for (perspective, lang) in [(Perspective::Person, Lang::Fr), (Perspective::Other, Lang::Fr), (Perspective::Person, Lang::En)] {
                        sentences += 1;
                        missing += usize::from(!is_told(&sentence(&line, perspective, lang), &line, lang));
                    }
                }
            }
        }
    }
    println!("figure: audit-sentences {sentences}");
    println!("figure: audit-sentences-missing {missing}");
    assert_eq!(missing, 0);
}

/// Whether a sentence says who, what, and when refused that it was.
fn is_told(told: &str, line: &JournalLine, lang: Lang) -> bool {
    let refused = lang.pick("Demande refusée", "Refused");
    told.len() > 40 && told.ends_with('.') && told.contains(refused) == line.is_refused() && !told.contains("  ")
}

#[test]
fn what_a_list_was_made_into_and_a_switch_have_sentences() {
    use dmp_core::audit::made;
    for (act, what) in
        [(Act::List, made::SUMMARY), (Act::List, made::SEARCH), (Act::List, made::ORDERS), (Act::List, made::NEWS), (Act::CheckAccess, made::ACTING)]
    {
        let said = JournalLine { act, about: Some(what.to_owned()), document: None, ..line() };
        let plain = JournalLine { about: None, ..said.clone() };
        for lang in Lang::ALL {
            assert_ne!(sentence(&said, Perspective::Person, lang), sentence(&plain, Perspective::Person, lang), "{what}");
            assert!(!sentence(&said, Perspective::Person, lang).contains(what) || lang == Lang::En, "{what}");
        }
    }
    let mother = JournalLine {
        kind: CallerKind::Representative,
        name: "Sophie FICTIF".to_owned(),
        act: Act::CheckAccess,
        about: Some(made::ACTING.to_owned()),
        document: None,
        ..line()
    };
    assert_eq!(fr(&mother), "Le 3 mars 2026 à 14 h 05, Sophie FICTIF, qui vous représente, a commencé à agir dans votre dossier.");
    assert_eq!(en(&mother), "On 3 March 2026 at 14:05, Sophie FICTIF, who represents you, began to act in your record.");
}

#[test]
fn a_report_and_its_handling_are_told_with_the_article() {
    let report =
        JournalLine { act: Act::ReportAccess, kind: CallerKind::Patient, by_reader: true, about: Some("Dr Anne MODÈLE".to_owned()), ..line() };
    assert_eq!(fr(&report), "Le 3 mars 2026 à 14 h 05, vous avez signalé un accès de Dr Anne MODÈLE à vérifier.");
    let handled = JournalLine {
        act: Act::HandleReport,
        kind: CallerKind::Operator,
        name: "Gaël EXPLOITANT".to_owned(),
        structure: None,
        ground: None,
        about: Some("Dr Anne MODÈLE".to_owned()),
        ..line()
    };
    assert_eq!(
        fr(&handled),
        "Le 3 mars 2026 à 14 h 05, Gaël EXPLOITANT (exploitation du service) a examiné votre signalement sur un accès de Dr Anne MODÈLE : chaque accès peut être vérifié à la demande du titulaire (article R.1111-43 du code de la santé publique)."
    );
}
