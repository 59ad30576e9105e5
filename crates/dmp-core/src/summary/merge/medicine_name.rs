//! The name of a medicine without its strength, form, box and maker: what makes "CRESTOR 5MG CPR9/10" and "Crestor 10 mg, comprimé" one treatment.

use super::super::words;

/// Words of forms and boxes, normalised. A name ends before the first of them.
const FORMS: [&str; 62] = [
    "cpr",
    "cp",
    "comprime",
    "comp",
    "gel",
    "gelu",
    "gelule",
    "gele",
    "cap",
    "capsule",
    "capsul",
    "sach",
    "sachet",
    "sol",
    "solution",
    "solute",
    "susp",
    "suspension",
    "sirop",
    "inj",
    "injectable",
    "pdr",
    "poudre",
    "pd",
    "crem",
    "creme",
    "pommade",
    "pom",
    "collyre",
    "coll",
    "suppo",
    "suppositoire",
    "gtte",
    "goutte",
    "buv",
    "buvable",
    "amp",
    "ampoule",
    "fl",
    "flacon",
    "stylo",
    "seringue",
    "ser",
    "cartouche",
    "cart",
    "patch",
    "dispositif",
    "disp",
    "aerosol",
    "inhal",
    "spray",
    "pulverisation",
    "orodispersible",
    "effervescent",
    "eff",
    "pellicule",
    "pell",
    "secable",
    "sec",
    "nasal",
    "bt",
    "boite",
];

/// Makers of generics and marks of a form with slow release: no part of the name.
const MAKERS: [&str; 44] = [
    "biogaran",
    "bgr",
    "mylan",
    "myl",
    "viatri",
    "teva",
    "tvc",
    "sandoz",
    "sdz",
    "arrow",
    "arw",
    "zentiva",
    "zen",
    "eg",
    "labo",
    "crister",
    "crt",
    "almu",
    "zydu",
    "zyd",
    "ranbaxy",
    "rby",
    "sun",
    "accord",
    "acc",
    "qualimed",
    "ratiopharm",
    "rtp",
    "winthrop",
    "win",
    "evolugen",
    "evl",
    "krka",
    "krk",
    "hc",
    "substipharm",
    "actavi",
    "cooper",
    "alter",
    "ahcl",
    "aurobindo",
    "lp",
    "lib",
    "prolongee",
];

/// Salts and water: the same substance with and without.
const SALTS: [&str; 28] = [
    "chlorhydrate",
    "hydrochloride",
    "bromhydrate",
    "maleate",
    "mesilate",
    "besilate",
    "tosilate",
    "tartrate",
    "bitartrate",
    "fumarate",
    "succinate",
    "sulfate",
    "phosphate",
    "acetate",
    "citrate",
    "nitrate",
    "sodique",
    "potassique",
    "calcique",
    "magnesique",
    "anhydre",
    "monohydrate",
    "dihydrate",
    "trihydrate",
    "hemihydrate",
    "sesquihydrate",
    "arginine",
    "tert",
];

/// The name of a product in words that are the same for every strength, form and maker; the words are sorted.
/// Of a generic it is the substance's own name.
pub(super) fn of_label(label: &str) -> String {
    let normal = words::normal(label);
    let mut name: Vec<&str> = normal.split(' ').take_while(|word| !ends_name(word)).filter(|word| !is_noise(word)).collect();
    if name.is_empty() {
        name = normal.split(' ').filter(|word| !word.is_empty()).collect();
    }
    sorted(name)
}

/// The name of a list of substances, in any order, with or without their salts.
pub(super) fn of_substances<'a>(substances: impl Iterator<Item = &'a str>) -> String {
    let normal: Vec<String> = substances.map(words::normal).collect();
    let all = || normal.iter().flat_map(|name| name.split(' ')).filter(|word| !word.is_empty());
    let mut name: Vec<&str> = all().filter(|word| !SALTS.contains(word)).collect();
    if name.is_empty() {
        name = all().collect();
    }
    sorted(name)
}

