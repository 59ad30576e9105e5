//! Abbreviations of French medicine and what they stand for, both ways.

use super::stem::stem;
use super::words::words_of;

/// Each line: ways to write one thing. Folded words; a form of several words is looked for as a phrase.
///
/// An abbreviation with two common readings (*IC*, *FA*, *MI*) is left out unless one of them is by far the commoner in documents.
#[rustfmt::skip]
const GROUPS: &[&[&str]] = &[
    // Heart and vessels
    &["hta", "hypertension arterielle"],
    &["idm", "infarctus du myocarde"],
    &["sca", "syndrome coronarien aigu"],
    &["avc", "accident vasculaire cerebral"],
    &["ait", "accident ischemique transitoire"],
    &["tvp", "thrombose veineuse profonde", "phlebite"],
    &["ep", "embolie pulmonaire"],
    &["acfa", "fibrillation auriculaire", "fibrillation atriale"],
    &["aomi", "arteriopathie obliterante des membres inferieurs"],
    &["fevg", "fraction d ejection du ventricule gauche"],
    &["oap", "oedeme aigu du poumon", "oedeme aigu pulmonaire"],
    &["bav", "bloc auriculo ventriculaire"],
    &["ta", "tension arterielle", "pression arterielle"],
    &["mapa", "mesure ambulatoire de la pression arterielle"],
    &["fdrcv", "facteurs de risque cardiovasculaires"],
    // Lungs
    &["bpco", "bronchopneumopathie chronique obstructive"],
    &["saos", "sahos", "apnees du sommeil"],
    &["efr", "explorations fonctionnelles respiratoires", "spirometrie"],
    &["vems", "volume expiratoire maximal par seconde"],
    &["vni", "ventilation non invasive"],
    &["ppc", "pression positive continue"],
    // Kidneys, metabolism, endocrine glands
    &["irc", "insuffisance renale chronique", "maladie renale chronique", "mrc"],
    &["ira", "insuffisance renale aigue"],
    &["dfg", "debit de filtration glomerulaire"],
    &["dnid", "diabete de type 2", "dt2"],
    &["did", "diabete de type 1", "dt1"],
    &["hba1c", "hemoglobine glyquee", "hemoglobine a1c"],
    &["imc", "indice de masse corporelle"],
    &["tsh", "thyreostimuline", "thyrotropine"],
    &["hgpo", "hyperglycemie provoquee par voie orale"],
    // Blood and laboratory
    &["nfs", "numeration formule sanguine", "hemogramme", "numeration sanguine"],
    &["inr", "international normalized ratio"],
    &["tp", "taux de prothrombine"],
    &["tca", "temps de cephaline activee"],
    &["vs", "vitesse de sedimentation"],
    &["crp", "proteine c reactive"],
    &["ecbu", "examen cytobacteriologique des urines"],
    &["ldl", "ldl cholesterol", "cholesterol ldl"],
    &["hdl", "hdl cholesterol", "cholesterol hdl"],
    &["ggt", "gamma gt", "gamma glutamyl transferase"],
    &["asat", "aspartate aminotransferase"],
    &["alat", "alanine aminotransferase"],
    &["psa", "antigene prostatique specifique"],
    &["bnp", "peptide natriuretique"],
    &["cpk", "creatine kinase", "creatine phosphokinase"],
    &["lcr", "liquide cephalorachidien", "liquide cephalo rachidien"],
    // Imaging and examinations
    &["irm", "imagerie par resonance magnetique"],
    &["tdm", "scanner", "tomodensitometrie", "scanographie"],
    &["ecg", "electrocardiogramme", "electrocardiographie"],
    &["eeg", "electroencephalogramme", "electroencephalographie"],
    &["emg", "electromyogramme", "electromyographie"],
    &["ett", "echocardiographie", "echographie cardiaque", "echographie transthoracique"],
    &["tep", "tomographie par emission de positons", "petscan", "pet scan"],
    &["rx", "radio", "radiographie"],
    &["echo", "echographie"],
    &["fogd", "fibroscopie oesogastroduodenale", "gastroscopie"],
    &["fcu", "frottis cervico uterin", "frottis"],
    // Medicines
    &["avk", "antivitamine k", "anti vitamine k", "antivitamines k"],
    &["aod", "anticoagulant oral direct", "anticoagulants oraux directs"],
    &["hbpm", "heparine de bas poids moleculaire"],
    &["ains", "anti inflammatoire non steroidien", "anti inflammatoires non steroidiens"],
    &["iec", "inhibiteur de l enzyme de conversion"],
    &["ipp", "inhibiteur de la pompe a protons", "inhibiteurs de la pompe a protons"],
    &["thm", "traitement hormonal de la menopause"],
    &["rot", "reflexes osteo tendineux"],
    &["ror", "rougeole oreillons rubeole"],
    &["dtp", "dtpolio", "diphterie tetanos poliomyelite"],
    // Other illnesses and events
    &["rgo", "reflux gastro oesophagien"],
    &["mici", "maladie inflammatoire chronique de l intestin"],
    &["sep", "sclerose en plaques"],
    &["pr", "polyarthrite rhumatoide"],
    &["spa", "spondylarthrite ankylosante", "spondyloarthrite"],
    &["dmla", "degenerescence maculaire liee a l age"],
    &["bzd", "benzodiazepine"],
    &["vih", "hiv", "virus de l immunodeficience humaine"],
    &["vhb", "hepatite b"],
    &["vhc", "hepatite c"],
    &["ist", "infection sexuellement transmissible", "mst"],
    &["iu", "infection urinaire"],
    &["ptg", "prothese totale de genou"],
    &["pth", "prothese totale de hanche"],
    &["ivg", "interruption volontaire de grossesse"],
    &["fcs", "fausse couche"],
    &["sau", "urgences"],
    &["atcd", "antecedents"],
    &["ttt", "traitement"],
];

