//! The columns of a line, whatever the form of the file.

use std::borrow::Cow;

/// A column of the feed (`docs/reimbursements.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    LineId,
    Ins,
    InsOid,
    Kind,
    CodeSystem,
    Code,
    Label,
    GroupCode,
    GroupLabel,
    Components,
    Quantity,
    Date,
    Until,
    PrescriberName,
    PrescriberRole,
    PrescriberPlace,
    PerformerName,
    PerformerRole,
    PerformerPlace,
    Cancelled,
}

impl Column {
    /// Every column, in the order of the documentation.
    pub const ALL: [Column; 20] = [
        Column::LineId,
        Column::Ins,
        Column::InsOid,
        Column::Kind,
        Column::CodeSystem,
        Column::Code,
        Column::Label,
        Column::GroupCode,
        Column::GroupLabel,
        Column::Components,
        Column::Quantity,
        Column::Date,
        Column::Until,
        Column::PrescriberName,
        Column::PrescriberRole,
        Column::PrescriberPlace,
        Column::PerformerName,
        Column::PerformerRole,
        Column::PerformerPlace,
        Column::Cancelled,
    ];

    /// Those that a CSV or Parquet file must have.
    pub const NEEDED: [Column; 7] = [Column::LineId, Column::Ins, Column::InsOid, Column::Kind, Column::CodeSystem, Column::Code, Column::Date];

    /// The name in a header.
    pub fn name(self) -> &'static str {
        match self {
            Column::LineId => "line_id",
            Column::Ins => "ins",
            Column::InsOid => "ins_oid",
            Column::Kind => "kind",
            Column::CodeSystem => "code_system",
            Column::Code => "code",
            Column::Label => "label",
            Column::GroupCode => "group_code",
            Column::GroupLabel => "group_label",
            Column::Components => "components",
            Column::Quantity => "quantity",
            Column::Date => "date",
            Column::Until => "until",
            Column::PrescriberName => "prescriber_name",
            Column::PrescriberRole => "prescriber_role",
            Column::PrescriberPlace => "prescriber_place",
            Column::PerformerName => "performer_name",
            Column::PerformerRole => "performer_role",
            Column::PerformerPlace => "performer_place",
            Column::Cancelled => "cancelled",
        }
    }

    /// From a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// The columns of a header, in its order.
    ///
    /// # Errors
    /// In words, when one is unknown, stands twice or is missing. Only names of our own are quoted: a file without a header would
    /// show a person's line.
    pub fn header<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Vec<Self>, String> {
        let mut columns = Vec::new();
        for (position, name) in names.into_iter().enumerate() {
            let column = Self::find(name.trim()).ok_or_else(|| format!("column {} of the header has no name of this feed", position + 1))?;
            if columns.contains(&column) {
                return Err(format!("column `{}` stands twice in the header", column.name()));
            }
            columns.push(column);
        }
        match Self::NEEDED.into_iter().find(|column| !columns.contains(column)) {
            Some(missing) => Err(format!("the header lacks the column `{}`", missing.name())),
            None => Ok(columns),
        }
    }

    fn position(self) -> usize {
        Self::ALL.iter().position(|column| *column == self).unwrap_or(0)
    }
}

/// The texts of one line, empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Raw<'a> {
    texts: [Cow<'a, str>; Column::ALL.len()],
}

impl<'a> Raw<'a> {
    /// The text of a column.
    pub fn get(&self, column: Column) -> &str {
        self.texts.get(column.position()).map_or("", |text| text.trim())
    }

    /// Sets the text of a column.
    pub fn set(&mut self, column: Column, text: Cow<'a, str>) {
        if let Some(place) = self.texts.get_mut(column.position()) {
            *place = text;
        }
    }
}
