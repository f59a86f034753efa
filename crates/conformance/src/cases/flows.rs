//! The rules of a running flow: safe to read, bound to its browser, moved once by what was meant for it.

use serde_json::{Value, json};
use vestibule_contract::ProblemCode;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::http::{Browser, Request};
use crate::kit::Kit;
use crate::step::Document;

cases! { Core, "Flows, rules 1, 2, 4 and 5":
    "flows.get-is-safe" Must "Reading a flow a hundred times changes nothing of it." get_is_safe;
    "flows.head-is-safe" Should "HEAD of a flow answers as GET does, and changes nothing." head_is_safe;
    "flows.bound-get" Must "Another browser cannot read a flow: 403 flow_bound_elsewhere." bound_get;
    "flows.bound-post" Must "Another browser cannot move a flow, nor can another flow's cookie." bound_post;
    "flows.unknown" Must "A flow that is none is 404." unknown;
    "flows.moves" Must "An action that is taken gives the next step, with a higher revision." moves;
    "flows.stale-revision" Must "An old revision is 409 with the present step, and moves nothing." stale_revision;
    "flows.future-revision" Must "A revision that never was is 409 too." future_revision;
    "flows.replay" Must "The same key and body give the same answer, and move the flow once." replay;
    "flows.key-reused" Must "The same key with another body is 422 idempotency_key_reused." key_reused;
    "flows.race" Must "Of eight submissions of one revision at once, one moves the flow and seven are 409." race;
    "flows.unknown-action" Must "An action that no step has is 422, and the step stays." unknown_action;
    "flows.unoffered-action" Must "An action that this step does not offer is 422, and the step stays." unoffered_action;
    "flows.missing-field" Must "A required value that is missing is 422 with an error at its field and the same step." missing_field;
}

/// How often a flow is read.
const READS: usize = 100;

/// How many submit at once.
const RACERS: usize = 8;

/// Submits at a flow as its own page does.
fn submit(
    kit: &Kit,
    browser: &mut Browser,
    flow: &str,
    body: &Value,
) -> Result<std::sync::Arc<crate::http::Exchange>, Stop> {
    browser.post(&kit.flow(flow)?, body)
}

/// Fails unless the flow stands at this revision and step.
fn stays(kit: &Kit, browser: &mut Browser, at: &Document) -> Outcome {
    let now = kit.current(browser, at.id())?;
    let same = now.rev() == at.rev() && now.kind() == at.kind();
    let seen = format!("`{}` at revision {}", now.kind(), now.rev());
    now.answer.ensure(same, &format!("the flow still at `{}`, revision {}", at.kind(), at.rev()), seen)
}

fn get_is_safe(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let path = kit.flow(document.id())?;
    for read in 1..=READS {
        let answer = browser.get(&path)?;
        answer.expect_status(200)?;
        let seen = format!("another document at read {read}");
        answer.ensure(answer.json() == document.json, "the document of the start, each time", seen)?;
    }
    Ok(())
}

fn head_is_safe(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let answer = browser.send(&Request::new("HEAD", &kit.flow(document.id())?))?;
    answer.expect_status(200)?;
    stays(kit, &mut browser, &document)
}

fn bound_get(kit: &Kit) -> Outcome {
    let (browser, document) = kit.fresh()?;
    let answer = browser.without_cookies().get(&kit.flow(document.id())?)?;
    answer.expect_problem(ProblemCode::FlowBoundElsewhere)
}

fn bound_post(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let body = kit.step_on(&document)?;
    let mut stranger = browser.without_cookies();
    submit(kit, &mut stranger, document.id(), &body)?.expect_problem(ProblemCode::FlowBoundElsewhere)?;
    // The right name with the value of another flow of the stranger's own.
    let other = kit.start(&mut stranger, &kit.start_body("sign-in"))?;
    let planted: Vec<String> = document
        .answer
        .set_cookies()
        .iter()
        .zip(other.answer.set_cookies())
        .map(|(name, value)| format!("{}={}", name.name, value.value))
        .collect();
    let request =
        Request::new("POST", &kit.flow(document.id())?).from_own_page(&browser.origin()).json(&body);
    let answer = stranger.send(&request.header("cookie", &planted.join("; ")))?;
    answer.expect_problem(ProblemCode::FlowBoundElsewhere)?;
    stays(kit, &mut browser, &document)
}

fn unknown(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(&kit.flow("00000000-0000-7000-8000-000000000000")?)?;
    answer.expect_problem(ProblemCode::NotFound)
}

fn moves(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let body = kit.step_on(&document)?;
    let answer = submit(kit, &mut browser, document.id(), &body)?;
    answer.expect_status(200)?;
    let Some(next) = Document::of(&answer) else {
        return Err(Stop::fail("the next step document", "none", &answer));
    };
    answer.ensure(next.id() == document.id(), "a step of the same flow", "another flow's id")?;
    let seen = format!("{} after {}", next.rev(), document.rev());
    answer.ensure(next.rev() > document.rev(), "a higher revision", seen)
}

