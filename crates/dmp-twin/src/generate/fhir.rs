//! Requests at the FHIR door about documents, lots, the journal and access.

use super::patch::patch_body;
use super::{Known, Maker, encoded, part, simplified};
use crate::ask::{Ask, Entrance};
use crate::draw::Draw;
use crate::world::{FORM, Whose};

impl Maker<'_> {
    pub(super) fn search(&mut self) -> Ask {
        let whose = self.whose();
        let mut query = format!(
            "{}&status={}",
            self.patient(whose),
            self.draw.pick(&["current", "current,superseded", "current,superseded,entered-in-error", "superseded", "entered-in-error"])
        );
        for _ in 0..self.draw.below(4) {
            let known = self.known();
            let criterion = self.criterion(&known);
            query.push('&');
            query.push_str(&criterion);
        }
        if self.draw.chance(50) {
            query.push_str(&format!("&_count={}", 1 + self.draw.below(4)));
        }
        self.searched("/fhir/DocumentReference", query)
    }

    fn searched(&mut self, base: &str, query: String) -> Ask {
        let post = self.draw.chance(30);
        let mut ask = if post {
            self.made(Entrance::Fhir, "POST", format!("{base}/_search"))
        } else {
            self.made(Entrance::Fhir, "GET", format!("{base}?{query}"))
        };
        if post {
            ask.headers.push(("content-type", FORM.to_owned()));
            ask.body = query;
        }
        ask.follow = true;
        ask
    }

    fn criterion(&mut self, known: &Known) -> String {
        let modifier = *self.draw.pick(&["", ":exact", ":contains"]);
        let prefix = *self.draw.pick(&["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"]);
        let date = |text: &str, draw: &mut Draw| format!("{prefix}{}", if draw.chance(50) { &text[..10] } else { text });
        let (name, value) = match self.draw.below(30) {
            0 | 1 => ("type".to_owned(), known.type_code.clone()),
            2 => ("type".to_owned(), format!("http://loinc.org|{}", known.type_code)),
            3 => ("category".to_owned(), known.class.clone()),
            4 => ("setting".to_owned(), known.setting.clone()),
            5 => ("facility".to_owned(), known.facility.clone()),
            6 => ("format".to_owned(), known.format.clone()),
            7 => ("event".to_owned(), known.event.clone()),
            8 => ("security-label".to_owned(), known.labels.first().copied().unwrap_or("N").to_owned()),
            9 | 10 => ("identifier".to_owned(), format!("urn:ietf:rfc:3986|{}", known.unique_id)),
            11 => ("identifier".to_owned(), known.entry_uuid.clone()),
            12 => ("creation".to_owned(), date(&known.created, self.draw)),
            13 => ("date".to_owned(), date(&known.submitted, self.draw)),
            14 => ("period".to_owned(), date(&known.created, self.draw)),
            15 => ("period-start".to_owned(), date(&known.created, self.draw)),
            16 => ("period-end".to_owned(), date(&known.created, self.draw)),
            17 => ("_lastUpdated".to_owned(), date(&known.submitted, self.draw)),
            18 => ("isArchived".to_owned(), (*self.draw.pick(&["true", "false"])).to_owned()),
            19 | 20 => ("relatesto".to_owned(), format!("DocumentReference/{}", known.document)),
            21 => ("related".to_owned(), known.reference.clone()),
            22 => (format!("author.family{modifier}"), part(&known.family, self.draw)),
            23 => (format!("author.given{modifier}"), part(&known.given, self.draw)),
            24 => ("author.identifier".to_owned(), known.author.clone()),
            25 => ("author".to_owned(), format!("Practitioner/{}", known.author)),
            26 | 27 => ("_id".to_owned(), format!("{},{}", known.document, self.pool.visible.first().map_or("A", |one| one.document.as_str()))),
            // What is not known is refused by name, whatever it would have found.
            28 => ("title".to_owned(), known.title.clone()),
            _ => (
                (*self.draw.pick(&["_total", "_summary", "_include", "_has:Observation:subject:code", "_sort", "_filter", "_elements"])).to_owned(),
                known.type_code.clone(),
            ),
        };
        format!("{name}={}", encoded(&value))
    }

    pub(super) fn lists(&mut self) -> Ask {
        if self.draw.chance(35) {
            let known = self.known();
            let id = if self.draw.chance(80) { known.list } else { known.document };
            return self.made(Entrance::Fhir, "GET", format!("/fhir/List/{id}"));
        }
        let whose = self.whose();
        let mut query = format!("{}&status=current", self.patient(whose));
        for _ in 0..self.draw.below(3) {
            let known = self.known();
            let prefix = *self.draw.pick(&["", "ne", "gt", "le"]);
            let (name, value) = match self.draw.below(9) {
                0 => ("code", (*self.draw.pick(&["submissionset", "folder"])).to_owned()),
                1 => ("identifier", known.set_unique_id),
                2 => ("title", known.set_title),
                3 => ("title:contains", known.folder_title.unwrap_or_else(|| "serv".to_owned())),
                4 => ("date", format!("{prefix}{}", &known.submitted[..10])),
                5 => ("designationType", (*self.draw.pick(&["03", "04", "ENFANT"])).to_owned()),
                6 => ("_id", known.list),
                7 => ("source.family", "FICTIF".to_owned()),
                _ => ("sourceId", "1.2.250.1.213.1.1.9.510".to_owned()),
            };
            query.push_str(&format!("&{name}={}", encoded(&value)));
        }
        if self.draw.chance(50) {
            query.push_str(&format!("&_count={}", 1 + self.draw.below(3)));
        }
        self.searched("/fhir/List", query)
    }

    pub(super) fn by_id(&mut self) -> Ask {
        let known = self.known();
        let id = match self.draw.below(8) {
            0 => known.binary,
            1 => known.list,
            2 => known.unique_id,
            _ => known.document,
        };
        self.made(Entrance::Fhir, "GET", format!("/fhir/DocumentReference/{id}"))
    }

    pub(super) fn binary(&mut self) -> Ask {
        let known = self.known();
        let id = if self.draw.chance(90) { known.binary } else { known.document };
        let mut ask = self.made(Entrance::Fhir, "GET", format!("/fhir/Binary/{id}"));
        ask.headers.retain(|(name, _)| *name != "accept");
        match self.draw.below(8) {
            0 => ask.headers.push(("range", "bytes=0-9".to_owned())),
            1 => ask.headers.push(("range", "bytes=-5".to_owned())),
            2 => ask.headers.push(("range", "bytes=99999-".to_owned())),
            3 => ask.headers.push(("if-none-match", known.etag)),
            4 => ask.headers.push(("accept", "application/fhir+json".to_owned())),
            5 => ask.headers.push(("accept", "image/png".to_owned())),
            6 => ask.headers.push(("accept", "application/fhir+xml".to_owned())),
            _ => {}
        }
        ask
    }

    pub(super) fn patch(&mut self) -> Ask {
        let known = self.known();
        let path = match self.draw.below(6) {
            0 => format!("/fhir/DocumentReference?identifier={}", encoded(&format!("urn:ietf:rfc:3986|{}", known.unique_id))),
            1 => format!("/fhir/DocumentReference?identifier={}", encoded(&known.unique_id)),
            2 => {
                let token = self.token(known.whose);
                format!("/fhir/DocumentReference?identifier={}&patient.identifier={}", encoded(&known.entry_uuid), encoded(&token))
            }
            3 => {
                let token = self.token(known.whose);
                format!("/fhir/DocumentReference?identifier={}&patient.identifier={}", encoded(&known.unique_id), encoded(&token))
            }
            _ => format!("/fhir/DocumentReference/{}", known.document),
        };
        let mut ask = self.made(Entrance::Fhir, "PATCH", path);
        let (media_type, body) = patch_body(self.draw);
        ask.headers.push(("content-type", media_type.to_owned()));
        ask.body = body;
        if self.draw.chance(25) {
            ask.headers.push(("if-match", (*self.draw.pick(&["W/\"1\"", "W/\"2\"", "W/\"9\"", "*", "x"])).to_owned()));
        }
        ask
    }

    pub(super) fn publish(&mut self) -> Ask {
        let known = self.known();
        let whose = if self.draw.chance(80) { known.whose } else { self.whose() };
        self.pool.published += 1;
        let number = self.pool.published;
        let target = self.target(&known);
        let replaces = self.draw.chance(85).then_some(target);
        let mut resource = simplified(&self.token(whose), number, replaces);
        if self.draw.chance(10) {
            resource["securityLabel"] = serde_json::json!([{ "coding": [{ "system": "urn:oid:1.2.250.1.213.1.1.4.13", "code": "MASQUE_PS" }] }]);
        }
        let mut ask = self.made(Entrance::Fhir, "POST", "/fhir/DocumentReference".to_owned());
        ask.headers.push(("content-type", "application/fhir+json".to_owned()));
        ask.body = resource.to_string();
        ask
    }

    pub(super) fn journal(&mut self) -> Ask {
        let whose = self.whose();
        let patient = self.patient(whose);
        let count = 1 + self.draw.below(30);
        let mut ask = self.made(Entrance::Fhir, "GET", format!("/fhir/AuditEvent?{patient}&_count={count}"));
        ask.follow = true;
        ask
    }

    pub(super) fn check_access(&mut self) -> Ask {
        let whose = self.whose();
        let (token, id) = (self.token(whose), self.patient_id(whose));
        self.touches |= whose == Whose::Neighbour;
        let path = if self.draw.chance(50) { format!("/fhir/Patient?identifier={}", encoded(&token)) } else { format!("/fhir/Patient/{id}") };
        self.made(Entrance::Fhir, "GET", path)
    }

    /// A document as what another one replaces, in each of the ways that a resource can say so.
    pub(super) fn target(&mut self, known: &Known) -> serde_json::Value {
        match self.draw.below(4) {
            0 => serde_json::json!({ "reference": format!("DocumentReference/{}", known.document) }),
            1 => serde_json::json!({ "identifier": { "system": "urn:ietf:rfc:3986", "value": known.unique_id } }),
            2 => serde_json::json!({ "reference": format!("http://twin.invalid/fhir/DocumentReference/{}", known.document) }),
            _ => serde_json::json!({ "reference": known.unique_id }),
        }
    }
}
