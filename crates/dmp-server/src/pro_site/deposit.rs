//! Depositing a document in a patient's record: take the file, show what it is, send it.

use axum::Form;
use axum::extract::{Multipart, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::access::{Act, Caller};
use dmp_core::calendar::in_paris;
use dmp_core::document::{Code, SourcePatient, TYPES, TypeCode, Visibility, propose_type, system};
use dmp_core::ids::urn_uuid;
use dmp_core::record::Record;
use dmp_core::statement::{FileFlaw, all_text, title_of_file};
use dmp_core::{EntryId, Issue, Moment};
use dmp_pages::{
    DepositDraft, DepositFlaw, DepositProblem, DepositVisibility, Finding, Lang, PatientPage, ProDeposit, ProDepositCheck, Said, file_words,
};
use dmp_service::{Error, IdKind, NewDocument, NewSet, ReplaceTarget, Submission};

use super::deposits::{Waiting, WaitingFile};
use super::frame::{Spot, answered, patient_shell, refused};
use super::{caller_for, opened, person};
use crate::App;
use crate::clinical;
use crate::fhir::prepare_document;
use crate::patient_site::{Intake, Taken, take};
use crate::site::{SignedIn, done, page_with_script, query_value};

/// A record that a deposit goes into, as this professional may feed it.
struct Target {
    record: std::sync::Arc<Record>,
    caller: Caller,
}

/// The record, when this professional may read or feed it: the page shows whose it is.
async fn target(app: &App, signed_in: &SignedIn, pid: &str) -> Result<Target, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    // Whose record it is is known by who may open it; feeding without reading is for software that knows the person already.
    let record = app.service.search(&person(key), &caller, |_| false).await?.record;
    Ok(Target { record, caller })
}

/// The first step.
pub(crate) async fn form(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, RawQuery(query): RawQuery) -> Response {
    let wished = query.as_deref().and_then(|query| query_value(query, "replaces")).unwrap_or_default().to_owned();
    let made = match target(&app, &signed_in, &pid).await {
        Ok(target) => Ok(first_step(&app, &signed_in, &pid, &target, &wished, None, Vec::new())),
        Err(error) => Err(error),
    };
    answered(&app, &signed_in, &pid, made)
}

fn first_step(
    app: &App,
    signed_in: &SignedIn,
    pid: &str,
    target: &Target,
    replaces: &str,
    flaw: Option<DepositFlaw>,
    findings: Vec<Finding>,
) -> ProDeposit {
    ProDeposit {
        shell: patient_shell(app, signed_in, &target.record, &target.caller, Spot::new(pid, "/deposit", PatientPage::Deposit)),
        pid: pid.to_owned(),
        person: clinical::person(&target.record),
        replaces: replaced(app, target, replaces).map(|(id, title)| (app.service.ids().seal_entry(IdKind::Document, target.record.key, id), title)),
        flaw,
        findings,
    }
}

/// The document whose place the new one takes, when this professional may replace it.
fn replaced(app: &App, target: &Target, id: &str) -> Option<(EntryId, String)> {
    let (key, entry) = crate::patient_site::opened(app, id).ok()?;
    let entry = (key == target.record.key).then(|| target.record.entry(entry)).flatten()?;
    let may = app.service.would_permit(Act::Replace, &target.record, Some(entry), &target.caller);
    may.then(|| (entry.id, entry.title.clone()))
}

