//! The page at which strangers begin.

use super::cases;
use super::pages::{landed, note_tokens, send, starts_nothing};
use crate::case::{Expect, Outcome, Profile, Stop};
use crate::html::{Form, forms};
use crate::http::{Browser, Exchange};
use crate::kit::Kit;
use std::sync::Arc;

cases! { SignUp, "Pages":
    "sign-up.page" Must "The page of a user flow is a real form, and opening it starts nothing." page;
    "sign-up.page-walks" Must "The posted form answers 303 to a page of the next step." page_walks;
    "sign-up.page-unknown" Must "The page of a user flow that is none is a page with status 404." page_unknown;
}

/// The address of a user flow's page.
fn path(kit: &Kit, user_flow: &str) -> Result<String, Stop> {
    if !kit.has(Profile::Html) {
        return Err(Stop::skip("needs the profile `html`"));
    }
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let organization = kit.options.organization.as_deref();
    let query = organization.map(|id| format!("?organization={}", encoded(id))).unwrap_or_default();
    Ok(format!("/signup/{}{query}", encoded(user_flow)))
}

/// The page and its form.
fn open(kit: &Kit) -> Result<(Browser, String, Arc<Exchange>, Form), Stop> {
    let path = path(kit, kit.user_flow()?)?;
    let mut browser = kit.browser();
    let answer = browser.page(&path)?;
    note_tokens(kit, &answer);
    let form = forms(&answer.body).into_iter().find(|form| !form.buttons.is_empty());
    let form =
        form.ok_or_else(|| Stop::fail(format!("a form with a button on `{path}`"), "none", &answer))?;
    Ok((browser, path, answer, form))
}

fn page(kit: &Kit) -> Outcome {
    let (_, _, answer, form) = open(kit)?;
    answer.expect_status(200)?;
    answer.ensure(answer.media_type() == "text/html", "text/html", answer.media_type())?;
    answer.ensure(form.method == "post", "method=\"post\"", format!("`{}`", form.method))?;
    answer.ensure(form.tokens().next().is_some(), "a hidden input with a token", "none")?;
    let begins = form.has_action("continue") || form.has_action("choose");
    answer.ensure(begins, "a button that leads on", format!("{:?}", form.buttons))?;
    starts_nothing(kit, &answer)
}

fn page_walks(kit: &Kit) -> Outcome {
    let (mut browser, path, page, form) = open(kit)?;
    page.require(form.input("email").is_some(), "an entry that asks for the address")?;
    let nobody = kit.nobody();
    let answer = send(&mut browser, &path, &form, &form.press("continue", &[("email", &nobody)]))?;
    let next = landed(kit, &mut browser, &answer)?;
    let form = forms(&next.body).into_iter().find(|form| !form.buttons.is_empty());
    next.ensure(form.is_some_and(|form| form.method == "post"), "the form of the next step", "none")
}

fn page_unknown(kit: &Kit) -> Outcome {
    let answer = kit.browser().page(&path(kit, "no-such-user-flow-here")?)?;
    answer.expect_status(404)?;
    answer.ensure(answer.media_type() == "text/html", "text/html", answer.media_type())
}
