//! Requests that are wrong in themselves, or that another site has made.

use serde_json::json;
use vestibule_contract::ProblemCode;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::http::{Browser, Request};
use crate::kit::Kit;
use crate::step::Document;

cases! { Core, "Flows, rules 4 and 5":
    "requests.malformed-json" Must "A body that is no JSON is 400 malformed_body." malformed_json;
    "requests.wrong-shape" Must "JSON of another shape is refused as a problem." wrong_shape;
    "requests.media-type" Must "A body that is not declared as JSON is 415, since other sites can send those." media_type;
    "requests.oversized" Must "A body of 256 KiB is 413." oversized;
    "requests.method" Should "A method that an endpoint has not is a problem with status 405." method;
    "requests.cross-origin" Must "A foreign Origin is 403 origin_refused, and moves nothing." cross_origin;
    "requests.cross-site" Must "Sec-Fetch-Site cross-site or same-site is 403 origin_refused." cross_site;
    "requests.no-origin" Must "A request that does not say where it comes from moves nothing." no_origin;
    "requests.cross-origin-start" Must "No other site can start a flow, or end the session." cross_origin_start;
    "requests.no-cors" Must "No answer lets another origin read it." no_cors;
}

const EVIL: &str = "https://evil.example";

/// A flow, and the request that would move it if it came from the flow's own page.
fn movable(kit: &Kit) -> Result<(Browser, Document, Request), Stop> {
    let (browser, document) = kit.fresh()?;
    let request = Request::new("POST", &kit.flow(document.id())?).json(&kit.step_on(&document)?);
    Ok((browser, document, request))
}

/// Sends it, expects the problem, and that the flow stands where it stood.
fn refused(kit: &Kit, mut browser: Browser, at: &Document, request: &Request, code: ProblemCode) -> Outcome {
    let answer = browser.send(request)?;
    answer.expect_problem(code)?;
    let now = kit.current(&mut browser, at.id())?;
    now.answer.ensure(now.rev() == at.rev(), "the flow where it stood", format!("revision {}", now.rev()))
}

fn malformed_json(kit: &Kit) -> Outcome {
    let (browser, document, request) = movable(kit)?;
    let request =
        request.from_own_page(&browser.origin()).body("application/json", b"{\"rev\": 0, ".to_vec());
    refused(kit, browser, &document, &request, ProblemCode::MalformedBody)
}

fn wrong_shape(kit: &Kit) -> Outcome {
    let (mut browser, document, request) = movable(kit)?;
    let shapes = [
        json!({ "rev": "zero", "action": 7 }),
        json!([]),
        json!({}),
        json!({ "rev": -1, "action": "continue" }),
    ];
    for shape in shapes {
        let answer = browser.send(&request.clone().from_own_page(&browser.origin()).json(&shape))?;
        let is_problem = matches!(answer.status, 400 | 422) && !answer.problem_code().is_empty();
        answer.ensure(is_problem, "a problem with status 400 or 422", answer.summary())?;
    }
    let now = kit.current(&mut browser, document.id())?;
    now.answer.ensure(
        now.rev() == document.rev(),
        "the flow where it stood",
        format!("revision {}", now.rev()),
    )
}

fn media_type(kit: &Kit) -> Outcome {
    // The three that a form of another site can send (Fetch, "CORS-safelisted request-header").
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let (browser, document, request) = movable(kit)?;
        let request = request.from_own_page(&browser.origin()).header("content-type", media_type);
        refused(kit, browser, &document, &request, ProblemCode::UnsupportedMediaType)?;
    }
    Ok(())
}

fn oversized(kit: &Kit) -> Outcome {
    let (browser, document, request) = movable(kit)?;
    let mut body = kit.step_on(&document)?;
    body["values"]["filler"] = json!("x".repeat(256 * 1024));
    let request = request.from_own_page(&browser.origin()).json(&body);
    refused(kit, browser, &document, &request, ProblemCode::PayloadTooLarge)
}

fn method(kit: &Kit) -> Outcome {
    let mut browser = kit.browser();
    let request = Request::new("DELETE", &kit.endpoint("flows")?).from_own_page(&browser.origin());
    browser.send(&request)?.expect_problem(ProblemCode::MethodNotAllowed)
}

fn cross_origin(kit: &Kit) -> Outcome {
    for (origin, site) in [(EVIL, "cross-site"), ("null", "cross-site")] {
        let (browser, document, request) = movable(kit)?;
        let request = request.header("origin", origin).header("sec-fetch-site", site);
        refused(kit, browser, &document, &request, ProblemCode::OriginRefused)?;
    }
    // A browser without Sec-Fetch-Site shows no more than the origin.
    let (browser, document, request) = movable(kit)?;
    refused(kit, browser, &document, &request.header("origin", EVIL), ProblemCode::OriginRefused)
}

fn cross_site(kit: &Kit) -> Outcome {
    for site in ["cross-site", "same-site"] {
        let (browser, document, request) = movable(kit)?;
        let origin = browser.origin();
        // Whatever the origin says: two answers to one question are no proof.
        let claimed = request.clone().header("origin", &origin).header("sec-fetch-site", site);
        refused(kit, browser.clone(), &document, &claimed, ProblemCode::OriginRefused)?;
        refused(
            kit,
            browser,
            &document,
            &request.header("sec-fetch-site", site),
            ProblemCode::OriginRefused,
        )?;
    }
    Ok(())
}

fn no_origin(kit: &Kit) -> Outcome {
    let (browser, document, request) = movable(kit)?;
    refused(kit, browser, &document, &request, ProblemCode::OriginRefused)
}

fn cross_origin_start(kit: &Kit) -> Outcome {
    let start = Request::new("POST", &kit.endpoint("flows")?).json(&kit.start_body("sign-in"));
    for request in [start, Request::new("DELETE", &kit.endpoint("session")?)] {
        let request = request.header("origin", EVIL).header("sec-fetch-site", "cross-site");
        kit.browser().send(&request)?.expect_problem(ProblemCode::OriginRefused)?;
    }
    Ok(())
}

fn no_cors(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let flow = kit.flow(document.id())?;
    let preflight = Request::new("OPTIONS", &flow)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    for request in [Request::new("GET", &flow), preflight, Request::new("GET", &kit.endpoint("session")?)] {
        for origin in [EVIL, "null"] {
            let answer = browser
                .send(&request.clone().header("origin", origin).header("sec-fetch-site", "cross-site"))?;
            let allowed = answer.header("access-control-allow-origin").unwrap_or_default().to_owned();
            let open = allowed == origin || allowed == "*";
            answer.ensure(
                !open,
                "no Access-Control-Allow-Origin for a foreign origin",
                format!("`{allowed}`"),
            )?;
        }
    }
    Ok(())
}
