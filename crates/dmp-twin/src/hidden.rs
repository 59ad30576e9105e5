//! What world B has and world A lacks, and who may not know of it.

use crate::cast::Who;

/// A kind of hidden thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hidden {
    /// Claire hides a report from professionals.
    Masked,
    /// A masked report that was put away.
    MaskedArchived,
    /// Claire hides everything: her record looks empty.
    WholeRecord,
    /// A result that waits for its announcement.
    Awaiting,
    /// Secret care of Tom, who is fifteen.
    Secret,
    /// Written, then taken back by its author.
    Deleted,
    /// A psychiatric synthesis: neither nurse, pharmacist nor dentist reads it.
    OutsideCare,
    /// A residence attestation: doctors do not read it either.
    OutsideDoctors,
    /// An ordinary document of Henri, who let none of the callers in.
    Foreign,
    /// An ordinary document of Claire: nothing for whom she did not let in.
    Ordinary,
    /// A lot and a folder that hold masked documents alone.
    Lot,
    /// A masked document in the lot and the folder of a visible one.
    MixedLot,
    /// A document of a type that no professional reads, replaced by a visible one. (A mask passes on to every version.)
    Older,
}

impl Hidden {
    pub const ALL: [Hidden; 13] = [
        Hidden::Masked,
        Hidden::MaskedArchived,
        Hidden::WholeRecord,
        Hidden::Awaiting,
        Hidden::Secret,
        Hidden::Deleted,
        Hidden::OutsideCare,
        Hidden::OutsideDoctors,
        Hidden::Foreign,
        Hidden::Ordinary,
        Hidden::Lot,
        Hidden::MixedLot,
        Hidden::Older,
    ];

    /// Whether this caller may not know of the thing, by the law.
    pub fn is_hidden_from(self, who: Who) -> bool {
        // Who has nothing to do with any record knows of no document at all.
        if !who.is_insider() {
            return true;
        }
        let person = matches!(who, Who::Patient | Who::Helper);
        match self {
            Hidden::Masked | Hidden::MaskedArchived | Hidden::WholeRecord | Hidden::Lot | Hidden::MixedLot | Hidden::Older => !person,
            Hidden::Awaiting => person || who == Who::Representative,
            // Claire and her husband have nothing to do with Tom.
            Hidden::Secret => person || who == Who::Representative,
            // The person reads in their journal what became of it: by design.
            Hidden::Deleted => who != Who::Patient,
            Hidden::OutsideCare => who == Who::Representative || matches!(who, Who::Nurse | Who::Pharmacist | Who::Dentist | Who::Psychologist),
            Hidden::OutsideDoctors => !person,
            // Whoever breaks the glass opens any record.
            Hidden::Foreign => who != Who::Emergency,
            Hidden::Ordinary => who == Who::Representative,
        }
    }
}

/// Hidden things together, and the callers for whom all of them are hidden.
pub fn combinations() -> Vec<(Vec<Hidden>, Vec<Who>)> {
    let mut all: Vec<(Vec<Hidden>, Vec<Who>)> = Hidden::ALL.into_iter().map(|one| (vec![one], blind(&[one]))).collect();
    for (place, first) in Hidden::ALL.into_iter().enumerate() {
        for second in Hidden::ALL.into_iter().skip(place + 1) {
            let pair = vec![first, second];
            let blind = blind(&pair);
            // Pairs that only outsiders may not know of say no more than each alone.
            if blind.iter().any(|who| who.is_insider()) {
                all.push((pair, blind));
            }
        }
    }
    all
}

fn blind(things: &[Hidden]) -> Vec<Who> {
    Who::ALL.into_iter().filter(|who| things.iter().all(|thing| thing.is_hidden_from(*who))).collect()
}
