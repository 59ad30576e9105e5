//! Requests drawn from a seed, their values more often than not from what is hidden.

use dmp_core::RecordKey;
use dmp_core::document::{DocumentEntry, Folder, SubmissionSet};
use dmp_core::record::Record;
use dmp_service::{IdKind, IdSealer};

use crate::ask::{Ask, Entrance};
use crate::cast::Who;
use crate::content;
use crate::draw::Draw;
use crate::world::{FORM, Whose, World};

/// How often a value is taken from what is hidden, when something is.
const HIDDEN_PERCENT: usize = 60;

/// What a request can say of a document.
#[derive(Debug, Clone)]
pub struct Known {
    whose: Whose,
    document: String,
    binary: String,
    list: String,
    unique_id: String,
    entry_uuid: String,
    set_unique_id: String,
    set_title: String,
    folder_title: Option<String>,
    type_code: String,
    class: String,
    title: String,
    given: String,
    family: String,
    author: String,
    event: String,
    format: String,
    setting: String,
    facility: String,
    created: String,
    submitted: String,
    reference: String,
    etag: String,
    labels: Vec<&'static str>,
}

/// Values for requests: what both worlds have, and what only one has.
#[derive(Debug)]
pub struct Pool {
    pub visible: Vec<Known>,
    pub hidden: Vec<Known>,
    people: Vec<(Whose, String, String)>,
    published: u32,
}

impl Pool {
    /// From both worlds, just built.
    pub async fn of(without: &World, with: &World) -> Self {
        let (mut visible, mut hidden, mut people) = (Vec::new(), Vec::new(), Vec::new());
        for whose in Whose::ALL {
            let (bare, full) = (without.record(whose).await, with.record(whose).await);
            let ids = with.service.ids();
            for entry in &full.entries {
                let known = known(whose, &full, entry, ids);
                if bare.entry(entry.id).is_some() { visible.push(known) } else { hidden.push(known) }
            }
            let ins = with.ins(whose);
            people.push((whose, format!("urn:oid:{}|{}", ins.authority().oid(), ins.matricule()), ids.seal_record(IdKind::Patient, with.key(whose))));
        }
        Pool { visible, hidden, people, published: content::PUBLISHED }
    }
}

fn known(whose: Whose, record: &Record, entry: &DocumentEntry, ids: &IdSealer) -> Known {
    let key: RecordKey = record.key;
    let set: &SubmissionSet = record.submissions.iter().find(|set| set.entries.contains(&entry.id)).expect("a set for each document");
    let folder: Option<&Folder> = record.folders.iter().find(|folder| folder.entries.contains(&entry.id));
    let author = &entry.authors[0];
    Known {
        whose,
        document: ids.seal_entry(IdKind::Document, key, entry.id),
        binary: ids.seal_entry(IdKind::Binary, key, entry.id),
        list: ids.seal_entry(IdKind::List, key, folder.map_or(set.id, |folder| folder.id)),
        unique_id: entry.unique_id.clone(),
        entry_uuid: entry.entry_uuid(),
        set_unique_id: set.unique_id.clone(),
        set_title: set.title.clone().unwrap_or_default(),
        folder_title: folder.map(|folder| folder.title.clone()),
        type_code: entry.type_code.as_str().to_owned(),
        class: entry.type_code.class().code.to_owned(),
        title: entry.title.clone(),
        given: author.name.given.clone(),
        family: author.name.family.clone(),
        author: author.id.clone().unwrap_or_default(),
        event: entry.event_codes[0].code.clone(),
        format: entry.format.code.clone(),
        setting: entry.practice_setting.code.clone(),
        facility: entry.facility_type.code.clone(),
        created: entry.created_at.to_rfc3339(),
        submitted: entry.submitted_at.to_rfc3339(),
        reference: entry.references[0].value.clone(),
        etag: format!("\"{}\"", entry.content.sha256.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>()),
        labels: entry.visibility.codes(),
    }
}

/// One request in the making.
struct Maker<'a> {
    draw: &'a mut Draw,
    pool: &'a mut Pool,
    who: Who,
    touches: bool,
}

/// Draws a request of one of the callers.
pub fn ask(draw: &mut Draw, pool: &mut Pool, callers: &[Who]) -> Ask {
    // Who sees something of the records says more than who sees nothing.
    let insiders: Vec<Who> = callers.iter().copied().filter(|who| who.is_insider()).collect();
    let who = if insiders.is_empty() || draw.chance(20) { *draw.pick(callers) } else { *draw.pick(&insiders) };
    let mut maker = Maker { draw, pool, who, touches: false };
    let site = who.visits() && maker.draw.chance(25);
    if site { maker.site() } else { maker.fhir() }
}

