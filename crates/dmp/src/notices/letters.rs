//! `dmp letters`: a print queue. A letter leaves the queue once its file is on the disk.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use askama::Template;
use dmp_core::record::{Recipient, Way};
use dmp_pages::{CodeLetterPage, Letter, lang_of};
use dmp_service::{IdSealer, NoticeDesk, Service};
use dmp_store::{ClaimedDelivery, Sealing, Slot};

use super::{desk, id_of, link, telling};
use crate::commands::LettersOptions;
use crate::{open, print};

/// Writes what waits.
///
/// # Errors
/// What is wrong, in words.
pub async fn run(options: LettersOptions) -> Result<(), String> {
    let store = open::existing(&options.store, Sealing::On).await?;
    let acts = open::service(&store, open::config(&options.store)?);
    let desk = desk(&store, acts.clone(), options.mailboxes.as_deref())?;
    let ids = IdSealer::new(&store.derive("resource ids"));
    super::private_folder(&options.out).map_err(|error| format!("{}: {error}", options.out.display()))?;
    // What one of the two finds may be work for the other.
    while desk.tell_clocks().await.map_err(|error| error.to_string())?.clocks + desk.relay().await.map_err(|error| error.to_string())? > 0 {}
    let mut claimed = Vec::new();
    loop {
        let batch = desk.claim(Slot::Letter).await.map_err(|error| error.to_string())?;
        if batch.is_empty() {
            break;
        }
        claimed.extend(batch);
    }
    let (ordered, claimed): (Vec<_>, Vec<_>) = claimed.into_iter().partition(|one| one.delivery.to == Recipient::Paper);
    let mut papers = 0;
    for one in ordered {
        papers += super::paper::print_waiting(&acts, one.key, &options.out).await?;
        desk.delivered(&one).await.map_err(|error| error.to_string())?;
    }
    let groups = by_reader(claimed);
    let (count, unaddressed) = (groups.len(), groups.iter().filter(|group| address(group).len() < 2).count());
    for group in groups {
        write(&options.out, options.base_url.trim_end_matches('/'), &ids, &desk, &group).await?;
    }
    print::line(&format!("{count} letters in {}; {unaddressed} without a postal address", options.out.display()));
    let codes = print_codes(&options.out, options.base_url.trim_end_matches('/'), &acts).await?;
    if codes > 0 {
        print::line(&format!("{codes} letters with a code to open a record"));
    }
    print::line(&format!("{papers} copies on paper"));
    Ok(())
}

/// Letters with the codes of people who open their record and have no mailbox. Gives how many.
async fn print_codes(out: &Path, base_url: &str, acts: &Service) -> Result<usize, String> {
    let letters = acts.waiting_code_letters().await.map_err(|error| error.to_string())?;
    for letter in &letters {
        let page = CodeLetterPage {
            lang: lang_of(letter.language),
            address: letter.address.clone(),
            date: letter.written_at,
            invites: letter.invites,
            code: letter.code.clone(),
            valid_until: letter.valid_until,
            link: format!("{base_url}/{}", if letter.invites { "invitation" } else { "opening" }),
        };
        let html = page.render().map_err(|error| error.to_string())?;
        let name: String = letter.id.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = out.join(format!("code-{name}.html"));
        durable(out, &path, html.as_bytes()).map_err(|error| format!("{}: {error}", path.display()))?;
        acts.code_letter_printed(letter).await.map_err(|error| error.to_string())?;
    }
    Ok(letters.len())
}

/// One letter for each reader and language.
fn by_reader(claimed: Vec<ClaimedDelivery>) -> Vec<Vec<ClaimedDelivery>> {
    let mut groups: BTreeMap<(dmp_core::RecordKey, String, &'static str), Vec<ClaimedDelivery>> = BTreeMap::new();
    for one in claimed {
        let name = if let Way::Letter { name, .. } = &one.delivery.way { name.clone() } else { String::new() };
        groups.entry((one.key, name, one.delivery.language.code())).or_default().push(one);
    }
    groups.into_values().collect()
}

/// Name and lines of the address, of the newest delivery.
fn address(group: &[ClaimedDelivery]) -> Vec<String> {
    match group.last().map(|one| &one.delivery.way) {
        Some(Way::Letter { name, address }) => {
            let lines = address.as_deref().unwrap_or_default().lines().filter(|line| !line.trim().is_empty());
            std::iter::once(name.clone()).chain(lines.map(str::to_owned)).collect()
        }
        Some(Way::Mail(_)) | None => Vec::new(),
    }
}

async fn write(out: &Path, base_url: &str, ids: &IdSealer, desk: &NoticeDesk, group: &[ClaimedDelivery]) -> Result<(), String> {
    let Some(first) = group.first() else { return Ok(()) };
    let letter = Letter {
        lang: lang_of(first.delivery.language),
        address: address(group),
        date: desk.now(),
        tellings: group.iter().map(telling).collect(),
        link: link(base_url, ids, first),
    };
    let html = letter.render().map_err(|error| error.to_string())?;
    // The same letters make the same name: one that was written twice, because the power went in between, stands there once.
    let path = out.join(format!("letter-{}.html", id_of(group)));
    durable(out, &path, html.as_bytes()).map_err(|error| format!("{}: {error}", path.display()))?;
    for one in group {
        desk.delivered(one).await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Writes a file that is there whole or not at all, and for good.
fn durable(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = path.with_extension("part");
    let mut file = super::private_file(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    std::fs::File::open(folder)?.sync_all()
}
