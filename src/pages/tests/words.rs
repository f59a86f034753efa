//! All that is said stands in the catalogue, and nothing stands there that is never said.

use std::collections::BTreeSet;

use vestibule_contract::field::FieldType;
use vestibule_contract::graph::Delivery;
use vestibule_contract::panel::Role;
use vestibule_contract::step::{Permission, ResourceKind};
use vestibule_contract::{Message, MessageCode, Severity};

use super::html::{Part, parse};
use super::{ENGLISH, each, english, samples};
use crate::render::render;
use crate::screen::Screen;
use crate::text::{Piece, Words, pieces, pseudo};

/// Keys of enumerations of the contract.
fn enumerated() -> Vec<String> {
    let of = |area: &str, names: Vec<&str>| {
        names.into_iter().map(|name| [area, ".", name].concat()).collect::<Vec<_>>()
    };
    let codes =
        MessageCode::ALL.iter().filter(|code| !matches!(code, MessageCode::Other | MessageCode::Said));
    [
        of("message", codes.map(|code| code.as_str()).collect()),
        of("field", FieldType::ALL.iter().filter(|it| !unseen(**it)).map(|it| it.as_str()).collect()),
        of("role", Role::ALL.iter().map(|it| it.as_str()).collect()),
        of("kind", ResourceKind::ALL.iter().map(|it| it.as_str()).collect()),
        of("delivery", Delivery::ALL.iter().map(|it| it.as_str()).collect()),
        of("permission", Permission::ALL.iter().map(|it| it.as_str()).collect()),
    ]
    .concat()
}

fn unseen(kind: FieldType) -> bool {
    matches!(kind, FieldType::Hidden | FieldType::Credential)
}

#[test]
fn every_value_of_the_contract_has_words() {
    let words = english();
    for key in enumerated() {
        assert!(words.get(&key).is_some(), "{key}");
    }
}

/// Drawn with an empty catalogue, a page shows the keys that it asks for.
#[test]
fn every_key_that_is_asked_for_is_in_the_catalogue() {
    let words = english();
    let areas: BTreeSet<&str> = words.keys().filter_map(|key| key.split('.').next()).collect();
    for (name, page) in samples::pages() {
        let html = render(&page, &Words::default(), samples::NOW);
        for part in parse(&html) {
            let Part::Text(text) = part else { continue };
            let is_key =
                text.split('.').next().is_some_and(|area| areas.contains(area)) && text.contains('.');
            // Codes of what happened are shown as they are where no words are known for them.
            let is_code = words.get(&["activity.", text].concat()).is_some();
            if is_key && !is_code && !text.contains(' ') {
                assert!(words.get(text).is_some(), "{name}: {text}");
            }
        }
    }
}

/// Keys whose words only the browser says, or that hang on what a backend sends; `…` stands for any text.
const NOT_IN_SAMPLES: &str = "busy.… …brief time.… activity.… claim.… language.… action.retry action.resend \
    email_code.resend_in email_code.resend_now challenge.within challenge.open field.left field.over field.country message.… role.… delivery.… kind.… \
    choose_provider.nothing invitation.from blocked.ask_anybody invite.sent.link invite.address.deny invite.address.allow done.client \
    field.one_time_code field.password field.phone field.text field.date field.boolean field.checkboxes field.integer \
    field.long_text field.radio field.select field.choose severity.warning field.displayName field.givenName field.surname \
    invite.signups field.jobTitle field.streetAddress field.city field.postalCode field.state";

/// Drawn with a catalogue whose words name their keys, the pages show which are said.
#[test]
fn every_word_of_the_catalogue_is_said() {
    let named: std::collections::BTreeMap<String, String> = english()
        .keys()
        .map(|key| {
            let text = english().t(key);
            let params =
                pieces(&text).filter_map(|it| if let Piece::Param(name) = it { Some(name) } else { None });
            (key.to_owned(), params.fold(["«", key, "»"].concat(), |text, name| text + "{" + name + "}"))
        })
        .collect();
    let named = Words::from_json(&serde_json::to_string(&named).expect("text")).expect("a catalogue");
    let all: String = samples::pages().iter().map(|(_, page)| render(page, &named, samples::NOW)).collect();
    for key in named.keys().filter(|key| !all.contains(&["«", key, "»"].concat())) {
        let excused = NOT_IN_SAMPLES.split_whitespace().any(|pattern| match pattern.split_once('…') {
            Some((start, end)) => key.starts_with(start) && key.ends_with(end),
            None => pattern == key,
        });
        assert!(excused, "nothing says {key}");
    }
}

/// In a made-up language in brackets, what stands outside of them is data of the samples.
#[test]
fn no_english_is_left_in_another_language() {
    let accented = Words::from_json(&pseudo(ENGLISH, false)).expect("a catalogue");
    let (_, page) =
        samples::pages().into_iter().find(|(name, _)| name == "failure.offline").expect("a sample");
    let html = render(&page, &accented, samples::NOW);
    for part in parse(&html) {
        if let Part::Text(text) = part {
            let data = text == "door.example" || text.trim().is_empty();
            assert!(data || text.starts_with('[') || text.ends_with(']'), "{text}");
        }
    }
}

#[test]
fn a_message_of_a_newer_backend_is_shown_in_its_own_words() {
    let said = |message: Message| {
        let mut page = samples::page("email_code.sent");
        let Screen::Step(step) = &mut page.screen else { unreachable!("a step") };
        step.document.messages = vec![message];
        super::drawn(&page)
    };
    let newer = said(Message::new(MessageCode::Other, Severity::Info, "The moon is <full>."));
    assert!(newer.contains("<bdi>The moon is &lt;full&gt;.</bdi>"));
    let known = said(Message::new(MessageCode::CodeResent, Severity::Success, "fallback"));
    assert!(known.contains("A new code is on its way.") && !known.contains("fallback"));
    let incomplete = said(Message::new(MessageCode::CodeWrong, Severity::Error, "Not right."));
    assert!(incomplete.contains("Not right.") && !incomplete.contains("{attempts_left}"));
}

#[test]
fn a_message_about_a_field_stands_at_it_and_nowhere_else() {
    each(|name, _, html| {
        if name == "email_code.wrong" {
            assert_eq!(html.matches("That code is not right.").count(), 1);
            assert!(html.contains("id=\"error-code\""));
        }
    });
}
