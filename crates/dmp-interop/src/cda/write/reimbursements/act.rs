//! Hospital stays and acts: what was done.

use dmp_core::reimbursement::{Line, LineKind};
use dmp_core::summary::Period;

use super::Part;
use crate::cda::write::code::plain;
use crate::cda::write::moment::{hl7, shown};
use crate::cda::write::narrative::{LOINC, row};
use crate::cda::write::people::named;
use crate::xml::Xml;

/// Value set of the insurer's codes of stays and acts.
const ACT_SET: &str = "JDV_sejours_actes_CNAM-HR_CISIS";
/// Value set of its codes of analyses.
const ANALYSIS_SET: &str = "JDV_NABM_CNAM-HR_CISIS";

/// The section *Hospitalisations*.
pub(super) fn stays(x: &mut Xml, lines: &[&Line]) {
    let part = Part {
        kind: LineKind::Stay,
        templates: &["2.16.840.1.113883.10.20.1.3", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.3", "1.2.250.1.213.1.1.2.76"],
        label: "Historique des rencontres",
        heads: &["Période du séjour", "Nature du séjour", "Lieu du séjour"],
        empty: "NO-ENCOUNTER",
        nothing: NO_STAY,
    };
    part.write(x, lines, stay_row, stay);
}

fn stay_row(x: &mut Xml, line: &Line, anchor: &str) {
    let period = match line.until {
        Some(until) if until != line.date => format!("du {} au {}", shown(line.date), shown(until)),
        _ => format!("le {}", shown(line.date)),
    };
    row(x, anchor, 1, &[&period, &line.code.display, &line.performer.place]);
}

fn stay(x: &mut Xml, line: &Line, anchor: &str) {
    x.within("encounter", &[("classCode", "ENC"), ("moodCode", "EVN")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.21", "1.3.6.1.4.1.19376.1.5.3.1.4.14", "1.2.250.1.213.1.1.3.58"]);
        x.fixed("<id nullFlavor=\"UNK\"/>\n");
        let hospital = [
            ("code", "IMP"),
            ("displayName", "Hospitalisation (établissement, y compris HAD)"),
            ("codeSystem", "2.16.840.1.113883.5.4"),
            ("codeSystemName", "ActCode"),
        ];
        x.within("code", &hospital, |x| x.within("qualifier", &[], |x| plain(x, "value", &line.code, ACT_SET)));
        x.reference("text", anchor);
        let period = Period { from: Some(line.date), to: line.until };
        x.within("effectiveTime", &[], |x| {
            for (tag, when) in [("low", period.from), ("high", period.to)] {
                when.into_iter().for_each(|when| x.leaf(tag, &[("value", &hl7(when))]));
            }
        });
        x.within("performer", &[("typeCode", "PRF")], |x| x.within("assignedEntity", &[], |x| named(x, &line.performer)));
    });
}

const NO_STAY: &str = r##"<entry>
<encounter classCode="ENC" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.1.21"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.14"/>
<templateId root="1.2.250.1.213.1.1.3.58"/>
<id nullFlavor="NA"/>
<code code="02276797" displayName="Aucun" codeSystem="1.2.250.1.213.2.63" codeSystemName="Wolf"/>
<text><reference value="#NO-ENCOUNTER"/></text>
<effectiveTime nullFlavor="NA"/>
</encounter>
</entry>
"##;

/// A section of acts: care, imaging or analyses.
pub(super) fn acts(x: &mut Xml, kind: LineKind, lines: &[&Line]) {
    let (empty, nothing, finer) = match kind {
        LineKind::Imaging => ("NO-ACT-RAD", NO_IMAGING, ("18726-0", "Radiologie")),
        LineKind::Biology => ("NO-ACT-BIO", NO_ANALYSIS, ("26436-6", "Biologie")),
        _ => ("NO-ACT-MED", NO_CARE, ("67803-7", "Liste des actes")),
    };
    let heads = ["Date de l'acte", "Code de l'acte", "Libellé de l'acte", "Réalisé par", "Spécialité", "Établissement"];
    let part = Part { kind, templates: &[], label: "Actes", heads: &heads, empty, nothing };
    let set = if kind == LineKind::Biology { ANALYSIS_SET } else { ACT_SET };
    let shelf = super::shelf(kind);
    x.within("component", &[], |x| {
        x.within("section", &[], |x| {
            x.templates(&["1.3.6.1.4.1.19376.1.5.3.1.1.13.2.11", "1.2.250.1.213.1.1.2.118"]);
            x.fixed("<id nullFlavor=\"UNK\"/>\n");
            let code = [("code", shelf.code), ("displayName", "Actes"), ("codeSystem", LOINC.0), ("codeSystemName", LOINC.1)];
            x.within("code", &code, |x| x.code("translation", finer, LOINC));
            x.text("title", &[], shelf.title);
            part.fill(x, lines, act_row, |x, line, anchor| act(x, line, anchor, set));
        });
    });
}

fn act_row(x: &mut Xml, line: &Line, anchor: &str) {
    let by = &line.performer;
    row(x, anchor, 2, &[&shown(line.date), &line.code.code, &line.code.display, &by.name, &by.role, &by.place]);
}

fn act(x: &mut Xml, line: &Line, anchor: &str, set: &str) {
    x.within("procedure", &[("classCode", "PROC"), ("moodCode", "EVN")], |x| {
        x.fixed(ACT_TEMPLATES);
        plain(x, "code", &line.code, set);
        x.reference("text", anchor);
        x.fixed("<statusCode code=\"completed\"/>\n");
        x.leaf("effectiveTime", &[("value", &hl7(line.date))]);
        x.within("performer", &[], |x| x.within("assignedEntity", &[("classCode", "ASSIGNED")], |x| named(x, &line.performer)));
    });
}

const ACT_TEMPLATES: &str = r#"<templateId root="2.16.840.1.113883.10.20.1.29"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.19"/>
<templateId root="1.2.250.1.213.1.1.3.62"/>
<id nullFlavor="UNK"/>
"#;

/// The entry of a section without acts.
macro_rules! no_act {
    ($anchor:literal) => {
        concat!(
            "<entry>\n<procedure classCode=\"PROC\" moodCode=\"EVN\">\n",
            "<templateId root=\"2.16.840.1.113883.10.20.1.29\"/>\n<templateId root=\"1.3.6.1.4.1.19376.1.5.3.1.4.19\"/>\n",
            "<templateId root=\"1.2.250.1.213.1.1.3.62\"/>\n<id nullFlavor=\"NA\"/>\n",
            "<code code=\"no-known-procedures\" displayName=\"Pas d'acte ou intervention connu\" codeSystem=\"2.16.840.1.113883.5.1150.1\"/>\n",
            "<text><reference value=\"#",
            $anchor,
            "\"/></text>\n<statusCode code=\"completed\"/>\n<effectiveTime nullFlavor=\"NA\"/>\n</procedure>\n</entry>\n"
        )
    };
}

const NO_CARE: &str = no_act!("NO-ACT-MED");
const NO_IMAGING: &str = no_act!("NO-ACT-RAD");
const NO_ANALYSIS: &str = no_act!("NO-ACT-BIO");
