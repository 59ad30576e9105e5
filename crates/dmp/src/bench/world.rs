//! The server under measure: a store of its own, records of 50 and 2,000 documents, a doctor who may read them.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use dmp_core::Mode;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::Ins;
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices};
use dmp_server::{App, AppConfig, Clients, Directory, prepare_document};
use dmp_service::{NewRecord, NewSet, PersonRef, Service, Submission};
use dmp_store::{OperatedStore, Sealing};
use dmp_synth::{Person, Professional, Town};
use http::Method;

use super::load::Shot;
use crate::commands::{DatabaseOptions, StoreOptions};
use crate::http::Connection;
use crate::{open, seed};

/// People that documents are published for, so that clients do not all wait for one record.
const PEOPLE: u32 = 256;
/// Documents of the two records that are listed.
const SMALL: usize = 50;
const LARGE: usize = 2_000;
/// Size of their documents.
const DOCUMENT_BYTES: usize = 4_096;

/// The server and what to ask of it.
#[derive(Debug)]
pub struct World {
    pub server: String,
    pub service: Service,
    pub doctor: Professional,
    token: String,
    store: Arc<dyn OperatedStore>,
    people: Vec<Ins>,
    small: Ins,
    large: Ins,
    binary: String,
    /// Documents ready to publish, by size: the unique identifier is put in for each.
    templates: Vec<(usize, String)>,
}

impl World {
    /// Builds the store and starts the server.
    pub async fn start(dir: &Path) -> Result<Self, String> {
        let options =
            StoreOptions { data: Some(dir.join("data")), database: DatabaseOptions::default(), root_key: None, production: false, json: false };
        let store = open::store(&options, Sealing::On).await?;
        let service = open::service(&store, open::config(&options)?);
        let town = Town::new(crate::demo::SEED, PEOPLE + 2, jiff::civil::date(2026, 1, 1));
        let doctor = town.professionals().iter().find(|one| one.profession.is_doctor()).cloned().ok_or("a town without a doctor")?;
        let mut people = Vec::new();
        for index in 0..PEOPLE + 2 {
            let person = town.person(index).ok_or("a town without people")?;
            open_record(&service, &person, &doctor).await?;
            people.push(person.ins);
        }
        let (large, small) = (people.pop().ok_or("nobody")?, people.pop().ok_or("nobody")?);
        fill(&service, &small, &doctor, SMALL).await?;
        let binary = fill(&service, &large, &doctor, LARGE).await?;
        let (server, token) = serve(&service, &store, &doctor).await?;
        let templates = [4_096, 30_000].into_iter().map(|size| Ok((size, template(&small, size)?))).collect::<Result<_, String>>()?;
        Ok(World { server, service, doctor, token, store, people, small, large, binary, templates })
    }

    /// Commits that the store has made.
    pub fn commits(&self) -> u64 {
        self.store.commits()
    }

    /// A publication for one of the people, with an identifier of its own.
    pub fn publish(&self, client: usize, number: u64, size: usize) -> Shot {
        let person = self.people.get((client * 7 + number as usize) % self.people.len()).unwrap_or(&self.small);
        let unique = format!("1.2.250.1.213.1.1.9.998.{size}.{client}.{number}");
        let template = self.template(size);
        let body = publication(&template, person, &unique);
        Shot { method: Method::POST, path: "/fhir/DocumentReference".to_owned(), headers: self.headers("application/fhir+json"), body: body.into() }
    }

    /// A document ready to publish, of a person of no name here.
    pub fn template(&self, size: usize) -> Template {
        let text = self.templates.iter().find(|(known, _)| *known == size).map(|(_, text)| text.clone()).unwrap_or_default();
        Template { text, matricule: self.small.matricule().to_owned() }
    }

    /// Somebody whose record no other figure uses.
    pub fn somebody(&self) -> Option<Ins> {
        self.people.last().cloned()
    }

    pub fn headers(&self, media_type: &str) -> Vec<(&'static str, String)> {
        vec![("authorization", format!("Bearer {}", self.token)), ("content-type", media_type.to_owned())]
    }

    /// A reading.
    pub fn get(&self, path: String) -> Shot {
        Shot { method: Method::GET, path, headers: self.headers("application/fhir+json"), body: Bytes::new() }
    }

    /// What is read: name and path.
    pub fn reads(&self) -> Vec<(String, String)> {
        let list = |ins: &Ins, count: usize| {
            format!("/fhir/DocumentReference?patient.identifier=urn:oid:{}|{}&status=current&_count={count}", ins.authority().oid(), ins.matricule())
                .replace('|', "%7C")
        };
        vec![
            ("td02".to_owned(), format!("/fhir/Patient?identifier=urn:oid:{}%7C{}", self.small.authority().oid(), self.small.matricule())),
            ("read".to_owned(), format!("/fhir/{}", self.binary)),
            ("list-50".to_owned(), list(&self.small, SMALL)),
            ("list-50-of-2000".to_owned(), list(&self.large, SMALL)),
        ]
    }

