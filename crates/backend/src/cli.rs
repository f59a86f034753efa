//! The commands of `vestibule-backend`, one file each.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use vestibule_domain::time::Timestamp;
use vestibule_storage::audit::{self, Event};
use vestibule_storage::{Connection, StoreError};

use crate::config::Config;
use crate::pages::dist::Dist;
use crate::ports::{OsEntropy, SystemClock};
use crate::state::{App, Shared};

pub mod apply;
mod check;
mod connector;
mod demo;
mod guests;
mod invitations;
mod invite;
pub mod output;
mod sample_page;
mod serve;
mod suppressions;
mod token;

/// The front door for guests: reference backend.
#[derive(Parser)]
#[command(name = "vestibule-backend", version, arg_required_else_help = true)]
pub struct Cli {
    /// The configuration file.
    #[arg(long, global = true, default_value = "vestibule.toml", env = "VESTIBULE_CONFIG")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves pages and API until it is stopped.
    Serve,
    /// Serves a demo with two organizations and a mail waiting, without any configuration.
    Demo(demo::Demo),
    /// Invites somebody.
    Invite(invite::Invite),
    /// Lists, revokes or resends invitations.
    Invitations(invitations::Invitations),
    /// Lists guests, turns their sign-in off or on, takes back what is shared with them.
    Guests(guests::Guests),
    /// Lists who does not want invitations, or lets somebody be invited again who asks for it.
    Suppressions(suppressions::Suppressions),
    /// Lists API connectors, or tries one.
    Connector(connector::Command),
    /// Makes or revokes API tokens.
    Token(token::Token),
    /// Makes organizations what their files say.
    Apply(apply::Apply),
    /// Asks the data whether every invariant holds; exit code 1 when one does not.
    Check,
    /// Prints the invitation page as a browser gets it, for measuring its size.
    SamplePage(sample_page::SamplePage),
}

/// Runs the command.
pub async fn run(cli: Cli) -> Result<std::process::ExitCode> {
    let config = || {
        Config::load(&cli.config, std::env::vars()).with_context(|| format!("in {}", cli.config.display()))
    };
    match cli.command {
        Command::Serve => serve::run(config()?).await?,
        Command::Demo(demo) => demo.run().await?,
        Command::Invite(invite) => invite.run(&tools(config()?).await?).await?,
        Command::Invitations(invitations) => invitations.run(&tools(config()?).await?).await?,
        Command::Guests(guests) => guests.run(&tools(config()?).await?).await?,
        Command::Suppressions(suppressions) => suppressions.run(&tools(config()?).await?).await?,
        Command::Connector(connector) => return connector.run(&tools(config()?).await?).await,
        Command::Token(token) => token.run(&tools(config()?).await?).await?,
        Command::Apply(apply) => apply.run(&tools(config()?).await?).await?,
        Command::Check => return check::run(&config()?).await,
        Command::SamplePage(page) => page.run()?,
    }
    Ok(std::process::ExitCode::SUCCESS)
}

/// The parts of a backend, with the built front-end.
pub async fn backend(config: Config) -> Result<Shared> {
    let dist = Dist::load(&config.dist)?;
    App::assemble(config, dist, Arc::new(SystemClock), Arc::new(OsEntropy)).await
}

/// The parts that commands need: everything but the front-end.
async fn tools(config: Config) -> Result<Shared> {
    App::assemble(config, Dist::none(), Arc::new(SystemClock), Arc::new(OsEntropy)).await
}

/// Writes down what a command changed.
async fn note(
    connection: &mut Connection,
    organization: &str,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
    now: Timestamp,
) -> Result<(), StoreError> {
    let detail = detail.to_string();
    let event = Event { organization, actor: "command", action, subject, detail: &detail };
    audit::append(connection, &event, now).await
}
