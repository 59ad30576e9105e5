//! Relatives, at `/relatives`: which record the session works in, invitations, helpers.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind, Reason};
use dmp_core::identity::{Ins, InsError, PersonName};
use dmp_core::record::{Record, Representative, RepresentativeKind, Scope, Standing};
use dmp_pages::{ActingLine, HelperLine, InvitationLine, InviteForm, InviteProblem, Invited, PastLine, RelativesPage, Said};
use dmp_service::{ActsFor, Error, IdKind, NewMandate, PersonRef};
use serde::Deserialize;

use super::journal::{opened, sealed};
use crate::App;
use crate::caller::{Session, fresh_word};
use crate::site::{SignedIn, done, page_with};

/// What stands for one's own record in the form.
const OWN: &str = "own";
/// Years that a mandate lasts at most.
const MANDATE_YEARS: i32 = 5;

/// Shows the page.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    answer(&app, &signed_in, InviteForm::default()).await
}

async fn answer(app: &App, signed_in: &SignedIn, form: InviteForm) -> Response {
    let status = if form.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if !signed_in.session.caller.kind.is_on_the_persons_side() {
        return signed_in.refuse(app, &Error::NotFound("record-not-found"));
    }
    match relatives_page(app, signed_in, form).await {
        Ok(shown) => page_with(status, &shown),
        Err(error) => signed_in.refuse(app, &error),
    }
}

/// The INS of who is signed in, whomever they act for now.
fn own_ins(app: &App, session: &Session) -> Option<Ins> {
    let known = || app.directory.all().iter().find(|one| one.account() == session.caller.account).and_then(|one| one.ins.clone());
    session.own.clone().or_else(known)
}

async fn relatives_page(app: &App, signed_in: &SignedIn, form: InviteForm) -> Result<RelativesPage, Error> {
    let (session, now) = (&signed_in.session, app.service.now());
    let caller = &session.caller;
    let found = app.service.acts_for(caller).await?;
    let own = own_ins(app, session).map(|_| ActingLine {
        record: OWN.to_owned(),
        kind: "patient",
        person: caller.shown_name(),
        minor: false,
        until: None,
        here: caller.kind == CallerKind::Patient,
    });
    let records = own.into_iter().chain(found.iter().filter(|one| one.may_act).map(|one| acting_line(app, session, one, now)));
    // Of a record that is not open to the visitor now nothing is shown below.
    let here = match (caller.kind, signed_in.person()) {
        (CallerKind::Patient | CallerKind::Representative, Ok(person)) => app.service.administrative(&person, caller).await.ok(),
        _ => None,
    };
    let shell = match &here {
        Some(record) => signed_in.visitor.acting_shell(app, "/relatives", record),
        None => match found.iter().find(|one| one.may_act && is_here(session, one)) {
            Some(one) => signed_in.visitor.acting_shell(app, "/relatives", &one.record),
            None => signed_in.visitor.bare_shell(app, "/relatives"),
        },
    };
    Ok(RelativesPage {
        shell,
        records: records.collect(),
        invitations: found.iter().filter(|one| one.may_answer).map(|one| invitation_line(app, one)).collect(),
        past: found.iter().filter_map(|one| past_line(one, now)).collect(),
        person: here.as_ref().map(|record| record.head.traits.shown_name().display()),
        own: caller.kind == CallerKind::Patient,
        minor: here.as_ref().is_some_and(|record| record.head.is_minor(now)),
        helpers: here.as_ref().map(|record| helpers(app, record, caller, now)).unwrap_or_default(),
        may_invite: here.as_ref().and_then(|record| may_invite(app, record, caller)),
        form,
    })
}

/// Whom the visitor may invite into this record: the law is asked about somebody of whom nothing is known.
fn may_invite(app: &App, record: &Record, caller: &Caller) -> Option<Invited> {
    let may = |act| app.service.would_permit_concerning(act, record, "person:", caller);
    let helper = may(Act::InviteHelper).then_some(Invited::Helper);
    helper.or_else(|| may(Act::DeclareRepresentative).then_some(Invited::Parent))
}

fn is_here(session: &Session, one: &ActsFor) -> bool {
    session.caller.kind == one.kind() && session.person.as_ref() == Some(&one.record.head.ins)
}

