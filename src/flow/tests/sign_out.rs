//! Signing out, here and elsewhere, and what must not stay behind (S77).

use vestibule_contract::ProblemCode;

use super::harness::{Browser, answer, at, example, failed, problem};
use super::panel::at_panel;
use crate::client::{ApiError, Reply};
use crate::flow::Event;

#[test]
fn s77_nothing_private_stays_after_sign_out() {
    let mut browser = at_panel();
    browser.walk([
        (Event::SignOut, &["1 DELETE /api/v1/session"][..], "panel 2 \"\" | sign_out: Quiet"),
        (Event::SignOut, &[], "panel 2 \"\" | sign_out: Quiet"),
        (Event::Search { query: "wiki".to_owned() }, &[], "panel 2 \"\" | sign_out: Quiet"),
        (Event::SelectOrganization { id: "fabrikam".to_owned() }, &[], "panel 2 \"\" | sign_out: Quiet"),
        (
            answer(1, Reply::Gone),
            &["tell tabs", "draw", "replace /", "leave for good https://door.example/"],
            "loading",
        ),
    ]);
    assert!(!serde_json::to_string(&browser.state().page).unwrap().contains("ada@"));
}

#[test]
fn a_session_that_is_gone_already_is_signed_out() {
    let mut browser = at_panel();
    browser.on(Event::SignOut);
    assert_eq!(
        browser.on(problem(1, ProblemCode::Unauthenticated)),
        ["tell tabs", "draw", "replace /", "leave for good https://door.example/"]
    );
}

#[test]
fn signing_out_without_a_connection_says_so() {
    at_panel().walk([
        (Event::SignOut, &["1 DELETE /api/v1/session"][..], "panel 2 \"\" | sign_out: Quiet"),
        (failed(1, ApiError::Offline), &[], "panel 2 \"\" | sign_out: failed Offline"),
        (Event::SignOut, &["2 DELETE /api/v1/session"], "panel 2 \"\" | sign_out: Quiet"),
    ]);
}

#[test]
fn s77_the_other_tab_empties_itself() {
    let mut browser = at_panel();
    browser.on(Event::Search { query: "wiki".to_owned() });
    browser.walk([(
        Event::SignedOutElsewhere,
        &["abandon 1", "draw", "replace /", "leave for good https://door.example/"][..],
        "loading",
    )]);
}

#[test]
fn a_tab_that_shows_nothing_private_stays() {
    let mut browser = Browser::at_step("/i/secret", example!("invitation.fresh"));
    assert!(browser.on(Event::SignedOutElsewhere).is_empty());
}

#[test]
fn s77_a_page_from_the_back_forward_cache_is_read_again() {
    at_panel().walk([(Event::Restored, &["draw", "reload"][..], "loading")]);
    let mut step = Browser::at_step("/flow/f1", at(example!("consent.fresh"), 2));
    step.walk([(Event::Restored, &["reload"][..], "consent 2")]);
}
