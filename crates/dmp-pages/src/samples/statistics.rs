//! Samples of the public statistics: nothing yet, a small place where much is hidden, the autumn of 2018.

use dmp_core::record::Channel;
use dmp_core::statistics::{Costs, Counted, Figures, Week, day_of, names};
use dmp_core::territory::{Department, Phase, Region};

use super::NOW;
use crate::{Lang, Shell, StatisticsData, StatisticsPage, StatisticsView};

type ByChannel = Vec<(String, i32, Option<Channel>, i64)>;
type ByPlace = Vec<(String, i32, String, i64)>;

fn day(text: &str) -> i32 {
    day_of(text).unwrap_or_default()
}

/// So many openings a week at the height of the wave, in shares of December 2018.
fn autumn(a_week: i64) -> Figures {
    let (mut channels, mut departments): (ByChannel, ByPlace) = (Vec::new(), Vec::new());
    let (mut caisses, phase): (ByPlace, Phase) = (Vec::new(), Phase::preset_2017());
    let shares = [(Channel::Pharmacy, 39), (Channel::Online, 39), (Channel::Counter, 18), (Channel::Professional, 4)];
    for week in 0..10_i32 {
        let at = day("2018-10-08") + 7 * week;
        let all = if week < 4 { a_week / 20 } else { a_week * i64::from(week) / 7 };
        for (channel, share) in shares {
            channels.push((names::OPENED.to_owned(), at, Some(channel), all * share / 100));
            channels.push((names::OPEN.to_owned(), at, Some(channel), all * share / 100));
        }
        for (caisse, part) in if week < 4 { [("671", 3), ("311", 4), ("351", 40)] } else { [("671", 20), ("311", 15), ("351", 2)] } {
            caisses.push((names::OPENED.to_owned(), at, caisse.to_owned(), all / part));
        }
        for department in Department::all() {
            departments.push((names::OPENED.to_owned(), at, department.code.to_owned(), all * i64::from(department.thousands) / 70_000));
        }
    }
    let use_of = |name: &str, at: &str, count: i64| (name.to_owned(), day(at), Some(Channel::Pharmacy), count);
    for (place, month) in ["2018-09-01", "2018-10-01", "2018-11-01"].into_iter().enumerate() {
        let times = i64::try_from(place).unwrap_or_default() + 1;
        for (name, share) in names::DEPOSITED.into_iter().zip([20, 45, 25, 6, 4]) {
            channels.push(use_of(name, month, a_week * share * times / 40));
        }
        for (name, part) in [
            (names::CONSULTED, 3),
            (names::LOOKED, 4),
            (names::READERS, 30),
            (names::FEEDERS, 20),
            ("delay:1", 5),
            ("delay:4", 4),
            ("delay:45", 30),
            (names::CONSULTATIONS, 2),
            (names::FOLLOWED, 5),
        ] {
            channels.push(use_of(name, month, a_week * times / part));
        }
    }
    for (name, part) in [(names::FILLED, 2), (names::FILLED_BY_PROFESSIONALS, 3), (names::DOCUMENTS, 1), (names::CLOSED, 90), (names::CANCELLED, 70)]
    {
        channels.push(use_of(name, "2018-12-01", a_week / part));
    }
    for (at, part) in [("2018-12-10", 4), ("2018-09-10", 6), ("2018-03-10", 30), ("2017-03-10", 60)] {
        channels.push(use_of(names::NEWEST, at, a_week / part));
    }
    let counted = Counted { by_channel: &channels, by_department: &departments, by_caisse: &caisses, phase: Some(&phase) };
    Figures::of(counted, day("2018-12-17"))
}

