//! What an address needs, and the page made of it.

use super::arrive::Arrival;
use super::busy;
use super::state::{Parts, Purpose, Task};
use super::turn::Turn;
use crate::client::{ApiError, Call, Reply};
use crate::route::Route;
use crate::screen::{AccountScreen, Failure, FailureKind, InviteScreen, PanelScreen, Screen, Values};

impl Turn {
    /// Asks for everything that the page at the present address shows.
    pub(super) fn show(&mut self) {
        let calls = match self.state.route.clone() {
            Route::Home { .. } => return self.begin(Purpose::Recognise, busy::LOAD, vec![Call::Session]),
            Route::Invitation { .. } | Route::SignUp { .. } | Route::Link { .. } => {
                return self.start_flow(None);
            }
            Route::Unknown { .. } => {
                self.settle();
                return self
                    .turn_to(Screen::Failure(Failure { kind: FailureKind::NotFound, reference: None }));
            }
            Route::Flow { id } => vec![Call::GetFlow { flow: id }],
            Route::Apps { organization, query } => vec![
                Call::Me { organization: organization.clone() },
                Call::Organizations { organization: organization.clone() },
                Call::Apps { organization, query, cursor: None },
            ],
            Route::Account { organization } => vec![
                Call::Me { organization: organization.clone() },
                Call::Organizations { organization: organization.clone() },
                Call::Consents { organization: organization.clone() },
                Call::Activity { organization },
            ],
            Route::DeskInvite { organization } => {
                vec![Call::Me { organization: organization.clone() }, Call::InviteOptions { organization }]
            }
        };
        self.begin(Purpose::Show, busy::LOAD, calls);
    }

    /// One of the answers is there; with the last one the page is.
    pub(super) fn shown(&mut self, mut task: Task, reply: Reply) {
        let parts = &mut task.parts;
        match reply {
            Reply::Step(document) => return self.arrive(*document, Arrival::InPlace),
            Reply::Me(me) => parts.me = Some(*me),
            Reply::Organizations(list) => parts.organizations = Some(list),
            Reply::Apps(apps) => parts.apps = Some(*apps),
            Reply::Consents(consents) => parts.consents = Some(consents),
            Reply::Activity(activity) => parts.activity = Some(activity),
            Reply::InviteOptions(options) => parts.options = Some(*options),
            Reply::Discovery(_)
            | Reply::Session(_)
            | Reply::Gone
            | Reply::InvitePreview(_)
            | Reply::Invited(_)
            | Reply::Brand(_) => return self.fail(task, ApiError::BadAnswer),
        }
        if !task.open.is_empty() {
            self.state.task = Some(task);
            return;
        }
        let Some(screen) = assemble(&self.state.route, std::mem::take(&mut task.parts)) else {
            return self.fail(task, ApiError::BadAnswer);
        };
        self.settle();
        self.enter_private(screen);
    }

    /// Puts a page on that belongs to the signed-in person.
    fn enter_private(&mut self, screen: Screen) {
        let me = match &screen {
            Screen::Panel(panel) => &panel.me,
            Screen::Account(account) => &account.me,
            Screen::Invite(invite) => &invite.me,
            Screen::Step(_) | Screen::Failure(_) | Screen::Loading => return,
        };
        let organization = me.organization.clone();
        self.state.page.chrome.account = Some(me.email.clone());
        let id = organization.id.clone();
        self.speak_for(Some(organization));
        self.turn_to(screen);
        self.paint(id);
    }
}

fn assemble(route: &Route, parts: Parts) -> Option<Screen> {
    let Parts { me, organizations, apps, consents, activity, options } = parts;
    Some(match route {
        Route::Apps { query, .. } => Screen::Panel(Box::new(PanelScreen {
            me: me?,
            organizations: organizations?,
            apps: apps?,
            query: query.clone(),
        })),
        Route::Account { .. } => Screen::Account(Box::new(AccountScreen {
            me: me?,
            organizations: organizations?,
            consents: consents?,
            activity: activity?,
        })),
        Route::DeskInvite { .. } => Screen::Invite(Box::new(InviteScreen {
            me: me?,
            options: options?,
            draft: Values::new(),
            errors: Vec::new(),
            preview: None,
            sent: None,
        })),
        Route::Home { .. }
        | Route::Invitation { .. }
        | Route::Flow { .. }
        | Route::Link { .. }
        | Route::SignUp { .. }
        | Route::Unknown { .. } => return None,
    })
}
