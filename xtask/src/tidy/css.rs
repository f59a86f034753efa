//! The style is right in every direction of writing and in every brand: sides are named by the flow
//! of text, and colours are named in one file.

use super::Finding;
use super::source::Source;

/// The only file with literal colours.
const TOKENS: &str = "style/tokens.css";

/// Properties that name a side of the screen, and what to write instead.
const SIDES: [(&str, &str); 16] = [
    ("left", "inset-inline-start"),
    ("right", "inset-inline-end"),
    ("margin-left", "margin-inline-start"),
    ("margin-right", "margin-inline-end"),
    ("padding-left", "padding-inline-start"),
    ("padding-right", "padding-inline-end"),
    ("border-left", "border-inline-start"),
    ("border-right", "border-inline-end"),
    ("border-top-left-radius", "border-start-start-radius"),
    ("border-top-right-radius", "border-start-end-radius"),
    ("border-bottom-left-radius", "border-end-start-radius"),
    ("border-bottom-right-radius", "border-end-end-radius"),
    ("scroll-margin-left", "scroll-margin-inline-start"),
    ("scroll-margin-right", "scroll-margin-inline-end"),
    ("scroll-padding-left", "scroll-padding-inline-start"),
    ("scroll-padding-right", "scroll-padding-inline-end"),
];

/// Properties whose values may name a side.
const ALIGNED: [&str; 3] = ["text-align", "float", "clear"];

/// Functions that make a colour out of numbers.
const COLOUR_FUNCTIONS: [&str; 11] =
    ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color(", "device-cmyk("];

/// Names of colours that people reach for. System colours and `currentColor` are no literals.
const COLOUR_NAMES: [&str; 18] = [
    "aqua", "black", "blue", "fuchsia", "gray", "green", "grey", "lime", "maroon", "navy", "olive", "orange",
    "purple", "red", "silver", "teal", "white", "yellow",
];

/// One `property: value`.
#[derive(Debug, PartialEq, Eq)]
struct Declaration {
    line: usize,
    property: String,
    value: String,
}

/// Applies both rules.
pub(super) fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for declaration in declarations(&source.text) {
        if let Some(message) = side(&declaration) {
            findings.push(source.finding(declaration.line, message));
        }
        if source.path != TOKENS && has_colour(&declaration.value) {
            let message = format!("a literal colour in `{}`: it belongs in {TOKENS}", declaration.property);
            findings.push(source.finding(declaration.line, message));
        }
    }
    findings
}

fn side(declaration: &Declaration) -> Option<String> {
    let property = declaration.property.as_str();
    for (physical, logical) in SIDES {
        let longer = property.strip_prefix(physical).is_some_and(|rest| rest.starts_with('-'));
        if property == physical || (physical.starts_with("border") && longer) {
            return Some(format!("`{property}` names a side of the screen: use `{logical}`"));
        }
    }
    let names_side = words(&declaration.value).any(|word| word == "left" || word == "right");
    (ALIGNED.contains(&property) && names_side).then(|| {
        format!("`{property}: {}` names a side of the screen: use `start` or `end`", declaration.value)
    })
}

fn has_colour(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let called = |name: &str| {
        let before = |at: usize| value[..at].chars().next_back();
        value.match_indices(name).any(|(at, _)| !before(at).is_some_and(|c| c.is_alphanumeric() || c == '-'))
    };
    COLOUR_FUNCTIONS.iter().any(|name| called(name))
        || words(&value).any(|word| COLOUR_NAMES.contains(&word) || is_hex_colour(word))
}

/// `#` and 3, 4, 6 or 8 digits.
fn is_hex_colour(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '#')).filter(|word| !word.is_empty())
}

/// The declarations of a sheet. Whatever ends in `{` is a selector; comments are blanked, and the
/// signs inside quotes end nothing.
fn declarations(text: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    let (mut piece, mut line, mut begin) = (String::new(), 1, 1);
    let mut quote = None;
    for c in without_comments(text).chars() {
        match (quote, c) {
            (None, ';' | '}') => {
                found.extend(declaration(&piece, begin));
                piece.clear();
            }
            (None, '{') => piece.clear(),
            _ => {
                if piece.trim().is_empty() && !c.is_whitespace() {
                    (piece, begin) = (String::new(), line);
                }
                quote = match (quote, c) {
                    (None, '"' | '\'') => Some(c),
                    (Some(open), close) if open == close => None,
                    (still, _) => still,
                };
                piece.push(c);
            }
        }
        line += usize::from(c == '\n');
    }
    found
}

fn declaration(piece: &str, line: usize) -> Option<Declaration> {
    let (property, value) = piece.split_once(':')?;
    Some(Declaration { line, property: property.trim().to_ascii_lowercase(), value: value.trim().to_owned() })
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, tail) = after.split_once("*/").unwrap_or((after, ""));
        kept.push_str(before);
        kept.extend(comment.chars().filter(|c| *c == '\n'));
        rest = tail;
    }
    kept + rest
}

#[cfg(test)]
mod tests;
