//! The session at a browser: found by its cookie, held to its limits, ended.

use std::time::Duration;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use vestibule_domain::secret::{Token, TokenHash};
use vestibule_domain::time::Timestamp;
use vestibule_storage::sessions::{self, Session};
use vestibule_storage::{Connection, StoreError, audit, flows, users};

use crate::http::cookies::{self, CookieOptions, Cookies};
use crate::http::problem::ApiProblem;
use crate::state::{App, Shared};

/// Use is noted once in this time at most: a write per request would gain nothing against an hour of idle time.
const NOTE_EVERY: Duration = Duration::from_mins(1);

/// The live session of a request. As an extractor it refuses with 401; as an `Option` it does not.
#[derive(Clone, Debug)]
pub struct Signed(pub Session);

impl FromRequestParts<Shared> for Signed {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Self::Rejection> {
        of(app, &parts.headers).await?.map(Self).ok_or_else(ApiProblem::unauthenticated)
    }
}

impl OptionalFromRequestParts<Shared> for Signed {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Option<Self>, Self::Rejection> {
        Ok(of(app, &parts.headers).await?.map(Self))
    }
}

/// The live session that a request's cookie names.
pub async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    let Some(Ok(token)) = Cookies::read(headers).get(cookies::SESSION).map(Token::parse) else {
        return Ok(None);
    };
    let hash = token.hash();
    let found =
        app.store.read(|connection| Box::pin(async move { sessions::find(connection, &hash).await })).await?;
    let now = app.now();
    let Some(session) = found else { return Ok(None) };
    let live = app.config.sessions.is_live(session.created_at, session.last_seen_at, now);
    if live && now.since(session.last_seen_at) < NOTE_EVERY {
        return Ok(Some(session));
    }
    let id = session.id.clone();
    app.store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                // One that has run out is ended for good, so that a clock that is set back does not revive it (P6).
                if live {
                    sessions::touch(connection, &id, now).await
                } else {
                    sessions::end(connection, &id, now).await
                }
            })
        })
        .await?;
    Ok(Some(session).filter(|_| live))
}

/// Signs out: ends the session, notes it wherever its person belongs, and ends the walks of this browser. What was proven
/// in one of them would let somebody else in who sits down there (S87).
pub async fn sign_out(app: &App, session: Option<Session>, cookies: &Cookies) -> Result<(), StoreError> {
    let now = app.now();
    let bindings: Vec<TokenHash> =
        cookies.flows().filter_map(|value| Token::parse(value).ok()).map(|token| token.hash()).collect();
    if session.is_none() && bindings.is_empty() {
        return Ok(());
    }
    app.store
        .write(move |connection| {
            Box::pin(async move {
                for binding in &bindings {
                    flows::end(connection, binding, now).await?;
                }
                match session {
                    Some(session) => end(connection, &session, now).await,
                    None => Ok(()),
                }
            })
        })
        .await
}

async fn end(connection: &mut Connection, session: &Session, now: Timestamp) -> Result<(), StoreError> {
    sessions::end(connection, &session.id, now).await?;
    for user in users::of_identity(connection, &session.account.identity).await? {
        let who = format!("user:{}", user.id);
        let event = audit::Event {
            organization: &user.organization,
            actor: &who,
            action: "session.ended",
            subject: &who,
            detail: "{}",
        };
        audit::append(connection, &event, now).await?;
    }
    Ok(())
}

/// The cookie that carries a session.
pub fn cookie(token: &Token) -> HeaderValue {
    cookies::set(cookies::SESSION, &token.reveal(), CookieOptions::SESSION)
}
