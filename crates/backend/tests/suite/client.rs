//! A client: keeps cookies as a browser does, and says what a browser says of where a request comes from.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::request::Builder;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world::ORIGIN;

/// A browser or a program.
#[derive(Clone)]
pub(crate) struct Client {
    /// The backend that it calls.
    pub(crate) service: Router,
    /// Cookies by name.
    pub(crate) cookies: BTreeMap<String, String>,
    /// Where it calls from.
    pub(crate) peer: SocketAddr,
    /// An API token that it shows.
    pub(crate) bearer: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Status.
    pub(crate) status: StatusCode,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body as text.
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// The body of a success as JSON.
    pub(crate) fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self.json()
    }

    /// The `code` of a problem; empty for whatever is none.
    pub(crate) fn code(&self) -> String {
        let json: Value = serde_json::from_str(&self.text).unwrap_or_default();
        json["code"].as_str().unwrap_or_default().to_owned()
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Every `Set-Cookie`.
    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The hidden field of a form in a page.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let marker = format!("name=\"{name}\"");
        let tags = self.text.split('<').filter(|tag| tag.starts_with("input") && tag.contains(&marker));
        let value =
            tags.filter_map(|tag| tag.split("value=\"").nth(1)).find_map(|rest| rest.split('"').next());
        value.unwrap_or_else(|| panic!("no field {name} in {} {}", self.status, self.text)).to_owned()
    }
}

impl Client {
    /// A client without cookies.
    pub(crate) fn new(service: Router) -> Self {
        let peer = SocketAddr::from(([192, 0, 2, 1], 50_000));
        Self { service, cookies: BTreeMap::new(), peer, bearer: None }
    }

    /// The same from another address, told apart by a number.
    pub(crate) fn from(mut self, caller: u16) -> Self {
        let [high, low] = caller.to_be_bytes();
        self.peer = SocketAddr::from(([198, 18, high, low], 50_000));
        self
    }

    /// Sends a request as it is, with cookies and host.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let headers = request.headers_mut();
        headers.entry(header::HOST).or_insert("localhost:8080".parse().unwrap());
        if let Some(token) = &self.bearer {
            headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        }
        if !self.cookies.is_empty() && !headers.contains_key(header::COOKIE) {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.insert(header::COOKIE, pairs.join("; ").parse().unwrap());
        }
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or_default();
            if rest.split(';').any(|part| part.trim() == "Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// A request of our own page's script.
    pub(crate) fn build(method: Method, path: &str) -> Builder {
        let builder = Request::builder().method(method).uri(path);
        builder.header(header::ORIGIN, ORIGIN).header("sec-fetch-site", "same-origin")
    }

    /// `GET`.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Self::build(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// `GET` of a page by a browser.
    pub(crate) async fn page(&mut self, path: &str) -> Answer {
        let request = Self::build(Method::GET, path).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// `POST` of JSON by our page's script.
    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        let request = Self::build(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// `POST` of JSON with an idempotency key.
    pub(crate) async fn post_once(&mut self, path: &str, key: &str, body: &Value) -> Answer {
        let request = Self::build(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", key);
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// `PATCH` of JSON.
    pub(crate) async fn patch(&mut self, path: &str, body: &Value) -> Answer {
        let request = Self::build(Method::PATCH, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// `PUT` of JSON.
    pub(crate) async fn put(&mut self, path: &str, body: &Value) -> Answer {
        let request = Self::build(Method::PUT, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// `DELETE` by our page's script.
    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.send(Self::build(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    /// `POST` of a form by a browser without script.
    pub(crate) async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let request = Self::build(Method::POST, path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.finish())).unwrap()).await
    }

    /// Starts a flow; gives its first document.
    pub(crate) async fn start(&mut self, request: &Value) -> Value {
        let answer = self.post("/api/v1/flows", request).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.json()
    }

    /// Takes an action at the revision of a document.
    pub(crate) async fn act(&mut self, document: &Value, action: &str, values: Value) -> Answer {
        let body = json!({ "rev": document["flow"]["rev"], "action": action, "values": values });
        self.post(&flow_path(document), &body).await
    }

    /// Verifies a code at a document.
    pub(crate) async fn verify(&mut self, document: &Value, code: &str) -> Answer {
        self.act(document, "verify", json!({ "code": code })).await
    }
}

/// The address of a document's flow.
pub(crate) fn flow_path(document: &Value) -> String {
    format!("/api/v1/flows/{}", document["flow"]["id"].as_str().unwrap())
}

/// The type of a document's step.
pub(crate) fn step(document: &Value) -> &str {
    document["step"]["type"].as_str().unwrap_or_else(|| panic!("no step in {document}"))
}

/// The code of a document's last message.
pub(crate) fn message(document: &Value) -> &str {
    let last = document["messages"].as_array().and_then(|messages| messages.last());
    last.and_then(|message| message["code"].as_str()).unwrap_or_default()
}
