//! *Synthèse médicale* (`SYNTH`), model VSM 1.4 (2022.01), which the *médecin traitant* writes.

use dmp_core::summary::Summary;

use super::header::{Kind, document};
use super::part::Names;
use super::parts;
use super::section;
use super::signed::{Act, Signed, signatures};
use crate::xml::Xml;

const KIND: Kind<'static> = Kind { templates: &["1.2.250.1.213.1.1.1.13 201310"], code: "SYNTH", label: "Synthèse", title: "Synthèse médicale" };

const ACT: Act<'static> = Act { code: Some(("34117-2", "Historique et clinique")), names_doctor: true };

/// Room for a document of ordinary length.
const BYTES: usize = 64 * 1024;

/// The document. Every section of the model stands in it, empty ones with the statement that there is nothing.
pub fn vsm(signed: &Signed<'_>, summary: &Summary) -> Vec<u8> {
    let doctor = summary.person.medecin_traitant.as_ref();
    document(
        BYTES,
        KIND,
        &signed.identity,
        &signed.subject,
        |x| signatures(x, signed, ACT, doctor),
        |x| {
            let names = Names::new(&signed.identity);
            section(
                x,
                &["1.2.250.1.213.1.1.2.29"],
                ("46612-8", "Conclusions de synthèse"),
                "Pathologie en cours, antécédents, allergies et facteurs de risques",
                |x| conclusions(x, &names, summary),
            );
            let templates = ["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.2.250.1.213.1.1.2.150"];
            parts::attention(x, &names, &summary.attention, &templates, ("30954-2", "Résultats d'examens"));
            section(x, &["1.2.250.1.213.1.1.2.32"], ("18776-5", "Plan de traitement"), "Traitement au long cours", |x| {
                parts::treatments(x, &names, &summary.treatments);
            });
        },
    )
}

fn conclusions(x: &mut Xml, names: &Names<'_>, summary: &Summary) {
    let past = ("34117-2", "Historique et physique");
    section(x, &["1.2.250.1.213.1.1.2.30"], past, "Pathologies en cours, antécédents et allergies", |x| {
        parts::problems(x, names, &summary.problems, "Pathologies en cours");
        parts::history(x, names, &summary.history);
        parts::procedures(x, names, &summary.procedures, "Antécédents chirurgicaux");
        parts::allergies(x, names, &summary.allergies);
    });
    let risks = ("57207-3", "Facteurs de risque présents ou passés affectant l'état de santé et/ou une circonstance");
    section(x, &["1.2.250.1.213.1.1.2.31"], risks, "Facteurs de risque", |x| {
        parts::habits(x, names, &summary.risks);
        parts::occupations(x, names, &summary.risks);
        parts::family(x, names, &summary.family_history);
    });
}
