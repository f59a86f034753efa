//! `/desk/signups`: who came by which user flow, and who waits for a decision.

use std::cmp::Reverse;

use axum::extract::{OriginalUri, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::pages::signups::{Notice, Outcome, SignUp, SignUpsScreen, action};
use vestibule::screen::FailureKind;
use vestibule_domain::permission::Role;
use vestibule_domain::sign_up::{Attribute, UserFlow};
use vestibule_storage::sign_ups::{self, State as Became};
use vestibule_storage::{StoreError, user_flows};

use super::apps::inside;
use super::form::Posted;
use super::respond::{Content, Shown, respond};
use crate::flows::sign_up::decide::{Decided, Verdict, decide, may_decide};
use crate::flows::sign_up::readable;
use crate::http::problem::ApiProblem;
use crate::routes::me::context::{About, Asked, Here};
use crate::sessions::Signed;
use crate::state::Shared;

/// Sign-ups of each kind that are shown; of those that wait, the next ones when these are decided.
const SHOWN: usize = 50;
/// Characters of one sign-up's values that are shown altogether: a page of many stays one that can be opened.
const SHOWN_OF_ONE: usize = 4_000;

/// The list.
pub async fn get(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
    session: Result<Option<Signed>, ApiProblem>,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/desk/signups", |path| path.as_str());
    let here = match inside(&app, &headers, path, session, asked.organization, About::Shared).await {
        Ok((_, here)) => here,
        Err(response) => return response,
    };
    show(&app, &headers, path, &here, (None, StatusCode::OK)).await
}

/// A decision.
pub async fn post(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    let path = uri.path_and_query().map_or("/desk/signups", |path| path.as_str());
    let Posted { action, mut values, headers, .. } = posted;
    let here = match inside(&app, &headers, path, session, asked.organization, About::Shared).await {
        Ok((_, here)) => here,
        Err(response) => return response,
    };
    let approve = match action.as_str() {
        action::APPROVE => true,
        action::REFUSE => false,
        _ => return show(&app, &headers, path, &here, (None, StatusCode::OK)).await,
    };
    let verdict = Verdict {
        id: values.remove("id").unwrap_or_default(),
        approve,
        reason: values.remove("reason").unwrap_or_default(),
    };
    let (notice, status) = match decide(&app, here.user.clone(), verdict).await {
        Ok(Decided::Done) => (Notice::Done, StatusCode::OK),
        Ok(Decided::Late) => (Notice::Late, StatusCode::CONFLICT),
        Ok(Decided::Impossible) => (Notice::Impossible, StatusCode::CONFLICT),
        Ok(Decided::NotFound) => {
            return super::failure(&app, &headers, FailureKind::NotFound, StatusCode::NOT_FOUND);
        }
        Err(error) => return super::problem(&app, &headers, &error.into()),
    };
    show(&app, &headers, path, &here, (Some(notice), status)).await
}

async fn show(
    app: &Shared,
    headers: &HeaderMap,
    path: &str,
    here: &Here,
    (notice, status): (Option<Notice>, StatusCode),
) -> Response {
    let (id, user, now) = (here.organization.id.to_string(), here.user.clone(), app.now());
    let found = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move {
                let flows = user_flows::list(connection, &id).await?;
                // Administrators see those of user flows that are gone, too.
                let whose: Vec<Option<&str>> = match user.role {
                    Role::Administrator => vec![None],
                    Role::Guest | Role::Member | Role::Inviter => {
                        let theirs = flows.iter().filter(|it| may_decide(&user, Some(&it.flow)));
                        theirs.map(|it| Some(it.flow.id.as_str())).collect()
                    }
                };
                let (mut waiting, mut over) = (Vec::new(), Vec::new());
                // One more than is shown tells that there are more.
                let most = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
                for flow in &whose {
                    waiting.extend(sign_ups::waiting(connection, &id, *flow, most, now).await?);
                    over.extend(sign_ups::over(connection, &id, *flow, most, now).await?);
                }
                waiting.sort_by_key(|one| one.asked_at);
                over.sort_by_key(|one| Reverse(one.asked_at));
                let may = !whose.is_empty();
                Ok((flows, waiting, over, may))
            })
        })
        .await;
    let (flows, waiting, over, may) = match found {
        Ok(found) => found,
        Err(error) => return super::problem(app, headers, &error.into()),
    };
    let flow_of = |id: &str| flows.iter().map(|it| &it.flow).find(|flow| flow.id.as_str() == id);
    if !may {
        return super::failure(app, headers, FailureKind::Forbidden, StatusCode::FORBIDDEN);
    }
    let words = app.words_for(super::respond::wishes(headers).into_iter()).1;
    let draw = |one: &sign_ups::SignUp| shown(one, flow_of(&one.user_flow), now, |name| words.t(name));
    let screen = SignUpsScreen {
        organization: here.organization.name.clone(),
        notice,
        more: waiting.len() > SHOWN,
        waiting: waiting.iter().take(SHOWN).map(draw).collect(),
        lately: over.iter().take(SHOWN).map(draw).collect(),
    };
    let shown = Shown {
        status,
        action: path.to_owned(),
        organization: Some(here.organization.clone()),
        account: Some(here.user.address.display().to_owned()),
        ..Shown::content(Content::SignUps(screen))
    };
    respond(app, headers, shown)
}

fn shown(
    one: &sign_ups::SignUp,
    flow: Option<&UserFlow>,
    now: vestibule_domain::time::Timestamp,
    words: impl Fn(&str) -> String,
) -> SignUp {
    // In the order of the form; what a connector added comes after it.
    let asked = flow.map(|flow| flow.attributes.as_slice()).unwrap_or_default();
    let place = |name: &String| asked.iter().position(|it| it.id == *name).unwrap_or(asked.len());
    let mut details: Vec<(&String, &String)> = one.attributes.iter().collect();
    details.sort_by_key(|(name, _)| place(name));
    let told = |(name, value): (&String, &String)| {
        let bare = Attribute { id: name.clone(), ..Attribute::default() };
        let attribute = asked.iter().find(|it| it.id == *name).unwrap_or(&bare);
        let usual = attribute.built_in().map(|_| words(&["field.", name].concat()));
        let label = attribute.label.clone().or(usual).unwrap_or_else(|| name.clone());
        (label, readable(attribute, value))
    };
    SignUp {
        id: one.id.clone(),
        account: one.account.address.display().to_owned(),
        flow: flow.map_or_else(|| one.user_flow.clone(), |flow| flow.name.clone()),
        details: cut(details.into_iter().map(told)),
        reference: one.reference.clone(),
        asked_at: one.asked_at.to_rfc3339(),
        until: one.expires_at.to_rfc3339(),
        outcome: match one.state {
            Became::Waiting if one.waits(now) => None,
            Became::Waiting => Some(Outcome::Expired),
            Became::Done => Some(Outcome::Done),
            Became::Refused => Some(Outcome::Refused),
        },
        decided_by: one.decided_by.clone(),
        reason: one.reason.clone(),
    }
}

/// As much of what was filled in as fits.
fn cut(details: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut left = SHOWN_OF_ONE;
    details
        .map(|(label, value)| {
            let whole = value.chars().count();
            let shown = if whole > left { value.chars().take(left).chain(['…']).collect() } else { value };
            left = left.saturating_sub(whole);
            (label, shown)
        })
        .collect()
}
