//! Words of visits for something that passes, of children, of pregnancy, of the mind, and of certificates.

use super::Part::{Conclusion, Exam, History, Opinion, Plan, Reason};
use super::Script;
use super::script::{report, visit};
use crate::cda::Encounter::{Ambulatory, Emergency};

pub(crate) static THROAT: Script = visit(
    "Compte rendu de consultation : angine",
    &[
        (Reason, &["Mal de gorge et fièvre depuis deux jours."]),
        (Exam, &["Amygdales érythémateuses avec enduit, ganglions sensibles. Test rapide streptocoque positif. Pouls {fc}."]),
        (Plan, &["Amoxicilline six jours, paracétamol si douleur. Revoir si la fièvre dure plus de trois jours."]),
    ],
);
pub(crate) static CYSTITIS: Script = visit(
    "Compte rendu de consultation : cystite",
    &[
        (Reason, &["Brûlures urinaires depuis la veille, sans fièvre."]),
        (Exam, &["Abdomen souple, fosses lombaires libres. Bandelette : leucocytes et nitrites positifs."]),
        (Plan, &["Fosfomycine en prise unique. Consulter en cas de fièvre ou de douleur lombaire."]),
    ],
);
pub(crate) static GASTRO: Script = visit(
    "Compte rendu de consultation : gastro-entérite",
    &[
        (Reason, &["Diarrhée et vomissements depuis hier."]),
        (Exam, &["Pas de déshydratation, abdomen souple et sensible sans défense. Poids {poids}."]),
        (Plan, &["Réhydratation, alimentation fractionnée. Revoir en cas de sang ou de fièvre élevée."]),
    ],
);
pub(crate) static BACK_PAIN: Script = visit(
    "Compte rendu de consultation : lombalgie",
    &[
        (Reason, &["Douleur lombaire basse après un effort de soulèvement."]),
        (Exam, &["Contracture paravertébrale, pas de signe radiculaire, réflexes symétriques. Pression artérielle {ta}."]),
        (Opinion, &["Lombalgie commune aiguë, sans signe d'alerte."]),
        (Plan, &["Poursuivre les activités, antalgiques quelques jours. Pas d'imagerie à ce stade."]),
    ],
);
pub(crate) static PNEUMONIA_VISIT: Script = visit(
    "Compte rendu de consultation : pneumopathie",
    &[
        (Reason, &["Fièvre, toux et fatigue depuis trois jours."]),
        (Exam, &["Température 38,9 °C, saturation 95 %, foyer de crépitants à la base droite. Pouls {fc}."]),
        (Opinion, &["Pneumopathie aiguë communautaire sans signe de gravité."]),
        (Plan, &["Amoxicilline, radiographie du thorax, biologie. Réévaluation à 48 heures."]),
    ],
);
pub(crate) static AFTER_FRACTURE: Script = visit(
    "Compte rendu de consultation d'orthopédie : contrôle",
    &[
        (Reason, &["Contrôle après fracture."]),
        (Exam, &["Cal en bonne voie sur la radiographie du jour, mobilité en récupération, pas de trouble trophique."]),
        (Plan, &["Rééducation poursuivie, reprise progressive des activités. Ostéoporose à rechercher selon l'âge."]),
    ],
);
pub(crate) static DENTAL: Script = report(
    "28617-9",
    "Bilan bucco-dentaire",
    Ambulatory,
    &[
        (Reason, &["Examen bucco-dentaire de contrôle."]),
        (Exam, &["Détartrage réalisé. Dent 36 : carie amélaire soignée. Parodonte : saignement localisé au sondage."]),
        (Plan, &["Brossage deux fois par jour et brossettes. Contrôle dans un an."]),
    ],
);
pub(crate) static INFANT_EXAM: Script = report(
    "59283-2",
    "Compte rendu d'examen du nourrisson",
    Ambulatory,
    &[
        (Reason, &["Examen obligatoire du calendrier, {age}."]),
        (Exam, &["Poids {poids}, taille {taille}. Fontanelle normale, tonus adapté, auscultation sans particularité, hanches stables."]),
        (Opinion, &["Développement harmonieux. Sourire, poursuite oculaire et motricité conformes à l'âge."]),
        (Plan, &["Vaccinations du calendrier, vitamine D, conseils de sommeil sur le dos et d'alimentation."]),
    ],
);
pub(crate) static CHILD_EXAM: Script = report(
    "59283-2",
    "Compte rendu d'examen de l'enfant",
    Ambulatory,
    &[
        (Reason, &["Examen du calendrier, {age}."]),
        (Exam, &["Poids {poids}, taille {taille}, IMC {imc}. Vue et audition normales. Dos droit. Pression artérielle {ta}."]),
        (Opinion, &["Croissance régulière, scolarité et langage sans difficulté signalée."]),
        (Plan, &["Écrans, sommeil et activité physique : conseils. Vaccinations vérifiées."]),
    ],
);
pub(crate) static OTITIS: Script = visit(
    "Compte rendu de consultation : otite",
    &[
        (Reason, &["Fièvre et douleur de l'oreille droite."]),
        (Exam, &["Tympan droit bombé et rouge, tympan gauche normal. Poids {poids}. Bon état général."]),
        (Plan, &["Amoxicilline huit jours à dose adaptée au poids, paracétamol. Contrôle si la fièvre persiste à 48 heures."]),
    ],
);
pub(crate) static BRONCHIOLITIS: Script = visit(
    "Compte rendu de consultation : bronchiolite",
    &[
        (Reason, &["Nez bouché, toux, biberons moins bien pris."]),
        (Exam, &["Poids {poids}, saturation 96 %, fréquence respiratoire 46/min, sibilants diffus sans tirage marqué."]),
        (Plan, &["Lavages de nez, fractionnement des repas, surveillance expliquée aux parents, consignes d'appel du 15."]),
    ],
);
pub(crate) static CHICKENPOX: Script = visit(
    "Compte rendu de consultation : varicelle",
    &[
        (Reason, &["Boutons et fièvre modérée depuis la veille, cas dans la classe."]),
        (Exam, &["Vésicules d'âges différents sur le tronc et le cuir chevelu, pas de surinfection."]),
        (Plan, &["Soins locaux, paracétamol, pas d'anti-inflammatoire ni d'aspirine."]),
    ],
);
pub(crate) static COLD: Script = visit(
    "Compte rendu de consultation : rhinopharyngite",
    &[
        (Reason, &["Nez qui coule, toux, fièvre à 38,3 °C."]),
        (Exam, &["Gorge rouge, tympans normaux, auscultation libre. Poids {poids}."]),
        (Plan, &["Lavages de nez, paracétamol si besoin. Pas d'antibiotique."]),
    ],
);
pub(crate) static ECZEMA: Script = visit(
    "Compte rendu de consultation : eczéma",
    &[
        (Reason, &["Plaques rouges des plis et des joues avec démangeaisons."]),
        (Exam, &["Peau sèche, lésions des convexités, pas de surinfection. Poids {poids}."]),
        (Plan, &["Émollient quotidien, dermocorticoïde par poussées, bains courts."]),
    ],
);
pub(crate) static POLLEN: Script = visit(
    "Compte rendu de consultation : rhinite allergique",
    &[
        (Reason, &["Éternuements et yeux rouges au printemps."]),
        (Exam, &["Muqueuse nasale pâle, auscultation libre."]),
        (Plan, &["Antihistaminique pendant la saison, lavage de nez le soir."]),
    ],
);
pub(crate) static SECRET_VISIT: Script = visit(
    "Compte rendu de consultation : soins demandés au secret",
    &[
        (Reason, &["Consultation à la demande de l'adolescent{e}, qui s'oppose à l'information de ses parents."]),
        (
            History,
            &[
                "Informations données sur le secret et sur la recherche du dialogue avec les parents. Accompagnement d'une personne majeure de son choix.",
            ],
        ),
        (Opinion, &["Dépistage d'infections sexuellement transmissibles, prévention et contraception abordés."]),
        (Plan, &["Prélèvements, préservatifs, nouveau rendez-vous. Documents non visibles des représentants légaux."]),
    ],
);
pub(crate) static ADOLESCENT_TALK: Script = report(
    "83901-9",
    "Compte rendu d'entretien, adolescent",
    Ambulatory,
    &[
        (Reason, &["Entretien demandé par l'adolescent, au secret."]),
        (Opinion, &["Anxiété scolaire, sans idée suicidaire. Bonnes ressources amicales."]),
        (Plan, &["Trois entretiens proposés, numéro d'écoute remis."]),
    ],
);
pub(crate) static CONTRACEPTION: Script = visit(
    "Compte rendu de consultation : contraception",
    &[
        (Reason, &["Renouvellement de la contraception orale."]),
        (Exam, &["Pression artérielle {ta}, poids {poids}. Pas de facteur de risque vasculaire, non fumeuse."]),
        (Plan, &["Même contraception, conduite à tenir en cas d'oubli rappelée. Frottis selon l'âge."]),
    ],
);
pub(crate) static PREGNANCY_DECLARED: Script = visit(
    "Compte rendu de consultation : déclaration de grossesse",
    &[
        (Reason, &["Première consultation de grossesse, {age}."]),
        (Exam, &["Pression artérielle {ta}, poids {poids}. Utérus augmenté de volume, activité cardiaque vue à l'échographie de datation."]),
        (Plan, &["Déclaration de grossesse, bilan du premier trimestre, acide folique, échographie de 12 semaines."]),
    ],
);
pub(crate) static PREGNANCY_VISIT: Script = visit(
    "Compte rendu de consultation prénatale",
    &[
        (Reason, &["Consultation mensuelle de grossesse."]),
        (Exam, &["Pression artérielle {ta}, poids {poids}, hauteur utérine conforme au terme, mouvements actifs perçus, bruits du cœur réguliers."]),
        (Opinion, &["Grossesse d'évolution normale."]),
        (Plan, &["Examens du mois, préparation à la naissance, signes d'alerte rappelés."]),
    ],
);
pub(crate) static AFTER_BIRTH: Script = visit(
    "Compte rendu de consultation postnatale",
    &[
        (Reason, &["Visite postnatale, six semaines après la naissance."]),
        (Exam, &["Pression artérielle {ta}, poids {poids}. Périnée cicatrisé. Allaitement en cours, moral bon."]),
        (Plan, &["Rééducation périnéale, contraception choisie, suivi de l'enfant assuré."]),
    ],
);
pub(crate) static LOW_MOOD: Script = visit(
    "Compte rendu de consultation : souffrance psychique",
    &[
        (Reason, &["Tristesse, insomnie, perte d'envie depuis deux mois."]),
        (Exam, &["Ralentissement modéré, pas d'idée suicidaire scénarisée. Poids {poids}."]),
        (Opinion, &["Épisode dépressif d'intensité moyenne."]),
        (Plan, &["Sertraline, entretiens rapprochés, avis psychiatrique, entourage et numéro d'urgence."]),
    ],
);
pub(crate) static PSYCHIATRIST_FIRST: Script = report(
    "11488-4",
    "Compte rendu de première consultation de psychiatrie",
    Ambulatory,
    &[
        (Reason, &["Adressé{e} par le médecin traitant pour un épisode dépressif."]),
        (History, &["Surcharge au travail, séparation récente. Pas d'antécédent d'épisode maniaque."]),
        (Opinion, &["Épisode dépressif moyen, ruminations anxieuses, pas d'élément psychotique."]),
        (Plan, &["Poursuite de la sertraline, psychothérapie hebdomadaire, réévaluation dans six semaines."]),
    ],
);
pub(crate) static PSYCHIATRIST_NEXT: Script = report(
    "11488-4",
    "Compte rendu de consultation de psychiatrie",
    Ambulatory,
    &[
        (Reason, &["Consultation de suivi."]),
        (Opinion, &["Humeur en amélioration, sommeil retrouvé, reprise d'activités plaisantes."]),
        (Plan, &["Traitement inchangé, travail sur le retour à l'emploi."]),
    ],
);
pub(crate) static PSYCHIATRIC_SUMMARY: Script = report(
    "68599-0",
    "Synthèse psychiatrique",
    Ambulatory,
    &[
        (History, &["Épisode dépressif unique, suivi de quatorze mois en centre médico-psychologique."]),
        (Opinion, &["Rémission complète. Facteurs de rechute et signes précoces identifiés avec {patient}."]),
        (Plan, &["Arrêt progressif du traitement, plan de crise conjoint, retour possible au centre à tout moment."]),
    ],
);
pub(crate) static CANCER_ANNOUNCED: Script = visit(
    "Compte rendu de consultation d'annonce",
    &[
        (Reason, &["Consultation d'annonce, en présence d'un proche."]),
        (History, &["Anomalie découverte par la mammographie de dépistage, biopsie contributive."]),
        (Opinion, &["Carcinome infiltrant du sein gauche. Le diagnostic et ses conséquences ont été expliqués avec des mots choisis."]),
        (
            Plan,
            &[
                "Présentation en réunion de concertation. Infirmière de coordination et psychologue présentées.",
                "Programme personnalisé de soins remis après la réunion.",
            ],
        ),
    ],
);
pub(crate) static CANCER_VISIT: Script = visit(
    "Compte rendu de consultation d'oncologie : surveillance",
    &[
        (Reason, &["Surveillance après traitement d'un cancer du sein."]),
        (Exam, &["Sein opéré souple, pas d'adénopathie. Poids {poids}. Pression artérielle {ta}."]),
        (Opinion, &["Absence d'argument pour une récidive. Tolérance correcte de l'hormonothérapie."]),
        (Plan, &["Mammographie annuelle, activité physique adaptée, prochain rendez-vous dans six mois."]),
    ],
);
pub(crate) static WRIST_EMERGENCY: Script = report(
    "15507-7",
    "Compte rendu de passage aux urgences",
    Emergency,
    &[
        (Reason, &["Chute de sa hauteur sur la main, douleur du poignet gauche."]),
        (Exam, &["Déformation en dos de fourchette, pas de trouble vasculaire ni nerveux. Pression artérielle {ta}."]),
        (
            Conclusion,
            &[
                "Fracture de l'extrémité inférieure du radius, peu déplacée. Réduction, plâtre pour six semaines.",
                "Retour à domicile, consultation d'orthopédie, antalgiques, surveillance du plâtre expliquée.",
            ],
        ),
    ],
);
pub(crate) static BELLY_EMERGENCY: Script = report(
    "15507-7",
    "Compte rendu de passage aux urgences",
    Emergency,
    &[
        (Reason, &["Douleur de la fosse iliaque droite depuis douze heures, fièvre à 38,2 °C."]),
        (Exam, &["Défense localisée, échographie : appendice épaissi à 11 mm. Pouls {fc}."]),
        (Conclusion, &["Appendicite aiguë. Transfert au bloc opératoire de la clinique."]),
    ],
);
pub(crate) static FIT_FOR_WORK: Script = report(
    "89601-9",
    "Certificat : attestation de suivi en santé au travail",
    Ambulatory,
    &[
        (Reason, &["Visite d'information et de prévention."]),
        (Conclusion, &["Attestation de suivi remise à {patient}. Aucun renseignement médical n'est transmis à l'employeur."]),
    ],
);
pub(crate) static SPORT: Script = report(
    "89601-9",
    "Certificat médical d'absence de contre-indication au sport",
    Ambulatory,
    &[
        (Reason, &["Demande de certificat pour la pratique du sport en club, {age}."]),
        (Exam, &["Pression artérielle {ta}, pouls {fc}, auscultation normale, poids {poids}."]),
        (
            Conclusion,
            &[
                "L'examen de ce jour ne montre pas de contre-indication à la pratique du sport, y compris en compétition.",
                "Certificat établi à la demande de l'intéressé{e} et remis en main propre.",
            ],
        ),
    ],
);
pub(crate) static SICK_LEAVE: Script = report(
    "89601-9",
    "Certificat médical",
    Ambulatory,
    &[(
        Conclusion,
        &[
            "L'état de santé de {patient} justifie un arrêt de ses activités pendant sept jours, sauf complication.",
            "Certificat remis en main propre pour faire valoir ce que de droit.",
        ],
    )],
);