fn word(kind: RepresentativeKind) -> &'static str {
    match kind {
        RepresentativeKind::Parent | RepresentativeKind::Guardian => "representative",
        RepresentativeKind::Helper => "helper",
    }
}

fn acting_line(app: &App, session: &Session, one: &ActsFor, now: Moment) -> ActingLine {
    ActingLine {
        record: app.service.ids().seal_record(IdKind::Patient, one.record.key),
        kind: word(one.line.kind),
        person: one.record.head.traits.shown_name().display(),
        minor: one.record.head.is_minor(now),
        until: one.line.until,
        here: is_here(session, one),
    }
}

fn invitation_line(app: &App, one: &ActsFor) -> InvitationLine {
    InvitationLine {
        record: app.service.ids().seal_record(IdKind::Patient, one.record.key),
        kind: word(one.line.kind),
        person: one.record.head.traits.shown_name().display(),
        answer_by: one.line.answer_by,
        until: one.line.until,
    }
}

/// What is said of a record that was open once: nothing that the visitor does not know.
fn past_line(one: &ActsFor, now: Moment) -> Option<PastLine> {
    match one.line.standing(now) {
        _ if one.may_act => None,
        Standing::InForce if one.line.kind == RepresentativeKind::Parent => Some(PastLine::OfAge { born: one.record.head.traits.birth_date.year }),
        Standing::Over => Some(PastLine::Ended { at: one.line.until }),
        Standing::InForce | Standing::Invited | Standing::Lapsed | Standing::Refused | Standing::NotYet => None,
    }
}

fn helpers(app: &App, record: &Record, caller: &Caller, now: Moment) -> Vec<HelperLine> {
    let minor = record.head.is_minor(now);
    let counts = |one: &&Representative| match one.kind {
        RepresentativeKind::Parent => minor,
        RepresentativeKind::Guardian | RepresentativeKind::Helper => true,
    };
    let stands = |one: &&Representative| matches!(one.standing(now), Standing::Invited | Standing::NotYet | Standing::InForce);
    let line = |one: &Representative| HelperLine {
        account: sealed(app, &one.account),
        name: one.name.display(),
        representative: one.kind != RepresentativeKind::Helper,
        since: one.from,
        until: one.until,
        invited: one.standing(now) == Standing::Invited,
        may_end: one.kind == RepresentativeKind::Helper && app.service.would_permit_concerning(Act::EndHelper, record, &one.account, caller),
    };
    record.head.representatives.iter().filter(counts).filter(stands).map(line).collect()
}

/// The form that changes whose record the session works in, or ends one's help.
#[derive(Debug, Deserialize)]
pub(crate) struct RecordForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    record: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    answer: String,
}

/// The caller in the quality that a form asks for: the law judges whether it is theirs.
fn in_quality(caller: &Caller, kind: &str) -> Option<Caller> {
    let kind = match kind {
        "representative" => CallerKind::Representative,
        "helper" => CallerKind::Helper,
        _ => return None,
    };
    Some(Caller { kind, ..caller.clone() })
}

/// SECURITY: a record that one has nothing to do with answers as one that there is not.
fn untold(error: Error) -> Error {
    match error {
        Error::Forbidden(Reason::NotTheirRecord | Reason::NoRulePermits | Reason::NotThisKindOfCaller) | Error::NotFound(_) => {
            Error::NotFound("record-not-found")
        }
        other => other,
    }
}

fn person_of(app: &App, sealed: &str) -> Result<PersonRef, Error> {
    app.service.ids().open_record(IdKind::Patient, sealed).map(PersonRef::Record).ok_or(Error::NotFound("record-not-found"))
}

/// Works in another record from now on. The switch is judged, and has its leaf in that record.
pub(crate) async fn switch(State(app): State<App>, signed_in: SignedIn, Form(form): Form<RecordForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/relatives", Said::FormExpired);
    }
    if form.record == OWN {
        return to_own(&app, &signed_in);
    }
    let switched = match switched(&app, &signed_in, &form).await {
        Ok((caller, record)) => works_in(&app, &signed_in, |session| {
            session.own = own_ins(&app, session);
            session.caller = caller;
            session.person = Some(record.head.ins.clone());
        }),
        Err(error) => Err(error),
    };
    match switched {
        Ok(()) => done("/", Said::ActingNow),
        Err(error) => signed_in.refuse(&app, &error),
    }
}

