//! The version that decides is the one in the lock file.

use super::locked_version;

#[test]
fn the_version_comes_from_the_package_of_that_very_name() {
    let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.7\"\n";
    assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.7"));
    assert_eq!(locked_version(lock, "trunk"), None);
    assert_eq!(locked_version("not a lock file", "trunk"), None);
}
