//! Requests for what is made of documents: summary, results and curves, search, the check of orders, paper.

use serde_json::json;

use super::{Maker, encoded};
use crate::ask::{Ask, Entrance};
use crate::facts;
use crate::world::FORM;

/// Words that stand in every text, in some, in none.
const WORDS: [&str; 8] =
    ["consultation", "créatinine", "metformine", "pénicilline", "hypertension", "creatinin", "introuvable", "\"épisode dépressif\""];
/// Orders by other codes than those of the results too.
const ORDERS: [(&str, &str); 5] = [
    ("http://loinc.org", "2160-0"),
    ("http://loinc.org", "4548-4"),
    ("urn:oid:1.2.250.1.213.2.60.1", "1208"),
    ("http://loinc.org", "14682-9"),
    ("urn:oid:1.2.250.1.213.2.5", "ZBQK002"),
];

/// Pages of the person's site that are made of documents.
const PARTS: [&str; 14] = [
    "/results",
    "/measures",
    "/treatments",
    "/vaccines",
    "/allergies",
    "/history",
    "/timeline",
    "/timeline?kind=document",
    "/documents",
    "/documents?topic=reports",
    "/expected",
    "/easy",
    "/share",
    "/share/documents",
];

impl Maker<'_> {
    /// What is made of the documents of somebody's record.
    pub(super) fn reading(&mut self) -> Ask {
        let site = self.who.visits() && self.draw.chance(45);
        if site { self.reading_site() } else { self.reading_fhir() }
    }

    fn reading_fhir(&mut self) -> Ask {
        let whose = self.whose();
        let (token, id) = (self.token(whose), self.patient_id(whose));
        // These say something of every document of the record, hidden ones too.
        self.touches = true;
        let by_token = self.draw.chance(50);
        let path = |operation: &str, query: &str| {
            if by_token {
                format!("/fhir/Patient/{operation}?identifier={}{}{query}", encoded(&token), if query.is_empty() { "" } else { "&" })
            } else {
                format!("/fhir/Patient/{id}/{operation}{}{query}", if query.is_empty() { "" } else { "?" })
            }
        };
        match self.draw.below(4) {
            3 => {
                let model = *self.draw.pick(&["vsm", "ips-fr"]);
                let path = path("$dmp-draft-summary", &format!("model={model}"));
                self.made(Entrance::Fhir, "GET", path)
            }
            0 => {
                let path = path("$summary", "");
                self.made(Entrance::Fhir, "GET", path)
            }
            1 => {
                let words = self.words();
                let path = path("$dmp-find", &format!("query={}", encoded(&words)));
                self.made(Entrance::Fhir, "GET", path)
            }
            _ => {
                let orders: Vec<(&str, &str)> = (0..=self.draw.below(3)).map(|_| *self.draw.pick(&ORDERS)).collect();
                let parameters: Vec<_> =
                    orders.iter().map(|(system, code)| json!({ "name": "order", "valueCoding": { "system": system, "code": code } })).collect();
                let mut ask = self.made(Entrance::Fhir, "POST", format!("/fhir/Patient/{id}/$dmp-check-order"));
                ask.headers.push(("content-type", "application/fhir+json".to_owned()));
                ask.body = json!({ "resourceType": "Parameters", "parameter": parameters }).to_string();
                ask
            }
        }
    }

    fn reading_site(&mut self) -> Ask {
        let whose = self.whose();
        let below = if self.who.is_professional() { format!("/pro/patients/{}", self.patient_id(whose)) } else { String::new() };
        self.touches = true;
        match self.draw.below(7) {
            6 if self.who.is_professional() => self.made(Entrance::Site, "GET", format!("{below}/sign-summary")),
            0 => {
                let home = if below.is_empty() { "/".to_owned() } else { below };
                self.made(Entrance::Site, "GET", home)
            }
            1 if below.is_empty() => {
                let page = *self.draw.pick(&PARTS);
                self.made(Entrance::Site, "GET", page.to_owned())
            }
            1 => self.made(Entrance::Site, "GET", format!("{below}/results")),
            2 => {
                let (loinc, _, unit, _) = *self.draw.pick(&facts::ANALYTES);
                let file = if below.is_empty() && self.draw.chance(25) { "/csv" } else { "" };
                self.made(Entrance::Site, "GET", format!("{below}/results/{}{file}", facts::key(loinc, unit)))
            }
            3 | 4 => {
                let words = self.words();
                let mut ask = self.made(Entrance::Site, "POST", format!("{below}/search"));
                ask.headers.push(("content-type", FORM.to_owned()));
                ask.body = format!("csrf={{csrf}}&q={}", encoded(&words));
                ask
            }
            _ => {
                let sheet = if below.is_empty() {
                    *self.draw.pick(&["/summary.pdf", "/emergency-card", "/emergency-card.pdf", "/summary-large.pdf", "/journal.pdf", "/access.pdf"])
                } else {
                    "/summary.pdf"
                };
                self.made(Entrance::Site, "GET", format!("{below}{sheet}"))
            }
        }
    }

    /// Words of a document, hidden more often than not, or of many.
    fn words(&mut self) -> String {
        if self.draw.chance(40) {
            return (*self.draw.pick(&WORDS)).to_owned();
        }
        let known = self.known();
        match self.draw.below(3) {
            0 => known.title,
            1 => known.unique_id.rsplit('.').next().and_then(|number| number.parse().ok()).map_or(known.family, |number| facts::words(number).0),
            _ => known.title.split(' ').next().unwrap_or_default().to_owned(),
        }
    }
}