/// Units of mass, in micrograms.
const MASSES: [(&str, f64); 8] =
    [("mg", 1e3), ("milligramme", 1e3), ("µg", 1.0), ("μg", 1.0), ("mcg", 1.0), ("microgramme", 1.0), ("gramme", 1e6), ("g", 1e6)];

/// The first strength in mass that a label names, in thousandths of a microgram: "75 µg", "12,5MCG", "1 000 mg".
pub(super) fn strength(label: &str) -> Option<u64> {
    let label = label.to_lowercase();
    let mut rest = label.as_str();
    while let Some(start) = rest.find(|one: char| one.is_ascii_digit()) {
        let from = rest.get(start..)?;
        let is_of_number = |one: char| one.is_ascii_digit() || matches!(one, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}');
        let (number, after) = from.split_at(from.find(|one| !is_of_number(one)).unwrap_or(from.len()));
        let unit: String = after.chars().take_while(|one| one.is_alphabetic()).collect();
        let factor = MASSES.iter().find(|(name, _)| unit == *name || unit.strip_suffix('s') == Some(name)).map(|(_, factor)| factor);
        let number: String = number.chars().filter(|one| !one.is_whitespace()).map(|one| if one == ',' { '.' } else { one }).collect();
        if let (Some(factor), Ok(value)) = (factor, number.trim_end_matches('.').parse::<f64>()) {
            let thousandths = (value * factor * 1e3).round();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1e15 by the line before")]
            return (0.0..1e15).contains(&thousandths).then_some(thousandths as u64);
        }
        rest = after;
    }
    None
}

fn sorted(mut name: Vec<&str>) -> String {
    name.sort_unstable();
    name.dedup();
    name.join(" ")
}

/// A strength ("5mg", "1") or a form ("cpr9", "gelule"). A vitamin's number ("d3", "b12") belongs to the name.
fn ends_name(word: &str) -> bool {
    word.starts_with(|one: char| one.is_ascii_digit()) || FORMS.contains(&word.trim_end_matches(|one: char| one.is_ascii_digit()))
}

fn is_noise(word: &str) -> bool {
    MAKERS.contains(&word) || SALTS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_are_no_name_are_written_as_they_are_compared() {
        for word in FORMS.iter().chain(&MAKERS).chain(&SALTS) {
            assert_eq!(words::normal(word), *word);
        }
    }

    #[test]
    fn strength_form_box_and_maker_are_no_part_of_a_name() {
        for (label, name) in [
            ("CRESTOR 5MG CPR9/10", "crestor"),
            ("Crestor 10 mg, comprimé pelliculé", "crestor"),
            ("PARACETAMOL BIOGARAN 1 g, comprimé", "paracetamol"),
            ("METFORMINE EG LP 500MG CPR", "metformine"),
            ("LUDEAL CPR3/21", "ludeal"),
            ("OMEPRAZOLE CAPS 20 mg", "omeprazole"),
            ("ACUPAN soluté injectable", "acupan"),
            ("AMOXICILLINE/ACIDE CLAVULANIQUE ARROW 1 g/125 mg", "acide amoxicilline clavulanique"),
            ("VITAMINE D3 BON 200 000 UI", "bon d3 vitamine"),
        ] {
            assert_eq!(of_label(label), name, "{label}");
        }
    }

    #[test]
    fn substances_are_the_same_in_any_order_and_salt() {
        assert_eq!(of_substances(["Acide clavulanique", "AMOXICILLINE"].into_iter()), of_label("AMOXICILLINE/ACIDE CLAVULANIQUE ARROW 1 g"));
        assert_eq!(of_substances(["chlorhydrate de metformine"].into_iter()), of_substances(["METFORMINE"].into_iter()));
        assert_eq!(of_substances(["phosphate"].into_iter()), "phosphate", "a salt that is the medicine itself keeps its name");
    }

    #[test]
    fn a_name_that_is_nothing_but_a_strength_stays_as_it_is() {
        assert_eq!(of_label("5 mg"), "5 mg");
        assert_eq!(of_label(""), "");
    }
}
