//! The list of cases as others rely on it.

use std::collections::BTreeSet;

use super::all;

#[test]
fn ids_are_unique_and_of_one_form() {
    let cases = all();
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id).collect();
    assert_eq!(ids.len(), cases.len());
    for case in &cases {
        let part = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        assert!(case.id.split_once('.').is_some_and(|(area, name)| part(area) && part(name)), "{}", case.id);
        assert!(case.claim.ends_with('.') && !case.section.is_empty(), "{}", case.id);
    }
}
