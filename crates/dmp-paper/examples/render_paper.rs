//! Writes the sheets of the invented people into a folder, to look at: `cargo run -p dmp-paper --example render_paper -- DIR`.

#[path = "../tests/people/mod.rs"]
mod people;

use dmp_core::record::Language;
use dmp_core::summary::samples;
use dmp_paper::{CardCodes, SummaryOptions, emergency_card, summary};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    let mut everybody = samples::every();
    everybody.extend([("old-14", people::old(14)), ("old-40", people::old(40)), ("young", people::young())]);
    for (name, person) in everybody {
        for (language, continued) in [(Language::French, false), (Language::French, true), (Language::English, false)] {
            let options = SummaryOptions { language, continued, printed_for: "Dr Boris IMAGINAIRE" };
            let kind = format!("{}{}", language.code(), if continued { "-2" } else { "" });
            std::fs::write(folder.join(format!("summary-{name}-{kind}.pdf")), summary(&person, &options)?)?;
        }
        let card = emergency_card(
            &person,
            &[Language::French, Language::English],
            Some(CardCodes { sheet: "https://dmp.example/u/3kPq9s", card: "https://dmp.example/u/3kPq9s" }),
        )?;
        std::fs::write(folder.join(format!("card-{name}.pdf")), card)?;
    }
    Ok(())
}
