//! Kinds of request whose time is measured: each by a caller who may know of nothing hidden, about a record with one hidden thing.

use serde_json::json;

use crate::ask::{Ask, Entrance};
use crate::cast::Who;
use crate::compare::next_page;
use crate::generate::{Known, Pool};
use crate::hidden::Hidden;
use crate::world::{Whose, World};

/// A kind of request.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub thing: Hidden,
    pub who: Who,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    /// All documents of a person.
    Search(Whose),
    /// By a hidden document's identifier.
    SearchHidden(Whose),
    Lists(Whose),
    NextPage(Whose),
    Metadata,
    Binary,
    Patch,
    PatchByIdentifier,
    Replace,
    Journal(Whose),
    CheckAccess(Whose),
    Page(&'static str),
    HiddenPage(&'static str),
    PatientPage,
}

const fn kind(name: &'static str, thing: Hidden, who: Who, what: What) -> Kind {
    Kind { name, thing, who, what }
}

/// Every kind measured.
pub const KINDS: [Kind; 22] = [
    kind("search-masked", Hidden::Masked, Who::Doctor, What::Search(Whose::Claire)),
    kind("search-by-hidden-identifier", Hidden::Masked, Who::Doctor, What::SearchHidden(Whose::Claire)),
    kind("search-next-page", Hidden::Masked, Who::Doctor, What::NextPage(Whose::Claire)),
    kind("search-awaiting", Hidden::Awaiting, Who::Patient, What::Search(Whose::Claire)),
    kind("search-secret", Hidden::Secret, Who::Representative, What::Search(Whose::Tom)),
    kind("search-neighbour", Hidden::Neighbour, Who::Patient, What::Search(Whose::Neighbour)),
    kind("lists-mixed", Hidden::MixedLot, Who::Nurse, What::Lists(Whose::Claire)),
    kind("metadata-masked", Hidden::Masked, Who::Doctor, What::Metadata),
    kind("metadata-secret", Hidden::Secret, Who::Representative, What::Metadata),
    kind("binary-masked", Hidden::Masked, Who::Doctor, What::Binary),
    kind("binary-awaiting", Hidden::Awaiting, Who::Helper, What::Binary),
    kind("patch-masked", Hidden::Masked, Who::Doctor, What::Patch),
    kind("patch-by-hidden-identifier", Hidden::Masked, Who::Doctor, What::PatchByIdentifier),
    kind("publish-replacing-hidden", Hidden::Masked, Who::Doctor, What::Replace),
    kind("journal-awaiting", Hidden::Awaiting, Who::Patient, What::Journal(Whose::Claire)),
    kind("journal-secret", Hidden::SecretVisit, Who::Representative, What::Journal(Whose::Tom)),
    kind("access-secret", Hidden::SecretVisit, Who::Representative, What::CheckAccess(Whose::Tom)),
    kind("access-neighbour", Hidden::Neighbour, Who::Patient, What::CheckAccess(Whose::Neighbour)),
    kind("person-home", Hidden::Awaiting, Who::Patient, What::Page("/")),
    kind("person-list-of-access", Hidden::SecretVisit, Who::Representative, What::Page("/access")),
    kind("person-hidden-document", Hidden::Secret, Who::Representative, What::HiddenPage("/documents/")),
    kind("professional-patient", Hidden::Masked, Who::Doctor, What::PatientPage),
];

impl Kind {
    /// The request, the same to both worlds.
    pub async fn ask(&self, pool: &Pool, without: &World) -> Ask {
        let hidden = pool.hidden.first().expect("something hidden");
        match self.what {
            What::Search(whose) => self.get(&search(pool, whose, "")),
            What::SearchHidden(whose) => self.get(&search(pool, whose, &format!("&identifier={}", hidden.unique_id))),
            What::Lists(whose) => self.get(&search(pool, whose, "").replace("/DocumentReference", "/List")),
            What::NextPage(whose) => {
                let first = self.get(&search(pool, whose, "&_count=2"));
                self.get(&next_page(&without.send(&first, &first.path).await).expect("a next page"))
            }
            What::Metadata => self.get(&format!("/fhir/DocumentReference/{}", hidden.document)),
            What::Binary => self.get(&format!("/fhir/Binary/{}", hidden.binary)),
            What::Patch => self.patch(format!("/fhir/DocumentReference/{}", hidden.document)),
            What::PatchByIdentifier => self.patch(format!("/fhir/DocumentReference?identifier={}", hidden.unique_id)),
            What::Replace => self.replace(pool, hidden),
            What::Journal(whose) => self.get(&format!("/fhir/AuditEvent?patient={}&_count=20", pool.patient_of(whose))),
            What::CheckAccess(whose) => self.get(&format!("/fhir/Patient?identifier={}", pool.token_of(whose).replace('|', "%7C"))),
            What::Page(path) => self.made(Entrance::Site, "GET", path.to_owned()),
            What::HiddenPage(path) => self.made(Entrance::Site, "GET", format!("{path}{}", hidden.document)),
            What::PatientPage => self.made(Entrance::Site, "GET", format!("/pro/patients/{}", pool.patient_of(Whose::Claire))),
        }
    }

    fn get(&self, path: &str) -> Ask {
        self.made(Entrance::Fhir, "GET", path.to_owned())
    }

    fn patch(&self, path: String) -> Ask {
        let body = r#"[{"op":"replace","path":"/status","value":"entered-in-error"}]"#.to_owned();
        Ask { headers: vec![("content-type", "application/json-patch+json".to_owned())], body, ..self.made(Entrance::Fhir, "PATCH", path) }
    }

    fn replace(&self, pool: &Pool, hidden: &Known) -> Ask {
        let target = json!({ "reference": format!("DocumentReference/{}", hidden.document) });
        let body = pool.simplified(Whose::Claire, Some(target)).to_string();
        Ask {
            headers: vec![("content-type", "application/fhir+json".to_owned())],
            body,
            ..self.made(Entrance::Fhir, "POST", "/fhir/DocumentReference".to_owned())
        }
    }

    fn made(&self, entrance: Entrance, method: &'static str, path: String) -> Ask {
        Ask { who: self.who, entrance, method, path, other_path: None, headers: Vec::new(), body: String::new(), touches: true, follow: false }
    }
}

fn search(pool: &Pool, whose: Whose, more: &str) -> String {
    format!("/fhir/DocumentReference?patient.identifier={}&status=current{more}", pool.token_of(whose).replace('|', "%7C"))
}
