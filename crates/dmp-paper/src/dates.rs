//! Dates on paper, as exact as they are known.

use dmp_core::calendar::{in_paris, month_name};
use dmp_core::moment::Moment;
use dmp_core::record::Language;
use dmp_core::summary::When;

/// « 3 mars 2026 », « mars 2026 », « 2026 »; "3 March 2026".
pub(crate) fn long(when: When, language: Language) -> String {
    let month = i8::try_from(when.month).ok().and_then(|month| month_name(month, language));
    match (month, when.day, language) {
        (None, _, _) => when.year.to_string(),
        (Some(month), 0, _) => format!("{month}\u{a0}{}", when.year),
        (Some(month), 1, Language::French) => format!("1er\u{a0}{month}\u{a0}{}", when.year),
        (Some(month), day, _) => format!("{day}\u{a0}{month}\u{a0}{}", when.year),
    }
}

/// After a preposition: « le 3 mars 2026 », « mars 2026 », « 2026 »; "3 March 2026".
pub(crate) fn after_preposition(when: When, language: Language) -> String {
    match (language, when.month, when.day) {
        (Language::French, 1..=12, 1..) => format!("le\u{a0}{}", long(when, language)),
        (Language::French | Language::English, _, _) => long(when, language),
    }
}

/// « le 3 mars 2026 », « en mars 2026 »; "on 3 March 2026", "in 2026".
pub(crate) fn on(when: When, language: Language) -> String {
    let (day_known, month_known) = match language {
        Language::French => ("le", "en"),
        Language::English => ("on", "in"),
    };
    let preposition = if when.day > 0 { day_known } else { month_known };
    format!("{preposition}\u{a0}{}", long(when, language))
}

/// « 03/03/2026 », « 03/2026 », « 2026 »; "3 Mar 2026", since a number alone means two days to two readers of English.
pub(crate) fn short(when: When, language: Language) -> String {
    match (language, when.month, when.day) {
        (_, 0, _) => when.year.to_string(),
        (Language::French, month, 0) => format!("{month:02}/{}", when.year),
        (Language::French, month, day) => format!("{day:02}/{month:02}/{}", when.year),
        (Language::English, _, _) => {
            let long = long(when, language);
            let brief = |word: &str| word.get(..3).filter(|_| !word.starts_with(char::is_numeric)).unwrap_or(word).to_owned();
            long.split('\u{a0}').map(brief).collect::<Vec<_>>().join("\u{a0}")
        }
    }
}

/// The day in Paris.
pub(crate) fn day(at: Moment) -> When {
    let date = in_paris(at).date();
    When::day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())
}

/// « 14 h 05 »; "14:05".
pub(crate) fn time(at: Moment, language: Language) -> String {
    let time = in_paris(at).time();
    match language {
        Language::French => format!("{}\u{a0}h\u{a0}{:02}", time.hour(), time.minute()),
        Language::English => format!("{}:{:02}", time.hour(), time.minute()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_known() {
        let partial = |month, day| When { year: 2026, month, day, minute: None };
        let all = |when| [long(when, Language::French), short(when, Language::French), long(when, Language::English), short(when, Language::English)];
        assert_eq!(all(partial(3, 1)), ["1er\u{a0}mars\u{a0}2026", "01/03/2026", "1\u{a0}March\u{a0}2026", "1\u{a0}Mar\u{a0}2026"]);
        assert_eq!(all(partial(8, 0)), ["août\u{a0}2026", "08/2026", "August\u{a0}2026", "Aug\u{a0}2026"]);
        assert_eq!(all(partial(0, 0)), ["2026", "2026", "2026", "2026"]);
        assert_eq!(all(partial(13, 40))[0], "2026");
    }

    #[test]
    fn prepositions_fit_what_is_known() {
        let year = When { year: 2026, month: 0, day: 0, minute: None };
        assert_eq!(on(When::day(2026, 3, 3), Language::French), "le\u{a0}3\u{a0}mars\u{a0}2026");
        assert_eq!(on(year, Language::French), "en\u{a0}2026");
        assert_eq!(on(year, Language::English), "in\u{a0}2026");
        assert_eq!(after_preposition(When::day(2026, 3, 1), Language::French), "le\u{a0}1er\u{a0}mars\u{a0}2026");
        assert_eq!(after_preposition(year, Language::French), "2026");
    }

    #[test]
    fn the_moment_is_told_by_the_clock_of_paris() {
        let summer_midnight = Moment::parse_fhir("2026-06-30T22:30:00Z").unwrap();
        assert_eq!(day(summer_midnight), When::day(2026, 7, 1));
        assert_eq!(time(summer_midnight, Language::French), "0\u{a0}h\u{a0}30");
        assert_eq!(time(summer_midnight, Language::English), "0:30");
    }
}
