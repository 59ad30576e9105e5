//! *Synthèse médicale* for abroad, model IPS-FR 2024.01 (LOINC 60591-5).

use dmp_core::summary::{Heading, RiskKind, Series, Summary};

use super::header::{Kind, document};
use super::part::Names;
use super::parts;
use super::signed::{Act, Signed, signatures};
use crate::xml::Xml;

const KIND: Kind<'static> = Kind {
    templates: &["2.16.840.1.113883.10.22.1.1", "1.2.250.1.213.1.1.1.51 2024.01"],
    code: "60591-5",
    label: "Synthèse médicale",
    title: "Synthèse médicale",
};

const ACT: Act<'static> = Act { code: None, names_doctor: false };

/// Room for a document of ordinary length.
const BYTES: usize = 96 * 1024;

/// The document. The five sections that the model requires stand in it in any case; the others when there are lines. Hospital stays and
/// people to call have no section in the model and are left out.
pub fn ips_fr(signed: &Signed<'_>, summary: &Summary) -> Vec<u8> {
    let doctor = summary.person.medecin_traitant.as_ref();
    document(
        BYTES,
        KIND,
        &signed.identity,
        &signed.subject,
        |x| signatures(x, signed, ACT, doctor),
        |x| {
            let names = Names::new(&signed.identity);
            required(x, &names, summary);
            further(x, &names, summary);
        },
    )
}

fn required(x: &mut Xml, names: &Names<'_>, summary: &Summary) {
    parts::problems(x, names, &summary.problems, "Problèmes actifs");
    when_known(&summary.history, |heading| parts::history(x, names, heading));
    parts::procedures(x, names, &summary.procedures, "Historique des actes");
    parts::allergies(x, names, &summary.allergies);
    parts::treatments(x, names, &summary.treatments);
    parts::devices(x, names, &summary.devices);
}

fn further(x: &mut Xml, names: &Names<'_>, summary: &Summary) {
    let alerts = ("44944-7", "Autres alertes");
    when_known(&summary.attention, |heading| parts::attention(x, names, heading, &["1.2.250.1.213.1.1.2.245"], alerts));
    when_known(&summary.functions, |heading| parts::functions(x, names, heading));
    let (measures, results): (Vec<&Series>, Vec<&Series>) = summary.results.iter().partition(|series| series.is_measure);
    if !measures.is_empty() {
        parts::vital_signs(x, names, &measures);
    }
    when_known(&parts::of_kind(&summary.risks, |kind| kind != RiskKind::Occupational), |heading| parts::habits(x, names, heading));
    when_known(&parts::of_kind(&summary.risks, |kind| kind == RiskKind::Occupational), |heading| parts::occupations(x, names, heading));
    when_known(&summary.family_history, |heading| parts::family(x, names, heading));
    when_known(&summary.vaccinations, |heading| parts::vaccinations(x, names, heading));
    when_known(&summary.pregnancies, |heading| parts::pregnancies(x, names, heading));
    when_known(&summary.plans, |heading| parts::plans(x, names, heading));
    when_known(&summary.directives, |heading| parts::directives(x, names, heading));
    if !results.is_empty() || !summary.imaging.lines.is_empty() {
        parts::results(x, names, &results, &summary.imaging);
    }
}

fn when_known(heading: &Heading, write: impl FnOnce(&Heading)) {
    if !heading.lines.is_empty() {
        write(heading);
    }
}
