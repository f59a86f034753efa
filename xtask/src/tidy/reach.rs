//! Who may reach what. The middle of the project is pure: it decides and touches nothing, so that it
//! can be tested without a world. What touches the world does so in one place each.

use super::Finding;
use super::source::Source;
use super::tokens::Token;

/// The rooms that decide.
const PURE: [&str; 5] = ["crates/domain", "crates/contract", "src/flow", "src/route", "src/client/codec"];

/// What would make them depend on a browser, a clock, a runtime or a database.
const IMPURE: [&str; 8] =
    ["leptos", "web_sys", "js_sys", "wasm_bindgen", "SystemTime", "tokio", "sqlx", "async"];

/// A crate, the only places that may name it, and what they are called.
const CONFINED: [(&str, &[&str], &str); 8] = [
    ("sqlx", STORAGE, "only storage touches SQL"),
    ("lettre", &["crates/backend/src/mail"], "only the mail room touches SMTP"),
    ("web_sys", BROWSER, "only the runtime touches the browser"),
    ("js_sys", BROWSER, "only the runtime touches the browser"),
    ("gloo", BROWSER, "only the runtime touches the browser"),
    ("gloo_net", BROWSER, "only the runtime touches the browser"),
    ("gloo_timers", BROWSER, "only the runtime touches the browser"),
    ("gloo_events", BROWSER, "only the runtime touches the browser"),
];
/// The test world looks at the data, and breaks it, behind the backend's back.
const STORAGE: &[&str] = &["crates/storage", "crates/backend/tests/suite/world.rs"];
const BROWSER: &[&str] =
    &["src/runtime", "src/client/http.rs", "src/main.rs", "crates/relying-party/src/fetch.rs"];

/// Pure rooms must not name what is impure.
pub(super) fn purity(source: &Source, tokens: &[Token]) -> Vec<Finding> {
    if !source.is_in(&PURE) {
        return Vec::new();
    }
    let named = tokens.iter().filter(|token| IMPURE.iter().any(|word| token.is_word(word)));
    named
        .chain(monotonic_clock(tokens))
        .map(|token| {
            source.finding(
                token.line,
                format!("`{}` in a pure room: it decides, and reaches nothing", token.text),
            )
        })
        .collect()
}

/// Where the clock of `std::time` is named. The contract has a type `Instant` of its own, so the name
/// alone says nothing: what counts is the path before it.
fn monotonic_clock(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| token.is_word("time") && names_instant(&tokens[at + 1..]))
        .map(|(_, t)| t)
}

/// Whether `::Instant` or `::{.., Instant, ..}` follows, or the module is renamed, which would hide it.
fn names_instant(after: &[Token]) -> bool {
    match after {
        [a, b, next, ..] if a.text == ":" && b.text == ":" && next.is_word("Instant") => true,
        [a, b, open, list @ ..] if a.text == ":" && b.text == ":" && open.text == "{" => {
            list.iter().take_while(|token| token.text != "}").any(|token| token.is_word("Instant"))
        }
        [next, ..] => next.is_word("as"),
        [] => false,
    }
}

/// Some crates may be named in one place only.
pub(super) fn confined(source: &Source, tokens: &[Token]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, places, reason) in CONFINED.iter().filter(|(_, places, _)| !source.is_in(places)) {
        for token in tokens.iter().filter(|token| token.is_word(name)) {
            findings.push(
                source.finding(token.line, format!("`{name}` outside of {}: {reason}", places.join(", "))),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests;
