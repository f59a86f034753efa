//! JSON Schema and OpenAPI 3.1 from the types, for everybody who is not written in Rust.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::{OpenApi, PartialSchema, ToSchema};

mod operations;

use crate::Step;

/// Every generated file: path below `docs/contract/`, and content.
pub fn files() -> Result<BTreeMap<String, String>, serde_json::Error> {
    let mut files = BTreeMap::new();
    let openapi = serde_json::to_value(operations::Api::openapi())?;
    for name in ["StepDocument", "Problem", "Discovery", "Session", "Brand", "StartFlow", "SubmitAction"] {
        files.insert(format!("{name}.schema.json"), pretty(&json_schema(&openapi, name))?);
    }
    files.insert("openapi.json".to_owned(), pretty(&openapi)?);
    for example in crate::corpus::examples() {
        let document = serde_json::to_value(&example.document)?;
        files.insert(format!("corpus/{}.json", example.name), pretty(&document)?);
    }
    Ok(files)
}

fn pretty(value: &Value) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(value).map(|text| text + "\n")
}

/// One type as a JSON Schema 2020-12 document of its own: OpenAPI 3.1 schemas are that dialect already, so only the
/// references have to be moved from `components` to `$defs`.
fn json_schema(openapi: &Value, name: &str) -> Value {
    let schemas = &openapi["components"]["schemas"];
    let text = schemas.to_string().replace("#/components/schemas/", "#/$defs/");
    let mut defs: Value = serde_json::from_str(&text).unwrap_or_default();
    let mut wanted = vec![name.to_owned()];
    let mut kept = serde_json::Map::new();
    while let Some(next) = wanted.pop() {
        let Some(schema) = defs.get_mut(&next).map(Value::take).filter(|schema| !schema.is_null()) else {
            continue;
        };
        let text = schema.to_string();
        wanted.extend(
            text.split("#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
        );
        kept.insert(next, schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "$ref": format!("#/$defs/{name}"),
        "$defs": kept,
    })
}

// By hand, because the wire form of a step is an adjacently tagged union that is read in two goes.
impl PartialSchema for Step {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
        use utoipa::openapi::{Ref, RefOr};
        let known = Step::TYPES.iter().zip(step_data()).map(|(kind, (name, _))| {
            ObjectBuilder::new()
                .property("type", ObjectBuilder::new().schema_type(Type::String).enum_values(Some([*kind])))
                .property("data", RefOr::<Schema>::Ref(Ref::from_schema_name(name)))
                .required("type")
                .required("data")
        });
        let mut any = OneOfBuilder::new();
        for schema in known {
            any = any.item(schema);
        }
        let newer = ObjectBuilder::new()
            .description(Some("A step type of a newer minor version, drawn from actions and fields."))
            .property(
                "type",
                ObjectBuilder::new()
                    .schema_type(SchemaType::new(Type::String))
                    .pattern(Some(format!("^(?!({})$).+$", Step::TYPES.join("|")))),
            )
            .required("type");
        any.item(newer).into()
    }
}

impl ToSchema for Step {
    fn name() -> std::borrow::Cow<'static, str> {
        "Step".into()
    }

    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        for (name, schema) in step_data() {
            schemas.push((name, schema));
        }
        crate::step::InvitationCard::schemas(schemas);
        crate::step::ChooseProvider::schemas(schemas);
        crate::step::Federate::schemas(schemas);
        crate::step::EmailCode::schemas(schemas);
        crate::step::Consent::schemas(schemas);
        crate::step::Blocked::schemas(schemas);
        crate::step::Done::schemas(schemas);
    }
}

type NamedSchema = (String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>);

/// Data of each type, in the order of [`Step::TYPES`].
fn step_data() -> [NamedSchema; 13] {
    fn of<T: ToSchema>() -> NamedSchema {
        (T::name().into_owned(), T::schema())
    }
    use crate::step::{
        Attributes, Blocked, Challenge, Checking, ChooseProvider, Consent, Done, EmailCode, Federate,
        Identify, InvitationCard, PendingApproval, WrongAccount,
    };
    [
        of::<InvitationCard>(),
        of::<Identify>(),
        of::<ChooseProvider>(),
        of::<Federate>(),
        of::<EmailCode>(),
        of::<WrongAccount>(),
        of::<Consent>(),
        of::<Challenge>(),
        of::<Attributes>(),
        of::<Checking>(),
        of::<PendingApproval>(),
        of::<Blocked>(),
        of::<Done>(),
    ]
}

#[cfg(test)]
mod tests;
