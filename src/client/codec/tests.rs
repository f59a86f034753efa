//! Answers as backends give them, good and bad, and requests as they go out.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_contract::flow::Intent;
use vestibule_contract::graph::InvitationRequest;
use vestibule_contract::{Problem, ProblemCode};

use super::{ApiError, RequestParts, ResponseParts, reply, request, usual_endpoints};
use crate::client::{Call, StartCall};
use crate::route::InvitationToken;
use crate::screen::Values;

mod hostile;

/// A call of each kind.
pub(super) fn calls() -> Vec<Call> {
    let organization = || Some("con toso".to_owned());
    vec![
        Call::Discovery,
        Call::StartFlow(Box::new(StartCall {
            intent: Intent::Redeem,
            organization: None,
            invitation: Some(InvitationToken::new("secret")),
            user_flow: None,
            return_to: Some("/apps/account".to_owned()),
            locale: "en".to_owned(),
        })),
        Call::GetFlow { flow: "f/1".to_owned() },
        Call::Submit {
            flow: "f/1".to_owned(),
            rev: 3,
            action: "verify".to_owned(),
            values: Values::from([("code".to_owned(), "1234 5678".to_owned())]),
            key: "seed-1".to_owned(),
        },
        Call::Session,
        Call::SignOut,
        Call::Me { organization: None },
        Call::Organizations { organization: organization() },
        Call::Apps { organization: organization(), query: "a&b".to_owned(), cursor: Some("c=".to_owned()) },
        Call::Consents { organization: organization() },
        Call::RevokeConsent { id: "../x".to_owned() },
        Call::Activity { organization: organization() },
        Call::InviteOptions { organization: organization() },
        Call::InvitePreview { organization: organization(), request: Box::new(invitation()) },
        Call::Invite {
            organization: organization(),
            request: Box::new(invitation()),
            key: "seed-2".to_owned(),
        },
        Call::Brand { organization: "contoso".to_owned() },
    ]
}

fn invitation() -> InvitationRequest {
    serde_json::from_str(r#"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"/apps"}"#).unwrap()
}

fn line(parts: &RequestParts) -> String {
    let key = parts.key.as_deref().map_or(String::new(), |key| [" key=", key].concat());
    [parts.method, " ", &parts.path, &key].concat()
}

#[test]
fn calls_become_requests() {
    let told: Vec<String> = calls().iter().map(|call| line(&request(call, &usual_endpoints()))).collect();
    let expected = [
        "GET /.well-known/vestibule",
        "POST /api/v1/flows",
        "GET /api/v1/flows/f%2F1",
        "POST /api/v1/flows/f%2F1 key=seed-1",
        "GET /api/v1/session",
        "DELETE /api/v1/session",
        "GET /api/v1/me",
        "GET /api/v1/me/organizations?organization=con%20toso",
        "GET /api/v1/me/apps?organization=con%20toso&query=a%26b&cursor=c%3D",
        "GET /api/v1/me/consents?organization=con%20toso",
        "DELETE /api/v1/me/consents/..%2Fx",
        "GET /api/v1/me/activity?organization=con%20toso",
        "GET /v1.0/vestibule/inviteOptions?organization=con%20toso",
        "POST /v1.0/vestibule/invitePreview?organization=con%20toso",
        "POST /v1.0/invitations?organization=con%20toso key=seed-2",
        "GET /api/v1/brand?organization=contoso",
    ];
    assert_eq!(told, expected);
}

#[test]
fn s62_what_changes_something_has_a_json_body_or_a_method_of_its_own() {
    for call in calls() {
        let parts = request(&call, &usual_endpoints());
        match parts.method {
            "POST" => assert!(parts.body.is_some_and(|body| body.starts_with('{')), "{}", parts.path),
            "GET" | "DELETE" => assert!(parts.body.is_none(), "{}", parts.path),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn bodies_are_the_contracts() {
    let body = |index: usize| request(&calls()[index], &usual_endpoints()).body.unwrap();
    assert_eq!(body(3), r#"{"rev":3,"action":"verify","values":{"code":"1234 5678"}}"#);
    let start: serde_json::Value = serde_json::from_str(&body(1)).unwrap();
    assert_eq!(start["intent"], "redeem");
    assert_eq!(start["invitation"], "secret");
    assert_eq!(start["return_to"], "/apps/account");
    assert_eq!(start["capabilities"]["steps"][0], "invitation");
    assert!(start.get("organization").is_none());
}

pub(super) fn response(status: u16, content_type: &str, body: &str) -> ResponseParts {
    ResponseParts {
        status,
        content_type: content_type.to_owned(),
        body: vestibule_contract::read::parse(body),
        retry_at: None,
    }
}

pub(super) fn get_flow() -> Call {
    Call::GetFlow { flow: "f".to_owned() }
}

fn outcome(call: &Call, response: &ResponseParts) -> ApiError {
    match reply(call, response) {
        Ok(_) => panic!("an answer"),
        Err(error) => error,
    }
}

#[test]
fn problems_are_read() {
    let mut problem = Problem::new(ProblemCode::FlowExpired);
    problem.reference = Some("V-1".to_owned());
    let body = serde_json::to_string(&problem).unwrap();
    let response = response(410, "application/problem+json; charset=utf-8", &body);
    assert_eq!(outcome(&get_flow(), &response), ApiError::Problem(Box::new(problem)));
}

#[test]
fn graph_errors_are_read() {
    let body = r#"{"error":{"code":"BadRequest","message":"No.","target":"invitedUserEmailAddress",
        "innerError":{"date":"2026-11-20T10:00:00Z","request-id":"r"}}}"#;
    let ApiError::Graph { status: 400, error } =
        outcome(&calls()[14], &response(400, "application/json", body))
    else {
        panic!("not Graph's error")
    };
    assert_eq!(error.inner_error.request_id, "r");
}

#[test]
fn a_limit_is_a_limit_whatever_the_body_says() {
    let retry_at = Some("2026-11-20T10:00:00Z".to_owned());
    for (content_type, body) in [("text/html", "<h1>Slow down"), ("application/problem+json", "{}"), ("", "")]
    {
        let response = ResponseParts { retry_at: retry_at.clone(), ..response(429, content_type, body) };
        assert_eq!(outcome(&get_flow(), &response), ApiError::Limited { retry_at: retry_at.clone() });
    }
}

#[test]
fn a_proxy_without_its_backend_is_a_backend_that_is_down() {
    assert_eq!(outcome(&get_flow(), &response(502, "text/html", "<h1>Bad gateway")), ApiError::Down);
}
