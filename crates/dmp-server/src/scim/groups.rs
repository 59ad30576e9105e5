//! `/scim/v2/Groups`: the units of a structure and who works there.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use dmp_core::identity::StructIdNat;
use dmp_service::{Error, StructureUnit};
use serde_json::Value;

use super::answer::{Wrong, list as listed, resource};
use super::entry::{unit, unit_json};
use super::filter::ListQuery;
use super::users::parse;
use super::{Keeper, patch as operations};
use crate::App;

/// `GET /scim/v2/Groups`.
pub(crate) async fn list(State(app): State<App>, keeper: Keeper, Query(query): Query<ListQuery>) -> Result<Response, Wrong> {
    keeper.may('r')?;
    let (users, units) = (app.service.structure_users(&keeper.structure).await?, app.service.structure_units(&keeper.structure).await?);
    let found = units.iter().map(|unit| unit_json(unit, &users, app.base_url())).collect();
    let found = query.keep(found, &["displayName", "externalId", "id"])?;
    let (start, count) = query.page();
    Ok(listed(&found, start, count))
}

/// `GET /scim/v2/Groups/{id}`.
pub(crate) async fn read(State(app): State<App>, keeper: Keeper, Path(id): Path<String>) -> Result<Response, Wrong> {
    keeper.may('r')?;
    shown(&app, &keeper.structure, StatusCode::OK, &id).await
}

/// `POST /scim/v2/Groups`.
pub(crate) async fn create(State(app): State<App>, keeper: Keeper, body: Bytes) -> Result<Response, Wrong> {
    keeper.may('c')?;
    let value = parse(&body)?;
    let id = crate::caller::fresh_word().and_then(|word| word.get(..32).map(str::to_owned)).ok_or(Error::Fault("no random numbers".to_owned()))?;
    let (new, members) = unit(&value, &id, None, app.service.now())?;
    put(&app, &keeper.structure, &new).await?;
    set_members(&app, &keeper.structure, &id, &members.unwrap_or_default()).await?;
    shown(&app, &keeper.structure, StatusCode::CREATED, &id).await
}

/// `PUT /scim/v2/Groups/{id}`.
pub(crate) async fn replace(State(app): State<App>, keeper: Keeper, Path(id): Path<String>, body: Bytes) -> Result<Response, Wrong> {
    keeper.may('u')?;
    let sent = parse(&body)?;
    change(&app, &keeper.structure, &id, &sent).await
}

/// `PATCH /scim/v2/Groups/{id}`.
pub(crate) async fn patch(State(app): State<App>, keeper: Keeper, Path(id): Path<String>, body: Bytes) -> Result<Response, Wrong> {
    keeper.may('u')?;
    let known = find(&app, &keeper.structure, &id).await?;
    let users = app.service.structure_users(&keeper.structure).await?;
    let mut value = unit_json(&known, &users, app.base_url());
    operations::apply(&mut value, &body)?;
    change(&app, &keeper.structure, &id, &value).await
}

/// `DELETE /scim/v2/Groups/{id}`: its staff is of no team by it any more.
pub(crate) async fn remove(State(app): State<App>, keeper: Keeper, Path(id): Path<String>) -> Result<Response, Wrong> {
    keeper.may('d')?;
    find(&app, &keeper.structure, &id).await?;
    app.service
        .change_structure_units(&keeper.structure, |units| {
            units.retain(|unit| unit.id != id);
            Ok(())
        })
        .await?;
    set_members(&app, &keeper.structure, &id, &[]).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn find(app: &App, structure: &StructIdNat, id: &str) -> Result<StructureUnit, Wrong> {
    app.service.structure_units(structure).await?.into_iter().find(|unit| unit.id == id).ok_or(Wrong::NotFound)
}

async fn change(app: &App, structure: &StructIdNat, id: &str, value: &Value) -> Result<Response, Wrong> {
    let known = find(app, structure, id).await?;
    let (changed, members) = unit(value, id, Some(&known), app.service.now())?;
    put(app, structure, &changed).await?;
    set_members(app, structure, id, &members.unwrap_or_default()).await?;
    shown(app, structure, StatusCode::OK, id).await
}

/// Keeps a unit; two of one name are none: a move could mean either.
async fn put(app: &App, structure: &StructIdNat, new: &StructureUnit) -> Result<(), Wrong> {
    let kept = app.service.change_structure_units(structure, |units| {
        if units.iter().any(|unit| unit.id != new.id && unit.name == new.name) {
            return Err(Error::Conflict("unit-exists"));
        }
        units.retain(|unit| unit.id != new.id);
        units.push(new.clone());
        Ok(())
    });
    match kept.await {
        Err(Error::Conflict("unit-exists")) => Err(Wrong::Taken("a group has this displayName")),
        other => Ok(other?),
    }
}

/// Makes these users, and no others, the staff of a unit.
async fn set_members(app: &App, structure: &StructIdNat, id: &str, members: &[String]) -> Result<(), Wrong> {
    let users = app.service.structure_users(structure).await?;
    if members.iter().any(|member| !users.iter().any(|user| user.id == *member)) {
        return Err(Wrong::Value("a member is no User of this directory"));
    }
    for user in users.iter().filter(|user| user.units.iter().any(|unit| unit == id) != members.contains(&user.id)) {
        let works_there = members.contains(&user.id);
        let now = app.service.now();
        let changed = app.service.change_structure_user(structure, &user.id, |known| {
            Ok(known.map(|mut known| {
                known.units.retain(|unit| unit != id);
                if works_there {
                    known.units.push(id.to_owned());
                }
                known.changed_at = now;
                known.version = known.version.saturating_add(1);
                known
            }))
        });
        changed.await?;
    }
    Ok(())
}

async fn shown(app: &App, structure: &StructIdNat, status: StatusCode, id: &str) -> Result<Response, Wrong> {
    let unit = find(app, structure, id).await?;
    let users = app.service.structure_users(structure).await?;
    Ok(resource(status, &unit_json(&unit, &users, app.base_url())))
}
