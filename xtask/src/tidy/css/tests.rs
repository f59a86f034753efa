//! Sides and colours are found in declarations and nowhere else.

use super::check;
use crate::tidy::source::Source;

fn lines(path: &str, text: &str) -> Vec<usize> {
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    check(&source).into_iter().map(|finding| finding.line).collect()
}

fn is_found(declaration: &str) -> bool {
    !lines("style/ui.css", &format!("a {{ {declaration} }}")).is_empty()
}

#[test]
fn sides_are_found() {
    for bad in [
        "margin-left: 0",
        "padding-right: 1px;",
        "left: 0",
        "RIGHT: 0;",
        "text-align: left",
        "float: right",
        "border-left-width: 1px",
        "border-top-left-radius: 1px",
    ] {
        assert!(is_found(bad), "{bad}");
    }
    for good in
        ["margin-inline-start: 0", "inset-inline: 0", "text-align: start", "border-block: 0", "top: 0"]
    {
        assert!(!is_found(good), "{good}");
    }
}

#[test]
fn literal_colours_are_found_outside_of_the_tokens() {
    for bad in ["color: #fff", "background: RGB(0 0 0)", "border: 1px solid red", "fill: oklch(50% 0 0)"] {
        assert!(is_found(bad), "{bad}");
        assert!(lines("style/tokens.css", &format!("a {{ {bad} }}")).is_empty(), "{bad}");
    }
    for good in [
        "color: var(--red)",
        "color: CanvasText",
        "color: currentColor",
        "background: color-mix(in oklab, var(--a), var(--b))",
    ] {
        assert!(!is_found(good), "{good}");
    }
}

#[test]
fn selectors_comments_and_quotes_are_free() {
    assert!(
        lines("style/ui.css", "/* left: 0; color: #fff */\n#fade .red:hover, a:not(.left) { top: 0 }")
            .is_empty()
    );
    assert!(lines("style/ui.css", "a::before { content: \"; left: 0\" }").is_empty());
}

#[test]
fn the_line_is_that_of_the_declaration() {
    assert_eq!(
        lines("style/ui.css", "/* a\n b */\na {\n  top: 0;\n\n  left:\n    0;\n  color: red\n}"),
        [6, 8]
    );
}
