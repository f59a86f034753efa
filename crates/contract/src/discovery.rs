//! `GET /.well-known/vestibule`: what a backend is and where its parts live.

use serde::{Deserialize, Serialize};

/// Path of the discovery document, the same on every backend.
pub const PATH: &str = "/.well-known/vestibule";

/// The discovery document. Public, cacheable, with an `ETag`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Discovery {
    /// Version of the contract, `major.minor`.
    pub contract: String,
    /// Which parts work here: `redeem`, `email-code`, `consent`, `panel`, `desk`, `html` and so on.
    pub profiles: Vec<String>,
    /// Where the parts live, absolute or relative to this origin.
    pub endpoints: Endpoints,
    /// The OpenID Provider's issuer, when the backend is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// How cookies can work between page and backend.
    pub deployment: Deployment,
    /// BCP 47 tags of the languages in which the backend writes mail and messages.
    pub locales: Vec<String>,
    /// Origins that a step may send the browser to, besides the backend's own.
    pub redirect_origins: Vec<String>,
}

/// The endpoints that discovery names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Endpoints {
    /// Flows: `POST` starts one, `GET`/`POST {flows}/{id}` continue it.
    pub flows: String,
    /// The session at this browser.
    pub session: String,
    /// The signed-in person and the panel.
    pub me: String,
    /// Brand of an organization.
    pub brand: String,
    /// The management plane, shaped like Microsoft Graph v1.0.
    pub desk: String,
}

wire_enum! {
    /// Where the page and the backend stand to each other.
    pub enum Deployment, unknown SameOrigin {
        /// One origin serves both (the default).
        SameOrigin = "same-origin",
        /// Two origins of one site.
        SameSite = "same-site",
        /// Two sites: bearer instead of cookies, with a list of allowed origins.
        CrossSite = "cross-site",
    }
}
