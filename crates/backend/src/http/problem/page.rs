//! A problem as the plainest page, for refusals so early that no page of the app can be drawn.

use vestibule_contract::Problem;

use crate::pages::escape::escape;

/// The page: the problem's own sentence and its reference. It loads nothing.
pub(super) fn html(problem: &Problem) -> String {
    let title = escape(&problem.title);
    let reference = problem
        .reference
        .as_deref()
        .map(|reference| format!("<p>Reference: {}</p>", escape(reference)))
        .unwrap_or_default();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head><body><main><h1>{title}</h1>{reference}</main></body></html>"
    )
}
