//! A request, an answer and its effect, as somebody at a terminal reads them: no credentials, and nothing in which a
//! terminal finds commands.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::Request;
use serde_json::Value;
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::connectors::{Authentication, Connector, OnFailure};

use crate::connectors::answer::{Answer, Failure, Outcome};
use crate::connectors::request::Point;
use crate::connectors::{MASK, shown_address};
use crate::flows::sign_up::taken as named_by_connector;

/// How much of an answer is shown, in bytes.
const SHOWN: usize = 2 * 1024;
/// Members of an answer that are no values.
const ENVELOPE: [&str; 4] = ["version", "action", "status", "userMessage"];

/// A request.
pub(super) fn request(request: &Request<Vec<u8>>, authentication: &Authentication) -> String {
    let mut said =
        format!("Request:\n  {} {}\n", request.method(), shown_address(&request.uri().to_string()));
    for (name, value) in request.headers() {
        let value = if value.is_sensitive() {
            format!("Basic {MASK}")
        } else {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let _ = writeln!(said, "  {name}: {value}");
    }
    match authentication {
        Authentication::Basic { .. } => {}
        Authentication::Certificate { .. } => said.push_str("  (with the client certificate, in TLS)\n"),
    }
    let _ = writeln!(said, "\n{}", indented(&body(request.body())));
    said
}

/// An answer.
pub(super) fn answer(answer: &Answer) -> String {
    let content_type = answer.content_type.as_deref().unwrap_or("without a content type");
    let mut said = format!("  {} {}\n", answer.status, plain(content_type));
    let text = body(&answer.body);
    let mut cut = text.len().min(SHOWN);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    if !text.is_empty() {
        let _ = writeln!(said, "\n{}", indented(&text[..cut]));
    }
    if cut < text.len() {
        let _ = writeln!(said, "  … {} bytes in all", answer.body.len());
    }
    said
}

/// What comes of an answer.
pub(super) fn effect(
    connector: &Connector,
    point: Point,
    outcome: &Outcome,
    answer: Option<&Answer>,
) -> String {
    let mut said = match outcome {
        Outcome::Continue(values) => {
            let mut said = "Effect: the sign-up goes on".to_owned();
            match (values.is_empty(), point) {
                (true, _) => said.push_str("; no value is given."),
                (false, Point::AfterFederation) => said.push_str(". The form is filled in with:"),
                (false, Point::BeforeCreation) => said.push_str(". These count instead of what was typed:"),
            }
            for (name, value) in values {
                let _ = write!(said, "\n  {name} = {}", plain(&value.to_string()));
            }
            said
        }
        Outcome::Block(message) => format!("Effect: the sign-up ends. The page says:\n  {message}"),
        Outcome::Invalid(message) => {
            format!("Effect: the form stays, to be corrected. It says:\n  {message}")
        }
        Outcome::Failed(failure) => {
            let then = match connector.on_failure {
                OnFailure::Closed => "on_failure is fail_closed, so the sign-up ends with an error.",
                OnFailure::Open => "on_failure is fail_open, so the sign-up goes on without it.",
            };
            format!("Effect: no verdict ({}): {}\n  {then}", failure.as_str(), why(*failure))
        }
    };
    let ignored = ignored(outcome, answer);
    if !ignored.is_empty() {
        let _ = write!(said, "\n  Not looked at: {}", plain(&ignored.join(", ")));
    }
    said
}

/// Which of the values a user flow takes: those of its form, and the built-in ones, where they would pass it.
pub(super) fn taken(flow: &UserFlow, values: &BTreeMap<String, Value>) -> String {
    let taken = named_by_connector(&flow.attributes, values);
    let mut said = format!("  The user flow {} takes ", flow.id);
    if taken.is_empty() {
        said.push_str(if values.is_empty() { "nothing, since nothing is given." } else { "none of them." });
        return said;
    }
    said.push_str("of them:");
    for (name, value) in taken {
        let _ = write!(said, "\n  {name} = {}", plain(&value));
    }
    said
}

/// Members of an answer that came to nothing.
fn ignored(outcome: &Outcome, answer: Option<&Answer>) -> Vec<String> {
    let (Outcome::Continue(values), Some(answer)) = (outcome, answer) else { return Vec::new() };
    let Ok(Value::Object(members)) = serde_json::from_slice(&answer.body) else { return Vec::new() };
    let taken = |name: &String| {
        ENVELOPE.contains(&name.as_str())
            || values.contains_key(name)
            || (name == "lastName" && values.contains_key("surname"))
    };
    members.into_iter().map(|(name, _)| name).filter(|name| !taken(name)).collect()
}

fn why(failure: Failure) -> String {
    let said = match failure {
        Failure::Unreachable => {
            "nobody answers at the address; see that the connector runs and its certificate is valid."
        }
        Failure::Timeout => "no answer in time, twice; see timeout_seconds, which is 20 at most.",
        Failure::Forbidden => {
            "the address may not be asked; a network of your own has to be listed in federation.private_networks."
        }
        Failure::TooLong => "the answer is longer than 64 KiB.",
        Failure::Status(401 | 403) => "it does not accept our credentials.",
        Failure::Status(300..=399) => {
            "it answers with a redirect, which is never followed; give the address it leads to."
        }
        Failure::Status(400) => "400 counts with the action ValidationError alone.",
        Failure::Status(status) => {
            return format!("{status} says nothing; it has to be 200, or 400 with a ValidationError.");
        }
        Failure::NotJson => "the answer is not a JSON object, or does not call itself JSON.",
        Failure::Action => "`action` has to be Continue, ShowBlockPage or ValidationError.",
        Failure::Mismatch => {
            "Continue and ShowBlockPage come with 200; ValidationError comes with 400, and with `status` 400 in the body."
        }
        Failure::Misplaced => "ValidationError has no place before the form; use ShowBlockPage there.",
        Failure::BreakerOpen => "it failed five times in a row and is left alone for 30 seconds.",
        Failure::Busy => "too much is asked at once for this organization.",
        Failure::Credentials => "its password or key cannot be used; apply the organization's file again.",
        Failure::Internal => "the request could not be made; the log says more.",
    };
    said.to_owned()
}

/// A body, drawn out where it is JSON.
fn body(bytes: &[u8]) -> String {
    let drawn = serde_json::from_slice::<Value>(bytes).ok();
    let drawn = drawn.and_then(|value| serde_json::to_string_pretty(&value).ok());
    drawn.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {}", plain(line))).collect();
    lines.join("\n")
}

/// A line in which control characters are written out.
fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_control() { said.extend(char.escape_default()) } else { said.push(char) }
    }
    said
}
