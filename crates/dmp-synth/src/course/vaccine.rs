//! Vaccines with their ATC code and the calendar that gives the shots of a life.

use jiff::civil::Date;

use crate::draw::Draw;

/// A vaccine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vaccine {
    pub label: &'static str,
    pub atc: &'static str,
    pub atc_label: &'static str,
    /// Diseases, as the table of a vaccination history names them.
    pub against: &'static str,
}

/// A shot that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shot {
    pub day: Date,
    pub vaccine: Vaccine,
    pub rank: u8,
    pub booster: bool,
    pub lot: u32,
}

const fn vaccine(label: &'static str, atc: &'static str, atc_label: &'static str, against: &'static str) -> Vaccine {
    Vaccine { label, atc, atc_label, against }
}

const HEXAVALENT: Vaccine = vaccine(
    "Vaccin hexavalent, suspension injectable",
    "J07CA09",
    "Diphtérie, haemophilus influenzae b, coqueluche, poliomyélite, tétanos, hépatite B",
    "diphtérie, tétanos, poliomyélite, coqueluche, Hib, hépatite B",
);
const PNEUMOCOCCUS: Vaccine = vaccine(
    "Vaccin pneumococcique conjugué, suspension injectable",
    "J07AL02",
    "Pneumocoque, antigène polysaccharidique purifié, conjugué",
    "infections à pneumocoque",
);
const MENINGOCOCCUS: Vaccine = vaccine(
    "Vaccin méningococcique C conjugué, suspension injectable",
    "J07AH07",
    "Méningocoque C, antigène polysaccharidique purifié, conjugué",
    "infections à méningocoque C",
);
const MEASLES: Vaccine = vaccine(
    "Vaccin rougeoleux, ourlien et rubéoleux, poudre injectable",
    "J07BD52",
    "Rougeole, oreillons et rubéole, virus vivants atténués",
    "rougeole, oreillons, rubéole",
);
const TETRAVALENT: Vaccine = vaccine(
    "Vaccin diphtérique, tétanique, coquelucheux et poliomyélitique, suspension injectable",
    "J07CA02",
    "Diphtérie, coqueluche, poliomyélite et tétanos",
    "diphtérie, tétanos, poliomyélite, coqueluche",
);
const BOOSTER: Vaccine = vaccine(
    "Vaccin diphtérique, tétanique et poliomyélitique, suspension injectable",
    "J07CA01",
    "Diphtérie, poliomyélite et tétanos",
    "diphtérie, tétanos, poliomyélite",
);
const PAPILLOMA: Vaccine = vaccine(
    "Vaccin papillomavirus 9-valent, suspension injectable",
    "J07BM03",
    "Papillomavirus (types humains 6, 11, 16, 18, 31, 33, 45, 52, 58)",
    "infections à papillomavirus humains",
);
const INFLUENZA: Vaccine =
    vaccine("Vaccin grippal à virion fragmenté, suspension injectable", "J07BB02", "Grippe, antigènes purifiés", "grippe saisonnière");
const COVID: Vaccine = vaccine("Vaccin à ARNm contre la Covid-19, dispersion injectable", "J07BN01", "Covid-19, vaccin à ARN", "Covid-19");
const ZOSTER: Vaccine = vaccine("Vaccin zona recombinant, poudre et suspension injectables", "J07BK03", "Zona, antigène purifié", "zona");

/// Age in months, vaccine, rank, booster.
const CHILDHOOD: [(i32, Vaccine, u8, bool); 13] = [
    (2, HEXAVALENT, 1, false),
    (2, PNEUMOCOCCUS, 1, false),
    (4, HEXAVALENT, 2, false),
    (4, PNEUMOCOCCUS, 2, false),
    (5, MENINGOCOCCUS, 1, false),
    (11, HEXAVALENT, 3, true),
    (11, PNEUMOCOCCUS, 3, true),
    (12, MEASLES, 1, false),
    (12, MENINGOCOCCUS, 2, true),
    (17, MEASLES, 2, false),
    (74, TETRAVALENT, 1, true),
    (138, PAPILLOMA, 1, false),
    (144, TETRAVALENT, 2, true),
];
const ADULT: [(i32, Vaccine, u8, bool); 5] = [
    (25 * 12 + 2, TETRAVALENT, 3, true),
    (45 * 12 + 3, BOOSTER, 4, true),
    (65 * 12 + 1, BOOSTER, 5, true),
    (66 * 12, ZOSTER, 1, false),
    (66 * 12 + 3, ZOSTER, 2, false),
];

/// Every shot until `today`, oldest first. Vaccination against influenza starts at 65, Covid-19 in 2021.
pub(crate) fn shots(draw: &mut Draw, born: Date, today: Date) -> Vec<Shot> {
    let mut shots = Vec::new();
    let mut add = |draw: &mut Draw, day: Option<Date>, vaccine: Vaccine, rank: u8, booster: bool| {
        if let Some(day) = day.filter(|day| *day < today && *day > born) {
            shots.push(Shot { day, vaccine, rank, booster, lot: 100_000 + draw.below(900_000) });
        }
    };
    for (months, vaccine, rank, booster) in CHILDHOOD.into_iter().chain(ADULT) {
        let shift = draw.between(0, if months > 200 { 200 } else { 20 });
        let day = born.checked_add(jiff::Span::new().months(months).days(shift)).ok();
        let invented_before = match vaccine.atc {
            "J07BK03" => 2024,
            "J07BM03" => 2019,
            "J07CA09" | "J07AL02" | "J07AH07" => 2008,
            _ => 1970,
        };
        add(draw, day.filter(|day| day.year() >= invented_before), vaccine, rank, booster);
    }
    for year in today.year() - 10..=today.year() {
        if year - born.year() >= 65 && draw.chance(70) {
            let day = Date::new(year, 10, 15).ok().and_then(|day| day.checked_add(jiff::Span::new().days(draw.between(0, 35))).ok());
            add(draw, day, INFLUENZA, 1, false);
        }
    }
    if 2021 - born.year() >= 12 && draw.chance(85) {
        for (rank, (year, month)) in [(2021, 5), (2021, 6), (2022, 1)].into_iter().enumerate() {
            let day = Date::new(year, month, i8::try_from(draw.between(1, 28)).unwrap_or(1)).ok();
            add(draw, day, COVID, u8::try_from(rank + 1).unwrap_or(1), rank == 2);
        }
    }
    shots.sort_by_key(|shot| shot.day);
    shots
}
