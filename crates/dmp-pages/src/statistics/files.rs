//! The files of the statistics: the same numbers as on the pages, all weeks of them. What is hidden is an empty cell, or `null`.

use dmp_core::statistics::{CaisseGroup, ChannelGroup, DocumentOrigin, Figures, PhaseKind};
use dmp_core::territory::Region;

use super::{FigureBox, FigureTable, StatisticsPage, StatisticsView, rate, used};
use crate::texts::statistics::StatisticsTexts;

/// A file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsFile {
    Channels,
    Regions,
    Phases,
    Uses,
    Quality,
    Records,
}

/// Its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsForm {
    Csv,
    Json,
}

/// A cell: text, a number that may be hidden, or a rate.
enum Cell {
    Text(String),
    Count(Option<i64>),
    Rate(Option<f64>),
}

impl StatisticsFile {
    /// All files.
    pub const ALL: [StatisticsFile; 6] = [
        StatisticsFile::Channels,
        StatisticsFile::Regions,
        StatisticsFile::Phases,
        StatisticsFile::Uses,
        StatisticsFile::Quality,
        StatisticsFile::Records,
    ];

    fn name(self) -> &'static str {
        match self {
            StatisticsFile::Channels => "ouvertures-par-canal",
            StatisticsFile::Regions => "ouvertures-par-region",
            StatisticsFile::Phases => "ouvertures-par-phase",
            StatisticsFile::Uses => "usages-par-mois",
            StatisticsFile::Quality => "qualite-par-mois",
            StatisticsFile::Records => "dossiers",
        }
    }

    /// Where it is.
    pub fn path(self, form: StatisticsForm) -> String {
        let ending = match form {
            StatisticsForm::Csv => "csv",
            StatisticsForm::Json => "json",
        };
        format!("/statistiques/donnees/{}.{ending}", self.name())
    }

    /// The file of a name with its ending.
    pub fn of_name(name: &str) -> Option<(Self, StatisticsForm)> {
        let (stem, ending) = name.rsplit_once('.')?;
        let form = match ending {
            "csv" => StatisticsForm::Csv,
            "json" => StatisticsForm::Json,
            _ => return None,
        };
        Self::ALL.into_iter().find(|file| file.name() == stem).map(|file| (file, form))
    }

    /// Its text.
    pub fn text(self, form: StatisticsForm, figures: &Figures) -> String {
        let (head, rows) = match self {
            StatisticsFile::Channels => channels(figures),
            StatisticsFile::Regions => regions(figures),
            StatisticsFile::Phases => phases(figures),
            StatisticsFile::Uses => uses(figures),
            StatisticsFile::Quality => quality(figures),
            StatisticsFile::Records => records(figures),
        };
        match form {
            StatisticsForm::Csv => csv(&head, &rows),
            StatisticsForm::Json => json(&head, &rows),
        }
    }
}

