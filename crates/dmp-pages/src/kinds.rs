//! What sort of document this is, in words that a person says: the official labels abbreviate (« CR »), and are in French alone.

use crate::Lang;

/// Official French label of a type (JDV_J66), what the person reads in French, and in English.
#[rustfmt::skip]
const KINDS: [(&str, &str, &str); 107] = [
    ("CR ou fiche de consultation ou de visite", "Compte rendu de consultation", "Consultation report"),
    ("Lettre de liaison à la sortie d'un établissement de soins", "Lettre de sortie d'hôpital", "Hospital discharge letter"),
    ("CR d'examens biologiques", "Résultats d'analyses", "Laboratory results"),
    ("CR d'acte thérapeutique (autre)", "Compte rendu de soin", "Treatment report"),
    ("CR ou fiche de suivi de soins par auxiliaire médical", "Suivi de soins infirmiers ou de rééducation", "Nursing or therapy follow-up"),
    ("CR de passage aux urgences", "Compte rendu de passage aux urgences", "Emergency visit report"),
    ("CR d'accouchement", "Compte rendu d'accouchement", "Birth report"),
    ("Bilan bucco-dentaire", "Bilan des dents et de la bouche", "Dental check-up"),
    ("Document du secteur social / médico-social", "Document d'un service social ou médico-social", "Document from a social care service"),
    ("Mesures de signes vitaux", "Mesures : tension, pouls, poids…", "Measures: blood pressure, pulse, weight…"),
    ("CR hospitalier (séjour)", "Compte rendu de séjour à l'hôpital", "Hospital stay report"),
    ("Bilan par professionnel de santé", "Bilan fait par un professionnel", "Check-up by a professional"),
    ("CR de consultation pré-anesthésique", "Compte rendu de consultation avant anesthésie", "Report of the consultation before anaesthesia"),
    ("CR de réunion de concertation pluridisciplinaire", "Avis de plusieurs spécialistes réunis", "Opinion of several specialists meeting"),
    ("CR opératoire", "Compte rendu d'opération", "Operation report"),
    ("Évaluation postopératoire et note de suivi", "Suivi après une opération", "Follow-up after an operation"),
    ("CR de bilan fonctionnel", "Bilan des mouvements et de l'autonomie", "Functional assessment"),
    ("CR de génétique moléculaire", "Résultats d'analyse génétique", "Genetic test results"),
    ("CR d'examen de l'enfant", "Compte rendu d'examen de l'enfant", "Child health examination report"),
    ("CR d'anatomie et de cytologie pathologiques", "Résultats d'examen de tissus ou de cellules", "Tissue or cell examination results"),
    ("CR d'admission", "Compte rendu d'entrée à l'hôpital", "Hospital admission report"),
    ("CR d'acte diagnostique (autre)", "Compte rendu d'examen", "Examination report"),
    ("CR d'acte thérapeutique à visée préventive", "Compte rendu de soin de prévention", "Preventive care report"),
    ("CR d'acte diagnostique à visée préventive ou de dépistage", "Compte rendu de dépistage", "Screening report"),
    ("Demande d'acte de télémédecine", "Demande de soin à distance", "Request for remote care"),
    ("CR d'anesthésie", "Compte rendu d'anesthésie", "Anaesthesia report"),
    ("CR de consultation en ophtalmologie", "Compte rendu de consultation pour les yeux", "Eye consultation report"),
    ("CR d'entretien pharmaceutique", "Compte rendu d'entretien avec le pharmacien", "Report of a talk with the pharmacist"),
    ("Lettre de liaison à la sortie d'une structure sociale ou médico-sociale", "Lettre de sortie d'un établissement médico-social", "Discharge letter from a social care home"),
    ("CR de télémédecine", "Compte rendu de soin à distance", "Remote care report"),
    ("CR de grossesse", "Compte rendu de grossesse", "Pregnancy report"),
    ("CR de consultation pharmaceutique", "Compte rendu de consultation avec le pharmacien", "Report of a consultation with the pharmacist"),
    ("Lettre d'adressage", "Lettre pour un autre médecin", "Referral letter"),
    ("CR de bilan d'évaluation de la perte d'autonomie", "Bilan d'autonomie", "Assessment of independence"),
    ("CR déposé par le patient", "Compte rendu ajouté par la personne", "Report added by the person"),
    ("CR de biologie déposé par le patient", "Analyses ajoutées par la personne", "Laboratory results added by the person"),
    ("CR de prévention déposé par le patient", "Prévention : ajouté par la personne", "Prevention: added by the person"),
    ("Note de transfert (dont lettre de liaison à l'entrée en établissement de soins)", "Lettre pour l'entrée à l'hôpital, ou un transfert", "Letter for a hospital admission or transfer"),
    ("Synthèse d'épisode de soins", "Résumé d'une période de soins", "Summary of an episode of care"),
    ("Grille d'évaluation médico-social", "Évaluation médico-sociale", "Social care assessment"),
    ("Bilan médicamenteux (Officine)", "Bilan des médicaments, par la pharmacie", "Medicines review by the pharmacy"),
    ("Synthèse antepartum", "Résumé de la grossesse", "Pregnancy summary"),
    ("Synthèse Salle de Naissance Mère", "Résumé de l'accouchement, pour la mère", "Birth summary, mother"),
    ("Synthèse Salle de Naissance Enfant", "Résumé de la naissance, pour l'enfant", "Birth summary, child"),
    ("Fiche de retour du service des urgences", "Fiche de retour des urgences", "Return sheet from the emergency department"),
    ("Synthèse médicale", "Synthèse médicale", "Medical summary"),
    ("Synthèse psychiatrique", "Synthèse psychiatrique", "Psychiatric summary"),
    ("Bilan de santé et de prévention de l'enfant", "Bilan de santé de l'enfant", "Child health check"),
    ("Document de liaison d'urgence", "Fiche pour une urgence", "Sheet for an emergency"),
    ("Fiche de transfert vers le service des urgences", "Fiche de transfert vers les urgences", "Transfer sheet to the emergency department"),
    ("Synthèse Enfant en Maternité", "Résumé de la maternité, pour l'enfant", "Maternity summary, child"),
    ("Formulaire de conciliation médicamenteuse (Hôpital)", "Liste des médicaments, vérifiée à l'hôpital", "List of medicines, checked in hospital"),
    ("Schéma dentaire", "Schéma des dents", "Dental chart"),
    ("Bilan psychologique", "Bilan psychologique", "Psychological assessment"),
    ("Lettre de liaison d'entrée en structure sociale ou médico-sociale", "Lettre pour l'entrée en établissement médico-social", "Admission letter to a social care home"),
    ("Synthèse Suites de Couches Mère", "Résumé des suites de l'accouchement, pour la mère", "Summary after birth, mother"),
    ("Synthèse déposée par le patient", "Synthèse ajoutée par la personne", "Summary added by the person"),
    ("Profil médical Mon espace santé", "Profil médical de Mon espace santé", "Medical profile from Mon espace santé"),
    ("Synthèse", "Synthèse", "Summary"),
    ("CR d'imagerie médicale", "Compte rendu d'imagerie (radio, scanner…)", "Imaging report (X-ray, scan…)"),
    ("Document encapsulant une image d'illustration non DICOM", "Image ou photo", "Image or photo"),
    ("Imagerie déposée par le patient", "Imagerie ajoutée par la personne", "Imaging added by the person"),
    ("Reference d'objets d'un examen d'imagerie", "Images d'un examen", "Images of an examination"),
    ("Demande d'actes d'imagerie", "Ordonnance d'imagerie (radio, scanner…)", "Prescription for imaging (X-ray, scan…)"),
    ("Prescription (autre)", "Ordonnance", "Prescription"),
    ("Prescription de soins", "Ordonnance de soins", "Prescription for care"),
    ("Prescription de produits de santé", "Ordonnance de médicaments ou de matériel", "Prescription for medicines or equipment"),
    ("Intervention pharmaceutique", "Avis du pharmacien sur une ordonnance", "Pharmacist's opinion on a prescription"),
    ("Renouvellement ordonnance par pharmacien correspondant", "Ordonnance renouvelée par le pharmacien", "Prescription renewed by the pharmacist"),
    ("Traitement ou document de soins déposé par le patient", "Traitement ajouté par la personne", "Treatment added by the person"),
    ("Prescription arrêt de travail", "Arrêt de travail", "Sick leave"),
    ("Prescription d'actes de biologie médicale", "Ordonnance d'analyses", "Prescription for laboratory tests"),
    ("Prescription d'actes infirmiers", "Ordonnance de soins infirmiers", "Prescription for nursing care"),
    ("Prescription d'actes de kinésithérapie", "Ordonnance de kinésithérapie", "Prescription for physiotherapy"),
    ("Prescription d'actes d'orthophonie", "Ordonnance d'orthophonie", "Prescription for speech therapy"),
    ("Prescription d'actes d'orthoptie", "Ordonnance d'orthoptie", "Prescription for orthoptics"),
    ("Prescription d'actes de pédicurie", "Ordonnance de pédicurie", "Prescription for foot care"),
    ("Dispensation médicamenteuse", "Médicaments remis par la pharmacie", "Medicines given by the pharmacy"),
    ("Dispensation (autre)", "Produits remis par la pharmacie", "Products given by the pharmacy"),
    ("Plan personnalisé de soins", "Plan de soins", "Care plan"),
    ("Planification thérapeutique", "Plan de traitement", "Treatment plan"),
    ("Projet d'accueil individualisé", "Projet d'accueil à l'école ou en collectivité", "Health plan at school or in a group"),
    ("Projet personnalisé d'accompagnement", "Projet d'accompagnement", "Support plan"),
    ("Plan personnalisé de prévention", "Plan de prévention", "Prevention plan"),
    ("Protocole de soins ALD", "Protocole de soins pour une longue maladie (ALD)", "Care protocol for a long illness (ALD)"),
    ("CR d'administration de médicaments", "Médicaments donnés pendant les soins", "Medicines given during care"),
    ("Carte d'implant", "Carte d'implant", "Implant card"),
    ("Historique des vaccinations", "Carnet de vaccination", "Vaccination record"),
    ("Note de vaccination", "Vaccin fait", "Vaccine given"),
    ("Certificat médical", "Certificat médical", "Medical certificate"),
    ("Test rapide d'orientation diagnostique", "Test rapide", "Rapid test"),
    ("COVID-19 Attestation de vaccination", "Attestation de vaccin contre la COVID-19", "COVID-19 vaccination certificate"),
    ("Certificat, déclaration", "Certificat ou déclaration", "Certificate or declaration"),
    ("Certificat déposé par le patient", "Certificat ajouté par la personne", "Certificate added by the person"),
    ("Données de remboursement", "Remboursements", "Reimbursements"),
    ("Questionnaire patient", "Questionnaire", "Questionnaire"),
    ("Volontés et droits du patient", "Volontés de la personne", "Wishes of the person"),
    ("Autre document du patient", "Autre document de la personne", "Other document of the person"),
    ("Directives anticipées", "Directives anticipées", "Advance directives"),
    ("Attestation de consentement", "Accord écrit", "Written consent"),
    ("Attestation de sortie", "Attestation de sortie", "Discharge certificate"),
    ("Attestation assurance complémentaire", "Attestation de mutuelle", "Certificate of complementary insurance"),
    ("Attestation de droits à l'assurance maladie", "Attestation de droits à l'assurance maladie", "Certificate of health insurance rights"),
    ("Attestation d'hébergement", "Attestation d'hébergement", "Certificate of accommodation"),
    ("Attestation de résidence", "Attestation de résidence", "Certificate of residence"),
    ("Autorisation de soins et actes non usuels sanitaires", "Autorisation de soins", "Permission for care"),
    ("Document administratif déposé par le patient", "Papier administratif ajouté par la personne", "Administrative paper added by the person"),
];

