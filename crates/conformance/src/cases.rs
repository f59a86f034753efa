//! All cases, in the order in which they run: what uses up the invitation comes after what only looks at it, what reads
//! the whole record comes last but for what moves the clock.

mod brand;
mod challenge;
mod code;
mod consent;
mod discovery;
mod expiry;
mod flows;
mod form;
mod joined;
mod pages;
mod panel;
mod record;
mod redeem;
mod requests;
mod session;
mod sign_in;
mod sign_up;
mod sign_up_page;
mod start;
mod twin;

use crate::case::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [
        discovery::CASES,
        start::CASES,
        flows::CASES,
        requests::CASES,
        code::CASES,
        brand::CASES,
        pages::CASES,
        twin::CASES,
        redeem::CASES,
        consent::CASES,
        sign_in::CASES,
        sign_up::CASES,
        challenge::CASES,
        sign_up_page::CASES,
        form::CASES,
        joined::CASES,
        panel::CASES,
        session::CASES,
        record::CASES,
        expiry::CASES,
    ]
    .concat()
}

/// A table of cases of one profile and section: `id level "claim" function`.
macro_rules! cases {
    ($profile:ident, $section:literal: $($id:literal $level:ident $claim:literal $run:path;)+) => {
        /// The cases of this file.
        pub(super) const CASES: &[$crate::case::Case] = &[$($crate::case::Case {
            id: $id,
            level: $crate::case::Level::$level,
            profile: $crate::case::Profile::$profile,
            section: $section,
            claim: $claim,
            run: $run,
        }),+];
    };
}
use cases;

#[cfg(test)]
mod tests;
