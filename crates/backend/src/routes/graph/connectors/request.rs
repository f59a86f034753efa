//! What a request wants of a connector; what is wrong is refused with the member it is about.

use vestibule_contract::api_connector::{
    ApiAuthenticationRequest, ApiConnectorExtras, ApiConnectorRequest, BASIC, CERTIFICATE, PKCS12,
};
use vestibule_contract::identity_provider::{HIDDEN, WriteOnly};
use vestibule_domain::id::OrganizationId;
use vestibule_domain::message::single_line;
use vestibule_domain::secret::SecretString;
use vestibule_storage::connectors::{Authentication, Connector, OnFailure};

use super::bundle;
use crate::connectors::save::prepare;
use crate::connectors::wanted::Wanted;
use crate::connectors::{MASK, secret, shown_address};
use crate::flows::walk::WalkError;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::resource::{chosen_id, is, wrong};
use crate::seal::SealError;
use crate::state::App;

/// Most characters of a reason.
const LONGEST_REASON: usize = 400;
/// As long as Microsoft Entra waits.
const TIMEOUT: u32 = 20;

const USERNAME: &str = "authenticationConfiguration/username";
const PASSWORD: &str = "authenticationConfiguration/password";
const BUNDLE: &str = "authenticationConfiguration/pkcs12Value";

/// The names of an organization's file, and the members of a request.
const MEMBERS: [(&str, &str, &str); 7] = [
    ("`target_url`", "`targetUrl`", "targetUrl"),
    ("`timeout_seconds`", "`vestibule/timeoutSeconds`", "vestibule/timeoutSeconds"),
    ("`private_key`", "`vestibule/privateKey`", "vestibule/privateKey"),
    ("`certificate`", "`vestibule/certificate`", "vestibule/certificate"),
    ("`username`", "`username`", USERNAME),
    ("`password`", "`password`", PASSWORD),
    ("`name`", "`displayName`", "displayName"),
];

/// Why a connector cannot be used, as its check said it: with the member that it says first.
pub(super) fn unusable(error: anyhow::Error) -> GraphProblem {
    let error = match error.downcast::<SealError>() {
        Ok(ours) => return WalkError::from(ours).into(),
        Err(error) => error,
    };
    let mut reason = single_line(&format!("{error:#}"), LONGEST_REASON);
    let first = MEMBERS
        .into_iter()
        .filter_map(|(name, _, member)| Some((reason.find(name)?, member)))
        .min_by_key(|(at, _)| *at);
    for (name, shown, _) in MEMBERS {
        reason = reason.replace(name, shown);
    }
    let member = first.map_or("authenticationConfiguration", |(_, member)| member);
    wrong(member, format!("This connector cannot be used: {reason}"))
}

/// How it is to know us, as far as a request says. `******` is what is known.
#[derive(Default)]
struct Credentials {
    username: Option<String>,
    password: Option<SecretString>,
    certificate: Option<String>,
    private_key: Option<SecretString>,
    /// Says so, and nothing new.
    is_certificate: bool,
    is_basic: bool,
}

async fn credentials(
    app: &App,
    authentication: Option<ApiAuthenticationRequest>,
    certificate: Option<String>,
    private_key: Option<WriteOnly>,
) -> Result<Credentials, GraphProblem> {
    let secret = |given: Option<WriteOnly>| {
        given.filter(|given| given.0 != HIDDEN).map(|given| SecretString::new(given.0))
    };
    let mut credentials =
        Credentials { certificate, private_key: secret(private_key), ..Credentials::default() };
    let Some(given) = authentication else { return Ok(credentials) };
    if is(&given.odata_type, PKCS12) {
        if given.username.is_some() || credentials.certificate.is_some() || credentials.private_key.is_some()
        {
            return Err(one_way());
        }
        let opened = bundle::open(app, given.pkcs12_value, given.password, [BUNDLE, PASSWORD]).await?;
        credentials.is_certificate = true;
        credentials.certificate = Some(opened.certificates);
        credentials.private_key = Some(opened.private_key);
        return Ok(credentials);
    }
    credentials.is_basic = is(&given.odata_type, BASIC);
    credentials.is_certificate = is(&given.odata_type, CERTIFICATE);
    if !credentials.is_basic && !credentials.is_certificate {
        let message = format!(
            "Only `{BASIC}` and `{PKCS12}` are supported, and certificates in PEM: `vestibule/certificate` and `vestibule/privateKey`."
        );
        return Err(wrong("authenticationConfiguration", message));
    }
    let secret_given = given.username.is_some() || given.password.is_some();
    if given.pkcs12_value.is_some() || (credentials.is_certificate && secret_given) {
        return Err(one_way());
    }
    credentials.username = given.username;
    credentials.password = secret(given.password);
    Ok(credentials)
}

fn one_way() -> GraphProblem {
    wrong("authenticationConfiguration", "A connector knows us by a password or by a certificate.")
}

fn on_failure(given: Option<&str>) -> Result<Option<OnFailure>, GraphProblem> {
    let Some(given) = given else { return Ok(None) };
    let known = [OnFailure::Closed, OnFailure::Open].into_iter().find(|one| one.as_str() == given);
    known.map(Some).ok_or_else(|| wrong("vestibule/onFailure", "Give `fail_closed` or `fail_open`."))
}

/// An address as it was read is not one: what is hidden in it would be lost.
fn whole(address: String) -> Result<String, GraphProblem> {
    if address.contains(MASK) {
        let message = format!("`{MASK}` stands for what is not told: give the whole address.");
        return Err(wrong("targetUrl", message));
    }
    Ok(address)
}

