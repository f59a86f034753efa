//! `{me}`: the access panel of the signed-in person.

use serde::{Deserialize, Serialize};

use crate::Instant;
use crate::document::OrganizationCard;
use crate::step::{Permission, ResourceKind, SharedValue};

/// `GET {me}`: the person in the current organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Me {
    /// Id of the person's object in this organization.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What the person is here.
    pub role: Role,
    /// The organization whose panel this is.
    pub organization: OrganizationCard,
    /// Whether the person may invite guests here.
    pub may_invite: bool,
    /// Whether there are ways to sign in that the person could add: a flow of the intent `link`.
    #[serde(default)]
    pub may_link: bool,
    /// BCP 47 tag of the preferred language, when one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

wire_enum! {
    /// What somebody is in an organization.
    pub enum Role, unknown Guest {
        /// A guest.
        Guest = "guest",
        /// A member of the organization.
        Member = "member",
        /// May invite guests whatever members may.
        Inviter = "inviter",
        /// Administers the organization.
        Administrator = "administrator",
    }
}

/// `GET {me}/apps?query&cursor`: what is shared with the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Apps {
    /// This page of it, in the person's own order, else by name.
    pub items: Vec<App>,
    /// How many there are in all that match.
    pub total: u32,
    /// Opaque; sent back for the next page. Absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// One shared thing, and why it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct App {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What one does with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it is.
    pub kind: ResourceKind,
    /// Where it opens; an `https` address, or a path of this origin.
    pub launch_url: String,
    /// Why it is there.
    pub why: Why,
    /// Since when.
    pub since: Instant,
    /// Until when; absent when no end is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Whom to ask about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Contact>,
    /// Name of the collection it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
}

/// Why somebody can see a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Why {
    /// Who granted it.
    pub granted_by: String,
    /// The grantor's reason, in the grantor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Display name.
    pub name: String,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// `GET {me}/organizations`: every organization that knows this person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Organizations {
    /// All of them, by name.
    pub items: Vec<Membership>,
}

/// One organization that knows this person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Membership {
    /// Which.
    pub organization: OrganizationCard,
    /// As what.
    pub role: Role,
    /// Since when.
    pub since: Instant,
    /// Whether this panel shows it now.
    pub current: bool,
}

/// `GET {me}/consents`: what the person agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Consents {
    /// Newest first.
    pub items: Vec<ConsentRecord>,
}

/// One consent, with what was said in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct ConsentRecord {
    /// Its id; `DELETE {me}/consents/{id}` takes it back.
    pub id: String,
    /// To whom it was given.
    pub organization: OrganizationCard,
    /// When.
    pub given_at: Instant,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Instant>,
    /// What the organization may do.
    pub permissions: Vec<Permission>,
    /// The values that were shared.
    pub shared: Vec<SharedValue>,
}

/// `GET {me}/activity`: the person's own sign-ins and changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Newest first, 50 at most.
    pub items: Vec<ActivityEntry>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct ActivityEntry {
    /// When.
    pub at: Instant,
    /// What, as a code: `session.started`, `invitation.accepted`, …
    pub action: String,
}
