//! What this provider of SCIM does and knows (RFC 7643, 5 to 7). Open: it holds nobody.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{answer, list};
use super::entry::{GROUP, PROFESSIONAL, USER};
use super::filter::COUNT_MAX;
use crate::App;

/// `GET /scim/v2/ServiceProviderConfig`.
pub(crate) async fn provider(State(app): State<App>) -> Response {
    let no = json!({ "supported": false });
    answer(
        StatusCode::OK,
        &json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": { "supported": true },
            "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
            "filter": { "supported": true, "maxResults": COUNT_MAX },
            "changePassword": no, "sort": no,
            "etag": { "supported": true },
            "authenticationSchemes": [{
                "type": "oauthbearertoken", "name": "OAuth 2.0", "primary": true,
                "description": "client_credentials of the structure at /oauth/token, scope system/User.cruds",
            }],
            "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{}/scim/v2/ServiceProviderConfig", app.base_url()) },
        }),
    )
}

/// `GET /scim/v2/ResourceTypes`.
pub(crate) async fn resource_types(State(app): State<App>) -> Response {
    let kind = |name: &str, schema: &str, extensions: Value| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"], "id": name, "name": name, "endpoint": format!("/{name}s"),
            "schema": schema, "schemaExtensions": extensions,
            "meta": { "resourceType": "ResourceType", "location": format!("{}/scim/v2/ResourceTypes/{name}", app.base_url()) },
        })
    };
    let kinds = [kind("User", USER, json!([{ "schema": PROFESSIONAL, "required": true }])), kind("Group", GROUP, json!([]))];
    list(&kinds, 1, kinds.len())
}

/// `GET /scim/v2/Schemas`.
pub(crate) async fn all(State(app): State<App>) -> Response {
    let attribute = |name: &str, kind: &str, required: bool, mutability: &str, description: &str| {
        json!({
            "name": name, "type": kind, "multiValued": matches!(name, "members" | "groups"), "required": required, "caseExact": matches!(name, "externalId" | "value"),
            "mutability": mutability, "returned": "default", "uniqueness": if name == "userName" { "server" } else { "none" }, "description": description,
        })
    };
    let with = |mut attribute: Value, inside: Value| {
        if let Some(object) = attribute.as_object_mut() {
            object.insert("subAttributes".to_owned(), inside);
        }
        attribute
    };
    let text = |name: &str, required: bool, description: &str| attribute(name, "string", required, "readWrite", description);
    let name = json!([text("givenName", true, "First names"), text("familyName", true, "Family name")]);
    let reference = json!([attribute("value", "string", true, "immutable", "Id"), attribute("display", "string", false, "readOnly", "Name")]);
    let schema = |id: &str, name: &str, attributes: Value| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": id, "name": name, "attributes": attributes,
            "meta": { "resourceType": "Schema", "location": format!("{}/scim/v2/Schemas/{id}", app.base_url()) },
        })
    };
    let schemas = [
        schema(
            USER,
            "User",
            json!([
                text("userName", true, "Name at the structure's identity provider"),
                text("externalId", false, "Identifier in the structure's directory"),
                with(attribute("name", "complex", true, "readWrite", "Name"), name),
                attribute("displayName", "string", false, "readOnly", "Name as shown"),
                attribute("active", "boolean", false, "readWrite", "Who is not active reads nothing, at once"),
                with(attribute("groups", "complex", false, "readOnly", "Units"), reference.clone()),
            ]),
        ),
        schema(
            GROUP,
            "Group",
            json!([
                text("displayName", true, "Unit, as moves and stays name it"),
                text("externalId", false, "Number of the unit"),
                with(attribute("members", "complex", false, "readWrite", "Who works there"), reference),
            ]),
        ),
        schema(
            PROFESSIONAL,
            "Professional",
            json!([
                attribute("nationalId", "string", true, "immutable", "PS_IdNat: 8 and the RPPS number"),
                text("profession", true, "Code system and code, G15/10"),
                text("specialty", false, "TRE_R01, SM26"),
            ]),
        ),
    ];
    list(&schemas, 1, schemas.len())
}