/// Ways to write what a run of words begins with: how many words the run takes, and the other forms.
pub(super) struct Synonyms {
    pub taken: usize,
    pub forms: Vec<Vec<String>>,
}

/// The longest form that the words begin with, in any group; inflections count as the same.
pub(super) fn of_beginning(words: &[&str]) -> Option<Synonyms> {
    let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
    let begins = |form: &[String]| form.len() <= stems.len() && form.iter().zip(&stems).all(|(part, given)| stem(part) == *given);
    let mut best: Option<Synonyms> = None;
    for group in GROUPS {
        let forms: Vec<Vec<String>> = group.iter().map(|form| words_of(form)).collect();
        let taken = forms.iter().filter(|form| begins(form)).map(Vec::len).max().unwrap_or(0);
        if taken > best.as_ref().map_or(0, |found| found.taken) {
            let others = forms.into_iter().filter(|form| !(form.len() == taken && begins(form))).collect();
            best = Some(Synonyms { taken, forms: others });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stands_in_one_group_and_is_folded() {
        let mut forms: Vec<&str> = GROUPS.iter().copied().flatten().copied().collect();
        assert!(GROUPS.len() >= 60);
        for form in &forms {
            assert_eq!(words_of(form).join(" "), *form);
        }
        let count = forms.len();
        forms.sort_unstable();
        forms.dedup();
        assert_eq!(forms.len(), count);
    }

    #[test]
    fn the_longest_form_is_taken_in_any_inflection() {
        let of = |text: &str| {
            let words = words_of(text);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            of_beginning(&words).map(|found| (found.taken, found.forms.iter().map(|form| form.join(" ")).collect::<Vec<_>>()))
        };
        assert_eq!(of("HTA sévère"), Some((1, vec!["hypertension arterielle".into()])));
        assert_eq!(of("hypertensions artérielles"), Some((2, vec!["hta".into()])));
        assert_eq!(of("ldl cholestérol").unwrap().0, 2);
        assert_eq!(of("scanners").unwrap().1, ["tdm", "tomodensitometrie", "scanographie"]);
        assert_eq!(of("hypertension"), None);
        assert_eq!(of(""), None);
    }
}
