//! The account page: taking back a consent.

use super::state::{Purpose, Task};
use super::turn::Turn;
use super::{Announcement, Draw, Effect, busy};
use crate::client::{ApiError, Call, Reply};
use crate::screen::Screen;

impl Turn {
    pub(super) fn revoke_consent(&mut self, id: String) {
        if self.works() {
            return;
        }
        let name = [busy::REVOKE, ":", &id].concat();
        self.begin(Purpose::Revoke, &name, vec![Call::RevokeConsent { id }]);
    }

    /// It is taken back; the list tells when, in the backend's words.
    pub(super) fn revoked(&mut self, mut task: Task, reply: Reply) {
        let Screen::Account(account) = &mut self.state.page.screen else { return self.settle() };
        match reply {
            Reply::Gone => {
                task.failed = vec![Call::Consents { organization: Some(account.me.organization.id.clone()) }];
                self.issue(task);
            }
            Reply::Consents(consents) => {
                account.consents = consents;
                self.settle();
                self.effect(Effect::Draw(Draw::Same));
                // The button that was pressed is gone.
                self.effect(Effect::FocusHeading);
                self.effect(Effect::Announce(Announcement::TakenBack));
            }
            Reply::Discovery(_)
            | Reply::Step(_)
            | Reply::Session(_)
            | Reply::Me(_)
            | Reply::Organizations(_)
            | Reply::Apps(_)
            | Reply::Activity(_)
            | Reply::InviteOptions(_)
            | Reply::InvitePreview(_)
            | Reply::Invited(_)
            | Reply::Brand(_) => self.fail(task, ApiError::BadAnswer),
        }
    }
}
