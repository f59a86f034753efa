//! The generated files describe what the types really write.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::files;
use crate::StepDocument;
use crate::corpus::examples;

#[test]
fn every_example_reads_back_as_itself() {
    for example in examples() {
        let json = serde_json::to_string(&example.document).unwrap();
        assert_eq!(
            serde_json::from_str::<StepDocument>(&json).unwrap(),
            example.document,
            "{}",
            example.name
        );
    }
}

#[test]
fn schemas_are_closed_no_reference_points_nowhere() {
    for (name, text) in files().unwrap() {
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (marker, home) in
            [("#/$defs/", &json["$defs"]), ("#/components/schemas/", &json["components"]["schemas"])]
        {
            for rest in text.split(marker).skip(1) {
                let target = rest.split('"').next().unwrap();
                assert!(home.get(target).is_some(), "{name}: {target} is missing");
            }
        }
    }
}
