//! One value: its words, its range, and how it stands to it.

use dmp_core::summary::{Point, Series, Value};

use crate::{Lang, numbers, words};

/// How a value stands to the range that its source gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Far outside, by the source's word.
    Alarming,
    Above,
    Below,
    /// The source says that it is not as usual, without a side.
    Unusual,
    Within,
    /// No range, or words.
    Unknown,
}

impl Standing {
    /// By the source's own interpretation; without one, by its range.
    pub fn of(point: &Point) -> Self {
        point.interpretation.iter().find_map(|code| by_code(code)).unwrap_or_else(|| by_range(point))
    }

    /// Whether it asks for attention.
    pub fn is_outside(self) -> bool {
        matches!(self, Standing::Alarming | Standing::Above | Standing::Below | Standing::Unusual)
    }

    /// « ▲ au-dessus »: a sign and a word, never a colour alone.
    pub fn words(self, lang: &Lang) -> &'static str {
        let (fr, en) = match self {
            Standing::Alarming => ("‼ très anormal", "‼ very abnormal"),
            Standing::Above => ("▲ au-dessus de l'habituel", "▲ above usual"),
            Standing::Below => ("▼ au-dessous de l'habituel", "▼ below usual"),
            Standing::Unusual => ("! inhabituel", "! unusual"),
            Standing::Within => ("habituel", "usual"),
            Standing::Unknown => ("", ""),
        };
        lang.pick(fr, en)
    }

    pub(crate) fn sign(self) -> &'static str {
        match self {
            Standing::Alarming => "‼",
            Standing::Above => "▲",
            Standing::Below => "▼",
            Standing::Unusual => "!",
            Standing::Within | Standing::Unknown => "",
        }
    }
}

/// HL7 interpretation codes that say how a value stands.
fn by_code(code: &str) -> Option<Standing> {
    match code.trim() {
        "HH" | "LL" | "AA" | "HU" | "LU" | "H>" | "L<" => Some(Standing::Alarming),
        "H" => Some(Standing::Above),
        "L" => Some(Standing::Below),
        "A" | "POS" => Some(Standing::Unusual),
        "N" | "NEG" => Some(Standing::Within),
        _ => None,
    }
}

/// A value with a comparator (« < 0,01 ») is judged only where no doubt is left.
fn by_range(point: &Point) -> Standing {
    let Some(number) = point.number.filter(|number| number.is_finite()) else { return Standing::Unknown };
    let comparator = match &point.value {
        Value::Quantity { comparator, .. } => comparator.trim(),
        Value::Coded(_) | Value::Text(_) | Value::None => "",
    };
    let (at_least, at_most) = (!comparator.starts_with('<'), !comparator.starts_with('>'));
    match (point.low, point.high) {
        (None, None) => Standing::Unknown,
        (_, Some(high)) if at_least && (number > high || (comparator == ">" && number >= high)) => Standing::Above,
        (Some(low), _) if at_most && (number < low || (comparator == "<" && number <= low)) => Standing::Below,
        (low, high) if (at_least || low.is_none()) && (at_most || high.is_none()) => Standing::Within,
        _ => Standing::Unknown,
    }
}

/// Who measured it: the laboratory or place, or that the person says so; empty when nobody is named.
pub(super) fn by_words(point: &Point, lang: Lang) -> String {
    if point.source.is_the_persons() { lang.pick("dit par la personne", "said by the person").to_owned() } else { words::clean(&point.by) }
}

/// The value in the unit of its series, or in its words.
pub(super) fn value_words(series: &Series, point: &Point, lang: Lang) -> String {
    match &point.value {
        Value::Quantity { comparator, number, unit } => match point.number.filter(|_| point.converted) {
            Some(reckoned) => quantity(comparator, &numbers::number(reckoned, lang), &series.unit, lang),
            None => quantity(comparator, &numbers::written(number, lang), unit, lang),
        },
        Value::Coded(concept) => words::clean(&concept.text),
        Value::Text(text) => words::clean(text),
        Value::None => lang.pick("sans valeur", "no value").to_owned(),
    }
}

/// « converti de 0,95 g/L ».
pub(super) fn converted_words(point: &Point, lang: Lang) -> Option<String> {
    match &point.value {
        Value::Quantity { comparator, number, unit } if point.converted => {
            let written = quantity(comparator, &numbers::written(number, lang), unit, lang);
            Some(format!("{} {written}", lang.pick("converti de", "converted from")))
        }
        Value::Quantity { .. } | Value::Coded(_) | Value::Text(_) | Value::None => None,
    }
}

