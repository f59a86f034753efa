//! The members of each wire type that a page reads.

use super::{Read, Tree, field, unsound};
use crate::field as fields;
use crate::message::Param;
use crate::{Step, brand, desk, discovery, document, graph, message, panel, problem, session, step};

read_members! {
    document::StepDocument { flow, step, actions, progress, organization, brand; messages, links }
    document::FlowRef { id, rev, intent, organization, expires_at }
    document::Links { html, restart, help, report, unsubscribe }
    document::Progress { index, of }
    document::BrandRef { href, etag }
    document::OrganizationCard { id, name, domain, logo }
    fields::Action { name, label; style, fields }
    fields::Field {
        name, kind = "type", group, label, hint, value, min, max, max_length, pattern, autocomplete; required, options
    }
    fields::Choice { value, label }
    message::Message { code, severity, field, text; params }
    problem::Problem { kind = "type", title, status, code, detail, reference, step, links; errors }
    step::InvitationCard { organization, inviter, message, resources, invited, expires_at }
    step::Inviter { name, email }
    step::Resource { id, name, kind }
    step::Identify {}
    step::ChooseProvider { providers }
    step::ProviderCard { id, kind, label; last_used, unavailable }
    step::Federate { label, origin, issuer, client_id, scope, redirect_uri, nonce, login_hint; mode, url }
    step::EmailCode { sent_to, sender, digits, state, resend_at, expires_at }
    step::WrongAccount { invited, active }
    step::Consent { organization, account, privacy_url, terms_url, permissions, shared }
    step::SharedValue { claim, value }
    step::Challenge { algorithm, salt, bits, open_at }
    step::Attributes { account }
    step::Checking { since }
    step::PendingApproval { account, since, until, reference, contact }
    step::Blocked { reason, reference, contact, inviter }
    step::Done { redirect, kind }
    discovery::Discovery { contract, profiles, endpoints, issuer, deployment, locales, redirect_origins }
    discovery::Endpoints { flows, session, me, brand, desk }
    session::Session { account, method, authenticated_at, expires_at, organizations, form_token }
    panel::Me { id, name, email, role, organization, may_invite, locale; may_link }
    panel::Apps { items, total, next_cursor }
    panel::App { id, name, description, kind, launch_url, why, since, until, owner, collection }
    panel::Why { granted_by, reason }
    panel::Contact { name, email }
    panel::Organizations { items }
    panel::Membership { organization, role, since, current }
    panel::Consents { items }
    panel::ConsentRecord { id, organization, given_at, revoked_at, permissions, shared }
    panel::Activity { items }
    panel::ActivityEntry { at, action }
    brand::Brand { organization, light, dark, radius, font, layout, privacy_url, terms_url, help }
    brand::Palette { accent, on_accent, ground }
    desk::InviteOptions {
        organization, apps, languages, default_expires_in_days = "defaultExpiresInDays",
        max_expires_in_days = "maxExpiresInDays", max_message_length = "maxMessageLength", domains, sender
    }
    desk::DomainRule { kind, domains }
    desk::InvitePreview { from, to, subject, text }
    graph::Invitation {
        odata_context = "@odata.context", id, invite_redeem_url = "inviteRedeemUrl",
        invited_user_display_name = "invitedUserDisplayName", invited_user_type = "invitedUserType",
        invited_user_email_address = "invitedUserEmailAddress",
        send_invitation_message = "sendInvitationMessage", reset_redemption = "resetRedemption",
        invite_redirect_url = "inviteRedirectUrl", status, invited_user_message_info = "invitedUserMessageInfo",
        invited_user = "invitedUser", vestibule
    }
    graph::InvitedUserMessageInfo {
        customized_message_body = "customizedMessageBody", message_language = "messageLanguage",
        odata_type = "@odata.type"; cc_recipients = "ccRecipients"
    }
    graph::Recipient { email_address = "emailAddress" }
    graph::RecipientAddress { name, address }
    graph::InvitedUser { id }
    graph::InvitationDetails { state, apps, created_at = "createdAt", expires_at = "expiresAt", delivery }
    graph::ErrorEnvelope { error }
    graph::GraphError { code, message, target, inner_error = "innerError" }
    graph::InnerError { date, request_id = "request-id", client_request_id = "client-request-id" }
}

impl Read for Param {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        match value {
            Tree::Text(text) => Self::Text(text.clone()),
            Tree::Number(number) => Self::Number(*number),
            Tree::Null | Tree::Bool(_) | Tree::List(_) | Tree::Object(_) => unsound(sound, Self::Number(0)),
        }
    }
}

impl Read for Step {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        let empty = Tree::Object(Vec::new());
        let data = match value.member("data") {
            Tree::Null => &empty,
            data => data,
        };
        let kind: String = field(value, "type", sound);
        match kind.as_str() {
            "invitation" => Self::Invitation(Read::read(data, sound)),
            "identify" => Self::Identify(Read::read(data, sound)),
            "choose_provider" => Self::ChooseProvider(Read::read(data, sound)),
            "challenge" => Self::Challenge(Read::read(data, sound)),
            "attributes" => Self::Attributes(Read::read(data, sound)),
            "checking" => Self::Checking(Read::read(data, sound)),
            "pending_approval" => Self::PendingApproval(Read::read(data, sound)),
            "federate" => Self::Federate(Read::read(data, sound)),
            "email_code" => Self::EmailCode(Read::read(data, sound)),
            "wrong_account" => Self::WrongAccount(Read::read(data, sound)),
            "consent" => Self::Consent(Read::read(data, sound)),
            "blocked" => Self::Blocked(Read::read(data, sound)),
            "done" => Self::Done(Read::read(data, sound)),
            _ => Self::Unknown(kind),
        }
    }
}
