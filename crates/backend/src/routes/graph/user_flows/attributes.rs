//! `/v1.0/identity/userFlowAttributes`: what can be asked, and what is.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user_flow_attribute::UserFlowAttributes;
use vestibule_domain::sign_up::{Attribute, BuiltIn};

use super::{read, wire};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::odata::Queried;
use crate::routes::graph::resource;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// The built-in attributes, and those of its own that an organization's user flows ask.
pub async fn list(State(app): State<Shared>, queried: Queried, headers: HeaderMap) -> Response {
    let outcome = all(&app, &queried.asked, &headers).await;
    queried.list(&app, &headers, &wire::ATTRIBUTE, outcome)
}

async fn all(app: &App, asked: &Asked, headers: &HeaderMap) -> Result<UserFlowAttributes, GraphProblem> {
    let (organization, flows, _) = read::all(app, asked, headers).await?;
    let of = organization.id.as_str();
    let bare = |known: &BuiltIn| Attribute { id: known.as_str().to_owned(), ..Attribute::default() };
    let mut value: Vec<_> = BuiltIn::ALL.iter().map(|known| wire::attribute(of, &bare(known))).collect();
    for attribute in flows.iter().flat_map(|known| &known.flow.attributes) {
        let attribute = wire::attribute(of, attribute);
        // Of one that several ask, the first says what it is called.
        if !value.iter().any(|known| known.id == attribute.id) {
            value.push(attribute);
        }
    }
    Ok(UserFlowAttributes { odata_context: resource::context(app, "identity/userFlowAttributes"), value })
}
