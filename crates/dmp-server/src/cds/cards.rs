//! Cards that were given, until their feedback comes: what each would save, and nothing of whom or of which exam.

use std::collections::HashMap;
use std::sync::Mutex;

use dmp_core::Moment;
use dmp_core::ids::urn_uuid;
use dmp_service::Saving;

/// A card that was just made.
#[derive(Debug)]
pub(crate) struct Issued {
    pub uuid: String,
    pub suggestion: String,
}

/// Cards without feedback yet. In memory: a start of the program forgets them, and what they would have saved is counted as nothing.
#[derive(Debug, Default)]
pub(crate) struct Cards(Mutex<HashMap<String, Waiting>>);

#[derive(Debug)]
struct Waiting {
    client: String,
    saving: Saving,
    until: Moment,
}

/// Cards kept; past it those whose time is over are forgotten, and if none is, no more are counted.
const WAITING_MAX: usize = 100_000;
/// How long feedback is waited for.
const WAITING_SECONDS: i64 = 86_400;

impl Cards {
    /// Makes a card for a client. `None` when the machine gives no random bytes.
    pub fn issue(&self, client: &str, saving: Option<Saving>, now: Moment) -> Option<Issued> {
        let issued = Issued { uuid: uuid()?, suggestion: uuid()? };
        if let (Some(saving), Ok(mut waiting)) = (saving, self.0.lock()) {
            if waiting.len() >= WAITING_MAX {
                waiting.retain(|_, one| one.until > now);
            }
            if waiting.len() < WAITING_MAX {
                waiting.insert(issued.uuid.clone(), Waiting { client: client.to_owned(), saving, until: now.plus_seconds(WAITING_SECONDS) });
            }
        }
        Some(issued)
    }

    /// What a card of this client would save; each card once.
    pub fn take(&self, client: &str, uuid: &str, now: Moment) -> Option<Saving> {
        let mut waiting = self.0.lock().ok()?;
        waiting.get(uuid).filter(|one| one.client == client)?;
        waiting.remove(uuid).filter(|one| one.until > now).map(|one| one.saving)
    }
}

/// A random UUID (version 4).
fn uuid() -> Option<String> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).ok()?;
    if let Some(byte) = bytes.get_mut(6) {
        *byte = (*byte & 0x0f) | 0x40;
    }
    if let Some(byte) = bytes.get_mut(8) {
        *byte = (*byte & 0x3f) | 0x80;
    }
    Some(urn_uuid(bytes).trim_start_matches("urn:uuid:").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_seconds(1_800_000_000);
    const SAVING: Saving = Saving { exams: 1, low: 1, middle: 2, high: 3 };

    #[test]
    fn a_card_counts_once_for_its_client_within_a_day() {
        let cards = Cards::default();
        let card = cards.issue("a", Some(SAVING), NOW).unwrap();
        assert_eq!(cards.take("b", &card.uuid, NOW), None, "another software's card");
        assert_eq!(cards.take("a", &card.uuid, NOW), Some(SAVING));
        assert_eq!(cards.take("a", &card.uuid, NOW), None, "twice");
        let late = cards.issue("a", Some(SAVING), NOW).unwrap();
        assert_eq!(cards.take("a", &late.uuid, NOW.plus_days(1)), None, "after a day");
        let unpriced = cards.issue("a", None, NOW).unwrap();
        assert_eq!(cards.take("a", &unpriced.uuid, NOW), None);
        assert_ne!(card.uuid, card.suggestion);
    }
}
