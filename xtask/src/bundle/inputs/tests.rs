//! The packages that count are those with a folder of their own.

use std::path::PathBuf;

use super::folders_in;

#[test]
fn local_packages_are_told_from_those_of_a_registry() {
    let tree = "vestibule v0.1.0 (/repo)\nserde v1.0.0\nserde_derive v1.0.0 (proc-macro)\nvestibule-contract v0.1.0 (/repo/crates/contract) (*)\n";
    assert_eq!(folders_in(tree), [PathBuf::from("/repo"), PathBuf::from("/repo/crates/contract")]);
}
