//! What the invite page of the desk needs beside Graph's own resources.

use serde::{Deserialize, Serialize};

use crate::document::OrganizationCard;
use crate::step::Resource;

/// `GET {desk}/vestibule/inviteOptions`: what this caller may put into an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InviteOptions {
    /// On whose behalf the invitation goes out.
    pub organization: OrganizationCard,
    /// Things that can be shared.
    pub apps: Vec<Resource>,
    /// BCP 47 tags of the languages in which the mail can be written.
    pub languages: Vec<String>,
    /// Days until an invitation runs out, when nothing is said.
    pub default_expires_in_days: u32,
    /// Most days that can be asked for.
    pub max_expires_in_days: u32,
    /// Most characters of the message.
    pub max_message_length: u32,
    /// Addresses of domains that are refused, or the only ones that are taken.
    pub domains: DomainRule,
    /// Sender of the mail.
    pub sender: String,
}

/// Which domains can be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct DomainRule {
    /// How the list is meant.
    pub kind: DomainRuleKind,
    /// The list.
    pub domains: Vec<String>,
}

wire_enum! {
    /// How a list of domains is meant.
    pub enum DomainRuleKind, unknown Any {
        /// Every domain; the list is empty.
        Any = "any",
        /// None of the list.
        Deny = "deny",
        /// Only the list.
        Allow = "allow",
    }
}

/// Answer of `POST {desk}/vestibule/invitePreview` (body: an `InvitationRequest`): the mail as it would go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct InvitePreview {
    /// Sender as shown.
    pub from: String,
    /// Recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// The plain text part; the link is replaced by a placeholder.
    pub text: String,
}
