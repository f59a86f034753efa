//! What people know a provider as.

use crate::named::named;

named! {
    /// What people know a provider as: whose mark it bears, or what it speaks where it has none of these.
    pub enum Kind {
        /// Some OpenID Connect provider.
        OpenIdConnect = "openid_connect",
        /// Some SAML 2.0 identity provider.
        Saml = "saml",
        /// Some OAuth 2.0 server that tells who signed in.
        OAuth2 = "oauth2",
        /// Google.
        Google = "google",
        /// Microsoft, work or school accounts.
        Microsoft = "microsoft",
        /// Microsoft, personal accounts.
        MicrosoftPersonal = "microsoft_personal",
        /// Facebook.
        Facebook = "facebook",
        /// Apple.
        Apple = "apple",
        /// GitHub.
        GitHub = "github",
        /// `LinkedIn`.
        LinkedIn = "linkedin",
    }
}

impl Kind {
    /// Domains of mailboxes that this provider runs itself, so that its word about them is a proof.
    pub const fn own_domains(self) -> &'static [&'static str] {
        match self {
            Self::Google => &["gmail.com", "googlemail.com"],
            Self::MicrosoftPersonal => &["outlook.com", "hotmail.com", "live.com", "msn.com"],
            Self::Apple => &["icloud.com", "me.com", "mac.com"],
            Self::OpenIdConnect
            | Self::Saml
            | Self::OAuth2
            | Self::Microsoft
            | Self::Facebook
            | Self::GitHub
            | Self::LinkedIn => &[],
        }
    }
}
