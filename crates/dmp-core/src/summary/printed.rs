//! Numbers and units as people read them, on screen and on paper: a decimal comma in French, UCUM units in their printed form.

use crate::record::Language;

/// UCUM units whose printed form is another one: UCUM, French, English.
#[rustfmt::skip]
const UNITS: [(&str, &str, &str); 24] = [
    ("mm[Hg]", "mmHg", "mmHg"), ("Cel", "°C", "°C"), ("[degF]", "°F", "°F"), ("10*9/L", "G/L", "10⁹/L"), ("10*12/L", "T/L", "10¹²/L"),
    ("10*3/uL", "10³/µL", "10³/µL"), ("10*6/uL", "10⁶/µL", "10⁶/µL"), ("[IU]/L", "UI/L", "IU/L"), ("[IU]/mL", "UI/mL", "IU/mL"), ("m[IU]/L", "mUI/L", "mIU/L"),
    ("u[IU]/mL", "µUI/mL", "µIU/mL"), ("k[IU]/L", "kUI/L", "kIU/L"), ("U/L", "U/L", "U/L"), ("/min", "/min", "/min"), ("{score}", "points", "points"),
    ("1", "", ""), ("a", "ans", "years"), ("wk", "semaines", "weeks"), ("d", "jours", "days"), ("mL/min/{1.73_m2}", "mL/min/1,73 m²", "mL/min/1.73 m²"),
    ("[arb'U]/mL", "UA/mL", "AU/mL"), ("[arb'U]/L", "UA/L", "AU/L"), ("kg/m2", "kg/m²", "kg/m²"), ("mm/h", "mm/h", "mm/h"),
];

/// A unit as printed: « mmHg » for `mm[Hg]`, « µmol/L » for `umol/L`. Annotations in braces are left out, and no code of UCUM stays.
pub fn unit(ucum: &str, language: Language) -> String {
    let ucum = ucum.trim();
    if let Some(row) = UNITS.iter().find(|row| row.0 == ucum) {
        return pick(language, row.1, row.2).to_owned();
    }
    let ucum =
        ucum.replace("[IU]", pick(language, "UI", "IU")).replace("[iU]", pick(language, "UI", "IU")).replace("[arb'U]", pick(language, "UA", "AU"));
    let mut plain = String::new();
    let mut inside = false;
    for letter in ucum.chars() {
        match letter {
            '{' => inside = true,
            '}' => inside = false,
            '[' | ']' => {}
            _ if !inside => plain.push(letter),
            _ => {}
        }
    }
    let micro = ["ug", "umol", "uL", "um"].iter().any(|prefix| plain.starts_with(prefix));
    if micro { plain.replacen('u', "µ", 1) } else { plain }
}

/// A number as its source wrote it, with the decimal sign of the language; words stay as they are.
pub fn number(text: &str, language: Language) -> String {
    let text = text.trim();
    let plain = text.replace(',', ".");
    if plain.parse::<f64>().is_err() || text.matches([',', '.']).count() > 1 {
        return text.to_owned();
    }
    plain.replace('.', pick(language, ",", "."))
}

fn pick<'t>(language: Language, french: &'t str, english: &'t str) -> &'t str {
    match language {
        Language::French => french,
        Language::English => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_of_ucum_is_printed() {
        let all = UNITS.iter().map(|row| row.0).chain(["[arb'U]/mL", "k[IU]/L", "mL/min/{1.73_m2}", "mmol/L{fasting}", "ug/[car_Bet]", "10*9/L"]);
        for ucum in all {
            for language in [Language::French, Language::English] {
                let printed = unit(ucum, language);
                assert!(!printed.contains(['[', ']', '{', '}', '\'', '*']), "{ucum}: {printed}");
            }
        }
        assert_eq!(unit("mL/min/{1.73_m2}", Language::French), "mL/min/1,73 m²");
        assert_eq!((unit("10*9/L", Language::French), unit("ug/L", Language::French)), ("G/L".into(), "µg/L".into()));
        assert_eq!((number("6.80", Language::French), number("6,80", Language::English)), ("6,80".into(), "6.80".into()));
    }
}
