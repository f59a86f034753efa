//! What a connector says, and what it may say: one of three verdicts, a message in plain text, and values of
//! attributes. Everything else is a failure with a name, or is not looked at (T22).

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use vestibule_domain::message::single_line;
use vestibule_storage::connectors::{Connector, OnFailure};

use super::request::{BUILT_IN, EXTENSION, LAST_NAME, Point, SURNAME};

/// The longest answer that is read, in bytes.
pub const LONGEST: usize = 64 * 1024;
/// The longest message, in characters.
const LONGEST_MESSAGE: usize = 500;
/// The longest value, in bytes; of a list all together.
const LONGEST_VALUE: usize = 4 * 1024;
/// The longest name of an attribute, in bytes.
const LONGEST_NAME: usize = 200;
/// Values that are taken, and entries of a list.
const MOST: usize = 100;

/// Said to somebody who is turned away without a reason. To be turned away is a verdict, with or without words: as a
/// failure it would let somebody in where failures do.
pub const BLOCKED: &str = "You cannot sign up here. Contact the organization that shared this with you.";
/// Said to somebody whose details are refused without a reason.
pub const REFUSED: &str = "Some of these details are not accepted. Check them and try again.";

/// An answer, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// What it calls itself.
    pub content_type: Option<String>,
    /// Body.
    pub body: Vec<u8>,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The sign-up goes on, with these values: they fill the form in, or count instead of what was typed. Names are as
    /// the connector gave them (`surname` for both names of the last name): the app's id may be missing in those of
    /// the organization's own attributes, and whether such an attribute exists, and fits, was not asked.
    Continue(BTreeMap<String, Value>),
    /// The sign-up ends with this message: plain text, never empty.
    Block(String),
    /// What was typed is refused with this message: plain text, never empty.
    Invalid(String),
    /// There is no verdict.
    Failed(Failure),
}

/// Why there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody answers.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// The address may not be asked: it is not the Internet's.
    Forbidden,
    /// The answer is longer than [`LONGEST`].
    TooLong,
    /// A status that says nothing here.
    Status(u16),
    /// The answer is not a JSON object.
    NotJson,
    /// The answer has no action that is known.
    Action,
    /// The action does not come with this status.
    Mismatch,
    /// The action means nothing at this point.
    Misplaced,
    /// It failed so often that it is left alone for a while.
    BreakerOpen,
    /// Too much is asked at once for this organization.
    Busy,
    /// Its password or key cannot be used, as after the secret of this installation was changed.
    Credentials,
    /// The request could not be made: its address is none, or there is no randomness.
    Internal,
}

impl Failure {
    /// Its name, for logs and the audit.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Forbidden => "forbidden",
            Self::TooLong => "too_long",
            Self::Status(_) => "status",
            Self::NotJson => "not_json",
            Self::Action => "action",
            Self::Mismatch => "mismatch",
            Self::Misplaced => "misplaced",
            Self::BreakerOpen => "breaker_open",
            Self::Busy => "busy",
            Self::Credentials => "credentials",
            Self::Internal => "internal",
        }
    }

    /// Whether the connector seems to be down, rather than to say something wrong. One that answers nonsense at once
    /// costs nobody else time, and what one person types must not close the door for all.
    pub const fn is_outage(self) -> bool {
        match self {
            Self::Unreachable | Self::Timeout | Self::TooLong => true,
            Self::Status(status) => status >= 500,
            Self::Forbidden
            | Self::NotJson
            | Self::Action
            | Self::Mismatch
            | Self::Misplaced
            | Self::BreakerOpen
            | Self::Busy
            | Self::Credentials
            | Self::Internal => false,
        }
    }
}

/// What an outcome comes to where the organization said what a failure means. A verdict stays what it is.
pub fn effect(connector: &Connector, outcome: Outcome) -> Outcome {
    // What was not asked, and not because it was down, is no outage of theirs: who fills all places lets nobody in.
    let is_theirs = |failure: &Failure| {
        !matches!(failure, Failure::Busy | Failure::Credentials | Failure::Internal | Failure::Forbidden)
    };
    match (&outcome, connector.on_failure) {
        (Outcome::Failed(failure), OnFailure::Open) if is_theirs(failure) => {
            Outcome::Continue(BTreeMap::new())
        }
        (Outcome::Failed(_) | Outcome::Continue(_) | Outcome::Block(_) | Outcome::Invalid(_), _) => outcome,
    }
}

