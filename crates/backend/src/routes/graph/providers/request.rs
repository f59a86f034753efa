//! What a request wants of a provider, checked; what is wrong is refused with the member it is about.

use vestibule_contract::identity_provider::{
    BASE, ClientAuthenticationRequest, HIDDEN, IdentityProviderExtras, IdentityProviderRequest, OIDC,
    SECRET_AUTHENTICATION, SOCIAL,
};
use vestibule_domain::id::OrganizationId;
use vestibule_domain::message::single_line;
use vestibule_domain::provider::Kind;
use vestibule_domain::secret::SecretString;
use vestibule_storage::providers::Provider;
use vestibule_storage::providers::managed::Managed;

use super::wire::{client, odata_type, provider_type};
use crate::federation::openid::described_at;
use crate::federation::save::{domains, prepare};
use crate::federation::secret;
use crate::federation::wanted::Wanted;
use crate::flows::state::Way;
use crate::flows::walk::WalkError;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::resource::{is, wrong};
use crate::seal::SealError;
use crate::state::App;

/// Most characters of a name: what fits on a button.
const LONGEST_NAME: usize = 120;
/// Most characters of what a provider makes us say.
const LONGEST_REASON: usize = 400;

/// Why a provider cannot be used, as its check said it.
pub(super) fn unusable(error: anyhow::Error, kind: Kind) -> GraphProblem {
    match error.downcast::<SealError>() {
        Ok(ours) => WalkError::from(ours).into(),
        Err(error) => {
            let target = if kind == Kind::OpenIdConnect { "issuer" } else { "identityProviderType" };
            let reason = single_line(&format!("{error:#}"), LONGEST_REASON);
            wrong(target, format!("This provider cannot be used: {reason}"))
        }
    }
}

/// The members of a request that say the same for a new provider and for a known one; each is right, or absent.
struct Parts {
    label: Option<String>,
    client_id: Option<String>,
    secret: Option<SecretString>,
    issuer: Option<String>,
    scopes: Option<Vec<String>>,
    domains: Option<Vec<String>>,
    enabled: Option<bool>,
    position: Option<i64>,
}

/// Reads them. `issuer` is what is known of it.
fn parts(request: IdentityProviderRequest, known_issuer: Option<&str>) -> Result<Parts, GraphProblem> {
    let label = request.display_name.map(|name| single_line(&name, LONGEST_NAME));
    if label.as_ref().is_some_and(String::is_empty) {
        return Err(wrong("displayName", "The name is what people press; it cannot be empty."));
    }
    if request.client_id.as_ref().is_some_and(|id| id.trim().is_empty()) {
        return Err(wrong(
            "clientId",
            "The client id cannot be empty: the provider gives it at the registration.",
        ));
    }
    let secret = match (request.client_secret, request.client_authentication) {
        (Some(_), Some(_)) => {
            return Err(wrong("clientSecret", "Give the secret once: here, or in `clientAuthentication`."));
        }
        (secret, None) => secret,
        (None, Some(ClientAuthenticationRequest { odata_type, client_secret })) => {
            if !is(&odata_type, SECRET_AUTHENTICATION) {
                let message = format!("Only `{SECRET_AUTHENTICATION}` is supported.");
                return Err(wrong("clientAuthentication", message));
            }
            Some(client_secret)
        }
    };
    if secret.as_ref().is_some_and(|secret| secret.0.trim().is_empty()) {
        return Err(wrong(
            "clientSecret",
            "The secret cannot be empty: the provider gives it at the registration.",
        ));
    }
    if request.response_type.is_some_and(|kind| kind != "code") {
        return Err(wrong("responseType", "Only `code` is supported: the authorization code flow."));
    }
    let issuer = request.issuer.as_deref().or(known_issuer);
    if request.well_known_endpoint.is_some_and(|at| Some(at) != issuer.map(described_at)) {
        let message = "The description lies where the issuer says: leave this out, or correct the issuer.";
        return Err(wrong("wellKnownEndpoint", message));
    }
    let scopes = request.scope.map(|scope| {
        let each = scope.split_whitespace().filter(|&scope| scope != "openid");
        each.map(str::to_owned).collect()
    });
    let IdentityProviderExtras { enabled, domains: given, position } = request.vestibule.unwrap_or_default();
    let domains = given.map(|given| {
        domains(&given).map_err(|error| {
            wrong("vestibule/domains", format!("{error:#}: give domains such as partner.example."))
        })
    });
    Ok(Parts {
        label,
        client_id: request.client_id,
        secret: secret.filter(|secret| secret.0 != HIDDEN).map(|secret| SecretString::new(secret.0)),
        issuer: request.issuer,
        scopes,
        domains: domains.transpose()?,
        enabled,
        position: position.map(i64::from),
    })
}

