//! Every kind of difference is reported, and none where there is none.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::differences;

fn folder(files: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    files.iter().map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec())).collect()
}

#[test]
fn differences_are_named() {
    let kept = folder(&[("a.json", "1"), ("b.json", "1"), ("same.json", "1")]);
    let fresh = folder(&[("b.json", "2"), ("c.json", "1"), ("same.json", "1")]);
    assert_eq!(
        differences(&kept, &fresh),
        [
            "docs/contract/a.json: is no longer generated",
            "docs/contract/b.json: has changed",
            "docs/contract/c.json: is missing"
        ]
    );
    assert!(differences(&kept, &kept).is_empty());
}
