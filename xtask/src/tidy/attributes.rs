//! Lints are never silenced for good: `#[expect]` with a reason dies with its cause, `#[allow]` stays.

use super::Finding;
use super::source::Source;
use super::tokens::Token;

/// No `#[allow(...)]`, neither outer nor inner.
pub(super) fn check(source: &Source, tokens: &[Token]) -> Vec<Finding> {
    let found = tokens.windows(3).filter(|window| {
        let [open, word, bracket] = window else { return false };
        open.text == "[" && word.is_word("allow") && bracket.text == "("
    });
    found
        .map(|window| source.finding(window[1].line, "`#[allow]`: use `#[expect(.., reason = \"..\")]`"))
        .collect()
}

#[cfg(test)]
mod tests;
