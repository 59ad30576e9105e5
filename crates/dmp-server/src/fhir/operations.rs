//! The record's own operations on Patient: open, close, open again, choices, the person's list of professionals.
//! Each is documented by an OperationDefinition made from the same table (`metadata.rs`).

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use dmp_core::Issue;
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Profession, PsIdNat, Sex};
use dmp_core::record::{AgreedBy, Channel, ConsentEvidence, Contact, EmergencyChoices, FamilyRole, Head};
use dmp_core::territory::Caisse;
use dmp_service::{Choice, Error, Habilitation, IdKind, NewRecord, PersonRef};
use serde_json::{Value, json};

use super::body::resource;
use super::law_operations as law;
use super::parameters::Parameters;
use super::summary;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `POST /fhir/Patient/$…`: the person is named by the parameter `identifier`. `POST /fhir/Patient/_search` has a route of its own.
pub(crate) async fn on_type(
    State(app): State<App>,
    asking: Asking,
    Path(operation): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let parameters = read(&app, &headers, &body).map_err(|error| asking.refusal(error))?;
    if summary::READING.contains(&operation.as_str()) {
        return summary::on_type(&app, &asking, &operation, parameters).await;
    }
    asking.may("Patient", 'u')?;
    let done = match (operation.as_str(), parameters.ins("identifier", app.service.config().mode)) {
        ("$dmp-open", _) => open(&app, &asking, &parameters).await,
        (_, Err(error)) => Err(error),
        ("$dmp-letter", Ok(ins)) => law::letter(&app, &asking, &ins).await,
        ("$dmp-object", Ok(ins)) => law::object(&app, &asking, &ins).await,
        (_, Ok(ins)) => run(&app, &asking, &operation, PersonRef::Ins(ins), &parameters).await,
    };
    answer(&asking, done)
}

