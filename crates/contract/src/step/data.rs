//! The data of each step type.

use super::{Deserialize, Instant, OrganizationCard, Serialize};

/// Data of `invitation`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct InvitationCard {
    /// On whose behalf.
    pub organization: OrganizationCard,
    /// Who invites.
    pub inviter: Inviter,
    /// The inviter's own words: plain text, addresses in it defanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What is shared, as far as it may be told before the mailbox is proven.
    pub resources: Vec<Resource>,
    /// The invited address, masked.
    pub invited: String,
    /// Until when it can be redeemed.
    pub expires_at: Instant,
}

/// A person who invites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Inviter {
    /// Display name.
    pub name: String,
    /// Address, when the inviter has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// One shared thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Resource {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
}

wire_enum! {
    /// What a shared thing is.
    pub enum ResourceKind, unknown App {
        /// An application.
        App = "app",
        /// A site.
        Site = "site",
        /// A folder.
        Folder = "folder",
        /// A file.
        File = "file",
        /// A group.
        Group = "group",
    }
}

/// Data of `identify`: nothing beyond its field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Identify {}

/// Data of `choose_provider`: the ways to prove who one is, the likeliest first. Each has an action `choose` of its own,
/// with the provider in a hidden field and its label as the button's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct ChooseProvider {
    /// The ways.
    pub providers: Vec<ProviderCard>,
}

/// One way to prove who one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct ProviderCard {
    /// Its id, unique in the organization; `email` for the one-time code.
    pub id: String,
    /// What it is.
    pub kind: ProviderKind,
    /// Its name, as the organization gives it.
    pub label: String,
    /// Whether it was used last at this browser; it stands first then.
    #[serde(default)]
    pub last_used: bool,
    /// Whether it did not answer a moment ago. It may be tried all the same.
    #[serde(default)]
    pub unavailable: bool,
}

wire_enum! {
    /// What a way to prove who one is consists of.
    pub enum ProviderKind, unknown Other {
        /// A one-time code to the mailbox.
        EmailCode = "email_code",
        /// An OpenID Connect provider.
        OpenIdConnect = "openid_connect",
        /// A SAML 2.0 identity provider.
        Saml = "saml",
        /// An OAuth 2.0 server that tells who signed in.
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
        /// A kind of a newer backend.
        Other = "other",
    }
}

/// Data of `email_code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct EmailCode {
    /// Where the code goes, masked.
    pub sent_to: String,
    /// From whom the mail comes, so that it can be found and allowed.
    pub sender: String,
    /// How many digits it has.
    pub digits: u32,
    /// Whether one is under way.
    pub state: CodeState,
    /// From when another can be asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resend_at: Option<Instant>,
    /// Until when the newest code works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
}

wire_enum! {
    /// State of a code step.
    pub enum CodeState, unknown Sent {
        /// Nothing sent yet; `send` sends.
        Ready = "ready",
        /// A code is under way; `verify` takes it.
        Sent = "sent",
    }
}

/// Data of `wrong_account`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct WrongAccount {
    /// The invited address, masked.
    pub invited: String,
    /// The address that is signed in here.
    pub active: String,
}

/// Data of `consent`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Consent {
    /// Who asks.
    pub organization: OrganizationCard,
    /// The account that agrees.
    pub account: String,
    /// The organization's privacy statement; absent when it gave none, which the page says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_url: Option<String>,
    /// The organization's terms, when it gave any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_url: Option<String>,
    /// What the organization may do.
    pub permissions: Vec<Permission>,
    /// The very values that it receives.
    pub shared: Vec<SharedValue>,
}

wire_enum! {
    /// One permission of the consent screen.
    pub enum Permission, unknown UseData {
        /// Receive profile data.
        ReceiveProfile = "receive_profile",
        /// Collect and log activity.
        LogActivity = "log_activity",
        /// Use profile and activity data.
        UseData = "use_data",
    }
}

/// One value that the organization receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct SharedValue {
    /// Claim name: `email`, `name`, `identity_provider`, …
    pub claim: String,
    /// Its value.
    pub value: String,
}

/// Data of `blocked`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Blocked {
    /// Why.
    pub reason: BlockedReason,
    /// A short reference to give to support.
    pub reference: String,
    /// Whom to ask, as an address or a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Who invited, where knowing it helps ("ask Ana for a new one").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inviter: Option<String>,
}

wire_enum! {
    /// Why a walk does not go on.
    pub enum BlockedReason, unknown Other {
        /// The link is not one of ours, or is incomplete.
        UnknownInvitation = "unknown_invitation",
        /// The invitation has run out.
        InvitationExpired = "invitation_expired",
        /// The organization took it back.
        InvitationRevoked = "invitation_revoked",
        /// The invited person declined it.
        InvitationDeclined = "invitation_declined",
        /// A newer mail carries a newer link.
        InvitationReplaced = "invitation_replaced",
        /// It has been redeemed already; signing in is the way.
        InvitationUsed = "invitation_used",
        /// "This isn't for me": nothing was changed.
        NotForYou = "not_for_you",
        /// The person did not agree; nothing was changed.
        ConsentRefused = "consent_refused",
        /// The flow belongs to another browser.
        OtherBrowser = "other_browser",
        /// The flow has run out.
        FlowExpired = "flow_expired",
        /// The account may not sign in here.
        AccountDisabled = "account_disabled",
        /// The organization does not admit addresses of that domain.
        DomainBlocked = "domain_blocked",
        /// Nobody lets himself in here: there is no such user flow, or it is turned off.
        SignUpOff = "sign_up_off",
        /// The organization does not let this person in; a message says in its words why.
        SignUpRefused = "sign_up_refused",
        /// Nobody decided about the sign-up in time; asking again helps.
        SignUpUnanswered = "sign_up_unanswered",
        /// What the organization asks before it lets somebody in does not answer; trying again helps.
        Unavailable = "unavailable",
        /// Too many attempts; waiting helps.
        TooManyAttempts = "too_many_attempts",
        /// Cookies are off, without which nobody can be recognised from one step to the next.
        CookiesOff = "cookies_off",
        /// The backend had a fault.
        Internal = "internal",
        /// A reason of a newer backend.
        Other = "other",
    }
}

/// Data of `done`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Done {
    /// Where to go now.
    pub redirect: String,
    /// What is there.
    pub kind: DoneKind,
}

wire_enum! {
    /// What a finished walk leads to.
    pub enum DoneKind, unknown App {
        /// The access panel.
        Panel = "panel",
        /// A shared app.
        App = "app",
        /// An OpenID client that asked for the sign-in.
        Client = "client",
    }
}
