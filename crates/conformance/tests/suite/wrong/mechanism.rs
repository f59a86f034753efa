//! How a defect is put in front of the backend.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::Value;
use vestibule_contract::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};

/// What a backend does wrong, and the case that has to find it.
#[derive(Clone, Copy)]
pub(crate) struct Defect {
    pub(crate) case: &'static str,
    pub(crate) wrong: Wrong,
}

type Reading = fn(&mut Asked, &Memory);
type Answering = fn(&Asked, &mut Answer, &Memory);

/// Where it is wrong.
#[derive(Clone, Copy)]
pub(crate) enum Wrong {
    /// It takes requests for others than they are.
    Reads(Reading),
    /// It answers wrongly.
    Answers(Answering),
    /// Both.
    Both(Reading, Answering),
}

/// A request.
pub(crate) struct Asked {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// Which request of this method and path it is, from 1.
    pub(crate) nth: usize,
}

impl Asked {
    pub(crate) fn is(&self, method: &Method, start: &str) -> bool {
        self.method == method && self.path.starts_with(start)
    }

    /// Whether it takes an action at a flow.
    pub(crate) fn acts(&self) -> bool {
        self.is(&Method::POST, "/api/v1/flows/")
    }

    /// Whether it starts a flow.
    pub(crate) fn starts(&self) -> bool {
        self.method == Method::POST && self.path == "/api/v1/flows"
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    pub(crate) fn action(&self) -> String {
        self.json()["action"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn set(&mut self, name: &'static str, value: &str) {
        self.headers.insert(name, HeaderValue::from_str(value).unwrap());
    }

    /// Makes it look as if the backend's own page had sent it.
    pub(crate) fn come_from_own_page(&mut self) {
        let origin = format!("http://{}", self.header("host"));
        self.set("origin", &origin);
        self.set("sec-fetch-site", "same-origin");
    }
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Whether it is a step document of a type.
    pub(crate) fn is_step(&self, kind: &str) -> bool {
        self.json()["step"]["type"] == kind
    }

    /// Whether it is a step document of a flow with this intent.
    pub(crate) fn is_of(&self, intent: &str) -> bool {
        self.json()["flow"]["intent"] == intent
    }

    /// Whether it is a problem of a code.
    pub(crate) fn is_problem(&self, code: ProblemCode) -> bool {
        self.json()["code"] == code.as_str()
    }

    /// Changes its JSON.
    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Value)) {
        let mut json = self.json();
        change(&mut json);
        self.body = json.to_string();
    }

    /// Makes it a success with this body.
    pub(crate) fn succeed(&mut self, json: &Value) {
        self.status = StatusCode::OK;
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.body = json.to_string();
    }

    /// Makes the step that a problem carries the answer.
    pub(crate) fn succeed_with_step(&mut self) {
        let step = self.json()["step"].clone();
        self.succeed(&step);
    }

    /// Makes it a problem, a well-formed one.
    pub(crate) fn refuse(&mut self, code: ProblemCode) {
        self.status = StatusCode::from_u16(code.status()).unwrap();
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_MEDIA_TYPE));
        self.body = serde_json::to_string(&Problem::new(code)).unwrap();
    }

    /// Changes its cookies as texts.
    pub(crate) fn edit_cookies(&mut self, change: impl Fn(&str) -> String) {
        let cookies: Vec<String> =
            self.headers.get_all(SET_COOKIE).iter().map(|value| change(value.to_str().unwrap())).collect();
        self.headers.remove(SET_COOKIE);
        for cookie in cookies {
            self.headers.append(SET_COOKIE, HeaderValue::from_str(&cookie).unwrap());
        }
    }
}

/// What the wrong backend keeps in mind.
pub(crate) struct Memory {
    defect: Defect,
    seen: Mutex<BTreeMap<String, usize>>,
    kept: Mutex<BTreeMap<String, String>>,
}

impl Memory {
    pub(crate) fn new(defect: Defect) -> Self {
        Self { defect, seen: Mutex::default(), kept: Mutex::default() }
    }

    /// How often something was counted, this time included.
    pub(crate) fn count(&self, what: &str) -> usize {
        let mut seen = self.seen.lock().unwrap();
        let count = seen.entry(what.to_owned()).or_default();
        *count += 1;
        *count
    }

    /// How often something was counted.
    pub(crate) fn counted(&self, what: &str) -> usize {
        self.seen.lock().unwrap().get(what).copied().unwrap_or_default()
    }

    pub(crate) fn keep(&self, name: &str, value: &str) {
        self.kept.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn kept(&self, name: &str) -> Option<String> {
        self.kept.lock().unwrap().get(name).cloned()
    }
}

/// The layer.
pub(crate) async fn tamper(State(memory): State<Arc<Memory>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let path = parts.uri.path_and_query().unwrap().as_str().to_owned();
    let mut asked = Asked {
        nth: memory.count(&format!("{} {path}", parts.method)),
        method: parts.method.clone(),
        path,
        headers: std::mem::take(&mut parts.headers),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    let (reads, answers): (Option<Reading>, Option<Answering>) = match memory.defect.wrong {
        Wrong::Reads(reads) => (Some(reads), None),
        Wrong::Answers(answers) => (None, Some(answers)),
        Wrong::Both(reads, answers) => (Some(reads), Some(answers)),
    };
    if let Some(reads) = reads {
        reads(&mut asked, &memory);
        asked.headers.remove(CONTENT_LENGTH);
    }
    parts.headers = asked.headers.clone();
    parts.uri = asked.path.parse().unwrap();
    let response = next.run(Request::from_parts(parts, Body::from(asked.body.clone()))).await;
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let mut answer = Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    if let Some(answers) = answers {
        answers(&asked, &mut answer, &memory);
        answer.headers.remove(CONTENT_LENGTH);
    }
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}

/// The cookies that a request carries.
pub(crate) fn cookies(asked: &Asked) -> Vec<(String, String)> {
    let text = asked.headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split("; ")
        .filter_map(|pair| pair.split_once('='))
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .collect()
}
