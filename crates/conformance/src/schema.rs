//! The contract's own JSON Schemas, built in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

/// The description that is generated from the contract's types.
static OPENAPI: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../docs/contract/openapi.json"))
        .expect("it is generated as JSON")
});

/// Every schema that a case asks for, compiled once.
static VALIDATORS: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
    let names = [
        "Activity",
        "Apps",
        "Brand",
        "Consents",
        "Discovery",
        "Me",
        "Organizations",
        "Problem",
        "Session",
        "StepDocument",
    ];
    names.into_iter().map(|name| (name, compile(name))).collect()
});

/// OpenAPI 3.1 schemas are JSON Schema 2020-12; only their references have to be moved.
fn compile(name: &str) -> Validator {
    let text = OPENAPI["components"]["schemas"].to_string().replace("#/components/schemas/", "#/$defs/");
    let definitions: Value = serde_json::from_str(&text).expect("a replaced reference is still a text");
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/$defs/{name}"),
        "$defs": definitions,
    });
    jsonschema::validator_for(&schema).expect("the generated schemas are valid")
}

/// What is wrong with a document, as `path: reason`, three at most. Empty when it is valid.
///
/// # Panics
/// When the schema is not one of those that cases ask for.
pub(crate) fn errors(name: &str, document: &Value) -> Vec<String> {
    let validator = VALIDATORS.get(name).expect("one of the listed schemas");
    let describe = |error: jsonschema::ValidationError<'_>| {
        let reason: String = error.to_string().chars().take(300).collect();
        format!("{}: {reason}", error.instance_path())
    };
    validator.iter_errors(document).take(3).map(describe).collect()
}
