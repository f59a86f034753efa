//! `vestibule-backend`: reads the command line and runs the command.

use std::process::ExitCode;

use clap::Parser;
use vestibule_backend::cli::{Cli, run};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(code) => code,
        Err(error) => fail(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the log may not be running yet")]
fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("vestibule-backend: {error:#}");
    ExitCode::FAILURE
}
