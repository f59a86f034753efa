//! A name means the same in every place.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::UnknownName;
use crate::permission::InvitePolicy;

#[test]
fn every_value_has_one_name_everywhere() {
    for policy in InvitePolicy::ALL.iter().copied() {
        assert_eq!(InvitePolicy::parse(policy.as_str()), Ok(policy));
        let json = serde_json::to_string(&policy).unwrap();
        assert_eq!(json, format!("\"{}\"", policy.as_str()));
        assert_eq!(serde_json::from_str::<InvitePolicy>(&json).unwrap(), policy);
    }
}

#[test]
fn a_name_is_not_guessed() {
    for text in ["", "Everyone", "everyone ", "nobody"] {
        assert_eq!(InvitePolicy::parse(text), Err(UnknownName { of: "InvitePolicy" }), "{text}");
    }
}
