//! Proving a mailbox by a code, as far as it can be seen without a mailbox: with an address that nobody has, for which
//! everything looks the same.

use serde_json::{Value, json};
use vestibule_contract::ProblemCode;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::http::Browser;
use crate::kit::Kit;
use crate::step::Document;
use crate::walk::wrong_code;

cases! { EmailCode, "Flows, steps":
    "code.sent" Must "An address leads to a step that says where the code went, masked, and how long it works." sent;
    "code.unknown-address" Must "Nothing tells a known address from an unknown one." unknown_address;
    "code.address-format" Must "What is no address is 422 with an error at its field." address_format;
    "code.empty" Must "No code at all is 422 with an error at its field, and spends no attempt." empty;
    "code.format" Must "What holds no code is 422 with an error at its field." format;
    "code.wrong" Must "A wrong code is said at the code's own step, at a new revision, with the tries that are left." wrong;
    "code.guesses" Must "A code takes ten guesses at the very most." guesses;
    "code.back" Should "`back` is offered, and leads to where the address is asked for." back;
}

/// Guesses after which a code has to be of no use.
const GUESSES: usize = 10;

/// A flow of nobody's at the step of the code, with a code under way.
fn at_code(kit: &Kit) -> Result<(Browser, Document), Stop> {
    let (mut browser, document) = kit.fresh()?;
    if document.kind() != "identify" {
        return Err(Stop::skip(format!(
            "needs a sign-in that begins with `identify`, not `{}`",
            document.kind()
        )));
    }
    let body = document.submission("continue", &json!({ "email": kit.nobody() }));
    let answer = browser.post(&kit.flow(document.id())?, &body)?;
    let code = Document::of(&answer).filter(|next| answer.status == 200 && next.kind() == "email_code");
    let code = code.ok_or_else(|| Stop::skip(format!("needs a step `email_code`; {}", answer.summary())))?;
    if !code.offers("verify") {
        let why = code.message_codes().join(", ");
        return Err(Stop::skip(format!(
            "needs a code under way; the backend said: {why}. Raise its limits for this run"
        )));
    }
    Ok((browser, code))
}

/// Submits a code.
fn verify(
    kit: &Kit,
    browser: &mut Browser,
    at: &Document,
    code: &str,
) -> Result<std::sync::Arc<crate::http::Exchange>, Stop> {
    browser.post(&kit.flow(at.id())?, &at.submission("verify", &json!({ "code": code })))
}

fn sent(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    document.answer.require(document.kind() == "identify", "a sign-in that begins with `identify`")?;
    let address = kit.nobody();
    let body = document.submission("continue", &json!({ "email": address }));
    let answer = browser.post(&kit.flow(document.id())?, &body)?;
    answer.expect_status(200)?;
    let next = Document::of(&answer).ok_or_else(|| Stop::fail("a step document", "none", &answer))?;
    answer.ensure(next.kind() == "email_code", "a step `email_code`", format!("`{}`", next.kind()))?;
    let data = next.data();
    let shown = data["sent_to"].as_str().unwrap_or_default();
    let masked = shown != address && shown.ends_with("@conformance.example");
    answer.ensure(masked, "`sent_to` with the name masked and the domain shown", format!("`{shown}`"))?;
    let digits = data["digits"].as_u64().unwrap_or_default();
    answer.ensure((6..=12).contains(&digits), "6 to 12 digits", digits.to_string())?;
    answer.ensure(data["state"] != "sent" || data["expires_at"].is_string(), "`expires_at`", "none")
}

/// A document without what differs from flow to flow.
pub(super) fn comparable(document: &Document) -> Value {
    let mut json = document.json.clone();
    for (part, member) in [("flow", "id"), ("flow", "expires_at"), ("links", "html")] {
        json[part][member] = Value::Null;
    }
    for member in ["sent_to", "resend_at", "expires_at"] {
        json["step"]["data"][member] = Value::Null;
    }
    json
}

