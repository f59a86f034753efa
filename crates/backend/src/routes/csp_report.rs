//! `POST /csp-report`: what browsers report against our policy. A report is a defect of ours or an attack; it is
//! logged, its addresses without path and query, which may hold a secret.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::http::body::Reported;

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "csp-report")]
    report: Report,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    #[serde(default)]
    effective_directive: String,
    #[serde(default)]
    violated_directive: String,
    #[serde(default)]
    blocked_uri: String,
}

/// Takes a report.
pub async fn post(Reported(body): Reported) -> StatusCode {
    if let Ok(Envelope { report }) = serde_json::from_slice(&body) {
        let directive = if report.effective_directive.is_empty() {
            report.violated_directive
        } else {
            report.effective_directive
        };
        let origin = url::Url::parse(&report.blocked_uri)
            .map_or_else(|_| "inline or eval".to_owned(), |url| url.origin().ascii_serialization());
        let directive: String = directive.chars().filter(char::is_ascii_graphic).take(40).collect();
        tracing::warn!(directive, origin, "a browser reports a violation of the content security policy");
    }
    StatusCode::NO_CONTENT
}
