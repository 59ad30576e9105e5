//! `dmp import-documents`: CDA files of a folder, through the same act as every door.

use std::path::PathBuf;

use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{Ins, PersonName, Profession, PsIdNat, StructIdNat, Structure};
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices};
use dmp_core::{Issue, Mode};
use dmp_server::{IncomingDocument, prepare_document};
use dmp_service::{Error, NewRecord, NewSet, PersonRef, Service, Submission};
use dmp_store::Sealing;
use serde::Serialize;

use crate::commands::ImportOptions;
use crate::{open, print};

/// What became of one file.
#[derive(Debug, Serialize)]
struct FileReport {
    file: String,
    verdict: &'static str,
    codes: Vec<String>,
    findings: Vec<String>,
}

/// Imports, with progress and a report for each file.
pub async fn run(options: ImportOptions) -> Result<(), String> {
    let mode = open::mode(options.store.production);
    if options.open_records && mode == Mode::Production {
        return Err("--open-records makes records without anyone's consent: sandbox only".to_owned());
    }
    let store = open::store(&options.store, Sealing::On).await?;
    let service = open::service(&store, open::config(&options.store)?);
    let files = files(&options.dir)?;
    let bar = indicatif::ProgressBar::new(files.len() as u64);
    let (mut accepted, mut refused) = (0, 0);
    for path in files {
        let report = import(&service, &path, mode, options.open_records).await;
        bar.inc(1);
        if report.verdict == "refused" {
            refused += 1
        } else {
            accepted += 1
        }
        if options.store.json {
            print::json(&report);
        } else {
            print::line(&format!("{:<9} {} {}", report.verdict, report.file, report.codes.join(" ")));
            report.findings.iter().for_each(|finding| print::line(&format!("          {finding}")));
        }
    }
    bar.finish_and_clear();
    if !options.store.json {
        print::line(&format!("{accepted} accepted, {refused} refused"));
    }
    Ok(())
}

fn files(dir: &std::path::Path) -> Result<Vec<PathBuf>, String> {
    let listing = std::fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let mut files: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml")));
    files.sort();
    Ok(files)
}

async fn import(service: &Service, path: &std::path::Path, mode: Mode, open_records: bool) -> FileReport {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let report = |verdict, issues: &[Issue]| FileReport {
        file: file.clone(),
        verdict,
        codes: issues.iter().filter(|issue| issue.is_error()).map(|issue| issue.code.clone()).collect(),
        findings: issues.iter().map(words).collect(),
    };
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return report("refused", &[Issue::error("content-missing").received(error.to_string())]),
    };
    let incoming = match prepare_document(bytes.clone().into(), mode) {
        Ok(incoming) => incoming,
        Err(issues) => return report("refused", &issues),
    };
    let warnings = incoming.warnings.clone();
    match publish(service, incoming, &bytes, open_records).await {
        Ok(true) => report("repeated", &warnings),
        Ok(false) => report("accepted", &warnings),
        Err(Error::Invalid(issues)) => report("refused", &issues),
        Err(error) => report("refused", &[Issue::error(error.code())]),
    }
}

/// A finding on one line: code, place, words.
fn words(issue: &Issue) -> String {
    let place = match (issue.line, issue.column) {
        (Some(line), Some(column)) => format!(" line {line}, column {column}"),
        (Some(_), None) | (None, _) => String::new(),
    };
    let message = dmp_core::catalogue::message(&issue.code).map_or("", |line| line.fr);
    format!("{}{place}{} {message}", issue.code, issue.path.as_ref().map(|path| format!(" at {path}")).unwrap_or_default())
}

async fn publish(service: &Service, mut incoming: IncomingDocument, bytes: &[u8], open_records: bool) -> Result<bool, Error> {
    let person = PersonRef::Ins(incoming.ins.clone());
    if open_records {
        open_record(service, &incoming.ins, bytes).await?;
    }
    let caller = author(&incoming);
    incoming.document.replaces = None;
    let submission = Submission { set: NewSet::default(), documents: vec![incoming.document], folders: Vec::new() };
    Ok(service.publish(&person, &submission, &caller).await?.repeated)
}

/// The first professional author deposits; a document without one is deposited by its device or by the insurer.
fn author(incoming: &IncomingDocument) -> Caller {
    let authors = &incoming.document.authors;
    let named = authors.iter().find_map(|author| Some((PsIdNat::parse(author.id.as_deref()?).ok()?, author)));
    let base = |account: String, kind| Caller { software: Some(format!("dmp import {}", env!("CARGO_PKG_VERSION"))), ..Caller::bare(account, kind) };
    if incoming.document.type_code.as_str() == "REMB" {
        return base("system:reimbursements".to_owned(), CallerKind::ReimbursementFeed);
    }
    match named {
        Some((id, author)) => {
            let code = author.specialty.as_ref().map(|code| code.code.as_str()).unwrap_or_default();
            Caller {
                name: Some(author.name.clone()),
                profession: Some(Profession::parse(code).unwrap_or_else(|_| Profession::other())),
                structure: author.institution.clone().or_else(the_sandbox),
                ..base(format!("ps:{}", id.as_str()), CallerKind::Professional)
            }
        }
        None => {
            let structure = authors.iter().find_map(|author| author.institution.clone()).or_else(the_sandbox);
            Caller { structure, name: Some(PersonName::default()), ..base("org:import".to_owned(), CallerKind::Organization) }
        }
    }
}

/// Where a header does not say where its author practises: the law wants a place, and these are test documents.
fn the_sandbox() -> Option<Structure> {
    let id = StructIdNat::parse("1990000000").ok()?;
    Some(Structure { id, name: "Bac à sable".to_owned() })
}

async fn open_record(service: &Service, ins: &Ins, bytes: &[u8]) -> Result<(), Error> {
    let Some(traits) = dmp_server::traits_of_document(bytes) else { return Ok(()) };
    let new = NewRecord {
        ins: ins.clone(),
        traits,
        channel: Channel::Counter,
        consent: Some(ConsentEvidence::Oral),
        emergency: EmergencyChoices::default(),
        team_consent: false,
        scheme: None,
        caisse: None,
        department: None,
        reason: None,
        contact: None,
        representatives: Vec::new(),
    };
    let agent = Caller {
        name: Some(PersonName::new("Agent", "SANDBOX")),
        // The law opens no record without consent: the agent of the sandbox records that of an invented person.
        consent_now: true,
        ..Caller::bare("agent:sandbox".to_owned(), CallerKind::Agent)
    };
    match service.create_record(new, &agent).await {
        Ok(_) | Err(Error::Conflict("record-exists")) => Ok(()),
        Err(error) => Err(error),
    }
}
