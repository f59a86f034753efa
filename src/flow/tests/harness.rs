//! A page without a browser: events go in, effects and screen come out as lines that can be read.

use vestibule_contract::document::OrganizationCard;
use vestibule_contract::{Problem, ProblemCode, Step, StepDocument};

use crate::client::codec::{request, usual_endpoints};
use crate::client::{ApiError, Call, Reply, StartCall};
use crate::flow::{Announcement, CallId, Draw, Effect, Event, Phase, Start, State, step};
use crate::route::{InvitationToken, Place, Route};
use crate::screen::{Chrome, Page, Screen, StepScreen, Values};

/// An example document of the contract's corpus.
macro_rules! example {
    ($name:literal) => {
        serde_json::from_str::<vestibule_contract::StepDocument>(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/docs/contract/corpus/",
            $name,
            ".json"
        )))
        .unwrap()
    };
}
pub(super) use example;

/// The flow of these journeys.
pub(super) const FLOW: &str = "f1";

/// A document of the flow, at a revision.
pub(super) fn at(mut document: StepDocument, rev: u64) -> StepDocument {
    document.flow.id = Some(FLOW.to_owned());
    document.flow.rev = rev;
    document
}

/// A row of a journey: an event, the effects line by line, the screen.
pub(super) type Row<'a> = (Event, &'a [&'a str], &'a str);

/// The page under test.
pub(super) struct Browser {
    state: Option<State>,
    /// The last of each kind of thing that went out, for looking closer.
    pub(super) calls: Vec<(CallId, Call)>,
}

impl Browser {
    /// A page at an address, with what the server drew.
    pub(super) fn open(address: &str, page: Option<Page>) -> (Self, Vec<String>) {
        let mut browser = Self { state: Some(State::before()), calls: Vec::new() };
        let effects = browser.on(started(address, page));
        (browser, effects)
    }

    /// A page that shows a step that the server drew.
    pub(super) fn at_step(address: &str, document: StepDocument) -> Self {
        Self::open(address, Some(page(Screen::Step(Box::new(StepScreen { document, draft: Values::new() })))))
            .0
    }

    pub(super) fn state(&self) -> &State {
        self.state.as_ref().unwrap()
    }

    /// Takes an event; tells the effects.
    pub(super) fn on(&mut self, event: Event) -> Vec<String> {
        let (state, effects) = step(self.state.take().unwrap(), event);
        self.state = Some(state);
        for effect in &effects {
            if let Effect::Call { id, call } = effect {
                self.calls.push((*id, call.clone()));
            }
        }
        effects.iter().map(told).collect()
    }

    /// Goes through a journey.
    pub(super) fn walk<'a>(&mut self, rows: impl IntoIterator<Item = Row<'a>>) {
        for (index, (event, effects, screen)) in rows.into_iter().enumerate() {
            assert_eq!(self.on(event), effects, "effects of row {index}");
            assert_eq!(self.screen(), screen, "screen of row {index}");
        }
    }

    /// What is on the screen, and what is under way.
    pub(super) fn screen(&self) -> String {
        let state = self.state();
        let screen = match &state.page.screen {
            Screen::Step(screen) => {
                let document = &screen.document;
                let kind = match &document.step {
                    Step::Blocked(blocked) => ["blocked ", blocked.reason.as_str()].concat(),
                    other => other.kind().to_owned(),
                };
                let messages: Vec<String> =
                    document.messages.iter().map(|it| [" ", it.code.as_str()].concat()).collect();
                let draft: Vec<String> =
                    screen.draft.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("{kind} {}{}{}", document.flow.rev, messages.concat(), draft.concat())
            }
            Screen::Panel(panel) => format!("panel {} {:?}", panel.apps.items.len(), panel.query),
            Screen::Account(account) => format!("account {}", account.consents.items.len()),
            Screen::Invite(invite) => format!(
                "invite errors={} preview={} sent={}",
                invite.errors.len(),
                invite.preview.is_some(),
                invite.sent.is_some()
            ),
            Screen::Failure(failure) => format!("failure {:?}", failure.kind),
            Screen::Loading => "loading".to_owned(),
        };
        let busy = state.busy.as_ref().map_or(String::new(), |busy| match &busy.phase {
            Phase::Failed(failure) => format!(" | {}: failed {:?}", busy.action, failure.kind),
            phase @ (Phase::Quiet | Phase::Slow | Phase::Late) => format!(" | {}: {phase:?}", busy.action),
        });
        screen + &busy
    }

    /// Keys of all submissions so far.
    pub(super) fn keys(&self) -> Vec<String> {
        self.calls.iter().filter_map(|(_, call)| request(call, &usual_endpoints()).key).collect()
    }
}

