//! The document types that the record accepts (JDV_J66) and the class that each one has (ASS_X16, filled
//! from ASS_X04 where ASS_X16 is silent; `domain-supplement.md` 4). A class is derived, never chosen.

use serde::{Deserialize, Serialize};

use super::{Code, system};

/// A class of documents (TRE_A03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassCode {
    pub code: &'static str,
    pub label: &'static str,
}

/// The eleven classes of the order of 26 October 2023.
pub const CLASSES: [ClassCode; 11] = [
    ClassCode { code: "10", label: "Compte rendu" },
    ClassCode { code: "11", label: "Synthèse" },
    ClassCode { code: "31", label: "Imagerie médicale" },
    ClassCode { code: "42", label: "Prescription" },
    ClassCode { code: "43", label: "Dispensation" },
    ClassCode { code: "44", label: "Plan de soins, protocole de soins" },
    ClassCode { code: "45", label: "Traitement administré" },
    ClassCode { code: "52", label: "Certificat, déclaration" },
    ClassCode { code: "60", label: "Données de remboursement" },
    ClassCode { code: "90", label: "Autres documents déposés par le patient" },
    ClassCode { code: "95", label: "Document de gestion" },
];

/// A type that belongs to JDV_J66. INVARIANT: it is in [`TYPES`], so it has a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TypeCode(String);

impl TypeCode {
    /// Parses a type code. `None` when it is not in JDV_J66.
    pub fn parse(code: &str) -> Option<Self> {
        row(code).map(|_| TypeCode(code.to_owned()))
    }

    /// Some type, to stand in a value that is never stored.
    pub fn any() -> Self {
        TypeCode("11488-4".to_owned())
    }

    /// The code, `11488-4`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as the table has it: no copy.
    pub fn as_static(&self) -> &'static str {
        row(&self.0).map_or("", |found| found.0)
    }

    /// Dotted OID of the code system.
    pub fn system(&self) -> &'static str {
        row(&self.0).map_or(system::LOINC, |found| found.1)
    }

    /// The class derived from this type.
    pub fn class(&self) -> ClassCode {
        row(&self.0).and_then(|found| CLASSES.into_iter().find(|class| class.code == found.2)).unwrap_or(UNKNOWN_CLASS)
    }

    /// The French label.
    pub fn label(&self) -> &'static str {
        row(&self.0).map_or("", |found| found.3)
    }

    /// As a code with its system and label.
    pub fn to_code(&self) -> Code {
        Code::new(self.0.clone(), self.system(), self.label())
    }
}

/// Stands for the impossible: a type outside [`TYPES`] cannot be parsed, and no right knows this class.
const UNKNOWN_CLASS: ClassCode = ClassCode { code: "?", label: "" };

fn row(code: &str) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    TYPES.iter().find(|candidate| candidate.0 == code)
}

/// Class code of a type, when the type is known.
pub fn class_of(type_code: &str) -> Option<&'static str> {
    row(type_code).map(|found| found.2)
}

/// French label of a type, when the type is known.
pub fn type_label(type_code: &str) -> Option<&'static str> {
    row(type_code).map(|found| found.3)
}

