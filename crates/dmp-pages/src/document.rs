//! A document as lists and readers show it.

use std::collections::HashMap;

use dmp_core::document::{AvailabilityStatus, DocumentEntry};
use dmp_core::moment::Moment;
use dmp_core::summary::TextPart;

use crate::kinds::kind_words;
use crate::lang::silent_debug;
use crate::{Lang, dates, words};

/// A state of a document that a list must say (nothing for a current one).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// New since the last visit.
    New,
    /// `MASQUE_PS`.
    Hidden,
    /// `INVISIBLE_PATIENT`: professionals only ever see this label.
    HiddenFromPerson,
    /// `INVISIBLE_REPRESENTANTS_LEGAUX`.
    HiddenFromRepresentatives,
    /// Replaces an older version.
    NewVersion,
    /// Replaced by a newer version.
    OldVersion,
    Archived,
    /// Made by the person themself.
    ByPerson,
}

impl Label {
    /// Every label.
    pub const ALL: [Label; 8] = [
        Label::New,
        Label::Hidden,
        Label::HiddenFromPerson,
        Label::HiddenFromRepresentatives,
        Label::NewVersion,
        Label::OldVersion,
        Label::Archived,
        Label::ByPerson,
    ];

    /// The words of the label.
    pub fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Label::New => ("nouveau", "new"),
            Label::Hidden => ("masqué aux professionnels", "hidden from professionals"),
            Label::HiddenFromPerson => ("non visible par la personne", "not visible to the person"),
            Label::HiddenFromRepresentatives => ("non visible par les représentants", "not visible to representatives"),
            Label::NewVersion => ("nouvelle version", "new version"),
            Label::OldVersion => ("ancienne version", "old version"),
            Label::Archived => ("archivé", "archived"),
            Label::ByPerson => ("ajouté par la personne", "added by the person"),
        };
        lang.pick(fr, en)
    }

    /// Class of the style sheet.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Label::New | Label::NewVersion => "new",
            Label::Hidden | Label::HiddenFromPerson | Label::HiddenFromRepresentatives => "hidden",
            Label::OldVersion | Label::Archived => "old",
            Label::ByPerson => "own",
        }
    }

    /// The labels of an entry, apart from [`Label::New`].
    pub fn of(entry: &DocumentEntry) -> Vec<Label> {
        let visibility = entry.visibility;
        [
            (visibility.masked, Label::Hidden),
            (visibility.invisible_to_patient, Label::HiddenFromPerson),
            (visibility.invisible_to_representatives, Label::HiddenFromRepresentatives),
            (entry.replaces.is_some(), Label::NewVersion),
            (matches!(entry.status, AvailabilityStatus::Deprecated(_)), Label::OldVersion),
            (matches!(entry.status, AvailabilityStatus::Archived(_)), Label::Archived),
            (entry.is_patient_authored(), Label::ByPerson),
        ]
        .into_iter()
        .filter_map(|(set, label)| set.then_some(label))
        .collect()
    }
}

/// Who wrote something.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct AuthorLine {
    /// « Dr Anne MODÈLE ».
    pub name: String,
    /// `G15/10`, `G15_10/SM26`, or words. An unknown code is not shown.
    pub profession: Option<String>,
    pub structure: Option<String>,
}

impl AuthorLine {
    /// « Dr Anne MODÈLE, médecin, Cabinet du Port ».
    pub fn words(&self, lang: &Lang) -> String {
        let profession = self.profession.as_deref().and_then(|key| words::profession_words(key, *lang));
        let same = self.name.to_lowercase();
        let rest = [profession, self.structure.clone()]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty() && part.to_lowercase() != same)
            .collect::<Vec<_>>();
        let name = (!self.name.is_empty()).then(|| self.name.clone());
        name.into_iter().chain(rest).collect::<Vec<_>>().join(", ")
    }
}

