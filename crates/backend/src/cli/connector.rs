//! `connector list|test`: which API connectors there are, and what one would be told, answers, and brings about.

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use vestibule_storage::connectors::{self, Authentication, Connector};
use vestibule_storage::organizations;

use super::output;
use crate::connectors::shown_address;
use crate::state::Shared;

mod claims;
mod test;
mod words;

/// Lists API connectors, or tries one.
#[derive(Args)]
pub(super) struct Command {
    /// Organization; can be left out where there is one only.
    #[arg(long)]
    organization: Option<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Prints the connectors, by id.
    List,
    /// Asks a connector, or those of a user flow, about somebody, and shows request, answer and effect. Exit code 1 when there
    /// is no verdict.
    Test(test::Test),
}

impl Command {
    /// Runs the command.
    pub(super) async fn run(self, app: &Shared) -> Result<ExitCode> {
        let organization = match self.organization {
            Some(named) => named,
            None => only(app).await?,
        };
        match self.what {
            What::List => list(app, organization).await.map(|()| ExitCode::SUCCESS),
            What::Test(test) => test.run(app, organization).await,
        }
    }
}

async fn only(app: &Shared) -> Result<String> {
    let only =
        app.store.read(|connection| Box::pin(async move { organizations::find_only(connection).await }));
    let only =
        only.await?.context("there is none, or more than one organization: say which by --organization")?;
    Ok(only.id.to_string())
}

async fn list(app: &Shared, organization: String) -> Result<()> {
    let read = app
        .store
        .read(|connection| Box::pin(async move { connectors::list(connection, &organization).await }));
    for connector in read.await? {
        let knows = match connector.authentication {
            Authentication::Basic { .. } => "password",
            Authentication::Certificate { .. } => "certificate",
        };
        let Connector { id, name, timeout_seconds, .. } = &connector;
        let (on_failure, address) = (connector.on_failure.as_str(), shown_address(&connector.target_url));
        output::line(format_args!("{id}  {knows}  {timeout_seconds}s  {on_failure}  {address}  {name}"));
    }
    Ok(())
}
