//! Stored user flows in Graph's shape.

use vestibule_contract::identity_provider::IdentityProvider;
use vestibule_contract::user_flow::{
    ApiConnectorConfiguration, ApiConnectorName, PREFIX, SIGN_UP_OR_SIGN_IN, UserFlow, UserFlowApproval,
    UserFlowDetails,
};
use vestibule_contract::user_flow_attribute::{
    AttributeAssignment, AttributeDetails, AttributeTexts, AttributeValue, UserFlowAttribute,
};
use vestibule_domain::id::OrganizationId;
use vestibule_domain::sign_up::{Attribute, AttributeKind, BuiltIn, Texts};
use vestibule_storage::organizations::Organization;
use vestibule_storage::user_flows::Managed;

use crate::flows::sign_up::custom;
use crate::flows::state::Way;
use crate::routes::graph::odata::Kind;
use crate::routes::graph::providers::wire::{code, odata_type, provider_type};
use crate::routes::graph::resource;
use crate::state::App;
use crate::user_flows::Around;

/// Where the resources are.
pub(super) const PATH: &str = "/v1.0/identity/b2xUserFlows";
/// Their set.
pub(super) const SET: &str = "identity/b2xUserFlows";

/// What a user flow has.
pub(super) const FLOW: Kind = Kind {
    members: &[
        "id",
        "userFlowType",
        "userFlowTypeVersion",
        "identityProviders",
        "apiConnectorConfiguration",
        "userAttributeAssignments",
        "languages",
        "vestibule",
    ],
    expands: &[
        ("identityProviders", &[]),
        ("userAttributeAssignments", &["userAttribute"]),
        ("apiConnectorConfiguration", &["postFederationSignup", "postAttributeCollection"]),
        ("languages", &[]),
    ],
};
/// What one of its providers has.
pub(super) const PROVIDER: Kind =
    Kind { members: &["id", "displayName", "identityProviderType", "state"], expands: &[] };
/// What its connectors are.
pub(super) const CONNECTORS: Kind = Kind {
    members: &["postFederationSignup", "postAttributeCollection"],
    expands: &[("postFederationSignup", &[]), ("postAttributeCollection", &[])],
};
/// What one of its assignments has.
pub(super) const ASSIGNMENT: Kind = Kind {
    members: &[
        "id",
        "displayName",
        "isOptional",
        "requiresVerification",
        "userInputType",
        "userAttributeValues",
        "userAttribute",
        "vestibule",
    ],
    expands: &[("userAttribute", &[])],
};
/// What an attribute has.
pub(super) const ATTRIBUTE: Kind =
    Kind { members: &["id", "displayName", "dataType", "userFlowAttributeType"], expands: &[] };

/// The providers that a user flow offers, as far as there are such.
pub(super) fn providers(
    organization: &Organization,
    around: &Around,
    flow: &vestibule_domain::sign_up::UserFlow,
) -> Vec<IdentityProvider> {
    let offered = around.providers.iter().filter(|provider| flow.offers(&provider.id));
    // What it takes to be its client is told to those who may read providers.
    let mut offered: Vec<_> = offered
        .map(|provider| IdentityProvider {
            odata_type: odata_type(provider.kind).to_owned(),
            id: provider.id.clone(),
            display_name: provider.label.clone(),
            identity_provider_type: provider_type(provider.kind).map(str::to_owned),
            ..IdentityProvider::default()
        })
        .collect();
    if flow.offers(Way::EMAIL) {
        offered.push(code(organization));
    }
    offered
}

/// The connectors that a user flow asks.
pub(super) fn connectors(
    around: &Around,
    flow: &vestibule_domain::sign_up::UserFlow,
) -> ApiConnectorConfiguration {
    let name = |id: &Option<OrganizationId>| {
        let id = id.as_ref()?.as_str();
        let known = around.connectors.iter().find(|connector| connector.id == id);
        Some(ApiConnectorName { id: id.to_owned(), display_name: known.map(|known| known.name.clone()) })
    };
    ApiConnectorConfiguration {
        odata_context: None,
        post_federation_signup: name(&flow.after_federation),
        post_attribute_collection: name(&flow.before_creation),
    }
}