/// Words for the official label of a type; the label itself when it is not in the table.
pub(crate) fn kind_words(label: &str, lang: Lang) -> &str {
    KINDS.iter().find(|row| row.0 == label).map_or(label, |row| lang.pick(row.1, row.2))
}

/// A title that was made up from the official label (« CR opératoire, Clinique de la Place ») in the words of the kind.
pub(crate) fn titled(title: &str, lang: Lang) -> String {
    let of = |row: &(&str, &'static str, &'static str)| {
        title.strip_prefix(row.0).filter(|rest| rest.is_empty() || rest.starts_with(", ")).map(|rest| format!("{}{rest}", lang.pick(row.1, row.2)))
    };
    KINDS.iter().find_map(of).unwrap_or_else(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_core_has_words_in_both_languages() {
        for (code, _, _, label) in dmp_core::document::TYPES {
            let found = KINDS.iter().find(|row| row.0 == label);
            assert!(found.is_some_and(|row| !row.1.is_empty() && !row.2.is_empty()), "{code} {label}");
        }
    }

    #[test]
    fn no_words_abbreviate() {
        for (label, fr, en) in KINDS {
            for words in [fr, en] {
                assert!(!words.contains("CR ") && words.chars().count() <= 52, "{label}: {words}");
            }
        }
        assert_eq!(kind_words("CR opératoire", Lang::En), "Operation report");
        assert_eq!(titled("CR opératoire, Clinique de la Place", Lang::Fr), "Compte rendu d'opération, Clinique de la Place");
        assert_eq!(titled("Synthèse de la consultation", Lang::Fr), "Synthèse de la consultation");
        assert_eq!(kind_words("Autre", Lang::En), "Autre");
    }
}
