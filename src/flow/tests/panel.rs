//! The access panel.

use vestibule_contract::panel::{App, Apps, Me, Membership, Organizations, Role, Why};
use vestibule_contract::step::ResourceKind;

use super::harness::{Browser, answer, card, failed, page};
use crate::client::{ApiError, Reply};
use crate::flow::Event;
use crate::route::Route;
use crate::screen::{PanelScreen, Screen};

const NOW: &str = "2026-11-20T10:00:00Z";

pub(super) fn me(organization: &str) -> Me {
    Me {
        id: "p1".to_owned(),
        name: "Ada".to_owned(),
        email: "ada@partner.example".to_owned(),
        role: Role::Guest,
        organization: card(organization),
        may_invite: false,
        may_link: true,
        locale: None,
    }
}

pub(super) fn organizations() -> Organizations {
    let member = |id: &str, current| Membership {
        organization: card(id),
        role: Role::Guest,
        since: NOW.to_owned(),
        current,
    };
    Organizations { items: vec![member("contoso", true), member("fabrikam", false)] }
}

pub(super) fn apps(count: u32, next: Option<&str>) -> Apps {
    let app = |number: u32| App {
        id: number.to_string(),
        name: "Wiki".to_owned(),
        description: None,
        kind: ResourceKind::App,
        launch_url: "https://wiki.example/".to_owned(),
        why: Why { granted_by: "Mira".to_owned(), reason: None },
        since: NOW.to_owned(),
        until: None,
        owner: None,
        collection: None,
    };
    Apps { items: (0..count).map(app).collect(), total: 5, next_cursor: next.map(str::to_owned) }
}

pub(super) fn at_panel() -> Browser {
    let panel = PanelScreen {
        me: me("contoso"),
        organizations: organizations(),
        apps: apps(2, Some("c2")),
        query: String::new(),
    };
    let mut page = page(Screen::Panel(Box::new(panel)));
    page.chrome.account = Some("ada@partner.example".to_owned());
    page.chrome.links.help = Some("mailto:it@contoso.example".to_owned());
    Browser::open("/apps", Some(page)).0
}

fn search(query: &str) -> Event {
    Event::Search { query: query.to_owned() }
}

fn list(call: u64, apps: Apps) -> Event {
    answer(call, Reply::Apps(Box::new(apps)))
}

#[test]
fn a_search_changes_the_list_and_the_address() {
    at_panel().walk([
        (
            search("wiki"),
            &["1 GET /api/v1/me/apps?organization=contoso&query=wiki"][..],
            "panel 2 \"\" | search: Quiet",
        ),
        (
            search("wikis"),
            &["abandon 1", "2 GET /api/v1/me/apps?organization=contoso&query=wikis"],
            "panel 2 \"\" | search: Quiet",
        ),
        (list(1, apps(1, None)), &[], "panel 2 \"\" | search: Quiet"),
        (
            list(2, apps(0, None)),
            &["replace /apps?organization=contoso&query=wikis", "draw over", "say found wikis 0 of 5"],
            "panel 0 \"wikis\"",
        ),
        (
            failed(2, ApiError::Offline), // an answer to nothing
            &[],
            "panel 0 \"wikis\"",
        ),
    ]);
}

#[test]
fn the_list_grows_to_its_end() {
    at_panel().walk([
        (
            Event::MoreApps,
            &["1 GET /api/v1/me/apps?organization=contoso&cursor=c2"][..],
            "panel 2 \"\" | more: Quiet",
        ),
        (Event::MoreApps, &[], "panel 2 \"\" | more: Quiet"),
        (list(1, apps(2, Some("c4"))), &["draw over", "say found  4 of 5"], "panel 4 \"\""),
        (
            Event::MoreApps,
            &["2 GET /api/v1/me/apps?organization=contoso&cursor=c4"],
            "panel 4 \"\" | more: Quiet",
        ),
        (
            list(2, apps(1, None)), // and with it the button goes
            &["draw over", "focus heading", "say found  5 of 5"],
            "panel 5 \"\"",
        ),
        (Event::MoreApps, &[], "panel 5 \"\""),
    ]);
}

#[test]
fn a_search_that_fails_leaves_the_list_and_can_be_tried_again() {
    at_panel().walk([
        (
            search("wiki"),
            &["1 GET /api/v1/me/apps?organization=contoso&query=wiki"][..],
            "panel 2 \"\" | search: Quiet",
        ),
        (failed(1, ApiError::BadAnswer), &[], "panel 2 \"\" | search: failed BadAnswer"),
        (
            Event::Retry,
            &["2 GET /api/v1/me/apps?organization=contoso&query=wiki"],
            "panel 2 \"\" | search: Quiet",
        ),
    ]);
}

#[test]
fn another_organization_brings_its_panel_and_its_look() {
    let mut browser = at_panel();
    let calls = [
        "push /apps?organization=fabrikam",
        "1 GET /api/v1/me?organization=fabrikam",
        "2 GET /api/v1/me/organizations?organization=fabrikam",
        "3 GET /api/v1/me/apps?organization=fabrikam",
    ];
    browser.walk([
        (Event::SelectOrganization { id: "fabrikam".to_owned() }, &calls[..], "panel 2 \"\" | load: Quiet"),
        (answer(1, Reply::Me(Box::new(me("fabrikam")))), &[], "panel 2 \"\" | load: Quiet"),
        (list(3, apps(1, None)), &[], "panel 2 \"\" | load: Quiet"),
        (
            answer(2, Reply::Organizations(organizations())),
            &["draw", "focus heading", "4 GET /api/v1/brand?organization=fabrikam"],
            "panel 1 \"\"",
        ),
        (failed(4, ApiError::Offline), &[], "panel 1 \"\""),
    ]);
    assert_eq!(browser.state().page.chrome.organization, Some(card("fabrikam")));
    assert_eq!(browser.state().page.chrome.links.help, None, "the first one's help");
}

#[test]
fn a_page_that_cannot_be_had_says_so_and_asks_only_for_what_is_missing() {
    let mut browser = at_panel();
    browser.on(Event::Go { route: Route::parse_href("/apps/account?organization=contoso") });
    browser.walk([
        (answer(1, Reply::Me(Box::new(me("contoso")))), &[][..], "panel 2 \"\" | load: Quiet"),
        (
            failed(2, ApiError::Offline),
            &["abandon 3", "abandon 4", "draw", "focus heading"],
            "failure Offline",
        ),
        (
            Event::CameOnline,
            &[
                "5 GET /api/v1/me/consents?organization=contoso",
                "6 GET /api/v1/me/activity?organization=contoso",
                "7 GET /api/v1/me/organizations?organization=contoso",
            ],
            "failure Offline | load: Quiet",
        ),
    ]);
}
