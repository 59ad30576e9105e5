//! Apps that a professional launches (SMART App Launch 2.2, EHR launch). The professional chose the app and the patient when the ticket was made; the
//! answer to the app therefore needs no further page, but their session, their ticket and their right to read.

use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::{Caller, CallerKind, Purpose};
use dmp_core::record::CodeProof;
use dmp_service::{CodeFault, Error, IdKind, NewPracticeApp, PracticeAccess, PracticeProof, TicketUse};

use super::keys::{self, PracticeKey};
use super::register::RegisteredApp;
use super::request::AppRequest;
use super::token::AppTokenAnswer;
use super::waiting;
use crate::App;
use crate::caller::{TOKEN_SECONDS, TokenError, TokenRequest, denied, denied_because};
use crate::site::{SignedIn, Visitor};

/// Answers the app: a code, or why it gets none.
///
/// SECURITY: the ticket is bound to the professional, the app and one use, so a page of somebody else that sends the browser here gains nothing.
pub(super) async fn answer(app: &App, visitor: Visitor, request: &AppRequest<'_>, query: &str) -> Response {
    let signed_in = match SignedIn::of(visitor) {
        Ok(signed_in) => signed_in,
        Err(visitor) => return waiting::keep(app, &visitor, query),
    };
    match launched(app, &signed_in, request).await {
        Ok(Ok(code)) => Redirect::to(&request.answer(app, &[("code", &code)])).into_response(),
        Ok(Err((error, words))) => Redirect::to(&request.answer(app, &[("error", error), ("error_description", words)])).into_response(),
        Err(error) => signed_in.fail(app, &error),
    }
}

type Told = (&'static str, &'static str);

async fn launched(app: &App, signed_in: &SignedIn, request: &AppRequest<'_>) -> Result<Result<String, Told>, Error> {
    let session = &signed_in.session;
    if session.caller.kind != CallerKind::Professional {
        return Ok(Err(("access_denied", "a professional must be signed in")));
    }
    let client_id = &request.app.client_id;
    let wanted = |opens: &TicketUse| matches!(opens, TicketUse::App { client_id: of } if of == client_id);
    let Ok(ticket) = app.service.take_ticket(&request.launch, &session.caller.account, wanted).await? else {
        let words = "launch is not good: it serves once, within five minutes, for the professional and the app that it was made for";
        return Ok(Err(("invalid_request", words)));
    };
    let caller = Caller { purpose: Purpose::Normal, consent_now: session.consents.contains(&ticket.record), ..session.caller.clone() };
    if app.service.readable(ticket.record, &caller).await.is_none() {
        return Ok(Err(("access_denied", "this professional may not read this record, or there is none")));
    }
    let new = NewPracticeApp {
        client_id: client_id.clone(),
        name: request.app.name.clone(),
        reads: request.scopes.reads(),
        scope: request.scopes.text(),
        record: ticket.record,
        alone: request.scopes.is_of_one_patient(),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.challenge.clone(),
    };
    let id = app.service.allow_practice_app(&new, &caller).await?;
    Ok(Ok(keys::practice_code(app.service.ids(), id, &caller.account)))
}

/// The keys against a code of an app that a professional launched. `None`: the code is none of these.
///
/// # Errors
/// Which check failed.
pub(super) async fn token(app: &App, request: &TokenRequest, client: &RegisteredApp, proof: CodeProof) -> Option<Result<AppTokenAnswer, TokenError>> {
    let (id, account) = keys::open_practice_code(app.service.ids(), request.code.as_deref()?)?;
    Some(match app.service.redeem_practice_code(&account, id, &PracticeProof(proof)).await {
        Ok(Ok(access)) => Ok(keys_of(app, id, &account, &access)),
        Ok(Err(fault)) => Err(refused(app, fault, client)),
        Err(error) => Err(super::token::unavailable(error)),
    })
}

fn keys_of(app: &App, id: dmp_core::GrantId, account: &str, access: &PracticeAccess) -> AppTokenAnswer {
    let (ids, now) = (app.service.ids(), app.service.now());
    let expires_in = TOKEN_SECONDS.min(access.until.as_seconds() - now.as_seconds());
    AppTokenAnswer {
        access_token: PracticeKey { grant: id, account: account.to_owned() }.seal(ids),
        token_type: "Bearer",
        expires_in,
        scope: access.scope.clone(),
        patient: ids.seal_record(IdKind::Patient, access.record),
        refresh_token: None,
        // It opens in a window of its own: nothing around it says whose record it is.
        need_patient_banner: Some(true),
    }
}

/// Which parameter is wrong, and why.
fn refused(app: &App, fault: CodeFault, client: &RegisteredApp) -> TokenError {
    tracing::warn!(app.client = %client.client_id, app.refusal = ?fault, "an app that a professional launched got no key");
    let words = match fault {
        CodeFault::Over => "code: it is none of ours, is older than a minute, or its access has ended",
        CodeFault::UsedTwice => "code: it was used before; the access that it gave has ended",
        CodeFault::OtherClient => "client_id: the code was given to another app",
        CodeFault::OtherRedirect => "redirect_uri: it is not the one of the authorization request",
        CodeFault::WrongVerifier => "code_verifier: its SHA-256 in base64url is not the code_challenge of the authorization request",
    };
    if fault == CodeFault::Over || fault == CodeFault::UsedTwice {
        denied("invalid_grant", words)
    } else {
        denied_because(app, "invalid_grant", words)
    }
}
