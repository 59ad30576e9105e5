//! Copies on paper that were ordered: each a folder of PDFs for a mailing house, `paper-post-…` or `paper-counter-…`, a cover with the address
//! first. Printed once, with its leaf in the journal.

use std::io::Write;
use std::path::Path;

use dmp_service::{PaperContent, Service};

/// Prints what waits of one record. Gives how many orders.
///
/// # Errors
/// What is wrong, in words.
pub async fn print_waiting(acts: &Service, key: dmp_core::RecordKey, out: &Path) -> Result<usize, String> {
    let mut printed = 0;
    loop {
        let Some(content) = acts.paper_waiting(key).await.map_err(|error| error.to_string())? else { return Ok(printed) };
        write(out, &content)?;
        printed += usize::from(acts.paper_printed(&content).await.map_err(|error| error.to_string())?);
    }
}

/// Writes the folder of an order, whole or not at all. The same order has the same name: one that is written twice, because the power went in
/// between, stands there once.
fn write(out: &Path, content: &PaperContent) -> Result<(), String> {
    let name = format!("paper-{}-{}", content.order.way.code(), content.order.id.to_hex());
    let folder = out.join(&name);
    if folder.is_dir() {
        return Ok(());
    }
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let files = dmp_server::printed(content).map_err(|error| error.to_string())?;
    let draft = out.join(format!("{name}.{}.part", std::process::id()));
    // What a program that ended here before left.
    if draft.is_dir() {
        std::fs::remove_dir_all(&draft).map_err(failed)?;
    }
    super::private_folder(&draft).map_err(failed)?;
    for (file, bytes) in files {
        let mut file = super::private_file(&draft.join(file)).map_err(failed)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    }
    match std::fs::rename(&draft, &folder) {
        Ok(()) => {}
        // Somebody was faster.
        Err(_) if folder.is_dir() => std::fs::remove_dir_all(&draft).map_err(failed)?,
        Err(error) => return Err(failed(error)),
    }
    std::fs::File::open(out).and_then(|folder| folder.sync_all()).map_err(failed)
}
