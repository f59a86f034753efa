//! `vestibule-conformance`: tells the author of a backend whether it keeps the contract.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use url::Url;
use vestibule_conformance::case::{Level, Profile};
use vestibule_conformance::expected::Expected;
use vestibule_conformance::mailbox::Mailbox;
use vestibule_conformance::options::{AdvanceClock, Options};
use vestibule_conformance::report::{junit, text};
use vestibule_conformance::{cases, run};

#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Tests a backend. Exits with 1 when a `must` fails that is not on the list of expected failures.
    Run(Box<Run>),
    /// Lists the cases.
    List,
}

#[derive(Args)]
struct Run {
    /// Origin of the backend.
    #[arg(long)]
    url: Url,
    /// Token of an invitation that has not been redeemed; it will be.
    #[arg(long, value_name = "TOKEN")]
    invitation: Option<String>,
    /// Address that the invitation went to; needed where the mailbox holds mail for others too.
    #[arg(long, value_name = "ADDRESS")]
    invited: Option<String>,
    /// Address of somebody who can sign in by code.
    #[arg(long, value_name = "ADDRESS")]
    sign_in: Option<String>,
    /// Shell command that prints the newest mail to $ADDRESS as text.
    #[arg(long, value_name = "COMMAND", conflicts_with = "inbox_url")]
    mailbox_command: Option<String>,
    /// Address that answers with the newest mail to {address} as text, or with a JSON list of mails, newest first.
    #[arg(long, value_name = "URL")]
    inbox_url: Option<String>,
    /// Shell command that moves the backend's clock ahead by $SECONDS.
    #[arg(long, value_name = "COMMAND")]
    advance_clock_command: Option<String>,
    /// Organization whose brand is looked at, where no invitation tells one, and whose user flows are meant.
    #[arg(long, value_name = "ID")]
    organization: Option<String>,
    /// User flow that lets strangers in without anybody's decision; it gets a guest.
    #[arg(long, value_name = "ID")]
    user_flow: Option<String>,
    /// User flow in which somebody decides; it gets a request.
    #[arg(long, value_name = "ID")]
    approved_user_flow: Option<String>,
    /// Address that nobody here has, for a user flow; two for two user flows. Made up where none is given.
    #[arg(long, value_name = "ADDRESS")]
    stranger: Vec<String>,
    /// Profiles to look at, instead of those that discovery announces.
    #[arg(long, value_name = "PROFILE", value_delimiter = ',', value_parser = profile)]
    profile: Vec<Profile>,
    /// Beginnings of the ids of cases to run.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,
    /// Claim an address for each case by X-Forwarded-For, for backends that trust this machine as a proxy.
    #[arg(long)]
    forwarded_for: bool,
    /// File of known failures: a line `id  # reason` each.
    #[arg(long, value_name = "FILE")]
    expected_failures: Option<PathBuf>,
    /// Where to write the report as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Where to write the report as `JUnit` XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

fn profile(text: &str) -> Result<Profile, String> {
    let known = Profile::ALL.map(Profile::as_str).join(", ");
    Profile::read(text).ok_or_else(|| format!("one of {known}"))
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Action::List => {
            list();
            Ok(true)
        }
        Action::Run(run) => test(*run),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => fail(&error),
    }
}

#[expect(clippy::print_stdout, reason = "this is a command")]
fn list() {
    for case in cases::all() {
        let level = if case.level == Level::Must { "must" } else { "should" };
        println!("{:28} {level:6} {:10} {} [{}]", case.id, case.profile.as_str(), case.claim, case.section);
    }
}

#[expect(clippy::print_stdout, reason = "this is a command")]
fn test(run: Run) -> anyhow::Result<bool> {
    let cases = cases::all();
    let ids: Vec<&str> = cases.iter().map(|case| case.id).collect();
    let expected = match &run.expected_failures {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
            Expected::parse(&text, &ids).with_context(|| file.display().to_string())?
        }
        None => Expected::default(),
    };
    if let Some(wrong) = run.only.iter().find(|start| !ids.iter().any(|id| id.starts_with(start.as_str()))) {
        bail!("no case's id begins with `{wrong}`; `vestibule-conformance list` shows them");
    }
    let (json, junit) = (run.json.clone(), run.junit.clone());
    let report = run::run(&cases, options(run))?;
    println!("{}", text::Text { report: &report, expected: &expected });
    if let Some(file) = json {
        let text = serde_json::to_string_pretty(&report)?;
        std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    }
    if let Some(file) = junit {
        let text = junit::xml(&report, &expected);
        std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(report.count(&expected).failed == 0)
}

fn options(run: Run) -> Options {
    Options {
        invitation: run.invitation,
        invited: run.invited,
        mailbox: run.mailbox_command.map(Mailbox::Command).or(run.inbox_url.map(Mailbox::Url)),
        sign_in: run.sign_in,
        organization: run.organization,
        user_flow: run.user_flow,
        approved_user_flow: run.approved_user_flow,
        strangers: run.stranger,
        advance_clock: run.advance_clock_command.map(clock),
        profiles: run.profile,
        only: run.only,
        forwarded_for: run.forwarded_for,
        ..Options::new(run.url)
    }
}

/// A shell command as a way to let time pass.
fn clock(command: String) -> AdvanceClock {
    Box::new(move |by: Duration| {
        let status =
            Command::new("sh").arg("-c").arg(&command).env("SECONDS", by.as_secs().to_string()).status()?;
        if status.success() { Ok(()) } else { bail!("the clock command failed: {status}") }
    })
}

#[expect(clippy::print_stderr, reason = "this is a command")]
fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("vestibule-conformance: {error:#}");
    ExitCode::from(2)
}
