//! How errors look when they leave.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::IntoResponse as _;
use http_body_util::BodyExt as _;
use vestibule_contract::{Message, MessageCode, Problem, ProblemCode, Severity};
use vestibule_domain::ports::EntropyError;
use vestibule_domain::time::Timestamp;
use vestibule_storage::StoreError;

use super::ApiProblem;
use crate::seal::SealError;

async fn sent(problem: ApiProblem) -> (u16, Option<String>, Problem) {
    let response = problem.into_response();
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    let status = response.status().as_u16();
    let retry = response.headers().get(RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, retry, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn every_code_leaves_with_its_status_and_name() {
    for code in ProblemCode::ALL {
        let (status, _, problem) = sent(ApiProblem::new(*code)).await;
        assert_eq!((status, problem.status, problem.code), (code.status(), code.status(), *code));
        assert_eq!(problem.kind, format!("urn:vestibule:problem:{}", code.as_str()));
    }
}

#[tokio::test]
async fn too_often_says_when_to_come_again_rounded_up() {
    let now = Timestamp(1_000_000);
    for (at, seconds) in [(1_000_001, "1"), (1_001_000, "1"), (1_001_001, "2"), (1_090_000, "90"), (0, "1")] {
        let (status, retry, problem) = sent(ApiProblem::rate_limited(Timestamp(at), now)).await;
        assert_eq!((status, retry.as_deref()), (429, Some(seconds)));
        assert_eq!(problem.code, ProblemCode::RateLimited);
    }
}

#[tokio::test]
async fn f03_what_passes_is_503_and_what_does_not_is_500() {
    for error in [StoreError::Overloaded, StoreError::Closed, StoreError::CommitFailed] {
        let (status, retry, _) = sent(error.into()).await;
        assert_eq!((status, retry.as_deref()), (503, Some("1")));
    }
    let (status, retry, _) = sent(StoreError::Panicked.into()).await;
    assert_eq!((status, retry), (500, None));
    assert_eq!(sent(EntropyError.into()).await.0, 503);
    assert_eq!(sent(SealError::Refused.into()).await.0, 500);
}

#[tokio::test]
async fn a_problem_carries_what_it_was_given() {
    let errors = vec![Message::new(MessageCode::ValueRequired, Severity::Error, "Empty.").about("address")];
    let (status, _, problem) = sent(ApiProblem::validation(errors.clone())).await;
    assert_eq!((status, problem.errors), (422, errors));
    let (status, _, problem) = sent(ApiProblem::flow_expired(Some("/i/x".to_owned()))).await;
    assert_eq!((status, problem.links.unwrap().restart.as_deref()), (410, Some("/i/x")));
    let (_, _, problem) = sent(ApiProblem::not_found().detail("Gone.")).await;
    assert_eq!((problem.detail.as_deref(), problem.reference), (Some("Gone."), None));
}
