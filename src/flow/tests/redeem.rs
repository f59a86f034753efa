//! From the link in the mail to the panel.

use super::harness::{Browser, act, act_with, answer, at, example, step_is};
use crate::client::Reply;

#[test]
fn s71_a_guest_walks_from_the_mail_to_the_panel() {
    let mut browser = Browser::at_step("/i/secret", example!("invitation.fresh"));
    browser.walk([
        (act("continue"), &["1 start redeem invitation=secret"][..], "invitation 0 | continue: Quiet"),
        (
            step_is(1, at(example!("invitation.fresh"), 0)),
            &["replace /flow/f1 f1@0/0", "2 submit f1@0 continue"],
            "invitation 0 | continue: Quiet",
        ),
        (
            step_is(2, at(example!("email_code.sent"), 1)),
            &["push /flow/f1 f1@1/1", "draw", "focus heading"],
            "email_code 1",
        ),
        (
            act_with("verify", "code", "12345678"),
            &["3 submit f1@1 verify code=12345678"],
            "email_code 1 | verify: Quiet",
        ),
        (
            step_is(3, at(example!("consent.fresh"), 2)),
            &["push /flow/f1 f1@2/2", "draw", "focus heading"],
            "consent 2",
        ),
        (act("accept"), &["4 submit f1@2 accept"], "consent 2 | accept: Quiet"),
        (
            step_is(4, at(example!("done.panel"), 3)),
            &[
                "replace /flow/f1 f1@3/2",
                "draw",
                "focus heading",
                "replace /apps?organization=contoso",
                "5 GET /api/v1/me?organization=contoso",
                "6 GET /api/v1/me/organizations?organization=contoso",
                "7 GET /api/v1/me/apps?organization=contoso",
            ],
            "done 3 | load: Quiet",
        ),
        (answer(7, Reply::Apps(Box::new(super::panel::apps(2, None)))), &[], "done 3 | load: Quiet"),
        (answer(5, Reply::Me(Box::new(super::panel::me("contoso")))), &[], "done 3 | load: Quiet"),
        (
            answer(6, Reply::Organizations(super::panel::organizations())),
            &["draw", "focus heading"],
            "panel 2 \"\"",
        ),
    ]);
}

#[test]
fn s60_the_invitations_secret_is_nowhere_once_the_flow_runs() {
    let mut browser = Browser::at_step("/i/secret", example!("invitation.fresh"));
    browser.on(act("continue"));
    browser.on(step_is(1, at(example!("invitation.fresh"), 0)));
    browser.on(step_is(2, at(example!("email_code.sent"), 1)));
    let state = browser.state();
    assert_eq!(state.route.href(), "/flow/f1");
    assert!(state.task.is_none());
    assert!(!serde_json::to_string(&state.page).unwrap().contains("secret"));
}

#[test]
fn what_the_flow_shows_instead_of_the_preview_is_seen_before_anything_is_submitted() {
    let mut browser = Browser::at_step("/i/secret", example!("invitation.fresh"));
    browser.walk([
        (act("continue"), &["1 start redeem invitation=secret"][..], "invitation 0 | continue: Quiet"),
        (
            step_is(1, at(example!("wrong_account.strict"), 0)),
            &["replace /flow/f1 f1@0/0", "draw", "focus heading"],
            "wrong_account 0",
        ),
    ]);
}

#[test]
fn a_complete_code_is_sent_once_a_revision() {
    let complete = || crate::flow::Event::CodeComplete {
        action: "verify".to_owned(),
        values: [("code".to_owned(), "12345678".to_owned())].into(),
    };
    let mut browser = Browser::at_step("/flow/f1", at(example!("email_code.sent"), 1));
    assert_eq!(browser.on(complete()), ["1 submit f1@1 verify code=12345678"]);
    assert!(browser.on(complete()).is_empty(), "while it is under way");
    browser.on(step_is(1, at(example!("email_code.wrong"), 1)));
    assert!(browser.on(complete()).is_empty(), "while the wrong code is being corrected");
    assert_eq!(browser.on(act_with("verify", "code", "87654321")).len(), 1, "the button works");
    browser.on(step_is(2, at(example!("email_code.wrong"), 2)));
    assert_eq!(browser.on(complete()).len(), 1, "at a new revision");
}

#[test]
fn only_offered_actions_are_sent_and_only_one_at_a_time() {
    let mut browser = Browser::at_step("/flow/f1", at(example!("email_code.sent"), 1));
    assert!(browser.on(act("accept")).is_empty());
    assert_eq!(browser.on(act("resend")).len(), 1);
    assert!(browser.on(act("resend")).is_empty());
    assert!(browser.on(act_with("verify", "code", "12345678")).is_empty());
}

#[test]
fn the_sign_in_entry_starts_a_sign_in() {
    let mut document = example!("identify.fresh");
    document.flow.id = None;
    let mut browser = Browser::at_step("/?organization=contoso", document);
    browser.walk([
        (
            act_with("continue", "email", "a@b.example"),
            &["1 start sign-in organization=contoso"][..],
            "identify 0 | continue: Quiet",
        ),
        (
            step_is(1, at(example!("identify.fresh"), 0)),
            &["replace /flow/f1 f1@0/0", "2 submit f1@0 continue email=a@b.example"],
            "identify 0 | continue: Quiet",
        ),
    ]);
}
