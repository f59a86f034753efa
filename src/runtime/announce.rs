//! The live region: it stands outside the page, so that it is there before it speaks, and stays when the page is
//! drawn anew.

use web_sys::Element;

use super::document::{document, element};
use crate::flow::Announcement;
use crate::text::Words;

const ID: &str = "live";

/// Says something to people who do not see the page.
pub(super) fn announce(what: &Announcement, words: &Words) {
    let text = match what {
        Announcement::Messages => messages(),
        Announcement::TakenBack => words.t("activity.consent.revoked"),
        Announcement::Found { query, shown: _, total: 0 } => words.tf("panel.no_match", &[("query", query)]),
        Announcement::Found { query: _, shown, total } => {
            words.tf("panel.count", &[("shown", &shown.to_string()), ("total", &total.to_string())])
        }
    };
    if let Some(region) = region() {
        // The same words twice are a change only if something lies between them.
        region.set_text_content(None);
        region.set_text_content(Some(&text));
    }
}

/// What the page says about the step, as it stands there: in the person's language, with names and figures.
fn messages() -> String {
    let Ok(all) = document().query_selector_all("#main .message") else { return String::new() };
    let texts: Vec<String> =
        (0..all.length()).filter_map(|at| all.get(at)).filter_map(|node| node.text_content()).collect();
    texts.join(" ")
}

fn region() -> Option<Element> {
    if let Some(region) = element(ID) {
        return Some(region);
    }
    let document = document();
    let region = document.create_element("div").ok()?;
    for (name, value) in [("id", ID), ("class", "unseen"), ("role", "status"), ("aria-live", "polite")] {
        region.set_attribute(name, value).ok()?;
    }
    document.body()?.append_child(&region).ok()?;
    Some(region)
}
