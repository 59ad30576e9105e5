//! Writes the documents of a small town into a folder: `cargo run -p dmp-synth --example dump -- <folder> <people>`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "town".to_owned());
    let people: u32 = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(20);
    std::fs::create_dir_all(&folder)?;
    let town = dmp_synth::Town::new(11, people, jiff::civil::date(2026, 11, 20));
    for document in town.documents() {
        let name = format!("{:04}-{}-{}.xml", document.person, document.type_code.as_str(), document.unique_id);
        std::fs::write(Path::new(&folder).join(name), &document.bytes)?;
    }
    Ok(())
}
