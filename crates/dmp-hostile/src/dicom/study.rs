//! From what a KOS says to the fact that stands in a summary.

use dmp_core::summary::{Concept, Fact, ImagingKind, Party, Period, Proof, TextPart, What, When};

use super::found::Found;
use super::text::{number, uid, words};
use crate::frame::Study;

/// Modalities of what goes with images and is none (PS3.3 C.7.3.1.1.1).
const NO_IMAGES: [&str; 6] = ["KO", "SR", "PR", "DOC", "AU", "REG"];

/// The study. `None`: the KOS lacks what PS3.3 asks of it (C.17.6.2), the objects of a study with its identifier.
pub(super) fn of(found: Found) -> Option<Study> {
    let own = uid(&found.study).filter(|_| found.holds_own_study);
    let study = own.or_else(|| uid(&found.evidence))?;
    let modality = modality(&found);
    let region = [&found.region, &found.body_part].into_iter().map(|text| words(text)).find(|text| !text.is_empty()).unwrap_or_default();
    let named = [&found.description, &found.procedure].into_iter().map(|text| words(text)).find(|text| !text.is_empty());
    let concept = Concept::words(named.unwrap_or_else(|| format!("Examen d'imagerie {modality}").trim_end().to_owned()));
    let proof = Proof { quote: concept.text.chars().take(Proof::QUOTE_MAX).collect(), ..Proof::default() };
    let text = text(&found, &concept.text, &region, &modality);
    let subject = found.subject();
    let what = What::Imaging {
        kind: ImagingKind::Study,
        modality,
        region,
        accession: number(&found.accession).or_else(|| number(&found.requested_accession)),
        study: Some(study),
        link: found.link,
    };
    let period = moment(&found.date, &found.time).map(Period::at).unwrap_or_default();
    let by = Party { place: words(&found.institution), ..Party::default() };
    Some(Study { subject, fact: Fact { what, concept, period, by, proof }, text })
}

/// The modality of its images: as the study says, a series, or the class of its objects.
fn modality(found: &Found) -> String {
    let said = found.modalities.split('\\').chain([found.series_modality.as_str()]).map(str::trim);
    let said = said.filter(|code| (2..=16).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let mut images = said.filter(|code| !NO_IMAGES.contains(code));
    images.next().or(found.object_modality).unwrap_or_default().to_owned()
}

/// A date (`DA`, 8 digits; `DA` of ACR-NEMA has dots) and a time (`TM`, from the hour to fractions of a second).
fn moment(date: &str, time: &str) -> Option<When> {
    let date = date.replace('.', "");
    let time: String = time.chars().filter(|one| *one != ':').take_while(char::is_ascii_digit).collect();
    When::from_hl7(&format!("{date}{time}")).or_else(|| When::from_hl7(&date))
}

/// What is searched in: how the study is called, of what it is, and what its codes mean.
fn text(found: &Found, name: &str, region: &str, modality: &str) -> Vec<TextPart> {
    let procedure = words(&found.procedure);
    let mut said = vec![name, &procedure, region, modality];
    said.extend(found.meanings.iter().map(String::as_str));
    let mut lines: Vec<&str> = Vec::new();
    for line in said {
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    vec![TextPart { place: String::new(), title: String::new(), text: lines.join("\n") }]
}
