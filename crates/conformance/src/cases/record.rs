//! What holds for everything that was said in the whole run.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use vestibule_contract::{PROBLEM_MEDIA_TYPE, ProblemCode, Step};

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::http::{Exchange, SecretKind};
use crate::kit::Kit;
use crate::schema;

cases! { Core, "Flows, rules 4 and 7":
    "documents.schema" Must "Every step document of the run validates against StepDocument." documents;
    "documents.actions" Must "Every step offers actions of its type only, at most one of them primary." actions;
    "documents.not-stored" Must "No step document is kept by caches." not_stored;
    "problems.schema" Must "Every problem of the run validates against Problem, and is application/problem+json." problems;
    "problems.registry" Must "Every problem has a code of the registry, with that code's status and type." registry;
    "problems.no-fault" Must "Nothing in the run is a fault of the backend (status 5xx)." no_fault;
    "headers.nosniff" Should "Every answer says X-Content-Type-Options: nosniff." nosniff;
    "secrets.code" Must "No code from a mail is in any answer." code;
    "secrets.invitation" Must "No answer but the link's own page holds the invitation's token." invitation;
    "secrets.cookies" Must "No body holds the value of a cookie." cookies;
}

/// Actions of each step type.
const ACTIONS: [(&str, &[&str]); 13] = [
    ("invitation", &["continue", "decline"]),
    ("identify", &["continue"]),
    ("choose_provider", &["choose", "back"]),
    ("federate", &["complete", "cancel"]),
    ("email_code", &["send", "verify", "resend", "back"]),
    ("wrong_account", &["switch", "continue"]),
    ("consent", &["accept", "cancel"]),
    ("challenge", &["solve", "continue", "back"]),
    ("attributes", &["continue", "cancel"]),
    ("checking", &["check"]),
    ("pending_approval", &["check"]),
    ("blocked", &["restart", "decline_with_code"]),
    ("done", &[]),
];

/// Step documents of the run, each with its answer.
fn steps(kit: &Kit) -> Vec<(Arc<Exchange>, Value)> {
    kit.log
        .exchanges()
        .into_iter()
        .filter_map(|answer| answer.document().map(|step| (answer, step)))
        .collect()
}

fn documents(kit: &Kit) -> Outcome {
    let steps = steps(kit);
    if steps.is_empty() {
        return Err(Stop::skip("needs a flow to start"));
    }
    let mut looked_at = BTreeSet::new();
    for (answer, step) in steps {
        if looked_at.insert(step.to_string()) {
            let errors = schema::errors("StepDocument", &step);
            answer.ensure(
                errors.is_empty(),
                "a document that validates against StepDocument",
                errors.join("; "),
            )?;
        }
    }
    Ok(())
}

fn actions(kit: &Kit) -> Outcome {
    for (answer, step) in steps(kit) {
        let kind = step["step"]["type"].as_str().unwrap_or_default();
        let offered = step["actions"].as_array().cloned().unwrap_or_default();
        let names: Vec<&str> = offered.iter().filter_map(|action| action["name"].as_str()).collect();
        let primary = offered.iter().filter(|action| action["style"] == "primary").count();
        answer.ensure(primary <= 1, "one primary action at most", format!("{primary} at `{kind}`"))?;
        let unique: BTreeSet<_> = names.iter().collect();
        answer.ensure(unique.len() == names.len(), "each action once", names.join(", "))?;
        let Some((_, known)) = ACTIONS.iter().find(|(name, _)| *name == kind) else { continue };
        let foreign: Vec<_> = names.iter().filter(|name| !known.contains(name)).collect();
        answer.ensure(
            foreign.is_empty(),
            &format!("actions of `{kind}`: {}", known.join(", ")),
            format!("{foreign:?}"),
        )?;
    }
    debug_assert_eq!(ACTIONS.map(|(kind, _)| kind), Step::TYPES, "every type has its line");
    Ok(())
}