/// `POST /fhir/Patient/{id}/$…`.
pub(crate) async fn on_instance(
    State(app): State<App>,
    asking: Asking,
    Path((id, operation)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    if summary::READING.contains(&operation.as_str()) {
        let parameters = read(&app, &headers, &body).map_err(|error| asking.refusal(error))?;
        let person = super::subject::person_of_id(&app, &id).map_err(|error| asking.refusal(error))?;
        return summary::answer(&app, &asking, &operation, person, &parameters).await;
    }
    asking.may("Patient", 'u')?;
    let done = match read(&app, &headers, &body) {
        Ok(parameters) => match super::subject::person_of_id(&app, &id) {
            Ok(person) => run(&app, &asking, &operation, person, &parameters).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    answer(&asking, done)
}

fn read(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Parameters, Error> {
    if body.is_empty() {
        return Ok(Parameters::default());
    }
    Ok(Parameters::new(resource(app, headers, body, "Parameters")?))
}

fn answer(asking: &Asking, done: Result<Value, Error>) -> Result<Response, Refusal> {
    let value = done.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::OK, value.to_string().into_bytes()))
}

async fn run(app: &App, asking: &Asking, operation: &str, person: PersonRef, parameters: &Parameters) -> Result<Value, Error> {
    let (service, caller) = (&app.service, &asking.caller);
    let head = match operation {
        "$dmp-close" => service.close_record(&person, parameters.text("reason").unwrap_or_default(), caller).await?,
        "$dmp-reactivate" => service.reactivate_record(&person, parameters.boolean("consent")?.unwrap_or(false), caller).await?,
        "$dmp-emergency-choices" => service.choose(&person, Choice::Emergency(emergency(parameters)?), caller).await?,
        "$dmp-mask-all" => service.choose(&person, Choice::MaskAll(parameters.required_boolean("masked")?), caller).await?,
        "$dmp-team-consent" => service.choose(&person, Choice::CareTeams(parameters.required_boolean("consent")?), caller).await?,
        "$dmp-occupational-consent" => service.choose(&person, Choice::OccupationalMedicine(parameters.required_boolean("consent")?), caller).await?,
        "$dmp-authorise" => service.authorise(&person, &professional(app, asking, parameters)?, false, caller).await?,
        "$dmp-medecin-traitant" => service.authorise(&person, &professional(app, asking, parameters)?, true, caller).await?,
        "$dmp-block" => service.block(&person, &professional(app, asking, parameters)?, caller).await?,
        "$dmp-revoke" => service.revoke(&person, &account(asking, parameters)?, caller).await?,
        "$dmp-unblock" => service.unblock(&person, &account(asking, parameters)?, caller).await?,
        "$dmp-administrator" => {
            let named = parameters.boolean("administrator")?.unwrap_or(true);
            service.name_administrator(&person, &account(asking, parameters)?, named, caller).await?
        }
        "$dmp-end-medecin-traitant" => service.end_medecin_traitant(&person, &account(asking, parameters)?, caller).await?,
        _ => return law::run(app, asking, operation, person, parameters).await,
    };
    Ok(state(&head))
}

/// The administrative state after an operation: nothing clinical, nobody named.
pub(super) fn state(head: &Head) -> Value {
    let open = matches!(head.status, dmp_core::record::RecordStatus::Open);
    json!({ "resourceType": "Parameters", "parameter": [
        { "name": "active", "valueBoolean": open },
        { "name": "regulation-centre", "valueBoolean": head.emergency.regulation_centre },
        { "name": "break-glass", "valueBoolean": head.emergency.break_glass },
        { "name": "masked-in-emergency", "valueBoolean": head.emergency.masked_in_emergency },
        { "name": "all-masked", "valueBoolean": head.all_masked },
        { "name": "team-consent", "valueBoolean": head.team_consent_at.is_some() },
        { "name": "professionals", "valueInteger": head.authorisations.len() },
    ]})
}

fn emergency(parameters: &Parameters) -> Result<EmergencyChoices, Error> {
    let usual = EmergencyChoices::default();
    Ok(EmergencyChoices {
        regulation_centre: parameters.boolean("regulation-centre")?.unwrap_or(usual.regulation_centre),
        break_glass: parameters.boolean("break-glass")?.unwrap_or(usual.break_glass),
        masked_in_emergency: parameters.boolean("masked-in-emergency")?.unwrap_or(usual.masked_in_emergency),
    })
}

/// The account that a `professional` parameter names; the caller's own when it is absent.
fn account(asking: &Asking, parameters: &Parameters) -> Result<String, Error> {
    let Some(text) = parameters.identifier("professional") else {
        return Ok(asking.caller.account.clone());
    };
    let id = if text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit()) { format!("8{text}") } else { text.to_owned() };
    let id = PsIdNat::parse(&id).map_err(|_| parameters.wrong("professional", "PS_IdNat, RPPS"))?;
    Ok(format!("ps:{}", id.as_str()))
}

/// The professional as the person's list will keep them: from the directory, else from the parameters.
fn professional(app: &App, asking: &Asking, parameters: &Parameters) -> Result<Habilitation, Error> {
    let account = account(asking, parameters)?;
    if let Some(known) = app.directory.professional(&account) {
        return Ok(crate::patient_site::habilitation(known));
    }
    if account == asking.caller.account
        && let (Some(name), Some(profession)) = (&asking.caller.name, &asking.caller.profession)
    {
        return Ok(Habilitation { account, name: name.clone(), profession: profession.clone(), structure: asking.caller.structure.clone() });
    }
    let profession = parameters.text("profession").ok_or_else(|| parameters.missing("profession"))?;
    Ok(Habilitation {
        account,
        name: PersonName::new(parameters.text("given").unwrap_or_default(), parameters.text("family").ok_or_else(|| parameters.missing("family"))?),
        profession: Profession::parse(profession).map_err(|_| parameters.wrong("profession", "G15/10"))?,
        structure: None,
    })
}

async fn open(app: &App, asking: &Asking, parameters: &Parameters) -> Result<Value, Error> {
    let ins: Ins = parameters.ins("identifier", app.service.config().mode)?;
    let channel = match parameters.text("channel") {
        Some(code) => Channel::from_code(code)
            .ok_or_else(|| parameters.wrong("channel", "EN_LIGNE, CPAM, OFFICINE, INFIRMIER, PS_LIBERAL, ETABLISSEMENT, AUTOMATIQUE_ENS"))?,
        // Who has no channel is refused by the law, whatever stands here.
        None => asking.caller.channels().first().copied().unwrap_or(Channel::Online),
    };
    let caisse = match parameters.text("caisse") {
        Some(code) => Some(Caisse::parse(code).map_err(|_| Error::invalid(finding("caisse-unknown", "caisse")))?),
        None => app.directory.caisse(&ins),
    };
    let consent = match parameters.text("consent") {
        None => None,
        Some("oral") => Some(ConsentEvidence::Oral),
        Some("electronic") => Some(ConsentEvidence::Electronic),
        Some("written") => Some(ConsentEvidence::Written),
        Some("no-objection") => Some(ConsentEvidence::NoObjection),
        Some(_) => return Err(parameters.wrong("consent", "oral, electronic, written, no-objection")),
    };
    let consent = consent.map(|evidence| agreed_by(evidence, parameters)).transpose()?;
    let traits = match app.directory.traits(&ins) {
        Some(known) if parameters.text("birth-family").is_none() => known,
        Some(_) | None => traits(parameters)?,
    };
    let contact = Contact {
        email: parameters.text("email").map(str::to_owned),
        mobile: parameters.text("mobile").map(str::to_owned),
        address: parameters.text("address").map(str::to_owned),
    };
    let text = |name: &str| parameters.text(name).map(str::to_owned);
    let new = NewRecord {
        ins,
        traits,
        channel,
        consent,
        emergency: emergency(parameters)?,
        team_consent: parameters.boolean("team-consent")?.unwrap_or(false),
        scheme: text("scheme"),
        caisse,
        department: text("department"),
        reason: text("reason"),
        contact: (contact != Contact::default()).then_some(contact),
        representatives: Vec::new(),
    };
    let opened = app.service.create_record(new, &asking.caller).await?;
    let id = app.service.ids().seal_record(IdKind::Patient, opened.record);
    Ok(json!({ "resourceType": "Parameters", "parameter": [
        { "name": "patient", "valueReference": { "reference": format!("Patient/{id}") } },
        { "name": "receipt", "valueString": opened.receipt },
        { "name": "date", "valueInstant": opened.at.to_instant() },
    ]}))
}

/// The consent, with who gave it for a minor or a protected adult when that is told: name and role together.
fn agreed_by(evidence: ConsentEvidence, parameters: &Parameters) -> Result<ConsentEvidence, Error> {
    let given = ["representative-family", "representative-given", "representative-role"].map(|name| parameters.text(name));
    if given.iter().all(Option::is_none) {
        return Ok(evidence);
    }
    let on_paper = match evidence {
        ConsentEvidence::Oral => false,
        ConsentEvidence::Written => true,
        ConsentEvidence::Electronic | ConsentEvidence::NoObjection | ConsentEvidence::OfRepresentative(_) => {
            return Err(parameters.wrong("consent", "oral, written: agreed by who represents the person"));
        }
    };
    let required = |name: &str| parameters.text(name).ok_or_else(|| parameters.missing(name));
    let role = FamilyRole::from_code(required("representative-role")?);
    let role = role.ok_or_else(|| parameters.wrong("representative-role", &FamilyRole::ALL.map(FamilyRole::code).join(", ")))?;
    let name = PersonName::new(required("representative-given")?, required("representative-family")?);
    Ok(ConsentEvidence::OfRepresentative(AgreedBy { name, role, on_paper }))
}

pub(super) fn traits(parameters: &Parameters) -> Result<IdentityTraits, Error> {
    let required = |name: &str| parameters.text(name).ok_or_else(|| parameters.missing(name));
    let sex = match required("gender")? {
        "female" => Sex::Female,
        "male" => Sex::Male,
        "unknown" | "other" => Sex::Unknown,
        _ => return Err(parameters.wrong("gender", "female, male, unknown")),
    };
    let birth_date = BirthDate::parse(required("birth-date")?).ok_or_else(|| parameters.wrong("birth-date", "YYYY-MM-DD"))?;
    let used = match (parameters.text("used-given"), parameters.text("used-family")) {
        (None, None) => None,
        (given, family) => Some(PersonName::new(given.unwrap_or_default(), family.unwrap_or_default())),
    };
    Ok(IdentityTraits {
        birth_name: PersonName::new(required("birth-given")?, required("birth-family")?),
        used_name: used,
        birth_date,
        sex,
        birth_place: required("birth-place")?.to_owned(),
    })
}

/// A finding about a parameter, for the table that documents them.
pub(crate) fn finding(code: &str, name: &str) -> Issue {
    Issue::error(code).at(format!("Parameters.parameter.where(name='{name}')"))
}
