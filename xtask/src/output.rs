//! All that these commands say. The only file that prints, so that the form stays one: a name, a
//! colon, what happened. Lines from parts that run side by side never mix within a line.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line program speaks by printing")]

use std::fmt::Display;
use std::time::{Duration, Instant};

use anyhow::Result;

/// One line of what a person came for.
pub(crate) fn line(text: impl Display) {
    println!("{text}");
}

/// One line of progress. It goes to stderr, so that `--json` leaves stdout to the JSON.
pub(crate) fn note(text: impl Display) {
    eprintln!("{text}");
}

/// The reason why a command failed, with its causes.
pub(crate) fn failure(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

/// Measures how long something takes, for people to read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "progress of a build, decides nothing")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// What has passed since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Says what begins and how long it tends to take, does it, says how long it took.
pub(crate) fn timed<T>(what: &str, about: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    note(format_args!("{what}: working, about {about}"));
    let watch = Stopwatch::start();
    let result = work();
    let ended = if result.is_ok() { "done" } else { "failed" };
    note(format_args!("{what}: {ended} in {:.1} s", watch.elapsed().as_secs_f64()));
    result
}
