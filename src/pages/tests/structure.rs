//! What must hold of every page: its outline, its labels, and that its forms work without any script.

use std::collections::BTreeSet;

use vestibule_contract::field::FieldType;

use super::html::{Part, Tag, parse, tags};
use super::{drawn, each, samples};
use crate::screen::Screen;

#[test]
fn s83_there_is_one_main_part_with_one_heading() {
    each(|name, _, html| {
        let count = |wanted: &str| tags(html).iter().filter(|tag| tag.name == wanted).count();
        assert_eq!((count("main"), count("h1"), count("header"), count("footer")), (1, 1, 1, 1), "{name}");
        let levels: Vec<u8> = tags(html)
            .iter()
            .filter_map(|tag| tag.name.strip_prefix('h').and_then(|level| level.parse().ok()))
            .collect();
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{name}: no level is skipped");
        }
    });
}

#[test]
fn s83_ids_are_unique_and_references_lead_somewhere() {
    each(|name, _, html| {
        let all = tags(html);
        let ids: Vec<&str> = all.iter().filter_map(|tag| tag.get("id")).collect();
        let set: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(set.len(), ids.len(), "{name}: {ids:?}");
        for tag in &all {
            for attribute in ["for", "aria-describedby", "aria-labelledby"] {
                for id in tag.get(attribute).into_iter().flat_map(str::split_whitespace) {
                    assert!(set.contains(id), "{name}: {attribute}={id}");
                }
            }
        }
    });
}

#[test]
fn s83_every_control_has_a_label_and_every_error_a_control() {
    each(|name, _, html| {
        let labelled: BTreeSet<&str> =
            tags(html).iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        let mut inside_label = false;
        for part in parse(html) {
            match part {
                Part::Start(tag) if tag.name == "label" => inside_label = true,
                Part::End("label") => inside_label = false,
                Part::Start(tag) if is_control(&tag) => {
                    let by_id = tag.get("id").is_some_and(|id| labelled.contains(id));
                    assert!(inside_label || by_id, "{name}: {tag:?}");
                }
                Part::Start(_) | Part::End(_) | Part::Text(_) => {}
            }
        }
        let all = tags(html);
        for error in all.iter().filter_map(|tag| tag.get("id")).filter(|id| id.starts_with("error-")) {
            let tied = all.iter().any(|tag| {
                tag.get("aria-invalid") == Some("true")
                    && tag.get("aria-describedby").is_some_and(|by| by.split(' ').any(|id| id == error))
            });
            assert!(tied, "{name}: {error}");
        }
    });
}

fn is_control(tag: &Tag<'_>) -> bool {
    ["input", "select", "textarea"].contains(&tag.name) && tag.get("type") != Some("hidden")
}

/// A form is its start tag and all tags within it.
fn forms(html: &str) -> Vec<Vec<Tag<'_>>> {
    let mut forms = Vec::new();
    let mut open: Option<Vec<Tag<'_>>> = None;
    for part in parse(html) {
        match part {
            Part::Start(tag) if tag.name == "form" => {
                assert!(open.replace(vec![tag]).is_none(), "forms do not stand in forms");
            }
            Part::Start(tag) => open
                .iter_mut()
                .for_each(|form| form.push(Tag { name: tag.name, attributes: tag.attributes.clone() })),
            Part::End("form") => forms.extend(open.take()),
            Part::End(_) | Part::Text(_) => {}
        }
    }
    forms
}

#[test]
fn s81_every_form_works_without_script() {
    each(|name, page, html| {
        for form in forms(html) {
            let has = |field: &str, value: Option<&str>| {
                form.iter().any(|tag| {
                    tag.get("name") == Some(field) && (value.is_none() || tag.get("value") == value)
                })
            };
            let buttons: Vec<_> = form.iter().filter(|tag| tag.name == "button").collect();
            assert!(!buttons.is_empty(), "{name}: a form can be sent");
            assert!(buttons.iter().all(|button| button.get("type") == Some("submit")), "{name}");
            if form[0].get("method") == Some("get") {
                assert_eq!(form[0].get("action"), Some("/apps"), "{name}");
                continue;
            }
            assert_eq!(form[0].get("method"), Some("post"), "{name}");
            assert!(["/here", "/signout"].contains(&form[0].get("action").unwrap_or_default()), "{name}");
            assert!(has("csrf", Some("form-token")), "{name}: the form's token");
            assert!(
                buttons.iter().all(|it| it.get("name") == Some("action") && it.get("value").is_some()),
                "{name}"
            );
            if let (Screen::Step(step), Some("/here")) = (&page.screen, form[0].get("action")) {
                assert!(has("rev", Some(&step.document.flow.rev.to_string())), "{name}: the revision");
            }
        }
    });
}

#[test]
fn s81_every_action_of_a_document_has_its_button_and_its_fields_in_one_form() {
    each(|name, page, html| {
        let Screen::Step(step) = &page.screen else { return };
        let forms = forms(html);
        // What a page completes itself is no person's to press.
        let pressed = step
            .document
            .actions
            .iter()
            .filter(|action| !["complete", "solve"].contains(&action.name.as_str()));
        for action in pressed {
            let form =
                forms.iter().find(|form| form.iter().any(|tag| tag.get("value") == Some(&action.name)));
            let form = form.unwrap_or_else(|| panic!("{name}: {}", action.name));
            for field in &action.fields {
                assert!(
                    form.iter().any(|tag| tag.get("name") == Some(&field.name)),
                    "{name}: {}",
                    field.name
                );
            }
            let foreign = form.iter().filter(|tag| is_control(tag)).count();
            assert!(foreign == 0 || !action.fields.is_empty(), "{name}: {} asks for nothing", action.name);
        }
    });
}