/// Changes whose record the session works in. SECURITY: the forms get a fresh token with it, so that a page of the one record that was left open
/// never acts on the other: its form is told to be too old.
fn works_in(app: &App, signed_in: &SignedIn, change: impl FnOnce(&mut Session)) -> Result<(), Error> {
    let csrf = fresh_word().ok_or_else(|| Error::Fault("no random numbers for the forms of a session".to_owned()))?;
    app.sessions.update(&signed_in.cookie, |session| {
        change(session);
        session.csrf = csrf;
    });
    Ok(())
}

async fn switched(app: &App, signed_in: &SignedIn, form: &RecordForm) -> Result<(Caller, Arc<Record>), Error> {
    let caller = in_quality(&signed_in.session.caller, &form.kind).ok_or(Error::NotFound("record-not-found"))?;
    let record = app.service.begin_acting(&person_of(app, &form.record)?, &caller).await?;
    Ok((caller, record))
}

/// Back to one's own record: it is theirs by their account, and the law is asked at each act that follows.
fn to_own(app: &App, signed_in: &SignedIn) -> Response {
    let Some(own) = own_ins(app, &signed_in.session).filter(|own| own.account() == signed_in.session.caller.account) else {
        return signed_in.refuse(app, &Error::NotFound("record-not-found"));
    };
    let back = works_in(app, signed_in, |session| {
        session.caller.kind = CallerKind::Patient;
        session.person = Some(own.clone());
        session.own = Some(own);
    });
    match back {
        Ok(()) => done("/", Said::ActingOwn),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// Accepts or declines an invitation.
pub(crate) async fn respond(State(app): State<App>, signed_in: SignedIn, Form(form): Form<RecordForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/relatives", Said::FormExpired);
    }
    let accepted = form.answer == "accept";
    let answered = match (in_quality(&signed_in.session.caller, &form.kind), person_of(&app, &form.record)) {
        (Some(caller), Ok(person)) => app.service.answer_invitation(&person, accepted, &caller).await.map_err(untold),
        _ => Err(Error::NotFound("record-not-found")),
    };
    // Who was invited and has answered already is told to look again, not that there is nothing.
    if matches!(answered, Err(Error::NotFound(_))) && is_named(&app, &signed_in, &form.record).await {
        return done("/relatives", Said::TryAgain);
    }
    told(&app, &signed_in, answered.map(drop), if accepted { Said::InvitationAccepted } else { Said::InvitationDeclined })
}

/// Whether a record names the visitor, in whatever quality.
async fn is_named(app: &App, signed_in: &SignedIn, sealed: &str) -> bool {
    let key = app.service.ids().open_record(IdKind::Patient, sealed);
    let found = app.service.acts_for(&signed_in.session.caller).await.unwrap_or_default();
    found.iter().any(|one| Some(one.record.key) == key)
}

/// Stops helping somebody.
pub(crate) async fn stop(State(app): State<App>, signed_in: SignedIn, Form(form): Form<RecordForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/relatives", Said::FormExpired);
    }
    let caller = Caller { kind: CallerKind::Helper, ..signed_in.session.caller.clone() };
    let stopped = match person_of(&app, &form.record) {
        Ok(person) => app.service.end_helper(&person, &caller.account, &caller).await.map_err(untold),
        Err(error) => Err(error),
    };
    told(&app, &signed_in, stopped.map(drop), Said::HelperEnded)
}

/// The form about one helper.
#[derive(Debug, Deserialize)]
pub(crate) struct HelperForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    account: String,
}

/// Ends a helper's mandate, or takes an invitation back.
pub(crate) async fn end(State(app): State<App>, signed_in: SignedIn, Form(form): Form<HelperForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/relatives", Said::FormExpired);
    }
    let ended = match (signed_in.person(), opened(&app, &form.account)) {
        (Ok(person), Some(account)) => app.service.end_helper(&person, &account, &signed_in.session.caller).await,
        (Err(error), _) => Err(error),
        (_, None) => Err(Error::NotFound("mandate-not-found")),
    };
    told(&app, &signed_in, ended.map(drop), Said::HelperEnded)
}

