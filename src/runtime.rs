//! The only place where things happen: the browser's side of the engine.
//!
//! [`start`] reads what the server left in the document, hands it to the engine as its first event, and carries out
//! what the engine asks for. Everything that listens, waits or fetches ends with the [`Driver`].

use crate::client::http::parse;
use crate::flow::{Event, Start};
use crate::text::Words;

mod announce;
mod brand;
mod calls;
mod clock;
mod crash;
mod document;
mod driver;
mod effects;
mod focus;
mod form;
mod history;
mod listen;
mod mounted;
mod tabs;
mod takeover;
mod time;
mod work;

pub use driver::Driver;

/// Starts the page, with the words of the document's language as JSON. What it gives back is the page: dropping it
/// ends everything.
///
/// Words that cannot be read leave keys on the page instead of texts, which is ugly and works. Without an element
/// `#app` there is nothing to draw into, and nothing is started.
pub fn start(words: &str) -> Option<Driver> {
    let words = parse(words).as_ref().and_then(Words::from_tree).unwrap_or_default();
    let root = document::element("app")?;
    crash::prepare(&words);
    let driver = Driver::new(root, words);
    driver.send(Event::Started(Box::new(Start {
        route: history::route(),
        page: document::take_page(),
        origin: document::origin(),
        locale: document::language(),
        seed: document::seed(),
    })));
    Some(driver)
}
