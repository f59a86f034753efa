//! Where a `federate` step leads.

use vestibule_contract::StepDocument;
use vestibule_contract::step::{Federate, FederateMode};

use crate::route::encode;

/// The provider's address; or that of the page here that speaks to the provider, which is told the flow.
pub fn away(document: &StepDocument, data: &Federate) -> String {
    match (data.mode, &data.redirect_uri, &document.flow.id) {
        (FederateMode::Browser, Some(page), Some(flow)) => [page, "?flow=", &encode(flow)].concat(),
        (FederateMode::Browser | FederateMode::Redirect, _, _) => data.url.clone(),
    }
}
