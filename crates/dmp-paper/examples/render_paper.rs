//! Writes the sheets of the invented people into a folder, to look at: `cargo run -p dmp-paper --example render_paper -- DIR`.

#[path = "../tests/people/mod.rs"]
mod people;

use dmp_core::Moment;
use dmp_core::calendar::Month;
use dmp_core::record::Language;
use dmp_core::remuneration::{Statement, StatementLine};
use dmp_core::summary::samples;
use dmp_paper::{
    Booklet, BookletSection, CardCodes, StatementSheet, SummaryOptions, booklet, cover, emergency_card, large_summary, statement, summary,
};

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
        std::fs::write(folder.join(format!("large-{name}.pdf")), large_summary(&person, Language::French)?)?;
    }
    let at = samples::rich().at;
    let looked = "À 14 h 05, Dr Anne MODÈLE (médecin, Cabinet du Port) a lu votre document « Compte rendu » : vous avez donné votre autorisation.";
    let day = |day: u32| BookletSection { heading: format!("{day} mars 2026"), lines: vec![looked.to_owned(); 4] };
    let journal = Booklet {
        title: "Qui a regardé votre dossier",
        language: Language::French,
        at,
        lead: vec!["Chaque accès est noté, les refus aussi. Rien ne peut en être effacé.".to_owned()],
        sections: (1..6).rev().map(day).collect(),
    };
    std::fs::write(folder.join("booklet.pdf"), booklet(&journal)?)?;
    let address = ["Nadia EXEMPLE", "Appartement 12, résidence des Trois Fontaines", "1 rue du Port", "99000 FICTIVE"].map(str::to_owned);
    let notes =
        ["Pli fermé, à remettre en main propre contre une pièce d'identité.", "À ouvrir par la personne nommée ci-dessus, et par personne d'autre."];
    let line =
        |number: i32| StatementLine { day: 17_867 + number / 9, opened: 17_867 + number / 9, receipt: format!("2018-{number:06}"), cents: 100 };
    let reversal = StatementLine { day: 17_870, opened: 17_865, receipt: "2018-000007".to_owned(), cents: -100 };
    let due = Statement { payee: "1990000123".into(), name: "Pharmacie de l'Île".into(), lines: (10..95).map(line).chain([reversal]).collect() };
    let sheet = StatementSheet { statement: &due, month: Month::of(17_867), closed_at: Moment::from_seconds(1_546_592_400) };
    std::fs::write(folder.join("statement.pdf"), statement(&sheet)?)?;
    std::fs::write(folder.join("cover.pdf"), cover("Courrier personnel", &address, &notes, Language::French, at)?)?;
    Ok(())
}
