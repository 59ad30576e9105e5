//! Lots in one transaction (ITI-65), some of whose documents replace what is hidden.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Maker, cda};
use crate::ask::{Ask, Entrance};
use crate::cast::Who;
use crate::content;
use crate::world::{Whose, World};

/// A document and a lot as the server renders them, to make others of.
#[derive(Debug, Clone)]
pub(super) struct Template {
    whose: Whose,
    token: String,
    document: Value,
    set: Value,
}

const SET: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000001";
const FOLDER: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000002";
const DOCUMENT: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000003";
const CONTENT: &str = "urn:uuid:aaaaaaaa-0000-4000-8000-000000000004";
/// Number of the document that a template is made of.
const FIRST: u32 = 9_000;

/// Publishes one document for Claire and one for Tom, in both worlds alike.
pub(super) async fn templates(without: &World, with: &World) -> Vec<Template> {
    let mut templates = Vec::new();
    for (place, whose) in [Whose::Claire, Whose::Tom].into_iter().enumerate() {
        let ins = with.ins(whose);
        let token = format!("urn:oid:{}|{}", ins.authority().oid(), ins.matricule());
        let number = FIRST + u32::try_from(place).unwrap_or(0);
        let document = super::simplified(&token, number, None);
        let mut made = None;
        for world in [without, with] {
            let published = asked(world, "POST", "/fhir/DocumentReference".to_owned(), document.to_string()).await;
            let sets = format!("/fhir/List?patient.identifier={}&status=current&code=submissionset&_count=1", super::encoded(&token));
            let sets = asked(world, "GET", sets, String::new()).await;
            made.get_or_insert((published, sets["entry"][0]["resource"].clone()));
        }
        if let Some((document, set)) = made.filter(|(document, set)| document["id"].is_string() && set["id"].is_string()) {
            templates.push(Template { whose, token, document, set });
        }
    }
    assert_eq!(templates.len(), 2, "a document and its lot are given back");
    templates
}

async fn asked(world: &World, method: &'static str, path: String, body: String) -> Value {
    let headers = if body.is_empty() { Vec::new() } else { vec![("content-type", "application/fhir+json".to_owned())] };
    let ask = Ask { who: Who::Attending, entrance: Entrance::Fhir, method, path, other_path: None, headers, body, touches: false, follow: false };
    serde_json::from_slice(&world.send(&ask, &ask.path).await.body).unwrap_or_default()
}

impl Maker<'_> {
    /// A lot of one document, perhaps in a folder, perhaps with a patch of what it replaces.
    pub(super) fn lot(&mut self) -> Ask {
        let known = self.known();
        let template = self.pool.lots.iter().find(|template| template.whose == known.whose).or(self.pool.lots.last()).cloned();
        let template = template.expect("a template");
        self.pool.published += 1;
        let number = self.pool.published;
        let text = cda(&template.token, number);
        let set = list(&template.set, &format!("{}.8", content::unique_id(number)), "submissionset", "Lot");
        let folder = list(&template.set, &format!("{}.9", content::unique_id(number)), "folder", "Chemise");
        let mut document = template.document;
        document["masterIdentifier"]["value"] = json!(content::unique_id(number));
        document["identifier"] = json!([]);
        let attachment = &mut document["content"][0]["attachment"];
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &text);
        attachment["size"] = json!(text.len());
        attachment["hash"] = json!(STANDARD.encode(digest));
        attachment["url"] = json!(CONTENT);
        if self.draw.chance(85) {
            document["relatesTo"] = json!([{ "code": "replaces", "target": self.target(&known) }]);
        }
        let content = json!({ "resourceType": "Binary", "contentType": "text/xml", "data": STANDARD.encode(text) });
        let mut entries = vec![posted(SET, set, "List")];
        if self.draw.chance(40) {
            entries.push(posted(FOLDER, folder, "List"));
        }
        entries.push(posted(DOCUMENT, document, "DocumentReference"));
        entries.push(posted(CONTENT, content, "Binary"));
        if self.draw.chance(50) {
            let word = *self.draw.pick(&["superseded", "superseded", "superseded", "entered-in-error"]);
            let patch = STANDARD.encode(format!(r#"[{{"op":"replace","path":"/status","value":"{word}"}}]"#));
            let url = match self.draw.below(3) {
                0 => format!("DocumentReference?identifier={}", known.unique_id),
                _ => format!("DocumentReference/{}", known.document),
            };
            let patch = json!({ "resourceType": "Binary", "contentType": "application/json-patch+json", "data": patch });
            entries.push(json!({ "resource": patch, "request": { "method": "PATCH", "url": url } }));
        }
        self.posted("/fhir".to_owned(), json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries }))
    }
}

fn posted(url: &str, mut resource: Value, kind: &str) -> Value {
    if let Some(fields) = resource.as_object_mut() {
        fields.remove("id");
    }
    json!({ "fullUrl": url, "resource": resource, "request": { "method": "POST", "url": kind } })
}

/// A lot or a folder after a rendered lot.
fn list(rendered: &Value, unique_id: &str, code: &str, title: &str) -> Value {
    let mut list = rendered.clone();
    list["identifier"] = json!([{ "use": "usual", "system": "urn:ietf:rfc:3986", "value": unique_id }]);
    list["extension"] = json!([
        { "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType",
          "valueCodeableConcept": { "coding": [{ "system": "urn:oid:1.2.250.1.213.2.2", "code": "07", "display": "Consultation" }] } },
        { "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId",
          "valueIdentifier": { "system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.250.1.213.1.1.9.993" } },
    ]);
    list["title"] = json!(title);
    list["code"]["coding"][0]["code"] = json!(code);
    list["entry"] = json!([{ "item": { "reference": DOCUMENT } }]);
    list
}
