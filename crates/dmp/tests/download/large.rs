//! A copy much larger than the memory that it may take: it is written while it is sent.

use std::io::{Read, Write};
use std::net::TcpStream;

use dmp_core::document::ContentRef;
use dmp_core::ids::BlobAddress;
use dmp_store::{Change, Expected, RecordStore};
use dmp_testkit::{Options, Server, form_value};

use super::world::Session;
use super::{drawn, empty_store, service_and_store};

/// The largest document that the installation takes.
const DOCUMENT_BYTES: usize = 5_000_000;
/// Documents in the test; `DMP_DOWNLOAD_DOCUMENTS` asks for more.
const DOCUMENTS: usize = 24;
/// MiB that the server may take more than before: some documents on their way, whatever their number.
const GROWTH_MAX: u64 = 96;

#[test]
fn a_large_copy_is_sent_in_little_memory() {
    let documents = std::env::var("DMP_DOWNLOAD_DOCUMENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(DOCUMENTS);
    let data = empty_store();
    fill(&data, documents);
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 0, data: Some(data.clone()), ..Options::default() });
    let session = Session::of(&server, "claire-exemple");
    assert_eq!(session.get(&server, "/documents").status, 200);
    let before = peak(server.pid());
    let began = std::time::Instant::now();
    let bytes = read_away(&server, &session);
    let (seconds, grown) = (began.elapsed().as_secs_f64(), peak(server.pid()).saturating_sub(before));
    println!("{documents} documents, {} MB in {seconds:.1} s, {before} MiB before", bytes / 1_000_000);
    println!("figure: download-memory {grown}");
    assert!(bytes > documents * DOCUMENT_BYTES, "what cannot be compressed is all there: {bytes}");
    assert!(grown <= GROWTH_MAX, "{grown} MiB for a copy of {bytes} bytes");
    drop(server);
    let _ = std::fs::remove_dir_all(data.parent().unwrap());
}

/// A record of large documents that no compression makes smaller.
fn fill(data: &std::path::Path, documents: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (_, store) = service_and_store(data, dmp_core::access::Matrix::reconstruction());
    let ins = dmp_synth::identity("claire-exemple").unwrap().ins.unwrap();
    runtime.block_on(async {
        let mut draw = drawn::Draw(7);
        let key = drawn::put(&*store, &mut draw, &drawn::empty(&mut drawn::Draw(7), &ins)).await;
        for number in 0..documents {
            let mut one = drawn::plain(&mut draw, &format!("urn:oid:1.2.250.1.213.1.1.9.998.{number}"));
            // Scans, in which nothing is read meanwhile.
            one.entry.mime_type = "image/jpeg".to_owned();
            one.bytes = vec![0; DOCUMENT_BYTES];
            aws_lc_rs::rand::fill(&mut one.bytes).unwrap();
            let (sha1, sha256) = drawn::digests(&one.bytes);
            let address = BlobAddress(draw.bytes16());
            one.entry.content = ContentRef { address, home: None, size: DOCUMENT_BYTES as u64, sha1, sha256 };
            let version = store.load(key).await.unwrap().unwrap().version;
            let content = Change::PutContent { address, bytes: one.bytes.into() };
            store.commit(key, Expected::Version(version), vec![content, Change::PutEntry(Box::new(one.entry))], Vec::new()).await.unwrap();
        }
    });
}

/// Downloads and throws away what comes; gives how many bytes it was, headers and all.
fn read_away(server: &Server, session: &Session) -> usize {
    let address = server.url.strip_prefix("http://").unwrap();
    let form = format!("csrf={}&understood=on", form_value(&session.csrf()));
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /download HTTP/1.1\r\nhost: {address}\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{form}",
        session.cookie(),
        form.len()
    )
    .unwrap();
    let (mut buffer, mut bytes, mut first) = (vec![0; 1 << 16], 0, true);
    loop {
        let read = stream.read(&mut buffer).unwrap();
        if read == 0 {
            return bytes;
        }
        assert!(!first || buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..read.min(400)]));
        first = false;
        bytes += read;
    }
}

/// The most memory that a process has had in use, in MiB.
fn peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1_024
}
