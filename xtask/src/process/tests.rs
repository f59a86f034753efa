//! Output is kept in order and failures carry it.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{checked, program, tail};
use crate::workspace::Workspace;

#[test]
fn tail_keeps_the_last_lines() {
    assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
    assert_eq!(tail("a", 5), "a");
}

#[cfg(unix)]
#[test]
fn a_failure_shows_both_streams() {
    let ws = Workspace::find().unwrap();
    let mut shell = program(&ws, "sh");
    shell.args(["-c", "echo first; echo second >&2; exit 3"]);
    let message = checked(shell).unwrap_err().to_string();
    assert!(message.ends_with("first\nsecond"), "{message}");
}
