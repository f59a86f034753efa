//! Backends that draw nothing: the page asks for everything.

use vestibule_contract::ProblemCode;
use vestibule_contract::discovery::{Deployment, Discovery, Endpoints};
use vestibule_contract::session::{Method, Session};

use super::harness::{Browser, answer, at, example, failed, problem, step_is};
use crate::client::{ApiError, Reply};
use crate::flow::Event;

pub(super) fn discovery(origins: &[&str]) -> Reply {
    let part = |path: &str| path.to_owned();
    Reply::Discovery(Box::new(Discovery {
        contract: "1.0".to_owned(),
        profiles: Vec::new(),
        endpoints: Endpoints {
            flows: part("/f"),
            session: part("/s"),
            me: part("/m"),
            brand: part("/b"),
            desk: part("/d"),
        },
        issuer: None,
        deployment: Deployment::SameOrigin,
        locales: Vec::new(),
        redirect_origins: origins.iter().map(|it| (*it).to_owned()).collect(),
    }))
}

fn open(address: &str) -> Browser {
    let (browser, effects) = Browser::open(address, None);
    assert_eq!(effects, ["draw", "1 GET /.well-known/vestibule"]);
    assert_eq!(browser.screen(), "loading | load: Quiet");
    browser
}

#[test]
fn s71_an_invitation_is_opened_by_starting_its_flow() {
    let mut browser = open("/i/secret");
    browser.walk([
        (answer(1, discovery(&[])), &["2 start redeem invitation=secret"][..], "loading | load: Quiet"),
        (
            step_is(2, at(example!("invitation.fresh"), 0)),
            &["replace /flow/f1 f1@0/0", "draw", "focus heading", "3 GET /api/v1/brand?organization=contoso"],
            "invitation 0",
        ),
    ]);
    assert_eq!(browser.state().endpoints.flows, "/f");
    assert_eq!(browser.state().page.chrome.host, "door.example");
}

#[test]
fn a_running_flow_is_read() {
    let mut browser = open("/flow/f1");
    browser.walk([
        (answer(1, discovery(&[])), &["2 GET /api/v1/flows/f1"][..], "loading | load: Quiet"),
        (problem(2, ProblemCode::FlowBoundElsewhere), &["draw", "focus heading"], "blocked other_browser 0"),
    ]);
}

#[test]
fn the_entry_knows_who_is_signed_in() {
    let session = Session {
        account: "ada@partner.example".to_owned(),
        method: Method::EmailCode,
        authenticated_at: "2026-11-20T10:00:00Z".to_owned(),
        expires_at: "2026-11-20T11:00:00Z".to_owned(),
        organizations: Vec::new(),
        form_token: None,
    };
    let mut browser = open("/?organization=contoso");
    browser.on(answer(1, discovery(&[])));
    assert_eq!(
        browser.on(answer(2, Reply::Session(Box::new(session))))[..2],
        ["replace /apps?organization=contoso", "3 GET /api/v1/me?organization=contoso"]
    );
}

#[test]
fn the_entry_starts_a_sign_in_for_anybody_else() {
    let mut browser = open("/?organization=contoso&return_to=/apps/account");
    browser.walk([
        (answer(1, discovery(&[])), &["2 GET /api/v1/session"][..], "loading | load: Quiet"),
        (
            problem(2, ProblemCode::Unauthenticated),
            &["3 start sign-in organization=contoso return_to=/apps/account"],
            "loading | load: Quiet",
        ),
    ]);
}

#[test]
fn an_address_that_is_none_is_not_found() {
    let mut browser = open("/else");
    browser.walk([(answer(1, discovery(&[])), &["draw", "focus heading"][..], "failure NotFound")]);
}

#[test]
fn s75_a_backend_that_makes_no_sense_gives_an_error_with_a_way_on() {
    let mut browser = open("/i/secret");
    browser.walk([
        (failed(1, ApiError::BadAnswer), &["draw", "focus heading"][..], "failure BadAnswer"),
        (Event::Retry, &["2 GET /.well-known/vestibule"], "failure BadAnswer | load: Quiet"),
        (answer(2, discovery(&[])), &["3 start redeem invitation=secret"], "failure BadAnswer | load: Quiet"),
        (failed(3, ApiError::Limited { retry_at: None }), &["draw", "focus heading"], "failure Busy"),
    ]);
}

#[test]
fn refusals_have_pages_of_their_own() {
    let table = [
        (ProblemCode::NotFound, "failure NotFound"),
        (ProblemCode::Forbidden, "failure Forbidden"),
        (ProblemCode::Internal, "failure Server"),
        (ProblemCode::FlowExpired, "blocked flow_expired 0"),
    ];
    for (code, screen) in table {
        let mut browser = open("/flow/f1");
        browser.on(answer(1, discovery(&[])));
        browser.on(problem(2, code));
        assert_eq!(browser.screen(), screen);
    }
}
