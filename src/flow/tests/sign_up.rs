//! A stranger lets himself in: the form is checked before it is sent, and what takes its time is looked at again.

use super::foreign::discovery;
use super::harness::{Browser, act as pressed, answer, at, example, page, step_is};
use crate::flow::Event;
use crate::screen::{Screen, StepScreen, Values};

fn filled() -> Values {
    [
        ("displayName", "Ana"),
        ("country", "PT"),
        ("tier", "gold"),
        ("goods", "steel wood"),
        ("people", "12"),
        ("rules", "true"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

fn act(values: Values) -> Event {
    Event::Act { action: "continue".to_owned(), values }
}

#[test]
fn the_address_says_by_which_user_flow() {
    let mut browser = Browser::open("/signup/suppliers?organization=contoso&return_to=%2Fapps", None).0;
    let effects = browser.on(answer(1, discovery(&[])));
    assert_eq!(effects, ["2 start sign-up organization=contoso user_flow=suppliers return_to=/apps"]);
}

#[test]
fn wrong_values_are_told_before_anything_is_sent_and_nothing_typed_is_lost() {
    let mut browser = Browser::at_step("/flow/f1", at(example!("attributes.fresh"), 3));
    let mut wrong = filled();
    wrong.insert("people".to_owned(), "9999".to_owned());
    wrong.insert("country".to_owned(), String::new());
    let effects = browser.on(act(wrong.clone()));
    assert_eq!(effects, ["draw over", "focus country"]);
    let Screen::Step(screen) = &browser.state().page.screen else { panic!("another screen") };
    assert_eq!(screen.draft, wrong);
    let told: Vec<_> = screen.document.messages.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(told, ["value_required", "value_too_large"]);
    let sent = browser.on(act(filled()));
    assert!(sent.len() == 1 && sent[0].starts_with("1 submit f1@3 continue"), "{sent:?}");
}

#[test]
fn what_takes_its_time_is_looked_at_again_without_a_word_until_it_has_gone_on() {
    let mut browser = Browser::at_step("/flow/f1", at(example!("attributes.fresh"), 3));
    browser.on(act(filled()));
    let effects = browser.on(step_is(1, at(example!("checking.fresh"), 4)));
    assert_eq!(effects.last().map(String::as_str), Some("look again 2000"), "{effects:?}");
    browser.walk([
        (Event::LookAgain, &["2 submit f1@4 check"][..], "checking 4 | look: Quiet"),
        // Pressed meanwhile: one look is enough.
        (pressed("check"), &[], "checking 4 | look: Quiet"),
        (step_is(2, at(example!("checking.fresh"), 4)), &["look again 2000"], "checking 4"),
        (Event::LookAgain, &["3 submit f1@4 check"], "checking 4 | look: Quiet"),
    ]);
    let effects = browser.on(step_is(3, at(example!("pending_approval.fresh"), 5)));
    assert_eq!(effects.last().map(String::as_str), Some("look again 30000"), "{effects:?}");
    browser.on(pressed("check"));
    browser.on(step_is(4, at(example!("done.panel"), 6)));
    assert!(browser.on(Event::LookAgain).is_empty(), "there is nothing to wait for any more");
}

#[test]
fn a_page_that_the_server_drew_looks_again_too() {
    let shown = StepScreen { document: at(example!("checking.fresh"), 4), draft: Values::new() };
    let (_, effects) = Browser::open("/flow/f1", Some(page(Screen::Step(Box::new(shown)))));
    assert_eq!(effects.last().map(String::as_str), Some("look again 2000"), "{effects:?}");
}

fn worked(salt: &str, next: u32, found: bool) -> Event {
    Event::Worked { salt: salt.to_owned(), next, found }
}

#[test]
fn t23_a_challenge_is_worked_on_until_a_number_solves_it_and_that_is_sent_once() {
    let salt = "bG9uZyBlbm91Z2g";
    let shown = StepScreen { document: at(example!("challenge.fresh"), 1), draft: Values::new() };
    let (mut browser, effects) = Browser::open("/flow/f1", Some(page(Screen::Step(Box::new(shown)))));
    assert_eq!(effects.last().map(String::as_str), Some("work bG9uZyBlbm91Z2g 18 0"), "{effects:?}");
    browser.walk([
        (worked(salt, 640, false), &["work bG9uZyBlbm91Z2g 18 640"][..], "challenge 1"),
        // Of another challenge, whose page is gone.
        (worked("other", 7, true), &[], "challenge 1"),
        (worked(salt, 700, true), &["1 submit f1@1 solve solution=700"], "challenge 1 | solve: Quiet"),
    ]);
    browser.on(step_is(1, at(example!("email_code.sent"), 2)));
    assert!(browser.on(worked(salt, 700, true)).is_empty(), "it is solved");
}

#[test]
fn a_solution_is_not_lost_while_the_person_tries_to_go_on_without_it() {
    let salt = "bG9uZyBlbm91Z2g";
    let mut browser = Browser::at_step("/flow/f1", at(example!("challenge.fresh"), 1));
    browser.walk([
        (pressed("continue"), &["1 submit f1@1 continue"][..], "challenge 1 | continue: Quiet"),
        (worked(salt, 700, true), &["work bG9uZyBlbm91Z2g 18 700"], "challenge 1 | continue: Quiet"),
    ]);
    let effects = browser.on(step_is(1, at(example!("challenge.early"), 2)));
    assert_eq!(effects.last().map(String::as_str), Some("work bG9uZyBlbm91Z2g 18 0"), "{effects:?}");
}
