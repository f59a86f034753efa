//! The desk's invite form: from its fields to Graph's request, and back again for what is wrong with it.

use vestibule_contract::graph::{
    GraphError, InvitationExtras, InvitationRequest, InvitedUserMessageInfo, Recipient, RecipientAddress,
};
use vestibule_contract::{Message, MessageCode, Severity};

use super::state::{Purpose, Task};
use super::turn::Turn;
use super::{Draw, Effect, busy};
use crate::client::{ApiError, Call, Reply};
use crate::route::Route;
use crate::screen::{InviteScreen, Screen, Values};

impl Turn {
    fn invite_screen(&mut self) -> Option<&mut InviteScreen> {
        match &mut self.state.page.screen {
            Screen::Invite(screen) => Some(screen),
            Screen::Step(_)
            | Screen::Panel(_)
            | Screen::Account(_)
            | Screen::Failure(_)
            | Screen::Loading => None,
        }
    }

    pub(super) fn preview_invitation(&mut self, values: Values) {
        let Some((organization, request)) = self.invitation(&values) else { return };
        let call = Call::InvitePreview { organization, request };
        self.begin(Purpose::Preview(values), busy::PREVIEW, vec![call]);
    }

    /// Invites. Pressing the button again after a failure repeats the very same request, key and all, so that nobody
    /// is invited twice.
    pub(super) fn send_invitation(&mut self, values: Values) {
        if self.works() || self.repeats(&Purpose::Invite(values.clone())) {
            return;
        }
        let Some((organization, request)) = self.invitation(&values) else { return };
        let call = Call::Invite { organization, request, key: self.key() };
        self.begin(Purpose::Invite(values), busy::INVITE, vec![call]);
    }

    /// The invitation that the form describes, unless something is under way or a field cannot be read.
    fn invitation(&mut self, values: &Values) -> Option<(Option<String>, Box<InvitationRequest>)> {
        if self.works() {
            return None;
        }
        let organization = self.invite_screen()?.me.organization.id.clone();
        match invitation_request(values, &self.state.origin, &organization) {
            Ok(request) => Some((Some(organization), Box::new(request))),
            Err(error) => {
                self.invite_errors(values.clone(), vec![error]);
                None
            }
        }
    }

    pub(super) fn previewed(&mut self, task: Task, values: Values, reply: Reply) {
        let Reply::InvitePreview(preview) = reply else { return self.fail(task, ApiError::BadAnswer) };
        self.settle();
        let Some(screen) = self.invite_screen() else { return };
        screen.draft = values;
        screen.errors.clear();
        screen.preview = Some(*preview);
        self.effect(Effect::Draw(Draw::Same));
        self.effect(Effect::FocusField(busy::PREVIEW.to_owned()));
    }

    pub(super) fn invited(&mut self, task: Task, reply: Reply) {
        let Reply::Invited(invitation) = reply else { return self.fail(task, ApiError::BadAnswer) };
        self.settle();
        self.reset_invitation(Some(*invitation));
    }

    pub(super) fn new_invitation(&mut self) {
        if !self.works() {
            self.reset_invitation(None);
        }
    }

    fn reset_invitation(&mut self, sent: Option<vestibule_contract::graph::Invitation>) {
        self.abandon();
        let Some(screen) = self.invite_screen() else { return };
        screen.draft = Values::new();
        screen.errors.clear();
        screen.preview = None;
        screen.sent = sent;
        self.effect(Effect::Draw(Draw::Fresh));
        self.effect(Effect::FocusHeading);
    }
}

/// The request of a form; or what cannot be read in it. Everything else is the backend's to check.
pub fn invitation_request(
    values: &Values,
    origin: &str,
    organization: &str,
) -> Result<InvitationRequest, Message> {
    let text = |name: &str| values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let owned = |name: &str| text(name).map(str::to_owned);
    let expires_in_days = match text("days").map(str::parse) {
        None => None,
        Some(Ok(days)) => Some(days),
        Some(Err(_)) => {
            let text = "This is not a number of days.";
            return Err(Message::new(MessageCode::ValueInvalid, Severity::Error, text).about("days"));
        }
    };
    let panel = || {
        let route = Route::Apps { organization: Some(organization.to_owned()), query: String::new() };
        [origin, &route.href()].concat()
    };
    Ok(InvitationRequest {
        invited_user_email_address: owned("address").unwrap_or_default(),
        invite_redirect_url: owned("redirect").unwrap_or_else(panel),
        invited_user_display_name: owned("name"),
        invited_user_message_info: Some(InvitedUserMessageInfo {
            cc_recipients: text("cc")
                .map(|address| Recipient {
                    email_address: RecipientAddress { name: None, address: address.to_owned() },
                })
                .into_iter()
                .collect(),
            customized_message_body: owned("message"),
            message_language: owned("language"),
            odata_type: None,
        }),
        send_invitation_message: true,
        invited_user_type: None,
        reset_redemption: false,
        vestibule: Some(InvitationExtras {
            apps: text("apps").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            expires_in_days,
            reason: owned("reason"),
        }),
        odata_type: None,
    })
}

/// What the management plane says is wrong, at the field it is about.
pub fn error_message(error: GraphError) -> Message {
    const FIELDS: [(&str, &str); 9] = [
        ("invitedUserEmailAddress", "address"),
        ("inviteRedirectUrl", "redirect"),
        ("invitedUserDisplayName", "name"),
        ("customizedMessageBody", "message"),
        ("messageLanguage", "language"),
        ("ccRecipients", "cc"),
        ("apps", "apps"),
        ("expiresInDays", "days"),
        ("reason", "reason"),
    ];
    let target = error.target.unwrap_or_default();
    // The target may be a path: `invitedUserMessageInfo/ccRecipients`.
    let field = FIELDS.iter().find(|(property, _)| target.split(['/', '.']).any(|part| part == *property));
    let mut message = Message::new(MessageCode::Other, Severity::Error, error.message);
    message.field = field.map(|(_, field)| (*field).to_owned());
    message
}
