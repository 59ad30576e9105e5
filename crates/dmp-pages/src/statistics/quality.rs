//! The page of quality: whether records hold something, how old the newest thing in them is, how late documents come; and what the service promises.

use dmp_core::statistics::{Figures, MonthUse};

use super::used::{MONTHS_SHOWN, plain};
use super::{BigFigure, FigureBox, FigureTable, StatisticsData, StatisticsFile, StatisticsPage, StatisticsView, Words, percent, ratio, shown};
use crate::chart::{Said, Share, shares};
use crate::texts::statistics::StatisticsTexts;
use crate::{Lang, dates, numbers};

pub(super) fn quality(page: &mut StatisticsPage, data: &StatisticsData) {
    let (lang, t, figures) = (page.lang(), page.t(), data.figures);
    let delay = figures.months.last().map_or_else(|| "–".to_owned(), |month| shown(month.delay_days, lang));
    page.big = vec![
        BigFigure { name: t.records_filled, value: share(figures.filled, figures.open, lang), more: t.of_open.to_owned() },
        BigFigure { name: t.newest_month, value: share(newest(figures, 0), figures.filled, lang), more: t.of_filled.to_owned() },
        BigFigure { name: t.delay, value: delay, more: figures.months.last().map(|month| month.month.spoken(lang.into())).unwrap_or_default() },
    ];
    let [promises, measures] = service(data, lang);
    page.boxes = vec![ages(figures, lang), delays(figures, lang), promises, measures];
    page.words = vec![Words { title: t.definitions, lines: [t.def_filled, t.def_newest, t.def_delay].map(str::to_owned).to_vec() }];
    page.links = vec![("/accessibility".to_owned(), t.access_goal.to_owned())];
}

/// The finding.
pub(super) fn finding(figures: &Figures, lang: Lang) -> String {
    let found: Vec<String> = newest_says(figures, lang).into_iter().chain(delay_says(figures, lang)).collect();
    if found.is_empty() { StatisticsTexts::of(lang).quality_lead.to_owned() } else { found.join(" ") }
}

fn newest_says(figures: &Figures, lang: Lang) -> Option<String> {
    let part = percent(newest(figures, 0), figures.filled, lang)?;
    Some(match lang {
        Lang::Fr => format!("Le document le plus récent a un mois au plus dans {part} des dossiers non vides."),
        Lang::En => format!("The newest document is at most a month old in {part} of non-empty records."),
    })
}

fn delay_says(figures: &Figures, lang: Lang) -> Option<String> {
    let last = figures.months.last()?;
    let (days, month) = (last.delay_days?, last.month.spoken(lang.into()));
    Some(match (lang, days) {
        (Lang::Fr, 0) => format!("La moitié des documents déposés en {month} l'ont été le jour même de l'acte."),
        (Lang::Fr, 1) => format!("La moitié des documents déposés en {month} l'ont été un jour après l'acte ou plus tôt."),
        (Lang::Fr, days) => format!("La moitié des documents déposés en {month} l'ont été {days} jours après l'acte ou plus tôt."),
        (Lang::En, 0) => format!("Half of the documents deposited in {month} came on the very day of the act."),
        (Lang::En, 1) => format!("Half of the documents deposited in {month} came one day after the act or sooner."),
        (Lang::En, days) => format!("Half of the documents deposited in {month} came {days} days after the act or sooner."),
    })
}

/// A share; nothing of nothing is told as such, and not as hidden.
fn share(count: Option<i64>, all: Option<i64>, lang: Lang) -> String {
    let none = if all == Some(0) { "–" } else { StatisticsTexts::of(lang).hidden_short };
    percent(count, all, lang).unwrap_or_else(|| none.to_owned())
}

fn newest(figures: &Figures, group: usize) -> Option<i64> {
    figures.newest.get(group).copied().flatten()
}

