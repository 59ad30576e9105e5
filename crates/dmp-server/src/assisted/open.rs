//! The screens before the paper: card, agreement, contact.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::identity::{Ins, PersonName};
use dmp_core::record::{AgreedBy, Channel, ConsentEvidence, Contact, EmergencyChoices, FamilyRole};
use dmp_pages::{AssistedAnswers, AssistedPage, AssistedPerson, AssistedProblem, AssistedRepresentative, AssistedStep, ContactChoice, Said};
use dmp_service::{CardHolder, CounterDeed, Error, IdKind, NewRecord, Opened, PersonRef};
use serde::Deserialize;

use super::place::{Place, known, knows_cards};
use crate::App;
use crate::opening_site::{read_email, read_mobile};
use crate::pro_site::read_ins;
use crate::shown::{self, OpeningPaper, Shown};
use crate::site::{done, page, page_with};

/// Signs of a name.
const NAME_MAX: usize = 100;

/// Everything that the screens send. A box is `on` or absent.
#[derive(Debug, Deserialize)]
pub(crate) struct AssistedForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    ins: String,
    consent: Option<String>,
    regulation_centre: Option<String>,
    break_glass: Option<String>,
    masked_in_emergency: Option<String>,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    representative_given: String,
    #[serde(default)]
    representative_family: String,
    #[serde(default)]
    representative_role: String,
    #[serde(default, rename = "do")]
    wanted: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    mobile: String,
}

/// A person whose card was read.
struct Card {
    ins: Ins,
    holder: CardHolder,
}

/// The first screen.
pub(crate) async fn show(State(app): State<App>, place: Place) -> Response {
    if !knows_cards(&app) {
        return shown_as(&app, &place, AssistedStep::Closed, None);
    }
    shown_as(&app, &place, card_step(&app, &place, String::new()), None)
}

/// Reads the card, and asks whether this is the person and whether they agree.
pub(crate) async fn card(State(app): State<App>, place: Place, Form(form): Form<AssistedForm>) -> Response {
    if !place.signed_in.owns(&form.csrf) {
        return done(place.base, Said::FormExpired);
    }
    let card = match read(&app, &place, &form).await {
        Ok(card) => card,
        Err(answer) => return *answer,
    };
    let answers = AssistedAnswers { consent: false, emergency: EmergencyChoices::default(), ..answers(&place, &form) };
    shown_as(&app, &place, AssistedStep::Consent { person: person(&app, &card), answers }, None)
}

/// Takes the agreement, or the refusal, and asks how to reach the person.
pub(crate) async fn consent(State(app): State<App>, place: Place, Form(form): Form<AssistedForm>) -> Response {
    if !place.signed_in.owns(&form.csrf) {
        return done(place.base, Said::FormExpired);
    }
    let card = match read(&app, &place, &form).await {
        Ok(card) => card,
        Err(answer) => return *answer,
    };
    if form.wanted == "refuse" {
        return refused(&app, &place, &card).await;
    }
    let answers = answers(&place, &form);
    if let Err(answer) = agreed(&app, &place, &card, &answers) {
        return *answer;
    }
    if let Err(error) = app.service.may_open(&new_record(&card, &answers, Contact::default()), &place.signed_in.session.caller).await {
        return failed(&app, &place, &form, error);
    }
    let is_known = card.holder.contact.email.is_some() || card.holder.contact.mobile.is_some();
    // SECURITY: whether the insurer has an address is told to its own agents alone.
    let choice = if is_known || !place.is_counter() { ContactChoice::Known } else { ContactChoice::None };
    let step = AssistedStep::Contact { person: person(&app, &card), answers, choice, email: String::new(), mobile: String::new() };
    shown_as(&app, &place, step, None)
}

/// Opens, and leads to the paper.
pub(crate) async fn contact(State(app): State<App>, place: Place, Form(form): Form<AssistedForm>) -> Response {
    if !place.signed_in.owns(&form.csrf) {
        return done(place.base, Said::FormExpired);
    }
    let card = match read(&app, &place, &form).await {
        Ok(card) => card,
        Err(answer) => return *answer,
    };
    let answers = answers(&place, &form);
    if let Err(answer) = agreed(&app, &place, &card, &answers) {
        return *answer;
    }
    let contact = match contact_of(&card, &form) {
        Ok(contact) => contact,
        Err(problem) => {
            let choice = ContactChoice::from_code(&form.contact).unwrap_or(ContactChoice::Own);
            let (email, mobile) = (form.email.chars().take(254).collect(), form.mobile.chars().take(20).collect());
            let step = AssistedStep::Contact { person: person(&app, &card), answers, choice, email, mobile };
            return shown_as(&app, &place, step, Some(problem));
        }
    };
    let reachable = contact.email.is_some() || contact.mobile.is_some();
    match app.service.create_record(new_record(&card, &answers, contact), &place.signed_in.session.caller).await {
        Ok(opened) => opened_for(&app, &place, &card, &answers, opened, reachable).await,
        Err(error) => failed(&app, &place, &form, error),
    }
}

