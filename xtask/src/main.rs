//! `cargo xtask <command>`: everything that is done to this repository, in one place and the same
//! on every machine. `cli` is the list of commands; each has its file under `commands`.

mod bundle;
mod cli;
mod commands;
mod lock;
mod output;
mod process;
mod tidy;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match workspace::Workspace::find().and_then(|ws| cli::Cli::parse().command.run(&ws)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::failure(&error);
            ExitCode::FAILURE
        }
    }
}
