//! Letting oneself in, up to the form: what there is to begin with, and the order that nobody gets around.

use serde_json::json;
use vestibule_contract::ProblemCode;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::kit::Kit;
use crate::step::Document;

cases! { SignUp, "Flows, sign-up":
    "sign-up.unknown" Must "A user flow that is none is 404 with a step that says so, and starts nothing." unknown;
    "sign-up.begins" Must "A sign-up begins with proving an account, as a flow of its own intent." begins;
    "sign-up.proof" Must "Nothing is shown, asked or made before an account is proven." proof;
    "sign-up.consent" Must "Before the form the organization says what it receives, the proven address among it." consent;
    "sign-up.refusal" Must "Saying no to that ends at `blocked` and signs nobody in." refusal;
    "sign-up.no-skip" Must "What comes later cannot be done earlier: it is 422, and the step stays." no_skip;
}

fn unknown(kit: &Kit) -> Outcome {
    for user_flow in ["no-such-user-flow-here", "", "../../etc/passwd"] {
        refused(kit, &kit.sign_up_body(user_flow))?;
    }
    if let Ok(user_flow) = kit.user_flow() {
        let mut body = kit.sign_up_body(user_flow);
        body["organization"] = json!("no-such-organization-here");
        refused(kit, &body)?;
    }
    Ok(())
}

fn refused(kit: &Kit, body: &serde_json::Value) -> Outcome {
    let answer = kit.try_start(&mut kit.browser(), body)?;
    answer.expect_problem(ProblemCode::NotFound)?;
    let step = Document::of(&answer);
    let says = step.as_ref().is_some_and(|step| {
        step.kind() == "blocked" && step.data()["reason"] == "sign_up_off" && step.id().is_empty()
    });
    answer.ensure(says, "a step `blocked` that says `sign_up_off`, of no flow", "another one, or none")?;
    let cookie = answer.set_cookies().into_iter().next().map(|cookie| cookie.name);
    answer.ensure(cookie.is_none(), "no cookie of a flow", cookie.unwrap_or_default())
}

/// Whether a step needs an account to have been proven.
fn is_behind_proof(document: &Document) -> bool {
    matches!(document.kind(), "consent" | "attributes" | "checking" | "pending_approval" | "done")
}

fn begins(kit: &Kit) -> Outcome {
    let body = kit.sign_up_body(kit.user_flow()?);
    let answer = kit.try_start(&mut kit.browser(), &body)?;
    answer.expect_status(201)?;
    let first = Document::of(&answer).ok_or_else(|| Stop::fail("a step document", "none", &answer))?;
    let intent = &first.json["flow"]["intent"];
    answer.ensure(intent == "sign-up", "a flow of the intent `sign-up`", intent.to_string())?;
    let organization = first.json["flow"]["organization"].as_str().unwrap_or_default();
    answer.ensure(!organization.is_empty(), "the organization of the user flow", "none")?;
    let proves = !is_behind_proof(&first) && first.kind() != "blocked";
    answer.ensure(proves, "a step that proves an account", format!("`{}`", first.kind()))
}

fn proof(kit: &Kit) -> Outcome {
    let walk = kit.form()?;
    let first = walk.first.clone().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let early: Vec<Document> = walk
        .taken
        .iter()
        .take_while(|taken| taken.action != "verify")
        .filter_map(|taken| Document::of(&taken.answer))
        .collect();
    for document in [first].iter().chain(&early) {
        let seen = format!("`{}`", document.kind());
        document.answer.ensure(!is_behind_proof(document), "the account to be proven first", seen)?;
    }
    walk.first_of("email_code").map(|_| ())
}

fn consent(kit: &Kit) -> Outcome {
    let walk = kit.form()?;
    walk.right_code.as_ref().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let verified = walk.answers("email_code", "verify");
    let answer = &verified.last().ok_or_else(|| Stop::skip(walk.whereabouts()))?.answer;
    let next = Document::of(answer).filter(|_| answer.status == 200);
    let consent = next.filter(|next| next.kind() == "consent");
    let consent = consent.ok_or_else(|| Stop::fail("a step `consent`", answer.summary(), answer))?;
    let account = &consent.data()["account"];
    answer.ensure(account == kit.stranger(), "the proven account", account.to_string())?;
    let shared = consent.data()["shared"].as_array().cloned().unwrap_or_default();
    let told = shared.iter().any(|one| one["claim"] == "email" && one["value"] == kit.stranger());
    answer.ensure(told, "`shared` with the claim `email` of the account", json!(shared).to_string())
}

fn refusal(kit: &Kit) -> Outcome {
    let walk = kit.form()?;
    let taken = walk.answers("consent", "cancel");
    let first = taken.first().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let stopped = Document::of(&first.answer).is_some_and(|next| next.kind() == "blocked");
    first.answer.ensure(stopped, "a step `blocked`", first.answer.summary())?;
    let session = walk.session_after_refusal.as_ref().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    session.expect_problem(ProblemCode::Unauthenticated)
}

fn no_skip(kit: &Kit) -> Outcome {
    let walk = kit.form()?;
    if walk.skips.is_empty() {
        return Err(Stop::skip(walk.whereabouts()));
    }
    for skip in &walk.skips {
        let (answer, at) = (&skip.answer, &skip.before);
        let refused = answer.status == 422 && answer.problem_code() == "validation_failed";
        let expected = format!("`{}` refused at `{}`: 422 validation_failed", skip.action, at.kind());
        answer.ensure(refused, &expected, answer.summary())?;
        let stays =
            Document::of(answer).is_some_and(|step| step.rev() == at.rev() && step.kind() == at.kind());
        answer.ensure(stays, "the same step as `step`", "another one, or none")?;
    }
    Ok(())
}