/// The paper, with codes where the counter may hand some out and nothing else leads the person in.
async fn opened_for(app: &App, place: &Place, card: &Card, answers: &AssistedAnswers, opened: Opened, reachable: bool) -> Response {
    let name = card.holder.traits.shown_name().display();
    let mut codes = None;
    if place.is_counter() {
        let agent = dmp_core::access::Caller { consent_now: true, ..place.signed_in.session.caller.clone() };
        if let Err(error) = app.service.counter_did(&agent, CounterDeed::Opened, Some(name.clone()), Some(opened.record)).await {
            tracing::warn!(error.code = error.code(), "an opening is missing in the list of an agent's day");
        }
        if !reachable && !is_minor(app, card) {
            // The record is open whether or not a sheet could be made: another one is made at the same counter.
            match app.service.hand_out_codes(&PersonRef::Record(opened.record), None, Some("carte Vitale"), &agent).await {
                Ok(sheet) => codes = Some((sheet.identifier.as_str().to_owned(), sheet.codes)),
                Err(error) => tracing::warn!(error.code = error.code(), "no sheet of codes after an opening"),
            }
        }
    }
    let paper = OpeningPaper {
        person: name,
        number: opened.receipt,
        at: opened.at,
        channel: answers.channel,
        emergency: answers.emergency,
        codes,
        reachable,
        agreed_by: evidence(answers).agreed_by().map(|agreed| (agreed.name.display(), agreed.role)),
        record: app.service.ids().seal_record(IdKind::Patient, opened.record),
    };
    shown::go_to(app, &place.signed_in, &format!("{}/receipt", place.base), Shown::Opening(Box::new(paper)))
}

/// The person said no: nothing is opened, and the counter writes the refusal down where the law has a place for it.
async fn refused(app: &App, place: &Place, card: &Card) -> Response {
    let mut noted = false;
    if place.is_counter() {
        let agent = dmp_core::access::Caller { consent_now: true, ..place.signed_in.session.caller.clone() };
        match app.service.object_to_opening(&card.ins, &agent).await {
            Ok(()) => {
                noted = true;
                if let Err(error) = app.service.counter_did(&agent, CounterDeed::Refused, None, None).await {
                    tracing::warn!(error.code = error.code(), "a refusal is missing in the list of an agent's day");
                }
            }
            // Where no record opens by itself there is nothing to object to; who has one closes it.
            Err(Error::Forbidden(_) | Error::Conflict(_)) => {}
            Err(error) => return place.signed_in.refuse(app, &error),
        }
    }
    shown_as(app, place, AssistedStep::Refused { noted }, None)
}

fn shown_as(app: &App, place: &Place, step: AssistedStep, problem: Option<AssistedProblem>) -> Response {
    let shown = AssistedPage { shell: place.shell(app, ""), base: place.base, step, problem };
    match shown.problem {
        None => page(&shown),
        Some(_) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown),
    }
}

/// The first screen, which tells the days of a pilot phase before anybody types.
fn card_step(app: &App, place: &Place, ins: String) -> AssistedStep {
    let (days, general) = crate::phase::first_days(app, place.signed_in.visitor.lang);
    AssistedStep::Card { ins, days, general }
}

/// The person of the number that was typed or read, whose *caisse* opens already; else the first screen with what is wrong.
async fn read(app: &App, place: &Place, form: &AssistedForm) -> Result<Card, Box<Response>> {
    let again = |problem| Box::new(shown_as(app, place, card_step(app, place, form.ins.chars().take(64).collect()), Some(problem)));
    let typed: String = form.ins.chars().filter(|sign| !sign.is_whitespace()).collect();
    let ins = read_ins(&typed, app.service.config().mode).map_err(|problem| again(AssistedProblem::Ins(problem)))?;
    let holder = match known(app, &ins).await {
        Ok(Some(holder)) => holder,
        Ok(None) => return Err(again(AssistedProblem::Unknown)),
        Err(_) => return Err(again(AssistedProblem::Unavailable)),
    };
    match app.service.opens_yet(holder.caisse.as_ref()) {
        Ok(()) => Ok(Card { ins, holder }),
        Err(Error::NotYet(not_yet)) => Err(again(AssistedProblem::NotYet(not_yet))),
        Err(error) => Err(Box::new(place.signed_in.refuse(app, &error))),
    }
}

