//! Medicines by international name, with the ATC code, the dose and how they are taken.

/// How a medicine is taken (EDQM standard terms).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    Oral,
    Inhaled,
    Subcutaneous,
}

impl Route {
    /// Code and words of EDQM.
    pub fn code(self) -> (&'static str, &'static str) {
        match self {
            Route::Oral => ("20053000", "Voie orale"),
            Route::Inhaled => ("20020000", "Voie inhalée"),
            Route::Subcutaneous => ("20066000", "Voie sous-cutanée"),
        }
    }
}

/// A medicine as it is prescribed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Drug {
    pub substance: &'static str,
    /// Name, strength and form.
    pub label: &'static str,
    pub atc: &'static str,
    pub dosage: &'static str,
    pub route: Route,
    /// Days of one box at that dosage.
    pub box_days: u16,
}

const fn oral(substance: &'static str, label: &'static str, atc: &'static str, dosage: &'static str) -> Drug {
    Drug { substance, label, atc, dosage, route: Route::Oral, box_days: 30 }
}

const fn short(substance: &'static str, label: &'static str, atc: &'static str, dosage: &'static str, box_days: u16) -> Drug {
    Drug { substance, label, atc, dosage, route: Route::Oral, box_days }
}

const fn by(route: Route, drug: Drug) -> Drug {
    Drug { route, ..drug }
}

pub(crate) const METFORMIN: Drug =
    oral("metformine", "METFORMINE 1000 mg, comprimé pelliculé", "A10BA02", "1 comprimé matin et soir, à la fin des repas");
pub(crate) const GLICLAZIDE: Drug =
    oral("gliclazide", "GLICLAZIDE 60 mg, comprimé à libération modifiée", "A10BB09", "1 comprimé le matin au petit-déjeuner");
pub(crate) const EMPAGLIFLOZIN: Drug = oral("empagliflozine", "EMPAGLIFLOZINE 10 mg, comprimé pelliculé", "A10BK03", "1 comprimé le matin");
pub(crate) const RAMIPRIL: Drug = oral("ramipril", "RAMIPRIL 5 mg, comprimé sécable", "C09AA05", "1 comprimé le matin");
pub(crate) const AMLODIPINE: Drug = oral("amlodipine", "AMLODIPINE 5 mg, gélule", "C08CA01", "1 gélule le soir");
pub(crate) const BISOPROLOL: Drug = oral("bisoprolol", "BISOPROLOL 2,5 mg, comprimé pelliculé sécable", "C07AB07", "1 comprimé le matin");
pub(crate) const WARFARIN: Drug = oral("warfarine", "WARFARINE 5 mg, comprimé sécable", "B01AA03", "3/4 de comprimé le soir, selon l'INR");
pub(crate) const APIXABAN: Drug = oral("apixaban", "APIXABAN 5 mg, comprimé pelliculé", "B01AF02", "1 comprimé matin et soir");
pub(crate) const ATORVASTATIN: Drug = oral("atorvastatine", "ATORVASTATINE 20 mg, comprimé pelliculé", "C10AA05", "1 comprimé le soir");
pub(crate) const FUROSEMIDE: Drug = oral("furosémide", "FUROSEMIDE 40 mg, comprimé sécable", "C03CA01", "1 comprimé le matin");
pub(crate) const LEVOTHYROXINE: Drug =
    oral("lévothyroxine sodique", "LEVOTHYROXINE 75 microgrammes, comprimé sécable", "H03AA01", "1 comprimé le matin à jeun");
pub(crate) const SALBUTAMOL: Drug = by(
    Route::Inhaled,
    oral("salbutamol", "SALBUTAMOL 100 microgrammes/dose, suspension pour inhalation", "R03AC02", "1 à 2 bouffées en cas de gêne respiratoire"),
);
pub(crate) const BUDESONIDE_FORMOTEROL: Drug = by(
    Route::Inhaled,
    oral("budésonide et formotérol", "BUDESONIDE/FORMOTEROL 200/6 microgrammes, poudre pour inhalation", "R03AK07", "1 inhalation matin et soir"),
);
pub(crate) const TIOTROPIUM: Drug =
    by(Route::Inhaled, oral("tiotropium", "TIOTROPIUM 18 microgrammes, poudre pour inhalation", "R03BB04", "1 inhalation le matin"));
