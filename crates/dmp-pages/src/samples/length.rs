//! Key pages are written in short sentences: fifteen words on average, in both languages.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a figure is told on the terminal")]

use super::*;

/// The pages that everybody reads, by the names of their samples. Add the name of a page to have it counted.
const KEY_PAGES: [&str; 10] = ["person_record", "access", "journal", "who", "preview", "relatives", "shut", "notices", "no_record", "closed"];
/// Words in a sentence, on average over a page (ux G13).
const WORDS_MAX: f64 = 15.0;
/// Elements whose end ends a sentence, whatever stands in it.
const BREAKS: [&str; 19] =
    ["p", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd", "label", "legend", "button", "option", "summary", "caption", "a", "title", "nav"];

/// The text of a page's main part, a line for each block of it.
fn blocks(html: &str) -> Vec<String> {
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    let (mut blocks, mut block, mut rest) = (Vec::new(), String::new(), main.split_once('>').unwrap().1);
    while let Some((text, more)) = rest.split_once('<') {
        block.push_str(text);
        let (tag, after) = more.split_once('>').unwrap();
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        // A link inside of a sentence does not end it.
        let ends = BREAKS.contains(&name) && (name != "a" || block.trim().ends_with('.'));
        if ends && !block.trim().is_empty() {
            blocks.push(std::mem::take(&mut block));
        }
        rest = after;
    }
    blocks
}

/// Words of each sentence: what ends in a full stop, a question mark or an exclamation mark, and what is as long as one without any end.
fn sentences(html: &str) -> Vec<usize> {
    let mut counts = Vec::new();
    for block in blocks(html) {
        let text = block.replace("&#39;", "'").replace('\u{a0}', " ");
        let mut words = 0;
        for word in text.split_whitespace() {
            words += usize::from(word.chars().any(char::is_alphanumeric));
            let closing = word.trim_end_matches(['»', '”', ')', '"']);
            // An initial is no end.
            let initial = closing.len() <= 2;
            if closing.ends_with(['?', '!']) || (closing.ends_with('.') && !initial) {
                counts.extend((words > 0).then_some(words));
                words = 0;
            }
        }
        // Shorter ones are labels, titles, names.
        counts.extend((words >= LABEL_MAX).then_some(words));
    }
    counts
}

/// Words of the longest label.
const LABEL_MAX: usize = 6;

#[test]
fn key_pages_are_written_in_short_sentences() {
    let (mut all, mut long) = (Vec::new(), Vec::new());
    for page in KEY_PAGES {
        for lang in ["fr", "en"] {
            let of_page = every_sample().unwrap().into_iter().filter(|one| one.name.starts_with(&format!("{page}-")) && one.name.ends_with(lang));
            let counts: Vec<usize> = of_page.flat_map(|one| sentences(&one.html)).collect();
            assert!(!counts.is_empty(), "{page} has no sample");
            let average = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
            println!("figure: words-per-sentence {page} {lang} {average:.1}");
            if average > WORDS_MAX {
                long.push(format!("{page} {lang} {average:.1}"));
            }
            all.extend(counts);
        }
    }
    println!("figure: words-per-sentence {:.1}", all.iter().sum::<usize>() as f64 / all.len() as f64);
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn sentences_are_counted_as_people_read_them() {
    let html = "<main id=x><h1>Titre sans fin</h1><p>Un deux trois. Quatre <strong>cinq</strong>\u{a0}?</p><ul><li>Selon l'article L.1111-17, oui.</li></ul></main>";
    assert_eq!(sentences(html), [3, 2, 4]);
}
