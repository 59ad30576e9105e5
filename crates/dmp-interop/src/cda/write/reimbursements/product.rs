//! Medicines, vaccines and devices: what was delivered.

use dmp_core::reimbursement::{Line, LineKind};

use super::Part;
use crate::cda::write::code::plain;
use crate::cda::write::moment::{hl7, shown};
use crate::cda::write::narrative::row;
use crate::cda::write::people::named;
use crate::xml::Xml;

/// Value set of the insurer's medicine codes.
const MEDICINE_SET: &str = "JDV_BDM_CNAM-HR_CISIS";
/// Value set of its therapeutic groups.
const GROUP_SET: &str = "JDV_BDM_ATC_CNAM-HR_CISIS";
/// Value set of its active components.
const COMPONENT_SET: &str = "JDV_BDM_CA_CNAM-HR_CISIS";
/// Value set of its device codes.
const DEVICE_SET: &str = "JDV_LPP_CNAM-HR_CISIS";

/// The section *Médicaments*.
pub(super) fn medicines(x: &mut Xml, lines: &[&Line]) {
    let part = Part {
        kind: LineKind::Medicine,
        templates: &["2.16.840.1.113883.10.20.1.8", "1.3.6.1.4.1.19376.1.5.3.1.3.19", "1.2.250.1.213.1.1.2.143"],
        label: "Médication administrée",
        heads: &[
            "Date de délivrance",
            "Libellé du médicament",
            "Groupe thérapeutique",
            "Composants actifs du médicament",
            "Prescrit par",
            "Spécialité du prescripteur",
            "Établissement du prescripteur",
            "Délivré par",
            "Quantité délivrée",
        ],
        empty: "NO-TREATMENT",
        nothing: NO_MEDICINE,
    };
    part.write(x, lines, medicine_row, |x, line, anchor| {
        x.within("substanceAdministration", &[("classCode", "SBADM"), ("moodCode", "EVN")], |x| medicine(x, line, anchor));
    });
}

fn medicine_row(x: &mut Xml, line: &Line, anchor: &str) {
    let components: Vec<&str> = line.product.components.iter().map(|one| one.display.as_str()).collect();
    let group = line.product.group.as_ref().map_or("", |group| group.display.as_str());
    let by = &line.prescriber;
    let cells = [
        &shown(line.date),
        line.code.display.as_str(),
        group,
        &components.join(", "),
        &by.name,
        &by.role,
        &by.place,
        deliverer(line),
        &line.quantity.to_string(),
    ];
    row(x, anchor, 1, &cells);
}

/// A pharmacy is known by its place; by a name when there is none.
fn deliverer(line: &Line) -> &str {
    if line.performer.place.is_empty() { &line.performer.name } else { &line.performer.place }
}

fn medicine(x: &mut Xml, line: &Line, anchor: &str) {
    x.fixed(MEDICINE_TEMPLATES);
    number(x, line);
    x.reference("text", anchor);
    x.fixed(MEDICINE_TIMES);
    x.within("consumable", &[], |x| product(x, line, anchor));
    delivered(x, line, true);
    not_unpacked(x, anchor);
}

/// Root of the insurer's numbers of lines: it publishes none, so the OID that stands in its own identifier as an author.
const LINE_ROOT: &str = "1.2.250.1.215.1.2";

/// The insurer's number of the line.
fn number(x: &mut Xml, line: &Line) {
    if line.id.is_empty() {
        x.leaf("id", &[("nullFlavor", "UNK")]);
    } else {
        x.leaf("id", &[("root", LINE_ROOT), ("extension", &line.id)]);
    }
}

const MEDICINE_TEMPLATES: &str = r#"<templateId root="2.16.840.1.113883.10.20.1.24"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7"/>
<templateId root="1.2.250.1.213.1.1.3.42"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7.1"/>
"#;

/// When it was taken is not known to the insurer.
const MEDICINE_TIMES: &str = r#"<statusCode code="completed"/>
<effectiveTime xsi:type="IVL_TS"><low nullFlavor="UNK"/><high nullFlavor="UNK"/></effectiveTime>
<effectiveTime operator="A"/>
"#;

const PRODUCT_TEMPLATES: &str = r#"<templateId root="2.16.840.1.113883.10.20.1.53"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7.2"/>
<templateId root="1.2.250.1.213.1.1.3.43"/>
"#;

/// Whole boxes: the feed does not tell of units taken out of one.
fn not_unpacked(x: &mut Xml, anchor: &str) {
    x.within("entryRelationship", &[("typeCode", "COMP")], |x| {
        x.within("observation", &[("classCode", "OBS"), ("moodCode", "EVN")], |x| {
            x.fixed(UNPACKED);
            x.reference("text", anchor);
            x.fixed("<statusCode code=\"completed\"/>\n<effectiveTime nullFlavor=\"UNK\"/>\n<value xsi:type=\"BL\" value=\"false\"/>\n");
        });
    });
}