#[test]
fn every_failure_and_every_dead_end_has_a_way_on() {
    each(|name, _, html| {
        let (_, main) = html.split_once("<main").expect("a main part");
        let (main, _) = main.split_once("</main>").expect("its end");
        if name != "loading" {
            assert!(main.contains("<button") || main.contains("<a "), "{name}");
        }
    });
}

/// A step of a newer backend that offers nothing, with these ways out.
fn without_actions(html: Option<&str>) -> String {
    let mut page = samples::page("generic.fresh");
    let Screen::Step(step) = &mut page.screen else { unreachable!("a step") };
    step.document.actions.clear();
    step.document.links.html = html.map(str::to_owned);
    step.document.links.help = Some("mailto:it@contoso.example".to_owned());
    let (_, main) =
        drawn(&page).split_once("<main").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a main");
    main.split_once("</main>").expect("its end").0.to_owned()
}

#[test]
fn a_step_of_tomorrow_without_actions_leads_on() {
    for html in ["/flow/f1", "https://door.example/flow/f1"] {
        assert!(without_actions(Some(html)).contains(&["href=\"", html].concat()), "{html}");
    }
    for html in [
        None,
        Some("http://door.example/"),
        Some("javascript:alert(1)"),
        Some("//evil.example"),
        Some("https://a@evil.example"),
    ] {
        assert!(without_actions(html).contains("href=\"mailto:it@contoso.example"), "{html:?}");
    }
}

#[test]
fn whatever_can_be_under_way_has_a_line_that_says_so() {
    each(|name, _, html| {
        if name != "loading" {
            assert_eq!(html.matches("class=\"busy\"").count(), 1, "{name}");
        }
    });
    assert!(without_actions(None).contains("class=\"busy\""));
}

#[test]
fn what_can_be_opened_is_found_again_by_its_id() {
    for name in ["panel.full", "account.full"] {
        let html = drawn(&samples::page(name));
        let named = |tag: &Tag<'_>| tag.name != "details" || tag.get("id").is_some();
        assert!(tags(&html).iter().all(named), "{name}");
    }
}

#[test]
fn a_stop_without_a_reference_has_no_row_for_it() {
    let mut page = samples::page("blocked.other");
    let Screen::Step(step) = &mut page.screen else { unreachable!("a step") };
    let vestibule_contract::Step::Blocked(blocked) = &mut step.document.step else { unreachable!("a stop") };
    blocked.reference.clear();
    assert!(!drawn(&page).contains("class=\"reference\""));
}

#[test]
fn s82_codes_and_addresses_can_be_filled_in_and_pasted() {
    let code = drawn(&samples::page("email_code.sent"));
    let code = tags(&code).into_iter().find(|tag| tag.get("id") == Some("field-code")).expect("a code field");
    assert_eq!(code.get("autocomplete"), Some("one-time-code"));
    assert_eq!(code.get("inputmode"), Some("numeric"));
    assert_eq!(code.get("data-digits"), Some("8"));
    assert_eq!((code.get("maxlength"), code.get("pattern")), (None, None), "separators and whole mails fit");
    let email = drawn(&samples::page("identify.fresh"));
    let email =
        tags(&email).into_iter().find(|tag| tag.get("id") == Some("field-email")).expect("an address");
    assert_eq!(email.get("autocomplete"), Some("username webauthn"));
    assert_eq!((email.get("type"), email.get("maxlength")), (Some("email"), None));
}

#[test]
fn a_step_of_tomorrow_shows_every_kind_of_field() {
    let html = drawn(&samples::page("generic.fresh"));
    for kind in FieldType::ALL {
        assert!(tags(&html).iter().any(|tag| tag.get("name") == Some(kind.as_str())), "{}", kind.as_str());
    }
}

#[test]
fn a_thousand_things_are_all_there() {
    let mut page = samples::page("panel.full");
    let Screen::Panel(panel) = &mut page.screen else { unreachable!("a panel") };
    let first = panel.apps.items[0].clone();
    panel.apps.items =
        (0..1000).map(|n| vestibule_contract::panel::App { id: n.to_string(), ..first.clone() }).collect();
    let html = drawn(&page);
    assert_eq!(tags(&html).iter().filter(|tag| tag.get("class") == Some("launch")).count(), 1000);
}

#[test]
fn what_was_typed_stands_in_the_invite_form_again() {
    let html = drawn(&samples::page("invite.refused"));
    assert!(html.contains("Welcome!\n&lt;b&gt;See you&lt;/b&gt; &amp; bye</textarea>"));
    assert!(html.contains("value=\"Ana &quot;Ruiz&quot;\""));
    let ticked: Vec<_> = tags(&html).into_iter().filter(|tag| tag.get("checked").is_some()).collect();
    assert_eq!(ticked.len(), 1);
    assert_eq!(ticked[0].get("value"), Some("wiki"));
}
