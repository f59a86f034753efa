//! Slow, late and broken connections: nothing is lost, and nothing happens twice.

use super::harness::{Browser, act, act_with, at, example, failed, problem, step_is};
use crate::client::ApiError;
use crate::flow::{CallId, Event};
use vestibule_contract::ProblemCode;

fn code() -> Browser {
    Browser::at_step("/flow/f1", at(example!("email_code.sent"), 1))
}

fn verify() -> Event {
    act_with("verify", "code", "12345678")
}

const VERIFY: &str = "submit f1@1 verify code=12345678";

#[test]
fn what_failed_is_repeated_as_it_was_with_the_same_key() {
    let mut browser = code();
    browser.walk([
        (verify(), &[&*["1 ", VERIFY].concat()][..], "email_code 1 | verify: Quiet"),
        (failed(1, ApiError::Offline), &[], "email_code 1 | verify: failed Offline"),
        (Event::Retry, &[&["2 ", VERIFY].concat()], "email_code 1 | verify: Quiet"),
        (failed(2, ApiError::Down), &[], "email_code 1 | verify: failed Server"),
        (verify(), &[&["3 ", VERIFY].concat()], "email_code 1 | verify: Quiet"),
        (failed(3, ApiError::Late), &[], "email_code 1 | verify: failed Server"),
    ]);
    let keys = browser.keys();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[test]
fn something_else_gets_a_key_of_its_own() {
    let mut browser = code();
    browser.on(verify());
    browser.on(failed(1, ApiError::Offline));
    browser.on(act_with("verify", "code", "87654321"));
    browser.on(failed(2, ApiError::Offline));
    browser.on(act("resend"));
    let mut keys = browser.keys();
    keys.dedup();
    assert_eq!(keys.len(), 3);
}

#[test]
fn the_connection_is_back_and_so_is_the_request() {
    let mut browser = code();
    browser.on(verify());
    assert!(browser.on(Event::CameOnline).is_empty(), "nothing has failed");
    browser.on(failed(1, ApiError::Offline));
    assert_eq!(browser.on(Event::CameOnline), [["2 ", VERIFY].concat()]);
    browser.on(failed(2, ApiError::Down));
    assert!(browser.on(Event::CameOnline).is_empty(), "the connection was not what was missing");
}

#[test]
fn patience_has_phases_and_an_end() {
    let mut browser = code();
    browser.on(verify());
    browser.walk([
        (Event::Retry, &[][..], "email_code 1 | verify: Quiet"),
        (Event::SlowTick { call: CallId(9) }, &[], "email_code 1 | verify: Quiet"),
        (Event::SlowTick { call: CallId(1) }, &[], "email_code 1 | verify: Slow"),
        (Event::Retry, &[], "email_code 1 | verify: Slow"),
        (Event::LateTick { call: CallId(1) }, &[], "email_code 1 | verify: Late"),
        (Event::SlowTick { call: CallId(1) }, &[], "email_code 1 | verify: Late"),
        (Event::Retry, &["abandon 1", &["2 ", VERIFY].concat()], "email_code 1 | verify: Quiet"),
        (Event::LateTick { call: CallId(1) }, &[], "email_code 1 | verify: Quiet"),
    ]);
}

#[test]
fn late_answers_change_nothing() {
    let mut browser = code();
    browser.on(verify());
    browser.on(Event::LateTick { call: CallId(1) });
    browser.on(Event::Retry);
    browser.walk([
        (step_is(1, at(example!("consent.fresh"), 2)), &[][..], "email_code 1 | verify: Quiet"),
        (failed(1, ApiError::Offline), &[], "email_code 1 | verify: Quiet"),
        (
            step_is(2, at(example!("consent.fresh"), 2)),
            &["push /flow/f1 f1@2/1", "draw", "focus heading"],
            "consent 2",
        ),
        (step_is(2, at(example!("email_code.sent"), 1)), &[], "consent 2"),
        (Event::SlowTick { call: CallId(2) }, &[], "consent 2"),
    ]);
}

#[test]
fn a_flow_that_started_is_not_started_again() {
    let mut browser = Browser::at_step("/i/secret", example!("invitation.fresh"));
    browser.on(act("continue"));
    browser.on(step_is(1, at(example!("invitation.fresh"), 0)));
    browser.walk([
        (failed(2, ApiError::Offline), &[][..], "invitation 0 | continue: failed Offline"),
        (act("decline"), &["3 submit f1@0 decline"], "invitation 0 | decline: Quiet"),
    ]);
}

#[test]
fn a_first_request_that_is_still_being_worked_on_can_be_asked_for_again() {
    let mut browser = code();
    browser.on(verify());
    browser.walk([
        (problem(1, ProblemCode::IdempotencyInProgress), &[][..], "email_code 1 | verify: failed Server"),
        (Event::Retry, &[&*["2 ", VERIFY].concat()], "email_code 1 | verify: Quiet"),
    ]);
}
