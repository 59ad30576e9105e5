//! What a doctor makes of a summary before signing it (*volet de synthèse médicale*, `domain.md` 4.7): keeps lines, says them in other words,
//! adds some.

use std::collections::BTreeSet;

use super::{
    Concept, Criticality, Fact, Heading, Knowledge, Line, Medicine, MedicineStage, Period, ProblemState, Proof, RiskKind, Source, Summary, What, When,
};
use crate::Issue;
use crate::ids::EntryId;

/// Headings of the medical summary, in its order (VSM 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignedHeading {
    Problems,
    History,
    Procedures,
    Allergies,
    Risks,
    FamilyHistory,
    Attention,
    Treatments,
}

impl SignedHeading {
    /// Every heading.
    pub const ALL: [SignedHeading; 8] = [
        SignedHeading::Problems,
        SignedHeading::History,
        SignedHeading::Procedures,
        SignedHeading::Allergies,
        SignedHeading::Risks,
        SignedHeading::FamilyHistory,
        SignedHeading::Attention,
        SignedHeading::Treatments,
    ];

    /// A stable word for forms.
    pub fn code(self) -> &'static str {
        match self {
            SignedHeading::Problems => "problems",
            SignedHeading::History => "history",
            SignedHeading::Procedures => "procedures",
            SignedHeading::Allergies => "allergies",
            SignedHeading::Risks => "risks",
            SignedHeading::FamilyHistory => "family",
            SignedHeading::Attention => "attention",
            SignedHeading::Treatments => "treatments",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|heading| heading.code() == code)
    }

    /// The heading of a summary.
    pub fn of(self, summary: &Summary) -> &Heading {
        match self {
            SignedHeading::Problems => &summary.problems,
            SignedHeading::History => &summary.history,
            SignedHeading::Procedures => &summary.procedures,
            SignedHeading::Allergies => &summary.allergies,
            SignedHeading::Risks => &summary.risks,
            SignedHeading::FamilyHistory => &summary.family_history,
            SignedHeading::Attention => &summary.attention,
            SignedHeading::Treatments => &summary.treatments,
        }
    }

    fn of_mut(self, summary: &mut Summary) -> &mut Heading {
        match self {
            SignedHeading::Problems => &mut summary.problems,
            SignedHeading::History => &mut summary.history,
            SignedHeading::Procedures => &mut summary.procedures,
            SignedHeading::Allergies => &mut summary.allergies,
            SignedHeading::Risks => &mut summary.risks,
            SignedHeading::FamilyHistory => &mut summary.family_history,
            SignedHeading::Attention => &mut summary.attention,
            SignedHeading::Treatments => &mut summary.treatments,
        }
    }

    /// What a line is that a doctor writes here.
    fn written(self) -> What {
        match self {
            SignedHeading::Problems => What::Problem { state: ProblemState::Active },
            SignedHeading::History => What::Problem { state: ProblemState::Past },
            SignedHeading::Procedures => What::Procedure,
            SignedHeading::Allergies => What::Allergy { reactions: Vec::new(), criticality: Criticality::Unknown, resolved: false },
            SignedHeading::Risks => What::Risk { kind: RiskKind::Lifestyle },
            SignedHeading::FamilyHistory => What::FamilyHistory { relation: String::new() },
            SignedHeading::Attention => What::Attention,
            SignedHeading::Treatments => What::Medicine(stated(true)),
        }
    }
}

/// A line that stays, in the words that the doctor left or wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLine {
    pub heading: SignedHeading,
    /// One of [`line_keys`].
    pub key: String,
    pub words: String,
}

/// What the doctor makes of the draft. Lines that are not kept are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edition {
    pub kept: Vec<KeptLine>,
    pub added: Vec<(SignedHeading, String)>,
    /// Headings under which the doctor says that there is none. The others that stay empty say that nothing is known.
    pub none_known: BTreeSet<SignedHeading>,
}

impl Edition {
    /// Most characters of a line.
    pub const WORDS_MAX: usize = 240;
    /// Most lines in all.
    pub const LINES_MAX: usize = 400;
}

/// A name for each line of a heading, the same as long as the line says the same; it shows nothing of what the line says.
pub fn line_keys(heading: &Heading) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(heading.lines.len());
    for line in &heading.lines {
        let key = key_of(line);
        let same = keys.iter().filter(|other| other.starts_with(&key)).count();
        keys.push(if same == 0 { key } else { format!("{key}-{}", same + 1) });
    }
    keys
}

