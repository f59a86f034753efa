//! A step of a flow: heading, messages, what the step type adds, and the actions that the document offers.

use vestibule_contract::field::{Action, ActionStyle, Field};
use vestibule_contract::{Message, Step, StepDocument};

use crate::flow::Event;
use crate::flow::busy::{self, PROVIDER};
use crate::screen::{Chrome, StepScreen};
use crate::ui::wires::Wires;
use crate::ui::{
    El, FieldState, Look, Place, bdi, busy_line, button, draw_field, el, form, link, messages, on_submit,
    place, sentence,
};

use super::{
    blocked, choose_provider, consent, done, email_code, federate, identify, invitation, sign_up,
    wrong_account,
};

/// Draws the step.
pub(super) fn draw(card: El, heading: El, chrome: &Chrome, screen: &StepScreen, wires: &Wires) -> El {
    let at = At { chrome, screen, wires };
    let head = at.head(card, heading);
    match &screen.document.step {
        Step::Invitation(card) => invitation::draw(head, &at, card),
        Step::Identify(_) => identify::draw(head, &at),
        Step::ChooseProvider(ways) => choose_provider::draw(head, &at, ways),
        Step::Federate(away) => federate::draw(head, &at, away),
        Step::EmailCode(code) => email_code::draw(head, &at, code),
        Step::WrongAccount(accounts) => wrong_account::draw(head, &at, accounts),
        Step::Consent(consent) => consent::draw(head, &at, consent),
        Step::Challenge(work) => sign_up::challenge(head, &at, work),
        Step::Attributes(form) => sign_up::attributes(head, &at, form),
        Step::Checking(_) => sign_up::checking(head, &at),
        Step::PendingApproval(waits) => sign_up::pending(head, &at, waits),
        Step::Blocked(blocked) => blocked::draw(head, &at, blocked),
        Step::Done(done) => done::draw(head, &at, done),
        // A step of tomorrow is drawn from what it asks for and offers.
        Step::Unknown(_) => head.children(at.elsewhere()).children(at.actions()),
    }
}

/// A step being drawn.
pub(super) struct At<'a> {
    pub(super) chrome: &'a Chrome,
    pub(super) screen: &'a StepScreen,
    pub(super) wires: &'a Wires,
}

