//! What time does to a flow. It moves the backend's clock, so it runs last of all.

use std::time::Duration;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::kit::Kit;

cases! { Core, "Flows, rule 4":
    "flows.expired" Must "A flow that has run out is 410 flow_expired, with `links.restart`." expired;
}

/// How far the clock is moved at a time, and how often at most: a day in all.
const HOP: Duration = Duration::from_mins(10);
const HOPS: u32 = 144;

fn expired(kit: &Kit) -> Outcome {
    let advance =
        kit.options.advance_clock.as_ref().ok_or_else(|| Stop::skip("needs --advance-clock-command"))?;
    let (mut browser, document) = kit.fresh()?;
    let path = kit.flow(document.id())?;
    for _ in 0..HOPS {
        advance(HOP).map_err(|error| Stop::skip(format!("needs the clock to move: {error:#}")))?;
        let answer = browser.get(&path)?;
        if answer.status == 200 {
            continue;
        }
        answer.expect_problem(vestibule_contract::ProblemCode::FlowExpired)?;
        let restart = answer.json()["links"]["restart"].is_string();
        return answer.ensure(restart, "`links.restart`", "none");
    }
    document.answer.ensure(false, "a flow that ends within a day", "it still runs")
}