impl From<&dmp_core::document::Author> for AuthorLine {
    fn from(author: &dmp_core::document::Author) -> Self {
        AuthorLine {
            name: author.name.display(),
            profession: author.specialty.as_ref().map(|code| code.code.clone()).or_else(|| author.role.clone()),
            structure: author.institution.as_ref().map(|structure| structure.name.clone()),
        }
    }
}

/// One document in a list, or at the head of its page.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// The id in URLs, as the server seals it: `/documents/{id}`.
    pub id: String,
    pub title: String,
    /// French label of the type (JDV_J66).
    pub type_label: String,
    /// Class code (TRE_A03).
    pub class_code: String,
    pub author: AuthorLine,
    /// When the documented act took place.
    pub at: Moment,
    /// When the record received it.
    pub deposited_at: Moment,
    pub labels: Vec<Label>,
    /// Whether this reader may hide it: button `POST /documents/{id}/hide`.
    pub may_hide: bool,
    /// Whether this reader may show it again: button `POST /documents/{id}/show`.
    pub may_show: bool,
    /// Whether the hour is told besides the day: nothing else tells it from another one of its list ([`tell_apart`]).
    pub hour_told: bool,
}

/// Has the hour told of documents that have the same title, author and day: two links that nothing tells apart lead somebody astray.
pub fn tell_apart<'a>(lines: impl IntoIterator<Item = &'a mut DocumentLine>) {
    let mut alike: HashMap<(String, String, String), Vec<&mut DocumentLine>> = HashMap::new();
    for line in lines {
        alike.entry((line.title.clone(), dates::date(line.at, Lang::Fr), line.author.words(&Lang::Fr))).or_default().push(line);
    }
    for line in alike.into_values().filter(|lines| lines.len() > 1).flatten() {
        line.hour_told = true;
    }
}

impl DocumentLine {
    /// From an entry that `decide` permits this reader to see. `id` is the sealed id.
    pub fn of(entry: &DocumentEntry, id: impl Into<String>) -> Self {
        DocumentLine {
            id: id.into(),
            title: entry.title.clone(),
            type_label: entry.type_code.label().to_owned(),
            class_code: entry.type_code.class().code.to_owned(),
            author: entry.authors.first().map(AuthorLine::from).unwrap_or_default(),
            at: entry.day(),
            deposited_at: entry.submitted_at,
            labels: Label::of(entry),
            may_hide: false,
            may_show: false,
            hour_told: false,
        }
    }

    /// « 3 mars 2026 », with the hour where it is told.
    pub(crate) fn when(&self, lang: &Lang) -> String {
        if self.hour_told { dates::date_time(self.at, *lang) } else { dates::date(self.at, *lang) }
    }

    pub(crate) fn class_words(&self, lang: &Lang) -> &'static str {
        words::class_label(&self.class_code, *lang)
    }

    /// The type, in words that a person says.
    pub(crate) fn kind(&self, lang: &Lang) -> &str {
        kind_words(&self.type_label, *lang)
    }

    pub(crate) fn has(&self, label: &Label) -> bool {
        self.labels.contains(label)
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.has(&Label::Hidden)
    }

    pub(crate) fn machine_date(&self) -> String {
        crate::dates::machine(self.at)
    }

    pub(crate) fn is_hidden_from_person(&self) -> bool {
        self.has(&Label::HiddenFromPerson)
    }

    pub(crate) fn is_hidden_from_representatives(&self) -> bool {
        self.has(&Label::HiddenFromRepresentatives)
    }

    pub(crate) fn is_old(&self) -> bool {
        self.has(&Label::OldVersion)
    }

    /// Whether the type says more than the title.
    pub(crate) fn shows_type(&self, lang: &Lang) -> bool {
        !self.type_label.is_empty() && self.type_label != self.title && self.kind(lang) != self.title
    }
}

