//! Words are flat and come out the same in whichever order they were written.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::compact;

#[test]
fn order_and_space_do_not_matter() {
    let expected = r#"{"a.a":"x","b.b":"y é"}"#.as_bytes();
    assert_eq!(compact("{ \"b.b\": \"y é\",\n \"a.a\": \"x\" }").unwrap(), expected);
}

#[test]
fn nested_words_are_refused() {
    assert!(compact(r#"{"a":{"b":"c"}}"#).is_err());
}
