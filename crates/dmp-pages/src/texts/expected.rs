//! Texts of the state of filling.

use dmp_core::document::Topic;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// What has come, what is expected.
    ExpectedTexts {
        title: "Ce qui est arrivé, ce qui est attendu", "What has come, what is expected";
        lead: "Un dossier n'est jamais complet. Cette page dit ce qu'il contient, et ce qui lui manque peut-être.", "No record is ever complete. This page says what it holds, and what may be missing.";
        since: "Le dossier est ouvert depuis le", "The record has been open since";
        missing: "Ce qui manque peut-être", "What may be missing";
        missing_why: "Ces soins ont été remboursés, et aucun compte rendu n'est arrivé.", "This care was reimbursed, and no report has come.";
        missing_act: "Demandez-le à qui a donné les soins : la loi prévoit qu'il soit déposé ici.", "Ask who gave the care for it: the law provides that it be added here.";
        missing_none: "Aucun soin remboursé ne reste sans compte rendu.", "No reimbursed care is left without a report.";
        came: "Ce qui est arrivé", "What has come";
        kind: "Sorte de document", "Kind of document";
        latest: "Le plus récent", "The newest";
        silent: "Ce qui n'est pas encore arrivé", "What has not come yet";
        add: "J'ai le document : je l'ajoute moi-même", "I have the document: I add it myself";
        waiting: "Documents dont la lecture est en attente :", "Documents that wait for being read:";
        unreadable: "Documents sans texte lisible ; leur original reste à votre disposition :", "Documents without readable text; their originals stay available:";
        back: "Revenir à l'accueil", "Back to the first page";
    }
}

/// Who is expected to add documents of a topic.
pub fn from_whom(topic: Topic, own: bool, lang: Lang) -> &'static str {
    let (fr, en) = match topic {
        Topic::Prescriptions => ("par les médecins et les pharmacies", "by doctors and pharmacies"),
        Topic::Reports => ("par les médecins et les hôpitaux", "by doctors and hospitals"),
        Topic::Laboratory => ("par les laboratoires", "by laboratories"),
        Topic::Imaging => ("par les centres d'imagerie", "by imaging centres"),
        Topic::Letters => ("par les hôpitaux, à la sortie", "by hospitals, at discharge"),
        Topic::Vaccines => ("par qui a fait le vaccin", "by who gave the vaccine"),
        Topic::Reimbursements => ("par l'assurance maladie, chaque mois", "by the health insurance, each month"),
        Topic::Own if own => ("par vous", "by you"),
        Topic::Own => ("par la personne", "by the person"),
        Topic::Other => ("par les professionnels", "by professionals"),
    };
    lang.pick(fr, en)
}
