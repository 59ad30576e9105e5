//! Pages of openings: by week, by channel, by region.

use dmp_core::statistics::{ChannelGroup, Figures, Week};
use dmp_core::territory::Region;

use super::{BigFigure, FigureBox, FigureTable, StatisticsData, StatisticsFile, StatisticsPage, StatisticsView, find, percent, rate, shown};
use crate::chart::{Curve, CurvePoint, Said, Share, Svg, Tile, curve, shares, tiles};
use crate::texts::statistics::StatisticsTexts;
use crate::{Lang, numbers};

/// Weeks that a page shows: a year. All of them are in the files.
pub(super) const WEEKS_SHOWN: usize = 53;

pub(super) fn overview(page: &mut StatisticsPage, data: &StatisticsData) {
    let (lang, t, figures) = (page.lang(), page.t(), data.figures);
    let of_open = percent(figures.filled, figures.open, lang).map(|part| format!("{part} {}", t.of_open)).unwrap_or_default();
    page.big = vec![
        BigFigure { name: t.records_open, value: page.count(figures.open), more: String::new() },
        BigFigure { name: t.openings_week, value: page.count(figures.opened_in(figures.until)), more: find::change(figures, figures.until, lang) },
        BigFigure { name: t.records_filled, value: page.count(figures.filled), more: of_open },
    ];
    page.boxes = vec![weekly(figures, lang), channel_shares(figures, lang), region_map(figures, lang)];
}

pub(super) fn openings(page: &mut StatisticsPage, data: &StatisticsData) {
    let (lang, t, figures) = (page.lang(), page.t(), data.figures);
    let years = FigureTable {
        head: vec![t.year.to_owned(), t.openings.to_owned()],
        rows: figures.years.iter().map(|(year, count)| (year.to_string(), String::new(), vec![shown(*count, lang)])).collect(),
    };
    let by_year =
        FigureBox { id: "annees", says: find::years(figures, lang), svg: None, table: years, file: None, link: StatisticsView::Openings.path() };
    page.boxes = vec![weekly(figures, lang), by_channel(figures, lang), by_year];
    let last = figures.until;
    page.links = vec![(StatisticsView::Week(last).path(), format!("{} {last}", t.week))];
}

pub(super) fn channels(page: &mut StatisticsPage, data: &StatisticsData) {
    page.boxes = vec![channel_shares(data.figures, page.lang()), by_channel(data.figures, page.lang())];
}

pub(super) fn regions(page: &mut StatisticsPage, data: &StatisticsData) {
    page.boxes = vec![region_map(data.figures, page.lang())];
}

pub(super) fn region(page: &mut StatisticsPage, data: &StatisticsData, region: Region) {
    let (lang, t, figures) = (page.lang(), page.t(), data.figures);
    let place = place_of(region);
    let counts: Vec<(Week, Option<i64>)> =
        figures.weeks.iter().zip(&figures.regions.rows).map(|(week, row)| (*week, row.get(place).copied().flatten())).collect();
    let recent = counts.get(counts.len().saturating_sub(WEEKS_SHOWN)..).unwrap_or_default();
    let rows = recent.iter().rev().map(|(week, count)| (week.to_string(), StatisticsView::Week(*week).path(), vec![shown(*count, lang)]));
    page.boxes = vec![FigureBox {
        id: "semaines",
        says: find::region_week(region.name(), counts.last(), lang),
        svg: line(recent, "semaines", &format!("{}, {}", region.name(), t.openings), lang),
        table: FigureTable { head: vec![t.week.to_owned(), t.openings.to_owned()], rows: rows.collect() },
        file: Some(StatisticsFile::Regions),
        link: StatisticsView::Region(region).path(),
    }];
}

