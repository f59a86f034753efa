//! Answers that no honest backend gives (S75).

use super::{ApiError, calls, get_flow, outcome, reply, response};
use crate::client::{Call, Reply};

const STEP: &str = "application/vnd.vestibule.step+json";

/// A step document with one part of it replaced.
fn step_with(pointer: &str, value: serde_json::Value) -> String {
    let text =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/contract/corpus/email_code.sent.json"));
    let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
    *document.pointer_mut(pointer).unwrap() = value;
    document.to_string()
}

#[test]
fn s75_what_is_not_the_contracts_is_a_bad_answer() {
    let page = "<!doctype html><title>Welcome</title>";
    let list = serde_json::Value::from(vec![serde_json::Value::Null; 100_000]);
    let actions = serde_json::json!([{ "name": "go" }]).as_array().unwrap()[0].clone();
    let many = serde_json::Value::from(vec![actions; 100_000]);
    let deep = ["[".repeat(100_000), "]".repeat(100_000)].concat();
    let table = [
        (200, "text/html", page.to_owned()),
        (200, STEP, page.to_owned()),
        (200, "text/html", step_with("/flow/rev", 1.into())),
        (200, "", step_with("/flow/rev", 1.into())),
        (200, STEP, String::new()),
        (200, STEP, "null".to_owned()),
        (200, STEP, "[]".to_owned()),
        (200, STEP, "{}".to_owned()),
        (200, STEP, "{\"flow\":".to_owned()),
        (200, STEP, deep),
        (200, STEP, step_with("/flow/rev", "1".into())),
        (200, STEP, step_with("/flow/rev", (-1).into())),
        (200, STEP, step_with("/flow/rev", 1e300.into())),
        (200, STEP, step_with("/flow", serde_json::Value::Null)),
        (200, STEP, step_with("/step/type", 7.into())),
        (200, STEP, step_with("/step/data", "text".into())),
        (200, STEP, step_with("/step/data/digits", "8".into())),
        (200, STEP, step_with("/step/data/sent_to", serde_json::Value::Null)),
        (200, STEP, step_with("/actions", serde_json::Value::Null)),
        (200, STEP, step_with("/actions", list)),
        (200, STEP, step_with("/actions", many)),
        (
            200,
            "application/problem+json",
            r#"{"type":"x","title":"x","status":500,"code":"internal"}"#.to_owned(),
        ),
        (200, STEP, r#"{"type":"x","title":"x","status":500,"code":"internal"}"#.to_owned()),
        (204, "", String::new()),
        (0, "", String::new()),
        (302, "", String::new()),
        (304, "", String::new()),
        (404, "text/html", page.to_owned()),
        (400, "application/problem+json", "{".to_owned()),
        (400, "application/problem+json", "null".to_owned()),
        (400, "application/json", r#"{"error":"no"}"#.to_owned()),
    ];
    for (status, content_type, body) in table {
        let told = &body[..body.len().min(80)];
        let error = outcome(&get_flow(), &response(status, content_type, &body));
        assert_eq!(error, ApiError::BadAnswer, "{status} {content_type} {told}");
    }
}

#[test]
fn s75_values_of_a_newer_backend_are_taken() {
    for (pointer, value) in [
        ("/step/type", "hologram"),
        ("/step/data/state", "beamed"),
        ("/actions/0/style", "neon"),
        ("/actions/0/fields/0/type", "iris"),
        ("/flow/intent", "conquer"),
    ] {
        let body = step_with(pointer, value.into());
        assert!(matches!(reply(&get_flow(), &response(200, STEP, &body)), Ok(Reply::Step(_))), "{pointer}");
    }
}

#[test]
fn s75_every_call_survives_every_answer() {
    let bodies =
        ["", "null", "[]", "{}", "7", "\"x\"", "{\"items\":null}", "{\"items\":[null]}", "\u{0}", "<html>"];
    for call in calls() {
        let says_nothing = matches!(call, Call::SignOut | Call::RevokeConsent { .. });
        for body in bodies {
            for content_type in ["application/json", STEP, "application/problem+json", "text/plain"] {
                for status in [0, 200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 500, 503, 999] {
                    let answer = reply(&call, &response(status, content_type, body));
                    let done = says_nothing && (200..300).contains(&status);
                    assert_eq!(answer.is_ok(), done, "{status} {content_type} {body}");
                }
            }
        }
    }
}

#[test]
fn s75_lists_without_end_are_refused() {
    let item = r#"{"id":"a","name":"A","kind":"app","launch_url":"/x","why":{"granted_by":"M"},"since":"2026-11-20T10:00:00Z"}"#;
    let list = |count: usize| ["{\"total\":9,\"items\":[", &vec![item; count].join(","), "]}"].concat();
    let call = Call::Apps { organization: None, query: String::new(), cursor: None };
    assert!(reply(&call, &response(200, "application/json", &list(1_000))).is_ok());
    assert_eq!(outcome(&call, &response(200, "application/json", &list(100_000))), ApiError::BadAnswer);
}

#[test]
fn s75_a_brand_is_colours_and_nothing_else() {
    let palette = r##"{"accent":"#123abc","on_accent":"#FFFFFF","ground":"#000000"}"##;
    let brand = |light: &str, radius: u32| {
        let card = r#"{"id":"contoso","name":"Contoso","domain":"contoso.example"}"#;
        format!(
            r#"{{"organization":{card},"light":{light},"dark":{palette},"radius":{radius},"font":"x","layout":"y"}}"#
        )
    };
    let call = Call::Brand { organization: "contoso".to_owned() };
    assert!(reply(&call, &response(200, "application/json", &brand(palette, 24))).is_ok());
    assert_eq!(outcome(&call, &response(200, "application/json", &brand(palette, 25))), ApiError::BadAnswer);
    for colour in ["red", "#fff", "#12345g", "url(//evil.example)", "#123456;", "#1234567", "#ééé"] {
        let light = palette.replace("#123abc", colour);
        let error = outcome(&call, &response(200, "application/json", &brand(&light, 0)));
        assert_eq!(error, ApiError::BadAnswer, "{colour}");
    }
}

#[test]
fn s75_a_backend_of_another_kind_is_refused() {
    let discovery = |contract: &str, flows: &str, deployment: &str| {
        format!(
            r#"{{"contract":"{contract}","profiles":[],"endpoints":{{"flows":"{flows}","session":"/s","me":"/m",
            "brand":"/b","desk":"/d"}},"deployment":"{deployment}","locales":[],"redirect_origins":[]}}"#
        )
    };
    let ok = |body: &str| reply(&Call::Discovery, &response(200, "application/json", body)).is_ok();
    assert!(ok(&discovery("1.0", "/f", "same-origin")));
    assert!(ok(&discovery("1.7", "/f", "same-origin")));
    assert!(!ok(&discovery("2.0", "/f", "same-origin")));
    assert!(!ok(&discovery("1.0", "/f", "cross-site")));
    for flows in ["https://evil.example/f", "//evil.example/f", "/\\\\evil.example", "f", "", "/f?x=", "/f#"]
    {
        assert!(!ok(&discovery("1.0", flows, "same-origin")), "{flows}");
    }
}
