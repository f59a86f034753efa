//! Starting a flow.

use serde_json::json;
use vestibule_contract::{STEP_MEDIA_TYPE, Step};

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::kit::Kit;
use crate::step::Document;

cases! { Core, "Flows":
    "start.created" Must "A start answers 201 with the flow's Location and its first step." created;
    "start.media-type" Must "A step document has its own media type." media_type;
    "start.binding-cookie" Must "A start sets a __Host- cookie: Secure, HttpOnly, SameSite, Path=/." binding_cookie;
    "start.own-flow" Must "Each start makes a flow with an id and a binding of its own." own_flow;
    "start.unknown-intent" Must "An intent that is not the contract's is refused, never read as another." unknown_intent;
    "start.unknown-member" Must "A member of tomorrow is ignored or refused, and never a fault." unknown_member;
    "start.capabilities" Must "A step that the page cannot draw comes with `links.html`." capabilities;
}

fn created(kit: &Kit) -> Outcome {
    let mut browser = kit.browser();
    let answer = kit.try_start(&mut browser, &kit.start_body("sign-in"))?;
    answer.expect_status(201)?;
    let Some(document) = Document::of(&answer) else {
        return Err(Stop::fail("a step document", "none", &answer));
    };
    let location = answer.header("location").unwrap_or_default();
    let flow = kit.flow(document.id())?;
    let same = location.ends_with(&flow) || flow.ends_with(location);
    let right = !document.id().is_empty() && !location.is_empty() && same;
    answer.ensure(right, &format!("`Location: {flow}`"), format!("`Location: {location}`"))
}

fn media_type(kit: &Kit) -> Outcome {
    let (_, document) = kit.fresh()?;
    let seen = document.answer.media_type();
    document.answer.ensure(seen == STEP_MEDIA_TYPE, STEP_MEDIA_TYPE, seen)
}

fn binding_cookie(kit: &Kit) -> Outcome {
    let (_, document) = kit.fresh()?;
    let answer = &document.answer;
    let cookies = answer.set_cookies();
    answer.ensure(!cookies.is_empty(), "a Set-Cookie that binds the flow", "none")?;
    for cookie in cookies {
        let faults = cookie.faults();
        let seen = format!("`{}` has not: {}", cookie.name, faults.join(", "));
        answer.ensure(faults.is_empty(), "__Host-, Secure, HttpOnly, SameSite, Path=/, no Domain", seen)?;
    }
    Ok(())
}

fn own_flow(kit: &Kit) -> Outcome {
    let mut browser = kit.browser();
    let first = kit.start(&mut browser, &kit.start_body("sign-in"))?;
    let second = kit.start(&mut browser, &kit.start_body("sign-in"))?;
    second.answer.ensure(first.id() != second.id(), "another id for another flow", "the same id")?;
    let values = |document: &Document| -> Vec<String> {
        document.answer.set_cookies().into_iter().map(|cookie| cookie.value).collect()
    };
    let before = values(&first);
    let shared = values(&second).into_iter().any(|value| before.contains(&value));
    second.answer.ensure(!shared, "another secret for another flow", "the same cookie value")?;
    // Both run beside each other in one browser.
    let still = browser.get(&kit.flow(first.id())?)?;
    still.ensure(still.status == 200, "the first flow still runs beside the second", still.summary())
}

fn unknown_intent(kit: &Kit) -> Outcome {
    let answer = kit.try_start(&mut kit.browser(), &kit.start_body("take-over"))?;
    let refused = matches!(answer.status, 400 | 422) && !answer.problem_code().is_empty();
    answer.ensure(refused, "a problem with status 400 or 422", answer.summary())
}

fn unknown_member(kit: &Kit) -> Outcome {
    let mut body = kit.start_body("sign-in");
    body["x_of_tomorrow"] = json!({ "deep": [1, 2, 3] });
    let answer = kit.try_start(&mut kit.browser(), &body)?;
    let refused = (400..500).contains(&answer.status) && !answer.problem_code().is_empty();
    answer.ensure(answer.status == 201 || refused, "201, or a problem with a status of 4xx", answer.summary())
}

fn capabilities(kit: &Kit) -> Outcome {
    let mut body = kit.start_body("sign-in");
    body["capabilities"] = json!({ "steps": ["a-step-that-nobody-has"], "authenticators": [] });
    let answer = kit.try_start(&mut kit.browser(), &body)?;
    if (400..500).contains(&answer.status) && !answer.problem_code().is_empty() {
        return Ok(());
    }
    let document = Document::of(&answer).ok_or_else(|| Stop::skip("needs a flow to start"))?;
    let drawable = !Step::TYPES.contains(&document.kind());
    let page = document.json["links"]["html"].as_str();
    answer.ensure(
        drawable || page.is_some(),
        "`links.html`, or a generic step, or a refusal",
        document.kind(),
    )
}
