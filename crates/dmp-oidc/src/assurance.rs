//! Levels of authentication (`acr`): the ladder of eIDAS as Pro Santé Connect names it.

/// Lowest first. Seen at the sandbox of Pro Santé Connect: `eidas3` with a card.
const LADDER: [&str; 3] = ["eidas1", "eidas2", "eidas3"];

/// Whether a level reaches the one asked for. A level outside of the ladder reaches only itself.
pub(crate) fn reaches(level: &str, asked: &str) -> bool {
    let rank = |name: &str| LADDER.iter().position(|known| *known == name);
    match (rank(level), rank(asked)) {
        (Some(level), Some(asked)) => level >= asked,
        (None, _) | (_, None) => level == asked,
    }
}

#[cfg(test)]
mod tests {
    use super::reaches;

    #[test]
    fn a_level_below_the_one_asked_for_does_not_reach_it() {
        assert!(reaches("eidas1", "eidas1") && reaches("eidas3", "eidas1"));
        assert!(!reaches("eidas1", "eidas2") && !reaches("", "eidas1") && !reaches("loa-9", "eidas1"));
        assert!(reaches("urn:house:card", "urn:house:card") && !reaches("eidas3", "urn:house:card"));
    }
}