type Table = (Vec<&'static str>, Vec<Vec<Cell>>);

fn channels(figures: &Figures) -> Table {
    let head = ["semaine"].into_iter().chain(ChannelGroup::ALL.map(ChannelGroup::code)).chain(["ensemble"]).collect();
    let rows = figures.weeks.iter().zip(&figures.channels.rows).zip(&figures.channels.weeks);
    let week = |((week, row), all): ((&dmp_core::statistics::Week, &Vec<Option<i64>>), &Option<i64>)| {
        let counts = row.iter().chain([all]).map(|count| Cell::Count(*count));
        [Cell::Text(week.to_string())].into_iter().chain(counts).collect()
    };
    let total = [Cell::Text("total".to_owned())].into_iter();
    let total = total.chain(figures.channels.columns.iter().chain([&figures.channels.total]).map(|count| Cell::Count(*count))).collect();
    (head, rows.map(week).chain([total]).collect())
}

fn regions(figures: &Figures) -> Table {
    let mut rows = Vec::new();
    let places = || Region::ALL.into_iter().map(Some).chain([None]).enumerate();
    let named = |region: Option<Region>| Cell::Text(region.map_or("inconnue", Region::code).to_owned());
    for (week, row) in figures.weeks.iter().zip(&figures.regions.rows) {
        for (place, region) in places() {
            let count = row.get(place).copied().flatten();
            rows.push(vec![Cell::Text(week.to_string()), named(region), Cell::Count(count), Cell::Rate(None)]);
        }
    }
    for (place, region) in places() {
        let count = figures.regions.columns.get(place).copied().flatten();
        rows.push(vec![Cell::Text("total".to_owned()), named(region), Cell::Count(count), Cell::Rate(region.and_then(|region| rate(count, region)))]);
    }
    (vec!["semaine", "region", "ouvertures", "pour_1000_habitants"], rows)
}

/// The weeks, then each phase together. Without a pilot phase, the head alone.
fn phases(figures: &Figures) -> Table {
    let head = ["semaine", "phase"].into_iter().chain(CaisseGroup::ALL.map(CaisseGroup::code)).chain(["ensemble"]).collect();
    let Some(phases) = &figures.phases else { return (head, Vec::new()) };
    let row = |when: String, kind: PhaseKind, counts: &[Option<i64>], all: Option<i64>| {
        let counts = counts.iter().copied().chain([all]).map(Cell::Count);
        [Cell::Text(when), Cell::Text(kind.code().to_owned())].into_iter().chain(counts).collect()
    };
    let weeks = figures.weeks.iter().zip(&phases.kinds).zip(&phases.weeks);
    let weeks = weeks.map(|((week, kind), (counts, all))| row(week.to_string(), *kind, counts, *all));
    let parts = phases.parts.iter().map(|part| row("total".to_owned(), part.kind, &part.groups, part.total));
    (head, weeks.chain(parts).collect())
}

fn uses(figures: &Figures) -> Table {
    let deposits = DocumentOrigin::ALL.map(|origin| match origin {
        DocumentOrigin::Professional => "depots_ville",
        DocumentOrigin::Hospital => "depots_etablissements",
        DocumentOrigin::Laboratory => "depots_laboratoires",
        DocumentOrigin::Person => "depots_personne",
        DocumentOrigin::Insurer => "depots_assurance_maladie",
    });
    let others = ["depots", "documents_lus", "dossiers_regardes", "professionnels_lisant", "alimentant", "delai_median_jours"];
    let head = ["mois"].into_iter().chain(deposits).chain(others).collect();
    let row = |month: &dmp_core::statistics::MonthUse| {
        let counts = [month.all_deposited, month.consulted, month.looked, month.readers, month.feeders, month.delay_days];
        [Cell::Text(month.month.to_string())].into_iter().chain(month.deposited.iter().copied().chain(counts).map(Cell::Count)).collect()
    };
    (head, figures.months.iter().map(row).collect())
}

fn quality(figures: &Figures) -> Table {
    let delays = ["delai_0_jour", "delai_1_jour", "delai_2_a_7_jours", "delai_8_a_30_jours", "delai_plus_de_30_jours"];
    let head = ["mois", "delai_median_jours"].into_iter().chain(delays).chain(["consultations_remboursees", "suivies_d_un_document"]).collect();
    let row = |month: &dmp_core::statistics::MonthUse| {
        let counts = [month.delay_days].into_iter().chain(month.delays.iter().copied()).chain([month.consultations, month.followed]);
        [Cell::Text(month.month.to_string())].into_iter().chain(counts.map(Cell::Count)).collect()
    };
    (head, figures.months.iter().map(row).collect())
}

fn records(figures: &Figures) -> Table {
    let [cancelled, closed, reopened, destroyed] = figures.lives;
    let rows = [
        ("ouvertures", figures.channels.total),
        ("dossiers_ouverts", figures.open),
        ("dossiers_non_vides", figures.filled),
        ("dossiers_non_vides_professionnels", figures.filled_by_professionals),
        ("documents", figures.documents),
        ("ouvertures_annulees", cancelled),
        ("sorties_d_usage", closed),
        ("retours_en_usage", reopened),
        ("destructions", destroyed),
    ];
    let ages = ["document_recent_31_jours", "document_recent_6_mois", "document_recent_1_an", "document_recent_plus_ancien"];
    let ages = ages.into_iter().zip(figures.newest.iter().copied());
    let until = figures.until.to_string();
    let row = |(name, count): (&str, Option<i64>)| vec![Cell::Text(until.clone()), Cell::Text(name.to_owned()), Cell::Count(count)];
    (vec!["semaine", "quoi", "nombre"], rows.into_iter().chain(ages).map(row).collect())
}

fn csv(head: &[&str], rows: &[Vec<Cell>]) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.map(|count| count.to_string()).unwrap_or_default(),
        Cell::Rate(rate) => rate.map(|rate| rate.to_string()).unwrap_or_default(),
    };
    let line = |row: &Vec<Cell>| row.iter().map(cell).collect::<Vec<_>>().join(",");
    std::iter::once(head.join(",")).chain(rows.iter().map(line)).flat_map(|line| [line, "\n".to_owned()]).collect()
}

/// A list of objects. Every text is one of ours: letters, digits and hyphens.
fn json(head: &[&str], rows: &[Vec<Cell>]) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => format!("\"{text}\""),
        Cell::Count(count) => count.map_or_else(|| "null".to_owned(), |count| count.to_string()),
        Cell::Rate(rate) => rate.map_or_else(|| "null".to_owned(), |rate| rate.to_string()),
    };
    let object = |row: &Vec<Cell>| {
        let fields: Vec<String> = head.iter().zip(row).map(|(name, value)| format!("\"{name}\":{}", cell(value))).collect();
        format!("{{{}}}", fields.join(","))
    };
    format!("[{}]\n", rows.iter().map(object).collect::<Vec<_>>().join(",\n"))
}

/// The page of the files.
pub(super) fn describe(page: &mut StatisticsPage) {
    let t: &StatisticsTexts = page.t();
    let holds = |file: StatisticsFile| match file {
        StatisticsFile::Channels => t.file_channels,
        StatisticsFile::Regions => t.file_regions,
        StatisticsFile::Phases => t.file_phases,
        StatisticsFile::Uses => t.file_uses,
        StatisticsFile::Quality => t.file_quality,
        StatisticsFile::Records => t.file_records,
    };
    page.boxes = StatisticsFile::ALL
        .into_iter()
        .map(|file| FigureBox {
            id: file.name(),
            says: holds(file).to_owned(),
            svg: None,
            table: FigureTable {
                head: vec![t.file.to_owned(), t.holds.to_owned()],
                rows: [StatisticsForm::Csv, StatisticsForm::Json]
                    .map(|form| (file.path(form), file.path(form), vec![holds(file).to_owned()]))
                    .to_vec(),
            },
            file: Some(file),
            link: StatisticsView::Data.path(),
        })
        .collect();
    page.words = used::method(t);
}