pub(super) fn started(address: &str, page: Option<Page>) -> Event {
    Event::Started(Box::new(Start {
        route: Route::parse_href(address),
        page,
        origin: "https://door.example".to_owned(),
        locale: "en".to_owned(),
        seed: "seed".to_owned(),
    }))
}

pub(super) fn page(screen: Screen) -> Page {
    Page {
        chrome: Chrome {
            host: "door.example".to_owned(),
            locale: "en".to_owned(),
            organization: Some(card("contoso")),
            ..Chrome::default()
        },
        screen,
    }
}

pub(super) fn card(id: &str) -> OrganizationCard {
    OrganizationCard { id: id.to_owned(), name: id.to_owned(), domain: format!("{id}.example"), logo: None }
}

pub(super) fn act(action: &str) -> Event {
    Event::Act { action: action.to_owned(), values: Values::new() }
}

pub(super) fn act_with(action: &str, name: &str, value: &str) -> Event {
    Event::Act { action: action.to_owned(), values: Values::from([(name.to_owned(), value.to_owned())]) }
}

pub(super) fn answer(call: u64, reply: Reply) -> Event {
    Event::Replied { call: CallId(call), outcome: Ok(reply) }
}

pub(super) fn step_is(call: u64, document: StepDocument) -> Event {
    answer(call, Reply::Step(Box::new(document)))
}

pub(super) fn failed(call: u64, error: ApiError) -> Event {
    Event::Replied { call: CallId(call), outcome: Err(error) }
}

pub(super) fn problem(call: u64, code: ProblemCode) -> Event {
    failed(call, ApiError::Problem(Box::new(Problem::new(code))))
}

pub(super) fn place(rev: u64, depth: u32) -> Place {
    Place { flow: FLOW.to_owned(), rev, depth }
}

fn entry(kind: &str, route: &Route, place: Option<&Place>) -> String {
    let place = place.map_or(String::new(), |it| format!(" {}@{}/{}", it.flow, it.rev, it.depth));
    [kind, " ", &route.href(), &place].concat()
}

fn told(effect: &Effect) -> String {
    match effect {
        Effect::Call { id: CallId(id), call } => match call {
            Call::StartFlow(start) => {
                let StartCall { intent, organization, invitation, user_flow, return_to, locale: _ } =
                    &**start;
                let with = |name: &str, value: Option<&str>| {
                    value.map_or(String::new(), |it| format!(" {name}={it}"))
                };
                let organization = with("organization", organization.as_deref());
                let invitation = with("invitation", invitation.as_ref().map(InvitationToken::expose));
                let return_to = with("return_to", return_to.as_deref());
                let user_flow = with("user_flow", user_flow.as_deref());
                format!("{id} start {}{organization}{invitation}{user_flow}{return_to}", intent.as_str())
            }
            Call::Submit { flow, rev, action, values, key: _ } => {
                let values: Vec<String> =
                    values.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("{id} submit {flow}@{rev} {action}{}", values.concat())
            }
            other => {
                let parts = request(other, &usual_endpoints());
                format!("{id} {} {}", parts.method, parts.path)
            }
        },
        Effect::Abandon { call: CallId(id) } => format!("abandon {id}"),
        Effect::Draw(Draw::Fresh) => "draw".to_owned(),
        Effect::Draw(Draw::Same) => "draw over".to_owned(),
        Effect::Push(route, place) => entry("push", route, place.as_ref()),
        Effect::Replace(route, place) => entry("replace", route, place.as_ref()),
        Effect::Leave { url, replace: true } => ["leave for good ", url].concat(),
        Effect::Leave { url, replace: false } => ["leave ", url].concat(),
        Effect::LookAgain { after } => format!("look again {after}"),
        Effect::Work { salt, bits, from } => format!("work {salt} {bits} {from}"),
        Effect::Reload => "reload".to_owned(),
        Effect::Announce(Announcement::Messages) => "say messages".to_owned(),
        Effect::Announce(Announcement::TakenBack) => "say taken back".to_owned(),
        Effect::Announce(Announcement::Found { query, shown, total }) => {
            format!("say found {query} {shown} of {total}")
        }
        Effect::FocusHeading => "focus heading".to_owned(),
        Effect::FocusField(name) => ["focus ", name].concat(),
        Effect::Paint(brand) => ["paint ", &brand.organization.id].concat(),
        Effect::TellTabs => "tell tabs".to_owned(),
    }
}
