//! Samples of every page in every state: empty, full, error, long names, minor, representative, closed. Invented people.

mod access;
mod added;
mod apps;
mod copies;
mod counter;
mod documents;
mod feeding;
mod opening;
mod person;
mod practice;
mod professional;
mod reading;
mod results;
mod sent;
mod share;
mod sign_in;
mod states;
mod statistics;
mod summary;

use crate::{Acting, Lang, Shell, Site};
use dmp_core::moment::Moment;

#[cfg(test)]
pub(crate) use access::leaf;
#[cfg(test)]
pub(crate) use documents::{journal_line, long_document};
#[cfg(test)]
pub(crate) use summary::{block, folded, many, proof};

/// A page rendered from a sample.
#[derive(Debug)]
pub struct RenderedSample {
    /// `person_record-empty-fr`.
    pub name: String,
    pub html: String,
}

/// Every sample of every page in both languages.
///
/// # Errors
/// When a template cannot be rendered.
pub fn every_sample() -> Result<Vec<RenderedSample>, askama::Error> {
    let mut samples = Vec::new();
    for lang in Lang::ALL {
        add(&mut samples, lang, "sign_in", crate::SignIn::samples(lang))?;
        add(&mut samples, lang, "structure_refused", crate::StructureRefused::samples(lang))?;
        add(&mut samples, lang, "entered", crate::Entered::samples(lang))?;
        add(&mut samples, lang, "code", crate::CodePage::samples(lang))?;
        add(&mut samples, lang, "whose", crate::QualityPage::samples(lang))?;
        add(&mut samples, lang, "signin_settings", crate::SignInSettings::samples(lang))?;
        add(&mut samples, lang, "passkey", crate::PasskeyPage::samples(lang))?;
        add(&mut samples, lang, "sheet", crate::SheetPage::samples(lang))?;
        add(&mut samples, lang, "back", crate::BackPage::samples(lang))?;
        add(&mut samples, lang, "person_record", crate::PersonRecord::samples(lang))?;
        add(&mut samples, lang, "public", crate::PublicPage::samples(lang))?;
        add(&mut samples, lang, "display", crate::DisplayPage::samples(lang))?;
        add(&mut samples, lang, "info", crate::InfoPage::samples(lang))?;
        add(&mut samples, lang, "documents", crate::DocumentsPage::samples(lang))?;
        add(&mut samples, lang, "timeline", crate::TimelinePage::samples(lang))?;
        add(&mut samples, lang, "expected", crate::ExpectedPage::samples(lang))?;
        add(&mut samples, lang, "settings", crate::SettingsPage::samples(lang))?;
        add(&mut samples, lang, "easy", crate::EasyPage::samples(lang))?;
        add(&mut samples, lang, "results", crate::ResultsPage::samples(lang))?;
        add(&mut samples, lang, "analyte", crate::AnalytePage::samples(lang))?;
        add(&mut samples, lang, "part", crate::PartPage::samples(lang))?;
        add(&mut samples, lang, "search", crate::SearchPage::samples(lang))?;
        add(&mut samples, lang, "card", crate::EmergencyCard::samples(lang))?;
        add(&mut samples, lang, "document", crate::DocumentPage::samples(lang))?;
        add(&mut samples, lang, "add", crate::AddPage::samples(lang))?;
        add(&mut samples, lang, "add_form", crate::AddForm::samples(lang))?;
        add(&mut samples, lang, "add_file", crate::AddFile::samples(lang))?;
        add(&mut samples, lang, "added", crate::AddedPage::samples(lang))?;
        add(&mut samples, lang, "added_list", crate::AddedList::samples(lang))?;
        add(&mut samples, lang, "correction", crate::CorrectionForm::samples(lang))?;
        add(&mut samples, lang, "corrections", crate::CorrectionsPage::samples(lang))?;
        add(&mut samples, lang, "pro_correction", crate::ProCorrection::samples(lang))?;
        add(&mut samples, lang, "access", crate::AccessPage::samples(lang))?;
        add(&mut samples, lang, "apps", crate::AppsPage::samples(lang))?;
        add(&mut samples, lang, "app_consent", crate::AppConsentPage::samples(lang))?;
        add(&mut samples, lang, "app_problem", crate::AppProblemPage::samples(lang))?;
        add(&mut samples, lang, "journal", crate::JournalPage::samples(lang))?;
        add(&mut samples, lang, "who", crate::WhoPage::samples(lang))?;
        add(&mut samples, lang, "preview", crate::PreviewPage::samples(lang))?;
        add(&mut samples, lang, "relatives", crate::RelativesPage::samples(lang))?;
        add(&mut samples, lang, "shut", crate::ShutRecord::samples(lang))?;
        add(&mut samples, lang, "notices", crate::NoticesPage::samples(lang))?;
        add(&mut samples, lang, "share", crate::SharePage::samples(lang))?;
        add(&mut samples, lang, "share_documents", crate::ShareDocumentsPage::samples(lang))?;
        add(&mut samples, lang, "share_link", crate::ShareLinkPage::samples(lang))?;
        add(&mut samples, lang, "share_knock", crate::ShareKnock::samples(lang))?;
        add(&mut samples, lang, "share_gone", crate::ShareGone::samples(lang))?;
        add(&mut samples, lang, "shared", crate::SharedPage::samples(lang))?;
        add(&mut samples, lang, "matrix", crate::MatrixPage::samples(lang))?;
        add(&mut samples, lang, "statistics", crate::StatisticsPage::samples(lang))?;
        add(&mut samples, lang, "no_record", crate::NoRecord::samples(lang))?;
        add(&mut samples, lang, "closed", crate::ClosedRecord::samples(lang))?;
        add(&mut samples, lang, "download", crate::DownloadPage::samples(lang))?;
        add(&mut samples, lang, "closing", crate::ClosingPage::samples(lang))?;
        add(&mut samples, lang, "paper", crate::PaperPage::samples(lang))?;
        add(&mut samples, lang, "letter_help", crate::LetterHelpPage::samples(lang))?;
        add(&mut samples, lang, "receipt", crate::Receipt::samples(lang))?;
        add(&mut samples, lang, "undo_opening", crate::UndoOpeningPage::samples(lang))?;
        add(&mut samples, lang, "opening", crate::OpeningPage::samples(lang))?;
        add(&mut samples, lang, "invitation", crate::InvitationPage::samples(lang))?;
        add(&mut samples, lang, "assisted", crate::AssistedPage::samples(lang))?;
        add(&mut samples, lang, "assisted_receipt", crate::AssistedReceipt::samples(lang))?;
        add(&mut samples, lang, "counter", crate::CounterHome::samples(lang))?;
        add(&mut samples, lang, "counter_task", crate::CounterPage::samples(lang))?;
        add(&mut samples, lang, "counter_done", crate::CounterDone::samples(lang))?;
        add(&mut samples, lang, "counter_sheet", crate::CounterSheet::samples(lang))?;
        add(&mut samples, lang, "counter_journal", crate::CounterJournal::samples(lang))?;
        add(&mut samples, lang, "campaigns", crate::CampaignsPage::samples(lang))?;
        add(&mut samples, lang, "counter_explain", crate::CounterExplain::samples(lang))?;
        add(&mut samples, lang, "mailbox", crate::MailboxPage::samples(lang))?;
        add(&mut samples, lang, "error", crate::ErrorPage::samples(lang))?;
        add(&mut samples, lang, "pro_search", crate::ProSearch::samples(lang))?;
        add(&mut samples, lang, "pro_synthesis", crate::ProSynthesis::samples(lang))?;
        add(&mut samples, lang, "pro_summary", crate::ProSummary::samples(lang))?;
        add(&mut samples, lang, "pro_documents", crate::ProDocuments::samples(lang))?;
        add(&mut samples, lang, "pro_deposit", crate::ProDeposit::samples(lang))?;
        add(&mut samples, lang, "pro_deposit_check", crate::ProDepositCheck::samples(lang))?;
        add(&mut samples, lang, "pro_orders", crate::ProOrders::samples(lang))?;
        add(&mut samples, lang, "pro_authorise", crate::ProAuthorise::samples(lang))?;
        add(&mut samples, lang, "pro_mine", crate::ProMine::samples(lang))?;
        add(&mut samples, lang, "pro_news", crate::ProNews::samples(lang))?;
        add(&mut samples, lang, "pro_sent", crate::ProSent::samples(lang))?;
        add(&mut samples, lang, "pro_imaging", crate::ProImaging::samples(lang))?;
        add(&mut samples, lang, "pro_print", crate::ProPrint::samples(lang))?;
        add(&mut samples, lang, "sign_summary", crate::SignSummaryPage::samples(lang))?;
        add(&mut samples, lang, "call", crate::CallPage::samples(lang))?;
        add(&mut samples, lang, "pro_apps", crate::ProAppsPage::samples(lang))?;
        add(&mut samples, lang, "embed", crate::EmbedPage::samples(lang))?;
        add(&mut samples, lang, "pro_denied", crate::ProDenied::samples(lang))?;
    }
    Ok(samples)
}

