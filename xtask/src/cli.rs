//! The commands and their flags: this list is their documentation (`cargo xtask --help`).

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands;
use crate::workspace::Workspace;

/// Builds, checks and runs this project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sets up what is missing on this machine, into `target/tools`.
    Tools,
    /// Builds the page into `dist/`, with hashed names, integrity and compressed twins.
    Build {
        /// Also builds the backend in the release profile.
        #[arg(long)]
        release_backend: bool,
    },
    /// Measures what a browser downloads and fails over budget.
    Size {
        /// Prints one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Checks the invariants that the compiler cannot.
    Tidy,
    /// Generates the contract's schemas into `docs/contract`.
    Codegen {
        /// Changes nothing; fails where the checked-in files differ from the code.
        #[arg(long)]
        check: bool,
    },
    /// Builds everything and runs the demo until Ctrl-C.
    Run {
        /// Port on localhost.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Where the demo keeps its data.
        #[arg(long, default_value = ".vestibule/demo")]
        data: PathBuf,
        /// Starts from empty data.
        #[arg(long)]
        fresh: bool,
    },
    /// Measures when the form answers, beside the same form without script.
    Bench {
        /// Cold loads of each page and network.
        #[arg(long, default_value_t = 9)]
        runs: u32,
    },
    /// Runs every check there is, setting up what is missing.
    Test {
        /// Only what needs no bundle and no browser.
        #[arg(long)]
        fast: bool,
    },
}

impl Command {
    /// Runs the command.
    pub(crate) fn run(self, ws: &Workspace) -> Result<()> {
        match self {
            Self::Tools => commands::tools::run(ws),
            Self::Build { release_backend } => commands::build::run(ws, release_backend),
            Self::Size { json } => commands::size::run(ws, json),
            Self::Tidy => commands::tidy::run(ws),
            Self::Codegen { check } => commands::codegen::run(ws, check),
            Self::Run { port, data, fresh } => commands::run::run(ws, port, &data, fresh),
            Self::Bench { runs } => commands::bench::run(ws, runs),
            Self::Test { fast } => commands::test::run(ws, fast),
        }
    }
}
