//! Where commands print: the only place that writes to standard output.
#![expect(clippy::print_stdout, reason = "this is what commands print")]

/// Prints a line.
pub fn line(text: impl std::fmt::Display) {
    println!("{text}");
}
