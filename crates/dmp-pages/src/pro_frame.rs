//! What stands above every page of a patient: who they are, by what right the record is open, and the ways to its pages.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::pro::{KeyTexts, ProTexts, age_words, sex_words};
use crate::{Lang, dates};

/// How the record was opened.
#[derive(Clone, PartialEq, Eq)]
pub enum ProMode {
    Normal,
    /// Banner on every page for as long as it lasts.
    BreakGlass {
        reason: String,
    },
    RegulationCentre,
}

/// The identity strip.
#[derive(Clone, PartialEq, Eq)]
pub struct PatientHeader {
    pub name: String,
    pub birth_date: BirthDate,
    /// Age in whole years today.
    pub age: i16,
    pub sex: Sex,
    /// Name of the *médecin traitant* declared in the record.
    pub medecin_traitant: Option<String>,
    /// Whether the professional who reads is the *médecin traitant*.
    pub is_medecin_traitant: bool,
    /// Since when this professional is authorised; `None` when for this consultation only.
    pub authorised_since: Option<Moment>,
    /// By what right it is open now, when neither by the list nor in an emergency: care team, consent of the moment.
    pub may_be_listed: bool,
}

/// The pages of a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatientPage {
    Synthesis,
    Documents,
    Biology,
    Imaging,
    Timeline,
    Deposit,
    Orders,
    Apps,
    /// One that no way leads to by itself.
    Other,
}

/// The frame of a patient's pages: a part of [`crate::Shell`].
///
/// Links: the pages of [`PatientPage`], `/pro/patients/{pid}/sign-summary`. Forms: `POST /pro/patients/{pid}/leave` (`csrf`) ends an emergency
/// access; `POST /pro/patients/{pid}/authorise` (`csrf`, checkbox `consent`) asks for a lasting one, with the person present.
#[derive(Clone, PartialEq, Eq)]
pub struct PatientFrame {
    /// Sealed id of the person.
    pub pid: String,
    pub header: PatientHeader,
    pub mode: ProMode,
    pub here: PatientPage,
}

/// A way to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PatientTab {
    pub href: String,
    pub words: &'static str,
    /// The key of the keyboard, when it has one.
    pub key: &'static str,
    pub is_here: bool,
}

/// The frame as the layout of every page takes it in.
#[derive(Clone, Template)]
#[template(path = "pro_frame.html")]
pub(crate) struct PatientBanner<'a> {
    pub lang: Lang,
    pub csrf: &'a str,
    pub frame: &'a PatientFrame,
}

/// The keys of the keyboard, at the foot of a page that has their script.
#[derive(Debug, Clone, Template)]
#[template(path = "pro_keys.html")]
pub(crate) struct KeysPanel {
    pub lang: Lang,
}

silent_debug!(ProMode, PatientHeader, PatientFrame);

impl KeysPanel {
    fn k(&self) -> &'static KeyTexts {
        KeyTexts::of(self.lang)
    }
}

impl PatientFrame {
    pub(crate) fn t(&self, lang: &Lang) -> &'static ProTexts {
        ProTexts::of(*lang)
    }

    pub(crate) fn birth(&self, lang: &Lang) -> String {
        dates::birth_date(self.header.birth_date, *lang)
    }

    pub(crate) fn age(&self, lang: &Lang) -> String {
        age_words(self.header.age, *lang)
    }

    pub(crate) fn is_minor(&self) -> bool {
        self.header.age < 18
    }

    pub(crate) fn sex(&self, lang: &Lang) -> &'static str {
        sex_words(self.header.sex, *lang)
    }

    /// « médecin traitant, sans limite de date », « autorisé depuis le 3 mars 2025 », « pour cette consultation ».
    pub(crate) fn access(&self, lang: &Lang) -> String {
        let t = self.t(lang);
        match (&self.mode, self.header.authorised_since) {
            (ProMode::BreakGlass { .. } | ProMode::RegulationCentre, _) => t.access_emergency.to_owned(),
            (ProMode::Normal, Some(since)) => {
                let since_words = if self.header.is_medecin_traitant { t.access_doctor } else { t.access_since };
                format!("{since_words} {}", dates::date(since, *lang))
            }
            (ProMode::Normal, None) => t.access_now.to_owned(),
        }
    }

    /// Whether asking for a lasting authorisation makes sense: the record is open without one.
    pub(crate) fn offers_authorisation(&self) -> bool {
        self.mode == ProMode::Normal && self.header.authorised_since.is_none() && self.header.may_be_listed
    }

    pub(crate) fn tabs(&self, lang: &Lang) -> Vec<PatientTab> {
        let t = self.t(lang);
        let ways = [
            ("", t.tab_synthesis, "s", PatientPage::Synthesis),
            ("/documents", t.tab_documents, "d", PatientPage::Documents),
            ("/results", t.tab_biology, "b", PatientPage::Biology),
            ("/imaging", t.tab_imaging, "", PatientPage::Imaging),
            ("/timeline", t.tab_timeline, "t", PatientPage::Timeline),
            ("/deposit", t.tab_deposit, "", PatientPage::Deposit),
            ("/orders", t.tab_orders, "", PatientPage::Orders),
            ("/apps", t.tab_apps, "", PatientPage::Apps),
        ];
        let tab = |(path, words, key, page)| PatientTab { href: format!("/pro/patients/{}{path}", self.pid), words, key, is_here: self.here == page };
        ways.into_iter().map(tab).collect()
    }
}
