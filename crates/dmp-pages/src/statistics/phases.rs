//! The page that sets the pilot phase beside the general one.

use dmp_core::statistics::{CaisseGroup, Figures, PhaseFigures, PhaseKind, PhasePart, Week};

use super::opened::{WEEKS_SHOWN, line};
use super::{BigFigure, FigureBox, FigureTable, StatisticsData, StatisticsFile, StatisticsPage, StatisticsView, find, percent, ratio, shown};
use crate::chart::{Said, Share, shares};
use crate::texts::statistics::StatisticsTexts;
use crate::{Lang, numbers};

pub(super) fn phases(page: &mut StatisticsPage, data: &StatisticsData) {
    let (lang, t, figures) = (page.lang(), page.t(), data.figures);
    let Some(phases) = &figures.phases else { return };
    page.big = [(PhaseKind::Pilot, t.pilot_week), (PhaseKind::General, t.general_week)]
        .into_iter()
        .filter_map(|(kind, name)| Some((phases.part(kind)?, name)))
        .map(|(part, name)| BigFigure { name, value: a_week(part, CaisseGroup::Pilots, lang), more: t.of_pilots.to_owned() })
        .collect();
    page.boxes = vec![
        compared(phases, lang),
        curve(figures, phases, CaisseGroup::Pilots, lang),
        curve(figures, phases, CaisseGroup::Others, lang),
        caisses(phases, lang),
    ];
    page.words = vec![super::Words { title: t.definitions, lines: vec![t.def_phase.to_owned(), t.def_phase_weeks.to_owned()] }];
}

/// The finding: how much of each phase the pilots opened.
pub(super) fn finding(figures: &Figures, lang: Lang) -> String {
    let t = StatisticsTexts::of(lang);
    let Some(phases) = &figures.phases else { return t.no_phase.to_owned() };
    let count = numbers::whole(i64::try_from(phases.pilots.len()).unwrap_or(i64::MAX), lang);
    let share = |kind| share(phases, kind, lang);
    let day = phases.general.map(|day| find::day_words(day, lang));
    match (lang, share(PhaseKind::Pilot), share(PhaseKind::General), day) {
        (Lang::Fr, Some(pilot), Some(general), Some(day)) => {
            format!("Les {count} caisses pilotes comptaient {pilot} des ouvertures de la phase pilote ; depuis l'ouverture générale du {day}, elles en comptent {general}.")
        }
        (Lang::En, Some(pilot), Some(general), Some(day)) => {
            format!("The {count} pilot caisses had {pilot} of the openings of the pilot phase; since the general opening on {day} they have {general}.")
        }
        (Lang::Fr, Some(pilot), ..) => format!("Les {count} caisses pilotes comptent {pilot} des ouvertures de la phase pilote."),
        (Lang::En, Some(pilot), ..) => format!("The {count} pilot caisses have {pilot} of the openings of the pilot phase."),
        (Lang::Fr, None, ..) => format!("{count} caisses pilotes ; leur part des ouvertures n'est pas encore montrée."),
        (Lang::En, None, ..) => format!("{count} pilot caisses; their share of openings is not shown yet."),
    }
    .replace(" ;", "\u{a0};")
}

/// How much of a phase the pilots opened.
fn share(phases: &PhaseFigures, kind: PhaseKind, lang: Lang) -> Option<String> {
    let part = phases.part(kind).filter(|part| part.weeks > 0)?;
    percent(part.openings(CaisseGroup::Pilots), part.total, lang)
}

/// From which share to which.
fn change(phases: &PhaseFigures, lang: Lang) -> Option<String> {
    let (from, to) = (share(phases, PhaseKind::Pilot, lang)?, share(phases, PhaseKind::General, lang)?);
    Some(match lang {
        Lang::Fr => format!("La part des caisses pilotes dans les ouvertures passe de {from} dans la phase pilote à {to} dans la phase générale."),
        Lang::En => format!("The share of the pilot caisses in openings goes from {from} in the pilot phase to {to} in the general one."),
    })
}

fn place_of(group: CaisseGroup) -> usize {
    CaisseGroup::ALL.iter().position(|one| *one == group).unwrap_or_default()
}

/// Openings of a group in a week of a phase, on average.
fn a_week(part: &PhasePart, group: CaisseGroup, lang: Lang) -> String {
    let weeks = i64::try_from(part.weeks).unwrap_or(i64::MAX);
    let each = part.openings(group).and_then(|count| ratio(count, weeks));
    match each {
        Some(each) => numbers::number(each.round(), lang),
        None if part.weeks == 0 => "–".to_owned(),
        None => StatisticsTexts::of(lang).hidden_short.to_owned(),
    }
}