/// Reads an answer. `version` is that of the connector's own interface, so any will do.
pub fn read(point: Point, answer: &Answer) -> Outcome {
    verdict(point, answer).unwrap_or_else(Outcome::Failed)
}

fn verdict(point: Point, answer: &Answer) -> Result<Outcome, Failure> {
    let status = answer.status;
    if !matches!(status, 200 | 400) {
        return Err(Failure::Status(status));
    }
    if answer.body.len() > LONGEST {
        return Err(Failure::TooLong);
    }
    // 400 is also what programs and proxies answer by themselves.
    let unusable = |failure| if status == 400 { Failure::Status(status) } else { failure };
    let body = object(answer).ok_or(unusable(Failure::NotJson))?;
    let message = |else_: &str| message(body.get("userMessage"), else_);
    match (body.get("action").and_then(Value::as_str), status) {
        (Some("Continue"), 200) => Ok(Outcome::Continue(claims(&body))),
        (Some("ShowBlockPage"), 200) => Ok(Outcome::Block(message(BLOCKED))),
        (Some("ValidationError"), 400) if says_400(body.get("status")) => match point {
            Point::AfterFederation => Err(Failure::Misplaced),
            Point::BeforeCreation => Ok(Outcome::Invalid(message(REFUSED))),
        },
        (Some("Continue" | "ShowBlockPage" | "ValidationError"), _) => Err(Failure::Mismatch),
        (Some(_) | None, _) => Err(unusable(Failure::Action)),
    }
}

/// The object of an answer. The parser bounds how deep it may be nested.
fn object(answer: &Answer) -> Option<Map<String, Value>> {
    if !answer.content_type.as_deref().is_none_or(may_be_json) {
        return None;
    }
    // .NET likes to begin with a byte order mark.
    let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer.body);
    serde_json::from_slice(body).ok()
}

/// Small programs send JSON as plain text; a page is never an answer.
fn may_be_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json" | "text/plain") || essence.ends_with("+json")
}

fn says_400(status: Option<&Value>) -> bool {
    match status {
        Some(Value::Number(number)) => number.as_u64() == Some(400),
        Some(Value::String(text)) => text == "400",
        _ => false,
    }
}

/// A message as plain text: what it looks like is what it is, and whoever shows it escapes it.
fn message(said: Option<&Value>, else_: &str) -> String {
    let said = single_line(said.and_then(Value::as_str).unwrap_or_default(), LONGEST_MESSAGE);
    if said.is_empty() { else_.to_owned() } else { said }
}

/// The values in an answer that may be one's of an attribute. Nothing else of it is ever looked at: neither who
/// somebody is, nor what he may, is for a connector to say.
fn claims(body: &Map<String, Value>) -> BTreeMap<String, Value> {
    let mut claims = BTreeMap::new();
    for (name, value) in body {
        if claims.len() == MOST {
            break;
        }
        if is_name(name) && is_value(value) {
            claims.insert(name.clone(), value.clone());
        }
    }
    // Connectors that answer at both points may use either name of the last name.
    if let Some(last_name) = claims.remove(LAST_NAME) {
        claims.entry(SURNAME.to_owned()).or_insert(last_name);
    }
    claims
}

fn is_name(name: &str) -> bool {
    let custom = |own: &str| {
        let in_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !own.is_empty() && own.len() <= LONGEST_NAME && own.bytes().all(in_name)
    };
    name == LAST_NAME || BUILT_IN.contains(&name) || name.strip_prefix(EXTENSION).is_some_and(custom)
}

fn is_value(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => text.len() <= LONGEST_VALUE && is_plain(text),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            texts.is_some_and(|texts| {
                texts.len() <= MOST
                    && texts.iter().map(|text| text.len()).sum::<usize>() <= LONGEST_VALUE
                    && texts.iter().all(|text| is_plain(text))
            })
        }
        Value::Null | Value::Object(_) => false,
    }
}

/// Street addresses have lines; no value has other control characters.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|char| char.is_control() && !matches!(char, '\n' | '\r' | '\t'))
}
