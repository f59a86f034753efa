//! Back and Forward.

use super::harness::{Browser, act, act_with, at, example, failed, place, step_is};
use crate::client::ApiError;
use crate::flow::Event;
use crate::route::{Place, Route};

fn moved(place: Option<Place>, address: &str) -> Event {
    Event::HistoryMoved { place, route: Route::parse_href(address) }
}

/// A flow at its code step: two entries, the second is shown.
fn at_code() -> Browser {
    let mut browser = Browser::at_step("/flow/f1", at(example!("identify.fresh"), 0));
    browser.on(act_with("continue", "email", "a@b.example"));
    browser.on(step_is(1, at(example!("email_code.sent"), 1)));
    browser
}

#[test]
fn back_is_the_steps_own_back() {
    at_code().walk([
        (
            moved(Some(place(0, 0)), "/flow/f1"),
            &["replace /flow/f1 f1@1/0", "2 submit f1@1 back"][..],
            "email_code 1 | back: Quiet",
        ),
        (
            step_is(2, at(example!("identify.fresh"), 2)),
            &["replace /flow/f1 f1@2/0", "draw", "focus heading"],
            "identify 2",
        ),
        // Forward: the entry is there, the step it showed is not. Nothing is undone by it.
        (moved(Some(place(1, 1)), "/flow/f1"), &["replace /flow/f1 f1@2/1"], "identify 2"),
        (
            act_with("continue", "email", "c@d.example"),
            &["3 submit f1@2 continue email=c@d.example"],
            "identify 2 | continue: Quiet",
        ),
        (
            step_is(3, at(example!("email_code.sent"), 3)),
            &["push /flow/f1 f1@3/2", "draw", "focus heading"],
            "email_code 3",
        ),
    ]);
}

#[test]
fn forward_never_goes_back() {
    let mut browser = at_code();
    browser.walk([(moved(Some(place(0, 2)), "/flow/f1"), &["replace /flow/f1 f1@1/2"][..], "email_code 1")]);
}

#[test]
fn where_a_step_has_no_back_it_stays() {
    let mut browser = at_code();
    browser.on(act_with("verify", "code", "12345678"));
    browser.on(step_is(2, at(example!("consent.fresh"), 2)));
    browser.walk([
        (moved(Some(place(1, 1)), "/flow/f1"), &["replace /flow/f1 f1@2/1"][..], "consent 2"),
        (moved(Some(place(0, 0)), "/flow/f1"), &["replace /flow/f1 f1@2/0"], "consent 2"),
        (act("accept"), &["3 submit f1@2 accept"], "consent 2 | accept: Quiet"),
    ]);
}

#[test]
fn back_while_something_is_under_way_undoes_nothing() {
    let mut browser = at_code();
    browser.on(act_with("verify", "code", "12345678"));
    browser.walk([
        (
            moved(Some(place(0, 0)), "/flow/f1"),
            &["replace /flow/f1 f1@1/0"][..],
            "email_code 1 | verify: Quiet",
        ),
        (
            step_is(2, at(example!("consent.fresh"), 2)),
            &["push /flow/f1 f1@2/1", "draw", "focus heading"],
            "consent 2",
        ),
    ]);
}

#[test]
fn back_that_fails_can_be_tried_again() {
    let mut browser = at_code();
    browser.on(moved(Some(place(0, 0)), "/flow/f1"));
    browser.walk([
        (failed(2, ApiError::Offline), &[][..], "email_code 1 | back: failed Offline"),
        (Event::Retry, &["3 submit f1@1 back"], "email_code 1 | back: Quiet"),
        (
            step_is(3, at(example!("identify.fresh"), 2)),
            &["replace /flow/f1 f1@2/0", "draw", "focus heading"],
            "identify 2",
        ),
    ]);
}

#[test]
fn another_flow_is_read() {
    let other = Place { flow: "f0".to_owned(), rev: 7, depth: 3 };
    at_code().walk([(
        moved(Some(other), "/flow/f0"),
        &["2 GET /api/v1/flows/f0"][..],
        "email_code 1 | load: Quiet",
    )]);
}

#[test]
fn entries_are_drawn_by_the_server() {
    for address in ["/i/secret", "/", "/else"] {
        assert_eq!(at_code().on(moved(None, address)), ["reload"], "{address}");
    }
}

#[test]
fn a_link_to_a_part_of_the_page_is_no_move() {
    let mut browser = at_code();
    assert_eq!(browser.on(moved(None, "/flow/f1")), ["replace /flow/f1 f1@1/1"]);
    let mut preview = Browser::at_step("/i/secret", example!("invitation.fresh"));
    assert_eq!(preview.on(moved(None, "/i/secret")), ["replace /i/secret"]);
}

#[test]
fn the_panel_comes_back_as_it_was_asked_for() {
    let mut browser = super::panel::at_panel();
    assert_eq!(
        browser.on(moved(None, "/apps?organization=contoso&query=wiki")),
        [
            "1 GET /api/v1/me?organization=contoso",
            "2 GET /api/v1/me/organizations?organization=contoso",
            "3 GET /api/v1/me/apps?organization=contoso&query=wiki",
        ]
    );
}
