//! Who calls the management plane: a signed-in member, or an API token; and what they may do.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use vestibule_domain::permission::may_invite;
use vestibule_domain::secret::Token;
use vestibule_storage::invitations::Inviter;
use vestibule_storage::organizations::{self, Organization};
use vestibule_storage::tokens;

use super::error::GraphProblem;
use crate::http::origin::has_bearer;
use crate::routes::me::context::{self, About, Asked, Missing};
use crate::state::App;

/// In front of every API token, so that secret scanners know one when they see it.
pub const TOKEN_PREFIX: &str = "vst_";

/// May invite guests. Graph's own name of the permission.
pub const SCOPE_INVITE: &str = "User.Invite.All";

/// May read the link of an invitation that it makes. A permission of its own: whoever has the link can try to redeem
/// it, so an inviter does not get it (S106, R02).
pub const SCOPE_LINK: &str = "Invitation.ReadLink.All";

/// A caller who may invite.
pub struct Caller {
    /// On whose behalf.
    pub organization: Organization,
    /// For audit and limits.
    pub actor: String,
    /// As the guest is told.
    pub inviter: Inviter,
    /// Whether the link may be read.
    pub may_read_link: bool,
}

/// The caller of a request, if it may invite.
pub async fn of(app: &App, headers: &HeaderMap, asked: &Asked) -> Result<Caller, GraphProblem> {
    if has_bearer(headers) {
        by_token(app, headers, asked).await
    } else {
        by_session(app, headers, asked).await
    }
}

async fn by_token(app: &App, headers: &HeaderMap, asked: &Asked) -> Result<Caller, GraphProblem> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text =
        value.split_once(' ').map(|(_, text)| text.trim()).and_then(|text| text.strip_prefix(TOKEN_PREFIX));
    let Some(Ok(token)) = text.map(Token::parse) else { return Err(GraphProblem::unauthorized()) };
    let hash = token.hash();
    let found = app
        .store
        .read(|connection| {
            Box::pin(async move {
                let Some(token) = tokens::find(connection, &hash).await? else { return Ok(None) };
                let organization = organizations::find(connection, &token.organization).await?;
                Ok::<_, vestibule_storage::StoreError>(organization.map(|organization| (token, organization)))
            })
        })
        .await?;
    let (token, organization) = found.ok_or_else(GraphProblem::unauthorized)?;
    if asked.organization.as_deref().is_some_and(|id| !id.is_empty() && id != organization.id.as_str()) {
        // A token opens one organization; asked for another, it is told the same as about none.
        return Err(GraphProblem::not_found());
    }
    let has = |scope: &str| token.scopes.iter().any(|one| one == scope);
    if !has(SCOPE_INVITE) {
        return Err(GraphProblem::forbidden(format!("This token lacks {SCOPE_INVITE}.")));
    }
    Ok(Caller {
        actor: format!("token:{}", token.id),
        inviter: Inviter {
            id: None,
            name: organization.name.clone(),
            email: organization.settings.contact.clone(),
        },
        may_read_link: has(SCOPE_LINK),
        organization,
    })
}

async fn by_session(app: &App, headers: &HeaderMap, asked: &Asked) -> Result<Caller, GraphProblem> {
    let session = crate::sessions::of(app, headers).await?.ok_or_else(GraphProblem::unauthorized)?;
    let here = match context::of(app, &session, asked, About::Shared).await {
        Ok(here) => here,
        Err(Missing::Store(error)) => return Err(error.into()),
        Err(Missing::NotFound) => return Err(GraphProblem::not_found()),
        Err(Missing::Consent(_)) => {
            return Err(GraphProblem::forbidden("Give your consent to this organization first."));
        }
    };
    if !may_invite(here.user.role, here.organization.settings.invite_policy) {
        let message =
            "Guest invitations not allowed for your company: ask an administrator to let you invite.";
        return Err(GraphProblem::forbidden(message));
    }
    Ok(Caller {
        actor: format!("user:{}", here.user.id),
        inviter: Inviter {
            id: Some(here.user.id.clone()),
            name: here.user.label().to_owned(),
            email: Some(here.user.address.display().to_owned()),
        },
        may_read_link: false,
        organization: here.organization,
    })
}