fn quantity(comparator: &str, number: &str, unit: &str, lang: Lang) -> String {
    let parts = [words::clean(comparator), number.to_owned(), numbers::unit(unit, lang)];
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\u{a0}")
}

/// « de 4 à 6 », « au plus 6 », or the source's words. Empty without a range.
pub(super) fn range_words(point: &Point, lang: Lang) -> String {
    let usable = |bound: Option<f64>| bound.filter(|bound| bound.is_finite());
    let written = |text: Option<&String>, bound: f64| match text {
        Some(text) if !point.converted => numbers::written(text, lang),
        _ => numbers::number(bound, lang),
    };
    let range = point.range.as_ref();
    let low = usable(point.low).map(|low| written(range.and_then(|range| range.low.as_ref()), low));
    let high = usable(point.high).map(|high| written(range.and_then(|range| range.high.as_ref()), high));
    match (low, high) {
        (Some(low), Some(high)) => format!("{} {low} {} {high}", lang.pick("de", "from"), lang.pick("à", "to")),
        (None, Some(high)) => format!("{} {high}", lang.pick("au plus", "at most")),
        (Some(low), None) => format!("{} {low}", lang.pick("au moins", "at least")),
        (None, None) => range.map(|range| words::clean(&range.text)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Series, Point) {
        let series = dmp_core::summary::samples::rich().results.remove(0);
        let point = series.points[0].clone();
        (series, point)
    }

    fn judged(comparator: &str, number: f64, low: Option<f64>, high: Option<f64>) -> Standing {
        let (_, point) = sample();
        let value = Value::Quantity { comparator: comparator.into(), number: number.to_string(), unit: "%".into() };
        Standing::of(&Point { value, number: Some(number), low, high, interpretation: Vec::new(), ..point })
    }

    #[test]
    fn a_value_is_judged_by_its_range_and_not_beyond_doubt() {
        let (low, high) = (Some(4.0), Some(6.0));
        for (comparator, number, expected) in [
            ("", 6.1, Standing::Above),
            ("", 6.0, Standing::Within),
            ("", 3.9, Standing::Below),
            (">", 6.0, Standing::Above),
            (">", 5.0, Standing::Unknown),
            ("<", 4.0, Standing::Below),
            ("<", 5.0, Standing::Unknown),
            (">=", 6.0, Standing::Unknown),
            ("", f64::NAN, Standing::Unknown),
        ] {
            assert_eq!(judged(comparator, number, low, high), expected, "{comparator}{number}");
        }
        assert_eq!(judged("<", 5.0, None, high), Standing::Within);
        assert_eq!(judged("", 5.0, None, None), Standing::Unknown);
    }

    #[test]
    fn the_source_s_own_word_comes_first() {
        let (_, point) = sample();
        let with = |code: &str| Standing::of(&Point { interpretation: vec![code.into()], low: None, high: Some(100.0), ..point.clone() });
        assert_eq!(with("HH"), Standing::Alarming);
        assert_eq!(with("L"), Standing::Below);
        assert_eq!(with("?"), Standing::Within);
    }

    #[test]
    fn a_converted_value_says_what_it_was() {
        let (mut series, mut point) = sample();
        series.unit = "mmol/L".into();
        point.value = Value::Quantity { comparator: String::new(), number: "0.95".into(), unit: "g/L".into() };
        (point.number, point.converted) = (Some(5.2729), true);
        assert_eq!(value_words(&series, &point, Lang::Fr), "5,273\u{a0}mmol/L");
        assert_eq!(converted_words(&point, Lang::Fr).unwrap(), "converti de 0,95\u{a0}g/L");
        assert!(converted_words(&Point { converted: false, ..point }, Lang::Fr).is_none());
    }

    #[test]
    fn a_range_is_words() {
        let (_, point) = sample();
        let words = |low, high| range_words(&Point { low, high, range: None, ..point.clone() }, Lang::Fr);
        assert_eq!(words(Some(4.0), Some(6.5)), "de 4 à 6,5");
        assert_eq!(words(None, Some(6.5)), "au plus 6,5");
        assert_eq!(words(Some(4.0), None), "au moins 4");
        assert_eq!(words(Some(f64::NAN), None), "");
    }
}
