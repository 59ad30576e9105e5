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
    /// A result that waits, in the lot and the folder of a visible one.
    AwaitingInLot,
    /// A result of Tom's that waits: neither he nor his parents see it.
    MinorAwaiting,
    /// Secret care of Tom, who is fourteen.
    Secret,
    /// Secret care of Tom, in the lot and the folder of a visible document.
    SecretInLot,
    /// A whole visit in a secret connection: access checked, list and documents read, one deposited in a lot of its own, and whatever else a
    /// doctor may do in it.
    SecretVisit,
    /// Written, then taken back by its author.
    Deleted,
    /// A psychiatric synthesis: neither nurse, pharmacist nor dentist reads it.
    OutsideCare,
    /// A residence attestation that the hospital deposited: doctors do not read it either.
    OutsideDoctors,
    /// An ordinary document of Henri, who let none of the professionals in.
    Foreign,
    /// An ordinary document of Claire: nothing for whom she did not let in.
    Ordinary,
    /// A lot and a folder that hold masked documents alone.
    Lot,
    /// A masked document in the lot and the folder of a visible one.
    MixedLot,
    /// A document of a type that no professional reads, replaced by a visible one. (A mask passes on to every version.)
    Older,
    /// A neighbour has a record at all.
    Neighbour,
}

impl Hidden {
    pub const ALL: [Hidden; 18] = [
        Hidden::Masked,
        Hidden::MaskedArchived,
        Hidden::WholeRecord,
        Hidden::Awaiting,
        Hidden::AwaitingInLot,
        Hidden::MinorAwaiting,
        Hidden::Secret,
        Hidden::SecretInLot,
        Hidden::SecretVisit,
        Hidden::Deleted,
        Hidden::OutsideCare,
        Hidden::OutsideDoctors,
        Hidden::Foreign,
        Hidden::Ordinary,
        Hidden::Lot,
        Hidden::MixedLot,
        Hidden::Older,
        Hidden::Neighbour,
    ];

    /// Whether this caller may not know of the thing, by the law.
    pub fn is_hidden_from(self, who: Who) -> bool {
        // Who has nothing to do with any record knows of no document at all.
        if !who.is_insider() && self != Hidden::Neighbour {
            return true;
        }
        let claires = matches!(who, Who::Patient | Who::Helper);
        match self {
            Hidden::Masked | Hidden::MaskedArchived | Hidden::WholeRecord | Hidden::Lot | Hidden::MixedLot => {
                !claires && !matches!(who, Who::Attending | Who::Administrator)
            }
            // The attending doctor deposited it, and an author knows what they wrote.
            Hidden::Older => !claires && who != Who::Attending,
            Hidden::OutsideDoctors => !claires,
            Hidden::Awaiting | Hidden::AwaitingInLot => who.is_on_the_persons_side(),
            Hidden::MinorAwaiting => who.is_on_the_persons_side(),
            // Claire, her husband and Henri's guardian have nothing to do with Tom.
            Hidden::Secret | Hidden::SecretInLot | Hidden::SecretVisit => who.is_on_the_persons_side() && who != Who::Minor,
            // The person reads in their journal what became of it: by design.
            Hidden::Deleted => who != Who::Patient,
            Hidden::OutsideCare => {
                matches!(who, Who::Minor | Who::Representative | Who::Guardian | Who::Nurse | Who::Pharmacist | Who::Dentist | Who::Psychologist)
            }
            // Whoever breaks the glass or takes the call opens any record; the attending doctor is Henri's too.
            Hidden::Foreign => !matches!(who, Who::Emergency | Who::Regulator | Who::Attending | Who::Guardian),
            Hidden::Ordinary => matches!(who, Who::Minor | Who::Representative | Who::Guardian),
            // That a record exists is told to whoever cares for people, to who feeds, and at the counter.
            Hidden::Neighbour => who.is_on_the_persons_side() || who == Who::Insurer,
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

/// The callers who may know of none of the things.
pub fn blind(things: &[Hidden]) -> Vec<Who> {
    Who::ALL.into_iter().filter(|who| things.iter().all(|thing| thing.is_hidden_from(*who))).collect()
}
