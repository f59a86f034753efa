//! An organization's look.

use super::{cases, discovery::is_cacheable};
use crate::case::{Expect, Outcome, Stop};
use crate::colour::contrast;
use crate::kit::Kit;
use crate::schema;

cases! { Core, "Session, panel, brand":
    "brand.document" Must "A brand is JSON of the contract's shape, and never code." document;
    "brand.contrast" Must "Text on the accent reaches 4.5:1, in the light and in the dark scheme." readable;
    "brand.cacheable" Must "A brand has an entity tag, and answers 304 to whoever knows it." cacheable;
    "brand.unknown" Must "An organization that is none has no brand: a problem with status 404." unknown;
}

/// WCAG 2.2, 1.4.3.
const READABLE: f64 = 4.5;

fn path(kit: &Kit, organization: &str) -> Result<String, Stop> {
    let organization: String = url::form_urlencoded::byte_serialize(organization.as_bytes()).collect();
    Ok(format!("{}?organization={organization}", kit.endpoint("brand")?))
}

fn document(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(&path(kit, &kit.organization()?)?)?;
    answer.expect_status(200)?;
    answer.ensure(answer.media_type() == "application/json", "application/json", answer.media_type())?;
    let errors = schema::errors("Brand", &answer.json());
    answer.ensure(errors.is_empty(), "a document that validates against Brand", errors.join("; "))
}

fn readable(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(&path(kit, &kit.organization()?)?)?;
    answer.require(answer.status == 200, "a brand")?;
    let brand = answer.json();
    for scheme in ["light", "dark"] {
        let colour = |name: &str| brand[scheme][name].as_str().unwrap_or_default().to_owned();
        let (accent, text) = (colour("accent"), colour("on_accent"));
        let expected = format!("`{scheme}.on_accent` on `{scheme}.accent` with {READABLE}:1, both #rrggbb");
        match contrast(&accent, &text) {
            Some(ratio) => answer.ensure(ratio >= READABLE, &expected, format!("{ratio:.2}:1"))?,
            None => return Err(Stop::fail(expected, format!("`{text}` on `{accent}`"), &answer)),
        }
    }
    Ok(())
}

fn cacheable(kit: &Kit) -> Outcome {
    is_cacheable(kit, &path(kit, &kit.organization()?)?)
}

fn unknown(kit: &Kit) -> Outcome {
    let answer = kit.browser().get(&path(kit, "no-such-organization-here")?)?;
    answer.expect_problem(vestibule_contract::ProblemCode::NotFound)
}
