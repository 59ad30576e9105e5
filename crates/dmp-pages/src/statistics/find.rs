//! The sentences that say what the figures show.

use dmp_core::moment::Moment;
use dmp_core::statistics::{ChannelGroup, Figures, MonthUse, Week};
use dmp_core::territory::Region;

use super::{percent, rate, shown};
use crate::chart::Share;
use crate::texts::statistics::StatisticsTexts;
use crate::{Lang, dates, numbers};

/// Noon of a day, so that the day in Paris is that day.
const NOON_SECONDS: i64 = 43_200;

/// A day in words.
pub(super) fn day_words(day: i32, lang: Lang) -> String {
    dates::date(Moment::from_seconds(i64::from(day) * 86_400 + NOON_SECONDS), lang)
}

/// « du 3 décembre 2018 au 9 décembre 2018 ».
pub(super) fn week_words(week: Week, lang: Lang) -> String {
    let (from, to) = (day_words(week.first_day(), lang), day_words(week.last_day(), lang));
    match lang {
        Lang::Fr => format!("du {from} au {to}"),
        Lang::En => format!("from {from} to {to}"),
    }
}

pub(super) fn overview(figures: &Figures, lang: Lang) -> String {
    let until = day_words(figures.until.last_day(), lang);
    if figures.channels.total == Some(0) {
        return StatisticsTexts::of(lang).nothing.to_owned();
    }
    let filled = percent(figures.filled, figures.open, lang);
    let open = match (lang, figures.open) {
        (Lang::Fr, Some(0)) => format!("Au {until}, aucun dossier n'est ouvert."),
        (Lang::En, Some(0)) => format!("On {until}, no record is open."),
        (Lang::Fr, Some(open)) => format!("Au {until}, {} dossiers sont ouverts.", numbers::whole(open, lang)),
        (Lang::En, Some(open)) => format!("On {until}, {} records are open.", numbers::whole(open, lang)),
        (Lang::Fr, None) => format!("Le nombre de dossiers ouverts au {until} ne peut pas être montré."),
        (Lang::En, None) => format!("The number of records that are open on {until} cannot be shown."),
    };
    match (lang, filled) {
        (Lang::Fr, Some(filled)) => format!("{open} {filled} contiennent au moins un document."),
        (Lang::En, Some(filled)) => format!("{open} {filled} hold at least one document."),
        (Lang::Fr | Lang::En, None) => open,
    }
}

/// Openings of the last week, and how that compares with the week before.
pub(super) fn weekly(figures: &Figures, lang: Lang) -> String {
    week(figures, figures.until, lang)
}

pub(super) fn week(figures: &Figures, week: Week, lang: Lang) -> String {
    let opened = opened_words(figures.opened_in(week), &week_words(week, lang), lang);
    let change = change(figures, week, lang);
    if change.is_empty() { opened } else { format!("{opened} {change}.") }
}

/// « +12 % par rapport à la semaine précédente »; empty when one of the two is not told or was nought.
pub(super) fn change(figures: &Figures, week: Week, lang: Lang) -> String {
    let (Some(now), Some(before)) = (figures.opened_in(week), figures.opened_in(week.previous())) else { return String::new() };
    let Some(ratio) = super::ratio(now - before, before) else { return String::new() };
    let sign = if ratio >= 0.0 { "+" } else { "−" };
    let size = numbers::number((ratio.abs() * 100.0).round(), lang);
    match lang {
        Lang::Fr => format!("{sign}{size}\u{a0}% par rapport à la semaine précédente"),
        Lang::En => format!("{sign}{size}% on the week before"),
    }
}

/// All openings.
pub(super) fn opened(figures: &Figures, lang: Lang) -> String {
    let until = day_words(figures.until.last_day(), lang);
    opened_words(figures.channels.total, &format!("{} {until}", lang.pick("jusqu'au", "up to")), lang)
}

/// How many records were opened in a time.
fn opened_words(count: Option<i64>, when: &str, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, Some(0)) => format!("Aucun dossier n'a été ouvert {when}."),
        (Lang::En, Some(0)) => format!("No record was opened {when}."),
        (Lang::Fr, Some(count)) => format!("{} dossiers ont été ouverts {when}.", numbers::whole(count, lang)),
        (Lang::En, Some(count)) => format!("{} records were opened {when}.", numbers::whole(count, lang)),
        (Lang::Fr, None) => format!("Le nombre de dossiers ouverts {when} ne peut pas être montré."),
        (Lang::En, None) => format!("The number of records opened {when} cannot be shown."),
    }
}

/// The year in which most records were opened.
pub(super) fn years(figures: &Figures, lang: Lang) -> String {
    let most = figures.years.iter().filter_map(|(year, count)| Some((count.filter(|count| *count > 0)?, *year))).max();
    match (most, lang) {
        (Some((count, year)), Lang::Fr) => format!("{year} compte le plus d'ouvertures\u{a0}: {}.", numbers::whole(count, lang)),
        (Some((count, year)), Lang::En) => format!("{year} has most openings: {}.", numbers::whole(count, lang)),
        (None, Lang::Fr | Lang::En) => nothing_or_small(figures, lang),
    }
}

