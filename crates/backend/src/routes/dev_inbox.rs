//! `/dev/inbox`: the mails of the demo, which has no mail server. Exists only where it is configured.

use std::fmt::Write as _;

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::http::problem::ApiProblem;
use crate::mail::inbox::InboxEntry;
use crate::pages::escape::escape;
use crate::state::{App, Shared};

fn entries(app: &App) -> Vec<InboxEntry> {
    app.transport.inbox().map(crate::mail::inbox::Inbox::entries).unwrap_or_default()
}

/// The mails, newest first.
pub async fn json(State(app): State<Shared>) -> Json<Vec<InboxEntry>> {
    Json(entries(&app))
}

/// The mails as a page; links in them can be clicked, as in a mail program.
pub async fn page(State(app): State<Shared>) -> Result<Response, ApiProblem> {
    let mut html = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>Demo inbox</title></head><body><main><h1>Demo inbox</h1>\
         <p>Every mail of this demo lands here, whomever it is for. Newest first.</p>",
    );
    let entries = entries(&app);
    if entries.is_empty() {
        html.push_str("<p>No mail yet.</p>");
    }
    for entry in entries {
        let text = linked(&entry.text);
        let unsubscribe = entry.headers.iter().find(|(name, _)| name == "List-Unsubscribe");
        // As mail programs offer it, beside the sender.
        let unsubscribe = unsubscribe.map_or_else(String::new, |(_, value)| {
            let url = escape(value.trim_matches(['<', '>']));
            format!(" · <a href=\"{url}\">Unsubscribe</a>")
        });
        let _ = write!(
            html,
            "<article><h2>{}</h2><p>To {} · from {} · {}{unsubscribe}</p><pre>{text}</pre></article><hr>",
            escape(&entry.subject),
            escape(&entry.to.join(", ")),
            escape(&entry.from),
            escape(&entry.at.to_rfc3339()),
        );
    }
    html.push_str("</main></body></html>");
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

/// The text with its addresses made links.
fn linked(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let space = &part[word.len()..];
        if word.starts_with("http://") || word.starts_with("https://") {
            let safe = escape(word);
            let _ = write!(out, "<a href=\"{safe}\">{safe}</a>{space}");
        } else {
            out.push_str(&escape(part));
        }
    }
    out
}
