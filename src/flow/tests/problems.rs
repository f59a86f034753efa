//! Problems of the contract at a step, one by one.

use vestibule_contract::document::Links;
use vestibule_contract::{Message, MessageCode, Problem, ProblemCode, Severity};

use super::harness::{Browser, Row, act, act_with, at, example, failed, problem};
use crate::client::ApiError;
use crate::flow::Event;

fn problem_with(call: u64, problem: Problem) -> Event {
    failed(call, ApiError::Problem(Box::new(problem)))
}

/// A code step at which a code has been sent off.
fn verifying() -> Browser {
    let mut browser = Browser::at_step("/flow/f1", at(example!("email_code.sent"), 1));
    browser.on(act_with("verify", "code", "12345678"));
    browser
}

fn after(browser: &mut Browser, row: Row<'_>) {
    browser.walk([row]);
}

#[test]
fn a_step_that_has_moved_on_is_shown_where_it_stands() {
    let mut stale = Problem::new(ProblemCode::StaleRevision);
    stale.step = Some(Box::new(at(example!("consent.fresh"), 4)));
    let effects = ["push /flow/f1 f1@4/1", "draw", "focus heading", "say messages"];
    after(&mut verifying(), (problem_with(1, stale), &effects, "consent 4 moved_on"));
}

#[test]
fn a_step_that_has_moved_on_somewhere_is_asked_for() {
    after(
        &mut verifying(),
        (problem(1, ProblemCode::StaleRevision), &["2 GET /api/v1/flows/f1"], "email_code 1 | load: Quiet"),
    );
}

#[test]
fn a_wrong_code_stands_at_its_field_and_is_typed_anew() {
    let mut wrong = Problem::new(ProblemCode::ValidationFailed);
    let mut document = at(example!("email_code.wrong"), 1);
    wrong.errors = std::mem::take(&mut document.messages);
    wrong.step = Some(Box::new(document));
    after(&mut verifying(), (problem_with(1, wrong), &["draw", "focus code"], "email_code 1 code_wrong"));
}

#[test]
fn what_was_typed_is_kept() {
    let mut browser = Browser::at_step("/flow/f1", at(example!("identify.fresh"), 0));
    browser.on(act_with("continue", "email", "not an address"));
    let mut wrong = Problem::new(ProblemCode::ValidationFailed);
    wrong.errors =
        vec![Message::new(MessageCode::AddressInvalid, Severity::Error, "No address.").about("email")];
    let screen = "identify 0 address_invalid email=not an address";
    after(&mut browser, (problem_with(1, wrong), &["draw over", "focus email"], screen));
}

#[test]
fn an_expired_flow_offers_to_begin_again() {
    let mut browser = verifying();
    let mut expired = Problem::new(ProblemCode::FlowExpired);
    expired.links = Some(Links { restart: Some("/?organization=contoso".to_owned()), ..Links::default() });
    browser.walk([
        (problem_with(1, expired), &["draw", "focus heading"][..], "blocked flow_expired 1"),
        (act("restart"), &["leave https://door.example/?organization=contoso"], "blocked flow_expired 1"),
    ]);
}

#[test]
fn a_stop_within_a_flow_begins_again_in_it() {
    let document = at(example!("blocked.consent_refused"), 3);
    assert!(document.links.restart.is_some());
    let mut browser = Browser::at_step("/flow/f1", document);
    assert_eq!(browser.on(act("restart")), ["1 submit f1@3 restart"]);
}

#[test]
fn an_expired_flow_without_a_way_back_leads_to_the_entry() {
    let mut browser = verifying();
    browser.on(problem(1, ProblemCode::FlowExpired));
    assert_eq!(browser.on(act("restart")), ["leave https://door.example/?organization=contoso"]);
}

#[test]
fn a_flow_of_another_browser_is_blocked() {
    after(
        &mut verifying(),
        (problem(1, ProblemCode::FlowBoundElsewhere), &["draw", "focus heading"], "blocked other_browser 1"),
    );
}

#[test]
fn too_many_requests_say_when_and_lose_nothing() {
    let retry_at = Some("2026-11-20T10:15:00Z".to_owned());
    let mut browser = verifying();
    browser.walk([
        (
            failed(1, ApiError::Limited { retry_at: retry_at.clone() }),
            &["draw over", "say messages"][..],
            "email_code 1 too_many_attempts",
        ),
        (
            act_with("verify", "code", "12345678"),
            &["2 submit f1@1 verify code=12345678"],
            "email_code 1 too_many_attempts | verify: Quiet",
        ),
    ]);
    let deadlines = crate::flow::deadlines(&browser.state().page);
    assert_eq!(deadlines.last().map(|it| it.as_str()), retry_at.as_deref());
}

#[test]
fn too_many_requests_without_a_time_can_be_tried_again() {
    let limited = failed(1, ApiError::Limited { retry_at: None });
    after(&mut verifying(), (limited, &[], "email_code 1 | verify: failed Busy"));
}

#[test]
fn every_problem_leaves_a_screen_with_a_way_on() {
    for code in ProblemCode::ALL {
        let mut browser = verifying();
        let effects = browser.on(problem(1, *code));
        let screen = browser.screen();
        let way_on = screen.contains("failed") || screen.starts_with("blocked") || !effects.is_empty();
        assert!(way_on, "{} {screen}", code.as_str());
    }
}

#[test]
fn a_session_that_has_ended_leads_to_the_entry() {
    let effects = [
        "draw",
        "replace /?organization=contoso",
        "leave for good https://door.example/?organization=contoso",
    ];
    after(&mut verifying(), (problem(1, ProblemCode::Unauthenticated), &effects, "loading"));
}
