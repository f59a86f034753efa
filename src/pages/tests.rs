//! Every page as HTML: what it looks like, and what must hold of all of them.

use std::collections::BTreeSet;

use crate::render::render;
use crate::screen::Page;
use crate::text::Words;

mod busy;
mod hostile;
mod html;
mod samples;
mod structure;
mod style;
mod words;

const ENGLISH: &str = include_str!("../../public/locales/en.json");

fn english() -> Words {
    Words::from_json(ENGLISH).expect("the catalogue is one")
}

fn drawn(page: &Page) -> String {
    render(page, &english(), samples::NOW)
}

/// Checks something of every sample.
fn each(check: impl Fn(&str, &Page, &str)) {
    let pages = samples::pages();
    let names: BTreeSet<&String> = pages.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), pages.len(), "each sample has a name of its own");
    for (name, page) in &pages {
        check(name, page, &drawn(page));
    }
}

/// The main part of every page; the chrome around it is the same on all and stands in one snapshot of its own.
#[test]
fn every_page_looks_as_it_did() {
    each(|name, _, html| {
        let main =
            html.find("<main").zip(html.find("</main>")).map(|(from, to)| &html[from..to + "</main>".len()]);
        insta::assert_snapshot!(name, html::pretty(main.expect("a main part")));
    });
}

#[test]
fn the_chrome_looks_as_it_did() {
    let html = drawn(&samples::page("panel.empty"));
    insta::assert_snapshot!("chrome", html::pretty(&html));
}

#[test]
fn a_title_says_what_the_page_is_and_in_whose_name() {
    let title = |name| super::title(&samples::page(name), &english());
    assert_eq!(title("email_code.sent"), "Enter your code · \u{2068}Contoso Research\u{2069}");
    assert_eq!(title("failure.offline"), "You are offline · \u{2068}door.example\u{2069}");
    assert_eq!(
        title("invitation.fresh"),
        "You are invited to \u{2068}Contoso Research\u{2069} · \u{2068}Contoso Research\u{2069}"
    );
}
