//! Where a finished walk leads (contract rule 6).

use vestibule_contract::Step;

use super::foreign::discovery;
use super::harness::{Browser, act, answer, at, example, failed, step_is};
use crate::client::ApiError;

/// The effects from the moment on when the walk is done.
fn done(redirect: &str) -> (Browser, Vec<String>) {
    let mut browser = Browser::at_step("/flow/f1", at(example!("consent.fresh"), 2));
    browser.on(act("accept"));
    let mut document = at(example!("done.app"), 3);
    let Step::Done(data) = &mut document.step else { panic!("not done") };
    data.redirect = redirect.to_owned();
    let effects = browser.on(step_is(1, document));
    assert_eq!(effects[..3], ["replace /flow/f1 f1@3/0", "draw", "focus heading"]);
    (browser, effects[3..].to_vec())
}

const APP: &str = "https://wiki.contoso.example/start";
const OPEN: &str = "http://wiki.contoso.example/start";
const TO_PANEL: &str = "replace /apps?organization=contoso";

#[test]
fn s72_a_safe_address_is_followed_as_the_step_gives_it() {
    for redirect in
        [APP, "https://app.example:8443/?code=1", "http://localhost:4000/callback", "http://localhost"]
    {
        assert_eq!(done(redirect).1, [["leave for good ", redirect].concat()]);
    }
}

#[test]
fn s72_an_open_address_is_followed_where_its_origin_is_listed() {
    for open in [OPEN, "http://localhost.evil.example/"] {
        let (mut browser, effects) = done(open);
        assert_eq!(effects, ["2 GET /.well-known/vestibule"]);
        let origin = open.trim_end_matches("/start");
        let listed = discovery(&["https://other.example", origin]);
        assert_eq!(browser.on(answer(2, listed)), [["leave for good ", open].concat()]);
    }
}

#[test]
fn s72_any_other_origin_leads_to_the_panel() {
    let (mut browser, _) = done(OPEN);
    assert_eq!(browser.on(answer(2, discovery(&["http://wiki.contoso.example.evil.example"])))[0], TO_PANEL);
    let (mut browser, _) = done(OPEN);
    assert_eq!(browser.on(failed(2, ApiError::Offline))[0], TO_PANEL);
}

#[test]
fn s72_what_is_no_address_leads_to_the_panel() {
    for redirect in
        ["javascript:alert(1)", "//evil.example", "/\\evil.example", "", "data:,x", "https://a@evil.example"]
    {
        assert_eq!(done(redirect).1[0], TO_PANEL, "{redirect}");
    }
}

#[test]
fn s72_this_origin_is_followed() {
    assert_eq!(done("/authorize?id=1").1, ["leave for good https://door.example/authorize?id=1"]);
    assert_eq!(
        done("https://door.example/apps?organization=fabrikam").1[0],
        "replace /apps?organization=fabrikam"
    );
}
