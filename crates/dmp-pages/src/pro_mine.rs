//! A professional's own patients, and what is new in their records.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::pro::sex_words;
use crate::texts::pro_mine::MineTexts;
use crate::{DocumentLine, Shell, dates};

/// A person whose record this professional may open.
#[derive(Clone)]
pub struct PatientLine {
    /// Sealed id: link `/pro/patients/{pid}`.
    pub pid: String,
    pub name: String,
    pub birth_date: BirthDate,
    pub sex: Sex,
    pub medecin_traitant: bool,
    pub last_act: Option<Moment>,
}

/// Whom this professional may open (TD0.4), at `/pro/mine`. Links: `/pro/patients/{pid}`, `/pro/news`. No form.
#[derive(Clone, Template)]
#[template(path = "pro_mine.html")]
pub struct ProMine {
    pub shell: Shell,
    pub patients: Vec<PatientLine>,
    /// Whether some are left out.
    pub more: bool,
}

/// What is new in one record.
#[derive(Clone)]
pub struct PatientNewsLine {
    pub pid: String,
    pub name: String,
    pub birth_date: BirthDate,
    pub sex: Sex,
    pub since: Moment,
    pub documents: Vec<DocumentLine>,
}

/// The worklist, at `/pro/news`. Links: `/pro/patients/{pid}`, its documents. No form.
#[derive(Clone, Template)]
#[template(path = "pro_news.html")]
pub struct ProNews {
    pub shell: Shell,
    /// The record with the newest document first.
    pub patients: Vec<PatientNewsLine>,
}

silent_debug!(PatientLine, ProMine, PatientNewsLine, ProNews);

impl ProMine {
    fn t(&self) -> &'static MineTexts {
        MineTexts::of(self.shell.lang)
    }

    fn birth(&self, line: &PatientLine) -> String {
        dates::birth_date(line.birth_date, self.shell.lang)
    }

    fn sex(&self, line: &PatientLine) -> &'static str {
        sex_words(line.sex, self.shell.lang)
    }
}

impl ProNews {
    fn t(&self) -> &'static MineTexts {
        MineTexts::of(self.shell.lang)
    }

    fn birth(&self, line: &PatientNewsLine) -> String {
        dates::birth_date(line.birth_date, self.shell.lang)
    }

    fn sex(&self, line: &PatientNewsLine) -> &'static str {
        sex_words(line.sex, self.shell.lang)
    }
}
