//! Places are whole path segments.

use super::Source;

#[test]
fn a_place_is_a_file_a_folder_or_a_module() {
    let is_in = |path: &str| {
        Source { path: path.to_owned(), text: String::new() }.is_in(&["src/flow", "src/main.rs"])
    };
    assert!(is_in("src/flow.rs"));
    assert!(is_in("src/flow/state.rs"));
    assert!(is_in("src/main.rs"));
    assert!(!is_in("src/flowers.rs"));
    assert!(!is_in("crates/backend/src/main.rs"));
}