fn not_stored(kit: &Kit) -> Outcome {
    for (answer, _) in steps(kit).iter().filter(|(answer, _)| answer.media_type() != "text/html") {
        let cache = answer.header("cache-control").unwrap_or_default().to_ascii_lowercase();
        let private = cache.contains("no-store") || cache.contains("private");
        answer.ensure(private, "Cache-Control: no-store or private", format!("`{cache}`"))?;
    }
    Ok(())
}

/// Answers with an error to requests that took no page.
fn errors(kit: &Kit) -> Vec<Arc<Exchange>> {
    let page = |answer: &Exchange| {
        answer.sent.iter().any(|(name, value)| name == "accept" && value.contains("text/html"))
    };
    let mut all = kit.log.exchanges();
    all.retain(|answer| {
        answer.status >= 400 && answer.method != "HEAD" && answer.method != "OPTIONS" && !page(answer)
    });
    all
}

fn problems(kit: &Kit) -> Outcome {
    for answer in errors(kit) {
        answer.ensure(answer.media_type() == PROBLEM_MEDIA_TYPE, PROBLEM_MEDIA_TYPE, answer.media_type())?;
        // Its code is `problems.registry`'s, and the step that it carries is `documents.schema`'s.
        let mut json = answer.json();
        json["code"] = Value::from(ProblemCode::Internal.as_str());
        if let Some(problem) = json.as_object_mut() {
            problem.remove("step");
        }
        let errors = schema::errors("Problem", &json);
        answer.ensure(errors.is_empty(), "a document that validates against Problem", errors.join("; "))?;
    }
    Ok(())
}

fn registry(kit: &Kit) -> Outcome {
    for answer in errors(kit) {
        let json = answer.json();
        let code = json["code"].as_str().unwrap_or_default();
        let known = ProblemCode::ALL.iter().find(|known| known.as_str() == code);
        let Some(known) = known else {
            return Err(Stop::fail("a code of the registry", format!("`{code}`"), &answer));
        };
        let kind = format!("urn:vestibule:problem:{code}");
        let right =
            known.status() == answer.status && json["status"] == answer.status && json["type"] == kind;
        let seen = format!("status {}, `status` {}, `type` {}", answer.status, json["status"], json["type"]);
        answer.ensure(right, &format!("status {} twice, `{kind}`", known.status()), seen)?;
    }
    Ok(())
}

fn no_fault(kit: &Kit) -> Outcome {
    for answer in kit.log.exchanges() {
        answer.ensure(answer.status < 500, "no fault", answer.summary())?;
    }
    Ok(())
}

fn nosniff(kit: &Kit) -> Outcome {
    for answer in kit.log.exchanges() {
        let seen = answer.header("x-content-type-options").unwrap_or_default().to_owned();
        answer.ensure(
            seen.eq_ignore_ascii_case("nosniff"),
            "X-Content-Type-Options: nosniff",
            format!("`{seen}`"),
        )?;
    }
    Ok(())
}

/// Fails where a secret is in an answer's body, or in a header that is not its cookie's own.
fn nowhere(kit: &Kit, kind: SecretKind, what: &str, allowed: impl Fn(&Exchange, &str) -> bool) -> Outcome {
    let secrets = kit.log.secrets(kind);
    if secrets.is_empty() {
        return Err(Stop::skip(format!("needs {what} in this run")));
    }
    for answer in kit.log.exchanges() {
        let headers =
            answer.headers.iter().filter(|(name, _)| name != "set-cookie").map(|(_, value)| value.as_str());
        for text in headers.chain([answer.body.as_str()]) {
            let leaked =
                secrets.iter().any(|secret| text.contains(secret.as_str()) && !allowed(&answer, secret));
            answer.ensure(!leaked, &format!("no {what} in an answer"), "one")?;
        }
    }
    Ok(())
}

fn code(kit: &Kit) -> Outcome {
    nowhere(kit, SecretKind::Code, "code from a mail", |_, _| false)
}

fn invitation(kit: &Kit) -> Outcome {
    // The page at the link itself posts to its own address.
    nowhere(kit, SecretKind::Invitation, "token of an invitation", |answer, token| {
        answer.path.contains(token)
    })
}

fn cookies(kit: &Kit) -> Outcome {
    nowhere(kit, SecretKind::Cookie, "cookie", |_, _| false)
}
