//! The operations on Patient that few people ever need: who acts for the person, suspension, death, archive, identity, letters.

use dmp_core::identity::{Ins, PersonName};
use dmp_core::record::{Contact, Language, NoticeKind, PaperKind, PaperWay, RepresentativeKind, Rhythm, Scope};
use dmp_service::{Error, IdentityOutcome, IdentityWish, MandateRef, NewMandate, NoticeWish, PaperWish, PersonRef};
use serde_json::{Value, json};

use super::operations::state;
use super::parameters::Parameters;
use crate::App;
use crate::caller::Asking;

pub(super) async fn run(app: &App, asking: &Asking, operation: &str, person: PersonRef, parameters: &Parameters) -> Result<Value, Error> {
    let (service, caller, mode) = (&app.service, &asking.caller, app.service.config().mode);
    let other = |name: &str| parameters.ins(name, mode);
    let head = match operation {
        "$dmp-record-team-consent" => service.record_team_consent(&person, caller).await?,
        "$dmp-update-contact" => service.update_contact(&person, &contact(parameters), caller).await?,
        "$dmp-notices" => service.set_notices(&person, &notices(parameters)?, caller).await?,
        "$dmp-represent" => service.declare_representative(&person, &mandate(parameters, other("representative")?)?, caller).await?,
        "$dmp-end-representation" => {
            let account = account(asking, parameters, "representative", mode)?;
            service.end_representation(&person, MandateRef { account: &account, kind: kind(parameters)? }, caller).await?
        }
        "$dmp-invite-helper" => service.invite_helper(&person, &mandate(parameters, other("helper")?)?, caller).await?,
        "$dmp-answer-invitation" => service.answer_invitation(&person, parameters.required_boolean("accepted")?, caller).await?,
        "$dmp-end-helper" => service.end_helper(&person, &account(asking, parameters, "helper", mode)?, caller).await?,
        "$dmp-hand-out-codes" => return hand_out_codes(app, asking, &person, parameters).await,
        "$dmp-report-death" => service.report_death(&person, caller).await?,
        "$dmp-withdraw-death-report" => service.withdraw_death_report(&person, caller).await?,
        "$dmp-suspend" => service.suspend_record(&person, parameters.text("reason").unwrap_or_default(), caller).await?,
        "$dmp-object-to-suspension" => service.object_to_suspension(&person, caller).await?,
        "$dmp-lift-suspension" => service.lift_suspension(&person, caller).await?,
        "$dmp-request-destruction" => service.request_destruction(&person, caller).await?,
        "$dmp-paper" => service.order_paper(&person, &paper(parameters)?, caller).await?,
        "$dmp-cancel-opening" => {
            let account = service.cancel_opening(&person, caller).await?;
            crate::caller::end_sessions(app, &account, None).await;
            return Ok(said("cancelled", true));
        }
        "$dmp-destroy" => {
            service.destroy_record(&person, caller).await?;
            return Ok(said("destroyed", true));
        }
        "$dmp-correct-ins" => {
            let traits = parameters.text("birth-family").map(|_| super::operations::traits(parameters)).transpose()?;
            let wish = IdentityWish::CorrectIns { ins: other("ins")?, traits, keep_old: parameters.boolean("keep-old")?.unwrap_or(false) };
            return identity(app, asking, &person, &wish).await;
        }
        "$dmp-merge" => return identity(app, asking, &person, &IdentityWish::Merge(PersonRef::Ins(other("other")?))).await,
        "$dmp-unmerge" => return identity(app, asking, &person, &IdentityWish::Unmerge(PersonRef::Ins(other("other")?))).await,
        _ => return Err(Error::NotFound("operation-not-found")),
    };
    Ok(state(&head))
}

async fn identity(app: &App, asking: &Asking, person: &PersonRef, wish: &IdentityWish) -> Result<Value, Error> {
    Ok(match app.service.change_identity(person, wish, &asking.caller).await? {
        IdentityOutcome::Proposed => said("proposed", true),
        IdentityOutcome::Done => said("done", true),
    })
}

/// `$dmp-hand-out-codes`: the sheet, to be printed now. Whoever was signed in to the account by another way signs in anew.
async fn hand_out_codes(app: &App, asking: &Asking, person: &PersonRef, parameters: &Parameters) -> Result<Value, Error> {
    let mode = app.service.config().mode;
    let holder = parameters.identifier("holder").map(|_| parameters.ins("holder", mode)).transpose()?;
    let sheet = app.service.hand_out_codes(person, holder.as_ref(), parameters.text("proof"), &asking.caller).await?;
    crate::caller::end_sessions(app, &sheet.account, None).await;
    let mut parameter = vec![
        json!({ "name": "name", "valueString": sheet.name.display() }),
        json!({ "name": "identifier", "valueString": sheet.identifier.as_str() }),
        json!({ "name": "date", "valueInstant": sheet.issued_at.to_instant() }),
    ];
    parameter.extend(sheet.codes.iter().map(|code| json!({ "name": "code", "valueString": code })));
    Ok(json!({ "resourceType": "Parameters", "parameter": parameter }))
}