impl Maker<'_> {
    /// A document to speak of.
    fn known(&mut self) -> Known {
        let from_hidden = !self.pool.hidden.is_empty() && (self.pool.visible.is_empty() || self.draw.chance(HIDDEN_PERCENT));
        self.touches |= from_hidden;
        let all = if from_hidden { &self.pool.hidden } else { &self.pool.visible };
        let own = self.own();
        let near: Vec<&Known> = all.iter().filter(|known| known.whose == own).collect();
        // A document of a record that the caller may open gets further than one of a stranger's.
        if !near.is_empty() && self.draw.chance(75) { (*self.draw.pick(&near)).clone() } else { self.draw.pick(all).clone() }
    }

    fn own(&self) -> Whose {
        if self.who == Who::Representative { Whose::Tom } else { Whose::Claire }
    }

    /// Mostly the person to whom the caller has a tie.
    fn whose(&mut self) -> Whose {
        let own = self.own();
        match self.draw.below(10) {
            0 => Whose::Henri,
            1 => Whose::Tom,
            2 => Whose::Claire,
            _ => own,
        }
    }

    fn patient(&mut self, whose: Whose) -> String {
        let (_, token, id) = self.pool.people.iter().find(|(known, _, _)| *known == whose).expect("everyone is known").clone();
        match self.draw.below(3) {
            0 => format!("patient={id}"),
            1 => format!("patient=Patient/{id}"),
            _ => format!("patient.identifier={}", encoded(&token)),
        }
    }

    fn patient_id(&self, whose: Whose) -> String {
        self.pool.people.iter().find(|(known, _, _)| *known == whose).expect("everyone is known").2.clone()
    }

    fn made(&mut self, entrance: Entrance, method: &'static str, path: String) -> Ask {
        let mut headers = Vec::new();
        if self.draw.chance(15) {
            headers.push(("accept-language", "en".to_owned()));
        }
        if entrance == Entrance::Fhir && self.draw.chance(15) {
            headers.push(("accept", "application/fhir+xml".to_owned()));
        }
        Ask { who: self.who, entrance, method, path, headers, body: String::new(), touches: self.touches, follow: false }
    }

    fn fhir(&mut self) -> Ask {
        match self.draw.below(100) {
            0..34 => self.search(),
            34..44 => self.lists(),
            44..54 => self.by_id(),
            54..65 => self.binary(),
            65..83 => self.patch(),
            83..92 => self.publish(),
            92..97 => self.journal(),
            _ => self.check_access(),
        }
    }

    fn search(&mut self) -> Ask {
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

    fn lists(&mut self) -> Ask {
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

    fn by_id(&mut self) -> Ask {
        let known = self.known();
        let id = match self.draw.below(8) {
            0 => known.binary,
            1 => known.list,
            2 => known.unique_id,
            _ => known.document,
        };
        self.made(Entrance::Fhir, "GET", format!("/fhir/DocumentReference/{id}"))
    }

    fn binary(&mut self) -> Ask {
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

    fn patch(&mut self) -> Ask {
        let known = self.known();
        let path = match self.draw.below(6) {
            0 => format!("/fhir/DocumentReference?identifier={}", encoded(&format!("urn:ietf:rfc:3986|{}", known.unique_id))),
            1 => format!("/fhir/DocumentReference?identifier={}", encoded(&known.unique_id)),
            2 => {
                let token =
                    self.pool.people.iter().find(|(whose, _, _)| *whose == known.whose).map(|(_, token, _)| token.clone()).unwrap_or_default();
                format!("/fhir/DocumentReference?identifier={}&patient.identifier={}", encoded(&known.entry_uuid), encoded(&token))
            }
            3 => {
                let token =
                    self.pool.people.iter().find(|(whose, _, _)| *whose == known.whose).map(|(_, token, _)| token.clone()).unwrap_or_default();
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

    fn publish(&mut self) -> Ask {
        let known = self.known();
        let whose = if self.draw.chance(80) { known.whose } else { self.whose() };
        self.pool.published += 1;
        let number = self.pool.published;
        let token = self.pool.people.iter().find(|(one, _, _)| *one == whose).map(|(_, token, _)| token.clone()).unwrap_or_default();
        let (system, matricule) = token.split_once('|').unwrap_or_default();
        let ins = dmp_core::identity::Ins::parse(system.trim_start_matches("urn:oid:"), matricule).expect("an INS");
        let made = dmp_core::Moment::parse_fhir("2026-01-04").expect("a day");
        let document = dmp_synth::cda_of_size(4_096, &ins, &content::root(number), made).expect("a document");
        let target = match self.draw.below(4) {
            0 => serde_json::json!({ "reference": format!("DocumentReference/{}", known.document) }),
            1 => serde_json::json!({ "identifier": { "system": "urn:ietf:rfc:3986", "value": known.unique_id } }),
            2 => serde_json::json!({ "reference": format!("http://twin.invalid/fhir/DocumentReference/{}", known.document) }),
            _ => serde_json::json!({ "reference": known.unique_id }),
        };
        let mut resource = serde_json::json!({
            "resourceType": "DocumentReference",
            "status": "current",
            "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": content::unique_id(number) },
            "subject": { "identifier": { "system": system, "value": matricule } },
            "content": [{ "attachment": { "contentType": "text/xml", "data": base64::Engine::encode(&base64::engine::general_purpose::STANDARD, document) } }],
        });
        if self.draw.chance(85) {
            resource["relatesTo"] = serde_json::json!([{ "code": "replaces", "target": target }]);
        }
        if self.draw.chance(10) {
            resource["securityLabel"] = serde_json::json!([{ "coding": [{ "system": "urn:oid:1.2.250.1.213.1.1.4.13", "code": "MASQUE_PS" }] }]);
        }
        let mut ask = self.made(Entrance::Fhir, "POST", "/fhir/DocumentReference".to_owned());
        ask.headers.push(("content-type", "application/fhir+json".to_owned()));
        ask.body = resource.to_string();
        ask
    }

    fn journal(&mut self) -> Ask {
        let whose = self.whose();
        let patient = self.patient(whose);
        let count = 1 + self.draw.below(30);
        let mut ask = self.made(Entrance::Fhir, "GET", format!("/fhir/AuditEvent?{patient}&_count={count}"));
        ask.follow = true;
        ask
    }

    fn check_access(&mut self) -> Ask {
        let whose = self.whose();
        let (_, token, id) = self.pool.people.iter().find(|(known, _, _)| *known == whose).expect("everyone is known").clone();
        let path = if self.draw.chance(50) { format!("/fhir/Patient?identifier={}", encoded(&token)) } else { format!("/fhir/Patient/{id}") };
        self.made(Entrance::Fhir, "GET", path)
    }

    fn site(&mut self) -> Ask {
        if self.who.is_professional() { self.pro_site() } else { self.person_site() }
    }

    fn person_site(&mut self) -> Ask {
        let known = self.known();
        let document = known.document;
        match self.draw.below(10) {
            0 | 1 => self.unaddressed("/"),
            2 => self.unaddressed("/?page=1"),
            3 => {
                let mut ask = self.unaddressed("/journal");
                ask.follow = true;
                ask
            }
            4 => self.unaddressed("/access"),
            5 | 6 => self.made(Entrance::Site, "GET", format!("/documents/{document}")),
            7 => self.made(Entrance::Site, "GET", format!("/documents/{document}/original")),
            _ => {
                let act = *self.draw.pick(&["hide", "show"]);
                let mut ask = self.made(Entrance::Site, "POST", format!("/documents/{document}/{act}"));
                ask.headers.push(("content-type", FORM.to_owned()));
                ask.body = "csrf={csrf}".to_owned();
                ask
            }
        }
    }

    /// A page whose address says nothing of what is hidden.
    fn unaddressed(&mut self, path: &str) -> Ask {
        self.touches = false;
        self.made(Entrance::Site, "GET", path.to_owned())
    }

    fn pro_site(&mut self) -> Ask {
        let whose = self.whose();
        let id = self.patient_id(whose);
        let known = self.known();
        match self.draw.below(10) {
            0 => self.unaddressed(&format!("/pro/patients/{id}")),
            1 => self.unaddressed("/pro"),
            2 | 3 => self.made(Entrance::Site, "GET", format!("/pro/patients/{id}/documents/{}", known.document)),
            4 => self.made(Entrance::Site, "GET", format!("/pro/patients/{id}/documents/{}/original", known.document)),
            _ => {
                let mut filters = Vec::new();
                if self.draw.chance(50) {
                    filters.push(format!("class={}", known.class));
                }
                if self.draw.chance(40) {
                    filters.push(format!("from={}", &known.created[..10]));
                }
                if self.draw.chance(40) {
                    filters.push(format!("until={}", &known.created[..10]));
                }
                if self.draw.chance(50) {
                    filters.push(format!("author={}", encoded(&part(&known.family, self.draw))));
                }
                self.touches &= !filters.is_empty();
                self.made(Entrance::Site, "GET", format!("/pro/patients/{id}?{}", filters.join("&")))
            }
        }
    }
}

const ARCHIVED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";

/// A patch in one of the formats: right, wrong, forbidden or broken.
fn patch_body(draw: &mut Draw) -> (&'static str, String) {
    let label = r#"{"coding":[{"code":"MASQUE_PS"}]}"#;
    let json = "application/json-patch+json";
    let fhir = "application/fhir+json";
    let operation = |parts: &str| format!(r#"{{"resourceType":"Parameters","parameter":[{{"name":"operation","part":[{parts}]}}]}}"#);
    match draw.below(22) {
        0 => (json, format!(r#"[{{"op":"add","path":"/securityLabel/-","value":{label}}}]"#)),
        1 => (json, r#"[{"op":"remove","path":"/securityLabel/1"}]"#.to_owned()),
        2 => (json, r#"[{"op":"replace","path":"/securityLabel","value":[{"coding":[{"code":"N"}]}]}]"#.to_owned()),
        3 => (json, r#"[{"op":"replace","path":"/status","value":"entered-in-error"}]"#.to_owned()),
        4 => (json, r#"[{"op":"replace","path":"/status","value":"superseded"}]"#.to_owned()),
        5 => (json, r#"[{"op":"replace","path":"/status","value":"current"}]"#.to_owned()),
        6 => (json, format!(r#"[{{"op":"replace","path":"/extension[url:'{ARCHIVED}']/valueBoolean","value":true}}]"#)),
        7 => (json, r#"[{"op":"replace","path":"/extension/0/valueBoolean","value":false}]"#.to_owned()),
        8 => (json, r#"[{"op":"test","path":"/securityLabel/1","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#.to_owned()),
        9 => (json, r#"[{"op":"test","path":"/status","value":"current"}]"#.to_owned()),
        10 => (json, r#"[{"op":"replace","path":"/title","value":"x"}]"#.to_owned()),
        11 => (json, r#"[{"op":"replace","path":"/status""#.to_owned()),
        12 => (json, r#"[{"op":"add","op":"remove","path":"/status"}]"#.to_owned()),
        13 => (json, r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"INVISIBLE_PATIENT"}]}}]"#.to_owned()),
        14 => (fhir, operation(&format!(r#"{{"name":"type","valueCode":"add"}},{{"name":"path","valueString":"DocumentReference"}},{{"name":"name","valueString":"securityLabel"}},{{"name":"value","valueCodeableConcept":{label}}}"#))),
        15 => (fhir, operation(r#"{"name":"type","valueCode":"delete"},{"name":"path","valueString":"DocumentReference.securityLabel.where(coding.code='MASQUE_PS')"}"#)),
        16 => (fhir, operation(r#"{"name":"type","valueCode":"delete"},{"name":"path","valueString":"DocumentReference.securityLabel.where(coding.code='INVISIBLE_PATIENT')"}"#)),
        17 => (fhir, operation(&format!(r#"{{"name":"type","valueCode":"replace"}},{{"name":"path","valueString":"DocumentReference.extension('{ARCHIVED}').value"}},{{"name":"value","valueBoolean":true}}"#))),
        18 => ("application/fhir+xml", r#"<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/><part><name value="type"/><valueCode value="replace"/></part><part><name value="path"/><valueString value="DocumentReference.status"/></part><part><name value="value"/><valueCode value="entered-in-error"/></part></parameter></Parameters>"#.to_owned()),
        19 => ("application/xml-patch+xml", r#"<diff xmlns:f="http://hl7.org/fhir"><remove sel="f:DocumentReference/f:securityLabel[f:coding/f:code/@value='MASQUE_PS']"/></diff>"#.to_owned()),
        20 => ("text/plain", "masque".to_owned()),
        _ => ("application/xml-patch+xml", r#"<diff xmlns:f="http://hl7.org/fhir"><replace sel="f:DocumentReference/f:securityLabel[2]/f:coding/f:code/@value">N</replace></diff>"#.to_owned()),
    }
}

/// A text or its beginning.
fn part(text: &str, draw: &mut Draw) -> String {
    let letters = text.chars().count();
    if draw.chance(50) { text.to_owned() } else { text.chars().take(letters.div_ceil(2)).collect() }
}

/// Percent-encodes a value of a query or form.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
