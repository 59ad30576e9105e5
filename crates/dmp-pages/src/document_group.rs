//! Documents folded: what belongs together stands together, older versions and duplicates are one click away, nothing is lost.

use crate::lang::silent_debug;
use crate::texts::groups;
use crate::{DocumentLine, Lang, dates};

/// A document with what it replaces and what repeats it.
#[derive(Clone)]
pub struct FoldedDocument {
    pub current: DocumentLine,
    /// Versions that it replaces, newest first.
    pub older: Vec<DocumentLine>,
    /// The same content, deposited again.
    pub duplicates: Vec<DocumentLine>,
}

/// Documents of one episode, or one document by itself.
#[derive(Clone)]
pub struct DocumentGroup {
    /// « Hospitalisation en cardiologie »; `None` for a document by itself.
    pub title: Option<String>,
    /// Newest first. INVARIANT: at least one.
    pub documents: Vec<FoldedDocument>,
}

/// The folded list of a page.
#[derive(Clone, Default)]
pub struct FoldedDocuments {
    /// Newest first, by their newest document.
    pub groups: Vec<DocumentGroup>,
    /// Documents of the whole record that this reader may see.
    pub total: usize,
    /// Of those, how many are neither an older version nor a duplicate.
    pub useful: usize,
    /// Of those, how many came since the last visit.
    pub new: usize,
    /// The flat list, « tout afficher »; `None` when this is all there is.
    pub everything: Option<String>,
}

/// Groups of one month.
#[derive(Clone)]
pub(crate) struct MonthOfGroups {
    pub title: String,
    pub groups: Vec<DocumentGroup>,
}

silent_debug!(FoldedDocument, DocumentGroup, FoldedDocuments, MonthOfGroups);

impl FoldedDocument {
    pub(crate) fn older_words(&self, lang: &Lang) -> String {
        groups::older_versions(self.older.len(), *lang)
    }

    pub(crate) fn duplicates_words(&self, lang: &Lang) -> String {
        groups::duplicates(self.duplicates.len(), *lang)
    }
}

impl FoldedDocuments {
    /// The same, with the hour of documents that nothing else tells apart.
    pub fn told_apart(mut self) -> Self {
        let documents = self.groups.iter_mut().flat_map(|group| group.documents.iter_mut());
        let lines = documents.flat_map(|one| std::iter::once(&mut one.current).chain(one.older.iter_mut()).chain(one.duplicates.iter_mut()));
        crate::document::tell_apart(lines);
        self
    }

    /// « 312 documents, 41 sans les doublons, 9 nouveaux ».
    pub(crate) fn counter(&self, lang: &Lang) -> String {
        groups::counter(self.total, self.useful, self.new, *lang)
    }

    /// Groups under the month of their newest document, in the order given.
    pub(crate) fn months(&self, lang: &Lang) -> Vec<MonthOfGroups> {
        let mut months: Vec<MonthOfGroups> = Vec::new();
        for group in &self.groups {
            let Some(newest) = group.documents.iter().map(|document| document.current.at).max() else { continue };
            let title = dates::month(newest, *lang);
            match months.last_mut() {
                Some(last) if last.title == title => last.groups.push(group.clone()),
                _ => months.push(MonthOfGroups { title, groups: vec![group.clone()] }),
            }
        }
        months
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::folded;

    #[test]
    fn groups_stand_under_the_month_of_their_newest_document() {
        let months = folded().months(&Lang::Fr);
        let titles: Vec<&str> = months.iter().map(|month| month.title.as_str()).collect();
        assert_eq!(titles, ["Mars 2026", "Février 2026", "Janvier 2026", "Novembre 2025", "Octobre 2025"]);
        assert_eq!(months.iter().map(|month| month.groups.len()).sum::<usize>(), folded().groups.len());
        let empty = FoldedDocuments { groups: vec![DocumentGroup { title: None, documents: Vec::new() }], ..FoldedDocuments::default() };
        assert!(empty.months(&Lang::Fr).is_empty());
    }

    #[test]
    fn the_counter_says_what_is_useful_and_new() {
        let words = |total, useful, new| FoldedDocuments { total, useful, new, ..FoldedDocuments::default() }.counter(&Lang::Fr);
        assert_eq!(words(312, 41, 9), "312 documents, 41 sans les doublons, 9 nouveaux");
        assert_eq!(words(1, 1, 0), "1 document");
        assert_eq!(words(2, 1, 1), "2 documents, 1 sans les doublons, 1 nouveau");
    }
}
