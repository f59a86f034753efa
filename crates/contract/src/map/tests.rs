//! The map does what a tree map does.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::Map;

#[test]
fn it_agrees_with_a_tree_map() {
    let mut ours = Map::new();
    let mut theirs = BTreeMap::new();
    for (step, name) in ["b", "a", "c", "a", "", "ä", "b"].into_iter().enumerate() {
        assert_eq!(ours.insert(name.to_owned(), step), theirs.insert(name.to_owned(), step));
    }
    assert_eq!(ours.remove("c"), theirs.remove("c"));
    assert_eq!(ours.remove("c"), None);
    for name in ["a", "b", "c", "", "ä"] {
        assert_eq!(ours.get(name), theirs.get(name), "{name}");
        assert_eq!(ours.contains_key(name), theirs.contains_key(name), "{name}");
    }
    assert!(ours.iter().eq(theirs.iter()));
    let json = serde_json::to_string(&ours).unwrap();
    assert_eq!(json, serde_json::to_string(&theirs).unwrap());
    assert_eq!(serde_json::from_str::<Map<usize>>(&json).unwrap(), ours);
    assert!(serde_json::from_str::<Map<usize>>("[]").is_err());
}
