//! `invitations list|revoke|resend`.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use vestibule_domain::invitation::Status;
use vestibule_storage::{StoreError, invitations, organizations};

use super::output;
use crate::flows::walk::WalkError;
use crate::invitations::resend::resend;
use crate::invitations::revoke::revoke;
use crate::state::{App, Shared};

/// Lists, revokes or resends invitations.
#[derive(Args)]
pub(super) struct Invitations {
    /// Organization.
    #[arg(long)]
    organization: String,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Prints the invitations, newest first.
    List {
        /// How many at most.
        #[arg(long, default_value_t = 100)]
        most: u32,
    },
    /// Takes an invitation back.
    Revoke {
        /// Its id.
        id: String,
    },
    /// Sends an invitation again, with a new link; the old one stops working.
    Resend {
        /// Its id.
        id: String,
    },
}

impl Invitations {
    /// Runs the command.
    pub(super) async fn run(self, app: &Shared) -> Result<()> {
        match self.what {
            What::List { most } => list(app, self.organization, most).await,
            What::Revoke { id } => {
                let (writer, organization) = (app.clone(), self.organization);
                app.store
                    .write(move |connection| {
                        Box::pin(
                            async move { revoke(&writer, connection, &organization, &id, "command").await },
                        )
                    })
                    .await
                    .map_err(|error: WalkError| anyhow::Error::from(error))??;
                output::line("revoked");
                Ok(())
            }
            What::Resend { id } => {
                let (writer, name) = (app.clone(), self.organization);
                let outcome = app
                    .store
                    .write(move |connection| {
                        Box::pin(async move {
                            let app: &App = &writer;
                            let Some(organization) = organizations::find(connection, &name).await? else {
                                return Ok(None);
                            };
                            resend(app, connection, &organization, &id, "command").await.map(Some)
                        })
                    })
                    .await
                    .map_err(|error: WalkError| anyhow::Error::from(error))?;
                outcome.context("there is no such organization")??;
                output::line("a mail with a new link goes out as soon as the server runs");
                Ok(())
            }
        }
    }
}

async fn list(app: &Shared, organization: String, most: u32) -> Result<()> {
    let found = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move { invitations::list(connection, &organization, None, most).await })
        })
        .await?;
    for one in found {
        let status = match one.life.status(app.now()) {
            Status::Pending => "pending",
            Status::Accepted => "accepted",
            Status::Declined => "declined",
            Status::Revoked => "revoked",
            Status::Expired => "expired",
        };
        let until = one.life.expires_at.to_rfc3339();
        output::line(format_args!("{}  {status:<8}  {until}  {}", one.id, one.address.display()));
    }
    Ok(())
}
