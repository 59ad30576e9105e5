//! Cards from JSON lines.

use std::collections::HashMap;
use std::path::Path;

use async_trait::async_trait;
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, InsAuthority, PersonName, Sex};
use dmp_core::record::Contact;
use dmp_core::territory::Caisse;
use dmp_service::{CardHolder, CardRegistry, RegistryError};
use serde::Deserialize;

/// One person of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// 15 characters, key included.
    ins: String,
    birth_family: String,
    birth_given: String,
    used_family: Option<String>,
    used_given: Option<String>,
    /// `1993-02-11`.
    birth_date: String,
    /// `F` or `M`.
    sex: String,
    /// INSEE code, five characters.
    birth_place: String,
    email: Option<String>,
    mobile: Option<String>,
    /// Lines of the postal address, joined by line feeds.
    address: Option<String>,
    /// Number of the *caisse*, three digits.
    caisse: Option<String>,
    cards: Vec<Card>,
}

/// A card, in force or not any more.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub serial: String,
    /// `false`: lost, stolen or replaced.
    pub in_force: bool,
}

/// Cards in memory.
#[derive(Default)]
pub struct FileCards {
    people: HashMap<Ins, (CardHolder, Vec<Card>)>,
}

impl std::fmt::Debug for FileCards {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileCards({} people)", self.people.len())
    }
}

impl FileCards {
    /// Reads a file.
    ///
    /// # Errors
    /// The number of the first line that is none, never what stands in it.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut cards = FileCards::default();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |what: &str| format!("{}: line {}: {what}", path.display(), number + 1);
            let line: Line = serde_json::from_str(line).map_err(|_| wrong("not a person with cards, as docs/opening.md has it"))?;
            let (ins, holder, held) = person(line).ok_or_else(|| wrong("number, date, sex or caisse cannot be read"))?;
            cards.add(ins, holder, held);
        }
        Ok(cards)
    }

    /// Adds a person.
    pub fn add(&mut self, ins: Ins, holder: CardHolder, cards: Vec<Card>) {
        self.people.insert(ins, (holder, cards));
    }
}

fn person(line: Line) -> Option<(Ins, CardHolder, Vec<Card>)> {
    let ins = Ins::parse(InsAuthority::Test.oid(), &line.ins).ok()?;
    let birth_name = PersonName::new(line.birth_given, line.birth_family);
    let used_name = match (line.used_given, line.used_family) {
        (None, None) => None,
        (given, family) => {
            let (given, family) = (given.unwrap_or_else(|| birth_name.given.clone()), family.unwrap_or_else(|| birth_name.family.clone()));
            Some(PersonName::new(given, family))
        }
    };
    let sex = match line.sex.as_str() {
        "F" => Sex::Female,
        "M" => Sex::Male,
        _ => return None,
    };
    let traits = IdentityTraits { birth_name, used_name, birth_date: BirthDate::parse(&line.birth_date)?, sex, birth_place: line.birth_place };
    let caisse = line.caisse.as_deref().map(Caisse::parse).transpose().ok()?;
    let contact = Contact { email: line.email, mobile: line.mobile, address: line.address };
    Some((ins, CardHolder { traits, contact, caisse }, line.cards))
}

#[async_trait]
impl CardRegistry for FileCards {
    async fn holder(&self, ins: &Ins) -> Result<Option<CardHolder>, RegistryError> {
        Ok(self.people.get(ins).map(|(holder, _)| holder.clone()))
    }

    async fn is_in_force(&self, ins: &Ins, serial: &str) -> Result<bool, RegistryError> {
        let cards = self.people.get(ins).map(|(_, cards)| cards.as_slice()).unwrap_or_default();
        Ok(cards.iter().any(|card| card.in_force && card.serial == serial))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"ins":"279035121518989","birth_family":"ESSAI","birth_given":"Nadia","birth_date":"1979-03-12","sex":"F","birth_place":"51215","email":"nadia@courriel.example","cards":[{"serial":"0123456789","in_force":true},{"serial":"0123456780","in_force":false}]}"#;

    fn read(text: &str) -> Result<FileCards, String> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("dmp-cards-{}-{number}.jsonl", std::process::id()));
        std::fs::write(&path, text).unwrap();
        let cards = FileCards::read(&path);
        std::fs::remove_file(path).unwrap();
        cards
    }

    #[tokio::test]
    async fn a_card_in_force_is_that_of_its_person_alone() {
        let cards = read(&format!("\n{LINE}\n")).unwrap();
        let ins = Ins::parse(InsAuthority::Test.oid(), "279035121518989").unwrap();
        let other = Ins::parse(InsAuthority::Test.oid(), "277076322082910").unwrap();
        assert_eq!(cards.holder(&ins).await.unwrap().unwrap().traits.shown_name().display(), "Nadia ESSAI");
        assert!(cards.holder(&other).await.unwrap().is_none());
        assert!(cards.is_in_force(&ins, "0123456789").await.unwrap());
        assert!(!cards.is_in_force(&ins, "0123456780").await.unwrap(), "a lost card");
        assert!(!cards.is_in_force(&other, "0123456789").await.unwrap(), "the card of somebody else");
    }

    #[test]
    fn a_line_that_is_wrong_is_told_by_its_number_and_never_shown() {
        for wrong in [LINE.replace("989\"", "988\""), LINE.replace("\"F\"", "\"X\""), "{}".to_owned(), LINE.replace("email", "mail")] {
            let why = read(&format!("{LINE}\n{wrong}\n")).unwrap_err();
            assert!(why.contains("line 2") && !why.contains("27903") && !why.contains("Nadia"), "{why}");
        }
    }
}