/// Takes the file and shows what will be sent.
pub(crate) async fn check(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, sent: Multipart) -> Response {
    let Intake::Whole { fields, file } = take(&app, &signed_in, sent).await else {
        return done(&format!("/pro/patients/{pid}/deposit"), Said::FormExpired);
    };
    let replaces = fields.iter().find(|(name, _)| name == "replaces").map(|(_, value)| value.clone()).unwrap_or_default();
    let target = match target(&app, &signed_in, &pid).await {
        Ok(target) => target,
        Err(error) => return refused(&app, &signed_in, &pid, &error),
    };
    let wrong = |status, flaw, findings| {
        let page = first_step(&app, &signed_in, &pid, &target, &replaces, flaw, findings);
        page_with_script(status, &page)
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let (file_name, bytes) = match file {
        Some((name, Ok(bytes))) => (name, bytes),
        Some((_, Err(flaw))) => return wrong(StatusCode::PAYLOAD_TOO_LARGE, Some(DepositFlaw::File(flaw)), Vec::new()),
        None => return wrong(unprocessable, Some(DepositFlaw::File(FileFlaw::Empty)), Vec::new()),
    };
    let lang = signed_in.visitor.lang;
    let now = app.service.now();
    let (file, draft, warnings) = if looks_like_cda(&bytes) {
        match prepare_document(bytes, app.service.config().mode) {
            Ok(incoming) if incoming.ins != target.record.head.ins => return wrong(unprocessable, Some(DepositFlaw::OtherPerson), Vec::new()),
            Ok(incoming) => {
                let draft = draft_of(&incoming.document);
                (WaitingFile::Cda(Box::new(incoming.document)), draft, findings(&incoming.warnings, lang))
            }
            Err(issues) => return wrong(unprocessable, None, findings(&issues, lang)),
        }
    } else {
        match Taken::of(&app, bytes).await {
            Ok(Ok(taken)) => {
                let draft = proposed(&taken, &file_name, now);
                (WaitingFile::File { mime_type: taken.mime_type, bytes: taken.bytes }, draft, Vec::new())
            }
            Ok(Err(flaw)) => return wrong(unprocessable, Some(DepositFlaw::File(flaw)), Vec::new()),
            Err(error) => return signed_in.fail(&app, &error),
        }
    };
    let name = app.service.fresh_form();
    let one = Waiting { account: target.caller.account.clone(), record: target.record.key, at: now, file };
    let shown = second_step(&app, &signed_in, &pid, &target, (name, &one), draft, &replaces, warnings, None);
    app.deposits.keep(name, one);
    page_with_script(StatusCode::OK, &shown)
}

#[allow(clippy::too_many_arguments, reason = "what a page shows, gathered once")]
fn second_step(
    app: &App,
    signed_in: &SignedIn,
    pid: &str,
    target: &Target,
    (name, one): ([u8; 16], &Waiting),
    draft: DepositDraft,
    replaces: &str,
    findings: Vec<Finding>,
    problem: Option<DepositProblem>,
) -> ProDepositCheck {
    let (record, lang) = (&target.record, signed_in.visitor.lang);
    ProDepositCheck {
        shell: patient_shell(app, signed_in, record, &target.caller, Spot::new(pid, "/deposit", PatientPage::Deposit)),
        pid: pid.to_owned(),
        person: clinical::person(record),
        born: dmp_pages::birth_words(record.head.traits.birth_date, lang),
        ins: spaced(record.head.ins.matricule()),
        waiting: app.service.ids().seal(IdKind::Form, &name),
        file: file_words(one.file.mime_type(), one.file.bytes().len() as u64, lang),
        is_cda: matches!(one.file, WaitingFile::Cda(_)),
        draft,
        types: types(app, target),
        replaces: replaced(app, target, replaces).map(|(id, title)| (app.service.ids().seal_entry(IdKind::Document, record.key, id), title)),
        is_minor: record.head.is_minor(app.service.now()),
        findings,
        problem,
    }
}

/// Sends what the second step shows.
pub(crate) async fn send(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Response {
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let back = format!("/pro/patients/{pid}/deposit");
    if !signed_in.owns(value("csrf")) {
        return done(&back, Said::FormExpired);
    }
    let target = match target(&app, &signed_in, &pid).await {
        Ok(target) => target,
        Err(error) => return refused(&app, &signed_in, &pid, &error),
    };
    let now = app.service.now();
    let name: Option<[u8; 16]> = app.service.ids().open(IdKind::Form, value("waiting")).and_then(|plain| plain.try_into().ok());
    let found = name.and_then(|name| Some((name, app.deposits.find(name, &target.caller.account, target.record.key, now)?)));
    let Some((name, one)) = found else {
        let page = first_step(&app, &signed_in, &pid, &target, value("replaces"), Some(DepositFlaw::Gone), Vec::new());
        return page_with_script(StatusCode::GONE, &page);
    };
    let draft = DepositDraft {
        type_code: value("type").to_owned(),
        title: value("title").split_whitespace().collect::<Vec<_>>().join(" "),
        day: value("day").trim().to_owned(),
        visibility: DepositVisibility::from_code(value("visibility")).unwrap_or_default(),
    };
    let document = match document(&app, &target, name, &one, &draft) {
        Ok(document) => document,
        Err(problem) => {
            let page = second_step(&app, &signed_in, &pid, &target, (name, &one), draft, value("replaces"), Vec::new(), Some(problem));
            return page_with_script(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let replaces = replaced(&app, &target, value("replaces")).map(|(entry, _)| ReplaceTarget::Entry(entry)).or(document.replaces.clone());
    let document = NewDocument { replaces, visibility: visibility(draft.visibility, document.visibility), ..document };
    let named = vec![document.unique_id.clone()];
    let submission = Submission { set: NewSet::default(), documents: vec![document], folders: Vec::new() };
    let came = app.service.publish(&person(target.record.key), &submission, &target.caller).await;
    crate::sent::tell(&app, &target.caller, None, named, &came).await;
    match came {
        Ok(published) => {
            app.deposits.forget(name);
            let id = published.entries.first().map(|entry| app.service.ids().seal_entry(IdKind::Document, published.record, entry.id));
            let documents = format!("/pro/patients/{pid}/documents");
            done(&id.map_or(documents.clone(), |id| format!("{documents}/{id}")), Said::DocumentDeposited)
        }
        Err(Error::Conflict("record-changed" | "replace-target-not-current")) => done(&back, Said::TryAgain),
        Err(Error::Invalid(issues)) => {
            let page = first_step(&app, &signed_in, &pid, &target, value("replaces"), None, findings(&issues, signed_in.visitor.lang));
            page_with_script(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => signed_in.fail(&app, &error),
    }
}

fn document(app: &App, target: &Target, name: [u8; 16], one: &Waiting, draft: &DepositDraft) -> Result<NewDocument, DepositProblem> {
    let (mime_type, bytes) = match &one.file {
        WaitingFile::Cda(document) => return Ok(NewDocument::clone(document)),
        WaitingFile::File { mime_type, bytes } => (*mime_type, bytes.clone()),
    };
    if draft.title.is_empty() || draft.title.chars().count() > TITLE_CHARS_MAX {
        return Err(DepositProblem::TitleMissing);
    }
    let type_code =
        TypeCode::parse(&draft.type_code).filter(|_| types(app, target).contains(&draft.type_code.as_str())).ok_or(DepositProblem::TypeUnknown)?;
    let now = app.service.now();
    let at = noon_of(&draft.day).filter(|at| *at < now.plus_days(1)).map(|at| at.min(now)).ok_or(DepositProblem::DayWrong)?;
    let head = &target.record.head;
    let format = match mime_type {
        "application/pdf" => Code::new("urn:ihe:iti:xds-sd:pdf:2008", system::IHE_FORMAT, "PDF"),
        _ => Code::new("urn:ihe:iti:xds:2017:mimeTypeSufficient", system::IHE_FORMAT, "mimeType Sufficient"),
    };
    Ok(NewDocument {
        // Sent twice it is one.
        unique_id: urn_uuid(name),
        visibility: Visibility::default(),
        type_code,
        title: draft.title.clone(),
        mime_type: mime_type.to_owned(),
        language: "fr-FR".to_owned(),
        format,
        facility_type: Code::new("SA07", system::TRE_R02, "Cabinet individuel"),
        practice_setting: Code::new("AMBULATOIRE", system::TRE_A01, "Ambulatoire"),
        event_codes: Vec::new(),
        comments: None,
        created_at: now,
        service_start: at,
        service_stop: None,
        authors: Vec::new(),
        legal_authenticator: None,
        source_patient: SourcePatient {
            id: format!("{}^^^&{}&ISO^NH", head.ins.matricule(), head.ins.authority().oid()),
            name: head.traits.birth_name.clone(),
            gender: String::new(),
            birth_date: head.traits.birth_date.to_iso().replace('-', ""),
        },
        references: Vec::new(),
        replaces: None,
        bytes,
    })
}

fn visibility(chosen: DepositVisibility, said: Visibility) -> Visibility {
    match chosen {
        DepositVisibility::Everyone => said,
        DepositVisibility::AfterAnnouncement => Visibility { invisible_to_patient: true, ..said },
        DepositVisibility::Masked => Visibility { masked: true, ..said },
        DepositVisibility::SecretFromRepresentatives => Visibility { invisible_to_representatives: true, ..said },
    }
}

/// Types that this professional may deposit in this record.
fn types(app: &App, target: &Target) -> Vec<&'static str> {
    TYPES.iter().map(|row| row.0).filter(|code| app.service.would_publish(&target.record, code, &target.caller)).collect()
}

fn proposed(taken: &Taken, file_name: &str, now: Moment) -> DepositDraft {
    let text = all_text(&taken.read.text);
    let type_code = propose_type(&text, file_name);
    let label = dmp_core::document::type_label(type_code).unwrap_or_default();
    DepositDraft {
        type_code: type_code.to_owned(),
        title: title_of_file(&text, file_name, label),
        day: today(now),
        visibility: DepositVisibility::default(),
    }
}

fn draft_of(document: &NewDocument) -> DepositDraft {
    DepositDraft {
        type_code: document.type_code.as_str().to_owned(),
        title: document.title.clone(),
        day: today(document.service_start),
        visibility: DepositVisibility::default(),
    }
}

/// A day in Paris, as a date field writes it.
fn today(at: Moment) -> String {
    in_paris(at).date().to_string()
}

/// Midday of a day, so that it is that day in every zone of France.
fn noon_of(day: &str) -> Option<Moment> {
    let is_day = day.len() == 10 && day.as_bytes().get(4) == Some(&b'-');
    Moment::parse_fhir(day).filter(|_| is_day).map(|day| day.plus_seconds(12 * 3_600))
}

/// XML is taken for CDA: the check of its header says what it is not.
fn looks_like_cda(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = start.iter().position(|byte| !byte.is_ascii_whitespace()).and_then(|at| start.get(at..)).unwrap_or_default();
    begins.starts_with(b"<")
}

fn findings(issues: &[Issue], lang: Lang) -> Vec<Finding> {
    let finding = |issue: &Issue| Finding {
        words: dmp_core::catalogue::message(issue.code.as_str())
            .map_or_else(|| issue.code.to_string(), |line| lang.pick(line.fr, line.en).to_owned()),
        place: issue.path.clone().unwrap_or_default(),
    };
    issues.iter().take(FINDINGS_MAX).map(finding).collect()
}

/// `2 79 03 51 215 189 89`, as it stands on paper.
fn spaced(matricule: &str) -> String {
    let ends = [1, 3, 5, 7, 10, 13, 15];
    let starts = std::iter::once(0).chain(ends);
    starts.zip(ends).filter_map(|(from, to)| matricule.get(from..to)).collect::<Vec<_>>().join("\u{a0}")
}

const TITLE_CHARS_MAX: usize = 120;
/// Findings shown at once.
const FINDINGS_MAX: usize = 20;
