//! Full-text search in the documents of one record: what is found, in which order, what is quoted, and what holds for any text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what went wrong by panicking"
)]

use std::time::Instant;

use dmp_core::EntryId;
use dmp_core::Moment;
use dmp_core::find::{EXTRACTS_MAX, Folded, Hit, Query, search};
use dmp_core::summary::TextPart;

fn part(place: &str, title: &str, text: &str) -> TextPart {
    TextPart { place: place.into(), title: title.into(), text: text.into() }
}

fn text(text: &str) -> Folded {
    Folded::of("Document", &[part("", "", text)])
}

fn id(number: usize) -> EntryId {
    EntryId(u128::try_from(number).unwrap().to_be_bytes())
}

/// Searches documents, each a day newer than the one before it.
fn hits(query: &str, documents: &[Folded]) -> Vec<Hit> {
    let query = Query::parse(query).unwrap();
    let dated = documents.iter().enumerate().map(|(at, folded)| (id(at), Moment::from_seconds(0).plus_days(at as i64), folded));
    search(&query, dated, usize::MAX)
}

/// The numbers of the documents found, in order.
fn order(query: &str, documents: &[Folded]) -> Vec<usize> {
    hits(query, documents).iter().map(|hit| u128::from_be_bytes(hit.entry.0) as usize).collect()
}

fn finds(query: &str, content: &str) -> bool {
    !hits(query, &[text(content)]).is_empty()
}

/// Whether it is found, and by forgiving a typing error.
fn forgives(query: &str, content: &str) -> Option<bool> {
    hits(query, &[text(content)]).first().map(|hit| hit.words_forgiven)
}

#[test]
fn case_accents_ligatures_hyphens_and_apostrophes_do_not_count() {
    for (query, content) in [
        ("oedeme", "Œdème aigu du poumon"),
        ("ŒDÈME", "oedeme des membres inférieurs"),
        ("elevation", "e\u{301}le\u{301}vation du segment ST"),
        ("insuline", "Mise sous d’insuline lente"),
        ("l'insuline", "insuline glargine"),
        ("aujourd’hui", "vu aujourd'hui"),
        ("antiinflammatoire", "un anti-inflammatoire"),
        ("anti-inflammatoire", "un antiinflammatoire"),
        ("anti-inflammatoire", "un anti\u{2011}inflammatoire"),
        ("anti inflammatoire", "un anti-inflammatoire"),
        ("hypertension", "une hyper-\n    tension ancienne"),
        ("hypertension", "hyper\u{ad}tension"),
        ("fibrose", "ﬁbrose hépatique"),
        ("7,2", "HbA1c 7,2 %"),
        ("E11.9", "code E11.9 (CIM-10)"),
    ] {
        assert!(finds(query, content), "{query} in {content}");
    }
}

#[test]
fn every_word_must_be_there_and_no_excluded_one() {
    assert!(finds("diabète rein", "Rein droit. Diabète connu."));
    assert!(!finds("diabète rein", "Diabète connu."));
    assert!(!finds("diabète -rein", "Rein droit. Diabète connu."));
    assert!(!finds("diabète -rein", "Reins normaux. Diabète connu."));
    assert!(finds("diabète -rein", "Diabète connu, réinsertion."));
    assert!(finds("\"sans particularité\"", "Examen SANS particularité."));
    assert!(!finds("\"sans particularité\"", "particularité sans"));
    assert!(!finds("\"sans particularite\"", "sans particularités"));
}

#[test]
fn beginnings_inflections_and_typing_errors_are_found_and_the_last_is_told() {
    assert_eq!(forgives("para", "paracétamol 1 g"), Some(false));
    assert_eq!(forgives("pa", "paracétamol 1 g"), None);
    assert_eq!(forgives("vaccins", "un vaccin"), Some(false));
    assert_eq!(forgives("artérielles", "pression artériel"), Some(false));
    assert_eq!(forgives("paracetmol", "paracétamol 1 g"), Some(true));
    assert_eq!(forgives("paarctamol", "paracétamol 1 g"), Some(true));
    assert_eq!(forgives("paractml", "paracétamol 1 g"), None);
    assert_eq!(forgives("dosafe", "dosage"), Some(true));
    assert_eq!(forgives("dosaffe", "dosage"), None);
    assert_eq!(forgives("rien", "rein"), None);
    assert_eq!(forgives("12345", "12346"), None);
    assert_eq!(forgives("120", "1200 mg"), None);
    assert_eq!(forgives("hypotension", "hypertension"), None);
}

#[test]
fn abbreviations_are_found_by_what_they_stand_for_and_the_other_way() {
    for (query, content) in [
        ("HTA", "Hypertension artérielle essentielle"),
        ("hypertension artérielle", "HTA traitée"),
        ("scanner", "TDM abdominale"),
        ("TDM", "scanner thoracique"),
        ("hémoglobine glyquée", "HbA1c : 7,2 %"),
        ("HbA1c", "Hémoglobine glyquée (sang)"),
        ("infarctus du myocarde", "IDM en 2019"),
        ("AVC", "accident vasculaire cérébral ischémique"),
        ("NFS", "Numération formule sanguine"),
        ("EP", "Embolie pulmonaire bilatérale"),
        ("IRM cérébrale", "Imagerie par résonance magnétique cérébrale"),
    ] {
        assert_eq!(forgives(query, content), Some(false), "{query} in {content}");
    }
    assert!(!finds("EP", "une épaule"));
    assert!(!finds("\"HTA\"", "Hypertension artérielle"));
}

