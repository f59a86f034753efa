//! `guests list|disable|enable|unassign`.

use anyhow::{Result, bail, ensure};
use clap::{Args, Subcommand};
use serde_json::json;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::permission::Role;
use vestibule_domain::time::Timestamp;
use vestibule_storage::users::{self, User};
use vestibule_storage::{Connection, StoreError, apps, sessions};

use super::{note, output};
use crate::state::Shared;

/// Lists guests, turns their sign-in off or on, takes back what is shared with them.
#[derive(Args)]
pub(super) struct Guests {
    /// Organization.
    #[arg(long)]
    organization: String,
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Subcommand)]
enum What {
    /// Prints the guests, by address.
    List,
    /// Turns a guest's sign-in off and ends the sessions there are.
    Disable {
        /// The guest's address.
        #[arg(value_parser = EmailAddress::parse)]
        address: EmailAddress,
    },
    /// Turns it on again.
    Enable {
        /// The guest's address.
        #[arg(value_parser = EmailAddress::parse)]
        address: EmailAddress,
    },
    /// Takes an app back from a guest.
    Unassign {
        /// The guest's address.
        #[arg(value_parser = EmailAddress::parse)]
        address: EmailAddress,
        /// The app's id.
        app: String,
    },
}

impl Guests {
    /// Runs the command.
    pub(super) async fn run(self, app: &Shared) -> Result<()> {
        let (organization, what, now) = (self.organization, self.what, app.now());
        let address = match what.clone() {
            What::List => return list(app, organization, now).await,
            What::Disable { address } | What::Enable { address } | What::Unassign { address, .. } => address,
        };
        let said = app
            .store
            .write::<_, anyhow::Error, _>(move |connection| {
                Box::pin(async move {
                    let user = users::find_by_address(connection, &organization, &address).await?;
                    let Some(user) = user else { bail!("there is no {} there", address.display()) };
                    // The organization's file would undo it the next time that it is applied.
                    ensure!(
                        user.role == Role::Guest,
                        "{} is a member: change the organization's file",
                        address.display()
                    );
                    Ok(change(connection, &user, &what, now).await?)
                })
            })
            .await?;
        output::line(said);
        Ok(())
    }
}

async fn change(
    connection: &mut Connection,
    user: &User,
    what: &What,
    now: Timestamp,
) -> Result<&'static str, StoreError> {
    let (action, detail, said) = match what {
        What::List => return Ok(""),
        What::Disable { .. } if user.disabled_at.is_some() => return Ok("is disabled already"),
        What::Enable { .. } if user.disabled_at.is_none() => return Ok("is enabled already"),
        What::Disable { .. } => {
            users::set_disabled(connection, &user.organization, &user.id, Some(now)).await?;
            sessions::end_all(connection, &user.address, now).await?;
            ("user.disabled", json!({}), "disabled, and signed out")
        }
        What::Enable { .. } => {
            users::set_disabled(connection, &user.organization, &user.id, None).await?;
            ("user.enabled", json!({}), "enabled")
        }
        What::Unassign { app, .. } => {
            if !apps::unassign(connection, &user.organization, app, &user.id).await? {
                return Ok("it is not shared with that guest");
            }
            ("app.unassigned", json!({ "app": app }), "taken back")
        }
    };
    note(connection, &user.organization, action, &format!("user:{}", user.id), &detail, now).await?;
    Ok(said)
}

async fn list(app: &Shared, organization: String, now: Timestamp) -> Result<()> {
    let guests = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move {
                let mut guests = Vec::new();
                for user in users::guests(connection, &organization).await? {
                    let shared = apps::shared_with(connection, &organization, &user.id, now).await?;
                    guests.push((user, shared));
                }
                Ok(guests)
            })
        })
        .await?;
    for (user, shared) in guests {
        let state = match (user.disabled_at, user.accepted) {
            (Some(_), _) => "disabled",
            (None, true) => "accepted",
            (None, false) => "pending",
        };
        let apps: Vec<String> = shared.into_iter().map(|(app, _)| app.id).collect();
        output::line(format_args!("{state:<8}  {}  {}", user.address.display(), apps.join(" ")));
    }
    Ok(())
}
