//! Every error that a caller can meet: stable code, French and English. One table in three parts.

mod access;
mod content;
mod door;

/// One line of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    pub code: &'static str,
    /// One French sentence: what is wrong and what to do.
    pub fr: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// The line of a code.
pub fn message(code: &str) -> Option<&'static Message> {
    messages().find(|line| line.code == code)
}

/// All lines, in the order of the documentation.
pub fn messages() -> impl Iterator<Item = &'static Message> {
    door::MESSAGES.iter().chain(content::MESSAGES).chain(access::MESSAGES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_line_in_two_languages() {
        for line in messages() {
            assert_eq!(messages().filter(|other| other.code == line.code).count(), 1, "{}", line.code);
            assert!(!line.fr.is_empty() && !line.en.is_empty() && line.fr != line.en, "{}", line.code);
        }
    }
}