impl At<'_> {
    pub(super) fn document(&self) -> &StepDocument {
        &self.screen.document
    }

    /// The card with all that stands above the step's own content.
    fn head(&self, card: El, heading: El) -> El {
        let document = self.document();
        let progress = document.progress.map(|progress| {
            let number = |value: u32| el("span").text(value.to_string());
            let params = vec![("index", number(progress.index)), ("of", number(progress.of))];
            sentence(el("p").class("progress"), self.wires, "step.progress", params)
        });
        card.attr("data-step", document.step.kind()).children(progress).child(heading).children(messages(
            self.wires,
            document.messages.iter().filter(|message| !self.has_place(message)),
        ))
    }

    /// Where a step that offers nothing here goes on: as a page of the backend's own, else with somebody's help.
    fn elsewhere(&self) -> Option<El> {
        let links = &self.document().links;
        let safe = |href: &&str| match place(href) {
            Some(Place::Here) => true,
            Some(Place::Away(_)) => href.starts_with("https:"),
            Some(Place::Mail(_)) | None => false,
        };
        let help = || links.help.as_deref().filter(|href| place(href).is_some());
        let onward = match links.html.as_deref().filter(safe) {
            Some(html) => (html, "action.continue"),
            None => (help()?, "email_code.missing.help"),
        };
        let label = el("span").text(self.wires.t(onward.1));
        let way = link(onward.0, label).class("button primary");
        self.document().actions.is_empty().then(|| el("p").class("buttons").child(way))
    }

    /// Whether a message is shown at a field.
    fn has_place(&self, message: &Message) -> bool {
        let Some(name) = &message.field else {
            return false;
        };
        self.document().actions.iter().any(|action| action.fields.iter().any(|field| field.name == *name))
    }

    /// All actions: those that ask for something with their fields, then the buttons side by side, then the side ways.
    pub(super) fn actions(&self) -> Vec<El> {
        self.actions_but(&[])
    }

    /// All actions except some that the step draws itself.
    pub(super) fn actions_but(&self, names: &[&str]) -> Vec<El> {
        let wanted = |action: &&Action| !names.contains(&action.name.as_str());
        let (asking, plain): (Vec<&Action>, Vec<&Action>) =
            self.document().actions.iter().filter(wanted).partition(|action| !action.fields.is_empty());
        let (links, buttons): (Vec<&Action>, Vec<&Action>) =
            plain.into_iter().partition(|action| action.style == ActionStyle::Link);
        let row = |class: &'static str, actions: &[&Action]| {
            (!actions.is_empty())
                .then(|| el("div").class(class).children(actions.iter().map(|action| self.action(action))))
        };
        let mut out: Vec<El> = asking.into_iter().map(|action| self.action(action)).collect();
        out.extend(row("buttons", &buttons));
        out.push(busy_line(self.wires));
        out.extend(row("sideways", &links));
        out
    }

    /// An action of the document.
    pub(super) fn find(&self, name: &str) -> Option<&Action> {
        self.document().actions.iter().find(|action| action.name == name)
    }

    /// One action as a form of its own, so that an empty field of one does not block another.
    pub(super) fn action(&self, action: &Action) -> El {
        self.action_with(action, None)
    }

    /// The same, with the number of digits that a code has.
    pub(super) fn action_with(&self, action: &Action, digits: Option<u32>) -> El {
        self.asking(action, digits).child(self.press(action))
    }

    /// The same, with a mark and a note on its button.
    pub(super) fn action_marked(&self, action: &Action, mark: El, note: Option<El>) -> El {
        self.asking(action, None).child(self.press(action).child(mark).children(note))
    }

    fn asking(&self, action: &Action, digits: Option<u32>) -> El {
        let form = form(self.chrome, Some(self.document().flow.rev));
        on_submit(form, self.wires, |action, values| Event::Act { action, values })
            .children(groups(&action.fields).into_iter().flat_map(|group| self.group(action, group, digits)))
    }

    /// Fields that belong together, with the words above them where there are any.
    fn group(&self, action: &Action, fields: &[Field], digits: Option<u32>) -> Vec<El> {
        let drawn = fields.iter().map(|field| self.field(action, field, digits));
        match fields.first().and_then(|first| first.group.as_deref()) {
            Some(words) => {
                vec![el("fieldset").class("group").child(el("legend").child(bdi(words))).children(drawn)]
            }
            None => drawn.collect(),
        }
    }

    fn press(&self, action: &Action) -> El {
        button(self.wires, &action.name, &under_way(action), self.label(action), look(action.style))
    }

    fn field(&self, action: &Action, field: &Field, digits: Option<u32>) -> El {
        let about = |message: &&Message| message.field.as_deref() == Some(field.name.as_str());
        let state = FieldState {
            draft: self.screen.draft.get(&field.name).map(String::as_str),
            errors: self.document().messages.iter().filter(about).collect(),
            digits,
            action: &action.name,
            // The address that one signs in with is a user name to password managers and passkeys.
            autocomplete: match (&self.document().step, field.name.as_str()) {
                (Step::Identify(_) | Step::ChooseProvider(_), "email") => Some("username webauthn"),
                _ => None,
            },
        };
        draw_field(self.wires, field, &state)
    }

    /// Words of a button: this step's own for the action, then those of the action, then the backend's.
    fn label(&self, action: &Action) -> String {
        let words = &self.wires.words;
        let own = ["action.", self.document().step.kind(), ".", &action.name].concat();
        let general = ["action.", &under_way(action)].concat();
        let known = words.get(&own).or_else(|| words.get(&general));
        known.or(action.label.as_deref()).unwrap_or(&action.name).to_owned()
    }
}

/// The fields of an action, each group apart.
fn groups(fields: &[Field]) -> Vec<&[Field]> {
    fields.chunk_by(|_, next| next.group.is_none()).collect()
}

/// The name under which an action is under way: of several that choose, each has its own.
fn under_way(action: &Action) -> String {
    let provider = action.fields.iter().find(|field| field.name == PROVIDER);
    busy::of(&action.name, provider.and_then(|field| field.value.as_deref()))
}

fn look(style: ActionStyle) -> Look {
    match style {
        ActionStyle::Primary => Look::Primary,
        ActionStyle::Secondary => Look::Secondary,
        ActionStyle::Link => Look::Link,
    }
}