fn compared(phases: &PhaseFigures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let names = [t.phase_before, t.phase_pilot, t.phase_general];
    let (mut parts, mut rows) = (Vec::new(), Vec::new());
    for (part, name) in phases.parts.iter().zip(names).filter(|(part, _)| part.weeks > 0) {
        let piloted = part.openings(CaisseGroup::Pilots);
        let share = percent(piloted, part.total, lang).unwrap_or_else(|| t.hidden_short.to_owned());
        parts
            .push(Share {
                words: format!("{name} – {} {share}", t.of_pilots), part: piloted.zip(part.total).and_then(|(one, all)| ratio(one, all))
            });
        let groups = CaisseGroup::ALL.into_iter().flat_map(|group| [shown(part.openings(group), lang), a_week(part, group, lang)]);
        let weeks = numbers::whole(i64::try_from(part.weeks).unwrap_or(i64::MAX), lang);
        rows.push((name.to_owned(), String::new(), [weeks].into_iter().chain(groups).chain([share]).collect()));
    }
    let groups = StatisticsTexts::caisse_groups(lang);
    let head = groups.iter().flat_map(|name| [(*name).to_owned(), t.a_week.to_owned()]);
    let says = change(phases, lang).unwrap_or_else(|| t.phases_hidden.to_owned());
    FigureBox {
        id: "phases",
        svg: shares(Said { id: "phases", title: t.phases_says, description: &says }, &parts),
        says,
        table: FigureTable {
            head: [t.phase.to_owned(), t.weeks.to_owned()].into_iter().chain(head).chain([t.share_of_pilots.to_owned()]).collect(),
            rows,
        },
        file: Some(StatisticsFile::Phases),
        link: StatisticsView::Phases.path(),
    }
}

fn curve(figures: &Figures, phases: &PhaseFigures, group: CaisseGroup, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let place = place_of(group);
    let names = [t.phase_before, t.phase_pilot, t.phase_general];
    let counts: Vec<(Week, Option<i64>)> =
        figures.weeks.iter().zip(&phases.weeks).map(|(week, (row, _))| (*week, row.get(place).copied().flatten())).collect();
    let from = counts.len().saturating_sub(WEEKS_SHOWN);
    let recent = counts.get(from..).unwrap_or_default();
    let kinds = phases.kinds.get(from..).unwrap_or_default();
    let named =
        |kind: PhaseKind| PhaseKind::ALL.iter().zip(names).find(|(one, _)| **one == kind).map(|(_, name)| name.to_owned()).unwrap_or_default();
    let rows = recent
        .iter()
        .zip(kinds)
        .rev()
        .map(|((week, count), kind)| (week.to_string(), StatisticsView::Week(*week).path(), vec![named(*kind), shown(*count, lang)]));
    let (id, name) = match group {
        CaisseGroup::Pilots => ("pilotes", StatisticsTexts::caisse_groups(lang)[0]),
        CaisseGroup::Others | CaisseGroup::Unknown => ("autres", StatisticsTexts::caisse_groups(lang)[1]),
    };
    FigureBox {
        id,
        says: said_of_peak(name, recent, lang),
        svg: line(recent, id, name, lang),
        table: FigureTable { head: [t.week, t.phase, t.openings].map(str::to_owned).to_vec(), rows: rows.collect() },
        file: Some(StatisticsFile::Phases),
        link: StatisticsView::Phases.path(),
    }
}

/// Where the curve is highest.
fn said_of_peak(name: &str, counts: &[(Week, Option<i64>)], lang: Lang) -> String {
    let told = counts.iter().filter_map(|(week, count)| Some((*count.as_ref()?, *week)));
    match (told.max_by_key(|(count, _)| *count), lang) {
        (Some((count, week)), Lang::Fr) if count > 0 => {
            format!("{name}\u{a0}: {} ouvertures dans la semaine la plus forte de l'année, {week}.", numbers::whole(count, lang))
        }
        (Some((count, week)), Lang::En) if count > 0 => {
            format!("{name}: {} openings in the strongest week of the year, {week}.", numbers::whole(count, lang))
        }
        (Some(_) | None, Lang::Fr) => format!("{name}\u{a0}: aucun nombre d'ouvertures de l'année ne peut être montré."),
        (Some(_) | None, Lang::En) => format!("{name}: no number of openings of the year can be shown."),
    }
}

fn caisses(phases: &PhaseFigures, lang: Lang) -> FigureBox {
    let t = StatisticsTexts::of(lang);
    let row = |(caisse, day): &(dmp_core::territory::Caisse, i32)| {
        (format!("{} ({})", caisse.name(), caisse.code()), String::new(), vec![find::day_words(*day, lang)])
    };
    let general = phases.general.map(|day| (t.everybody.to_owned(), String::new(), vec![find::day_words(day, lang)]));
    FigureBox {
        id: "caisses",
        says: t.pilot_caisses.to_owned(),
        svg: None,
        table: FigureTable {
            head: [t.caisse, t.first_day].map(str::to_owned).to_vec(),
            rows: phases.pilots.iter().map(row).chain(general).collect(),
        },
        file: None,
        link: StatisticsView::Phases.path(),
    }
}
