//! Bodies of wrong types, lengths, speeds and shapes.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::FromRequest;
use axum::http::Request;
use futures_util::{StreamExt as _, stream};
use serde::Deserialize;
use vestibule_contract::ProblemCode;

use super::{FormBody, JsonBody, LONGEST, Reported};

#[derive(Debug, Deserialize, PartialEq)]
struct Shape {
    code: String,
}

fn request(media_type: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder().header("content-type", media_type).body(body.into()).unwrap()
}

async fn json(request: Request<Body>) -> Result<Shape, ProblemCode> {
    let read = JsonBody::<Shape>::from_request(request, &()).await;
    read.map(|JsonBody(shape)| shape).map_err(|problem| problem.document().code)
}

async fn form(body: &str) -> Result<Vec<(String, String)>, ProblemCode> {
    let request = request("application/x-www-form-urlencoded", body.to_owned());
    let read = FormBody::from_request(request, &()).await;
    read.map(|FormBody(fields)| fields.into_iter().collect()).map_err(|problem| problem.document().code)
}

#[tokio::test]
async fn s62_json_has_to_say_that_it_is_json() {
    let body = r#"{"code":"1"}"#;
    for good in [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
    ] {
        assert_eq!(json(request(good, body)).await, Ok(Shape { code: "1".to_owned() }), "{good}");
    }
    for bad in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/json",
        "application/jsonp",
        "application/json; charset=utf-16",
        "application/json, text/plain",
        "application/json; x",
        "",
    ] {
        assert_eq!(json(request(bad, body)).await, Err(ProblemCode::UnsupportedMediaType), "{bad}");
    }
    let none = Request::builder().body(Body::from(body)).unwrap();
    assert_eq!(json(none).await, Err(ProblemCode::UnsupportedMediaType));
    let mut twice = request("application/json", body);
    twice.headers_mut().append("content-type", "text/plain".parse().unwrap());
    assert_eq!(json(twice).await, Err(ProblemCode::UnsupportedMediaType));
    let mut packed = request("application/json", body);
    packed.headers_mut().append("content-encoding", "gzip".parse().unwrap());
    assert_eq!(json(packed).await, Err(ProblemCode::UnsupportedMediaType));
}

#[tokio::test]
async fn s110_what_is_no_json_and_what_is_another_shape_are_told_apart() {
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    let deep_inside = format!("{{\"other\":{deep},\"code\":\"1\"}}");
    for malformed in ["", "{", "nonsense", "{\"code\":\"1\"} x", "{\"code\":\"\\ud800\"}", &deep] {
        let code = json(request("application/json", malformed.to_owned())).await.unwrap_err();
        assert!(
            matches!(code, ProblemCode::MalformedBody | ProblemCode::InvalidRequest) && code.status() == 400,
            "{malformed}"
        );
    }
    assert!(json(request("application/json", deep_inside)).await.is_ok(), "what is skipped takes no stack");
    for shape in ["{}", "[]", "{\"code\":1}", "{\"code\":\"1\",\"code\":\"2\"}", "null"] {
        assert_eq!(
            json(request("application/json", shape)).await,
            Err(ProblemCode::InvalidRequest),
            "{shape}"
        );
    }
}

#[tokio::test]
async fn s110_a_body_has_an_upper_length_announced_or_not() {
    let filled = |length: usize| format!("{{\"code\":\"{}\"}}", "a".repeat(length - 11));
    assert!(json(request("application/json", filled(LONGEST))).await.is_ok());
    assert_eq!(
        json(request("application/json", filled(LONGEST + 1))).await,
        Err(ProblemCode::PayloadTooLarge)
    );
    let chunks = stream::iter(vec![Ok::<_, Infallible>(Bytes::from(vec![b' '; 1024])); 100]);
    let streamed = request("application/json", Body::from_stream(chunks));
    assert_eq!(json(streamed).await, Err(ProblemCode::PayloadTooLarge));
}

/// How many KiB of a body were taken before the answer.
async fn taken(kibibytes: usize) -> usize {
    let taken = Arc::new(AtomicUsize::new(0));
    let count = taken.clone();
    let chunks = stream::iter(0..kibibytes).map(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(Bytes::from(vec![b' '; 1024]))
    });
    let code = json(request("application/json", Body::from_stream(chunks))).await;
    assert_eq!(code, Err(ProblemCode::PayloadTooLarge));
    taken.load(Ordering::Relaxed)
}

#[tokio::test]
async fn s110_who_sends_too_much_hears_it_and_who_sends_without_end_is_cut_off() {
    assert_eq!(taken(256).await, 256, "read to its end, so that the answer arrives");
    assert_eq!(taken(1_000_000).await, 1025);
}

#[tokio::test(start_paused = true)]
async fn s110_a_slow_body_is_given_up_after_fifteen_seconds() {
    let drip = stream::iter(0..).then(|_| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok::<_, Infallible>(Bytes::from_static(b" "))
    });
    let started = tokio::time::Instant::now();
    let code = json(request("application/json", Body::from_stream(drip))).await;
    assert_eq!(code, Err(ProblemCode::RequestTimeout));
    assert_eq!(started.elapsed().as_secs(), 15);
}

#[tokio::test]
async fn no_refusal_repeats_what_was_sent() {
    let read = JsonBody::<Shape>::from_request(
        request("application/json", "{\"code\":\"canary\",\"code\":\"x\"}"),
        &(),
    )
    .await;
    let detail = read.unwrap_err().document().detail.clone().unwrap();
    assert!(detail.starts_with("Line 1, column ") && !detail.contains("canary"), "{detail}");
}

#[tokio::test]
async fn a_form_is_a_table_of_texts() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(form("b=2+3&a=%C3%A9&c=").await.unwrap(), [pair("a", "é"), pair("b", "2 3"), pair("c", "")]);
    assert_eq!(form("apps=one&x=1&apps=two&apps=three").await.unwrap()[0], pair("apps", "one two three"));
    assert_eq!(form("").await.unwrap(), []);
}

#[tokio::test]
async fn a_form_with_a_field_twice_or_without_end_is_refused() {
    assert_eq!(form("action=accept&action=decline").await, Err(ProblemCode::InvalidRequest));
    let many: String = (0..600).map(|number| number.to_string() + "=1&").collect();
    assert_eq!(form(&many).await, Err(ProblemCode::InvalidRequest));
    let other = FormBody::from_request(request("text/plain", "a=1"), &()).await;
    assert_eq!(other.unwrap_err().document().code, ProblemCode::UnsupportedMediaType);
}

#[tokio::test]
async fn a_report_of_a_browser_is_taken_as_bytes() {
    let Reported(bytes) =
        Reported::from_request(request("application/csp-report", "{not json"), &()).await.unwrap();
    assert_eq!(bytes.as_ref(), b"{not json");
    assert!(Reported::from_request(request("text/plain", "x"), &()).await.is_err());
}
