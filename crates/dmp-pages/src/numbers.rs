//! Numbers and units as people read them: a decimal comma in French, UCUM units in their printed form.

use dmp_core::summary::printed;

use crate::Lang;

/// Significant digits of a number that was reckoned.
const DIGITS: i32 = 4;

/// A reckoned number: four significant digits, thousands apart, powers of ten for the very large and the very small; « – » for what is no number.
pub(crate) fn number(value: f64, lang: Lang) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let size = value.abs();
    if size > 0.0 && !(1e-4..1e9).contains(&size) {
        return power_of_ten(value, lang);
    }
    let whole_digits = if size < 1.0 { 0 } else { decimal_places(size) };
    let places = usize::try_from((DIGITS - whole_digits).clamp(0, 6)).unwrap_or_default();
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text.as_str() };
    grouped(text, lang)
}

/// How many digits stand before the point, for sizes from 1 to 10⁹.
fn decimal_places(size: f64) -> i32 {
    (1..=10).find(|digits| size < 10_f64.powi(*digits)).unwrap_or(10)
}

/// A count, thousands apart.
pub(crate) fn whole(count: i64, lang: Lang) -> String {
    grouped(&count.to_string(), lang)
}

fn grouped(text: &str, lang: Lang) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(lang.pick("\u{202f}", ","));
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push_str(lang.pick(",", "."));
        out.push_str(fraction);
    }
    out
}

fn power_of_ten(value: f64, lang: Lang) -> String {
    let text = format!("{value:.2e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text.as_str(), "0"));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.').replace('.', lang.pick(",", "."));
    let raised: String = exponent.chars().map(superscript).collect();
    format!("{mantissa}\u{a0}×\u{a0}10{raised}")
}

fn superscript(digit: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match digit.to_digit(10).and_then(|digit| RAISED.get(digit as usize)) {
        Some(raised) => *raised,
        None => '⁻',
    }
}

/// A number as its source wrote it, with the decimal sign of the language; words stay as they are.
pub(crate) fn written(text: &str, lang: Lang) -> String {
    crate::words::clean(&printed::number(text, lang.into()))
}

/// A unit as printed: « mmHg » for `mm[Hg]`, « µmol/L » for `umol/L`.
pub(crate) fn unit(ucum: &str, lang: Lang) -> String {
    crate::words::clean(&printed::unit(ucum, lang.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(value: f64, lang: Lang) -> String {
        number(value, lang).replace(['\u{202f}', '\u{a0}'], " ")
    }

    #[test]
    fn a_reckoned_number_has_four_significant_digits_and_a_comma() {
        for (value, fr) in
            [(5.2729, "5,273"), (0.95, "0,95"), (6.0, "6"), (100.0, "100"), (-1.5, "-1,5"), (12345.6, "12 346"), (0.0, "0"), (0.00123456, "0,0012")]
        {
            assert_eq!(plain(value, Lang::Fr), fr, "{value}");
        }
        assert_eq!(plain(1234567.0, Lang::En), "1,234,567");
    }

    #[test]
    fn the_huge_the_tiny_and_what_is_no_number_are_written_too() {
        assert_eq!(plain(1.5e300, Lang::Fr), "1,5 × 10³⁰⁰");
        assert_eq!(plain(5e-324, Lang::En), "4.94 × 10⁻³²⁴");
        assert_eq!(plain(f64::NAN, Lang::Fr), "–");
        assert_eq!(plain(f64::NEG_INFINITY, Lang::En), "–");
    }

    #[test]
    fn a_written_number_keeps_its_digits() {
        assert_eq!(written("6.80", Lang::Fr), "6,80");
        assert_eq!(written("6,80", Lang::En), "6.80");
        assert_eq!(written("1.000.000", Lang::Fr), "1.000.000");
        assert_eq!(written("<b>\u{202e}", Lang::Fr), "<b>");
    }

    #[test]
    fn units_are_printed_as_laboratories_do() {
        for (ucum, fr) in [("mm[Hg]", "mmHg"), ("umol/L", "µmol/L"), ("m[IU]/L", "mUI/L"), ("mmol/L{fasting}", "mmol/L"), ("%", "%"), ("", "")] {
            assert_eq!(unit(ucum, Lang::Fr), fr, "{ucum}");
        }
    }
}
