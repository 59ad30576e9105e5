//! The page of use: whether records hold something, whether somebody reads it, and whether consultations leave a document.

use dmp_core::statistics::MonthUse;

use super::{BigFigure, FigureBox, FigureTable, StatisticsData, StatisticsFile, StatisticsPage, StatisticsView, Words, find, percent, ratio, shown};
use crate::chart::{Said, Share, shares};
use crate::texts::statistics::StatisticsTexts;
use crate::{Lang, numbers};

/// Months of consultations that are drawn.
const DRAWN_MONTHS: usize = 6;
/// Months that a page shows. All of them are in the files.
pub(super) const MONTHS_SHOWN: usize = 24;

pub(super) fn uses(page: &mut StatisticsPage, data: &StatisticsData) {
    let (lang, t, figures) = (page.lang(), page.t(), data.figures);
    let said = |part: Option<String>| part.unwrap_or_else(|| t.hidden_short.to_owned());
    let each = figures.documents.zip(figures.open).and_then(|(documents, open)| ratio(documents, open));
    page.big = vec![
        BigFigure { name: t.records_filled, value: said(percent(figures.filled, figures.open, lang)), more: t.of_open.to_owned() },
        BigFigure { name: t.by_professionals, value: said(percent(figures.filled_by_professionals, figures.open, lang)), more: t.of_open.to_owned() },
        BigFigure {
            name: t.documents_each,
            value: said(each.map(|each| numbers::number((each * 100.0).round() / 100.0, lang))),
            more: String::new(),
        },
    ];
    if let Some(costs) = data.costs {
        let cents = costs.until(figures.until.last_day());
        for (name, records) in [(t.cost_each, figures.open), (t.cost_filled, figures.filled)] {
            let each = records.and_then(|records| ratio(cents, records));
            page.big.push(BigFigure { name, value: said(each.map(|cents| euros(cents, lang))), more: String::new() });
        }
    }
    let shown_months = figures.months.get(figures.months.len().saturating_sub(MONTHS_SHOWN)..).unwrap_or_default();
    page.boxes = vec![deposits(shown_months, lang), reads(shown_months, lang), follows(shown_months, lang), records(data, lang), saved(data, lang)];
}

/// Euros and cents of a number of cents.
fn euros(cents: f64, lang: Lang) -> String {
    #[allow(clippy::cast_possible_truncation, reason = "a sum in cents is far below 2^63")]
    let cents = cents.round() as i64;
    let number = format!("{}{}{:02}", numbers::whole(cents / 100, lang), lang.pick(",", "."), cents % 100);
    match lang {
        Lang::Fr => format!("{number}\u{a0}€"),
        Lang::En => format!("€{number}"),
    }
}

pub(super) fn plain(
    id: &'static str,
    says: &str,
    head: &[&str],
    rows: Vec<(String, String, Vec<String>)>,
    file: Option<StatisticsFile>,
) -> FigureBox {
    let table = FigureTable { head: head.iter().map(|name| (*name).to_owned()).collect(), rows };
    FigureBox { id, says: says.to_owned(), svg: None, table, file, link: StatisticsView::Uses.path() }
}

fn deposits(months: &[MonthUse], lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let head: Vec<&str> = [t.month].into_iter().chain(StatisticsTexts::origins(lang)).chain([t.total]).collect();
    let rows = months.iter().rev().map(|month| {
        let cells = month.deposited.iter().chain([&month.all_deposited]).map(|count| shown(*count, lang));
        (month.month.to_string(), String::new(), cells.collect())
    });
    plain("depots", &find::deposited(months, lang), &head, rows.collect(), Some(StatisticsFile::Uses))
}

fn reads(months: &[MonthUse], lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let rows = months.iter().rev().map(|month| {
        let cells = [month.consulted, month.looked, month.readers, month.feeders, month.delay_days].map(|count| shown(count, lang));
        (month.month.to_string(), String::new(), cells.to_vec())
    });
    plain(
        "lectures",
        &find::read(months, lang),
        &[t.month, t.consulted, t.looked, t.readers, t.feeders, t.delay],
        rows.collect(),
        Some(StatisticsFile::Uses),
    )
}

