//! Tasks about a record that is open: close it, hand out codes, keep a professional out, hide everything. Each one: the card, the checks, the act,
//! the paper.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::identity::{Ins, PsIdNat};
use dmp_core::record::{Head, RecordStatus};
use dmp_pages::{AssistedPerson, CounterAnswers, CounterPage, CounterProblem, CounterStep, CounterTask, Said};
use dmp_service::{Choice, CounterDeed, Error, Habilitation, PersonRef};
use serde::Deserialize;

use super::AtCounter;
use crate::App;
use crate::pro_site::read_ins;
use crate::shown::{self, Shown};
use crate::site::{done, page, page_with};

/// What the screens send. A box is `on` or absent.
#[derive(Debug, Deserialize)]
pub(crate) struct TaskForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    ins: String,
    face: Option<String>,
    paper: Option<String>,
    birth: Option<String>,
    asked: Option<String>,
    sure: Option<String>,
    #[serde(default)]
    wish: String,
    #[serde(default)]
    rpps: String,
}

/// The three handlers of a task.
macro_rules! task {
    ($task:expr, $show:ident, $find:ident, $confirm:ident) => {
        pub(crate) async fn $show(State(app): State<App>, counter: AtCounter) -> Response {
            shown_as(&app, &counter, $task, CounterStep::Find { ins: String::new() }, None)
        }
        pub(crate) async fn $find(State(app): State<App>, counter: AtCounter, Form(form): Form<TaskForm>) -> Response {
            find(&app, &counter, $task, &form).await
        }
        pub(crate) async fn $confirm(State(app): State<App>, counter: AtCounter, Form(form): Form<TaskForm>) -> Response {
            confirm(&app, &counter, $task, &form).await
        }
    };
}

task!(CounterTask::Close, show_close, find_close, confirm_close);
task!(CounterTask::Unblock, show_unblock, find_unblock, confirm_unblock);
task!(CounterTask::Codes, show_codes, find_codes, confirm_codes);
task!(CounterTask::Rights, show_rights, find_rights, confirm_rights);

fn shown_as(app: &App, counter: &AtCounter, task: CounterTask, step: CounterStep, problem: Option<CounterProblem>) -> Response {
    let shown = CounterPage { shell: counter.shell(app, task.path()), task, step, problem };
    match problem {
        None => page(&shown),
        Some(_) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown),
    }
}

/// From the card to the person and the checks.
async fn find(app: &App, counter: &AtCounter, task: CounterTask, form: &TaskForm) -> Response {
    if !counter.0.owns(&form.csrf) {
        return done(task.path(), Said::FormExpired);
    }
    match person_of(app, counter, task, form).await {
        Ok((_, person)) => shown_as(app, counter, task, CounterStep::Confirm { person, answers: CounterAnswers::default() }, None),
        Err(answer) => *answer,
    }
}

/// The person of a number, by the administrative side of their record; else the first screen with what is wrong.
async fn person_of(app: &App, counter: &AtCounter, task: CounterTask, form: &TaskForm) -> Result<(Ins, AssistedPerson), Box<Response>> {
    let again = |problem| {
        let step = CounterStep::Find { ins: form.ins.chars().take(64).collect() };
        Box::new(shown_as(app, counter, task, step, Some(problem)))
    };
    let typed: String = form.ins.chars().filter(|sign| !sign.is_whitespace()).collect();
    let ins = read_ins(&typed, app.service.config().mode).map_err(|problem| again(CounterProblem::Ins(problem)))?;
    match app.service.administrative(&PersonRef::Ins(ins.clone()), counter.agent()).await {
        Ok(record) if is_usable(&record.head, task) => {
            let traits = &record.head.traits;
            let person = AssistedPerson {
                name: traits.shown_name().display(),
                birth_date: traits.birth_date,
                sex: traits.sex,
                ins: ins.matricule().to_owned(),
                minor: traits.is_minor(app.service.now()),
            };
            Ok((ins, person))
        }
        Ok(_) | Err(Error::NotFound(_) | Error::Forbidden(_)) => Err(again(CounterProblem::NoRecord)),
        Err(error) => Err(Box::new(counter.0.refuse(app, &error))),
    }
}

/// Codes are for a closed record too: whoever opens it again comes in first.
fn is_usable(head: &Head, task: CounterTask) -> bool {
    match head.status {
        RecordStatus::Open => true,
        RecordStatus::Closed(_) => matches!(task, CounterTask::Codes | CounterTask::Unblock),
        RecordStatus::Suspended(_)
        | RecordStatus::Deceased { .. }
        | RecordStatus::Destroyed { .. }
        | RecordStatus::Merged { .. }
        | RecordStatus::Cancelled { .. } => false,
    }
}

/// What an agent may do of the list of rights.
enum Right {
    Mask(bool),
    Block(Box<Habilitation>),
    Unblock(String),
}