    /// Bytes of an answer, for the bare server to answer as many.
    pub async fn answer_size(&self, path: &str) -> Result<usize, String> {
        let mut connection = Connection::open(&self.server).await?;
        let authorization = format!("Bearer {}", self.token);
        let answer = connection.send(Method::GET, path, &[("authorization", &authorization)], Bytes::new()).await?;
        Ok(answer.body.len())
    }
}

/// A document whose unique identifier and person are put in for each publication.
#[derive(Debug, Clone)]
pub struct Template {
    text: String,
    matricule: String,
}

/// The body of a publication.
pub fn publication(template: &Template, person: &Ins, unique: &str) -> String {
    let document = template.text.replace(UNIQUE_MARK, unique).replace(&template.matricule, person.matricule());
    reference(person, unique, &document)
}

/// Stands in a template for the unique identifier.
const UNIQUE_MARK: &str = "1.2.250.1.213.1.1.9.998.0";

fn template(ins: &Ins, size: usize) -> Result<String, String> {
    String::from_utf8(sized(size, ins, UNIQUE_MARK)?).map_err(|error| error.to_string())
}

/// A CDA of about a size, made on one fixed day.
fn sized(size: usize, ins: &Ins, unique_id: &str) -> Result<Vec<u8>, String> {
    let made = dmp_core::Moment::parse_fhir("2026-01-01").ok_or("a day")?;
    dmp_synth::cda_of_size(size, ins, unique_id, made).ok_or_else(|| format!("no document of {size} bytes"))
}

fn reference(person: &Ins, unique: &str, document: &str) -> String {
    serde_json::json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{unique}") },
        "subject": { "identifier": { "system": format!("urn:oid:{}", person.authority().oid()), "value": person.matricule() } },
        "content": [{ "attachment": { "contentType": "text/xml", "data": base64(document.as_bytes()) } }],
    })
    .to_string()
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

async fn open_record(service: &Service, person: &Person, doctor: &Professional) -> Result<(), String> {
    let own = Caller { kind: CallerKind::Patient, account: person.ins.account(), ..seed::caller_of(doctor) };
    let minor = person.traits.is_minor(service.now());
    let opener = if minor { seed::opener(person, service.now()) } else { own.clone() };
    let new = NewRecord {
        ins: person.ins.clone(),
        traits: person.traits.clone(),
        channel: if minor { Channel::Counter } else { Channel::Online },
        consent: Some(if minor { ConsentEvidence::Oral } else { ConsentEvidence::Electronic }),
        emergency: EmergencyChoices::default(),
        team_consent: false,
        scheme: None,
        caisse: None,
        department: None,
        reason: None,
        contact: None,
        representatives: Vec::new(),
    };
    service.create_record(new, &opener).await.map_err(|error| error.to_string())?;
    let reference = PersonRef::Ins(person.ins.clone());
    service.authorise(&reference, &seed::habilitation(doctor), true, &own).await.map(|_| ()).map_err(|error| error.to_string())
}

/// Feeds a record; gives the address of one document's bytes.
pub async fn fill(service: &Service, ins: &Ins, doctor: &Professional, count: usize) -> Result<String, String> {
    let caller = seed::caller_of(doctor);
    let mut binary = String::new();
    for number in 0..count {
        let bytes = sized(DOCUMENT_BYTES, ins, &format!("1.2.250.1.213.1.1.9.997.{count}.{number}"))?;
        let incoming = prepare_document(bytes.into(), Mode::Sandbox).map_err(|issues| format!("{issues:?}"))?;
        let submission = Submission { set: NewSet::default(), documents: vec![incoming.document], folders: Vec::new() };
        let published = service.publish(&PersonRef::Ins(ins.clone()), &submission, &caller).await.map_err(|error| error.to_string())?;
        if let Some(entry) = published.entries.first() {
            binary = format!("Binary/{}", service.ids().seal_entry(dmp_service::IdKind::Binary, published.record, entry.id));
        }
    }
    Ok(binary)
}

async fn serve(service: &Service, store: &Arc<dyn OperatedStore>, doctor: &Professional) -> Result<(String, String), String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|error| error.to_string())?;
    let server = format!("http://{}", listener.local_addr().map_err(|error| error.to_string())?);
    let config = AppConfig { base_url: server.clone(), demo: false, version: env!("CARGO_PKG_VERSION").to_owned() };
    let app = App::new(service.clone(), config, &store.derive("access tokens"), Clients::default(), Directory::default());
    let token = app.token_for(&seed::caller_of(doctor), "user/*.cruds").ok_or("no token")?;
    tokio::spawn(async move { axum::serve(listener, dmp_server::router(app)).await });
    Ok((server, token))
}
