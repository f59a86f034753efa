//! The session at a browser, and its end. The last case signs out, so these run after everything that needs somebody.

use super::cases;
use crate::case::{Expect, Outcome};
use crate::http::Request;
use crate::kit::Kit;
use crate::schema;

cases! { Core, "Session, panel, brand":
    "session.signed-out" Must "Without a session it is 401 unauthenticated." signed_out;
    "session.forged" Must "A cookie of one's own making is no session." forged;
    "session.document" Must "The session says who, how and until when." document;
    "session.cross-site-end" Must "Another site cannot sign anybody out." cross_site_end;
    "session.end" Must "Signing out ends the session at the server, not only at the browser." end;
    "session.end-twice" Must "Signing out without a session is no fault." end_twice;
}

fn signed_out(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(&kit.endpoint("session")?)?;
    answer.expect_problem(vestibule_contract::ProblemCode::Unauthenticated)
}

fn forged(kit: &Kit) -> Outcome {
    let browser = kit.signed_in()?;
    let forged: Vec<String> =
        browser.jar.cookies().iter().map(|cookie| format!("{}={}", cookie.name, "A".repeat(43))).collect();
    let request = Request::new("GET", &kit.endpoint("session")?).header("cookie", &forged.join("; "));
    kit.browser().send(&request)?.expect_problem(vestibule_contract::ProblemCode::Unauthenticated)
}

fn document(kit: &Kit) -> Outcome {
    let answer = kit.signed_in()?.get(&kit.endpoint("session")?)?;
    answer.expect_status(200)?;
    let json = answer.json();
    let errors = schema::errors("Session", &json);
    answer.ensure(errors.is_empty(), "a document that validates against Session", errors.join("; "))?;
    // RFC 3339 in UTC with seconds compares as text.
    let (from, until) = (json["authenticated_at"].as_str(), json["expires_at"].as_str());
    answer.ensure(from < until, "an end after the beginning", format!("{from:?} to {until:?}"))
}

fn cross_site_end(kit: &Kit) -> Outcome {
    let mut browser = kit.signed_in()?;
    let request = Request::new("DELETE", &kit.endpoint("session")?).header("origin", "https://evil.example");
    let answer = browser.send(&request.header("sec-fetch-site", "cross-site"))?;
    answer.expect_problem(vestibule_contract::ProblemCode::OriginRefused)?;
    browser.get(&kit.endpoint("session")?)?.expect_status(200)
}

fn end(kit: &Kit) -> Outcome {
    let mut browser = kit.signed_in()?;
    let kept = browser.clone();
    let request = Request::new("DELETE", &kit.endpoint("session")?).from_own_page(&browser.origin());
    let answer = browser.send(&request)?;
    answer.expect_status(204)?;
    // Whoever copied the cookie before has nothing.
    kept.clone()
        .get(&kit.endpoint("session")?)?
        .expect_problem(vestibule_contract::ProblemCode::Unauthenticated)
}

fn end_twice(kit: &Kit) -> Outcome {
    let mut browser = kit.browser();
    let request = Request::new("DELETE", &kit.endpoint("session")?).from_own_page(&browser.origin());
    browser.send(&request)?.expect_status(204)
}
