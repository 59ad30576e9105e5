//! Statistics that everybody may read: what the record has become, by week, channel and region, and whether it is used.

mod files;
mod find;
mod opened;
mod phases;
mod quality;
mod used;

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::statistics::{Costs, Figures, Week};
use dmp_core::territory::Region;

use crate::chart::Svg;
use crate::lang::silent_debug;
use crate::texts::statistics::StatisticsTexts;
use crate::{Lang, Shell, numbers};

pub use files::{StatisticsFile, StatisticsForm};

/// What the pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct StatisticsData<'a> {
    pub figures: &'a Figures,
    /// Exams not done again, and what they would have cost in cents: least, likely, most.
    pub exams: u64,
    pub saved: [u64; 3],
    pub costs: Option<&'a Costs>,
    /// What waits to be counted, and when the figures were added up.
    pub waiting: u64,
    pub at: Moment,
}

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsView {
    Overview,
    Openings,
    Channels,
    Regions,
    Region(Region),
    Phases,
    Uses,
    Quality,
    Data,
    Week(Week),
}

impl StatisticsView {
    /// Where it stands.
    pub fn path(self) -> String {
        match self {
            StatisticsView::Overview => "/statistiques".to_owned(),
            StatisticsView::Openings => "/statistiques/ouvertures".to_owned(),
            StatisticsView::Channels => "/statistiques/canaux".to_owned(),
            StatisticsView::Regions => "/statistiques/regions".to_owned(),
            StatisticsView::Region(region) => format!("/statistiques/regions/{}", region.code()),
            StatisticsView::Phases => "/statistiques/phases".to_owned(),
            StatisticsView::Uses => "/statistiques/usages".to_owned(),
            StatisticsView::Quality => "/statistiques/qualite".to_owned(),
            StatisticsView::Data => "/statistiques/donnees".to_owned(),
            StatisticsView::Week(week) => format!("/statistiques/semaines/{week}"),
        }
    }
}

/// A large figure.
#[derive(Clone)]
pub struct BigFigure {
    pub name: &'static str,
    pub value: String,
    /// What it means, or how it changed; may be empty.
    pub more: String,
}

/// A table behind a drawing, or by itself.
#[derive(Clone, Default)]
pub struct FigureTable {
    pub head: Vec<String>,
    /// The first cell names the row; the second text is where it leads, or empty.
    pub rows: Vec<(String, String, Vec<String>)>,
}

/// A drawing with the sentence that it says, its numbers, its files and its address.
#[derive(Clone)]
pub struct FigureBox {
    pub id: &'static str,
    /// The finding.
    pub says: String,
    pub svg: Option<Svg>,
    pub table: FigureTable,
    pub file: Option<StatisticsFile>,
    pub link: String,
}

/// A heading with words under it.
#[derive(Clone)]
pub struct Words {
    pub title: &'static str,
    pub lines: Vec<String>,
}

/// A page at `/statistiques`. No form of its own; links to the other pages, to `/statistiques/donnees/{file}` and to itself.
#[derive(Clone, Template)]
#[template(path = "statistics_page.html")]
pub struct StatisticsPage {
    pub shell: Shell,
    view: StatisticsView,
    title: String,
    lead: String,
    big: Vec<BigFigure>,
    boxes: Vec<FigureBox>,
    words: Vec<Words>,
    /// Address and words.
    links: Vec<(String, String)>,
}

silent_debug!(StatisticsPage, BigFigure, FigureTable, FigureBox, Words);

