//! The program as its own child: reads a hostile document within limits.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

use std::time::Duration;

use dmp_hostile::{Reader, ReaderOptions, Reading, Unreadable, Why};

fn reader() -> Reader {
    let options = ReaderOptions::new(env!("CARGO_BIN_EXE_dmp").into());
    Reader::new(ReaderOptions { patience: Duration::from_secs(60), children: 1, ..options })
}

/// One page: a line of text and 128 blanks for each of the run lengths.
fn document(run_lengths: usize) -> Vec<u8> {
    // RunLengthDecode: 129 and a byte stand for 128 times that byte.
    let mut content = b"\x2dBT /F 12 Tf 72 700 Td (Bonjour du programme) Tj".to_vec();
    content[0] = u8::try_from(content.len() - 2).expect("a short line");
    content.extend(b"\x81 ".repeat(run_lengths));
    content.extend(b"\x02 ET\x80");
    let head = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
                3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>\nendobj\n\
                5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n4 0 obj\n";
    let mut pdf = format!("{head}<< /Length {} /Filter /RunLengthDecode >>\nstream\n", content.len()).into_bytes();
    pdf.extend(content);
    pdf.extend(b"\nendstream\nendobj\ntrailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n");
    pdf
}

#[tokio::test]
async fn the_program_reads_a_document_as_its_own_child() {
    match reader().read(&document(1)).await {
        Ok(Reading::Text(parts)) => assert_eq!(parts.first().map(|part| part.text.as_str()), Some("Bonjour du programme")),
        other => panic!("{other:?}"),
    }
    assert_eq!(reader().read(b"no document").await, Ok(Reading::Unreadable(Why::Told(Unreadable::UnknownFormat))));
}

#[tokio::test]
async fn the_allocator_of_the_program_stays_within_the_limit() {
    // 7 MB that unpack to 448 MB: not more than the limit, but more than is left of it.
    let bomb = document(3_500_000);
    assert_eq!(reader().read(&bomb).await, Ok(Reading::Unreadable(Why::Ended)));
}
