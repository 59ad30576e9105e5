//! Texts of the table of rights.

use crate::lang::texts;

texts! {
    /// Who reads what.
    MatrixTexts {
        title: "Qui peut lire quel document", "Who may read which document";
        lead: "Chaque profession ne lit que les types de documents utiles à son métier. Ce que la table ne dit pas est refusé.", "Each profession reads only the types of documents that its work needs. What the table does not tell is refused.";
        in_force: "Table appliquée\u{a0}:", "Table in force:";
        not_official: "Cette table n'est pas le texte de l'arrêté du 26 octobre 2023, qui n'a pas pu être lu. Chaque case dit si une source publique la donne, ou si elle est une reconstitution.", "This table is not the text of the order of 26 October 2023, which could not be read. Each cell says whether a public source tells it, or whether it is a reconstruction.";
        legend: "Un tiret veut dire que rien n'est connu\u{a0}: c'est non.", "A dash means that nothing is known: that is a no.";
        rights: "Ces droits s'ajoutent aux autres règles\u{a0}: il faut aussi que quelque chose lie le professionnel à la personne.", "These rights come on top of the other rules: something must also tie the professional to the person.";
        csv: "Télécharger la table (CSV)", "Download the table (CSV)";
        document: "Type de document", "Type of document";
        yes: "oui", "yes";
        no: "non", "no";
        source: "source", "source";
        reconstruction: "reconstitution", "reconstruction";
    }
}
