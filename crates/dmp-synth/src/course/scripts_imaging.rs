//! Words of imaging reports.

use super::Part::{Comparison, Conclusion, Findings, Request, Technique};
use super::script::report;
use super::{Part, Script};
use crate::cda::Encounter::Ambulatory;

type Parts = &'static [(Part, &'static [&'static str])];

const fn imaging(title: &'static str, parts: Parts) -> Script {
    report("18748-4", title, Ambulatory, parts)
}

pub(crate) static CHEST_XRAY: Script = imaging(
    "Compte rendu de radiographie du thorax",
    &[
        (Request, &["Bilan d'une bronchopneumopathie."]),
        (Technique, &["Cliché de face debout, en inspiration."]),
        (Findings, &["Distension thoracique modérée. Pas de foyer ni d'épanchement. Silhouette cardiaque normale."]),
        (Conclusion, &["Distension sans lésion évolutive visible."]),
    ],
);
pub(crate) static CHEST_XRAY_PNEUMONIA: Script = imaging(
    "Compte rendu de radiographie du thorax",
    &[
        (Request, &["Fièvre et foyer auscultatoire droit."]),
        (Technique, &["Clichés de face et de profil."]),
        (Findings, &["Opacité alvéolaire de la base droite. Pas d'épanchement pleural."]),
        (Conclusion, &["Pneumopathie de la base droite. Contrôle dans six semaines."]),
    ],
);
pub(crate) static KNEE_XRAY: Script = imaging(
    "Compte rendu de radiographie des genoux",
    &[
        (Request, &["Gonalgie droite mécanique."]),
        (Technique, &["Clichés de face en charge, profil, défilés fémoro-patellaires."]),
        (Findings, &["Pincement fémoro-tibial interne droit, ostéophytes marginaux, condensation sous-chondrale."]),
        (Conclusion, &["Gonarthrose fémoro-tibiale interne droite."]),
    ],
);
pub(crate) static HIP_XRAY: Script = imaging(
    "Compte rendu de radiographie du bassin et de la hanche gauche",
    &[
        (Request, &["Chute, impotence du membre inférieur gauche."]),
        (Technique, &["Bassin de face, hanche gauche de face et de profil chirurgical."]),
        (Findings, &["Fracture cervicale vraie déplacée du fémur gauche. Trame osseuse raréfiée."]),
        (Conclusion, &["Fracture du col du fémur gauche."]),
    ],
);
pub(crate) static WRIST_XRAY: Script = imaging(
    "Compte rendu de radiographie du poignet gauche",
    &[
        (Request, &["Traumatisme par chute."]),
        (Technique, &["Clichés de face et de profil."]),
        (Findings, &["Fracture métaphysaire distale du radius à bascule postérieure modérée. Styloïde ulnaire intacte."]),
        (Conclusion, &["Fracture de l'extrémité inférieure du radius gauche."]),
    ],
);
pub(crate) static BRAIN_MRI: Script = imaging(
    "Compte rendu d'IRM cérébrale",
    &[
        (Request, &["Troubles de la mémoire d'installation progressive."]),
        (Technique, &["Séquences T1, T2, FLAIR, diffusion et T2*. Sans injection."]),
        (
            Findings,
            &[
                "Atrophie hippocampique bilatérale, plus marquée à gauche (Scheltens 3). Leucopathie vasculaire modérée.",
                "Pas de lésion ischémique récente, pas de processus expansif.",
            ],
        ),
        (Comparison, &["Pas d'examen antérieur disponible."]),
        (Conclusion, &["Atrophie hippocampique compatible avec une maladie d'Alzheimer."]),
    ],
);
pub(crate) static MAMMOGRAM: Script = imaging(
    "Compte rendu de mammographie de dépistage",
    &[
        (Request, &["Dépistage organisé."]),
        (Technique, &["Deux incidences par sein, complément échographique à gauche."]),
        (Findings, &["Densité de type b. Sein gauche, quadrant supéro-externe : opacité spiculée de 14 mm, confirmée en échographie."]),
        (Conclusion, &["Classification ACR 5 à gauche. Biopsie échoguidée programmée, médecin prévenu par téléphone."]),
    ],
);
pub(crate) static MAMMOGRAM_NORMAL: Script = imaging(
    "Compte rendu de mammographie",
    &[
        (Request, &["Dépistage ou surveillance."]),
        (Technique, &["Deux incidences par sein."]),
        (Findings, &["Densité de type b. Pas d'opacité suspecte, pas de foyer de microcalcifications."]),
        (Conclusion, &["ACR 2 des deux côtés."]),
    ],
);
pub(crate) static STAGING_SCAN: Script = imaging(
    "Compte rendu de scanner thoraco-abdomino-pelvien",
    &[
        (Request, &["Bilan d'extension."]),
        (Technique, &["Acquisition hélicoïdale après injection d'un produit de contraste iodé."]),
        (
            Findings,
            &[
                "Remaniements postopératoires du sein gauche. Nodule hépatique de 9 mm du segment VI, à caractériser.",
                "Pas de lésion pulmonaire ni osseuse visible.",
            ],
        ),
        (Conclusion, &["Nodule hépatique indéterminé : IRM proposée. Résultat à remettre en consultation."]),
    ],
);
pub(crate) static FIRST_SCAN: Script = imaging(
    "Compte rendu d'échographie du premier trimestre",
    &[
        (Request, &["Échographie de dépistage du premier trimestre."]),
        (Technique, &["Voie abdominale."]),
        (Findings, &["Grossesse intra-utérine unique évolutive. Longueur cranio-caudale 62 mm, clarté nucale 1,3 mm."]),
        (Conclusion, &["Datation conforme, dépistage combiné proposé et accepté."]),
    ],
);
pub(crate) static SECOND_SCAN: Script = imaging(
    "Compte rendu d'échographie du deuxième trimestre",
    &[
        (Request, &["Échographie morphologique."]),
        (Technique, &["Voie abdominale."]),
        (Findings, &["Biométries au 45e percentile. Morphologie sans anomalie décelée. Placenta antérieur non bas inséré."]),
        (Conclusion, &["Croissance harmonieuse."]),
    ],
);
pub(crate) static THIRD_SCAN: Script = imaging(
    "Compte rendu d'échographie du troisième trimestre",
    &[
        (Request, &["Contrôle de la croissance."]),
        (Technique, &["Voie abdominale."]),
        (Findings, &["Présentation céphalique, biométries au 50e percentile, liquide amniotique normal, Doppler normaux."]),
        (Conclusion, &["Croissance régulière."]),
    ],
);
