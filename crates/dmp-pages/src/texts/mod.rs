//! Every text of the pages, one file a page, French and English side by side.

pub mod access;
pub mod add;
pub mod apps;
pub mod assisted;
pub mod back;
pub mod campaigns;
pub mod closing;
pub mod code_mail;
pub mod correction;
pub mod counter;
pub mod display;
pub mod document;
pub mod documents;
pub mod download;
pub mod easy;
pub mod emergency_card;
pub mod error;
pub mod expected;
pub mod groups;
pub mod info;
pub mod invitation;
pub mod journal;
pub mod letter_help;
pub mod mail;
pub mod matrix;
pub mod notices;
pub mod offline;
pub mod opening;
pub mod paper;
pub mod part;
pub mod person;
pub mod practice;
pub mod preview;
pub mod pro;
pub mod pro_denied;
pub mod pro_deposit;
pub mod pro_documents;
pub mod pro_imaging;
pub mod pro_mine;
pub mod pro_orders;
pub mod pro_sent;
pub mod pro_synthesis;
pub mod public;
pub mod relatives;
pub mod results;
pub mod search;
pub mod settings;
pub mod share;
pub mod shell;
pub mod sign_in;
pub mod sign_in_settings;
pub mod sign_in_ways;
pub mod sign_summary;
pub mod states;
pub mod statistics;
pub mod summary;
pub mod tabs;
pub mod timeline;
pub mod undo_opening;
pub mod who;

#[cfg(test)]
mod tests {
    use super::*;

    fn every_text() -> Vec<(&'static str, &'static str, &'static str)> {
        [
            shell::ShellTexts::PAIRS,
            assisted::AssistedTexts::PAIRS,
            counter::CounterTexts::PAIRS,
            back::BackTexts::PAIRS,
            sign_in::SignInTexts::PAIRS,
            sign_in_ways::SignInWaysTexts::PAIRS,
            sign_in_settings::SignInSettingsTexts::PAIRS,
            person::PersonTexts::PAIRS,
            correction::CorrectionTexts::PAIRS,
            document::DocumentTexts::PAIRS,
            access::AccessTexts::PAIRS,
            apps::AppsTexts::PAIRS,
            apps::ConsentTexts::PAIRS,
            apps::AppProblemTexts::PAIRS,
            add::AddTexts::PAIRS,
            journal::JournalTexts::PAIRS,
            mail::MailTexts::PAIRS,
            code_mail::CodeMailTexts::PAIRS,
            code_mail::MailboxTexts::PAIRS,
            notices::NoticesTexts::PAIRS,
            opening::OpeningTexts::PAIRS,
            invitation::InvitationTexts::PAIRS,
            campaigns::CampaignTexts::PAIRS,
            matrix::MatrixTexts::PAIRS,
            states::StateTexts::PAIRS,
            statistics::StatisticsTexts::PAIRS,
            sign_summary::SignSummaryTexts::PAIRS,
            error::ErrorTexts::PAIRS,
            pro::ProTexts::PAIRS,
            pro::KeyTexts::PAIRS,
            pro_documents::ProDocumentsTexts::PAIRS,
            pro_imaging::ImagingTexts::PAIRS,
            pro_deposit::DepositTexts::PAIRS,
            pro_mine::MineTexts::PAIRS,
            pro_sent::SentTexts::PAIRS,
            pro_orders::OrdersTexts::PAIRS,
            pro_synthesis::SynthesisTexts::PAIRS,
            pro_denied::DeniedTexts::PAIRS,
            groups::GroupTexts::PAIRS,
            results::ResultsTexts::PAIRS,
            part::PartTexts::PAIRS,
            search::SearchTexts::PAIRS,
            share::ShareTexts::PAIRS,
            share::SharedTexts::PAIRS,
            summary::SummaryTexts::PAIRS,
            emergency_card::CardTexts::PAIRS,
            preview::PreviewTexts::PAIRS,
            relatives::RelativesTexts::PAIRS,
            tabs::TabTexts::PAIRS,
            who::WhoTexts::PAIRS,
            display::DisplayTexts::PAIRS,
            documents::DocumentsTexts::PAIRS,
            easy::EasyTexts::PAIRS,
            expected::ExpectedTexts::PAIRS,
            public::PublicTexts::PAIRS,
            settings::SettingsTexts::PAIRS,
            timeline::TimelineTexts::PAIRS,
            download::DownloadTexts::PAIRS,
            closing::ClosingTexts::PAIRS,
            undo_opening::UndoOpeningTexts::PAIRS,
            paper::PaperTexts::PAIRS,
            letter_help::LetterHelpTexts::PAIRS,
            offline::OfflineTexts::PAIRS,
            practice::CallTexts::PAIRS,
            practice::ProAppsTexts::PAIRS,
            practice::EmbedTexts::PAIRS,
        ]
        .concat()
    }

    #[test]
    fn every_text_stands_in_both_languages() {
        for (key, fr, en) in every_text() {
            assert!(!fr.trim().is_empty() && !en.trim().is_empty(), "{key}");
            assert!(fr != en || fr.len() < 16, "{key} is not translated: {fr}");
        }
    }

    #[test]
    fn french_punctuation_has_no_break_spaces() {
        for (key, fr, _) in every_text() {
            assert_eq!(crate::journal_sentence::typeset(fr), fr, "{key}: type U+00A0 before : ; ? ! and inside « »");
        }
    }
}
