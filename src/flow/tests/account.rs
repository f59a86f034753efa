//! The account page.

use vestibule_contract::ProblemCode;
use vestibule_contract::panel::{Activity, ConsentRecord, Consents};

use super::harness::{Browser, answer, card, failed, page, problem};
use super::panel::{me, organizations};
use crate::client::{ApiError, Reply};
use crate::flow::Event;
use crate::screen::{AccountScreen, Screen};

fn consents(count: usize) -> Consents {
    let record = ConsentRecord {
        id: "c1".to_owned(),
        organization: card("contoso"),
        given_at: "2026-11-20T10:00:00Z".to_owned(),
        revoked_at: None,
        permissions: Vec::new(),
        shared: Vec::new(),
    };
    Consents { items: vec![record; count] }
}

fn at_account() -> Browser {
    let account = AccountScreen {
        me: me("contoso"),
        organizations: organizations(),
        consents: consents(1),
        activity: Activity { items: Vec::new() },
    };
    Browser::open("/apps/account", Some(page(Screen::Account(Box::new(account))))).0
}

fn revoke() -> Event {
    Event::RevokeConsent { id: "c1".to_owned() }
}

#[test]
fn a_consent_is_taken_back_and_the_list_read_again() {
    at_account().walk([
        (revoke(), &["1 DELETE /api/v1/me/consents/c1"][..], "account 1 | revoke:c1: Quiet"),
        (revoke(), &[], "account 1 | revoke:c1: Quiet"),
        (
            answer(1, Reply::Gone),
            &["2 GET /api/v1/me/consents?organization=contoso"],
            "account 1 | revoke:c1: Quiet",
        ),
        (failed(2, ApiError::Offline), &[], "account 1 | revoke:c1: failed Offline"),
        (Event::Retry, &["3 GET /api/v1/me/consents?organization=contoso"], "account 1 | revoke:c1: Quiet"),
        (
            answer(3, Reply::Consents(consents(2))),
            &["draw over", "focus heading", "say taken back"],
            "account 2",
        ),
    ]);
}

#[test]
fn an_answer_of_another_kind_is_a_bad_answer() {
    let mut browser = at_account();
    browser.on(revoke());
    browser.walk([(
        answer(1, Reply::Me(Box::new(me("contoso")))),
        &[][..],
        "account 1 | revoke:c1: failed BadAnswer",
    )]);
}

#[test]
fn whoever_is_not_signed_in_any_more_signs_in() {
    let mut browser = at_account();
    browser.on(revoke());
    assert_eq!(
        browser.on(problem(1, ProblemCode::Unauthenticated)),
        [
            "draw",
            "replace /?organization=contoso&return_to=%2Fapps%2Faccount",
            "leave for good https://door.example/?organization=contoso&return_to=%2Fapps%2Faccount"
        ]
    );
}
