//! Samples of the person's pages.

use dmp_core::record::{EmergencyChoices, NoticeKind, NoticeSettings};
use dmp_core::summary::Summary;

use super::documents::{author, doctor, documents, journal, journal_line, long_document, read_in_file, text};
use super::{LONG_NAME, NOW, days_ago, person_shell, representative_shell, summary};
use crate::{
    AccessPage, Acting, AuthoriseForm, CorrectionWay, DocumentBody, DocumentPage, Entered, IdentityGroup, IdentityKind, JournalFilter, JournalPage,
    Lang, News, NoticeLine, NoticesPage, Original, PersonProblem, PersonRecord, Perspective, ProfessionalLine, ProfessionalState, Provider, Reader,
    RppsError, Said, SearchBox, Shell, SignIn, SignInProblem, StructureDoor, StructureRefused, TestIdentity,
};

fn identity(identity: &str, name: &str, purpose: &str) -> TestIdentity {
    TestIdentity { identity: identity.to_owned(), name: name.to_owned(), purpose: purpose.to_owned() }
}

impl SignIn {
    /// Full, empty, unknown identity, with and without an identity provider, refused by it.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SignIn)> {
        let group = |kind, identities| IdentityGroup { kind, identities };
        let groups = vec![
            group(
                IdentityKind::Patient,
                vec![
                    identity(
                        "nadia",
                        "Nadia EXEMPLE",
                        lang.pick(
                            "Dossier rempli, un document masqué, un accès en urgence.",
                            "Full record, one hidden document, one emergency access.",
                        ),
                    ),
                    identity("jules", "Jules NEUF", lang.pick("Dossier ouvert hier, encore vide.", "Record opened yesterday, still empty.")),
                    identity("long", LONG_NAME, lang.pick("Un nom très long.", "A very long name.")),
                ],
            ),
            group(
                IdentityKind::Representative,
                vec![identity("karim", "Karim EXEMPLE", lang.pick("Représente Lina, 15 ans.", "Represents Lina, 15 years."))],
            ),
            group(IdentityKind::Helper, Vec::new()),
            group(
                IdentityKind::Professional,
                vec![
                    identity("anne", "Dr Anne MODÈLE", lang.pick("Médecin traitant de Nadia EXEMPLE.", "Regular doctor of Nadia EXEMPLE.")),
                    identity(
                        "lou",
                        "Lou SANSDROIT",
                        lang.pick("Masseur-kinésithérapeute, sans autorisation.", "Physiotherapist, without authorisation."),
                    ),
                ],
            ),
        ];
        let provider = || Some(Provider { name: "Pro Santé Connect".to_owned() });
        let door = |name: &str, id: &str| StructureDoor { name: name.to_owned(), address: format!("/pro/oidc/{id}/start") };
        let structures = vec![
            door("CHU de la Baie", "chu-baie"),
            door("Groupement hospitalier de territoire des Vallées et Plateaux de l'Intérieur Fictif", "ght-vallees"),
        ];
        let shell = Shell::public(lang, "sample-token", "/");
        let page = |groups: &[IdentityGroup], unknown_identity, provider| SignIn {
            shell: shell.clone(),
            groups: groups.to_vec(),
            unknown_identity,
            provider,
            structures: Vec::new(),
            counters: Vec::new(),
            problem: None,
            person: super::sign_in::ways(None),
        };
        vec![
            ("full", page(&groups, false, None)),
            ("empty", page(&[], false, None)),
            ("unknown", page(&groups, true, None)),
            ("both", page(&groups, false, provider())),
            ("provider", page(&[], false, provider())),
            ("claim", SignIn { problem: Some(SignInProblem::ClaimMissing("SubjectRole")), ..page(&[], false, provider()) }),
            ("unavailable", SignIn { problem: Some(SignInProblem::Unavailable), ..page(&groups, false, provider()) }),
            (
                "counters",
                SignIn {
                    counters: vec![StructureDoor { name: "CPAM d'Exempleville".to_owned(), address: "/accueil/oidc/cpam/start".to_owned() }],
                    ..page(&groups, false, provider())
                },
            ),
            ("structures", SignIn { structures: structures.clone(), ..page(&[], false, provider()) }),
            ("factor", SignIn { structures, problem: Some(SignInProblem::SecondFactorMissing), ..page(&[], false, None) }),
            ("person", SignIn { person: super::sign_in::every_way(), ..page(&[], false, None) }),
            ("missing", SignIn { person: super::sign_in::ways(Some(PersonProblem::IdentifierMissing)), ..page(&[], false, None) }),
            ("refused", SignIn { person: super::sign_in::ways(Some(PersonProblem::PasskeyRefused)), ..page(&groups, false, None) }),
            ("unlinked", SignIn { person: super::sign_in::ways(Some(PersonProblem::NotLinked)), ..page(&[], false, None) }),
        ]
    }
}

