//! Documents, authors and journal lines that the samples share.

use dmp_core::access::{Act, CallerKind, Reason};
use dmp_core::audit::Outcome;

use super::{LONG_NAME, NOW, days_ago};
use crate::{AuthorLine, DocumentBody, DocumentLine, Ground, JournalLine, Label, ReadPart, SafeHtml};

pub(crate) fn author(name: &str, profession: &str, structure: &str) -> AuthorLine {
    AuthorLine { name: name.to_owned(), profession: Some(profession.to_owned()), structure: Some(structure.to_owned()) }
}

pub(crate) fn doctor() -> AuthorLine {
    author("Dr Anne MODÈLE", "G15_10/SM26", "Cabinet du Port")
}

fn document(id: &str, title: &str, type_label: &str, class_code: &str, author: AuthorLine, days: i64) -> DocumentLine {
    DocumentLine {
        id: id.to_owned(),
        title: title.to_owned(),
        type_label: type_label.to_owned(),
        class_code: class_code.to_owned(),
        author,
        at: days_ago(days),
        deposited_at: days_ago(days).plus_seconds(7_260),
        labels: Vec::new(),
        may_hide: true,
        may_show: false,
        hour_told: false,
    }
}

pub(crate) fn documents() -> Vec<DocumentLine> {
    let laboratory = author("Camille ESSAI", "G15/21", "Laboratoire des Remparts");
    let hospital = author("Pr Dominique FICTIF", "G15_10/SM04", "Centre hospitalier de la Baie");
    let mut all = vec![
        document("a1", "Consultation de suivi du diabète", "CR ou fiche de consultation ou de visite", "10", doctor(), 1),
        document("a2", "Bilan sanguin de février", "CR d'examens biologiques", "10", laboratory, 9),
        document("a3", "Ordonnance de metformine", "Prescription de produits de santé", "42", doctor(), 12),
        document("a4", "Compte rendu d'hospitalisation en cardiologie", "CR hospitalier (séjour)", "10", hospital.clone(), 47),
        document("a5", "Compte rendu d'hospitalisation en cardiologie", "CR hospitalier (séjour)", "10", hospital, 48),
        document(
            "a6",
            "Mes directives anticipées",
            "Directives anticipées",
            "90",
            AuthorLine { name: "Nadia EXEMPLE".to_owned(), ..AuthorLine::default() },
            120,
        ),
        document(
            "a7",
            "Remboursements de juillet à septembre",
            "Données de remboursement",
            "60",
            author("Assurance maladie", "A00/ALIM_AM", "CPAM d'Ille-et-Vilaine"),
            150,
        ),
    ];
    let labels = [
        vec![Label::New],
        vec![Label::New],
        vec![Label::Hidden],
        vec![Label::NewVersion],
        vec![Label::OldVersion],
        vec![Label::ByPerson],
        vec![Label::Archived],
    ];
    for (line, labels) in all.iter_mut().zip(labels) {
        line.may_show = labels.contains(&Label::Hidden);
        line.may_hide = !line.may_show;
        line.labels = labels;
    }
    all
}

pub(crate) fn long_document() -> DocumentLine {
    let author = author(
        LONG_NAME,
        "G15/70",
        "Pôle de santé pluriprofessionnel universitaire de la Communauté de communes du Pays de Châteaugiron-Saint-Jacques",
    );
    let title = "Compte rendu de réunion de concertation pluridisciplinaire d'oncologie thoracique, avec proposition thérapeutique et hypothyroïdie_auto-immune_associée_version_définitive.pdf";
    DocumentLine {
        labels: vec![Label::New, Label::Hidden, Label::HiddenFromRepresentatives, Label::NewVersion, Label::Archived],
        may_hide: false,
        may_show: true,
        ..document("b1", title, "CR de réunion de concertation pluridisciplinaire", "10", author, 2)
    }
}

