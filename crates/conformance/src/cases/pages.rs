//! Pages that the server draws: what protects them, and a form that works without script.

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::html::{Form, forms};
use crate::http::{Browser, Exchange, Request, SecretKind};
use crate::kit::Kit;
use crate::step::Document;
use std::sync::Arc;

cases! { Html, "Pages":
    "pages.entry-form" Must "The entry page is a real form: method post, a hidden token, the action as a button." entry_form;
    "pages.csp" Must "Pages have a Content-Security-Policy that lets nothing inline run and nobody frame them." csp;
    "pages.headers" Must "Pages send nosniff, and no referrer to others." headers;
    "pages.no-inline-code" Must "Pages hold no inline script and no event handler." no_inline_code;
    "pages.entry-is-safe" Must "Opening the entry page starts nothing: it sets no cookie of a flow." entry_is_safe;
    "pages.form-walks" Must "The posted form answers 303 to a page that is the next step's form." form_walks;
    "pages.form-token" Must "A form without its hidden token, or with another browser's, moves nothing." form_token;
    "pages.form-errors" Must "A form with a wrong value comes back as 422 with what was typed." form_errors;
    "pages.unknown" Must "A page that is none is a page with status 404." unknown;
}

/// The entry page and its form, at a new browser.
pub(super) fn entry(kit: &Kit) -> Result<(Browser, Arc<Exchange>, Form), Stop> {
    let mut browser = kit.browser();
    let answer = browser.page("/")?;
    let form = forms(&answer.body).into_iter().find(|form| !form.buttons.is_empty());
    let form = form.ok_or_else(|| Stop::fail("a form with a button on `/`", "none", &answer))?;
    note_tokens(kit, &answer);
    Ok((browser, answer, form))
}

/// Notes the tokens of a page's forms, so that no report shows them.
pub(super) fn note_tokens(kit: &Kit, page: &Exchange) {
    for form in forms(&page.body) {
        for input in form.tokens() {
            kit.log.secret(SecretKind::FormToken, &input.value);
        }
    }
}

/// Sends a form as a browser does.
pub(super) fn send(
    browser: &mut Browser,
    page: &str,
    form: &Form,
    fields: &[(String, String)],
) -> Result<Arc<Exchange>, Stop> {
    let to = if form.action.is_empty() { page } else { form.action.as_str() };
    let request = Request::new("POST", to).navigation().from_own_page(&browser.origin());
    browser.send(&request.form(fields))
}

fn entry_form(kit: &Kit) -> Outcome {
    let (_, answer, form) = entry(kit)?;
    answer.expect_status(200)?;
    answer.ensure(answer.media_type() == "text/html", "text/html", answer.media_type())?;
    answer.ensure(form.method == "post", "method=\"post\"", format!("`{}`", form.method))?;
    answer.ensure(form.tokens().next().is_some(), "a hidden input with a token", "none")?;
    answer.ensure(
        form.has_action("continue"),
        "a button name=\"action\" value=\"continue\"",
        format!("{:?}", form.buttons),
    )
}

/// The sources of a directive; those of `default-src` where the policy is silent.
fn sources(policy: &str, directive: &str) -> Vec<String> {
    let find = |wanted: &str| {
        policy.split(';').map(str::split_whitespace).find_map(|mut words| {
            words.next().filter(|name| name.eq_ignore_ascii_case(wanted))?;
            Some(words.map(str::to_ascii_lowercase).collect::<Vec<_>>())
        })
    };
    find(directive).or_else(|| find("default-src")).unwrap_or_default()
}

fn csp(kit: &Kit) -> Outcome {
    let answer = kit.browser().page("/")?;
    let policy = answer.header("content-security-policy").unwrap_or_default().to_owned();
    answer.ensure(!policy.is_empty(), "a Content-Security-Policy", "none")?;
    let scripts = sources(&policy, "script-src");
    for loose in ["'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "data:"] {
        let free = scripts.is_empty() || scripts.iter().any(|source| source == loose);
        answer.ensure(!free, &format!("script-src without {loose}"), format!("`{}`", scripts.join(" ")))?;
    }
    let styles = sources(&policy, "style-src");
    let inline = styles.is_empty() || styles.iter().any(|source| source == "'unsafe-inline'");
    answer.ensure(!inline, "style-src without 'unsafe-inline'", format!("`{}`", styles.join(" ")))?;
    for directive in ["frame-ancestors", "base-uri", "form-action"] {
        // These three do not fall back to `default-src` (CSP Level 3, section 6.3 and 6.4).
        let named = policy.split(';').any(|one| one.trim().to_ascii_lowercase().starts_with(directive));
        answer.ensure(named, &format!("the directive {directive}"), "none")?;
    }
    let framed = sources(&policy, "frame-ancestors");
    answer.ensure(framed == ["'none'"], "frame-ancestors 'none'", framed.join(" "))
}

fn headers(kit: &Kit) -> Outcome {
    let answer = kit.browser().page("/")?;
    let header = |name: &str| answer.header(name).unwrap_or_default().to_ascii_lowercase();
    let seen = header("x-content-type-options");
    answer.ensure(seen == "nosniff", "X-Content-Type-Options: nosniff", format!("`{seen}`"))?;
    let seen = header("referrer-policy");
    let quiet = matches!(seen.as_str(), "no-referrer" | "same-origin");
    answer.ensure(quiet, "Referrer-Policy: no-referrer or same-origin", format!("`{seen}`"))
}

