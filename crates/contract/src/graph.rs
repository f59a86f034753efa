//! The management plane's invitation resource, shaped like Microsoft Graph v1.0.
//!
//! Names, case and defaults are Graph's, so that existing scripts and SDKs work. What Graph lacks stands in one
//! member of its own, `vestibule`.

use serde::{Deserialize, Serialize};

use crate::Instant;

/// Body of `POST /v1.0/invitations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvitationRequest {
    /// The address to invite. Unlike Graph, plus-addresses and the other characters of RFC 5321 are taken.
    pub invited_user_email_address: String,
    /// Where the guest goes after redemption; must belong to a registered app, or be a page of this origin.
    pub invite_redirect_url: String,
    /// The guest's name, as the inviter knows it.
    #[serde(default)]
    pub invited_user_display_name: Option<String>,
    /// Words for the mail.
    #[serde(default)]
    pub invited_user_message_info: Option<InvitedUserMessageInfo>,
    /// Whether a mail goes out. Without one, only a caller who may read links gets `inviteRedeemUrl`.
    #[serde(default)]
    pub send_invitation_message: bool,
    /// Only `Guest` in this version.
    #[serde(default)]
    pub invited_user_type: Option<String>,
    /// Must be absent or `false`: redemption cannot be reset in this version.
    #[serde(default)]
    pub reset_redemption: bool,
    /// What Graph lacks.
    #[serde(default)]
    pub vestibule: Option<InvitationExtras>,
    /// OData annotations that SDKs send along.
    #[serde(default, rename = "@odata.type", skip_serializing)]
    pub odata_type: Option<String>,
}

/// What Graph's invitation lacks, on the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvitationExtras {
    /// Ids of the apps to share.
    #[serde(default)]
    pub apps: Vec<String>,
    /// Days until the invitation runs out; the organization's default when absent.
    #[serde(default)]
    pub expires_in_days: Option<u32>,
    /// Why, shown to the guest in the panel.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Words and copy of the invitation mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvitedUserMessageInfo {
    /// One recipient at most, as in Graph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc_recipients: Vec<Recipient>,
    /// Plain text, 500 characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customized_message_body: Option<String>,
    /// BCP 47 tag; unlike Graph, honoured together with a customized body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_language: Option<String>,
    /// OData annotations that SDKs send along.
    #[serde(default, rename = "@odata.type", skip_serializing)]
    pub odata_type: Option<String>,
}

/// A recipient, in Graph's nesting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// The address.
    pub email_address: RecipientAddress,
}

/// Name and address of a recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct RecipientAddress {
    /// Display name.
    #[serde(default)]
    pub name: Option<String>,
    /// E-mail address.
    pub address: String,
}

/// An invitation as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// OData context, on single resources.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// Its id.
    pub id: String,
    /// The link. Only in the answer to its creation, and only for callers who may read links; `null` otherwise.
    pub invite_redeem_url: Option<String>,
    /// The guest's name.
    pub invited_user_display_name: Option<String>,
    /// `Guest`.
    pub invited_user_type: String,
    /// The invited address.
    pub invited_user_email_address: String,
    /// Whether a mail went out.
    pub send_invitation_message: bool,
    /// Always `false`: redemption cannot be reset in this version.
    pub reset_redemption: bool,
    /// Where the guest goes after redemption.
    pub invite_redirect_url: String,
    /// State, in Graph's words.
    pub status: InvitationStatus,
    /// Words and copy of the mail.
    pub invited_user_message_info: InvitedUserMessageInfo,
    /// The guest object.
    pub invited_user: InvitedUser,
    /// What Graph lacks.
    pub vestibule: InvitationDetails,
}

wire_enum! {
    /// Graph's states of an invitation.
    pub enum InvitationStatus, unknown Error {
        /// Waiting for the guest.
        PendingAcceptance = "PendingAcceptance",
        /// Redeemed.
        Completed = "Completed",
        /// Being worked on.
        InProgress = "InProgress",
        /// Declined, revoked or run out; `vestibule.state` says which.
        Error = "Error",
    }
}

/// Reference to a guest object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct InvitedUser {
    /// The guest object's id.
    pub id: String,
}

/// What Graph's invitation lacks, on the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InvitationDetails {
    /// Exact state.
    pub state: InvitationState,
    /// Ids of the shared apps.
    pub apps: Vec<String>,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it can be redeemed.
    pub expires_at: Instant,
    /// What became of the mail.
    pub delivery: Delivery,
}

wire_enum! {
    /// Exact states of an invitation.
    pub enum InvitationState, unknown Pending {
        /// Waiting for the guest.
        Pending = "pending",
        /// Redeemed.
        Accepted = "accepted",
        /// Refused by the guest.
        Declined = "declined",
        /// Run out.
        Expired = "expired",
        /// Taken back.
        Revoked = "revoked",
    }
}

wire_enum! {
    /// What became of a mail.
    pub enum Delivery, unknown Queued {
        /// None was asked for.
        None = "none",
        /// Waiting to be handed over.
        Queued = "queued",
        /// Handed to the mail server.
        Sent = "sent",
        /// Given up.
        Failed = "failed",
    }
}

/// Body of `GET /v1.0/invitations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Invitations {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// Newest first.
    pub value: Vec<Invitation>,
    /// Address of the next page; absent on the last.
    #[serde(default, rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    pub odata_next_link: Option<String>,
}

/// Graph's error envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct ErrorEnvelope {
    /// The error.
    pub error: GraphError,
}

/// Graph's error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GraphError {
    /// Graph's code, such as `BadRequest` or `Forbidden`.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
    /// Property the error is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// When and under which reference.
    pub inner_error: InnerError,
}

/// When and under which reference an error happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub struct InnerError {
    /// When.
    pub date: Instant,
    /// Reference to give to support.
    pub request_id: String,
    /// The caller's own id, echoed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_request_id: Option<String>,
}
