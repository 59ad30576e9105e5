//! How long a session stays open without a request: the person's choice, kept in a cookie of their browser.

use crate::Lang;

/// The choices. The longest is twelve times the shortest: whoever needs ten times the time has it (WCAG 2.2, 2.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stay {
    /// Twenty minutes: what nobody chose.
    #[default]
    Short,
    /// Two hours.
    Long,
    /// Four hours.
    Longest,
}

impl Stay {
    /// Every choice, in the order of the form.
    pub const ALL: [Stay; 3] = [Stay::Short, Stay::Long, Stay::Longest];

    /// Minutes.
    pub fn minutes(self) -> u16 {
        match self {
            Stay::Short => 20,
            Stay::Long => 120,
            Stay::Longest => 240,
        }
    }

    /// Value of the field `minutes`, and of the cookie.
    pub fn code(self) -> &'static str {
        match self {
            Stay::Short => "20",
            Stay::Long => "120",
            Stay::Longest => "240",
        }
    }

    /// From its value. `None` for one that is none of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stay| stay.code() == code)
    }

    pub(crate) fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Stay::Short => ("20 minutes", "20 minutes"),
            Stay::Long => ("2 heures", "2 hours"),
            Stay::Longest => ("4 heures", "4 hours"),
        };
        lang.pick(fr, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_its_value_and_the_longest_is_ten_times_the_shortest() {
        for stay in Stay::ALL {
            assert_eq!(Stay::from_code(stay.code()), Some(stay));
            assert_eq!(stay.code(), stay.minutes().to_string());
        }
        assert_eq!(Stay::from_code("100000"), None);
        assert!(Stay::Longest.minutes() >= 10 * Stay::default().minutes());
    }
}