fn no_inline_code(kit: &Kit) -> Outcome {
    let answer = kit.browser().page("/")?;
    let lower = answer.body.to_ascii_lowercase();
    for script in lower.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap_or_default();
        let data = tag.contains("json") || tag.contains("importmap");
        answer.ensure(data || tag.contains("src="), "scripts with `src` only", format!("`<script{tag}>`"))?;
    }
    for handler in [" onclick=", " onload=", " onsubmit=", " onerror=", "javascript:"] {
        answer.ensure(
            !lower.contains(handler),
            "no event handler in the markup",
            format!("`{}`", handler.trim()),
        )?;
    }
    Ok(())
}

fn entry_is_safe(kit: &Kit) -> Outcome {
    let answer = kit.browser().page("/")?;
    starts_nothing(kit, &answer)
}

/// Fails where a page has set the cookie of a flow.
pub(super) fn starts_nothing(kit: &Kit, page: &Arc<Exchange>) -> Outcome {
    let (_, one) = kit.fresh()?;
    let (_, other) = kit.fresh()?;
    let name =
        |document: &Document| document.answer.set_cookies().into_iter().next().map(|cookie| cookie.name);
    let (Some(one), Some(other)) = (name(&one), name(&other)) else {
        return Err(Stop::skip("needs a start that sets a cookie"));
    };
    let binding = common_name(&one, &other);
    let started = page.set_cookies().into_iter().find(|cookie| cookie.name.starts_with(binding));
    page.ensure(
        started.is_none(),
        "no cookie of a flow",
        started.map(|cookie| cookie.name).unwrap_or_default(),
    )
}

/// What two cookies' names have in common, up to where their flow's id begins.
fn common_name<'n>(one: &'n str, other: &str) -> &'n str {
    if one == other {
        return one;
    }
    let shared = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let name = one.get(..shared).unwrap_or_default();
    &name[..name.rfind(['-', '_', '.']).map_or(0, |at| at + 1)]
}

/// The page to which a posted form leads.
pub(super) fn landed(
    kit: &Kit,
    browser: &mut Browser,
    answer: &Arc<Exchange>,
) -> Result<Arc<Exchange>, Stop> {
    answer.expect_status(303)?;
    let Some(location) = answer.header("location").map(str::to_owned) else {
        return Err(Stop::fail("a Location", "none", answer));
    };
    let next = browser.page(&location)?;
    note_tokens(kit, &next);
    next.expect_status(200)?;
    Ok(next)
}

fn form_walks(kit: &Kit) -> Outcome {
    let (mut browser, page, form) = entry(kit)?;
    page.require(
        form.input("email").is_some() && form.has_action("continue"),
        "an entry that asks for the address",
    )?;
    let nobody = kit.nobody();
    let answer = send(&mut browser, "/", &form, &form.press("continue", &[("email", &nobody)]))?;
    let next = landed(kit, &mut browser, &answer)?;
    let step =
        forms(&next.body).into_iter().find(|form| form.has_action("verify") || form.has_action("send"));
    next.ensure(step.is_some_and(|form| form.method == "post"), "the form of the code", "none")
}

fn form_token(kit: &Kit) -> Outcome {
    let (mut browser, _, form) = entry(kit)?;
    let (_, _, foreign) = entry(kit)?;
    let nobody = kit.nobody();
    let right = form.press("continue", &[("email", &nobody)]);
    let is_token = |name: &str| form.tokens().any(|token| token.name == name);
    let without: Vec<_> = right.iter().filter(|(name, _)| !is_token(name)).cloned().collect();
    let stolen = foreign.tokens().map(|token| (token.name.clone(), token.value.clone()));
    let with_other: Vec<_> = without.iter().cloned().chain(stolen).collect();
    for fields in [without, with_other] {
        let answer = send(&mut browser, "/", &form, &fields)?;
        let to = answer.header("location").unwrap_or_default().to_owned();
        let moved = answer.status == 303 && to.contains("/flow/") || answer.status == 200;
        answer.ensure(
            !moved,
            "a refusal, or the same page again",
            format!("status {} to `{to}`", answer.status),
        )?;
    }
    Ok(())
}

fn form_errors(kit: &Kit) -> Outcome {
    let (mut browser, page, form) = entry(kit)?;
    page.require(form.input("email").is_some(), "an entry that asks for the address")?;
    let typed = "nobody at home & <b>";
    let answer = send(&mut browser, "/", &form, &form.press("continue", &[("email", typed)]))?;
    note_tokens(kit, &answer);
    answer.expect_status(422)?;
    let again = forms(&answer.body).into_iter().find_map(|form| form.input("email").cloned());
    let kept = again.is_some_and(|input| input.value == typed);
    answer.ensure(kept, "the field with what was typed", "another value, or no field")
}

fn unknown(kit: &Kit) -> Outcome {
    let answer = kit.browser().page("/no/such/page")?;
    answer.expect_status(404)?;
    answer.ensure(answer.media_type() == "text/html", "text/html", answer.media_type())
}
