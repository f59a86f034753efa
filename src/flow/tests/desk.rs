//! The invite form.

use vestibule_contract::desk::{DomainRule, DomainRuleKind, InviteOptions, InvitePreview};
use vestibule_contract::graph::{GraphError, InnerError};

use super::harness::{Browser, answer, card, failed, page};
use super::panel::me;
use crate::client::{ApiError, Call, Reply};
use crate::flow::Event;
use crate::route::Route;
use crate::screen::{InviteScreen, Screen, Values};

fn at_desk() -> Browser {
    let options = InviteOptions {
        organization: card("contoso"),
        apps: Vec::new(),
        languages: Vec::new(),
        default_expires_in_days: 30,
        max_expires_in_days: 90,
        max_message_length: 500,
        domains: DomainRule { kind: DomainRuleKind::Any, domains: Vec::new() },
        sender: "door@contoso.example".to_owned(),
    };
    let screen = InviteScreen {
        me: me("contoso"),
        options,
        draft: Values::new(),
        errors: Vec::new(),
        preview: None,
        sent: None,
    };
    Browser::open("/desk/invite", Some(page(Screen::Invite(Box::new(screen))))).0
}

fn form(entries: &[(&str, &str)]) -> Values {
    entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn filled() -> Values {
    form(&[
        ("address", " ada@partner.example "),
        ("apps", "wiki plans"),
        ("days", "14"),
        ("message", "Hello"),
        ("cc", ""),
    ])
}

fn send() -> Event {
    Event::SendInvitation { values: filled() }
}

const INVITE: &str = "POST /v1.0/invitations?organization=contoso";
const NOTHING: &str = "invite errors=0 preview=false sent=false";

fn graph(status: u16, target: Option<&str>) -> ApiError {
    ApiError::Graph {
        status,
        error: Box::new(GraphError {
            code: "x".to_owned(),
            message: "No.".to_owned(),
            target: target.map(str::to_owned),
            inner_error: InnerError {
                date: "2026-11-20T10:00:00Z".to_owned(),
                request_id: "V-1".to_owned(),
                client_request_id: None,
            },
        }),
    }
}

fn invited() -> Reply {
    let json = r#"{"id":"i1","inviteRedeemUrl":null,"invitedUserDisplayName":null,"invitedUserType":"Guest",
        "invitedUserEmailAddress":"ada@partner.example","sendInvitationMessage":true,"resetRedemption":false,
        "inviteRedirectUrl":"/apps","status":"PendingAcceptance","invitedUserMessageInfo":{},
        "invitedUser":{"id":"g1"},"vestibule":{"state":"pending","apps":[],"created_at":"x","createdAt":"x",
        "expires_at":"x","expiresAt":"x","delivery":"queued"}}"#;
    Reply::Invited(Box::new(serde_json::from_str(json).unwrap()))
}

#[test]
fn an_invitation_is_seen_then_sent() {
    let preview = InvitePreview {
        from: "a".to_owned(),
        to: "b".to_owned(),
        subject: "c".to_owned(),
        text: "d".to_owned(),
    };
    at_desk().walk([
        (
            Event::PreviewInvitation { values: filled() },
            &["1 POST /v1.0/vestibule/invitePreview?organization=contoso"][..],
            "invite errors=0 preview=false sent=false | preview: Quiet",
        ),
        (
            answer(1, Reply::InvitePreview(Box::new(preview))),
            &["draw over", "focus preview"],
            "invite errors=0 preview=true sent=false",
        ),
        (send(), &[&["2 ", INVITE].concat()], "invite errors=0 preview=true sent=false | invite: Quiet"),
        (send(), &[], "invite errors=0 preview=true sent=false | invite: Quiet"),
        (answer(2, invited()), &["draw", "focus heading"], "invite errors=0 preview=false sent=true"),
        (Event::NewInvitation, &["draw", "focus heading"], NOTHING),
    ]);
}

#[test]
fn the_form_becomes_graphs_request() {
    let mut browser = at_desk();
    browser.on(send());
    let Some((_, Call::Invite { request, .. })) = browser.calls.last() else { panic!("no invitation") };
    assert_eq!(request.invited_user_email_address, "ada@partner.example");
    assert_eq!(request.invite_redirect_url, "https://door.example/apps?organization=contoso");
    assert!(request.send_invitation_message);
    let info = request.invited_user_message_info.as_ref().unwrap();
    assert_eq!(info.customized_message_body.as_deref(), Some("Hello"));
    assert!(info.cc_recipients.is_empty());
    let extras = request.vestibule.as_ref().unwrap();
    assert_eq!(
        (extras.apps.as_slice(), extras.expires_in_days),
        (&["wiki".to_owned(), "plans".to_owned()][..], Some(14))
    );
}

#[test]
fn nobody_is_invited_twice_by_pressing_again() {
    let mut browser = at_desk();
    browser.on(send());
    browser.on(failed(1, ApiError::Offline));
    browser.on(send());
    browser.on(failed(2, ApiError::Late));
    browser.on(Event::Retry);
    let keys = browser.keys();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[test]
fn what_is_wrong_stands_at_its_field_with_all_that_was_typed() {
    let mut browser = at_desk();
    browser.on(send());
    browser.walk([(
        failed(1, graph(400, Some("invitedUserMessageInfo/ccRecipients"))),
        &["draw", "focus cc"][..],
        "invite errors=1 preview=false sent=false",
    )]);
    let Screen::Invite(screen) = &browser.state().page.screen else { panic!("no form") };
    assert_eq!(screen.draft, filled());
}

#[test]
fn what_belongs_to_no_field_is_said() {
    let mut browser = at_desk();
    browser.on(send());
    assert_eq!(browser.on(failed(1, graph(400, None))), ["draw", "focus heading", "say messages"]);
}

#[test]
fn an_invitation_under_way_is_not_broken_off_by_a_link() {
    let mut browser = at_desk();
    browser.on(send());
    assert!(browser.on(Event::Go { route: Route::parse_href("/apps") }).is_empty());
    browser.on(answer(1, invited()));
    assert!(!browser.on(Event::Go { route: Route::parse_href("/apps") }).is_empty());
}

#[test]
fn a_number_that_is_none_is_told_without_asking() {
    let values = form(&[("address", "a@b.example"), ("days", "soon")]);
    at_desk().walk([(
        Event::SendInvitation { values },
        &["draw", "focus days"][..],
        "invite errors=1 preview=false sent=false",
    )]);
}

#[test]
fn the_management_planes_refusals_have_their_own_ends() {
    let table = [
        (403, "invite errors=0 preview=false sent=false | invite: failed Forbidden"),
        (404, "invite errors=1 preview=false sent=false"),
        (500, "invite errors=0 preview=false sent=false | invite: failed Server"),
        // What was typed stays; the person can sign in in another tab.
        (401, "invite errors=0 preview=false sent=false | invite: failed SignedOut"),
    ];
    for (status, screen) in table {
        let mut browser = at_desk();
        browser.on(send());
        browser.on(failed(1, graph(status, None)));
        assert_eq!(browser.screen(), screen, "{status}");
    }
}