/// Does what was asked, once everything is ticked; a closing is asked about twice.
async fn confirm(app: &App, counter: &AtCounter, task: CounterTask, form: &TaskForm) -> Response {
    if !counter.0.owns(&form.csrf) {
        return done(task.path(), Said::FormExpired);
    }
    let (ins, person) = match person_of(app, counter, task, form).await {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let right = match checked(app, task, form) {
        Ok(right) => right,
        Err(problem) => {
            let answers = CounterAnswers {
                face: form.face.is_some(),
                paper: form.paper.is_some(),
                birth: form.birth.is_some(),
                asked: form.asked.is_some(),
                wish: form.wish.chars().take(8).collect(),
                rpps: form.rpps.chars().take(20).collect(),
            };
            return shown_as(app, counter, task, CounterStep::Confirm { person, answers }, Some(problem));
        }
    };
    if task == CounterTask::Close && form.sure.is_none() {
        return shown_as(app, counter, task, CounterStep::Sure { person }, None);
    }
    let name = person.name;
    match (task, right) {
        (CounterTask::Close, _) => close(app, counter, &ins, name).await,
        (CounterTask::Unblock | CounterTask::Codes, _) => codes(app, counter, &ins).await,
        (CounterTask::Rights, Some(right)) => set_right(app, counter, &ins, name, right).await,
        (CounterTask::Rights, None) => done(task.path(), Said::TryAgain),
    }
}

/// Everything ticked, and for rights the choice.
fn checked(app: &App, task: CounterTask, form: &TaskForm) -> Result<Option<Right>, CounterProblem> {
    let right = if task == CounterTask::Rights { Some(right_of(app, form)?) } else { None };
    if form.face.is_none() || form.paper.is_none() || form.birth.is_none() {
        return Err(CounterProblem::ChecksMissing);
    }
    if form.asked.is_none() { Err(CounterProblem::AskedMissing) } else { Ok(right) }
}

fn right_of(app: &App, form: &TaskForm) -> Result<Right, CounterProblem> {
    let account = || {
        let digits: String = form.rpps.chars().filter(char::is_ascii_digit).collect();
        let id = PsIdNat::parse(&format!("8{digits}")).map_err(|_| CounterProblem::RppsWrong)?;
        Ok(format!("ps:{}", id.as_str()))
    };
    match form.wish.as_str() {
        "mask" => Ok(Right::Mask(true)),
        "show" => Ok(Right::Mask(false)),
        "block" => {
            let known = app.directory.professional(&account()?).ok_or(CounterProblem::RppsWrong)?;
            Ok(Right::Block(Box::new(crate::patient_site::habilitation(known))))
        }
        "unblock" => account().map(Right::Unblock),
        _ => Err(CounterProblem::RightsMissing),
    }
}

async fn close(app: &App, counter: &AtCounter, ins: &Ins, name: String) -> Response {
    match app.service.close_record(&PersonRef::Ins(ins.clone()), "", &counter.asked_now()).await {
        Ok(_) => did(app, counter, CounterDeed::Closed, name).await,
        Err(error) => failed(app, counter, CounterTask::Close, &error),
    }
}

/// What the agent ticked, for the person's journal: French, as the paper that they saw.
const PROOF: &str = "pièce d’identité avec photo, date de naissance";

/// A sheet, and the sessions of the account end: whoever was signed in by another way signs in anew.
async fn codes(app: &App, counter: &AtCounter, ins: &Ins) -> Response {
    let sheet = match app.service.hand_out_codes(&PersonRef::Ins(ins.clone()), None, Some(PROOF), &counter.asked_now()).await {
        Ok(sheet) => sheet,
        Err(error) => return failed(app, counter, CounterTask::Codes, &error),
    };
    crate::caller::end_sessions(app, &sheet.account, None).await;
    let person = sheet.name.display();
    remember(app, counter, CounterDeed::Codes, &person).await;
    let (identifier, at) = (sheet.identifier.as_str().to_owned(), sheet.issued_at);
    shown::go_to(app, &counter.0, "/accueil/feuille", Shown::Sheet { person, identifier, codes: sheet.codes, at })
}

async fn set_right(app: &App, counter: &AtCounter, ins: &Ins, name: String, right: Right) -> Response {
    let (person, agent) = (PersonRef::Ins(ins.clone()), counter.asked_now());
    let (deed, changed) = match right {
        Right::Mask(on) => {
            let deed = if on { CounterDeed::Masked } else { CounterDeed::Shown };
            (deed, app.service.choose(&person, Choice::MaskAll(on), &agent).await)
        }
        Right::Block(who) => (CounterDeed::Blocked, app.service.block(&person, &who, &agent).await),
        Right::Unblock(account) => (CounterDeed::Unblocked, app.service.unblock(&person, &account, &agent).await),
    };
    match changed {
        Ok(_) => did(app, counter, deed, name).await,
        Err(error) => failed(app, counter, CounterTask::Rights, &error),
    }
}

async fn did(app: &App, counter: &AtCounter, deed: CounterDeed, person: String) -> Response {
    remember(app, counter, deed, &person).await;
    shown::go_to(app, &counter.0, "/accueil/fait", Shown::Deed { deed, person, at: app.service.now() })
}

async fn remember(app: &App, counter: &AtCounter, deed: CounterDeed, person: &str) {
    if let Err(error) = app.service.counter_did(counter.agent(), deed, Some(person.to_owned()), None).await {
        tracing::warn!(error.code = error.code(), "an act is missing in the list of an agent's day");
    }
}

fn failed(app: &App, counter: &AtCounter, task: CounterTask, error: &Error) -> Response {
    match error {
        Error::Conflict("record-changed") => done(task.path(), Said::TryAgain),
        error => counter.0.refuse(app, error),
    }
}