pub(crate) const SERTRALINE: Drug = oral("sertraline", "SERTRALINE 50 mg, gélule", "N06AB06", "1 gélule le matin");
pub(crate) const LETROZOLE: Drug = oral("létrozole", "LETROZOLE 2,5 mg, comprimé pelliculé", "L02BG04", "1 comprimé par jour");
pub(crate) const LEUPRORELIN: Drug =
    by(Route::Subcutaneous, oral("leuproréline", "LEUPRORELINE 11,25 mg, poudre pour injection", "L02AE02", "1 injection tous les 3 mois"));
pub(crate) const DONEPEZIL: Drug = oral("donépézil", "DONEPEZIL 10 mg, comprimé pelliculé", "N06DA02", "1 comprimé le soir");
pub(crate) const CHOLECALCIFEROL: Drug =
    oral("colécalciférol", "COLECALCIFEROL 50 000 UI, solution buvable en ampoule", "A11CC05", "1 ampoule par mois");
pub(crate) const IRON: Drug = oral("sulfate ferreux", "FER (SULFATE) 80 mg, comprimé", "B03AA07", "1 comprimé par jour");
pub(crate) const FOLIC_ACID: Drug = oral("acide folique", "ACIDE FOLIQUE 0,4 mg, comprimé", "B03BB01", "1 comprimé par jour");
pub(crate) const SUMATRIPTAN: Drug = short("sumatriptan", "SUMATRIPTAN 50 mg, comprimé pelliculé", "N02CC01", "1 comprimé au début de la crise", 6);
pub(crate) const PARACETAMOL: Drug =
    short("paracétamol", "PARACETAMOL 1 g, comprimé", "N02BE01", "1 comprimé toutes les 6 heures en cas de douleur, 3 par jour au plus", 5);
pub(crate) const PARACETAMOL_CHILD: Drug =
    short("paracétamol", "PARACETAMOL 2,4 %, solution buvable", "N02BE01", "1 dose-poids toutes les 6 heures si fièvre mal supportée", 5);
pub(crate) const IBUPROFEN: Drug =
    short("ibuprofène", "IBUPROFENE 400 mg, comprimé pelliculé", "M01AE01", "1 comprimé 3 fois par jour au cours des repas, 5 jours", 5);
pub(crate) const AMOXICILLIN: Drug =
    short("amoxicilline", "AMOXICILLINE 1 g, comprimé dispersible", "J01CA04", "1 comprimé matin et soir pendant 6 jours", 6);
pub(crate) const AMOXICILLIN_CHILD: Drug =
    short("amoxicilline", "AMOXICILLINE 250 mg/5 ml, poudre pour suspension buvable", "J01CA04", "1 dose-poids matin et soir pendant 8 jours", 8);
pub(crate) const FOSFOMYCIN: Drug = short("fosfomycine", "FOSFOMYCINE 3 g, granulés pour solution buvable", "J01XX01", "1 sachet en prise unique", 1);
pub(crate) const ENOXAPARIN: Drug =
    by(Route::Subcutaneous, short("énoxaparine", "ENOXAPARINE 4000 UI, solution injectable", "B01AB05", "1 injection par jour pendant 35 jours", 10));
pub(crate) const PREDNISOLONE: Drug =
    short("prednisolone", "PREDNISOLONE 20 mg, comprimé effervescent", "H02AB06", "2 comprimés le matin pendant 5 jours", 5);
pub(crate) const DESLORATADINE: Drug = oral("desloratadine", "DESLORATADINE 5 mg, comprimé pelliculé", "R06AX27", "1 comprimé par jour");
pub(crate) const CONTRACEPTIVE: Drug = oral(
    "lévonorgestrel et éthinylestradiol",
    "LEVONORGESTREL/ETHINYLESTRADIOL 150/30 microgrammes, comprimé",
    "G03AA07",
    "1 comprimé par jour, 21 jours sur 28",
);
