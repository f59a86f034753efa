//! `/v1.0/policies/authenticationFlowsPolicy`: whether strangers may let themselves in at all.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user_flow::{AuthenticationFlowsPolicy, SelfServiceSignUp};

use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{self, told};
use crate::routes::me::context::Asked;
use crate::state::Shared;

/// The policy.
pub async fn get(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::ReadUserFlows).await?;
        Ok(AuthenticationFlowsPolicy {
            odata_context: resource::context(&app, "policies/authenticationFlowsPolicy/$entity"),
            id: "authenticationFlowsPolicy".to_owned(),
            display_name: "Authentication flows policy".to_owned(),
            description: "Whether people can let themselves in by a user flow.".to_owned(),
            self_service_sign_up: SelfServiceSignUp {
                is_enabled: caller.organization.settings.self_service_sign_up,
            },
        })
    };
    told(&app, &headers, outcome.await)
}