fn stale_revision(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let body = kit.step_on(&document)?;
    let moved = submit(kit, &mut browser, document.id(), &body)?;
    moved.require(moved.status == 200, "an action that is taken")?;
    let now = kit.current(&mut browser, document.id())?;
    let answer = submit(kit, &mut browser, document.id(), &body)?;
    answer.expect_problem(ProblemCode::StaleRevision)?;
    let Some(carried) = Document::of(&answer) else {
        return Err(Stop::fail("the present step as `step`", "none", &answer));
    };
    let same = carried.rev() == now.rev() && carried.kind() == now.kind();
    answer.ensure(
        same,
        "the present step as `step`",
        format!("`{}` at {}", carried.kind(), carried.rev()),
    )?;
    stays(kit, &mut browser, &now)
}

fn future_revision(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let mut body = kit.step_on(&document)?;
    body["rev"] = json!(document.rev() + 7);
    submit(kit, &mut browser, document.id(), &body)?.expect_problem(ProblemCode::StaleRevision)?;
    stays(kit, &mut browser, &document)
}

fn replay(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let origin = browser.origin();
    let request = Request::new("POST", &kit.flow(document.id())?).from_own_page(&origin);
    let request = request.json(&kit.step_on(&document)?).key(&kit.key());
    let first = browser.send(&request)?;
    first.require(first.status == 200, "an action that is taken")?;
    let second = browser.send(&request)?;
    second.expect_status(200)?;
    second.ensure(second.json() == first.json(), "the stored answer again", "another document")?;
    let now = kit.current(&mut browser, document.id())?;
    let moved_once = now.json["flow"]["rev"] == first.json()["flow"]["rev"];
    now.answer.ensure(moved_once, "the flow moved once", format!("revision {}", now.rev()))
}

fn key_reused(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let key = kit.key();
    let path = kit.flow(document.id())?;
    let request = Request::new("POST", &path).from_own_page(&browser.origin()).key(&key);
    let first = browser.send(&request.clone().json(&kit.step_on(&document)?))?;
    first.require(first.status == 200, "an action that is taken")?;
    let other =
        browser.send(&request.json(&json!({ "rev": document.rev() + 1, "action": "back", "values": {} })))?;
    other.expect_problem(ProblemCode::IdempotencyKeyReused)
}

fn race(kit: &Kit) -> Outcome {
    let (browser, document) = kit.fresh()?;
    let path = kit.flow(document.id())?;
    let body = kit.step_on(&document)?;
    let answers = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..RACERS)
            .map(|_| {
                let (mut browser, path, body) = (browser.clone(), path.as_str(), &body);
                let request =
                    Request::new("POST", path).from_own_page(&browser.origin()).json(body).key(&kit.key());
                scope.spawn(move || browser.send(&request))
            })
            .collect();
        racers
            .into_iter()
            .map(|racer| racer.join().expect("a racer does not panic"))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    let odd = answers.iter().find(|answer| answer.status != 200).unwrap_or(&answers[0]);
    let seen = format!("{} with 200 and {} with 409", count(200), count(409));
    odd.ensure((count(200), count(409)) == (1, RACERS - 1), "one 200 and seven 409", seen)
}

/// The step stays, and the answer says 422 with the step in it.
fn refuses(
    kit: &Kit,
    browser: &mut Browser,
    at: &Document,
    body: &Value,
) -> Result<std::sync::Arc<crate::http::Exchange>, Stop> {
    let answer = submit(kit, browser, at.id(), body)?;
    answer.expect_problem(ProblemCode::ValidationFailed)?;
    let carried = Document::of(&answer);
    let same = carried.is_some_and(|step| step.rev() == at.rev() && step.kind() == at.kind());
    answer.ensure(same, "the same step as `step`", "another one, or none")?;
    stays(kit, browser, at)?;
    Ok(answer)
}

fn unknown_action(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    refuses(kit, &mut browser, &document, &document.submission("levitate", &json!({}))).map(|_| ())
}

fn unoffered_action(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let unoffered =
        ["accept", "verify", "decline_with_code"].into_iter().find(|action| !document.offers(action));
    let unoffered =
        unoffered.ok_or_else(|| Stop::skip("needs an action that the first step does not offer"))?;
    let body = document.submission(unoffered, &json!({ "code": "00000000" }));
    refuses(kit, &mut browser, &document, &body).map(|_| ())
}

fn missing_field(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let Some((action, field)) = document.demanding() else {
        return Err(Stop::skip(format!("needs a required field at the step `{}`", document.kind())));
    };
    let body = document.submission(action, &json!({}));
    let answer = refuses(kit, &mut browser, &document, &body)?;
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    let at_field = errors.iter().any(|error| error["field"] == field);
    answer.ensure(at_field, &format!("an error whose `field` is `{field}`"), json!(errors).to_string())
}
