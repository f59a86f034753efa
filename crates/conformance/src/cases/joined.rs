//! Where a sign-up ends: as a guest, once, or waiting for somebody's decision.

use serde_json::{Value, json};
use vestibule_contract::ProblemCode;

use super::cases;
use super::code::comparable;
use super::redeem::leads_home;
use crate::case::{Expect, Outcome, Stop};
use crate::kit::Kit;
use crate::step::Document;
use crate::walk::Walk;

cases! { SignUp, "Flows, sign-up":
    "sign-up.done" Must "The walk ends at `done`, and the browser is signed in as the account that was proven." done;
    "sign-up.unasked" Must "Values that the form did not ask for count for nothing." unasked;
    "sign-up.return-to" Must "A foreign `return_to` is not followed." return_to;
    "sign-up.cookie-again" Must "Reading a flow that has ended, or `check`, gives its browser the session again." cookie_again;
    "sign-up.twice-at-once" Must "Two sign-ups of one address at the same time are one guest." twice_at_once;
    "sign-up.guest-again" Must "Whoever is a guest already is signed in, and nothing is asked or made again." guest_again;
    "sign-up.known-address" Must "Until it is proven, nothing tells a guest's address from a stranger's." known_address;
    "sign-up.waits" Must "Where somebody decides, the person is told since and until when, and is not signed in." waits;
    "sign-up.check" Must "`check` where nobody has decided changes nothing, at whatever revision it is sent." check;
}

/// Documents in which the session's person is described.
const OWN: [&str; 5] = ["", "/apps", "/organizations", "/consents", "/activity"];

/// What is known of the person at the end of a walk.
fn known(kit: &Kit, walk: &Walk, part: &str) -> Result<Value, Stop> {
    let done = walk.done()?;
    let organization = done.json["flow"]["organization"].as_str().unwrap_or_default();
    let path = format!("{}{part}?organization={organization}", kit.endpoint("me")?);
    let answer = walk.browser.clone().get(&path)?;
    answer.require(answer.status == 200, "what is known of the person")?;
    Ok(answer.json())
}

fn done(kit: &Kit) -> Outcome {
    let walk = &kit.joined()?.first;
    kit.form()?.first_of("consent")?;
    let Some(last) = walk.last() else { return Err(Stop::skip(walk.whereabouts())) };
    last.answer.ensure(last.kind() == "done", "a step `done`", walk.whereabouts())?;
    let session = walk.browser.clone().get(&kit.endpoint("session")?)?;
    session.expect_status(200)?;
    let account = session.json()["account"].clone();
    session.ensure(account == kit.stranger(), "the account that was proven", account.to_string())
}

fn unasked(kit: &Kit) -> Outcome {
    let walk = &kit.joined()?.first;
    let sent = walk.unasked.as_deref().ok_or_else(|| Stop::skip("needs a user flow with a form"))?;
    let done = walk.done()?;
    for part in OWN {
        let document = known(kit, walk, part)?.to_string();
        let seen = format!("`{sent}`, which was sent for other fields, in {{me}}{part}");
        done.answer.ensure(!document.contains(sent), "nothing of what was not asked", seen)?;
    }
    let me = known(kit, walk, "")?;
    done.answer.ensure(me["role"] == "guest", "a guest", me["role"].to_string())
}

fn return_to(kit: &Kit) -> Outcome {
    leads_home(kit, &kit.joined()?.first.done()?)
}

fn cookie_again(kit: &Kit) -> Outcome {
    let done = kit.joined()?.first.done()?;
    let form = kit.form()?;
    form.first_of("attributes")?;
    let path = kit.flow(done.id())?;
    let look = json!({ "rev": 0, "action": "check", "values": {} });
    for asks in [None, Some(&look)] {
        // As it was before the end: bound to the flow, and signed in nowhere.
        let mut browser = form.browser.clone();
        let answer = match asks {
            None => browser.get(&path)?,
            Some(body) => browser.post(&path, body)?,
        };
        answer.expect_status(200)?;
        let ended = Document::of(&answer).is_some_and(|step| step.kind() == "done");
        answer.ensure(ended, "the step `done`", "another one, or none")?;
        browser.get(&kit.endpoint("session")?)?.expect_status(200)?;
    }
    Ok(())
}