#[test]
fn the_word_itself_comes_first_then_titles_then_the_newer() {
    let documents = [
        text("créatinine"),
        text("creatnine"),
        text("créatinines"),
        Folded::of("Dosage de la créatinine", &[part("", "", "normal")]),
        text("la créatinine"),
        Folded::of("Bilan", &[part("30954-2", "Créatinine", "95")]),
    ];
    assert_eq!(order("créatinine", &documents), [5, 3, 4, 0, 2, 1]);
    let query = Query::parse("créatinine").unwrap();
    let found = search(&query, documents.iter().map(|folded| (id(0), Moment::from_seconds(0), folded)), 2);
    assert_eq!((found.len(), found[0].score, found[0].words_forgiven), (2, 1.25, false));
}

#[test]
fn extracts_show_each_word_with_its_place_and_never_markup() {
    let long = "mot ".repeat(100);
    let document = Folded::of(
        "Compte rendu d'hospitalisation",
        &[
            part("page-1", "Motif", &format!("{long}Douleur <b>thoracique</b> & dyspnée {long}")),
            part("page-2", "Conclusion", &format!("Embolie. {long}")),
        ],
    );
    let found = hits("thoracique dyspnée embolie hospitalisation", std::slice::from_ref(&document));
    let extracts = &found[0].extracts;
    assert_eq!(extracts.len(), EXTRACTS_MAX);
    assert_eq!((extracts[0].place.as_str(), extracts[0].title.as_str(), extracts[0].text().as_str()), ("", "", "Compte rendu d'hospitalisation"));
    let marked: Vec<&str> = extracts[1].pieces.iter().filter(|piece| piece.found).map(|piece| piece.text.as_str()).collect();
    assert_eq!((extracts[1].place.as_str(), extracts[1].title.as_str()), ("page-1", "Motif"));
    assert_eq!(marked, ["thoracique", "dyspnée"]);
    assert!(extracts[1].text().contains("<b>thoracique</b> & dyspnée") && extracts[1].cut_before && extracts[1].cut_after);
    assert!(extracts[1].text().chars().count() <= 210 && extracts[1].text().starts_with("mot"));
    assert_eq!((extracts[2].pieces[0].text.as_str(), extracts[2].pieces[0].found, extracts[2].cut_before), ("Embolie", true, false));
}

#[test]
fn the_words_asked_for_come_before_a_synonym() {
    let documents = [text("Hypertension artérielle"), text("HTA"), text("hypertension artérielle")];
    assert_eq!(order("HTA", &documents), [1, 2, 0]);
    assert_eq!(order("hypertension artérielle", &documents), [2, 0, 1]);
}

#[test]
fn extracts_of_one_part_do_not_repeat_its_text() {
    // The second word stands just after the first extract: what comes before it is already shown.
    let filler: String = (100..140).map(|number| format!("{number} ")).collect();
    let content = format!("douleur {filler}toux {filler}");
    let found = hits("douleur toux", &[text(&content)]);
    let shown: String = found[0].extracts.iter().map(dmp_core::find::ExtractText::text).collect();
    assert_eq!(found[0].extracts.len(), 2);
    assert!(content.contains(&shown), "{shown}");
}

/// A small generator of reproducible choices.
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn word(&mut self, length: usize) -> String {
        const LETTERS: [char; 34] = [
            'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'é',
            'è', 'ç', 'œ', 'ï', 'Û', 'ж', 'ß',
        ];
        (0..length).map(|_| LETTERS[self.below(LETTERS.len())]).collect()
    }

    fn text(&mut self) -> String {
        const BETWEEN: [&str; 12] = [" ", " ", " ", ", ", ".\n", "-", "’", " – ", "\u{a0}", "\r\n", " (", "\u{200b} "];
        let mut text = String::new();
        for _ in 0..3 + self.below(60) {
            let length = 1 + self.below(14);
            text.push_str(&self.word(length));
            text.push_str(BETWEEN[self.below(BETWEEN.len())]);
        }
        text
    }

    fn misspelled(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = self.below(letters.len());
        match self.below(4) {
            0 => letters.insert(at, 'k'),
            1 => drop(letters.remove(at)),
            2 => letters[at] = 'q',
            _ => letters.swap(at, (at + 1) % word.chars().count().max(1)),
        }
        letters.into_iter().collect()
    }
}

fn without_accents(word: &str) -> String {
    [("é", "e"), ("è", "e"), ("ç", "c"), ("ï", "i"), ("Û", "u"), ("œ", "oe"), ("ß", "ss")]
        .iter()
        .fold(word.to_owned(), |word, (from, to)| word.replace(from, to))
}

