//! What is known of the usual providers, so that they take a client id and a secret and nothing else.

use vestibule_domain::provider::Kind;

/// What a kind of provider brings along.
#[derive(Clone, Copy, Debug)]
pub(super) enum Preset {
    /// Speaks OpenID Connect.
    OpenIdConnect {
        /// Its name.
        label: Option<&'static str>,
        /// Its issuer.
        issuer: Option<&'static str>,
        /// What is asked for besides `openid`.
        scopes: &'static [&'static str],
    },
    /// Speaks OAuth 2.0 and tells who signed in.
    OAuth2 {
        /// Its name.
        label: Option<&'static str>,
        /// Authorization, token, user, and list of addresses.
        endpoints: Option<Endpoints>,
        /// What is asked for.
        scopes: &'static [&'static str],
    },
    /// Speaks SAML 2.0.
    Saml,
}

/// Where an OAuth 2.0 server is asked what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Endpoints {
    /// People agree.
    pub(super) authorization: &'static str,
    /// Codes become tokens.
    pub(super) token: &'static str,
    /// Who signed in.
    pub(super) userinfo: &'static str,
    /// Addresses, and which are verified.
    pub(super) emails: Option<&'static str>,
}

const EMAIL_AND_PROFILE: &[&str] = &["email", "profile"];

/// What this kind brings along.
pub(super) const fn of(kind: Kind) -> Preset {
    let (label, issuer, scopes) = match kind {
        Kind::OpenIdConnect => (None, None, EMAIL_AND_PROFILE),
        Kind::Google => (Some("Google"), Some("https://accounts.google.com"), EMAIL_AND_PROFILE),
        Kind::Microsoft => (
            Some("Microsoft work or school"),
            Some("https://login.microsoftonline.com/{tenantid}/v2.0"),
            EMAIL_AND_PROFILE,
        ),
        // Personal accounts are one tenant, the same everywhere.
        Kind::MicrosoftPersonal => (
            Some("Microsoft"),
            Some("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"),
            EMAIL_AND_PROFILE,
        ),
        Kind::Apple => (Some("Apple"), Some("https://appleid.apple.com"), &["email", "name"] as &[&str]),
        Kind::LinkedIn => (Some("LinkedIn"), Some("https://www.linkedin.com/oauth"), EMAIL_AND_PROFILE),
        Kind::Saml => return Preset::Saml,
        Kind::OAuth2 => return Preset::OAuth2 { label: None, endpoints: None, scopes: &[] },
        Kind::GitHub => {
            return Preset::OAuth2 {
                label: Some("GitHub"),
                endpoints: Some(Endpoints {
                    authorization: "https://github.com/login/oauth/authorize",
                    token: "https://github.com/login/oauth/access_token",
                    userinfo: "https://api.github.com/user",
                    emails: Some("https://api.github.com/user/emails"),
                }),
                scopes: &["read:user", "user:email"],
            };
        }
        Kind::Facebook => {
            return Preset::OAuth2 {
                label: Some("Facebook"),
                endpoints: Some(Endpoints {
                    authorization: "https://www.facebook.com/v21.0/dialog/oauth",
                    token: "https://graph.facebook.com/v21.0/oauth/access_token",
                    userinfo: "https://graph.facebook.com/v21.0/me?fields=id,name,email",
                    emails: None,
                }),
                scopes: &["public_profile", "email"],
            };
        }
    };
    Preset::OpenIdConnect { label, issuer, scopes }
}
