//! Flows: one guest's walk, kept on the server.
//!
//! A flow's [`state`] says at which stage it stands; an action moves it (`actions/`, one file each) inside one write
//! transaction together with everything that the move changes; [`document`] draws the stage as a step document.
//! The order of steps and every "may I" is decided here and in `domain`, never in the page.

pub mod actions;
pub mod document;
mod ending;
pub mod federation;
pub mod invitation;
pub mod linking;
mod offered;
pub mod sending;
pub mod session;
pub mod sign_up;
pub mod start;
pub mod state;
pub mod submit;
pub mod walk;
pub mod ways;
