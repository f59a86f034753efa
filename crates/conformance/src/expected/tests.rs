//! The file of known failures.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Expected;

#[test]
fn a_line_has_an_id_and_a_reason() {
    let text = "# ours\n\nflows.race  # issue 12\n  code.back # not yet\n";
    let expected = Expected::parse(text, &["flows.race", "code.back"]).unwrap();
    assert_eq!(expected.reason("flows.race"), Some("issue 12"));
    assert_eq!(expected.reason("flows.replay"), None);
    assert_eq!(expected.ids().count(), 2);
}

#[test]
fn what_would_never_match_is_an_error() {
    assert!(Expected::parse("flows.race", &["flows.race"]).is_err());
    assert!(Expected::parse("flows.rase # typo", &["flows.race"]).is_err());
}