/// FNV-1a over the words and the codes.
fn key_of(line: &Line) -> String {
    let words = words_of(line);
    let codes = line.fact.concept.codes.iter().flat_map(|code| Some(0).into_iter().chain(code.code.bytes()));
    let hash = words.bytes().chain(codes).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// A line in one sentence, as the doctor finds it in the form: `Metformine 850 mg, 1 comprimé matin et soir`.
pub fn words_of(line: &Line) -> String {
    let concept = line.fact.concept.text.trim();
    let more = match &line.fact.what {
        What::Medicine(medicine) => medicine.dose.trim().to_owned(),
        What::Allergy { reactions, .. } => reactions.iter().map(|reaction| reaction.text.trim()).collect::<Vec<_>>().join(", "),
        What::FamilyHistory { relation } => relation.trim().to_owned(),
        _ => String::new(),
    };
    let all = if more.is_empty() || more == concept { concept.to_owned() } else { format!("{concept}, {more}") };
    let one_line: String = all.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.chars().take(Edition::WORDS_MAX).collect()
}

/// The summary as the doctor, whose name is `by`, wants it signed.
///
/// A line whose words were changed is said in these words alone: a code, a dose or a unit of another source may not fit them any more.
///
/// # Errors
/// `summary-changed`: a kept line is not in the summary any more; `summary-line`: words that are empty, too long or hold control characters;
/// `summary-lines`: more lines than [`Edition::LINES_MAX`]; `summary-none-known`: lines under a heading of which it is said that there is none.
pub fn edited(summary: &Summary, edition: &Edition, by: &str) -> Result<Summary, Issue> {
    if edition.kept.len() + edition.added.len() > Edition::LINES_MAX {
        return Err(Issue::error("summary-lines"));
    }
    let mut signed = summary.clone();
    for heading in SignedHeading::ALL {
        let lines = lines_of(heading, summary, edition, by)?;
        let none_known = edition.none_known.contains(&heading);
        if none_known && !lines.is_empty() {
            return Err(Issue::error("summary-none-known").at(heading.code()));
        }
        let knowledge = match (lines.is_empty(), none_known) {
            (false, _) => Knowledge::Known,
            (true, true) => Knowledge::NoneKnown,
            (true, false) => Knowledge::NoInformation,
        };
        *heading.of_mut(&mut signed) = Heading { knowledge, lines, denials: Vec::new() };
    }
    Ok(signed)
}

fn lines_of(heading: SignedHeading, summary: &Summary, edition: &Edition, by: &str) -> Result<Vec<Line>, Issue> {
    let offered = heading.of(summary);
    let keys = line_keys(offered);
    let mut kept: Vec<(usize, Line)> = Vec::new();
    for wanted in edition.kept.iter().filter(|kept| kept.heading == heading) {
        let place = keys.iter().position(|key| *key == wanted.key);
        let (place, line) = place.and_then(|place| Some((place, offered.lines.get(place)?))).ok_or_else(|| Issue::error("summary-changed"))?;
        if kept.iter().all(|(known, _)| *known != place) {
            kept.push((place, said(line, &checked(heading, &wanted.words)?, by, summary)));
        }
    }
    kept.sort_by_key(|(place, _)| *place);
    let mut lines: Vec<Line> = kept.into_iter().map(|(_, line)| line).collect();
    for (_, words) in edition.added.iter().filter(|(under, _)| *under == heading) {
        let words = checked(heading, words)?;
        let fact = Fact {
            what: heading.written(),
            concept: Concept::words(words),
            period: Period::default(),
            by: super::Party::default(),
            proof: Proof::default(),
        };
        lines.push(own(fact, by, summary));
    }
    Ok(lines)
}

/// Words in one line.
fn checked(heading: SignedHeading, words: &str) -> Result<String, Issue> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !words.is_empty() && words.chars().count() <= Edition::WORDS_MAX && !words.chars().any(char::is_control);
    if fits { Ok(words) } else { Err(Issue::error("summary-line").at(heading.code())) }
}

/// A line as it stands, or in other words.
fn said(line: &Line, words: &str, by: &str, summary: &Summary) -> Line {
    if words == words_of(line) {
        return line.clone();
    }
    let what = match &line.fact.what {
        What::Medicine(medicine) => What::Medicine(stated(medicine.long_term)),
        What::Allergy { criticality, resolved, .. } => What::Allergy { reactions: Vec::new(), criticality: *criticality, resolved: *resolved },
        What::FamilyHistory { .. } => What::FamilyHistory { relation: String::new() },
        other => other.clone(),
    };
    let fact = Fact { what, concept: Concept::words(words), period: line.fact.period, by: super::Party::default(), proof: Proof::default() };
    own(fact, by, summary)
}

