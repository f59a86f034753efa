//! The step on the way to an identity provider.

use serde::{Deserialize, Serialize};

/// Data of `federate`: the browser goes to an identity provider and comes back by itself.
///
/// A page that runs script goes there when the step comes as the answer to an action, and otherwise offers a link: after
/// Back nobody is sent away again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Federate {
    /// Name of the provider.
    pub label: String,
    /// The provider's origin, to be shown.
    pub origin: String,
    /// Who speaks to the provider.
    #[serde(default)]
    pub mode: FederateMode,
    /// Mode `redirect`: where to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Mode `browser`: issuer of the provider, byte for byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Mode `browser`: the client id there, of a public client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Mode `browser`: what is asked for, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Mode `browser`: the front-end's own page that speaks to the provider. The browser goes there with the flow's id as
    /// the query's `flow`, and the provider sends it back there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
    /// Mode `browser`: what the ID token has to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Mode `browser`: whom the provider may expect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_hint: Option<String>,
}

wire_enum! {
    /// Who speaks to an identity provider.
    #[derive(Default)]
    pub enum FederateMode, unknown Redirect {
        /// The backend: the browser only goes there and comes back.
        #[default]
        Redirect = "redirect",
        /// The front-end, as a public client with PKCE: it hands the backend the ID token by the action `complete`.
        Browser = "browser",
    }
}
