//! Cards of a demonstration: those of the named cast, and of two more people who have no record, for what goes less smoothly.

use dmp_core::identity::{BirthDate, IdentityTraits, Ins, InsAuthority, PersonName, Sex};
use dmp_core::record::Contact;
use dmp_core::territory::Caisse;
use dmp_service::CardHolder;

use super::file::{Card, FileCards};
use crate::seed;

/// Nobody has these numbers: they stand under the identifier of test persons, with a place of birth that does not exist.
const WITHOUT_MAILBOX: &str = "251049900000129";
const WITH_A_LOST_CARD: &str = "184069900000245";
const SERIAL_WITHOUT_MAILBOX: &str = "9000000101";
const SERIAL_LOST: &str = "9000000201";

/// Everybody's cards.
pub fn cards() -> FileCards {
    let mut cards = FileCards::default();
    for person in cast() {
        let address = format!("{} {}\n{} {}", person.address.number, person.address.street, person.address.postal_code, person.address.city);
        let caisse = person.caisse();
        let contact = Contact { email: Some(person.email), mobile: Some(person.phone), address: Some(address) };
        cards.add(person.ins, CardHolder { traits: person.traits, contact, caisse }, vec![in_force(&serial(person.index))]);
    }
    for (number, given, family, sex, born, email, card) in [
        (WITHOUT_MAILBOX, "Suzanne", "PAPIER-FICTIF", Sex::Female, (1951, 4, 2), None, in_force(SERIAL_WITHOUT_MAILBOX)),
        (
            WITH_A_LOST_CARD,
            "Hugo",
            "EGARE-FICTIF",
            Sex::Male,
            (1984, 6, 9),
            Some("hugo.egare-fictif@courriel.example"),
            Card { serial: SERIAL_LOST.to_owned(), in_force: false },
        ),
    ] {
        let Ok(ins) = Ins::parse(InsAuthority::Test.oid(), number) else { continue };
        let (year, month, day) = born;
        let birth_date = BirthDate { year, month, day };
        let traits = IdentityTraits { birth_name: PersonName::new(given, family), used_name: None, birth_date, sex, birth_place: "99000".to_owned() };
        let contact = Contact { email: email.map(str::to_owned), mobile: None, address: Some("7 rue du Croquis\n35999 EXEMPLEVILLE".to_owned()) };
        cards.add(ins, CardHolder { traits, contact, caisse: Caisse::first_of("35") }, vec![card]);
    }
    cards
}

/// What a visitor of a demonstration needs in order to try: what for, number, serial number of the card.
pub fn shown() -> Vec<(&'static str, String, String)> {
    let cast = cast().into_iter().filter(|person| !person.has_record);
    let mut shown: Vec<_> = cast.map(|person| ("sans dossier", person.ins.matricule().to_owned(), serial(person.index))).collect();
    shown.push(("sans dossier ni courriel : le code part par courrier", WITHOUT_MAILBOX.to_owned(), SERIAL_WITHOUT_MAILBOX.to_owned()));
    shown.push(("sans dossier, carte perdue : refusée", WITH_A_LOST_CARD.to_owned(), SERIAL_LOST.to_owned()));
    shown
}

/// The people of the cast.
fn cast() -> Vec<dmp_synth::Person> {
    dmp_synth::cast().into_iter().filter_map(|one| seed::cast_person(one.person?)).collect()
}

fn serial(index: u32) -> String {
    format!("{:010}", 8_000_000_000_u64 + u64::from(index))
}

fn in_force(serial: &str) -> Card {
    Card { serial: serial.to_owned(), in_force: true }
}

#[cfg(test)]
mod tests {
    use dmp_service::CardRegistry;

    use super::*;

    #[tokio::test]
    async fn there_is_one_with_a_mailbox_one_without_and_one_whose_card_is_lost() {
        let cards = cards();
        let mut seen = Vec::new();
        for (_, number, serial) in shown() {
            let ins = Ins::parse(InsAuthority::Test.oid(), &number).unwrap();
            let holder = cards.holder(&ins).await.unwrap().unwrap();
            seen.push((holder.contact.email.is_some(), cards.is_in_force(&ins, &serial).await.unwrap()));
        }
        assert_eq!(seen, [(true, true), (false, true), (true, false)]);
    }
}
