//! Conditions with their ICD-10 codes.

/// A condition: words that doctors write, code and words of ICD-10 (CIM-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Condition {
    pub label: &'static str,
    pub code: &'static str,
    pub code_label: &'static str,
    pub chronic: bool,
}

const fn chronic(label: &'static str, code: &'static str, code_label: &'static str) -> Condition {
    Condition { label, code, code_label, chronic: true }
}

const fn acute(label: &'static str, code: &'static str, code_label: &'static str) -> Condition {
    Condition { label, code, code_label, chronic: false }
}

pub(crate) const DIABETES: Condition = chronic("Diabète de type 2", "E11.9", "Diabète sucré de type 2, sans complication");
pub(crate) const HYPERTENSION: Condition = chronic("Hypertension artérielle", "I10", "Hypertension essentielle (primitive)");
pub(crate) const ATRIAL_FIBRILLATION: Condition =
    chronic("Fibrillation auriculaire", "I48.9", "Fibrillation et flutter auriculaires, sans précision");
pub(crate) const COPD: Condition =
    chronic("Bronchopneumopathie chronique obstructive", "J44.9", "Maladie pulmonaire obstructive chronique, sans précision");
pub(crate) const ASTHMA: Condition = chronic("Asthme", "J45.9", "Asthme, sans précision");
pub(crate) const DEPRESSION: Condition = chronic("Épisode dépressif d'intensité moyenne", "F32.1", "Épisode dépressif moyen");
pub(crate) const BREAST_CANCER: Condition = chronic("Carcinome infiltrant du sein gauche", "C50.9", "Tumeur maligne du sein, sans précision");
pub(crate) const PROSTATE_CANCER: Condition = chronic("Adénocarcinome de la prostate", "C61", "Tumeur maligne de la prostate");
pub(crate) const KNEE_OSTEOARTHRITIS: Condition = chronic("Gonarthrose", "M17.9", "Gonarthrose, sans précision");
pub(crate) const KIDNEY_DISEASE: Condition = chronic("Maladie rénale chronique de stade 3", "N18.3", "Maladie rénale chronique, stade 3");
pub(crate) const HYPERCHOLESTEROLAEMIA: Condition = chronic("Hypercholestérolémie", "E78.0", "Hypercholestérolémie essentielle");
pub(crate) const HYPOTHYROIDISM: Condition = chronic("Hypothyroïdie", "E03.9", "Hypothyroïdie, sans précision");
pub(crate) const MIGRAINE: Condition = chronic("Migraine", "G43.9", "Migraine, sans précision");
pub(crate) const ALZHEIMER: Condition = chronic("Maladie d'Alzheimer", "G30.1", "Maladie d'Alzheimer à début tardif");
pub(crate) const HEART_FAILURE: Condition = chronic("Insuffisance cardiaque", "I50.9", "Insuffisance cardiaque, sans précision");
pub(crate) const ECZEMA: Condition = chronic("Dermatite atopique", "L20.9", "Dermite atopique, sans précision");
pub(crate) const PREGNANCY: Condition = acute("Grossesse", "Z34.9", "Surveillance d'une grossesse normale, sans précision");
pub(crate) const OTITIS: Condition = acute("Otite moyenne aiguë", "H66.9", "Otite moyenne, sans précision");
pub(crate) const THROAT_INFECTION: Condition = acute("Angine", "J03.9", "Amygdalite aiguë, sans précision");
pub(crate) const COLD: Condition = acute("Rhinopharyngite", "J00", "Rhinopharyngite aiguë [rhume banal]");
pub(crate) const BRONCHIOLITIS: Condition = acute("Bronchiolite", "J21.9", "Bronchiolite (aiguë), sans précision");
pub(crate) const CHICKENPOX: Condition = acute("Varicelle", "B01.9", "Varicelle (sans complication)");
pub(crate) const GASTROENTERITIS: Condition = acute("Gastro-entérite aiguë", "A09.9", "Gastroentérites et colites d'origine non précisée");
pub(crate) const CYSTITIS: Condition = acute("Cystite aiguë", "N30.0", "Cystite aiguë");
pub(crate) const BACK_PAIN: Condition = acute("Lombalgie commune", "M54.5", "Lombalgie basse");
pub(crate) const WRIST_FRACTURE: Condition = acute("Fracture du poignet", "S52.5", "Fracture de l'extrémité inférieure du radius");
pub(crate) const HIP_FRACTURE: Condition = acute("Fracture du col du fémur", "S72.0", "Fracture du col du fémur");
pub(crate) const APPENDICITIS: Condition = acute("Appendicite aiguë", "K35.8", "Appendicites aiguës, autres et sans précision");
pub(crate) const PNEUMONIA: Condition = acute("Pneumopathie aiguë", "J18.9", "Pneumopathie, sans précision");
