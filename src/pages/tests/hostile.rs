//! What other people type stays text, wherever it turns up.

use super::html::{Part, parse, tags};
use super::{drawn, each, samples};
use crate::screen::Screen;

/// Elements that the views use. `script`, `style`, `iframe` and `svg` are not among them.
const ELEMENTS: &str = "a article bdi blockquote button dd details div dl dt fieldset footer form h1 h2 h3 header img \
                        input label legend li main nav option p pre section select span strong summary textarea time ul";

#[test]
fn s74_nothing_becomes_markup() {
    each(|name, _, html| {
        for tag in tags(html) {
            assert!(ELEMENTS.split_whitespace().any(|known| known == tag.name), "{name}: <{}>", tag.name);
        }
        assert!(!html.contains("<!"), "{name}: neither markers nor comments");
    });
}

#[test]
fn s74_no_element_has_style_or_script_in_it() {
    each(|name, _, html| {
        for tag in tags(html) {
            for (attribute, value) in &tag.attributes {
                assert!(*attribute != "style" && !attribute.starts_with("on"), "{name}: {attribute}={value}");
            }
        }
    });
}

#[test]
fn s74_hostile_words_are_shown_as_they_were_typed() {
    let html = drawn(&samples::page("invitation.hostile"));
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt; \u{202e}txt.exe"));
    assert!(html.contains("<bdi>&lt;b&gt;Contoso&lt;/b&gt; \u{202e}osotnoC</bdi>"));
}

/// What reorders the text around it stands in an element that isolates it, or in a block of its own.
#[test]
fn s74_overrides_of_direction_are_isolated() {
    for name in ["invitation.hostile", "panel.hostile"] {
        let html = drawn(&samples::page(name));
        let mut open = Vec::new();
        for part in parse(&html) {
            match part {
                Part::Start(tag) if !tag.is_void() => open.push((tag.name, tag.get("dir"))),
                Part::End(_) => drop(open.pop()),
                Part::Text(text) if text.contains('\u{202e}') => {
                    let isolated = open.iter().any(|(tag, dir)| *tag == "bdi" || *dir == Some("auto"));
                    assert!(isolated, "{name}: {text}");
                }
                Part::Start(_) | Part::Text(_) => {}
            }
        }
    }
}

#[test]
fn s74_a_draft_cannot_leave_its_attribute() {
    let mut page = samples::page("identify.error");
    let Screen::Step(step) = &mut page.screen else { unreachable!("a step") };
    step.draft.insert("email".to_owned(), "\"><script>alert(1)</script><!>".to_owned());
    let html = drawn(&page);
    let input = tags(&html).into_iter().find(|tag| tag.get("id") == Some("field-email"));
    let value = input.and_then(|tag| tag.get("value"));
    assert_eq!(value, Some("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!&gt;"), "whole and escaped");
}

#[test]
fn s73_an_address_that_may_not_be_opened_is_no_link() {
    let html = drawn(&samples::page("panel.hostile"));
    assert!(!tags(&html).iter().any(|tag| tag.name == "a" && tag.get("class") == Some("launch")));
    assert!(!html.contains("javascript:"));
}

#[test]
fn s73_every_link_away_gives_nothing_along() {
    each(|name, _, html| {
        for tag in tags(html).iter().filter(|tag| tag.name == "a") {
            let href = tag.get("href").unwrap_or_default();
            if href.starts_with("http") {
                assert_eq!(tag.get("rel"), Some("noopener noreferrer"), "{name}: {href}");
            } else {
                assert!(href.starts_with(['/', '#']) || href.starts_with("mailto:"), "{name}: {href}");
            }
        }
    });
}

/// A page that an organization's strings fill says all the same at which host one is, outside of them.
#[test]
fn s84_host_and_verified_domain_stand_above_every_page() {
    each(|name, page, html| {
        let (header, _) = html.split_once("<main").expect("a main part");
        assert!(header.contains("<bdi>door.example</bdi>"), "{name}");
        if let Some(organization) = &page.chrome.organization {
            assert!(header.contains(&["<bdi>", &organization.domain, "</bdi>"].concat()), "{name}");
        }
    });
}

#[test]
fn s84_a_logo_has_a_fixed_size_and_comes_from_here() {
    let mut page = samples::page("invitation.fresh");
    for (logo, shown) in
        [("/brand/logo.png", true), ("https://evil.example/pixel.gif", false), ("//evil/x", false)]
    {
        if let Some(organization) = &mut page.chrome.organization {
            organization.logo = Some(logo.to_owned());
        }
        let html = drawn(&page);
        let image = tags(&html).into_iter().find(|tag| tag.name == "img");
        assert_eq!(image.is_some(), shown, "{logo}");
        if let Some(image) = image {
            assert_eq!(
                (image.get("width"), image.get("height"), image.get("alt")),
                (Some("40"), Some("40"), Some(""))
            );
        }
    }
}
