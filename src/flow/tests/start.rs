//! The first event.

use vestibule_contract::StepDocument;

use super::harness::{Browser, at, example, page};
use crate::flow::Event;
use crate::screen::{Failure, FailureKind, Screen, StepScreen, Values};

fn opened(address: &str, document: StepDocument) -> Vec<String> {
    Browser::open(address, Some(page(Screen::Step(Box::new(StepScreen { document, draft: Values::new() })))))
        .1
}

#[test]
fn a_page_that_the_server_drew_asks_for_nothing() {
    assert_eq!(opened("/i/secret", example!("invitation.fresh")), ["draw over"]);
    assert_eq!(
        opened("/flow/f1", at(example!("email_code.sent"), 3)),
        ["draw over", "replace /flow/f1 f1@3/0"]
    );
}

#[test]
fn a_finished_walk_goes_on_at_once() {
    let effects = opened("/flow/f1", at(example!("done.panel"), 3));
    assert_eq!(
        effects[..3],
        [
            "draw over",
            "replace /flow/f1 f1@3/0",
            "leave for good https://door.example/apps?organization=contoso"
        ]
    );
}

#[test]
fn a_failure_that_the_server_drew_is_tried_again_by_loading() {
    let failure = Failure { kind: FailureKind::Server, reference: None };
    let (mut browser, effects) = Browser::open("/apps", Some(page(Screen::Failure(failure))));
    assert_eq!(effects, ["draw over"]);
    assert_eq!(browser.on(Event::Retry), ["reload"]);
}

#[test]
fn events_that_fit_nothing_on_the_screen_change_nothing() {
    let events = || {
        [
            Event::Search { query: "x".to_owned() },
            Event::MoreApps,
            Event::NewInvitation,
            Event::PreviewInvitation { values: Values::new() },
            Event::SendInvitation { values: Values::new() },
            Event::CameOnline,
        ]
    };
    for event in events() {
        let mut browser = Browser::at_step("/flow/f1", at(example!("consent.fresh"), 2));
        assert!(browser.on(event).is_empty());
        assert_eq!(browser.screen(), "consent 2");
    }
}
