//! Requests to the provider, by the worker's own `fetch`: bounded in time and size, no redirect followed, no cookie sent
//! and nothing stored.

use std::fmt;

use js_sys::{Array, Uint8Array, global};
use openidconnect::http::{HeaderName, HeaderValue, StatusCode};
use openidconnect::{HttpRequest, HttpResponse};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
    WorkerGlobalScope,
};

/// For a whole request, in milliseconds.
const PATIENCE: u32 = 10_000;
/// The longest answer that is taken.
const LONGEST: u32 = 256 * 1024;

/// There is no answer that could be used.
#[derive(Debug)]
pub(crate) struct Unreachable;

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no answer")
    }
}

impl std::error::Error for Unreachable {}

impl From<JsValue> for Unreachable {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// Asks, in the types that `openidconnect` speaks.
pub(crate) async fn fetch(request: HttpRequest) -> Result<HttpResponse, Unreachable> {
    let headers = Headers::new()?;
    for (name, value) in request.headers() {
        headers.set(name.as_str(), value.to_str().map_err(|_| Unreachable)?)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method().as_str());
    init.set_headers(&headers);
    if !request.body().is_empty() {
        init.set_body(&Uint8Array::from(request.body().as_slice()));
    }
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let request = Request::new_with_str_and_init(&request.uri().to_string(), &init)?;
    let scope: WorkerGlobalScope = global().unchecked_into();
    let answer: Response = JsFuture::from(scope.fetch_with_request(&request)).await?.unchecked_into();
    let body = Uint8Array::new(&JsFuture::from(answer.array_buffer()?).await?);
    if body.length() > LONGEST {
        return Err(Unreachable);
    }
    let mut response = HttpResponse::new(body.to_vec());
    *response.status_mut() = StatusCode::from_u16(answer.status()).map_err(|_| Unreachable)?;
    for entry in answer.headers().entries().into_iter().flatten() {
        let entry: Array = entry.unchecked_into();
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string())
            && let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
