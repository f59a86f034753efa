//! Judges one attempt at a code.

use crate::{named::named, time::Timestamp};

named! {
    /// What became of a code so far.
    pub enum CodeState {
        /// It can be used.
        Active = "active",
        /// It was used; a code works once (S91).
        Used = "used",
        /// A newer code was sent; only the newest works (S91).
        Superseded = "superseded",
    }
}

/// The judgement on one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeVerdict {
    /// The code is right, and is now to be marked as used.
    Right,
    /// The code is wrong.
    Wrong {
        /// How many attempts remain.
        attempts_left: u32,
    },
    /// The code is too old.
    Expired,
    /// No attempt was left, so the code was not looked at.
    Exhausted,
    /// A newer code was sent.
    Superseded,
    /// The code was used before.
    Used,
}

/// Judges an attempt from the row as it stood before it, where `matches` says whether the hashes are the same.
///
/// The attempt counts before the comparison (T15): the caller takes one off `attempts_left_before` in the transaction
/// that reads the row, whatever comes out here. So the fifth of five attempts may still be right, and a sixth is
/// [`Exhausted`](CodeVerdict::Exhausted) even with the right code, however many arrive at once (S93). At `expires_at`
/// itself the code is expired.
pub fn check(
    state: CodeState,
    attempts_left_before: u32,
    expires_at: Timestamp,
    now: Timestamp,
    matches: bool,
) -> CodeVerdict {
    match state {
        CodeState::Used => return CodeVerdict::Used,
        CodeState::Superseded => return CodeVerdict::Superseded,
        CodeState::Active => {}
    }
    if now >= expires_at {
        return CodeVerdict::Expired;
    }
    match attempts_left_before.checked_sub(1) {
        None => CodeVerdict::Exhausted,
        Some(_) if matches => CodeVerdict::Right,
        Some(attempts_left) => CodeVerdict::Wrong { attempts_left },
    }
}
