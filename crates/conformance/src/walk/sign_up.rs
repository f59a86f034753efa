//! Strangers who let themselves in: to the form, from there to the end, and the same person by other flows.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{FOREIGN, Manner, Walk, go, make};
use crate::case::Stop;
use crate::http::Exchange;
use crate::kit::Kit;
use crate::step::{Document, fields};

/// Members that decide what somebody is, where a backend takes them from anybody.
const UNASKED: [&str; 8] =
    ["role", "userType", "accountEnabled", "mail", "state", "apps", "emailVerified", "extension_admin"];

/// An attempt to leave a step out.
#[derive(Clone, Debug)]
pub struct Skip {
    /// The step at which it was made.
    pub before: Document,
    /// The action of a later step.
    pub action: &'static str,
    /// The answer.
    pub answer: Arc<Exchange>,
}

/// What became of a stranger whose form was filled in, and of the same address in other flows.
pub struct Joined {
    /// The first flow, from the form on.
    pub first: Walk,
    /// A flow that stood at its form when the first one came to its end, from there on.
    pub second: Walk,
    /// A flow that was begun afterwards.
    pub later: Walk,
}

fn manner(address: &str) -> Manner<'_> {
    Manner { email: Some(address), mail_to: Some(address), ..Manner::default() }
}

/// Goes as far as the form, saying no to the consent before the yes, and trying at each step to leave it out. Ends later
/// where there is no form.
pub(crate) fn to_form(kit: &Kit, body: &Value, address: &str) -> Walk {
    let mut body = body.clone();
    body["return_to"] = json!(FOREIGN);
    let careful = Manner { reluctant: true, skipping: true, until: Some("attributes"), ..manner(address) };
    make(kit, &body, &careful)
}

/// Goes on from the form, once another flow of the same address has come as far.
pub(crate) fn join(kit: &Kit, body: &Value, form: &Walk, address: &str) -> Joined {
    let second = make(kit, body, &Manner { until: Some("attributes"), ..manner(address) });
    let unasked = kit.nobody();
    let first = resume(kit, form, &Manner { unasked: Some(&unasked), ..manner(address) });
    let second = resume(kit, &second, &manner(address));
    let later = make(kit, body, &manner(address));
    Joined { first, second, later }
}

/// Goes to where somebody has to decide.
pub(crate) fn await_decision(kit: &Kit, body: &Value, address: &str) -> Walk {
    make(kit, body, &manner(address))
}

/// Goes on where a walk has stopped, at a copy of its browser.
fn resume(kit: &Kit, from: &Walk, manner: &Manner<'_>) -> Walk {
    let mut walk = Walk::of(from.browser.clone());
    walk.stopped = match (from.last(), &from.stopped) {
        (Some(last), None) => go(kit, &mut walk, last, manner).err(),
        (_, Some(stopped)) => Some(stopped.clone()),
        (None, None) => Some(Stop::skip("needs a flow to start")),
    };
    walk
}

/// Tries the actions of later steps that this one does not offer, once at each type of step.
pub(super) fn try_to_skip(kit: &Kit, walk: &mut Walk, at: &Document) -> Result<(), Stop> {
    let ours = matches!(at.kind(), "identify" | "choose_provider" | "email_code" | "consent");
    if !ours || walk.skips.iter().any(|skip| skip.before.kind() == at.kind()) {
        return Ok(());
    }
    for action in ["accept", "continue"].into_iter().filter(|action| !at.offers(action)) {
        let body = at.submission(action, &json!({ "displayName": "Conformance" }));
        let answer = walk.browser.post(&kit.flow(at.id())?, &body)?;
        walk.skips.push(Skip { before: at.clone(), action, answer });
    }
    Ok(())
}

/// Adds values for what a form does not ask.
pub(super) fn add_unasked(values: &mut Value, form: &Document, value: Option<&str>) {
    let Some(value) = value else { return };
    let asked = |name: &str| {
        form.actions().iter().any(|action| fields(action).iter().any(|field| field["name"] == name))
    };
    for name in UNASKED.into_iter().filter(|name| !asked(name)) {
        values[name] = json!(value);
    }
}
