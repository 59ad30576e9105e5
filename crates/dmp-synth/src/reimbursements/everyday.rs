//! Everyday care that leaves no document: what a person without any illness has reimbursed.

use dmp_core::document::Code;
use dmp_core::reimbursement::{COMPONENT, FeedSystem, LineKind, Product};

use super::{Ledger, after, things};
use crate::people::at;

/// Consultations and care: code, words, who.
const CARE: [(&str, &str, u32); 6] = [
    ("G", "Consultation du médecin généraliste", at::GP),
    ("TCG", "Téléconsultation du médecin généraliste", at::SECOND_GP),
    ("CS", "Consultation du spécialiste", at::CARDIOLOGIST),
    ("AMI", "Acte de soins infirmiers", at::NURSE),
    ("AMS", "Séance de masso-kinésithérapie", at::PHYSIOTHERAPIST),
    ("CS", "Consultation du spécialiste", at::OPHTHALMOLOGIST),
];
/// Dental acts and others of the CCAM.
const ACTS: [(&str, &str, u32); 3] = [
    ("HBJD001", "Détartrage et polissage des dents", at::DENTIST),
    ("HBMD053", "Restauration d'une prémolaire ou molaire sur une face", at::DENTIST),
    ("DEQP003", "Électrocardiographie sur au moins 12 dérivations", at::CARDIOLOGIST),
];
/// Medicines of the cupboard: words, class, substance.
const MEDICINES: [(&str, &str, &str); 8] = [
    ("PARACETAMOL 1 g, comprimé", "N02BE01", "paracétamol"),
    ("IBUPROFENE 400 mg, comprimé", "M01AE01", "ibuprofène"),
    ("AMOXICILLINE 1 g, comprimé dispersible", "J01CA04", "amoxicilline"),
    ("DESLORATADINE 5 mg, comprimé", "R06AX27", "desloratadine"),
    ("OMEPRAZOLE 20 mg, gélule", "A02BC01", "oméprazole"),
    ("COLECALCIFEROL 50 000 UI, ampoule", "A11CC05", "colécalciférol"),
    ("MACROGOL 4000 10 g, sachet", "A06AD15", "macrogol"),
    ("DICLOFENAC 1 %, gel", "M02AA15", "diclofénac"),
];
const ANALYSES: [(&str, &str); 5] =
    [("1104", "Hémogramme"), ("0552", "Glycémie"), ("0592", "Créatinine"), ("0996", "Exploration d'une anomalie lipidique"), ("1208", "T.S.H.")];
const DEVICES: [(&str, &str); 4] = [
    ("2242457", "Verre correcteur unifocal"),
    ("2223342", "Monture de lunettes"),
    ("1324465", "Bandes et compresses, les 10"),
    ("2393180", "Appareil de prévention auditive"),
];
const IMAGES: [(&str, &str); 3] =
    [("ZBQK002", "Radiographie du thorax"), ("ZCQM004", "Échographie abdominale"), ("HBQK002", "Radiographie panoramique dentaire")];

impl Ledger<'_> {
    /// One more line, on any day of the time that is looked at.
    pub(super) fn everyday(&mut self) {
        let days = self.from.until(self.town.today()).map_or(1, |span| span.get_days().max(1));
        let day = after(self.from, i64::from(self.draw.between(0, days - 1)));
        match self.draw.below(100) {
            0..=44 => {
                let (label, class, substance) = self.draw.pick(&MEDICINES);
                let mut line = self.line(LineKind::Medicine, things::product(label, label), day, at::PHARMACIST);
                line.quantity = 1 + self.draw.below(3);
                line.product =
                    Product { group: Some(Code::new(class, FeedSystem::Atc.oid(), "")), components: vec![Code::new("", COMPONENT, substance)] };
                self.lines.push(line);
            }
            45..=69 => {
                let (code, label, who) = self.draw.pick(&CARE);
                self.push(LineKind::Care, things::ngap((code, label)), day, who);
            }
            70..=84 => {
                let (code, label) = self.draw.pick(&ANALYSES);
                self.push(LineKind::Biology, Code::new(code, FeedSystem::Nabm.oid(), label), day, at::BIOLOGIST);
            }
            85..=90 => {
                let (code, label, who) = self.draw.pick(&ACTS);
                self.push(LineKind::Care, Code::new(code, FeedSystem::Ccam.oid(), label), day, who);
            }
            91..=95 => {
                let (code, label) = self.draw.pick(&DEVICES);
                self.push(LineKind::Device, Code::new(code, FeedSystem::Lpp.oid(), label), day, at::SECOND_PHARMACIST);
            }
            _ => {
                let (code, label) = self.draw.pick(&IMAGES);
                self.push(LineKind::Imaging, Code::new(code, FeedSystem::Ccam.oid(), label), day, at::RADIOLOGIST);
            }
        }
    }
}
