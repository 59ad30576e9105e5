//! Texts of a professional's patients and of what is new.

use crate::lang::texts;

texts! {
    /// My patients, and the worklist.
    MineTexts {
        mine: "Mes patients", "My patients";
        mine_why: "Les personnes dont vous pouvez ouvrir le dossier : elles vous ont autorisé, ou vous les soignez. La dernière vue d'abord.", "The people whose record you may open: they authorised you, or you take care of them. The one seen last comes first.";
        nobody: "Personne pour l'instant. Une personne paraît ici quand elle vous autorise, ou quand vous avez lu ou alimenté son dossier et pouvez encore l'ouvrir.", "Nobody yet. A person appears here when they authorise you, or when you have read or fed their record and may still open it.";
        person: "Personne", "Person";
        birth: "Naissance", "Birth";
        last: "Votre dernier passage", "Your last visit";
        never: "jamais", "never";
        doctor: "médecin traitant", "médecin traitant (regular doctor)";
        more: "La liste s'arrête ici : ouvrez les autres dossiers par leur matricule INS.", "The list ends here: open the other records by their INS number.";
        news: "Nouveautés", "What is new";
        news_why: "Ce qui est arrivé dans les dossiers de vos patients depuis votre dernière lecture de chacun. Votre regard est noté dans leur journal.", "What came into your patients' records since you last read each of them. That you looked stands in their journal.";
        no_news: "Rien de nouveau.", "Nothing new.";
        born: "naissance :", "born";
        since: "depuis le", "since";
    }
}