/// Reimbursed consultations and whether a document followed.
fn follows(months: &[MonthUse], lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let rows = months.iter().rev().map(|month| {
        let share =
            if month.consultations == Some(0) { "–".to_owned() } else { followed(month, lang).unwrap_or_else(|| t.hidden_short.to_owned()) };
        (month.month.to_string(), String::new(), vec![shown(month.consultations, lang), shown(month.followed, lang), share])
    });
    let head = [t.month, t.consultations, t.followed, t.share];
    let mut figure = plain("suites", &find::followed(months, lang), &head, rows.collect(), Some(StatisticsFile::Quality));
    let drawn: Vec<Share> = months.iter().rev().take(DRAWN_MONTHS).filter_map(|month| share(month, lang)).collect();
    figure.svg = shares(Said { id: "suites", title: t.followed, description: &find::followed(months, lang) }, &drawn);
    figure
}

fn share(month: &MonthUse, lang: Lang) -> Option<Share> {
    let part = month.followed.zip(month.consultations).and_then(|(followed, all)| ratio(followed, all));
    Some(Share { words: format!("{} – {}", month.month.spoken(lang.into()), followed(month, lang)?), part })
}

/// How many of the consultations of a month a document followed, in percent.
pub(super) fn followed(month: &MonthUse, lang: Lang) -> Option<String> {
    percent(month.followed, month.consultations, lang)
}

fn records(data: &StatisticsData, lang: Lang) -> FigureBox {
    let (t, figures) = (StatisticsTexts::of(lang), data.figures);
    let ages = [t.age_month, t.age_half, t.age_year, t.age_more];
    let aged = ages.into_iter().zip(&figures.newest).map(|(name, count)| (format!("{} : {name}", t.age), *count));
    let lived = [t.cancelled, t.closed, t.reopened, t.destroyed].into_iter().zip(figures.lives).map(|(name, count)| (name.to_owned(), count));
    let levels = [(t.records_open, figures.open), (t.records_filled, figures.filled), (t.by_professionals, figures.filled_by_professionals)];
    let levels = levels.into_iter().map(|(name, count)| (name.to_owned(), count));
    let rows = levels.chain(aged).chain(lived).map(|(name, count)| (name.replace(" :", "\u{a0}:"), String::new(), vec![shown(count, lang)]));
    plain("dossiers", &find::lives(figures, lang), &[t.thing, t.number], rows.collect(), Some(StatisticsFile::Records))
}

/// Exams not done again: a count of exams, which like any other is not shown when it is small; its euros neither.
fn saved(data: &StatisticsData, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let exams = i64::try_from(data.exams).ok();
    let tells = exams.is_some_and(|exams| exams == 0 || exams >= dmp_core::statistics::LEAST_SHOWN);
    #[allow(clippy::cast_precision_loss, reason = "cents of a country's exams are far below 2^52")]
    let money = if tells {
        let [low, middle, high] = data.saved.map(|cents| euros(cents as f64, lang));
        format!("{middle} ({low} – {high})")
    } else {
        t.hidden_short.to_owned()
    };
    let rows =
        vec![(t.exams.to_owned(), String::new(), vec![shown(exams.filter(|_| tells), lang)]), (t.saved.to_owned(), String::new(), vec![money])];
    let says = match (exams.filter(|_| tells), lang) {
        (Some(0), _) => t.no_exam.to_owned(),
        (None, _) => t.exams_hidden.to_owned(),
        (Some(count), Lang::Fr) => format!("{} examens trouvés dans un dossier n'ont pas été refaits.", numbers::whole(count, lang)),
        (Some(count), Lang::En) => format!("{} exams that were found in a record were not done again.", numbers::whole(count, lang)),
    };
    plain("economies", &says, &[t.thing, t.number], rows, None)
}

/// What the words of the method say.
pub(super) fn method(t: &StatisticsTexts) -> Vec<Words> {
    let lines = |lines: &[&'static str]| lines.iter().map(|line| (*line).to_owned()).collect();
    vec![
        Words {
            title: t.definitions,
            lines: lines(&[
                t.def_opening,
                t.def_open,
                t.def_filled,
                t.def_newest,
                t.def_delay,
                t.def_readers,
                t.def_follow,
                t.def_rate,
                t.def_phase,
                t.def_phase_weeks,
                t.def_savings,
                t.def_cost,
            ]),
        },
        Words { title: t.method, lines: lines(&[t.method_text, t.late_text, t.hidden_note]) },
        Words { title: t.licence, lines: lines(&[t.licence_text]) },
        Words { title: t.changes, lines: lines(&[t.change_first, t.change_second]) },
    ]
}