pub(crate) fn text() -> SafeHtml {
    SafeHtml::produced_by_the_cda_renderer(
        "<section><h3>Motif</h3><p>Suivi trimestriel d'un diabète de type 2.</p></section><section><h3>Résultats</h3><table><thead><tr><th scope=\"col\">Examen</th><th \
         scope=\"col\">Valeur</th><th scope=\"col\">Valeurs habituelles</th></tr></thead><tbody><tr><td>Hémoglobine glyquée</td><td>6,8 %</td><td>moins de 7 %</td></tr><tr><td>Glycémie à \
         jeun</td><td>1,21 g/l</td><td>0,70 à 1,10 g/l</td></tr></tbody></table></section><section><h3>Conclusion</h3><ul><li>Poursuivre la metformine, même dose.</li><li>Contrôle dans trois \
         mois.</li></ul></section>"
            .to_owned(),
    )
}

/// What was read in a PDF of two pages.
pub(crate) fn read_in_file() -> DocumentBody {
    let page = |number: u32, paragraphs: &[&str]| ReadPart {
        title: String::new(),
        page: Some(number),
        paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
    };
    DocumentBody::Read(vec![
        page(1, &["Laboratoire du Port\n1 rue de l'Exemple", "Hémoglobine glyquée 6,8 %\nGlycémie à jeun 1,21 g/l"]),
        page(2, &["Conclusion : équilibre satisfaisant <sans> changement de traitement & contrôle dans trois mois."]),
    ])
}

/// A line of the journal: a doctor reads, all else as given.
pub(crate) fn journal_line() -> JournalLine {
    JournalLine {
        at: NOW,
        kind: CallerKind::Professional,
        name: "Dr Anne MODÈLE".to_owned(),
        profession: Some("G15/10".to_owned()),
        structure: Some("Cabinet du Port".to_owned()),
        by_reader: false,
        act: Act::Consult,
        mode: "normal".to_owned(),
        words: None,
        outcome: Outcome::Done,
        document: Some("Consultation de suivi du diabète".to_owned()),
        count: None,
        ground: Some(Ground::MedecinTraitant),
        about: None,
        app: None,
        who: Some("/journal/who/a1".to_owned()),
    }
}

pub(crate) fn journal() -> Vec<JournalLine> {
    let emergency = JournalLine {
        at: NOW.plus_seconds(-3_600),
        name: "Dr Sacha URGENTISTE".to_owned(),
        structure: Some("Centre hospitalier de la Baie".to_owned()),
        mode: "bris_de_glace".to_owned(),
        words: Some("Personne inconsciente, traitement anticoagulant à connaître avant l'opération".to_owned()),
        ground: None,
        ..journal_line()
    };
    let refused = JournalLine {
        at: days_ago(1),
        name: "Lou SANSDROIT".to_owned(),
        profession: Some("G15/70".to_owned()),
        structure: Some("Kinésithérapie du Marché".to_owned()),
        outcome: Outcome::Refused(Reason::NotAuthorised),
        document: None,
        act: Act::List,
        ground: None,
        ..journal_line()
    };
    let team = JournalLine {
        at: days_ago(1).plus_seconds(-900),
        name: "Claude SOIGNANT".to_owned(),
        profession: Some("G15/60".to_owned()),
        act: Act::List,
        document: None,
        count: Some(12),
        ground: Some(Ground::CareTeam),
        ..journal_line()
    };
    let own = JournalLine {
        at: days_ago(2),
        kind: CallerKind::Patient,
        name: "Nadia EXEMPLE".to_owned(),
        by_reader: true,
        act: Act::Mask,
        profession: None,
        structure: None,
        ground: None,
        ..journal_line()
    };
    let feed = JournalLine {
        at: days_ago(2).plus_seconds(-60),
        kind: CallerKind::ReimbursementFeed,
        act: Act::Publish,
        document: Some("Remboursements de juillet à septembre".to_owned()),
        ground: None,
        ..journal_line()
    };
    vec![journal_line(), emergency, refused, team, own, feed]
}
