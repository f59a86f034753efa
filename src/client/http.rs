//! The one file that fetches, and has the browser parse what came.

use js_sys::{Array, Date, JSON, JsString, Object};
use vestibule_contract::read::Tree;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestCredentials, RequestInit, RequestRedirect, Response};

use super::ApiError;
use super::codec::{RequestParts, ResponseParts};

/// Longest answer that is read, in UTF-16 units. A page of a thousand apps stays far below.
const LONGEST: u32 = 4 * 1024 * 1024;

/// Makes a request. When the signal ends it, the outcome is of no interest to anybody.
pub async fn fetch(parts: &RequestParts, signal: &AbortSignal) -> Result<ResponseParts, ApiError> {
    let request = prepare(parts, signal).map_err(|_| ApiError::BadAnswer)?;
    let Some(window) = web_sys::window() else { return Err(ApiError::Offline) };
    let response =
        JsFuture::from(window.fetch_with_request(&request)).await.map_err(|_| ApiError::Offline)?;
    let response: Response = response.dyn_into().map_err(|_| ApiError::BadAnswer)?;
    let headers = response.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    let text = response.text().map_err(|_| ApiError::BadAnswer)?;
    let text = JsFuture::from(text).await.map_err(|_| ApiError::Offline)?;
    let text: JsString = text.dyn_into().map_err(|_| ApiError::BadAnswer)?;
    if text.length() > LONGEST {
        return Err(ApiError::BadAnswer);
    }
    Ok(ResponseParts {
        // A redirection is not followed and shows as 0: the contract has none.
        status: response.status(),
        content_type: header("content-type").unwrap_or_default(),
        body: parse(&String::from(text)),
        retry_at: header("retry-after").and_then(|value| instant(&value)),
    })
}

/// Deepest nesting that is read: far more than the contract has, and far less than the stack holds.
const DEEPEST: u32 = 64;

/// Parses JSON by the browser's own parser, which is there already and costs the bundle nothing.
pub fn parse(text: &str) -> Option<Tree> {
    tree(&JSON::parse(text).ok()?, DEEPEST)
}

fn tree(value: &JsValue, depth: u32) -> Option<Tree> {
    let depth = depth.checked_sub(1)?;
    Some(if let Some(text) = value.as_string() {
        Tree::Text(text)
    } else if let Some(number) = value.as_f64() {
        whole(number)
    } else if let Some(flag) = value.as_bool() {
        Tree::Bool(flag)
    } else if let Some(list) = value.dyn_ref::<Array>() {
        let mut items = Vec::new();
        for item in list.iter() {
            items.push(tree(&item, depth)?);
        }
        Tree::List(items)
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let mut members = Vec::new();
        for entry in Object::entries(object).iter() {
            let entry: Array = entry.unchecked_into();
            members.push((entry.get(0).as_string()?, tree(&entry.get(1), depth)?));
        }
        Tree::Object(members)
    } else {
        Tree::Null
    })
}

/// Whole numbers that JavaScript can tell apart; the contract has no others.
#[expect(clippy::cast_possible_truncation, reason = "checked to be a whole number below 2^53")]
fn whole(number: f64) -> Tree {
    let exact = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_991.0;
    if exact { Tree::Number(number as i64) } else { Tree::Null }
}

fn prepare(parts: &RequestParts, signal: &AbortSignal) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", parts.accept)?;
    if let Some(key) = &parts.key {
        headers.set("idempotency-key", key)?;
    }
    let init = RequestInit::new();
    init.set_method(parts.method);
    if let Some(body) = &parts.body {
        headers.set("content-type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(signal));
    Request::new_with_str_and_init(&parts.path, &init)
}

/// `Retry-After` is seconds from now, or a date (RFC 9110 section 10.2.3).
fn instant(retry_after: &str) -> Option<String> {
    let milliseconds = match retry_after.trim().parse::<u32>() {
        Ok(seconds) => Date::now() + f64::from(seconds) * 1000.0,
        Err(_) => Date::parse(retry_after),
    };
    // A date that the browser cannot read is no date, and one that it cannot write would throw.
    if !(0.0..=8.64e15).contains(&milliseconds) {
        return None;
    }
    let text = String::from(Date::new(&JsValue::from_f64(milliseconds)).to_iso_string());
    // The wire has no fractions: 2026-11-20T10:15:00.000Z.
    text.get(..19).map(|seconds| [seconds, "Z"].concat())
}
