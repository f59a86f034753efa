//! The form of a sign-up. A flow stands at it while these run: none of them may move it.

use serde_json::{Value, json};
use vestibule_contract::ProblemCode;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::form::inadmissible;
use crate::http::Browser;
use crate::kit::Kit;
use crate::step::{Document, fields};

cases! { SignUp, "Flows, sign-up":
    "sign-up.form" Must "The form has an action `continue` whose fields have names and choices of their own." form;
    "sign-up.form-refuses" Must "A value that its field does not admit is 422 with an error at it, and the form stays." refuses;
    "sign-up.check-behind" Must "`check` at a revision that is over gives the present step, and changes nothing." check_behind;
}

/// The form, and a browser that stands at it.
fn at_form(kit: &Kit) -> Result<(Browser, Document, Value), Stop> {
    let walk = kit.form()?;
    walk.first_of("attributes")?;
    let mut browser = walk.browser.clone();
    let last = walk.last().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let now = kit.current(&mut browser, last.id())?;
    now.answer.require(now.kind() == "attributes", "a flow that stands at its form")?;
    let action = now.actions().iter().find(|action| action["name"] == "continue").cloned();
    let action = action.ok_or_else(|| Stop::fail("an action `continue`", "none", &now.answer))?;
    Ok((browser, now, action))
}

fn form(kit: &Kit) -> Outcome {
    let (_, form, action) = at_form(kit)?;
    let account = &form.data()["account"];
    form.answer.ensure(account == kit.stranger(), "the account that was proven", account.to_string())?;
    let fields = fields(&action);
    form.answer.ensure(!fields.is_empty(), "fields", "none")?;
    let mut names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    form.answer.ensure(names.len() == fields.len(), "each field with a name of its own", names.join(", "))?;
    for field in fields {
        let options = field["options"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut values: Vec<&str> = options.iter().filter_map(|one| one["value"].as_str()).collect();
        let kind = field["type"].as_str().unwrap_or_default();
        let chosen = matches!(kind, "select" | "radio" | "checkboxes");
        form.answer.ensure(!chosen || !values.is_empty(), "choices where one is made", field.to_string())?;
        let iso = |value: &&str| value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase());
        let countries = kind != "country" || values.iter().all(iso);
        form.answer.ensure(countries, "countries by ISO 3166-1 codes", field.to_string())?;
        values.sort_unstable();
        values.dedup();
        form.answer.ensure(values.len() == options.len(), "each choice once", field.to_string())?;
    }
    Ok(())
}

fn refuses(kit: &Kit) -> Outcome {
    let (mut browser, form, action) = at_form(kit)?;
    let (_, right) =
        form.forward(kit.stranger()).ok_or_else(|| Stop::skip("needs a form that can be filled in"))?;
    for field in fields(&action) {
        let name = field["name"].as_str().unwrap_or_default();
        for wrong in inadmissible(field) {
            let mut values = right.clone();
            values[name] = json!(wrong);
            let answer = browser.post(&kit.flow(form.id())?, &form.submission("continue", &values))?;
            answer.expect_problem(ProblemCode::ValidationFailed)?;
            let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
            let at_field = errors.iter().any(|error| error["field"] == name);
            let expected = format!("an error whose `field` is `{name}`");
            answer.ensure(at_field, &expected, json!(errors).to_string())?;
            let step = Document::of(&answer);
            let stays = step.is_some_and(|step| step.kind() == "attributes" && step.rev() == form.rev());
            answer.ensure(stays, "the form as `step`", "another step, or none")?;
        }
    }
    let now = kit.current(&mut browser, form.id())?;
    now.answer.ensure(now.rev() == form.rev(), "the form at its revision", now.rev().to_string())
}

fn check_behind(kit: &Kit) -> Outcome {
    let (mut browser, form, _) = at_form(kit)?;
    for rev in [0, form.rev().saturating_sub(1)] {
        form.answer.require(rev < form.rev(), "a form at a later revision than the first")?;
        let body = json!({ "rev": rev, "action": "check", "values": {} });
        let answer = browser.post(&kit.flow(form.id())?, &body)?;
        answer.expect_status(200)?;
        let present = Document::of(&answer);
        let same = present.is_some_and(|now| now.kind() == form.kind() && now.rev() == form.rev());
        answer.ensure(same, "the present step at its revision", "another one, or none")?;
    }
    let now = kit.current(&mut browser, form.id())?;
    now.answer.ensure(now.rev() == form.rev(), "the form at its revision", now.rev().to_string())
}