/// Openings of a region in the last week.
pub(super) fn region_week(name: &str, last: Option<&(Week, Option<i64>)>, lang: Lang) -> String {
    let Some((week, count)) = last else { return StatisticsTexts::of(lang).nothing.to_owned() };
    let sentence = opened_words(*count, &week_words(*week, lang), lang);
    match lang {
        Lang::Fr => format!("{name}\u{a0}: {}", lower(&sentence)),
        Lang::En => format!("{name}: {}", lower(&sentence)),
    }
}

/// A sentence that goes on after a colon.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Of the counts of a week, each with its name, the largest one.
pub(super) fn most_in<const N: usize>(what: &str, names: [&str; N], counts: Option<&Vec<Option<i64>>>, week: Week, lang: Lang) -> String {
    let told = names.into_iter().zip(counts.into_iter().flatten()).filter_map(|(name, count)| Some((count.filter(|count| *count > 0)?, name)));
    let words = week_words(week, lang);
    match (told.max_by_key(|(count, _)| *count), lang) {
        (Some((count, name)), Lang::Fr) => {
            format!("{what} qui compte le plus d'ouvertures {words}\u{a0}: {name} ({}).", numbers::whole(count, lang))
        }
        (Some((count, name)), Lang::En) => format!("{what} with most openings {words}: {name} ({}).", numbers::whole(count, lang)),
        (None, Lang::Fr) => format!("{what}\u{a0}: aucun nombre {words} ne peut être montré."),
        (None, Lang::En) => format!("{what}: no number {words} can be shown."),
    }
}

/// What is left of a whole when the counts that may be shown are taken away, so that the parts that are drawn make the whole.
pub(super) fn rest(counts: &[Option<i64>], total: Option<i64>, lang: Lang) -> Option<Share> {
    let hidden = total? - counts.iter().copied().flatten().sum::<i64>();
    let part = super::ratio(hidden, total?).filter(|part| *part > 0.0)?;
    Some(Share { words: format!("{} – {}", StatisticsTexts::of(lang).not_shown, percent(Some(hidden), total, lang)?), part: Some(part) })
}

/// Why there is no number: nothing happened, or too little.
fn nothing_or_small(figures: &Figures, lang: Lang) -> String {
    let t = StatisticsTexts::of(lang);
    if figures.channels.total == Some(0) { t.nothing.to_owned() } else { t.too_small.to_owned() }
}

/// Counts by channel that shares are told of: those of the last complete week where all of them may be shown, else all weeks together.
pub(super) fn shares_of(figures: &Figures) -> (&[Option<i64>], Option<i64>) {
    let last = figures.place(figures.until).and_then(|place| figures.channels.rows.get(place).zip(figures.channels.weeks.get(place)));
    match last {
        Some((row, Some(total))) if *total > 0 && row.iter().all(Option::is_some) => (row, Some(*total)),
        _ => (&figures.channels.columns, figures.channels.total),
    }
}

/// The channel through which most records were opened.
pub(super) fn channels(figures: &Figures, lang: Lang) -> String {
    let names = StatisticsTexts::groups(lang);
    let (basis, total) = shares_of(figures);
    let is_week = !std::ptr::eq(basis, figures.channels.columns.as_slice());
    let most = ChannelGroup::ALL.iter().zip(names).zip(basis).filter(|(_, count)| count.is_some_and(|count| count > 0));
    let Some(((_, name), count)) = most.max_by_key(|(_, count)| **count) else { return nothing_or_small(figures, lang) };
    let part = percent(*count, total, lang).unwrap_or_default();
    // As it is printed: two that are told as the same part are both told.
    let alike = ChannelGroup::ALL.iter().zip(names).zip(basis).filter(|(_, other)| percent(**other, total, lang).as_ref() == Some(&part));
    let heads: Vec<&str> = alike.map(|((_, name), _)| name).collect();
    let when = if is_week {
        lang.pick("de la dernière semaine complète", "of the last complete week")
    } else {
        lang.pick("depuis le début", "since the beginning")
    };
    if heads.len() > 1 {
        return match lang {
            Lang::Fr => format!("Premiers canaux à égalité\u{a0}: {}, {part} chacun des ouvertures {when}.", heads.join(" et ")),
            Lang::En => format!("First channels, alike: {}, {part} each of openings {when}.", heads.join(" and ")),
        };
    }
    match lang {
        Lang::Fr => format!("Premier canal\u{a0}: {name}, {part} des ouvertures {when}."),
        Lang::En => format!("First channel: {name}, {part} of openings {when}."),
    }
}

