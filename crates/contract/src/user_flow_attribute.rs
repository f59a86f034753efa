//! What user flows ask, shaped like Microsoft Graph's `userAttributeAssignments` and `/identity/userFlowAttributes`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::given::Given;
use crate::user_flow::Reference;

/// Body of `POST` and `PATCH` of an assignment. A `PATCH` changes what it names, but for the attribute itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttributeAssignmentRequest {
    /// That of its attribute; may be left out.
    #[serde(default)]
    pub id: Option<String>,
    /// Words above it. Built-in attributes have words of their own, in every language.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Whether people get on without it; yes, when nothing is said.
    #[serde(default)]
    pub is_optional: Option<bool>,
    /// Only `false`.
    #[serde(default)]
    pub requires_verification: Option<bool>,
    /// `textBox`, `dateTimeDropdown`, `radioSingleSelect`, `dropdownSingleSelect` or `checkboxMultiSelect`.
    #[serde(default)]
    pub user_input_type: Option<String>,
    /// What can be chosen.
    #[serde(default)]
    pub user_attribute_values: Option<Vec<AttributeValue>>,
    /// The attribute, by its `id`: a built-in one, or another, which is made thereby.
    #[serde(default)]
    pub user_attribute: Option<Reference>,
    /// What Graph lacks.
    #[serde(default)]
    pub vestibule: Option<AttributeExtras>,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttributeValue {
    /// What people read.
    pub name: String,
    /// What is kept: without spaces, which separate several.
    pub value: String,
    /// Only `false`: nothing is chosen before somebody chooses.
    #[serde(default)]
    pub is_default: bool,
}

/// What Graph's assignment lacks, on the way in; `null` takes a member away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttributeExtras {
    /// What it is, where `userInputType` leaves it open: `text`, `long_text`, `integer`, `phone`, `boolean`, `country`, …
    #[serde(default)]
    pub kind: Option<String>,
    /// A sentence of help.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>))]
    pub hint: Given<String>,
    /// Words above it and those after it.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>))]
    pub group: Given<String>,
    /// Smallest number, or earliest day.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>))]
    pub min: Given<String>,
    /// Largest number, or latest day.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>))]
    pub max: Given<String>,
    /// Most characters.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<u32>))]
    pub max_length: Given<u32>,
    /// Its words in other languages, by BCP 47 tag.
    #[serde(default)]
    pub texts: Option<BTreeMap<String, AttributeTexts>>,
}

/// Words of an attribute in one language. What is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AttributeTexts {
    /// Words above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A sentence of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Words above its group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What people read of each choice, by value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
}

/// Something that a user flow asks, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttributeAssignment {
    /// OData context, on single resources.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// That of its attribute.
    pub id: String,
    /// Words above it.
    pub display_name: String,
    /// Whether people get on without it.
    pub is_optional: bool,
    /// `false`.
    pub requires_verification: bool,
    /// How it is asked.
    pub user_input_type: String,
    /// What can be chosen.
    pub user_attribute_values: Vec<AttributeValue>,
    /// The attribute.
    pub user_attribute: UserFlowAttribute,
    /// What Graph lacks.
    pub vestibule: AttributeDetails,
}

/// What Graph's assignment lacks, on the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttributeDetails {
    /// What it is.
    pub kind: String,
    /// A sentence of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Words above it and those after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Smallest number, or earliest day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Largest number, or latest day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Its words in other languages.
    pub texts: BTreeMap<String, AttributeTexts>,
}

/// Body of `GET …/userAttributeAssignments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct AttributeAssignments {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// In the order in which they are asked.
    pub value: Vec<AttributeAssignment>,
}

/// Body of `GET …/getOrder`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct AssignmentOrder {
    /// OData context.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// Ids of the assignments.
    pub order: Vec<String>,
}

/// Body of `POST …/setOrder`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignmentOrderRequest {
    /// The new order: every assignment once.
    pub new_assignment_order: AssignmentOrder,
}

/// An attribute of guests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserFlowAttribute {
    /// Its id, as connectors are told it: built-in names, and `extension_…` for the others.
    pub id: String,
    /// Its name.
    pub display_name: String,
    /// `string`, `boolean`, `int64`, `stringCollection` or `dateTime`.
    pub data_type: String,
    /// `builtIn` or `custom`.
    pub user_flow_attribute_type: String,
}

/// Body of `GET /v1.0/identity/userFlowAttributes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct UserFlowAttributes {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// The built-in ones, and those that user flows ask.
    pub value: Vec<UserFlowAttribute>,
}