impl StructureRefused {
    /// In a hospital, and at the counter.
    pub fn samples(lang: Lang) -> Vec<(&'static str, StructureRefused)> {
        let refused = StructureRefused {
            shell: Shell::public(lang, "sample-token", "/signin"),
            provider: "CHU de la Baie".to_owned(),
            structure: "Centre hospitalier universitaire de la Baie".to_owned(),
            contact: "bureau des accès, poste 5120, acces@chu-baie.example".to_owned(),
            at_counter: false,
        };
        let counter = StructureRefused {
            provider: "CPAM d'Exempleville".to_owned(),
            structure: "CPAM d'Exempleville".to_owned(),
            contact: "habilitations, poste 3615".to_owned(),
            at_counter: true,
            ..refused.clone()
        };
        vec![("full", refused), ("counter", counter)]
    }
}

impl Entered {
    /// The one state.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Entered)> {
        vec![("full", Entered { shell: Shell::public(lang, "sample-token", "/"), next: "/pro".to_owned() })]
    }
}

fn news() -> News {
    let break_glass = NoticeLine {
        kind: NoticeKind::BreakGlass,
        at: NOW.plus_seconds(-3_600),
        by: "Dr Sacha URGENTISTE, médecin, Centre hospitalier de la Baie".to_owned(),
        words: Some("Personne inconsciente, traitement anticoagulant à connaître avant l'opération".to_owned()),
    };
    let added =
        NoticeLine { kind: NoticeKind::NewDocument, at: days_ago(1), by: "Dr Anne MODÈLE, médecin, Cabinet du Port".to_owned(), words: None };
    News {
        since: Some(days_ago(14)),
        notices: vec![added, break_glass],
        documents: documents().into_iter().take(2).collect(),
        looks: journal().into_iter().take(3).collect(),
        more_looks: 4,
        more_than_counted: false,
    }
}

impl PersonRecord {
    /// Full, empty, quiet, long names, representative of a minor.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PersonRecord)> {
        let full = PersonRecord {
            shell: person_shell(lang, "/"),
            person: "Nadia EXEMPLE".to_owned(),
            perspective: Perspective::Person,
            news: news(),
            summary: None,
            groups: None,
            documents: documents(),
            last_look: journal().into_iter().next(),
            opened_at: days_ago(700),
            all_masked: false,
            undo_until: None,
        };
        let acting = Acting { person: LONG_NAME.to_owned(), minor: false, helps: false, rights: true };
        let long_shell =
            Shell { viewer: Some(LONG_NAME.to_owned()), acting: Some(acting), said: Some(Said::DocumentHidden), ..person_shell(lang, "/") };
        vec![
            ("empty", PersonRecord { news: News::default(), documents: Vec::new(), last_look: None, opened_at: days_ago(1), ..full.clone() }),
            ("masked", PersonRecord { all_masked: true, ..full.clone() }),
            (
                "opened",
                PersonRecord {
                    news: News::default(),
                    documents: Vec::new(),
                    last_look: None,
                    opened_at: NOW,
                    undo_until: Some(NOW.plus_seconds(600)),
                    ..full.clone()
                },
            ),
            ("quiet", PersonRecord { news: News { since: Some(days_ago(1)), ..News::default() }, ..full.clone() }),
            (
                "long",
                PersonRecord {
                    shell: long_shell,
                    person: LONG_NAME.to_owned(),
                    perspective: Perspective::Other,
                    documents: vec![long_document(), long_document()],
                    ..full.clone()
                },
            ),
            (
                "representative",
                PersonRecord {
                    shell: representative_shell(lang, "/"),
                    person: "Lina EXEMPLE".to_owned(),
                    perspective: Perspective::Other,
                    ..full.clone()
                },
            ),
            ("summary", with_summary(&full, &summary::full(), Reader::Person)),
            ("summary_empty", with_summary(&full, &dmp_core::summary::samples::empty(), Reader::Person)),
            ("summary_contradictory", with_summary(&full, &summary::contradictory(), Reader::Person)),
            ("summary_many", with_summary(&full, &summary::many(), Reader::Person)),
            ("summary_hostile", with_summary(&full, &dmp_core::summary::samples::hostile(), Reader::Person)),
            (
                "summary_minor",
                PersonRecord {
                    shell: representative_shell(lang, "/"),
                    person: "Lina EXEMPLE".to_owned(),
                    perspective: Perspective::Other,
                    ..with_summary(&full, &summary::minor(), Reader::Other)
                },
            ),
            ("full", full),
        ]
    }
}