/// The regions where the rate is highest and lowest.
pub(super) fn regions(figures: &Figures, lang: Lang) -> String {
    let rates = Region::ALL.iter().zip(&figures.regions.columns).filter_map(|(region, count)| Some((*region, rate(*count, *region)?)));
    let mut rates: Vec<(Region, f64)> = rates.filter(|(_, rate)| *rate > 0.0).collect();
    rates.sort_by(|one, other| one.1.total_cmp(&other.1));
    let (Some(least), Some(most)) = (rates.first(), rates.last()) else { return nothing_or_small(figures, lang) };
    let number = |rate: f64| numbers::number(rate, lang);
    if number(most.1) == number(least.1) {
        return match lang {
            Lang::Fr => format!("Toutes les régions comptent autant d'ouvertures pour 1\u{202f}000 habitants ({}).", number(most.1)),
            Lang::En => format!("All regions have as many openings per 1,000 inhabitants ({}).", number(most.1)),
        };
    }
    match lang {
        Lang::Fr => format!(
            "{} compte le plus d'ouvertures pour 1\u{202f}000 habitants ({}), {} le moins ({}).",
            most.0.name(),
            number(most.1),
            least.0.name(),
            number(least.1)
        ),
        Lang::En => format!(
            "{} has most openings per 1,000 inhabitants ({}), {} fewest ({}).",
            most.0.name(),
            number(most.1),
            least.0.name(),
            number(least.1)
        ),
    }
}

pub(super) fn region(figures: &Figures, region: Region, lang: Lang) -> String {
    let place = Region::ALL.iter().position(|one| *one == region).unwrap_or_default();
    let count = figures.regions.columns.get(place).copied().flatten();
    let told = count.filter(|count| *count > 0).zip(rate(count, region));
    let Some((count, rate)) = told.map(|(count, rate)| (numbers::whole(count, lang), numbers::number(rate, lang))) else {
        return opened_words(count, lang.pick("depuis le début", "since the beginning"), lang);
    };
    match lang {
        Lang::Fr => format!("{count} ouvertures depuis le début, soit {rate} pour 1\u{202f}000 habitants."),
        Lang::En => format!("{count} openings since the beginning, {rate} per 1,000 inhabitants."),
    }
}

/// Documents of the last month.
pub(super) fn deposited(months: &[MonthUse], lang: Lang) -> String {
    let Some(month) = months.last() else { return StatisticsTexts::of(lang).nothing.to_owned() };
    let (count, name) = (shown(month.all_deposited, lang), month.month.spoken(lang.into()));
    match lang {
        Lang::Fr => format!("Documents déposés en {name}\u{a0}: {count}."),
        Lang::En => format!("Documents deposited in {name}: {count}."),
    }
}

/// Reads of the last month, and by how many professionals.
pub(super) fn read(months: &[MonthUse], lang: Lang) -> String {
    let Some(month) = months.last() else { return StatisticsTexts::of(lang).nothing.to_owned() };
    let (count, readers, name) = (shown(month.consulted, lang), shown(month.readers, lang), month.month.spoken(lang.into()));
    match lang {
        Lang::Fr => format!("Documents lus par des professionnels en {name}\u{a0}: {count}. Professionnels qui lisent\u{a0}: {readers}."),
        Lang::En => format!("Documents read by professionals in {name}: {count}. Professionals who read: {readers}."),
    }
}

/// Consultations that a document followed, in the last month that has any.
pub(super) fn followed(months: &[MonthUse], lang: Lang) -> String {
    let last = months.iter().rev().find_map(|month| Some((month, super::used::followed(month, lang)?)));
    let Some((month, part)) = last else { return StatisticsTexts::of(lang).no_consultation.to_owned() };
    let month = month.month.spoken(lang.into());
    match lang {
        Lang::Fr => format!("{part} des consultations remboursées de {month} ont été suivies d'un document dans les 7 jours."),
        Lang::En => format!("{part} of the reimbursed consultations of {month} were followed by a document within 7 days."),
    }
}

/// How records left use and came back.
pub(super) fn lives(figures: &Figures, lang: Lang) -> String {
    let [cancelled, closed, reopened, _] = figures.lives.map(|count| shown(count, lang));
    match lang {
        Lang::Fr => {
            format!("Depuis le début\u{a0}: ouvertures annulées, {cancelled}\u{a0}; sorties d'usage, {closed}\u{a0}; retours en usage, {reopened}.")
        }
        Lang::En => format!("Since the beginning: openings taken back, {cancelled}; left use, {closed}; came back, {reopened}."),
    }
}

pub(super) fn filled(figures: &Figures, lang: Lang) -> String {
    let Some(part) = percent(figures.filled, figures.open, lang) else { return StatisticsTexts::of(lang).nothing.to_owned() };
    let own = percent(figures.filled_by_professionals, figures.open, lang).unwrap_or_else(|| shown(None, lang));
    match lang {
        Lang::Fr => format!("{part} des dossiers ouverts contiennent un document. {own} en contiennent un d'un professionnel."),
        Lang::En => format!("{part} of open records hold a document. {own} hold one of a professional."),
    }
}
