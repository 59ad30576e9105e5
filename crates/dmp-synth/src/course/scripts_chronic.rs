//! Words of the follow-up of chronic conditions.

use super::Part::{Conclusion, Exam, History, Opinion, Plan, Reason};
use super::Script;
use super::script::{report, visit};
use crate::cda::Encounter::Ambulatory;

pub(crate) static CHECK_UP: Script = visit(
    "Compte rendu de consultation : bilan de santé",
    &[
        (Reason, &["Bilan de santé demandé par {patient}, {age}, sans plainte particulière."]),
        (
            History,
            &[
                "Pas d'événement notable depuis la dernière rencontre. Appétit et sommeil conservés.",
                "Activité physique : marche trois fois par semaine.",
            ],
        ),
        (
            Exam,
            &[
                "Pression artérielle {ta}, pouls {fc}, poids {poids} pour {taille} (IMC {imc}).",
                "Auscultation du cœur et des poumons sans particularité. Abdomen souple.",
            ],
        ),
        (Opinion, &["État général conservé. Pas d'argument pour une affection évolutive."]),
        (
            Plan,
            &[
                "Bilan biologique de dépistage.",
                "Mise à jour du calendrier vaccinal et des dépistages organisés selon l'âge.",
                "Prochain rendez-vous dans un an, plus tôt si besoin.",
            ],
        ),
    ],
);
pub(crate) static DIABETES_FOUND: Script = visit(
    "Compte rendu de consultation : découverte d'un diabète de type 2",
    &[
        (Reason, &["Résultat de glycémie à jeun élevé, contrôlé à deux reprises, chez {patient} de {age}."]),
        (
            History,
            &[
                "Soif et urines plus abondantes depuis quelques semaines, fatigue. Pas d'amaigrissement.",
                "Terrain familial interrogé et noté au dossier.",
            ],
        ),
        (Exam, &["Pression artérielle {ta}, poids {poids}, IMC {imc}. Pouls pédieux perçus, monofilament normal aux deux pieds."]),
        (Opinion, &["Diabète de type 2, HbA1c {hba1c}. Pas de signe d'insulinopénie."]),
        (
            Plan,
            &[
                "Début de la metformine, à augmenter par paliers selon la tolérance digestive.",
                "Éducation : alimentation, activité physique, soins des pieds.",
                "Fond d'œil, bilan rénal, bilan lipidique, électrocardiogramme.",
                "Demande de prise en charge au titre d'une affection de longue durée.",
            ],
        ),
    ],
);
pub(crate) static DIABETES_VISIT: Script = visit(
    "Compte rendu de consultation : suivi du diabète",
    &[
        (Reason, &["Suivi semestriel du diabète de type 2."]),
        (
            History,
            &[
                "Traitement pris régulièrement. Pas de malaise évoquant une hypoglycémie.",
                "Glycémies capillaires du matin le plus souvent entre 1,10 et 1,50 g/L.",
            ],
        ),
        (Exam, &["Pression artérielle {ta}, poids {poids} (IMC {imc}). Pieds : peau saine, sensibilité conservée."]),
        (Opinion, &["HbA1c {hba1c}. DFG estimé {dfg}. LDL {ldl}."]),
        (Plan, &["Poursuite du traitement.", "Contrôle de l'HbA1c dans trois mois.", "Consultation de pédicurie programmée."]),
    ],
);
pub(crate) static DIABETES_YEAR: Script = visit(
    "Compte rendu de consultation : bilan annuel du diabète",
    &[
        (Reason, &["Bilan annuel du diabète de type 2 de {patient}, {age}."]),
        (History, &["Année sans hospitalisation pour le diabète. Traitement bien toléré."]),
        (
            Exam,
            &[
                "Pression artérielle {ta}, pouls {fc}, poids {poids} (IMC {imc}).",
                "Examen des pieds : pas de plaie, grade 0. Pouls distaux présents.",
            ],
        ),
        (
            Opinion,
            &["Équilibre glycémique : HbA1c {hba1c}.", "Fonction rénale : créatinine {creat}, DFG {dfg}.", "Risque cardiovasculaire : LDL {ldl}."],
        ),
        (
            Plan,
            &[
                "Objectif d'HbA1c individualisé rappelé à {patient}.",
                "Fond d'œil et électrocardiogramme de l'année.",
                "Vaccinations antigrippale et antipneumococcique à jour ou proposées.",
                "Bilan bucco-dentaire conseillé.",
            ],
        ),
    ],
);
pub(crate) static DIABETOLOGIST: Script = visit(
    "Compte rendu de consultation de diabétologie",
    &[
        (Reason, &["Avis demandé par le médecin traitant sur l'équilibre du diabète."]),
        (History, &["Diabète de type 2 traité par voie orale. Autosurveillance correcte."]),
        (Exam, &["Poids {poids}, IMC {imc}, pression artérielle {ta}. Pas de lipodystrophie ni de neuropathie."]),
        (Opinion, &["HbA1c {hba1c} : objectif proche. Protection rénale et cardiaque à privilégier."]),
        (
            Plan,
            &[
                "Maintien de l'association actuelle.",
                "Atelier d'éducation thérapeutique proposé.",
                "Revoir dans dix-huit mois ou plus tôt si l'HbA1c dépasse 8 %.",
            ],
        ),
    ],
);
pub(crate) static FUNDUS: Script = report(
    "78513-9",
    "Compte rendu de consultation d'ophtalmologie : fond d'œil",
    Ambulatory,
    &[
        (Reason, &["Dépistage de la rétinopathie diabétique."]),
        (
            Exam,
            &[
                "Acuité visuelle corrigée : 9/10 à droite, 10/10 à gauche. Tonus oculaire 15 mmHg des deux côtés.",
                "Rétinographies après dilatation : macula saine, pas de micro-anévrisme.",
            ],
        ),
        (Conclusion, &["Absence de rétinopathie diabétique. Contrôle dans deux ans."]),
    ],
);
pub(crate) static FOOT_CARE: Script = report(
    "11506-3",
    "Compte rendu de soins de pédicurie",
    Ambulatory,
    &[
        (Reason, &["Séance de prévention chez {patient} vivant avec un diabète."]),
        (Exam, &["Hyperkératose talonnière modérée, ongles épaissis au premier orteil. Monofilament perçu en tous points."]),
        (Plan, &["Soins réalisés, conseils de chaussage. Prochaine séance dans trois mois."]),
    ],
);
pub(crate) static DIET: Script = report(
    "34120-6",
    "Bilan diététique",
    Ambulatory,
    &[
        (Reason, &["Bilan alimentaire à la demande du médecin traitant."]),
        (History, &["Trois repas par jour, grignotage en fin d'après-midi, boissons sucrées occasionnelles."]),
        (Opinion, &["Poids {poids}, IMC {imc}. Apports en fibres insuffisants."]),
        (Plan, &["Objectifs choisis avec {patient} : légumes à chaque repas, pain complet, marche après le dîner.", "Nouveau point dans six mois."]),
    ],
);
pub(crate) static NURSE_VISIT: Script = report(
    "11506-3",
    "Compte rendu de suivi infirmier à domicile",
    Ambulatory,
    &[
        (Reason, &["Passage trimestriel : surveillance, pilulier, éducation."]),
        (Exam, &["Pression artérielle {ta}, pouls {fc}, poids {poids}. Pas d'œdème. Téguments sains."]),
        (Opinion, &["Pilulier correctement rempli et pris. Gestes d'autosurveillance maîtrisés."]),
        (Plan, &["Message transmis au médecin traitant. Prochain passage dans trois mois."]),
    ],
);
pub(crate) static PRESSURE_FOUND: Script = visit(
    "Compte rendu de consultation : hypertension artérielle",
    &[
        (Reason, &["Chiffres tensionnels élevés à plusieurs reprises, confirmés par automesure."]),
        (Exam, &["Pression artérielle {ta} au repos, pouls {fc}. Pas de souffle. Poids {poids} (IMC {imc})."]),
        (Opinion, &["Hypertension artérielle essentielle, sans retentissement clinique."]),
        (
            Plan,
            &[
                "Ramipril 5 mg par jour, réduction du sel, activité physique.",
                "Ionogramme, créatinine, bandelette urinaire, électrocardiogramme.",
                "Contrôle dans un mois.",
            ],
        ),
    ],
);
pub(crate) static PRESSURE_VISIT: Script = visit(
    "Compte rendu de consultation : suivi de l'hypertension",
    &[
        (Reason, &["Renouvellement du traitement antihypertenseur."]),
        (History, &["Bonne tolérance, pas de toux ni d'œdème des chevilles. Automesures moyennes satisfaisantes."]),
        (Exam, &["Pression artérielle {ta}, pouls {fc}, poids {poids}. Auscultation normale."]),
        (Opinion, &["Pression artérielle contrôlée."]),
        (Plan, &["Poursuite du traitement pour trois mois renouvelables.", "Surveillance du potassium et de la créatinine une fois par an."]),
    ],
);
pub(crate) static CARDIOLOGIST: Script = visit(
    "Compte rendu de consultation de cardiologie",
    &[
        (Reason, &["Suivi cardiologique annuel de {patient}, {age}."]),
        (History, &["Pas de douleur thoracique, dyspnée pour les efforts importants seulement. Pas de saignement sous anticoagulant."]),
        (
            Exam,
            &[
                "Pression artérielle {ta}, pouls {fc}. Bruits du cœur réguliers ou irréguliers selon le rythme, pas de souffle.",
                "Électrocardiogramme : fréquence ventriculaire contrôlée, pas de trouble de la repolarisation.",
            ],
        ),
        (Opinion, &["État cardiologique stable. Fonction rénale compatible avec les doses (DFG {dfg})."]),
        (Plan, &["Poursuite de l'anticoagulation et du bêtabloquant.", "Échographie cardiaque selon le calendrier. Revoir dans un an."]),
    ],
);
pub(crate) static COPD_FOUND: Script = visit(
    "Compte rendu de consultation de pneumologie : première consultation",
    &[
        (Reason, &["Essoufflement à la marche rapide et toux matinale, tabagisme ancien."]),
        (History, &["Tabagisme de plus de trente paquets-années, en cours de sevrage. Trois bronchites l'hiver dernier."]),
        (
            Exam,
            &[
                "Saturation 95 % en air ambiant, pouls {fc}. Murmure vésiculaire diminué, pas de sibilants.",
                "Spirométrie : rapport VEMS/CVF 0,61, VEMS 64 % de la théorique, non réversible.",
            ],
        ),
        (Opinion, &["Bronchopneumopathie chronique obstructive de stade 2."]),
        (
            Plan,
            &[
                "Tiotropium le matin, salbutamol à la demande, technique d'inhalation enseignée.",
                "Sevrage tabagique : substituts nicotiniques.",
                "Réhabilitation respiratoire proposée.",
            ],
        ),
    ],
);
pub(crate) static COPD_VISIT: Script = visit(
    "Compte rendu de consultation de pneumologie",
    &[
        (Reason, &["Suivi annuel de la BPCO."]),
        (History, &["Une exacerbation traitée en ville cette année. Marche deux kilomètres à plat."]),
        (Exam, &["Saturation 94 %, poids {poids}. Spirométrie : VEMS 61 % de la théorique."]),
        (Opinion, &["Maladie stable, arrêt du tabac à consolider."]),
        (Plan, &["Traitement inhalé inchangé. Vaccinations grippe et pneumocoque. Revoir dans un an."]),
    ],
);
pub(crate) static ASTHMA_VISIT: Script = visit(
    "Compte rendu de consultation : suivi de l'asthme",
    &[
        (Reason, &["Suivi annuel de l'asthme."]),
        (History, &["Moins d'un usage de salbutamol par semaine, pas de réveil nocturne. Gêne au printemps."]),
        (Exam, &["Auscultation libre, débit de pointe à 90 % de la meilleure valeur. Poids {poids}."]),
        (Opinion, &["Asthme contrôlé."]),
        (Plan, &["Même traitement de fond, plan d'action écrit remis.", "Technique d'inhalation vérifiée."]),
    ],
);
pub(crate) static THYROID_VISIT: Script = visit(
    "Compte rendu de consultation : suivi de l'hypothyroïdie",
    &[
        (Reason, &["Renouvellement de la lévothyroxine."]),
        (Exam, &["Poids {poids} stable, pouls {fc}. Thyroïde non palpable."]),
        (Opinion, &["TSH {tsh} : équilibre satisfaisant."]),
        (Plan, &["Même dose. TSH dans un an."]),
    ],
);
pub(crate) static KNEE_VISIT: Script = visit(
    "Compte rendu de consultation : douleurs du genou",
    &[
        (Reason, &["Douleurs du genou droit à la marche et dans les escaliers, depuis six mois."]),
        (Exam, &["Genou droit : pas d'épanchement, flexion limitée à 115°, craquements. Poids {poids} (IMC {imc})."]),
        (Opinion, &["Gonarthrose probable."]),
        (Plan, &["Radiographies en charge. Paracétamol en cas de douleur, kinésithérapie, perte de poids."]),
    ],
);
pub(crate) static PHYSIOTHERAPY: Script = report(
    "47420-5",
    "Bilan-diagnostic kinésithérapique",
    Ambulatory,
    &[
        (Reason, &["Rééducation prescrite, bilan initial de {patient}."]),
        (Exam, &["Douleur 4/10 à l'effort, force du quadriceps 4/5, marche sans boiterie sur 300 mètres."]),
        (Plan, &["Quinze séances : renforcement, équilibre, endurance. Exercices quotidiens à la maison."]),
    ],
);
pub(crate) static KIDNEY_VISIT: Script = visit(
    "Compte rendu de consultation de néphrologie",
    &[
        (Reason, &["Maladie rénale chronique, suivi."]),
        (History, &["Pas d'œdème, diurèse conservée. Pas d'anti-inflammatoire."]),
        (Exam, &["Pression artérielle {ta}, poids {poids}. Pas de surcharge."]),
        (Opinion, &["Créatinine {creat}, DFG estimé {dfg} : stade 3, pente lente."]),
        (
            Plan,
            &["Néphroprotection poursuivie, éviter les AINS et les produits de contraste sans préparation.", "Contrôle biologique dans six mois."],
        ),
    ],
);
pub(crate) static MIGRAINE_VISIT: Script = visit(
    "Compte rendu de consultation : migraine",
    &[
        (Reason, &["Crises de migraine, deux par mois."]),
        (Exam, &["Examen neurologique normal. Pression artérielle {ta}."]),
        (Plan, &["Sumatriptan en début de crise, agenda des crises, hygiène du sommeil."]),
    ],
);
pub(crate) static MEMORY_VISIT: Script = visit(
    "Compte rendu de consultation mémoire",
    &[
        (Reason, &["Suivi des troubles de la mémoire de {patient}, {age}, avec l'entourage."]),
        (History, &["Oublis à mesure, aide nécessaire pour les papiers et les médicaments. Pas de fugue."]),
        (Exam, &["MMSE 19/30. Pression artérielle {ta}, poids {poids}. Marche prudente, sans chute récente."]),
        (Opinion, &["Maladie d'Alzheimer à un stade modéré. Fardeau de l'aidant évalué."]),
        (
            Plan,
            &[
                "Donépézil poursuivi.",
                "Équipe spécialisée à domicile, accueil de jour, plan d'aide à revoir.",
                "Mesure de protection : documents transmis.",
            ],
        ),
    ],
);
pub(crate) static UROLOGIST: Script = visit(
    "Compte rendu de consultation d'urologie",
    &[
        (Reason, &["Suivi d'un adénocarcinome de la prostate."]),
        (History, &["Bouffées de chaleur modérées. Pas de trouble urinaire gênant."]),
        (Opinion, &["PSA {psa}. Maladie contrôlée."]),
        (Plan, &["Poursuite de la surveillance semestrielle du PSA."]),
    ],
);
pub(crate) static NURSING_HOME_VISIT: Script = visit(
    "Compte rendu de visite en EHPAD",
    &[
        (Reason, &["Visite trimestrielle de la résidente."]),
        (Exam, &["Pression artérielle {ta}, pouls {fc}, poids {poids}. Pas d'escarre. Marche avec aide."]),
        (Opinion, &["État stable. GIR 3. Fonction rénale : DFG {dfg}."]),
        (Plan, &["Traitement réévalué avec la pharmacienne, prévention des chutes, hydratation."]),
    ],
);
pub(crate) static LONG_TERM_PROTOCOL: Script = report(
    "PROT_ALD",
    "Protocole de soins pour affection de longue durée",
    Ambulatory,
    &[
        (History, &["Diabète de type 2 et fibrillation auriculaire, affections de longue durée reconnues."]),
        (
            Plan,
            &[
                "Consultations du médecin traitant, du diabétologue, du cardiologue et de l'ophtalmologiste.",
                "HbA1c quatre fois par an, bilan rénal et lipidique annuel.",
                "Soins infirmiers, pédicurie, diététique.",
            ],
        ),
    ],
);
