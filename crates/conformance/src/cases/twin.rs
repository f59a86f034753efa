//! The page of a running flow: the same step as the document, as a form.

use super::cases;
use super::pages::{note_tokens, send};
use crate::case::{Expect, Outcome, Stop};
use crate::html::forms;
use crate::http::{Browser, Exchange};
use crate::kit::Kit;
use crate::step::Document;
use std::sync::Arc;

cases! { Html, "Pages":
    "twin.linked" Must "A step document links the page of the same step." linked;
    "twin.actions" Must "The page has a button for each action that the document offers." actions;
    "twin.fields" Must "The page has an input for each field that the document asks for." fields;
    "twin.is-safe" Must "Reading the page changes nothing of the flow." is_safe;
    "twin.bound" Must "Another browser gets a page that says so, with status 403 and without the step." bound;
    "twin.stale" Must "A form of an old revision leads to the present step, and moves nothing." stale;
}

/// A flow, and its page.
fn twin(kit: &Kit) -> Result<(Browser, Document, Arc<Exchange>), Stop> {
    let (mut browser, document) = kit.fresh()?;
    let page = browser.page(&link(&document)?)?;
    note_tokens(kit, &page);
    Ok((browser, document, page))
}

fn link(document: &Document) -> Result<String, Stop> {
    let link = document.json["links"]["html"].as_str().map(str::to_owned);
    link.ok_or_else(|| Stop::skip("needs `links.html`"))
}

fn linked(kit: &Kit) -> Outcome {
    let (mut browser, document) = kit.fresh()?;
    let Ok(link) = link(&document) else {
        return Err(Stop::fail("`links.html`", "none", &document.answer));
    };
    let page = browser.page(&link)?;
    note_tokens(kit, &page);
    page.expect_status(200)?;
    page.ensure(page.media_type() == "text/html", "text/html", page.media_type())
}

fn actions(kit: &Kit) -> Outcome {
    let (_, document, page) = twin(kit)?;
    let forms = forms(&page.body);
    for action in document.action_names() {
        let there = forms.iter().any(|form| form.method == "post" && form.has_action(action));
        page.ensure(there, &format!("a button name=\"action\" value=\"{action}\" in a posted form"), "none")?;
    }
    Ok(())
}

fn fields(kit: &Kit) -> Outcome {
    let (_, document, page) = twin(kit)?;
    let forms = forms(&page.body);
    for action in document.actions() {
        let name = action["name"].as_str().unwrap_or_default();
        let Some(form) = forms.iter().find(|form| form.has_action(name)) else { continue };
        for field in action["fields"].as_array().into_iter().flatten() {
            let field = field["name"].as_str().unwrap_or_default();
            page.ensure(
                form.input(field).is_some(),
                &format!("an input `{field}` in the form of `{name}`"),
                "none",
            )?;
        }
    }
    Ok(())
}

fn is_safe(kit: &Kit) -> Outcome {
    let (mut browser, document, _) = twin(kit)?;
    let link = link(&document)?;
    for _ in 0..10 {
        browser.page(&link)?;
    }
    let now = kit.current(&mut browser, document.id())?;
    now.answer.ensure(now.json == document.json, "the document of the start", "another one")
}

fn bound(kit: &Kit) -> Outcome {
    let (browser, document, _) = twin(kit)?;
    let page = browser.without_cookies().page(&link(&document)?)?;
    note_tokens(kit, &page);
    page.expect_status(403)?;
    let offered = document.action_names();
    let forms = forms(&page.body);
    let shown = offered.iter().any(|action| forms.iter().any(|form| form.has_action(action)));
    page.ensure(!shown, "a page without the step's actions", "the step's own form")
}

fn stale(kit: &Kit) -> Outcome {
    let (mut browser, document, page) = twin(kit)?;
    let Some((action, values)) = document.forward(&kit.nobody()) else {
        return Err(Stop::skip("needs an action that can be filled in"));
    };
    let form = forms(&page.body).into_iter().find(|form| form.has_action(action));
    let form = form.ok_or_else(|| Stop::skip("needs a form of the step"))?;
    let typed: Vec<_> = values
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
        .collect();
    let fields = form.press(action, &typed);
    let link = link(&document)?;
    let first = send(&mut browser, &link, &form, &fields)?;
    first.require(first.status == 303, "a form that is taken")?;
    let moved = kit.current(&mut browser, document.id())?;
    let second = send(&mut browser, &link, &form, &fields)?;
    second.expect_status(303)?;
    let now = kit.current(&mut browser, document.id())?;
    now.answer.ensure(now.rev() == moved.rev(), "the flow where it stood", format!("revision {}", now.rev()))
}
