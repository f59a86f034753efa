//! Answers, one a row, and what comes of each.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vestibule_storage::connectors::{Authentication, Connector, OnFailure};

use super::{Answer, BLOCKED, Failure, LONGEST, Outcome, REFUSED, effect, read};
use crate::connectors::request::Point;

const BOTH: [Point; 2] = [Point::AfterFederation, Point::BeforeCreation];

fn answer(status: u16, body: &str) -> Answer {
    let content_type = Some("application/json; charset=utf-8".to_owned());
    Answer { status, content_type, body: body.as_bytes().to_vec() }
}

fn goes_on(values: &Value) -> Outcome {
    Outcome::Continue(serde_json::from_value(values.clone()).unwrap())
}

fn block(message: &str) -> Outcome {
    Outcome::Block(message.to_owned())
}

fn invalid(message: &str) -> Outcome {
    Outcome::Invalid(message.to_owned())
}

/// The values that are taken of those of a `Continue`.
fn taken(members: &Value) -> BTreeMap<String, Value> {
    let mut body = json!({ "version": "1.0.0", "action": "Continue" });
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    match read(Point::BeforeCreation, &answer(200, &body.to_string())) {
        Outcome::Continue(values) => values,
        other => panic!("{other:?}"),
    }
}

/// What, status, body, and what comes of it after federation and before creation.
type Row = (&'static str, u16, &'static str, (Outcome, Outcome));

fn same(outcome: Outcome) -> (Outcome, Outcome) {
    (outcome.clone(), outcome)
}

fn failed(failure: Failure) -> (Outcome, Outcome) {
    same(Outcome::Failed(failure))
}

fn each_means(rows: Vec<Row>) {
    for (what, status, body, (after_federation, before_creation)) in rows {
        let answer = answer(status, body);
        assert_eq!(read(Point::AfterFederation, &answer), after_federation, "{what}, after federation");
        assert_eq!(read(Point::BeforeCreation, &answer), before_creation, "{what}, before creation");
    }
}