const UNPACKED: &str = r#"<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.13"/>
<templateId root="1.2.250.1.213.1.1.3.48"/>
<id nullFlavor="UNK"/>
<code code="MED-559" displayName="Déconditionné" codeSystem="1.2.250.1.213.1.1.4.322" codeSystemName="TA_ASIP"/>
"#;

fn product(x: &mut Xml, line: &Line, anchor: &str) {
    x.within("manufacturedProduct", &[], |x| {
        x.fixed(PRODUCT_TEMPLATES);
        x.within("manufacturedMaterial", &[], |x| {
            x.within("code", &[], |x| {
                x.reference("originalText", anchor);
                plain(x, "translation", &line.code, MEDICINE_SET);
                line.product.group.iter().for_each(|group| plain(x, "translation", group, GROUP_SET));
                if !line.product.components.is_empty() {
                    x.within("translation", &[], |x| line.product.components.iter().for_each(|one| plain(x, "translation", one, COMPONENT_SET)));
                }
            });
            x.text("name", &[], &line.code.display);
        });
    });
}

/// Who delivered it and who prescribed it.
fn delivered(x: &mut Xml, line: &Line, counted: bool) {
    x.within("entryRelationship", &[("typeCode", "REFR"), ("inversionInd", "false")], |x| {
        x.within("supply", &[("classCode", "SPLY"), ("moodCode", "EVN")], |x| {
            x.templates(&["2.16.840.1.113883.10.20.1.34", "1.3.6.1.4.1.19376.1.5.3.1.4.7.3", "1.2.250.1.213.1.1.3.44"]);
            x.fixed("<id nullFlavor=\"UNK\"/>\n");
            if counted {
                x.leaf("quantity", &[("value", &line.quantity.to_string())]);
            }
            handed_over(x, line);
        });
    });
}

fn handed_over(x: &mut Xml, line: &Line) {
    let day = hl7(line.date);
    x.within("performer", &[("typeCode", "PRF")], |x| {
        x.leaf("time", &[("value", &day)]);
        x.within("assignedEntity", &[], |x| named(x, &line.performer));
    });
    x.within("author", &[], |x| {
        x.fixed("<time nullFlavor=\"UNK\"/>\n");
        x.within("assignedAuthor", &[], |x| named(x, &line.prescriber));
    });
}

const NO_MEDICINE: &str = r##"<entry>
<substanceAdministration classCode="SBADM" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.1.24"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7"/>
<templateId root="1.2.250.1.213.1.1.3.42"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7.1"/>
<id nullFlavor="NA"/>
<code code="no-known-medications" displayName="Pas de traitement médicamenteux connu" codeSystem="2.16.840.1.113883.5.1150.1"/>
<text><reference value="#NO-TREATMENT"/></text>
<statusCode code="completed"/>
<effectiveTime xsi:type="IVL_TS"><low nullFlavor="UNK"/><high nullFlavor="UNK"/></effectiveTime>
<effectiveTime operator="A"/>
<consumable>
<manufacturedProduct>
<templateId root="2.16.840.1.113883.10.20.1.53"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7.2"/>
<templateId root="1.2.250.1.213.1.1.3.43"/>
<manufacturedMaterial><code nullFlavor="NA"/><name nullFlavor="NA"/></manufacturedMaterial>
</manufacturedProduct>
</consumable>
</substanceAdministration>
</entry>
"##;

/// The section *Vaccinations*.
pub(super) fn vaccinations(x: &mut Xml, lines: &[&Line]) {
    let part = Part {
        kind: LineKind::Vaccination,
        templates: &["2.16.840.1.113883.10.20.1.6", "1.3.6.1.4.1.19376.1.5.3.1.3.23", "1.2.250.1.213.1.1.2.147"],
        label: "Historique des vaccinations",
        heads: &[
            "Date de délivrance",
            "Libellé du vaccin",
            "Valence vaccinale",
            "Prescrit par",
            "Spécialité du prescripteur",
            "Établissement du prescripteur",
            "Délivré par",
        ],
        empty: "NO-VACCIN",
        nothing: NO_VACCINATION,
    };
    part.write(x, lines, vaccination_row, vaccination);
}

fn vaccination_row(x: &mut Xml, line: &Line, anchor: &str) {
    let group = line.product.group.as_ref().map_or("", |group| group.display.as_str());
    let by = &line.prescriber;
    row(x, anchor, 1, &[&shown(line.date), &line.code.display, group, &by.name, &by.role, &by.place, deliverer(line)]);
}

