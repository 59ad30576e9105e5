//! One analyte in a list: its latest value.

use dmp_core::summary::{Point, Series, Trend};

use super::point::{Standing, by_words, range_words, value_words};
use crate::chart::{Bar, Said, Svg, bar, sparkline};
use crate::lang::silent_debug;
use crate::{Lang, ProofLink, ProofOf, dates, words};

/// The latest value of one analyte, in words.
#[derive(Clone)]
pub struct ResultLine {
    /// Of the analyte.
    pub name: String,
    /// Page of its curve.
    pub href: String,
    pub value: String,
    /// « de 4 à 6 »; empty without a range.
    pub range: String,
    pub standing: Standing,
    /// « en hausse »; empty when it cannot be told.
    pub trend: &'static str,
    pub when: String,
    /// Laboratory or place.
    pub by: String,
    pub is_new: bool,
    pub sparkline: Option<Svg>,
    pub bar: Option<Svg>,
    pub source: ProofLink,
}

silent_debug!(ResultLine);

impl ResultLine {
    /// `place` is the series' number on the page, for identifiers. `None` for a series without points, which the summary never holds.
    pub(crate) fn of(series: &Series, href: String, place: usize, proof: ProofOf, lang: Lang) -> Option<Self> {
        let latest = series.points.last()?;
        let (name, value, range) = (name(series, lang), value_words(series, latest, lang), range_words(latest, lang));
        let standing = Standing::of(latest);
        let numbers: Vec<f64> = series.points.iter().filter_map(|point| point.number).collect();
        Some(ResultLine {
            bar: drawn(latest, &format!("bar-{place}"), &format!("{name}{} {value}", lang.pick("\u{a0}:", ":")), &described(&range, standing, lang)),
            sparkline: sparkline(&numbers),
            trend: trend_words(series.trend, lang),
            when: dates::when(latest.when, lang),
            by: by_words(latest, lang),
            is_new: series.is_new,
            source: ProofLink::of(&latest.source, proof, lang),
            name,
            href,
            value,
            range,
            standing,
        })
    }
}

/// The analyte's name as the latest source wrote it.
pub(super) fn name(series: &Series, lang: Lang) -> String {
    let text = words::clean(&series.analyte.text);
    let code = || series.analyte.codes.first().map(|code| words::clean(&code.code)).filter(|code| !code.is_empty());
    if text.is_empty() { code().unwrap_or_else(|| lang.pick("analyse sans nom", "unnamed analysis").to_owned()) } else { text }
}

fn drawn(point: &Point, id: &str, title: &str, description: &str) -> Option<Svg> {
    bar(&Bar { said: Said { id, title, description }, value: point.number?, low: point.low, high: point.high })
}

fn described(range: &str, standing: Standing, lang: Lang) -> String {
    format!("{} {range}. {}", lang.pick("Valeurs habituelles\u{a0}:", "Usual values:"), standing.words(&lang))
}

fn trend_words(trend: Trend, lang: Lang) -> &'static str {
    let (fr, en) = match trend {
        Trend::Rising => ("en hausse", "rising"),
        Trend::Falling => ("en baisse", "falling"),
        Trend::Stable => ("stable", "stable"),
        Trend::Unknown => ("", ""),
    };
    lang.pick(fr, en)
}
