//! Each forbidden name is found in its room and free elsewhere.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{IMPURE, confined, purity};
use crate::tidy::Finding;
use crate::tidy::source::Source;
use crate::tidy::tokens::{self, Token};

fn apply(rule: fn(&Source, &[Token]) -> Vec<Finding>, path: &str, text: &str) -> usize {
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    rule(&source, &tokens::of(&source).unwrap()).len()
}

#[test]
fn every_impure_name_is_found_in_a_pure_room() {
    for name in IMPURE {
        let text = format!("fn f() {{ {name} }}");
        for path in [
            "crates/domain/src/a.rs",
            "crates/contract/src/a.rs",
            "src/flow/a.rs",
            "src/route.rs",
            "src/client/codec.rs",
        ] {
            assert_eq!(apply(purity, path, &text), 1, "{name} in {path}");
        }
        assert_eq!(apply(purity, "src/runtime/a.rs", &text), 0, "{name}");
    }
}

#[test]
fn the_clock_is_told_from_a_type_of_the_same_name() {
    for bad in [
        "use std::time::Instant;",
        "use std::{fmt, time::{Duration, Instant}};",
        "use std::time as clock;",
        "use std::time;\nfn f() { time::Instant::now(); }",
    ] {
        assert_eq!(apply(purity, "crates/domain/src/a.rs", bad), 1, "{bad}");
    }
    for good in
        ["use crate::wire::Instant;", "use std::time::Duration;", "fn f(time: Instant) -> Instant { time }"]
    {
        assert_eq!(apply(purity, "crates/domain/src/a.rs", good), 0, "{good}");
    }
}

#[test]
fn comments_may_name_what_code_may_not() {
    assert_eq!(apply(purity, "src/flow.rs", "//! No leptos, no tokio.\nconst A: &str = \"sqlx\";"), 0);
}

#[test]
fn crates_stay_in_their_rooms() {
    assert_eq!(apply(confined, "crates/backend/src/a.rs", "use sqlx::Row;"), 1);
    assert_eq!(apply(confined, "crates/storage/src/a.rs", "use sqlx::Row;"), 0);
    assert_eq!(apply(confined, "crates/backend/src/routes/a.rs", "use lettre::Message;"), 1);
    assert_eq!(apply(confined, "crates/backend/src/mail/smtp.rs", "use lettre::Message;"), 0);
    assert_eq!(apply(confined, "crates/backend/src/mail.rs", "use lettre::Message;"), 0);
    assert_eq!(apply(confined, "src/pages/a.rs", "use web_sys::window;\nuse gloo_net::http;"), 2);
    assert_eq!(apply(confined, "src/client/http.rs", "use gloo_net::http;"), 0);
    assert_eq!(apply(confined, "crates/backend/src/main.rs", "use js_sys::Date;"), 1);
}