pub(super) fn week(page: &mut StatisticsPage, data: &StatisticsData, week: Week) {
    let (lang, t, figures) = (page.lang(), page.t(), data.figures);
    let link = StatisticsView::Week(week).path();
    let Some(place) = figures.place(week) else { return };
    let (channels, regions) = (figures.channels.rows.get(place), figures.regions.rows.get(place));
    let names = StatisticsTexts::groups(lang);
    let channel_rows = channels.into_iter().flatten().zip(names).map(|(count, name)| (name.to_owned(), String::new(), vec![shown(*count, lang)]));
    let region_rows = regions.into_iter().flatten().zip(region_names(lang)).map(|(count, (name, path))| (name, path, vec![shown(*count, lang)]));
    let by = |id, title: &str, says: String, rows: Vec<_>, file| FigureBox {
        id,
        says,
        svg: None,
        table: FigureTable { head: vec![title.to_owned(), t.openings.to_owned()], rows },
        file: Some(file),
        link: link.clone(),
    };
    page.boxes = vec![
        by("canaux", t.channel, find::most_in(t.channel, names, channels, week, lang), channel_rows.collect(), StatisticsFile::Channels),
        by(
            "regions",
            t.region,
            find::most_in(t.region, Region::ALL.map(Region::name), regions, week, lang),
            region_rows.collect(),
            StatisticsFile::Regions,
        ),
    ];
    if figures.place(week.previous()).is_some() {
        page.links.push((StatisticsView::Week(week.previous()).path(), t.back_week.to_owned()));
    }
    if figures.place(week.next()).is_some() {
        page.links.push((StatisticsView::Week(week.next()).path(), t.next_week.to_owned()));
    }
}

/// Openings of each week.
fn weekly(figures: &Figures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let counts: Vec<(Week, Option<i64>)> = figures.weeks.iter().copied().zip(figures.channels.weeks.iter().copied()).collect();
    let recent = counts.get(counts.len().saturating_sub(WEEKS_SHOWN)..).unwrap_or_default();
    let year_before = |week: Week| figures.opened_in(Week::of(week.first_day() - 52 * 7));
    let before =
        |week: Week| if figures.place(Week::of(week.first_day() - 52 * 7)).is_some() { shown(year_before(week), lang) } else { "–".to_owned() };
    let rows = recent.iter().rev();
    let rows = rows.map(|(week, count)| (week.to_string(), StatisticsView::Week(*week).path(), vec![shown(*count, lang), before(*week)]));
    FigureBox {
        id: "semaines",
        says: find::weekly(figures, lang),
        svg: line(recent, "semaines", t.openings, lang),
        table: FigureTable { head: vec![t.week.to_owned(), t.openings.to_owned(), t.year_before.to_owned()], rows: rows.collect() },
        file: Some(StatisticsFile::Channels),
        link: StatisticsView::Openings.path(),
    }
}

/// Weeks whose count is hidden have no mark, and no line leads over them. Nothing is drawn where nothing was opened.
#[allow(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
pub(super) fn line(counts: &[(Week, Option<i64>)], id: &str, title: &str, lang: Lang) -> Option<Svg> {
    let told: Vec<(Week, i64)> = counts.iter().filter_map(|(week, count)| Some((*week, (*count)?))).collect();
    if told.iter().all(|(_, count)| *count == 0) {
        return None;
    }
    let mut before = None;
    let points: Vec<CurvePoint> = told
        .iter()
        .map(|(week, count)| {
            let after_gap = before.replace(*week).is_some_and(|before: Week| before.next() != *week);
            CurvePoint { day: f64::from(week.first_day()), value: *count as f64, laboratory: 0, converted: false, outside: false, after_gap }
        })
        .collect();
    // The ends of what is drawn, so that the marks stand where the axis says.
    let ends = || told.first().into_iter().chain(told.last());
    let days: Vec<(f64, String)> = ends().map(|(week, _)| (f64::from(week.first_day()), week.to_string())).collect();
    let description = ends().map(|(week, count)| format!("{week}: {}", numbers::whole(*count, lang))).collect::<Vec<_>>().join(", ");
    curve(&Curve {
        said: Said { id, title, description: &description },
        points: &points,
        // A range of nought: the scale begins at nought, and no band is drawn.
        low: Some(0.0),
        high: Some(0.0),
        unit: title,
        days: &days,
        lang,
    })
}

fn by_channel(figures: &Figures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let groups = groups(figures);
    let names = StatisticsTexts::groups(lang);
    let named = |place: &usize| names.get(*place).copied().unwrap_or_default().to_owned();
    let rows = figures.weeks.iter().zip(&figures.channels.rows).zip(&figures.channels.weeks).rev().take(WEEKS_SHOWN);
    let rows = rows.map(|((week, row), all)| {
        let cells = groups.iter().map(|place| shown(row.get(*place).copied().flatten(), lang)).chain([shown(*all, lang)]);
        (week.to_string(), StatisticsView::Week(*week).path(), cells.collect())
    });
    FigureBox {
        id: "canaux-semaines",
        says: find::most_in(t.channel, names, figures.place(figures.until).and_then(|place| figures.channels.rows.get(place)), figures.until, lang),
        svg: None,
        table: FigureTable {
            head: [t.week.to_owned()].into_iter().chain(groups.iter().map(named)).chain([t.total.to_owned()]).collect(),
            rows: rows.collect(),
        },
        file: Some(StatisticsFile::Channels),
        link: StatisticsView::Openings.path(),
    }
}

