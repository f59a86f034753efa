//! `POST /v1.0/identity/apiConnectors/{id}/uploadClientCertificate`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::api_connector::{
    ApiConnector, ApiConnectorExtras, ApiConnectorRequest, ClientCertificateRequest,
};
use vestibule_contract::identity_provider::WriteOnly;

use super::change::change;
use super::{bundle, wire};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, Id, id, said, told};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Gives a connector a client certificate, in the place of whatever it knew us by.
pub async fn post(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<ClientCertificateRequest>,
) -> Response {
    told(&app, &headers, run(&app, path, &asked, &headers, body).await)
}

async fn run(
    app: &App,
    path: Id,
    asked: &Asked,
    headers: &HeaderMap,
    body: Body<ClientCertificateRequest>,
) -> Result<ApiConnector, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteConnectors).await?;
    let (request, id) = (said(body)?, id(path)?);
    let ClientCertificateRequest { pkcs12_value, password } = request;
    let opened = bundle::open(app, pkcs12_value, password, ["pkcs12Value", "password"]).await?;
    let extras = ApiConnectorExtras {
        certificate: Some(opened.certificates),
        private_key: Some(WriteOnly(opened.private_key.reveal().to_owned())),
        ..ApiConnectorExtras::default()
    };
    let request = ApiConnectorRequest { vestibule: Some(extras), ..ApiConnectorRequest::default() };
    Ok(wire::entity(app, &change(app, caller, id, request).await?))
}
