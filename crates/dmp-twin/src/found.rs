//! What the twin worlds found, each as a test of its own.

use crate::ask::{Answer, Ask, Entrance};
use crate::cast::Who;
use crate::compare::plain;
use crate::generate::Pool;
use crate::hidden::Hidden;
use crate::place::Place;
use crate::world::{Whose, World};

struct Twins {
    without: World,
    with: World,
    pool: Pool,
}

impl Twins {
    async fn of(thing: Hidden) -> Self {
        let without = World::build(&Place::Folder, &[thing], false, 1).await;
        let with = World::build(&Place::Folder, &[thing], true, 1).await;
        let pool = Pool::of(&without, &with).await;
        Twins { without, with, pool }
    }

    /// Both answers, which must be the same.
    async fn answer(&self, who: Who, entrance: Entrance, method: &'static str, path: String, body: &str) -> Answer {
        let media_type = if method == "PATCH" { "application/json-patch+json" } else { "application/fhir+json" };
        let headers = if body.is_empty() { Vec::new() } else { vec![("content-type", media_type.to_owned())] };
        let ask = Ask { who, entrance, method, path, other_path: None, headers, body: body.to_owned(), touches: true, follow: false };
        let (one, other) = (self.without.send(&ask, &ask.path).await, self.with.send(&ask, &ask.path).await);
        assert_eq!(plain(&one), plain(&other), "{who:?} {method} {}", ask.path);
        one
    }
}

const DELETES: &str = r#"[{"op":"replace","path":"/status","value":"entered-in-error"}]"#;

#[tokio::test]
async fn an_id_of_a_neighbours_document_does_not_tell_whether_the_record_is_there() {
    let twins = Twins::of(Hidden::Neighbour).await;
    let hidden = &twins.pool.hidden[0];
    for who in [Who::Patient, Who::Minor, Who::Representative, Who::Helper] {
        let read = twins.answer(who, Entrance::Fhir, "GET", format!("/fhir/Binary/{}", hidden.binary), "").await;
        assert_eq!(read.status, 403, "refused as a neighbour, record or not");
        twins.answer(who, Entrance::Site, "GET", format!("/documents/{}", hidden.document), "").await;
        twins.answer(who, Entrance::Fhir, "PATCH", format!("/fhir/DocumentReference/{}", hidden.document), DELETES).await;
    }
}

#[tokio::test]
async fn a_patch_by_identifier_does_not_tell_whether_a_neighbour_has_a_record() {
    let twins = Twins::of(Hidden::Neighbour).await;
    let token = twins.pool.token_of(Whose::Neighbour).replace('|', "%7C");
    let path = format!("/fhir/DocumentReference?identifier={}&patient.identifier={token}", twins.pool.hidden[0].unique_id);
    assert_eq!(twins.answer(Who::Guardian, Entrance::Fhir, "PATCH", path, DELETES).await.status, 404);
}

#[tokio::test]
async fn a_mother_reads_of_a_secret_visit_neither_in_the_list_nor_in_the_journal() {
    let twins = Twins::of(Hidden::SecretVisit).await;
    for path in ["/access", "/journal", "/"] {
        assert_eq!(twins.answer(Who::Representative, Entrance::Site, "GET", path.to_owned(), "").await.status, 200);
    }
}
