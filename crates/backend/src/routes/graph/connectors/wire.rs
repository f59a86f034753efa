//! Stored connectors in Graph's shape. No answer has a secret.

use vestibule_contract::api_connector::{
    ApiAuthentication, ApiCertificate, ApiConnector, ApiConnectorDetails, BASIC, CERTIFICATE,
};
use vestibule_contract::identity_provider::HIDDEN;
use vestibule_domain::time::Timestamp;
use vestibule_storage::connectors::Authentication;
use vestibule_storage::connectors::managed::Managed;

use crate::connectors::{certificate, shown_address};
use crate::routes::graph::odata::Kind;
use crate::routes::graph::resource;
use crate::state::App;

/// Where the resources are.
pub(super) const PATH: &str = "/v1.0/identity/apiConnectors";
/// Their set.
pub(super) const SET: &str = "identity/apiConnectors";

/// What a connector has.
pub(super) const CONNECTOR: Kind = Kind {
    members: &["id", "displayName", "targetUrl", "authenticationConfiguration", "vestibule"],
    expands: &[],
};

/// A connector.
pub(super) fn connector(managed: &Managed) -> ApiConnector {
    let Managed { connector, source } = managed;
    ApiConnector {
        odata_context: None,
        id: connector.id.clone(),
        display_name: connector.name.clone(),
        target_url: shown_address(&connector.target_url),
        authentication_configuration: authentication(&connector.authentication),
        vestibule: ApiConnectorDetails {
            timeout_seconds: connector.timeout_seconds,
            on_failure: connector.on_failure.as_str().to_owned(),
            source: source.as_str().to_owned(),
        },
    }
}

fn authentication(stored: &Authentication) -> ApiAuthentication {
    match stored {
        Authentication::Basic { username, .. } => ApiAuthentication {
            odata_type: BASIC.to_owned(),
            username: Some(username.clone()),
            password: Some(HIDDEN.to_owned()),
            certificate_list: None,
        },
        Authentication::Certificate { certificates, .. } => {
            let seconds = |at: Timestamp| at.millis().div_euclid(1_000);
            let one = certificate::shown(certificates).map(|shown| ApiCertificate {
                thumbprint: shown.thumbprint,
                not_after: seconds(shown.until),
                not_before: seconds(shown.from),
                is_active: true,
            });
            ApiAuthentication {
                odata_type: CERTIFICATE.to_owned(),
                certificate_list: Some(one.into_iter().collect()),
                ..ApiAuthentication::default()
            }
        }
    }
}

/// A connector as a resource of its own.
pub(super) fn entity(app: &App, managed: &Managed) -> ApiConnector {
    let context = resource::context(app, &format!("{SET}/$entity"));
    ApiConnector { odata_context: Some(context), ..connector(managed) }
}