/// What a new connector is to be.
pub(super) async fn wanted(app: &App, request: ApiConnectorRequest) -> Result<Wanted, GraphProblem> {
    let id = chosen_id(request.id.as_deref(), request.display_name.as_deref())?;
    let missing = |member, message: &str| wrong(member, message);
    let name = request
        .display_name
        .ok_or_else(|| missing("displayName", "The name is missing: those who manage it see it."))?;
    let target_url = request
        .target_url
        .ok_or_else(|| missing("targetUrl", "The address is missing: where the connector is asked."))?;
    let extras = request.vestibule.unwrap_or_default();
    let ApiConnectorExtras { timeout_seconds, on_failure: failure, certificate, private_key } = extras;
    let given = credentials(app, request.authentication_configuration, certificate, private_key).await?;
    if given.is_basic && given.password.is_none() {
        return Err(missing(PASSWORD, "The password is missing: by it the connector knows that we ask."));
    }
    Ok(Wanted {
        id,
        name,
        target_url: whole(target_url)?,
        username: given.username,
        password: given.password,
        certificate: given.certificate,
        private_key: given.private_key,
        timeout_seconds: timeout_seconds.unwrap_or(TIMEOUT),
        on_failure: on_failure(failure.as_deref())?.unwrap_or_default(),
    })
}

/// What a known connector becomes, and which members thereby change.
pub(super) async fn change(
    app: &App,
    before: &Connector,
    request: ApiConnectorRequest,
) -> Result<(Connector, Vec<&'static str>), GraphProblem> {
    if request.id.is_some_and(|id| id != before.id) {
        return Err(wrong("id", "An id cannot be changed: delete the connector, and make another one."));
    }
    let extras = request.vestibule.unwrap_or_default();
    let (certificate, private_key) = (extras.certificate, extras.private_key);
    let given = credentials(app, request.authentication_configuration, certificate, private_key).await?;
    let target_url = match request.target_url {
        Some(given) if given != shown_address(&before.target_url) => whole(given)?,
        _ => before.target_url.clone(),
    };
    let fresh = given.password.is_some() || given.private_key.is_some();
    let wanted = Wanted {
        id: OrganizationId::parse(&before.id).map_err(|_| GraphProblem::not_found())?,
        name: request.display_name.unwrap_or_else(|| before.name.clone()),
        target_url,
        timeout_seconds: extras.timeout_seconds.unwrap_or(before.timeout_seconds),
        on_failure: on_failure(extras.on_failure.as_deref())?.unwrap_or(before.on_failure),
        username: None,
        password: None,
        certificate: None,
        private_key: None,
    };
    let wanted = known_by(app, before, wanted, given)?;
    let (name, certificate) = (wanted.username.clone(), wanted.certificate.clone());
    let mut after = prepare(app, &before.organization, wanted).await.map_err(unusable)?;
    if !fresh && after.target_url != before.target_url {
        // It would be shown to whoever answers there (S110).
        return Err(match &before.authentication {
            Authentication::Basic { .. } => wrong(
                PASSWORD,
                "A secret belongs to one address: give `password` again with another `targetUrl`.",
            ),
            Authentication::Certificate { .. } => wrong(
                "vestibule/privateKey",
                "A secret belongs to one address: give `vestibule/privateKey` again with another `targetUrl`.",
            ),
        });
    }
    let same = match &before.authentication {
        Authentication::Basic { username, .. } => name.as_ref() == Some(username),
        Authentication::Certificate { certificates, .. } => certificate.as_ref() == Some(certificates),
    };
    if !fresh && same {
        // Sealed again it would look like another one.
        after.authentication = before.authentication.clone();
    }
    let differences = [
        ("displayName", after.name != before.name),
        ("targetUrl", after.target_url != before.target_url),
        ("authenticationConfiguration", after.authentication != before.authentication),
        ("vestibule/timeoutSeconds", after.timeout_seconds != before.timeout_seconds),
        ("vestibule/onFailure", after.on_failure != before.on_failure),
    ];
    let changed = differences.into_iter().filter(|(_, differs)| *differs).map(|(member, _)| member);
    Ok((after, changed.collect()))
}

/// With what it knows us by afterwards: what is given, else what is known.
fn known_by(
    app: &App,
    before: &Connector,
    wanted: Wanted,
    given: Credentials,
) -> Result<Wanted, GraphProblem> {
    let open = |sealed: &str| {
        let opened = secret::open(app, sealed).map_err(WalkError::from)?;
        Ok::<_, GraphProblem>(SecretString::new(opened))
    };
    let to_certificate = given.is_certificate || given.certificate.is_some() || given.private_key.is_some();
    let to_basic = given.is_basic || given.username.is_some() || given.password.is_some();
    if to_basic && to_certificate {
        return Err(one_way());
    }
    let Credentials { username, password, certificate, private_key, .. } = given;
    Ok(match &before.authentication {
        Authentication::Basic { username: known, sealed_password } if !to_certificate => Wanted {
            username: Some(username.unwrap_or_else(|| known.clone())),
            password: Some(password.map_or_else(|| open(sealed_password), Ok)?),
            ..wanted
        },
        Authentication::Certificate { sealed_key, certificates } if !to_basic => Wanted {
            certificate: Some(certificate.unwrap_or_else(|| certificates.clone())),
            private_key: Some(private_key.map_or_else(|| open(sealed_key), Ok)?),
            ..wanted
        },
        Authentication::Basic { .. } | Authentication::Certificate { .. } => {
            Wanted { username, password, certificate, private_key, ..wanted }
        }
    })
}
