//! What the organization receives, and agreeing to it.

use serde_json::Value;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::kit::Kit;
use crate::step::Document;

cases! { Consent, "Flows, steps":
    "consent.values" Must "The consent shows the very values that the organization gets, the address first of all." values;
    "consent.permissions" Must "The consent says what the organization may do, and has a yes and a no." permissions;
    "consent.refusal" Must "Saying no ends at `blocked` and signs nobody in." refusal;
    "consent.recorded" Must "What was agreed to can be read afterwards, with the same values." recorded;
}

fn values(kit: &Kit) -> Outcome {
    let walk = kit.redemption()?;
    let consent = walk.first_of("consent")?;
    let data = consent.data();
    let account = data["account"].as_str().unwrap_or_default();
    let claims = data["shared"].as_array().cloned().unwrap_or_default();
    let address = claims.iter().find(|shared| shared["claim"] == "email").map(|shared| &shared["value"]);
    let right = account.contains('@') && address.and_then(Value::as_str) == Some(account);
    consent.answer.ensure(
        right,
        "`shared` with the claim `email` of the account",
        data["shared"].to_string(),
    )?;
    let masked = claims.iter().any(|shared| shared["value"].as_str().is_none_or(|value| value.contains('•')));
    consent.answer.ensure(!masked, "every value in full", data["shared"].to_string())
}

fn permissions(kit: &Kit) -> Outcome {
    let consent = kit.redemption()?.first_of("consent")?;
    let listed = consent.data()["permissions"].as_array().is_some_and(|list| !list.is_empty());
    consent.answer.ensure(
        listed,
        "`permissions`, at least one",
        consent.data()["permissions"].to_string(),
    )?;
    let both = consent.offers("accept") && consent.offers("cancel");
    consent.answer.ensure(both, "actions `accept` and `cancel`", consent.action_names().join(", "))?;
    let own = consent.data()["organization"]["id"] == consent.json["flow"]["organization"];
    consent.answer.ensure(own, "the flow's own organization", consent.data()["organization"].to_string())
}

fn refusal(kit: &Kit) -> Outcome {
    let walk = kit.redemption()?;
    let taken = walk.answers("consent", "cancel");
    let first = taken.first().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let next = Document::of(&first.answer);
    let stopped = next.as_ref().is_some_and(|next| next.kind() == "blocked");
    first.answer.ensure(stopped, "a step `blocked`", first.answer.summary())?;
    let session = walk.session_after_refusal.as_ref().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    session.expect_problem(vestibule_contract::ProblemCode::Unauthenticated)
}

fn recorded(kit: &Kit) -> Outcome {
    let walk = kit.redemption()?;
    walk.done()?;
    let consent = walk.first_of("consent")?;
    let answer = walk.browser.clone().get(&format!("{}/consents", kit.endpoint("me")?))?;
    answer.require(answer.status == 200, "the consents of the person")?;
    let items = answer.json()["items"].as_array().cloned().unwrap_or_default();
    let found =
        items.iter().any(|item| item["shared"] == consent.data()["shared"] && item["revoked_at"].is_null());
    answer.ensure(found, "a record with the values of the screen", Value::Array(items).to_string())
}