impl StatisticsPage {
    /// The page of a view. `None` for a week that is not over, or that was before the first one.
    pub fn of(view: StatisticsView, data: &StatisticsData, shell: Shell) -> Option<Self> {
        let lang = shell.lang;
        let t = StatisticsTexts::of(lang);
        let (title, lead) = match view {
            StatisticsView::Overview => (t.overview.to_owned(), find::overview(data.figures, lang)),
            StatisticsView::Openings => (t.openings.to_owned(), find::opened(data.figures, lang)),
            StatisticsView::Channels => (t.channels.to_owned(), find::channels(data.figures, lang)),
            StatisticsView::Regions => (t.regions.to_owned(), find::regions(data.figures, lang)),
            StatisticsView::Region(region) => (region.name().to_owned(), find::region(data.figures, region, lang)),
            StatisticsView::Phases => (t.phases.to_owned(), phases::finding(data.figures, lang)),
            StatisticsView::Uses => (t.uses.to_owned(), find::filled(data.figures, lang)),
            StatisticsView::Quality => (t.quality.to_owned(), quality::finding(data.figures, lang)),
            StatisticsView::Data => (t.data.to_owned(), t.method_text.to_owned()),
            StatisticsView::Week(week) => {
                data.figures.place(week)?;
                (format!("{} {week}", t.week), find::week(data.figures, week, lang))
            }
        };
        let mut page = StatisticsPage { shell, view, title, lead, big: Vec::new(), boxes: Vec::new(), words: Vec::new(), links: Vec::new() };
        match view {
            StatisticsView::Overview => opened::overview(&mut page, data),
            StatisticsView::Openings => opened::openings(&mut page, data),
            StatisticsView::Channels => opened::channels(&mut page, data),
            StatisticsView::Regions => opened::regions(&mut page, data),
            StatisticsView::Region(region) => opened::region(&mut page, data, region),
            StatisticsView::Phases => phases::phases(&mut page, data),
            StatisticsView::Uses => used::uses(&mut page, data),
            StatisticsView::Quality => quality::quality(&mut page, data),
            StatisticsView::Data => files::describe(&mut page),
            StatisticsView::Week(week) => opened::week(&mut page, data, week),
        }
        Some(page)
    }

    fn t(&self) -> &'static StatisticsTexts {
        StatisticsTexts::of(self.shell.lang)
    }

    fn lang(&self) -> Lang {
        self.shell.lang
    }

    /// The pages, where they are, and whether this is one.
    fn menu(&self) -> [(String, &'static str, bool); 8] {
        let t = self.t();
        let here = |view: StatisticsView| match self.view {
            StatisticsView::Region(_) => view == StatisticsView::Regions,
            StatisticsView::Week(_) => view == StatisticsView::Openings,
            other => view == other,
        };
        [
            (StatisticsView::Overview, t.overview_short),
            (StatisticsView::Openings, t.openings),
            (StatisticsView::Channels, t.channels),
            (StatisticsView::Regions, t.regions),
            (StatisticsView::Phases, t.phases),
            (StatisticsView::Uses, t.uses),
            (StatisticsView::Quality, t.quality),
            (StatisticsView::Data, t.data),
        ]
        .map(|(view, name)| (view.path(), name, here(view)))
    }

    /// A count, or that it is hidden.
    fn count(&self, count: Option<i64>) -> String {
        shown(count, self.lang())
    }
}

/// A count, or that it is hidden.
fn shown(count: Option<i64>, lang: Lang) -> String {
    count.map_or_else(|| StatisticsTexts::of(lang).hidden_short.to_owned(), |count| numbers::whole(count, lang))
}

/// A part of a whole in percent, with one decimal under ten.
fn percent(part: Option<i64>, whole: Option<i64>, lang: Lang) -> Option<String> {
    let share = ratio(part?, whole?)? * 100.0;
    let rounded = if share < 10.0 { (share * 10.0).round() / 10.0 } else { share.round() };
    Some(format!("{}{}", numbers::number(rounded, lang), lang.pick("\u{a0}%", "%")))
}

#[allow(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn ratio(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Openings per 1,000 inhabitants of a region, to a tenth; below a tenth to two digits, for few are not none.
fn rate(count: Option<i64>, region: Region) -> Option<f64> {
    let thousands = i64::from(Figures::thousands(region));
    count.and_then(|count| ratio(count, thousands)).map(|rate| {
        let steps = if rate >= 0.1 || rate <= 0.0 { 10.0 } else { 10_f64.powf(1.0 - rate.log10().floor()) };
        (rate * steps).round() / steps
    })
}
