//! Dates in words, in the time of Paris.

use dmp_core::calendar::{self, in_paris};
use dmp_core::moment::Moment;
use dmp_core::summary::When;
use jiff::civil::Date;

use crate::Lang;

/// The day in Paris.
pub fn day(at: Moment) -> Date {
    in_paris(at).date()
}

fn month_name(month: i8, lang: Lang) -> &'static str {
    calendar::month_name(month, lang.into()).unwrap_or_default()
}

/// « 3 mars 2026 », « 1er mars 2026 »; "3 March 2026".
pub fn date(at: Moment, lang: Lang) -> String {
    civil_date(day(at), lang)
}

fn civil_date(day: Date, lang: Lang) -> String {
    let number = match (lang, day.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (_, number) => number.to_string(),
    };
    format!("{number}\u{a0}{} {}", month_name(day.month(), lang), day.year())
}

/// « mars 2026 », with a capital as a heading.
pub fn month(at: Moment, lang: Lang) -> String {
    let day = day(at);
    let name = month_name(day.month(), lang);
    let mut letters = name.chars();
    let capital: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{capital}{} {}", letters.as_str(), day.year())
}

/// « 14 h 05 »; "14:05".
pub fn time(at: Moment, lang: Lang) -> String {
    let zoned = in_paris(at);
    match lang {
        Lang::Fr => format!("{}\u{a0}h\u{a0}{:02}", zoned.hour(), zoned.minute()),
        Lang::En => format!("{}:{:02}", zoned.hour(), zoned.minute()),
    }
}

/// « 3 mars 2026 à 14 h 05 »; "3 March 2026 at 14:05".
pub fn date_time(at: Moment, lang: Lang) -> String {
    format!("{} {} {}", date(at, lang), lang.pick("à", "at"), time(at, lang))
}

/// Machine form for `<time datetime>`.
pub fn machine(at: Moment) -> String {
    at.to_rfc3339()
}

/// A birth date as much as is known: « 28 mars 1979 », « mars 1979 », « 1979 ».
pub fn birth_date(birth: dmp_core::identity::BirthDate, lang: Lang) -> String {
    let month = i8::try_from(birth.month).unwrap_or_default();
    match (birth.month, birth.day) {
        (0, _) => birth.year.to_string(),
        (_, 0) => format!("{} {}", month_name(month, lang), birth.year),
        (_, day) => match Date::new(birth.year, month, i8::try_from(day).unwrap_or_default()) {
            Ok(date) => civil_date(date, lang),
            Err(_) => birth.to_iso(),
        },
    }
}

/// A document's date as far as it is known: « 28 mars 1979 », « mars 1979 », « 1979 ».
pub fn when(when: When, lang: Lang) -> String {
    let month = i8::try_from(when.month).unwrap_or_default();
    match (when.month, when.day) {
        (0, _) => when.year.to_string(),
        (_, 0) => format!("{} {}", month_name(month, lang), when.year),
        (_, day) => match Date::new(when.year, month, i8::try_from(day).unwrap_or_default()) {
            Ok(date) => civil_date(date, lang),
            Err(_) => when.to_iso(),
        },
    }
}

/// « le 28 mars 1979 », « en mars 1979 »; "on 28 March 1979", "in 1979".
pub fn on(date: When, lang: Lang) -> String {
    let word = if date.day > 0 { lang.pick("le", "on") } else { lang.pick("en", "in") };
    format!("{word} {}", when(date, lang))
}

/// « depuis le 28 mars 1979 », « depuis 1979 »; "since 28 March 1979".
pub fn since(date: When, lang: Lang) -> String {
    let words = when(date, lang);
    match lang {
        Lang::Fr if date.day > 0 => format!("depuis le {words}"),
        Lang::Fr => format!("depuis {words}"),
        Lang::En => format!("since {words}"),
    }
}

/// « 28/03/1979 », « 03/1979 », « 1979 »; "28 Mar 1979": for tables.
pub fn short(date: When, lang: Lang) -> String {
    match (lang, date.month, date.day) {
        (_, 0, _) => date.year.to_string(),
        (Lang::Fr, month, 0) => format!("{month:02}/{}", date.year),
        (Lang::Fr, month, day) => format!("{day:02}/{month:02}/{}", date.year),
        (Lang::En, month, day) => {
            let name: String = month_name(i8::try_from(month).unwrap_or_default(), lang).chars().take(3).collect();
            let day = if day > 0 { format!("{day}\u{a0}") } else { String::new() };
            format!("{day}{name} {}", date.year)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::identity::BirthDate;

    fn at(text: &str) -> Moment {
        Moment::parse_fhir(text).unwrap()
    }

    #[test]
    fn hours_are_those_of_paris_in_winter_and_in_summer() {
        assert_eq!(date_time(at("2026-03-03T13:05:00Z"), Lang::Fr).replace('\u{a0}', " "), "3 mars 2026 à 14 h 05");
        assert_eq!(date_time(at("2026-07-31T22:30:00Z"), Lang::Fr).replace('\u{a0}', " "), "1er août 2026 à 0 h 30");
        assert_eq!(date_time(at("2026-07-31T22:30:00Z"), Lang::En).replace('\u{a0}', " "), "1 August 2026 at 0:30");
    }

    #[test]
    fn a_month_heading_has_a_capital() {
        assert_eq!(month(at("2026-02-15T10:00:00Z"), Lang::Fr), "Février 2026");
        assert_eq!(month(at("2026-12-15T10:00:00Z"), Lang::En), "December 2026");
        assert_eq!(month(at("2026-04-15T10:00:00Z"), Lang::Fr), "Avril 2026");
    }

    #[test]
    fn a_birth_date_is_written_as_far_as_it_is_known() {
        for (iso, words) in [("1979-03-28", "28 mars 1979"), ("1979-03", "mars 1979"), ("1979", "1979"), ("2001-01-01", "1er janvier 2001")] {
            assert_eq!(birth_date(BirthDate::parse(iso).unwrap(), Lang::Fr).replace('\u{a0}', " "), words);
        }
    }

    #[test]
    fn a_document_s_date_is_as_vague_as_it_was_written() {
        let [day, month, year] = ["20190501", "201905", "2019"].map(|text| When::from_hl7(text).unwrap());
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(plain(on(day, Lang::Fr)), "le 1er mai 2019");
        assert_eq!(plain(on(month, Lang::Fr)), "en mai 2019");
        assert_eq!(plain(on(year, Lang::En)), "in 2019");
        assert_eq!(plain(since(day, Lang::Fr)), "depuis le 1er mai 2019");
        assert_eq!(plain(since(year, Lang::Fr)), "depuis 2019");
        assert_eq!(plain(short(day, Lang::Fr)), "01/05/2019");
        assert_eq!(plain(short(month, Lang::Fr)), "05/2019");
        assert_eq!(plain(short(day, Lang::En)), "1 May 2019");
        assert_eq!(when(When { year: 2019, month: 2, day: 31, minute: None }, Lang::Fr), "2019-02-31");
    }
}
