//! What a backend says of itself.

use super::cases;
use crate::case::{Expect, Outcome, Stop};
use crate::http::Request;
use crate::kit::Kit;
use crate::schema;

cases! { Core, "Discovery":
    "discovery.document" Must "Discovery is public JSON of the contract's shape." document;
    "discovery.version" Must "Discovery announces a contract of major version 1." version;
    "discovery.endpoints" Must "Every endpoint that discovery names is there." endpoints;
    "discovery.cacheable" Must "Discovery has an entity tag, and answers 304 to whoever knows it." cacheable;
    "discovery.profiles" Should "Announced profiles are the contract's." profiles;
}

/// Profiles of contract version 1.
const PROFILES: [&str; 11] = [
    "redeem",
    "email-code",
    "federation",
    "sign-up",
    "consent",
    "terms",
    "factors",
    "panel",
    "desk",
    "authorize",
    "html",
];

const PATH: &str = vestibule_contract::discovery::PATH;

fn document(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(PATH)?;
    answer.expect_status(200)?;
    answer.ensure(answer.media_type() == "application/json", "application/json", answer.media_type())?;
    let errors = schema::errors("Discovery", &answer.json());
    answer.ensure(errors.is_empty(), "a document that validates against Discovery", errors.join("; "))
}

fn version(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(PATH)?;
    let version = answer.json()["contract"].as_str().unwrap_or_default().to_owned();
    let right = version.strip_prefix("1.").is_some_and(|minor| minor.parse::<u32>().is_ok());
    answer.ensure(right, "`contract` is 1.x", format!("`{version}`"))
}

fn endpoints(kit: &Kit) -> Outcome {
    let flows = Request::new("POST", &kit.endpoint("flows")?).from_own_page(&kit.browser().origin());
    let asked = [
        flows.json(&serde_json::json!({})),
        Request::new("GET", &kit.endpoint("session")?),
        Request::new("GET", &kit.endpoint("me")?),
        Request::new("GET", &format!("{}/apps", kit.endpoint("me")?)),
    ];
    for request in asked {
        let answer = kit.browser().send(&request)?;
        let there = !matches!(answer.status, 404 | 405 | 501);
        answer.ensure(there, "an endpoint that discovery names", answer.summary())?;
    }
    Ok(())
}

fn cacheable(kit: &Kit) -> Outcome {
    is_cacheable(kit, PATH)
}

/// A public document with an entity tag that is honoured.
pub(super) fn is_cacheable(kit: &Kit, path: &str) -> Outcome {
    let answer = kit.browser().get(path)?;
    answer.require(answer.status == 200, "the document")?;
    let cache = answer.header("cache-control").unwrap_or_default().to_ascii_lowercase();
    answer.ensure(
        !cache.contains("no-store"),
        "an answer that may be stored",
        format!("Cache-Control: {cache}"),
    )?;
    let Some(tag) = answer.header("etag") else {
        return Err(Stop::fail("an ETag", "none", &answer));
    };
    let again = kit.browser().send(&Request::new("GET", path).header("if-none-match", tag))?;
    again.expect_status(304)?;
    again.ensure(again.body.is_empty(), "304 without a body", "a body")
}

fn profiles(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(PATH)?;
    let json = answer.json();
    let announced = json["profiles"].as_array().cloned().unwrap_or_default();
    let unknown: Vec<_> =
        announced.iter().filter(|one| one.as_str().is_none_or(|one| !PROFILES.contains(&one))).collect();
    answer.ensure(unknown.is_empty(), "only profiles of the contract", format!("{unknown:?}"))
}