/// Fails unless two walks have ended as the same person, of whom the same is known.
fn same_guest(kit: &Kit, one: &Walk, other: &Walk) -> Outcome {
    one.done()?;
    let Some(last) = other.last() else { return Err(Stop::skip(other.whereabouts())) };
    last.answer.ensure(last.kind() == "done", "a step `done`", other.whereabouts())?;
    for part in ["", "/apps", "/consents"] {
        let (one, other) = (known(kit, one, part)?, known(kit, other, part)?);
        let seen = format!("{other} beside {one}");
        last.answer.ensure(one == other, &format!("the same {{me}}{part}"), seen)?;
    }
    Ok(())
}

fn twice_at_once(kit: &Kit) -> Outcome {
    let joined = kit.joined()?;
    same_guest(kit, &joined.first, &joined.second)
}

fn guest_again(kit: &Kit) -> Outcome {
    let joined = kit.joined()?;
    joined.later.right_code.as_ref().ok_or_else(|| Stop::skip(joined.later.whereabouts()))?;
    let asked =
        joined.later.taken.iter().find(|taken| matches!(taken.before.kind(), "consent" | "attributes"));
    if let Some(asked) = asked {
        let seen = format!("`{}`", asked.before.kind());
        return Err(Stop::fail("nothing asked of a guest", seen, &asked.before.answer));
    }
    same_guest(kit, &joined.first, &joined.later)
}

fn known_address(kit: &Kit) -> Outcome {
    let stranger = kit.form()?.first_of("email_code")?;
    let joined = kit.joined()?;
    joined.first.done()?;
    let guest = joined.later.first_of("email_code")?;
    for code in [&stranger, &guest] {
        let why = code.message_codes().join(", ");
        code.answer.require(code.offers("verify"), &format!("a code under way, not `{why}`"))?;
    }
    let seen = format!("{} beside {}", comparable(&guest), comparable(&stranger));
    guest.answer.ensure(comparable(&guest) == comparable(&stranger), "the same document for both", seen)
}

/// Where the walk waits.
fn waiting(kit: &Kit) -> Result<(&Walk, Document), Stop> {
    let walk = kit.waiting()?;
    walk.right_code.as_ref().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let last = walk.last().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    Ok((walk, last))
}

fn waits(kit: &Kit) -> Outcome {
    let (walk, at) = waiting(kit)?;
    at.answer.ensure(at.kind() == "pending_approval", "a step `pending_approval`", walk.whereabouts())?;
    let data = at.data();
    // RFC 3339 in UTC with seconds compares as text.
    let (since, until) = (data["since"].as_str(), data["until"].as_str());
    at.answer.ensure(since.is_some() && since < until, "`since` before `until`", data.to_string())?;
    let named = data["reference"].as_str().is_some_and(|reference| !reference.is_empty());
    at.answer.ensure(named, "a `reference`", data.to_string())?;
    at.answer.ensure(at.offers("check"), "an action `check`", at.action_names().join(", "))?;
    let session = walk.browser.clone().get(&kit.endpoint("session")?)?;
    session.expect_problem(ProblemCode::Unauthenticated)
}

fn check(kit: &Kit) -> Outcome {
    let (walk, at) = waiting(kit)?;
    at.answer.require(at.kind() == "pending_approval", "a step `pending_approval`")?;
    let mut browser = walk.browser.clone();
    for rev in [at.rev(), 0, at.rev() + 7, at.rev()] {
        let body = json!({ "rev": rev, "action": "check", "values": {} });
        let answer = browser.post(&kit.flow(at.id())?, &body)?;
        answer.expect_status(200)?;
        let now = Document::of(&answer).ok_or_else(|| Stop::fail("a step document", "none", &answer))?;
        let same = (now.kind(), now.rev(), now.data()) == (at.kind(), at.rev(), at.data());
        let expected = format!("`{}` at revision {}, as it was", at.kind(), at.rev());
        answer.ensure(same, &expected, format!("`{}` at revision {}", now.kind(), now.rev()))?;
    }
    let now = kit.current(&mut browser, at.id())?;
    now.answer.ensure(now.rev() == at.rev(), "the same revision", now.rev().to_string())
}
