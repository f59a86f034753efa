//! Between Graph's shapes and ours.

use vestibule_contract::graph::{
    Delivery, Invitation, InvitationDetails, InvitationRequest, InvitationState, InvitationStatus,
    InvitedUser, InvitedUserMessageInfo, Recipient, RecipientAddress,
};
use vestibule_domain::invitation::Status;
use vestibule_domain::time::Timestamp;
use vestibule_storage::invitations;
use vestibule_storage::outbox::Fate;

use super::error::GraphProblem;
use crate::invitations::create::Draft;

/// The draft that a request asks for.
pub fn draft(request: InvitationRequest) -> Result<Draft, GraphProblem> {
    if request.reset_redemption {
        let message = "Redemption cannot be reset in this version: revoke the invitation and invite again.";
        return Err(GraphProblem::bad_request(message).about("resetRedemption"));
    }
    if request.invited_user_type.as_deref().is_some_and(|kind| kind != "Guest") {
        return Err(GraphProblem::bad_request("Only guests can be invited.").about("invitedUserType"));
    }
    let info = request.invited_user_message_info.unwrap_or_default();
    if info.cc_recipients.len() > 1 {
        let target = "invitedUserMessageInfo/ccRecipients";
        return Err(GraphProblem::bad_request("One copy recipient is supported.").about(target));
    }
    let extras = request.vestibule.unwrap_or_default();
    Ok(Draft {
        address: request.invited_user_email_address,
        name: request.invited_user_display_name,
        message: info.customized_message_body,
        language: info.message_language,
        cc: info.cc_recipients.into_iter().next().map(|recipient| recipient.email_address.address),
        redirect_url: request.invite_redirect_url,
        apps: extras.apps,
        days: extras.expires_in_days,
        reason: extras.reason,
        send_mail: request.send_invitation_message,
    })
}

/// An invitation in Graph's shape.
pub fn invitation(
    one: &invitations::Invitation,
    link: Option<String>,
    fate: Option<Fate>,
    now: Timestamp,
) -> Invitation {
    let status = one.life.status(now);
    Invitation {
        odata_context: None,
        id: one.id.clone(),
        invite_redeem_url: link,
        invited_user_display_name: one.name.clone(),
        invited_user_type: "Guest".to_owned(),
        invited_user_email_address: one.address.display().to_owned(),
        send_invitation_message: one.send_mail,
        reset_redemption: false,
        invite_redirect_url: one.redirect_url.clone(),
        status: match status {
            Status::Pending => InvitationStatus::PendingAcceptance,
            Status::Accepted => InvitationStatus::Completed,
            Status::Declined | Status::Revoked | Status::Expired => InvitationStatus::Error,
        },
        invited_user_message_info: InvitedUserMessageInfo {
            cc_recipients: one
                .cc
                .iter()
                .map(|cc| Recipient {
                    email_address: RecipientAddress { name: None, address: cc.display().to_owned() },
                })
                .collect(),
            customized_message_body: one.message.clone(),
            message_language: one.language.clone(),
            odata_type: None,
        },
        invited_user: InvitedUser { id: one.user.clone() },
        vestibule: InvitationDetails {
            state: match status {
                Status::Pending => InvitationState::Pending,
                Status::Accepted => InvitationState::Accepted,
                Status::Declined => InvitationState::Declined,
                Status::Expired => InvitationState::Expired,
                Status::Revoked => InvitationState::Revoked,
            },
            apps: one.apps.clone(),
            created_at: one.created_at.to_rfc3339(),
            expires_at: one.life.expires_at.to_rfc3339(),
            delivery: match fate {
                None => Delivery::None,
                Some(Fate::Queued) => Delivery::Queued,
                Some(Fate::Sent) => Delivery::Sent,
                Some(Fate::Failed) => Delivery::Failed,
            },
        },
    }
}

/// The context that a single invitation carries.
pub fn entity_context(origin: &str) -> String {
    format!("{origin}/v1.0/$metadata#invitations/$entity")
}