/// Type, OID of its system, class, French label; by class then code.
#[rustfmt::skip]
pub const TYPES: [(&str, &str, &str, &str); 107] = [
    ("11488-4", system::LOINC, "10", "CR ou fiche de consultation ou de visite"),
    ("11490-0", system::LOINC, "10", "Lettre de liaison à la sortie d'un établissement de soins"),
    ("11502-2", system::LOINC, "10", "CR d'examens biologiques"),
    ("11505-5", system::LOINC, "10", "CR d'acte thérapeutique (autre)"),
    ("11506-3", system::LOINC, "10", "CR ou fiche de suivi de soins par auxiliaire médical"),
    ("15507-7", system::LOINC, "10", "CR de passage aux urgences"),
    ("15508-5", system::LOINC, "10", "CR d'accouchement"),
    ("28617-9", system::LOINC, "10", "Bilan bucco-dentaire"),
    ("28653-4", system::LOINC, "10", "Document du secteur social / médico-social"),
    ("29274-8", system::LOINC, "10", "Mesures de signes vitaux"),
    ("34112-3", system::LOINC, "10", "CR hospitalier (séjour)"),
    ("34120-6", system::LOINC, "10", "Bilan par professionnel de santé"),
    ("34749-2", system::LOINC, "10", "CR de consultation pré-anesthésique"),
    ("34794-8", system::LOINC, "10", "CR de réunion de concertation pluridisciplinaire"),
    ("34874-8", system::LOINC, "10", "CR opératoire"),
    ("34875-5", system::LOINC, "10", "Évaluation postopératoire et note de suivi"),
    ("47420-5", system::LOINC, "10", "CR de bilan fonctionnel"),
    ("51969-4", system::LOINC, "10", "CR de génétique moléculaire"),
    ("59283-2", system::LOINC, "10", "CR d'examen de l'enfant"),
    ("60568-3", system::LOINC, "10", "CR d'anatomie et de cytologie pathologiques"),
    ("67851-6", system::LOINC, "10", "CR d'admission"),
    ("70004-7", system::LOINC, "10", "CR d'acte diagnostique (autre)"),
    ("75482-0", system::LOINC, "10", "CR d'acte thérapeutique à visée préventive"),
    ("75492-9", system::LOINC, "10", "CR d'acte diagnostique à visée préventive ou de dépistage"),
    ("75496-0", system::LOINC, "10", "Demande d'acte de télémédecine"),
    ("77436-4", system::LOINC, "10", "CR d'anesthésie"),
    ("78513-9", system::LOINC, "10", "CR de consultation en ophtalmologie"),
    ("78601-2", system::LOINC, "10", "CR d'entretien pharmaceutique"),
    ("83981-1", system::LOINC, "10", "Lettre de liaison à la sortie d'une structure sociale ou médico-sociale"),
    ("85208-7", system::LOINC, "10", "CR de télémédecine"),
    ("89233-1", system::LOINC, "10", "CR de grossesse"),
    ("93024-8", system::LOINC, "10", "CR de consultation pharmaceutique"),
    ("96349-6", system::LOINC, "10", "Lettre d'adressage"),
    ("BIL_AUTO", system::TRE_A05, "10", "CR de bilan d'évaluation de la perte d'autonomie"),
    ("DOCPAT03", system::TRE_A05, "10", "CR déposé par le patient"),
    ("DOCPAT05", system::TRE_A05, "10", "CR de biologie déposé par le patient"),
    ("DOCPAT06", system::TRE_A05, "10", "CR de prévention déposé par le patient"),
    ("18761-7", system::LOINC, "11", "Note de transfert (dont lettre de liaison à l'entrée en établissement de soins)"),
    ("34133-9", system::LOINC, "11", "Synthèse d'épisode de soins"),
    ("34842-5", system::LOINC, "11", "Grille d'évaluation médico-social"),
    ("56445-0", system::LOINC, "11", "Bilan médicamenteux (Officine)"),
    ("57055-6", system::LOINC, "11", "Synthèse antepartum"),
    ("57057-2", system::LOINC, "11", "Synthèse Salle de Naissance Mère"),
    ("57075-4", system::LOINC, "11", "Synthèse Salle de Naissance Enfant"),
    ("60280-5", system::LOINC, "11", "Fiche de retour du service des urgences"),
    ("60591-5", system::LOINC, "11", "Synthèse médicale"),
    ("68599-0", system::LOINC, "11", "Synthèse psychiatrique"),
    ("68817-6", system::LOINC, "11", "Bilan de santé et de prévention de l'enfant"),
    ("74207-2", system::LOINC, "11", "Document de liaison d'urgence"),
    ("78341-5", system::LOINC, "11", "Fiche de transfert vers le service des urgences"),
    ("78489-2", system::LOINC, "11", "Synthèse Enfant en Maternité"),
    ("80820-4", system::LOINC, "11", "Formulaire de conciliation médicamenteuse (Hôpital)"),
    ("83836-7", system::LOINC, "11", "Schéma dentaire"),
    ("83901-9", system::LOINC, "11", "Bilan psychologique"),
    ("88348-8", system::LOINC, "11", "Lettre de liaison d'entrée en structure sociale ou médico-sociale"),
    ("89235-6", system::LOINC, "11", "Synthèse Suites de Couches Mère"),
    ("DOCPAT01", system::TRE_A05, "11", "Synthèse déposée par le patient"),
    ("DOCPAT08", system::TRE_A05, "11", "Profil médical Mon espace santé"),
    ("SYNTH", system::TRE_A05, "11", "Synthèse"),
    ("18748-4", system::LOINC, "31", "CR d'imagerie médicale"),
    ("52040-3", system::LOINC, "31", "Document encapsulant une image d'illustration non DICOM"),
    ("DOCPAT04", system::TRE_A05, "31", "Imagerie déposée par le patient"),
    ("IMG-KOS", system::TRE_A05, "31", "Reference d'objets d'un examen d'imagerie"),
    ("55115-0", system::LOINC, "42", "Demande d'actes d'imagerie"),
    ("57828-6", system::LOINC, "42", "Prescription (autre)"),
    ("57832-8", system::LOINC, "42", "Prescription de soins"),
    ("57833-6", system::LOINC, "42", "Prescription de produits de santé"),
    ("61357-0", system::LOINC, "42", "Intervention pharmaceutique"),
    ("75468-9", system::LOINC, "42", "Renouvellement ordonnance par pharmacien correspondant"),
    ("DOCPAT02", system::TRE_A05, "42", "Traitement ou document de soins déposé par le patient"),
    ("PRESC-AAT", system::TRE_A05, "42", "Prescription arrêt de travail"),
    ("PRESC-BIO", system::TRE_A05, "42", "Prescription d'actes de biologie médicale"),
    ("PRESC-INF", system::TRE_A05, "42", "Prescription d'actes infirmiers"),
    ("PRESC-KINE", system::TRE_A05, "42", "Prescription d'actes de kinésithérapie"),
    ("PRESC-ORTHOPHO", system::TRE_A05, "42", "Prescription d'actes d'orthophonie"),
    ("PRESC-ORTHOPTIE", system::TRE_A05, "42", "Prescription d'actes d'orthoptie"),
    ("PRESC-PEDI", system::TRE_A05, "42", "Prescription d'actes de pédicurie"),
    ("60593-1", system::LOINC, "43", "Dispensation médicamenteuse"),
    ("DISP_AUT", system::TRE_A05, "43", "Dispensation (autre)"),
    ("18776-5", system::LOINC, "44", "Plan personnalisé de soins"),
    ("77604-7", system::LOINC, "44", "Planification thérapeutique"),
    ("80771-9", system::LOINC, "44", "Projet d'accueil individualisé"),
    ("80788-3", system::LOINC, "44", "Projet personnalisé d'accompagnement"),
    ("83869-8", system::LOINC, "44", "Plan personnalisé de prévention"),
    ("PROT_ALD", system::TRE_A05, "44", "Protocole de soins ALD"),
    ("80565-5", system::LOINC, "45", "CR d'administration de médicaments"),
    ("101881-1", system::LOINC, "52", "Carte d'implant"),
    ("11369-6", system::LOINC, "52", "Historique des vaccinations"),
    ("87273-9", system::LOINC, "52", "Note de vaccination"),
    ("89601-9", system::LOINC, "52", "Certificat médical"),
    ("96173-0", system::LOINC, "52", "Test rapide d'orientation diagnostique"),
    ("96874-3", system::LOINC, "52", "COVID-19 Attestation de vaccination"),
    ("CERT_DECL", system::TRE_A05, "52", "Certificat, déclaration"),
    ("DOCPAT07", system::TRE_A05, "52", "Certificat déposé par le patient"),
    ("REMB", system::TRE_A05, "60", "Données de remboursement"),
    ("74465-6", system::LOINC, "90", "Questionnaire patient"),
    ("EXPPAT_1", system::TRE_A05, "90", "Volontés et droits du patient"),
    ("EXPPAT_2", system::TRE_A05, "90", "Autre document du patient"),
    ("EXPPAT_3", system::TRE_A05, "90", "Directives anticipées"),
    ("59284-0", system::LOINC, "95", "Attestation de consentement"),
    ("86531-1", system::LOINC, "95", "Attestation de sortie"),
    ("ATTEST-ASS-COMPL", system::TRE_A05, "95", "Attestation assurance complémentaire"),
    ("ATTEST-DROITS-AM", system::TRE_A05, "95", "Attestation de droits à l'assurance maladie"),
    ("ATTEST-HEBGT", system::TRE_A05, "95", "Attestation d'hébergement"),
    ("ATTEST-RESID", system::TRE_A05, "95", "Attestation de résidence"),
    ("AUTORIS-SOINS", system::TRE_A05, "95", "Autorisation de soins et actes non usuels sanitaires"),
    ("DOCPAT09", system::TRE_A05, "95", "Document administratif déposé par le patient"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_one_of_the_eleven_classes_and_a_label() {
        for (code, _, class, label) in TYPES {
            assert!(CLASSES.iter().any(|known| known.code == class), "{code}");
            assert!(!label.is_empty(), "{code}");
            assert_eq!(TYPES.iter().filter(|other| other.0 == code).count(), 1, "{code}");
        }
    }

    #[test]
    fn classes_follow_the_official_table() {
        for (code, class) in
            [("11490-0", "10"), ("83901-9", "11"), ("61357-0", "42"), ("11369-6", "52"), ("101881-1", "52"), ("28617-9", "10"), ("REMB", "60")]
        {
            assert_eq!(class_of(code), Some(class), "{code}");
        }
        assert_eq!(class_of("00000-0"), None);
    }
}