#[test]
fn a_word_of_a_text_is_found_without_its_accents_and_with_one_typing_error() {
    let mut draw = Choices(11);
    for _ in 0..300 {
        let original = draw.text();
        let folded = [text(&original)];
        for word in original.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let found = hits(word, &folded);
            assert_eq!(found.first().map(|hit| hit.words_forgiven), Some(false), "{word:?} in {original:?}");
            assert_eq!(hits(&without_accents(word), &folded).first().map(|hit| hit.words_forgiven), Some(false), "{word:?} in {original:?}");
            for extract in found.iter().flat_map(|hit| &hit.extracts) {
                assert!(original.contains(&extract.text()), "{extract:?} in {original:?}");
                assert!(extract.pieces.iter().any(|piece| piece.found), "{extract:?}");
            }
            // A swap of the last letter with the first is no neighbours' swap; words of one letter twice stay as they are.
            let wrong = draw.misspelled(word);
            let swapped_round = wrong.chars().count() == word.chars().count()
                && wrong.chars().last() != word.chars().last()
                && wrong.chars().next() != word.chars().next();
            if word.is_ascii() && word.len() >= 6 && !swapped_round {
                assert!(!hits(&wrong, &folded).is_empty(), "{wrong:?} for {word:?} in {original:?}");
            }
        }
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let mut draw = Choices(5);
    let documents: Vec<Folded> = (0..50).map(|_| text(&draw.text().replace(['k', 'q'], "a"))).collect();
    assert!(order("kqkqkqkq", &documents).is_empty());
    assert!(order("-kqkqkqkq a", &documents).len() <= documents.len());
}

#[test]
fn hostile_texts_are_searched_in_bounds() {
    let started = Instant::now();
    let marks = "\u{301}\u{315}\u{489}".repeat(3_000);
    let zalgo: String = "douleur".chars().map(|one| format!("{one}{marks}")).collect();
    let documents = [text(&"x".repeat(10 << 20)), text(&"douleur ".repeat(1_300_000)), text(&zalgo), text(&"douleur-".repeat(100_000))];
    for query in ["douleur", "\"douleur douleur\"", "doulleur", "x douleur", &"x".repeat(200)] {
        for hit in hits(query, &documents) {
            assert!(hit.extracts.len() <= EXTRACTS_MAX);
            assert!(hit.extracts.iter().all(|extract| extract.text().chars().count() <= 220), "{query}");
        }
    }
    assert_eq!(order(&"x".repeat(200), &documents), [0]);
    assert_eq!(order("douleur", &documents), [3, 2, 1]);
    println!("hostile texts: {:?}", started.elapsed());
    assert!(started.elapsed().as_secs() < 30);
}

/// Words that every document of the large record has.
const TEN: &str = "hypertension cardiaque diabete insuffisance thoracique anticoagulant creatinine hemoglobine paracetamol vaccination ";

/// 2,000 documents of 4 KB, each of some 600 words out of 20,000.
fn town(draw: &mut Choices) -> Vec<Folded> {
    let lexicon: Vec<String> = (0..20_000)
        .map(|_| {
            let length = 3 + draw.below(9);
            draw.word(length)
        })
        .collect();
    (0..2_000)
        .map(|_| {
            let mut content = String::from(TEN);
            while content.len() < 4_000 {
                // Half of the words are common ones.
                let reach = if draw.below(2) == 0 { 500 } else { lexicon.len() };
                content.push_str(&lexicon[draw.below(reach)]);
                content.push(' ');
            }
            text(&content)
        })
        .collect()
}

/// In release: `cargo test --release -p dmp-core --test find -- --nocapture a_large_record`.
#[test]
fn a_large_record_is_searched_at_once() {
    let documents = town(&mut Choices(3));
    let rows: Vec<Vec<u8>> = documents.iter().map(|folded| postcard::to_allocvec(folded).unwrap()).collect();
    let started = Instant::now();
    let read: Vec<Folded> = rows.iter().map(|row| postcard::from_bytes(row).unwrap()).collect();
    println!("2,000 rows of {} bytes read in {:?}; {} words in the first", rows[0].len(), started.elapsed(), read[0].words());
    let mut slowest = std::time::Duration::ZERO;
    // Each word is there with an error alone: the pass over all distinct words, ten times a document.
    let wrong = TEN.replace("ti", "it").replace("ia", "ai").replace("cet", "cte").replace("ob", "bo").replace("ff", "f").replace("ho", "oh");
    for query in ["paracetamol", "hypertensoin", "HTA", "\"douleur thoracique\"", "anti-inflammatoires", TEN.trim(), "e", "abc abd abe", &wrong] {
        let parsed = Query::parse(query).unwrap();
        let started = Instant::now();
        let found = search(&parsed, documents.iter().map(|folded| (id(0), Moment::from_seconds(0), folded)), 50);
        println!("{:>9.3?} {:>5} {query}", started.elapsed(), found.len());
        slowest = slowest.max(started.elapsed());
    }
    println!("slowest {slowest:?}");
    assert!(cfg!(debug_assertions) || slowest.as_millis() < 60, "{slowest:?}");
}
