//! Results: the latest value of every analyte, and one analyte over time across laboratories.

mod analyte;
mod line;
mod matrix;
mod point;

use askama::Template;
use dmp_core::summary::Series;

pub use analyte::AnalytePage;
pub use line::ResultLine;
pub(crate) use matrix::Matrix;

use crate::lang::silent_debug;
use crate::texts::results::ResultsTexts;
use crate::{ProofOf, Reader, Shell};

/// What the server gives beside the series.
#[derive(Clone)]
pub struct ResultsContext<'a> {
    pub shell: Shell,
    /// Name of the person whose record it is.
    pub person: String,
    pub reader: Reader,
    /// Path of the record's first page: link back.
    pub home: String,
    /// Path of the results page: `/results` or `/pro/patients/{pid}/results`. An analyte is at `{results}/{key}`.
    pub results: String,
    pub proof: ProofOf<'a>,
}

/// The last part of the path of each series: letters and digits that stay the same as long as the analyte and its unit do, and that show nothing
/// of either (a path stands in histories). In the order of the series, each one unique.
pub fn series_keys(series: &[Series]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(series.len());
    for one in series {
        let key = key(one);
        let same = keys.iter().filter(|other| other.starts_with(&key)).count();
        keys.push(if same == 0 { key } else { format!("{key}-{}", same + 1) });
    }
    keys
}

/// Of the principal code, or the words, and the unit.
fn key(series: &Series) -> String {
    let analyte = series.analyte.codes.first().map_or(series.analyte.text.as_str(), |code| code.code.as_str());
    opaque(analyte.bytes().chain(Some(0)).chain(series.unit.bytes()))
}

/// What stands for words in an address: sixteen hexadecimal digits, the same as long as the words are, and no word (FNV-1a).
pub fn opaque(bytes: impl Iterator<Item = u8>) -> String {
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// All results, at `/results` and `/pro/patients/{pid}/results`.
///
/// Links: home, each analyte's page, each value's proof. No form.
#[derive(Clone, Template)]
#[template(path = "results_page.html")]
pub struct ResultsPage {
    pub shell: Shell,
    pub person: String,
    pub reader: Reader,
    pub home: String,
    /// Outside of their range first, then as the summary ordered them.
    pub lines: Vec<ResultLine>,
    /// Dates × analytes, for professionals.
    pub matrix: Option<Matrix>,
    /// Only weight, height, blood pressure and the like, at `/measures`.
    pub measures: bool,
}

silent_debug!(ResultsPage);

impl std::fmt::Debug for ResultsContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResultsContext(…)")
    }
}

impl ResultsPage {
    /// From the summary's series.
    pub fn of(context: ResultsContext, series: &[Series]) -> Self {
        let lang = context.shell.lang;
        let mut lines = lines(series, &context.results, context.proof, lang);
        lines.sort_by_key(|line| !line.standing.is_outside());
        let matrix = (context.reader == Reader::Professional).then(|| Matrix::of(series, &context.results, lang)).flatten();
        ResultsPage { shell: context.shell, person: context.person, reader: context.reader, home: context.home, lines, matrix, measures: false }
    }

    /// Weight, height, blood pressure and the like alone; each leads to its page among all results.
    pub fn measures(context: ResultsContext, series: &[Series]) -> Self {
        let keyed = series.iter().zip(series_keys(series)).enumerate().filter(|(_, (one, _))| one.is_measure);
        let line = |(place, (one, key)): (usize, (&Series, String))| {
            ResultLine::of(one, format!("{}/{key}", context.results), place, context.proof, context.shell.lang)
        };
        let lines = keyed.filter_map(line).collect();
        ResultsPage { shell: context.shell, person: context.person, reader: context.reader, home: context.home, lines, matrix: None, measures: true }
    }

    fn title(&self) -> &'static str {
        let t = self.t();
        match (self.measures, self.reader.is_own()) {
            (true, true) => t.measures_own,
            (true, false) => t.measures,
            (false, true) => t.title_own,
            (false, false) => t.title,
        }
    }

    fn lead(&self) -> &'static str {
        if self.measures { self.t().measures_lead } else { self.t().lead }
    }

    fn empty(&self) -> &'static str {
        if self.measures { self.t().measures_empty } else { self.t().empty }
    }

    fn t(&self) -> &'static ResultsTexts {
        ResultsTexts::of(self.shell.lang)
    }
}

/// The latest value of each series, in the order given.
pub(crate) fn lines(series: &[Series], results: &str, proof: ProofOf, lang: crate::Lang) -> Vec<ResultLine> {
    let keyed = series.iter().zip(series_keys(series)).enumerate();
    keyed.filter_map(|(place, (one, key))| ResultLine::of(one, format!("{results}/{key}"), place, proof, lang)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::summary::samples;

    #[test]
    fn a_key_is_unique_stable_and_shows_nothing() {
        let mut series = samples::rich().results;
        series.push(series[0].clone());
        let keys = series_keys(&series);
        assert_eq!(keys, series_keys(&series));
        assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        assert_eq!(keys[3], format!("{}-2", keys[0]));
        assert!(keys.iter().all(|key| key.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-')));
        let mut other = series[0].clone();
        other.unit = "mmol/mol".into();
        assert_ne!(key(&other), keys[0]);
    }
}