/// The page as it is once the record was read: summary, search, folded documents.
fn with_summary(page: &PersonRecord, summary: &Summary, reader: Reader) -> PersonRecord {
    let search = Some(SearchBox { action: "/search".to_owned(), query: String::new() });
    PersonRecord {
        shell: Shell { search, ..page.shell.clone() },
        summary: Some(summary::block(summary, reader, page.shell.lang)),
        groups: Some(summary::folded()),
        ..page.clone()
    }
}

impl DocumentPage {
    /// Text, hidden with readers, file, unreadable, old version, long title.
    pub fn samples(lang: Lang) -> Vec<(&'static str, DocumentPage)> {
        let mut all = documents().into_iter();
        let document = all.next().unwrap_or_else(long_document);
        let hidden = all.nth(1).unwrap_or_else(long_document);
        let old = all.nth(1).unwrap_or_else(long_document);
        let pdf = Original { mime_type: "application/pdf".to_owned(), size: 1_430_000 };
        let full = DocumentPage {
            shell: person_shell(lang, "/documents/a1"),
            perspective: Perspective::Person,
            document,
            body: DocumentBody::Text(text()),
            original: Original { mime_type: "text/xml".to_owned(), size: 14_300 },
            newer: None,
            older: None,
            readers: journal().into_iter().filter(|line| line.document.is_some()).take(2).collect(),
            correction: Some(CorrectionWay::Ask("/documents/a1/correction".to_owned())),
        };
        let own = Some(CorrectionWay::Own("/added/a6/correct".to_owned()));
        vec![
            ("own", DocumentPage { correction: own, ..full.clone() }),
            ("file", DocumentPage { body: DocumentBody::File, original: pdf.clone(), readers: Vec::new(), ..full.clone() }),
            ("read", DocumentPage { body: read_in_file(), original: pdf.clone(), readers: Vec::new(), ..full.clone() }),
            ("hidden", DocumentPage { document: hidden, shell: Shell { said: Some(Said::DocumentHidden), ..full.shell.clone() }, ..full.clone() }),
            ("unreadable", DocumentPage { body: DocumentBody::Unreadable, ..full.clone() }),
            ("old", DocumentPage { document: old, newer: Some("/documents/a4".to_owned()), older: Some("/documents/a0".to_owned()), ..full.clone() }),
            (
                "long",
                DocumentPage {
                    document: long_document(),
                    shell: representative_shell(lang, "/documents/b1"),
                    perspective: Perspective::Other,
                    ..full.clone()
                },
            ),
            ("text", full),
        ]
    }
}

fn professionals() -> Vec<ProfessionalLine> {
    let line = |professional: &str, who, state| ProfessionalLine {
        professional: professional.to_owned(),
        who,
        state,
        since: days_ago(400),
        until: None,
        medecin_traitant: false,
        administrator: false,
    };
    vec![
        ProfessionalLine { medecin_traitant: true, ..line("ps:810000000011", doctor(), ProfessionalState::Authorised) },
        ProfessionalLine {
            administrator: true,
            until: Some(days_ago(-90)),
            ..line("ps:810000000022", author("Claude SOIGNANT", "G15/60", "Cabinet infirmier des Halles"), ProfessionalState::Authorised)
        },
        ProfessionalLine {
            until: Some(days_ago(30)),
            ..line(
                "ps:810000000033",
                author(LONG_NAME, "G15/70", "Pôle de santé pluriprofessionnel du Pays de Châteaugiron"),
                ProfessionalState::Expired,
            )
        },
        line("ps:810000000044", author("Dr Ange INDÉSIRABLE", "G15/10", "Clinique de la Place"), ProfessionalState::Blocked),
    ]
}

