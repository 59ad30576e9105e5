//! Users and units as resources of SCIM, and back.

use dmp_core::Moment;
use dmp_core::identity::{PersonName, Profession, PsIdNat, StructIdNat};
use dmp_service::{StructureUnit, StructureUser, user_id};
use serde_json::{Value, json};

use super::answer::Wrong;

pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// What a health professional is besides a user.
pub(crate) const PROFESSIONAL: &str = "urn:dmp:params:scim:schemas:extension:professional:2.0:User";
/// Longest text of an attribute.
const TEXT_MAX: usize = 200;

/// A user as sent, checked. `known`: who they were before.
///
/// # Errors
/// Which attribute is wrong.
pub(crate) fn user(value: &Value, structure: &StructIdNat, known: Option<&StructureUser>, now: Moment) -> Result<StructureUser, Wrong> {
    if !value.is_object() {
        return Err(Wrong::Syntax("a User is an object"));
    }
    let professional = value.get(PROFESSIONAL).cloned().unwrap_or_default();
    let national = text(&professional, "nationalId")?.ok_or(Wrong::Value("nationalId is required: PS_IdNat, 8 and the RPPS number"))?;
    let national_id =
        PsIdNat::parse(&national).map_err(|_| Wrong::Value("nationalId is PS_IdNat: 8 and the RPPS number, or another prefix and its number"))?;
    let profession = text(&professional, "profession")?.ok_or(Wrong::Value("profession is required: G15/10 for a doctor"))?;
    let profession = Profession::parse(&profession).map_err(|_| Wrong::Value("profession is a code system and its code, G15/10"))?;
    let name = value.get("name").cloned().unwrap_or_default();
    let required = |found: Option<String>, what: &'static str| found.ok_or(Wrong::Value(what));
    let name = PersonName::new(
        required(text(&name, "givenName")?, "name.givenName is required")?,
        required(text(&name, "familyName")?, "name.familyName is required")?,
    );
    if known.is_some_and(|known| known.national_id != national_id) {
        return Err(Wrong::Fixed("nationalId does not change: it is another person"));
    }
    Ok(StructureUser {
        id: user_id(structure, &national_id),
        user_name: required(text(value, "userName")?, "userName is required")?,
        external_id: text(value, "externalId")?,
        national_id,
        name,
        profession,
        specialty: text(&professional, "specialty")?,
        active: flag(value, "active")?.unwrap_or(true),
        units: known.map(|known| known.units.clone()).unwrap_or_default(),
        created_at: known.map_or(now, |known| known.created_at),
        changed_at: now,
        version: known.map_or(1, |known| known.version.saturating_add(1)),
    })
}

/// A unit as sent: name, number, and the ids of its members when they are told.
///
/// # Errors
/// Which attribute is wrong.
pub(crate) fn unit(value: &Value, id: &str, known: Option<&StructureUnit>, now: Moment) -> Result<(StructureUnit, Option<Vec<String>>), Wrong> {
    if !value.is_object() {
        return Err(Wrong::Syntax("a Group is an object"));
    }
    let members = match value.get("members") {
        None | Some(Value::Null) => None,
        Some(Value::Array(list)) => {
            let ids = list.iter().map(|member| member.get("value").and_then(Value::as_str).map(str::to_owned));
            Some(ids.collect::<Option<Vec<_>>>().ok_or(Wrong::Value("a member has a value, the id of a User"))?)
        }
        Some(_) => return Err(Wrong::Value("members is a list")),
    };
    let unit = StructureUnit {
        id: id.to_owned(),
        name: text(value, "displayName")?.ok_or(Wrong::Value("displayName is required"))?,
        external_id: text(value, "externalId")?,
        created_at: known.map_or(now, |known| known.created_at),
        changed_at: now,
        version: known.map_or(1, |known| known.version.saturating_add(1)),
    };
    Ok((unit, members))
}

fn text(value: &Value, name: &'static str) -> Result<Option<String>, Wrong> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= TEXT_MAX && !text.chars().any(char::is_control) => Ok(Some(text.trim().to_owned())),
        Some(_) => Err(Wrong::Value("a text of at most 200 letters")),
    }
}

/// Some directories write truth as text.
fn flag(value: &Value, name: &'static str) -> Result<Option<bool>, Wrong> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(truth)) => Ok(Some(*truth)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(Wrong::Value("active is true or false")),
    }
}

/// A user as resource.
pub(crate) fn user_json(user: &StructureUser, units: &[StructureUnit], base: &str) -> Value {
    let groups: Vec<Value> =
        units.iter().filter(|unit| user.units.contains(&unit.id)).map(|unit| json!({ "value": unit.id, "display": unit.name })).collect();
    json!({
        "schemas": [USER, PROFESSIONAL],
        "id": user.id,
        "externalId": user.external_id,
        "userName": user.user_name,
        "name": { "givenName": user.name.given, "familyName": user.name.family },
        "displayName": user.name.display(),
        "active": user.active,
        "groups": groups,
        PROFESSIONAL: { "nationalId": user.national_id.as_str(), "profession": user.profession.key(), "specialty": user.specialty },
        "meta": meta("User", base, &user.id, user.created_at, user.changed_at, user.version),
    })
}

/// A unit as resource, with its members.
pub(crate) fn unit_json(unit: &StructureUnit, users: &[StructureUser], base: &str) -> Value {
    let members: Vec<Value> = users
        .iter()
        .filter(|user| user.units.contains(&unit.id))
        .map(|user| json!({ "value": user.id, "display": user.name.display(), "type": "User" }))
        .collect();
    json!({
        "schemas": [GROUP],
        "id": unit.id,
        "externalId": unit.external_id,
        "displayName": unit.name,
        "members": members,
        "meta": meta("Group", base, &unit.id, unit.created_at, unit.changed_at, unit.version),
    })
}

fn meta(kind: &str, base: &str, id: &str, created: Moment, changed: Moment, version: u32) -> Value {
    json!({
        "resourceType": kind, "created": created.to_instant(), "lastModified": changed.to_instant(),
        "location": format!("{base}/scim/v2/{kind}s/{id}"), "version": format!("W/\"{version}\""),
    })
}