/// The channels that were ever used.
fn groups(figures: &Figures) -> Vec<usize> {
    (0..ChannelGroup::ALL.len()).filter(|place| figures.channels.columns.get(*place).copied().flatten() != Some(0)).collect()
}

fn channel_shares(figures: &Figures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let names = StatisticsTexts::groups(lang);
    let total = figures.channels.total;
    let (basis, basis_total) = find::shares_of(figures);
    let last = figures.place(figures.until).and_then(|place| figures.channels.rows.get(place));
    let (mut parts, mut rows) = (Vec::new(), Vec::new());
    for place in groups(figures) {
        let (name, count) = (names.get(place).copied().unwrap_or_default(), figures.channels.columns.get(place).copied().flatten());
        let share = |count, total| percent(count, total, lang).unwrap_or_else(|| t.hidden_short.to_owned());
        let drawn = basis.get(place).copied().flatten();
        let part = drawn.zip(basis_total).and_then(|(count, total)| super::ratio(count, total));
        parts.push(Share { words: format!("{name} – {}", share(drawn, basis_total)), part });
        let in_last = last.and_then(|row| row.get(place).copied().flatten());
        rows.push((name.to_owned(), String::new(), vec![shown(count, lang), share(count, total), shown(in_last, lang)]));
    }
    parts.extend(find::rest(basis, basis_total, lang));
    FigureBox {
        id: "canaux",
        says: find::channels(figures, lang),
        svg: shares(Said { id: "canaux", title: t.channels, description: &find::channels(figures, lang) }, &parts),
        table: FigureTable { head: [t.channel, t.since, t.share, t.last_week].map(str::to_owned).to_vec(), rows },
        file: Some(StatisticsFile::Channels),
        link: StatisticsView::Channels.path(),
    }
}

/// Regions in the order of the tables, then what is of none.
fn region_names(lang: Lang) -> impl Iterator<Item = (String, String)> {
    let named = Region::ALL.into_iter().map(|region| (region.name().to_owned(), StatisticsView::Region(region).path()));
    named.chain([(StatisticsTexts::of(lang).unknown_region.to_owned(), String::new())])
}

fn place_of(region: Region) -> usize {
    Region::ALL.iter().position(|one| *one == region).unwrap_or_default()
}

fn region_map(figures: &Figures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let rates = Region::ALL.map(|region| rate(figures.regions.columns.get(place_of(region)).copied().flatten(), region));
    let most = rates.iter().copied().flatten().fold(0.0, f64::max);
    let said = |rate: Option<f64>| rate.map_or_else(|| t.hidden_short.to_owned(), |rate| numbers::number(rate, lang));
    let is_nobody = most <= 0.0;
    let tile = |(region, rate): (Region, Option<f64>)| Tile {
        place: region.tile(),
        name: region.short().to_owned(),
        value: said(rate),
        strength: rate.filter(|_| most > 0.0).map(|rate| rate / most),
    };
    let map: Vec<Tile> = Region::ALL.into_iter().zip(rates).map(tile).collect();
    let last = figures.place(figures.until).and_then(|place| figures.regions.rows.get(place));
    let row = |(place, (name, path)): (usize, (String, String))| {
        let count = figures.regions.columns.get(place).copied().flatten();
        let per = rates.get(place).map_or_else(|| "–".to_owned(), |rate| said(*rate));
        (name, path, vec![per, shown(count, lang), shown(last.and_then(|row| row.get(place).copied().flatten()), lang)])
    };
    FigureBox {
        id: "regions",
        says: find::regions(figures, lang),
        svg: tiles(Said { id: "regions", title: t.rate, description: &find::regions(figures, lang) }, &map).filter(|_| !is_nobody),
        table: FigureTable {
            head: [t.region, t.rate, t.since, t.last_week].map(str::to_owned).to_vec(),
            rows: region_names(lang).enumerate().map(row).collect(),
        },
        file: Some(StatisticsFile::Regions),
        link: StatisticsView::Regions.path(),
    }
}