impl AccessPage {
    /// Full, empty, error, read only for a helper, representative with everything masked.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AccessPage)> {
        let full = AccessPage {
            shell: person_shell(lang, "/access"),
            person: "Nadia EXEMPLE".to_owned(),
            own: true,
            professionals: professionals(),
            authorise: AuthoriseForm::default(),
            emergency: EmergencyChoices::default(),
            all_masked: false,
            team_consent_at: Some(days_ago(200)),
            may_change: true,
            last_look: Some(journal_line()),
            teams: super::access::teams(),
            relatives: vec!["Agnès SPECIMEN".to_owned()],
        };
        vec![
            ("empty", AccessPage { professionals: Vec::new(), team_consent_at: None, last_look: None, teams: Vec::new(), ..full.clone() }),
            ("error", AccessPage { authorise: AuthoriseForm { rpps: "1000000O011".to_owned(), error: Some(RppsError::Malformed) }, ..full.clone() }),
            (
                "helper",
                AccessPage {
                    may_change: false,
                    own: false,
                    shell: Shell {
                        acting: Some(Acting { person: "Nadia EXEMPLE".to_owned(), minor: false, helps: false, rights: true }),
                        ..full.shell.clone()
                    },
                    ..full.clone()
                },
            ),
            (
                "masked",
                AccessPage {
                    all_masked: true,
                    own: false,
                    shell: Shell { said: Some(Said::AllMasked), ..representative_shell(lang, "/access") },
                    person: "Lina EXEMPLE".to_owned(),
                    ..full.clone()
                },
            ),
            ("full", full),
        ]
    }
}

impl JournalPage {
    /// Full, empty, representative on a second page.
    pub fn samples(lang: Lang) -> Vec<(&'static str, JournalPage)> {
        let full = JournalPage {
            shell: person_shell(lang, "/journal"),
            person: "Nadia EXEMPLE".to_owned(),
            perspective: Perspective::Person,
            lines: journal(),
            older: Some("/journal?page=sample".to_owned()),
            continued: false,
            filter: JournalFilter::Others,
            place: None,
            reports: Vec::new(),
        };
        vec![
            ("empty", JournalPage { lines: Vec::new(), older: None, ..full.clone() }),
            ("nothing", JournalPage { lines: Vec::new(), older: None, filter: JournalFilter::Emergencies, ..full.clone() }),
            ("reported", JournalPage { reports: super::access::reports(), place: Some("Cabinet du Port".to_owned()), ..full.clone() }),
            (
                "representative",
                JournalPage {
                    shell: representative_shell(lang, "/journal"),
                    person: "Lina EXEMPLE".to_owned(),
                    perspective: Perspective::Other,
                    continued: true,
                    older: None,
                    ..full.clone()
                },
            ),
            ("full", full),
        ]
    }
}

impl NoticesPage {
    /// Full, empty, without a mailbox, for a helper, with a long name.
    pub fn samples(lang: Lang) -> Vec<(&'static str, NoticesPage)> {
        let lines = NoticeKind::ALL.iter().zip(1_i64..).map(|(kind, days)| NoticeLine {
            kind: *kind,
            at: days_ago(days),
            by: "Dr Anne MODÈLE, médecin, Cabinet du Port".to_owned(),
            words: None,
        });
        let full = NoticesPage {
            shell: person_shell(lang, "/notices"),
            own: true,
            notices: lines.collect(),
            settings: NoticeSettings::default(),
            email: Some("nadia@post.example".to_owned()),
            may_change: true,
        };
        let long = NoticeLine { kind: NoticeKind::NewDocument, at: days_ago(1), by: LONG_NAME.to_owned(), words: None };
        vec![
            ("empty", NoticesPage { notices: Vec::new(), ..full.clone() }),
            ("letter", NoticesPage { email: None, ..full.clone() }),
            ("helper", NoticesPage { own: false, may_change: false, email: None, notices: Vec::new(), ..full.clone() }),
            ("long", NoticesPage { notices: vec![long], ..full.clone() }),
            ("full", full),
        ]
    }
}
