//! One request and its answer.

use serde_json::Value;
use vestibule_contract::PROBLEM_MEDIA_TYPE;

use super::Cookie;

/// Characters of a body that a report shows.
const SHOWN: usize = 600;

/// One request and its answer, as they went over the wire. Not redacted; [`Log::redact`](super::Log::redact) does that.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Method.
    pub method: &'static str,
    /// Path or address that was asked for.
    pub path: String,
    /// Headers of the request.
    pub sent: Vec<(String, String)>,
    /// Body of the request.
    pub sent_body: Option<String>,
    /// Status.
    pub status: u16,
    /// Headers of the answer, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body of the answer.
    pub body: String,
}

impl Exchange {
    /// The first value of a header of the answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The media type of the answer, in lower case and without parameters.
    pub fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The cookies that the answer sets.
    pub fn set_cookies(&self) -> Vec<Cookie> {
        let values = self.headers.iter().filter(|(name, _)| name == "set-cookie");
        values.filter_map(|(_, value)| Cookie::parse(value)).collect()
    }

    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// The `code` of a problem document; empty when the answer is none.
    pub fn problem_code(&self) -> String {
        let json = if self.media_type() == PROBLEM_MEDIA_TYPE { self.json() } else { Value::Null };
        json["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The step document that the answer is, or that its problem carries.
    pub fn document(&self) -> Option<Value> {
        let json = self.json();
        if json["step"]["type"].is_string() && json["flow"].is_object() {
            return Some(json);
        }
        Some(json["step"].clone()).filter(|step| step["step"]["type"].is_string())
    }

    /// Status and problem code in a few words.
    pub fn summary(&self) -> String {
        match self.problem_code() {
            code if code.is_empty() => format!("status {} ({})", self.status, self.media_type()),
            code => format!("status {} {code}", self.status),
        }
    }

    /// Both sides as text, long bodies cut.
    pub fn excerpt(&self) -> String {
        let mut lines = vec![format!("> {} {}", self.method, self.path)];
        lines.extend(self.sent.iter().map(|(name, value)| format!("> {name}: {value}")));
        lines.extend(self.sent_body.iter().map(|body| format!(">\n> {}", cut(body))));
        lines.push(format!("< {}", self.status));
        // One header of a kilobyte that no case is about.
        let headers = self.headers.iter().filter(|(name, _)| name != "permissions-policy");
        lines.extend(headers.map(|(name, value)| format!("< {name}: {value}")));
        if !self.body.is_empty() {
            lines.push(format!("<\n< {}", cut(&self.body)));
        }
        lines.join("\n")
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} … ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}
