//! `token create|revoke`.

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use vestibule_domain::secret;
use vestibule_storage::tokens::{self, ApiToken};
use vestibule_storage::{StoreError, organizations};

use super::{note, output};
use crate::routes::graph::caller::{
    SCOPE_INVITE, SCOPE_LINK, SCOPE_READ_CONNECTORS, SCOPE_READ_PROVIDERS, SCOPE_READ_USER_FLOWS,
    SCOPE_WRITE_CONNECTORS, SCOPE_WRITE_PROVIDERS, SCOPE_WRITE_USER_FLOWS, SCOPE_WRITE_USERS, TOKEN_PREFIX,
};
use crate::state::Shared;

/// Makes or revokes API tokens.
#[derive(Args)]
pub(super) struct Token {
    /// Organization.
    #[arg(long)]
    organization: String,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Makes a token and prints it. It is not shown again.
    Create {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it may do.
        #[arg(long = "scope", value_enum, default_values_t = [Scope::Invite])]
        scopes: Vec<Scope>,
    },
    /// Revokes a token.
    Revoke {
        /// Its id.
        id: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scope {
    /// User.Invite.All: may invite guests.
    Invite,
    /// Invitation.ReadLink.All: may read the links of its invitations.
    Link,
    /// IdentityProvider.Read.All: may read the identity providers.
    ReadProviders,
    /// IdentityProvider.ReadWrite.All: may read and change the identity providers.
    WriteProviders,
    /// IdentityUserFlow.Read.All: may read the user flows.
    ReadUserFlows,
    /// IdentityUserFlow.ReadWrite.All: may read and change the user flows.
    WriteUserFlows,
    /// APIConnectors.Read.All: may read the API connectors.
    ReadConnectors,
    /// APIConnectors.ReadWrite.All: may read and change the API connectors.
    WriteConnectors,
    /// User.ReadWrite.All: may make guests whose accounts it has proven, and change guests.
    WriteUsers,
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Self::Invite => SCOPE_INVITE,
            Self::Link => SCOPE_LINK,
            Self::ReadProviders => SCOPE_READ_PROVIDERS,
            Self::WriteProviders => SCOPE_WRITE_PROVIDERS,
            Self::ReadUserFlows => SCOPE_READ_USER_FLOWS,
            Self::WriteUserFlows => SCOPE_WRITE_USER_FLOWS,
            Self::ReadConnectors => SCOPE_READ_CONNECTORS,
            Self::WriteConnectors => SCOPE_WRITE_CONNECTORS,
            Self::WriteUsers => SCOPE_WRITE_USERS,
        }
    }
}

impl Token {
    /// Runs the command.
    pub(super) async fn run(self, app: &Shared) -> Result<()> {
        let now = app.now();
        let organization = self.organization;
        match self.what {
            What::Create { name, scopes } => {
                let secret = secret::Token::generate(app.entropy.as_ref())?;
                let id = app.new_id()?;
                let token = ApiToken {
                    organization: organization.clone(),
                    id: id.clone(),
                    name,
                    scopes: scopes.into_iter().map(|scope| scope.name().to_owned()).collect(),
                };
                let hash = secret.hash();
                app.store
                    .write(move |connection| {
                        Box::pin(async move {
                            let known = organizations::find(connection, &organization).await?;
                            if known.is_some() {
                                tokens::insert(connection, &token, &hash, now).await?;
                                let detail = json!({ "name": token.name, "scopes": token.scopes });
                                let subject = format!("token:{}", token.id);
                                note(
                                    connection,
                                    &token.organization,
                                    "token.created",
                                    &subject,
                                    &detail,
                                    now,
                                )
                                .await?;
                            }
                            Ok::<_, StoreError>(known.map(drop))
                        })
                    })
                    .await?
                    .context("there is no such organization")?;
                output::line(format_args!("{TOKEN_PREFIX}{}", secret.reveal()));
                output::line(format_args!("its id, for revoking it: {id}"));
            }
            What::Revoke { id } => {
                let revoked = app
                    .store
                    .write::<_, StoreError, _>(move |connection| {
                        Box::pin(async move {
                            let revoked = tokens::revoke(connection, &organization, &id, now).await?;
                            if revoked {
                                note(
                                    connection,
                                    &organization,
                                    "token.revoked",
                                    &format!("token:{id}"),
                                    &json!({}),
                                    now,
                                )
                                .await?;
                            }
                            Ok(revoked)
                        })
                    })
                    .await?;
                if !revoked {
                    bail!("there is no such live token");
                }
                output::line("revoked");
            }
        }
        Ok(())
    }
}
