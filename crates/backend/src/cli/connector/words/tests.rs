//! What a terminal shows.
#![expect(clippy::unwrap_used, reason = "tests")]

use axum::http::HeaderValue;
use vestibule_storage::connectors::Authentication;

use super::{Answer, Request, answer, request, shown_address};

fn said(content_type: &str, body: &[u8]) -> String {
    answer(&Answer { status: 200, content_type: Some(content_type.to_owned()), body: body.to_vec() })
}

#[test]
fn neither_the_password_nor_a_key_in_the_address_is_shown() {
    let mut sensitive = HeaderValue::from_static("Basic dXNlcjpwYXNzd29yZA==");
    sensitive.set_sensitive(true);
    let asked = Request::post("https://connector.example/ask?code=a-key&x=1")
        .header("authorization", sensitive)
        .header("accept", "application/json")
        .body(b"{\"email\":\"jo@partner.example\"}".to_vec())
        .unwrap();
    let basic = Authentication::Basic { username: "user".to_owned(), sealed_password: "sealed".to_owned() };
    assert_eq!(
        request(&asked, &basic),
        "Request:\n  POST https://connector.example/ask?code=******&x=******\n  authorization: Basic ******\n  \
         accept: application/json\n\n  {\n    \"email\": \"jo@partner.example\"\n  }\n"
    );
    assert_eq!(shown_address("https://connector.example/ask"), "https://connector.example/ask");
}

#[test]
fn an_answer_gives_a_terminal_no_commands() {
    let shown = said("text/\u{7}html", b"\x1b[2J<p>one\r\ntwo</p>\0");
    assert_eq!(shown, "  200 text/\\u{7}html\n\n  \\u{1b}[2J<p>one\n  two</p>\\u{0}\n");
}

#[test]
fn a_long_answer_is_cut_at_a_character() {
    let shown = said("text/plain", &"é".repeat(3_000).into_bytes());
    assert_eq!(shown.matches('é').count(), 1_024);
    assert!(shown.ends_with("  … 6000 bytes in all\n"), "{shown}");
    let odd = said("text/plain", format!("x{}", "é".repeat(3_000)).as_bytes());
    assert_eq!(odd.matches('é').count(), 1_023);
}