fn vaccination(x: &mut Xml, line: &Line, anchor: &str) {
    x.within("substanceAdministration", &[("classCode", "SBADM"), ("moodCode", "EVN"), ("negationInd", "false")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.24", "1.3.6.1.4.1.19376.1.5.3.1.4.12", "1.2.250.1.213.1.1.3.45"]);
        number(x, line);
        x.fixed("<code code=\"IMMUNIZ\" displayName=\"Vaccination sans autres précisions\" codeSystem=\"2.16.840.1.113883.5.4\"/>\n");
        x.reference("text", anchor);
        x.fixed("<statusCode code=\"completed\"/>\n<effectiveTime nullFlavor=\"UNK\"/>\n");
        x.within("consumable", &[("typeCode", "CSM")], |x| product(x, line, anchor));
        delivered(x, line, false);
    });
}

const NO_VACCINATION: &str = r##"<entry>
<substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="false">
<templateId root="2.16.840.1.113883.10.20.1.24"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.12"/>
<templateId root="1.2.250.1.213.1.1.3.45"/>
<id nullFlavor="NA"/>
<code code="no-known-immunizations" displayName="Pas de vaccin connu" codeSystem="2.16.840.1.113883.5.1150.1"/>
<text><reference value="#NO-VACCIN"/></text>
<statusCode code="completed"/>
<effectiveTime nullFlavor="NA"/>
<consumable typeCode="CSM">
<manufacturedProduct>
<templateId root="2.16.840.1.113883.10.20.1.53"/>
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7.2"/>
<templateId root="1.2.250.1.213.1.1.3.43"/>
<manufacturedMaterial><code nullFlavor="NA"/><name nullFlavor="NA"/></manufacturedMaterial>
</manufacturedProduct>
</consumable>
</substanceAdministration>
</entry>
"##;

/// The section *Dispositifs médicaux*.
pub(super) fn devices(x: &mut Xml, lines: &[&Line]) {
    let part = Part {
        kind: LineKind::Device,
        templates: &["2.16.840.1.11383.10.20.1.7", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.5", "1.2.250.1.213.1.1.2.1"],
        label: "Dispositifs médicaux",
        heads: &[
            "Date de délivrance",
            "Libellé du dispositif médical",
            "Prescrit par",
            "Spécialité du prescripteur",
            "Établissement du prescripteur",
            "Délivré par",
            "Quantité délivrée",
        ],
        empty: "NO-DM",
        nothing: NO_DEVICE,
    };
    part.write(x, lines, device_row, device);
}

fn device_row(x: &mut Xml, line: &Line, anchor: &str) {
    let by = &line.prescriber;
    let quantity = line.quantity.to_string();
    row(x, anchor, 1, &[&shown(line.date), &line.code.display, &by.name, &by.role, &by.place, deliverer(line), &quantity]);
}

fn device(x: &mut Xml, line: &Line, anchor: &str) {
    x.within("supply", &[("classCode", "SPLY"), ("moodCode", "EVN")], |x| {
        x.templates(&["2.16.840.1.113883.10.20.1.34", "1.2.250.1.213.1.1.3.20"]);
        number(x, line);
        x.reference("text", anchor);
        x.fixed("<effectiveTime xsi:type=\"IVL_TS\"><low nullFlavor=\"UNK\"/></effectiveTime>\n");
        x.leaf("quantity", &[("value", &line.quantity.to_string())]);
        handed_over(x, line);
        x.within("participant", &[("typeCode", "DEV")], |x| {
            x.within("participantRole", &[("classCode", "MANU")], |x| {
                x.within("playingDevice", &[("classCode", "DEV"), ("determinerCode", "INSTANCE")], |x| {
                    x.within("code", &[], |x| {
                        x.reference("originalText", anchor);
                        plain(x, "translation", &line.code, DEVICE_SET);
                    });
                });
            });
        });
    });
}

const NO_DEVICE: &str = r##"<entry>
<supply classCode="SPLY" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.1.34"/>
<templateId root="1.2.250.1.213.1.1.3.20"/>
<id nullFlavor="NA"/>
<text><reference value="#NO-DM"/></text>
<effectiveTime xsi:type="IVL_TS"><low nullFlavor="NA"/></effectiveTime>
<participant typeCode="DEV">
<participantRole classCode="MANU">
<playingDevice classCode="DEV" determinerCode="INSTANCE">
<code code="no-known-devices" displayName="Pas de dispositif médical connu" codeSystem="2.16.840.1.113883.5.1150.1"/>
</playingDevice>
</participantRole>
</participant>
</supply>
</entry>
"##;