#[test]
fn t22_each_verdict_has_one_meaning_at_each_point() {
    let misplaced = Outcome::Failed(Failure::Misplaced);
    each_means(vec![
        ("goes on", 200, r#"{"version":"1.0.0","action":"Continue"}"#, same(goes_on(&json!({})))),
        (
            "goes on with a value",
            200,
            r#"{"version":"1.0.0","action":"Continue","city":"Porto"}"#,
            same(goes_on(&json!({ "city": "Porto" }))),
        ),
        ("a version of its own", 200, r#"{"version":"2.7","action":"Continue"}"#, same(goes_on(&json!({})))),
        ("no version", 200, r#"{"action":"Continue"}"#, same(goes_on(&json!({})))),
        (
            "blocks",
            200,
            r#"{"version":"1.0.0","action":"ShowBlockPage","userMessage":"Not you."}"#,
            same(block("Not you.")),
        ),
        ("blocks without a word", 200, r#"{"action":"ShowBlockPage"}"#, same(block(BLOCKED))),
        (
            "an empty word",
            200,
            r#"{"action":"ShowBlockPage","userMessage":" \u0007 "}"#,
            same(block(BLOCKED)),
        ),
        (
            "a word that is none",
            200,
            r#"{"action":"ShowBlockPage","userMessage":{"a":1}}"#,
            same(block(BLOCKED)),
        ),
        (
            "refuses, a number",
            400,
            r#"{"version":"1.0.0","status":400,"action":"ValidationError","userMessage":"Too short."}"#,
            (misplaced.clone(), invalid("Too short.")),
        ),
        (
            "refuses, a text",
            400,
            r#"{"version":"1.0.0","status":"400","action":"ValidationError","userMessage":"Too short."}"#,
            (misplaced.clone(), invalid("Too short.")),
        ),
        (
            "refuses without a word",
            400,
            r#"{"status":400,"action":"ValidationError"}"#,
            (misplaced.clone(), invalid(REFUSED)),
        ),
    ]);
}

#[test]
fn t22_every_other_answer_is_a_failure_with_a_name() {
    use Failure::{Action, Mismatch, NotJson, Status};
    each_means(vec![
        (
            "refuses with 200",
            200,
            r#"{"status":400,"action":"ValidationError","userMessage":"x"}"#,
            failed(Mismatch),
        ),
        ("refuses, no status", 400, r#"{"action":"ValidationError","userMessage":"x"}"#, failed(Mismatch)),
        ("another status", 400, r#"{"status":409,"action":"ValidationError"}"#, failed(Mismatch)),
        ("a status that is none", 400, r#"{"status":[400],"action":"ValidationError"}"#, failed(Mismatch)),
        ("goes on with 400", 400, r#"{"action":"Continue"}"#, failed(Mismatch)),
        ("blocks with 400", 400, r#"{"status":400,"action":"ShowBlockPage"}"#, failed(Mismatch)),
        ("blocks with 403", 403, r#"{"action":"ShowBlockPage","userMessage":"x"}"#, failed(Status(403))),
        ("refuses with 422", 422, r#"{"status":400,"action":"ValidationError"}"#, failed(Status(422))),
        ("created", 201, r#"{"action":"Continue"}"#, failed(Status(201))),
        ("no content", 204, "", failed(Status(204))),
        ("a redirect", 302, "", failed(Status(302))),
        ("no credentials", 401, r#"{"action":"Continue"}"#, failed(Status(401))),
        ("down", 500, r#"{"action":"Continue"}"#, failed(Status(500))),
        ("problem details", 400, r#"{"status":400,"title":"Bad Request"}"#, failed(Status(400))),
        ("a page with 400", 400, "<html></html>", failed(Status(400))),
        ("no action", 200, "{}", failed(Action)),
        ("an action that is null", 200, r#"{"action":null}"#, failed(Action)),
        ("another action", 200, r#"{"action":"Allow"}"#, failed(Action)),
        ("another case", 200, r#"{"action":"continue"}"#, failed(Action)),
        ("a page", 200, "<!doctype html><p>Welcome</p>", failed(NotJson)),
        ("nothing", 200, "", failed(NotJson)),
        ("cut off", 200, r#"{"version":"1.0.0","action":"Contin"#, failed(NotJson)),
        ("more than one", 200, r#"{"action":"Continue"}{"action":"Continue"}"#, failed(NotJson)),
        ("a list", 200, r#"[{"action":"Continue"}]"#, failed(NotJson)),
        ("a text", 200, r#""Continue""#, failed(NotJson)),
    ]);
}

#[test]
fn t22_an_answer_has_to_call_itself_json_or_nothing() {
    let went_on = goes_on(&json!({}));
    for (content_type, outcome) in [
        (None, &went_on),
        (Some("application/json"), &went_on),
        (Some("Application/JSON; charset=utf-8"), &went_on),
        (Some("application/problem+json"), &went_on),
        (Some("text/json"), &went_on),
        (Some("text/plain; charset=utf-8"), &went_on),
        (Some("text/html"), &Outcome::Failed(Failure::NotJson)),
        (Some("application/xml"), &Outcome::Failed(Failure::NotJson)),
        (Some(""), &Outcome::Failed(Failure::NotJson)),
    ] {
        let mut answer = answer(200, r#"{"action":"Continue"}"#);
        answer.content_type = content_type.map(str::to_owned);
        assert_eq!(read(Point::BeforeCreation, &answer), *outcome, "{content_type:?}");
    }
    let marked = answer(200, "\u{feff}{\"action\":\"Continue\"}");
    assert_eq!(read(Point::BeforeCreation, &marked), went_on, "a byte order mark");
}

#[test]
fn t22_s110_long_and_deep_answers_are_failures() {
    let filled = |length: usize| {
        let frame = r#"{"action":"Continue","x":""}"#.len();
        format!(r#"{{"action":"Continue","x":"{}"}}"#, "y".repeat(length - frame))
    };
    for point in BOTH {
        assert_eq!(read(point, &answer(200, &filled(LONGEST))), goes_on(&json!({})), "64 KiB");
        let longer = answer(200, &filled(LONGEST + 1));
        assert_eq!(read(point, &longer), Outcome::Failed(Failure::TooLong), "and one byte");
        let deep = format!(r#"{{"action":"Continue","city":{}{}}}"#, "[".repeat(1_000), "]".repeat(1_000));
        assert_eq!(read(point, &answer(200, &deep)), Outcome::Failed(Failure::NotJson), "depth 1,000");
    }
}

#[test]
fn t22_a_message_is_plain_bounded_text() {
    let said = |message: &str| {
        let body = json!({ "action": "ShowBlockPage", "userMessage": message }).to_string();
        match read(Point::AfterFederation, &answer(200, &body)) {
            Outcome::Block(message) => message,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        said("<script>alert(1)</script>"),
        "<script>alert(1)</script>",
        "text, which the page escapes"
    );
    assert_eq!(said("one\r\ntwo\u{1b}[31m\u{202e}three\u{0}"), "one two[31mthree");
    assert_eq!(said("Write to help@contoso.example."), "Write to help@contoso.example.");
    let long = said(&"x".repeat(10_000));
    assert_eq!((long.chars().count(), long.ends_with('…')), (500, true));
    assert_eq!(said(&"é".repeat(500)).chars().count(), 500);
}

#[test]
fn t22_a_connector_says_nothing_of_who_somebody_is_or_what_he_may() {
    let hostile = json!({
        "isAdmin": true, "userType": "Member", "role": "administrator", "email": "boss@contoso.example",
        "identities": [{ "signInType": "federated", "issuer": "mail", "issuerAssignedId": "boss" }],
        "ui_locales": "de", "id": "1", "organization": "fabrikam", "accountEnabled": true, "DisplayName": "x",
        "__proto__": { "isAdmin": true }, "extension_": "x", "extension_a b": "x", "extension_é": "x",
        "displayName": { "isAdmin": true }, "givenName": null, "city": [["x"]], "state": ["x", null],
        "country": "a\u{0}b", "jobTitle": ["a\u{1b}[2J"],
    });
    assert_eq!(taken(&hostile), BTreeMap::new());
}

#[test]
fn values_come_back_by_the_names_that_connectors_use() {
    let full = "extension_0123456789abcdef0123456789abcdef_tier";
    let given = json!({
        "displayName": "Jo", "postalCode": 4000, "streetAddress": "Rua 1\r\nPorto", "jobTitle": "",
        full: "2", "extension_member": true, "extension_topics": ["a", "b"], "extension_share": 0.5,
    });
    assert_eq!(json!(taken(&given)), given);
}

#[test]
fn the_last_name_has_two_names_at_either_point() {
    for point in BOTH {
        for (body, surname) in [
            (r#"{"action":"Continue","lastName":"Vega"}"#, "Vega"),
            (r#"{"action":"Continue","surname":"Vega"}"#, "Vega"),
            (r#"{"action":"Continue","surname":"Vega","lastName":"Other"}"#, "Vega"),
            (r#"{"action":"Continue","surname":null,"lastName":"Vega"}"#, "Vega"),
        ] {
            assert_eq!(read(point, &answer(200, body)), goes_on(&json!({ "surname": surname })), "{body}");
        }
    }
}

#[test]
fn t22_values_are_bounded() {
    let text = |length: usize| "x".repeat(length);
    assert_eq!(taken(&json!({ "city": text(4096) })).len(), 1);
    assert_eq!(taken(&json!({ "city": text(4097) })).len(), 0);
    assert_eq!(taken(&json!({ "city": [text(4000), text(96)] })).len(), 1);
    assert_eq!(taken(&json!({ "city": [text(4000), text(97)] })).len(), 0);
    assert_eq!(taken(&json!({ "city": vec!["x"; 100] })).len(), 1);
    assert_eq!(taken(&json!({ "city": vec!["x"; 101] })).len(), 0);
    assert_eq!(taken(&json!({ format!("extension_{}", text(200)): 1 })).len(), 1);
    assert_eq!(taken(&json!({ format!("extension_{}", text(201)): 1 })).len(), 0);
    let many: serde_json::Map<String, Value> =
        (0..500).map(|number| (format!("extension_{number}"), json!(number))).collect();
    assert_eq!(taken(&Value::Object(many)).len(), 100);
}

fn connector(on_failure: OnFailure) -> Connector {
    Connector {
        organization: "contoso".to_owned(),
        id: "approval".to_owned(),
        name: "Approval".to_owned(),
        target_url: "https://connector.example/".to_owned(),
        authentication: Authentication::Basic { username: "u".to_owned(), sealed_password: String::new() },
        timeout_seconds: 20,
        on_failure,
    }
}

#[test]
fn s115_t22_what_each_failure_comes_to_and_a_verdict_stays() {
    use Failure::{
        Action, BreakerOpen, Busy, Credentials, Forbidden, Internal, Mismatch, Misplaced, NotJson, Status,
        Timeout, TooLong, Unreachable,
    };
    let (closed, open) = (connector(OnFailure::Closed), connector(OnFailure::Open));
    let went_on = goes_on(&json!({}));
    // The others are of our own making, or could be made on purpose by whoever wants to get in.
    let theirs =
        [Unreachable, Timeout, TooLong, Status(500), NotJson, Action, Mismatch, Misplaced, BreakerOpen];
    let ours = [Busy, Credentials, Internal, Forbidden];
    let rows = theirs.map(|it| (it, true)).into_iter().chain(ours.map(|it| (it, false)));
    for (failure, is_theirs) in rows {
        let failed = Outcome::Failed(failure);
        let with_open = if is_theirs { &went_on } else { &failed };
        assert_eq!(effect(&closed, failed.clone()), failed);
        assert_eq!(effect(&open, failed.clone()), *with_open, "{failure:?}");
    }
    for verdict in [block("x"), invalid("x"), goes_on(&json!({ "city": "Porto" }))] {
        assert_eq!(effect(&closed, verdict.clone()), verdict);
        assert_eq!(effect(&open, verdict.clone()), verdict);
    }
}
