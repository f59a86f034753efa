//! `suppressions list|lift`.

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use vestibule_domain::address::EmailAddress;
use vestibule_storage::StoreError;
use vestibule_storage::suppressions::{self, Scope};

use super::output;
use crate::mail::unsubscribe::allow_all;
use crate::state::Shared;

/// Lists who does not want invitations, or lets somebody be invited again who asks for it.
#[derive(Args)]
pub(super) struct Suppressions {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Prints the addresses, and whose invitations they do not want.
    List,
    /// Lets an address be invited again by everybody.
    Lift {
        /// The address.
        #[arg(value_parser = EmailAddress::parse)]
        address: EmailAddress,
    },
}

impl Suppressions {
    /// Runs the command.
    pub(super) async fn run(self, app: &Shared) -> Result<()> {
        match self.what {
            What::List => {
                let found = app
                    .store
                    .read::<_, StoreError, _>(|connection| Box::pin(suppressions::list(connection)))
                    .await?;
                for one in found {
                    let scope = match &one.scope {
                        Scope::Organization(id) => id,
                        Scope::Everybody => "everybody",
                    };
                    output::line(format_args!("{}  {scope}  {}", one.since.to_rfc3339(), one.address_key));
                }
            }
            What::Lift { address } => {
                let now = app.now();
                let lifted = app
                    .store
                    .write::<_, StoreError, _>(move |connection| {
                        Box::pin(async move { allow_all(connection, &address, now).await })
                    })
                    .await?;
                ensure!(lifted, "that address can be invited already");
                output::line("it can be invited again");
            }
        }
        Ok(())
    }
}
