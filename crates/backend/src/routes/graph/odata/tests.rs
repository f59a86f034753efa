//! What can be expanded, in all the ways in which it is said.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Kind, expanded, split};

const KIND: Kind = Kind { members: &["id"], expands: &[("asked", &["what", "how"]), ("told", &[])] };

#[test]
fn what_is_expanded_is_read_in_both_of_odatas_spellings() {
    for (given, expected) in [
        ("asked", vec!["asked"]),
        ("asked,told", vec!["asked", "told"]),
        (" told , asked($expand=what,how)", vec!["told", "asked"]),
        ("asked/what,asked/how", vec!["asked", "asked"]),
    ] {
        assert_eq!(expanded(given, &KIND).unwrap(), expected, "{given}");
    }
    for wrong in [
        "",
        "*",
        "other",
        "asked($expand=other)",
        "asked/other",
        "told/what",
        "asked($select=what)",
        "asked($expand=what",
        "asked)",
        "asked(what)",
        "asked,",
        "told()",
    ] {
        assert!(expanded(wrong, &KIND).is_err(), "{wrong}");
    }
}

#[test]
fn parentheses_hold_together_what_is_in_them() {
    assert_eq!(split("a(b,c),d", ','), Some(vec!["a(b,c)", "d"]));
    assert_eq!(split("é,(ü,),ß", ','), Some(vec!["é", "(ü,)", "ß"]));
    assert_eq!((split("(", ','), split(")(", ',')), (None, None));
}
