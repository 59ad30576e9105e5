//! Writes every sample of every page, and the style sheet, to a folder: `cargo run -p dmp-pages --example render_samples -- <folder>`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write to")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder.join("static"))?;
    std::fs::write(folder.join("static/dmp.css"), dmp_pages::CSS)?;
    for sample in dmp_pages::samples::every_sample()? {
        std::fs::write(folder.join(format!("{}.html", sample.name)), sample.html)?;
    }
    Ok(())
}
