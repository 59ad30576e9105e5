//! `/scim/v2/Users`.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::identity::StructIdNat;
use dmp_service::{Error, StructureUser};
use serde_json::Value;

use super::answer::{Wrong, list as listed, resource};
use super::entry::{user, user_json};
use super::filter::ListQuery;
use super::{Keeper, patch as operations};
use crate::App;

/// `GET /scim/v2/Users`.
pub(crate) async fn list(State(app): State<App>, keeper: Keeper, Query(query): Query<ListQuery>) -> Result<Response, Wrong> {
    keeper.may('r')?;
    let (users, units) = (app.service.structure_users(&keeper.structure).await?, app.service.structure_units(&keeper.structure).await?);
    let found = users.iter().map(|user| user_json(user, &units, app.base_url())).collect();
    let found = query.keep(found, &["userName", "externalId", "id"])?;
    let (start, count) = query.page();
    Ok(listed(&found, start, count))
}

/// `GET /scim/v2/Users/{id}`.
pub(crate) async fn read(State(app): State<App>, keeper: Keeper, Path(id): Path<String>) -> Result<Response, Wrong> {
    keeper.may('r')?;
    let user = app.service.structure_user(&keeper.structure, &id).await?.ok_or(Wrong::NotFound)?;
    shown(&app, &keeper, StatusCode::OK, &user).await
}

/// `POST /scim/v2/Users`.
pub(crate) async fn create(State(app): State<App>, keeper: Keeper, body: Bytes) -> Result<Response, Wrong> {
    keeper.may('c')?;
    let new = user(&parse(&body)?, &keeper.structure, None, app.service.now())?;
    unique(&app, &keeper.structure, &new).await?;
    let added = app.service.change_structure_user(&keeper.structure, &new.id, |known| match known {
        Some(_) => Err(Error::Conflict("user-exists")),
        None => Ok(Some(new.clone())),
    });
    match added.await {
        Err(Error::Conflict("user-exists")) => Err(Wrong::Taken("a user has this nationalId")),
        Err(error) => Err(error.into()),
        Ok(_) => shown(&app, &keeper, StatusCode::CREATED, &new).await,
    }
}

/// `PUT /scim/v2/Users/{id}`.
pub(crate) async fn replace(
    State(app): State<App>,
    keeper: Keeper,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Wrong> {
    keeper.may('u')?;
    let sent = parse(&body)?;
    change(&app, &keeper, &id, &headers, |_| Ok(sent.clone())).await
}

/// `PATCH /scim/v2/Users/{id}`.
pub(crate) async fn patch(
    State(app): State<App>,
    keeper: Keeper,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Wrong> {
    keeper.may('u')?;
    let base = app.base_url().to_owned();
    change(&app, &keeper, &id, &headers, |known| {
        let mut value = user_json(known, &[], &base);
        operations::apply(&mut value, &body)?;
        Ok(value)
    })
    .await
}

/// `DELETE /scim/v2/Users/{id}`.
pub(crate) async fn remove(State(app): State<App>, keeper: Keeper, Path(id): Path<String>) -> Result<Response, Wrong> {
    keeper.may('d')?;
    let removed = app.service.change_structure_user(&keeper.structure, &id, |known| match known {
        Some(_) => Ok(None),
        None => Err(Error::NotFound("user-not-found")),
    });
    match removed.await {
        Err(Error::NotFound(_)) => Err(Wrong::NotFound),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

/// Puts in the place of a user what `next` makes of them.
async fn change(
    app: &App,
    keeper: &Keeper,
    id: &str,
    headers: &HeaderMap,
    next: impl Fn(&StructureUser) -> Result<Value, Wrong>,
) -> Result<Response, Wrong> {
    let known = app.service.structure_user(&keeper.structure, id).await?.ok_or(Wrong::NotFound)?;
    let seen = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    if seen.is_some_and(|seen| seen != "*" && seen != format!("W/\"{}\"", known.version)) {
        return Err(Wrong::Changed);
    }
    let changed = user(&next(&known)?, &keeper.structure, Some(&known), app.service.now())?;
    unique(app, &keeper.structure, &changed).await?;
    let done = app.service.change_structure_user(&keeper.structure, id, |now| match now {
        Some(now) if now.version == known.version => Ok(Some(changed.clone())),
        Some(_) => Err(Error::Conflict("user-changed")),
        None => Err(Error::NotFound("user-not-found")),
    });
    match done.await {
        Err(Error::Conflict("user-changed")) => Err(Wrong::Changed),
        Err(Error::NotFound(_)) => Err(Wrong::NotFound),
        Err(error) => Err(error.into()),
        Ok(_) => shown(app, keeper, StatusCode::OK, &changed).await,
    }
}

/// Refuses a userName that somebody else has.
async fn unique(app: &App, structure: &StructIdNat, one: &StructureUser) -> Result<(), Wrong> {
    let name = one.user_name.to_lowercase();
    let others = app.service.structure_users(structure).await?;
    let taken = others.iter().any(|other| other.id != one.id && other.user_name.to_lowercase() == name);
    if taken { Err(Wrong::Taken("a user has this userName")) } else { Ok(()) }
}

async fn shown(app: &App, keeper: &Keeper, status: StatusCode, user: &StructureUser) -> Result<Response, Wrong> {
    let units = app.service.structure_units(&keeper.structure).await?;
    Ok(resource(status, &user_json(user, &units, app.base_url())))
}

/// The body as JSON.
pub(super) fn parse(body: &[u8]) -> Result<Value, Wrong> {
    serde_json::from_slice(body).map_err(|_| Wrong::Syntax("the body is no JSON"))
}
