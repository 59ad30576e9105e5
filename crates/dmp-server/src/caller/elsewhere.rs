//! Sessions live in one program; that the others of an account are ended reaches every program on the same store.
//!
//! The account's notes hold the moment at which its sessions were last ended. A session asks for it every few seconds, not at each request.

use dmp_core::access::CallerKind;

use super::Session;
use crate::App;

/// Seconds for which the answer to the question is believed.
const BELIEVED_SECONDS: i64 = 5;

/// The session of a cookie, when it is open here and was ended nowhere. A store that does not answer lets nobody in.
pub(crate) async fn session_of(app: &App, cookie: &str) -> Option<Session> {
    let now = app.service.now();
    let session = app.sessions.get(cookie, now)?;
    let believed = now < session.checked_at.plus_seconds(BELIEVED_SECONDS);
    if session.caller.kind == CallerKind::Professional {
        return super::known_session(app, session).await;
    }
    if believed {
        return Some(session);
    }
    match app.service.sessions_ended_at(&session.caller.account).await {
        Ok(ended_at) if ended_at.is_none_or(|at| at <= session.stands_at) => {
            app.sessions.stands(cookie, session.stands_at, now);
            Some(session)
        }
        Ok(_) => {
            app.sessions.close(cookie);
            None
        }
        Err(error) => {
            tracing::error!(error.code = error.code(), "a session could not be asked about");
            None
        }
    }
}

/// Ends the sessions of an account but the one of this cookie (`None`: all of them): here at once, elsewhere within seconds. A store that does
/// not take the word leaves those elsewhere to their own end, and says so in the log.
pub(crate) async fn end_sessions(app: &App, account: &str, cookie: Option<&str>) {
    app.sessions.close_others(account, cookie);
    match app.service.end_sessions(account).await {
        Ok(at) => cookie.into_iter().for_each(|cookie| app.sessions.stands(cookie, at, app.service.now())),
        Err(error) => tracing::error!(error.code = error.code(), "sessions of other programs could not be ended"),
    }
}
