//! Who calls the management plane: a signed-in member, or an API token; and what they may do.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use vestibule_domain::permission::{Role, may_invite};
use vestibule_domain::secret::Token;
use vestibule_storage::invitations::Inviter;
use vestibule_storage::organizations::{self, Organization};
use vestibule_storage::tokens;

use super::error::GraphProblem;
use crate::http::origin::has_bearer;
use crate::routes::me::context::{self, About, Asked, Here, Missing};
use crate::state::App;

/// In front of every API token, so that secret scanners know one when they see it.
pub const TOKEN_PREFIX: &str = "vst_";

/// May invite guests. Graph's own name of the permission.
pub const SCOPE_INVITE: &str = "User.Invite.All";

/// May read the link of an invitation that it makes. A permission of its own: whoever has the link can try to redeem
/// it, so an inviter does not get it (S106, R02).
pub const SCOPE_LINK: &str = "Invitation.ReadLink.All";

/// May read the identity providers. Graph's own name of the permission.
pub const SCOPE_READ_PROVIDERS: &str = "IdentityProvider.Read.All";

/// May change the identity providers. Graph's own name of the permission.
pub const SCOPE_WRITE_PROVIDERS: &str = "IdentityProvider.ReadWrite.All";

/// May read the user flows. Graph's own name of the permission.
pub const SCOPE_READ_USER_FLOWS: &str = "IdentityUserFlow.Read.All";

/// May change the user flows. Graph's own name of the permission.
pub const SCOPE_WRITE_USER_FLOWS: &str = "IdentityUserFlow.ReadWrite.All";

/// May read the API connectors. Graph's own name of the permission.
pub const SCOPE_READ_CONNECTORS: &str = "APIConnectors.Read.All";

/// May change the API connectors. Graph's own name of the permission.
pub const SCOPE_WRITE_CONNECTORS: &str = "APIConnectors.ReadWrite.All";

/// May make guests and change them. Graph's own name of the permission.
pub const SCOPE_WRITE_USERS: &str = "User.ReadWrite.All";

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// To invite guests.
    Invite,
    /// To read the identity providers.
    ReadProviders,
    /// To change the identity providers.
    WriteProviders,
    /// To read the user flows.
    ReadUserFlows,
    /// To change the user flows.
    WriteUserFlows,
    /// To read the API connectors.
    ReadConnectors,
    /// To change the API connectors.
    WriteConnectors,
    /// To make guests and change them.
    WriteUsers,
}

impl Right {
    /// Scopes of a token any of which is enough; the least first.
    const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Invite => &[SCOPE_INVITE],
            Self::ReadProviders => &[SCOPE_READ_PROVIDERS, SCOPE_WRITE_PROVIDERS],
            Self::WriteProviders => &[SCOPE_WRITE_PROVIDERS],
            Self::ReadUserFlows => &[SCOPE_READ_USER_FLOWS, SCOPE_WRITE_USER_FLOWS],
            Self::WriteUserFlows => &[SCOPE_WRITE_USER_FLOWS],
            Self::ReadConnectors => &[SCOPE_READ_CONNECTORS, SCOPE_WRITE_CONNECTORS],
            Self::WriteConnectors => &[SCOPE_WRITE_CONNECTORS],
            Self::WriteUsers => &[SCOPE_WRITE_USERS],
        }
    }

    /// Whether somebody who is signed in has it, or what to do.
    fn of_person(self, here: &Here) -> Result<(), &'static str> {
        let (has, otherwise) = match self {
            Self::Invite => (
                may_invite(here.user.role, here.organization.settings.invite_policy),
                "Guest invitations not allowed for your company: ask an administrator to let you invite.",
            ),
            Self::ReadProviders | Self::WriteProviders => (
                here.user.role == Role::Administrator,
                "Only administrators manage identity providers: ask one of them.",
            ),
            Self::WriteUsers => (
                here.user.role == Role::Administrator,
                "Only administrators make guests without an invitation: ask one of them.",
            ),
            Self::ReadUserFlows | Self::WriteUserFlows | Self::ReadConnectors | Self::WriteConnectors => (
                here.user.role == Role::Administrator,
                "Only administrators manage user flows and API connectors: ask one of them.",
            ),
        };
        if has { Ok(()) } else { Err(otherwise) }
    }
}

/// A caller who may do what was asked.
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

/// The caller of a request, if it has the right to it.
pub async fn of(app: &App, headers: &HeaderMap, asked: &Asked, right: Right) -> Result<Caller, GraphProblem> {
    if has_bearer(headers) {
        by_token(app, headers, asked, right).await
    } else {
        by_session(app, headers, asked, right).await
    }
}

async fn by_token(
    app: &App,
    headers: &HeaderMap,
    asked: &Asked,
    right: Right,
) -> Result<Caller, GraphProblem> {
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
    if !right.scopes().iter().any(|scope| has(scope)) {
        return Err(GraphProblem::forbidden(format!("This token lacks {}.", right.scopes()[0])));
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

async fn by_session(
    app: &App,
    headers: &HeaderMap,
    asked: &Asked,
    right: Right,
) -> Result<Caller, GraphProblem> {
    let session = crate::sessions::of(app, headers).await?.ok_or_else(GraphProblem::unauthorized)?;
    let here = match context::of(app, &session, asked, About::Shared).await {
        Ok(here) => here,
        Err(Missing::Store(error)) => return Err(error.into()),
        Err(Missing::NotFound) => return Err(GraphProblem::not_found()),
        Err(Missing::Consent(_)) => {
            return Err(GraphProblem::forbidden("Give your consent to this organization first."));
        }
    };
    right.of_person(&here).map_err(GraphProblem::forbidden)?;
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