fn kind(request: &IdentityProviderRequest) -> Result<Kind, GraphProblem> {
    let given = request.odata_type.as_deref().unwrap_or_default();
    let named = request.identity_provider_type.as_deref();
    if is(given, OIDC) {
        return match named {
            None => Ok(Kind::OpenIdConnect),
            Some(_) => {
                Err(wrong("identityProviderType", "An OpenID Connect provider has none: leave it out."))
            }
        };
    }
    if !is(given, SOCIAL) {
        let message = format!("Give `{SOCIAL}` or `{OIDC}`; others stand in the organization's file.");
        return Err(wrong("@odata.type", message));
    }
    let known = || Kind::ALL.iter().copied().filter_map(|kind| Some((kind, provider_type(kind)?)));
    let unknown = || {
        let each: Vec<&str> = known().map(|(_, name)| name).collect();
        wrong("identityProviderType", format!("Give one of {}.", each.join(", ")))
    };
    known().find(|(_, name)| Some(*name) == named).map(|(kind, _)| kind).ok_or_else(unknown)
}

/// What a new provider is to be, and its place.
pub(super) fn wanted(request: IdentityProviderRequest) -> Result<(Wanted, Option<i64>), GraphProblem> {
    let kind = kind(&request)?;
    let id = request.id.clone().unwrap_or_else(|| kind.as_str().replace('_', "-"));
    let id = OrganizationId::parse(&id)
        .map_err(|_| wrong("id", "An id has 2 to 40 characters of a-z, 0-9 and -."))?;
    if id.as_str() == Way::EMAIL {
        return Err(wrong("id", "The id `email` is the one-time code's. Give another one."));
    }
    let parts = parts(request, None)?;
    if parts.client_id.is_none() {
        return Err(wrong(
            "clientId",
            "The client id is missing: the provider gives it at the registration.",
        ));
    }
    if parts.secret.is_none() {
        return Err(wrong(
            "clientSecret",
            "The secret is missing: the provider gives it at the registration.",
        ));
    }
    if kind == Kind::OpenIdConnect && parts.issuer.is_none() {
        return Err(wrong(
            "issuer",
            "The issuer is missing: the https address that the provider names itself by.",
        ));
    }
    if kind == Kind::OpenIdConnect && parts.label.is_none() {
        return Err(wrong("displayName", "The name is missing: it is what people press."));
    }
    let wanted = Wanted {
        label: parts.label,
        enabled: parts.enabled.unwrap_or(true),
        domains: parts.domains.unwrap_or_default(),
        issuer: parts.issuer,
        client_id: parts.client_id,
        client_secret: parts.secret,
        scopes: parts.scopes,
        ..Wanted::new(id, kind)
    };
    Ok((wanted, parts.position))
}

