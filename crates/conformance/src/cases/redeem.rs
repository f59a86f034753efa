//! Redeeming an invitation: the link is safe to open, and only a person with the mailbox gets further.

use serde_json::json;
use vestibule_contract::ProblemCode;
use vestibule_contract::message::MessageCode;

use super::cases;
use super::pages::note_tokens;
use crate::case::{Expect, Outcome, Stop};
use crate::http::Request;
use crate::kit::Kit;
use crate::step::Document;

cases! { Redeem, "Flows, rules 6 to 9":
    "redeem.unknown" Must "A token that is none is 404 not_found, whatever it looks like." unknown;
    "redeem.invitation" Must "An invitation says who invites, for whom, and the invited address masked." invitation;
    "redeem.link-is-safe" Must "Opening the link fifty times redeems nothing, sends nothing and starts nothing." link_is_safe;
    "redeem.decline-needs-proof" Must "Declining without proof of the mailbox changes nothing of the invitation." decline;
    "redeem.wrong-code" Must "A wrong code leads no further." wrong_code;
    "redeem.code-of-another-flow" Must "A code works in the flow that it was sent for, and in no other." other_flow;
    "redeem.right-code" Must "The code from the mail proves the mailbox." right_code;
    "redeem.done" Must "The walk ends at `done`, and the browser is signed in." done;
    "redeem.redirect" Must "`done` leads to this origin or to a listed one." redirect;
    "redeem.session-cookie" Must "The session's cookie is __Host-, Secure, HttpOnly, SameSite." session_cookie;
}

/// How often the link is opened.
const OPENED: usize = 50;

fn unknown(kit: &Kit) -> Outcome {
    let mut body = kit.start_body("redeem");
    for token in ["A".repeat(43), "short".to_owned(), String::new(), "../../etc/passwd".to_owned()] {
        body["invitation"] = json!(token);
        let answer = kit.try_start(&mut kit.browser(), &body)?;
        answer.expect_problem(ProblemCode::NotFound)?;
    }
    Ok(())
}

fn invitation(kit: &Kit) -> Outcome {
    let document = kit.start(&mut kit.browser(), &kit.redeem_body()?)?;
    let answer = &document.answer;
    answer.ensure(
        document.kind() == "invitation",
        "a step `invitation`",
        format!("`{}`", document.kind()),
    )?;
    let data = document.data();
    let shown = data["invited"].as_str().unwrap_or_default();
    let masked = shown.contains('@') && kit.options.invited.as_deref() != Some(shown);
    answer.ensure(masked, "the invited address, masked", format!("`{shown}`"))?;
    let named = data["inviter"]["name"].is_string() && data["organization"]["domain"].is_string();
    answer.ensure(named, "the inviter's name and the organization's verified domain", data.to_string())?;
    answer.ensure(document.offers("continue"), "an action `continue`", document.action_names().join(", "))
}

fn link_is_safe(kit: &Kit) -> Outcome {
    let body = kit.redeem_body()?;
    let path = format!("/i/{}", kit.options.invitation.as_deref().unwrap_or_default());
    let mail = || {
        kit.options.mailbox.as_ref().and_then(|mailbox| mailbox.newest(kit.options.invited.as_deref()).ok())
    };
    let before = kit.start(&mut kit.browser(), &body)?;
    let mail_before = mail();
    let mut scanner = kit.browser();
    for opened in 0..OPENED {
        let method = if opened % 5 == 4 { "HEAD" } else { "GET" };
        let answer = scanner.send(&Request::new(method, &path).navigation())?;
        note_tokens(kit, &answer);
        let fine = answer.status < 400;
        answer.ensure(fine, "a page of the invitation", answer.summary())?;
    }
    let after = kit.start(&mut kit.browser(), &body)?;
    let same = after.kind() == before.kind() && after.data() == before.data();
    after.answer.ensure(same, "the invitation as it was", format!("`{}`", after.kind()))?;
    after.answer.ensure(mail() == mail_before, "no mail", "another mail in the mailbox")
}