fn answers(place: &Place, form: &AssistedForm) -> AssistedAnswers {
    let channels = place.signed_in.session.caller.channels().to_vec();
    let told = Channel::from_code(&form.channel).filter(|channel| channels.contains(channel));
    AssistedAnswers {
        consent: form.consent.is_some(),
        emergency: EmergencyChoices {
            regulation_centre: form.regulation_centre.is_some(),
            break_glass: form.break_glass.is_some(),
            masked_in_emergency: form.masked_in_emergency.is_some(),
        },
        channel: told.or_else(|| channels.first().copied()).unwrap_or(Channel::Online),
        channels,
        reason: form.reason.trim().chars().take(200).collect(),
        representative: AssistedRepresentative {
            given: name_of(&form.representative_given),
            family: name_of(&form.representative_family),
            role: FamilyRole::from_code(&form.representative_role),
        },
    }
}

/// A name as it is kept: without what no name has.
fn name_of(typed: &str) -> String {
    typed.trim().chars().filter(|sign| !sign.is_control()).take(NAME_MAX).collect()
}

/// Who agrees for the person, when it is told whole; `Err`: a minor's is missing, or a part of it.
fn representative(minor: bool, typed: &AssistedRepresentative) -> Result<Option<AgreedBy>, AssistedProblem> {
    let AssistedRepresentative { given, family, role } = typed;
    match role {
        None if given.is_empty() && family.is_empty() && !minor => Ok(None),
        Some(role) if !given.is_empty() && !family.is_empty() => {
            Ok(Some(AgreedBy { name: PersonName::new(given.clone(), family.clone()), role: *role, on_paper: false }))
        }
        Some(_) | None => Err(AssistedProblem::RepresentativeMissing),
    }
}

/// No tick, no record (EX_1.1-1010); a nurse's reason; and who agrees for a minor.
fn agreed(app: &App, place: &Place, card: &Card, answers: &AssistedAnswers) -> Result<(), Box<Response>> {
    let problem = if !answers.consent {
        AssistedProblem::ConsentMissing
    } else if answers.channel == Channel::Nurse && answers.reason.is_empty() {
        AssistedProblem::ReasonMissing
    } else if let Err(problem) = representative(is_minor(app, card), &answers.representative) {
        problem
    } else {
        return Ok(());
    };
    let step = AssistedStep::Consent { person: person(app, card), answers: answers.clone() };
    Err(Box::new(shown_as(app, place, step, Some(problem))))
}

/// What went wrong when the record was to be opened: said where the person still stands.
fn failed(app: &App, place: &Place, form: &AssistedForm, error: Error) -> Response {
    let problem = match error {
        Error::Conflict("record-exists") => AssistedProblem::Exists,
        Error::NotYet(not_yet) => AssistedProblem::NotYet(not_yet),
        error => return place.signed_in.refuse(app, &error),
    };
    shown_as(app, place, card_step(app, place, form.ins.chars().take(64).collect()), Some(problem))
}

/// The person as the screens show them.
fn person(app: &App, card: &Card) -> AssistedPerson {
    let traits = &card.holder.traits;
    AssistedPerson {
        name: traits.shown_name().display(),
        birth_date: traits.birth_date,
        sex: traits.sex,
        ins: card.ins.matricule().to_owned(),
        minor: is_minor(app, card),
    }
}

fn is_minor(app: &App, card: &Card) -> bool {
    card.holder.traits.is_minor(app.service.now())
}

/// How the person is reached. SECURITY: what the insurer knows is taken over without being shown.
fn contact_of(card: &Card, form: &AssistedForm) -> Result<Contact, AssistedProblem> {
    let known = &card.holder.contact;
    match ContactChoice::from_code(&form.contact).ok_or(AssistedProblem::ContactMissing)? {
        ContactChoice::Known => Ok(known.clone()),
        ContactChoice::None => Ok(Contact { address: known.address.clone(), ..Contact::default() }),
        ContactChoice::Own => {
            let email = read_email(&form.email).map_err(|_| AssistedProblem::EmailWrong)?;
            let mobile = read_mobile(&form.mobile).map_err(|_| AssistedProblem::MobileWrong)?;
            if email.is_none() && mobile.is_none() {
                return Err(AssistedProblem::ContactMissing);
            }
            Ok(Contact { email, mobile, address: known.address.clone() })
        }
    }
}

/// How consent was expressed, and by whom for the person.
fn evidence(answers: &AssistedAnswers) -> ConsentEvidence {
    // What is not whole was refused before.
    let agreed = representative(false, &answers.representative).unwrap_or(None);
    agreed.map_or(ConsentEvidence::Oral, ConsentEvidence::OfRepresentative)
}

fn new_record(card: &Card, answers: &AssistedAnswers, contact: Contact) -> NewRecord {
    NewRecord {
        ins: card.ins.clone(),
        traits: card.holder.traits.clone(),
        channel: answers.channel,
        consent: answers.consent.then(|| evidence(answers)),
        emergency: answers.emergency,
        team_consent: false,
        scheme: None,
        caisse: card.holder.caisse.clone(),
        department: None,
        reason: (answers.channel == Channel::Nurse).then(|| answers.reason.clone()),
        contact: (contact != Contact::default()).then_some(contact),
        representatives: Vec::new(),
    }
}
