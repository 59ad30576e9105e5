//! The PDFs inside the published CDA examples: read as people read them.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine;
use dmp_hostile::{Reader, ReaderOptions, Reading};

/// The CDA examples below `DMP_FIXTURES`, or beside the workspace.
fn examples() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "where test material lies is not configuration of the program")]
    let given = std::env::var("DMP_FIXTURES").ok().map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    given.unwrap_or(beside).join("ansforge-TestContenuCDA-3-0/cda")
}

/// The PDFs of a CDA document: what begins with `%PDF` once it is decoded.
fn pdfs(path: &Path) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let elements = text.split('>').filter_map(|after| after.split('<').next());
    let packed = elements.map(|element| element.split_whitespace().collect::<String>()).filter(|element| element.starts_with("JVBERi"));
    packed.filter_map(|element| base64::engine::general_purpose::STANDARD.decode(element).ok()).collect()
}

#[tokio::test]
async fn the_documents_inside_the_examples_are_read() {
    let Ok(folder) = std::fs::read_dir(examples()) else {
        println!("SKIPPED: no public fixtures at {} (set DMP_FIXTURES)", examples().display());
        return;
    };
    let reader = Reader::new(ReaderOptions::new(env!("CARGO_BIN_EXE_dmp-read-hostile").into()));
    let (mut with_text, mut images) = (0, 0);
    let mut all = String::new();
    let mut paths: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        for pdf in pdfs(&path) {
            let began = Instant::now();
            match reader.read(&pdf).await {
                Ok(Reading::Text(parts)) => {
                    with_text += 1;
                    parts.iter().for_each(|part| all.push_str(&part.text));
                }
                Ok(Reading::Nothing) => images += 1,
                other => panic!("{}: {other:?}", path.display()),
            }
            assert!(began.elapsed() < Duration::from_secs(5), "{}: {:?}", path.display(), began.elapsed());
        }
    }
    println!("{with_text} documents with text, {images} of images");
    assert!(with_text >= 10 && images >= 2, "{with_text} {images}");
    for words in [
        // Apache FOP, iText, Word, and a page whose letters are ligatures and curly quotes.
        "Glycémie à jeun",
        "4.89 mmol/L (3.89 - 6.00)",
        "Vous avez effectué un test de dépistage du cancer du col de l’utérus.",
        "Justification de la demande d’examen",
        "J’accepte la sédation profonde et continue, associée à un traitement de la douleur",
        "Date de naissance 28/03/1979",
    ] {
        assert!(all.contains(words), "{words}");
    }
}