fn add<T: askama::Template>(all: &mut Vec<RenderedSample>, lang: Lang, page: &str, samples: Vec<(&'static str, T)>) -> Result<(), askama::Error> {
    for (state, sample) in samples {
        all.push(RenderedSample { name: format!("{page}-{state}-{}", lang.code()), html: sample.render()? });
    }
    Ok(())
}

/// A name as long as the civil status allows it to be in real life.
pub(crate) const LONG_NAME: &str = "Marie-Antoinette Ségolène Apolline DE LA ROCHEFOUCAULD-MONTMORENCY-EXEMPLE";

/// Tuesday 3 March 2026, 14:05 in Paris.
pub(crate) const NOW: Moment = Moment::from_seconds(1_772_543_100);

pub(crate) fn days_ago(days: i64) -> Moment {
    NOW.plus_days(-days)
}

pub(crate) fn person_shell(lang: Lang, back: &str) -> Shell {
    Shell {
        site: Site::Person,
        viewer: Some("Nadia EXEMPLE".to_owned()),
        until: Some(NOW.plus_seconds(1_200)),
        ..Shell::public(lang, "sample-token", back)
    }
}

pub(crate) fn representative_shell(lang: Lang, back: &str) -> Shell {
    Shell {
        viewer: Some("Karim EXEMPLE".to_owned()),
        acting: Some(Acting { person: "Lina EXEMPLE".to_owned(), minor: true, helps: false, rights: true }),
        ..person_shell(lang, back)
    }
}

pub(crate) fn professional_shell(lang: Lang, back: &str) -> Shell {
    Shell { site: Site::Professional, viewer: Some("Dr Anne MODÈLE".to_owned()), ..Shell::public(lang, "sample-token", back) }
}

#[cfg(test)]
mod length;
#[cfg(test)]
mod tests;