fn unknown_address(kit: &Kit) -> Outcome {
    let known = kit.sign_in()?.first_of("email_code")?;
    let (_, unknown) = at_code(kit)?;
    let seen = format!("{} beside {}", comparable(&unknown), comparable(&known));
    unknown.answer.ensure(comparable(&unknown) == comparable(&known), "the same document for both", seen)
}

/// The answer is 422 with an error at a field, and the flow stands where it stood.
fn invalid(kit: &Kit, browser: &mut Browser, at: &Document, body: &Value, field: &str) -> Outcome {
    let answer = browser.post(&kit.flow(at.id())?, body)?;
    answer.expect_problem(ProblemCode::ValidationFailed)?;
    let errors = answer.json()["errors"].clone();
    let at_field = errors.as_array().is_some_and(|errors| errors.iter().any(|error| error["field"] == field));
    answer.ensure(at_field, &format!("an error whose `field` is `{field}`"), errors.to_string())?;
    let now = kit.current(browser, at.id())?;
    now.answer.ensure(now.rev() == at.rev(), "the same revision", now.rev().to_string())
}

fn address_format(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    document.answer.require(document.kind() == "identify", "a sign-in that begins with `identify`")?;
    for typed in
        ["no address", "a@", "@b.example", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"]
    {
        let body = document.submission("continue", &json!({ "email": typed }));
        invalid(kit, &mut browser, &document, &body, "email")?;
    }
    Ok(())
}

fn empty(kit: &Kit) -> Outcome {
    let (mut browser, at) = at_code(kit)?;
    let body = at.submission("verify", &json!({}));
    invalid(kit, &mut browser, &at, &body, "code")
}

fn format(kit: &Kit) -> Outcome {
    let (mut browser, at) = at_code(kit)?;
    for typed in ["abc", "12", "١٢٣", "1234567890123456789012345"] {
        let body = at.submission("verify", &json!({ "code": typed }));
        invalid(kit, &mut browser, &at, &body, "code")?;
    }
    Ok(())
}

fn wrong(kit: &Kit) -> Outcome {
    let (mut browser, at) = at_code(kit)?;
    let answer = verify(kit, &mut browser, &at, &wrong_code(&at))?;
    answer.expect_status(200)?;
    let next = Document::of(&answer).ok_or_else(|| Stop::fail("a step document", "none", &answer))?;
    answer.ensure(next.kind() == "email_code", "the step of the code", format!("`{}`", next.kind()))?;
    answer.ensure(next.rev() > at.rev(), "a new revision", next.rev().to_string())?;
    let messages = next.json["messages"].as_array().cloned().unwrap_or_default();
    let said = messages.iter().find(|message| message["code"] == "code_wrong");
    let left = said.and_then(|message| message["params"]["attempts_left"].as_u64());
    answer.ensure(left.is_some(), "a message `code_wrong` with `attempts_left`", json!(messages).to_string())
}

fn guesses(kit: &Kit) -> Outcome {
    let (mut browser, mut at) = at_code(kit)?;
    let mut last = at.answer.clone();
    for _ in 0..=GUESSES {
        last = verify(kit, &mut browser, &at, &wrong_code(&at))?;
        if last.status == 429 {
            return Ok(());
        }
        let Some(next) = Document::of(&last).filter(|_| last.status == 200) else { break };
        let over = ["code_used_up", "too_many_attempts", "code_expired"];
        if next.kind() == "blocked" || next.message_codes().iter().any(|code| over.contains(code)) {
            return Ok(());
        }
        at = next;
    }
    last.ensure(false, "no more guesses after ten", format!("guess {} is taken like the first", GUESSES + 1))
}

fn back(kit: &Kit) -> Outcome {
    let (mut browser, at) = at_code(kit)?;
    at.answer.ensure(at.offers("back"), "an action `back`", at.action_names().join(", "))?;
    let answer = browser.post(&kit.flow(at.id())?, &at.submission("back", &json!({})))?;
    answer.expect_status(200)?;
    let next = Document::of(&answer).ok_or_else(|| Stop::fail("a step document", "none", &answer))?;
    answer.ensure(next.kind() == "identify", "the step `identify`", format!("`{}`", next.kind()))
}