/// A user flow.
pub(super) fn flow(app: &App, organization: &Organization, around: &Around, managed: &Managed) -> UserFlow {
    let Managed { flow, source, .. } = managed;
    let of = organization.id.as_str();
    UserFlow {
        odata_context: None,
        id: format!("{PREFIX}{}", flow.id),
        user_flow_type: SIGN_UP_OR_SIGN_IN.to_owned(),
        user_flow_type_version: 1,
        identity_providers: providers(organization, around, flow),
        api_connector_configuration: connectors(around, flow),
        user_attribute_assignments: flow.attributes.iter().map(|it| assignment(of, it)).collect(),
        languages: None,
        vestibule: UserFlowDetails {
            name: flow.name.clone(),
            enabled: flow.enabled,
            apps: flow.apps.clone(),
            every_provider: flow.providers.is_none(),
            approval: flow.approval.as_ref().map(|approval| UserFlowApproval {
                approvers: approval.approvers.clone(),
                days: approval.days,
            }),
            guests_per_day: flow.guests_per_day,
            proof_of_work: flow.proof_of_work,
            source: source.as_str().to_owned(),
            address: format!(
                "{}/signup/{}?organization={}",
                app.config.public_url.origin(),
                flow.id,
                organization.id
            ),
        },
    }
}

/// A user flow as a resource of its own.
pub(super) fn entity(app: &App, organization: &Organization, around: &Around, managed: &Managed) -> UserFlow {
    let context = resource::context(app, &format!("{SET}/$entity"));
    UserFlow { odata_context: Some(context), ..flow(app, organization, around, managed) }
}

/// Something that is asked.
pub(super) fn assignment(organization: &str, attribute: &Attribute) -> AttributeAssignment {
    let told = self::attribute(organization, attribute);
    let texts = |(tag, texts): (&String, &Texts)| {
        let Texts { label, hint, group, options } = texts.clone();
        (tag.clone(), AttributeTexts { label, hint, group, options })
    };
    AttributeAssignment {
        odata_context: None,
        id: told.id.clone(),
        display_name: attribute.label.clone().unwrap_or_else(|| told.display_name.clone()),
        is_optional: !attribute.required,
        requires_verification: false,
        user_input_type: input_type(attribute.kind()).to_owned(),
        user_attribute_values: attribute
            .options
            .iter()
            .map(|option| AttributeValue {
                name: option.label.clone(),
                value: option.value.clone(),
                is_default: false,
            })
            .collect(),
        user_attribute: told,
        vestibule: AttributeDetails {
            kind: attribute.kind().as_str().to_owned(),
            hint: attribute.hint.clone(),
            group: attribute.group.clone(),
            min: attribute.min.clone(),
            max: attribute.max.clone(),
            max_length: attribute.max_length,
            texts: attribute.texts.iter().map(texts).collect(),
        },
    }
}

/// The attribute itself.
pub(super) fn attribute(organization: &str, attribute: &Attribute) -> UserFlowAttribute {
    let kind = attribute.kind();
    let data_type = data_type(kind).to_owned();
    match attribute.built_in() {
        Some(known) => UserFlowAttribute {
            id: known.as_str().to_owned(),
            display_name: built_in_name(known).to_owned(),
            data_type,
            user_flow_attribute_type: "builtIn".to_owned(),
        },
        None => UserFlowAttribute {
            id: custom(organization, &attribute.id),
            display_name: attribute.label.clone().unwrap_or_else(|| attribute.id.clone()),
            data_type,
            user_flow_attribute_type: "custom".to_owned(),
        },
    }
}

/// Graph's name of a built-in attribute.
pub(super) fn built_in_name(known: BuiltIn) -> &'static str {
    match known {
        BuiltIn::DisplayName => "Display Name",
        BuiltIn::GivenName => "Given Name",
        BuiltIn::Surname => "Surname",
        BuiltIn::JobTitle => "Job Title",
        BuiltIn::StreetAddress => "Street Address",
        BuiltIn::City => "City",
        BuiltIn::PostalCode => "Postal Code",
        BuiltIn::State => "State/Province",
        BuiltIn::Country => "Country/Region",
    }
}

/// How Graph asks for something.
pub(super) fn input_type(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Text | AttributeKind::LongText | AttributeKind::Integer | AttributeKind::Phone => {
            "textBox"
        }
        AttributeKind::Date => "dateTimeDropdown",
        AttributeKind::Radio => "radioSingleSelect",
        AttributeKind::Select | AttributeKind::Country => "dropdownSingleSelect",
        AttributeKind::Checkboxes | AttributeKind::Boolean => "checkboxMultiSelect",
    }
}

fn data_type(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Boolean => "boolean",
        AttributeKind::Integer => "int64",
        AttributeKind::Date => "dateTime",
        AttributeKind::Checkboxes => "stringCollection",
        AttributeKind::Text
        | AttributeKind::LongText
        | AttributeKind::Select
        | AttributeKind::Radio
        | AttributeKind::Country
        | AttributeKind::Phone => "string",
    }
}
