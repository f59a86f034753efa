//! What is on the screen while something is under way, and while time passes.

use leptos::prelude::{Owner, RenderHtml as _, Signal};

use super::html::tags;
use super::{english, samples};
use crate::flow::{Busy, Phase};
use crate::pages::draw;
use crate::render::plain;
use crate::screen::{Failure, FailureKind};
use crate::ui::wires::Wires;

/// A sample as the browser draws it: something is under way, and the clock runs.
fn drawn(name: &str, phase: Option<Phase>, now_ms: i64) -> String {
    Owner::new().with(|| {
        let busy = phase.map(|phase| Busy { action: "verify".to_owned(), phase });
        let wires = Wires { busy: Signal::stored(busy), ticking: true, ..Wires::inert(english(), now_ms) };
        plain(&draw(&samples::page(name), &wires).to_html())
    })
}

fn pressed(html: &str) -> Vec<Option<&str>> {
    tags(html).iter().filter(|tag| tag.get("aria-busy").is_some()).map(|tag| tag.get("value")).collect()
}

#[test]
fn only_the_pressed_button_works_and_it_keeps_its_words() {
    let html = drawn("email_code.sent", Some(Phase::Quiet), samples::NOW);
    assert_eq!(pressed(&html), [Some("verify")]);
    let button =
        tags(&html).into_iter().find(|tag| tag.get("id") == Some("action-verify")).expect("the button");
    assert_eq!(button.get("aria-disabled"), Some("true"));
    assert!(button.get("disabled").is_none(), "it keeps the focus");
    assert!(html.contains(">Continue</button>"));
}

#[test]
fn what_takes_long_says_so_and_can_be_tried_again() {
    let slow = drawn("email_code.sent", Some(Phase::Slow), samples::NOW);
    assert!(slow.contains("Still working on it") && !slow.contains("Try again"));
    let late = drawn("email_code.sent", Some(Phase::Late), samples::NOW);
    assert!(late.contains("This takes longer than usual.") && late.contains("Try again</button>"));
}

#[test]
fn what_failed_says_why_and_the_button_works_again() {
    let failure = Failure { kind: FailureKind::Server, reference: Some("V-7Q2M-K4".to_owned()) };
    let html = drawn("email_code.sent", Some(Phase::Failed(failure)), samples::NOW);
    assert!(html.contains("Something went wrong on our side.") && html.contains(">V-7Q2M-K4</bdi>"));
    assert!(html.contains("Try again</button>"));
    assert_eq!(pressed(&html), []);
}

#[test]
fn the_wait_for_another_code_is_counted_down() {
    assert!(drawn("email_code.sent", None, samples::NOW).contains("You can ask for a new code in 1:00."));
    assert!(
        drawn("email_code.sent", None, samples::NOW + 55_001).contains("You can ask for a new code in 0:04.")
    );
    assert!(
        drawn("email_code.sent", None, samples::NOW + 60_000).contains("You can ask for a new code now.")
    );
}

#[test]
fn the_way_on_without_a_solution_is_counted_down() {
    let at = |now| drawn("challenge.fresh", None, now);
    assert!(at(samples::NOW).contains("you can go on without it in 0:30."));
    assert!(at(samples::NOW + 30_000).contains("You can go on without it now."));
    assert!(super::drawn(&samples::page("challenge.fresh")).contains("No script runs in this browser"));
}

#[test]
fn characters_are_counted_down_where_something_counts() {
    assert!(drawn("invite.refused", None, samples::NOW).contains("Characters left: 471"));
    assert!(super::drawn(&samples::page("invite.refused")).contains("Characters at most: 500"));
}