/// A line that the doctor answers for alone.
fn own(fact: Fact, by: &str, summary: &Summary) -> Line {
    let today = When::in_paris(summary.at);
    let source = Source {
        entry: EntryId([0; 16]),
        title: String::new(),
        type_code: String::new(),
        author: by.to_owned(),
        when: today,
        stage: None,
        proof: Proof::default(),
    };
    Line { fact, sources: vec![source], first_seen: today, last_seen: today, is_new: false, old: None }
}

fn stated(long_term: bool) -> Medicine {
    Medicine { stage: MedicineStage::Stated, substances: Vec::new(), dose: String::new(), quantity: String::new(), long_term, stopped: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::samples;

    fn everything(summary: &Summary) -> Edition {
        let kept = SignedHeading::ALL.into_iter().flat_map(|heading| {
            let lines = heading.of(summary);
            let keyed = line_keys(lines).into_iter().zip(lines.lines.iter().map(words_of)).collect::<Vec<_>>();
            keyed.into_iter().map(move |(key, words)| KeptLine { heading, key, words })
        });
        Edition { kept: kept.collect(), ..Edition::default() }
    }

    #[test]
    fn a_form_sent_back_as_it_was_changes_no_line() {
        for (name, summary) in [("rich", samples::rich()), ("empty", samples::empty()), ("denials", samples::denials())] {
            let signed = edited(&summary, &everything(&summary), "Dr Anne MODÈLE").unwrap();
            for heading in SignedHeading::ALL {
                assert_eq!(heading.of(&signed).lines, heading.of(&summary).lines, "{name} {}", heading.code());
            }
        }
    }

    #[test]
    fn other_words_lose_the_code_and_the_dose_and_keep_how_grave_an_allergy_is() {
        let summary = samples::rich();
        let mut edition = everything(&summary);
        for kept in &mut edition.kept {
            kept.words.push_str(" (revu)");
        }
        let signed = edited(&summary, &edition, "Dr Anne MODÈLE").unwrap();
        let treatment = &signed.treatments.lines[0];
        assert!(treatment.fact.concept.codes.is_empty() && treatment.fact.concept.text.ends_with("(revu)"));
        assert!(matches!(&treatment.fact.what, What::Medicine(medicine) if medicine.dose.is_empty() && medicine.substances.is_empty()));
        assert_eq!(treatment.sources[0].author, "Dr Anne MODÈLE");
        let grave = |summary: &Summary| {
            let graves = summary.allergies.lines.iter().map(|line| matches!(line.fact.what, What::Allergy { criticality: Criticality::High, .. }));
            graves.collect::<Vec<_>>()
        };
        assert!(grave(&summary).contains(&true));
        assert_eq!(grave(&summary), grave(&signed));
    }

    #[test]
    fn what_is_not_kept_is_left_out_and_empty_is_not_none() {
        let summary = samples::rich();
        let signed = edited(&summary, &Edition::default(), "Dr Anne MODÈLE").unwrap();
        assert_eq!(signed.allergies.knowledge, Knowledge::NoInformation);
        let none = Edition { none_known: BTreeSet::from([SignedHeading::Allergies]), ..Edition::default() };
        assert_eq!(edited(&summary, &none, "Dr Anne MODÈLE").unwrap().allergies.knowledge, Knowledge::NoneKnown);
        let both = Edition { added: vec![(SignedHeading::Allergies, "Pollens".to_owned())], ..none };
        assert_eq!(edited(&summary, &both, "Dr Anne MODÈLE").unwrap_err().code.as_str(), "summary-none-known");
    }

    #[test]
    fn a_line_that_is_no_more_and_words_that_do_not_fit_are_refused() {
        let summary = samples::rich();
        let line = |key: &str, words: &str| Edition {
            kept: vec![KeptLine { heading: SignedHeading::Problems, key: key.to_owned(), words: words.to_owned() }],
            ..Edition::default()
        };
        let key = line_keys(&summary.problems)[0].clone();
        let refused = |edition: &Edition| edited(&summary, edition, "Dr Anne MODÈLE").unwrap_err().code;
        assert_eq!(refused(&line("0000000000000000", "Asthme")).as_str(), "summary-changed");
        for words in ["", "  ", &"x".repeat(241), "a\u{7}b"] {
            assert_eq!(refused(&line(&key, words)).as_str(), "summary-line", "{words:?}");
        }
        let many = Edition { added: vec![(SignedHeading::Risks, "Tabac".to_owned()); 401], ..Edition::default() };
        assert_eq!(refused(&many).as_str(), "summary-lines");
    }

    #[test]
    fn keys_are_unique_and_show_nothing() {
        let summary = samples::huge();
        for heading in SignedHeading::ALL {
            let keys = line_keys(heading.of(&summary));
            assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
            assert!(keys.iter().all(|key| key.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-' || byte.is_ascii_digit())));
        }
    }
}
