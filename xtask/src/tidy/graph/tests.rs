//! A package is found by its whole name.

use super::found;

#[test]
fn whole_names_are_compared() {
    let tree = "vestibule-domain v0.1.0 (/repo/crates/domain)\nserde v1.0.0\ntokio-util v0.7.0\n";
    assert!(found(tree, &["tokio", "leptos"]).is_empty());
    assert_eq!(found(&format!("{tree}tokio v1.0.0\n"), &["tokio", "leptos"]), ["tokio"]);
}
