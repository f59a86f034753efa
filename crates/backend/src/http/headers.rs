//! The security headers of every response, errors included (S64, S69 to S71, S78, S80).

#[cfg(test)]
mod tests;

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, SERVER, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

/// Where browsers report what a policy stopped.
pub const CSP_REPORT_PATH: &str = "/csp-report";

/// For everything that is no document: nothing in it may run, load, or be framed.
const CSP_NO_DOCUMENT: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What this site never asks for is denied, also to whatever might get into a page. Passkeys are the exception.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
     clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), \
     gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
     picture-in-picture=(), screen-wake-lock=(), serial=(), storage-access=(), sync-xhr=(), usb=(), \
     window-management=(), xr-spatial-tracking=(), otp-credentials=(self), publickey-credentials-create=(self), \
     publickey-credentials-get=(self)";

/// On every response as they stand.
const FIXED: [(HeaderName, &str); 9] = [
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (REFERRER_POLICY, "no-referrer"),
    (STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
];

/// Goes with the answer that ends a session (S77): what the browser kept of private pages is dropped. Cookies are not
/// named, because that would sign out everything else on the same registrable domain.
pub const CLEAR_SITE_DATA: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));

/// The policy of a document whose `<style>` elements have these hashes, each `sha256-…` in base64.
///
/// `style-src` has the hashes beside `'self'`, so that the first paint needs one request and no style of anybody
/// else's is taken. Nothing turns a text into markup: Trusted Types admit no policy at all (S66).
pub fn csp(style_hashes: &[String]) -> String {
    document(style_hashes, "script-src 'self' 'wasm-unsafe-eval'", "trusted-types 'none'")
}

/// The policy of the page that speaks to an identity provider: it runs no WebAssembly itself, and starts one worker, whose
/// address its script admits by the one policy that is allowed here.
pub fn csp_with_worker(style_hashes: &[String]) -> String {
    let trusted = "worker-src 'self'; trusted-types vestibule-relying-party";
    document(style_hashes, "script-src 'self'", trusted)
}

/// The policy of the worker: it alone may ask other sites, which ones nobody knows before; and this machine without
/// TLS, where identity providers may be on it.
pub fn csp_of_worker(local: bool) -> String {
    let local = if local { " http://localhost:* http://127.0.0.1:*" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https:{local}; \
         report-uri {CSP_REPORT_PATH}"
    )
}

fn document(style_hashes: &[String], scripts: &str, trusted: &str) -> String {
    let mut styles = String::from("'self'");
    for hash in style_hashes {
        styles.push_str(" '");
        styles.push_str(hash);
        styles.push('\'');
    }
    format!(
        "default-src 'none'; {scripts}; style-src {styles}; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; {trusted}; report-uri {CSP_REPORT_PATH}"
    )
}

/// Completes a response. For `axum::middleware::map_response`, outside of every other layer that answers.
///
/// A handler's own `Content-Security-Policy` and `Cache-Control` stay; without them nothing may run, and nothing is
/// stored (S78).
pub async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CSP_NO_DOCUMENT));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.remove(SERVER);
    response
}
