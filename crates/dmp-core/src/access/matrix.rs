//! The *matrice d'habilitation*: profession × document type → may read. Dated data, deny unknown.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::class_of;
use crate::identity::Profession;

/// Where a cell comes from. A reconstruction is never presented as the order's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    Source,
    Reconstruction,
}

/// One cell: may this profession read this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub read: bool,
    pub provenance: Provenance,
}

/// A dated table of reading rights.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// Name and date of the text, `arrêté du 26 octobre 2023 (reconstitution)`.
    pub version: String,
    /// Profession key (`G15/10`) → class → cell.
    classes: BTreeMap<String, BTreeMap<String, Cell>>,
    /// Profession key → type → cell; wins over the class.
    types: BTreeMap<String, BTreeMap<String, Cell>>,
}

impl Matrix {
    /// An empty matrix: nobody reads anything.
    pub fn empty(version: impl Into<String>) -> Self {
        Matrix { version: version.into(), classes: BTreeMap::new(), types: BTreeMap::new() }
    }

    /// Sets the cell of a whole class.
    pub fn set_class(&mut self, profession: &str, class: &str, cell: Cell) {
        self.classes.entry(profession.to_owned()).or_default().insert(class.to_owned(), cell);
    }

    /// Sets the cell of one type, which wins over its class.
    pub fn set_type(&mut self, profession: &str, type_code: &str, cell: Cell) {
        self.types.entry(profession.to_owned()).or_default().insert(type_code.to_owned(), cell);
    }

    /// The professions that have a cell, by key.
    pub fn professions(&self) -> Vec<Profession> {
        let keys: BTreeSet<&String> = self.classes.keys().chain(self.types.keys()).collect();
        keys.into_iter().filter_map(|key| Profession::parse(key).ok()).collect()
    }

    /// The cell for a profession and a type. `None`: unknown, so no.
    pub fn cell(&self, profession: &Profession, type_code: &str) -> Option<Cell> {
        let key = profession.key();
        let exception = self.types.get(&key).and_then(|row| row.get(type_code));
        exception.or_else(|| self.classes.get(&key)?.get(class_of(type_code)?)).copied()
    }

    /// Whether a profession may read any type at all.
    pub fn opens_to(&self, profession: &Profession) -> bool {
        let key = profession.key();
        let opens = |rows: &BTreeMap<String, BTreeMap<String, Cell>>| rows.get(&key).is_some_and(|row| row.values().any(|cell| cell.read));
        opens(&self.types) || opens(&self.classes)
    }
}
