//! Texts of the journal.

use crate::lang::texts;

texts! {
    /// The journal.
    JournalTexts {
        title: "Qui a regardé votre dossier", "Who looked at your record";
        title_other: "Qui a regardé le dossier", "Who looked at the record";
        lead: "Chaque accès est noté ici, les refus aussi. Rien ne peut en être effacé.", "Every access is noted here, refusals too. Nothing can be erased from it.";
        unexpected: "Un accès vous étonne ? Choisissez « Je ne connais pas cette personne » sous la ligne.", "Does an access surprise you? Choose “I do not know this person” under the line.";
        kinds: "Choisir ce qui est montré", "Choose what is shown";
        of_place: "Seulement ce lieu :", "This place only:";
        everything: "Tout montrer", "Show everything";
        all_of: "Tout ce que cette personne a fait", "Everything this person did";
        unknown: "Je ne connais pas cette personne", "I do not know this person";
        empty: "Personne d'autre que vous n'a encore ouvert le dossier. Le premier accès sera noté ici.", "Nobody but you has opened the record yet. The first access will be noted here.";
        empty_kind: "Rien de ce genre n'est noté ici.", "Nothing of this kind is noted here.";
    }
}