impl StatisticsPage {
    /// Every page of a large country; the first and two others of a small place and of nobody.
    pub fn samples(lang: Lang) -> Vec<(&'static str, StatisticsPage)> {
        let costs = Costs::read("from;cents;label\n2018-01-01;1000000000;licences et serveurs\n").unwrap_or_default();
        let (large, small, none) = (autumn(200_000), autumn(150), Figures::of(Counted::default(), day("2018-12-17")));
        let page = |view: StatisticsView, figures: &Figures, costs: Option<&Costs>| {
            let data = StatisticsData { figures, exams: 1_234, saved: [120_000, 240_000, 360_000], costs, waiting: 12, at: NOW };
            StatisticsPage::of(view, &data, Shell::public(lang, "sample-token", view.path()))
        };
        let week = Week::of(day("2018-12-10"));
        let pages = [
            ("overview", StatisticsView::Overview),
            ("openings", StatisticsView::Openings),
            ("channels", StatisticsView::Channels),
            ("regions", StatisticsView::Regions),
            ("region", StatisticsView::Region(Region::IleDeFrance)),
            ("phases", StatisticsView::Phases),
            ("uses", StatisticsView::Uses),
            ("quality", StatisticsView::Quality),
            ("data", StatisticsView::Data),
            ("week", StatisticsView::Week(week)),
        ];
        let mut samples: Vec<(&'static str, StatisticsPage)> =
            pages.into_iter().filter_map(|(name, view)| Some((name, page(view, &large, Some(&costs))?))).collect();
        let others = [
            ("overview_small", page(StatisticsView::Overview, &small, None)),
            ("openings_small", page(StatisticsView::Openings, &small, None)),
            ("phases_small", page(StatisticsView::Phases, &small, None)),
            ("uses_small", page(StatisticsView::Uses, &small, None)),
            ("overview_empty", page(StatisticsView::Overview, &none, None)),
            ("openings_empty", page(StatisticsView::Openings, &none, None)),
            ("phases_empty", page(StatisticsView::Phases, &none, None)),
        ];
        samples.extend(others.into_iter().filter_map(|(name, page)| Some((name, page?))));
        samples
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;
    use crate::{StatisticsFile, StatisticsForm};

    #[test]
    fn every_page_of_statistics_weighs_less_than_a_hundred_kilobytes() {
        for (name, page) in StatisticsPage::samples(Lang::Fr) {
            let html = page.render().unwrap();
            assert!(html.len() + crate::CSS.len() < 100 * 1024, "{name}: {}", html.len());
        }
    }

    #[test]
    fn each_drawing_stands_with_its_sentence_its_numbers_and_its_address() {
        for (name, page) in StatisticsPage::samples(Lang::Fr) {
            let html = page.render().unwrap();
            for figure in html.split("<figure ").skip(1) {
                let figure = figure.split("</figure>").next().unwrap();
                for part in ["<figcaption", "<details", "<table", "Lien permanent"] {
                    assert!(figure.contains(part), "{part} in {name}");
                }
            }
        }
    }

    #[test]
    fn files_say_what_the_pages_say() {
        let figures = autumn(200_000);
        let csv = StatisticsFile::Channels.text(StatisticsForm::Csv, &figures);
        assert_eq!(csv.lines().next(), Some("semaine,pharmacie,en-ligne,caisse,professionnels-etablissements,automatique,ensemble"));
        let page = StatisticsPage::samples(Lang::Fr).into_iter().find(|(name, _)| *name == "openings").unwrap().1.render().unwrap();
        let last = csv.lines().find(|line| line.starts_with("2018-W50")).unwrap();
        for count in last.split(',').skip(1).filter(|count| *count != "0") {
            let written = crate::numbers::whole(count.parse().unwrap(), Lang::Fr);
            assert!(page.contains(&written), "{written}");
        }
        for file in StatisticsFile::ALL {
            let json = file.text(StatisticsForm::Json, &figures);
            let lines = file.text(StatisticsForm::Csv, &figures).lines().count();
            assert_eq!(json.matches('{').count(), lines - 1, "{file:?}");
            let (again, _) = StatisticsFile::of_name(file.path(StatisticsForm::Csv).rsplit('/').next().unwrap()).unwrap();
            assert_eq!(again, file);
        }
    }

    #[test]
    fn a_small_place_shows_no_count_below_eleven() {
        let figures = autumn(150);
        for file in StatisticsFile::ALL {
            let csv = file.text(StatisticsForm::Csv, &figures);
            for line in csv.lines().skip(1) {
                let counts = line.split(',').skip(1).filter(|cell| !cell.contains('.') && !cell.starts_with('0'));
                let column = csv.lines().next().unwrap();
                for (count, name) in counts.filter_map(|cell| cell.parse::<i64>().ok()).zip(column.split(',').skip(1)) {
                    assert!(count == 0 || count >= 11 || name == "region" || column.contains("delai"), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_week_that_is_not_over_has_no_page() {
        let (costs, large) = (None, autumn(200_000));
        let data = StatisticsData { figures: &large, exams: 0, saved: [0; 3], costs, waiting: 0, at: NOW };
        let of = |week: &str| StatisticsPage::of(StatisticsView::Week(Week::parse(week).unwrap()), &data, Shell::public(Lang::Fr, "t", "/"));
        assert!(of("2018-W50").is_some() && of("2018-W51").is_none() && of("2010-W01").is_none());
    }
}