fn decline(kit: &Kit) -> Outcome {
    let body = kit.redeem_body()?;
    let mut browser = kit.browser();
    let document = kit.start(&mut browser, &body)?;
    document.answer.require(document.offers("decline"), "an action `decline`")?;
    let answer = browser.post(&kit.flow(document.id())?, &document.submission("decline", &json!({})))?;
    answer.expect_status(200)?;
    let after = kit.start(&mut kit.browser(), &body)?;
    let same = after.kind() == document.kind() && after.data() == document.data();
    after.answer.ensure(same, "the invitation as it was", format!("`{}`", after.kind()))
}

fn wrong_code(kit: &Kit) -> Outcome {
    let walk = kit.redemption()?;
    let taken = walk.answers("email_code", "verify");
    let first = taken.first().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let next = Document::of(&first.answer);
    let stays = next.as_ref().is_some_and(|next| {
        next.kind() == "email_code" && next.message_codes().contains(&MessageCode::CodeWrong.as_str())
    });
    first.answer.ensure(stays, "the step of the code with `code_wrong`", first.answer.summary())
}

fn other_flow(kit: &Kit) -> Outcome {
    let walk = kit.redemption()?;
    let foreign = walk.in_another_flow.as_ref().ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let stays = Document::of(foreign).is_some_and(|next| next.kind() == "email_code");
    foreign.ensure(stays, "the step of the code", foreign.summary())
}

fn right_code(kit: &Kit) -> Outcome {
    let walk = kit.redemption()?;
    let taken = walk.answers("email_code", "verify");
    let last =
        taken.last().filter(|_| walk.right_code.is_some()).ok_or_else(|| Stop::skip(walk.whereabouts()))?;
    let next = Document::of(&last.answer).filter(|_| last.answer.status == 200);
    let further = next.is_some_and(|next| !matches!(next.kind(), "email_code" | "blocked"));
    last.answer.ensure(further, "a step further", last.answer.summary())
}

fn done(kit: &Kit) -> Outcome {
    let walk = kit.redemption()?;
    walk.first_of("consent")?;
    let Some(last) = walk.last() else { return Err(Stop::skip(walk.whereabouts())) };
    last.answer.ensure(last.kind() == "done", "a step `done`", walk.whereabouts())?;
    let session = walk.browser.clone().get(&kit.endpoint("session")?)?;
    session.expect_status(200)
}

fn redirect(kit: &Kit) -> Outcome {
    leads_home(kit, &kit.redemption()?.done()?)
}

/// The redirect of a `done` step stays at this origin or at a listed one, and holds no secret.
pub(super) fn leads_home(kit: &Kit, done: &Document) -> Outcome {
    let redirect = done.data()["redirect"].as_str().unwrap_or_default();
    let base = &kit.options.url;
    let target = base.join(redirect).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    let listed = kit.discovery()["redirect_origins"].as_array().cloned().unwrap_or_default();
    let at_home =
        target == base.origin().ascii_serialization() || listed.iter().any(|origin| *origin == target);
    // The addresses of shared apps are checked by the backend; the panel is its own.
    let app = done.data()["kind"] == "app" && target.starts_with("https://");
    done.answer.ensure(at_home || app, "this origin, or a listed one", format!("`{redirect}`"))
}

fn session_cookie(kit: &Kit) -> Outcome {
    let done = kit.redemption()?.done()?;
    let cookies = done.answer.set_cookies();
    done.answer.ensure(!cookies.is_empty(), "a Set-Cookie with the session", "none")?;
    for cookie in cookies {
        let faults = cookie.faults();
        let seen = format!("`{}` has not: {}", cookie.name, faults.join(", "));
        done.answer.ensure(
            faults.is_empty(),
            "__Host-, Secure, HttpOnly, SameSite, Path=/, no Domain",
            seen,
        )?;
    }
    Ok(())
}