/// Non-empty records by the age of their newest document.
fn ages(figures: &Figures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let (mut parts, mut rows) = (Vec::new(), Vec::new());
    for (name, count) in [t.age_month, t.age_half, t.age_year, t.age_more].into_iter().zip(&figures.newest) {
        let share = share(*count, figures.filled, lang);
        parts.push(Share { words: format!("{name} – {share}"), part: count.zip(figures.filled).and_then(|(count, all)| ratio(count, all)) });
        rows.push((name.to_owned(), String::new(), vec![shown(*count, lang), share]));
    }
    let says = newest_says(figures, lang).unwrap_or_else(|| t.age_hidden.to_owned());
    FigureBox {
        id: "age",
        svg: shares(Said { id: "age", title: t.age, description: &says }, &parts).filter(|_| parts.iter().any(|one| one.part.is_some())),
        says,
        table: FigureTable { head: [t.age, t.number, t.share].map(str::to_owned).to_vec(), rows },
        file: Some(StatisticsFile::Records),
        link: StatisticsView::Quality.path(),
    }
}

/// Documents of professionals by how late they came: the last month drawn, the others in the table.
fn delays(figures: &Figures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let names = StatisticsTexts::delays(lang);
    let all = |month: &MonthUse| month.delays.iter().copied().try_fold(0, |sum, count| Some(sum + count?));
    let last = figures.months.last();
    let drawn = |month: &MonthUse| -> Vec<Share> {
        let part = |(name, count): (&str, &Option<i64>)| {
            let share = share(*count, all(month), lang);
            Share { words: format!("{name} – {share}"), part: count.zip(all(month)).and_then(|(count, all)| ratio(count, all)) }
        };
        names.into_iter().zip(&month.delays).map(part).collect()
    };
    let from = figures.months.len().saturating_sub(MONTHS_SHOWN);
    let rows = figures.months.get(from..).unwrap_or_default().iter().rev().map(|month| {
        let counts = month.delays.iter().chain([&month.delay_days]).map(|count| shown(*count, lang));
        (month.month.to_string(), String::new(), counts.collect())
    });
    let hidden = if last.is_some() { t.delays_hidden } else { t.nothing };
    let says = delay_says(figures, lang).unwrap_or_else(|| hidden.to_owned());
    FigureBox {
        id: "delais",
        svg: last.and_then(|month| shares(Said { id: "delais", title: t.delays_say, description: &says }, &drawn(month))),
        says,
        table: FigureTable { head: [t.month].into_iter().chain(names).chain([t.delay]).map(str::to_owned).collect(), rows: rows.collect() },
        file: Some(StatisticsFile::Quality),
        link: StatisticsView::Quality.path(),
    }
}

/// What the service promises, and what it measures of itself.
fn service(data: &StatisticsData, lang: Lang) -> [FigureBox; 2] {
    let t = StatisticsTexts::of(lang);
    let promises =
        [(t.weight, t.weight_target), (t.first_paint, t.first_paint_target), (t.summary_time, t.summary_target), (t.access_goal, t.access_target)];
    let row = |(name, words): (&str, String)| (name.to_owned(), String::new(), vec![words]);
    // How much waits is told roughly: each fact is somebody's.
    let waiting =
        if data.waiting < 1_000 { format!("{} {}", t.less_than, numbers::whole(1_000, lang)) } else { numbers::whole(rounded(data.waiting), lang) };
    let measured_says = match lang {
        Lang::Fr => format!("Faits qui attendent d'être comptés en ce moment\u{a0}: {waiting}."),
        Lang::En => format!("Facts that wait to be counted at this moment: {waiting}."),
    };
    let now = [(t.waiting, waiting), (t.counted_at, dates::date_time(data.at, lang))];
    let link = StatisticsView::Quality.path();
    let promised = promises.into_iter().map(|(name, target)| row((name, target.to_owned()))).collect();
    let measured = now.into_iter().map(row).collect();
    [
        FigureBox { link: link.clone(), ..plain("promesses", t.promise_says, &[t.promise, t.target], promised, None) },
        FigureBox { link, ..plain("mesures", &measured_says, &[t.thing, t.measured], measured, None) },
    ]
}

fn rounded(count: u64) -> i64 {
    i64::try_from(count / 1_000 * 1_000).unwrap_or(i64::MAX)
}
