//! Samples of the results, of the search and of the emergency card.

use dmp_core::summary::{Point, Series, Summary, When, samples};

use super::documents::{doctor, long_document};
use super::summary::{contradictory, full, laboratories, many, minor, proof};
use super::{LONG_NAME, days_ago, person_shell, professional_shell, representative_shell};
use crate::{
    AnalytePage, CardCode, CardContext, EmergencyCard, Lang, Part, PartContext, PartPage, Reader, ResultsContext, ResultsPage, SearchBox,
    SearchHitLine, SearchOutcome, SearchPage, Shell,
};

fn context(lang: Lang, reader: Reader) -> ResultsContext<'static> {
    let (shell, home): (Shell, &str) = match reader {
        Reader::Person => (person_shell(lang, "/results"), "/"),
        Reader::Other => (representative_shell(lang, "/results"), "/"),
        Reader::Professional => (professional_shell(lang, "/pro/patients/p1/results"), "/pro/patients/p1"),
    };
    let results = format!("{}/results", home.trim_end_matches('/'));
    ResultsContext { shell, person: "Nadia EXEMPLE".into(), reader, home: home.into(), results, proof: &proof }
}

/// Many points, most of them in a year, in one series.
fn long_series() -> Series {
    let mut series = laboratories();
    let point = series.points.pop();
    let day = |number: u16| When::day(2016 + i16::try_from(number / 50).unwrap_or(0), u8::try_from(number % 12).unwrap_or(0) + 1, 3);
    let value = |number: u16| 4.0 + f64::from(number % 23) / 5.0;
    series.points = point
        .into_iter()
        .flat_map(|point| (0..500).map(move |number| Point { when: day(number), number: Some(value(number)), ..point.clone() }))
        .collect();
    series.points.sort_by_key(|point| point.when);
    series
}

impl ResultsPage {
    /// Full for each reader, empty, hostile.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ResultsPage)> {
        let page = |reader, series: &[Series]| ResultsPage::of(context(lang, reader), series);
        vec![
            ("empty", page(Reader::Person, &[])),
            ("hostile", page(Reader::Person, &samples::hostile().results)),
            ("representative", page(Reader::Other, &full().results)),
            ("pro", page(Reader::Professional, &full().results)),
            ("full", page(Reader::Person, &full().results)),
        ]
    }
}

impl PartPage {
    /// Each part full, empty, with many and with contradicted lines, hostile, of a child.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PartPage)> {
        let page = |part: Part, reader, summary: &Summary| {
            let shell = if reader == Reader::Person { person_shell(lang, part.path()) } else { representative_shell(lang, part.path()) };
            PartPage::of(part, summary, PartContext { shell, person: LONG_NAME.into(), reader, home: "/".into(), proof: &proof })
        };
        vec![
            ("treatments", page(Part::Treatments, Reader::Person, &full())),
            ("many", page(Part::Treatments, Reader::Person, &many())),
            ("vaccines", page(Part::Vaccines, Reader::Person, &full())),
            ("minor", page(Part::Vaccines, Reader::Other, &minor())),
            ("allergies", page(Part::Allergies, Reader::Person, &contradictory())),
            ("history", page(Part::History, Reader::Person, &full())),
            ("empty", page(Part::History, Reader::Person, &samples::empty())),
            ("hostile", page(Part::History, Reader::Other, &samples::hostile())),
        ]
    }
}

impl AnalytePage {
    /// Three laboratories, words, one value, five hundred, hostile.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AnalytePage)> {
        let page = |reader, series: &Series| AnalytePage::of(context(lang, reader), series);
        let [_, words, _] = rich_results();
        let [hostile, ..] = hostile_results();
        let mut one = laboratories();
        one.points.truncate(1);
        vec![
            ("words", page(Reader::Person, &words)),
            ("one", page(Reader::Person, &one)),
            ("many", page(Reader::Person, &long_series())),
            ("hostile", page(Reader::Person, &hostile)),
            ("pro", page(Reader::Professional, &laboratories())),
            ("full", page(Reader::Person, &laboratories())),
        ]
    }
}

