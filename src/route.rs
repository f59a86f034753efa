//! The page's addresses, the same in front of every backend (section 3 of the contract).
//!
//! By hand and pure: a router would cost a third of the bundle, and the engine decides what is shown anyway.

use std::fmt;

use serde::Serialize;

mod percent;

use percent::decode;
pub(crate) use percent::encode;

/// One page of the front door.
#[derive(Clone, Debug)]
pub enum Route {
    /// `/`: the sign-in entry.
    Home {
        /// In which organization, when the address says so.
        organization: Option<String>,
        /// Where to afterwards. The backend checks it; the page only hands it on.
        return_to: Option<String>,
    },
    /// `/i/{token}`: the link of an invitation mail.
    Invitation {
        /// The invitation's secret.
        token: InvitationToken,
    },
    /// `/flow/{id}`: a running flow.
    Flow {
        /// The flow's id, which is no secret: the flow is bound to its browser by a cookie.
        id: String,
    },
    /// `/signup/{user_flow}`: where a stranger lets himself in.
    SignUp {
        /// By which user flow.
        user_flow: String,
        /// Of which organization, when the address says so.
        organization: Option<String>,
        /// Where to afterwards.
        return_to: Option<String>,
    },
    /// `/apps`: the access panel.
    Apps {
        /// The organization whose panel it is; the backend chooses when absent.
        organization: Option<String>,
        /// The search; empty for everything.
        query: String,
    },
    /// `/apps/account`: consents and activity.
    Account {
        /// The organization in whose panel it stands.
        organization: Option<String>,
    },
    /// `/apps/account/link`: another way to sign in.
    Link {
        /// At which organization.
        organization: Option<String>,
    },
    /// `/desk/invite`: the invite form.
    DeskInvite {
        /// On whose behalf.
        organization: Option<String>,
    },
    /// Anything else.
    Unknown {
        /// The path as it stands in the address bar.
        path: String,
    },
}

/// The secret of an invitation link. Has no `Debug` output, no `==` and no serialized form, so that it reaches
/// nothing but the address bar and the one request that starts its flow.
#[derive(Clone)]
pub struct InvitationToken(String);

impl InvitationToken {
    /// Takes the secret out of a link.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret, for the request that starts the flow and for the link itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[invitation token]")
    }
}

/// What a history entry remembers of a flow: enough to tell Back from Forward, and never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The flow's id.
    pub flow: String,
    /// The revision that was shown.
    pub rev: u64,
    /// How many entries of this page lie before it, to tell Back from Forward.
    pub depth: u32,
}

vestibule_contract::read_members! { Place { flow, rev, depth } }

impl Route {
    /// Reads an address: its path, and its query without the question mark.
    pub fn parse(path: &str, query: &str) -> Self {
        let unknown = || Self::Unknown { path: path.to_owned() };
        let filled = |name: &str| parameter(query, name).filter(|value| !value.is_empty());
        let organization = || filled("organization");
        let one = |rest: &str| {
            if rest.contains('/') { None } else { decode(rest, false) }.filter(|it| !it.is_empty())
        };
        match path {
            "/" | "" => Self::Home { organization: organization(), return_to: filled("return_to") },
            "/apps" => Self::Apps {
                organization: organization(),
                query: parameter(query, "query").unwrap_or_default(),
            },
            "/apps/account" => Self::Account { organization: organization() },
            "/apps/account/link" => Self::Link { organization: organization() },
            "/desk/invite" => Self::DeskInvite { organization: organization() },
            other => {
                if let Some(rest) = other.strip_prefix("/i/") {
                    one(rest).map_or_else(unknown, |token| Self::Invitation { token: InvitationToken(token) })
                } else if let Some(rest) = other.strip_prefix("/signup/") {
                    one(rest).map_or_else(unknown, |user_flow| Self::SignUp {
                        user_flow,
                        organization: organization(),
                        return_to: filled("return_to"),
                    })
                } else if let Some(rest) = other.strip_prefix("/flow/") {
                    one(rest).map_or_else(unknown, |id| Self::Flow { id })
                } else {
                    unknown()
                }
            }
        }
    }

    /// The same from an address in one piece; a fragment is ignored.
    pub fn parse_href(href: &str) -> Self {
        let href = href.split('#').next().unwrap_or_default();
        let (path, query) = href.split_once('?').unwrap_or((href, ""));
        Self::parse(path, query)
    }

    /// The address: path and query, relative to the origin.
    pub fn href(&self) -> String {
        match self {
            Self::Home { organization, return_to } => with_query(
                "/",
                &[("organization", organization.as_deref()), ("return_to", return_to.as_deref())],
            ),
            Self::Invitation { token } => ["/i/", &encode(&token.0)].concat(),
            Self::Flow { id } => ["/flow/", &encode(id)].concat(),
            Self::SignUp { user_flow, organization, return_to } => with_query(
                &["/signup/", &encode(user_flow)].concat(),
                &[("organization", organization.as_deref()), ("return_to", return_to.as_deref())],
            ),
            Self::Apps { organization, query } => {
                with_query("/apps", &[("organization", organization.as_deref()), ("query", Some(query))])
            }
            Self::Account { organization } => {
                with_query("/apps/account", &[("organization", organization.as_deref())])
            }
            Self::Link { organization } => {
                with_query("/apps/account/link", &[("organization", organization.as_deref())])
            }
            Self::DeskInvite { organization } => {
                with_query("/desk/invite", &[("organization", organization.as_deref())])
            }
            Self::Unknown { path } => path.clone(),
        }
    }

    /// Whether what is shown there belongs to somebody who is signed in.
    pub fn is_private(&self) -> bool {
        match self {
            Self::Apps { .. } | Self::Account { .. } | Self::Link { .. } | Self::DeskInvite { .. } => true,
            Self::Home { .. }
            | Self::Invitation { .. }
            | Self::SignUp { .. }
            | Self::Flow { .. }
            | Self::Unknown { .. } => false,
        }
    }
}

/// First value of a query parameter.
fn parameter(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .find(|(key, _)| decode(key, true).as_deref() == Some(name))
        .and_then(|(_, value)| decode(value, true))
}

fn with_query(path: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut href = path.to_owned();
    for (name, value) in parameters {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            href.push(if href.contains('?') { '&' } else { '?' });
            href.push_str(name);
            href.push('=');
            href.push_str(&encode(value));
        }
    }
    href
}

#[cfg(test)]
mod tests;
