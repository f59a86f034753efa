//! What a request says of a guest, checked.

use std::collections::BTreeMap;

use serde_json::Value;
use vestibule_contract::user::{ObjectIdentity, UserRequest};
use vestibule_domain::account::{Account, Identity};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Kind;
use vestibule_domain::sign_up::{BuiltIn, UserFlow};
use vestibule_storage::providers::{Protocol, Provider};

use crate::flows::sign_up::named_values;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::resource::wrong;

/// What the body leaves to be asked of the organization: its providers, and what its user flows ask.
pub(super) struct Place<'a> {
    pub(super) organization: &'a str,
    pub(super) providers: &'a [Provider],
    pub(super) flows: &'a [UserFlow],
}

/// The account of a new guest.
pub(super) fn account(request: &UserRequest, place: &Place<'_>) -> Result<Account, GraphProblem> {
    if request.user_type.as_deref().is_some_and(|kind| kind != "Guest") {
        return Err(wrong("userType", "Only guests are made here: `userType` is `Guest`."));
    }
    if request.account_enabled == Some(false) {
        return Err(wrong("accountEnabled", "A guest is made with `accountEnabled` true."));
    }
    let identity = match request.identities.as_deref() {
        Some([one]) => Some(one),
        None => None,
        Some(_) => return Err(wrong("identities", "Give one identity: by what the guest signs in.")),
    };
    let mailbox = identity.filter(|it| it.issuer == "mail").map(|it| it.issuer_assigned_id.as_str());
    let text = request.mail.as_deref().or(mailbox).unwrap_or_default();
    let address = EmailAddress::parse(text).map_err(|_| wrong("mail", "`mail` is no e-mail address."))?;
    let Some(identity) = identity else { return Ok(Account::of_mailbox(address)) };
    if identity.sign_in_type != "federated" {
        return Err(wrong("identities", "`signInType` is `federated`: guests keep their own accounts."));
    }
    if identity.issuer == "mail" {
        let same = EmailAddress::parse(&identity.issuer_assigned_id).is_ok_and(|it| it == address);
        return if same {
            Ok(Account::of_mailbox(address))
        } else {
            Err(wrong("identities", "The identity of `mail` is the address in `mail`."))
        };
    }
    let identity = federated(identity, place)?;
    Ok(Account { address, identity })
}

/// The identity at a provider of the organization.
fn federated(identity: &ObjectIdentity, place: &Place<'_>) -> Result<Identity, GraphProblem> {
    let kind = match identity.issuer.as_str() {
        "google.com" | "google" => Some(Kind::Google),
        "facebook.com" | "facebook" => Some(Kind::Facebook),
        _ => None,
    };
    let issuer = |provider: &Provider| match &provider.protocol {
        Protocol::OpenIdConnect(settings) => settings.issuer.clone(),
        Protocol::OAuth2(settings) => settings.issuer.clone(),
        Protocol::Saml(settings) => settings.entity_id.clone(),
    };
    let is = |provider: &&Provider| {
        provider.enabled
            && kind.map_or_else(|| issuer(provider) == identity.issuer, |kind| provider.kind == kind)
    };
    let subject = identity.issuer_assigned_id.trim();
    match place.providers.iter().find(is) {
        Some(provider) if !subject.is_empty() && subject.len() <= 255 => Ok(Identity {
            provider: provider.id.clone(),
            issuer: issuer(provider),
            subject: subject.to_owned(),
            organization: Some(place.organization.to_owned()),
        }),
        Some(_) => Err(wrong("identities", "`issuerAssignedId` has 1 to 255 characters.")),
        None => Err(wrong(
            "identities",
            "No provider of this organization has that issuer. Use `mail`, `google.com`, `facebook.com`, the issuer of \
             an enabled provider, or invite the guest at /v1.0/invitations.",
        )),
    }
}

/// The attributes that a body names: built-in ones, and those that a user flow of the organization asks.
pub(super) fn attributes(
    request: &UserRequest,
    place: &Place<'_>,
) -> Result<BTreeMap<String, String>, GraphProblem> {
    let mut values: BTreeMap<String, Value> = request.attributes.clone();
    // SDKs send these along.
    values.retain(|name, _| !name.starts_with("@odata."));
    if let Some(name) = &request.display_name {
        values.insert(BuiltIn::DisplayName.as_str().to_owned(), Value::from(name.as_str()));
    }
    named_values(place.flows, &values).map_err(|name| {
        let message = format!("“{name}” is no attribute of a guest here, or its value does not fit.");
        GraphProblem::bad_request(message)
    })
}