/// What a known provider becomes, and which members thereby change. It is asked for its description again only if that
/// could matter, so that one that is down can be renamed, and turned off.
pub(super) async fn change(
    app: &App,
    before: &Managed,
    request: IdentityProviderRequest,
) -> Result<(Managed, Vec<&'static str>), GraphProblem> {
    let Managed { provider, position, source } = before;
    let kind = provider.kind;
    let known = client(&provider.protocol);
    let other = |given: &Option<String>, known: Option<&str>| given.is_some() && given.as_deref() != known;
    let fixed = "cannot be changed: delete the provider, and make another one.";
    if other(&request.id, Some(&provider.id)) {
        return Err(wrong("id", format!("An id {fixed}")));
    }
    if request.odata_type.as_deref().is_some_and(|given| !is(given, odata_type(kind)) && !is(given, BASE)) {
        return Err(wrong("@odata.type", format!("A type {fixed}")));
    }
    if other(&request.identity_provider_type, provider_type(kind)) {
        return Err(wrong("identityProviderType", format!("A type {fixed}")));
    }
    let parts = parts(request, known.issuer)?;
    let mut changed = Vec::new();
    let mut differs = |member: &'static str, is_so: bool| {
        if is_so {
            changed.push(member);
        }
        is_so
    };
    let mut speaks_anew = differs("clientId", other(&parts.client_id, known.id));
    speaks_anew |= differs("clientSecret", parts.secret.is_some());
    speaks_anew |= differs("issuer", other(&parts.issuer, known.issuer));
    speaks_anew |= differs("scope", parts.scopes.as_ref().is_some_and(|scopes| scopes != known.scopes));
    differs("displayName", other(&parts.label, Some(&provider.label)));
    differs("vestibule/domains", parts.domains.as_ref().is_some_and(|given| *given != provider.domains));
    differs("vestibule/position", parts.position.is_some_and(|given| given != *position));
    let enabled = parts.enabled.unwrap_or(provider.enabled);
    if differs("vestibule/enabled", enabled != provider.enabled) {
        speaks_anew |= enabled;
    }
    let label = parts.label.unwrap_or_else(|| provider.label.clone());
    let domains = parts.domains.unwrap_or_else(|| provider.domains.clone());
    if parts.secret.is_none() && other(&parts.issuer, known.issuer) && known.sealed_secret.is_some() {
        // It would be sent to whoever the new issuer names (S110).
        let message = "A secret belongs to one issuer: give `clientSecret` again with another `issuer`.";
        return Err(GraphProblem::bad_request(message).about("clientSecret"));
    }
    let provider = if speaks_anew {
        let secret = match (parts.secret, known.sealed_secret) {
            (None, Some(sealed)) => {
                Some(SecretString::new(secret::open(app, sealed).map_err(WalkError::from)?))
            }
            (secret, _) => secret,
        };
        let endpoint = |of: fn(&vestibule_storage::providers::OAuth2) -> &str| {
            known.endpoints.map(|endpoints| of(endpoints).to_owned())
        };
        let id = OrganizationId::parse(&provider.id).map_err(|_| GraphProblem::not_found())?;
        let wanted = Wanted {
            label: Some(label),
            enabled,
            domains,
            issuer: parts.issuer.or_else(|| known.issuer.map(str::to_owned)),
            client_id: parts.client_id.or_else(|| known.id.map(str::to_owned)),
            client_secret: secret,
            scopes: Some(parts.scopes.unwrap_or_else(|| known.scopes.to_vec())),
            authorization_endpoint: endpoint(|it| &it.authorization_endpoint),
            token_endpoint: endpoint(|it| &it.token_endpoint),
            userinfo_endpoint: endpoint(|it| &it.userinfo_endpoint),
            emails_endpoint: known.endpoints.and_then(|it| it.emails_endpoint.clone()),
            ..Wanted::new(id, kind)
        };
        prepare(app, &provider.organization, wanted).await.map_err(|error| unusable(error, kind))?
    } else {
        Provider { label, domains, enabled, ..provider.clone() }
    };
    let after = Managed { provider, position: parts.position.unwrap_or(*position), source: *source };
    Ok((after, changed))
}
