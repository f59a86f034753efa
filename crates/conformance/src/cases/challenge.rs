//! The proof of work before the first mail, where a user flow wants one.

use serde_json::json;
use std::sync::Arc;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::http::{Browser, Exchange};
use crate::kit::Kit;
use crate::step::Document;

cases! { SignUp, "Flows, sign-up":
    "sign-up.challenge" Must "What does not solve the challenge is 422, and the challenge stays." refuses;
}

/// A browser that is challenged, by whichever user flow does that.
fn challenged(kit: &Kit) -> Result<(Browser, Arc<Exchange>, Document), Stop> {
    let options = &kit.options;
    for user_flow in [&options.user_flow, &options.approved_user_flow].into_iter().flatten() {
        let mut browser = kit.browser();
        let entry = kit.start(&mut browser, &kit.sign_up_body(user_flow))?;
        let typed = entry.submission("continue", &json!({ "email": kit.nobody() }));
        let answer = browser.post(&kit.flow(entry.id())?, &typed)?;
        if let Some(challenge) = Document::of(&answer).filter(|at| at.kind() == "challenge") {
            return Ok((browser, answer, challenge));
        }
    }
    Err(Stop::skip("needs a user flow that wants a proof of work"))
}

fn refuses(kit: &Kit) -> Outcome {
    let (mut browser, answer, challenge) = challenged(kit)?;
    let wrong = challenge.solution(false);
    let wrong = wrong.ok_or_else(|| Stop::fail("a challenge that can be solved", "another one", &answer))?;
    for solution in [wrong, String::new()] {
        let body = challenge.submission("solve", &json!({ "solution": solution }));
        let answer = browser.post(&kit.flow(challenge.id())?, &body)?;
        let refused = answer.status == 422 && answer.problem_code() == "validation_failed";
        answer.ensure(refused, "422 validation_failed", answer.summary())?;
        let stays = Document::of(&answer)
            .is_some_and(|step| step.rev() == challenge.rev() && step.data() == challenge.data());
        answer.ensure(stays, "the same challenge as `step`", "another step, or none")?;
    }
    Ok(())
}