/// HTML that may stand in a page as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// SECURITY: only the CDA renderer of `dmp-interop` may feed this: it writes a fixed set of elements and escapes
    /// every text. Never a document's own bytes.
    pub fn produced_by_the_cda_renderer(html: String) -> Self {
        SafeHtml(html)
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stretch of text that was read in a file: a page of a PDF, a section.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadPart {
    /// Its own title, or empty.
    pub title: String,
    /// The page that it stands on, of a file with pages.
    pub page: Option<u32>,
    /// Its paragraphs. Lines within one are apart.
    pub paragraphs: Vec<String>,
}

impl ReadPart {
    /// Of a part as it was read. A blank line begins a paragraph.
    pub fn of(part: &TextPart) -> ReadPart {
        let page = part.place.strip_prefix("page-").and_then(|number| number.parse().ok());
        let paragraphs = part.text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        ReadPart { title: part.title.clone(), page, paragraphs: paragraphs.collect() }
    }
}

/// What a reader of a document sees.
#[derive(Clone, PartialEq, Eq)]
pub enum DocumentBody {
    /// The text of the document.
    Text(SafeHtml),
    /// What the software read in a file, without its form: the original is one press away.
    Read(Vec<ReadPart>),
    /// The document is a file (PDF, image) that has no text of its own: a link to the original.
    File,
    /// The document's text could not be read: its original is still there.
    Unreadable,
}

/// The document's bytes as received: `GET {url}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Original {
    pub mime_type: String,
    pub size: u64,
}

impl Original {
    pub(crate) fn words(&self, lang: &Lang) -> String {
        let kind = match self.mime_type.as_str() {
            "application/pdf" => "PDF",
            "text/xml" | "application/xml" => "XML",
            "image/jpeg" => "JPEG",
            "image/png" => "PNG",
            "image/tiff" => "TIFF",
            "text/plain" => lang.pick("texte", "text"),
            "application/rtf" | "text/rtf" => "RTF",
            _ => lang.pick("fichier", "file"),
        };
        format!("{kind}, {}", words::size(self.size, *lang))
    }
}

/// « PDF, 120 Ko ».
pub fn file_words(mime_type: &str, size: u64, lang: Lang) -> String {
    Original { mime_type: mime_type.to_owned(), size }.words(&lang)
}

silent_debug!(AuthorLine, DocumentLine, SafeHtml, DocumentBody, Original, ReadPart);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_struct_never_shows_health_data_in_debug() {
        let line = AuthorLine { name: "Anne MODÈLE".into(), ..AuthorLine::default() };
        assert_eq!(format!("{line:?}"), "AuthorLine(…)");
    }

    #[test]
    fn the_hour_is_told_of_documents_that_nothing_else_tells_apart() {
        let line = DocumentLine { title: "Bilan".to_owned(), ..crate::samples::long_document() };
        let later = DocumentLine { at: line.at.plus_seconds(3 * 3_600), ..line.clone() };
        let another_day = DocumentLine { at: line.at.plus_days(1), ..line.clone() };
        let another_title = DocumentLine { title: "Lettre".to_owned(), ..line.clone() };
        let mut lines = vec![line, later, another_day, another_title];
        tell_apart(&mut lines);
        assert_eq!(lines.iter().map(|line| line.hour_told).collect::<Vec<_>>(), [true, true, false, false]);
        let words: Vec<String> = lines.iter().map(|line| line.when(&Lang::Fr)).collect();
        assert!(words[0] != words[1] && words[0].contains("\u{a0}h\u{a0}") && !words[2].contains("\u{a0}h\u{a0}"), "{words:?}");
    }

    #[test]
    fn an_author_is_name_profession_structure() {
        let author = AuthorLine { name: "Dr Anne MODÈLE".into(), profession: Some("G15_10/SM26".into()), structure: Some("Cabinet du Port".into()) };
        assert_eq!(author.words(&Lang::Fr), "Dr Anne MODÈLE, médecin, Cabinet du Port");
        assert_eq!(AuthorLine { profession: Some("X/1".into()), ..author }.words(&Lang::En), "Dr Anne MODÈLE, Cabinet du Port");
    }
}
