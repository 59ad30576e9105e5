//! Texts of the journal.

use crate::lang::texts;

texts! {
    /// The journal.
    JournalTexts {
        title: "Qui a regardé votre dossier", "Who looked at your record";
        title_other: "Qui a regardé le dossier", "Who looked at the record";
        lead: "Chaque accès est noté ici, les refus aussi. Rien ne peut en être effacé.", "Every access is noted here, refusals too. Nothing can be erased from it.";
        unexpected: "Un accès vous étonne ?", "Does an access surprise you?";
        block: "Bloquer un professionnel", "Block a professional";
        empty: "Personne n'a encore ouvert le dossier. Le premier accès sera noté ici.", "Nobody has opened the record yet. The first access will be noted here.";
    }
}
