//! The access panel: shapes, and whom it is for.

use std::sync::Arc;

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::http::Exchange;
use crate::kit::Kit;
use crate::schema;

cases! { Panel, "Session, panel, brand":
    "panel.signed-out" Must "Nothing of the panel is given to somebody who is not signed in: 401." signed_out;
    "panel.me" Must "`me` is of the contract's shape." me;
    "panel.apps" Must "`me/apps` says what is shared, why and since when." apps;
    "panel.apps-launch" Must "What is shared opens at an https address, or at a path of this origin." launch;
    "panel.apps-query" Must "A query that nothing matches gives an empty list." query;
    "panel.organizations" Must "`me/organizations` is of the contract's shape, one of them current." organizations;
    "panel.consents" Must "`me/consents` is of the contract's shape." consents;
    "panel.activity" Must "`me/activity` is of the contract's shape." activity;
    "panel.not-stored" Must "What is personal is not kept by caches." not_stored;
    "panel.other-organization" Must "An organization that the person does not belong to is 404 or 403." other_organization;
    "panel.other-consent" Must "Somebody else's consent cannot be taken back: 404 or 403." other_consent;
}

const PARTS: [&str; 5] = ["", "/apps", "/organizations", "/consents", "/activity"];

fn read(kit: &Kit, part: &str) -> Result<Arc<Exchange>, Stop> {
    kit.signed_in()?.get(&format!("{}{part}", kit.endpoint("me")?))
}

fn shaped(kit: &Kit, part: &str, schema: &str) -> Outcome {
    let answer = read(kit, part)?;
    answer.expect_status(200)?;
    let errors = schema::errors(schema, &answer.json());
    answer.ensure(
        errors.is_empty(),
        &format!("a document that validates against {schema}"),
        errors.join("; "),
    )
}

fn signed_out(kit: &Kit) -> Outcome {
    let mut browser = kit.browser();
    for part in PARTS {
        let answer = browser.get(&format!("{}{part}", kit.endpoint("me")?))?;
        answer.expect_problem(vestibule_contract::ProblemCode::Unauthenticated)?;
    }
    Ok(())
}

fn me(kit: &Kit) -> Outcome {
    shaped(kit, "", "Me")
}

fn apps(kit: &Kit) -> Outcome {
    shaped(kit, "/apps", "Apps")
}

fn organizations(kit: &Kit) -> Outcome {
    shaped(kit, "/organizations", "Organizations")?;
    let answer = read(kit, "/organizations")?;
    let items = answer.json()["items"].as_array().cloned().unwrap_or_default();
    let current = items.iter().filter(|item| item["current"] == true).count();
    answer.ensure(current == 1, "one that is `current`", current.to_string())
}

fn consents(kit: &Kit) -> Outcome {
    shaped(kit, "/consents", "Consents")
}

fn activity(kit: &Kit) -> Outcome {
    shaped(kit, "/activity", "Activity")
}

fn launch(kit: &Kit) -> Outcome {
    let answer = read(kit, "/apps")?;
    for item in answer.json()["items"].as_array().into_iter().flatten() {
        let url = item["launch_url"].as_str().unwrap_or_default();
        let path = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
        let right = path || url.starts_with("https://");
        answer.ensure(right, "an https address, or a path", format!("`{url}`"))?;
    }
    Ok(())
}

fn query(kit: &Kit) -> Outcome {
    let answer = read(kit, "/apps?query=nothing-is-called-that-here")?;
    answer.expect_status(200)?;
    let json = answer.json();
    let empty = json["items"].as_array().is_some_and(Vec::is_empty) && json["total"] == 0;
    answer.ensure(empty, "no items, and a total of 0", json.to_string())
}

fn not_stored(kit: &Kit) -> Outcome {
    for part in PARTS {
        let answer = read(kit, part)?;
        let cache = answer.header("cache-control").unwrap_or_default().to_ascii_lowercase();
        let private = cache.contains("no-store") || cache.contains("private");
        answer.ensure(private, "Cache-Control: no-store or private", format!("`{cache}`"))?;
    }
    Ok(())
}

fn other_organization(kit: &Kit) -> Outcome {
    for part in PARTS {
        let answer = read(kit, &format!("{part}?organization=no-such-organization-here"))?;
        let refused = matches!(answer.status, 403 | 404) && !answer.problem_code().is_empty();
        answer.ensure(refused, "a problem with status 404 or 403", answer.summary())?;
    }
    Ok(())
}

fn other_consent(kit: &Kit) -> Outcome {
    let mut browser = kit.signed_in()?;
    let path = format!("{}/consents/00000000-0000-7000-8000-000000000000", kit.endpoint("me")?);
    let request = crate::http::Request::new("DELETE", &path).from_own_page(&browser.origin());
    let answer = browser.send(&request)?;
    let refused = matches!(answer.status, 403 | 404) && !answer.problem_code().is_empty();
    answer.ensure(refused, "a problem with status 404 or 403", answer.summary())
}