fn rich_results() -> [Series; 3] {
    three(samples::rich())
}

fn hostile_results() -> [Series; 3] {
    three(samples::hostile())
}

fn three(summary: Summary) -> [Series; 3] {
    let mut all = summary.results.into_iter();
    [(); 3].map(|()| all.next().unwrap_or_else(laboratories))
}

impl SearchPage {
    /// Form alone, found, near words, nothing, unusable, hostile, professional.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SearchPage)> {
        let form = |action: &str, query: &str| SearchBox { action: action.into(), query: query.into() };
        let extract = (" a été opéré d'une ".to_owned(), "fracture".to_owned(), " du poignet droit, sans complication ".to_owned());
        let hit = SearchHitLine {
            href: "/documents/a4#proof-p3".into(),
            title: "Compte rendu d'hospitalisation".into(),
            at: days_ago(47),
            author: doctor(),
            extracts: vec![extract.clone(), extract],
            forgiven: false,
        };
        let hostile = SearchHitLine {
            title: samples::HOSTILE.into(),
            extracts: vec![(samples::HOSTILE.into(), samples::HOSTILE.into(), long_document().title)],
            forgiven: true,
            ..hit.clone()
        };
        let found = |hits: Vec<SearchHitLine>| SearchOutcome::Found { total: hits.len(), hits };
        let full = SearchPage {
            shell: Shell { search: Some(form("/search", "fracture")), ..person_shell(lang, "/search") },
            person: "Nadia EXEMPLE".into(),
            form: form("/search", "fracture"),
            outcome: found(vec![hit.clone(), SearchHitLine { forgiven: true, ..hit.clone() }]),
            home: "/".into(),
            unsearched: 2,
        };
        vec![
            ("form", SearchPage { form: form("/search", ""), outcome: SearchOutcome::NotAsked, unsearched: 0, ..full.clone() }),
            ("nothing", SearchPage { outcome: found(Vec::new()), unsearched: 0, ..full.clone() }),
            ("unusable", SearchPage { form: form("/search", "<b>\"' &"), outcome: SearchOutcome::Unusable, ..full.clone() }),
            ("hostile", SearchPage { form: form("/search", samples::HOSTILE), outcome: found(vec![hostile]), ..full.clone() }),
            (
                "pro",
                SearchPage {
                    shell: professional_shell(lang, "/pro/patients/p1/search"),
                    form: form("/pro/patients/p1/search", "fracture"),
                    home: "/pro/patients/p1".into(),
                    ..full.clone()
                },
            ),
            ("full", full),
        ]
    }
}

impl EmergencyCard {
    /// Full, empty, denied, sixty treatments, hostile, long name.
    pub fn samples(lang: Lang) -> Vec<(&'static str, EmergencyCard)> {
        let card = |summary: &Summary, person: &str| {
            let shell = person_shell(lang, "/emergency-card");
            let code = CardCode { may_switch: true, link: None };
            EmergencyCard::of(
                summary,
                CardContext { shell, person: person.into(), pdf: Some("/emergency-card.pdf".into()), home: "/".into(), code, hidden: None },
            )
        };
        vec![
            ("empty", card(&samples::empty(), "Jules NEUF")),
            ("denied", card(&samples::denials(), "Jules NEUF")),
            ("many", card(&many(), LONG_NAME)),
            ("hostile", card(&samples::hostile(), samples::HOSTILE)),
            ("hidden", EmergencyCard { hidden: Some(crate::HiddenOnCard { documents: 2, shown: false }), ..card(&full(), "Nadia EXEMPLE") }),
            ("code", EmergencyCard { code: CardCode { may_switch: true, link: Some(super::share::card_link()) }, ..card(&full(), "Nadia EXEMPLE") }),
            ("full", card(&full(), "Nadia EXEMPLE")),
        ]
    }
}
