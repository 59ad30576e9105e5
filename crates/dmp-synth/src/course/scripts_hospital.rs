//! Words of hospital, pathology and operations.

use super::Part::{
    Anaesthesia, Complications, Conclusion, Diagnosis, Exam, Findings, History, Operation, Opinion, Plan, Reason, Request, Stay, StayReason,
    Technique,
};
use super::script::report;
use super::{Part, Script};
use crate::cda::Encounter::{Emergency, External, Stay as InStay};

type Parts = &'static [(Part, &'static [&'static str])];

const fn operation(title: &'static str, parts: Parts) -> Script {
    report("34874-8", title, InStay, parts)
}

const fn letter(title: &'static str, parts: Parts) -> Script {
    report("11490-0", title, InStay, parts)
}

const fn emergency(parts: Parts) -> Script {
    report("15507-7", "Compte rendu de passage aux urgences", Emergency, parts)
}

pub(crate) static PALPITATIONS: Script = emergency(&[
    (Reason, &["Palpitations et fatigue depuis la veille, {age}."]),
    (Exam, &["Pouls irrégulier à 128/min, pression artérielle {ta}, saturation 97 %. Électrocardiogramme : fibrillation auriculaire."]),
    (
        Conclusion,
        &[
            "Premier épisode documenté de fibrillation auriculaire, bien toléré. Bêtabloquant et anticoagulation débutés.",
            "Hospitalisation de courte durée en médecine.",
        ],
    ),
]);
pub(crate) static FIBRILLATION_LETTER: Script = letter(
    "Lettre de liaison : fibrillation auriculaire",
    &[
        (StayReason, &["Fibrillation auriculaire de découverte récente."]),
        (
            Stay,
            &[
                "Fréquence ralentie par le bisoprolol. Échographie sans valvulopathie serrée. TSH normale.",
                "Risque embolique élevé : anticoagulation au long cours expliquée à {patient}, carnet remis.",
            ],
        ),
        (
            Plan,
            &[
                "Suivi par le médecin traitant à une semaine, cardiologue à un mois.",
                "Surveillance du traitement anticoagulant, éviter les anti-inflammatoires.",
            ],
        ),
    ],
);
pub(crate) static HEART_FAILURE_LETTER: Script = letter(
    "Lettre de liaison : décompensation cardiaque",
    &[
        (StayReason, &["Essoufflement croissant, prise de cinq kilos en deux semaines."]),
        (
            Stay,
            &[
                "Déplétion par furosémide, perte de six kilos. NT-proBNP {bnp} à la sortie. Fraction d'éjection 45 %.",
                "Facteur déclenchant : écart de régime salé.",
            ],
        ),
        (
            Plan,
            &[
                "Poids de sortie {poids} : alerte si plus de deux kilos en trois jours.",
                "Biologie à une semaine, cardiologue à un mois, éducation poursuivie à domicile.",
            ],
        ),
    ],
);
pub(crate) static COPD_LETTER: Script = letter(
    "Lettre de liaison : exacerbation de BPCO",
    &[
        (StayReason, &["Exacerbation d'une bronchopneumopathie chronique obstructive."]),
        (Stay, &["Oxygène deux jours, bronchodilatateurs, corticoïdes courts. Pas de ventilation. Sortie sans oxygène."]),
        (Plan, &["Pneumologue à un mois, réhabilitation respiratoire, vaccination antigrippale."]),
    ],
);
pub(crate) static KNEE_LETTER: Script = letter(
    "Lettre de liaison : prothèse totale du genou droit",
    &[
        (StayReason, &["Gonarthrose droite évoluée, échec du traitement médical."]),
        (Stay, &["Prothèse totale du genou droit sans incident. Lever à J1, flexion 90° à la sortie."]),
        (Plan, &["Anticoagulation préventive 35 jours, ablation des agrafes à J15, rééducation, contrôle à six semaines."]),
    ],
);
pub(crate) static HIP_LETTER: Script = letter(
    "Lettre de liaison : fracture du col du fémur",
    &[
        (StayReason, &["Fracture du col du fémur gauche après une chute à domicile."]),
        (Stay, &["Prothèse de hanche à J1. Confusion brève à J2, résolutive. Marche avec déambulateur."]),
        (Plan, &["Rééducation en soins de suite ou à domicile, prévention des chutes, bilan d'ostéoporose."]),
    ],
);
pub(crate) static APPENDIX_LETTER: Script = letter(
    "Lettre de liaison : appendicectomie",
    &[
        (StayReason, &["Appendicite aiguë."]),
        (Stay, &["Appendicectomie sous cœlioscopie, suites simples."]),
        (Plan, &["Pansements à l'air à J3, reprise progressive, consultation seulement en cas de fièvre ou de douleur."]),
    ],
);
pub(crate) static BREAST_LETTER: Script = letter(
    "Lettre de liaison : chirurgie du sein",
    &[
        (StayReason, &["Tumorectomie du sein gauche et ganglion sentinelle."]),
        (Stay, &["Chirurgie ambulatoire prolongée d'une nuit, sans complication."]),
        (Plan, &["Soins infirmiers, résultat définitif présenté en réunion de concertation, consultation à quinze jours."]),
    ],
);
pub(crate) static MATERNITY_LETTER: Script = letter(
    "Lettre de liaison : sortie de maternité",
    &[
        (StayReason, &["Accouchement à terme."]),
        (Stay, &["Suites de couches simples, allaitement maternel, mère et enfant bien portants."]),
        (Plan, &["Visites de la sage-femme à domicile, consultation postnatale à six semaines."]),
    ],
);
pub(crate) static HEART_ULTRASOUND: Script = report(
    "70004-7",
    "Compte rendu d'échographie cardiaque",
    External,
    &[
        (Request, &["Évaluation d'une fibrillation auriculaire."]),
        (Technique, &["Échographie transthoracique, échogénicité correcte."]),
        (
            Findings,
            &[
                "Ventricule gauche non dilaté, fraction d'éjection 60 %. Oreillette gauche modérément dilatée (24 cm²).",
                "Pas de valvulopathie significative, pas d'épanchement.",
            ],
        ),
        (Conclusion, &["Fonction ventriculaire conservée, oreillette gauche dilatée."]),
    ],
);
pub(crate) static BREAST_BIOPSY: Script = report(
    "60568-3",
    "Compte rendu d'anatomie pathologique : biopsie du sein gauche",
    External,
    &[
        (Request, &["Opacité spiculée de 14 mm, ACR 5."]),
        (Findings, &["Carcinome infiltrant de type non spécifique, grade 2. Récepteurs aux œstrogènes 90 %, à la progestérone 70 %, HER2 négatif."]),
        (Conclusion, &["Carcinome infiltrant du sein gauche, récepteurs hormonaux positifs."]),
    ],
);
pub(crate) static BREAST_PIECE: Script = report(
    "60568-3",
    "Compte rendu d'anatomie pathologique : pièce de tumorectomie",
    InStay,
    &[
        (Findings, &["Carcinome infiltrant de 15 mm, grade 2, berges saines. Deux ganglions sentinelles indemnes."]),
        (Conclusion, &["pT1c pN0 (sn). Exérèse complète."]),
    ],
);
pub(crate) static PROSTATE_BIOPSY: Script = report(
    "60568-3",
    "Compte rendu d'anatomie pathologique : biopsies de prostate",
    External,
    &[
        (Findings, &["Quatre biopsies sur douze intéressées par un adénocarcinome, score de Gleason 7 (3+4)."]),
        (Conclusion, &["Adénocarcinome prostatique, groupe de grade 2."]),
    ],
);
pub(crate) static PROSTATE_BOARD: Script = report(
    "34794-8",
    "Fiche de réunion de concertation pluridisciplinaire",
    InStay,
    &[
        (History, &["Adénocarcinome localisé de risque intermédiaire, {age}."]),
        (Opinion, &["Radiothérapie avec hormonothérapie courte proposée."]),
        (Plan, &["Proposition expliquée en consultation, oncogériatrie si nécessaire."]),
    ],
);
pub(crate) static BREAST_BOARD: Script = report(
    "34794-8",
    "Fiche de réunion de concertation pluridisciplinaire",
    InStay,
    &[
        (History, &["Carcinome infiltrant du sein gauche de 14 mm, récepteurs hormonaux positifs, HER2 négatif."]),
        (Opinion, &["Chirurgie conservatrice et ganglion sentinelle, puis radiothérapie et hormonothérapie."]),
        (Plan, &["Consultation avec la chirurgienne, programme personnalisé de soins."]),
    ],
);
pub(crate) static ANAESTHESIA_VISIT: Script = report(
    "34749-2",
    "Compte rendu de consultation pré-anesthésique",
    External,
    &[
        (Reason, &["Chirurgie programmée."]),
        (Exam, &["Pression artérielle {ta}, poids {poids}, taille {taille}. Mallampati 1, ASA 2."]),
        (Plan, &["Anesthésie générale, jeûne expliqué, consentement recueilli."]),
    ],
);
pub(crate) static BREAST_OPERATION: Script = operation(
    "Compte rendu opératoire : tumorectomie du sein gauche",
    &[
        (Diagnosis, &["Carcinome infiltrant du quadrant supéro-externe gauche."]),
        (Anaesthesia, &["Anesthésie générale, masque laryngé."]),
        (
            Operation,
            &[
                "Incision radiaire, exérèse centrée par repère, orientation de la pièce.",
                "Deux ganglions sentinelles repérés et prélevés. Fermeture par surjet intradermique.",
            ],
        ),
        (Complications, &["Aucune."]),
    ],
);
pub(crate) static KNEE_CONSULTATION: Script = report(
    "11488-4",
    "Compte rendu de consultation d'orthopédie",
    External,
    &[
        (Reason, &["Gonarthrose droite invalidante malgré un traitement bien conduit."]),
        (Exam, &["Périmètre de marche 400 mètres, flessum 5°, IMC {imc}."]),
        (Plan, &["Prothèse totale du genou proposée, bénéfices et risques expliqués, bilan dentaire demandé."]),
    ],
);
pub(crate) static KNEE_OPERATION: Script = operation(
    "Compte rendu opératoire : prothèse totale du genou droit",
    &[
        (Diagnosis, &["Gonarthrose droite évoluée."]),
        (Anaesthesia, &["Rachianesthésie et bloc du canal des adducteurs."]),
        (
            Operation,
            &[
                "Voie antéro-médiale, coupes guidées, essais satisfaisants, implants cimentés, rotule resurfacée.",
                "Stabilité contrôlée en extension et en flexion. Fermeture plan par plan.",
            ],
        ),
        (Complications, &["Aucune. Pertes sanguines 250 mL."]),
    ],
);
pub(crate) static HIP_OPERATION: Script = operation(
    "Compte rendu opératoire : prothèse de hanche gauche",
    &[
        (Diagnosis, &["Fracture cervicale vraie déplacée du fémur gauche."]),
        (Anaesthesia, &["Rachianesthésie."]),
        (Operation, &["Voie postéro-externe, tige cimentée, cupule mobile. Longueurs restituées, réduction stable."]),
        (Complications, &["Aucune. Transfusion non nécessaire."]),
    ],
);
pub(crate) static APPENDIX_OPERATION: Script = operation(
    "Compte rendu opératoire : appendicectomie",
    &[
        (Diagnosis, &["Appendicite aiguë."]),
        (Anaesthesia, &["Anesthésie générale avec intubation."]),
        (Operation, &["Trois trocarts. Appendice phlegmoneux non perforé, section de la base, lavage, extraction dans un sac."]),
        (Complications, &["Aucune."]),
    ],
);
pub(crate) static CATARACT_OPERATION: Script = operation(
    "Compte rendu opératoire : cataracte de l'œil droit",
    &[
        (Diagnosis, &["Cataracte nucléaire droite."]),
        (Anaesthesia, &["Anesthésie topique."]),
        (Operation, &["Phacoémulsification, implant pliable dans le sac capsulaire, antibiotique intracamérulaire."]),
        (Complications, &["Aucune."]),
    ],
);
pub(crate) static BIRTH: Script = report(
    "15508-5",
    "Compte rendu d'accouchement",
    InStay,
    &[
        (StayReason, &["Entrée en travail spontané à terme."]),
        (
            Stay,
            &[
                "Accouchement par voie basse sous péridurale, durée du travail six heures. Périnée : déchirure simple suturée.",
                "Nouveau-né de 3 340 g, Apgar 10 à cinq minutes, peau à peau.",
            ],
        ),
        (Conclusion, &["Mère et enfant en bonne santé."]),
    ],
);
pub(crate) static HIP_EMERGENCY: Script = emergency(&[
    (Reason, &["Chute à domicile, douleur de hanche, {age}."]),
    (Exam, &["Membre inférieur gauche raccourci en rotation externe. Pas de traumatisme crânien. Pression artérielle {ta}."]),
    (Conclusion, &["Fracture du col du fémur gauche. Bloc ilio-fascial antalgique. Hospitalisation en orthopédie."]),
]);
pub(crate) static BREATHLESS: Script = emergency(&[
    (Reason, &["Essoufflement aggravé depuis trois jours, expectorations plus abondantes."]),
    (Exam, &["Saturation 88 % en air ambiant, sibilants diffus, pouls {fc}, pression artérielle {ta}."]),
    (Conclusion, &["Exacerbation de BPCO. Nébulisations, oxygène, hospitalisation en pneumologie."]),
]);
pub(crate) static LOW_SUGAR: Script = emergency(&[
    (Reason, &["Malaise avec sueurs au domicile, glycémie capillaire 0,48 g/L avant resucrage."]),
    (Exam, &["À l'arrivée : consciente, pression artérielle {ta}, glycémie 1,32 g/L. Examen neurologique normal."]),
    (
        Conclusion,
        &[
            "Hypoglycémie sous sulfamide après un repas sauté. Surveillance six heures, retour à domicile.",
            "Gliclazide à réévaluer avec le médecin traitant, éducation reprise.",
        ],
    ),
]);
pub(crate) static STAY_FILE: Script = report(
    "34112-3",
    "Compte rendu d'hospitalisation avec feuilles de surveillance",
    InStay,
    &[
        (StayReason, &["Séjour en service de médecine, {age}."]),
        (
            Stay,
            &[
                "Évolution favorable au cours du séjour, surveillance infirmière jointe jour par jour.",
                "Traitements administrés conformes aux prescriptions.",
            ],
        ),
        (Conclusion, &["Sortie à domicile ou vers le lieu de vie habituel avec ordonnances et rendez-vous."]),
    ],
);