fn told(app: &App, signed_in: &SignedIn, outcome: Result<(), Error>, said: Said) -> Response {
    match outcome {
        Ok(()) => done("/relatives", said),
        Err(Error::Conflict("record-changed")) => done("/relatives", Said::TryAgain),
        Err(error) => signed_in.refuse(app, &error),
    }
}

/// The form of an invitation.
#[derive(Debug, Deserialize)]
pub(crate) struct InvitationForm {
    #[serde(default)]
    csrf: String,
    #[serde(default, rename = "as")]
    invited: String,
    #[serde(default)]
    given: String,
    #[serde(default)]
    family: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    until: String,
}

/// Invites a helper, or the other parent.
pub(crate) async fn invite(State(app): State<App>, signed_in: SignedIn, Form(form): Form<InvitationForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/relatives", Said::FormExpired);
    }
    let caller = &signed_in.session.caller;
    let record = match signed_in.person() {
        Ok(person) => app.service.administrative(&person, caller).await,
        Err(error) => Err(error),
    };
    let record = match record {
        Ok(record) => record,
        Err(error) => return signed_in.refuse(&app, &error),
    };
    let invited = match mandate(&form, &record.head.ins, caller, app.service.now()) {
        Ok(new) if new.kind == RepresentativeKind::Parent => {
            app.service.declare_representative(&PersonRef::Record(record.key), &new, caller).await.map(drop).map_err(problem_of)
        }
        Ok(new) => app.service.invite_helper(&PersonRef::Record(record.key), &new, caller).await.map(drop).map_err(problem_of),
        Err(problem) => Err(Ok(problem)),
    };
    match invited {
        Ok(()) => done("/relatives", Said::HelperInvited),
        Err(Ok(problem)) => {
            let kept = InviteForm { given: form.given, family: form.family, number: form.number, until: form.until, problem: Some(problem) };
            answer(&app, &signed_in, kept).await
        }
        Err(Err(error)) => told(&app, &signed_in, Err(error), Said::HelperInvited),
    }
}

/// What the person can mend, or else the failure.
fn problem_of(error: Error) -> Result<InviteProblem, Error> {
    match error {
        Error::Conflict("mandate-exists") => Ok(InviteProblem::Already),
        Error::Forbidden(Reason::TooManyHelpers) => Ok(InviteProblem::TooMany),
        Error::TooLarge("too-many-invitations") => Ok(InviteProblem::TooOften),
        other => Err(other),
    }
}

fn mandate(form: &InvitationForm, holder: &Ins, caller: &Caller, now: Moment) -> Result<NewMandate, InviteProblem> {
    let (given, family) = (form.given.trim(), form.family.trim());
    if given.is_empty() || family.is_empty() || given.chars().count() > 80 || family.chars().count() > 80 {
        return Err(InviteProblem::NameMissing);
    }
    let number: String = form.number.chars().filter(|letter| !letter.is_whitespace()).collect();
    let ins = Ins::parse(holder.authority().oid(), &number.to_uppercase()).map_err(|error| match error {
        InsError::Key { .. } => InviteProblem::NumberKey,
        InsError::Format | InsError::UnknownAuthority => InviteProblem::NumberMalformed,
    })?;
    if ins == *holder || ins.account() == caller.account {
        return Err(InviteProblem::NumberOwn);
    }
    let parent = form.invited == "parent";
    if parent {
        let (name, kind) = (PersonName::new(given, family), RepresentativeKind::Parent);
        return Ok(NewMandate { ins, name, kind, scope: Scope::Person, from: None, until: None, proof: None });
    }
    let until = Moment::parse_fhir(form.until.trim()).filter(|_| form.until.trim().len() == 10).ok_or(InviteProblem::DateMissing)?;
    if until <= now || until > now.plus_years(MANDATE_YEARS) {
        return Err(InviteProblem::DatePast);
    }
    Ok(NewMandate {
        ins,
        name: PersonName::new(given, family),
        kind: RepresentativeKind::Helper,
        scope: Scope::Person,
        from: None,
        until: Some(until),
        proof: None,
    })
}
