//! The front door for guests, as one page.
//!
//! One direction of data: **contract → client → flow → pages**. A backend's answer is decoded by `client`, `flow`
//! turns it and everything a person does into the next state and a list of effects, `pages` draw the state, and
//! `runtime` alone carries effects out in the browser. What decides is pure and tested natively.
//!
//! The same views draw on the server (feature `ssr`), so the first paint is a working form without any script, and
//! the page in the browser (feature `csr`) takes over what is already there.

pub mod flow;
pub mod pages;
pub mod route;
pub mod screen;
pub mod text;
pub mod ui;

pub mod client;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "csr")]
pub mod runtime;
