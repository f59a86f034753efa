//! The page's policy forbids HTML from strings and styles in attributes. Whoever writes them sees a
//! blank page in the browser only; here it is said before.

use super::Finding;
use super::source::Source;
use super::tokens::{Sort, Token};

/// No `inner_html` in Rust, and no `style=` in the views of the page.
pub(super) fn check(source: &Source, tokens: &[Token]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.is_word("inner_html") || token.is_word("set_inner_html") {
            findings
                .push(source.finding(token.line, "`inner_html`: Trusted Types refuse it; build elements"));
        }
        let assigned = matches!(tokens.get(at + 1..at + 3), Some([sign, value]) if sign.text == "=" && value.text != "=");
        // `let style = ...` and `self.style = ...` inside of a view's block are plain Rust.
        let is_attribute = at > 0 && tokens[at - 1].sort != Sort::Word && tokens[at - 1].text != ".";
        let after_name = at > 0 && tokens[at - 1].sort == Sort::Word && !is_keyword(&tokens[at - 1].text);
        if source.is_in(&["src"])
            && token.in_view
            && token.is_word("style")
            && assigned
            && (is_attribute || after_name)
        {
            findings
                .push(source.finding(token.line, "`style=` in a view: the policy refuses it; use a class"));
        }
    }
    findings
}

/// The same for scripts that run in the page.
pub(super) fn check_script(source: &Source) -> Vec<Finding> {
    if !source.is_in(&["public"]) {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| {
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"]
                .iter()
                .any(|sink| line.contains(sink))
        })
        .map(|(number, _)| {
            source.finding(number + 1, "HTML from a string: Trusted Types refuse it; build elements")
        })
        .collect()
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "let" | "mut" | "ref" | "const" | "static")
}

#[cfg(test)]
mod tests;
