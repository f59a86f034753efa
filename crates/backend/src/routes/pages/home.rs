//! `/`: the sign-in entry.

use axum::extract::{OriginalUri, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use vestibule_contract::flow::{Intent, StartFlow};

use super::form::Posted;
use super::invitation::{begin, look};
use super::respond::{come_again, see_other};
use crate::flows::session::landing;
use crate::http::client_ip::ClientIp;
use crate::http::problem::ApiProblem;
use crate::routes::me::context::{self, About, Asked};
use crate::sessions::Signed;
use crate::state::Shared;

/// Into which organization, and where to afterwards.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Entry {
    #[serde(default)]
    organization: Option<String>,
    #[serde(default)]
    return_to: Option<String>,
}

impl Entry {
    /// The start of a flow from here.
    pub(super) fn request(self, intent: Intent) -> StartFlow {
        StartFlow { organization: self.organization, return_to: self.return_to, ..StartFlow::new(intent) }
    }
}

/// Asks for the address; somebody who is signed in is taken to the panel.
pub async fn get(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(entry): Query<Entry>,
    session: Result<Option<Signed>, ApiProblem>,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let signed = match session {
        Ok(Some(Signed(session))) => {
            let asked = Asked { organization: entry.organization.clone() };
            if let Ok(here) = context::of(&app, &session, &asked, About::Shared).await {
                let (wish, organization) = (entry.return_to.as_deref(), here.organization.id.as_str());
                return see_other(&landing(wish, Some(organization), app.config.public_url.origin()));
            }
            // Signed in, and not in there: what is missing is asked for, such as a consent that was taken back.
            Some(session)
        }
        Ok(None) => {
            if let Some(again) = come_again(&headers, path) {
                return again;
            }
            None
        }
        Err(problem) => return super::problem(&app, &headers, &problem),
    };
    let action = path.to_owned();
    look(&app, &headers, entry.request(Intent::SignIn), signed, action).await
}

/// Takes the address.
pub async fn post(
    State(app): State<Shared>,
    Query(entry): Query<Entry>,
    ClientIp(client): ClientIp,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    begin(&app, entry.request(Intent::SignIn), posted, session, client).await
}
