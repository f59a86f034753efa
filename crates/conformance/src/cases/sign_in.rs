//! Coming back by a code.

use super::cases;
use super::redeem::leads_home;
use crate::case::{Expect, Outcome, Stop};
use crate::kit::Kit;

cases! { EmailCode, "Flows, rule 6":
    "sign-in.done" Must "Somebody who is known comes in by a code." done;
    "sign-in.return-to" Must "A foreign `return_to` is not followed." return_to;
    "sign-in.new-session" Must "A sign-in makes a new session, whatever cookie the browser had before." new_session;
}

fn done(kit: &Kit) -> Outcome {
    let walk = kit.sign_in()?;
    let Some(last) = walk.last() else { return Err(Stop::skip(walk.whereabouts())) };
    walk.right_code.as_ref().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    last.answer.ensure(last.kind() == "done", "a step `done`", walk.whereabouts())?;
    walk.browser.clone().get(&kit.endpoint("session")?)?.expect_status(200)
}

fn return_to(kit: &Kit) -> Outcome {
    let done = kit.sign_in()?.done()?;
    leads_home(kit, &done)
}

fn new_session(kit: &Kit) -> Outcome {
    let walk = kit.sign_in()?;
    let done = walk.done()?;
    let before: Vec<String> =
        walk.first.iter().flat_map(|first| first.answer.set_cookies()).map(|one| one.value).collect();
    let fresh = done.answer.set_cookies().into_iter().any(|cookie| !before.contains(&cookie.value));
    done.answer.ensure(fresh, "a cookie with a value that was not there before the sign-in", "none")
}
