//! What the policy of the page refuses is found where it is written.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{check, check_script};
use crate::tidy::source::Source;
use crate::tidy::tokens;

fn lines(path: &str, text: &str) -> Vec<usize> {
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    check(&source, &tokens::of(&source).unwrap()).into_iter().map(|finding| finding.line).collect()
}

#[test]
fn inner_html_is_found_anywhere() {
    assert_eq!(lines("crates/backend/src/a.rs", "fn f() {\n view! { <p inner_html=x></p> } }"), [2]);
    assert_eq!(lines("src/a.rs", "fn f() { e.set_inner_html(x) }"), [1]);
    assert!(lines("src/a.rs", "// no inner_html here\n").is_empty());
}

#[test]
fn style_attributes_are_found_in_views() {
    assert_eq!(lines("src/a.rs", "fn f() { view! {\n<p class=\"a\" style=\"color:red\">{x}</p>\n} }"), [2]);
    assert_eq!(lines("src/a.rs", "fn f() { view! { <p\nstyle=move || x()>{x}</p> } }"), [2]);
    assert_eq!(lines("src/a.rs", "fn f() { view! { <input disabled style=x/> } }"), [1]);
}

#[test]
fn plain_rust_named_style_is_free() {
    assert!(
        lines(
            "src/a.rs",
            "fn f() { let style = 1; self.style = style; view! { <p>{ let style = 2; style }</p> } }"
        )
        .is_empty()
    );
    assert!(lines("src/a.rs", "fn f() { view! { <p>{ if style == 1 { a } else { b } }</p> } }").is_empty());
}

#[test]
fn html_sinks_are_found_in_the_pages_scripts() {
    let script = |path: &str| Source { path: path.to_owned(), text: "a;\nb.innerHTML = c;\n".to_owned() };
    assert_eq!(check_script(&script("public/boot.js")).len(), 1);
    assert!(check_script(&script("tests/e2e/a.ts")).is_empty());
}