/// `$dmp-letter`: the letter that announces a record goes now; what it has to say.
pub(super) async fn letter(app: &App, asking: &Asking, ins: &Ins) -> Result<Value, Error> {
    let letter = app.service.record_letter(ins, &asking.caller).await?;
    Ok(json!({ "resourceType": "Parameters", "parameter": [
        { "name": "sent", "valueInstant": letter.sent_at.to_instant() },
        { "name": "opens-from", "valueInstant": letter.opens_from.to_instant() },
    ]}))
}

/// `$dmp-object`: keeps a refusal.
pub(super) async fn object(app: &App, asking: &Asking, ins: &Ins) -> Result<Value, Error> {
    app.service.object_to_opening(ins, &asking.caller).await?;
    Ok(said("refused", true))
}

fn said(name: &str, value: bool) -> Value {
    json!({ "resourceType": "Parameters", "parameter": [{ "name": name, "valueBoolean": value }] })
}

fn notices(parameters: &Parameters) -> Result<NoticeWish, Error> {
    let language = parameters.text("language").map(|text| Language::from_code(text).ok_or_else(|| parameters.wrong("language", "fr, en")));
    let rhythm = parameters.text("rhythm").map(|text| Rhythm::from_code(text).ok_or_else(|| parameters.wrong("rhythm", "at-once, daily, weekly")));
    let kind = |code: &str| {
        let optional: Vec<&str> = NoticeKind::ALL.into_iter().filter(|kind| kind.is_optional()).map(NoticeKind::code).collect();
        NoticeKind::from_code(code).filter(|kind| kind.is_optional()).ok_or_else(|| parameters.wrong("kinds", &optional.join(", ")))
    };
    let codes = |text: &str| text.split(',').map(str::trim).filter(|code| !code.is_empty()).map(kind).collect::<Result<Vec<_>, _>>();
    Ok(NoticeWish { language: language.transpose()?, rhythm: rhythm.transpose()?, told: parameters.text("kinds").map(codes).transpose()? })
}

fn paper(parameters: &Parameters) -> Result<PaperWish, Error> {
    let kind = |code: &str| PaperKind::from_code(code).ok_or_else(|| parameters.wrong("what", "summary, access, journal, closing"));
    let what = parameters.text("what").ok_or_else(|| parameters.missing("what"))?;
    let what = what.split(',').map(str::trim).filter(|code| !code.is_empty()).map(kind).collect::<Result<Vec<_>, _>>()?;
    let way = parameters.text("way").map(|code| PaperWay::from_code(code).ok_or_else(|| parameters.wrong("way", "post, counter")));
    let language = parameters.text("language").map(|text| Language::from_code(text).ok_or_else(|| parameters.wrong("language", "fr, en")));
    let lines = parameters.text("address").unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(PaperWish {
        what,
        way: way.transpose()?.unwrap_or(PaperWay::Post),
        language: language.transpose()?.unwrap_or_default(),
        address: lines.map(str::to_owned).collect(),
    })
}

fn contact(parameters: &Parameters) -> Contact {
    let text = |name: &str| parameters.text(name).map(str::to_owned);
    Contact { email: text("email"), mobile: text("mobile"), address: text("address") }
}

fn kind(parameters: &Parameters) -> Result<RepresentativeKind, Error> {
    match parameters.text("kind") {
        None | Some("parent") => Ok(RepresentativeKind::Parent),
        Some("guardian") => Ok(RepresentativeKind::Guardian),
        Some(_) => Err(parameters.wrong("kind", "parent, guardian")),
    }
}

fn mandate(parameters: &Parameters, ins: Ins) -> Result<NewMandate, Error> {
    let scope = match parameters.text("scope") {
        None | Some("person") => Scope::Person,
        Some("property") => Scope::Property,
        Some("assistance") => Scope::Assistance,
        Some(_) => return Err(parameters.wrong("scope", "person, property, assistance")),
    };
    let family = parameters.text("family").ok_or_else(|| parameters.missing("family"))?;
    Ok(NewMandate {
        ins,
        name: PersonName::new(parameters.text("given").unwrap_or_default(), family),
        kind: kind(parameters)?,
        scope,
        from: parameters.moment("start")?,
        until: parameters.moment("end")?,
        proof: parameters.text("proof").map(str::to_owned),
    })
}

/// The account of the person whom a parameter names; the caller's own when it is absent.
fn account(asking: &Asking, parameters: &Parameters, name: &str, mode: dmp_core::Mode) -> Result<String, Error> {
    if parameters.identifier(name).is_none() {
        return Ok(asking.caller.account.clone());
    }
    Ok(parameters.ins(name, mode)?.account())
}
