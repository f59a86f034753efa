//! To an identity provider: at once when somebody asked for it, by a link otherwise.

use vestibule_contract::Step;

use super::harness::{Browser, act_with, answer, at, example, page, step_is};
use crate::client::Reply;
use crate::screen::{Screen, StepScreen, Values};

#[test]
fn whoever_chooses_a_provider_is_taken_there_and_back_leads_to_the_link() {
    let mut browser = Browser::at_step("/flow/f1", at(example!("choose_provider.fresh"), 1));
    browser.walk([
        (
            act_with("choose", "provider", "partner"),
            &["1 submit f1@1 choose provider=partner"][..],
            "choose_provider 1 | choose.partner: Quiet",
        ),
        (
            step_is(1, at(example!("federate.fresh"), 2)),
            &[
                "push /flow/f1 f1@2/1",
                "draw",
                "focus heading",
                "leave https://id.partner.example/authorize?client_id=vestibule&state=x",
            ],
            "federate 2",
        ),
    ]);
    // The page that comes back from the browser's history shows the link, and sends nobody away.
    let shown = StepScreen { document: at(example!("federate.fresh"), 2), draft: Values::new() };
    let (again, effects) = Browser::open("/flow/f1", Some(page(Screen::Step(Box::new(shown)))));
    assert_eq!(again.screen(), "federate 2");
    assert!(!effects.iter().any(|effect| effect.starts_with("leave")), "{effects:?}");
}

#[test]
fn s72_an_address_that_somebody_on_the_way_could_have_changed_stays_a_link() {
    for url in ["http://id.partner.example/authorize", "javascript:alert(1)", "//evil.example", "/flow/f2"] {
        let mut away = at(example!("federate.fresh"), 2);
        let Step::Federate(data) = &mut away.step else { panic!("another step") };
        data.url = url.to_owned();
        let mut browser = Browser::at_step("/flow/f1", at(example!("choose_provider.fresh"), 1));
        browser.on(act_with("choose", "provider", "partner"));
        let effects = browser.on(answer(1, Reply::Step(Box::new(away))));
        assert!(!effects.iter().any(|effect| effect.starts_with("leave")), "{url}: {effects:?}");
    }
}

#[test]
fn where_the_page_speaks_to_the_provider_itself_the_page_that_does_is_told_the_flow() {
    let mut browser = Browser::at_step("/flow/f1", at(example!("choose_provider.fresh"), 1));
    browser.on(act_with("choose", "provider", "partner"));
    let effects = browser.on(step_is(1, at(example!("federate.browser"), 2)));
    let away = "leave https://door.example/federate/contoso/partner?flow=f1";
    assert_eq!(effects.last().map(String::as_str), Some(away), "{effects:?}");
    // Back, or a reload: there is a link, and nobody is sent away again.
    let shown = StepScreen { document: at(example!("federate.browser"), 2), draft: Values::new() };
    let (_, effects) = Browser::open("/flow/f1", Some(page(Screen::Step(Box::new(shown)))));
    assert!(!effects.iter().any(|effect| effect.starts_with("leave")), "{effects:?}");
}

#[test]
fn s72_a_page_that_somebody_on_the_way_could_have_changed_stays_a_link() {
    for elsewhere in ["http://evil.example/federate/a/b", "//evil.example", "javascript:alert(1)//", ""] {
        let mut away = at(example!("federate.browser"), 2);
        let Step::Federate(data) = &mut away.step else { panic!("another step") };
        data.redirect_uri = Some(elsewhere.to_owned());
        let mut browser = Browser::at_step("/flow/f1", at(example!("choose_provider.fresh"), 1));
        browser.on(act_with("choose", "provider", "partner"));
        let effects = browser.on(step_is(1, away));
        assert!(!effects.iter().any(|effect| effect.starts_with("leave")), "{elsewhere}: {effects:?}");
    }
}
